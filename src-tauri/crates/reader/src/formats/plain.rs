//! Plain text: paragraphs between empty lines, and what can be told of headings and lists.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

use super::draft::Draft;
use super::lines::{Lines, SourceLine};
use super::plan::{Blocks, Plan};
use super::text::{Line, collapsed};
use super::{Document, Emit};
use crate::error::Failure;
use crate::{BlockKind, Format, Opened};

/// A paragraph without an end is handed on in parts, in bytes.
const LONGEST: usize = 32 << 10;

/// A text file, read as often as it is needed.
pub(crate) struct PlainText {
    path: PathBuf,
    plan: Plan,
}

impl PlainText {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let plan = Plan::of(&mut Paragraphs::open(path)?)?;
        Ok(Self { path: path.to_path_buf(), plan })
    }
}

impl Document for PlainText {
    fn opened(&self) -> Opened {
        // A line that looks like a heading is no title: the file's name says more.
        Opened::new(Format::Text, self.plan.units(), None, self.plan.outline.clone())
    }

    fn units(&mut self, from: u32, _avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        match Paragraphs::open(&self.path) {
            Ok(mut paragraphs) => self.plan.send(&mut paragraphs, from, emit),
            Err(_) => Ok(()),
        }
    }
}

struct Paragraphs {
    lines: Lines,
    ready: VecDeque<Draft>,
    over: bool,
}

impl Paragraphs {
    fn open(path: &Path) -> Result<Self, Failure> {
        Ok(Self { lines: Lines::open(path)?, ready: VecDeque::new(), over: false })
    }
}

impl Blocks for Paragraphs {
    fn next_block(&mut self) -> Result<Option<Draft>, Failure> {
        let mut held: Vec<SourceLine> = Vec::new();
        let mut bytes = 0;
        while self.ready.is_empty() && !self.over {
            let line = self.lines.next_line()?;
            self.over = line.is_none();
            let line = line.unwrap_or_default();
            let text = line.text.trim_end();
            let empty = text.trim_start().is_empty();
            bytes += line.text.len();
            if !empty {
                held.push(SourceLine { number: line.number, text: text.to_owned() });
            }
            if empty || bytes > LONGEST {
                self.ready.extend(blocks(&held));
                held.clear();
                bytes = 0;
            }
        }
        Ok(self.ready.pop_front())
    }
}

/// The blocks of lines without an empty one between them.
fn blocks(lines: &[SourceLine]) -> Vec<Draft> {
    let Some(first) = lines.first() else {
        return Vec::new();
    };
    match lines {
        [only] => vec![heading(&only.text).unwrap_or_else(|| block(lines)).on_line(first.number)],
        [title, rule, rest @ ..] if is_underlined(title, rule, rest) => {
            let level = underlines(&rule.text).unwrap_or(1);
            let mut all = vec![Draft::heading(level, collapsed(&title.text)).on_line(first.number)];
            all.extend(blocks(rest));
            all
        }
        _ if is_item(&first.text) => items(lines),
        _ => vec![block(lines).on_line(first.number)],
    }
    .into_iter()
    .filter(|it| !it.text.is_empty())
    .collect()
}

fn is_underlined(title: &SourceLine, rule: &SourceLine, rest: &[SourceLine]) -> bool {
    underlines(&rule.text).is_some() && (rest.is_empty() || title.text.len() < 120)
}

fn underlines(line: &str) -> Option<u8> {
    let line = line.trim();
    let all = |mark| line.len() >= 3 && line.chars().all(|it| it == mark);
    if all('=') {
        Some(1)
    } else if all('-') || all('~') {
        Some(2)
    } else {
        None
    }
}

/// A line on its own that names a chapter, or is written in capitals.
fn heading(line: &str) -> Option<Draft> {
    const NAMES: [&str; 12] = [
        "chapter",
        "part",
        "book",
        "section",
        "appendix",
        "lecture",
        "kapitel",
        "teil",
        "chapitre",
        "partie",
        "capítulo",
        "capitolo",
    ];
    let text = collapsed(line);
    if text.chars().count() > 80 || text.ends_with(['.', ',', ';', '!', '?']) && !text.ends_with("I.") {
        return None;
    }
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default().to_lowercase();
    let numbered = words.next().is_some_and(|it| {
        let it = it.trim_end_matches([':', '.', ',', '-']);
        !it.is_empty() && it.chars().all(|it| it.is_ascii_digit() || "IVXLCDM".contains(it))
            || it.chars().count() == 1 && it.chars().all(char::is_uppercase)
    });
    if NAMES.contains(&first.as_str()) && numbered {
        return Some(Draft::heading(1, text));
    }
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    let capitals = letters >= 4 && text.chars().all(|it| !it.is_lowercase()) && text.chars().any(char::is_uppercase);
    (capitals && letters * 2 > text.chars().count()).then(|| Draft::heading(2, text))
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let Some((mark, rest)) = line.split_once([' ', '\t']) else {
        return false;
    };
    if rest.trim().is_empty() {
        return false;
    }
    let number = mark.trim_start_matches('(').trim_end_matches([')', '.']);
    let counted = mark.ends_with([')', '.'])
        && !number.is_empty()
        && number.len() <= 3
        && (number.chars().all(|it| it.is_ascii_digit())
            || number.len() == 1 && number.chars().all(char::is_alphabetic));
    matches!(mark, "-" | "*" | "+" | "•" | "–" | "◦" | "▪") || counted
}

fn items(lines: &[SourceLine]) -> Vec<Draft> {
    let mut all: Vec<(u32, Line)> = Vec::new();
    for line in lines {
        if is_item(&line.text) || all.is_empty() {
            all.push((line.number, Line::default()));
        }
        if let Some((_, item)) = all.last_mut() {
            item.space();
            item.push(&line.text);
        }
    }
    all.iter_mut().map(|(line, item)| Draft::new(BlockKind::List, item.take()).on_line(*line)).collect()
}

/// Lines that were broken to fit a width become one; others, as of a poem or an address, stay.
fn block(lines: &[SourceLine]) -> Draft {
    let length = |line: &SourceLine| line.text.trim().chars().count();
    let longest = lines.iter().map(length).max().unwrap_or(0);
    let body = &lines[..lines.len().saturating_sub(1)];
    let wrapped = longest >= 45 && body.iter().all(|it| length(it) * 10 >= longest * 6);
    if wrapped {
        let mut line = Line::default();
        for it in lines {
            line.push(&it.text);
            line.space();
        }
        return Draft::new(BlockKind::Paragraph, line.take());
    }
    let kept: Vec<String> = lines.iter().map(|it| collapsed(&it.text)).filter(|it| !it.is_empty()).collect();
    Draft::new(BlockKind::Paragraph, kept.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafts(text: &str) -> Vec<Draft> {
        let line = |(number, text): (u32, &str)| SourceLine { number, text: text.to_owned() };
        let lines: Vec<SourceLine> = (1..).zip(text.lines()).map(line).collect();
        blocks(&lines)
    }

    fn read(text: &str) -> Vec<(BlockKind, String)> {
        drafts(text).into_iter().map(|it| (it.kind, it.text)).collect()
    }

    #[test]
    fn blocks_know_the_line_that_they_begin_on() {
        let lines = |text| drafts(text).iter().map(|it| it.line).collect::<Vec<_>>();
        assert_eq!(lines("Results\n=======\n1. One thing\n   goes on\n2. Another"), [1, 3, 5]);
        assert_eq!(lines("Roses are red,\nviolets are blue"), [1]);
    }

    #[test]
    fn lines_broken_to_a_width_are_one() {
        let wrapped = "Call me Ishmael. Some years ago, never mind how long precisely,\nhaving little or no money in my \
            purse, and nothing particular\nto interest me on shore.";
        assert_eq!(read(wrapped), [(BlockKind::Paragraph, wrapped.replace('\n', " "))]);
        let poem = "Tyger Tyger, burning bright,\n  In the forests of the night;";
        assert_eq!(read(poem), [(BlockKind::Paragraph, poem.replace("  ", ""))]);
    }

    #[test]
    fn headings_and_lists_are_told() {
        assert_eq!(read("CHAPTER IV. The Tea Party")[0].0, BlockKind::Heading);
        assert_eq!(read("THE END OF IT")[0].0, BlockKind::Heading);
        assert_eq!(read("Results\n=======\n")[0], (BlockKind::Heading, "Results".into()));
        assert_eq!(read("Chapter and verse.")[0].0, BlockKind::Paragraph);
        let list = read("1. One thing\n   goes on\n2. Another");
        assert_eq!(list, [(BlockKind::List, "1. One thing goes on".into()), (BlockKind::List, "2. Another".into())]);
    }
}
