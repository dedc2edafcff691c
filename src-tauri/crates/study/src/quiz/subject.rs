//! What is asked about: a document or a part of it, read once.

use std::ops::Range;

use kernel::DocumentId;
use library::{Connection, Error, documents, passages, terms};

use super::sentence::is_worth_asking;
use super::term::{self, MARKED, Saying, Term};
use super::text::{Text, singular};
use retrieval::{fold, words};

/// From this share of the commonest words of English on a text is English; of English prose they are about two fifths,
/// of other languages a twentieth.
const ENGLISH: f32 = 0.22;

/// A document with fewer terms in bold letters doesn't mark its terms.
const FEW: usize = 12;
/// How far what is said in passing is trusted, beside marked terms: never without a person's look. And in a document
/// that marks none.
const IN_PASSING: f32 = 0.6;
const UNMARKED: f32 = 0.9;

/// Passages within which somebody is spoken of once.
const NEAR: usize = 2;

/// A document with its terms, and which part of it is asked about. What is asked is checked against all of it.
pub(super) struct Subject {
    pub(super) text: Text,
    pub(super) terms: Vec<Term>,
    /// Whether the document marks its terms: in bold letters where it says what they are, or in a glossary.
    marks: bool,
    /// The places in the document that are asked about.
    places: Vec<Range<u32>>,
}

impl Subject {
    /// Reads a document, to be asked about in these places of it.
    pub(super) fn read(connection: &Connection, document: DocumentId, places: Vec<Range<u32>>) -> Result<Self, Error> {
        documents::get(connection, document)?;
        let text = Text::read(connection, document)?;
        let stored = terms::on_pages(connection, document, 0, u32::MAX, terms::SURE)?;
        let terms = if text.english() < ENGLISH { Vec::new() } else { term::terms(&text, &stored) };
        let marked = terms.iter().filter(|term| term.strength >= MARKED).count();
        Ok(Self { marks: marked >= FEW && marked * 5 >= terms.len(), text, terms, places })
    }

    /// Whether its language has rules here.
    pub(super) fn is_english(&self) -> bool {
        self.text.english() >= ENGLISH
    }

    /// How far to trust that what is said of a term is what the term means, 0 to 1. Where a document marks its terms,
    /// a sentence that it doesn't mark tells of one in passing: of such items that a teacher read, a quarter left
    /// something else as right, where of those that were marked one in thirty did.
    pub(super) fn trust(&self, saying: &Saying) -> f32 {
        match saying.strength {
            MARKED.. => 1.0,
            _ if self.marks => IN_PASSING,
            _ => UNMARKED,
        }
    }

    /// Whether a sentence stands where it is asked about, in what the document says of its subject.
    pub(super) fn is_asked(&self, sentence: usize) -> bool {
        let Some(passage) = self.text.passage(sentence) else { return false };
        !self.is_cut(sentence)
            && self.places.iter().any(|places| places.contains(&passage.ordinal))
            && self.text.is_prose(sentence)
            && !self.is_aside(sentence)
    }

    /// Whether a sentence can be asked about as it is.
    pub(super) fn is_statement(&self, sentence: usize) -> bool {
        self.is_asked(sentence) && is_worth_asking(self.text.sentence(sentence)) && !self.is_anecdote(sentence)
    }

    /// Whether the sentence before it ends in an abbreviation, so that its own beginning was cut off: "Brown v. Board".
    fn is_cut(&self, sentence: usize) -> bool {
        let Some(before) = sentence.checked_sub(1) else { return false };
        let passage = |number: usize| self.text.sentences.get(number).map(|it| it.passage);
        let last = self.text.sentence(before).split_whitespace().next_back().unwrap_or_default();
        passage(before) == passage(sentence) && last.ends_with('.') && last.trim_end_matches('.').chars().count() <= 2
    }

    /// Whether it tells of somebody who is named by one word and spoken of in one place alone.
    fn is_anecdote(&self, sentence: usize) -> bool {
        let said = self.text.sentence(sentence);
        let mut words = said.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let bare = first.trim_end_matches("’s").trim_end_matches("'s");
        let is_name = bare.chars().all(char::is_alphabetic) && !self.text.has_small(&bare.to_lowercase());
        let places = || self.text.stem_of(bare).map_or(&[][..], |stem| self.text.with(stem)).iter();
        let passage =
            |place: Option<&u32>| place.and_then(|it| self.text.sentences.get(*it as usize)).map(|it| it.passage);
        let (Some(from), Some(to)) = (passage(places().next()), passage(places().next_back())) else { return false };
        is_name && second.starts_with(char::is_lowercase) && to - from <= NEAR
    }

    /// How many terms, names and numbers a sentence has beside this term: what it is about.
    pub(super) fn anchors(&self, sentence: usize, name: &str) -> usize {
        let own = singular(name);
        let names =
            |term: &&Term| term.mentions.binary_search(&sentence).is_ok() && !own.contains(&singular(&term.name));
        let said = self.text.sentence(sentence);
        let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        let others = words(said).skip(1).filter(|(_, word)| is_name(word) && !own.contains(&*fold(word)));
        self.terms.iter().filter(names).count() + others.count()
    }

    /// Whether it stands under a heading of what surrounds the text: references, exercises, tasks.
    fn is_aside(&self, sentence: usize) -> bool {
        const ASIDES: [&str; 9] = [
            "question",
            "exercise",
            "activity",
            "activities",
            "project",
            "thinking",
            "application",
            "outline",
            "objectives",
        ];
        self.text.passage(sentence).is_some_and(|passage| {
            let aside = |heading: &String| {
                let lower = heading.to_lowercase();
                tutor::is_apparatus(heading) && !lower.contains("key terms") && !lower.contains("glossary")
                    || ASIDES.iter().any(|aside| lower.ends_with(aside) || lower.ends_with(&format!("{aside}s")))
            };
            passage.headings.iter().any(aside)
        })
    }
}

/// All places of a document.
pub(super) fn whole(connection: &Connection, document: DocumentId) -> Result<Range<u32>, Error> {
    Ok(0..passages::next_ordinal(connection, document)?)
}
