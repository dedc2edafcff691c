use kernel::{DocumentId, RoomId};
use library::everything::{self, Everything};
use library::pages::{self, DocumentMatches};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// More places than anybody goes through one by one.
const MOST_PLACES: u32 = 2_000;
/// More of a kind than a list to jump from shows.
const MOST_OF_A_KIND: u32 = 50;

/// Finds words in a document as they are typed, whatever their case, accents, ligatures and hyphens: the first `limit`
/// places, and how many there are in all. Another search in a document ends this one, with the code `cancelled`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_find(
    shell: State<'_, Shell>,
    document: DocumentId,
    query: String,
    limit: u32,
) -> Result<DocumentMatches, Fault> {
    let search = shell.finding.begin();
    let limit = limit.min(MOST_PLACES);
    shell.read(move |c| pages::find(c, document, &query, limit, &|| search.is_superseded())).await
}

/// Looks for words in everything, `limit` of each kind at most; what the open room has stands first. The last word may be
/// the beginning of one. Another search of this kind ends this one, with the code `cancelled`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn find_everything(
    shell: State<'_, Shell>,
    room: Option<RoomId>,
    query: String,
    limit: u32,
) -> Result<Everything, Fault> {
    let search = shell.jumping.begin();
    let limit = limit.min(MOST_OF_A_KIND);
    shell.read(move |c| everything::find(c, room, &query, limit, &|| search.is_superseded())).await
}
