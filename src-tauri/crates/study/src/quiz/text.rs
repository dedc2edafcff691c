//! A document's sentences, with where each word of them stands in the document.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use kernel::DocumentId;
use library::passages::{self, StoredPassage};
use library::{Connection, Error};
use reader::BlockKind;
use retrieval::{fold, is_stop_word, stem, words};

/// Passages that are read at a time.
const BATCH: u32 = 256;

/// A stem, numbered within its [`Text`].
pub(super) type Stem = u32;

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// First byte in the sentence.
    pub(super) start: u32,
    /// One past its last byte.
    pub(super) end: u32,
    /// Its stem.
    pub(super) stem: Stem,
    /// Whether it tells what a sentence is about.
    pub(super) tells: bool,
}

/// A sentence and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Its passage, by its place in [`Text::passages`].
    pub(super) passage: usize,
    /// Its place in the passage.
    pub(super) at: usize,
    /// Its bytes in the passage's text.
    pub(super) range: Range<usize>,
    /// Its words.
    pub(super) words: Vec<Word>,
}

/// A document taken apart.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) passages: Vec<StoredPassage>,
    pub(super) sentences: Vec<Sentence>,
    stems: HashMap<String, Stem>,
    /// The sentences of each stem, ascending.
    places: Vec<Vec<u32>>,
    /// Words that stand somewhere in lower case.
    small: HashSet<String>,
    /// Words that stand behind an article somewhere.
    nouns: HashSet<String>,
    /// The sentences of each page.
    pages: HashMap<u32, Vec<usize>>,
}

impl Text {
    /// Reads a document.
    pub(super) fn read(connection: &Connection, document: DocumentId) -> Result<Self, Error> {
        let end = passages::next_ordinal(connection, document)?;
        let mut all = Vec::new();
        for from in (0..end).step_by(BATCH as usize) {
            all.extend(passages::of_document(connection, document, from, BATCH)?);
        }
        Ok(Self::of(all))
    }

    /// Takes passages apart, which are in order.
    pub(super) fn of(passages: Vec<StoredPassage>) -> Self {
        let mut text = Self {
            passages: Vec::new(),
            sentences: Vec::new(),
            stems: HashMap::new(),
            places: Vec::new(),
            small: HashSet::new(),
            nouns: HashSet::new(),
            pages: HashMap::new(),
        };
        let mut forms: HashMap<String, Stem> = HashMap::new();
        for (number, passage) in passages.iter().enumerate() {
            for (at, found) in passage.sentences.iter().enumerate() {
                let range = found.start as usize..found.end as usize;
                let Some(sentence) = passage.text.get(range.clone()) else { continue };
                let words = text.taken_apart(sentence, &mut forms);
                for span in &found.spans {
                    text.pages.entry(span.page).or_default().push(text.sentences.len());
                }
                text.sentences.push(Sentence { passage: number, at, range, words });
            }
        }
        text.passages = passages;
        text
    }

    fn taken_apart(&mut self, sentence: &str, forms: &mut HashMap<String, Stem>) -> Vec<Word> {
        let number = u32::try_from(self.sentences.len()).unwrap_or(u32::MAX);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut found = Vec::new();
        let mut follows_article = false;
        for (range, word) in words(sentence) {
            let folded = fold(word);
            if follows_article && !self.nouns.contains(&*folded) {
                self.nouns.insert(folded.clone().into_owned());
            }
            follows_article = matches!(&*folded, "a" | "an" | "the");
            if word.starts_with(char::is_lowercase) && !self.small.contains(word) {
                self.small.insert(word.to_owned());
            }
            let own = match forms.get(&*folded) {
                Some(own) => *own,
                None => {
                    let next = offset(self.places.len());
                    let own = *self.stems.entry(stem(&folded).into_owned()).or_insert(next);
                    if own == next {
                        self.places.push(Vec::new());
                    }
                    forms.insert(folded.clone().into_owned(), own);
                    own
                }
            };
            if let Some(places) = self.places.get_mut(own as usize)
                && places.last() != Some(&number)
            {
                places.push(number);
            }
            let tells = !is_stop_word(&folded);
            found.push(Word { start: offset(range.start), end: offset(range.end), stem: own, tells });
        }
        found
    }

    /// The words of a sentence, as they are read.
    pub(super) fn sentence(&self, number: usize) -> &str {
        let found = self.sentences.get(number).and_then(|it| {
            let passage = self.passages.get(it.passage)?;
            passage.text.get(it.range.clone())
        });
        found.unwrap_or_default()
    }

    /// The passage of a sentence.
    pub(super) fn passage(&self, number: usize) -> Option<&StoredPassage> {
        self.passages.get(self.sentences.get(number)?.passage)
    }

    /// Whether a sentence stands in running text or a list.
    pub(super) fn is_prose(&self, number: usize) -> bool {
        self.passage(number).is_some_and(|it| matches!(it.kind, BlockKind::Paragraph | BlockKind::List))
    }

    /// The sentence that holds the byte `start` of a page.
    pub(super) fn at(&self, page: u32, start: u32) -> Option<usize> {
        let on = self.pages.get(&page)?;
        on.iter().copied().find(|number| {
            let found = self.sentences.get(*number).and_then(|it| self.passages.get(it.passage)?.sentences.get(it.at));
            found.is_some_and(|it| {
                it.spans.iter().any(|span| span.page == page && (span.start..span.end).contains(&start))
            })
        })
    }

    /// Whether a word stands behind an article anywhere, as nouns do and what describes them.
    pub(super) fn has_noun(&self, word: &str) -> bool {
        self.nouns.contains(&*fold(word))
    }

    /// Whether a word stands anywhere in lower case.
    pub(super) fn has_small(&self, word: &str) -> bool {
        self.small.contains(word)
    }

    /// The stem of a word; none where no word of the document has it.
    pub(super) fn stem_of(&self, word: &str) -> Option<Stem> {
        self.stems.get(&*stem(&fold(word))).copied()
    }

    /// The stems of a phrase, stop words included; none where the document lacks one of them.
    pub(super) fn stems_of(&self, phrase: &str) -> Option<Vec<Stem>> {
        words(phrase).map(|(_, word)| self.stem_of(word)).collect()
    }

    /// The stems of the telling words of a text, each once, and how many of its telling words the document lacks.
    pub(super) fn telling(&self, text: &str) -> (Vec<Stem>, usize) {
        let (mut known, mut unknown) = (Vec::new(), 0);
        for (_, word) in words(text) {
            if is_stop_word(&fold(word)) {
                continue;
            }
            match self.stem_of(word) {
                Some(stem) if !known.contains(&stem) => known.push(stem),
                Some(_) => {}
                None => unknown += 1,
            }
        }
        (known, unknown)
    }

    /// How much a word tells: the logarithm of how few sentences have it, at least 0.
    pub(super) fn weight(&self, stem: Stem) -> f32 {
        let places = self.places.get(stem as usize).map_or(1, Vec::len).max(1);
        (1.0 + self.sentences.len() as f32 / places as f32).ln()
    }

    /// The sentences that have a stem, ascending.
    pub(super) fn with(&self, stem: Stem) -> &[u32] {
        self.places.get(stem as usize).map_or(&[], Vec::as_slice)
    }

    /// The sentences that have these stems in a row.
    pub(super) fn naming(&self, name: &[Stem]) -> Vec<usize> {
        let rarest = name.iter().min_by_key(|stem| self.with(**stem).len());
        let places = rarest.map_or(&[][..], |stem| self.with(*stem));
        places.iter().map(|place| *place as usize).filter(|place| self.occurrence(*place, name).is_some()).collect()
    }

    /// The sentences that have a name, in the singular or the plural.
    pub(super) fn with_name(&self, name: &str) -> Vec<usize> {
        let stems = self.stems_of(name).unwrap_or_default();
        self.naming(&stems).into_iter().filter(|it| self.place_of(*it, &stems, name).is_some()).collect()
    }

    /// The first place in a sentence, in bytes and as words of it, where a name of these stems stands in the singular or
    /// the plural: "concepts" is "concept", "conception" is not, though their stems are the same.
    pub(super) fn place_of(&self, number: usize, stems: &[Stem], name: &str) -> Option<(Range<usize>, usize)> {
        let words = &self.sentences.get(number)?.words;
        let said = self.sentence(number);
        let name = singular(name);
        let places = words
            .windows(stems.len().max(1))
            .enumerate()
            .filter(|(_, window)| window.iter().map(|word| word.stem).eq(stems.iter().copied()));
        let bytes = |window: &[Word]| Some(window.first()?.start as usize..window.last()?.end as usize);
        places
            .filter_map(|(at, window)| Some((bytes(window)?, at)))
            .find(|(range, _)| said.get(range.clone()).is_some_and(|said| singular(said) == name))
    }

    /// The first place in a sentence where these stems stand in a row, as words of the sentence.
    pub(super) fn occurrence(&self, number: usize, name: &[Stem]) -> Option<usize> {
        let words = &self.sentences.get(number)?.words;
        if name.is_empty() {
            return None;
        }
        words.windows(name.len()).position(|window| window.iter().map(|word| word.stem).eq(name.iter().copied()))
    }

    /// The share of these stems, by weight, that a sentence has.
    pub(super) fn covered(&self, stems: &[Stem], number: usize) -> f32 {
        let Some(sentence) = self.sentences.get(number) else { return 0.0 };
        let (mut all, mut met) = (0.0, 0.0);
        for stem in stems {
            let weight = self.weight(*stem);
            all += weight;
            if sentence.words.iter().any(|word| word.stem == *stem) {
                met += weight;
            }
        }
        if all == 0.0 { 0.0 } else { met / all }
    }

    /// The share of the document's words that are the commonest of English: about two fifths of English text.
    pub(super) fn english(&self) -> f32 {
        let sample = self.sentences.iter().step_by((self.sentences.len() / 400).max(1));
        let (mut all, mut common) = (0_u32, 0_u32);
        for word in sample.flat_map(|sentence| &sentence.words) {
            all += 1;
            common += u32::from(!word.tells);
        }
        common as f32 / all.max(1) as f32
    }
}

/// The words of a name in lower case, the last one in the singular: what two ways of writing it have in common.
pub(super) fn singular(name: &str) -> String {
    let mut all: Vec<String> = words(name).map(|(_, word)| fold(word).into_owned()).collect();
    if let Some(last) = all.last_mut() {
        let ending = |ending: &str, instead: &str| last.strip_suffix(ending).map(|rest| format!("{rest}{instead}"));
        let hissing = ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| last.ends_with(end));
        let kept = last.len() < 4 || ["ss", "us", "is"].iter().any(|end| last.ends_with(end));
        let one = ending("ies", "y").or_else(|| if hissing { ending("es", "") } else { ending("s", "") });
        if let (Some(one), false) = (one, kept) {
            *last = one;
        }
    }
    all.join(" ")
}
