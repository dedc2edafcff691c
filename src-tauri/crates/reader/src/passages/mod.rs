//! Pages to passages: whole sentences of one section, as long as the model can take in at once.

mod cut;
mod unit;

use serde::{Deserialize, Serialize};

use crate::{BlockJoiner, BlockKind, JoinedBlock, Page, Passage, Sentence, Span};
use unit::Unit;

/// Tokens that the model puts around every text.
const MARKS: u32 = 2;
/// A caption or table of more tokens than this is a passage of its own.
const OWN: u32 = 60;
/// No passage stands on more pages than this.
const PAGES: u32 = 3;

/// Counts the model's tokens of a text, without the marks around it.
pub type Count<'a> = &'a mut dyn FnMut(&str) -> u32;

/// What is embedded for a passage: its heading path (the document's title where it has none) and its text.
pub fn embedded_text(title: &str, headings: &[String], text: &str) -> String {
    let path = path(title, headings);
    if path.is_empty() { text.to_owned() } else { format!("{path}\n{text}") }
}

/// The headings, innermost kept when they are too long for all to fit. A token has at least one byte, so the path
/// leaves room for the text whatever it says.
fn path(title: &str, headings: &[String]) -> String {
    const LONGEST: usize = 140;
    let mut parts: Vec<&str> = Vec::new();
    let mut left = LONGEST;
    let own = [title.to_owned()];
    let all = if headings.is_empty() { &own } else { headings };
    for heading in all.iter().rev() {
        let heading = heading.trim();
        if heading.len() + 3 > left && !parts.is_empty() {
            break;
        }
        let mut cut = heading.len().min(left);
        while !heading.is_char_boundary(cut) {
            cut -= 1;
        }
        parts.insert(0, &heading[..cut]);
        left = left.saturating_sub(cut + 3);
    }
    parts.join(" > ")
}

/// Cuts pages, pushed in order, into passages.
///
/// Its state at the end of a page can be stored; read back, it goes on as if nothing had happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassageBuilder {
    title: String,
    max_tokens: u32,
    next: u32,
    joiner: BlockJoiner,
    /// Levels and words of the headings above.
    headings: Vec<(u8, String)>,
    /// The last heading, until something stands below it.
    bare_heading: Option<JoinedBlock>,
    /// Sentences of this section that are in no passage yet.
    waiting: Vec<Unit>,
    /// Numbers blocks, so that the end of a paragraph is known.
    block: u32,
}

impl PassageBuilder {
    /// A builder at the start of the document `title`; no passage is longer than `max_tokens`, its heading path and
    /// the model's marks included.
    pub fn new(title: &str, max_tokens: u32) -> Self {
        Self {
            title: title.to_owned(),
            max_tokens,
            next: 0,
            joiner: BlockJoiner::new(),
            headings: Vec::new(),
            bare_heading: None,
            waiting: Vec::new(),
            block: 0,
        }
    }

    /// The passages that this page completes.
    pub fn push(&mut self, page: &Page, count: Count<'_>) -> Vec<Passage> {
        let mut done = Vec::new();
        for block in self.joiner.push(page) {
            self.take(block, count, &mut done);
        }
        done
    }

    /// The passages that are left at the end of the document.
    pub fn finish(&mut self, count: Count<'_>) -> Vec<Passage> {
        let mut done = Vec::new();
        for block in self.joiner.finish() {
            self.take(block, count, &mut done);
        }
        self.end_section(count, &mut done);
        self.end_bare_heading(0, count, &mut done);
        done
    }

    fn take(&mut self, block: JoinedBlock, count: Count<'_>, done: &mut Vec<Passage>) {
        // A note belongs to the paragraph with its mark, which stands before it.
        if block.kind != BlockKind::Footnote {
            self.block += 1;
        }
        if block.kind == BlockKind::Heading {
            self.end_section(count, done);
            let level = block.level.unwrap_or(1);
            self.end_bare_heading(level, count, done);
            self.headings.retain(|(it, _)| *it < level);
            self.headings.push((level, block.text.clone()));
            self.bare_heading = Some(block);
            return;
        }
        self.bare_heading = None;
        let budget = self.budget(count);
        let units = unit::units(&block, self.block, budget, count);
        let tokens: u32 = units.iter().map(|it| it.tokens).sum();
        let aside = matches!(block.kind, BlockKind::Caption | BlockKind::Table);
        if aside && tokens > OWN {
            // Rows of one table come one after the other; they are cut apart only when they have to be.
            let header = header(&block, &units, budget);
            let left = budget - header.iter().map(|it| it.tokens).sum::<u32>();
            for (at, part) in cut::all(units, left).into_iter().enumerate() {
                let header = if at == 0 { &[] } else { &header[..] };
                done.push(self.passage(header, &part, count));
            }
            return;
        }
        self.waiting.extend(units);
        while let Some(part) = cut::first(&mut self.waiting, budget) {
            done.push(self.passage(&[], &part, count));
        }
    }

    /// Tokens left for the text of a passage in this section.
    fn budget(&self, count: Count<'_>) -> u32 {
        let path = path(&self.title, &self.path());
        self.max_tokens.saturating_sub(MARKS + count(&path)).max(1)
    }

    fn path(&self) -> Vec<String> {
        self.headings.iter().map(|(_, it)| it.clone()).collect()
    }

    fn end_section(&mut self, count: Count<'_>, done: &mut Vec<Passage>) {
        let budget = self.budget(count);
        for part in cut::all(std::mem::take(&mut self.waiting), budget) {
            done.push(self.passage(&[], &part, count));
        }
    }

    /// A heading with nothing below it, not even a deeper heading, can only be found as a passage.
    fn end_bare_heading(&mut self, next_level: u8, count: Count<'_>, done: &mut Vec<Passage>) {
        let Some(heading) = self.bare_heading.take() else {
            return;
        };
        if heading.level.unwrap_or(1) < next_level {
            return;
        }
        let own = self.headings.pop();
        let budget = self.budget(count);
        for part in cut::all(unit::units(&heading, self.block, budget, count), budget) {
            done.push(self.passage(&[], &part, count));
        }
        self.headings.extend(own);
    }

    /// The passage of these units, `header` repeated above them.
    fn passage(&mut self, header: &[Unit], units: &[Unit], count: Count<'_>) -> Passage {
        let mut text = String::new();
        let all: Vec<&Unit> = header.iter().chain(units).collect();
        let mut sentences: Vec<Sentence> = Vec::with_capacity(all.len());
        for (at, unit) in all.iter().enumerate() {
            if at > 0 {
                let same = all[at - 1].block == unit.block && !unit.begins_row;
                text.push(if same { ' ' } else { '\n' });
            }
            let start = offset(text.len());
            text.push_str(&unit.text);
            sentences.push(Sentence { start, end: offset(text.len()), spans: unit.spans.clone() });
        }
        let pages = || units.iter().flat_map(|it| &it.spans).map(|it: &Span| it.page);
        let headings = self.path();
        let ordinal = self.next;
        self.next += 1;
        Passage {
            ordinal,
            kind: unit::main_kind(units),
            kinds: unit::kinds(units),
            tokens: count(&embedded_text(&self.title, &headings, &text)) + MARKS,
            headings,
            text,
            sentences,
            page_start: pages().min().unwrap_or(1),
            page_end: pages().max().unwrap_or(1),
        }
    }
}

/// The units of a table's header rows, to be repeated above the rows of each later passage, unless they are long.
fn header(block: &JoinedBlock, units: &[Unit], budget: u32) -> Vec<Unit> {
    let rows = if block.kind == BlockKind::Table { block.level.unwrap_or(0) } else { 0 };
    let header = &units[..usize::from(rows).min(units.len())];
    let tokens: u32 = header.iter().map(|it| it.tokens).sum();
    let whole = header.len() < units.len() && header.iter().all(|it| it.tokens < budget);
    if whole && tokens * 3 < budget { header.to_vec() } else { Vec::new() }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
