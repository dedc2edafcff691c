//! Many conversations at once, while a document comes in.

use std::time::{Duration, Instant};

use document_maker::{book, needle};
use kernel::{Cancel, ConversationId};
use library::conversations::{self, TurnState};
use library::documents::{self, DocumentState};
use tutor::{NewQuestion, Tutor};

use super::process::Process;

/// Pages of the book that is asked, and of the one that comes in meanwhile.
const PAGES: (u32, u32) = (40, 120);

/// What a run came to.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// Conversations that were held at once.
    pub conversations: u32,
    /// Questions that were asked in them.
    pub turns: u32,
    /// From the first question to the last answer.
    pub time: Duration,
    /// Whether the document was still coming in when the last answer was there.
    pub importing_to_the_end: bool,
}

/// Holds so many conversations at once in a library into which a book is being imported: each asks, follows up, and
/// changes its first question. Expects that every question is answered and stored in its place.
///
/// # Panics
/// When anything of that is not so.
pub fn run(count: u32) -> Crowd {
    let process = Process::start(1 << 20);
    let asked = process.begin("asked.pdf", &book("Asked", PAGES.0));
    process.wait_for(&[asked]);
    let tutor = Tutor::new(process.library.clone(), process.retrieval(process.index())).unwrap();
    let importing = process.begin("coming.pdf", &book("Coming", PAGES.1));

    let started = Instant::now();
    let talks: Vec<_> = (0..count)
        .map(|number| {
            let (tutor, room) = (tutor.clone(), process.room);
            process.runtime.spawn(async move { talk(&tutor, NewQuestion::new(room, ""), number).await })
        })
        .collect();
    let talks: Vec<(u32, ConversationId)> =
        talks.into_iter().map(|talk| process.runtime.block_on(talk).expect("a conversation that ended")).collect();
    let time = started.elapsed();
    let state = |document| process.library.read(|c| documents::get(c, document)).unwrap().state;
    let importing_to_the_end = state(importing) != DocumentState::Complete;

    let mut turns = 0;
    for (number, conversation) in &talks {
        turns += held(&process, *number, *conversation);
    }
    process.wait_for(&[importing]);
    let report = library::check::check(&process.library).unwrap();
    assert!(report.problems.is_empty(), "{report:?}");
    Crowd { conversations: count, turns, time, importing_to_the_end }
}

/// A conversation of three questions; the last one stands beside the first.
async fn talk(tutor: &Tutor, question: NewQuestion<'_>, number: u32) -> (u32, ConversationId) {
    let page = 1 + number % PAGES.0;
    let first = format!("Which page of this book tells about the {}?", needle(page));
    let asking = tutor.ask(NewQuestion { text: &first, ..question }, Cancel::new()).await.unwrap();
    let (turn, conversation) = (asking.turn(), asking.conversation());
    let answer = asking.answer().await.unwrap();
    assert!(answer.answered, "{first}: {answer:?}");
    assert!(answer.citations.iter().any(|citation| citation.page == Some(page)), "{first}: {answer:?}");
    let follow_up = NewQuestion { text: "What kind of animal is it?", ..question }.within(conversation);
    tutor.ask(follow_up, Cancel::new()).await.unwrap().answer().await.unwrap();
    let changed = format!("What is the {}?", needle(page));
    let changed = NewQuestion { text: &changed, beside: Some(turn), ..question }.within(conversation);
    tutor.ask(changed, Cancel::new()).await.unwrap().answer().await.unwrap();
    (number, conversation)
}

/// Expects a conversation's turns where they belong; how many there are.
fn held(process: &Process, number: u32, conversation: ConversationId) -> u32 {
    let page = 1 + number % PAGES.0;
    let (turns, hidden) = process
        .library
        .write(|tx| {
            let turns = conversations::turns(tx, conversation)?;
            conversations::show(tx, turns[0].versions[0])?;
            Ok((turns, conversations::turns(tx, conversation)?))
        })
        .unwrap();
    assert_eq!(turns.len(), 1, "{turns:?}");
    assert_eq!(turns[0].question, format!("What is the {}?", needle(page)));
    assert_eq!((turns[0].versions.len(), hidden.len()), (2, 2));
    assert_eq!(hidden[1].question, "What kind of animal is it?");
    assert!(turns.iter().chain(&hidden).all(|turn| turn.state == TurnState::Complete));
    3
}
