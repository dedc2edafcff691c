//! Whether the text of scans can be recognised here, and what a person can have recognised.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kernel::DocumentId;
use library::documents;
use library::jobs::{self, JobStage, JobState};
use library::pages;
use reader::{Language, Recogniser};
use serde::Serialize;
use specta::Type;

use crate::shared::{Shared, held};
use crate::{Error, work};

/// What text recognition can do on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Recognition {
    /// The languages that are installed, by Tesseract's names ("eng", "deu"); none where it is missing.
    pub languages: Vec<Language>,
    /// Why it can't be used, and how to get it; none where it can.
    pub message: Option<String>,
}

/// A recogniser that was missing may have been installed after this time.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// The program that recognises text, looked for when it is first needed.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Where it is, if it is not to be looked for.
    place: Mutex<Option<PathBuf>>,
    last: Mutex<Option<Search>>,
}

#[derive(Clone, Debug)]
struct Search {
    at: Instant,
    found: Result<Recogniser, Arc<reader::Error>>,
}

impl Found {
    /// The recogniser, or why there is none. One that was missing is looked for again after a while.
    pub(crate) fn recogniser(&self) -> Result<Recogniser, Arc<reader::Error>> {
        self.search(LOOK_AGAIN)
    }

    /// Uses the program at this place alone.
    pub(crate) fn set_place(&self, place: PathBuf) {
        *held(&self.place) = Some(place);
        *held(&self.last) = None;
    }

    fn search(&self, missing_for: Duration) -> Result<Recogniser, Arc<reader::Error>> {
        let mut known = held(&self.last);
        match known.as_ref() {
            Some(search) if search.found.is_ok() || search.at.elapsed() < missing_for => search.found.clone(),
            _ => {
                let found = Recogniser::find(held(&self.place).as_deref()).map_err(Arc::new);
                known.insert(Search { at: Instant::now(), found }).found.clone()
            }
        }
    }
}

/// What can be recognised now; where that is installed since, the process in charge queues what waits for it.
pub(crate) fn look(shared: &Shared) -> Result<Recognition, Error> {
    match shared.recogniser.search(Duration::ZERO) {
        Ok(recogniser) => {
            if shared.is_in_charge() {
                queue_waiting(shared)?;
            }
            Ok(Recognition { languages: recogniser.languages().to_vec(), message: None })
        }
        Err(error) => Ok(Recognition { languages: Vec::new(), message: Some(error.to_string()) }),
    }
}

/// Queues the documents that are done but for pages that nobody could recognise so far.
pub(crate) fn queue_waiting(shared: &Shared) -> Result<(), Error> {
    let waiting = shared.library.read(pages::documents_to_recognise)?;
    if waiting.is_empty() || shared.recogniser.recogniser().is_err() {
        return Ok(());
    }
    for document in waiting {
        shared.library.write(|tx| match jobs::of_document(tx, document)? {
            Some(job) if job.state == JobState::Done => queue(tx, shared, &job),
            _ => Ok(()),
        })?;
    }
    shared.bell.ring();
    Ok(())
}

/// Has the text of a document's scanned pages recognised again, in these languages, or in those that are found out.
pub(crate) fn again(shared: &Shared, document: DocumentId, languages: &[Language]) -> Result<(), Error> {
    let mut known = BTreeSet::new();
    let joined: Vec<_> = languages.iter().map(Language::code).filter(|code| known.insert(*code)).collect();
    let chosen = (!joined.is_empty()).then(|| joined.join("+"));
    let refused = shared.library.write(|tx| {
        let now = documents::get(tx, document)?;
        let job = jobs::of_document(tx, document)?;
        let job = job.filter(|job| job.stage == JobStage::Recognising || matches!(job.state, JobState::Done));
        let Some(job) = job else {
            return Ok(Some(Error::WrongState { title: now.title, asked: "recognised", state: "not read yet" }));
        };
        documents::set_languages(tx, document, chosen.as_deref())?;
        pages::forget_recognised(tx, document)?;
        if !pages::to_recognise(tx, document, 0, 1)?.is_empty() {
            queue(tx, shared, &job)?;
        }
        Ok(None)
    })?;
    shared.interrupt(document);
    refused.map_or(Ok(()), Err)
}

fn queue(tx: &library::Transaction<'_>, shared: &Shared, job: &jobs::Job) -> Result<(), library::Error> {
    work::queue_at(tx, job, JobStage::Recognising, None, shared.library.now())
}
