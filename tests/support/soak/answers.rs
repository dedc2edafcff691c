//! Answers that are killed while they are written: what was acknowledged is there, what was not finished says so.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use document_maker::{book, needle};
use kernel::{LibraryFolder, SystemClock, TurnId};
use library::conversations::{self, TurnState};
use library::{Library, WriterLock, rooms};
use model_server::{ModelServer, Reply};
use seeded::Random;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::until_killed;
use crate::shelf::Shelf;

/// Questions of a process: it is always in the middle of one when it is killed.
const QUESTIONS: u32 = 400;
/// Longest from the first answer to the kill.
const LONGEST: Duration = Duration::from_millis(600);
/// What the model says before it falls silent.
const BEGUN: &str = "is the animal that only page";

/// What a run came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Killed {
    /// Processes that were killed.
    pub kills: u32,
    /// Answers that had been printed whole before.
    pub acknowledged: u32,
    /// Answers that were cut off.
    pub stopped: u32,
    /// Of these, those of which something had been printed.
    pub begun: u32,
}

/// Kills processes that answer questions, every fourth while a language model writes, and expects each time that every
/// answer that was printed is stored as it was printed, and that the one which was not is marked as stopped.
///
/// # Panics
/// When anything of that is not so.
pub fn run(kills: u32, seed: u64) -> Killed {
    let shelf = Shelf::new();
    let file = shelf.file("book.pdf", book("Animals", 24));
    shelf.import(&[&file]);
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(ModelServer::start()).unwrap();
    shelf.json(&["executors", "server", server.address(), "--model", "test-model"]);

    let mut random = Random::new(seed);
    let mut killed = Killed::default();
    for round in 0..kills {
        if round % 4 == 3 {
            server.then(Reply::FallsSilent(vec![format!(
                "The {} {BEGUN} 3 of this book tells about. [1] And ",
                needle(3)
            )]));
            killed.while_a_model_writes(&shelf, &mut random);
        } else {
            killed.while_quoting(&shelf, &mut random, round);
        }
        killed.kills += 1;
    }
    shelf.assert_sound();
    killed
}

impl Killed {
    fn while_quoting(&mut self, shelf: &Shelf, random: &mut Random, round: u32) {
        let mut batch = String::new();
        for number in 0..QUESTIONS {
            let page = 1 + (number + round) % 24;
            let question = format!("Which page tells about the {}, round {round}, {number}?", needle(page));
            let line = serde_json::json!({ "id": number, "question": question });
            writeln!(batch, "{line}").unwrap();
        }
        let batch = shelf.file("batch.jsonl", batch);
        let batch = batch.to_str().unwrap();
        let arguments = ["ask", "--room", "Books", "--executor", "extractive", "--batch", batch];
        let printed = until_killed(shelf, &arguments, LONGEST.mul_f32(random.share()));
        let answers: BTreeMap<TurnId, Value> = printed
            .into_iter()
            .filter(|line| line["type"] == "answer")
            .map(|line| (TurnId(line["turn"].as_i64().unwrap()), line))
            .collect();
        assert!(!answers.is_empty(), "round {round}: killed before the first answer");
        self.acknowledged += u32::try_from(answers.len()).unwrap();
        let stopped = stored(shelf, &answers);
        assert!(stopped.len() <= 1, "round {round}: {} answers were under way at once", stopped.len());
        self.stopped += u32::try_from(stopped.len()).unwrap();
    }

    fn while_a_model_writes(&mut self, shelf: &Shelf, random: &mut Random) {
        let question = format!("What is the {}?", needle(3));
        let arguments = ["ask", "--room", "Books", "--executor", "server", question.as_str()];
        let printed = until_killed(shelf, &arguments, LONGEST.mul_f32(random.share()));
        let printed: String = printed.iter().filter_map(|line| line["text"].as_str()).collect();
        assert!(printed.contains(BEGUN), "the model said nothing: {printed}");
        let stopped = stored(shelf, &BTreeMap::new());
        assert_eq!(stopped.len(), 1, "the answer that was being written");
        // It is shown first and stored then.
        assert!(printed.starts_with(&stopped[0]), "“{}” was stored, “{printed}” was shown", stopped[0]);
        self.stopped += 1;
        self.begun += u32::from(!stopped[0].is_empty());
    }
}

/// Opens the library as the next start does and expects the answers in it. Gives the texts of those that were cut off
/// by the last kill.
fn stored(shelf: &Shelf, answers: &BTreeMap<TurnId, Value>) -> Vec<String> {
    let folder = LibraryFolder::new(shelf.data());
    let library = Library::open(folder.clone(), Arc::new(SystemClock)).unwrap();
    let lock = WriterLock::try_acquire(&folder).unwrap().expect("nobody else is there");
    let before = all(&library);
    let streaming: Vec<TurnId> =
        before.values().filter(|turn| turn.state == TurnState::Streaming).map(|turn| turn.turn).collect();
    let recovered = library.recover(&lock).unwrap();
    assert_eq!(recovered.turns as usize, streaming.len());
    let turns = all(&library);
    for (turn, line) in answers {
        let stored = turns.get(turn).unwrap_or_else(|| panic!("turn {turn} was printed and is lost"));
        assert_eq!(stored.state, TurnState::Complete, "{stored:?}");
        assert_eq!(line["answer"], stored.answer.as_str());
        assert_eq!(line["citations"].as_array().map(Vec::len), Some(stored.citations.len()));
    }
    assert!(turns.values().all(|turn| turn.state != TurnState::Streaming), "an answer is still under way");
    streaming
        .iter()
        .map(|turn| {
            assert_eq!(turns[turn].state, TurnState::Stopped);
            turns[turn].answer.clone()
        })
        .collect()
}

fn all(library: &Library) -> BTreeMap<TurnId, conversations::Turn> {
    let read = library.read(|connection| {
        let mut turns = BTreeMap::new();
        for room in rooms::list(connection)? {
            for conversation in conversations::list(connection, room.room)? {
                for turn in conversations::turns(connection, conversation.conversation)? {
                    turns.insert(turn.turn, turn);
                }
            }
        }
        Ok(turns)
    });
    read.unwrap()
}
