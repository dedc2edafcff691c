//! What the parts of a document are, and how many.

use library::{Error, pages as stored};
use reader::Unit;

use super::asked::{Level, Of};
use super::outline::Outline;
use super::shelf::{MOST, Shelf, Volume, counted};
use super::{Line, Reply, defined, page, place, quote};
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
        let (what, entries) = entries(volume, &outline, level);
        if entries.is_empty() {
            without.push(volume.name());
            continue;
        }
        let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let title = match level {
            None => format!("Table of contents of {}:", volume.name()),
            Some(_) => format!("{} has {}:", volume.name(), counted(count, what)),
        };
        lines.push(Line::plain(title));
        lines.extend(listed(shelf, pages, volume, &outline, &entries)?);
    }
    if lines.is_empty() && without.is_empty() {
        return Ok(None);
    }
    if lines.is_empty() {
        let text = format!("{} has no table of contents, and no headings were found in it.", without.join(", "));
        return Ok(Some(Reply::missing(text)));
    }
    if volumes.len() > MOST {
        let rest = volumes.len() - MOST;
        lines.push(Line::plain(format!("The room has {rest} more; name a document to see its contents.")));
    }
    Ok(Some(Reply::answered(lines)))
}

/// What the parts are called, and which entries they are.
fn entries(volume: &Volume, outline: &Outline, level: Option<Level>) -> (&'static str, Vec<usize>) {
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
            ("heading", entries)
        }
        Some(Level::Section) => {
            let below = highest.saturating_add(1);
            let sections: Vec<usize> =
                (0..outline.entries.len()).filter(|at| outline.entries[*at].level == below).collect();
            if sections.is_empty() { ("section", chapters.entries) } else { ("section", sections) }
        }
        Some(Level::Slide) => ("slide", upto(1)),
        Some(Level::Sheet) => ("sheet", upto(1)),
        _ if chapters.are_numbered || volume.unit == Unit::Chapter => ("chapter", chapters.entries),
        _ => ("main part", chapters.entries),
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
        lines.push(Line::plain(format!("… and {} more.", entries.len() - LONGEST)));
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
    let mut text = match (level, volume.unit) {
        (Level::Page, unit) if unit != Unit::Page => {
            format!("{} has no pages; it has {}", volume.name(), volume.extent())
        }
        _ => format!("{} has {}", volume.name(), volume.extent()),
    };
    let labels = stored::labels(shelf.connection, volume.document.document)?;
    if let (Unit::Page, Some((_, first)), Some((_, last))) = (volume.unit, labels.first(), labels.last()) {
        text += &format!(", labelled {first} to {last}");
    }
    let last = (1..=volume.length()).rev().take(20).find_map(|number| {
        let page = pages.page(volume.document.document, number)?.clone();
        page::first_words(pages, volume, &page).map(|words| (number, page.label.clone(), words))
    });
    Ok(match last {
        Some((number, label, words)) => {
            let place = volume.place(number, label.as_deref());
            let which = if number == volume.length() { "The last one," } else { "The last one with text," };
            Line::cited(format!("{text}. {which} {place}, begins {}", quote::shown(&words.quote)), Some(words))
        }
        None => Line::plain(format!("{text}.")),
    })
}

/// How many chapters or sections, with the first and the last of them.
fn parts(shelf: &Shelf<'_>, pages: &mut Pages<'_>, volume: &Volume, level: Level) -> Result<Option<Line>, Error> {
    let outline = Outline::of(shelf, volume)?;
    let (what, entries) = entries(volume, &outline, Some(level));
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Ok(None);
    };
    let (first, last) = (&outline.entries[*first], &outline.entries[*last]);
    let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    let mut text = format!("{} has {}", volume.name(), counted(count, what));
    text += &format!(", from {}", place::titled(shelf, pages, volume, first)?);
    let mut citations: Vec<_> = quote::of_title(pages, volume, first).into_iter().collect();
    if entries.len() > 1 {
        text += &format!(", to {}", place::titled(shelf, pages, volume, last)?);
        citations.extend(quote::of_title(pages, volume, last));
    }
    Ok(Some(Line { text: text + ".", citations }))
}
