use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arrow_array::RecordBatch;
use futures::TryStreamExt;
use kernel::{Code, DocumentId, LibraryFolder, PassageId};
use lancedb::database::CreateTableMode;
use lancedb::query::{ExecutableQuery, QueryBase, Select};
use lancedb::table::{CompactionOptions, OptimizeAction};
use lancedb::{DistanceType, ObjectStoreRegistry, Session, Table, connect};

use super::rows::{self, Key};
use crate::Error;
use crate::embed::Vector;
use crate::scope::Filter;

const TABLE: &str = "passages";

/// Bytes that LanceDB may keep of index pages and of file footers; its own defaults are 6 GiB and 1 GiB.
const INDEX_CACHE: usize = 16 << 20;
const METADATA_CACHE: usize = 16 << 20;

/// Every write is a version with files of its own: after this many the small ones are joined and the old
/// ones deleted, so that any number of imports leaves a bounded number of files.
const WRITES_BETWEEN_CLEANING: u32 = 32;

/// The nearest passages by meaning. Clones share it; any thread may use it.
#[derive(Clone)]
pub struct VectorIndex(Arc<Inner>);

struct Inner {
    model: String,
    folder: PathBuf,
    /// None until it is needed, and again after a failure: the next use opens it afresh.
    table: Mutex<Option<Table>>,
    /// One write at a time in this process; one process at a time by the writer lock.
    writing: tokio::sync::Mutex<()>,
    writes: AtomicU32,
}

impl VectorIndex {
    /// The index of a model's vectors in the library in `folder`. Nothing is opened yet, so nothing can fail: a missing or damaged
    /// folder shows at the first search, and [`VectorIndex::reconcile`] mends it.
    pub fn open(folder: &LibraryFolder, model: &str) -> Self {
        Self(Arc::new(Inner {
            model: model.to_owned(),
            folder: folder.vectors().join(model),
            table: Mutex::new(None),
            writing: tokio::sync::Mutex::new(()),
            writes: AtomicU32::new(0),
        }))
    }

    /// The model whose vectors it holds.
    pub fn model(&self) -> &str {
        &self.0.model
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// The `k` passages within a room, or a part of it, nearest to `vector`, each with its cosine, the nearest first.
    /// Exact. The filter is part of the query: rows of other rooms are not even compared.
    ///
    /// An index that is not there yet has no passages.
    pub async fn search(
        &self,
        within: impl Into<Filter>,
        vector: &Vector,
        k: usize,
    ) -> Result<Vec<(PassageId, f32)>, Error> {
        let within = within.into();
        self.read(async |table: Table| nearest(&table, &within, vector, k).await).await.map(Option::unwrap_or_default)
    }

    /// How many passages it holds.
    pub async fn rows(&self) -> Result<u64, Error> {
        self.read(async |table: Table| table.count_rows(None).await).await.map(|count| count.unwrap_or_default() as u64)
    }

    /// Joins small files and deletes the files of old versions. Only for the holder of the writer lock.
    pub async fn clean(&self) -> Result<(), Error> {
        let _writing = self.0.writing.lock().await;
        self.cleaned().await
    }

    /// Runs `read` on the table; once more on a newly opened one when it fails, since another process may
    /// have made the index anew or deleted the files of the version that was open here.
    async fn read<T>(&self, read: impl AsyncFn(Table) -> lancedb::Result<T>) -> Result<Option<T>, Error> {
        let Some(table) = self.table().await? else {
            return Ok(None);
        };
        match read(table).await {
            Ok(found) => Ok(Some(found)),
            Err(error) => {
                tracing::debug!(%error, "the vector index is opened again");
                self.forget();
                match self.table().await? {
                    Some(table) => read(table).await.map(Some).map_err(|error| {
                        self.forget();
                        self.failed(&error)
                    }),
                    None => Ok(None),
                }
            }
        }
    }

    /// The open table; none when there is no table yet.
    pub(super) async fn table(&self) -> Result<Option<Table>, Error> {
        if let Some(table) = self.opened().as_ref() {
            return Ok(Some(table.clone()));
        }
        if !self.0.folder.is_dir() {
            return Ok(None);
        }
        let connection = self.connect().await?;
        match connection.open_table(TABLE).execute().await {
            Ok(table) => {
                *self.opened() = Some(table.clone());
                Ok(Some(table))
            }
            Err(lancedb::Error::TableNotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// The table, made when there is none. The caller holds the writing lock.
    pub(super) async fn table_to_write(&self) -> Result<Table, Error> {
        if let Some(table) = self.table().await? {
            return Ok(table);
        }
        std::fs::create_dir_all(&self.0.folder).map_err(|error| self.io(&error))?;
        let table = self
            .connect()
            .await?
            .create_empty_table(TABLE, rows::schema(self.model()))
            .mode(CreateTableMode::Create)
            .execute()
            .await
            .map_err(|error| self.failed(&error))?;
        *self.opened() = Some(table.clone());
        Ok(table)
    }

    /// Deletes the folder, whatever is in it. The caller holds the writing lock.
    pub(super) fn discard(&self) -> Result<(), Error> {
        self.forget();
        match std::fs::remove_dir_all(&self.0.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(self.io(&error)),
            _ => Ok(()),
        }
    }

    /// Appends rows. The caller holds the writing lock.
    pub(super) async fn append(&self, rows: RecordBatch) -> Result<(), Error> {
        let table = self.table_to_write().await?;
        let added = table.add(rows).execute().await;
        added.map_err(|error| self.failed(&error))?;
        self.written().await
    }

    /// Takes documents out. The caller holds the writing lock.
    pub(super) async fn delete(&self, documents: &[DocumentId]) -> Result<(), Error> {
        let Some(table) = self.table().await? else {
            return Ok(());
        };
        // Short lists, so that the predicate stays small whatever the number of documents.
        for documents in documents.chunks(256) {
            let list: Vec<String> = documents.iter().map(ToString::to_string).collect();
            let predicate = format!("document IN ({})", list.join(", "));
            table.delete(predicate.as_str()).await.map_err(|error| self.failed(&error))?;
        }
        self.written().await
    }

    /// What the table holds; none when there is no table or it can't be used as it is.
    pub(super) async fn stored_keys(&self) -> Result<Option<Vec<Key>>, Error> {
        let Some(table) = self.table().await? else {
            return Ok(None);
        };
        let schema = table.schema().await.map_err(|error| self.failed(&error))?;
        if !rows::fits(&schema, self.model()) {
            return Ok(None);
        }
        let batches: Vec<RecordBatch> = table
            .query()
            .select(Select::columns(&rows::KEYS))
            .execute()
            .await
            .map_err(|error| self.failed(&error))?
            .try_collect()
            .await
            .map_err(|error| self.failed(&error))?;
        let keys: Option<Vec<Vec<Key>>> = batches.iter().map(rows::keys).collect();
        Ok(keys.map(|keys| keys.concat()))
    }

    pub(super) async fn writing(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.writing.lock().await
    }

    async fn written(&self) -> Result<(), Error> {
        let writes = self.0.writes.fetch_add(1, Ordering::Relaxed) + 1;
        if writes.is_multiple_of(WRITES_BETWEEN_CLEANING) {
            self.cleaned().await?;
        }
        Ok(())
    }

    async fn cleaned(&self) -> Result<(), Error> {
        let Some(table) = self.table().await? else {
            return Ok(());
        };
        let compact = OptimizeAction::Compact { options: CompactionOptions::default(), remap_options: None };
        // No other writer is at work, so files that belong to no version are left over from a killed one.
        // A reader that loses its version under its hands opens the newest and asks again.
        let prune = OptimizeAction::Prune {
            older_than: Some(lancedb::table::Duration::zero()),
            delete_unverified: Some(true),
            error_if_tagged_old_versions: Some(false),
        };
        for action in [compact, prune] {
            table.optimize(action).await.map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    async fn connect(&self) -> Result<lancedb::Connection, Error> {
        let path = self.0.folder.to_str().ok_or_else(|| Error::Index {
            path: self.0.folder.clone(),
            reason: "its path is not Unicode".to_owned(),
            code: Code::Unreadable,
        })?;
        // A session of its own for each opening: cached footers of an index that was made anew under the same
        // names would be wrong ones.
        let session = Session::new(INDEX_CACHE, METADATA_CACHE, Arc::new(ObjectStoreRegistry::default()));
        connect(path)
            .session(Arc::new(session))
            // Every read looks for a newer version: one directory listing.
            .read_consistency_interval(Duration::ZERO)
            .execute()
            .await
            .map_err(|error| self.failed(&error))
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, Option<Table>> {
        self.0.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of the open table; the next use opens it afresh.
    pub(super) fn forget(&self) {
        *self.opened() = None;
    }

    pub(super) fn failed(&self, error: &(dyn std::error::Error + 'static)) -> Error {
        Error::Index { path: self.0.folder.clone(), reason: error.to_string(), code: code_of(error) }
    }

    pub(crate) fn io(&self, error: &std::io::Error) -> Error {
        Error::Index { path: self.0.folder.clone(), reason: error.to_string(), code: Code::of_io(error) }
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

async fn nearest(table: &Table, within: &Filter, vector: &Vector, k: usize) -> lancedb::Result<Vec<(PassageId, f32)>> {
    let batches: Vec<RecordBatch> = table
        .query()
        .only_if(within.sql())
        .select(Select::columns(&["passage", "_distance"]))
        .limit(k)
        .nearest_to(vector)?
        .distance_type(DistanceType::Cosine)
        .execute()
        .await?
        .try_collect()
        .await?;
    let found: Option<Vec<_>> = batches.iter().map(rows::neighbours).collect();
    found
        .map(|found| found.concat())
        .ok_or_else(|| lancedb::Error::Schema { message: "the answer lacks a column".to_owned() })
}

impl std::fmt::Debug for VectorIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VectorIndex").field("folder", &self.0.folder).finish_non_exhaustive()
    }
}
