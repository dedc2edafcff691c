//! Questions that are answered in one's own words.

use library::quizzes::{ItemKind, Key};

use super::definition::{Definition, Form};
use super::draft::{Draft, Seed};
use super::draw::below;
use super::gaps::unlinked;
use super::subject::Subject;
use super::term::Term;

/// What can be asked this way: terms of which a sentence says what they are.
pub(super) fn seeds(subject: &Subject) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (number, term) in subject.terms.iter().enumerate() {
        for (at, saying) in term.sayings.iter().enumerate() {
            let says = saying.definition.as_ref().is_some_and(|definition| definition.form != Form::Does);
            if says && subject.is_asked(saying.sentence) {
                seeds.push(Seed { term: number, saying: at, tier: 0 });
            }
        }
    }
    seeds
}

/// The item of a seed.
pub(super) fn draft(subject: &Subject, seed: &Seed, chance: u64) -> Option<Draft> {
    let term = subject.terms.get(seed.term)?;
    let saying = term.sayings.get(seed.saying)?;
    let definition = saying.definition.as_ref()?;
    let said = subject.text.sentence(saying.sentence);
    let before = said.get(..saying.name.start)?.trim();
    let stem = question(term, definition, before, chance);
    let reference = match definition.form {
        Form::Entry => definition.meaning.clone(),
        _ => unlinked(said),
    };
    Some(Draft {
        kind: ItemKind::Short,
        stem,
        terms: Vec::new(),
        key: Key::One(reference),
        others: Vec::new(),
        fillers: Vec::new(),
        sentences: vec![saying.sentence],
        trust: definition.form.trust() * subject.trust(saying),
    })
}

/// How it is asked: by the article that the sentence gives the term, where it opens with it.
fn question(term: &Term, definition: &Definition, before: &str, chance: u64) -> String {
    let name = &term.name;
    let verb = if term.usage.is_plural { "are" } else { "is" };
    match (definition.form, before) {
        (Form::Is, "") => format!("What {verb} {name}?"),
        (Form::Is, "The") => format!("What {verb} the {name}?"),
        (Form::Is, "A" | "An") => format!("What is {} {name}?", before.to_lowercase()),
        _ => match below(chance, name, 3) {
            0 => format!("Define the term \u{201c}{name}\u{201d}."),
            1 => format!("What does the term \u{201c}{name}\u{201d} mean?"),
            _ => format!("What is meant by \u{201c}{name}\u{201d}?"),
        },
    }
}
