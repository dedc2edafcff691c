//! Scripts from right to left and in columns: from made files through the real child process.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod child;

use child::pages;
use document_maker::Glyphs;
use reader::Page;
use unicode_bidi::{BidiInfo, Level};

const SIZE: f32 = 12.0;
/// In sizes of the type.
const LETTER: f32 = 0.5;
const SPACE: f32 = 0.3;

fn page(glyphs: Glyphs) -> Page {
    pages(&glyphs.pdf().bytes()).remove(0)
}

/// A line as it is seen from left to right, by the algorithm that programs draw it with.
fn seen(read: &str, leftwards: bool) -> String {
    let info = BidiInfo::new(read, Some(if leftwards { Level::rtl() } else { Level::ltr() }));
    info.reorder_line(&info.paragraphs[0], 0..read.len()).into_owned()
}

/// The same with the brackets as they look in text from right to left.
fn shaped(seen: &str) -> String {
    let look = |it| match it {
        '(' => ')',
        ')' => '(',
        other => other,
    };
    seen.chars().map(look).collect()
}

fn width(letter: char) -> f32 {
    if letter == ' ' { SPACE } else { LETTER }
}

/// Draws a line, a glyph for each letter.
fn draw(glyphs: &mut Glyphs, x: f32, top: f32, seen: &str) {
    let letters: Vec<(String, f32)> = seen.chars().map(|it| (it.to_string(), width(it))).collect();
    let line: Vec<(&str, f32)> = letters.iter().map(|(it, width)| (it.as_str(), *width)).collect();
    glyphs.line(x, top, SIZE, &line);
}

/// Draws lines that begin at `right`.
fn draw_leftwards(glyphs: &mut Glyphs, right: f32, lines: &[&str]) {
    let mut top = 72.0;
    for line in lines {
        let wide: f32 = line.chars().map(width).sum();
        draw(glyphs, right - SIZE * wide, top, &shaped(&seen(line, true)));
        top += 1.4 * SIZE;
    }
}

const LAW: [&str; 4] = [
    "פעולות אלה לפי סעיף 15(ב)(4) לחוק מבקר",
    "המדינה משנת 1958, כפי שנכתב בשפת Python 3",
    "ובספר The Art of War מאת סון טסה במחיר 1,234",
    "שקלים או 12.5% מן השכר.",
];

#[test]
fn hebrew_is_read_as_it_was_written_with_its_numbers_and_foreign_words() {
    let mut glyphs = Glyphs::new();
    draw_leftwards(&mut glyphs, 540.0, &LAW);
    assert_eq!(page(glyphs).text, LAW.join(" "));
}

#[test]
fn a_file_may_say_what_its_brackets_mean_or_what_they_look_like() {
    let mut glyphs = Glyphs::new();
    draw(&mut glyphs, 72.0, 72.0, &seen(LAW[0], true));
    assert_eq!(page(glyphs).text, LAW[0]);
}

#[test]
fn a_word_is_marked_where_it_stands() {
    let mut glyphs = Glyphs::new();
    let line = "שלום עולם בשנת 1948";
    draw_leftwards(&mut glyphs, 540.0, &[line]);
    let page = page(glyphs);
    assert_eq!(page.text, line);
    // From the right edge on, four letters of six points each, then a space of 3.6.
    for (word, left, right) in [("שלום", 516.0, 540.0), ("עולם", 488.4, 512.4), ("1948", 433.2, 457.2)] {
        let at = page.text.find(word).unwrap();
        let boxes = page.boxes(at as u32, (at + word.len()) as u32);
        assert_eq!(boxes.len(), 1, "{boxes:?}");
        let off = [boxes[0].rect.x0 * page.width - left, boxes[0].rect.x1 * page.width - right];
        // A box holds the glyph of the font that stands in, too.
        assert!(off.iter().all(|it| it.abs() < 2.0), "{word}: {boxes:?}");
    }
    assert_eq!(page.boxes(0, page.text.len() as u32).len(), 1);
}

#[test]
fn the_letters_of_a_ligature_stand_in_their_order() {
    // Lam with alef is one glyph: the file's map gives it two letters, or a presentation form.
    for (with_hamza, plain) in [("لإ", "لا"), ("\u{fef9}", "\u{fefb}")] {
        let read = ["ا", with_hamza, "ن", "س", "ا", "ن", " ", plain, " ", "ي", "ن", "س", "ى"];
        let mut glyphs = Glyphs::new();
        let line: Vec<(&str, f32)> = read.iter().rev().map(|it| (*it, width(it.chars().next().unwrap()))).collect();
        glyphs.line(72.0, 72.0, SIZE, &line);
        assert_eq!(page(glyphs).text, "الإنسان لا ينسى");
    }
}

#[test]
fn shapes_of_a_letter_are_that_letter_and_marks_stand_behind_theirs() {
    let mut glyphs = Glyphs::new();
    // Meem, lam and ayn in the shapes of their places; beh, teh, and kaf with its fatha, which has no width.
    let shapes = [("\u{fee2}", LETTER), ("\u{fee0}", LETTER), ("\u{fecb}", LETTER), (" ", SPACE)];
    let marked = [("ب", LETTER), ("ت", LETTER), ("ك", LETTER), ("\u{64e}", 0.0)];
    glyphs.line(72.0, 72.0, SIZE, &[&shapes[..], &marked].concat());
    assert_eq!(page(glyphs).text, "ك\u{64e}تب علم");
}

#[test]
fn columns_from_right_to_left_are_read_in_that_order() {
    let lines: Vec<String> = (10..34).map(|number| format!("שורה {number} בטור של הספר הזה במדף")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut glyphs = Glyphs::new();
    draw_leftwards(&mut glyphs, 540.0, &lines[..12]);
    draw_leftwards(&mut glyphs, 290.0, &lines[12..]);
    let page = page(glyphs);
    let numbers: Vec<u32> = page.text.split_whitespace().filter_map(|it| it.parse().ok()).collect();
    assert_eq!(numbers, (10..34).collect::<Vec<_>>(), "{}", page.text);
}

#[test]
fn foreign_words_stay_in_their_place_in_an_english_line() {
    let mut glyphs = Glyphs::new();
    let line = "The words שלום עולם (peace, world) are a greeting.";
    draw(&mut glyphs, 72.0, 72.0, &seen(line, false));
    assert_eq!(page(glyphs).text, line);
}

#[test]
fn japanese_in_columns_is_read_from_top_to_bottom_and_from_right_to_left() {
    const COLUMNS: [&str; 2] = ["記憶は情報を蓄え", "必要な時に取り出す"];
    let mut glyphs = Glyphs::new();
    for (x, column) in [500.0, 480.0].into_iter().zip(COLUMNS) {
        for (row, letter) in (0_u8..).zip(column.chars()) {
            glyphs.line(x, 72.0 + SIZE * f32::from(row), SIZE, &[(&letter.to_string(), 1.0)]);
        }
    }
    let page = page(glyphs);
    assert_eq!(page.text, COLUMNS.concat());
    let first = page.boxes(0, COLUMNS[0].len() as u32);
    assert!(first.iter().all(|it| it.rect.x0 * page.width > 495.0 && it.rect.x1 * page.width < 517.0), "{first:?}");
}

#[test]
fn a_title_of_letters_set_wide_apart_is_one_word() {
    let mut glyphs = Glyphs::new();
    for (x, letter) in [(72.0, "目"), (92.0, "錄")] {
        glyphs.line(x, 72.0, SIZE, &[(letter, 1.0)]);
    }
    assert_eq!(page(glyphs).text, "目錄");
}
