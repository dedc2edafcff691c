//! From an executor's stream to the screen: statement by statement, and only what is proven.

use kernel::Cancel;
use llm_chain::output::{OutputStream, StreamExt, StreamSegment};
use tokio::time::{Instant, sleep_until};

use crate::Error;
use crate::pacing::{Pacer, WATCH};
use crate::prose;
use crate::recording::Recording;
use crate::statements::{Said, Statements};
use crate::verification::{Proven, says};

/// How a stream ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// By itself.
    Whole,
    /// Because somebody asked to stop; nothing more was shown from then on.
    Stopped,
}

/// Shows each statement of the stream whose words its evidence proves; the others are left out. Dropping the
/// stream, which a stop does, tells the executor that nobody reads any more.
pub(crate) async fn relay(
    mut stream: OutputStream,
    executor: &'static str,
    evidence: &[Proven],
    recording: &mut Recording,
    cancel: &Cancel,
) -> Result<Ended, Error> {
    let mut statements = Statements::default();
    let mut pacer = Pacer::default();
    loop {
        let wake = pacer.due().unwrap_or_else(|| Instant::now() + WATCH);
        let segment = tokio::select! {
            biased;
            segment = stream.next() => Some(segment),
            () = sleep_until(wake) => None,
        };
        if cancel.is_cancelled() {
            return Ok(Ended::Stopped);
        }
        let (said, over) = match segment {
            None => {
                if let Some(text) = pacer.take(Instant::now()) {
                    recording.say(text).await?;
                }
                continue;
            }
            Some(Some(StreamSegment::Content(text))) => (statements.push(&text), false),
            Some(Some(StreamSegment::Role(_))) => continue,
            Some(Some(StreamSegment::Err(error))) => {
                return Err(Error::Executor { executor, why: error.to_string() });
            }
            Some(None) => (statements.finish().into_iter().collect(), true),
        };
        for statement in said {
            let Some(text) = proven_text(&statement, evidence, recording) else {
                tracing::info!(executor, "a statement without proof is left out");
                continue;
            };
            if let Some(text) = pacer.push(&text, Instant::now()) {
                recording.say(text).await?;
            }
        }
        if over {
            if let Some(text) = pacer.take(Instant::now()) {
                recording.say(text).await?;
            }
            return Ok(Ended::Whole);
        }
    }
}

/// The statement with the markers of the answer, or `None` when no evidence that it names says the same.
fn proven_text(said: &Said, evidence: &[Proven], recording: &mut Recording) -> Option<String> {
    let mut markers = String::new();
    let joint = if recording.citations().is_empty() { "" } else { " " };
    let named = said.evidence.iter().filter_map(|number| evidence.get(number.checked_sub(1)?));
    for proven in named.filter(|proven| says(proven, &said.text)) {
        let index = recording.cite(&proven.citation);
        markers.push_str(&format!(" [{index}]"));
    }
    (!markers.is_empty()).then(|| format!("{joint}{}{markers}", prose::unlinked(&said.text)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use kernel::{Citation, DocumentId, LibraryFolder, SystemClock};
    use library::conversations::{self, NewTurn, TurnState};
    use library::{Library, rooms};
    use llm_chain::output::Output;
    use llm_chain::traits::ExecutorError;
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    use super::*;
    use crate::answer::Event;
    use crate::recording::Begun;

    fn proven(text: &str) -> Proven {
        let citation = Citation {
            document: DocumentId(1),
            title: "Cells".into(),
            page: Some(1),
            label: None,
            locator: None,
            quote: text.into(),
            boxes: Vec::new(),
            changed: false,
        };
        Proven { text: text.into(), citation }
    }

    /// A turn that has begun in a library of its own.
    fn turn(folder: &tempfile::TempDir) -> (Library, Recording, UnboundedReceiver<Event>) {
        let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock)).unwrap();
        let now = library.now();
        let begun = library
            .write(|tx| {
                let room = rooms::create(tx, "Biology", now)?.room;
                let conversation = conversations::create(tx, room, "Why?", now)?.conversation;
                let new = NewTurn::new("Why?", "extractive");
                let turn = conversations::begin_turn(tx, conversation, &new, now)?;
                Ok(Begun { conversation, turn, standalone_question: None, began: now })
            })
            .unwrap();
        let (sender, events) = unbounded_channel();
        (library.clone(), Recording::new(library, sender, "extractive", begun), events)
    }

    async fn next_text(events: &mut UnboundedReceiver<Event>) -> String {
        loop {
            if let Event::Delta { text, .. } = events.recv().await.unwrap() {
                return text;
            }
        }
    }

    #[tokio::test]
    async fn a_stop_in_the_middle_keeps_what_was_shown_and_tells_the_executor() {
        let folder = tempfile::tempdir().unwrap();
        let (library, mut recording, mut events) = turn(&folder);
        let evidence = [proven("Cells divide in two."), proven("Cells grow before that.")];
        let (sender, output) = Output::new_stream();
        let stream = output.as_stream().await.unwrap();
        let cancel = Cancel::new();
        let asked = cancel.clone();
        let working = tokio::spawn(async move {
            let ended = relay(stream, "extractive", &evidence, &mut recording, &cancel).await.unwrap();
            (ended, recording.end(TurnState::Stopped, true, Vec::new()).await.unwrap())
        });
        sender.send(StreamSegment::Content("Cells divide in two. [1] ".into())).unwrap();
        sender.send(StreamSegment::Content("Cells".into())).unwrap();
        assert_eq!(next_text(&mut events).await, "Cells divide in two. [1]");
        asked.cancel();
        let (ended, answer) = working.await.unwrap();
        assert_eq!((ended, answer.text.as_str()), (Ended::Stopped, "Cells divide in two. [1]"));
        assert!(sender.send(StreamSegment::Content(" grow".into())).is_err(), "the executor is told");
        let stored = library.read(|connection| conversations::turn(connection, answer.turn)).unwrap();
        assert_eq!((stored.state, stored.answer), (TurnState::Stopped, answer.text));
        assert_eq!(stored.citations.len(), 1);
    }

    #[tokio::test]
    async fn words_that_their_evidence_does_not_say_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let (_library, mut recording, _events) = turn(&folder);
        let evidence = [proven("Cells divide in two."), proven("Cells grow before that.")];
        let said = "Cells divide in three. [1] Cells grow before that. [2] Cells divide in two. [2] [7] Trust me.";
        let (sender, output) = Output::new_stream();
        sender.send(StreamSegment::Content(said.into())).unwrap();
        drop(sender);
        let stream = output.as_stream().await.unwrap();
        relay(stream, "extractive", &evidence, &mut recording, &Cancel::new()).await.unwrap();
        let answer = recording.end(TurnState::Complete, true, Vec::new()).await.unwrap();
        assert_eq!(answer.text, "Cells grow before that. [1]");
        assert_eq!(answer.citations, [evidence[1].citation.clone()]);
    }

    #[tokio::test]
    async fn an_executor_that_fails_leaves_what_was_shown() {
        let folder = tempfile::tempdir().unwrap();
        let (_library, mut recording, _events) = turn(&folder);
        let (sender, output) = Output::new_stream();
        sender.send(StreamSegment::Content("Cells divide in two. [1] x".into())).unwrap();
        sender.send(StreamSegment::Err(ExecutorError::ContextTooSmall)).unwrap();
        let stream = output.as_stream().await.unwrap();
        let evidence = [proven("Cells divide in two.")];
        let error = relay(stream, "extractive", &evidence, &mut recording, &Cancel::new()).await.unwrap_err();
        assert!(error.to_string().contains("extractive"), "{error}");
        assert!(!recording.is_silent());
    }
}
