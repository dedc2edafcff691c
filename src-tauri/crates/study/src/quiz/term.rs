//! The key terms of a document: what it sets in bold, defines or lists in a glossary, with all that it says of them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use library::terms::StoredTerm;
use reader::TermKind;
use retrieval::{fold, words};

use super::definition::{self, Definition, Form};
use super::sentence::is_whole;
use super::text::{Stem, Text, singular};
use super::usage::Usage;

/// A term that is named in fewer sentences is no key term, unless its definition makes it one.
const MENTIONS: usize = 2;
/// Strength from which the document itself makes it a term, by its letters or in a glossary.
pub(super) const MARKED: u8 = 80;
/// Strength of what is set in bold in a sentence that doesn't say what it is.
const BOLD: u8 = 42;
/// Of what is told from its sentence alone, the definition has to be as sure as this ([`reader::Term::strength`]).
const DEFINED: u8 = 46;
/// A phrase that is told from its sentence alone has to be the document's own: it stands together in so few places that
/// their spread is at most this share of what even chance would give.
const SPREAD: f32 = 0.7;
/// A document of fewer sentences has no spread that says anything.
const SHORT: usize = 400;
/// Of a term that is named everywhere so many sentences are looked at.
const MOST_LOOKED_AT: usize = 80;
/// Of sentences that name a term further on so many are taken.
const OTHERS: usize = 6;
/// Stretches of a document that a word's spread is counted over.
const STRETCHES: usize = 40;

/// A key term.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// As it is written within a sentence.
    pub(super) name: String,
    /// Its stems.
    pub(super) stems: Vec<Stem>,
    /// The sentences that name it, ascending.
    pub(super) mentions: Vec<usize>,
    /// Those that say what it is, the surest first.
    pub(super) sayings: Vec<Saying>,
    /// How surely it is a term, 0 to 100 as [`reader::Term::strength`].
    pub(super) strength: u8,
    /// The passage that introduces it, by its place in [`Text::passages`].
    pub(super) home: usize,
    /// How sentences use it.
    pub(super) usage: Usage,
}

/// A sentence that says what a term is.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    /// Which one.
    pub(super) sentence: usize,
    /// Where the term stands in it, in bytes.
    pub(super) name: std::ops::Range<usize>,
    /// What it says; none where it names the term without saying so in words that could be asked.
    pub(super) definition: Option<Definition>,
    /// How sure the place is, as [`reader::Term::strength`].
    pub(super) strength: u8,
}

impl Term {
    /// The best thing that is said of it.
    pub(super) fn definition(&self) -> Option<(&Saying, &Definition)> {
        self.sayings.iter().find_map(|saying| Some((saying, saying.definition.as_ref()?)))
    }

    /// What it is one of: the last word of its name, where that has several, and the noun that its definition begins with.
    pub(super) fn classes(&self) -> Vec<String> {
        let last = self.name.rsplit_once(' ').map(|(_, last)| singular(last));
        let head = self.definition().and_then(|(_, definition)| definition.class());
        last.into_iter().chain(head).collect()
    }

    /// How it is written: 0 in small letters, 1 as a name, 2 in capitals or with digits.
    pub(super) fn writing(&self) -> u8 {
        let letters = || self.name.chars().filter(|c| c.is_alphabetic());
        if self.name.contains(|c: char| c.is_numeric()) || letters().all(char::is_uppercase) {
            return 2;
        }
        u8::from(self.name.chars().next().is_some_and(char::is_uppercase))
    }
}

/// Whether the last word of a name is a plural.
pub(super) fn is_plural(name: &str) -> bool {
    const SINGULAR: [&str; 6] = ["ss", "us", "is", "ics", "itis", "news"];
    let last = name.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let last = fold(last);
    let ends = |of: &[&str]| of.iter().any(|end| last.ends_with(end));
    last.len() > 3 && (last.ends_with('s') && !ends(&SINGULAR)) || ends(&["ria", "mata", "phenomena", "people", "men"])
}

/// The key terms of a text, from the places that its document's terms have.
pub(super) fn terms(text: &Text, stored: &[StoredTerm]) -> Vec<Term> {
    let mut known: HashMap<String, Term> = HashMap::new();
    for found in stored {
        let Some(name) = cleaned(&found.term.name) else { continue };
        let Some(stems) = text.stems_of(&name) else { continue };
        let Some(number) = text.at(found.term.span.page, found.term.span.start) else { continue };
        let Some(saying) = saying(text, number, found, &name, &stems) else { continue };
        let home = text.sentences.get(number).map_or(0, |sentence| sentence.passage);
        let term = known.entry(singular(&name)).or_insert_with(|| Term {
            name: String::new(),
            mentions: text.with_name(&name),
            stems,
            sayings: Vec::new(),
            strength: 0,
            home: text.with_name(&name).first().and_then(|it| text.sentences.get(*it)).map_or(home, |it| it.passage),
            usage: Usage::default(),
        });
        if found.term.strength > term.strength {
            term.strength = found.term.strength;
            // A glossary at the end is no place that introduces anything.
            if found.term.kind != TermKind::Glossary {
                term.home = home;
            }
        }
        if term.name.is_empty() || saying.definition.is_some() && term.definition().is_none() {
            term.name = written(text, &name);
        }
        term.sayings.push(saying);
    }
    let mut terms: Vec<Term> = known.into_values().collect();
    for term in &mut terms {
        term.usage = Usage::of(text, &term.stems, &term.name, &term.mentions);
        told_elsewhere(text, term);
    }
    terms.retain(|term| is_key(text, term));
    for term in &mut terms {
        let worth = |saying: &Saying| saying.definition.as_ref().map_or(0.0, |it| it.form.trust());
        term.sayings.sort_by(|a, b| {
            worth(b).total_cmp(&worth(a)).then(b.strength.cmp(&a.strength)).then(a.sentence.cmp(&b.sentence))
        });
        term.sayings.dedup_by_key(|saying| saying.sentence);
    }
    terms.sort_by(|a, b| (a.home, &a.name).cmp(&(b.home, &b.name)));
    terms
}

/// What a place says of a term.
fn saying(text: &Text, number: usize, found: &StoredTerm, name: &str, stems: &[Stem]) -> Option<Saying> {
    let sentence = text.sentence(number);
    let (at, _) = text.place_of(number, stems, name)?;
    let definition = if found.term.kind == TermKind::Glossary {
        definition::of_entry(&found.term.definition, name)
    } else if is_whole(sentence) {
        definition::of_sentence(sentence, &at)
    } else {
        None
    };
    let definition = definition.map(|it| it.within_sentence(|word| text.has_small(word)));
    Some(Saying { sentence: number, name: at, definition, strength: found.term.strength })
}

/// Adds the sentences that say something of a term, though they stand at none of its places: first those that open with
/// it, then some that name it.
fn told_elsewhere(text: &Text, term: &mut Term) {
    let known: HashSet<usize> = term.sayings.iter().map(|saying| saying.sentence).collect();
    let mut others = 0;
    for mention in term.mentions.iter().copied().filter(|mention| !known.contains(mention)).take(MOST_LOOKED_AT) {
        let Some((place, _)) = text.place_of(mention, &term.stems, &term.name) else { continue };
        let sentence = text.sentence(mention);
        let opens = sentence.get(..place.start).is_some_and(|before| matches!(before, "" | "The " | "A " | "An "));
        if !opens && others == OTHERS || !is_whole(sentence) {
            continue;
        }
        others += usize::from(!opens);
        let definition = if opens { definition::of_sentence(sentence, &place) } else { None };
        term.sayings.push(Saying {
            sentence: mention,
            name: place,
            definition,
            strength: if opens { DEFINED } else { 0 },
        });
    }
}

/// Words that no term of a subject has in it: they stress, count or compare.
static NO_TERM: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "often usually generally sometimes always never commonly typically frequently mostly mainly merely simply really \
     likely unlikely main major key important common different several various certain particular specific possible \
     people person things thing way ways someone something anyone everyone time times day days year years example \
     today chapter figure table section note link show shows make makes take takes use uses used using say says said \
     see look new old good bad best better many much most some any every each part parts kind kinds type types form \
     forms idea ideas fact facts case cases study studies author authors student students reader readers question \
     questions step steps stage ones lot two three four five six seven eight nine ten yes following become becomes \
     made based given called known rather even just only"
        .split_whitespace()
        .collect()
});

/// A name as a term; none where its words are none.
fn cleaned(name: &str) -> Option<String> {
    let name = match name.split_once('(') {
        Some((before, rest)) if rest.trim_end().ends_with(')') => before.trim(),
        Some(_) => return None,
        None => name.trim(),
    };
    let all: Vec<String> = words(name).map(|(_, word)| fold(word).into_owned()).collect();
    let own = name.split_whitespace().count();
    let (first, last) = (all.first()?, all.last()?);
    let odd =
        name.contains(|c: char| !(c.is_alphanumeric() || c == ' ' || c == '-' || c == '’' || c == '\'' || c == '–'));
    let short = name.chars().filter(|c| c.is_alphabetic()).count() < 3;
    let is_adverb = |word: &String| word.len() > 4 && word.ends_with("ly") && word.len() < name.len();
    // A word of one letter is a form's variable, or a possessive's ending.
    (!odd
        && !short
        && own <= 5
        && !is_adverb(first)
        && !is_adverb(last)
        && !all.iter().any(|word| NO_TERM.contains(word.as_str()))
        && !first.chars().all(char::is_numeric)
        && !(name.ends_with("’s") || name.ends_with("'s") || name.ends_with('’') || name.ends_with('-')))
    .then(|| name.to_owned())
}

/// A name as it is written within a sentence: small where its first word stands small elsewhere.
fn written(text: &Text, name: &str) -> String {
    let Some(first) = name.split(|c: char| !c.is_alphanumeric()).next() else { return name.to_owned() };
    let mut letters = first.chars();
    let is_capitalised = letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase);
    let small = first.to_lowercase();
    // Further capitals make it a name: "Treaty of Paris".
    let is_name = name.split([' ', '-']).skip(1).any(|word| word.starts_with(char::is_uppercase));
    // What only ever opens sentences is told by its ending.
    const THINGS: [&str; 12] =
        ["tion", "sion", "ment", "ness", "ity", "sis", "ism", "logy", "ance", "ence", "ing", "ture"];
    let is_thing = text.has_small(&small) || THINGS.iter().any(|end| small.ends_with(end));
    if is_capitalised && !is_name && is_thing {
        return format!("{small}{}", &name[first.len()..]);
    }
    name.to_owned()
}

/// Whether a term is one of the subject: marked by the document, or its own by where it stands.
fn is_key(text: &Text, term: &Term) -> bool {
    if term.usage.part_of_name {
        return false;
    }
    let (named, defined) = (term.mentions.len(), term.definition());
    if term.strength >= MARKED {
        return named >= MENTIONS || defined.is_some();
    }
    // In a few pages everything stands together, and little is named twice.
    let is_short = text.sentences.len() < SHORT;
    let said = defined.is_some_and(|(saying, _)| saying.strength >= DEFINED);
    // What is said to be called or defined so needs no further proof.
    let is_named = defined.is_some_and(|(_, it)| matches!(it.form, Form::Defined | Form::Named | Form::Entry));
    // Names of companies and people have sentences that look like definitions.
    if term.writing() == 1 && !is_named && !is_short {
        return false;
    }
    said && (is_short || is_named && named >= MENTIONS)
        || (said || term.strength == BOLD) && named > MENTIONS && spread(text, term) <= SPREAD
}

/// In how many stretches of the document a term stands, as a share of those that its mentions could fill.
fn spread(text: &Text, term: &Term) -> f32 {
    let length = (text.sentences.len() / STRETCHES).max(1);
    let filled: HashSet<usize> = term.mentions.iter().map(|mention| mention / length).collect();
    // So many mentions, thrown at random, fill this many stretches on average.
    let stretches = STRETCHES as f32;
    let expected = stretches * (1.0 - (1.0 - 1.0 / stretches).powf(term.mentions.len() as f32));
    filled.len() as f32 / expected.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_that_stress_count_or_run_on_are_no_terms() {
        for name in ["people often", "something similar", "main idea", "x", "3 kinds", "dog’s", "(", "shows little"] {
            assert_eq!(cleaned(name), None, "{name}");
        }
        for (name, expected) in [("osmosis", "osmosis"), ("rapid eye movement (REM)", "rapid eye movement")] {
            assert_eq!(cleaned(name).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_plural_is_told_by_its_ending() {
        for name in ["neurons", "glial cells", "bacteria"] {
            assert!(is_plural(name), "{name}");
        }
        for name in ["osmosis", "thalamus", "physics", "mass", "gas law"] {
            assert!(!is_plural(name), "{name}");
        }
    }
}
