//! Tags and text to blocks.

use std::collections::VecDeque;

use super::element::Element;
use super::table::Table;
use super::{Scope, rules};
use crate::BlockKind;
use crate::formats::draft::Draft;
use crate::formats::formula::Formula;
use crate::formats::text::{Line, collapsed, letters, roman, verbatim};

/// Elements inside each other; those deeper change nothing but are counted out again.
const DEEPEST: usize = 500;
/// Tables inside each other.
const TABLES: usize = 20;
/// A list or form that waits for its end to be judged is taken as text when it is longer.
const HELD: usize = 32 << 10;
/// A paragraph without an end is cut.
const LONGEST: usize = 64 << 10;

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Plain,
    /// Nothing inside is text.
    Dropped,
    Heading(u8),
    Pre,
    Caption,
    List(List),
    Item,
    Table,
    Main,
    Article,
    Link,
    /// A mark of a note: where its text begins.
    NoteMark(usize),
    Sup,
    Math,
    Title,
    /// Judged at its end: where its blocks begin.
    Form(Held),
}

#[derive(Debug)]
struct List {
    /// The number of the next item and how it is written; none for bullets.
    number: Option<(i64, char)>,
    step: i64,
    items: u32,
    held: Held,
}

/// What came out of an element so far.
#[derive(Clone, Copy, Debug)]
struct Held {
    from: usize,
    bytes: u64,
    linked: u64,
    /// It stands in the main part or in a table: kept whatever it is.
    kept: bool,
}

pub(super) struct Extract {
    scope: Scope,
    open: Vec<Open>,
    beyond: usize,
    /// Open elements inside which nothing is text.
    dropped: usize,
    line: Line,
    /// Lines of program text.
    pre: String,
    /// What stands before the first block of an item.
    marker: Option<String>,
    breaks: u8,
    tables: Vec<Table>,
    formula: Option<Formula>,
    /// The formula stands on a line of its own.
    display: bool,
    queue: VecDeque<Draft>,
    title: String,
    main: u64,
    all: u64,
    /// Bytes of running text, and those of them in links.
    read: u64,
    linked: u64,
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

    pub(super) fn title(&self) -> Option<String> {
        Some(collapsed(&self.title)).filter(|it| !it.is_empty())
    }

    pub(super) fn weights(&self) -> (u64, u64) {
        (self.main, self.all)
    }

    /// Inside a formula, where elements close themselves as in XML.
    pub(super) fn in_foreign(&self) -> bool {
        self.formula.is_some() || self.is_in("svg")
    }

    /// Blocks whose fate is known.
    pub(super) fn take(&mut self) -> VecDeque<Draft> {
        let waits = self.open.iter().find_map(|it| match &it.kind {
            Kind::List(List { held, .. }) | Kind::Form(held) if !held.kept => Some(held.from),
            _ => None,
        });
        let ready = waits.unwrap_or(self.queue.len()).min(self.queue.len());
        if ready == 0 {
            return VecDeque::new();
        }
        let rest = self.queue.split_off(ready);
        for it in &mut self.open {
            if let Kind::List(List { held, .. }) | Kind::Form(held) = &mut it.kind {
                held.from = held.from.saturating_sub(ready);
            }
        }
        std::mem::replace(&mut self.queue, rest)
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
        self.push(name, kind);
    }

    fn kind_of(&mut self, element: &Element<'_>) -> Kind {
        if let Some(level) = rules::heading_level(element) {
            return Kind::Heading(level);
        }
        match element.name {
            "title" if !self.is_in("body") => Kind::Title,
            "pre" | "listing" | "xmp" => Kind::Pre,
            "figcaption" | "caption" => Kind::Caption,
            "ul" | "ol" | "dir" => Kind::List(self.list(element)),
            "li" => {
                self.marker = Some(self.next_marker(element));
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

    fn push(&mut self, name: &str, kind: Kind) {
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            // Its end will not be noticed, so it may change nothing.
            if matches!(kind, Kind::Math) {
                self.formula = None;
            }
            if matches!(kind, Kind::Table) {
                self.tables.pop();
            }
            return;
        }
        if matches!(kind, Kind::Dropped) {
            self.dropped += 1;
        }
        self.open.push(Open { name: name.to_owned(), kind });
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
        let Some(Open { name, kind }) = self.open.pop() else {
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

    fn end_formula(&mut self) {
        let Some(formula) = self.formula.take() else {
            return;
        };
        let text = formula.finish();
        if text.is_empty() || self.dropped > 0 || !self.is_wanted() {
            return;
        }
        self.breaks = 0;
        if self.display {
            self.emit(Draft::new(BlockKind::Formula, text));
        } else {
            self.line.push(&text);
        }
    }

    /// Begins a number in brackets, so that it is not read as part of the word before it.
    fn note_mark(&mut self) -> Kind {
        if !self.is_wanted() || self.is_in_pre() {
            return Kind::Plain;
        }
        self.line.push("[");
        Kind::NoteMark(self.line.len())
    }

    fn end_note_mark(&mut self, from: usize) {
        let Some(inside) = self.line.as_str().get(from..) else {
            return;
        };
        let inside = inside.trim();
        if inside.is_empty() || inside.starts_with(['[', '(']) {
            // Nothing to mark, or marked already.
            self.line.as_mut().remove(from - 1);
        } else {
            self.line.push("]");
        }
    }

    fn list(&mut self, element: &Element<'_>) -> List {
        let numbered = element.name == "ol";
        let style =
            element.get("type").and_then(|it| it.chars().next()).filter(|it| "aAiI".contains(*it)).unwrap_or('1');
        let reversed = element.has("reversed");
        let plain = element.get("style").is_some_and(|it| it.replace(' ', "").contains("list-style:none"));
        List {
            number: numbered.then(|| (element.number("start").unwrap_or(1), if plain { ' ' } else { style })),
            step: if reversed { -1 } else { 1 },
            items: 0,
            held: self.held(),
        }
    }

    fn next_marker(&mut self, element: &Element<'_>) -> String {
        let value = element.number("value");
        let list = self.open.iter_mut().rev().find_map(|it| match &mut it.kind {
            Kind::List(list) => Some(list),
            _ => None,
        });
        let Some(list) = list else {
            return "• ".into();
        };
        list.items += 1;
        let step = list.step;
        let Some((number, style)) = &mut list.number else {
            return "• ".into();
        };
        if let Some(value) = value {
            *number = value;
        }
        let own = *number;
        *number = number.saturating_add(step);
        let small = u32::try_from(own).unwrap_or(0);
        match style {
            'a' => format!("{}. ", letters(small)),
            'A' => format!("{}. ", letters(small).to_uppercase()),
            'i' => format!("{}. ", roman(small)),
            'I' => format!("{}. ", roman(small).to_uppercase()),
            ' ' => String::new(),
            _ => format!("{own}. "),
        }
    }

    fn held(&self) -> Held {
        let inside = self.open.iter().any(|it| matches!(it.kind, Kind::Main | Kind::Article));
        let kept = !matches!(self.scope, Scope::Page) || inside || !self.tables.is_empty();
        Held { from: self.queue.len(), bytes: self.read, linked: self.linked, kept }
    }

    /// A list of nothing but links outside the main part leads elsewhere.
    fn judge(&mut self, held: Held, several: bool) {
        let (bytes, linked) = (self.read - held.bytes, self.linked - held.linked);
        if !held.kept && several && linked * 10 >= bytes * 8 && bytes < HELD as u64 {
            self.queue.truncate(held.from);
        }
    }

    fn since(&self, from: usize) -> usize {
        self.queue.iter().skip(from).map(|it| it.text.len()).sum()
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

    /// The block that ends here.
    fn flush(&mut self) {
        self.breaks = 0;
        if !self.pre.is_empty() {
            let text = verbatim(&std::mem::take(&mut self.pre));
            if !text.is_empty() {
                self.emit(Draft::new(BlockKind::Code, text));
            }
        }
        let text = self.line.take();
        if text.is_empty() {
            return;
        }
        let draft = self.draft(text);
        self.emit(draft);
    }

    fn draft(&mut self, text: String) -> Draft {
        for it in self.open.iter().rev() {
            match it.kind {
                Kind::Heading(level) => return Draft::heading(level, text),
                Kind::Caption => return Draft::new(BlockKind::Caption, text),
                Kind::Item => {
                    let marker = self.marker.take();
                    return match marker {
                        Some(marker) => Draft::new(BlockKind::List, marker + &text),
                        None => Draft::new(BlockKind::Paragraph, text),
                    };
                }
                Kind::Table => break,
                _ => {}
            }
        }
        Draft::new(BlockKind::Paragraph, text)
    }

    fn emit(&mut self, draft: Draft) {
        let size = draft.text.len() as u64;
        let mut left = Some(draft);
        for table in self.tables.iter_mut().rev() {
            left = left.and_then(|it| table.push(it));
        }
        self.all += size;
        if self.open.iter().any(|it| matches!(it.kind, Kind::Main | Kind::Article)) {
            self.main += size;
        }
        self.queue.extend(left);
        self.release();
    }

    /// What is longer than any navigation is kept, and need not wait.
    fn release(&mut self) {
        let read = self.read;
        for it in &mut self.open {
            if let Kind::List(List { held, .. }) | Kind::Form(held) = &mut it.kind {
                held.kept |= read - held.bytes > HELD as u64;
            }
        }
    }

    fn table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            act(table);
        }
    }

    fn is_in(&self, name: &str) -> bool {
        self.open.iter().any(|it| it.name == name)
    }

    fn is_in_pre(&self) -> bool {
        self.open.iter().any(|it| matches!(it.kind, Kind::Pre))
    }

    fn is_title(&self) -> bool {
        self.open.last().is_some_and(|it| matches!(it.kind, Kind::Title))
    }

    /// Whether text here is wanted: not the head, and nothing beside the main part where only that is read.
    fn is_wanted(&self) -> bool {
        let main = || self.open.iter().any(|it| matches!(it.kind, Kind::Main | Kind::Article));
        !self.is_in("head") && (self.scope != Scope::Main || main())
    }
}
