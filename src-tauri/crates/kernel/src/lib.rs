//! What every room of the house shares: identifiers, error codes, languages, time, places on disk, cancellation, child
//! processes.
//!
//! Nothing here knows a database, a file format or a window.

mod cancel;
pub mod child;
mod clock;
mod code;
mod date;
mod evidence;
mod id;
mod language;
mod paths;
pub mod priority;

pub use cancel::Cancel;
pub use clock::{Clock, SystemClock, Timestamp};
pub use code::{Code, Coded};
pub use date::{Date, NoDate};
pub use evidence::{Citation, Locator, LocatorKind, PageBox, Rect, place};
pub use id::{
    AnnotationId, CardId, ConversationId, DocumentId, JobId, NoteId, PassageId, QuizId, QuizItemId, ReviewId, RoomId,
    TurnId,
};
pub use language::InterfaceLanguage;
pub use paths::{LibraryFolder, NativeParts};
