use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arrow_array::RecordBatch;
use futures::TryStreamExt;
use kernel::{Code, DocumentId, LibraryFolder, PassageId};
use lancedb::database::CreateTableMode;
use lancedb::query::{ExecutableQuery, QueryBase, Select};
use lancedb::{DistanceType, ObjectStoreRegistry, Session, Table, connect};

use super::approximate::{self, Coverage, Way};
use super::rows::{self, Key};
use crate::Error;
use crate::embed::Vector;
use crate::scope::Filter;

const TABLE: &str = "passages";

/// Bytes that LanceDB may keep of index pages and of file footers; its own defaults are 6 GiB and 1 GiB. The first holds
/// the approximate index of a million and a half passages (64 bytes each), and only as much of it as there is.
const INDEX_CACHE: usize = 96 << 20;
const METADATA_CACHE: usize = 16 << 20;

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
    /// Up to so many passages are compared one by one.
    exact_up_to: usize,
    coverage: Mutex<Coverage>,
}

impl VectorIndex {
    /// The index of a model's vectors in the library in `folder`. Nothing is opened yet, so nothing can fail: a missing or damaged
    /// folder shows at the first search, and [`VectorIndex::reconcile`] mends it.
    pub fn open(folder: &LibraryFolder, model: &str) -> Self {
        Self::open_exact_up_to(folder, model, approximate::EXACT_UP_TO)
    }

    /// The same, which compares up to so many passages one by one and has an approximate index of more. All who write
    /// to it should agree on the number.
    pub fn open_exact_up_to(folder: &LibraryFolder, model: &str, passages: usize) -> Self {
        Self::at(folder.vectors().join(model), model, passages)
    }

    pub(super) fn at(folder: PathBuf, model: &str, exact_up_to: usize) -> Self {
        Self(Arc::new(Inner {
            model: model.to_owned(),
            folder,
            table: Mutex::default(),
            writing: tokio::sync::Mutex::default(),
            exact_up_to,
            coverage: Mutex::default(),
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

    /// The `k` passages within a room, or a part of it, nearest to `vector`, each with its cosine, the nearest first. The
    /// filter is part of the query: rows of other rooms are not even compared. Exact among a few ten thousand passages;
    /// among more, nearly so (see [`super::approximate`]).
    ///
    /// An index that is not there yet has no passages. One that can't be read is left a mark, so that the process in
    /// charge makes it anew.
    pub async fn search(
        &self,
        within: impl Into<Filter>,
        vector: &Vector,
        k: usize,
    ) -> Result<Vec<(PassageId, f32)>, Error> {
        let (within, vector) = (within.into(), *vector);
        let found = self.read(move |index, table| {
            let within = within.clone();
            async move {
                let way = index.way(&table, within.sql()).await?;
                let found = nearest(&table, &within, &vector, k, way).await?;
                way.expect(k, found.len())?;
                Ok(found)
            }
        });
        found.await.map(Option::unwrap_or_default)
    }

    /// How many passages it holds.
    pub async fn rows(&self) -> Result<u64, Error> {
        let count = self.read(|_, table| async move { table.count_rows(None).await });
        count.await.map(|count| count.unwrap_or_default() as u64)
    }

    /// Runs `read` on the table; once more on a newly opened one when it fails, since another process may
    /// have made the index anew or deleted the files of the version that was open here.
    pub(super) async fn read<T, R>(&self, read: impl Fn(Self, Table) -> R) -> Result<Option<T>, Error>
    where
        T: Send + 'static,
        R: Future<Output = lancedb::Result<T>> + Send + 'static,
    {
        let once = async || match self.table().await? {
            Some(table) => self.guarded_read(read(self.clone(), table)).await.map(Some),
            None => Ok(None),
        };
        let first = once().await;
        let Err(error) = first else { return first };
        tracing::debug!(%error, "the vector index is opened again");
        self.forget();
        let second = once().await;
        if let Err(error) = &second {
            self.forget();
            self.mark_if_damaged(error);
        }
        second
    }

    pub(super) fn exact_up_to(&self) -> usize {
        self.0.exact_up_to
    }

    pub(super) fn coverage(&self) -> MutexGuard<'_, Coverage> {
        self.0.coverage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where LanceDB keeps the table.
    pub(super) fn table_folder(&self) -> PathBuf {
        self.0.folder.join(format!("{TABLE}.lance"))
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
        // A folder without a table in it is damage, not the lack of a table.
        let is_there = self.table_folder().is_dir();
        let opened = self.guarded_read(async move {
            match connection.open_table(TABLE).execute().await {
                Ok(table) => Ok(Some(table)),
                Err(lancedb::Error::TableNotFound { .. }) if !is_there => Ok(None),
                Err(error) => Err(error),
            }
        });
        let opened = opened.await?;
        self.opened().clone_from(&opened);
        Ok(opened)
    }

    /// The table, made when there is none. The caller holds the writing lock.
    pub(super) async fn table_to_write(&self) -> Result<Table, Error> {
        if let Some(table) = self.table().await? {
            return Ok(table);
        }
        std::fs::create_dir_all(&self.0.folder).map_err(|error| self.io(&error))?;
        let connection = self.connect().await?;
        let empty = connection.create_empty_table(TABLE, rows::schema(self.model())).mode(CreateTableMode::Create);
        let table = self.guarded(async move { empty.execute().await }).await?;
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
        self.guarded(async move { table.add(rows).execute().await }).await?;
        Ok(())
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
            let table = table.clone();
            self.guarded(async move { table.delete(predicate.as_str()).await }).await?;
        }
        Ok(())
    }

    /// What the table holds; none when there is no table or it can't be used as it is.
    pub(super) async fn stored_keys(&self) -> Result<Option<Vec<Key>>, Error> {
        let Some(table) = self.table().await? else {
            return Ok(None);
        };
        let model = self.model().to_owned();
        self.guarded(async move {
            if !rows::fits(&*table.schema().await?, &model) {
                return Ok(None);
            }
            let stored = table.query().select(Select::columns(&rows::KEYS)).execute().await?;
            let batches: Vec<RecordBatch> = stored.try_collect().await?;
            let keys: Option<Vec<Vec<Key>>> = batches.iter().map(rows::keys).collect();
            lancedb::Result::Ok(keys.map(|keys| keys.concat()))
        })
        .await
    }

    pub(super) async fn writing(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.writing.lock().await
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
        *self.coverage() = Coverage::default();
    }
}

async fn nearest(
    table: &Table,
    within: &Filter,
    vector: &Vector,
    k: usize,
    way: Way,
) -> lancedb::Result<Vec<(PassageId, f32)>> {
    let query = table
        .query()
        .only_if(within.sql())
        .select(Select::columns(&["passage", "_distance"]))
        .limit(k)
        .nearest_to(vector)?
        .distance_type(DistanceType::Cosine);
    let batches: Vec<RecordBatch> = way.take(query)?.execute().await?.try_collect().await?;
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
