//! Questions with four options, one of which is right.

use std::sync::LazyLock;

use library::quizzes::{ItemKind, Key};
use regex::Regex;
use retrieval::words;

use super::definition::{Definition, Form};
use super::draft::{Draft, Manner, Seed};
use super::gaps::{self, GAP, gapped};
use super::phrase::has_article;
use super::rivals::rivals;
use super::subject::Subject;
use super::term::Term;
use super::text::singular;

/// Wrong options.
const OTHERS: usize = 3;
/// How surely a sentence with a gap asks for one thing.
const GAPPED: f32 = 0.78;

/// What can be asked this way: terms whose meaning is told first, then sentences that name one.
pub(super) fn seeds(subject: &Subject) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (number, term) in subject.terms.iter().enumerate() {
        let asked = term.sayings.iter().enumerate().filter(|(_, saying)| subject.is_asked(saying.sentence));
        for (at, saying) in asked {
            if let Some(definition) = &saying.definition {
                if !agrees(term, definition) {
                    continue;
                }
                let tier = u8::from(definition.form == Form::Does);
                seeds.push(Seed { term: number, saying: at, tier });
            } else if gaps::is_fact(subject, term, saying.sentence) {
                seeds.push(Seed { term: number, saying: at, tier: 2 + u8::from(saying.strength == 0) });
            }
        }
    }
    seeds
}

/// Whether a definition goes with the term as options name it: "are used to" with many, "a kind of" with one.
fn agrees(term: &Term, definition: &Definition) -> bool {
    let verb = definition.verb.split(' ').next().unwrap_or_default();
    let past = verb.ends_with("ed") || verb == "forbade";
    let is_one = ["a ", "an "].iter().any(|article| definition.meaning.starts_with(article));
    if definition.form != Form::Does {
        return !(is_one && term.usage.is_plural);
    }
    past || (verb == "are" || !verb.ends_with('s')) == term.usage.is_plural
}

/// The item of a seed.
pub(super) fn draft(subject: &Subject, seed: &Seed, manner: Manner<'_>) -> Option<Draft> {
    let term = subject.terms.get(seed.term)?;
    let saying = term.sayings.get(seed.saying)?;
    let (stem, trust) = match &saying.definition {
        Some(definition) => (question(term, definition), definition.form.trust()),
        None => (completion(subject, seed)?, GAPPED),
    };
    let rivals = rivals(subject, seed.term, manner, saying.definition.is_none());
    // What is said in the question must not tell one option from the others.
    let common = saying.definition.as_ref().map_or(&[][..], |definition| &definition.common);
    let has_common = |other: &&Term| {
        let own: Vec<String> = words(&other.name).map(|(_, word)| singular(word)).collect();
        common.iter().all(|word| own.contains(&singular(word)))
    };
    let others: Vec<String> =
        rivals.into_iter().filter(has_common).take(OTHERS).map(|other| other.name.clone()).collect();
    (others.len() == OTHERS).then(|| Draft {
        kind: ItemKind::Choice,
        stem,
        terms: Vec::new(),
        key: Key::One(term.name.clone()),
        fillers: if saying.definition.is_some() { Vec::new() } else { others.clone() },
        others,
        sentences: vec![saying.sentence],
        trust: trust * subject.trust(saying),
    })
}

/// A sentence to be completed by a term as it is written within sentences.
fn completion(subject: &Subject, seed: &Seed) -> Option<String> {
    let term = subject.terms.get(seed.term)?;
    let (gapped, key) = gapped(&subject.text, term.sayings.get(seed.saying)?.sentence, term)?;
    // An article would tell how the option begins.
    let opens = [GAP, "A ", "An "].iter().any(|it| gapped.starts_with(it));
    let articled = [" a ", " an "].iter().any(|it| gapped.contains(&format!("{it}{GAP}")));
    (!opens && !articled && key == term.name).then(|| format!("Which term completes the sentence? {gapped}"))
}

/// A meaning that only one thing can have is asked for as that thing: "the largest …".
static ONLY_ONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^the (?:\w+est|most|least|first|second|third|fourth|last|only|main|primary|major|name)\b").ok()
});

/// The question that a term answers by its definition.
pub(super) fn question(term: &Term, definition: &Definition) -> String {
    let Definition { form, verb, meaning, .. } = definition;
    match form {
        Form::Defined if verb.ends_with("when") => {
            let verb = verb.replace("occur when", "occurs when");
            format!("What {verb} {meaning}?")
        }
        Form::Defined if verb.starts_with("is the term") => format!("What is the term for {meaning}?"),
        Form::Defined => {
            let verb = verb.replace("refer to", "refers to").replace("are defined", "is defined");
            format!("Which term {verb} {meaning}?")
        }
        Form::Does => format!("Which of the following {verb} {meaning}?"),
        Form::Entry if !has_article(meaning) => format!("Which term is defined as \u{201c}{meaning}\u{201d}?"),
        Form::Is | Form::Named | Form::Aside | Form::Entry => {
            let one = ONLY_ONE.as_ref().is_some_and(|one| one.is_match(meaning));
            if one || term.writing() > 0 {
                let verb = if term.usage.is_plural { "are" } else { "is" };
                return format!("Which of the following {verb} {meaning}?");
            }
            format!("What is the term for {meaning}?")
        }
    }
}
