//! A model's text, taken apart as it streams: claims that can be checked one by one, in the Markdown they stand in.

use reader::sentences;

use super::markers::{leading, without_markers};

/// A statement that has to be supported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claim {
    /// What stands between it and the text before.
    pub(crate) lead: Lead,
    /// Its words, without markers.
    pub(crate) text: String,
    /// The evidence that it names, from 1.
    pub(crate) named: Vec<usize>,
    /// Whether it is program text, a formula or a row of a table rather than prose.
    pub(crate) verbatim: bool,
}

/// What stands between a claim and the text before it, in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lead {
    /// Line breaks; two begin a new block.
    pub(crate) breaks: usize,
    /// Headings and heads of tables before it, each on its line.
    pub(crate) heads: Vec<String>,
    /// The mark of a list item or a quote, such as "- ".
    pub(crate) prefix: String,
}

impl Lead {
    /// What is left of it for the next claim when its own is left out.
    pub(crate) fn without_claim(mut self) -> Self {
        self.prefix.clear();
        self
    }

    /// Both, where the claim between them was left out.
    pub(crate) fn then(mut self, next: Self) -> Self {
        self.breaks = self.breaks.max(next.breaks);
        self.heads.extend(next.heads);
        self.prefix = next.prefix;
        self
    }

    /// The text that stands before the claim, where `first` tells that nothing was said yet.
    pub(crate) fn markdown(&self, first: bool) -> String {
        let mut text = if first { String::new() } else { "\n".repeat(self.breaks.min(2)) };
        for head in &self.heads {
            text.push_str(head);
            text.push('\n');
        }
        if text.is_empty() && !first {
            text.push(' ');
        }
        text + &self.prefix
    }
}

/// Collects streamed text and gives out the claims that are whole.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    pending: String,
    lead: Lead,
    /// Whether what is pending begins a line.
    inside_line: bool,
    /// Whether rows of a table stand below their head.
    in_table: bool,
    over: bool,
}

/// What some models write before they answer, and nobody is to see.
const THOUGHT: (&str, &str) = ("<think>", "</think>");
/// As long as the mark at the beginning of a line may be.
const LONGEST_MARK: usize = 12;
/// A claim of more bytes than this is cut: a model that never ends a sentence is not waited for.
const LONGEST: usize = 4000;

impl Claims {
    /// Takes the next piece of text; gives the claims that ended in it.
    pub(crate) fn push(&mut self, text: &str) -> Vec<Claim> {
        self.pending.push_str(text);
        let mut whole = Vec::new();
        while let Some(claim) = self.step() {
            whole.extend(claim);
        }
        whole
    }

    /// The claims that ended with the stream.
    pub(crate) fn finish(&mut self) -> Vec<Claim> {
        self.over = true;
        self.push("")
    }

    /// One step: `None` when more text is needed, an empty step when only Markdown was read.
    fn step(&mut self) -> Option<Option<Claim>> {
        if self.pending.is_empty() {
            return None;
        }
        if self.inside_line { self.sentence() } else { self.line_start() }
    }

    fn line_start(&mut self) -> Option<Option<Claim>> {
        let text = self.pending.trim_start_matches([' ', '\t']);
        if let Some(rest) = text.strip_prefix('\n') {
            self.lead.breaks += 1;
            self.in_table &= self.lead.breaks < 2;
            self.pending = rest.to_owned();
            return Some(None);
        }
        let whole_line = text.find('\n');
        if !self.over && whole_line.is_none() && text.len() < LONGEST_MARK {
            return None;
        }
        if text.starts_with(THOUGHT.0) {
            return self.skip_thought();
        }
        if let Some(fence) = ["```", "~~~", "$$", "\\["].into_iter().find(|fence| text.starts_with(*fence)) {
            return self.fenced(if fence == "\\[" { "\\]" } else { fence });
        }
        if text.starts_with('|') || is_heading(text) {
            return self.whole_line();
        }
        let mark = mark(text);
        self.lead.prefix = text[..mark].to_owned();
        self.pending = text[mark..].to_owned();
        self.inside_line = true;
        Some(None)
    }

    fn skip_thought(&mut self) -> Option<Option<Claim>> {
        match self.pending.find(THOUGHT.1) {
            Some(end) => {
                self.pending.drain(..end + THOUGHT.1.len());
                Some(None)
            }
            None if self.over => {
                self.pending.clear();
                None
            }
            None => None,
        }
    }

    /// Program text or a formula, up to the mark that closes it, or to the end.
    fn fenced(&mut self, close: &str) -> Option<Option<Claim>> {
        let text = self.pending.trim_start().to_owned();
        let end = match text.get(close.len()..)?.find(close) {
            Some(at) => at + 2 * close.len(),
            None if self.over => text.len(),
            None => return None,
        };
        let after = match markers_end(&text[end..]) {
            Some(after) => after,
            None if self.over => leading(&text[end..]),
            None => return None,
        };
        self.pending = text[end + after..].to_owned();
        self.inside_line = !self.pending.starts_with('\n') && !self.pending.is_empty();
        let mut block = text[..end].to_owned();
        if !block[close.len().min(block.len())..].contains(close) {
            block.push_str(&format!("\n{close}"));
        }
        let named = without_markers(&text[end..end + after]).1;
        Some(Some(Claim { lead: std::mem::take(&mut self.lead), text: block, named, verbatim: true }))
    }

    /// A heading or a row of a table.
    fn whole_line(&mut self) -> Option<Option<Claim>> {
        let text = self.pending.trim_start();
        let end = match text.find('\n') {
            Some(end) => end,
            None if self.over => text.len(),
            None => return None,
        };
        let line = text[..end].trim_end().to_owned();
        self.pending = text[end..].to_owned();
        let is_row = line.starts_with('|');
        let is_rule = is_row && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        if is_row && self.in_table {
            let (text, named) = without_markers(&line);
            return Some(Some(Claim { lead: std::mem::take(&mut self.lead), text, named, verbatim: true }));
        }
        self.in_table = is_rule;
        self.lead.heads.push(line);
        // The break behind it is part of it.
        if let Some(rest) = self.pending.strip_prefix('\n') {
            self.pending = rest.to_owned();
        }
        Some(None)
    }

    /// The next sentence of a line.
    fn sentence(&mut self) -> Option<Option<Claim>> {
        let line_end = self.pending.find('\n');
        let line = &self.pending[..line_end.unwrap_or(self.pending.len())];
        let ends = line_end.is_some() || self.over;
        let Some(end) = first_end(line, ends) else {
            if ends {
                self.pending.drain(..line.len());
                self.inside_line = false;
                return Some(None);
            }
            return None;
        };
        let (text, named) = without_markers(&line[..end]);
        self.pending.drain(..end);
        let lead = std::mem::take(&mut self.lead);
        if text.is_empty() {
            self.lead = lead;
            return Some(None);
        }
        Some(Some(Claim { lead, text, named, verbatim: false }))
    }
}

/// Where the first sentence of a line ends, with the markers behind it; `None` while it may go on.
fn first_end(line: &str, line_ends: bool) -> Option<usize> {
    let end = sentences(line).first()?.end;
    if line_ends {
        let markers = leading(&line[end..]);
        return Some(if line[end + markers..].trim().is_empty() { line.len() } else { end + markers });
    }
    match markers_end(&line[end..]) {
        Some(markers) => Some(end + markers),
        None => (line.len() > LONGEST).then_some(line.len()),
    }
}

/// Where the markers end that a text begins with; `None` while there may be more of them.
fn markers_end(text: &str) -> Option<usize> {
    let end = leading(text);
    let rest = text[end..].trim_start_matches([' ', '\t']);
    let may_be_marker = rest
        .strip_prefix(['[', '【'])
        .is_some_and(|inside| inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | ';')));
    (!rest.is_empty() && !may_be_marker).then_some(end)
}

fn is_heading(line: &str) -> bool {
    let marks = line.chars().take_while(|c| *c == '#').count();
    (1..=6).contains(&marks) && line[marks..].starts_with(' ')
}

/// How many bytes the mark of a list item or a quote has, with the white space behind it.
fn mark(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match line.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=3).contains(&digits) => digits + 1,
        Some(b'-' | b'*' | b'+' | b'>') if digits == 0 => 1,
        _ if line.starts_with('•') => '•'.len_utf8(),
        _ => return 0,
    };
    let space = line[mark..].bytes().take_while(|byte| *byte == b' ').count();
    if space == 0 { 0 } else { mark + space }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Markdown of all claims with their markers behind them, however the text is cut into pieces.
    fn told(text: &str) -> Vec<String> {
        let whole = collect(&[text]);
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            assert_eq!(collect(&[&text[..cut], &text[cut..]]), whole, "cut at {cut} of {text:?}");
        }
        let single: Vec<String> = text.chars().map(String::from).collect();
        assert_eq!(collect(&single.iter().map(String::as_str).collect::<Vec<_>>()), whole);
        whole
    }

    fn collect(pieces: &[&str]) -> Vec<String> {
        let mut claims = Claims::default();
        let mut all: Vec<Claim> = pieces.iter().flat_map(|piece| claims.push(piece)).collect();
        all.extend(claims.finish());
        let mut first = true;
        all.into_iter()
            .map(|claim| {
                let lead = claim.lead.markdown(std::mem::take(&mut first));
                format!("{lead}{} {:?}", claim.text, claim.named)
            })
            .collect()
    }

    #[test]
    fn each_sentence_is_a_claim_with_the_evidence_it_names() {
        assert_eq!(
            told("Water boils at 100 °C [1]. Ice, e.g. snow, is cold. [2][3] Steam rises."),
            ["Water boils at 100 °C. [1]", " Ice, e.g. snow, is cold. [2, 3]", " Steam rises. []"]
        );
    }

    #[test]
    fn lists_and_paragraphs_keep_their_form() {
        assert_eq!(
            told("States:\n\n- Solid [1]\n- Liquid. It flows. [2]\n\n1. First [3]\n"),
            ["States: []", "\n\n- Solid [1]", "\n- Liquid. []", " It flows. [2]", "\n\n1. First [3]"]
        );
    }

    #[test]
    fn headings_and_heads_of_tables_wait_for_what_stands_below() {
        assert_eq!(
            told("## Water\nIt boils. [1]\n\n| a | b |\n|---|---|\n| 1 | 2 | [2]\n| 3 | 4 |"),
            ["## Water\nIt boils. [1]", "\n\n| a | b |\n|---|---|\n| 1 | 2 | [2]", "\n| 3 | 4 | []"]
        );
    }

    #[test]
    fn program_text_and_formulas_stay_whole() {
        assert_eq!(
            told("Call it:\n```rust\nfn a() { b(); }\n\nlet x. Y\n```\n$$x. Y = 1$$ [1]\nDone. [2]"),
            ["Call it: []", "\n```rust\nfn a() { b(); }\n\nlet x. Y\n``` []", "\n$$x. Y = 1$$ [1]", "\nDone. [2]"]
        );
        assert_eq!(told("```\nopen"), ["```\nopen\n``` []"]);
    }

    #[test]
    fn thoughts_are_for_nobody() {
        assert_eq!(told("<think>Hm. [1]\n\nYes.</think>\n\nWater boils. [1]"), ["Water boils. [1]"]);
        assert!(told("<think>For ever").is_empty());
    }

    #[test]
    fn what_is_left_out_leaves_its_place_to_the_next() {
        let lead = Lead { breaks: 2, heads: vec!["## A".into()], prefix: "- ".into() };
        let next = Lead { breaks: 1, heads: vec![], prefix: "- ".into() };
        assert_eq!(lead.without_claim().then(next).markdown(false), "\n\n## A\n- ");
    }
}
