use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use kernel::QuizItemId;
use library::quizzes::{self, Item, ItemState, Key, RejectReason};
use serde::Serialize;

use super::{Failure, Session, room};

#[derive(Debug, Subcommand)]
pub(super) enum Drafts {
    /// List them, the oldest first
    List {
        /// The room
        #[arg(long, value_name = "NAME")]
        room: String,
    },
    /// Let one be asked
    Approve {
        /// Its number, as `drafts list` prints it
        item: QuizItemId,
    },
    /// Never ask one; questions of its kind are trusted less from then on
    Reject {
        /// Its number, as `drafts list` prints it
        item: QuizItemId,
        /// What is wrong with it
        #[arg(long, value_name = "REASON", value_parser = reasons())]
        reason: RejectReason,
    },
}

fn reasons() -> impl TypedValueParser<Value = RejectReason> {
    PossibleValuesParser::new(RejectReason::ALL.map(RejectReason::name))
        .try_map(|name| RejectReason::ALL.into_iter().find(|it| it.name() == name).ok_or("There is no such reason"))
}

#[derive(Serialize)]
struct Listed {
    item: QuizItemId,
    #[serde(flatten)]
    body: Item,
}

#[derive(Serialize)]
struct Decided {
    r#type: &'static str,
    item: QuizItemId,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<RejectReason>,
}

/// Lists the questions that wait for a look, and decides on them.
pub(super) fn run(session: &Session, what: Drafts) -> Result<(), Failure> {
    let library = session.library()?;
    match what {
        Drafts::List { room: name } => {
            let room = room(&library, &name)?.room;
            for draft in library.read(|connection| quizzes::items(connection, room, ItemState::Draft))? {
                session.out.line(&Listed { item: draft.item, body: draft.body }, said)?;
            }
            Ok(())
        }
        Drafts::Approve { item } => {
            library.write(|tx| quizzes::approve(tx, item, None, library.now()))?;
            let decided = Decided { r#type: "approved", item, reason: None };
            session.out.line(&decided, |it| format!("Question {} may be asked.", it.item))
        }
        Drafts::Reject { item, reason } => {
            library.write(|tx| quizzes::reject(tx, item, reason, library.now()))?;
            let decided = Decided { r#type: "rejected", item, reason: Some(reason) };
            session.out.line(&decided, |it| format!("Question {} is not asked again.", it.item))
        }
    }
}

fn said(listed: &Listed) -> String {
    let Listed { item, body } = listed;
    let answer = match &body.answer {
        Key::One(key) => key.clone(),
        Key::Each(keys) => {
            body.terms.iter().zip(keys).map(|(term, key)| format!("{term}: {key}")).collect::<Vec<_>>().join("; ")
        }
    };
    let options = if body.options.is_empty() { String::new() } else { format!("\n    {}", body.options.join(" | ")) };
    format!("{item}  {} ({:.0} % sure){options}\n    Answer: {answer}", body.stem, body.confidence * 100.0)
}
