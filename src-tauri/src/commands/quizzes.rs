use kernel::{DocumentId, InterfaceLanguage, QuizId, RoomId, TurnId};
use library::quizzes::{self, ItemKind, Point, Question, Quiz, Statistics, Verdict};
use serde::{Deserialize, Serialize};
use specta::Type;
use study::quiz::{Difficulty, Reason, Request, Scope};
use study::taking::{self, Manner};
use tauri::State;
use tauri::ipc::Channel;

use crate::fault::Fault;
use crate::state::Shell;

/// What a quiz is to ask, and how.
#[derive(Clone, Debug, Deserialize, Type)]
pub(crate) struct QuizRequest {
    /// The room that it is about.
    room: RoomId,
    /// The documents; none of them are all of the room.
    documents: Vec<DocumentId>,
    /// An entry of the table of contents of the one document, counted from 0; null is all of it.
    section: Option<u32>,
    /// An answer, to be asked about what it cites; null for documents.
    turn: Option<TurnId>,
    /// How to ask, by turns.
    kinds: Vec<ItemKind>,
    /// How many questions.
    count: u16,
    /// How hard they are to be.
    difficulty: Difficulty,
    /// How it is taken.
    manner: Manner,
    /// What is said of the making is said in it.
    language: InterfaceLanguage,
}

impl QuizRequest {
    fn scope(&self) -> Scope {
        match (self.section, &self.documents[..]) {
            (Some(section), [document]) => Scope::Section(*document, section),
            (_, []) => Scope::Room(self.room),
            (_, documents) => Scope::Documents(documents.to_vec()),
        }
    }
}

/// A quiz that was made.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct QuizMade {
    /// It; null when nothing passed that may be asked at once.
    quiz: Option<Quiz>,
    /// Questions that wait for a look before they are asked.
    drafts: u32,
    /// What spoke against questions that were made and dropped, and against how many, the commonest first.
    rejected: Vec<(Reason, u32)>,
    /// Why there are fewer than were asked for, if so.
    note: Option<String>,
}

/// A quiz with what it asks.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct QuizTaken {
    /// It.
    quiz: Quiz,
    /// Its questions, in order.
    questions: Vec<Question>,
}

/// Makes a quiz; the channel hears how many questions there are.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_make(
    shell: State<'_, Shell>,
    wanted: QuizRequest,
    channel: Channel<u32>,
) -> Result<QuizMade, Fault> {
    let app = shell.app().await?;
    let (cancel, _making) = shell.making()?;
    let scope = match wanted.turn {
        Some(turn) => Scope::Passages(shell.read(move |connection| tutor::cited(connection, turn)).await?),
        None => wanted.scope(),
    };
    let request = Request {
        scope,
        count: usize::from(wanted.count),
        kinds: wanted.kinds.clone(),
        difficulty: wanted.difficulty,
        // Other questions every time.
        seed: app.library.now().0.unsigned_abs(),
        earlier: Vec::new(),
        language: wanted.language,
    };
    let drafter = app.tutor.drafter(None)?;
    let begun = taking::begin(&app.retrieval, drafter.as_ref(), request, wanted.manner, &cancel, |made| {
        let _ = channel.send(made);
    })
    .await?;
    let counted = |(reason, count): (&Reason, &usize)| (*reason, u32::try_from(*count).unwrap_or(u32::MAX));
    let mut rejected: Vec<(Reason, u32)> = begun.summary.reasons.iter().map(counted).collect();
    rejected.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(QuizMade {
        quiz: begun.quiz,
        drafts: u32::try_from(begun.summary.drafts).unwrap_or(u32::MAX),
        rejected,
        note: begun.summary.note,
    })
}

/// Ends the making of a quiz; it has the questions that were made.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_make_stop(shell: State<'_, Shell>) -> Result<(), Fault> {
    shell.stop_making();
    Ok(())
}

/// The quizzes of a room, the newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quizzes_list(shell: State<'_, Shell>, room: RoomId) -> Result<Vec<Quiz>, Fault> {
    shell.read(move |connection| quizzes::list(connection, room)).await
}

/// A quiz, to begin, to go on with, or to look at; answers without a grade get it, with feedback in `language`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_open(
    shell: State<'_, Shell>,
    quiz: QuizId,
    language: InterfaceLanguage,
) -> Result<QuizTaken, Fault> {
    let app = shell.app().await?;
    let (quiz, questions) = taking::resume(&app.retrieval, quiz, language).await?;
    Ok(QuizTaken { quiz, questions })
}

/// Stores an answer and grades it, with feedback in `language`; the channel hears each key point of a free answer as it is decided.
///
/// `given` is one text, or one for each term; nothing when the question is passed over.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_answer(
    shell: State<'_, Shell>,
    quiz: QuizId,
    ordinal: u32,
    given: Vec<String>,
    took_ms: u32,
    language: InterfaceLanguage,
    channel: Channel<Point>,
) -> Result<Question, Fault> {
    let app = shell.app().await?;
    let on_point = |point: &Point| {
        let _ = channel.send(point.clone());
    };
    Ok(taking::answer(&app.retrieval, quiz, ordinal, given, took_ms, language, on_point).await?)
}

/// Stores what the person says that their answer is, against the grade; null takes that back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_appeal(
    shell: State<'_, Shell>,
    quiz: QuizId,
    ordinal: u32,
    says: Option<Verdict>,
) -> Result<Question, Fault> {
    shell
        .with(move |app| {
            Ok(app.library.write(|tx| {
                quizzes::appeal(tx, quiz, ordinal, says)?;
                quizzes::question(tx, quiz, ordinal)
            })?)
        })
        .await
}

/// Ends a quiz; what is not answered stays so.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_end(shell: State<'_, Shell>, quiz: QuizId) -> Result<Quiz, Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| quizzes::end(tx, quiz, app.library.now()))?)).await
}

/// Begins a quiz of what was not answered right in another one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_again(shell: State<'_, Shell>, quiz: QuizId) -> Result<Quiz, Fault> {
    shell.with(move |app| Ok(taking::again(&app.library, quiz, app.library.now().0.unsigned_abs())?)).await
}

/// Removes a quiz with its answers.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_remove(shell: State<'_, Shell>, quiz: QuizId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| quizzes::remove(tx, quiz))?)).await
}

/// How the answers in a room went, by the kind of question.
#[tauri::command]
#[specta::specta]
pub(crate) async fn quiz_statistics(shell: State<'_, Shell>, room: RoomId) -> Result<Vec<Statistics>, Fault> {
    shell.read(move |connection| quizzes::statistics(connection, room)).await
}
