#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::testing::page_of;

fn count(text: &str) -> u32 {
    text.split_whitespace().map(|it| 1 + it.len() as u32 / 6).sum()
}

fn passages(pages: &[Page]) -> Vec<Passage> {
    let mut builder = PassageBuilder::new("A Book", 256);
    let mut found: Vec<Passage> = pages.iter().flat_map(|it| builder.push(it, &mut count)).collect();
    found.extend(builder.finish(&mut count));
    found
}

const SENTENCE: &str = "What is remembered depends on attention and on what was known before.";

#[test]
fn a_passage_never_crosses_a_section_and_knows_its_headings() {
    let mut page = page_of(
        4,
        &[
            (BlockKind::Heading, "Memory"),
            (BlockKind::Heading, "Short"),
            (BlockKind::Paragraph, SENTENCE),
            (BlockKind::Heading, "Long"),
            (BlockKind::Paragraph, SENTENCE),
        ],
    );
    page.blocks[1].level = Some(2);
    page.blocks[3].level = Some(2);
    let found = passages(&[page]);
    let heads: Vec<_> = found.iter().map(|it| it.headings.join("/")).collect();
    assert_eq!(heads, ["Memory/Short", "Memory/Long"]);
    assert_eq!((found[0].page_start, found[0].page_end, found[1].ordinal), (4, 4, 1));
}

#[test]
fn a_long_section_is_cut_into_passages_of_like_length() {
    let text = SENTENCE.to_owned() + " ";
    let blocks: Vec<(BlockKind, String)> = (0..9).map(|_| (BlockKind::Paragraph, text.repeat(5))).collect();
    let blocks: Vec<_> = blocks.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    let found = passages(&[page_of(1, &blocks)]);
    assert!(found.len() >= 3);
    for passage in &found {
        assert!((120..=256).contains(&passage.tokens), "{}", passage.tokens);
    }
}

#[test]
fn a_sentence_over_a_page_has_a_span_on_each() {
    let first = page_of(1, &[(BlockKind::Paragraph, "It begins here and")]);
    let second = page_of(2, &[(BlockKind::Paragraph, "ends there.")]);
    let found = passages(&[first, second]);
    assert_eq!(found[0].text, "It begins here and ends there.");
    let pages: Vec<_> = found[0].sentences[0].spans.iter().map(|it| it.page).collect();
    assert_eq!((pages, found[0].page_start, found[0].page_end), (vec![1, 2], 1, 2));
}

#[test]
fn a_sentence_over_many_pages_is_cut_between_two_of_them() {
    let words = ["It begins here and", "is carried on by", "one page and", "by another and", "ends there."];
    let pages: Vec<Page> =
        words.iter().zip(1..).map(|(it, number)| page_of(number, &[(BlockKind::Paragraph, it)])).collect();
    let found = passages(&pages);
    let texts: Vec<_> = found.iter().map(|it| (it.text.as_str(), it.page_start, it.page_end)).collect();
    assert_eq!(
        texts,
        [("It begins here and is carried on by one page and", 1, 3), ("by another and ends there.", 4, 5)]
    );
}

#[test]
fn a_heading_alone_can_still_be_found() {
    let found = passages(&[page_of(1, &[(BlockKind::Heading, "Thank you"), (BlockKind::Heading, "Questions")])]);
    let texts: Vec<_> = found.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["Thank you", "Questions"]);
}

#[test]
fn every_passage_of_a_long_table_begins_with_its_header() {
    let rows: Vec<String> = (0..60).map(|row| format!("Gland {row}\tIt releases hormone number {row}.")).collect();
    let text = format!("Gland\tWhat it does\n{}", rows.join("\n"));
    let mut page = page_of(3, &[(BlockKind::Table, "")]);
    page.blocks[0].end = text.len() as u32;
    page.blocks[0].level = Some(1);
    page.text = text;
    let found = passages(&[page]);
    assert!(found.len() > 1);
    for passage in &found {
        assert!(passage.text.starts_with("Gland\tWhat it does\nGland "), "{}", passage.text);
        assert!(passage.tokens <= 256, "{}", passage.tokens);
        let rows = passage.sentences.iter().map(|it| &passage.text[it.start as usize..it.end as usize]);
        assert!(rows.skip(1).all(|it| it.matches('\t').count() == 1));
        assert_eq!((passage.page_start, passage.sentences[0].spans[0].start), (3, 0));
    }
}

#[test]
fn a_program_keeps_its_lines_and_their_indentation() {
    let code = "for i in primes:\n    print(i)\n\nprint(\"done. Good.\")";
    let mut page = page_of(1, &[(BlockKind::Paragraph, ""), (BlockKind::Code, "")]);
    page.text = format!("{SENTENCE}\n{code}");
    page.blocks[0].end = SENTENCE.len() as u32;
    (page.blocks[1].start, page.blocks[1].end) = (SENTENCE.len() as u32 + 1, page.text.len() as u32);
    let found = passages(&[page.clone()]);
    assert_eq!(found[0].text, format!("{SENTENCE}\nfor i in primes:\n    print(i)\nprint(\"done. Good.\")"));
    let span = found[0].sentences[2].spans[0];
    assert_eq!(&page.text[span.start as usize..span.end as usize], "    print(i)");
}

#[test]
fn a_note_stands_in_the_passage_of_its_paragraph() {
    let text = format!("{} {SENTENCE}", SENTENCE.repeat(3));
    let mut blocks: Vec<(BlockKind, &str)> = vec![(BlockKind::Paragraph, &text); 8];
    blocks.insert(3, (BlockKind::Footnote, "1 The note of the third paragraph."));
    let page = page_of(1, &blocks);
    let found = passages(std::slice::from_ref(&page));
    assert!(found.len() > 1);
    let with_note = found.iter().find(|it| it.text.contains("1 The note")).unwrap();
    assert!(with_note.text.contains(&format!("{SENTENCE}\n1 The note of the third paragraph.")), "{}", with_note.text);
    for sentence in &with_note.sentences {
        let span = sentence.spans[0];
        let own = &with_note.text[sentence.start as usize..sentence.end as usize];
        assert_eq!(&page.text[span.start as usize..span.end as usize], own);
    }
}

fn kind() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        2 => Just(BlockKind::Heading),
        8 => Just(BlockKind::Paragraph),
        1 => Just(BlockKind::Table),
        1 => Just(BlockKind::Caption),
        1 => Just(BlockKind::List),
        1 => Just(BlockKind::Code),
        1 => Just(BlockKind::Footnote),
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec("[a-z]{1,9}|[A-Z][a-z]{2,6}|[a-z]{3}[.,;]|[0-9]{1,4}|é{3}|psycho-", 1..60)
            .prop_map(|it| it.join(" ")),
        prop::collection::vec("[a-z]{1,9}", 300..400).prop_map(|it| it.join(" ")),
        "[a-z]{1500}",
    ]
}

fn document() -> impl Strategy<Value = Vec<Page>> {
    prop::collection::vec(prop::collection::vec((kind(), words()), 0..6), 1..6).prop_map(|pages| {
        pages
            .iter()
            .zip(1..)
            .map(|(blocks, number)| {
                let blocks: Vec<_> = blocks.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
                page_of(number, &blocks)
            })
            .collect()
    })
}

fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn passages_keep_their_limits_and_every_letter_of_the_text(pages in document()) {
        let found = passages(&pages);
        for (passage, ordinal) in found.iter().zip(0..) {
            prop_assert_eq!(passage.ordinal, ordinal);
            prop_assert!(passage.tokens <= 256, "{} tokens", passage.tokens);
            prop_assert!(passage.page_end - passage.page_start < 3);
            for sentence in &passage.sentences {
                let own = &passage.text[sentence.start as usize..sentence.end as usize];
                let stands: String = sentence
                    .spans
                    .iter()
                    .map(|it| &pages[it.page as usize - 1].text[it.start as usize..it.end as usize])
                    .collect();
                prop_assert_eq!(letters(own), letters(&stands));
            }
        }
        let body = |page: &Page| -> String {
            let blocks = page.blocks.iter().filter(|it| it.kind != BlockKind::Heading);
            blocks.map(|it| letters(&page.text[it.start as usize..it.end as usize])).collect()
        };
        let mut wanted: Vec<char> = pages.iter().map(body).collect::<String>().chars().collect();
        let texts = found.iter().filter(|it| it.kind != BlockKind::Heading);
        let mut got: Vec<char> = texts.map(|it| letters(&it.text)).collect::<String>().chars().collect();
        // Asides may come a little later than they stand.
        wanted.sort_unstable();
        got.sort_unstable();
        prop_assert_eq!(wanted, got);
    }

    #[test]
    fn going_on_from_a_stored_state_gives_the_same_passages(pages in document(), stop in 0_usize..6) {
        let mut builder = PassageBuilder::new("A Book", 256);
        let mut found = Vec::new();
        for (at, page) in pages.iter().enumerate() {
            if at == stop {
                let stored = postcard::to_stdvec(&builder).unwrap();
                builder = postcard::from_bytes(&stored).unwrap();
            }
            found.extend(builder.push(page, &mut count));
        }
        found.extend(builder.finish(&mut count));
        prop_assert_eq!(found, passages(&pages));
    }
}
