use kernel::RoomId;
use library::conversations::Measures;
use library::rooms;
use retrieval::cache::Rate;
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// How often a room's questions were answered from memory since the app was started.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct RoomMemory {
    /// The room.
    pub room: RoomId,
    /// Its name.
    pub name: String,
    /// Searches of it.
    pub searches: Rate,
    /// Questions to the study agent that were not about a document's structure.
    pub answers: Rate,
}

/// How answering has gone in the last 30 days. It is told from the stored turns, and stays on this machine.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_measures(shell: State<'_, Shell>) -> Result<Measures, Fault> {
    shell.with(|app| Ok(app.answer_measures()?)).await
}

/// What memory saves in each room that was searched or asked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn memory(shell: State<'_, Shell>) -> Result<Vec<RoomMemory>, Fault> {
    shell
        .with(|app| {
            let rooms = app.library.read(rooms::list)?.into_iter().map(|room| RoomMemory {
                searches: app.retrieval.remembered(room.room),
                answers: app.tutor.remembered(room.room),
                room: room.room,
                name: room.name,
            });
            Ok(rooms.filter(|room| room.searches.asked + room.answers.asked > 0).collect())
        })
        .await
}
