//! A table of contents as questions name its parts: chapters, their sections, and the numbers of both.

use library::{Error, documents, pages};
use reader::{OutlineItem, Unit};

use super::asked::{Level, Place, Which};
use super::numeral::{number, roman};
use super::shelf::{Shelf, Volume};
use crate::words::letters;

/// What chapters are called in their own titles, and what other parts are.
const CHAPTER: &[&str] = &["chapter", "kapitel", "bab", "unit", "lecture"];
const PART: &[&str] = &["part", "teil", "section", "abschnitt", "bagian", "appendix", "anhang"];

/// A table of contents.
pub(super) struct Outline {
    pub(super) entries: Vec<Entry>,
}

/// An entry of it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) page: u32,
    /// "chapter", where its title says so.
    word: Option<String>,
    /// "3", "3.2", where its title begins with it.
    number: Option<String>,
}

/// Parts of one kind, as places among the entries.
pub(super) struct Parts {
    pub(super) entries: Vec<usize>,
    /// Whether their titles say that they are chapters: "Chapter 3", "3 Memory".
    pub(super) are_numbered: bool,
}

impl Outline {
    /// Of a document. Where a format has no pages, its parts stand for a table of contents that it lacks.
    pub(super) fn of(shelf: &Shelf<'_>, volume: &Volume) -> Result<Self, Error> {
        let mut items = documents::outline(shelf.connection, volume.document.document)?;
        if items.is_empty() && volume.unit != Unit::Page {
            let labels = pages::labels(shelf.connection, volume.document.document)?;
            items = labels.into_iter().map(|(page, title)| OutlineItem { level: 1, title, page }).collect();
        }
        let entries = without_title(items, &volume.document.title)
            .into_iter()
            .map(|item| {
                let (word, number) = numbered(&item.title);
                Entry { level: item.level, title: item.title, page: item.page, word, number }
            })
            .collect();
        Ok(Self { entries })
    }

    /// The chapters: the entries that are numbered so, or else those of the highest level that has several.
    pub(super) fn chapters(&self) -> Parts {
        let called = |entry: &Entry| entry.word.as_deref().is_some_and(|word| CHAPTER.contains(&word));
        let counted =
            |entry: &Entry| entry.word.is_none() && entry.number.as_deref().is_some_and(|it| !it.contains('.'));
        for is_one in [&called as &dyn Fn(&Entry) -> bool, &counted] {
            let all: Vec<usize> = (0..self.entries.len()).filter(|at| is_one(&self.entries[*at])).collect();
            let highest = all.iter().map(|at| self.entries[*at].level).min();
            let entries: Vec<usize> = all.into_iter().filter(|at| Some(self.entries[*at].level) == highest).collect();
            if entries.len() > 1 {
                return Parts { entries, are_numbered: true };
            }
        }
        let mut levels: Vec<u8> = self.entries.iter().map(|entry| entry.level).collect();
        levels.sort_unstable();
        levels.dedup();
        let of_level = |level: u8| -> Vec<usize> {
            (0..self.entries.len()).filter(|at| self.entries[*at].level == level).collect()
        };
        let several = levels.iter().map(|level| of_level(*level)).find(|entries| entries.len() > 1);
        let entries = several.unwrap_or_else(|| (0..self.entries.len()).collect());
        Parts { entries, are_numbered: false }
    }

    /// The parts of an entry, one level below it.
    pub(super) fn parts_of(&self, at: usize) -> Vec<usize> {
        let Some(whole) = self.entries.get(at) else { return Vec::new() };
        let below = (at + 1..self.entries.len()).take_while(|next| self.entries[*next].level > whole.level);
        let all: Vec<usize> = below.collect();
        let level = all.iter().map(|next| self.entries[*next].level).min();
        all.into_iter().filter(|next| Some(self.entries[*next].level) == level).collect()
    }

    /// The entry behind an entry and all its parts.
    pub(super) fn next(&self, at: usize) -> Option<&Entry> {
        let level = self.entries.get(at)?.level;
        self.entries.get(at + 1..)?.iter().find(|next| next.level <= level)
    }

    /// The entry that a question names, and none where the table of contents does not tell.
    pub(super) fn find(&self, place: &Place) -> Option<usize> {
        let chapters = self.chapters();
        match &place.which {
            Which::Last => chapters.entries.last().copied().filter(|_| place.level == Level::Chapter),
            Which::Nth(nth) => {
                let at = (*nth as usize).checked_sub(1)?;
                chapters.entries.get(at).copied().filter(|_| place.level == Level::Chapter)
            }
            Which::Range { .. } => None,
            Which::Label(label) => {
                let kind = place.words.split(' ').next().unwrap_or_default();
                let same = |entry: &Entry| entry.number.as_deref().is_some_and(|it| same_number(it, label));
                let named = |entry: &Entry| {
                    entry.word.as_deref().is_some_and(|word| kind.starts_with(word) || word.starts_with(kind))
                };
                let position = |is_it: &dyn Fn(&Entry) -> bool| self.entries.iter().position(is_it);
                let exact = position(&|entry| same(entry) && named(entry));
                let by_number = || {
                    let chapter = chapters.entries.iter().copied().find(|at| same(&self.entries[*at]));
                    let other = || position(&|entry| entry.word.is_none() && same(entry));
                    // "Part 2" is not the second chapter.
                    chapter.filter(|_| place.level == Level::Chapter && !PART.contains(&kind)).or_else(|| {
                        other().filter(|_| !PART.contains(&kind) || label.contains('.') || kind.starts_with("section"))
                    })
                };
                let by_place = || {
                    let at = (number(label)? as usize).checked_sub(1)?;
                    let plain = !chapters.are_numbered && CHAPTER.contains(&kind);
                    chapters.entries.get(at).copied().filter(|_| plain)
                };
                exact.or_else(by_number).or_else(by_place)
            }
        }
    }
}

/// The entries without one that only repeats the document's title; what stood under it moves up.
fn without_title(items: Vec<OutlineItem>, title: &str) -> Vec<OutlineItem> {
    let own = letters(title);
    let mut under: Option<u8> = None;
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        match under {
            Some(level) if item.level > level => kept.push(OutlineItem { level: item.level - 1, ..item }),
            _ if kept.is_empty() && under.is_none() && letters(&item.title) == own => under = Some(item.level),
            _ => {
                under = None;
                kept.push(item);
            }
        }
    }
    kept
}

fn same_number(own: &str, asked: &str) -> bool {
    let value = |text: &str| number(text).or_else(|| roman(text));
    own.eq_ignore_ascii_case(asked) || (value(own).is_some() && value(own) == value(asked))
}

/// The kind and the number that a title begins with: "Chapter 3: Memory", "3.2 Encoding", "IV. Rome".
fn numbered(title: &str) -> (Option<String>, Option<String>) {
    let mut words = title.split_whitespace();
    let Some(first) = words.next() else { return (None, None) };
    let lower = first.to_lowercase();
    if CHAPTER.contains(&lower.as_str()) || PART.contains(&lower.as_str()) {
        let number = words
            .next()
            .map(bare)
            .filter(|it| is_number(it) || roman(it).is_some() || number(it).is_some() || it.len() == 1);
        return (number.is_some().then_some(lower), number.map(str::to_owned));
    }
    let own = bare(first);
    let marked = first.ends_with(['.', ':', ')']);
    let is_one = is_number(own) || (marked && roman(own).is_some());
    (None, (is_one && words.next().is_some()).then(|| own.to_owned()))
}

/// A title without the kind and the number in front of it.
pub(super) fn without_number(title: &str) -> &str {
    let (word, number) = numbered(title);
    let skipped = usize::from(word.is_some()) + usize::from(number.is_some());
    let mut rest = title.trim_start();
    for _ in 0..skipped {
        rest = rest.find(char::is_whitespace).map_or("", |at| rest[at..].trim_start());
    }
    rest.trim_start_matches(|c: char| !c.is_alphanumeric())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// "3" or "3.2.1"; a year is no number of a chapter.
fn is_number(word: &str) -> bool {
    !word.is_empty()
        && word.split('.').all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(items: &[(u8, &str)]) -> Outline {
        let entries = items.iter().zip(1..).map(|((level, title), page)| {
            let (word, number) = numbered(title);
            Entry { level: *level, title: (*title).to_owned(), page, word, number }
        });
        Outline { entries: entries.collect() }
    }

    fn titles<'a>(outline: &'a Outline, entries: &[usize]) -> Vec<&'a str> {
        entries.iter().map(|at| outline.entries[*at].title.as_str()).collect()
    }

    fn place(words: &str, level: Level) -> Place {
        let label = words.split(' ').next_back().unwrap_or_default().to_owned();
        Place { level, words: words.to_owned(), which: Which::Label(label) }
    }

    #[test]
    fn chapters_are_told_by_their_numbers_before_their_level() {
        let book = outline(&[
            (1, "Preface"),
            (1, "Part I: Rome"),
            (2, "1 The Kings"),
            (3, "1.1 Romulus"),
            (3, "1.2 Numa"),
            (2, "2 The Republic"),
            (1, "Part II: Greece"),
            (2, "3 Athens"),
            (1, "Index"),
        ]);
        let chapters = book.chapters();
        assert!(chapters.are_numbered);
        assert_eq!(titles(&book, &chapters.entries), ["1 The Kings", "2 The Republic", "3 Athens"]);
        assert_eq!(titles(&book, &book.parts_of(2)), ["1.1 Romulus", "1.2 Numa"]);
        let found = |words, level| book.find(&place(words, level)).map(|at| book.entries[at].title.as_str());
        assert_eq!(found("chapter 3", Level::Chapter), Some("3 Athens"));
        assert_eq!(found("part 2", Level::Chapter), Some("Part II: Greece"));
        assert_eq!(found("part ii", Level::Chapter), Some("Part II: Greece"));
        assert_eq!(found("section 1.2", Level::Section), Some("1.2 Numa"));
        assert_eq!(found("chapter 9", Level::Chapter), None);
        assert_eq!(found("section 1.9", Level::Section), None);
    }

    #[test]
    fn without_numbers_the_first_level_with_several_entries_has_the_chapters() {
        let book = outline(&[(1, "A Life"), (2, "Youth"), (3, "School"), (2, "Age")]);
        let chapters = book.chapters();
        assert!(!chapters.are_numbered);
        assert_eq!(titles(&book, &chapters.entries), ["Youth", "Age"]);
        let second = book.find(&place("chapter 2", Level::Chapter));
        assert_eq!(second.map(|at| book.entries[at].title.as_str()), Some("Age"));
    }

    #[test]
    fn an_entry_that_repeats_the_title_is_left_out_and_what_is_under_it_moves_up() {
        let item = |level, title: &str| OutlineItem { level, title: title.into(), page: 1 };
        let items = vec![item(1, "A Life"), item(2, "Preface"), item(1, "Youth"), item(2, "School")];
        let kept = without_title(items, "A life");
        let told: Vec<_> = kept.iter().map(|it| (it.level, it.title.as_str())).collect();
        assert_eq!(told, [(1, "Preface"), (1, "Youth"), (2, "School")]);
    }

    #[test]
    fn a_title_is_parted_from_its_number() {
        for (title, rest) in [
            ("Chapter 1: Introduction", "Introduction"),
            ("3.2 Encoding", "Encoding"),
            ("IV. Rome", "Rome"),
            ("1984", "1984"),
            ("Chapter and verse", "Chapter and verse"),
            ("I am here", "I am here"),
        ] {
            assert_eq!(without_number(title), rest);
        }
    }
}
