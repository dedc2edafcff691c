//! The child process that parses files, and the parent's side of it.
//!
//! One child has one PDFium thread. Requests go in by its standard input, answers come out by its standard output,
//! and the pipe is the backpressure: a child never runs far ahead of whoever takes its pages. A child ends with its
//! standard input, so it can't outlive a parent that was killed.

mod drawing;
mod protocol;
mod reading;
mod renderer;
mod serve;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use kernel::child::{Child, WirePath};
use kernel::{Cancel, NativeParts};

use protocol::{Hello, Reply};

pub use reading::Reading;
pub use renderer::Renderer;
pub use serve::serve_worker;

use crate::Error;

/// How to start the process that reads files: a program whose `main` hands over to [`serve_worker`].
#[derive(Clone, Debug)]
pub struct Worker {
    /// The program, as a rule this very executable.
    pub program: PathBuf,
    /// What makes it a worker, such as `--worker`.
    pub args: Vec<OsString>,
    /// Where PDFium is.
    pub native: NativeParts,
    /// What a file may cost.
    pub limits: Limits,
}

/// What a file may cost before it is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the document is open.
    pub open: Duration,
    /// For each page.
    pub page: Duration,
    /// Memory of the child.
    pub memory_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { open: Duration::from_secs(20), page: Duration::from_secs(20), memory_bytes: 1 << 30 }
    }
}

/// A file to read, and the password if it needs one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Its password; never stored or logged by this crate.
    pub password: Option<String>,
}

impl Source {
    /// A file without a password.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), password: None }
    }
}

impl Worker {
    /// Starts a child on `source` and waits until the document is open; its pages from `from_page` on then come from
    /// the [`Reading`].
    ///
    /// # Errors
    /// Whatever keeps the document from being opened, with a message for the person.
    pub fn read(&self, source: &Source, from_page: u32, cancel: &Cancel) -> Result<Reading, Error> {
        Reading::start(self.clone(), source.clone(), from_page, cancel.clone())
    }

    /// A child that waits for requests.
    fn start(&self) -> Result<Child<Reply>, Error> {
        let failed = |source| Error::Start { program: self.program.clone(), source };
        let mut child = Child::start(&self.program, &self.args).map_err(failed)?;
        // A child that is already gone shows at the first reply.
        child.request(&Hello { pdfium: WirePath::new(&self.native.pdfium()), memory_bytes: self.limits.memory_bytes });
        Ok(child)
    }

    /// A renderer of page pictures; its child starts with the first request.
    pub fn renderer(&self) -> Renderer {
        Renderer::new(self.clone())
    }
}
