use std::collections::{BTreeSet, HashMap, HashSet};

use kernel::{Code, DocumentId, PassageId};
use library::vectors::{self, StoredVector};
use library::{Library, documents, passages};

use super::rows::{self, Key};
use super::{VectorIndex, truth};
use crate::Error;

/// Rows of one `add`: 1.5 MB, of which several copies are held until they are written. A document of any length, and the
/// whole library while everything is written anew, goes in by parts of this size.
pub(super) const ADD: u32 = 1024;

/// What [`VectorIndex::reconcile`] had to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// The folder was missing, damaged or of another model, and was made anew.
    pub rebuilt: bool,
    /// Documents whose rows were written again.
    pub added: usize,
    /// Documents whose rows were taken out.
    pub removed: usize,
}

impl VectorIndex {
    /// Brings a document's rows to what SQLite holds. Safe to call again, also after it was ended in between: what
    /// the index has of the document goes first. Only for the holder of the writer lock.
    pub async fn put_document(&self, library: &Library, document: DocumentId) -> Result<(), Error> {
        let _writing = self.writing().await;
        match self.replace(library, document).await {
            Err(Error::Index { code: Code::Corrupt, .. }) => {
                self.rebuild(library).await?;
                Ok(())
            }
            done => done,
        }
    }

    /// Takes removed documents out, and remembers in SQLite that this is done. Only for the holder of the writer lock.
    pub async fn remove_documents(&self, library: &Library, documents: &[DocumentId]) -> Result<(), Error> {
        let _writing = self.writing().await;
        match self.delete(documents).await {
            Ok(()) => {}
            Err(Error::Index { code: Code::Corrupt, .. }) => {
                self.rebuild(library).await?;
            }
            Err(error) => return Err(error),
        }
        library.write(|tx| documents::cleared(tx, documents))?;
        Ok(())
    }

    /// Makes the index hold exactly the vectors of SQLite: takes out what was removed, adds what is missing,
    /// and makes it anew when it can't be read. At start, and after any failure. Only for the holder of the
    /// writer lock.
    pub async fn reconcile(&self, library: &Library) -> Result<Reconciled, Error> {
        let _writing = self.writing().await;
        match self.brought_up(library).await {
            Err(Error::Index { code: Code::Corrupt, reason, .. }) => {
                tracing::warn!(reason, "the vector index is damaged and made anew");
                self.rebuild(library).await
            }
            done => done,
        }
    }

    async fn brought_up(&self, library: &Library) -> Result<Reconciled, Error> {
        let removals = library.read(documents::removals)?;
        if self.is_marked() {
            return Err(self.damaged("somebody could not read it".to_owned()));
        }
        let Some(stored) = self.stored_keys().await? else {
            return self.rebuild(library).await;
        };
        let wanted = library.read(|c| truth::keys(c, self.model()))?;
        let Difference { gone, stale } = compare(&stored, &wanted);
        if !gone.is_empty() {
            self.delete(&gone).await?;
        }
        for &document in &stale {
            self.replace(library, document).await?;
        }
        if !removals.is_empty() {
            library.write(|tx| documents::cleared(tx, &removals))?;
        }
        Ok(Reconciled { rebuilt: false, added: stale.len(), removed: gone.len() })
    }

    /// Everything anew, from SQLite alone. Nobody sees the new table before it is complete.
    pub(super) async fn rebuild(&self, library: &Library) -> Result<Reconciled, Error> {
        let removals = library.read(documents::removals)?;
        self.discard()?;
        let documents = library.read(|c| vectors::counts(c, self.model()))?;
        let folder = self.folder().join("new");
        let new = Self::at(folder.clone(), self.model(), self.exact_up_to());
        new.table_to_write().await?;
        new.append_all(library).await?;
        std::fs::rename(new.table_folder(), self.table_folder())
            .and_then(|()| std::fs::remove_dir_all(folder))
            .map_err(|error| self.io(&error))?;
        self.forget();
        library.write(|tx| documents::cleared(tx, &removals))?;
        Ok(Reconciled { rebuilt: true, added: documents.len(), removed: removals.len() })
    }

    async fn replace(&self, library: &Library, document: DocumentId) -> Result<(), Error> {
        let Some(table) = self.table().await? else {
            // A table of this document alone would look as if it were whole.
            self.rebuild(library).await?;
            return Ok(());
        };
        let held = self.guarded(async move { table.count_rows(Some(format!("document = {document}"))).await }).await?;
        if held > 0 {
            self.delete(&[document]).await?;
        }
        self.append_document(library, document).await
    }

    async fn append_document(&self, library: &Library, document: DocumentId) -> Result<(), Error> {
        let end = library.read(|c| passages::next_ordinal(c, document))?;
        for from in (0..end).step_by(ADD as usize) {
            let rows =
                library.read(|c| vectors::of_document(c, self.model(), document, from..from.saturating_add(ADD)))?;
            self.append_rows(&rows).await?;
        }
        Ok(())
    }

    async fn append_all(&self, library: &Library) -> Result<(), Error> {
        let mut after = PassageId(0);
        loop {
            let rows = library.read(|c| vectors::iter(c, self.model(), after, ADD))?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.passage;
            self.append_rows(&rows).await?;
        }
    }

    async fn append_rows(&self, rows: &[StoredVector]) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.append(rows::batch(self.model(), rows).map_err(|error| self.failed(&error))?).await
    }
}

struct Difference {
    /// Documents that the library has no vectors of.
    gone: Vec<DocumentId>,
    /// Documents of which the index has too little, too much or something else.
    stale: Vec<DocumentId>,
}

fn compare(stored: &[Key], wanted: &[Key]) -> Difference {
    let documents: HashSet<DocumentId> = wanted.iter().map(|key| key.document).collect();
    // One entry a row: a passage that stands twice in the index makes its document stale.
    let mut balance: HashMap<Key, i32> = HashMap::with_capacity(wanted.len());
    for key in wanted {
        *balance.entry(*key).or_default() += 1;
    }
    for key in stored {
        *balance.entry(*key).or_default() -= 1;
    }
    let differing: BTreeSet<DocumentId> =
        balance.into_iter().filter(|(_, count)| *count != 0).map(|(key, _)| key.document).collect();
    let (stale, gone) = differing.into_iter().partition(|document| documents.contains(document));
    Difference { gone, stale }
}
