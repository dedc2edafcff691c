//! Plain text: paragraphs between empty lines, and what can be told of headings and lists.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

use super::draft::Draft;
use super::lines::Lines;
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
        let mut held: Vec<String> = Vec::new();
        let mut bytes = 0;
        while self.ready.is_empty() && !self.over {
            let line = self.lines.next_line()?;
            self.over = line.is_none();
            let line = line.unwrap_or_default();
            let empty = line.trim().is_empty();
            bytes += line.len();
            if !empty {
                held.push(line.trim_end().to_owned());
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
fn blocks(lines: &[String]) -> Vec<Draft> {
    match lines {
        [] => Vec::new(),
        [only] => vec![heading(only).unwrap_or_else(|| block(lines))],
        [title, rule] if underlines(rule).is_some() => {
            vec![Draft::heading(underlines(rule).unwrap_or(1), collapsed(title))]
        }
        [title, rule, rest @ ..] if underlines(rule).is_some() && title.len() < 120 => {
            let mut all = vec![Draft::heading(underlines(rule).unwrap_or(1), collapsed(title))];
            all.extend(blocks(rest));
            all
        }
        [first, ..] if is_item(first) => items(lines),
        _ => vec![block(lines)],
    }
    .into_iter()
    .filter(|it| !it.text.is_empty())
    .collect()
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

fn items(lines: &[String]) -> Vec<Draft> {
    let mut all: Vec<Line> = Vec::new();
    for line in lines {
        if is_item(line) || all.is_empty() {
            all.push(Line::default());
        }
        if let Some(item) = all.last_mut() {
            item.space();
            item.push(line);
        }
    }
    all.iter_mut().map(|it| Draft::new(BlockKind::List, it.take())).collect()
}

/// Lines that were broken to fit a width become one; others, as of a poem or an address, stay.
fn block(lines: &[String]) -> Draft {
    let length = |line: &String| line.trim().chars().count();
    let longest = lines.iter().map(length).max().unwrap_or(0);
    let body = &lines[..lines.len().saturating_sub(1)];
    let wrapped = longest >= 45 && body.iter().all(|it| length(it) * 10 >= longest * 6);
    if wrapped {
        let mut line = Line::default();
        for it in lines {
            line.push(it);
            line.space();
        }
        return Draft::new(BlockKind::Paragraph, line.take());
    }
    let kept: Vec<String> = lines.iter().map(|it| collapsed(it)).filter(|it| !it.is_empty()).collect();
    Draft::new(BlockKind::Paragraph, kept.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(BlockKind, String)> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        blocks(&lines).into_iter().map(|it| (it.kind, it.text)).collect()
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
