use kernel::Cancel;
use library::quizzes::{self, Item, ItemKind, Key};
use library::rooms::Room;
use library::{Library, documents};
use serde::Serialize;
use study::quiz::{self, Request, Scope, Summary};
use study::taking;

use super::{Failure, Session, arguments, room, scope};

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
pub(super) fn run(session: &Session, what: &arguments::Quiz) -> Result<(), Failure> {
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
fn asked(library: &Library, room: &Room, what: &arguments::Quiz) -> Result<Scope, Failure> {
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
