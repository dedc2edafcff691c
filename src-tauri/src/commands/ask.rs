use kernel::{Cancel, Citation, Code, ConversationId, InterfaceLanguage, RoomId, TurnId};
use library::conversations::{About, Mode, Subject};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use tauri::ipc::Channel;
use tutor::{Answer, Event, ExecutorName, NewQuestion, Progress};

use crate::fault::Fault;
use crate::state::Shell;

/// Bytes of text in one message. Up to 8 KiB of JSON Tauri hands over at once, above that by a second request; JSON
/// needs up to six bytes for one of text.
const MOST: usize = 1200;

/// An event with its number, by which the window notices one that is missing, doubled or too early.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub(crate) struct AskMessage {
    /// Counted from 1 for each question, without a gap.
    seq: u32,
    /// What happened.
    event: AskEvent,
}

/// What is known of an answer while it is being written: a preview, the command's own result is the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum AskEvent {
    /// The question is stored; `ask_stop` takes this turn.
    Started {
        /// The conversation, new or continued.
        conversation: ConversationId,
        /// The question with its answer to come.
        turn: TurnId,
    },
    /// More text, some thirty times a second.
    Delta {
        /// To be appended.
        text: String,
        /// Whether a language model wrote it, in Markdown; otherwise it is plain text, whatever it looks like.
        markdown: bool,
    },
    /// A marker of the text has its proof; it comes before the text with the marker.
    Citation {
        /// The number in the marker, from 1.
        index: u32,
        /// The proof.
        citation: Citation,
    },
    /// A model begins another of the requests that a long summary takes.
    Progress {
        /// What it reads, and how much there is.
        progress: Progress,
    },
}

/// A question as the window asks it.
#[derive(Clone, Debug, Deserialize, Type)]
pub(crate) struct AskRequest {
    /// The room whose documents answer it.
    room: RoomId,
    /// The conversation to go on with; null begins one.
    conversation: Option<ConversationId>,
    /// The turn that it is asked in place of, in the same words or in others.
    beside: Option<TurnId>,
    /// The words.
    text: String,
    /// How it is to be answered.
    mode: Mode,
    /// What a summary, a guide or a quiz is to be of; null leaves it to the words.
    subject: Option<Subject>,
    /// The words on a page that it is about.
    about: Option<About>,
    /// Who is to answer; null leaves it to the settings.
    executor: Option<ExecutorName>,
    /// The language of what is said besides the documents' words.
    language: InterfaceLanguage,
}

impl AskRequest {
    fn as_new(&self) -> NewQuestion<'_> {
        let Self { room, conversation, beside, ref text, mode, subject, ref about, executor, language } = *self;
        NewQuestion { room, conversation, beside, text, mode, subject, about: about.as_ref(), executor, language }
    }
}

/// Asks the room's documents. The answer is finished and stored also when the window goes away meanwhile.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ask(
    shell: State<'_, Shell>,
    question: AskRequest,
    channel: Channel<AskMessage>,
) -> Result<Answer, Fault> {
    let app = shell.app().await?;
    let cancel = Cancel::new();
    let mut asking = app.tutor.ask(question.as_new(), cancel.clone()).await?;
    let _stoppable = shell.asking(asking.turn(), cancel);
    let mut listening = true;
    let mut numbering = Numbering::default();
    while let Some(event) = asking.next().await {
        for message in numbering.messages(event) {
            listening = listening && channel.send(message).is_ok();
        }
    }
    Ok(asking.answer().await?)
}

/// Gives the events of one question their numbers. Whatever goes to the window comes from here.
#[derive(Default)]
struct Numbering {
    last: u32,
}

impl Numbering {
    /// An event as the window gets it.
    fn messages(&mut self, event: Event) -> Vec<AskMessage> {
        let number = |event| {
            self.last = self.last.saturating_add(1);
            AskMessage { seq: self.last, event }
        };
        parts(event).into_iter().map(number).collect()
    }
}

/// An event in pieces that fit a message.
fn parts(event: Event) -> Vec<AskEvent> {
    match event {
        Event::Started { conversation, turn } => vec![AskEvent::Started { conversation, turn }],
        Event::Citation { index, citation } => vec![AskEvent::Citation { index, citation }],
        Event::Progress(progress) => vec![AskEvent::Progress { progress }],
        Event::Delta { text, markdown } => {
            let mut rest = text.as_str();
            let mut pieces = Vec::new();
            while !rest.is_empty() {
                let (piece, further) = rest.split_at(rest.floor_char_boundary(MOST));
                pieces.push(AskEvent::Delta { text: piece.to_owned(), markdown });
                rest = further;
            }
            pieces
        }
    }
}

/// Stops an answer; what is written so far is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ask_stop(shell: State<'_, Shell>, turn: TurnId) -> Result<(), Fault> {
    if shell.stop(turn) {
        Ok(())
    } else {
        Err(Fault::new(Code::NotFound, "This answer is not being written any more."))
    }
}

#[cfg(test)]
mod tests {
    use kernel::DocumentId;

    use super::*;

    fn delta(text: &str) -> Event {
        Event::Delta { text: text.to_owned(), markdown: true }
    }

    #[test]
    fn long_text_goes_in_pieces_that_fit_and_in_order() {
        let text = "\u{1}é".repeat(3000);
        let pieces = Numbering::default().messages(delta(&text));
        assert!(pieces.len() > 1);
        let mut whole = String::new();
        for piece in pieces {
            assert!(serde_json::to_vec(&piece).unwrap_or_default().len() < 8 << 10);
            if let AskEvent::Delta { text, markdown: true } = piece.event {
                whole.push_str(&text);
            }
        }
        assert_eq!(whole, text);
        assert!(Numbering::default().messages(delta("")).is_empty());
    }

    #[test]
    fn whatever_happens_is_numbered_from_one_without_a_gap() {
        let citation = Citation {
            document: DocumentId(1),
            title: "Water".into(),
            page: Some(1),
            label: None,
            locator: None,
            quote: "Ice floats.".into(),
            boxes: Vec::new(),
            changed: false,
        };
        let happened = [
            Event::Started { conversation: ConversationId::from_bits(1), turn: TurnId(2) },
            delta(""),
            Event::Citation { index: 1, citation },
            delta(&"Ice floats. ".repeat(500)),
            Event::Progress(Progress { title: "Ice".into(), part: 1, parts: 3, request: 1, requests: 1 }),
            delta("[1]"),
        ];
        let mut numbering = Numbering::default();
        let numbers: Vec<u32> =
            happened.into_iter().flat_map(|event| numbering.messages(event)).map(|message| message.seq).collect();
        assert!(numbers.len() > 5, "the long text is several messages: {numbers:?}");
        assert!(numbers.iter().copied().eq(1..=numbers.len() as u32), "{numbers:?}");
    }
}
