use kernel::{Code, DocumentId};
use library::Library;
use library::documents::{self, Document};
use library::rooms::Room;
use reader::OutlineItem;
use retrieval::{Scope, fold};

use super::Failure;
use super::arguments::Within;

/// Titles that a message names.
const NAMED: usize = 5;

/// The part of a room that was asked for.
pub(super) fn scope(library: &Library, room: &Room, within: &Within) -> Result<Scope, Failure> {
    let known = library.read(|connection| documents::list(connection, room.room))?;
    self::known(&known, room, &within.documents)?;
    let scope = Scope::room(room.room).documents(within.documents.clone()).kinds(within.kinds.clone());
    match (&within.section, &within.documents[..]) {
        (None, _) => Ok(scope),
        (Some(wanted), [document]) => Ok(scope.section(*document, section(library, *document, wanted)?)),
        (Some(_), _) => Err(section_of_several()),
    }
}

/// Whether all of these documents are in a room.
///
/// # Errors
/// Names the first that is not.
pub(super) fn known(known: &[Document], room: &Room, wanted: &[DocumentId]) -> Result<(), Failure> {
    let Some(unknown) = wanted.iter().find(|id| known.iter().all(|it| it.document != **id)) else { return Ok(()) };
    let message = format!(
        "There is no document {unknown} in the room \u{201c}{}\u{201d}. `documents` lists those there are.",
        room.name
    );
    Err(Failure::new(Code::NotFound, message))
}

/// Says that a section was asked for, but not of which document.
pub(super) fn section_of_several() -> Failure {
    Failure::new(Code::Invalid, "A section is one of a single document: give --document once.")
}

/// The place of a section in the document's table of contents.
pub(super) fn section(library: &Library, document: DocumentId, wanted: &str) -> Result<u32, Failure> {
    let items = library.read(|connection| documents::outline(connection, document))?;
    let found = named(&items, wanted);
    match found[..] {
        [one] => Ok(u32::try_from(one).unwrap_or(u32::MAX)),
        [] => {
            let message = format!(
                "The table of contents of document {document} has no section \u{201c}{wanted}\u{201d}. Give a title of \
                 it, or the number in front of one."
            );
            Err(Failure::new(Code::NotFound, message))
        }
        [..] => {
            let titles: Vec<String> = found
                .iter()
                .take(NAMED)
                .filter_map(|at| items.get(*at))
                .map(|item| format!("\u{201c}{}\u{201d} (page {})", item.title, item.page))
                .collect();
            let message = format!(
                "\u{201c}{wanted}\u{201d} names {} sections of document {document}: {}. Give the whole title of one, \
                 or its number.",
                found.len(),
                titles.join(", ")
            );
            Err(Failure::new(Code::Invalid, message))
        }
    }
}

/// The entries that `wanted` names: those with just its words, else those that begin with them (a number does), else
/// those that have them anywhere.
fn named(items: &[OutlineItem], wanted: &str) -> Vec<usize> {
    let wanted = plain(wanted);
    let titles: Vec<String> = items.iter().map(|item| plain(&item.title)).collect();
    let tests: [&dyn Fn(&str) -> bool; 3] = [
        &|title| title == wanted,
        &|title| title.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with(' ')),
        &|title| format!(" {title} ").contains(&format!(" {wanted} ")),
    ];
    let all = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
        (0..titles.len()).filter(|at| !wanted.is_empty() && test(&titles[*at])).collect()
    };
    tests.into_iter().map(all).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The words alone, in lower case; "3.2" is one of them.
fn plain(text: &str) -> String {
    let bare = |word: &str| fold(word.trim_matches(|letter: char| !letter.is_alphanumeric())).into_owned();
    let words: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(wanted: &str) -> Vec<usize> {
        let titles = ["1 Memory", "1.1 Encoding", "1.10 Storage of memory", "2 Sleep", "Summary", "Summary", "Café"];
        let items: Vec<OutlineItem> =
            titles.iter().map(|title| OutlineItem { level: 1, title: (*title).to_owned(), page: 1 }).collect();
        named(&items, wanted)
    }

    #[test]
    fn a_section_is_named_by_its_title_its_number_or_words_of_it() {
        assert_eq!(found("1.1 encoding"), [1]);
        assert_eq!(found("1"), [0]);
        assert_eq!(found("1.1"), [1]);
        assert_eq!(found("1.10"), [2]);
        assert_eq!(found("2"), [3]);
        assert_eq!(found("cafe"), [6]);
        assert_eq!(found("of memory"), [2]);
        assert_eq!(found("summary"), [4, 5]);
        assert!(found("3").is_empty() && found("sum").is_empty() && found(" ").is_empty());
    }
}
