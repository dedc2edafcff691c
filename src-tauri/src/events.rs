//! What the window is told without having asked.

use kernel::{Code, DocumentId, RoomId};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::AppHandle;
use tauri_specta::Event;

use library::documents::Document;

use crate::fault::Fault;
use crate::long_work::LongWork;
use crate::power::PowerState;

/// A document came, went on, or ended; at most ten times a second for each.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct DocumentChanged {
    /// The document as it stands now.
    pub document: Document,
    /// Milliseconds until it is complete, as far as can be told.
    pub eta_ms: Option<u32>,
}

/// A document is gone.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct DocumentRemoved {
    /// The one that was removed.
    pub document: DocumentId,
    /// Where it was.
    pub room: RoomId,
}

/// A room came, went, or has a new name or other counts.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct RoomsChanged;

/// Files were handed to the app by "open with" or a second start.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct FilesOpened {
    /// Their full paths.
    pub paths: Vec<String>,
}

/// What `status` says has changed.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct StatusChanged;

/// Work that went on for long has ended. Whoever looks at something else is told by `notify`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, Event)]
pub(crate) struct WorkEnded {
    /// What it was.
    pub kind: LongWork,
    /// What it was done to: what was done first, what failed after it.
    pub titles: Vec<String>,
    /// How many of these failed.
    pub failed: u32,
}

impl WorkEnded {
    /// Tells the window that this one thing has ended; not where the person stopped it.
    pub(crate) fn tell(window: &AppHandle, kind: LongWork, title: String, ended: Result<(), &Fault>) {
        if ended.is_err_and(|fault| fault.code == Code::Cancelled) {
            return;
        }
        let failed = u32::from(ended.is_err());
        if let Err(error) = (Self { kind, titles: vec![title], failed }).emit(window) {
            tracing::warn!(%error, "the window could not be told of the end of work");
        }
    }
}

/// Something was chosen in the menu.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct MenuChosen {
    /// The id of the entry.
    pub id: String,
}

/// The machine runs on something else now.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
pub(crate) struct PowerChanged {
    /// What it runs on.
    pub power: PowerState,
}
