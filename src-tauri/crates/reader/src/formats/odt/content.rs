//! The content part, block by block.

use std::io::Read;

use super::Beside;
use super::styles::Role;
use crate::BlockKind;
use crate::emphasis::Look;
use crate::error::Failure;
use crate::formats::draft::Draft;
use crate::formats::stream::{Queue, Streamed};
use crate::formats::text::{Line, verbatim};
use crate::formats::xml::{Event, Tag, Xml};

/// Depths of lists and headings.
const DEEPEST: usize = 10;
/// Rows and cells that stand for many equal ones: as many as are shown.
const REPEATED: usize = 50;

/// The blocks of a text, as they stream by.
pub(super) struct Content<'a, R: Read> {
    xml: Xml<R>,
    beside: &'a Beside,
    /// A frame or note stands inside the paragraph that it hangs on, so several may be open.
    open: Vec<Paragraph>,
    lists: Vec<List>,
    headings: Vec<u32>,
    tables: Vec<Table>,
    /// A note that is being read: its mark and its text.
    note: Option<(String, Line)>,
    in_citation: bool,
    queue: Queue,
    in_text: bool,
}

#[derive(Default)]
struct Paragraph {
    /// Level of a heading.
    heading: Option<usize>,
    style: String,
    line: Line,
    lines: String,
    /// How letters look in the open spans, innermost last.
    spans: Vec<Look>,
    /// It holds a formula, and whether it holds words.
    formula: bool,
    words: bool,
}

struct List {
    style: String,
    count: Option<u32>,
    /// What stands before the first paragraph of the item.
    marker: Option<String>,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    around: usize,
    repeated: usize,
}

impl<'a, R: Read> Content<'a, R> {
    pub(super) fn new(source: R, beside: &'a Beside) -> Result<Self, Failure> {
        Ok(Self {
            xml: Xml::new(source)?,
            beside,
            open: Vec::new(),
            lists: Vec::new(),
            headings: Vec::new(),
            tables: Vec::new(),
            note: None,
            in_citation: false,
            queue: Queue::default(),
            in_text: false,
        })
    }

    fn start(&mut self, tag: &Tag) -> Result<(), Failure> {
        match tag.name.as_str() {
            "p" | "h" => {
                let level = tag.number("outline-level").map_or(1, |it| it as usize).clamp(1, DEEPEST);
                self.open.push(Paragraph {
                    heading: (tag.name == "h").then_some(level),
                    style: tag.get("style-name").unwrap_or_default(),
                    ..Paragraph::default()
                });
            }
            // What was taken away, what a reviewer says, and lists that the program writes by itself.
            "tracked-changes" | "annotation" | "table-of-content" | "illustration-index" | "table-index"
            | "alphabetical-index" | "forms" | "sequence-decls" | "script" | "ruby-text" => return self.xml.skip(),
            // What a picture is called for those who can't see it.
            "title" | "desc" if tag.prefix() == "svg" => return self.xml.skip(),
            "list" => {
                let style = tag.get("style-name").or_else(|| self.lists.last().map(|it| it.style.clone()));
                self.lists.push(List { style: style.unwrap_or_default(), count: None, marker: None });
            }
            "list-item" => self.item(tag),
            "table" => self.tables.push(Table { around: self.open.len(), ..Table::default() }),
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(table) = self.tables.last_mut()
                    && let Some(row) = table.rows.last_mut()
                {
                    row.push(String::new());
                    table.repeated = tag.number("number-columns-repeated").map_or(1, |it| it as usize).min(REPEATED);
                }
            }
            "span" => {
                if let Some(paragraph) = self.open.last_mut() {
                    let around = paragraph.spans.last().copied().unwrap_or_default();
                    let look = self.beside.styles.look(&tag.get("style-name").unwrap_or_default(), around);
                    paragraph.spans.push(look);
                    paragraph.line.look(look);
                }
            }
            "note" => self.note = Some((String::new(), Line::default())),
            "note-citation" => self.in_citation = true,
            "s" => self.text(&" ".repeat(tag.number("c").unwrap_or(1).min(200) as usize)),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            "object" => {
                let folder = tag.get("href").unwrap_or_default();
                let formula = self.beside.formulas.get(folder.trim_start_matches("./"));
                if let (Some(formula), Some(paragraph)) = (formula, self.open.last_mut()) {
                    paragraph.formula = true;
                    paragraph.line.push(formula);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_citation {
            if let Some((mark, _)) = &mut self.note {
                mark.push_str(text);
            }
        } else if let Some(paragraph) = self.open.last_mut() {
            paragraph.words |= !text.trim().is_empty();
            paragraph.line.push(text);
            paragraph.lines.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(),
            "span" => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.spans.pop();
                    paragraph.line.look(paragraph.spans.last().copied().unwrap_or_default());
                }
            }
            "list" => {
                self.lists.pop();
            }
            "note-citation" => {
                self.in_citation = false;
                if let Some((mark, _)) = &mut self.note {
                    *mark = format!("[{}]", mark.trim().trim_matches(['[', ']']));
                    let mark = mark.clone();
                    if let Some(paragraph) = self.open.last_mut() {
                        paragraph.line.push(&mark);
                    }
                }
            }
            "note" => {
                if let Some((mark, mut text)) = self.note.take() {
                    let text = text.take_styled();
                    if !text.is_empty() {
                        self.queue.push_note(text.behind(&format!("{mark} ")));
                    }
                }
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(table) = self.tables.last_mut()
                    && let Some(row) = table.rows.last_mut()
                {
                    let same = row.last().cloned().unwrap_or_default();
                    row.extend(std::iter::repeat_n(same, table.repeated.saturating_sub(1)));
                }
            }
            "table" => self.end_table(),
            _ => {}
        }
        // A note stands behind the outermost block that its mark stands in.
        if matches!(name, "p" | "h" | "table") && self.open.is_empty() && self.tables.is_empty() {
            self.queue.place_notes();
        }
    }

    fn item(&mut self, tag: &Tag) {
        let depth = self.lists.len().saturating_sub(1);
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let first = self.beside.styles.start(&list.style, depth);
        let next = list.count.map_or(first, |it| it.saturating_add(1));
        list.count = Some(tag.number("start-value").unwrap_or(next));
        let counts: Vec<u32> = self.lists.iter().take(DEEPEST).map(|it| it.count.unwrap_or(1)).collect();
        if let Some(list) = self.lists.last_mut() {
            list.marker = Some(self.beside.styles.marker(&list.style, &counts));
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.pop() else {
            return;
        };
        let text = paragraph.line.take_styled();
        if text.is_empty() {
            return;
        }
        if let Some((_, note)) = &mut self.note {
            note.space();
            note.push_styled(text);
            return;
        }
        let marker = self.lists.last_mut().and_then(|it| it.marker.take());
        if let Some(table) = self.tables.last_mut()
            && table.around == self.open.len()
        {
            if let Some(cell) = table.rows.last_mut().and_then(|it| it.last_mut()) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&marker.unwrap_or_default());
                cell.push_str(&text.text);
            }
            return;
        }
        let role = self.beside.styles.role(&paragraph.style);
        let draft = match (paragraph.heading, role) {
            (Some(level), _) => {
                self.headings.resize(level, 0);
                if let Some(own) = self.headings.last_mut() {
                    *own += 1;
                }
                let number = self.beside.styles.heading(&self.headings);
                Draft::heading(u8::try_from(level).unwrap_or(1), text.behind(&number))
            }
            (None, Some(Role::Title)) => Draft::heading(1, text),
            (None, Some(Role::Caption)) => Draft::new(BlockKind::Caption, text),
            (None, Some(Role::Code)) => return self.queue.push_code(&verbatim(&paragraph.lines)),
            (None, None) if paragraph.formula && !paragraph.words => Draft::new(BlockKind::Formula, text),
            (None, None) => match marker {
                Some(marker) => Draft::new(BlockKind::List, text.behind(&marker)),
                None => Draft::new(BlockKind::Paragraph, text),
            },
        };
        self.queue.push(draft);
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        let words = || table.rows.iter().flatten().filter(|it| !it.is_empty());
        if let Some(outer) = self.tables.last_mut() {
            // A table in a cell: its words belong to the cell.
            if let Some(cell) = outer.rows.last_mut().and_then(|it| it.last_mut()) {
                for word in words() {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(word);
                }
            }
        } else if table.rows.iter().all(|it| it.len() < 2) {
            self.queue.extend(words().map(|it| Draft::new(BlockKind::Paragraph, it.clone())));
        } else {
            self.queue.extend(Draft::table(&table.rows));
        }
    }
}

impl<R: Read> Streamed for Content<'_, R> {
    fn read(&mut self) -> Result<Option<Event>, Failure> {
        self.xml.next()
    }

    fn take(&mut self, event: Event) -> Result<(), Failure> {
        match event {
            Event::Start(tag) if tag.name == "body" && !self.in_text => self.in_text = true,
            Event::Start(_) | Event::Text(_) | Event::End(_) if !self.in_text => {}
            Event::Start(tag) => return self.start(&tag),
            Event::Text(text) => self.text(&text),
            Event::End(name) => self.end(&name),
        }
        Ok(())
    }

    fn queue(&mut self) -> &mut Queue {
        &mut self.queue
    }
}
