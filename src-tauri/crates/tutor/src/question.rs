//! A question as the tutor weighs it: its content words, each by how rare it is in the room.

use std::collections::HashSet;
use std::sync::LazyLock;

use kernel::RoomId;
use library::passages::is_unspaced;
use library::{Connection, Error};
use regex::Regex;

use crate::words::{self, Word};

/// Occurrences beyond this many say no more about how common a word is.
const COUNTED: u32 = 2000;

/// Words of a question beyond this many are not weighed: an essay's story is context, not a query.
const WEIGHED: usize = 60;

/// What a word of asking ("describe", "following") weighs beside those that say what is asked about: less than any of
/// them, since a word in every fourth passage weighs over 1.
const LITTLE: f32 = 0.3;

/// Where words are not parted by spaces, the pairs of letters that a text is parted into reach from one word into the
/// next, and into the words of asking ("作用是什么"). Those that the room doesn't have are dropped, unless they are so
/// many that the subject itself must be among them: more than all but one in this many.
const KNOWN: usize = 3;

/// Japanese writes its particles and endings in Hiragana, and what a text is about in other letters: beside those, a
/// word with Hiragana in it is a way of asking ("とは何ですか").
static HIRAGANA: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\p{Hiragana}").ok());

/// A content word of a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    /// What is compared.
    pub(crate) stem: String,
    /// Inverse document frequency in the room, `ln(1 + (N - n + 0.5) / (n + 0.5))` as in BM25
    /// (Robertson and Zaragoza, 2009), over its passages.
    pub(crate) weight: f32,
    /// Whether any passage of the room has the word.
    pub(crate) known: bool,
}

/// A question, ready to be compared with sentences.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// Its content words, each once.
    pub(crate) terms: Vec<Term>,
    /// Whether it asks for several things.
    pub(crate) asks_for_several: bool,
    /// Whether most of its letters are of a script without spaces between words.
    pub(crate) is_unspaced: bool,
}

impl Question {
    /// Weighs the words of `text` by the passages of `room`.
    pub(crate) fn weigh(connection: &Connection, room: RoomId, text: &str) -> Result<Self, Error> {
        let passages: u32 = connection
            .prepare_cached("SELECT coalesce(sum(passages), 0) FROM documents WHERE room = ?")?
            .query_row([room.0], |row| row.get(0))?;
        let mut count = connection.prepare_cached(
            "SELECT count(*) FROM (SELECT 1 FROM passages_fts f JOIN passages p ON p.passage = f.rowid
             WHERE passages_fts MATCH ?1 AND p.room = ?2 LIMIT ?3)",
        )?;
        Self::of(text, |word| {
            let with: u32 = count.query_row((format!("\"{word}\""), room.0, COUNTED), |row| row.get(0))?;
            Ok(counted(passages, with))
        })
    }

    fn of(text: &str, mut weigh: impl FnMut(&str) -> Result<(f32, bool), Error>) -> Result<Self, Error> {
        let mut seen = HashSet::new();
        let mut terms = Vec::new();
        for Word { word, stem } in telling(text).into_iter().take(WEIGHED) {
            if seen.insert(stem.clone()) {
                let (weight, known) = weigh(&word)?;
                terms.push(Term { stem, weight, known });
            }
        }
        let is_unspaced = is_mostly_unspaced(text);
        if is_unspaced && terms.iter().filter(|term| term.known).count() * KNOWN >= terms.len() {
            terms.retain(|term| term.known);
        }
        Ok(Self { terms, asks_for_several: asks_for_several(text), is_unspaced })
    }

    /// Whether the stem is one of its words.
    pub(crate) fn has(&self, stem: &str) -> bool {
        self.terms.iter().any(|term| term.stem == stem)
    }

    /// What a word of the question weighs; a word that says nothing about a subject weighs [`LITTLE`].
    pub(crate) fn weight_of(&self, word: &str) -> f32 {
        let stem = retrieval::stem(&retrieval::fold(word)).into_owned();
        self.terms.iter().find(|term| term.stem == stem).map_or(LITTLE, |term| term.weight)
    }

    /// The weight of all terms together.
    pub(crate) fn weight(&self) -> f32 {
        self.terms.iter().map(|term| term.weight).sum()
    }

    /// The share of the question's weight that `has` covers, 0 to 1.
    pub(crate) fn coverage(&self, has: impl Fn(&str) -> bool) -> f32 {
        let whole = self.weight();
        if whole <= 0.0 {
            return 0.0;
        }
        let covered: f32 = self.terms.iter().filter(|term| has(&term.stem)).map(|term| term.weight).sum();
        covered / whole
    }

    /// The share of the question's weight that no passage of the room has.
    pub(crate) fn unknown(&self) -> f32 {
        let known: HashSet<&str> = self.terms.iter().filter(|term| term.known).map(|term| term.stem.as_str()).collect();
        self.coverage(|stem| !known.contains(stem))
    }

    /// A question whose words all weigh the same, for tests.
    #[cfg(test)]
    pub(crate) fn plain(text: &str) -> Self {
        Self::of(text, |_| Ok((1.0, true))).unwrap_or(Self {
            terms: Vec::new(),
            asks_for_several: false,
            is_unspaced: false,
        })
    }
}

/// The content words of a question, without those that are grammar alone where there are others.
fn telling(text: &str) -> Vec<Word> {
    let is_grammar = |word: &Word| HIRAGANA.as_ref().is_some_and(|letters| letters.is_match(&word.word));
    let (grammar, telling): (Vec<Word>, Vec<Word>) = words::content(text).into_iter().partition(is_grammar);
    if telling.is_empty() { grammar } else { telling }
}

fn is_mostly_unspaced(text: &str) -> bool {
    let (unspaced, spaced): (Vec<char>, Vec<char>) =
        text.chars().filter(|letter| letter.is_alphabetic()).partition(|letter| is_unspaced(*letter));
    unspaced.len() > spaced.len()
}

fn counted(passages: u32, with: u32) -> (f32, bool) {
    // The count stops at COUNTED, so a huge room is measured as if it had few times as many passages.
    let (all, with_word) = (passages.max(with) as f32, with as f32);
    ((1.0 + (all - with_word + 0.5) / (with_word + 0.5)).ln(), with > 0)
}

/// Whether the question asks for several things: "what are the three stages …", "list …", "compare …".
fn asks_for_several(text: &str) -> bool {
    let folded = text.to_lowercase();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let opens = ["list", "name", "compare", "contrast", "identify", "summarize", "enumerate"];
    if words.first().is_some_and(|first| opens.contains(first)) {
        return true;
    }
    let counts = [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "types",
        "kinds",
        "stages",
        "steps",
        "phases",
        "parts",
        "components",
        "causes",
        "reasons",
        "examples",
        "differences",
        "advantages",
        "disadvantages",
        "symptoms",
        "functions",
        "factors",
        "categories",
        "characteristics",
        "levels",
        "methods",
        "several",
    ];
    words.iter().any(|word| counts.contains(word))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_count_once_and_rare_words_weigh_more() {
        let question = Question::plain("Which cells carry oxygen to other cells?");
        let stems: Vec<&str> = question.terms.iter().map(|term| term.stem.as_str()).collect();
        assert_eq!(stems, ["cell", "carri", "oxygen"]);
        assert!(counted(1000, 1).0 > counted(1000, 100).0);
        assert!(!counted(1000, 0).1);
        assert!(counted(10, 10).0 > 0.0);
    }

    #[test]
    fn a_japanese_question_is_weighed_by_what_it_asks_about() {
        let stems = |text| Question::plain(text).terms.into_iter().map(|term| term.stem).collect::<Vec<_>>();
        assert_eq!(stems("浸透とは何ですか？"), ["浸透"]);
        assert_eq!(stems("すしとは？"), ["すし", "しと", "とは"]);
        assert!(Question::plain("浸透 (osmosis) とは何ですか？").is_unspaced);
        assert!(!Question::plain("What is 浸透?").is_unspaced);
    }

    #[test]
    fn pairs_of_letters_that_reach_into_the_next_word_are_not_weighed() {
        let room = "渗透作用是水分子通过半透膜的扩散。";
        let stems = |text: &str| {
            let question = Question::of(text, |pair| Ok((1.0, room.contains(pair)))).unwrap();
            question.terms.into_iter().map(|term| term.stem).collect::<Vec<_>>()
        };
        assert_eq!(stems("渗透作用是什么？"), ["渗透", "透作", "作用", "用是"]);
        let other = stems("量子力学的作用是什么？");
        assert!(other.contains(&"量子".to_owned()), "what it is about is not in the room: {other:?}");
    }

    #[test]
    fn coverage_is_a_share_of_the_weight() {
        let question = Question::plain("Which cells carry oxygen?");
        assert!((question.coverage(|stem| stem == "oxygen") - 1.0 / 3.0).abs() < 1e-6);
        assert!(Question::plain("and why?").coverage(|_| true).abs() < f32::EPSILON);
    }

    #[test]
    fn questions_for_several_things_are_told_from_questions_for_one() {
        for several in ["List the planets.", "What are the three states of matter?", "What causes are named?"] {
            assert!(asks_for_several(several), "{several}");
        }
        for one in ["What is osmosis?", "Who discovered penicillin?"] {
            assert!(!asks_for_several(one), "{one}");
        }
    }
}
