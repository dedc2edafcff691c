//! Is what the index holds what SQLite holds?

use std::collections::HashSet;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{ArrayRef, RecordBatch};
use futures::TryStreamExt;
use kernel::PassageId;
use lancedb::query::ExecutableQuery;
use library::Library;
use library::vectors::{self, StoredVector};

use super::seal::Seal;
use super::{VectorIndex, rows};
use crate::Error;

/// Rows that are held against SQLite's at a time.
const COMPARED: usize = 1024;

/// In what the index differs from the library; all zero when it doesn't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Vectors of SQLite that the index has no row of.
    pub missing: usize,
    /// Rows of passages that have no vector, or that have a row already.
    pub superfluous: usize,
    /// Rows that say something else than SQLite, be it a single bit of the vector.
    pub different: usize,
    /// Files of the approximate index that read otherwise than they were written.
    pub broken_files: usize,
}

impl Differences {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.missing + self.superfluous + self.different + self.broken_files
    }
}

impl VectorIndex {
    /// Holds every row against SQLite, bit by bit, and every file of the approximate index against its hash: what
    /// nobody could tell from the way it reads. Reads all that there is, in parts.
    ///
    /// # Errors
    /// When the index can't be read at all, or the library can't.
    pub async fn compare(&self, library: &Library) -> Result<Differences, Error> {
        let mut found = Differences::default();
        let mut seen: HashSet<PassageId> = HashSet::new();
        if let Some(table) = self.table().await? {
            let mut batches = self.guarded_read(async move { table.query().execute().await }).await?;
            loop {
                // Taken along and given back: a step may outlive who waits for it.
                let step = async move { lancedb::Result::Ok((batches.try_next().await?, batches)) };
                let (batch, rest) = self.guarded_read(step).await?;
                batches = rest;
                let Some(batch) = batch else { break };
                for from in (0..batch.num_rows()).step_by(COMPARED) {
                    let part = batch.slice(from, COMPARED.min(batch.num_rows() - from));
                    self.compare_batch(library, &part, &mut seen, &mut found)?;
                }
            }
        }
        let vectors = library.read(|c| vectors::count(c, self.model()))? as usize;
        found.missing = vectors.saturating_sub(seen.len());
        found.broken_files = Seal::read(self).broken().map_err(|error| self.io(&error))?;
        Ok(found)
    }

    fn compare_batch(
        &self,
        library: &Library,
        batch: &RecordBatch,
        seen: &mut HashSet<PassageId>,
        found: &mut Differences,
    ) -> Result<(), Error> {
        let Some(ids) = passages(batch) else {
            found.different += batch.num_rows();
            return Ok(());
        };
        let stored = library.read(|c| vectors::of_passages(c, self.model(), &ids))?;
        let all: Option<Vec<StoredVector>> = stored.iter().cloned().collect();
        let is_same = match &all {
            Some(all) => self.is_same(batch, all)?,
            None => false,
        };
        for (row, (id, stored)) in ids.into_iter().zip(stored).enumerate() {
            match stored {
                None => found.superfluous += 1,
                Some(_) if !seen.insert(id) => found.superfluous += 1,
                Some(_) if is_same => {}
                Some(stored) => {
                    found.different += usize::from(!self.is_same(&batch.slice(row, 1), &[stored])?);
                }
            }
        }
        Ok(())
    }

    fn is_same(&self, batch: &RecordBatch, stored: &[StoredVector]) -> Result<bool, Error> {
        let wanted = rows::batch(self.model(), stored).map_err(|error| self.failed(&error))?;
        let schema = wanted.schema();
        let mut columns = schema.fields().iter().zip(wanted.columns());
        Ok(columns.all(|(field, wanted): (_, &ArrayRef)| {
            batch.column_by_name(field.name()).is_some_and(|found| Arc::clone(found).to_data() == wanted.to_data())
        }))
    }
}

fn passages(batch: &RecordBatch) -> Option<Vec<PassageId>> {
    let passages = batch.column_by_name("passage")?.as_primitive_opt::<Int64Type>()?;
    Some(passages.values().iter().copied().map(PassageId).collect())
}
