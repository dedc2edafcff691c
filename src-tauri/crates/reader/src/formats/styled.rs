//! A text and how its letters look.

use crate::Emphasis;
use crate::emphasis::Look;

/// A text with the runs of it that are not plain, in order, as its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Styled {
    pub(crate) text: String,
    pub(crate) runs: Vec<Emphasis>,
}

impl Styled {
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The same behind plain words.
    pub(crate) fn behind(self, words: &str) -> Self {
        let mut all = Self::from(words);
        all.push(self);
        all
    }

    /// Adds a text at the end.
    pub(crate) fn push(&mut self, more: Self) {
        let from = offset(self.text.len());
        self.text.push_str(&more.text);
        self.runs.extend(more.runs.into_iter().map(|it| Emphasis { start: it.start + from, end: it.end + from, ..it }));
    }

    /// Adds letters of one look at the end.
    pub(crate) fn push_letter(&mut self, letter: char, look: Look) {
        let start = offset(self.text.len());
        self.text.push(letter);
        if look.is_plain() {
            return;
        }
        let Look { bold, italic } = look;
        let end = offset(self.text.len());
        match self.runs.last_mut() {
            Some(run) if run.end == start && (run.bold, run.italic) == (bold, italic) => run.end = end,
            _ => self.runs.push(Emphasis { start, end, bold, italic }),
        }
    }

    /// The bytes `start..end` of it, which must not cut a letter.
    pub(crate) fn part(&self, start: usize, end: usize) -> Self {
        let (from, to) = (offset(start), offset(end));
        let runs = self.runs.iter().filter(|it| it.start < to && it.end > from).map(|it| Emphasis {
            start: it.start.max(from) - from,
            end: it.end.min(to) - from,
            ..*it
        });
        Self { text: self.text.get(start..end).unwrap_or_default().to_owned(), runs: runs.collect() }
    }

    /// Without no-break spaces at its ends.
    pub(crate) fn trimmed(self) -> Self {
        let bare = self.text.trim();
        if bare.len() == self.text.len() {
            return self;
        }
        let start = self.text.len() - self.text.trim_start().len();
        self.part(start, start + bare.len())
    }
}

impl From<String> for Styled {
    fn from(text: String) -> Self {
        Self { text, runs: Vec::new() }
    }
}

impl From<&str> for Styled {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// Blocks are far below four gigabytes of text.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_keep_their_words_when_the_text_is_moved_and_cut() {
        let mut text = Styled::from("é a");
        " bold word".chars().for_each(|it| text.push_letter(it, Look { bold: true, italic: false }));
        let moved = text.behind("• ").behind("\u{a0}").trimmed();
        let run = moved.runs[0];
        assert_eq!(&moved.text[run.start as usize..run.end as usize], " bold word");
        let at = moved.text.find("word").unwrap_or_default();
        let part = moved.part(at, moved.text.len());
        assert_eq!((part.text.as_str(), part.runs[0].start, part.runs[0].end), ("word", 0, 4));
        assert_eq!(moved.part(0, 4).runs, []);
    }
}
