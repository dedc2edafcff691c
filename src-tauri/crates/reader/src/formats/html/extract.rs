//! Tags and text as they come: which element is open, and what that makes of the text.

use std::collections::VecDeque;

use super::element::Element;
use super::open::{BULLET, Held, Kind, List, Open};
use super::table::Table;
use super::{Scope, rules};
use crate::formats::draft::Draft;
use crate::formats::formula::Formula;
use crate::formats::text::Line;

/// Elements inside each other; those deeper change nothing but are counted out again.
const DEEPEST: usize = 500;
/// Tables inside each other.
const TABLES: usize = 20;
/// A paragraph without an end is cut.
const LONGEST: usize = 64 << 10;

pub(super) struct Extract {
    pub(super) scope: Scope,
    pub(super) open: Vec<Open>,
    pub(super) beyond: usize,
    /// Open elements inside which nothing is text.
    pub(super) dropped: usize,
    pub(super) line: Line,
    /// Lines of program text.
    pub(super) pre: String,
    /// What stands before the first block of an item.
    pub(super) marker: Option<String>,
    pub(super) breaks: u8,
    pub(super) tables: Vec<Table>,
    pub(super) formula: Option<Formula>,
    /// The formula stands on a line of its own.
    pub(super) display: bool,
    pub(super) queue: VecDeque<Draft>,
    pub(super) title: String,
    pub(super) main: u64,
    pub(super) all: u64,
    /// Bytes of running text, and those of them in links.
    pub(super) read: u64,
    pub(super) linked: u64,
}

impl Extract {
    pub(super) fn new(scope: Scope) -> Self {
        Self {
            scope,
            open: Vec::new(),
            beyond: 0,
            dropped: 0,
            line: Line::default(),
            pre: String::new(),
            marker: None,
            breaks: 0,
            tables: Vec::new(),
            formula: None,
            display: false,
            queue: VecDeque::new(),
            title: String::new(),
            main: 0,
            all: 0,
            read: 0,
            linked: 0,
        }
    }

    /// Inside a formula, where elements close themselves as in XML.
    pub(super) fn in_foreign(&self) -> bool {
        self.formula.is_some() || self.is_in("svg")
    }

    pub(super) fn finish(&mut self) {
        while !self.open.is_empty() {
            self.pop();
        }
        self.flush();
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.dropped > 0 {
            return;
        }
        if let Some(formula) = &mut self.formula {
            formula.text(text);
            return;
        }
        if self.is_title() {
            if self.title.len() < 1000 {
                self.title.push_str(text);
            }
            return;
        }
        if !self.is_wanted() {
            return;
        }
        if self.is_in_pre() {
            self.pre.push_str(text);
            if self.pre.len() > LONGEST {
                self.flush();
            }
            return;
        }
        let before = self.line.len();
        self.line.look(self.open.last().map(|it| it.look).unwrap_or_default());
        self.line.push(text);
        if self.line.len() > before {
            self.breaks = 0;
        }
        let added = (self.line.len() - before) as u64;
        self.read += added;
        if self.open.iter().any(|it| matches!(it.kind, Kind::Link)) {
            self.linked += added;
        }
        if self.line.len() > LONGEST {
            self.flush();
        }
    }

    pub(super) fn start(&mut self, element: &Element<'_>) {
        let name = element.name;
        if self.formula.is_some() && rules::is_block(name) {
            // A formula that nobody closed ends with its paragraph.
            self.close(|it| matches!(it.kind, Kind::Math));
        }
        if !rules::is_of_head(name) && self.is_in("head") {
            self.close(|it| it.name == "head");
        }
        if let Some(formula) = &mut self.formula {
            formula.start(name, |key| element.get(key).map(str::to_owned));
            self.push(name, Kind::Plain);
            return;
        }
        if self.dropped > 0 && rules::is_block(name) {
            // A hidden paragraph ends where the next one begins.
            self.close_implied(name);
        }
        if self.dropped > 0 {
            if !rules::is_void(name) {
                let again = rules::is_dropped(element, self.scope, false);
                self.push(name, if again { Kind::Dropped } else { Kind::Plain });
            }
            return;
        }
        if rules::is_void(name) {
            self.void(element);
            return;
        }
        if rules::is_block(name) {
            self.close_implied(name);
            self.flush();
        }
        let in_article = self.open.iter().any(|it| matches!(it.kind, Kind::Main | Kind::Article));
        if rules::is_dropped(element, self.scope, in_article) {
            self.push(name, Kind::Dropped);
            return;
        }
        let kind = self.kind_of(element);
        if let Some(open) = self.push(name, kind) {
            open.look = rules::look(element, open.look);
            open.note |= rules::is_note(element);
        }
    }

    fn kind_of(&mut self, element: &Element<'_>) -> Kind {
        if let Some(level) = rules::heading_level(element) {
            return Kind::Heading(level);
        }
        match element.name {
            "title" if !self.is_in("body") => Kind::Title,
            "pre" | "listing" | "xmp" => Kind::Pre,
            "figcaption" | "caption" => Kind::Caption,
            "ul" | "ol" | "dir" => Kind::List(List::new(element, self.held())),
            "li" => {
                let list = self.open.iter_mut().rev().find_map(|it| match &mut it.kind {
                    Kind::List(list) => Some(list),
                    _ => None,
                });
                let marker = list.map_or_else(|| BULLET.into(), |it| it.next_marker(element.number("value")));
                self.marker = Some(marker);
                Kind::Item
            }
            "table" => {
                if self.tables.len() < TABLES {
                    self.tables.push(Table::new(matches!(element.get("role"), Some("presentation" | "none"))));
                    Kind::Table
                } else {
                    Kind::Plain
                }
            }
            "tr" => {
                self.table(Table::row);
                Kind::Plain
            }
            "td" | "th" => {
                self.table(Table::cell);
                Kind::Plain
            }
            "form" => Kind::Form(Held { kept: !self.tables.is_empty(), ..self.held() }),
            "math" => {
                self.display = element.get("display") == Some("block") || element.get("mode") == Some("display");
                if self.display {
                    self.flush();
                }
                self.formula = Some(Formula::new());
                Kind::Math
            }
            "sup" => {
                if self.open.last().is_some_and(|it| matches!(it.kind, Kind::Link)) {
                    return self.note_mark();
                }
                Kind::Sup
            }
            "a" if rules::is_note_link(element) || self.open.last().is_some_and(|it| matches!(it.kind, Kind::Sup)) => {
                self.note_mark()
            }
            "a" if element.has("href") => Kind::Link,
            _ if rules::is_main(element) => {
                if element.name == "article" {
                    Kind::Article
                } else {
                    Kind::Main
                }
            }
            _ => Kind::Plain,
        }
    }

    fn void(&mut self, element: &Element<'_>) {
        match element.name {
            "br" if self.is_in_pre() => self.pre.push('\n'),
            "br" => {
                self.breaks += 1;
                self.line.space();
                if self.breaks > 1 {
                    self.flush();
                }
            }
            "hr" => self.flush(),
            "img" if rules::is_formula_picture(element) && self.is_wanted() => {
                let words = element.get("alt").unwrap_or_default().to_owned();
                self.text(&words);
            }
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        if self.beyond > 0 && !self.open.iter().any(|it| it.name == name) {
            self.beyond -= 1;
            return;
        }
        // An end without a beginning is none, and a cell's content can't end its table.
        let wall = |it: &Open| match name {
            "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "body" | "html" => false,
            _ => matches!(it.kind, Kind::Table),
        };
        let Some(at) = self.open.iter().rposition(|it| it.name == name || wall(it)) else {
            return;
        };
        if self.open[at].name != name {
            return;
        }
        while self.open.len() > at {
            self.pop();
        }
    }

    /// Closes the innermost of these elements and all inside it.
    fn close(&mut self, which: impl Fn(&Open) -> bool) {
        if let Some(at) = self.open.iter().rposition(which) {
            while self.open.len() > at {
                self.pop();
            }
        }
    }

    /// Opens an element that looks as the one around it, unless it lies too deep.
    fn push(&mut self, name: &str, kind: Kind) -> Option<&mut Open> {
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            // Its end will not be noticed, so it may change nothing.
            if matches!(kind, Kind::Math) {
                self.formula = None;
            }
            if matches!(kind, Kind::Table) {
                self.tables.pop();
            }
            return None;
        }
        if matches!(kind, Kind::Dropped) {
            self.dropped += 1;
        }
        let (look, note) = self.open.last().map(|it| (it.look, it.note)).unwrap_or_default();
        self.open.push(Open { name: name.to_owned(), kind, look, note });
        self.open.last_mut()
    }

    fn pop(&mut self) {
        let Some(last) = self.open.last() else {
            return;
        };
        if let Some(formula) = &mut self.formula
            && !matches!(last.kind, Kind::Math)
        {
            formula.end();
            self.open.pop();
            return;
        }
        if self.dropped == 0 && (rules::is_block(&last.name) || matches!(last.kind, Kind::Heading(_) | Kind::Pre)) {
            self.flush();
        }
        let Some(Open { name, kind, .. }) = self.open.pop() else {
            return;
        };
        match kind {
            Kind::Dropped => self.dropped = self.dropped.saturating_sub(1),
            Kind::Math => self.end_formula(),
            Kind::NoteMark(from) => self.end_note_mark(from),
            Kind::Item => self.marker = None,
            Kind::Table => {
                if let Some(table) = self.tables.pop() {
                    for draft in table.finish() {
                        self.emit(draft);
                    }
                }
            }
            Kind::List(list) => self.judge(list.held, list.items >= 3),
            Kind::Form(held) => {
                // Some sites put the whole page into a form; what people fill in is short.
                let text = self.since(held.from);
                if !held.kept && text < 400 {
                    self.queue.truncate(held.from);
                }
            }
            _ => match name.as_str() {
                "td" | "th" => self.table(Table::end_cell),
                "tr" => {
                    self.table(Table::end_row);
                    let full = self.tables.last_mut().map(Table::overflow).unwrap_or_default();
                    if let Some(table) = self.tables.pop() {
                        full.into_iter().for_each(|it| self.emit(it));
                        self.tables.push(table);
                    }
                }
                _ => {}
            },
        }
    }

    /// The ends that nobody writes.
    fn close_implied(&mut self, name: &str) {
        let (ends, walls): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "dir", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption"], &["table"]),
            _ => (&["p"], &[]),
        };
        let found = self.open.iter().enumerate().rev().find_map(|(at, it)| {
            if ends.contains(&it.name.as_str()) {
                return Some(Some(at));
            }
            let wall = walls.contains(&it.name.as_str()) || (walls.is_empty() && rules::is_block(&it.name));
            wall.then_some(None)
        });
        if let Some(Some(at)) = found {
            while self.open.len() > at {
                self.pop();
            }
        }
    }

    pub(super) fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|it| it.name == name)
    }

    pub(super) fn is_in_pre(&self) -> bool {
        self.open.iter().any(|it| matches!(it.kind, Kind::Pre))
    }

    fn is_title(&self) -> bool {
        self.open.last().is_some_and(|it| matches!(it.kind, Kind::Title))
    }

    /// Whether text here is wanted: not the head, and nothing beside the main part where only that is read.
    pub(super) fn is_wanted(&self) -> bool {
        let main = || self.open.iter().any(|it| matches!(it.kind, Kind::Main | Kind::Article));
        !self.is_in("head") && (self.scope != Scope::Main || main())
    }
}
