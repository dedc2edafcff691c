//! Web pages and the chapters of books: the readable text of tags, however they are nested.
//!
//! Read by the tokenizer of a browser engine without building a tree, so that a page of any size streams through.
//! Nothing that the page refers to is ever fetched.

mod blocks;
mod element;
mod extract;
mod file;
mod open;
mod rules;
mod table;

use std::cell::RefCell;
use std::collections::VecDeque;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

pub(crate) use file::HtmlFile;

use super::draft::Draft;
use element::Element;
use extract::Extract;

/// Which dialect is read, and how much of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A web page without what surrounds its text.
    Page,
    /// Only what the page calls its main part.
    Main,
    /// A chapter of a book: XML, and all of it is text.
    Chapter,
    /// A piece of markup inside other text.
    Piece,
}

/// Tags on their way to blocks.
pub(crate) struct Markup {
    tokenizer: Tokenizer<Sink>,
    input: BufferQueue,
}

impl Markup {
    pub(crate) fn new(scope: Scope) -> Self {
        let sink = Sink { extract: RefCell::new(Extract::new(scope)), xml: scope == Scope::Chapter };
        Self { tokenizer: Tokenizer::new(sink, TokenizerOpts::default()), input: BufferQueue::default() }
    }

    /// Reads on.
    pub(crate) fn feed(&mut self, text: &str) {
        self.input.push_back(StrTendril::from(text));
        // It would stop early only for a script to be run, and none is.
        let _ = self.tokenizer.feed(&self.input);
    }

    /// The end of the markup.
    pub(crate) fn end(&mut self) {
        self.tokenizer.end();
        self.tokenizer.sink.extract.borrow_mut().finish();
    }

    /// Blocks that are complete.
    pub(crate) fn take(&mut self) -> VecDeque<Draft> {
        self.tokenizer.sink.extract.borrow_mut().take()
    }

    /// What the head calls the page.
    pub(crate) fn title(&self) -> Option<String> {
        self.tokenizer.sink.extract.borrow().title()
    }

    /// Bytes of text so far: in what the page calls its main part, and in all.
    pub(crate) fn weights(&self) -> (u64, u64) {
        self.tokenizer.sink.extract.borrow().weights()
    }
}

/// All blocks of a piece of markup that is held in memory.
pub(crate) fn blocks_of(markup: &str, scope: Scope) -> VecDeque<Draft> {
    let mut reading = Markup::new(scope);
    reading.feed(markup);
    reading.end();
    reading.take()
}

struct Sink {
    extract: RefCell<Extract>,
    xml: bool,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut extract = self.extract.borrow_mut();
        match token {
            Token::TagToken(tag) => return self.tag(&tag, &mut extract),
            Token::CharacterTokens(text) => extract.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    /// Only XML knows sections of characters.
    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.xml
    }
}

impl Sink {
    fn tag(&self, tag: &Tag, extract: &mut Extract) -> TokenSinkResult<()> {
        // Books write prefixes before the names of formulas and pictures.
        let name = tag.name.rsplit(':').next().unwrap_or_default();
        if tag.kind == TagKind::EndTag {
            extract.end(name);
            return TokenSinkResult::Continue;
        }
        // XHTML under an ending of HTML closes its scripts so; no honest page opens one like this.
        let raw = matches!(name, "script" | "style" | "title" | "textarea" | "iframe");
        let closed = tag.self_closing && (self.xml || raw || extract.in_foreign());
        extract.start(&Element::new(name, &tag.attrs));
        if closed {
            extract.end(name);
            return TokenSinkResult::Continue;
        }
        match name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "title" | "textarea" if !extract.in_foreign() => TokenSinkResult::RawData(RawKind::Rcdata),
            "style" | "xmp" | "noembed" | "noframes" | "iframe" if !extract.in_foreign() => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

#[cfg(test)]
mod tests;
