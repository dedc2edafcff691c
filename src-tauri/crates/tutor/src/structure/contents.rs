//! What the parts of a document are, and how many.

use library::{Error, pages as stored};
use reader::Unit;

use super::asked::{Level, Of};
use super::outline::Outline;
use super::shelf::{MOST, Shelf, Volume};
use super::{Line, Reply, defined, page, place, quote};
use crate::phrases::{Count, Noun};
use crate::verification::Pages;

/// Longer lists are cut, and say so.
const LONGEST: usize = 60;

/// The names of the parts, each with its page.
pub(super) fn list(
    shelf: &Shelf<'_>,
    pages: &mut Pages<'_>,
    level: Option<Level>,
    of: &Of,
) -> Result<Option<Reply>, Error> {
    let volumes = shelf.named(of.book.as_deref());
    if volumes.is_empty() || matches!(level, Some(Level::Page | Level::Term)) {
        return Ok(None);
    }
    if let Some(place) = &of.place {
        return place::parts(shelf, pages, place, of.book.as_deref());
    }
    let mut lines = Vec::new();
    let mut without = Vec::new();
    for volume in volumes.iter().take(MOST) {
        let of_units =
            matches!((level, volume.unit), (Some(Level::Slide), Unit::Slide) | (Some(Level::Sheet), Unit::Sheet));
        if matches!(level, Some(Level::Slide | Level::Sheet)) && !of_units {
            continue;
        }
        let outline = Outline::of(shelf, volume)?;
        let (noun, entries) = entries(volume, &outline, level);
        if entries.is_empty() {
            without.push(volume.name());
            continue;
        }
        let title = match level {
            None => shelf.phrases.contents_of(&volume.name()),
            Some(_) => shelf.phrases.has_parts(&volume.name(), Count::of(entries.len(), noun)),
        };
        lines.push(Line::plain(title));
        lines.extend(listed(shelf, pages, volume, &outline, &entries)?);
    }
    if lines.is_empty() && without.is_empty() {
        return Ok(None);
    }
    if lines.is_empty() {
        return Ok(Some(Reply::missing(shelf.phrases.no_contents(&without.join(", ")))));
    }
    if volumes.len() > MOST {
        lines.push(Line::plain(shelf.phrases.more_documents(volumes.len() - MOST)));
    }
    Ok(Some(Reply::answered(lines)))
}

/// What the parts are called, and which entries they are.
fn entries(volume: &Volume, outline: &Outline, level: Option<Level>) -> (Noun, Vec<usize>) {
    let chapters = outline.chapters();
    let highest = chapters.entries.first().map_or(1, |at| outline.entries[*at].level);
    let upto = |level: u8| -> Vec<usize> {
        (0..outline.entries.len()).filter(|at| outline.entries[*at].level <= level).collect()
    };
    match level {
        None => {
            let main = upto(highest);
            let deeper = upto(highest.saturating_add(1));
            let entries = if deeper.len() <= LONGEST { deeper } else { main };
            (Noun::Heading, entries)
        }
        Some(Level::Section) => {
            let below = highest.saturating_add(1);
            let sections: Vec<usize> =
                (0..outline.entries.len()).filter(|at| outline.entries[*at].level == below).collect();
            (Noun::Section, if sections.is_empty() { chapters.entries } else { sections })
        }
        Some(Level::Slide) => (Noun::Slide, upto(1)),
        Some(Level::Sheet) => (Noun::Sheet, upto(1)),
        _ if chapters.are_numbered || volume.unit == Unit::Chapter => (Noun::Chapter, chapters.entries),
        _ => (Noun::MainPart, chapters.entries),
    }
}

/// A line for each entry: its title as it stands on its page, that page, and the proof.
pub(super) fn listed(
    shelf: &Shelf<'_>,
    pages: &mut Pages<'_>,
    volume: &Volume,
    outline: &Outline,
    entries: &[usize],
) -> Result<Vec<Line>, Error> {
    let highest = entries.iter().map(|at| outline.entries[*at].level).min().unwrap_or(1);
    let mut lines = Vec::new();
    for at in entries.iter().take(LONGEST) {
        let entry = &outline.entries[*at];
        let indent = if entry.level > highest { "  – " } else { "• " };
        let text = format!("{indent}{}", place::titled(shelf, pages, volume, entry)?);
        lines.push(Line::cited(text, quote::of_title(pages, volume, entry)));
    }
    if entries.len() > LONGEST {
        lines.push(Line::plain(shelf.phrases.more(entries.len() - LONGEST)));
    }
    Ok(lines)
}

/// How many parts there are.
pub(super) fn count(shelf: &Shelf<'_>, pages: &mut Pages<'_>, level: Level, of: &Of) -> Result<Option<Reply>, Error> {
    let volumes = shelf.named(of.book.as_deref());
    if volumes.is_empty() {
        return Ok(None);
    }
    if level == Level::Term {
        return defined::terms(shelf, pages, of);
    }
    if let Some(place) = &of.place {
        return match level {
            Level::Page => place::length(shelf, pages, place, of.book.as_deref()),
            _ => place::parts(shelf, pages, place, of.book.as_deref()),
        };
    }
    let mut lines = Vec::new();
    for volume in &volumes {
        let own = match (level, volume.unit) {
            (Level::Page | Level::Slide, Unit::Page) => true,
            (Level::Slide, unit) => unit == Unit::Slide,
            (Level::Sheet, unit) => unit == Unit::Sheet,
            (Level::Page, _) => true,
            _ => false,
        };
        if own {
            lines.push(length(shelf, pages, volume, level)?);
        } else if matches!(level, Level::Chapter | Level::Section) {
            lines.extend(parts(shelf, pages, volume, level)?);
        }
    }
    Ok((!lines.is_empty()).then(|| Reply::answered(lines)))
}

/// How many pages, with the words at the start of the last one that has any.
fn length(shelf: &Shelf<'_>, pages: &mut Pages<'_>, volume: &Volume, level: Level) -> Result<Line, Error> {
    let (name, extent) = (volume.name(), volume.extent());
    let labels = stored::labels(shelf.connection, volume.document.document)?;
    let text = match (level, volume.unit, labels.first(), labels.last()) {
        (_, Unit::Page, Some((_, first)), Some((_, last))) => shelf.phrases.has_labelled(&name, extent, first, last),
        (Level::Page, unit, ..) if unit != Unit::Page => shelf.phrases.has_none(&name, Noun::Page, extent),
        _ => shelf.phrases.has(&name, extent),
    };
    let last = (1..=volume.length()).rev().take(20).find_map(|number| {
        let page = pages.page(volume.document.document, number)?.clone();
        page::first_words(pages, volume, &page).map(|words| (number, page.label.clone(), words))
    });
    Ok(match last {
        Some((number, label, words)) => {
            let place = volume.place(number, label.as_deref());
            let last = shelf.phrases.last_begins(&place, &quote::shown(&words.quote), number == volume.length());
            Line::cited(format!("{text} {last}"), Some(words))
        }
        None => Line::plain(text),
    })
}

/// How many chapters or sections, with the first and the last of them.
fn parts(shelf: &Shelf<'_>, pages: &mut Pages<'_>, volume: &Volume, level: Level) -> Result<Option<Line>, Error> {
    let outline = Outline::of(shelf, volume)?;
    let (noun, entries) = entries(volume, &outline, Some(level));
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Ok(None);
    };
    let (first, last) = (&outline.entries[*first], &outline.entries[*last]);
    let from = place::titled(shelf, pages, volume, first)?;
    let mut to = None;
    let mut citations: Vec<_> = quote::of_title(pages, volume, first).into_iter().collect();
    if entries.len() > 1 {
        to = Some(place::titled(shelf, pages, volume, last)?);
        citations.extend(quote::of_title(pages, volume, last));
    }
    let count = Count::of(entries.len(), noun);
    let text = shelf.phrases.has_from_to(&volume.name(), count, &from, to.as_deref());
    Ok(Some(Line { text, citations }))
}
