//! Answers of a model in a file, by the real llama.cpp. Its weights are random: what it writes is nonsense, and the
//! documents answer in its place.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "shared with the other tests")]
mod room;

use std::path::{Path, PathBuf};

use kernel::{Cancel, ConversationId};
use library::conversations::TurnState;
use model_maker::Model;
use room::Room;
use tempfile::TempDir;
use tutor::{Answer, ExecutorSettings, Means, NewQuestion};

const WATER: &[(&str, &[&str])] = &[
    (
        "Boiling",
        &[
            "Water boils at 100 °C at sea level, where the pressure of the air is one atmosphere.",
            "On high mountains water boils at a lower temperature because the pressure is lower there.",
        ],
    ),
    ("Freezing", &["Ice floats on water because it is less dense than the liquid."]),
];
const QUESTION: &str = "At which temperature does water boil at sea level?";

/// The process that runs a model, built with the tests.
fn worker() -> llama::Worker {
    let test = std::env::current_exe().unwrap();
    let program: PathBuf = test.ancestors().nth(2).unwrap().join("llama-worker");
    llama::Worker { program, args: Vec::new(), machine: llama::Machine::now, limits: llama::Limits::default() }
}

fn set_up(room: &Room, file: &Path) {
    let settings = ExecutorSettings { file: Some(file.to_str().unwrap().to_owned()), ..ExecutorSettings::default() };
    room.tutor.set_up(settings, Means { worker: Some(worker()), ..Means::default() }).unwrap();
}

/// A room whose questions a model answers: every byte is a token to it.
async fn room() -> Option<(Room, TempDir)> {
    let room = Room::with("Water", WATER).await?;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tiny.gguf");
    Model { context: 8192, ..Model::tiny() }.write(&file).unwrap();
    set_up(&room, &file);
    Some((room, folder))
}

async fn ask(room: &Room, conversation: Option<ConversationId>, question: &str) -> Answer {
    let new = NewQuestion { conversation, ..NewQuestion::new(room.room, question) };
    room.tutor.ask(new, Cancel::new()).await.unwrap().answer().await.unwrap()
}

fn assert_quoted(answer: &Answer) {
    assert!(answer.answered && answer.state == TurnState::Complete, "{answer:?}");
    assert!(answer.text.contains("100 °C at sea level"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_left_out_and_a_second_turn_reads_only_what_is_new() {
    let Some((room, _folder)) = room().await else { return };
    let first = ask(&room, None, QUESTION).await;
    assert_quoted(&first);
    assert_eq!(first.provenance.model.as_deref(), Some("tiny"));
    assert!(first.provenance.tokens.generated > 0 && !first.provenance.remote);
    assert!(first.provenance.fell_back.as_deref().unwrap().contains("not supported"), "{:?}", first.provenance);
    let second = ask(&room, Some(first.conversation), "Why does ice float on water?").await;
    let tokens = second.provenance.tokens;
    assert!(tokens.reused > 1000 && tokens.reused < tokens.prompt, "{tokens:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_can_not_be_used_is_named_and_the_documents_answer() {
    let Some((room, folder)) = room().await else { return };
    let tiny = Model::tiny();
    let files = [
        ("letter.gguf", model_maker::broken::not_a_gguf(), "not a GGUF"),
        ("strange.gguf", Model { architecture: "mystery".into(), ..tiny.clone() }.bytes(), "mystery"),
        ("small.gguf", Model { context: 256, ..tiny }.bytes(), "256 tokens"),
    ];
    for (name, bytes, why) in files {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        set_up(&room, &file);
        let answer = ask(&room, None, QUESTION).await;
        assert_quoted(&answer);
        let fell_back = answer.provenance.fell_back.unwrap();
        assert!(fell_back.contains(why), "{name}: {fell_back}");
    }
    set_up(&room, &folder.path().join("gone.gguf"));
    let answer = ask(&room, None, QUESTION).await;
    assert!(answer.provenance.fell_back.unwrap().contains("gone.gguf"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_the_work_and_the_next_question_is_answered() {
    let Some((room, _folder)) = room().await else { return };
    let cancel = Cancel::new();
    let asking = room.tutor.ask(NewQuestion::new(room.room, QUESTION), cancel.clone()).await.unwrap();
    cancel.cancel();
    assert_eq!(asking.answer().await.unwrap().state, TurnState::Stopped);
    assert_quoted(&ask(&room, None, QUESTION).await);
}
