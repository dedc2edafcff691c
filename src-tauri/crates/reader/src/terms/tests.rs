#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;
use crate::testing::page_of;
use crate::{Block, PageStatus};

/// A page of these blocks; `*words*` are bold and `_words_` italic.
fn page(number: u32, blocks: &[(BlockKind, &str)]) -> Page {
    let mut page = Page { status: PageStatus::Text, ..page_of(number, &[]) };
    for (kind, marked) in blocks {
        if !page.text.is_empty() {
            page.text.push('\n');
        }
        let start = page.text.len() as u32;
        let mut open = None;
        for letter in marked.chars() {
            match (letter, open) {
                ('*' | '_', None) => open = Some(page.text.len() as u32),
                ('*' | '_', Some(start)) => {
                    let end = page.text.len() as u32;
                    page.emphasis.push(Emphasis { start, end, bold: letter == '*', italic: letter == '_' });
                    open = None;
                }
                _ => page.text.push(letter),
            }
        }
        let level = (*kind == BlockKind::Heading).then_some(1);
        page.blocks.push(Block { kind: *kind, level, start, end: page.text.len() as u32 });
    }
    page
}

fn terms(pages: &[Page]) -> Vec<Term> {
    let mut finder = TermFinder::new();
    let mut found: Vec<Term> = pages.iter().flat_map(|page| finder.push(page)).collect();
    found.extend(finder.finish());
    for term in &found {
        let on = |span: &Span| &pages[span.page as usize - 1].text[span.start as usize..span.end as usize];
        assert_eq!(one_line(on(&term.span)), term.name);
        let whole: Vec<String> = term.spans.iter().map(|span| one_line(on(span))).collect();
        assert_eq!(whole.join(" "), term.definition);
    }
    found
}

fn names(blocks: &[(BlockKind, &str)]) -> Vec<(String, TermKind)> {
    terms(&[page(1, blocks)]).into_iter().map(|term| (term.name, term.kind)).collect()
}

fn of_sentence(sentence: &str) -> Vec<String> {
    names(&[(BlockKind::Paragraph, sentence)]).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn sentences_that_say_what_something_is_define_it() {
    for (sentence, term) in [
        ("Osmosis is a movement of water through a membrane.", "Osmosis"),
        ("The law of effect refers to the idea that rewards strengthen what they follow.", "law of effect"),
        ("In psychology, a stimulus is any event that an organism can sense.", "stimulus"),
        (
            "Rapid eye movement (REM) sleep is defined as sleep with quick movements of the eyes.",
            "Rapid eye movement (REM) sleep",
        ),
        ("Hallucinations are experiences that occur without a stimulus.", "Hallucinations"),
        ("The loss of water by leaves is called transpiration, and it cools them.", "transpiration"),
        ("Such a shortcut, also known as a heuristic, saves time.", "heuristic"),
        ("Photosynthese ist ein Vorgang, bei dem Pflanzen Zucker bilden.", "Photosynthese"),
        ("Unter Osmose versteht man die Wanderung von Wasser durch eine Membran.", "Osmose"),
        ("Fotosintesis adalah proses pembuatan makanan oleh tumbuhan hijau.", "Fotosintesis"),
        ("Proses penguapan air dari daun disebut transpirasi.", "transpirasi"),
    ] {
        assert_eq!(of_sentence(sentence), [term], "{sentence}");
    }
}

#[test]
fn sentences_that_explain_nothing_define_nothing() {
    for sentence in [
        "It is a matter of taste whether one likes it.",
        "This is the reason why they left.",
        "What is a stimulus for a bee in a garden?",
        "She called Paul and asked for help.",
        "The bill called for a reform of schools.",
        "There is a house in the valley.",
        "Most of them are the result of chance.",
        "They are called to work each day.",
    ] {
        assert_eq!(of_sentence(sentence), Vec::<String>::new(), "{sentence}");
    }
}

#[test]
fn bold_words_are_surer_than_a_sentence_alone_and_italic_ones_need_the_words_of_a_definition() {
    let found = terms(&[page(
        1,
        &[
            (BlockKind::Heading, "Sensation"),
            (BlockKind::Paragraph, "The *absolute threshold* is the smallest amount of a stimulus that is noticed."),
            (BlockKind::Paragraph, "Cells turn light into signals by *transduction* of its energy."),
            (
                BlockKind::Paragraph,
                "This loss is called _transpiration_ in plants. He read _Walden_ twice in his life.",
            ),
            (BlockKind::Paragraph, "Perception is a process of many steps."),
        ],
    )]);
    let told: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.kind, it.heading.as_deref())).collect();
    let heading = Some("Sensation");
    assert_eq!(
        told,
        [
            ("absolute threshold", TermKind::Emphasised, heading),
            ("transduction", TermKind::Emphasised, heading),
            ("transpiration", TermKind::Emphasised, heading),
            ("Perception", TermKind::Sentence, heading),
        ]
    );
    assert!(found[0].strength > found[2].strength && found[2].strength > found[3].strength, "{found:#?}");
    assert!(found[1].strength < found[3].strength);
}

#[test]
fn a_sentence_that_points_back_brings_what_it_names() {
    let text = "Water leaves a plant through its leaves. This loss is known as transpiration.";
    let found = terms(&[page(1, &[(BlockKind::Paragraph, text)])]);
    assert_eq!((found[0].name.as_str(), found[0].definition.as_str()), ("transpiration", text));
}

#[test]
fn a_reminder_is_less_sure_than_the_definition_it_recalls() {
    let found = terms(&[page(
        1,
        &[
            (BlockKind::Paragraph, "Osmosis is a movement of water through a membrane."),
            (BlockKind::Paragraph, "As discussed earlier, osmosis is a movement of water."),
        ],
    )]);
    assert_eq!(found.len(), 2);
    assert!(found[0].strength > found[1].strength, "{found:#?}");
}

/// Of each two, the first says what the term is, the second only speaks of it.
#[test]
fn a_sentence_that_says_what_its_subject_is_is_surer_than_one_that_names_it_in_passing_or_announces_it() {
    for (defines, mentions) in [
        (
            "Osmosis is the movement of water through a membrane.",
            "Plants drink by a movement of water known as osmosis in every root.",
        ),
        ("Osmosis refers to the movement of water through a membrane.", "The roots use a way called osmosis to drink."),
        (
            "Osmosis is a movement of water through a membrane.",
            "In this chapter, the movement of water is called osmosis.",
        ),
        (
            "*Osmosis* is the movement of water through a membrane.",
            "*Osmosis* was studied by Dutrochet in frogs and plants.",
        ),
        ("*Osmosis* is the movement of water through a membrane.", "Now we turn to the second way, *osmosis*."),
    ] {
        let paragraph = |text| terms(&[page(1, &[(BlockKind::Paragraph, text)])]);
        let strength =
            |text| paragraph(text).iter().find(|it| it.name.eq_ignore_ascii_case("osmosis")).unwrap().strength;
        // The library takes strengths within the same five as the same.
        assert!(strength(defines) / 5 > strength(mentions) / 5, "{} {mentions}", strength(mentions));
    }
}

#[test]
fn a_term_that_is_only_introduced_is_defined_by_the_sentence_that_goes_on_with_it() {
    for (introduction, next) in [
        ("Now we turn to the second way, *osmosis*.", "In osmosis, water moves to where more salt is dissolved."),
        ("Plants also depend on *osmosis*.", "Osmosis is the movement of water through a membrane."),
        ("Pflanzen brauchen auch die *Osmose*.", "Bei der Osmose wandert Wasser durch eine Membran."),
    ] {
        let text = format!("{introduction} {next}");
        let found = terms(&[page(1, &[(BlockKind::Paragraph, &text)])]);
        let told: Vec<_> = found.iter().filter(|it| it.kind == TermKind::Emphasised).collect();
        assert_eq!((told.len(), told[0].definition.as_str()), (1, next), "{found:#?}");
        assert!(told[0].strength >= 80, "{found:#?}");
    }
    for next in [
        "In animals, water moves as well.",
        "Osmosis will be discussed in the next chapter.",
        "Osmotic pressure is high.",
    ] {
        let text = format!("Plants also depend on *osmosis*. {next}");
        let found = terms(&[page(1, &[(BlockKind::Paragraph, &text)])]);
        assert_eq!((found[0].strength, found[0].definition.as_str()), (42, "Plants also depend on osmosis."), "{next}");
    }
}

#[test]
fn bold_words_are_told_from_what_stands_around_them() {
    for (sentence, name, surer) in [
        ("A *positron emission tomography (PET)* scan shows the brain at work.", "positron emission tomography", true),
        ("The *medulla* controls breathing and the rate of the heart.", "medulla", true),
        ("Chronic stress can lead to *job burnout*, which is a sense of exhaustion.", "job burnout", true),
        ("They met in *Vienna* and wrote to each other for years.", "Vienna", false),
    ] {
        let found = terms(&[page(1, &[(BlockKind::Paragraph, sentence)])]);
        assert_eq!((found[0].name.as_str(), found[0].strength >= 80), (name, surer), "{sentence}");
    }
    for list in [
        "They had *Sensory Memory, Short-Term Memory* and more in mind.",
        "*Note* that *this is all that there is to it here*.",
    ] {
        assert!(terms(&[page(1, &[(BlockKind::Paragraph, list)])]).iter().all(|it| it.name == "Note"), "{list}");
    }
}

#[test]
fn a_glossary_has_its_terms_in_front_of_their_meanings() {
    let list = "habituation: growing used to a stimulus\n*imprinting* bond that forms in a short span of life\n• cue – what calls up a memory (see retrieval)";
    let blocks = [
        (BlockKind::Heading, "Key Terms"),
        (BlockKind::List, list),
        (BlockKind::Paragraph, "reflex"),
        (BlockKind::Paragraph, "an answer of the body that is not learned"),
        (BlockKind::Heading, "Summary"),
        (BlockKind::List, "first: read the chapter\nthen: answer its questions"),
    ];
    let found = names(&blocks);
    let expected = ["habituation", "imprinting", "cue", "reflex"].map(|name| (name.to_owned(), TermKind::Glossary));
    assert_eq!(found, expected);
}

#[test]
fn entries_that_run_on_in_one_paragraph_are_told_by_the_alphabet() {
    let run_on = "*absorption* the taking up of light by a leaf *chlorophyll* the green pigment that takes it up";
    let found = terms(&[page(1, &[(BlockKind::Heading, "Key Terms"), (BlockKind::Paragraph, run_on)])]);
    let said: Vec<&str> = found.iter().map(|it| it.definition.as_str()).collect();
    assert_eq!(said, ["absorption the taking up of light by a leaf", "chlorophyll the green pigment that takes it up"]);
    let within = "*chlorophyll* the pigment that makes a leaf *adaxially* green";
    let found = terms(&[page(1, &[(BlockKind::Heading, "Key Terms"), (BlockKind::Paragraph, within)])]);
    assert_eq!(found.len(), 1, "what comes before it in the alphabet is a word of its meaning");
}

#[test]
fn a_table_of_terms_is_known_by_its_header_or_its_heading() {
    let table =
        "Term\tDefinition\nMitosis\tdivision of a cell into two alike\nMeiosis\tdivision into four with half the genes";
    assert_eq!(names(&[(BlockKind::Table, table)]).len(), 2);
    let bare = "Mitosis\tdivision of a cell into two alike";
    assert_eq!(names(&[(BlockKind::Table, bare)]), []);
    assert_eq!(names(&[(BlockKind::Heading, "Glosarium"), (BlockKind::Table, bare)]).len(), 1);
}

#[test]
fn a_definition_over_two_pages_has_both_places() {
    let first = page(1, &[(BlockKind::Paragraph, "The *spacing effect* is the finding that study")]);
    let second = page(2, &[(BlockKind::Paragraph, "is better spread over days than done at once.")]);
    let found = terms(&[first, second]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].spans.iter().map(|span| span.page).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(found[0].span.page, 1);
}

#[test]
fn a_stored_finder_goes_on_as_if_nothing_had_happened() {
    let pages = [
        page(1, &[(BlockKind::Heading, "Glossary"), (BlockKind::List, "cue: what calls up a memory")]),
        page(2, &[(BlockKind::List, "schema: a frame for what is known"), (BlockKind::Paragraph, "reflex")]),
        page(3, &[(BlockKind::Paragraph, "an answer of the body that is not learned")]),
    ]
    // Chapters: on paper, the term would go on with the line that explains it.
    .map(|page| Page { width: 0.0, ..page });
    let mut finder = TermFinder::new();
    let mut found = Vec::new();
    for page in &pages {
        found.extend(finder.push(page));
        finder = postcard::from_bytes(&postcard::to_stdvec(&finder).unwrap()).unwrap();
    }
    found.extend(finder.finish());
    assert_eq!(found, terms(&pages));
    assert_eq!(found.len(), 3);
}

proptest! {
    #[test]
    fn any_text_gives_terms_that_stand_where_they_are_said_to(
        texts in proptest::collection::vec(
            (0..4_usize, "([a-zéß]{1,9}|is a|are the|called|known as|means|adalah|[.:—“”(),]|\n|\t| ){1,30}"),
            1..6,
        ),
        runs in proptest::collection::vec((0..200_u32, 1..20_u32, any::<bool>()), 0..8),
    ) {
        let kinds = [BlockKind::Paragraph, BlockKind::List, BlockKind::Table, BlockKind::Heading];
        let pages: Vec<Page> = texts
            .iter()
            .zip(1..)
            .map(|((kind, text), number)| {
                let mut page = page(number, &[(BlockKind::Heading, "Glossary"), (kinds[*kind], text)]);
                let end = page.text.len() as u32;
                // Of any text, also where a run cuts a letter or lies behind the end.
                let emphasis = runs.iter().map(|&(start, length, bold)| Emphasis { start, end: start + length, bold, italic: !bold });
                page.emphasis = emphasis.filter(|run| run.start <= end).collect();
                page
            })
            .collect();
        let mut finder = TermFinder::new();
        let mut found: Vec<Term> = pages.iter().flat_map(|page| finder.push(page)).collect();
        found.extend(finder.finish());
        for term in found {
            let span = term.span;
            let text = &pages[span.page as usize - 1].text;
            prop_assert_eq!(one_line(&text[span.start as usize..span.end as usize]), term.name);
            prop_assert!(term.spans.iter().all(|span| span.start < span.end && span.page as usize <= pages.len()));
        }
    }
}
