//! Questions with four options, one of which is right.

use std::sync::LazyLock;

use library::quizzes::{ItemKind, Key};
use regex::Regex;

use super::Difficulty;
use super::definition::{Definition, Form};
use super::draft::{Draft, Seed};
use super::gaps::{GAP, gapped};
use super::rivals::rivals;
use super::subject::Subject;
use super::term::Term;

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
                let tier = u8::from(definition.form == Form::Does);
                seeds.push(Seed { term: number, saying: at, tier });
            } else if subject.is_statement(saying.sentence) {
                seeds.push(Seed { term: number, saying: at, tier: 2 });
            }
        }
    }
    seeds
}

/// The item of a seed, without these options.
pub(super) fn draft(
    subject: &Subject,
    seed: &Seed,
    difficulty: Difficulty,
    chance: u64,
    avoided: &[String],
) -> Option<Draft> {
    let term = subject.terms.get(seed.term)?;
    let saying = term.sayings.get(seed.saying)?;
    let (stem, key, trust) = match &saying.definition {
        Some(definition) => (question(term, definition), term.name.clone(), definition.form.trust()),
        None => {
            let (gapped, key) = gapped(&subject.text, saying.sentence, term)?;
            // An article would tell how the option begins; what stands small in a sentence is written small.
            let articled = gapped.contains(&format!(" a {GAP}")) || gapped.contains(&format!(" an {GAP}"));
            let opens = gapped.starts_with(GAP)
                || gapped.starts_with(&format!("A {GAP}"))
                || gapped.starts_with(&format!("An {GAP}"));
            if articled || opens || !key.eq_ignore_ascii_case(&term.name) {
                return None;
            }
            (format!("Which term completes the sentence? {gapped}"), term.name.clone(), GAPPED)
        }
    };
    let others: Vec<String> = rivals(&subject.text, &subject.terms, seed.term, difficulty, chance)
        .into_iter()
        .filter_map(|other| subject.terms.get(other).map(|other| other.name.clone()))
        .filter(|name| !avoided.contains(name))
        .take(OTHERS)
        .collect();
    (others.len() == OTHERS).then(|| Draft {
        kind: ItemKind::Choice,
        stem,
        terms: Vec::new(),
        key: Key::One(key),
        others,
        sentences: vec![saying.sentence],
        trust,
    })
}

/// A meaning that only one thing can have is asked for as that thing: "the largest …".
static ONLY_ONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^the (?:\w+est|most|least|first|second|third|fourth|last|only|main|primary|major|name)\b").ok()
});

/// The question that a term answers by its definition.
pub(super) fn question(term: &Term, definition: &Definition) -> String {
    let Definition { form, verb, meaning } = definition;
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
                let verb = if term.is_plural() { "are" } else { "is" };
                return format!("Which of the following {verb} {meaning}?");
            }
            format!("What is the term for {meaning}?")
        }
    }
}

fn has_article(text: &str) -> bool {
    ["a ", "an ", "the ", "any "].iter().any(|article| text.starts_with(article))
}
