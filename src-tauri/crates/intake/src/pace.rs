//! How long it still takes.

use kernel::Timestamp;
use library::documents::{Document, DocumentState};

/// Embedding a passage on a small machine, until it has been measured here: 8 ms (two cores, int8 model).
const FIRST_GUESS_MS: f64 = 8.0;
/// Passages of a page of running text, until some pages have been read.
const PASSAGES_A_PAGE: f64 = 2.0;

/// The speed of one document, measured since its state last changed.
#[derive(Debug)]
pub(crate) struct Pace {
    state: DocumentState,
    since: Timestamp,
    /// Pages or passages that were done then.
    done: u32,
}

/// What embedding a passage takes, learned over all documents.
#[derive(Debug)]
pub(crate) struct PassageTime(f64);

impl Default for PassageTime {
    fn default() -> Self {
        Self(FIRST_GUESS_MS)
    }
}

impl Pace {
    /// Starts to measure.
    pub(crate) fn of(document: &Document, now: Timestamp) -> Self {
        Self { state: document.state, since: now, done: done(document) }
    }

    /// Milliseconds until the document is complete, as far as can be told.
    pub(crate) fn eta_ms(&mut self, document: &Document, now: Timestamp, passage: &mut PassageTime) -> Option<u32> {
        if document.state != self.state {
            *self = Self::of(document, now);
        }
        let steps = done(document).saturating_sub(self.done);
        let each = (steps > 0).then(|| (now.0 - self.since.0).max(0) as f64 / f64::from(steps));
        let ms = match document.state {
            DocumentState::Reading => {
                let (pages, read) = (document.pages?, document.pages_read);
                let per_page = match read {
                    0 => PASSAGES_A_PAGE,
                    _ => f64::from(document.passages) / f64::from(read),
                };
                f64::from(pages.saturating_sub(read)) * each?
                    + (f64::from(pages) * per_page - f64::from(document.embedded)).max(0.0) * passage.0
            }
            DocumentState::Embedding => {
                if let Some(each) = each {
                    passage.0 = each;
                }
                f64::from(document.passages.saturating_sub(document.embedded)) * passage.0
            }
            DocumentState::Complete => 0.0,
            _ => return None,
        };
        Some(ms.min(f64::from(u32::MAX)) as u32)
    }
}

fn done(document: &Document) -> u32 {
    match document.state {
        DocumentState::Embedding => document.embedded,
        _ => document.pages_read,
    }
}

#[cfg(test)]
mod tests {
    use kernel::{DocumentId, RoomId};

    use super::*;

    fn document(state: DocumentState, pages_read: u32, passages: u32, embedded: u32) -> Document {
        Document {
            document: DocumentId(1),
            room: RoomId(1),
            title: String::new(),
            file_name: String::new(),
            source: None,
            hash: String::new(),
            format: "pdf".into(),
            bytes: 1,
            pages: Some(100),
            pages_read,
            passages,
            embedded,
            state,
            code: None,
            message: None,
            ledger: library::documents::Ledger::default(),
            languages: None,
            replaces: None,
            added: Timestamp(0),
            tags: Vec::new(),
            position: 0,
            opened: None,
        }
    }

    #[test]
    fn the_time_left_is_that_of_the_pages_and_of_the_passages_they_will_give() {
        let mut passage = PassageTime(10.0);
        let mut pace = Pace::of(&document(DocumentState::Reading, 0, 0, 0), Timestamp(1000));
        assert_eq!(pace.eta_ms(&document(DocumentState::Reading, 0, 0, 0), Timestamp(1000), &mut passage), None);
        // 20 pages took 100 ms and gave 40 passages: 80 pages and 200 passages are to come.
        let now = document(DocumentState::Reading, 20, 40, 0);
        assert_eq!(pace.eta_ms(&now, Timestamp(1100), &mut passage), Some(80 * 5 + 200 * 10));
    }

    #[test]
    fn embedding_is_measured_and_remembered_for_the_next_document() {
        let mut passage = PassageTime::default();
        let mut pace = Pace::of(&document(DocumentState::Embedding, 100, 200, 0), Timestamp(0));
        let now = document(DocumentState::Embedding, 100, 200, 50);
        assert_eq!(pace.eta_ms(&now, Timestamp(1000), &mut passage), Some(150 * 20));
        assert_eq!(passage.0, 20.0);
        let done = document(DocumentState::Complete, 100, 200, 200);
        assert_eq!(pace.eta_ms(&done, Timestamp(4000), &mut passage), Some(0));
        assert_eq!(pace.eta_ms(&document(DocumentState::Paused, 1, 1, 0), Timestamp(5000), &mut passage), None);
    }
}
