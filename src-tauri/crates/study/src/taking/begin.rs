//! From what is asked for to a quiz that can be taken.

use kernel::Cancel;
use library::quizzes::{self, Askable, Feedback, Item, ItemState, NewQuiz, Quiz};
use library::{Connection, Transaction};
use retrieval::Retrieval;
use serde::{Deserialize, Serialize};
use tutor::Drafter;

use super::bank;
use super::subject::Subject;
use crate::Error;
use crate::blocking::{reading, writing};
use crate::quiz::{self, Request, Summary};

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
    /// How the making went; what should be looked at first waits for that.
    pub summary: Summary,
}

/// Begins a quiz. What a person has approved and nobody was asked yet comes first, then items that are made now, with
/// the help of a language model's `drafter` where there is one; where the documents hold no more, what was asked longest
/// ago is asked again. `on_made` hears how many there are.
///
/// Items that are less sure are stored for a person's look. A quiz that is cancelled meanwhile has what there is.
///
/// # Errors
/// Those of making and of the store.
pub async fn begin(
    retrieval: &Retrieval,
    drafter: Option<&Drafter>,
    mut request: Request,
    manner: Manner,
    cancel: &Cancel,
    mut on_made: impl FnMut(u32),
) -> Result<Begun, Error> {
    let library = retrieval.library();
    let scope = request.scope.clone();
    let known = move |connection: &Connection| {
        let subject = Subject::of(connection, &scope)?;
        let earlier = quizzes::all(connection, subject.room)?;
        let askable = quizzes::askable(connection, subject.room)?;
        Ok((subject, earlier, askable))
    };
    let (subject, earlier, askable) = reading(library, known).await?;
    request.earlier = earlier;
    let (wanted, kinds) = (request.count, request.kinds.clone());
    let fits = |body: &Item| kinds.contains(&body.kind) && subject.holds(body);
    let (again, fresh): (Vec<Askable>, Vec<Askable>) =
        askable.into_iter().filter(|askable| fits(&askable.body)).partition(|askable| askable.last.is_some());
    let mut questions: Vec<_> = fresh.into_iter().take(wanted).map(|askable| (askable.item, askable.body)).collect();

    request.count = wanted - questions.len();
    let mut made = Vec::new();
    let mut count = counted(questions.len());
    let summary = quiz::quiz(library, retrieval, drafter, &request, cancel, |item| {
        if !item.is_draft() {
            count += 1;
            on_made(count);
        }
        made.push(item);
    })
    .await?;

    let now = library.now();
    let stored = move |tx: &Transaction<'_>| {
        for made in made {
            let (item, state) = bank::put(tx, subject.room, &made, now)?;
            if state == ItemState::Ready {
                questions.push((item, made.item));
            }
        }
        let missing = wanted.saturating_sub(questions.len());
        questions.extend(again.into_iter().take(missing).map(|askable| (askable.item, askable.body)));
        if questions.is_empty() {
            return Ok(None);
        }
        let new = NewQuiz {
            room: subject.room,
            title: &subject.title,
            feedback: manner.feedback,
            time_limit_s: manner.time_limit_s,
            again: None,
            questions: &questions,
        };
        quizzes::create(tx, &new, now).map(Some)
    };
    let quiz = writing(library, stored).await?;
    Ok(Begun { quiz, summary })
}

fn counted(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
