//! From what is asked for to a quiz that can be taken.

use kernel::{Cancel, RoomId, Timestamp};
use library::documents;
use library::quizzes::{self, Feedback, Item, ItemState, NewQuiz, Quiz};
use library::{Connection, Transaction, rooms};
use retrieval::Retrieval;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::experience::Experience;
use crate::quiz::{self, DRAFT_BELOW, Request, Scope, Summary};

/// Who makes items without a language model.
const RULES: &str = "rules";

/// How a quiz is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Manner {
    /// When it is told what was right.
    pub feedback: Feedback,
    /// Seconds for all of it; none without a limit.
    pub time_limit_s: Option<u32>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Begun {
    /// The quiz; none when nothing passed that may be asked at once.
    pub quiz: Option<Quiz>,
    /// Items that wait for a person's look before they are asked.
    pub drafts: u32,
    /// How the making went.
    pub summary: Summary,
}

/// Makes items, stores them, and begins a quiz of those that are sure enough; `on_made` hears how many there are.
///
/// What a room has been asked before is not made again. A quiz that is cancelled meanwhile has what was made.
///
/// # Errors
/// Those of making and of the store.
pub async fn begin(
    retrieval: &Retrieval,
    request: &Request,
    manner: Manner,
    cancel: &Cancel,
    mut on_made: impl FnMut(u32),
) -> Result<Begun, Error> {
    let library = retrieval.library();
    let ((room, title), decisions) =
        library.read(|connection| Ok((subject(connection, &request.scope)?, quizzes::decisions(connection)?)))?;
    let experience = Experience::of(decisions);
    let mut made: Vec<(Item, ItemState)> = Vec::new();
    let summary = quiz::quiz(library, retrieval, request, cancel, |mut item| {
        item.confidence = experience.confidence(RULES, &item);
        let state = if item.confidence < DRAFT_BELOW { ItemState::Draft } else { ItemState::Ready };
        made.push((item, state));
        on_made(u32::try_from(made.len()).unwrap_or(u32::MAX));
    })
    .await?;
    let drafts = made.iter().filter(|(_, state)| *state == ItemState::Draft).count();
    let new = NewQuiz {
        room,
        title: &title,
        feedback: manner.feedback,
        time_limit_s: manner.time_limit_s,
        again: None,
        questions: &[],
    };
    let quiz = library.write(|tx| store(tx, &new, made, library.now()))?;
    Ok(Begun { quiz, drafts: u32::try_from(drafts).unwrap_or(u32::MAX), summary })
}

/// Stores the items, and the quiz of those that may be asked.
fn store(
    tx: &Transaction<'_>,
    new: &NewQuiz<'_>,
    made: Vec<(Item, ItemState)>,
    now: Timestamp,
) -> Result<Option<Quiz>, library::Error> {
    let mut questions = Vec::new();
    for (body, state) in made {
        let item = quizzes::add(tx, new.room, &body, RULES, state, now)?;
        if state == ItemState::Ready {
            questions.push((item, body));
        }
    }
    if questions.is_empty() {
        return Ok(None);
    }
    quizzes::create(tx, &NewQuiz { questions: &questions, ..new.clone() }, now).map(Some)
}

/// The room that something is about, and what to call it.
fn subject(connection: &Connection, scope: &Scope) -> Result<(RoomId, String), library::Error> {
    let of_document = |document| {
        let document = documents::get(connection, document)?;
        Ok::<_, library::Error>((document.room, document.title))
    };
    match scope {
        Scope::Room(room) => Ok((*room, rooms::get(connection, *room)?.name)),
        Scope::Documents(documents) => {
            let Some((first, rest)) = documents.split_first() else {
                return Err(library::Error::Invalid("A quiz needs a document.".into()));
            };
            let (room, title) = of_document(*first)?;
            let more = match rest.len() {
                0 => String::new(),
                1 => " and another document".to_owned(),
                more => format!(" and {more} other documents"),
            };
            Ok((room, title + &more))
        }
        Scope::Section(document, entry) => {
            let (room, title) = of_document(*document)?;
            let outline = documents::outline(connection, *document)?;
            let section = outline.into_iter().nth(*entry as usize).map_or(title, |item| item.title);
            Ok((room, section))
        }
        Scope::Passages(passages) => {
            let found = library::passages::get(connection, passages)?;
            let Some(first) = found.first() else {
                return Err(library::Error::Invalid("The places that this is about are gone.".into()));
            };
            let (room, title) = of_document(first.document)?;
            Ok((room, first.headings.last().cloned().unwrap_or(title)))
        }
    }
}
