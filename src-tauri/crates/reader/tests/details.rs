//! What stands out in a PDF's text, and its notes and formulas: from made files through the real child process.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod child;

use child::{BODY, blocks, pages};
use document_maker::{Face, Leaf, Pdf};

use reader::{BlockJoiner, BlockKind, JoinedBlock, Page, PassageBuilder};

fn page(leaf: Leaf) -> Page {
    pages(&Pdf::new().leaf(leaf).bytes()).remove(0)
}

fn emphasis(page: &Page) -> Vec<(&str, bool, bool)> {
    let of = |start: u32, end: u32| &page.text[start as usize..end as usize];
    page.emphasis.iter().map(|it| (of(it.start, it.end), it.bold, it.italic)).collect()
}

fn paragraph(leaf: &mut Leaf, top: f32, words: &str) -> f32 {
    let lines = Face::Serif.wrapped(words, 468.0, 11.0);
    leaf.lines(72.0, top, 11.0, 14.0, Face::Serif, &lines) + 8.0
}

const PLAIN: Face = Face::Serif;
const BOLD: Face = Face::SerifBold;
const ITALIC: Face = Face::SerifItalic;

#[test]
fn bold_and_slanted_words_stand_out_and_headings_do_not() {
    let mut leaf = Leaf::default();
    leaf.line(72.0, 60.0, 16.0, BOLD, "On Remembering");
    let top = paragraph(&mut leaf, 90.0, BODY);
    let first = [(PLAIN, 11.0, "What lasts is kept in "), (BOLD, 11.0, "long-term memory"), (PLAIN, 11.0, ", as the ")];
    leaf.words(72.0, top, &[&first[..], &[(ITALIC, 11.0, "Principles of Psycho-")]].concat());
    let second = [(ITALIC, 11.0, "logy"), (PLAIN, 11.0, " say ("), (ITALIC, 11.0, "see"), (PLAIN, 11.0, " page 12).")];
    leaf.words(72.0, top + 14.0, &second);
    let page = page(leaf);
    let wanted = [("long-term memory", true, false), ("Principles of Psychology", false, true), ("see", false, true)];
    assert_eq!(emphasis(&page), wanted, "{}", page.text);
}

#[test]
fn letters_that_only_their_matrix_slants_stand_out_and_a_paragraph_in_italics_does_not() {
    let mut leaf = Leaf::default();
    let lines = ITALIC.wrapped(BODY, 468.0, 11.0);
    let top = leaf.lines(72.0, 72.0, 11.0, 14.0, ITALIC, &lines) + 8.0;
    let top = paragraph(&mut leaf, top, BODY);
    let y = 792.0 - top - 11.0;
    let words = format!("BT /F2 11 Tf 1 0 0 1 72 {y} Tm (It was ) Tj 1 0 .2 1 104 {y} Tm (slanted) Tj ");
    leaf.content.extend(format!("{words} 1 0 0 1 141 {y} Tm (by hand.) Tj ET\n").into_bytes());
    assert_eq!(emphasis(&page(leaf)), [("slanted", false, true)]);
}

/// Two pages whose paragraph runs over, with notes at the foot of both.
fn with_notes() -> Vec<Page> {
    let mut first = Leaf::default();
    let mut top = 72.0;
    for _ in 0..6 {
        top = paragraph(&mut first, top, BODY);
    }
    first.words(
        72.0,
        top,
        &[(PLAIN, 11.0, "Ebbinghaus learned lists of syllables"), (PLAIN, 7.0, "1"), (PLAIN, 11.0, " by heart.")],
    );
    top = paragraph(&mut first, top + 22.0, BODY);
    let line = [
        (PLAIN, 11.0, "He tried himself alone,"),
        (PLAIN, 7.0, "2"),
        (PLAIN, 11.0, " day after day, and wrote down with care"),
    ];
    first.words(72.0, top, &line);
    first.rule((72.0, 700.0), (200.0, 700.0));
    note(&mut first, 704.0, "1", "The syllables had no meaning.");
    note(&mut first, 716.0, "2", "Others found the same later, with many");
    first.line(72.0, 726.0, 8.0, PLAIN, "people in their laboratories.");
    let mut second = Leaf::default();
    let top = paragraph(&mut second, 72.0, "what he had forgotten since the day before.");
    let top = paragraph(&mut second, top, BODY);
    second.line(72.0, top, 11.0, PLAIN, "Nobody had done so before him*.");
    second.line(72.0, 716.0, 8.0, PLAIN, "* As far as is known.");
    pages(&Pdf::new().leaf(first).leaf(second).bytes())
}

fn note(leaf: &mut Leaf, top: f32, mark: &str, words: &str) {
    leaf.line(72.0, top, 5.0, PLAIN, mark);
    leaf.line(76.0, top, 8.0, PLAIN, words);
}

const NOTES: [&str; 3] = [
    "1 The syllables had no meaning.",
    "2 Others found the same later, with many people in their laboratories.",
    "* As far as is known.",
];

#[test]
fn notes_at_the_foot_stand_behind_the_paragraph_with_their_mark() {
    let pages = with_notes();
    let found: Vec<(BlockKind, &str)> = pages.iter().flat_map(blocks).collect();
    let notes: Vec<&str> = found.iter().filter(|it| it.0 == BlockKind::Footnote).map(|it| it.1).collect();
    assert_eq!(notes, NOTES, "{found:#?}");
    let mut joiner = BlockJoiner::new();
    let mut joined: Vec<JoinedBlock> = pages.iter().flat_map(|it| joiner.push(it)).collect();
    joined.extend(joiner.finish());
    let before = |note: &str| {
        let at = joined.iter().position(|it| it.text == note).unwrap();
        joined[at - 1].text.as_str()
    };
    assert!(before(NOTES[0]).ends_with("syllables1 by heart."), "{}", before(NOTES[0]));
    let whole =
        "He tried himself alone,2 day after day, and wrote down with care what he had forgotten since the day before.";
    assert_eq!(before(NOTES[1]), whole);
    assert_eq!(before(NOTES[2]), "Nobody had done so before him*.");
}

#[test]
fn a_note_is_in_the_passage_of_its_mark_and_its_quote_stands_on_the_page() {
    let pages = with_notes();
    let mut builder = PassageBuilder::new("A Book", 200);
    let mut count = |text: &str| text.split_whitespace().count() as u32;
    let mut passages: Vec<_> = pages.iter().flat_map(|it| builder.push(it, &mut count)).collect();
    passages.extend(builder.finish(&mut count));
    let passage = passages.iter().find(|it| it.text.contains(NOTES[1])).unwrap();
    assert!(passage.text.contains("since the day before.\n2 Others found"), "{}", passage.text);
    for sentence in &passage.sentences {
        let own = &passage.text[sentence.start as usize..sentence.end as usize];
        let parts =
            sentence.spans.iter().map(|it| &pages[it.page as usize - 1].text[it.start as usize..it.end as usize]);
        assert_eq!(parts.collect::<Vec<_>>().join(" "), own);
    }
}

#[test]
fn small_type_at_the_foot_is_no_note_without_a_mark_in_the_text() {
    let mut leaf = Leaf::default();
    paragraph(&mut leaf, 72.0, BODY);
    note(&mut leaf, 700.0, "1", "Copies may be made by schools.");
    leaf.line(72.0, 716.0, 8.0, PLAIN, "2 Set in Times.");
    assert!(page(leaf).blocks.iter().all(|it| it.kind == BlockKind::Paragraph));
}

#[test]
fn a_formula_of_its_own_is_one_block_with_a_region() {
    let mut leaf = Leaf::default();
    let top = paragraph(&mut leaf, 72.0, BODY) + 10.0;
    leaf.line(252.0, top, 8.0, ITALIC, "n");
    leaf.words(200.0, top + 10.0, &[(Face::Symbol, 11.0, "m = "), (PLAIN, 11.0, "1/"), (ITALIC, 11.0, "n ")]);
    leaf.line(246.0, top + 6.0, 18.0, Face::Symbol, "∑");
    leaf.words(264.0, top + 10.0, &[(ITALIC, 11.0, "x"), (Face::Symbol, 11.0, " × s")]);
    leaf.line(246.0, top + 25.0, 8.0, ITALIC, "i=1");
    leaf.line(520.0, top + 10.0, 11.0, PLAIN, "(3)");
    paragraph(&mut leaf, top + 60.0, BODY);
    let page = page(leaf);
    let kinds: Vec<BlockKind> = page.blocks.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Formula, BlockKind::Paragraph], "{:#?}", blocks(&page));
    let formula = blocks(&page)[1].1;
    assert!(["µ", "∑", "×", "σ", "(3)"].iter().all(|it| formula.contains(it)), "{formula}");
    let region = page.region(&page.blocks[1]).unwrap();
    assert!(region.x0 < 200.0 / 612.0 && region.x1 > 530.0 / 612.0);
    assert!(region.y0 < (top + 2.0) / 792.0 && region.y1 > (top + 31.0) / 792.0);
    let others = page.words.iter().filter(|it| it.end <= page.blocks[0].end || it.start >= page.blocks[2].start);
    let inside = |y: f32| region.y0 < y && y < region.y1;
    assert!(others.into_iter().all(|it| !inside((it.rect.y0 + it.rect.y1) / 2.0)));
}
