use super::{Count, Noun, Phrases, capital};
use crate::executor::ExecutorFault;

/// What the study agent says in English.
#[derive(Debug)]
pub(super) struct English;

fn noun(noun: Noun) -> &'static str {
    match noun {
        Noun::Page => "page",
        Noun::Slide => "slide",
        Noun::Sheet => "sheet",
        Noun::Chapter => "chapter",
        Noun::MainPart => "main part",
        Noun::Section => "section",
        Noun::Heading => "heading",
        Noun::KeyTerm => "key term",
    }
}

impl Phrases for English {
    fn nothing_answers(&self) -> &'static str {
        "I found nothing in this room that answers this. The passages below come nearest."
    }

    fn nothing_near(&self) -> &'static str {
        "I found nothing in this room that has to do with this."
    }

    fn unsupported(&self) -> &'static str {
        "What the model wrote is not supported by your documents, so it was left out. The answer quotes them instead."
    }

    fn fallen(&self, fault: &ExecutorFault, is_silent: bool) -> String {
        let rest =
            if is_silent { "The answer quotes your documents instead." } else { "The rest quotes your documents." };
        format!("{fault} {rest}")
    }

    fn nothing_to_ask(&self) -> &'static str {
        "Nothing here defines a term that a question could be made of."
    }

    fn nothing_to_sum_up(&self) -> &'static str {
        "There is nothing here to sum up: no running text could be read."
    }

    fn no_part(&self) -> &'static str {
        "I found no part of the documents that is about this. The passages below come nearest."
    }

    fn subject_gone(&self) -> &'static str {
        "What this is about is no longer in the room. Choose a document or section that is."
    }

    fn subject_wanted(&self) -> &'static str {
        "Say what it is to be about: a document, a chapter or a section by its title, or a subject."
    }

    fn key_terms(&self) -> &'static str {
        "Key terms:"
    }

    fn check_yourself(&self) -> &'static str {
        "Check yourself:"
    }

    fn which_term(&self, meaning: &str) -> String {
        format!("Which term is meant: “{meaning}”?")
    }

    fn what_means(&self, term: &str) -> String {
        format!("What does “{term}” mean?")
    }

    fn counted(&self, count: Count) -> String {
        let (number, noun) = (count.number, noun(count.noun));
        if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
    }

    fn place(&self, of: Noun, label: &str) -> String {
        format!("{} {label}", noun(of))
    }

    fn of_document(&self, place: &str, name: &str) -> String {
        format!("{place} of {name}")
    }

    fn page_in_file(&self, place: &str, number: u32) -> String {
        format!("{place} (page {number} of the file)")
    }

    fn pages(&self, of: Noun, range: &str) -> String {
        format!("{}s {range}", capital(noun(of)))
    }

    fn pages_in_file(&self, of: Noun, labels: &str, numbers: &str) -> String {
        format!("{}s {labels} (pages {numbers} of the file)", capital(noun(of)))
    }

    fn pages_with_label(&self, of: Noun, label: &str) -> String {
        format!("{}s with the label of {label}", capital(noun(of)))
    }

    fn contents_of(&self, name: &str) -> String {
        format!("Table of contents of {name}:")
    }

    fn no_contents(&self, names: &str) -> String {
        format!("{names} has no table of contents, and no headings were found in it.")
    }

    fn has_parts(&self, name: &str, parts: Count) -> String {
        format!("{name} has {}:", self.counted(parts))
    }

    fn has_from_to(&self, name: &str, parts: Count, first: &str, last: Option<&str>) -> String {
        let last = last.map(|last| format!(", to {last}")).unwrap_or_default();
        format!("{name} has {}, from {first}{last}.", self.counted(parts))
    }

    fn has(&self, name: &str, length: Count) -> String {
        format!("{name} has {}.", self.counted(length))
    }

    fn has_labelled(&self, name: &str, length: Count, first: &str, last: &str) -> String {
        format!("{name} has {}, labelled {first} to {last}.", self.counted(length))
    }

    fn has_none(&self, name: &str, of: Noun, length: Count) -> String {
        format!("{name} has no {}s; it has {}.", noun(of), self.counted(length))
    }

    fn has_no(&self, name: &str, length: Count, words: &str) -> String {
        format!("{name} has {}; there is no {words}.", self.counted(length))
    }

    fn has_no_range(&self, name: &str, length: Count, words: &str) -> String {
        format!("{name} has {}; there are no {words}.", self.counted(length))
    }

    fn has_no_label(&self, name: &str, length: Count, label: &str) -> String {
        format!("{name} has {}; none of them is labelled {label}.", self.counted(length))
    }

    fn has_with_label(&self, name: &str, pages: Count, words: &str) -> String {
        format!("{name} has {} with the label of {words}.", self.counted(pages))
    }

    fn last_begins(&self, place: &str, quote: &str, is_last: bool) -> String {
        let which = if is_last { "The last one" } else { "The last one with text" };
        format!("{which}, {place}, begins {quote}")
    }

    fn more(&self, number: usize) -> String {
        format!("… and {number} more.")
    }

    fn more_of(&self, count: Count) -> String {
        format!("… and {} more.", self.counted(count))
    }

    fn more_documents(&self, number: usize) -> String {
        format!("The room has {number} more; name a document to see its contents.")
    }

    fn more_have_it(&self, number: usize) -> String {
        format!("{number} more documents have one; name a document to see it.")
    }

    fn several_have_it(&self, words: &str, names: &str, title: &str) -> String {
        format!("Several documents have {words}: {names}. Say which one you mean, as in “{words} of {title}”.")
    }

    fn heading(&self, quote: &str) -> String {
        format!("Heading: {quote}")
    }

    fn table(&self, quote: &str) -> String {
        format!("Table: {quote}")
    }

    fn page_told(&self, page: &str) -> String {
        format!("{page}, by its headings and what its paragraphs begin with:")
    }

    fn page_without_text(&self, page: &str) -> String {
        format!("{page} has no text that could be read.")
    }

    fn not_read(&self, of: Noun, number: u32, name: &str, read: u32, length: Count) -> String {
        let (noun, length) = (capital(noun(of)), self.counted(length));
        format!("{noun} {number} of {name} is not read yet; {read} of {length} are.")
    }

    fn its_sections(&self, number: usize) -> &'static str {
        if number == 1 { "Its section:" } else { "Its sections:" }
    }

    fn its_paragraphs(&self) -> &'static str {
        "Its paragraphs begin with:"
    }

    fn begins(&self, name: &str, words: &str, title: &str) -> String {
        format!("In {name}, {words} begins here: {title}.")
    }

    fn has_sections(&self, chapter: &str, number: usize) -> String {
        match number {
            0 => format!("{chapter}, has no sections."),
            some => format!("{chapter}, has {}:", self.counted(Count::of(some, Noun::Section))),
        }
    }

    fn is_long(&self, chapter: &str, pages: u32, next: Option<&str>) -> String {
        let length = self.counted(Count { number: pages, noun: Noun::Page });
        match next {
            Some(next) => format!("{chapter}, is {length} long; then follows {next}."),
            None => format!("{chapter}, is {length} long and goes to the end."),
        }
    }

    fn is_defined(&self, term: &str, place: &str, quote: &str) -> String {
        format!("“{term}” is defined on {place}: {quote}")
    }

    fn further_places(&self, number: usize) -> &'static str {
        if number == 1 { "A further place:" } else { "Further places:" }
    }

    fn is_called(&self, term: &str, place: &str, quote: &str) -> String {
        format!("“{term}”, on {place}: {quote}")
    }

    fn defines(&self, whose: &str, terms: Count) -> String {
        format!("{whose} defines {}:", self.counted(terms))
    }
}
