use kernel::{ConversationId, RoomId, TurnId};
use library::conversations::{self, Conversation, Found, Turn};
use library::spending;
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tutor::Budgets;

use crate::fault::Fault;
use crate::state::Shell;

/// Most turns that a search gives: more are not read.
const MOST: u32 = 50;

/// A room's conversations, the last used first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversations_list(shell: State<'_, Shell>, room: RoomId) -> Result<Vec<Conversation>, Fault> {
    shell.read(move |c| conversations::list(c, room)).await
}

/// Turns of a conversation that are on show, in order: those that lead to the turn `before`, else those up to its end.
/// Of them the last, at most `most`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversation_turns(
    shell: State<'_, Shell>,
    conversation: ConversationId,
    before: Option<TurnId>,
    most: u32,
) -> Result<Vec<Turn>, Fault> {
    shell
        .read(move |c| match before {
            None => conversations::last_turns(c, conversation, most),
            Some(turn) => conversations::turns_before(c, turn, most),
        })
        .await
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

/// Shows another version of a turn with what follows it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversation_show(shell: State<'_, Shell>, turn: TurnId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| conversations::show(tx, turn))?)).await
}

/// Questions and answers with these words, of a room or of all; the last word may be the beginning of one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversations_search(
    shell: State<'_, Shell>,
    room: Option<RoomId>,
    query: String,
) -> Result<Vec<Found>, Fault> {
    shell.read(move |c| conversations::search(c, room, &query, MOST)).await
}

/// A conversation as Markdown, its citations as footnotes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversation_markdown(
    shell: State<'_, Shell>,
    conversation: ConversationId,
) -> Result<String, Fault> {
    shell
        .read(move |c| {
            let turns = conversations::turns(c, conversation)?;
            Ok(tutor::markdown(&conversations::get(c, conversation)?, &turns))
        })
        .await
}

/// Writes that into the file that the person chooses; gives its path, null when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversation_export(
    window: AppHandle,
    shell: State<'_, Shell>,
    conversation: ConversationId,
) -> Result<Option<String>, Fault> {
    let title = shell.read(move |c| conversations::get(c, conversation)).await?.title;
    let text = conversation_markdown(shell, conversation).await?;
    let Some(file) = target(&window, &title).await else { return Ok(None) };
    tokio::fs::write(&file, text).await.map_err(|error| Fault::not_written(&file, &error))?;
    Ok(Some(file.to_string_lossy().into_owned()))
}

async fn target(window: &AppHandle, title: &str) -> Option<std::path::PathBuf> {
    // A native dialog can't be driven by a test: it says here what it would choose.
    #[cfg(debug_assertions)]
    if let Ok(chosen) = std::env::var("SMART_STUDY_ROOM_TEST_EXPORT") {
        return Some(chosen.into());
    }
    // No file system takes all signs in a name.
    let name: String = title.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog = window.dialog().file().set_title("Export the conversation").add_filter("Markdown", &["md"]);
    dialog.set_file_name(format!("{name}.md")).save_file(move |file| {
        let _ = sender.send(file);
    });
    chosen.await.ok().flatten().and_then(|file| file.into_path().ok())
}

/// Tokens of remote models, given and written, and how many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct Spent {
    /// In the conversation.
    pub conversation: u32,
    /// In all of them today.
    pub day: u32,
    /// As many there may be.
    pub budgets: Budgets,
}

/// What the use of remote models has cost in a conversation and today; nothing where no remote model was used.
#[tauri::command]
#[specta::specta]
pub(crate) async fn conversation_spent(
    shell: State<'_, Shell>,
    conversation: ConversationId,
) -> Result<Option<Spent>, Fault> {
    shell
        .with(move |app| {
            let today = app.library.now().start_of_day();
            let (conversation, day) =
                app.library.read(|c| Ok((conversations::spent_in(c, conversation)?, spending::since(c, today)?)))?;
            let tokens = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
            let budgets = app.tutor.executor_settings().budgets;
            let spent = Spent { conversation: tokens(conversation), day: tokens(day), budgets };
            Ok((spent.conversation > 0).then_some(spent))
        })
        .await
}
