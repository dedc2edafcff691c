//! Pages that are pictures to pages with text, one after the other, when nothing else is to be done.

use std::time::{Duration, Instant};

use kernel::{Code, Coded};
use library::documents::{self, Document};
use library::jobs::{self, Job, JobStage};
use library::{pages, passages};
use reader::{Language, Recogniser, RecognitionLimits, Scan};
use reader::{Page, PageStatus, Renderer, Source};

use crate::reading::{Ended, is_ours, original};
use crate::shared::{AtWork, Shared, log};
use crate::tokens::Tokens;
use crate::{Error, finish, recut, work};

/// Cutting the passages anew may take one part in so many of the time: what is recognised can be searched soon, and a
/// long document is not cut after each page.
const RECUT_SHARE: u32 = 20;
/// So many passages without a vector are embedded before recognition goes on.
const UNEMBEDDED: u32 = 128;
/// Passages, and letters of them, of the document's own text that tell its languages.
const SAMPLED: u32 = 400;
const SAMPLE: usize = 20_000;
/// Fewer letters tell nothing.
const FEWEST: usize = 200;
/// A page of print that is recognised well has a confidence of 0.9; below this one much of it is wrong.
const SURE: f32 = 0.6;

/// Recognises the pages that wait for it, those from the one that somebody looks at first.
pub(crate) fn recognise(shared: &Shared, job: &Job, at_work: &AtWork<'_>, tokens: &mut Tokens) -> Result<Ended, Error> {
    let recogniser = shared.recogniser.recogniser().map_err(Error::NoRecogniser)?;
    let document = shared.library.read(|connection| documents::get(connection, job.document))?;
    let source = Source { path: original(shared, &document), password: shared.password(job.document) };
    let languages = languages(shared, job, &document, &recogniser)?;
    let renderer = shared.worker.renderer();
    Recognising { shared, job, at_work, tokens, recogniser, renderer, source, document, languages }.all()
}

/// The languages of the document: those that a person chose, those that were found out before, or those of its own
/// text. None when only a recognised page can tell.
fn languages(shared: &Shared, job: &Job, document: &Document, recogniser: &Recogniser) -> Result<Vec<Language>, Error> {
    let found_before = job.checkpoint.as_deref().and_then(|it| std::str::from_utf8(it).ok());
    if let Some(joined) = document.languages.as_deref().or(found_before) {
        return Ok(joined.split('+').filter_map(Language::new).collect());
    }
    let sample = shared.library.read(|connection| {
        let mut sample = String::new();
        for passage in passages::of_document(connection, document.document, 0, SAMPLED)?.iter().step_by(4) {
            sample.push_str(&passage.text);
            sample.push('\n');
            if sample.len() > SAMPLE {
                break;
            }
        }
        Ok(sample)
    })?;
    if sample.chars().filter(|it| it.is_alphabetic()).count() < FEWEST {
        return Ok(Vec::new());
    }
    let spoken = recogniser.languages_for(&sample).installed;
    Ok(if spoken.is_empty() { first(recogniser) } else { spoken })
}

/// What to begin with: the language of the system.
fn first(recogniser: &Recogniser) -> Vec<Language> {
    recogniser.first_languages(sys_locale::get_locale().as_deref())
}

/// A page with the text of its picture, and the languages if this page was what told them.
type Seen = (Page, Option<Vec<Language>>);

struct Recognising<'a> {
    shared: &'a Shared,
    job: &'a Job,
    at_work: &'a AtWork<'a>,
    tokens: &'a mut Tokens,
    recogniser: Recogniser,
    renderer: Renderer,
    source: Source,
    document: Document,
    languages: Vec<Language>,
}

impl Recognising<'_> {
    fn all(mut self) -> Result<Ended, Error> {
        let mut last_cut = Instant::now();
        let mut cut_took = Duration::ZERO;
        loop {
            let next = if self.is_over()? { None } else { Some(self.waiting()?) };
            let Some(numbers) = next.filter(|it| !it.is_empty()) else {
                return self.end();
            };
            let begun = Instant::now();
            if !self.recognise(&numbers)? {
                return Ok(Ended::Stopped);
            }
            self.shared.bell.ring();
            if last_cut.elapsed() >= cut_took * RECUT_SHARE {
                let cut = Instant::now();
                if !self.recut()? {
                    return Ok(Ended::Stopped);
                }
                (last_cut, cut_took) = (Instant::now(), cut.elapsed());
                if self.unembedded(UNEMBEDDED)? {
                    return self.hand_over();
                }
            }
            self.shared.gentle.rest(begun.elapsed(), || self.at_work.is_over());
        }
    }

    fn is_over(&self) -> Result<bool, Error> {
        Ok(self.at_work.is_over() || self.shared.makes_way(self.job)?)
    }

    /// The next pages, as many as are recognised at once.
    fn waiting(&self) -> Result<Vec<u32>, Error> {
        let looked_at = self.shared.looked_at().filter(|(document, _)| *document == self.job.document);
        let near = looked_at.map_or(0, |(_, page)| page);
        // The first page alone tells the languages of the others.
        let lanes = if self.languages.is_empty() { 1 } else { lanes(self.shared.gentle.is_on()) };
        Ok(self.shared.library.read(|c| pages::to_recognise(c, self.job.document, near, lanes))?)
    }

    /// Recognises pages side by side and stores what comes out. False when the job is not ours any more.
    fn recognise(&mut self, numbers: &[u32]) -> Result<bool, Error> {
        let mut stored = Vec::with_capacity(numbers.len());
        for number in numbers {
            stored.push(self.shared.library.read(|c| pages::get(c, self.job.document, *number))?);
        }
        let this = &*self;
        let seen: Vec<Result<Seen, Error>> = std::thread::scope(|scope| {
            let lanes: Vec<_> = stored.iter().map(|page| scope.spawn(move || this.page(page))).collect();
            let panicked = || Err(Error::Start(std::io::Error::other("the recognition of a page panicked")));
            lanes.into_iter().map(|lane| lane.join().unwrap_or_else(|_| panicked())).collect()
        });
        for page in seen {
            let (page, languages) = page?;
            self.languages = languages.unwrap_or(std::mem::take(&mut self.languages));
            let found: Vec<&str> = self.languages.iter().map(Language::code).collect();
            let checkpoint = found.join("+");
            let (job, now) = (self.job, self.shared.library.now());
            let kept = self.shared.library.write(|tx| {
                if !is_ours(tx, job)? {
                    return Ok(false);
                }
                pages::recognised(tx, job.document, &page)?;
                let checkpoint = (!checkpoint.is_empty()).then_some(checkpoint.as_bytes());
                jobs::set_checkpoint(tx, job.job, JobStage::Recognising, checkpoint, now)?;
                Ok(true)
            })?;
            if !kept {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What is seen on a page. One that can't be recognised has no text and is not tried again by itself.
    fn page(&self, stored: &Page) -> Result<Seen, Error> {
        let nothing = || Page { confidence: Some(0.0), ..stored.clone() };
        match self.seen(stored) {
            // Some of a garbled page's own letters may be sound: they are given up for better ones only.
            Ok((seen, languages)) if stored.status == PageStatus::Garbled && seen.confidence < Some(SURE) => {
                Ok((nothing(), languages))
            }
            Ok(seen) => Ok(seen),
            Err(error) if self.at_work.is_over() || is_no_fault_of_the_page(&error) => Err(error.into()),
            Err(error) => {
                log("a page could not be recognised", &error);
                Ok((nothing(), None))
            }
        }
    }

    fn seen(&self, page: &Page) -> Result<Seen, reader::Error> {
        let cancel = &self.at_work.cancel;
        let picture = self.renderer.scan(&self.source, page.number, cancel)?;
        let scan = Scan { file: &self.source.path, page, picture: &picture };
        let limits = RecognitionLimits::default();
        if self.languages.is_empty() {
            let (page, told) = self.recogniser.recognise_first(&scan, &first(&self.recogniser), limits, cancel)?;
            // A page of a few words tells nothing.
            let enough = page.text.chars().filter(|it| it.is_alphabetic()).count() >= FEWEST;
            return Ok((page, enough.then_some(told)));
        }
        Ok((self.recogniser.recognise(&scan, &self.languages, limits, cancel)?, None))
    }

    /// Puts what was recognised among the passages. False when the job is not ours any more.
    fn recut(&mut self) -> Result<bool, Error> {
        let cut = recut::cut(self.shared, self.job.document, &self.document.title, self.tokens)?;
        let job = self.job;
        Ok(self.shared.library.write(|tx| {
            if !is_ours(tx, job)? {
                return Ok(false);
            }
            recut::store(tx, job.document, &cut)?;
            Ok(true)
        })?)
    }

    /// Whether so many passages wait for a vector.
    fn unembedded(&self, limit: u32) -> Result<bool, Error> {
        let space = self.shared.searched_space()?;
        let document = self.job.document;
        let waiting = self.shared.library.read(|c| passages::without_vector(c, document, space.model(), 0, limit))?;
        Ok(waiting.len() >= limit as usize && space.embedder.is_ok())
    }

    /// Makes what was recognised so far searchable; when all is, its vectors are next.
    fn end(mut self) -> Result<Ended, Error> {
        // Who stops does not wait for it: it is done when the job goes on.
        if self.at_work.is_over() || !self.recut()? || self.is_over()? {
            return Ok(Ended::Stopped);
        }
        if self.unembedded(1)? {
            return self.hand_over();
        }
        let (job, shared) = (self.job, self.shared);
        shared
            .library
            .write(|tx| if is_ours(tx, job)? { finish::done(tx, job, None, shared.library.now()) } else { Ok(()) })?;
        Ok(Ended::Done)
    }

    /// Has the vectors of what was recognised made next; recognition goes on after that.
    fn hand_over(self) -> Result<Ended, Error> {
        let (job, now) = (self.job, self.shared.library.now());
        self.shared.library.write(|tx| {
            if !is_ours(tx, job)? {
                return Ok(());
            }
            let checkpoint = jobs::get(tx, job.job)?.checkpoint;
            work::queue_at(tx, job, JobStage::Embedding, checkpoint.as_deref(), now)
        })?;
        Ok(Ended::Done)
    }
}

/// Pages at once: the program uses one core for each, and makes way for everything else.
fn lanes(is_gentle: bool) -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, |it| u32::try_from(it.get()).unwrap_or(1));
    if is_gentle { 1 } else { cores.clamp(1, 4) }
}

/// Another page would fail in the same way.
fn is_no_fault_of_the_page(error: &reader::Error) -> bool {
    matches!(
        error.code(),
        Code::NativePartMissing | Code::Encrypted | Code::NotFound | Code::Cancelled | Code::Internal
    )
}
