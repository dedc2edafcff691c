//! The pages of one document, as a child sends them; the child may break.

use kernel::Cancel;
use kernel::child::{Child, Silence, WirePath};

use super::protocol::{Reply, Request};
use super::{Source, Worker};
use crate::{Error, Format, Opened, Page, Unit};

/// So many pages in a row without a readable one between them, and the document is given up.
const BROKEN_IN_A_ROW: u32 = 3;

/// A document that is being read; an iterator over its pages.
///
/// A page that breaks or stalls the child comes as [`PageStatus::Unreadable`], and the child starts again behind it.
/// A document of which no page at all could be read, or too many in a row could not, ends with the reason as an error.
/// Dropping it ends the child.
pub struct Reading {
    worker: Worker,
    source: Source,
    cancel: Cancel,
    opened: Opened,
    child: Option<Child<Reply>>,
    /// The page that comes next, from 1.
    next: u32,
    /// Pages that broke a child.
    avoid: Vec<u32>,
    broken_in_a_row: u32,
    any_read: bool,
    last_break: Option<Silence>,
    over: bool,
}

/// What a child did until its first page could come.
enum Start {
    Ready(Box<Child<Reply>>, Opened),
    /// This page broke it while the style of the document was learned.
    Broke(u32, Silence),
}

impl Reading {
    pub(super) fn start(worker: Worker, source: Source, from_page: u32, cancel: Cancel) -> Result<Self, Error> {
        let mut reading = Self {
            worker,
            source,
            cancel,
            opened: Opened::new(Format::Pdf, 0, None, Vec::new()),
            child: None,
            next: from_page.max(1),
            avoid: Vec::new(),
            broken_in_a_row: 0,
            any_read: from_page > 1,
            last_break: None,
            over: false,
        };
        reading.start_child()?;
        Ok(reading)
    }

    /// What is known of the document.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// A child that is about to send page `self.next`.
    fn start_child(&mut self) -> Result<(), Error> {
        let mut broken_samples = 0;
        loop {
            match self.try_start()? {
                Start::Ready(child, opened) => {
                    self.child = Some(*child);
                    self.opened = opened;
                    return Ok(());
                }
                Start::Broke(page, silence) => {
                    self.avoid.push(page);
                    self.last_break = Some(silence);
                    broken_samples += 1;
                    if broken_samples > BROKEN_IN_A_ROW {
                        return Err(self.given_up(silence));
                    }
                }
            }
        }
    }

    fn try_start(&self) -> Result<Start, Error> {
        let limits = self.worker.limits;
        let mut child = self.worker.start()?;
        child.request(&Request::Read {
            path: WirePath::new(&self.source.path),
            password: self.source.password.clone(),
            from_page: self.next,
            avoid: self.avoid.clone(),
        });
        let opened = match child.reply(limits.open, &self.cancel) {
            Ok(Reply::Opened(opened)) => opened,
            Ok(Reply::Failed(failure)) => return Err(failure.about(&self.source.path)),
            Ok(_) => return Err(self.given_up(Silence::Crashed)),
            Err(Silence::Time) => {
                return Err(Error::TimeLimit {
                    file: self.source.path.clone(),
                    seconds: limits.open.as_secs(),
                    part: "opening it".into(),
                });
            }
            Err(silence) => return Err(self.given_up(silence)),
        };
        let mut sampled = 0;
        loop {
            match child.reply(limits.page, &self.cancel) {
                Ok(Reply::Sampling(page)) => sampled = page,
                Ok(Reply::Sampled) => return Ok(Start::Ready(Box::new(child), opened)),
                Ok(Reply::Failed(failure)) => return Err(failure.about(&self.source.path)),
                Ok(_) => return Err(self.given_up(Silence::Crashed)),
                Err(silence) if sampled == 0 || silence == Silence::Cancelled => {
                    return Err(self.given_up(silence));
                }
                Err(silence) => return Ok(Start::Broke(sampled, silence)),
            }
        }
    }

    fn given_up(&self, silence: Silence) -> Error {
        let file = self.source.path.clone();
        match silence {
            Silence::Crashed => Error::Crashed(file),
            Silence::Memory => Error::MemoryLimit(file),
            Silence::Cancelled => Error::Cancelled(file),
            Silence::Time => {
                Error::TimeLimit { file, seconds: self.worker.limits.page.as_secs(), part: "a page".into() }
            }
        }
    }

    /// Reports the page that was due as unreadable and goes on behind it.
    fn after_a_break(&mut self, silence: Silence) -> Result<Page, Error> {
        self.child = None;
        tracing::warn!(page = self.next, ?silence, "a page broke the reading process");
        let mut page = Page::unreadable(self.next);
        if self.opened.unit != Unit::Page {
            (page.width, page.height) = (0.0, 0.0);
        }
        self.avoid.push(self.next);
        self.next += 1;
        self.last_break = Some(silence);
        self.broken_in_a_row += 1;
        if self.broken_in_a_row >= BROKEN_IN_A_ROW {
            return Err(self.given_up(silence));
        }
        if self.next <= self.opened.pages {
            self.start_child()?;
        }
        Ok(page)
    }

    fn next_page(&mut self) -> Result<Option<Page>, Error> {
        if self.next > self.opened.pages {
            return match self.last_break {
                Some(silence) if !self.any_read => Err(self.given_up(silence)),
                _ => Ok(None),
            };
        }
        let reply = match &mut self.child {
            Some(child) => child.reply(self.worker.limits.page, &self.cancel),
            None => Err(Silence::Crashed),
        };
        match reply {
            Ok(Reply::Page(page)) if page.number == self.next => {
                self.next += 1;
                // A page that broke a child is not tried again; one that PDFium refuses in an orderly way breaks nothing.
                if !self.avoid.contains(&page.number) {
                    self.any_read = true;
                    self.broken_in_a_row = 0;
                }
                Ok(Some(page))
            }
            Ok(Reply::End) => Ok(None),
            Ok(Reply::Failed(failure)) => Err(failure.about(&self.source.path)),
            Ok(_) => self.after_a_break(Silence::Crashed).map(Some),
            Err(Silence::Cancelled) => Err(self.given_up(Silence::Cancelled)),
            Err(silence) => self.after_a_break(silence).map(Some),
        }
    }
}

impl Iterator for Reading {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.next_page().transpose();
        if !matches!(next, Some(Ok(_))) {
            self.over = true;
            self.child = None;
        }
        next
    }
}
