//! What lies open in the window, so that the next start finds it as it was left.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{ConversationId, DocumentId, RoomId};
use library::{conversations, documents, rooms};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

use crate::fault::Fault;
use crate::kept;
use crate::state::Shell;

/// Where the desk stands among the library's settings.
const KEY: &str = "desk";

/// What lies open, in all rooms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub(crate) struct Desk {
    /// The panel at the side.
    pub companion: Companion,
    /// How documents are listed.
    pub library: LibraryView,
    /// What lies open in each room that somebody has been in.
    pub rooms: Vec<RoomDesk>,
}

/// The panel at the side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
pub(crate) struct Companion {
    /// Its width in CSS pixels.
    pub width: u32,
    /// Whether it is open.
    pub open: bool,
    /// What it shows.
    pub shows: CompanionShows,
}

impl Default for Companion {
    fn default() -> Self {
        Self { width: 392, open: true, shows: CompanionShows::default() }
    }
}

/// What the panel at the side shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CompanionShows {
    /// Questions and answers.
    #[default]
    Ask,
    /// A document beside what the window shows.
    Document,
    /// Highlights and notes.
    Notes,
}

/// How documents are listed, in every room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct LibraryView {
    /// As cards or as rows.
    pub layout: LibraryLayout,
    /// By what they are sorted.
    pub sort: LibrarySort,
    /// Whether the order is turned around.
    pub reversed: bool,
}

/// As cards or as rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LibraryLayout {
    /// Cards with covers.
    #[default]
    Grid,
    /// Rows.
    List,
}

/// By what documents are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LibrarySort {
    /// By hand.
    #[default]
    Placed,
    /// What came last is first.
    Added,
    /// What was read last is first.
    Opened,
    /// By title.
    Title,
    /// The longest first.
    Pages,
}

/// Which documents of a room are listed: those that meet every condition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct LibraryFilter {
    /// How far they have come.
    pub shows: LibraryShows,
    /// They have all of these tags.
    pub tags: Vec<String>,
    /// They are in one of these formats ("pdf"); in any when there are none.
    pub formats: Vec<String>,
}

/// How far listed documents have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LibraryShows {
    /// All of them.
    #[default]
    All,
    /// Never opened.
    Unread,
    /// Still on their way in.
    AtWork,
    /// What something is wrong with.
    Failed,
}

/// What lies open in a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub(crate) struct RoomDesk {
    /// The room.
    pub room: RoomId,
    /// The screen on show, by the interface's name for it.
    pub screen: String,
    /// The documents that lie open, in the order of their tabs.
    pub documents: Vec<OpenDocument>,
    /// The one of them that is on show.
    pub current: Option<DocumentId>,
    /// The conversation on show.
    pub conversation: Option<ConversationId>,
    /// Which documents are listed.
    pub filter: LibraryFilter,
    /// How far each screen is scrolled, in CSS pixels, by the interface's names for them.
    pub scroll: BTreeMap<String, f64>,
}

/// A document that lies open, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub(crate) struct OpenDocument {
    /// The document.
    pub document: DocumentId,
    /// What people call it; as the library has it, whatever was kept.
    pub title: String,
    /// The page in view, from 1.
    pub page: u32,
    /// How far into that page, 0 to 1.
    pub share: f64,
    /// In times the width that fits.
    pub zoom: f64,
    /// Whether two pages lie side by side.
    pub spread: bool,
}

/// What lay open when the window was closed; an empty desk at the first start. Rooms, documents and conversations that
/// are no longer there are left out.
#[tauri::command]
#[specta::specta]
pub(crate) async fn desk_get(shell: State<'_, Shell>) -> Result<Desk, Fault> {
    shell.read(stored).await
}

/// Keeps what lies open.
#[tauri::command]
#[specta::specta]
pub(crate) async fn desk_set(shell: State<'_, Shell>, desk: Desk) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| library::settings::set(tx, KEY, &desk))?)).await
}

fn stored(connection: &library::Connection) -> Result<Desk, library::Error> {
    let mut desk: Desk = kept::get(connection, KEY)?;
    let there: BTreeSet<RoomId> = rooms::list(connection)?.into_iter().map(|room| room.room).collect();
    desk.rooms.retain(|room| there.contains(&room.room));
    for room in &mut desk.rooms {
        tidy(connection, room)?;
    }
    Ok(desk)
}

/// Leaves out what is no longer in the room.
fn tidy(connection: &library::Connection, desk: &mut RoomDesk) -> Result<(), library::Error> {
    let mut open = Vec::with_capacity(desk.documents.len());
    for mut lying in std::mem::take(&mut desk.documents) {
        let Some(document) = if_there(documents::get(connection, lying.document))? else { continue };
        if document.room == desk.room {
            lying.title = document.title;
            open.push(lying);
        }
    }
    desk.documents = open;
    desk.current = desk.current.filter(|current| desk.documents.iter().any(|it| it.document == *current));
    if let Some(conversation) = desk.conversation {
        let there = if_there(conversations::get(connection, conversation))?;
        desk.conversation = there.filter(|it| it.room == desk.room).map(|it| it.conversation);
    }
    Ok(())
}

fn if_there<T>(found: Result<T, library::Error>) -> Result<Option<T>, library::Error> {
    use kernel::{Code, Coded};
    match found {
        Ok(it) => Ok(Some(it)),
        Err(error) if error.code() == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use kernel::{LibraryFolder, NativeParts, Timestamp};
    use library::documents::NewDocument;

    use super::*;
    use crate::app::App;

    fn lying(document: DocumentId, title: &str) -> OpenDocument {
        OpenDocument { document, title: title.into(), page: 3, share: 0.25, zoom: 1.5, spread: true }
    }

    fn add(app: &App, room: RoomId, title: &str) -> DocumentId {
        let new = NewDocument {
            room,
            title: title.into(),
            file_name: format!("{title}.pdf"),
            source: None,
            hash: title.into(),
            format: "pdf".into(),
            bytes: 1,
            replaces: None,
        };
        app.library.write(|tx| documents::add(tx, &new, Timestamp(0))).unwrap().document
    }

    #[test]
    fn what_lies_open_comes_back_without_what_has_gone() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(LibraryFolder::new(folder.path()), NativeParts::new("/nowhere")).unwrap();
        let room = |name| app.library.write(|tx| rooms::create(tx, name, Timestamp(0))).unwrap().room;
        let (botany, history) = (room("Botany"), room("History"));
        let (plants, rome) = (add(&app, botany, "Plants"), add(&app, history, "Rome"));
        let talk = app.library.write(|tx| conversations::create(tx, botany, "Leaves", Timestamp(0))).unwrap();
        let of = |room, documents, current, conversation| RoomDesk {
            room,
            screen: "read".into(),
            documents,
            current,
            conversation,
            filter: LibraryFilter { tags: vec!["exam".into()], ..LibraryFilter::default() },
            scroll: BTreeMap::from([("library".into(), 120.5)]),
        };
        let whole = of(botany, vec![lying(plants, "Plants")], Some(plants), Some(talk.conversation));
        let strange = of(
            history,
            vec![lying(plants, "Plants"), lying(DocumentId(99), "Gone"), lying(rome, "As it was called")],
            Some(plants),
            Some(talk.conversation),
        );
        let desk = Desk {
            companion: Companion { width: 500, open: false, shows: CompanionShows::Notes },
            library: LibraryView { layout: LibraryLayout::List, sort: LibrarySort::Title, reversed: true },
            rooms: vec![whole.clone(), strange, of(RoomId(99), Vec::new(), None, None)],
        };
        assert_eq!(app.library.read(stored).unwrap(), Desk::default());
        app.library.write(|tx| library::settings::set(tx, KEY, &desk)).unwrap();

        let back = app.library.read(stored).unwrap();
        assert_eq!((back.companion, back.library), (desk.companion, desk.library));
        assert_eq!(back.rooms, [whole, of(history, vec![lying(rome, "Rome")], None, None)]);
        app.library.write(|tx| rooms::hide(tx, botany, Timestamp(1))).unwrap();
        assert_eq!(app.library.read(stored).unwrap().rooms.len(), 1);
    }
}
