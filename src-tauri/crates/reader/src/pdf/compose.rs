//! Blocks to the text of a page, with the place of every word.

use super::draft::Draft;
use super::geometry::Sheet;
use super::hyphens::Vocabulary;
use super::lines::Line;
use super::words::{Token, Words};
use crate::emphasis::{self, Look};
use crate::{Block, BlockKind, CELL, Emphasis, ROW, Word};

/// The text of a page and where it stands.
#[derive(Debug, Default)]
pub(crate) struct Composed {
    pub(crate) text: String,
    pub(crate) words: Vec<Word>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) emphasis: Vec<Emphasis>,
    /// How the words of the block look that is being added.
    looks: Vec<Look>,
}

impl Composed {
    /// Adds blocks behind those that are there.
    pub(super) fn add(
        &mut self,
        words: &Words,
        sheet: &Sheet,
        drafts: &[Draft],
        document: &Vocabulary,
        page: &Vocabulary,
    ) {
        for draft in drafts {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            let start = self.text.len();
            self.looks.clear();
            if draft.rows.is_empty() {
                self.add_lines(words, sheet, &draft.lines, document, page);
            }
            for (number, row) in draft.rows.iter().enumerate() {
                if number > 0 {
                    self.text.push(ROW);
                }
                for (number, cell) in row.iter().enumerate() {
                    if number > 0 {
                        self.text.push(CELL);
                    }
                    self.add_lines(words, sheet, cell, document, page);
                }
            }
            if self.text.len() == start {
                if start > 0 {
                    self.text.pop();
                }
                continue;
            }
            self.blocks.push(Block {
                kind: draft.kind,
                level: draft.level,
                start: offset(start),
                end: offset(self.text.len()),
            });
            self.add_emphasis(draft.kind, start);
        }
    }

    /// Adds what stands out in the block that begins at byte `start`.
    fn add_emphasis(&mut self, kind: BlockKind, start: usize) {
        if self.looks.iter().all(|it| it.is_plain()) {
            return;
        }
        let from = offset(start);
        let block = &self.text[start..];
        let words = &self.words[self.words.len() - self.looks.len()..];
        let runs = words.iter().zip(&self.looks).filter(|(_, look)| !look.is_plain()).map(|(word, look)| Emphasis {
            start: word.start - from,
            end: word.end - from,
            bold: look.bold,
            italic: look.italic,
        });
        for mut run in emphasis::of_block(kind, block, runs) {
            trim(block, &mut run);
            if run.start < run.end {
                self.emphasis.push(Emphasis { start: run.start + from, end: run.end + from, ..run });
            }
        }
    }

    fn add_lines(&mut self, words: &Words, sheet: &Sheet, lines: &[Line], document: &Vocabulary, page: &Vocabulary) {
        let mut glue = "";
        for line in lines {
            for (at, number) in line.tokens().enumerate() {
                let token = &words.tokens[number];
                let mut word = words.word(token);
                if at == 0 && glue == " " && self.text.ends_with(is_unspaced) && word.starts_with(is_unspaced) {
                    glue = "";
                }
                // Letters that are only set wide apart are one word.
                if at > 0 && is_lone(word) && is_lone(self.last_word()) {
                    glue = "";
                }
                if glue == "-" {
                    // The word before this one is divided.
                    let before = self.last_word();
                    if document.keeps_hyphen(page, before.trim_end_matches(['-', '\u{2010}']), word) {
                        if !before.ends_with(['-', '\u{2010}']) {
                            self.text.push('-');
                            if let Some(last) = self.words.last_mut() {
                                last.end += 1;
                            }
                        }
                    } else if before.ends_with(['-', '\u{2010}']) {
                        let cut = if before.ends_with('-') { 1 } else { '\u{2010}'.len_utf8() };
                        self.text.truncate(self.text.len() - cut);
                        if let Some(last) = self.words.last_mut() {
                            last.end -= offset(cut);
                        }
                    }
                } else {
                    self.text.push_str(glue);
                }
                glue = " ";
                if word.is_empty() {
                    word = "\u{fffd}";
                }
                let start = self.text.len();
                self.text.push_str(word);
                self.looks.push(look(token));
                self.words.push(Word {
                    start: offset(start),
                    end: offset(self.text.len()),
                    rect: sheet.fractions(&token.place),
                });
            }
            let divided = line.tokens().next_back().is_some_and(|it| {
                let token = &words.tokens[it];
                let word = words.word(token);
                token.hyphen
                    || (word.ends_with(['-', '\u{2010}']) && word.chars().rev().nth(1).is_some_and(char::is_alphabetic))
            });
            if divided {
                glue = "-";
            }
        }
        // A division mark with nothing after it was a hyphen.
        if glue == "-" && !self.text.ends_with(['-', '\u{2010}']) && !self.text.is_empty() {
            self.text.push('-');
            if let Some(last) = self.words.last_mut() {
                last.end += 1;
            }
        }
    }

    fn last_word(&self) -> &str {
        match self.words.last() {
            Some(word) => &self.text[word.start as usize..word.end as usize],
            None => "",
        }
    }
}

/// One letter of a script that puts no space between words.
fn is_lone(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(is_unspaced) && letters.next().is_none()
}

/// Letters and marks of scripts that put no space between words: Chinese and Japanese.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3001}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff01}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that stand around words and mostly look as the text does.
const AROUND: &[char] = &['.', ',', ';', ':', '(', ')', '[', ']', '“', '”', '"', '‘', '’'];

/// Takes off a run of words what closes a sentence, a quote or a bracket that does not open in it, and what hangs on
/// its last word behind a dash.
fn trim(text: &str, run: &mut Emphasis) {
    let words = |it: &Emphasis| text.get(it.start as usize..it.end as usize).unwrap_or_default();
    let last = words(run).rfind(' ').map_or(0, |it| it + 1);
    let dash = words(run)[last..].find('—').map(|it| last + it);
    if let Some(at) = dash.filter(|&at| words(run)[last..at].contains(char::is_alphanumeric)) {
        run.end = run.start + offset(at);
    }
    let whole = *run;
    emphasis::trim(text, run, |it| AROUND.contains(&it));
    let closed = text.get(run.end as usize..whole.end as usize).is_some_and(|it| it.starts_with(')'));
    if closed && words(run).matches('(').count() > words(run).matches(')').count() {
        run.end += 1;
    }
}

fn look(token: &Token) -> Look {
    Look { bold: token.bold, italic: token.italic }
}

/// Pages are far below four gigabytes of text.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
