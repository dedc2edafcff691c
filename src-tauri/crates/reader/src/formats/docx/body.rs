//! The text part, block by block.

use std::io::Read;

use super::Beside;
use super::notes::Kind;
use super::numbering::Counters;
use super::paragraph::Paragraph;
use super::styles::Role;
use crate::BlockKind;
use crate::error::Failure;
use crate::formats::draft::Draft;
use crate::formats::formula::Formula;
use crate::formats::stream::{Queue, Streamed};
use crate::formats::text::verbatim;
use crate::formats::xml::{Event, Tag, Xml};

/// A table with so much text is handed on before it ends, in parts.
const HELD: usize = 256 << 10;

/// The blocks of a text, as they stream by.
pub(super) struct Body<'a, R: Read> {
    xml: Xml<R>,
    beside: &'a Beside,
    counters: Counters,
    /// A text box stands inside the paragraph that it hangs on, so several may be open.
    open: Vec<Paragraph>,
    tables: Vec<Table>,
    formula: Option<Formula>,
    in_text: bool,
    /// Notes so far.
    noted: u32,
    queue: Queue,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    held: usize,
    /// Paragraphs that were open when it began stand around it.
    around: usize,
}

impl<'a, R: Read> Body<'a, R> {
    pub(super) fn new(source: R, beside: &'a Beside) -> Result<Self, Failure> {
        Ok(Self {
            xml: Xml::new(source)?,
            beside,
            counters: Counters::default(),
            open: Vec::new(),
            tables: Vec::new(),
            formula: None,
            in_text: false,
            noted: 0,
            queue: Queue::default(),
        })
    }

    fn start(&mut self, tag: &Tag) -> Result<(), Failure> {
        match tag.name.as_str() {
            "p" => self.open.push(Paragraph::default()),
            "tbl" => self.tables.push(Table { around: self.open.len(), ..Table::default() }),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "tc" => {
                if let Some(row) = self.tables.last_mut().and_then(|it| it.rows.last_mut()) {
                    row.push(String::new());
                }
            }
            // What a reviewer has taken away, the same thing once more for old programs, and where tabs stop.
            "tabs" | "del" | "moveFrom" | "Fallback" | "rPrChange" | "pPrChange" | "numPrChange" => {
                return self.xml.skip();
            }
            "footnoteReference" => self.note(Kind::Foot, tag),
            "endnoteReference" => self.note(Kind::End, tag),
            "oMath" => self.formula = Some(Formula::new()),
            name => {
                let Some(paragraph) = self.open.last_mut() else {
                    return Ok(());
                };
                paragraph.start(tag, &self.beside.styles);
                match name {
                    "t" => self.in_text = true,
                    "tab" | "ptab" => paragraph.space(),
                    "br" | "cr" => paragraph.line_break(),
                    "noBreakHyphen" => paragraph.text("-"),
                    "sym" => {
                        let letter = tag.get("char").and_then(|it| u32::from_str_radix(&it, 16).ok());
                        // Symbol fonts hide plain letters behind private ones.
                        let letter = letter.map(|it| if it & 0xff00 == 0xf000 { it & 0xff } else { it });
                        if let Some(letter) = letter.and_then(char::from_u32) {
                            paragraph.text(letter.encode_utf8(&mut [0; 4]));
                        }
                    }
                    "pStyle" => paragraph.style = tag.get("val"),
                    "outlineLvl" => paragraph.outline = tag.number("val").and_then(|it| u8::try_from(it).ok()),
                    "numId" => paragraph.list.list = tag.number("val"),
                    "ilvl" => paragraph.list.level = tag.number("val").and_then(|it| u8::try_from(it).ok()),
                    "oMathPara" => paragraph.display = true,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.end_run();
                }
            }
            "p" => self.end_paragraph(),
            "tr" => self.overflow(),
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    self.end_table(&table.rows);
                }
            }
            _ => {}
        }
        // A note stands behind the outermost block that its mark stands in.
        if matches!(name, "p" | "tbl") && self.open.is_empty() && self.tables.is_empty() {
            self.queue.place_notes();
        }
    }

    fn end_formula(&mut self) {
        if let (Some(formula), Some(paragraph)) = (self.formula.take(), self.open.last_mut()) {
            let display = paragraph.display;
            paragraph.formula(&formula.finish(), display);
        }
    }

    fn note(&mut self, kind: Kind, tag: &Tag) {
        let text = tag.get("id").and_then(|id| self.beside.notes.get(kind, &id));
        let (Some(text), Some(paragraph)) = (text, self.open.last_mut()) else {
            return;
        };
        self.noted += 1;
        let mark = format!("[{}]", self.noted);
        paragraph.text(&mark);
        self.queue.push_note(text.clone().behind(&format!("{mark} ")));
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.pop() else {
            return;
        };
        let text = paragraph.line.take_styled();
        let style = paragraph.style.as_deref().unwrap_or_default();
        let role = match paragraph.outline {
            Some(level @ 0..=8) => Some(Role::Heading(level + 1)),
            _ => self.beside.styles.role(style),
        };
        let of_style = self.beside.styles.list(style);
        let list = paragraph.list.list.or(of_style.list).filter(|it| *it != 0);
        let level = paragraph.list.level.or(of_style.level).unwrap_or(0);
        if text.is_empty() {
            return;
        }
        let number = list.and_then(|it| self.beside.numbering.next(&mut self.counters, it, level));
        if self.tables.last().is_some_and(|it| it.around == self.open.len()) {
            return self.cell_text(&text.behind(&number.unwrap_or_default()).text);
        }
        let number = number.unwrap_or_default();
        let draft = match role {
            Some(Role::Contents) => return,
            Some(Role::Heading(level)) => Draft::heading(level, text.behind(&number)),
            Some(Role::Caption) => Draft::new(BlockKind::Caption, text),
            Some(Role::Code) => return self.queue.push_code(&verbatim(&paragraph.lines)),
            None if paragraph.display && !paragraph.words => Draft::new(BlockKind::Formula, text),
            None if list.is_some() => Draft::new(BlockKind::List, text.behind(&number)),
            None => Draft::new(BlockKind::Paragraph, text),
        };
        self.queue.push(draft);
    }

    fn cell_text(&mut self, text: &str) {
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        if let Some(cell) = table.rows.last_mut().and_then(|it| it.last_mut()) {
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(text);
            table.held += text.len();
        }
    }

    fn overflow(&mut self) {
        let full = self.tables.len() == 1 && self.tables.iter().any(|it| it.held > HELD);
        if full && let Some(table) = self.tables.last_mut() {
            table.held = 0;
            let rows = std::mem::take(&mut table.rows);
            self.queue.extend(Draft::table(&rows));
        }
    }

    fn end_table(&mut self, rows: &[Vec<String>]) {
        let inside = self.tables.last().is_some_and(|it| it.around == self.open.len());
        if inside {
            // A table in a cell: its words belong to the cell.
            let words: Vec<&str> = rows.iter().flatten().map(String::as_str).filter(|it| !it.is_empty()).collect();
            let words = words.join(" ");
            if !words.is_empty() {
                self.cell_text(&words);
            }
        } else if rows.iter().all(|it| it.len() < 2) {
            // One column is a frame around text.
            let cells = rows.iter().flatten().filter(|it| !it.is_empty());
            self.queue.extend(cells.map(|it| Draft::new(BlockKind::Paragraph, it.clone())));
        } else {
            self.queue.extend(Draft::table(rows));
        }
    }
}

impl<R: Read> Streamed for Body<'_, R> {
    fn read(&mut self) -> Result<Option<Event>, Failure> {
        self.xml.next()
    }

    fn take(&mut self, event: Event) -> Result<(), Failure> {
        if let Some(formula) = &mut self.formula {
            if formula.takes_last(event) {
                self.end_formula();
            }
            return Ok(());
        }
        match event {
            Event::Start(tag) => return self.start(&tag),
            Event::Text(text) => {
                if self.in_text
                    && let Some(paragraph) = self.open.last_mut()
                {
                    paragraph.text(&text);
                }
            }
            Event::End(name) => self.end(&name),
        }
        Ok(())
    }

    fn queue(&mut self) -> &mut Queue {
        &mut self.queue
    }
}
