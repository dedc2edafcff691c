//! Markdown, as CommonMark and its usual extensions define it.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::draft::Draft;
use super::html::{Scope, blocks_of};
use super::lines::{Lines, SourceLine};
use super::notes;
use super::piece::Piece;
use super::plan::{Blocks, Plan};
use super::text::{Line, verbatim};
use super::{Document, Emit};
use crate::emphasis::Look;
use crate::error::Failure;
use crate::{BlockKind, Format, Opened};

/// A text longer than this is parsed in pieces, cut before a heading, in bytes.
const PIECE: usize = 1 << 20;
/// Without a heading it is cut at an empty line, and without one of these anywhere.
const LONGEST: usize = 4 << 20;

/// A Markdown file, read as often as it is needed.
pub(crate) struct Markdown {
    path: PathBuf,
    plan: Plan,
    title: Option<String>,
}

impl Markdown {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut text = Text::open(path)?;
        let plan = Plan::of(&mut text)?;
        let title = text.title.or_else(|| plan.title.clone());
        Ok(Self { path: path.to_path_buf(), plan, title })
    }
}

impl Document for Markdown {
    fn opened(&self) -> Opened {
        Opened::new(Format::Markdown, self.plan.units(), self.title.clone(), self.plan.outline.clone())
    }

    fn units(&mut self, from: u32, _avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        match Text::open(&self.path) {
            Ok(mut text) => self.plan.send(&mut text, from, emit),
            Err(_) => Ok(()),
        }
    }
}

/// The text as it streams by, piece by piece.
struct Text {
    lines: Lines,
    /// A line that begins the next piece.
    next: Option<SourceLine>,
    first: bool,
    title: Option<String>,
    ready: VecDeque<Draft>,
}

impl Text {
    fn open(path: &Path) -> Result<Self, Failure> {
        Ok(Self { lines: Lines::open(path)?, next: None, first: true, title: None, ready: VecDeque::new() })
    }

    fn piece(&mut self) -> Result<Option<Piece>, Failure> {
        let mut piece = Piece::default();
        piece.extend(self.next.take());
        let mut fence: Option<String> = None;
        while let Some(line) = self.lines.next_line()? {
            let start = line.text.trim_start();
            match &fence {
                Some(mark) if start.starts_with(mark.as_str()) => fence = None,
                None if start.starts_with("```") || start.starts_with("~~~") => fence = Some(start[..3].to_owned()),
                _ => {}
            }
            let length = piece.text.len();
            let border = line.text.starts_with('#') || length > LONGEST / 2 && line.text.is_empty();
            if length > PIECE && border && fence.is_none() || length > LONGEST {
                self.next = Some(line);
                break;
            }
            piece.extend(Some(line));
        }
        Ok((!piece.text.is_empty()).then_some(piece))
    }
}

impl Blocks for Text {
    fn next_block(&mut self) -> Result<Option<Draft>, Failure> {
        while self.ready.is_empty() {
            let Some(piece) = self.piece()? else {
                return Ok(None);
            };
            let mut reader = Reader::default();
            let mut options = Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_MATH;
            if self.first {
                options |= Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
            }
            for (event, range) in Parser::new_ext(&piece.text, options).into_offset_iter() {
                reader.here = piece.line(range.start);
                reader.event(event);
            }
            reader.flush();
            if self.first {
                self.title = title_in(&reader.front_matter);
            }
            self.first = false;
            self.ready.extend(notes::placed(reader.drafts));
        }
        Ok(self.ready.pop_front())
    }
}

/// The title that the lines in front of a text name.
fn title_in(front_matter: &str) -> Option<String> {
    let title = front_matter.lines().find_map(|line| line.strip_prefix("title:"))?.trim();
    let bare = ['"', '\''].iter().find_map(|it| title.strip_prefix(*it)?.strip_suffix(*it)).unwrap_or(title);
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// Events on their way to blocks.
#[derive(Default)]
struct Reader {
    drafts: Vec<Draft>,
    line: Line,
    heading: Option<u8>,
    /// Numbers of the next items of the open lists; none for bullets.
    lists: Vec<Option<u64>>,
    marker: Option<String>,
    code: Option<String>,
    rows: Vec<Vec<String>>,
    in_table: bool,
    /// Open marks of bold and of slanted text.
    strong: usize,
    slanted: usize,
    html: Option<String>,
    /// Words of pictures, and whether some are being read.
    pictures: Line,
    in_picture: usize,
    /// A note is being read: its mark, until it stands in front of it.
    note: Option<String>,
    front_matter: String,
    in_front_matter: bool,
    /// Line of the file of what comes next, and on which the open block began.
    here: u32,
    began: u32,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        if self.holds_nothing() {
            self.began = self.here;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) => self.text(&text),
            Event::DisplayMath(text) => {
                if self.in_table || self.heading.is_some() {
                    return self.text(&text);
                }
                self.flush();
                self.began = self.here;
                let text = super::text::collapsed(&text);
                self.push(Draft::new(BlockKind::Formula, text));
            }
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.line.space(),
            },
            Event::InlineHtml(tag) => self.inline_html(&tag),
            Event::FootnoteReference(label) => self.text(&format!("[{label}]")),
            Event::SoftBreak | Event::HardBreak => self.line.space(),
            Event::Rule => self.flush(),
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level as u8);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
            }
            Tag::List(start) => {
                self.flush();
                self.lists.push(start);
            }
            Tag::Item => {
                self.flush();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number = number.saturating_add(1);
                        marker
                    }
                    _ => "• ".into(),
                };
                self.marker = Some(marker);
            }
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.note = Some(format!("[{label}] "));
            }
            Tag::Table(_) => {
                self.flush();
                self.in_table = true;
            }
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            Tag::Image { .. } => {
                self.pictures.space();
                self.in_picture += 1;
            }
            Tag::Strong => {
                self.strong += 1;
                self.look();
            }
            Tag::Emphasis => {
                self.slanted += 1;
                self.look();
            }
            Tag::MetadataBlock(_) => self.in_front_matter = true,
            Tag::Paragraph | Tag::BlockQuote(_) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::CodeBlock => {
                let text = verbatim(&self.code.take().unwrap_or_default());
                self.push(Draft::new(BlockKind::Code, text));
            }
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                let line = self.began;
                self.drafts.extend(blocks_of(&html, Scope::Piece).into_iter().map(|it| it.on_line(line)));
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.flush();
                self.marker = None;
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.note = None;
            }
            TagEnd::TableCell => {
                let text = self.line.take();
                if let Some(row) = self.rows.last_mut() {
                    row.push(text);
                }
            }
            TagEnd::Table => {
                self.in_table = false;
                let rows = std::mem::take(&mut self.rows);
                self.drafts.extend(Draft::table(&rows).map(|it| it.on_line(self.began)));
            }
            TagEnd::Image => self.in_picture = self.in_picture.saturating_sub(1),
            TagEnd::Strong => {
                self.strong = self.strong.saturating_sub(1);
                self.look();
            }
            TagEnd::Emphasis => {
                self.slanted = self.slanted.saturating_sub(1);
                self.look();
            }
            TagEnd::MetadataBlock(_) => self.in_front_matter = false,
            TagEnd::Paragraph | TagEnd::BlockQuote(_) => self.flush(),
            _ => {}
        }
    }

    fn inline_html(&mut self, tag: &str) {
        match tag {
            "<b>" | "<strong>" => self.strong += 1,
            "</b>" | "</strong>" => self.strong = self.strong.saturating_sub(1),
            "<i>" | "<em>" | "<dfn>" => self.slanted += 1,
            "</i>" | "</em>" | "</dfn>" => self.slanted = self.slanted.saturating_sub(1),
            _ if tag.starts_with("<br") => self.line.space(),
            _ => {}
        }
        self.look();
    }

    fn look(&mut self) {
        self.line.look(Look { bold: self.strong > 0, italic: self.slanted > 0 });
    }

    fn text(&mut self, text: &str) {
        if self.in_front_matter {
            self.front_matter.push_str(text);
        } else if let Some(code) = &mut self.code {
            code.push_str(text);
        } else if self.in_picture > 0 {
            self.pictures.push(text);
        } else {
            self.line.push(text);
        }
    }

    /// The block that ends here.
    fn flush(&mut self) {
        if self.in_table {
            return;
        }
        let text = self.line.take_styled();
        // A tag that nobody closed ends with its block.
        (self.strong, self.slanted) = (0, 0);
        self.look();
        let words = self.pictures.take();
        if text.is_empty() {
            // A picture on its own is shown with its words below it.
            if !words.is_empty() {
                self.drafts.push(Draft::new(BlockKind::Caption, words).on_line(self.began));
            }
            self.began = self.here;
            return;
        }
        if let Some(level) = self.heading {
            self.push(Draft::heading(level, text));
            self.began = self.here;
            return;
        }
        let draft = match (&mut self.note, self.marker.take()) {
            (Some(note), marker) => {
                let text = text.behind(&marker.unwrap_or_default());
                Draft::new(BlockKind::Footnote, text.behind(&std::mem::take(note)))
            }
            (None, Some(marker)) => Draft::new(BlockKind::List, text.behind(&marker)),
            (None, None) => Draft::new(BlockKind::Paragraph, text),
        };
        self.push(draft);
        self.began = self.here;
    }

    fn push(&mut self, draft: Draft) {
        if !draft.text.is_empty() {
            self.drafts.push(draft.on_line(self.began));
        }
    }

    /// Whether no block is open.
    fn holds_nothing(&self) -> bool {
        self.line.len() == 0 && self.pictures.len() == 0 && self.code.is_none() && self.html.is_none() && !self.in_table
    }
}

#[cfg(test)]
mod tests;
