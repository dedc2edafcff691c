//! Pages that are made up, to see that the layout keeps its promises whatever stands on them.
#![allow(clippy::expect_used)]

use super::document::{Sample, compose, learn};
use super::drawn::Drawn;
use super::geometry::{Area, Sheet, Turn};
use super::layout::Layout;
use super::runs;
use super::words::Words;
use crate::{BlockJoiner, BlockKind, Page, PassageBuilder};

const WIDTH: f32 = 612.0;
const HEIGHT: f32 = 792.0;
/// A number that stands on no such page, so that no number on it is the page's own.
const NUMBER: u32 = 4321;

/// Words on one line, and what their letters look like. In points.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) x: f32,
    pub(crate) top: f32,
    pub(crate) size: f32,
    /// Quarter turns clockwise.
    pub(crate) turn: u8,
    /// From one word's end to the next one's start, in sizes of the type.
    pub(crate) space: f32,
    pub(crate) words: Vec<(String, Letters)>,
}

/// How the letters of a word look.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Letters {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) math: bool,
    pub(crate) fixed: bool,
    /// All of it is set small and high.
    pub(crate) raised: bool,
    /// It ends in a small and high number.
    pub(crate) marked: bool,
    /// It is divided at the end of its line.
    pub(crate) hyphen: bool,
}

/// A line or box: left, top, right, bottom.
pub(crate) type Ruled = (f32, f32, f32, f32);

fn words(written: &[Written]) -> Words {
    let mut words = Words::default();
    for line in written {
        let mut x = line.x;
        for (word, letters) in line.words.iter().filter(|(word, _)| !word.is_empty()) {
            let size = if letters.raised { 0.6 * line.size } else { line.size };
            let width = 0.5 * size * word.chars().count() as f32;
            let area = Area { x0: x, y0: line.top, x1: x + width, y1: line.top + 1.2 * size };
            x += width + line.space * line.size;
            let mark = if letters.marked { "12" } else { "" };
            let token = words.push(&format!("{word}{mark}"), area, size);
            (token.bold, token.italic, token.math, token.fixed) =
                (letters.bold, letters.italic, letters.math, letters.fixed);
            token.hyphen = letters.hyphen;
            token.raised = token.end - mark.len()..token.end;
            token.turn = Turn(line.turn % 4);
        }
    }
    let letters = runs::letters_of(&words);
    runs::put_in_order(&mut words, &letters, &[]);
    words
}

/// Reads the page and checks that nothing on it is lost, said twice or out of place.
///
/// # Panics
/// When a promise is broken: that is what it is for.
pub(crate) fn check(written: &[Written], level: &[Ruled], upright: &[Ruled], boxes: &[Ruled]) -> Page {
    let areas = |all: &[Ruled]| all.iter().map(|&(x0, y0, x1, y1)| Area { x0, y0, x1, y1 }).collect::<Vec<Area>>();
    let drawn = Drawn { level: areas(level), upright: areas(upright), boxes: areas(boxes), marks: Vec::new() };
    let sheet = Sheet::plain(WIDTH, HEIGHT);
    let sample = Sample { number: NUMBER, sheet, words: words(written), drawn };
    let style = learn(std::slice::from_ref(&sample), &[]);
    let Sample { words, drawn, .. } = &sample;
    let composed = compose(&Layout { words, sheet: &sheet, style: &style, page: NUMBER, label: None }, drawn);
    let page = Page {
        number: NUMBER,
        width: WIDTH,
        height: HEIGHT,
        text: composed.text,
        words: composed.words,
        blocks: composed.blocks,
        emphasis: composed.emphasis,
        ..Page::unreadable(NUMBER)
    };
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().filter(|it| it.is_alphabetic()).collect();
        letters.sort_unstable();
        letters
    };
    assert_eq!(letters(&page.text), letters(&words.text), "every word is read once");
    check_places(&page);
    check_passages(&page);
    page
}

fn check_places(page: &Page) {
    let part = |start: u32, end: u32| page.text.get(start as usize..end as usize).expect("letters are not cut");
    let blocks: Vec<&str> = page.blocks.iter().map(|it| part(it.start, it.end)).collect();
    assert_eq!(blocks.join("\n"), page.text, "blocks are all of the text, in order");
    assert!(blocks.iter().all(|it| !it.is_empty()));
    for pair in page.words.windows(2) {
        assert!(pair[0].end <= pair[1].start, "words stand in order");
    }
    for word in &page.words {
        assert!(!part(word.start, word.end).contains(char::is_whitespace));
        let rect = word.rect;
        assert!(rect.x0 <= rect.x1 && rect.y0 <= rect.y1, "{rect:?}");
        assert!([rect.x0, rect.y0, rect.x1, rect.y1].iter().all(|it| (0.0..=1.0).contains(it)), "{rect:?}");
    }
    let mut last = 0;
    for run in &page.emphasis {
        assert!(last <= run.start && (run.bold || run.italic), "runs stand in order");
        assert!(part(run.start, run.end).chars().any(char::is_alphanumeric));
        let block = page.blocks.iter().find(|it| it.start <= run.start && run.end <= it.end).expect("inside a block");
        assert!(block.kind != BlockKind::Heading);
        last = run.end;
    }
    for block in &page.blocks {
        let region = page.region(block).expect("every block has words");
        assert!(page.boxes(block.start, block.end).iter().all(|it| it.rect.x0 >= region.x0 && it.rect.y1 <= region.y1));
    }
}

/// What is quoted of the page stands on it.
fn check_passages(page: &Page) {
    let mut joiner = BlockJoiner::new();
    let mut joined = joiner.push(page);
    joined.extend(joiner.finish());
    let all = |text: &str| text.chars().filter(|it| it.is_alphabetic()).count();
    assert_eq!(joined.iter().map(|it| all(&it.text)).sum::<usize>(), all(&page.text));
    let mut count = |text: &str| text.split_whitespace().count() as u32;
    let mut builder = PassageBuilder::new("", 60);
    let mut passages = builder.push(page, &mut count);
    passages.extend(builder.finish(&mut count));
    for (passage, sentence) in passages.iter().flat_map(|it| it.sentences.iter().map(move |sentence| (it, sentence))) {
        let own = &passage.text[sentence.start as usize..sentence.end as usize];
        let stands: String = sentence
            .spans
            .iter()
            .map(|it| &page.text[it.start as usize..it.end as usize])
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(stands, own, "a quote stands on the page");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters() -> impl Strategy<Value = Letters> {
        let rarely = || prop::bool::weighted(0.1);
        let math = prop::bool::weighted(0.15);
        (rarely(), rarely(), math, prop::bool::weighted(0.05), rarely(), rarely(), rarely()).prop_map(
            |(bold, italic, math, fixed, raised, marked, hyphen)| Letters {
                bold,
                italic,
                math,
                fixed,
                raised,
                marked,
                hyphen,
            },
        )
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            10 => "[a-z]{1,9}",
            3 => "[A-Z][a-z]{0,7}[.,:]?",
            1 => "[0-9]{1,3}[.)]?",
            1 => "[=+<∑×*†•–(-]",
            1 => "[\u{5d0}-\u{5ea}]{1,5}|[\u{3042}-\u{3052}]{1,6}|é—ß",
            1 => "Figure|Table|psycho-",
        ]
    }

    /// Lines that begin at a few edges and stand at a few heights, as those of pages do, and some that stand anywhere.
    fn line() -> impl Strategy<Value = Written> {
        let x = prop_oneof![
            6 => prop::sample::select(vec![50.0_f32, 62.0, 90.0, 320.0, 332.0, 480.0]),
            1 => -40.0_f32..700.0,
        ];
        let top = prop_oneof![6 => (0_u8..60).prop_map(|it| 20.0 + 12.5 * f32::from(it)), 1 => -40.0_f32..900.0];
        let size = prop::sample::select(vec![10.0_f32, 10.0, 10.0, 10.0, 8.0, 12.0, 18.0, 6.0]);
        let space = prop_oneof![8 => Just(0.3_f32), 1 => Just(2.0_f32), 1 => Just(0.0_f32)];
        let turn = prop_oneof![15 => Just(0_u8), 1 => 0_u8..4];
        let words = prop::collection::vec((word(), letters()), 1..9);
        (x, top, size, turn, space, words).prop_map(|(x, top, size, turn, space, words)| Written {
            x,
            top,
            size,
            turn,
            space,
            words,
        })
    }

    fn across() -> impl Strategy<Value = Ruled> {
        (prop::sample::select(vec![50.0_f32, 150.0, 320.0]), 0.0_f32..790.0, 20.0_f32..300.0)
            .prop_map(|(x, y, width)| (x, y, x + width, y + 0.5))
    }

    fn down() -> impl Strategy<Value = Ruled> {
        (prop::sample::select(vec![50.0_f32, 150.0, 320.0]), 0.0_f32..700.0, 10.0_f32..200.0)
            .prop_map(|(x, y, height)| (x, y, x + 0.5, y + height))
    }

    fn framed() -> impl Strategy<Value = Ruled> {
        (40.0_f32..320.0, 0.0_f32..600.0, 80.0_f32..260.0, 20.0_f32..200.0)
            .prop_map(|(x, y, width, height)| (x, y, x + width, y + height))
    }

    #[test]
    fn lines_of_chinese_are_joined_without_a_space_and_those_of_korean_with_one() {
        let lines = |texts: [&str; 2]| -> Vec<Written> {
            let line = |(at, text): (usize, &&str)| Written {
                x: 50.0,
                top: 100.0 + 13.0 * at as f32,
                size: 10.0,
                space: 0.3,
                words: vec![((*text).to_owned(), Letters::default())],
                ..Written::default()
            };
            texts.iter().enumerate().map(line).collect()
        };
        let text = |texts| check(&lines(texts), &[], &[], &[]).text;
        assert_eq!(text(["記憶是心智儲存與", "取回訊息的能力"]), "記憶是心智儲存與取回訊息的能力");
        assert_eq!(text(["기억은정보를저장", "하는능력"]), "기억은정보를저장 하는능력");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn whatever_stands_on_a_page_is_read_once_and_where_it_stands(
            written in prop::collection::vec(line(), 0..60),
            level in prop::collection::vec(across(), 0..6),
            upright in prop::collection::vec(down(), 0..4),
            boxes in prop::collection::vec(framed(), 0..3),
        ) {
            check(&written, &level, &upright, &boxes);
        }
    }
}
