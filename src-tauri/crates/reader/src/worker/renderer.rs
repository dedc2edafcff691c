//! Page pictures, drawn by a long-lived child.

use std::sync::{Mutex, PoisonError};

use kernel::child::{Child, Silence, WirePath};
use kernel::{Cancel, Rect};

use super::protocol::{Reply, Request};
use super::{Source, Worker};
use crate::Error;

/// Narrowest and widest picture in pixels.
pub(crate) const WIDTHS: std::ops::RangeInclusive<u32> = 64..=4096;

/// Draws pages. One child serves all requests, one after the other, and keeps the last few documents open; it is
/// started again after a rest, a crash or a page that takes too long.
pub struct Renderer {
    worker: Worker,
    child: Mutex<Option<Child<Reply>>>,
}

impl Renderer {
    pub(super) fn new(worker: Worker) -> Self {
        Self { worker, child: Mutex::new(None) }
    }

    /// The page (from 1) as a PNG, `width_px` wide (taken into 64 to 4096), high as its shape asks.
    ///
    /// # Errors
    /// Whatever keeps the document or the page from being drawn.
    pub fn render(&self, source: &Source, page: u32, width_px: u32) -> Result<Vec<u8>, Error> {
        self.drawn(source, page, width_px, None)
    }

    /// A part of the page (from 1) as a PNG, cut out of the picture that [`Self::render`] gives; at least a pixel.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn render_part(&self, source: &Source, page: u32, width_px: u32, part: Rect) -> Result<Vec<u8>, Error> {
        self.drawn(source, page, width_px, Some(part))
    }

    fn drawn(&self, source: &Source, page: u32, width_px: u32, part: Option<Rect>) -> Result<Vec<u8>, Error> {
        let request = Request::Render {
            path: WirePath::new(&source.path),
            password: source.password.clone(),
            page,
            width_px: width_px.clamp(*WIDTHS.start(), *WIDTHS.end()),
            part,
        };
        self.picture(source, &request, &Cancel::new())
    }

    /// The page (from 1) as a grey PNG in the size in which its text is recognised best: 300 dots an inch, or its own
    /// pixels where it is a picture that is good as it is; at most some 25 million pixels.
    ///
    /// # Errors
    /// Whatever keeps the document or the page from being drawn, or that the person stopped it.
    pub fn scan(&self, source: &Source, page: u32, cancel: &Cancel) -> Result<Vec<u8>, Error> {
        let request = Request::Scan { path: WirePath::new(&source.path), password: source.password.clone(), page };
        self.picture(source, &request, cancel)
    }

    fn picture(&self, source: &Source, request: &Request, cancel: &Cancel) -> Result<Vec<u8>, Error> {
        match self.ask(source, request, cancel)? {
            Reply::Picture(png) => Ok(png),
            _ => Err(Error::Crashed(source.path.clone())),
        }
    }

    /// Width and height in points of the page (from 1) as it is drawn.
    ///
    /// # Errors
    /// Whatever keeps the document from being opened.
    pub fn page_size(&self, source: &Source, page: u32) -> Result<(f32, f32), Error> {
        let request = Request::Size { path: WirePath::new(&source.path), password: source.password.clone(), page };
        match self.ask(source, &request, &Cancel::new())? {
            Reply::Size(width, height) => Ok((width, height)),
            _ => Err(Error::Crashed(source.path.clone())),
        }
    }

    fn ask(&self, source: &Source, request: &Request, cancel: &Cancel) -> Result<Reply, Error> {
        // A panic between two requests leaves nothing half done that a new child would not mend.
        let mut slot = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let limits = self.worker.limits;
        let mut first_try = true;
        loop {
            let used = slot.is_some();
            let mut child = match slot.take() {
                Some(child) => child,
                None => self.worker.start()?,
            };
            child.request(request);
            let silence = match child.reply(limits.open + limits.page, cancel) {
                Ok(Reply::Failed(failure)) => {
                    *slot = Some(child);
                    return Err(failure.about(&source.path));
                }
                Ok(reply) => {
                    *slot = Some(child);
                    return Ok(reply);
                }
                Err(silence) => silence,
            };
            // A child that had served before may have gone to rest, or have been worn out by an earlier document.
            let again = used && first_try && !matches!(silence, Silence::Time | Silence::Cancelled);
            first_try = false;
            if !again {
                return Err(match silence {
                    Silence::Memory => Error::MemoryLimit(source.path.clone()),
                    Silence::Time => Error::TimeLimit {
                        file: source.path.clone(),
                        seconds: (limits.open + limits.page).as_secs(),
                        part: "drawing a page".into(),
                    },
                    Silence::Cancelled => Error::Cancelled(source.path.clone()),
                    Silence::Crashed => Error::Crashed(source.path.clone()),
                });
            }
        }
    }
}
