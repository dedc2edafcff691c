//! Sections: what stands under an entry of a document's table of contents.

use std::ops::Range;

use kernel::DocumentId;
use reader::OutlineItem;
use rusqlite::Connection;

use super::outline;
use crate::{Error, passages};

/// Passages among which the first of a section is looked for, from its page on: the heading may stand at the foot of
/// its page, or with pictures alone behind it.
const LOOKED_AT: u32 = 32;

/// The passages of a section, as places in the document: those under an entry of its [outline](super::outline) and
/// under the entries below it.
///
/// Passages never cross a heading, so a section begins with the first passage under its heading. Where the pages have
/// no heading of the entry's words, it begins with the first passage that begins on the entry's page.
///
/// # Errors
/// Not found, when the table of contents has no such entry (any more).
pub fn section(connection: &Connection, document: DocumentId, entry: u32) -> Result<Range<u32>, Error> {
    let items = outline(connection, document)?;
    let at = entry as usize;
    let Some(own) = items.get(at) else {
        return Err(Error::not_found("such section of document", document));
    };
    let start = begins(connection, document, &items, at)?;
    let next = items.iter().skip(at + 1).position(|item| item.level <= own.level);
    let end = match next {
        Some(next) => begins(connection, document, &items, at + 1 + next)?,
        None => passages::next_ordinal(connection, document)?,
    };
    Ok(start..end.max(start))
}

/// Where each of these entries of a document's [outline](super::outline) begins, as a place in the document; one past
/// the last where nothing follows it. What stands between two of them belongs to the first.
///
/// # Errors
/// Not found, when the table of contents has no such entry (any more).
pub fn section_starts(connection: &Connection, document: DocumentId, entries: &[u32]) -> Result<Vec<u32>, Error> {
    let items = outline(connection, document)?;
    entries
        .iter()
        .map(|entry| match items.get(*entry as usize) {
            Some(_) => begins(connection, document, &items, *entry as usize),
            None => Err(Error::not_found("such section of document", document)),
        })
        .collect()
}

/// The place of an entry's first passage; one past the last where nothing follows it.
fn begins(connection: &Connection, document: DocumentId, items: &[OutlineItem], at: usize) -> Result<u32, Error> {
    let Some(item) = items.get(at) else {
        return passages::next_ordinal(connection, document);
    };
    let places = passages::headed(connection, document, item.page, LOOKED_AT)?;
    let whole = path(items, at);
    let found = [&whole[..], &[item.title.as_str()]].into_iter().find_map(|titles| {
        // Two entries of a page with the same words each have their own run of passages.
        let earlier = (0..at).rev().take_while(|other| items[*other].page == item.page);
        let runs = earlier.filter(|other| same(&path(items, *other), titles)).count();
        let under = |place: &passages::Headed| is_under(&place.headings, titles);
        let is_first = |at: &usize| under(&places[*at]) && (*at == 0 || !under(&places[at - 1]));
        (0..places.len()).filter(is_first).nth(runs).map(|at| places[at].ordinal)
    });
    // All of them begin on the page or behind it.
    match found.or_else(|| places.first().map(|place| place.ordinal)) {
        Some(place) => Ok(place),
        None => passages::next_ordinal(connection, document),
    }
}

/// An entry's title, with those of the entries that it is part of before it.
fn path(items: &[OutlineItem], at: usize) -> Vec<&str> {
    let mut path = Vec::new();
    let mut level = None;
    for item in items[..=at].iter().rev() {
        if level.is_none_or(|level| item.level < level) {
            path.push(item.title.as_str());
            level = Some(item.level);
        }
    }
    path.reverse();
    path
}

/// Whether headings have all the titles of a path, in that order.
fn is_under(headings: &[String], path: &[&str]) -> bool {
    let mut left = headings.iter();
    path.iter().all(|title| left.any(|heading| is_same(heading, title)))
}

fn same(a: &[&str], b: &[&str]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
}

/// Whether a heading is the one that an entry names. One of them may have a number in front that the other lacks: "3.2
/// Encoding", "Encoding".
fn is_same(heading: &str, title: &str) -> bool {
    let (heading, title) = (letters(heading), letters(title));
    let (short, long) = if heading.len() < title.len() { (&heading, &title) } else { (&title, &heading) };
    let number = long.strip_suffix(short.as_str()).filter(|_| !short.is_empty());
    number.is_some_and(|number| number.is_empty() || number.ends_with(char::is_numeric))
}

/// Letters and digits alone, in lower case: titles in a file's table of contents differ from those on its pages by
/// spaces, dashes and capitals.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
