//! A web page in a file.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::{Markup, Scope};
use crate::error::Failure;
use crate::formats::decode::{self, Utf8};
use crate::formats::draft::Draft;
use crate::formats::plan::{Blocks, Plan};
use crate::formats::{Document, Emit};
use crate::{Format, Opened};

/// Text that is read at a time, in bytes.
const CHUNK: usize = 32 << 10;

/// A web page, read from its file as often as it is needed.
pub(crate) struct HtmlFile {
    path: PathBuf,
    encoding: &'static Encoding,
    scope: Scope,
    plan: Plan,
    title: Option<String>,
}

impl HtmlFile {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut file = File::open(path).map_err(|error| Failure::of_io(&error))?;
        let encoding = decode::encoding_of(&mut file, true).map_err(|error| Failure::of_io(&error))?;
        let mut scope = Scope::Page;
        let mut page = Page::open(path, encoding, scope)?;
        let mut plan = Plan::of(&mut page)?;
        let (main, all) = page.markup.weights();
        // A page that says which part of it is its text is believed if that is a good part of it.
        if main > 0 && main * 10 >= all * 4 {
            scope = Scope::Main;
            plan = Plan::of(&mut Page::open(path, encoding, scope)?)?;
        }
        let title = page.markup.title().or_else(|| plan.title.clone());
        Ok(Self { path: path.to_path_buf(), encoding, scope, plan, title })
    }
}

impl Document for HtmlFile {
    fn opened(&self) -> Opened {
        Opened::new(Format::Html, self.plan.units(), self.title.clone(), self.plan.outline.clone())
    }

    fn units(&mut self, from: u32, _avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        match Page::open(&self.path, self.encoding, self.scope) {
            Ok(mut page) => self.plan.send(&mut page, from, emit),
            Err(_) => Ok(()),
        }
    }
}

/// The page as it streams by.
struct Page {
    source: Utf8<File>,
    markup: Markup,
    ready: VecDeque<Draft>,
    /// Bytes of a letter that is not whole yet.
    buffer: Vec<u8>,
    over: bool,
}

impl Page {
    fn open(path: &Path, encoding: &'static Encoding, scope: Scope) -> Result<Self, Failure> {
        let file = File::open(path).map_err(|error| Failure::of_io(&error))?;
        let source = Utf8::new(file, encoding);
        Ok(Self { source, markup: Markup::new(scope), ready: VecDeque::new(), buffer: Vec::new(), over: false })
    }

    fn read_on(&mut self) -> Result<(), Failure> {
        let before = self.buffer.len();
        let read = self.source.by_ref().take(CHUNK as u64).read_to_end(&mut self.buffer);
        read.map_err(|error| Failure::of_io(&error))?;
        if self.buffer.len() == before {
            self.over = true;
            self.markup.end();
        } else {
            let whole = match std::str::from_utf8(&self.buffer) {
                Ok(text) => text.len(),
                Err(error) => error.valid_up_to(),
            };
            let rest = self.buffer.split_off(whole);
            let text = std::mem::replace(&mut self.buffer, rest);
            self.markup.feed(&String::from_utf8_lossy(&text));
        }
        self.ready = self.markup.take();
        Ok(())
    }
}

impl Blocks for Page {
    fn next_block(&mut self) -> Result<Option<Draft>, Failure> {
        while self.ready.is_empty() && !self.over {
            self.read_on()?;
        }
        Ok(self.ready.pop_front())
    }
}
