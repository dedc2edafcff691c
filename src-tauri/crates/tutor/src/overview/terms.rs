//! The terms that a part defines, the surest ones, each with its proof.

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::ops::RangeInclusive;

use kernel::{Citation, DocumentId};
use library::passages::StoredPassage;
use library::terms::{self, SURE, StoredTerm};
use library::{Connection, Error, documents};
use reader::TermKind;

use super::apparatus::points_elsewhere;
use crate::composing::points_back;
use crate::prompt::one_line;
use crate::prose;
use crate::structure::of_term;
use crate::verification::Pages;
use crate::words::letters;

/// Strengths of terms, the surest first: in a glossary or set in bold in a sentence that says what they are, set in bold,
/// said to be something by a verb that says it of terms. Where enough are as sure, the others are left out.
const LEVELS: [u8; 3] = [85, 80, 46];
/// Longer definitions are paragraphs, in characters.
const LONGEST: usize = 450;

/// A term with the words that define it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyTerm {
    /// What it is called.
    pub name: String,
    /// What the document says it is, letter by letter, on one line.
    pub definition: String,
    /// Where it says so.
    pub citation: Citation,
}

/// Up to `most` terms that a document surely defines, each once, in reading order, with their proof.
///
/// # Errors
/// The library's; `NotFound` where there is no such document.
pub fn key_terms(connection: &Connection, document: DocumentId, most: usize) -> Result<Vec<KeyTerm>, Error> {
    documents::get(connection, document)?;
    proven(connection, &key(on_pages(connection, &[(document, 1..=u32::MAX)])?, most), most)
}

/// The terms that are defined in these passages of a document, in reading order, each once.
pub(super) fn of_passages(connection: &Connection, passages: &[StoredPassage]) -> Result<Vec<StoredTerm>, Error> {
    let Some(document) = passages.first().map(|passage| passage.document) else { return Ok(Vec::new()) };
    let mut spans: HashMap<u32, Vec<(u32, u32)>> = HashMap::new();
    for span in passages.iter().flat_map(|passage| &passage.sentences).flat_map(|sentence| &sentence.spans) {
        spans.entry(span.page).or_default().push((span.start, span.end));
    }
    let pages = spans.keys().copied();
    let (first, last) = (pages.clone().min().unwrap_or(1), pages.max().unwrap_or(0));
    let found = terms::on_pages(connection, document, first, last, SURE)?.into_iter().filter(|found| {
        let span = found.term.span;
        spans.get(&span.page).is_some_and(|own| own.iter().any(|(start, end)| (*start..*end).contains(&span.start)))
    });
    Ok(once(found.collect()))
}

/// The terms that are defined on these pages, in order, each once.
pub(super) fn on_pages(
    connection: &Connection,
    pages: &[(DocumentId, RangeInclusive<u32>)],
) -> Result<Vec<StoredTerm>, Error> {
    let mut found = Vec::new();
    for (document, pages) in pages {
        found.extend(terms::on_pages(connection, *document, *pages.start(), *pages.end(), SURE)?);
    }
    Ok(once(found))
}

/// The key terms among them: those of the highest level that has `enough`, or else all that are surer than the least.
pub(super) fn key(mut found: Vec<StoredTerm>, enough: usize) -> Vec<StoredTerm> {
    let of = |level: u8| found.iter().filter(|found| found.term.strength >= level).count();
    let level = LEVELS.into_iter().find(|level| of(*level) >= enough).or(LEVELS.last().copied()).unwrap_or(SURE);
    found.retain(|found| found.term.strength >= level);
    found
}

/// Each term once, where it is defined best.
fn once(found: Vec<StoredTerm>) -> Vec<StoredTerm> {
    let mut found: Vec<StoredTerm> = found.into_iter().filter(says).collect();
    let mut strongest: HashMap<String, u8> = HashMap::new();
    for found in &found {
        let known = strongest.entry(letters(&found.term.name)).or_default();
        *known = (*known).max(found.term.strength);
    }
    // One sentence may define a term and what else it is called.
    let mut definitions = HashSet::new();
    found.retain(|found| {
        let name = letters(&found.term.name);
        let is_best = strongest.get(&name).is_some_and(|strength| *strength == found.term.strength);
        is_best && strongest.remove(&name).is_some() && definitions.insert(letters(&found.term.definition))
    });
    found
}

/// Whether a definition says by itself what the term is. In a text, what stands before a colon is its own headline.
fn says(found: &StoredTerm) -> bool {
    let definition = one_line(&found.term.definition);
    let name = one_line(&found.term.name);
    let is_headline = definition.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(':'));
    let is_cut = definition.matches('“').count() != definition.matches('”').count();
    let alone = !points_back(&definition) && !points_elsewhere(&definition) && !is_headline && !is_cut;
    (alone || found.term.kind == TermKind::Glossary)
        && !prose::asks(&definition)
        && definition.chars().count() <= LONGEST
}

/// Those of the terms whose definitions stand on their pages, up to `most`.
pub(super) fn proven(connection: &Connection, found: &[StoredTerm], most: usize) -> Result<Vec<KeyTerm>, Error> {
    let mut titles: HashMap<DocumentId, String> = HashMap::new();
    let mut pages = Pages::new(connection);
    let mut proven = Vec::new();
    for found in found {
        if proven.len() == most {
            break;
        }
        let title = match titles.entry(found.document) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(documents::get(connection, found.document)?.title),
        };
        let Some(citation) = of_term(&mut pages, title, found) else { continue };
        let definition = one_line(&found.term.definition);
        proven.push(KeyTerm { name: one_line(&found.term.name), definition, citation });
    }
    Ok(proven)
}

#[cfg(test)]
mod tests {
    use reader::{Span, Term};

    use super::*;

    fn term(name: &str, strength: u8, definition: &str) -> StoredTerm {
        let span = Span { page: 1, start: 0, end: 1 };
        let definition = definition.to_owned();
        let kind = TermKind::Emphasised;
        let term = Term { name: name.to_owned(), span, definition, spans: vec![span], kind, strength, heading: None };
        StoredTerm { document: DocumentId(1), term }
    }

    fn names(found: &[StoredTerm]) -> Vec<(&str, u8)> {
        found.iter().map(|found| (found.term.name.as_str(), found.term.strength)).collect()
    }

    #[test]
    fn each_term_is_listed_once_where_it_is_defined_best() {
        let found = once(vec![
            term("osmosis", 80, "Osmosis is mentioned here first."),
            term("Osmosis", 87, "Osmosis is the movement of water."),
            term("ion", 85, "An ion is a charged atom."),
            term("charge", 85, "An ion is a charged atom."),
            term("Gottfredson", 44, "Gottfredson describes a reason."),
            term("it", 85, "This is what it is called by all."),
            term("Sleep well", 85, "Sleep well: The brain is still at work."),
            term("Mouse", 85, "The talk was called “A Mouse."),
        ]);
        assert_eq!(names(&found), [("Osmosis", 87), ("ion", 85), ("Gottfredson", 44)]);
        assert_eq!(names(&key(found.clone(), 2)), [("Osmosis", 87), ("ion", 85)]);
        assert_eq!(names(&key(found, 3)), [("Osmosis", 87), ("ion", 85)]);
    }
}
