//! Pages and parts of a document that a question names by number or label.

use library::{Error, pages as stored};
use reader::Unit;

use super::asked::{Level, Place, Which};
use super::outline::{Entry, Outline};
use super::shelf::{MOST, Shelf, Volume};
use super::{Line, Reply, contents, page, quote};
use crate::phrases::{Count, Noun, capital};
use crate::prompt::one_line;
use crate::verification::Pages;
use crate::words::letters;

/// Lines of one page, when one document has it and when several do.
const LINES: usize = 12;
const LINES_OF_SEVERAL: usize = 5;
/// Of a chapter, beside its sections.
const LINES_OF_A_PART: usize = 6;

/// An entry as it is listed: its title as it stands on its page, and that page.
pub(super) fn titled(
    shelf: &Shelf<'_>,
    pages: &mut Pages<'_>,
    volume: &Volume,
    entry: &Entry,
) -> Result<String, Error> {
    let quoted = quote::of_title(pages, volume, entry).map(|it| one_line(&it.quote));
    // The file's own table of contents may have lost a space that the page has.
    let title = quoted.filter(|it| letters(it) == letters(&entry.title)).unwrap_or_else(|| entry.title.clone());
    Ok(match volume.unit {
        Unit::Page | Unit::Slide => {
            let label = stored::label(shelf.connection, volume.document.document, entry.page)?;
            format!("{title}, {}", volume.place(entry.page, label.as_deref().filter(|_| volume.unit == Unit::Page)))
        }
        _ => title,
    })
}

/// What a question's place is in one document.
pub(super) enum Found {
    /// Pages, slides, sheets by number; several where a label stands on several.
    Pages(Vec<u32>),
    /// An entry of the table of contents.
    Entry(Outline, usize),
    /// Nothing, and why.
    Nothing(String),
    /// The document does not tell: the question goes the normal way.
    Unknown,
}

/// Where a place is in a document.
pub(super) fn find(shelf: &Shelf<'_>, volume: &Volume, place: &Place) -> Result<Found, Error> {
    let by_page = matches!(
        (place.level, volume.unit),
        (Level::Page | Level::Slide, Unit::Page | Unit::Slide) | (Level::Sheet, Unit::Sheet)
    );
    if by_page {
        return find_page(shelf, volume, place);
    }
    if place.level.is_leaf() {
        let noun = noun(place.level);
        return Ok(Found::Nothing(shelf.phrases.has_none(&volume.name(), noun, volume.extent())));
    }
    let outline = Outline::of(shelf, volume)?;
    if let Some(at) = outline.find(place) {
        return Ok(Found::Entry(outline, at));
    }
    let chapters = outline.chapters();
    let own = matches!((place.level, volume.unit), (Level::Chapter, Unit::Chapter) | (Level::Section, Unit::Section));
    if own && !chapters.are_numbered {
        return find_page(shelf, volume, place);
    }
    if place.level == Level::Chapter && chapters.are_numbered && place.words.starts_with("ch") {
        let count = Count::of(chapters.entries.len(), Noun::Chapter);
        return Ok(Found::Nothing(shelf.phrases.has_no(&volume.name(), count, &place.words)));
    }
    Ok(Found::Unknown)
}

/// By the printed label first, then by the number in the file.
fn find_page(shelf: &Shelf<'_>, volume: &Volume, place: &Place) -> Result<Found, Error> {
    let length = volume.length();
    let labels = stored::labels(shelf.connection, volume.document.document)?;
    let labelled = |label: &str| -> Vec<u32> {
        labels.iter().filter(|(_, own)| own.eq_ignore_ascii_case(label)).map(|(number, _)| *number).collect()
    };
    let numbered = |number: Option<u32>| number.filter(|number| (1..=length).contains(number)).into_iter().collect();
    let pages = |label: &str| -> Vec<u32> {
        let same = labelled(label);
        if same.is_empty() { numbered(label.parse().ok()) } else { same }
    };
    let found = match &place.which {
        Which::Last => numbered(Some(length)),
        Which::Nth(number) => numbered(Some(*number)),
        Which::Label(label) => pages(label),
        Which::Range { from, to } => {
            // Some books number each chapter's pages anew: 12-14 is the fourteenth page of the twelfth.
            let single = labelled(&format!("{from}-{to}"));
            let first = pages(from).first().copied();
            let last = first.and_then(|first| pages(to).into_iter().find(|last| *last >= first));
            match (single.is_empty(), first.zip(last)) {
                (true, Some((first, last))) => (first..=last).collect(),
                _ => single,
            }
        }
    };
    if !found.is_empty() {
        return Ok(Found::Pages(found));
    }
    let (name, extent) = (volume.name(), volume.extent());
    Ok(Found::Nothing(match &place.which {
        Which::Label(label) if label.parse::<u32>().is_err() => shelf.phrases.has_no_label(&name, extent, label),
        Which::Range { .. } => shelf.phrases.has_no_range(&name, extent, &place.words),
        _ => shelf.phrases.has_no(&name, extent, &place.words),
    }))
}

/// Pages as they are called: by their printed labels, and by their numbers in the file where these are others.
pub(super) fn called(shelf: &Shelf<'_>, volume: &Volume, numbers: &[u32]) -> Result<String, Error> {
    let (Some(first), Some(last)) = (numbers.first().copied(), numbers.last().copied()) else {
        return Ok(String::new());
    };
    let label = |number| stored::label(shelf.connection, volume.document.document, number);
    if first == last {
        return Ok(name_of(volume, first, label(first)?.as_deref()));
    }
    let (noun, phrases) = (volume.noun(), shelf.phrases);
    let in_file = format!("{first}–{last}");
    Ok(match (volume.unit, label(first)?, label(last)?) {
        (Unit::Page, Some(from), Some(to)) if from == to => phrases.pages_with_label(noun, &from),
        (Unit::Page, Some(from), Some(to)) if format!("{from}–{to}") != in_file => {
            phrases.pages_in_file(noun, &format!("{from}–{to}"), &in_file)
        }
        _ => phrases.pages(noun, &in_file),
    })
}

fn name_of(volume: &Volume, number: u32, label: Option<&str>) -> String {
    let name = capital(&volume.place(number, label));
    match (volume.unit, label) {
        (Unit::Page, Some(label)) if label != number.to_string() => volume.phrases.page_in_file(&name, number),
        _ => name,
    }
}

fn noun(level: Level) -> Noun {
    match level {
        Level::Page => Noun::Page,
        Level::Slide => Noun::Slide,
        Level::Sheet => Noun::Sheet,
        Level::Chapter => Noun::Chapter,
        Level::Section => Noun::Section,
        Level::Term => Noun::KeyTerm,
    }
}

/// What each document says of a place: lines where it has it, else the reason; `None` where no document tells.
fn gather(
    shelf: &Shelf<'_>,
    place: &Place,
    book: Option<&str>,
    mut say: impl FnMut(&Volume, Found, usize) -> Result<Vec<Line>, Error>,
) -> Result<Option<Reply>, Error> {
    let mut found = Vec::new();
    let mut reasons = Vec::new();
    for volume in shelf.named(book) {
        match find(shelf, volume, place)? {
            Found::Unknown => {}
            Found::Nothing(reason) => reasons.push(reason),
            it => found.push((volume, it)),
        }
    }
    let several = found.len();
    let mut lines = Vec::new();
    for (volume, it) in found.into_iter().take(MOST) {
        lines.extend(say(volume, it, several)?);
    }
    if several > MOST {
        lines.push(Line::plain(shelf.phrases.more_have_it(several - MOST)));
    }
    if lines.iter().any(|line| !line.citations.is_empty()) {
        return Ok(Some(Reply::answered(lines)));
    }
    if !lines.is_empty() {
        return Ok(Some(Reply { lines, answered: false }));
    }
    reasons.truncate(MOST);
    Ok((!reasons.is_empty()).then(|| Reply::missing(reasons.join(" "))))
}

/// The same for what only an entry of the table of contents can tell, not a page.
fn gather_entries(
    shelf: &Shelf<'_>,
    place: &Place,
    book: Option<&str>,
    mut say: impl FnMut(&Volume, &Outline, usize, &Entry) -> Result<Vec<Line>, Error>,
) -> Result<Option<Reply>, Error> {
    gather(shelf, place, book, |volume, found, _| match found {
        Found::Entry(outline, at) => say(volume, &outline, at, &outline.entries[at]),
        Found::Pages(_) | Found::Nothing(_) | Found::Unknown => Ok(Vec::new()),
    })
}

/// What is on a page or in a chapter.
pub(super) fn on(
    shelf: &Shelf<'_>,
    pages: &mut Pages<'_>,
    place: &Place,
    book: Option<&str>,
) -> Result<Option<Reply>, Error> {
    gather(shelf, place, book, |volume, found, several| match found {
        Found::Pages(numbers) => Ok(of_pages(pages, volume, place, &numbers, several)),
        Found::Entry(outline, at) => of_entry(shelf, pages, volume, &outline, at),
        Found::Nothing(_) | Found::Unknown => Ok(Vec::new()),
    })
}

fn of_pages(pages: &mut Pages<'_>, volume: &Volume, place: &Place, numbers: &[u32], several: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if numbers.len() > 1 && matches!(place.which, Which::Label(_)) {
        let count = Count::of(numbers.len(), volume.noun());
        lines.push(Line::plain(volume.phrases.has_with_label(&volume.name(), count, &place.words)));
    }
    let most = if several > 1 || numbers.len() > 1 { LINES_OF_SEVERAL } else { LINES };
    for number in numbers.iter().copied().take(MOST) {
        let Some(page) = pages.page(volume.document.document, number).cloned() else {
            lines.push(Line::plain(not_read(volume, number)));
            continue;
        };
        let name = name_of(volume, number, page.label.as_deref());
        let name = volume.phrases.of_document(&name, &volume.name());
        let name = match (volume.unit, &page.label) {
            (Unit::Slide, Some(title)) => format!("{name}, “{}”", one_line(title)),
            _ => name,
        };
        let told = page::lines(pages, volume, &page, 0, page.text.len(), most);
        if told.is_empty() {
            lines.push(Line::plain(volume.phrases.page_without_text(&name)));
        } else {
            lines.push(Line::plain(volume.phrases.page_told(&name)));
            lines.extend(told);
        }
    }
    let left = numbers.len().saturating_sub(MOST);
    if left > 0 {
        lines.push(Line::plain(volume.phrases.more_of(Count::of(left, volume.noun()))));
    }
    lines
}

/// That a page is still to come.
pub(super) fn not_read(volume: &Volume, number: u32) -> String {
    volume.phrases.not_read(volume.noun(), number, &volume.name(), volume.document.pages_read, volume.extent())
}

/// A chapter: its title and pages, its sections, and what its first page begins with.
fn of_entry(
    shelf: &Shelf<'_>,
    pages: &mut Pages<'_>,
    volume: &Volume,
    outline: &Outline,
    at: usize,
) -> Result<Vec<Line>, Error> {
    let entry = &outline.entries[at];
    let title = quote::of_title(pages, volume, entry);
    let mut lines = vec![Line::cited(format!("{}: {}", volume.name(), titled(shelf, pages, volume, entry)?), title)];
    let parts = outline.parts_of(at);
    if !parts.is_empty() {
        lines.push(Line::plain(shelf.phrases.its_sections(parts.len())));
        lines.extend(contents::listed(shelf, pages, volume, outline, &parts)?);
    }
    let opening = opening(pages, volume, outline, at);
    if !opening.is_empty() {
        lines.push(Line::plain(shelf.phrases.its_paragraphs()));
        lines.extend(opening);
    }
    Ok(lines)
}

/// What stands between the title of an entry and the next one, on the first page that has such text.
fn opening(pages: &mut Pages<'_>, volume: &Volume, outline: &Outline, at: usize) -> Vec<Line> {
    let entry = &outline.entries[at];
    let next = outline.entries.get(at + 1);
    let last = next.map_or(entry.page, |next| next.page.max(entry.page)).min(entry.page.saturating_add(2));
    for number in entry.page..=last {
        let Some(page) = pages.page(volume.document.document, number).cloned() else { continue };
        let own = quote::title_range(&page, &entry.title).filter(|_| number == entry.page);
        let from = own.map_or(0, |(_, end)| end);
        let to = next
            .filter(|next| next.page == number)
            .and_then(|next| quote::title_range(&page, &next.title))
            .map_or(page.text.len(), |(start, _)| start);
        if from < to {
            let lines = page::lines(pages, volume, &page, from, to, LINES_OF_A_PART);
            if !lines.is_empty() {
                return lines;
            }
        }
    }
    Vec::new()
}

/// Where a chapter begins.
pub(super) fn start(
    shelf: &Shelf<'_>,
    pages: &mut Pages<'_>,
    place: &Place,
    book: Option<&str>,
) -> Result<Option<Reply>, Error> {
    gather_entries(shelf, place, book, |volume, _, _, entry| {
        let title = quote::of_title(pages, volume, entry);
        let text = shelf.phrases.begins(&volume.name(), &place.words, &titled(shelf, pages, volume, entry)?);
        Ok(vec![Line::cited(text, title)])
    })
}

/// The sections of a chapter.
pub(super) fn parts(
    shelf: &Shelf<'_>,
    pages: &mut Pages<'_>,
    place: &Place,
    book: Option<&str>,
) -> Result<Option<Reply>, Error> {
    if !matches!(place.level, Level::Chapter | Level::Section) {
        return Ok(None);
    }
    gather_entries(shelf, place, book, |volume, outline, at, entry| {
        let parts = outline.parts_of(at);
        let chapter = format!("{}: {}", volume.name(), titled(shelf, pages, volume, entry)?);
        let says = shelf.phrases.has_sections(&chapter, parts.len());
        let mut lines = vec![Line::cited(says, quote::of_title(pages, volume, entry))];
        lines.extend(contents::listed(shelf, pages, volume, outline, &parts)?);
        Ok(lines)
    })
}

/// How many pages a chapter has: from where it begins to where the next one does.
pub(super) fn length(
    shelf: &Shelf<'_>,
    pages: &mut Pages<'_>,
    place: &Place,
    book: Option<&str>,
) -> Result<Option<Reply>, Error> {
    gather_entries(shelf, place, book, |volume, outline, at, entry| {
        if volume.unit != Unit::Page {
            return Ok(Vec::new());
        }
        let mut citations: Vec<_> = quote::of_title(pages, volume, entry).into_iter().collect();
        let chapter = format!("{}: {}", volume.name(), titled(shelf, pages, volume, entry)?);
        let text = match outline.next(at).filter(|next| next.page >= entry.page) {
            Some(next) => {
                citations.extend(quote::of_title(pages, volume, next));
                let title = titled(shelf, pages, volume, next)?;
                shelf.phrases.is_long(&chapter, (next.page - entry.page).max(1), Some(&title))
            }
            None => shelf.phrases.is_long(&chapter, volume.length().saturating_sub(entry.page) + 1, None),
        };
        Ok(vec![Line { text, citations }])
    })
}
