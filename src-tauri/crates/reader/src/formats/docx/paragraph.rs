//! A paragraph as it is put together from its runs.

use super::styles::{Face, ListRef, Styles};
use crate::formats::text::Line;
use crate::formats::xml::Tag;

/// What is known of a paragraph until it ends.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: Option<String>,
    pub(super) outline: Option<u8>,
    pub(super) list: ListRef,
    pub(super) line: Line,
    /// Its text with line breaks, wanted for code alone.
    pub(super) lines: String,
    /// Bytes of it that formulas on lines of their own gave.
    pub(super) display: bool,
    /// Text that is no formula.
    pub(super) words: bool,
    /// The run that is open.
    run: Option<Run>,
}

/// What a run says of how its letters look.
#[derive(Debug, Default)]
struct Run {
    style: Option<String>,
    own: Face,
}

impl Paragraph {
    /// Takes in the start of an element of a run, or of the run itself.
    pub(super) fn start(&mut self, tag: &Tag, styles: &Styles) {
        match (tag.name.as_str(), &mut self.run) {
            ("r", run) => *run = Some(Run::default()),
            ("rStyle", Some(run)) => run.style = tag.get("val"),
            ("b", Some(run)) => run.own.bold = Some(is_on(tag)),
            ("i", Some(run)) => run.own.italic = Some(is_on(tag)),
            ("t", Some(run)) => {
                let style = self.style.as_deref().unwrap_or_default();
                self.line.look(styles.look(style, run.style.as_deref().unwrap_or_default(), run.own));
            }
            _ => {}
        }
    }

    /// The run ends.
    pub(super) fn end_run(&mut self) {
        self.run = None;
    }

    pub(super) fn text(&mut self, text: &str) {
        self.words |= !text.trim().is_empty();
        self.line.push(text);
        self.lines.push_str(text);
    }

    pub(super) fn space(&mut self) {
        self.line.space();
        self.lines.push('\t');
    }

    pub(super) fn line_break(&mut self) {
        self.line.space();
        self.lines.push('\n');
    }

    pub(super) fn formula(&mut self, text: &str, display: bool) {
        self.display |= display;
        self.line.push(text);
        self.lines.push_str(text);
    }
}

/// Whether a property that is on or off is on: it is if nothing is said but its name.
pub(super) fn is_on(tag: &Tag) -> bool {
    !matches!(tag.get("val").as_deref(), Some("0" | "false" | "off"))
}
