//! Verification: a statement is shown only when its words stand on the cited page, letter for letter.

use std::collections::HashMap;
use std::ops::Range;

use kernel::{Citation, DocumentId};
use library::locators::{Locators, Place};
use library::passages::StoredPassage;
use library::{Connection, pages};
use reader::{Page, Span};

use crate::prompt::one_line;
use crate::prose;
use crate::words::letters;

/// A statement with its proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Proven {
    /// The words as they are said: the quoted text on one line.
    pub text: String,
    /// Where they stand.
    pub citation: Citation,
}

/// The stored pages, each read once for an answer, or for a question.
pub struct Pages<'a> {
    connection: &'a Connection,
    read: HashMap<(DocumentId, u32), Option<Page>>,
    locators: Locators<'a>,
}

impl<'a> Pages<'a> {
    /// The pages of the library at one moment.
    pub fn new(connection: &'a Connection) -> Self {
        Self { connection, read: HashMap::new(), locators: Locators::new(connection) }
    }

    /// A page; `None` when it is not stored (any more).
    pub fn page(&mut self, document: DocumentId, number: u32) -> Option<&Page> {
        self.pages_and_locators(document, number).0
    }

    fn pages_and_locators(&mut self, document: DocumentId, number: u32) -> (Option<&Page>, &mut Locators<'a>) {
        let connection = self.connection;
        let page = self
            .read
            .entry((document, number))
            .or_insert_with(|| match pages::get(connection, document, number) {
                Ok(page) => Some(page),
                Err(error) => {
                    tracing::debug!(%document, number, %error, "a cited page can't be read");
                    None
                }
            })
            .as_ref();
        (page, &mut self.locators)
    }

    /// Proves neighbouring sentences of a passage: their words must equal the stored text of the pages they
    /// are said to stand on. Where they cross a page, the larger part is cited. `None` when they differ.
    pub fn prove(&mut self, passage: &StoredPassage, sentences: Range<usize>) -> Option<Proven> {
        let sentences = passage.sentences.get(sentences)?;
        let (first, last) = (sentences.first()?, sentences.last()?);
        let said = passage.text.get(first.start as usize..last.end as usize)?;
        let spans: Vec<Span> = joined(sentences.iter().flat_map(|sentence| sentence.spans.iter().copied()));
        let mut found = String::new();
        let mut larger: Option<(usize, Span)> = None;
        for span in &spans {
            let text = self.page(passage.document, span.page)?.text.get(span.start as usize..span.end as usize)?;
            let folded = letters(text);
            if larger.is_none_or(|(length, _)| folded.len() > length) {
                larger = Some((folded.len(), *span));
            }
            found.push_str(&folded);
        }
        if found != letters(said) {
            tracing::warn!(
                document = %passage.document, passage = %passage.passage,
                "a sentence differs from its page and is left out"
            );
            return None;
        }
        let (_, span) = larger?;
        let citation = self.cite(passage.document, &passage.title, span)?;
        prose::tells(&citation.quote).then(|| Proven { text: one_line(said), citation })
    }

    /// The citation of the words of a span in the document `title`; `None` when there are none, or no such page.
    pub fn cite(&mut self, document: DocumentId, title: &str, span: Span) -> Option<Citation> {
        let (page, locators) = self.pages_and_locators(document, span.page);
        let page = page?;
        let (start, quote) = trimmed(page, span).filter(|(_, quote)| !quote.is_empty())?;
        let end = start + u32::try_from(quote.len()).ok()?;
        let place = locators.of(document, page, start);
        let Place { page: number, locator } =
            place.inspect_err(|error| tracing::warn!(%error, "where a quote stands can't be told")).ok()?;
        Some(Citation {
            document,
            title: title.to_owned(),
            page: number,
            label: page.label.clone(),
            locator: Some(locator),
            quote: quote.to_owned(),
            boxes: page.boxes(start, end),
            changed: false,
        })
    }
}

/// Whether `text` says what was proven and nothing else.
pub(crate) fn says(proven: &Proven, text: &str) -> bool {
    letters(text) == letters(&proven.text)
}

/// Spans of neighbouring sentences on one page as one; words between them would make the quote differ.
fn joined(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.page == span.page && last.end <= span.start => last.end = span.end,
            _ => joined.push(span),
        }
    }
    joined
}

fn trimmed(page: &Page, span: Span) -> Option<(u32, &str)> {
    let text = page.text.get(span.start as usize..span.end as usize)?;
    let quote = text.trim();
    let lead = text.len() - text.trim_start().len();
    Some((span.start + u32::try_from(lead).ok()?, quote))
}
