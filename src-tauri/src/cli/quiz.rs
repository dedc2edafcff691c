use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use kernel::{Cancel, DocumentId, InterfaceLanguage};
use library::quizzes::{self, Item, ItemKind, Key};
use library::rooms::Room;
use library::{Library, documents};
use serde::Serialize;
use study::quiz::{self, Difficulty, Request, Scope, Summary};
use study::taking;
use tutor::ExecutorName;

use super::arguments::executors;
use super::{Failure, Session, room, scope};

#[derive(Args, Debug)]
pub(super) struct Quiz {
    /// The room to ask about
    #[arg(long, value_name = "NAME")]
    pub(super) room: String,
    /// How many questions; fewer where the documents don't hold as many sound ones
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(super) count: u16,
    /// How it is asked; given several times, the kinds take turns [default: choice]
    #[arg(long = "kind", value_name = "K", value_parser = item_kinds())]
    pub(super) kinds: Vec<ItemKind>,
    /// Only about this document, by its number as `documents` prints it; may be given several times
    #[arg(long = "document", value_name = "D")]
    pub(super) documents: Vec<DocumentId>,
    /// Only about this section of the document, by its title in the table of contents or the number in front of it
    #[arg(long, value_name = "S", requires = "documents")]
    pub(super) section: Option<String>,
    /// How hard: which terms are asked for, and how near the wrong options come
    #[arg(long, value_name = "HOW", default_value = "medium", value_parser = difficulties())]
    pub(super) difficulty: Difficulty,
    /// The same seed gives the same questions of the same documents; another one gives others
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    /// Print those as well that a person should look at first
    #[arg(long)]
    pub(super) drafts: bool,
    /// Keep them for quizzes in the window, the less sure ones as drafts; what was kept before is not made again
    #[arg(long)]
    pub(super) keep: bool,
    /// Who drafts questions, which all have to pass the same checks: extractive is nobody, only the documents' own
    /// sentences are used [default: as the settings say]
    #[arg(long, value_name = "NAME", value_parser = executors())]
    pub(super) executor: Option<ExecutorName>,
}

fn item_kinds() -> impl TypedValueParser<Value = ItemKind> {
    PossibleValuesParser::new(ItemKind::ALL.map(ItemKind::name))
        .try_map(|name| ItemKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or("There is no such kind"))
}

fn difficulties() -> impl TypedValueParser<Value = Difficulty> {
    PossibleValuesParser::new(Difficulty::ALL.map(Difficulty::name))
        .try_map(|name| Difficulty::ALL.into_iter().find(|it| it.name() == name).ok_or("There is no such difficulty"))
}

#[derive(Serialize)]
struct Numbered<'a> {
    /// From 1, in the order in which they were made.
    id: usize,
    /// Whether a person should look at it first.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    draft: bool,
    /// How the words of its gap begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(flatten)]
    item: &'a Item,
}

#[derive(Serialize)]
struct Made<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    summary: &'a Summary,
}

/// Makes questions.
pub(super) fn run(session: &Session, what: &Quiz) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let room = room(&app.library, &what.room)?;
    let earlier = if what.keep { app.library.read(|c| quizzes::all(c, room.room))? } else { Vec::new() };
    let request = Request {
        scope: asked(&app.library, &room, what)?,
        count: usize::from(what.count),
        kinds: what.kinds.clone(),
        difficulty: what.difficulty,
        seed: what.seed,
        earlier,
        language: InterfaceLanguage::En,
    };
    let mut kept = Vec::new();
    let cancel = Cancel::new();
    let mut shown = Ok(());
    let mut number = 0;
    let drafter = app.tutor.drafter(what.executor)?;
    let making = quiz::quiz(&app.library, &app.retrieval, drafter.as_ref(), &request, &cancel, |made| {
        let draft = made.is_draft();
        if shown.is_ok() && (what.drafts || !draft) {
            number += 1;
            shown = session.out.line(&Numbered { id: number, draft, hint: made.item.hint(), item: &made.item }, said);
        }
        if shown.is_err() {
            // Nobody reads on.
            cancel.cancel();
        }
        if what.keep {
            kept.push(made);
        }
    });
    let summary = app.runtime().block_on(making)?;
    shown?;
    taking::keep(&app.library, room.room, &kept)?;
    session.out.line(&Made { r#type: "summary", summary: &summary }, |made| {
        let note = made.summary.note.as_ref().map(|note| format!(" {note}")).unwrap_or_default();
        let Summary { made, drafts, rejected, .. } = made.summary;
        format!("{made} made, {drafts} to be looked at first, {rejected} rejected.{note}")
    })
}

/// What is asked about.
fn asked(library: &Library, room: &Room, what: &Quiz) -> Result<Scope, Failure> {
    let known = library.read(|connection| documents::list(connection, room.room))?;
    scope::known(&known, room, &what.documents)?;
    match (&what.section, &what.documents[..]) {
        (None, []) => Ok(Scope::Room(room.room)),
        (None, documents) => Ok(Scope::Documents(documents.to_vec())),
        (Some(wanted), [document]) => Ok(Scope::Section(*document, scope::section(library, *document, wanted)?)),
        (Some(_), _) => Err(scope::section_of_several()),
    }
}

/// A question with its answer, for people.
fn said(numbered: &Numbered<'_>) -> String {
    let Numbered { id, draft, hint, item } = numbered;
    let mut text = format!("{id}. {}\n", item.stem);
    let options = || ('A'..).zip(&item.options);
    match &item.answer {
        Key::One(key) => {
            if let Some(hint) = hint {
                text += &format!("   Begins: {hint}\n");
            }
            if item.kind == ItemKind::Choice {
                options().for_each(|(letter, option)| text += &format!("   {letter}. {option}\n"));
            }
            text += &format!("   Answer: {key}\n");
        }
        Key::Each(keys) => {
            (1..).zip(&item.terms).for_each(|(number, term)| text += &format!("   {number}) {term}\n"));
            options().for_each(|(letter, option)| text += &format!("   {letter}. {option}\n"));
            let right = |key: &String| options().find(|(_, option)| *option == key).map_or('?', |(letter, _)| letter);
            let pairs = (1..).zip(keys).map(|(number, key)| format!("{number} {}", right(key)));
            text += &format!("   Answer: {}\n", pairs.collect::<Vec<_>>().join(", "));
        }
    }
    item.explanation.lines().for_each(|line| text += &format!("   {line}\n"));
    let draft = if *draft { ", a draft to be looked at" } else { "" };
    text + &format!("   ({:.0} % sure{draft})\n", item.confidence * 100.0)
}
