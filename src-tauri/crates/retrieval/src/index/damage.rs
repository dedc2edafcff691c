//! What is wrong with the index's files does no more than fail, and is known to whoever can mend it.
//!
//! The files are written by LanceDB, which trusts what it reads: a flipped byte may make it panic, or look for
//! something without end. And who meets the damage is mostly not the one who may write, so it leaves a mark in the
//! folder, which goes away with everything else in it when the index is made anew.

use std::time::Duration;

use kernel::{Code, Coded};
use library::{Library, vectors};
use tokio::task::JoinSet;

use super::VectorIndex;
use crate::Error;

/// In the index's folder: somebody could not read it.
const MARK: &str = "damaged";

/// A read that takes longer than this doesn't end; the slowest, of a million passages one by one, takes a tenth.
const PATIENCE: Duration = Duration::from_secs(20);

impl VectorIndex {
    /// Whether the index is to be made anew: somebody could not read it, or it is gone.
    ///
    /// # Errors
    /// Those of the library.
    pub fn needs_mending(&self, library: &Library) -> Result<bool, Error> {
        if self.is_marked() {
            return Ok(true);
        }
        Ok(!self.table_folder().is_dir() && library.read(|c| vectors::count(c, self.model()))? > 0)
    }

    /// Has the index made anew by the process in charge, whatever it looks like from outside.
    pub fn mark_damaged(&self) {
        // Where there is no folder there is nothing to distrust.
        if self.folder().is_dir()
            && let Err(error) = std::fs::write(self.folder().join(MARK), b"")
        {
            tracing::warn!(%error, "the vector index is damaged, and nobody can be told");
        }
    }

    pub(super) fn is_marked(&self) -> bool {
        self.folder().join(MARK).exists()
    }

    pub(super) fn mark_if_damaged(&self, error: &Error) {
        if error.code() == Code::Corrupt {
            tracing::warn!(%error, "the vector index is damaged; the process in charge makes it anew");
            self.mark_damaged();
        }
    }

    /// Runs a step of LanceDB's on a task of its own: a panic in it is an error like others.
    pub(super) async fn guarded<T, E>(
        &self,
        step: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        E: std::error::Error + Send + 'static,
    {
        // A set ends its task when it is dropped, so that nothing goes on that nobody waits for any more.
        let mut task = JoinSet::new();
        task.spawn(step);
        match task.join_next().await {
            Some(Ok(done)) => done.map_err(|error| self.failed(&error)),
            Some(Err(panicked)) if panicked.is_panic() => Err(self.damaged(panicked.to_string())),
            _ => Err(Error::Stopped),
        }
    }

    /// The same for a step that somebody waits for: one without end is an error as well.
    pub(super) async fn guarded_read<T, E>(
        &self,
        step: impl Future<Output = Result<T, E>> + Send + 'static,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        E: std::error::Error + Send + 'static,
    {
        let read = tokio::time::timeout(PATIENCE, self.guarded(step)).await;
        read.unwrap_or_else(|_| Err(self.damaged(format!("it was not read within {} seconds", PATIENCE.as_secs()))))
    }

    pub(super) fn damaged(&self, reason: String) -> Error {
        Error::Index { path: self.folder().to_owned(), reason, code: Code::Corrupt }
    }

    pub(super) fn failed(&self, error: &(dyn std::error::Error + 'static)) -> Error {
        Error::Index { path: self.folder().to_owned(), reason: error.to_string(), code: code_of(error) }
    }

    pub(crate) fn io(&self, error: &std::io::Error) -> Error {
        Error::Index { path: self.folder().to_owned(), reason: error.to_string(), code: Code::of_io(error) }
    }
}

/// A full disk or a folder without rights is the person's to mend; anything else is damage, ours to rebuild.
fn code_of(error: &(dyn std::error::Error + 'static)) -> Code {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            let code = Code::of_io(io);
            if matches!(code, Code::NoSpace | Code::ReadOnly | Code::Unreadable) {
                return code;
            }
        }
        cause = error.source();
    }
    Code::Corrupt
}
