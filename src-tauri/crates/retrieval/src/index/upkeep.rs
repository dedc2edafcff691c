//! What the index needs from time to time, so that it stays small and quick however much is written.

use lancedb::Table;
use lancedb::table::{CompactionOptions, OptimizeAction};

use super::VectorIndex;
use super::approximate::{self, Step};
use super::seal::Seal;
use crate::Error;

/// Every write is a version with files of its own. After so many the small files are joined and the old ones deleted,
/// when nothing else is to be done; after the second number in any case.
const VERSIONS: usize = 32;
const VERSIONS_AT_MOST: usize = 64;

/// Rows of a file that is not joined with others any more: 25 MB, which bounds what a single write causes to be written
/// again, however large the library is.
const ROWS_OF_A_FILE: usize = 16_384;

/// How much the index is in need of [`VectorIndex::keep_up`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Upkeep {
    /// Nothing is to be done.
    Nothing,
    /// It is worth it, when nothing else is to be done.
    WhenIdle,
    /// It can't wait: disk, or the time of a search, would grow without bound.
    Now,
}

impl VectorIndex {
    /// What there is to be done. Cheap: some numbers of the table's newest version.
    pub async fn upkeep(&self) -> Result<Upkeep, Error> {
        self.or_marked(self.due().await)
    }

    async fn due(&self) -> Result<Upkeep, Error> {
        let Some(table) = self.table().await? else {
            return Ok(Upkeep::Nothing);
        };
        let seal = Seal::read(self);
        let versions = self.versions();
        let is_unsealed = seal.is_behind(self).map_err(|error| self.io(&error))?;
        let exact_up_to = self.exact_up_to();
        let step = self.guarded_read(async move { approximate::next_step(&table, &seal, exact_up_to).await }).await?;
        Ok(if versions >= VERSIONS_AT_MOST {
            Upkeep::Now
        } else if versions >= VERSIONS || step.is_some() || is_unsealed {
            Upkeep::WhenIdle
        } else {
            Upkeep::Nothing
        })
    }

    /// Joins small files, deletes those of old versions, and makes the approximate index or brings it up. A kill in
    /// between costs nothing. Writes wait meanwhile, searches don't. Only for the holder of the writer lock.
    pub async fn keep_up(&self) -> Result<(), Error> {
        let _writing = self.writing().await;
        self.or_marked(self.kept_up().await)
    }

    fn or_marked<T>(&self, done: Result<T, Error>) -> Result<T, Error> {
        done.inspect_err(|error| {
            self.forget();
            self.mark_if_damaged(error);
        })
    }

    async fn kept_up(&self) -> Result<(), Error> {
        let Some(table) = self.table().await? else {
            return Ok(());
        };
        let first = table.clone();
        self.guarded(async move { prune(&first).await }).await?;
        // What is left of the approximate index belongs to it. It was made by a process that was killed before it could
        // say so.
        let seal = Seal::read(self);
        let is_unsealed = seal.is_behind(self).map_err(|error| self.io(&error))?;
        let (exact_up_to, made_of) = (self.exact_up_to(), seal.made_of);
        let known = seal.clone();
        let made = self.guarded(async move {
            compact(&table).await?;
            let step = match approximate::next_step(&table, &known, exact_up_to).await? {
                None if is_unsealed => Some(Step::Make),
                step => step,
            };
            let made = match step {
                Some(step) => approximate::take(step, &table).await?,
                None => None,
            };
            prune(&table).await?;
            lancedb::Result::Ok(made)
        });
        let made = made.await?;
        seal.renew(self, made.unwrap_or(made_of)).map_err(|error| self.io(&error))
    }

    /// Versions of the table that are on disk.
    fn versions(&self) -> usize {
        std::fs::read_dir(self.table_folder().join("_versions")).map_or(0, Iterator::count)
    }
}

async fn compact(table: &Table) -> lancedb::Result<()> {
    let options = CompactionOptions { target_rows_per_fragment: ROWS_OF_A_FILE, ..CompactionOptions::default() };
    table.optimize(OptimizeAction::Compact { options, remap_options: None }).await?;
    Ok(())
}

/// No other writer is at work, so files that belong to no version are left over from a killed one. A reader that loses
/// its version under its hands opens the newest and asks again.
async fn prune(table: &Table) -> lancedb::Result<()> {
    let everything = OptimizeAction::Prune {
        older_than: Some(lancedb::table::Duration::zero()),
        delete_unverified: Some(true),
        error_if_tagged_old_versions: Some(false),
    };
    table.optimize(everything).await?;
    Ok(())
}
