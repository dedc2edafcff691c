//! Where terms are defined, which terms there are, and what something is called.

use std::collections::HashSet;

use library::Error;
use library::terms::{self as stored, SURE, StoredTerm};

use super::asked::{Of, Wanted};
use super::outline::Outline;
use super::place;
use super::shelf::{MOST, Shelf, Volume};
use super::{Line, Reply, quote};
use crate::phrases::{Count, Noun, Phrases};
use crate::prompt::one_line;
use crate::verification::Pages;
use crate::words;

/// What a list of key terms takes in: glossaries and terms that their definition sets in bold.
const KEY: u8 = 80;
/// Further places that are named.
const FURTHER: usize = 3;
/// Longer lists of terms are cut, and say so.
const LONGEST: usize = 60;
/// Words that a description needs, to be told from others.
const TELLING: usize = 2;

/// Where a term is defined: the surest place with its sentence, and further ones.
pub(super) fn defined(shelf: &Shelf<'_>, pages: &mut Pages<'_>, wanted: &Wanted) -> Result<Option<Reply>, Error> {
    for (name, book) in readings(wanted) {
        let volumes = shelf.named(book.as_deref());
        // One sentence may define the same term twice: "X, known as X".
        let mut sentences = HashSet::new();
        let found: Vec<StoredTerm> = stored::find(shelf.connection, shelf.room, &name)?
            .into_iter()
            .filter(|it| it.term.strength >= SURE)
            .filter(|it| sentences.insert((it.document, words::letters(&it.term.definition))))
            .collect();
        let places = places(pages, &volumes, &found, 1 + FURTHER);
        if let Some((first, further)) = places.split_first() {
            return Ok(Some(Reply::answered(answer(first, further, shelf.phrases))));
        }
    }
    Ok(None)
}

/// "X in Y" is a term of its own, or a term in the document Y.
fn readings(wanted: &Wanted) -> Vec<(String, Option<String>)> {
    let split = |name: &str| {
        let (term, book) = name.rsplit_once(" in ").or_else(|| name.rsplit_once(" according to "))?;
        Some((term.to_owned(), Some(book.to_owned())))
    };
    match &wanted.book {
        Some(book) => {
            vec![(format!("{} in {book}", wanted.name), None), (wanted.name.clone(), Some(book.clone()))]
        }
        None => [(wanted.name.clone(), None)].into_iter().chain(split(&wanted.name)).collect(),
    }
}

/// A definition and its proof.
struct Proven<'a> {
    volume: &'a Volume,
    found: &'a StoredTerm,
    citation: kernel::Citation,
}

impl Proven<'_> {
    fn place(&self) -> String {
        let page = self.citation.page.unwrap_or(self.found.term.span.page);
        let place = self.volume.place(page, self.citation.label.as_deref());
        self.volume.phrases.of_document(&place, &self.volume.name())
    }
}

/// Those of `volumes` whose definitions stand on their pages, up to `most`.
fn places<'a>(pages: &mut Pages<'_>, volumes: &[&'a Volume], found: &'a [StoredTerm], most: usize) -> Vec<Proven<'a>> {
    let mut places = Vec::new();
    for it in found {
        let Some(volume) = volumes.iter().copied().find(|volume| volume.document.document == it.document) else {
            continue;
        };
        if places.len() < most
            && let Some(citation) = quote::of_term(pages, &volume.document.title, it)
        {
            places.push(Proven { volume, found: it, citation });
        }
    }
    places
}

fn answer(first: &Proven<'_>, further: &[Proven<'_>], phrases: &dyn Phrases) -> Vec<Line> {
    let name = &first.found.term.name;
    let mut lines = vec![Line::cited(
        phrases.is_defined(name, &first.place(), &quote::shown(&first.found.term.definition)),
        Some(first.citation.clone()),
    )];
    if !further.is_empty() {
        lines.push(Line::plain(phrases.further_places(further.len())));
    }
    for other in further {
        let text = format!("• {}: {}", other.place(), quote::shown(&other.found.term.definition));
        lines.push(Line::cited(text, Some(other.citation.clone())));
    }
    lines
}

/// What a document calls something: the terms whose definitions have all the words of the description. A term itself
/// gets its definition.
pub(super) fn called(shelf: &Shelf<'_>, pages: &mut Pages<'_>, description: &str) -> Result<Option<Reply>, Error> {
    let itself = Wanted { name: description.to_owned(), book: None };
    if let Some(reply) = defined(shelf, pages, &itself)? {
        return Ok(Some(reply));
    }
    let content = words::content(description);
    if content.len() < TELLING {
        return Ok(None);
    }
    let telling: Vec<&str> = content.iter().map(|word| word.word.as_str()).collect();
    let found = stored::described(shelf.connection, shelf.room, &telling, 8)?;
    let found: Vec<StoredTerm> = found.into_iter().filter(|it| it.term.strength >= SURE).collect();
    let volumes = shelf.named(None);
    let mut names = HashSet::new();
    let lines: Vec<Line> = places(pages, &volumes, &found, 8)
        .into_iter()
        .filter(|it| names.insert(it.found.term.name.to_lowercase()))
        .take(FURTHER)
        .map(|it| {
            let name = &it.found.term.name;
            let text = shelf.phrases.is_called(name, &it.place(), &quote::shown(&it.found.term.definition));
            Line::cited(text, Some(it.citation))
        })
        .collect();
    Ok((!lines.is_empty()).then(|| Reply::answered(lines)))
}

/// The key terms of a document or of one of its chapters; `None` where it marks none.
pub(super) fn terms(shelf: &Shelf<'_>, pages: &mut Pages<'_>, of: &Of) -> Result<Option<Reply>, Error> {
    let mut lines = Vec::new();
    for volume in shelf.named(of.book.as_deref()).into_iter().take(MOST) {
        let (first, last, title) = match &of.place {
            None => (1, volume.length(), None),
            Some(place) => {
                let outline = Outline::of(shelf, volume)?;
                let Some(at) = outline.find(place) else { continue };
                let entry = &outline.entries[at];
                let end = outline.next(at).map_or(volume.length(), |next| next.page.max(entry.page + 1) - 1);
                (entry.page, end, Some(place::titled(shelf, pages, volume, entry)?))
            }
        };
        let mut names = HashSet::new();
        let found = stored::on_pages(shelf.connection, volume.document.document, first, last, KEY)?;
        let found: Vec<StoredTerm> = found.into_iter().filter(|it| names.insert(it.term.name.to_lowercase())).collect();
        if found.is_empty() {
            continue;
        }
        let whose = title.map_or_else(|| volume.name(), |title| format!("{}: {title},", volume.name()));
        lines.push(Line::plain(shelf.phrases.defines(&whose, Count::of(found.len(), Noun::KeyTerm))));
        for it in places(pages, &[volume], &found, LONGEST) {
            let page = it.citation.page.unwrap_or(it.found.term.span.page);
            let place = volume.place(page, it.citation.label.as_deref());
            lines.push(Line::cited(format!("• {}, {place}", one_line(&it.found.term.name)), Some(it.citation)));
        }
        if found.len() > LONGEST {
            lines.push(Line::plain(shelf.phrases.more(found.len() - LONGEST)));
        }
    }
    Ok((!lines.is_empty()).then(|| Reply::answered(lines)))
}
