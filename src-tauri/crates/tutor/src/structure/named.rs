//! Which document, and which part of it, a request for an overview names: "summarise chapter 3 of Biology", "the section
//! on encoding".

use kernel::{DocumentId, RoomId};
use library::conversations::Subject;
use library::{Connection, Error, documents};
use retrieval::{fold, is_stop_word, stem, words};

use super::asked::{self, Place};
use super::outline::{Outline, without_number};
use super::place::{self, Found};
use super::shelf::{MOST, Shelf, Volume};
use super::wording;
use crate::phrases::Phrases;

/// What a request names.
pub(crate) enum Named {
    /// A document or a part of it.
    Part(Subject),
    /// Pages, slides or sheets of a document.
    Pages {
        /// The document.
        document: DocumentId,
        /// Their numbers in the file, at least one, in order.
        numbers: Vec<u32>,
        /// What they are called.
        title: String,
    },
    /// Pages that are not there, or not of one document alone, and what is to be said of that.
    Missing(String),
}

/// What a request is about, without the words of the request itself.
pub(crate) fn about(request: &str) -> String {
    wording::about(request)
}

/// What a request names: a part or pages by their numbers, a part or a document by its title, the only document of the
/// room. None where it names nothing that is there.
pub(crate) fn named(
    connection: &Connection,
    room: RoomId,
    request: &str,
    phrases: &'static dyn Phrases,
) -> Result<Option<Named>, Error> {
    let shelf = Shelf::of(connection, room, phrases)?;
    let about = wording::about(request);
    let readings: Vec<_> = readings(&about)
        .into_iter()
        .map(|(topic, book)| {
            let book = book.filter(|book| !asked::is_generic(book));
            (topic, book, shelf.named(book))
        })
        .collect();
    // A number is one of the document that is named beside it.
    let (of_one, of_all): (Vec<_>, Vec<_>) = readings.iter().partition(|(_, book, _)| book.is_some());
    for (topic, _, volumes) in of_one.into_iter().chain(of_all) {
        if let Some(named) = numbered(&shelf, volumes, topic)? {
            return Ok(Some(named));
        }
    }
    for (topic, _, volumes) in &readings {
        if let Some(subject) = by_title(&shelf, volumes, topic)? {
            return Ok(Some(Named::Part(subject)));
        }
    }
    Ok(None)
}

/// "X in Y" is a part X of the document Y, or a title with an "in" in it.
fn readings(about: &str) -> Vec<(&str, Option<&str>)> {
    const BETWEEN: [&str; 7] = [" in ", " of ", " from ", " von ", " aus ", " dari ", " dalam "];
    let split = |between: &&str| about.rsplit_once(between).map(|(topic, book)| (topic.trim(), Some(book.trim())));
    [(about, None)].into_iter().chain(BETWEEN.iter().filter_map(split)).collect()
}

fn by_title(shelf: &Shelf<'_>, volumes: &[&Volume], topic: &str) -> Result<Option<Subject>, Error> {
    let whole = |volume: &Volume| Subject { document: volume.document.document, section: None };
    if topic.is_empty() || asked::is_generic(topic) {
        return Ok(match volumes {
            [only] => Some(whole(only)),
            _ => None,
        });
    }
    let part = titled(shelf, volumes, topic)?;
    if let Some((subject, true)) = part {
        return Ok(Some(subject));
    }
    let document = volumes.iter().find(|volume| volume.is_called(topic)).map(|volume| whole(volume));
    Ok(document.or(part.map(|(subject, _)| subject)))
}

/// "Chapter 3", "pages 12-14", where a document tells which ones these are.
fn numbered(shelf: &Shelf<'_>, volumes: &[&Volume], topic: &str) -> Result<Option<Named>, Error> {
    let Some(place) = wording::place_within(topic).and_then(|captures| asked::place(&captures)) else {
        return Ok(None);
    };
    if place.level.is_leaf() {
        return on_pages(shelf, volumes, &place);
    }
    for volume in volumes {
        let outline = Outline::of(shelf, volume)?;
        if let Some(at) = outline.find(&place) {
            return Ok(Some(Named::Part(subject(shelf, volume, &outline, at)?)));
        }
    }
    Ok(None)
}

/// Pages of the only document that has them.
fn on_pages(shelf: &Shelf<'_>, volumes: &[&Volume], place: &Place) -> Result<Option<Named>, Error> {
    let mut found = Vec::new();
    let mut reasons = Vec::new();
    for volume in volumes {
        match place::find(shelf, volume, place)? {
            Found::Pages(numbers) => found.push((*volume, numbers)),
            Found::Nothing(why) => reasons.push(why),
            Found::Entry(..) | Found::Unknown => {}
        }
    }
    Ok(match found.as_slice() {
        [] => {
            reasons.truncate(MOST);
            (!reasons.is_empty()).then(|| Named::Missing(reasons.join(" ")))
        }
        [(volume, numbers)] => {
            let is_read = |number: &u32| *number <= volume.document.pages_read;
            match numbers.iter().copied().find(|number| !is_read(number)) {
                Some(number) => Some(Named::Missing(place::not_read(volume, number))),
                None => {
                    let (document, title) = (volume.document.document, place::called(shelf, volume, numbers)?);
                    Some(Named::Pages { document, numbers: numbers.clone(), title })
                }
            }
        }
        [(first, _), ..] => {
            let names: Vec<String> = found.iter().take(MOST).map(|(volume, _)| volume.name()).collect();
            let (names, title) = (names.join(", "), &first.document.title);
            Some(Named::Missing(shelf.phrases.several_have_it(&place.words, &names, title)))
        }
    })
}

/// The part whose title stands in the topic, the longest title first and the highest part of several, and whether it is
/// the whole topic. A title that is less than half of what the topic says is named by chance.
fn titled(shelf: &Shelf<'_>, volumes: &[&Volume], topic: &str) -> Result<Option<(Subject, bool)>, Error> {
    let asked = stems(topic);
    let says = |stems: &[String]| stems.iter().filter(|stem| !is_stop_word(stem)).count();
    let mut best = None;
    for volume in volumes {
        let outline = Outline::of(shelf, volume)?;
        for (at, entry) in outline.entries.iter().enumerate() {
            let readings = [stems(&entry.title), stems(without_number(&entry.title))];
            let found = readings.iter().filter(|title| {
                let stands = !title.is_empty() && asked.windows(title.len()).any(|part| part == title.as_slice());
                stands && says(title) > 0 && 2 * says(title) >= says(&asked)
            });
            let Some(length) = found.map(Vec::len).max() else { continue };
            let rank = (length, u8::MAX - entry.level);
            if best.as_ref().is_none_or(|(known, _, _)| *known < rank) {
                best = Some((rank, subject(shelf, volume, &outline, at)?, length == asked.len()));
            }
        }
    }
    Ok(best.map(|(_, subject, whole)| (subject, whole)))
}

/// An entry as it is stored: the one that repeats the document's title is left out of an [`Outline`], and comes first.
fn subject(shelf: &Shelf<'_>, volume: &Volume, outline: &Outline, at: usize) -> Result<Subject, Error> {
    let document = volume.document.document;
    let stored = documents::outline(shelf.connection, document)?.len();
    // A table of contents that was made of the parts of the document is not stored.
    let section = stored.checked_sub(outline.entries.len()).and_then(|before| u32::try_from(before + at).ok());
    Ok(Subject { document, section })
}

fn stems(text: &str) -> Vec<String> {
    words(text).map(|(_, word)| stem(&fold(word)).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_told_from_what_it_is_about() {
        for (request, topic) in [
            ("Summarise chapter 3 of Biology.", "chapter 3 of Biology"),
            ("Can you give me a short summary of Encoding, please?", "Encoding"),
            ("Make a study guide for the whole book", "the whole book"),
            ("Quiz me on classical conditioning", "classical conditioning"),
            ("Ask me five questions about sleep", "sleep"),
            ("Give me a quiz", ""),
            ("Summary", ""),
            ("Study guide", ""),
            ("Ringkas bab 2", "bab 2"),
            ("Fasse Kapitel 2 zusammen", "Kapitel 2"),
            ("Test anxiety", "Test anxiety"),
            ("The causes of sleep", "The causes of sleep"),
        ] {
            assert_eq!(about(request), topic, "{request}");
        }
    }
}
