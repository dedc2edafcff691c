//! A package, read by a process of its own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use kernel::child::{Child, Silence, WirePath};
use kernel::{Cancel, Code};
use tempfile::NamedTempFile;

use super::incoming::Incoming;
use super::protocol::{Reply, Request};
use crate::Error;
use crate::cards::exchange::Skipped;

/// How long a package may take until its notes begin to come, and between two of them.
const PATIENCE: Duration = Duration::from_secs(120);
/// Memory of the process that reads it: the largest package that is taken needs about half of it.
const MEMORY: u64 = 4 << 30;

/// How to start the process that reads packages: a program whose `main` hands over to [`super::serve`].
#[derive(Clone, Debug)]
pub struct Worker {
    /// The program, as a rule this very executable.
    pub program: PathBuf,
    /// What makes it such a process.
    pub args: Vec<OsString>,
}

/// A package that was read: its notes are here, its pictures and sounds are fetched from the process that has it open.
pub struct Package {
    path: PathBuf,
    child: Child<Reply>,
    cancel: Cancel,
    /// When its collection was made, in seconds since 1970: days are counted from here.
    pub(super) made: i64,
    pub(super) notes: Vec<Incoming>,
    pub(super) skipped: Vec<Skipped>,
    /// What the process unpacks the database to.
    _database: NamedTempFile,
}

impl Worker {
    /// Reads a package.
    ///
    /// # Errors
    /// `NotFound`, `Unreadable`, `Damaged` for what is broken, no package, or ends the process that reads it,
    /// `EmptyFile`, `Encrypted`, `Invalid` for what is larger than any package should be, `NoSpace`, `Cancelled`.
    pub fn open(&self, path: &Path, cancel: &Cancel) -> Result<Package, Error> {
        let started = Child::start(&self.program, &self.args);
        let child = started.map_err(|error| Error::unreadable(path, Code::Internal, error))?;
        Package::read(path, child, MEMORY, cancel)
    }
}

impl Package {
    /// Reads a package by a child; without a limit on its memory where that is 0.
    pub(super) fn read(
        path: &Path,
        mut child: Child<Reply>,
        memory_bytes: u64,
        cancel: &Cancel,
    ) -> Result<Self, Error> {
        let database = NamedTempFile::new().map_err(|error| Error::unreadable(path, Code::of_io(&error), error))?;
        child.request(&Request::Open {
            package: WirePath::new(path),
            database: WirePath::new(database.path()),
            memory_bytes,
        });
        let mut package = Self {
            path: path.to_owned(),
            child,
            cancel: cancel.clone(),
            made: 0,
            notes: Vec::new(),
            skipped: Vec::new(),
            _database: database,
        };
        loop {
            match package.reply()? {
                Reply::Opened { made } => package.made = made,
                Reply::Note(note) => package.notes.push(note),
                Reply::Skipped(skipped) => package.skipped.push(skipped),
                Reply::End if package.notes.is_empty() && package.skipped.is_empty() => {
                    return Err(Error::unreadable(path, Code::EmptyFile, "there is no note in it"));
                }
                Reply::End => return Ok(package),
                Reply::Medium(_) | Reply::Refused { .. } => return Err(package.given_up(Silence::Crashed)),
            }
        }
    }

    /// What is in the picture or sound of that name; none where the package lacks it.
    pub(super) fn medium(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        self.child.request(&Request::Medium(name.to_owned()));
        match self.reply()? {
            Reply::Medium(bytes) => Ok(bytes),
            _ => Err(self.given_up(Silence::Crashed)),
        }
    }

    fn reply(&mut self) -> Result<Reply, Error> {
        match self.child.reply(PATIENCE, &self.cancel) {
            Ok(Reply::Refused { code, why }) => Err(Error::unreadable(&self.path, code, why)),
            Ok(reply) => Ok(reply),
            Err(silence) => Err(self.given_up(silence)),
        }
    }

    fn given_up(&self, silence: Silence) -> Error {
        let (code, why) = match silence {
            Silence::Crashed => (Code::Damaged, "it broke the process that reads it"),
            Silence::Memory => (Code::Damaged, "it needs more memory than a package may take"),
            Silence::Time => (Code::Damaged, "it takes longer than a package may take"),
            Silence::Cancelled => (Code::Cancelled, "the import was stopped"),
        };
        Error::unreadable(&self.path, code, why)
    }
}
