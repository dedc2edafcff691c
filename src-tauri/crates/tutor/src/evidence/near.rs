//! Where sentences are looked for: the places that the search found, and what stands around the best of them.
//!
//! A search finds the passage that is most like the question. What answers it may stand a paragraph further on, where
//! the section names what it has described. So the passages of the same section around the first hits are looked at
//! as well.

use std::collections::{BTreeMap, HashSet};

use kernel::{DocumentId, PassageId};
use library::passages::{self, StoredPassage};
use library::terms::{self, SURE};
use library::{Connection, Error};
use retrieval::Hit;

use crate::words;

/// How many of the first hits are looked around.
const ANCHORS: usize = 3;
/// How many passages before and behind each: some 600 words either way.
const AROUND: u32 = 4;
/// Levels of headings that make a section, as in the ranking of passages.
const LEVELS: usize = 2;

/// A place to look for sentences in.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    /// Its words.
    pub(crate) passage: StoredPassage,
    /// The passages that they come from.
    pub(crate) joined: Vec<PassageId>,
    /// Cosine of its vector and the question's, where it has a vector.
    pub(crate) similarity: Option<f32>,
    /// The hit that it is, or stands around, from 0.
    pub(crate) rank: usize,
    /// That hit's score in the search.
    pub(crate) score: f32,
    /// Whether it was found itself; otherwise it stands around what was.
    pub(crate) is_hit: bool,
    /// The stems of the terms that are defined in it, each with its sentence.
    pub(crate) defined: Vec<(usize, HashSet<String>)>,
}

/// The hits, the best first, then what stands around the first of them.
pub(crate) fn gather(connection: &Connection, hits: Vec<Hit>) -> Result<Vec<Near>, Error> {
    let mut known: HashSet<PassageId> = hits.iter().flat_map(|hit| &hit.joined).copied().collect();
    let mut around = Vec::new();
    for (rank, hit) in hits.iter().take(ANCHORS).enumerate() {
        let section = &hit.passage.headings[..hit.passage.headings.len().min(LEVELS)];
        // A document without headings is one section.
        for passage in passages::neighbours(connection, hit.passage.passage, AROUND, AROUND)? {
            if passage.headings.starts_with(section) && known.insert(passage.passage) {
                around.push((passage, rank, hit.score));
            }
        }
    }
    let found = hits.into_iter().enumerate().map(|(rank, hit)| Near {
        joined: hit.joined,
        similarity: hit.similarity,
        rank,
        score: hit.score,
        is_hit: true,
        defined: Vec::new(),
        passage: hit.passage,
    });
    let around = around.into_iter().map(|(passage, rank, score)| Near {
        joined: vec![passage.passage],
        similarity: None,
        rank,
        score,
        is_hit: false,
        defined: Vec::new(),
        passage,
    });
    let mut near: Vec<Near> = found.chain(around).collect();
    mark_defined(connection, &mut near)?;
    Ok(near)
}

/// The terms of a page: where each stands, and its stems.
type Terms = Vec<(u32, HashSet<String>)>;

/// Writes down which terms are defined where.
fn mark_defined(connection: &Connection, near: &mut [Near]) -> Result<(), Error> {
    let mut by_page: BTreeMap<(DocumentId, u32), Terms> = BTreeMap::new();
    for place in near {
        let StoredPassage { document, page_start, page_end, .. } = place.passage;
        for page in page_start..=page_end {
            if by_page.contains_key(&(document, page)) {
                continue;
            }
            let found = terms::on_pages(connection, document, page, page, SURE)?.into_iter();
            let stems = found.map(|term| (term.term.span.start, words::stems(&term.term.name)));
            by_page.insert((document, page), stems.filter(|(_, stems)| !stems.is_empty()).collect());
        }
        for (at, sentence) in place.passage.sentences.iter().enumerate() {
            for span in &sentence.spans {
                let of_page = by_page.get(&(document, span.page)).into_iter().flatten();
                let inside = of_page.filter(|(start, _)| (span.start..span.end).contains(start));
                place.defined.extend(inside.map(|(_, stems)| (at, stems.clone())));
            }
        }
    }
    Ok(())
}
