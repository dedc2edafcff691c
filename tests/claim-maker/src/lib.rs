//! Claims about passages, true and false by construction, to fit and measure a verifier with.
//!
//! # The procedure
//!
//! 1. **Passages.** `passages.txt` has short passages of our own on 27 subjects of many fields, two passages a subject,
//!    each with sentences, with paraphrases of what they say (in other words, another voice or order, joined or with
//!    other units), and with sentences on the same matter that are plausible and that the passage does not say.
//! 2. **Slots.** What can be changed is declared where it stands: `{n:12}` a number, `{y:1628}` a date, `{u:grams|litres}`
//!    a unit, `{e:Harvey|Galen}` a name or a thing, `{p:is|is not}` an affirmation or a denial, `{o:rises|falls}` a
//!    direction or a quantity, each with what may stand in its place; `[…]` is what a shorter sentence can do without.
//!    So nothing that is made here is ever read back out of words, and none of a verifier's rules is needed to make it.
//! 3. **Supported claims** are one sentence as it stands, one without what it can do without, and every paraphrase.
//! 4. **Changed claims** are sentences and paraphrases with one slot of a kind in another way. A number gets another way
//!    of its slot if it has one, and else one of: ten times as much, a quarter more or less, its first two digits (of a
//!    year: the last two) exchanged, some years earlier or later, or another number of the same kind from the same
//!    passage. Where two slots name each other, as in "{e:maize|wheat} needs more warmth than {e:wheat|maize}", they
//!    change places, so that who does what to whom is turned round.
//! 5. **Unsupported claims** are the plausible sentences, and a paraphrase of the subject's other passage.
//! 6. **Two halves.** The subjects take turns by their order in the file: the first, third, fifth … are for
//!    [fitting](Half::Fitting), the others for [measuring](Half::Measuring). Both passages of a subject are in one half.
//!
//! Which slots and sentences are taken is drawn with a fixed seed: the same file gives the same claims. This crate
//! depends on nothing, least of all on the verifier.

mod change;
mod template;

use seeded::Random;
use template::{Kind, Template};

/// What a claim is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The field it belongs to; two passages have the same one.
    pub subject: String,
    /// What stands above it.
    pub heading: String,
    /// Its sentences, in order.
    pub sentences: Vec<String>,
    /// What it is used for.
    pub half: Half,
}

/// What a subject is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Half {
    /// To find constants and rules.
    Fitting,
    /// To tell how good they are.
    Measuring,
}

/// How a claim stands to its passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A sentence of it.
    Verbatim,
    /// A sentence of it without some of its words.
    Shortened,
    /// What it says, in other words.
    Paraphrased,
    /// With another number or date.
    Number,
    /// With another unit.
    Unit,
    /// With another name.
    Entity,
    /// Denied, or affirmed where the passage denies it.
    Negated,
    /// The other way round: falling for rising, all for most.
    Reversed,
    /// About the same matter, and not said.
    Unsupported,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Verbatim,
        Self::Shortened,
        Self::Paraphrased,
        Self::Number,
        Self::Unit,
        Self::Entity,
        Self::Negated,
        Self::Reversed,
        Self::Unsupported,
    ];

    /// Whether the passage supports a claim of this class.
    pub fn is_supported(self) -> bool {
        matches!(self, Self::Verbatim | Self::Shortened | Self::Paraphrased)
    }
}

/// A claim held against a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The place of its passage in [`Corpus::passages`].
    pub passage: usize,
    /// How it stands to it.
    pub class: Class,
    /// What it says.
    pub claim: String,
}

/// All passages with all claims.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// In the order of the file.
    pub passages: Vec<Passage>,
    /// Passage by passage.
    pub pairs: Vec<Pair>,
}

impl Corpus {
    /// The pairs of a half.
    pub fn of(&self, half: Half) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(move |pair| self.passages.get(pair.passage).is_some_and(|it| it.half == half))
    }
}

/// How many claims of each changed class come from a passage, where it has as many slots.
const CHANGED: [(Class, usize); 5] =
    [(Class::Number, 2), (Class::Unit, 2), (Class::Entity, 2), (Class::Negated, 2), (Class::Reversed, 1)];

/// A passage as it is written in the file.
#[derive(Default)]
struct Written {
    subject: String,
    heading: String,
    sentences: Vec<Template>,
    paraphrases: Vec<Template>,
    unsaid: Vec<String>,
}

/// The claims of `passages.txt`.
pub fn corpus() -> Corpus {
    made(include_str!("../passages.txt"))
}

fn made(text: &str) -> Corpus {
    let written = read(text);
    let mut subjects: Vec<&str> = written.iter().map(|it| it.subject.as_str()).collect();
    subjects.dedup();
    let half = |subject: &str| match subjects.iter().position(|it| *it == subject) {
        Some(at) if at % 2 == 1 => Half::Measuring,
        _ => Half::Fitting,
    };
    let passages = written.iter().map(|it| Passage {
        subject: it.subject.clone(),
        heading: it.heading.clone(),
        sentences: it.sentences.iter().map(Template::whole).collect(),
        half: half(&it.subject),
    });
    let pairs = (0..written.len()).flat_map(|at| pairs(&written, at)).collect();
    Corpus { passages: passages.collect(), pairs }
}

fn read(text: &str) -> Vec<Written> {
    let mut all: Vec<Written> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some((subject, heading)) = line.strip_prefix("# ").and_then(|line| line.split_once(": ")) {
            all.push(Written { subject: subject.into(), heading: heading.into(), ..Written::default() });
            continue;
        }
        let Some(last) = all.last_mut() else { continue };
        if let Some(paraphrase) = line.strip_prefix("= ") {
            last.paraphrases.push(Template::read(paraphrase));
        } else if let Some(unsaid) = line.strip_prefix("- ") {
            last.unsaid.push(unsaid.to_owned());
        } else {
            last.sentences.push(Template::read(line));
        }
    }
    all
}

fn pairs(all: &[Written], at: usize) -> Vec<Pair> {
    let own = &all[at];
    let draw = |what: usize| Random::new((at * 16 + what) as u64);
    let mut pairs = Vec::new();
    let mut add = |class, claim| pairs.push(Pair { passage: at, class, claim });
    if let Some(sentence) = draw(0).one(&own.sentences) {
        add(Class::Verbatim, sentence.whole());
    }
    let longer: Vec<&Template> = own.sentences.iter().filter(|it| it.can_be_shortened()).collect();
    if let Some(sentence) = draw(1).one(&longer) {
        add(Class::Shortened, sentence.shortened());
    }
    for paraphrase in &own.paraphrases {
        add(Class::Paraphrased, paraphrase.whole());
    }
    let templates: Vec<&Template> = own.sentences.iter().chain(&own.paraphrases).collect();
    for (what, (class, count)) in (2..).zip(CHANGED) {
        let mut slots: Vec<(usize, usize)> = templates
            .iter()
            .enumerate()
            .flat_map(|(template, it)| {
                it.slots().filter(|(_, kind)| of(*kind) == class).map(move |(at, _)| (template, at))
            })
            .collect();
        let mut draw = draw(what);
        draw.shuffle(&mut slots);
        let mut taken = Vec::new();
        for (template, slot) in slots {
            if taken.len() < count && !taken.contains(&template) {
                taken.push(template);
                add(class, change::changed(templates[template], slot, &own.sentences, &mut draw));
            }
        }
    }
    for unsaid in &own.unsaid {
        add(Class::Unsupported, unsaid.clone());
    }
    let other = all.iter().enumerate().find(|(other, it)| *other != at && it.subject == own.subject);
    if let Some(paraphrase) = other.and_then(|(_, other)| draw(12).one(&other.paraphrases)) {
        add(Class::Unsupported, paraphrase.whole());
    }
    pairs
}

/// The class of a claim in which a slot of this kind is changed.
fn of(kind: Kind) -> Class {
    match kind {
        Kind::Number | Kind::Date => Class::Number,
        Kind::Unit => Class::Unit,
        Kind::Entity => Class::Entity,
        Kind::Polarity => Class::Negated,
        Kind::Direction => Class::Reversed,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn there_are_claims_of_every_class_in_both_halves_and_all_differ() {
        let corpus = corpus();
        for half in [Half::Fitting, Half::Measuring] {
            assert!(corpus.of(half).count() > 300);
            for class in Class::ALL {
                assert!(corpus.of(half).filter(|pair| pair.class == class).count() >= 15, "{half:?} {class:?}");
            }
        }
        let all: HashSet<(usize, &str)> = corpus.pairs.iter().map(|pair| (pair.passage, pair.claim.as_str())).collect();
        let shortened_alone = corpus.pairs.len() - all.len();
        assert!(shortened_alone < 5, "{shortened_alone} claims twice");
    }

    #[test]
    fn no_claim_and_no_sentence_shows_how_it_was_made() {
        let corpus = corpus();
        let sentences = corpus.passages.iter().flat_map(|it| &it.sentences);
        for text in sentences.chain(corpus.pairs.iter().map(|pair| &pair.claim)) {
            assert!(!text.contains(['{', '}', '[', ']', '|']) && !text.contains("  "), "{text}");
            assert!(text.ends_with('.') && text.chars().next().is_some_and(|it| !it.is_whitespace()), "{text}");
        }
    }

    #[test]
    fn a_changed_claim_differs_from_everything_that_is_supported() {
        let corpus = corpus();
        for pair in corpus.pairs.iter().filter(|pair| !pair.class.is_supported()) {
            let same = |it: &&Pair| it.passage == pair.passage && it.class.is_supported() && it.claim == pair.claim;
            assert!(!corpus.pairs.iter().any(|it| same(&it)), "{pair:?}");
            assert!(!corpus.passages[pair.passage].sentences.contains(&pair.claim), "{pair:?}");
        }
    }

    #[test]
    fn both_passages_of_a_subject_are_in_one_half_and_the_same_claims_come_every_time() {
        let corpus = corpus();
        for two in corpus.passages.chunks(2) {
            assert_eq!((&two[0].subject, two[0].half), (&two[1].subject, two[1].half));
        }
        assert_eq!(corpus.pairs, super::corpus().pairs);
    }

    #[test]
    fn slots_that_name_each_other_change_places() {
        let corpus = made("# A: B\n{e:Maize|Wheat} needs more warmth than {e:wheat|maize}.\n");
        let entity = corpus.pairs.iter().find(|pair| pair.class == Class::Entity).unwrap();
        assert_eq!(entity.claim, "Wheat needs more warmth than maize.");
    }
}
