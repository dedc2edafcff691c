//! The parts of what an overview is about, by the document's table of contents.

use std::ops::Range;

use kernel::DocumentId;
use library::passages::{self, StoredPassage};
use library::{Connection, Error, documents};
use reader::{OutlineItem, Sentence};

use super::apparatus::is_apparatus;
use crate::phrases::{Noun, Phrases};
use crate::prompt::one_line;
use crate::words::letters;

/// Most parts of an overview.
const MOST: usize = 40;
/// A level whose parts have fewer passages than this on average, some 1,200 words, is too fine to be told part by part.
const FINE: u32 = 8;

/// Without a table of contents so many passages are parted by their pages, so that the first of them are told at once.
const LONG: u32 = 200;

/// A part: what stands between its title and the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its title, on one line.
    pub(super) title: String,
    /// Its passages, as places in the document.
    pub(super) passages: Range<u32>,
    /// The pages that it is confined to; none where it is told by its passages alone.
    pub(super) pages: Option<Vec<u32>>,
}

impl Part {
    /// What stands in these passages.
    pub(super) fn new(title: String, passages: Range<u32>) -> Self {
        Self { title, passages, pages: None }
    }

    /// All that stands on these pages of a document.
    pub(super) fn of_pages(
        connection: &Connection,
        document: DocumentId,
        title: String,
        pages: Vec<u32>,
    ) -> Result<Self, Error> {
        let mut places = Vec::new();
        for page in &pages {
            places.extend(passages::on_page(connection, document, *page)?.iter().map(|passage| passage.ordinal));
        }
        let first = places.iter().min().copied().unwrap_or(0);
        let end = places.iter().max().map_or(first, |last| last + 1);
        Ok(Self { title, passages: first..end, pages: Some(pages) })
    }

    /// Its passages, as far as they stand in it.
    pub(super) fn read(&self, connection: &Connection, document: DocumentId) -> Result<Vec<Excerpt>, Error> {
        let length = self.passages.end.saturating_sub(self.passages.start);
        let passages = passages::of_document(connection, document, self.passages.start, length)?;
        Ok(passages.into_iter().filter_map(|whole| Excerpt::of(whole, self.pages.as_deref())).collect())
    }
}

/// What stands of a passage on the pages of a part.
pub(super) struct Excerpt {
    /// The passage as it is stored.
    pub(super) whole: StoredPassage,
    /// The same with those of its sentences alone that stand there.
    pub(super) passage: StoredPassage,
    /// How many of its sentences stand before them.
    pub(super) before: usize,
}

impl Excerpt {
    /// None where nothing of the passage stands there.
    fn of(whole: StoredPassage, pages: Option<&[u32]>) -> Option<Self> {
        let Some(pages) = pages else {
            return Some(Self { passage: whole.clone(), whole, before: 0 });
        };
        let stands = |sentence: &Sentence| sentence.spans.iter().any(|span| pages.contains(&span.page));
        let before = whole.sentences.iter().position(stands)?;
        let last = whole.sentences.iter().rposition(stands)?;
        let sentences = whole.sentences.get(before..=last)?;
        let (start, end) = (sentences.first()?.start, sentences.last()?.end);
        let moved = |sentence: &Sentence| Sentence {
            start: sentence.start.saturating_sub(start),
            end: sentence.end.saturating_sub(start),
            spans: sentence.spans.clone(),
        };
        let text = whole.text.get(start as usize..end as usize)?.to_owned();
        let passage = StoredPassage { text, sentences: sentences.iter().map(moved).collect(), ..whole.clone() };
        Some(Self { whole, passage, before })
    }
}

/// The parts of a document or of one entry of its table of contents, in order: those of the deepest level that has at
/// most [`MOST`] of some length, or else of the highest. Parts that say nothing of the subject are passed over.
///
/// # Errors
/// Not found, when there is no such entry (any more).
pub(super) fn parts(
    connection: &Connection,
    document: DocumentId,
    title: &str,
    section: Option<u32>,
    phrases: &dyn Phrases,
) -> Result<Vec<Part>, Error> {
    let items = documents::outline(connection, document)?;
    let whole = match section {
        Some(entry) => documents::section(connection, document, entry)?,
        None => 0..passages::next_ordinal(connection, document)?,
    };
    let below = below(&items, section);
    let name = section.and_then(|entry| items.get(entry as usize)).map_or(title, |item| &item.title);
    let length = whole.end.saturating_sub(whole.start);
    let alone = || vec![Part::new(one_line(name), whole.clone())];
    let Some(entries) = level(&items, &below, length) else {
        return if length > LONG { by_pages(connection, document, whole, phrases) } else { Ok(alone()) };
    };
    // What stands before the first part, under the title of the whole, is a part as well.
    let own = section.into_iter().collect::<Vec<_>>();
    let entries: Vec<u32> = own.into_iter().chain(entries).collect();
    let starts = documents::section_starts(connection, document, &entries)?;
    let ends = starts.iter().skip(1).copied().chain([whole.end]);
    let ranges = starts.iter().copied().zip(ends).map(|(start, end)| start..end.max(start));
    let parts = entries.iter().zip(ranges).filter_map(|(entry, passages)| {
        let title = one_line(&items.get(*entry as usize)?.title);
        (!passages.is_empty() && !is_apparatus(&title)).then(|| Part::new(title, passages))
    });
    let parts = grouped(parts.collect());
    Ok(if parts.is_empty() { alone() } else { parts })
}

/// Stretches of equal length, each named by its pages.
fn by_pages(
    connection: &Connection,
    document: DocumentId,
    whole: Range<u32>,
    phrases: &dyn Phrases,
) -> Result<Vec<Part>, Error> {
    let step = (LONG / 2).max((whole.end - whole.start).div_ceil(u32::try_from(MOST).unwrap_or(u32::MAX)));
    let page = |place: u32| -> Result<Option<StoredPassage>, Error> {
        Ok(passages::of_document(connection, document, place, 1)?.into_iter().next())
    };
    let part = |start: u32| {
        let end = whole.end.min(start + step);
        let first = page(start)?.map_or(1, |passage| passage.page_start);
        let last = page(end - 1)?.map_or(first, |passage| passage.page_end);
        Ok(Part::new(phrases.pages(Noun::Page, &format!("{first}–{last}")), start..end))
    };
    whole.clone().step_by(step as usize).map(part).collect()
}

/// The entries under one, or all.
fn below(items: &[OutlineItem], section: Option<u32>) -> Vec<u32> {
    let numbered = (0_u32..).zip(items);
    match section {
        None => numbered.map(|(entry, _)| entry).collect(),
        Some(own) => {
            let level = items.get(own as usize).map_or(0, |item| item.level);
            let after = numbered.skip(own as usize + 1);
            after.take_while(|(_, item)| item.level > level).map(|(entry, _)| entry).collect()
        }
    }
}

/// The entries of the level that makes the parts, with those above it; none where there is one part alone.
fn level(items: &[OutlineItem], below: &[u32], length: u32) -> Option<Vec<u32>> {
    let item = |entry: &u32| items.get(*entry as usize);
    let mut levels: Vec<u8> = below.iter().filter_map(|entry| Some(item(entry)?.level)).collect();
    levels.sort_unstable();
    levels.dedup();
    let up_to = |level: u8| -> Vec<u32> {
        let told = |entry: &&u32| item(entry).is_some_and(|item| item.level <= level);
        below.iter().filter(told).copied().collect()
    };
    let counted = |entries: &[u32]| {
        entries.iter().filter(|entry| item(entry).is_some_and(|item| !is_apparatus(&item.title))).count()
    };
    let several: Vec<Vec<u32>> = levels.into_iter().map(up_to).filter(|entries| counted(entries) > 1).collect();
    let fits = |entries: &&Vec<u32>| {
        let count = counted(entries);
        count <= MOST && length / u32::try_from(count).unwrap_or(u32::MAX).max(1) >= FINE
    };
    several.iter().rev().find(fits).or(several.first()).cloned()
}

/// Neighbours together where there are more than can be told one by one.
fn grouped(parts: Vec<Part>) -> Vec<Part> {
    if parts.len() <= MOST {
        return parts;
    }
    let size = parts.len().div_ceil(MOST);
    let group = |group: &[Part]| {
        let (first, last) = (group.first()?, group.last()?);
        let title = if letters(&first.title) == letters(&last.title) {
            first.title.clone()
        } else {
            format!("{} – {}", first.title, last.title)
        };
        Some(Part::new(title, first.passages.start..last.passages.end))
    };
    parts.chunks(size).filter_map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(of: &[(u8, &str)]) -> Vec<OutlineItem> {
        of.iter().map(|(level, title)| OutlineItem { level: *level, title: (*title).to_owned(), page: 1 }).collect()
    }

    fn titles(items: &[OutlineItem], length: u32) -> Vec<&str> {
        let entries = level(items, &below(items, None), length).unwrap_or_default();
        entries.iter().map(|entry| items[*entry as usize].title.as_str()).collect()
    }

    #[test]
    fn the_deepest_level_of_some_length_makes_the_parts() {
        let book = items(&[(1, "Rome"), (2, "Kings"), (2, "Republic"), (1, "Greece"), (2, "Athens"), (1, "Index")]);
        assert_eq!(titles(&book, 100), ["Rome", "Kings", "Republic", "Greece", "Athens", "Index"]);
        assert_eq!(titles(&book, 30), ["Rome", "Greece", "Index"]);
        assert_eq!(titles(&book, 3), ["Rome", "Greece", "Index"], "however short it is");
        assert_eq!(below(&book, Some(0)), [1, 2]);
        assert!(level(&book, &below(&book, Some(4)), 9).is_none());
    }

    #[test]
    fn too_many_parts_are_told_together() {
        let parts: Vec<Part> = (0..100).map(|at| Part::new(format!("Slide {at}"), at..at + 1)).collect();
        let told = grouped(parts);
        assert!(told.len() <= MOST, "{}", told.len());
        assert_eq!((told[0].title.as_str(), told[0].passages.clone()), ("Slide 0 – Slide 2", 0..3));
        assert_eq!(told.last().map(|part| part.passages.end), Some(100));
    }
}
