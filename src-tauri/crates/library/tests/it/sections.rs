use kernel::{DocumentId, PassageId};
use library::{documents, pages, passages, terms};
use reader::{BlockKind, OutlineItem, Passage, Span, Term, TermKind};

use crate::shelf::{Shelf, page, passage};

fn item(level: u8, title: &str, page: u32) -> OutlineItem {
    OutlineItem { level, title: title.into(), page }
}

/// A document with a passage for each of these headings and pages, in order.
fn book(shelf: &Shelf, outline: &[OutlineItem], under: &[(&[&str], u32)]) -> DocumentId {
    let room = shelf.room("Psychology");
    let document = shelf.document(room, "a");
    let cut: Vec<Passage> = under
        .iter()
        .zip(0..)
        .map(|((headings, number), ordinal)| Passage {
            headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
            ..passage(ordinal, *number, "Something is said.")
        })
        .collect();
    shelf.write(|tx| {
        passages::insert(tx, document, &cut)?;
        documents::set_outline(tx, document, outline)
    });
    document
}

#[test]
fn a_section_has_the_passages_under_its_heading_and_under_those_below_it() {
    let shelf = Shelf::new();
    let outline = [
        item(1, "1 Memory", 1),
        item(2, "1.1 Encoding", 1),
        item(2, "1.2 Storage", 2),
        item(1, "2 Sleep", 2),
        item(2, "2.1 Dreams", 3),
    ];
    let document = book(
        &shelf,
        &outline,
        &[
            (&["Memory"], 1),
            (&["Memory", "Encoding"], 1),
            (&["Memory", "Encoding"], 2),
            (&["Memory", "Storage"], 2),
            (&["Sleep"], 2),
            // At the head of the page on which a section begins, but not of it; its title has other capitals.
            (&["Sleep"], 3),
            (&["Sleep", "DREAMS"], 3),
        ],
    );
    let section = |entry| shelf.read(|c| documents::section(c, document, entry));
    assert_eq!([section(0), section(1), section(2)], [0..4, 1..3, 3..4]);
    assert_eq!([section(3), section(4)], [4..7, 6..7]);
    let none = shelf.library.read(|c| documents::section(c, document, 5)).unwrap_err();
    assert!(none.to_string().contains("no such section"), "{none}");
}

#[test]
fn sections_of_one_name_are_told_apart_by_what_they_are_part_of_and_by_their_order() {
    let shelf = Shelf::new();
    let outline = [
        item(1, "A", 1),
        item(2, "Summary", 1),
        item(1, "B", 1),
        item(2, "Summary", 1),
        item(1, "Notes", 2),
        item(1, "Notes", 2),
    ];
    let document = book(
        &shelf,
        &outline,
        &[
            (&["A"], 1),
            (&["A", "Summary"], 1),
            (&["B"], 1),
            (&["B", "Summary"], 1),
            (&["Notes"], 2),
            (&["C"], 2),
            (&["Notes"], 2),
        ],
    );
    let section = |entry| shelf.read(|c| documents::section(c, document, entry));
    assert_eq!([section(1), section(3), section(4), section(5)], [1..2, 3..4, 4..6, 6..7]);
}

#[test]
fn a_section_whose_heading_is_not_on_its_pages_goes_by_the_pages() {
    let shelf = Shelf::new();
    let outline = [item(1, "Cover", 1), item(1, "Part the first", 2), item(1, "Part the second", 9)];
    let document = book(&shelf, &outline, &[(&[], 1), (&[], 2), (&["Working memory"], 3), (&["Memory"], 3)]);
    let section = |entry| shelf.read(|c| documents::section(c, document, entry));
    assert_eq!([section(0), section(1), section(2)], [0..1, 1..4, 4..4]);
}

const DEFINITION: u32 = passages::Kind::Definition.bit();

fn kinds(shelf: &Shelf, passage: PassageId) -> u32 {
    let sql = "SELECT kinds FROM passages WHERE passage = ?";
    shelf.read(|c| Ok(c.query_row(sql, [passage.0], |row| row.get(0))?))
}

fn term(page: u32, start: u32, strength: u8) -> Term {
    let span = Span { page, start, end: start + 3 };
    Term {
        name: "ion".into(),
        span,
        definition: "An ion is charged.".into(),
        spans: vec![span],
        kind: TermKind::Sentence,
        strength,
        heading: None,
    }
}

#[test]
fn a_passage_knows_what_its_blocks_are() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Chemistry"), "a");
    let of = |ordinal, blocks: &[BlockKind]| Passage { kinds: blocks.to_vec(), ..passage(ordinal, 1, "Ions.") };
    let cut = [
        of(0, &[BlockKind::Paragraph, BlockKind::Caption]),
        of(1, &[BlockKind::List]),
        of(2, &[BlockKind::Table]),
        of(3, &[BlockKind::Footnote, BlockKind::Formula, BlockKind::Code]),
    ];
    let ids = shelf.write(|tx| passages::insert(tx, document, &cut));
    let bits = |names: &[&str]| names.iter().map(|name| passages::Kind::named(name).unwrap().bit()).sum::<u32>();
    let expected =
        [bits(&["text", "caption"]), bits(&["text", "list"]), bits(&["table"]), bits(&["text", "formula", "code"])];
    assert_eq!(ids.iter().map(|id| kinds(&shelf, *id)).collect::<Vec<_>>(), expected);
}

#[test]
fn a_passage_that_defines_a_term_is_marked_whichever_is_stored_first() {
    for terms_first in [true, false] {
        let shelf = Shelf::new();
        let document = shelf.document(shelf.room("Chemistry"), "a");
        let text = "An ion is charged.";
        let cut: Vec<Passage> = (0..4).map(|n| passage(n, n + 1, text)).collect();
        // The one on page 2 is sure, the one on page 3 is not, and that of page 4 stands behind the passage.
        let defined = [term(2, 3, terms::SURE), term(3, 3, terms::SURE - 1), term(4, text.len() as u32, 100)];
        let ids = shelf.write(|tx| {
            for number in 1..=4 {
                pages::insert(tx, document, &page(number, "An ion is charged. Another is not."))?;
            }
            if terms_first {
                terms::insert(tx, document, &defined)?;
            }
            let ids = passages::insert(tx, document, &cut)?;
            if !terms_first {
                terms::insert(tx, document, &defined)?;
            }
            Ok(ids)
        });
        let marked =
            |ids: &[PassageId]| -> Vec<bool> { ids.iter().map(|id| kinds(&shelf, *id) & DEFINITION > 0).collect() };
        assert_eq!(marked(&ids), [false, true, false, false], "terms first: {terms_first}");

        // Cut anew, with another definition.
        shelf.write(|tx| {
            passages::recut(tx, document, &cut)?;
            terms::replace(tx, document, &[term(1, 0, 100)])
        });
        assert_eq!(marked(&ids), [true, false, false, false]);
    }
}
