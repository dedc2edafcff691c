use kernel::{ConversationId, RoomId};
use library::conversations::{self, Conversation, Turn};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// A room's conversations, the last used first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversations_list(shell: State<'_, Shell>, room: RoomId) -> Result<Vec<Conversation>, Fault> {
    shell.read(move |c| conversations::list(c, room)).await
}

/// The turns of a conversation in order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversation_turns(
    shell: State<'_, Shell>,
    conversation: ConversationId,
) -> Result<Vec<Turn>, Fault> {
    shell.read(move |c| conversations::turns(c, conversation)).await
}

/// Gives a conversation another title.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversation_rename(
    shell: State<'_, Shell>,
    conversation: ConversationId,
    name: String,
) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| conversations::rename(tx, conversation, &name))?)).await
}

/// Removes a conversation.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversation_remove(shell: State<'_, Shell>, conversation: ConversationId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| conversations::remove(tx, conversation))?)).await
}
