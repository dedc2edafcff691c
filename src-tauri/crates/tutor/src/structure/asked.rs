//! What a question asks about a document's structure.

use super::numeral::{number, roman};
use super::wording::{self, Said, Wish, words};

/// A question about structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The table of contents, or the parts of one kind.
    Contents {
        /// Which parts; all where none is named.
        level: Option<Level>,
        /// Of what.
        of: Of,
    },
    /// How many there are.
    Count {
        /// Of which kind.
        level: Level,
        /// Of what.
        of: Of,
    },
    /// What is on a page, on a slide, in a chapter.
    On {
        /// Where.
        place: Place,
        /// The words that name the document.
        book: Option<String>,
    },
    /// Where a chapter begins.
    Start {
        /// Which.
        place: Place,
        /// The words that name the document.
        book: Option<String>,
    },
    /// Where a term is defined.
    Defined {
        /// The term.
        term: Wanted,
    },
    /// What the document calls something.
    Called {
        /// Its description.
        description: String,
    },
    /// The terms that are defined.
    Terms {
        /// Where.
        of: Of,
    },
}

/// A term that is looked for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Its words.
    pub(super) name: String,
    /// The words that name the document.
    pub(super) book: Option<String>,
}

/// What a question is about: everything, a document by name, a place in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Of {
    /// The place.
    pub(super) place: Option<Place>,
    /// The words that name the document.
    pub(super) book: Option<String>,
}

impl Of {
    /// Whether it can be nothing but a document: it names none, or one with a place in it.
    fn is_plain(&self) -> bool {
        self.book.is_none() || self.place.is_some()
    }
}

/// The parts that can be named and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Pages of paper.
    Page,
    /// Slides.
    Slide,
    /// Sheets of a workbook.
    Sheet,
    /// The main parts of a text.
    Chapter,
    /// Their parts.
    Section,
    /// Defined terms.
    Term,
}

impl Level {
    /// Whether these are the leaves that a document is counted in, and not parts of its text.
    pub(super) fn is_leaf(self) -> bool {
        matches!(self, Self::Page | Self::Slide | Self::Sheet)
    }
}

/// A page or part of a document, by its number or label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// What it is.
    pub(super) level: Level,
    /// As it was asked for, in lower case: "chapter 3".
    pub(super) words: String,
    /// Which one.
    pub(super) which: Which,
}

/// Which one of several parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// By its number or label: "57", "iv", "A-3", "3.2".
    Label(String),
    /// Pages from one number or label to another.
    Range {
        /// The first.
        from: String,
        /// The last.
        to: String,
    },
    /// The first, second … in order.
    Nth(u32),
    /// The last.
    Last,
}

/// More words than this are a question of their own, not a term.
const LONGEST_TERM: usize = 9;

/// What a question asks about structure; none for any other question.
pub(super) fn recognise(question: &str) -> Option<Asked> {
    let tidy = wording::tidy(question);
    wording::said(&tidy).find_map(|said| asked(&said))
}

fn asked(said: &Said<'_>) -> Option<Asked> {
    let of = || said.words(&["of", "of2"]).map_or(Some(Of::default()), of);
    let place = || place(&said.captures);
    match said.wish {
        Wish::Contents => {
            let of = of()?;
            // "The outline of X" and "the contents of X" are asked of cells and treaties too.
            let sure = said.words(&["table"]).is_some() || of.is_plain();
            sure.then_some(Asked::Contents { level: None, of })
        }
        Wish::Parts => {
            let (level, strict) = level(said.words(&["level"])?)?;
            let of = of()?;
            let known = !strict || of.is_plain();
            let bare = said.captures.get(0).is_some_and(|all| all.as_str().split(' ').count() == 1);
            let plural = !bare || said.words(&["level"])?.ends_with('s');
            (known && plural).then_some(Asked::Contents { level: Some(level), of })
        }
        Wish::Count => {
            let (level, strict) = said.words(&["level"]).map_or(Some((Level::Page, false)), level)?;
            let of = of()?;
            (!strict || of.is_plain()).then_some(Asked::Count { level, of })
        }
        Wish::Length => {
            let of = of()?;
            of.is_plain().then_some(Asked::Count { level: Level::Page, of })
        }
        Wish::On => {
            let book = of()?.book;
            Some(Asked::On { place: place()?, book })
        }
        Wish::Start => {
            let place = place()?;
            (place.level != Level::Page).then_some(())?;
            Some(Asked::Start { place, book: of()?.book })
        }
        Wish::Defined => {
            let name = term(said.words(&["term"])?)?;
            let book = said.words(&["book"]).filter(|book| !is_generic(book)).map(str::to_owned);
            Some(Asked::Defined { term: Wanted { name, book } })
        }
        Wish::Called => {
            let description = said.words(&["what"])?.trim_matches(['"', '“', '”']).to_owned();
            (!is_pronoun(&description)).then_some(Asked::Called { description })
        }
        Wish::Terms => {
            let of = of()?;
            Some(Asked::Terms { of })
        }
    }
}

/// What follows "of": the book itself, one by name, or a place.
fn of(text: &str) -> Option<Of> {
    let text = text.trim();
    if is_generic(text) {
        return Some(Of::default());
    }
    if let Some(captures) = wording::place(text) {
        let book = words(&captures, &["book"]).filter(|book| !is_generic(book)).map(str::to_owned);
        return Some(Of { place: Some(place(&captures)?), book });
    }
    Some(Of { place: None, book: Some(text.to_owned()) })
}

/// The place that a wording names.
pub(super) fn place(captures: &regex::Captures<'_>) -> Option<Place> {
    let kind = words(captures, &["kind", "ordered", "ordered2"])?.to_lowercase();
    let level = kind_level(kind.trim_end_matches('.'))?;
    if is_formula(captures) {
        return None;
    }
    let of = |label: &str| match number(label) {
        Some(number) if !label.contains('.') => number.to_string(),
        _ => label.to_owned(),
    };
    let (which, named) = match (words(captures, &["number"]), words(captures, &["ordinal", "ordinal2"])) {
        (Some(label), _) => match words(captures, &["until"]) {
            None => (Which::Label(of(label)), format!("{kind} {}", of(label))),
            // Several chapters at once are no place.
            Some(_) if !level.is_leaf() => return None,
            Some(until) => {
                let (from, to) = (of(label), of(until));
                let words = format!("{kind} {from}–{to}");
                (Which::Range { from, to }, words)
            }
        },
        (None, Some(ordinal)) => {
            let ordinal = ordinal.to_lowercase();
            let which = match ordinal.as_str() {
                "last" | "letzte" | "terakhir" => Which::Last,
                _ => Which::Nth(number(&ordinal)?),
            };
            (which, format!("{ordinal} {kind}"))
        }
        (None, None) => return None,
    };
    // "section a" and "part c" may stand in any sentence; a letter alone labels an appendix.
    let letter = matches!(&which, Which::Label(label) if label.len() == 1 && label.starts_with(char::is_alphabetic));
    let roman = matches!(&which, Which::Label(label) if roman(label).is_some());
    (!letter || roman || kind == "appendix").then_some(Place { level, words: named, which })
}

/// "CH4" and "p53" are other things than the fourth chapter and page 53; "on p53" is that page.
fn is_formula(captures: &regex::Captures<'_>) -> bool {
    const BEFORE: &[&str] = &["on ", "in ", "at ", "auf ", "im ", "di ", "pada "];
    let (Some(all), Some(kind), Some(number)) = (captures.get(0), captures.name("kind"), captures.name("number"))
    else {
        return false;
    };
    let before = all.as_str().get(..kind.start() - all.start()).unwrap_or_default();
    let is_led_to = BEFORE.iter().any(|word| before.ends_with(word));
    let is_symbol = kind.len() > 1 && kind.as_str().chars().all(char::is_uppercase);
    let is_letter = kind.len() == 1 && !is_led_to;
    kind.end() == number.start() && (is_symbol || is_letter)
}

fn kind_level(kind: &str) -> Option<Level> {
    Some(match kind {
        "page" | "pages" | "p" | "pp" | "pg" | "halaman" | "hal" | "seite" | "seiten" => Level::Page,
        "slide" | "slides" | "folie" | "folien" => Level::Slide,
        "sheet" | "sheets" | "blatt" => Level::Sheet,
        "chapter" | "chapters" | "ch" | "unit" | "units" | "part" | "parts" | "lecture" | "lectures" | "appendix"
        | "bab" | "kapitel" | "teil" => Level::Chapter,
        "section" | "sections" | "sec" | "abschnitt" | "bagian" => Level::Section,
        _ => return None,
    })
}

/// The kind of parts that a word names, and whether the word is used of other things so often that a document
/// must not be named beside it ("the parts of the brain").
fn level(word: &str) -> Option<(Level, bool)> {
    Some(match word.to_lowercase().as_str() {
        "pages" | "halaman" | "seiten" => (Level::Page, false),
        "slides" | "slide" | "folien" => (Level::Slide, false),
        "sheets" | "blätter" => (Level::Sheet, true),
        "chapters" | "chapter" | "kapitel" | "bab" => (Level::Chapter, false),
        "parts" | "part" | "units" | "unit" | "lectures" | "lecture" => (Level::Chapter, true),
        "sections" | "section" | "subsections" | "subsection" | "abschnitte" | "abschnitt" | "bagian" => {
            (Level::Section, true)
        }
        "headings" | "heading" => (Level::Section, true),
        "key terms" | "terms" => (Level::Term, true),
        _ => return None,
    })
}

/// The term without quotation marks; none where the words ask for more than a definition.
fn term(text: &str) -> Option<String> {
    let name = text.trim_matches(['"', '“', '”', '„', '\'', ' ']).trim();
    let lower = name.to_lowercase();
    let more =
        [", ", " and explain", " and describe", " and give", " and how", " and why", " and provide", " vs ", ";"];
    let asks_more = more.iter().any(|it| lower.contains(it));
    let few = (1..=LONGEST_TERM).contains(&name.split_whitespace().count());
    (few && !asks_more && !is_pronoun(name)).then(|| name.to_owned())
}

fn is_pronoun(text: &str) -> bool {
    const PRONOUNS: &[&str] =
        &["it", "this", "that", "them", "they", "these", "those", "he", "she", "es", "itu", "ini"];
    PRONOUNS.contains(&text.to_lowercase().as_str())
}

/// Whether the words stand for whatever document there is: "the book", "this document", "it".
pub(super) fn is_generic(text: &str) -> bool {
    const NOUNS: &[&str] = &[
        "book",
        "textbook",
        "document",
        "documents",
        "file",
        "pdf",
        "text",
        "slides",
        "deck",
        "presentation",
        "lecture",
        "notes",
        "reader",
        "workbook",
        "spreadsheet",
        "script",
        "paper",
        "material",
        "author",
        "authors",
        "buch",
        "buches",
        "dokument",
        "dokuments",
        "datei",
        "skript",
        "text",
        "buku",
        "dokumen",
        "it",
        "there",
        "total",
        "all",
        "here",
        "room",
    ];
    const BEFORE: &[&str] = &[
        "the", "this", "that", "my", "our", "your", "whole", "entire", "uploaded", "das", "dem", "des", "diesem",
        "dieses", "dieser", "ini", "itu", "course", "text",
    ];
    let mut words = text.split_whitespace().map(str::to_lowercase).peekable();
    let noun = |word: &str| NOUNS.contains(&word);
    words.peek().is_some()
        && words.clone().any(|word| noun(&word))
        && words.all(|word| noun(&word) || BEFORE.contains(&word.as_str()))
}

#[cfg(test)]
#[path = "asked_tests.rs"]
mod tests;
