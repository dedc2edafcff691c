//! Terms of one field, each to be matched with its meaning.

use library::quizzes::{ItemKind, Key};

use super::definition::Form;
use super::draft::{Draft, Manner, Seed};
use super::phrase::has_article;
use super::rivals::is_related;
use super::subject::Subject;

/// Terms of an item; as few as one may have.
const TERMS: usize = 5;
const FEWEST: usize = 4;
/// Terms further apart than this, in passages, are not of one field.
const FIELD: usize = 60;

/// What can be asked this way: a term with those that follow it.
pub(super) fn seeds(subject: &Subject) -> Vec<Seed> {
    let first = |(number, saying): (usize, usize)| Seed { term: number, saying, tier: 0 };
    (0..subject.terms.len()).filter_map(|number| Some((number, meaning_of(subject, number)?))).map(first).collect()
}

/// The saying that gives a term a meaning which can stand in a list.
fn meaning_of(subject: &Subject, number: usize) -> Option<usize> {
    subject.terms.get(number)?.sayings.iter().position(|saying| {
        subject.is_asked(saying.sentence)
            && saying.definition.as_ref().is_some_and(|it| {
                let phrase = has_article(&it.meaning);
                phrase
                    && it.common.is_empty()
                    && (it.verb.is_empty() || it.verb.starts_with("refer") || it.verb.contains("defined as"))
                    && it.form != Form::Does
            })
    })
}

/// The item that begins with a seed.
pub(super) fn draft(subject: &Subject, seed: &Seed, manner: Manner<'_>) -> Option<Draft> {
    let avoided = manner.avoided;
    let first = subject.terms.get(seed.term)?;
    let mut chosen = vec![(seed.term, seed.saying)];
    // Those behind it, and the few before it that no other item has.
    for number in (seed.term + 1..subject.terms.len()).chain((0..seed.term).rev()) {
        let Some(term) = subject.terms.get(number) else { break };
        if chosen.len() == TERMS {
            break;
        }
        if term.home.abs_diff(first.home) > FIELD {
            continue;
        }
        let fits = term.usage.is_plural == first.usage.is_plural
            && term.writing() == first.writing()
            && !avoided.contains(&term.name);
        let Some(saying) = meaning_of(subject, number).filter(|_| fits) else { continue };
        let sentence = |term: usize, saying: usize| {
            subject.terms.get(term).and_then(|it| it.sayings.get(saying)).map(|it| it.sentence)
        };
        let apart = chosen.iter().all(|(other, own)| {
            let is_other = subject.terms.get(*other).is_some_and(|other| !is_related(&subject.text, term, other));
            is_other && sentence(*other, *own) != sentence(number, saying)
        });
        if apart {
            chosen.push((number, saying));
        }
    }
    if chosen.len() < FEWEST || avoided.contains(&first.name) {
        return None;
    }
    let mut draft = Draft {
        kind: ItemKind::Matching,
        stem: "Match each term with its meaning.".to_owned(),
        terms: Vec::new(),
        key: Key::Each(Vec::new()),
        others: Vec::new(),
        fillers: Vec::new(),
        sentences: Vec::new(),
        trust: 1.0,
    };
    let mut meanings = Vec::new();
    for (term, saying) in chosen {
        let term = subject.terms.get(term)?;
        let saying = term.sayings.get(saying)?;
        let definition = saying.definition.as_ref()?;
        draft.terms.push(term.name.clone());
        draft.sentences.push(saying.sentence);
        draft.trust = draft.trust.min(definition.form.trust() * subject.trust(saying));
        meanings.push(definition.meaning.clone());
    }
    draft.key = Key::Each(meanings);
    Some(draft)
}
