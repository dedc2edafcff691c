#![allow(clippy::unwrap_used)]
use std::io::Write;

use super::*;

fn read(text: &str) -> (Option<String>, Vec<(BlockKind, String)>) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let mut reading = Text::open(file.path()).unwrap();
    let blocks = std::iter::from_fn(|| reading.next_block().unwrap()).map(|it| (it.kind, it.text)).collect();
    (reading.title, blocks)
}

#[test]
fn blocks_have_their_kinds() {
    let text = "---\ntitle: \"On Memory\"\nauthor: me\n---\n\n# One *two*\n\nA `b`\nc[^n].\n\n- x\n- y\n  1. z\n\n\
        ```rust\nfn a() {\n\n    b\n}\n```\n\n| N | A |\n|---|---|\n| Ada | 36 |\n\n$$a = b$$\n\n![A cat](cat.png)\n\n\
        <div><p>In <b>html</b></p></div>\n\n[^n]: The note.\n";
    let (title, found) = read(text);
    assert_eq!(title.as_deref(), Some("On Memory"));
    let found: Vec<_> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(
        found,
        [
            (BlockKind::Heading, "One two"),
            (BlockKind::Paragraph, "A b c[n]."),
            (BlockKind::Footnote, "[n] The note."),
            (BlockKind::List, "• x"),
            (BlockKind::List, "• y"),
            (BlockKind::List, "1. z"),
            (BlockKind::Code, "fn a() {\n\n    b\n}"),
            (BlockKind::Table, "N\tA\nAda\t36"),
            (BlockKind::Formula, "a = b"),
            (BlockKind::Caption, "A cat"),
            (BlockKind::Paragraph, "In html"),
        ]
    );
}

#[test]
fn blocks_know_the_line_that_they_begin_on() {
    let text = "---\ntitle: t\n---\n# One\n\nA b\nc[^n].\n- x\n- y\n\n  more\n\n```\na\n```\n| N |\n|---|\n| 1 |\n\nso\n$$a$$\n\n\
        ![A cat](c.png)\n<div>In\nhtml</div>\n\n[^n]: The note.\n";
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let mut reading = Text::open(file.path()).unwrap();
    let lines: Vec<u32> = std::iter::from_fn(|| reading.next_block().unwrap()).map(|it| it.line).collect();
    // The note stands behind its mark.
    assert_eq!(lines, [4, 6, 27, 8, 9, 11, 13, 16, 20, 21, 23, 24]);
}

#[test]
fn a_long_text_is_read_in_pieces_and_loses_nothing() {
    let chapter = format!("# Chapter\n\n```\n# no heading\n```\n\n{}\n\n", "Words and words. ".repeat(2000));
    let (_, found) = read(&chapter.repeat(70));
    assert_eq!(found.iter().filter(|(kind, _)| *kind == BlockKind::Heading).count(), 70);
    assert_eq!(found.len(), 210);
}
