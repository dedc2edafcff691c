//! The vectors of one model, all that makes and finds them; and the two of these that a library may have at a time.

use kernel::NativeParts;
use library::{Connection, Library, vectors};

use crate::Error;
use crate::embed::{self, Embedder, ModelFiles};
use crate::index::VectorIndex;

/// A model with the index of its vectors. Clones share both.
#[derive(Clone, Debug)]
pub struct EmbeddingSpace {
    /// The model, or why it can't be used.
    pub embedder: Result<Embedder, Error>,
    /// The nearest passages among those that have a vector of it.
    pub index: VectorIndex,
}

/// The vectors by which a library is searched, and those that are to follow them.
///
/// Vectors of two models can't be compared. When the library's were made with another model than the one that is
/// wanted, both are here: the library is searched by the first until every passage has a vector of the second.
/// Which one is searched is written in the library, so that all processes change over at once.
#[derive(Clone, Debug)]
pub struct Spaces {
    first: EmbeddingSpace,
    second: Option<EmbeddingSpace>,
}

impl EmbeddingSpace {
    fn open(library: &Library, native: &NativeParts, files: &ModelFiles, threads: usize) -> Self {
        let embedder = Embedder::start(native, files, threads);
        if let Err(error) = &embedder {
            tracing::warn!(%error, model = files.name(), "no meanings are made or found with this model");
        }
        Self { embedder, index: VectorIndex::open(library.folder(), files.name()) }
    }

    /// The model's name.
    pub fn model(&self) -> &str {
        self.index.model()
    }
}

impl Spaces {
    /// The spaces of a library that is wanted in `wanted`; `threads` make vectors of passages.
    ///
    /// # Errors
    /// Those of the library. A model that can't be used is no error here: who needs it is told.
    pub fn open(library: &Library, native: &NativeParts, wanted: &ModelFiles, threads: usize) -> Result<Self, Error> {
        let space = |files: &ModelFiles| EmbeddingSpace::open(library, native, files, threads);
        Ok(match library.read(vectors::searched_model)? {
            Some(other) if other != wanted.name() => {
                Self { first: space(&ModelFiles::kept(library.folder(), &other)), second: Some(space(wanted)) }
            }
            _ => Self { first: space(wanted), second: None },
        })
    }

    /// A single space.
    pub fn only(embedder: Result<Embedder, Error>, index: VectorIndex) -> Self {
        Self { first: EmbeddingSpace { embedder, index }, second: None }
    }

    /// The space that the library is searched by now. Another process may have changed it to one that is unknown
    /// here; the wanted one is given then, and has no vectors.
    pub fn searched(&self, connection: &Connection) -> Result<&EmbeddingSpace, library::Error> {
        let model = vectors::searched_model(connection)?;
        let is_first = model.is_none_or(|model| model == self.first.model());
        Ok(self.second.as_ref().filter(|_| !is_first).unwrap_or(&self.first))
    }

    /// The space that is to be searched next; none when it already is.
    pub fn next(&self, connection: &Connection) -> Result<Option<&EmbeddingSpace>, library::Error> {
        let searched = self.searched(connection)?.model();
        Ok(self.second.as_ref().filter(|second| second.model() != searched))
    }

    /// Has the library keep the model that it is searched by, for the day when another one is wanted, and deletes the
    /// models and indexes of those before it. For the holder of the writer lock, when there is no next space.
    pub fn settle(&self, library: &Library) -> Result<(), Error> {
        let searched = library.read(|connection| self.searched(connection).cloned())?;
        let folder = library.folder();
        if let Ok(embedder) = &searched.embedder
            && let Err(error) = embedder.files().keep(folder)
        {
            // Only missed on the day when another model is wanted.
            tracing::warn!(%error, "the embedding model is not kept in the library");
        }
        [folder.vectors(), folder.models()]
            .iter()
            .try_for_each(|inside| embed::remove_all_but(inside, searched.model()))
            .map_err(|error| searched.index.io(&error))
    }

    /// Ends the threads of both embedders; see [`Embedder::stop`].
    pub fn stop(&self) {
        for space in std::iter::once(&self.first).chain(&self.second) {
            if let Ok(embedder) = &space.embedder {
                embedder.stop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{Shelf, native};

    fn entries(folder: std::path::PathBuf) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn the_vectors_that_are_there_are_searched_until_the_library_says_otherwise() {
        let Some(native) = native() else { return };
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let (library, folder) = (&shelf.library, shelf.library.folder());
        let built_in = ModelFiles::built_in(&native);
        // Vectors of the built-in model, in a library that is wanted in another one.
        let (_, ids) = shelf.document(room, "cells", &["A cell.".to_owned()]);
        let other = ModelFiles::kept(folder, "other");
        let spaces = Spaces::open(library, &native, &other, 1).unwrap();
        let models = || {
            let found = library.read(|c| Ok((spaces.searched(c)?.model().to_owned(), spaces.next(c)?.is_some())));
            found.unwrap()
        };
        assert_eq!(models(), (built_in.name().to_owned(), true));

        library.write(|tx| vectors::put(tx, "other", &[(ids[0], &[0.05; 384])])).unwrap();
        assert!(library.write(|tx| vectors::switch(tx, "other")).unwrap());
        assert_eq!(models(), ("other".to_owned(), false));
    }

    #[test]
    fn a_library_keeps_the_model_of_its_vectors_and_nothing_of_others() {
        let Some(native) = native() else { return };
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        shelf.document(room, "cells", &["A cell.".to_owned()]);
        let folder = shelf.library.folder();
        let built_in = ModelFiles::built_in(&native);
        for old in [folder.models().join("old"), folder.vectors().join("old"), folder.models().join(".begun")] {
            std::fs::create_dir_all(old).unwrap();
        }
        std::fs::create_dir(folder.vectors().join(built_in.name())).unwrap();
        let spaces = Spaces::open(&shelf.library, &native, &built_in, 1).unwrap();
        for _ in 0..2 {
            spaces.settle(&shelf.library).unwrap();
            assert_eq!(
                (entries(folder.models()), entries(folder.vectors())),
                (vec![built_in.name().to_owned()], vec![built_in.name().to_owned()])
            );
            ModelFiles::kept(folder, built_in.name()).keep(folder).unwrap();
        }
        assert_eq!(entries(folder.models().join(built_in.name())).len(), 5);
    }
}
