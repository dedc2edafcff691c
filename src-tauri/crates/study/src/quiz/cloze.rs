//! Sentences of the document with a key term left out.

use library::quizzes::{ItemKind, Key, beginning};

use super::draft::{Draft, Manner, Seed};
use super::gaps::{self, gapped};
use super::rivals::rivals;
use super::subject::Subject;

/// How surely a sentence that tells something of a term, without saying what it is, asks for that term.
const TOLD: f32 = 0.75;

/// What can be asked this way: sentences that define their term first, then those that name it.
pub(super) fn seeds(subject: &Subject) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (number, term) in subject.terms.iter().enumerate() {
        for (at, saying) in term.sayings.iter().enumerate() {
            let defines = saying.definition.is_some();
            if defines && subject.is_statement(saying.sentence) || gaps::is_fact(subject, term, saying.sentence) {
                let tier = if defines { 0 } else { 1 + u8::from(saying.strength == 0) };
                seeds.push(Seed { term: number, saying: at, tier });
            }
        }
    }
    seeds
}

/// The item of a seed.
pub(super) fn draft(subject: &Subject, seed: &Seed, manner: Manner<'_>) -> Option<Draft> {
    let term = subject.terms.get(seed.term)?;
    let saying = term.sayings.get(seed.saying)?;
    let (stem, key) = gapped(&subject.text, saying.sentence, term)?;
    let hint = beginning(&key);
    let trust = saying.definition.as_ref().map_or(TOLD, |definition| definition.form.trust());
    Some(Draft {
        kind: ItemKind::Cloze,
        stem,
        terms: Vec::new(),
        fillers: if saying.definition.is_some() { Vec::new() } else { fillers(subject, seed.term, &hint, manner) },
        key: Key::One(key),
        others: Vec::new(),
        sentences: vec![saying.sentence],
        trust: trust * subject.trust(saying),
    })
}

/// Terms that a gap is compared for.
const FILLERS: usize = 12;

/// Other terms that could stand in a gap which begins like this.
fn fillers(subject: &Subject, term: usize, hint: &str, manner: Manner<'_>) -> Vec<String> {
    let rivals = rivals(subject, term, manner, false).into_iter().map(|other| other.name.clone());
    rivals.filter(|other| beginning(other).eq_ignore_ascii_case(hint)).take(FILLERS).collect()
}
