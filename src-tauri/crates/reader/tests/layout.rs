//! What stands where on a page, and what it is: from made files through the real child process.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod child;

use child::{BODY, blocks, pages, text};
use document_maker::{Face, Leaf, Pdf};

use reader::{BlockJoiner, BlockKind, Page};

fn page(leaf: Leaf) -> Page {
    pages(&Pdf::new().leaf(leaf).bytes()).remove(0)
}

/// A paragraph in serif, 11 points on 14, and the place below it.
fn paragraph(leaf: &mut Leaf, x: f32, top: f32, width: f32, words: &str) -> f32 {
    let lines = Face::Serif.wrapped(words, width, 11.0);
    leaf.lines(x, top, 11.0, 14.0, Face::Serif, &lines) + 8.0
}

const GLANDS: &[&[&str]] = &[
    &["Gland", "Associated hormones", "Function"],
    &["Pituitary", "Growth hormone, releasing and inhibiting hormones", "Regulate growth, regulate hormone release"],
    &["Pineal", "Melatonin", "Regulate some biological rhythms such as sleep cycles"],
];
const AS_READ: &str = "Gland\tAssociated hormones\tFunction\n\
    Pituitary\tGrowth hormone, releasing and inhibiting hormones\tRegulate growth, regulate hormone release\n\
    Pineal\tMelatonin\tRegulate some biological rhythms such as sleep cycles";

#[test]
fn a_ruled_table_is_read_cell_by_cell_and_knows_its_header() {
    let mut leaf = Leaf::default();
    let top = paragraph(&mut leaf, 72.0, 72.0, 468.0, BODY);
    let top = leaf.table(72.0, top, &[80.0, 130.0, 110.0], GLANDS);
    paragraph(&mut leaf, 72.0, top + 20.0, 468.0, BODY);
    let page = page(leaf);
    assert_eq!(
        blocks(&page),
        [(BlockKind::Paragraph, BODY), (BlockKind::Table, AS_READ), (BlockKind::Paragraph, BODY)]
    );
    assert_eq!(page.blocks[1].level, Some(1));
}

#[test]
fn every_word_of_a_table_keeps_its_box() {
    let mut leaf = Leaf::default();
    leaf.table(72.0, 72.0, &[80.0, 130.0, 110.0], GLANDS);
    let page = page(leaf);
    let at = page.text.find("inhibiting").unwrap() as u32;
    let boxes = page.boxes(at, at + 10);
    assert_eq!(boxes.len(), 1);
    // The second column begins 152 points from the left.
    assert!(boxes[0].rect.x0 * 612.0 > 152.0 && boxes[0].rect.x1 * 612.0 < 282.0, "{boxes:?}");
    let words: Vec<&str> = page.words.iter().map(|it| &page.text[it.start as usize..it.end as usize]).collect();
    assert_eq!(words.concat(), page.text.split_whitespace().collect::<String>());
}

#[test]
fn a_table_that_goes_on_over_a_page_is_one() {
    let mut first = Leaf::default();
    paragraph(&mut first, 72.0, 72.0, 468.0, BODY);
    first.table(72.0, 650.0, &[80.0, 130.0, 110.0], &GLANDS[..2]);
    let mut second = Leaf::default();
    let top = second.table(72.0, 72.0, &[80.0, 130.0, 110.0], &[GLANDS[0], GLANDS[2]]);
    paragraph(&mut second, 72.0, top + 20.0, 468.0, BODY);
    let mut joiner = BlockJoiner::new();
    let mut found = Vec::new();
    for page in pages(&Pdf::new().leaf(first).leaf(second).bytes()) {
        found.extend(joiner.push(&page));
    }
    found.extend(joiner.finish());
    let tables: Vec<_> = found.iter().filter(|it| it.kind == BlockKind::Table).map(|it| it.text.as_str()).collect();
    assert_eq!(tables, [AS_READ]);
}

#[test]
fn columns_without_lines_are_rows_of_cells() {
    let mut leaf = Leaf::default();
    let top = paragraph(&mut leaf, 72.0, 72.0, 468.0, BODY);
    let rows = [("Country", "Population", "Area"), ("Austria", "8.9", "83,879"), ("Belgium", "11.5", "30,689")];
    for ((name, people, area), row) in rows.iter().zip(0..) {
        for (cell, x) in [(name, 72.0), (people, 200.0), (area, 330.0)] {
            leaf.line(x, top + 10.0 + 13.0 * row as f32, 10.0, Face::Serif, cell);
        }
    }
    let page = page(leaf);
    let wanted = "Country\tPopulation\tArea\nAustria\t8.9\t83,879\nBelgium\t11.5\t30,689";
    assert_eq!(blocks(&page)[1], (BlockKind::Table, wanted));
    assert_eq!(page.blocks[1].level, Some(1));
}

#[test]
fn a_formula_and_its_number_are_no_table() {
    let mut leaf = Leaf::default();
    let top = paragraph(&mut leaf, 72.0, 72.0, 468.0, BODY);
    leaf.line(220.0, top + 10.0, 11.0, Face::Serif, "sum = a + b");
    leaf.line(520.0, top + 10.0, 11.0, Face::Serif, "(2)");
    paragraph(&mut leaf, 72.0, top + 40.0, 468.0, BODY);
    assert!(page(leaf).blocks.iter().all(|it| it.kind != BlockKind::Table));
}

/// A page with a tinted box between the halves of its text.
fn boxed(above: &str, title: &str, below: &str) -> Page {
    let mut leaf = Leaf::default();
    leaf.line(72.0, 40.0, 18.0, Face::SerifBold, "Remembering");
    let top = paragraph(&mut leaf, 72.0, 72.0, 468.0, above);
    leaf.fill(72.0, top, 468.0, 110.0, 0.9);
    leaf.line(84.0, top + 12.0, 12.0, Face::SerifBold, title);
    paragraph(&mut leaf, 84.0, top + 36.0, 440.0, BODY);
    paragraph(&mut leaf, 72.0, top + 130.0, 468.0, below);
    page(leaf)
}

#[test]
fn what_titles_a_box_titles_no_section() {
    let page = boxed(BODY, "How valid are these tests?", BODY);
    let heads: Vec<_> =
        page.blocks.iter().filter(|it| it.kind == BlockKind::Heading).map(|it| text(&page, it)).collect();
    assert_eq!(heads, ["Remembering"]);
    assert_eq!(
        blocks(&page)[2..4],
        [(BlockKind::Paragraph, "How valid are these tests?"), (BlockKind::Paragraph, BODY)]
    );
}

#[test]
fn a_sentence_goes_on_behind_a_box_that_interrupts_it() {
    let page = boxed("This sentence is not at its end here, because", "How valid?", "it ends behind the box.");
    let texts: Vec<_> = blocks(&page).into_iter().map(|(_, text)| text).collect();
    let whole = "This sentence is not at its end here, because it ends behind the box.";
    assert_eq!(texts, ["Remembering", whole, "How valid?", BODY]);
}

#[test]
fn a_ground_behind_words_is_no_box() {
    let mut leaf = Leaf::default();
    let lines = Face::Serif.wrapped(BODY, 468.0, 11.0);
    // The second line is marked as with a pen.
    let width = Face::Serif.width(&lines[1], 11.0);
    leaf.fill(72.0, 72.0 + 14.0 + 2.0, width, 11.0, 0.8);
    paragraph(&mut leaf, 72.0, 72.0, 468.0, BODY);
    assert_eq!(blocks(&page(leaf)), [(BlockKind::Paragraph, BODY)]);
}

#[test]
fn items_with_drawn_marks_are_one_list() {
    let mut leaf = Leaf::default();
    let top = paragraph(&mut leaf, 72.0, 72.0, 468.0, BODY);
    for (item, at) in ["Sleep early and long.", "Exercise daily.", "Avoid naps."].iter().zip(0..) {
        let top = top + 14.0 * at as f32;
        leaf.disc(84.0, top + 6.0);
        leaf.line(94.0, top, 11.0, Face::Serif, item);
    }
    let page = page(leaf);
    assert_eq!(blocks(&page)[1..], [(BlockKind::List, "Sleep early and long.\nExercise daily.\nAvoid naps.")]);
}

#[test]
fn a_title_over_the_gutter_and_a_table_over_both_columns_leave_the_columns_whole() {
    let mut leaf = Leaf::default();
    leaf.line(120.0, 40.0, 18.0, Face::SerifBold, "A Title That Reaches Over Both Columns");
    for (author, x) in [("Anna Berg", 100.0), ("Carl Dorn", 288.0), ("Eva Falk", 440.0)] {
        leaf.line(x, 70.0, 11.0, Face::Serif, author);
    }
    let top = leaf.table(72.0, 100.0, &[150.0, 160.0, 158.0], GLANDS) + 20.0;
    let words = BODY.repeat(2);
    for x in [72.0, 318.0] {
        paragraph(&mut leaf, x, top, 222.0, &words);
    }
    let page = page(leaf);
    let paragraphs: Vec<_> = blocks(&page).into_iter().filter(|(_, text)| *text == words).collect();
    assert_eq!(paragraphs.len(), 2, "{}", page.text);
    assert!(blocks(&page).contains(&(BlockKind::Table, AS_READ)), "{}", page.text);
}

#[test]
fn a_note_at_the_foot_of_a_column_interrupts_no_sentence() {
    let mut leaf = Leaf::default();
    let lines = Face::Serif.wrapped(&BODY.repeat(4), 222.0, 11.0);
    let (left, right) = lines.split_at(lines.len() / 2);
    let top = leaf.lines(72.0, 72.0, 11.0, 14.0, Face::Serif, left);
    let note = ["1 This note is set in smaller type than".to_owned(), "the text above it.".to_owned()];
    leaf.lines(72.0, top + 12.0, 8.0, 10.0, Face::Serif, &note);
    leaf.lines(318.0, 72.0, 11.0, 14.0, Face::Serif, right);
    let page = page(leaf);
    let texts: Vec<_> = blocks(&page).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, [BODY.repeat(4).as_str(), "1 This note is set in smaller type than the text above it."]);
}

#[test]
fn a_program_keeps_its_lines() {
    let mut leaf = Leaf::default();
    let top = paragraph(&mut leaf, 72.0, 72.0, 468.0, BODY);
    let program = ["for i in primes:".to_owned(), "print(i)".to_owned()];
    leaf.lines(90.0, top + 10.0, 10.0, 12.0, Face::Mono, &program);
    assert_eq!(blocks(&page(leaf))[1], (BlockKind::Code, "for i in primes:\nprint(i)"));
}

#[test]
fn line_numbers_at_the_margin_are_left_out_and_ranks_in_a_table_are_not() {
    let mut leaf = Leaf::default();
    let words = BODY.repeat(3);
    let lines = Face::Serif.wrapped(&words, 440.0, 11.0);
    assert!(lines.len() > 5);
    leaf.lines(100.0, 72.0, 11.0, 14.0, Face::Serif, &lines);
    for (number, at) in (41..).zip(0..lines.len()) {
        leaf.line(60.0, 72.0 + 14.0 * at as f32, 8.0, Face::Sans, &number.to_string());
    }
    assert_eq!(blocks(&page(leaf)), [(BlockKind::Paragraph, words.as_str())]);

    let mut leaf = Leaf::default();
    let top = paragraph(&mut leaf, 72.0, 72.0, 468.0, BODY);
    for rank in 1_u8..=6 {
        let top = top + 13.0 * f32::from(rank);
        leaf.line(72.0, top, 10.0, Face::Serif, &rank.to_string());
        leaf.line(140.0, top, 10.0, Face::Serif, "Sales");
    }
    assert!(page(leaf).text.contains("6\tSales"));
}

#[test]
fn running_heads_of_a_small_page_on_a_large_sheet_are_left_out_and_headings_there_are_not() {
    let mut pdf = Pdf::new();
    for number in 0..6 {
        let mut leaf = Leaf::default();
        let head = if number % 2 == 0 { "A. Berg and others" } else { "On Remembering" };
        leaf.line(200.0, 118.0, 9.0, Face::Serif, head);
        leaf.line(150.0, 142.0, 16.0, Face::SerifBold, "Exercises");
        paragraph(&mut leaf, 150.0, 175.0, 312.0, BODY);
        pdf = pdf.leaf(leaf);
    }
    for page in pages(&pdf.bytes()) {
        assert_eq!(blocks(&page), [(BlockKind::Heading, "Exercises"), (BlockKind::Paragraph, BODY)]);
    }
}

#[test]
fn type_that_only_a_matrix_makes_large_has_the_size_it_is_drawn_in() {
    let mut leaf = Leaf::default();
    paragraph(&mut leaf, 72.0, 300.0, 468.0, BODY);
    // A bullet of 9 points and its words of 11, all in fonts of size 1.
    for (size, x, y, words) in
        [(9, 72, 600, "\\225"), (11, 90, 600, "Sleep early and long, and"), (11, 90, 586, "avoid naps.")]
    {
        let line = format!("BT /F2 1 Tf {size} 0 0 {size} {x} {y} Tm ({words}) Tj ET\n");
        leaf.content.extend(line.into_bytes());
    }
    assert_eq!(blocks(&page(leaf))[0], (BlockKind::List, "• Sleep early and long, and avoid naps."));
}

/// Lines of words, the first of each entry with its term in bold letters.
fn entries(leaf: &mut Leaf, mut top: f32, entries: &[(&str, &[&str])]) -> f32 {
    for (term, lines) in entries {
        for (at, line) in lines.iter().enumerate() {
            let term = if at == 0 { format!("{term} ") } else { String::new() };
            leaf.words(72.0, top, &[(Face::SerifBold, 11.0, &term), (Face::Serif, 11.0, line)]);
            top += 14.0;
        }
    }
    top
}

#[test]
fn each_term_of_a_glossary_and_its_meaning_are_a_paragraph() {
    let mut leaf = Leaf::default();
    let listed: &[(&str, &[&str])] = &[
        ("absorption", &["the way in which light that meets a leaf gives its energy to the molecules of the", "leaf"]),
        ("chlorophyll", &["the green pigment of plants"]),
        (
            "stoma",
            &["a pore in the skin of a leaf through which gases come in and go out and which the", "leaf can close"],
        ),
    ];
    entries(&mut leaf, 72.0, listed);
    let read = page(leaf);
    let read: Vec<&str> = blocks(&read).into_iter().map(|(_, text)| text).collect();
    let wanted: Vec<String> = listed.iter().map(|(term, lines)| format!("{term} {}", lines.join(" "))).collect();
    assert_eq!(read, wanted);
}

#[test]
fn a_paragraph_whose_lines_happen_to_begin_with_bold_words_is_one() {
    let mut leaf = Leaf::default();
    let said: &[(&str, &[&str])] = &[
        ("Absorption", &["gives the energy of light to the molecules of a leaf, most of all to those of"]),
        ("chlorophyll,", &["the green pigment of plants, and what is not needed leaves it as heat through the"]),
        ("stomata", &["and the skin."]),
    ];
    entries(&mut leaf, 72.0, said);
    assert_eq!(blocks(&page(leaf)).len(), 1);
}
