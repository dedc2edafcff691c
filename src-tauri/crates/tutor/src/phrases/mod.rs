//! What the study agent says itself, in each language of the interface: a method for each sentence, which is given its
//! names and numbers, so that no language lacks one and each has its own order of words and its own plurals.
//!
//! Quotes, titles and a place as it was asked for stay as they are.

mod english;
mod faults;
mod indonesian;
#[cfg(test)]
mod tests;

use std::fmt::Debug;

use kernel::InterfaceLanguage;

use crate::executor::ExecutorFault;
use english::English;
use indonesian::Indonesian;

/// The sentences of a language.
pub(crate) fn phrases(language: InterfaceLanguage) -> &'static dyn Phrases {
    match language {
        InterfaceLanguage::En => &English,
        InterfaceLanguage::Id => &Indonesian,
    }
}

/// What is counted and named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    /// A page of paper.
    Page,
    /// A slide.
    Slide,
    /// A sheet of a workbook.
    Sheet,
    /// A main part of a text that is called so.
    Chapter,
    /// A main part that is not.
    MainPart,
    /// A part of a chapter, or of a text without any.
    Section,
    /// A title within a text.
    Heading,
    /// A term that a document defines.
    KeyTerm,
}

/// So many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    /// How many.
    pub(crate) number: u32,
    /// Of what.
    pub(crate) noun: Noun,
}

impl Count {
    /// Of a list.
    pub(crate) fn of(length: usize, noun: Noun) -> Self {
        Self { number: u32::try_from(length).unwrap_or(u32::MAX), noun }
    }
}

/// What is said. A `name` is a document's title in quotation marks, `words` are a place as it was asked for, a `quote`
/// has its quotation marks, and a `place` is made by [`place`](Phrases::place).
pub(crate) trait Phrases: Debug + Send + Sync {
    /// Nothing answers, and places follow that come near.
    fn nothing_answers(&self) -> &'static str;
    /// Nothing answers, and nothing comes near.
    fn nothing_near(&self) -> &'static str;
    /// Why the documents are quoted where the model said something else.
    fn unsupported(&self) -> &'static str;
    /// Why the documents are quoted in place of the model, or behind what it wrote.
    fn fallen(&self, fault: &ExecutorFault, is_silent: bool) -> String;

    /// There is nothing that questions could be made of.
    fn nothing_to_ask(&self) -> &'static str;
    /// There is nothing that could be summed up.
    fn nothing_to_sum_up(&self) -> &'static str;
    /// No part of the documents is about it, and places follow that come near.
    fn no_part(&self) -> &'static str;
    /// What was chosen is gone.
    fn subject_gone(&self) -> &'static str;
    /// A request names nothing.
    fn subject_wanted(&self) -> &'static str;
    /// Over a list of key terms.
    fn key_terms(&self) -> &'static str;
    /// Over questions to check oneself.
    fn check_yourself(&self) -> &'static str;
    /// Asks for the term of a meaning.
    fn which_term(&self, meaning: &str) -> String;
    /// Asks for the meaning of a term.
    fn what_means(&self, term: &str) -> String;

    /// "1 page", "2 pages".
    fn counted(&self, count: Count) -> String;
    /// "page 3".
    fn place(&self, noun: Noun, label: &str) -> String;
    /// "page 3 of “Biology”".
    fn of_document(&self, place: &str, name: &str) -> String;
    /// A page by its printed label, with its number in the file.
    fn page_in_file(&self, place: &str, number: u32) -> String;
    /// "Pages 3–5".
    fn pages(&self, noun: Noun, range: &str) -> String;
    /// Pages by their printed labels, with their numbers in the file.
    fn pages_in_file(&self, noun: Noun, labels: &str, numbers: &str) -> String;
    /// Pages that have the same label.
    fn pages_with_label(&self, noun: Noun, label: &str) -> String;

    /// Over a table of contents.
    fn contents_of(&self, name: &str) -> String;
    /// Documents have no table of contents.
    fn no_contents(&self, names: &str) -> String;
    /// Over the parts of a document.
    fn has_parts(&self, name: &str, parts: Count) -> String;
    /// How many parts a document has, the first, and the last of several.
    fn has_from_to(&self, name: &str, parts: Count, first: &str, last: Option<&str>) -> String;
    /// How long a document is.
    fn has(&self, name: &str, length: Count) -> String;
    /// The same with the first and the last printed label.
    fn has_labelled(&self, name: &str, length: Count, first: &str, last: &str) -> String;
    /// A document is not counted in what was asked for.
    fn has_none(&self, name: &str, noun: Noun, length: Count) -> String;
    /// A document is too short for a place.
    fn has_no(&self, name: &str, length: Count, words: &str) -> String;
    /// A document is too short for several pages.
    fn has_no_range(&self, name: &str, length: Count, words: &str) -> String;
    /// A document has no page with a label.
    fn has_no_label(&self, name: &str, length: Count, label: &str) -> String;
    /// Several pages have the label that was asked for.
    fn has_with_label(&self, name: &str, pages: Count, words: &str) -> String;
    /// What the last page begins with, or the last one that has any text.
    fn last_begins(&self, place: &str, quote: &str, is_last: bool) -> String;

    /// Lists are cut here.
    fn more(&self, number: usize) -> String;
    /// Lists of pages are cut here.
    fn more_of(&self, count: Count) -> String;
    /// Other documents were not listed.
    fn more_documents(&self, number: usize) -> String;
    /// Other documents have the same place.
    fn more_have_it(&self, number: usize) -> String;
    /// Several documents have a place; `title` is one of theirs.
    fn several_have_it(&self, words: &str, names: &str, title: &str) -> String;

    /// A heading on a page.
    fn heading(&self, quote: &str) -> String;
    /// A table on a page, by its first row.
    fn table(&self, quote: &str) -> String;
    /// Over what a page has.
    fn page_told(&self, page: &str) -> String;
    /// A page without text.
    fn page_without_text(&self, page: &str) -> String;
    /// A page that is still to come, and how many are there.
    fn not_read(&self, noun: Noun, number: u32, name: &str, read: u32, length: Count) -> String;
    /// Over the sections of a chapter.
    fn its_sections(&self, number: usize) -> &'static str;
    /// Over what the paragraphs of a chapter begin with.
    fn its_paragraphs(&self) -> &'static str;
    /// Where a chapter begins.
    fn begins(&self, name: &str, words: &str, title: &str) -> String;
    /// How many sections a chapter has; they follow.
    fn has_sections(&self, chapter: &str, number: usize) -> String;
    /// How many pages a chapter has, and what follows it.
    fn is_long(&self, chapter: &str, pages: u32, next: Option<&str>) -> String;

    /// Where a term is defined.
    fn is_defined(&self, term: &str, place: &str, quote: &str) -> String;
    /// Over further places.
    fn further_places(&self, number: usize) -> &'static str;
    /// A term that fits a description.
    fn is_called(&self, term: &str, place: &str, quote: &str) -> String;
    /// Over the key terms of a document or chapter.
    fn defines(&self, whose: &str, terms: Count) -> String;
}

/// With a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
