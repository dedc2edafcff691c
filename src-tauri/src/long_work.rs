//! Work that goes on for long enough to look away: when it ends, and how far it is.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use kernel::{Code, DocumentId};
use library::documents::{Document, DocumentState};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::events::WorkEnded;

/// What takes so long is worth a word at its end.
const LONG: Duration = Duration::from_secs(20);

/// What has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LongWork {
    /// Documents were read or their text recognised; the titles are theirs.
    Documents,
    /// A backup was made; the title is its file's name.
    Backup,
    /// A backup has taken the library's place; the title is its file's name.
    Restore,
    /// The model of memory was fitted; the title is the room's name.
    Memory,
}

/// Where a document stands on its way in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Stage {
    /// On its way, this far: 0 to 1.
    AtWork(f64),
    /// Done; by its title.
    Done(String),
    /// Could not go on; by its title.
    Failed(String),
    /// Neither: held, given up by the person, or gone.
    Left,
}

impl Stage {
    /// That of a document.
    pub(crate) fn of(document: &Document) -> Self {
        match document.state {
            DocumentState::Complete => Self::Done(document.title.clone()),
            DocumentState::Failed if document.code != Some(Code::Cancelled) => Self::Failed(document.title.clone()),
            DocumentState::Failed | DocumentState::Paused => Self::Left,
            DocumentState::Queued => Self::AtWork(0.0),
            DocumentState::Reading => {
                Self::AtWork(share(document.pages_read, document.pages.unwrap_or_default()) / 2.0)
            }
            // Reading is one half, what comes after it the other.
            DocumentState::Embedding => Self::AtWork(0.5 + share(document.embedded, document.passages) / 2.0),
            DocumentState::Recognising => {
                let ledger = &document.ledger;
                Self::AtWork(0.5 + share(ledger.recognised, ledger.scanned + ledger.garbled) / 2.0)
            }
        }
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { (f64::from(part) / f64::from(whole)).min(1.0) }
}

/// The documents that are at work together: from the first one that is, until none is any more.
#[derive(Default)]
pub(crate) struct Batch {
    began: Option<Instant>,
    /// How far each of them is, 0 to 1.
    at_work: HashMap<DocumentId, f64>,
    done: Vec<String>,
    failed: Vec<String>,
}

impl Batch {
    /// A document stands there now. Says so when it was the last one of a batch that took long.
    pub(crate) fn moved(&mut self, document: DocumentId, stage: Stage, now: Instant) -> Option<WorkEnded> {
        if let Stage::AtWork(share) = stage {
            self.began.get_or_insert(now);
            self.at_work.insert(document, share);
            return None;
        }
        // What was done before is no news.
        self.at_work.remove(&document)?;
        match stage {
            Stage::Done(title) => self.done.push(title),
            Stage::Failed(title) => self.failed.push(title),
            Stage::AtWork(_) | Stage::Left => {}
        }
        if self.at_work.is_empty() { std::mem::take(self).end(now) } else { None }
    }

    /// How far all of them are together, 0 to 1; none while nothing is at work.
    pub(crate) fn share(&self) -> Option<f64> {
        let ended = self.done.len() + self.failed.len();
        let all = ended + self.at_work.len();
        (!self.at_work.is_empty()).then(|| (ended as f64 + self.at_work.values().sum::<f64>()) / all as f64)
    }

    fn end(self, now: Instant) -> Option<WorkEnded> {
        let took = now.duration_since(self.began?);
        let failed = u32::try_from(self.failed.len()).unwrap_or(u32::MAX);
        let titles = [self.done, self.failed].concat();
        (took >= LONG && !titles.is_empty()).then_some(WorkEnded { kind: LongWork::Documents, titles, failed })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const A: DocumentId = DocumentId(1);
    const B: DocumentId = DocumentId(2);

    fn seconds(from: Instant, seconds: u64) -> Instant {
        from + Duration::from_secs(seconds)
    }

    fn done(title: &str) -> Stage {
        Stage::Done(title.into())
    }

    #[test]
    fn the_end_of_several_is_told_once_when_all_of_them_took_long() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        assert_eq!(batch.share(), None);
        assert_eq!(batch.moved(A, Stage::AtWork(0.0), start), None);
        assert_eq!(batch.moved(B, Stage::AtWork(0.5), seconds(start, 1)), None);
        assert_eq!(batch.share(), Some(0.25));
        assert_eq!(batch.moved(A, done("Plants"), seconds(start, 9)), None);
        assert_eq!(batch.share(), Some(0.75));
        let ended = batch.moved(B, Stage::Failed("Scan".into()), seconds(start, 21)).unwrap();
        assert_eq!((ended.kind, ended.failed), (LongWork::Documents, 1));
        assert_eq!(ended.titles, ["Plants", "Scan"]);
        assert_eq!(batch.share(), None);
        // The next batch begins anew.
        assert_eq!(batch.moved(A, Stage::AtWork(0.0), seconds(start, 30)), None);
        assert_eq!(batch.moved(A, done("Plants"), seconds(start, 31)), None);
    }

    #[test]
    fn what_was_short_held_or_done_before_is_not_told() {
        let (mut batch, start) = (Batch::default(), Instant::now());
        assert_eq!(batch.moved(A, done("Plants"), seconds(start, 60)), None);
        batch.moved(A, Stage::AtWork(0.0), start);
        assert_eq!(batch.moved(A, done("Plants"), seconds(start, 19)), None);
        batch.moved(A, Stage::AtWork(0.0), start);
        assert_eq!(batch.moved(A, Stage::Left, seconds(start, 60)), None);
        assert_eq!(batch.share(), None);
    }

    #[test]
    fn how_far_a_document_is_never_goes_back_from_reading_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let place = kernel::LibraryFolder::new(folder.path());
        let library = library::Library::open(place, std::sync::Arc::new(kernel::SystemClock)).unwrap();
        let mut document = library.write(|tx| {
            let room = library::rooms::create(tx, "Botany", kernel::Timestamp(0))?.room;
            let new = library::documents::NewDocument {
                room,
                title: "Plants".into(),
                file_name: "plants.pdf".into(),
                source: None,
                hash: "00".into(),
                format: "pdf".into(),
                bytes: 1,
                replaces: None,
            };
            let added = library::documents::add(tx, &new, kernel::Timestamp(0))?;
            library::documents::get(tx, added.document)
        });
        let document = document.as_mut().unwrap();
        assert_eq!(Stage::of(document), Stage::AtWork(0.0));
        (document.state, document.pages, document.pages_read) = (DocumentState::Reading, Some(10), 5);
        assert_eq!(Stage::of(document), Stage::AtWork(0.25));
        (document.state, document.passages, document.embedded) = (DocumentState::Embedding, 4, 1);
        assert_eq!(Stage::of(document), Stage::AtWork(0.625));
        (document.state, document.ledger.scanned, document.ledger.recognised) = (DocumentState::Recognising, 2, 1);
        assert_eq!(Stage::of(document), Stage::AtWork(0.75));
        document.state = DocumentState::Complete;
        assert_eq!(Stage::of(document), done("Plants"));
        (document.state, document.code) = (DocumentState::Failed, Some(Code::Damaged));
        assert_eq!(Stage::of(document), Stage::Failed("Plants".into()));
        document.code = Some(Code::Cancelled);
        assert_eq!(Stage::of(document), Stage::Left);
    }
}
