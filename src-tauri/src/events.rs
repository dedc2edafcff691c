//! What the window is told without having asked.

use kernel::{DocumentId, RoomId};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use library::documents::Document;

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
