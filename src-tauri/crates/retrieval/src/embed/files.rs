//! A model as files: the one that comes with the app, one that a person has chosen, or the one that the library has
//! kept because its vectors were made with it.

use std::path::{Path, PathBuf};
use std::{fs, io};

use kernel::{LibraryFolder, NativeParts};

use super::model::{MODEL, Model};
use crate::Error;

/// What a model consists of.
pub(super) const WEIGHTS: &str = "model.onnx";
pub(super) const TOKENIZER: &str = "tokenizer.json";
pub(super) const CONFIG: &str = "config.json";
pub(super) const SPECIAL_TOKENS: &str = "special_tokens_map.json";
pub(super) const TOKENIZER_CONFIG: &str = "tokenizer_config.json";
/// A copy takes up at most one part in so many of the free space.
const SPARED: u64 = 4;
const FILES: [&str; 5] = [WEIGHTS, TOKENIZER, CONFIG, SPECIAL_TOKENS, TOKENIZER_CONFIG];

/// Where a model lies, and the name that its vectors carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelFiles {
    name: String,
    folder: PathBuf,
}

impl ModelFiles {
    /// The model that comes with the app.
    pub fn built_in(native: &NativeParts) -> Self {
        Self { name: MODEL.to_owned(), folder: native.model() }
    }

    /// The model that a person has chosen, after a try. Its name is the folder's, with a part of the hash of its files.
    ///
    /// # Errors
    /// [`Error::PartMissing`] names the file that is not there; [`Error::PartBroken`] says why it can't be used.
    pub fn chosen(folder: &Path, native: &NativeParts) -> Result<Self, Error> {
        let broken = |reason: String| Error::ModelRefused { folder: folder.to_owned(), reason };
        let mut hash = blake3::Hasher::new();
        for file in FILES {
            let content = fs::read(folder.join(file)).map_err(|error| broken(format!("{file}: {error}")))?;
            hash.update(&content);
        }
        let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || "-_.".contains(*letter);
        let plain: String = folder.file_name().unwrap_or_default().to_string_lossy().chars().filter(is_plain).collect();
        // No name begins with a dot: those are of copies that were not finished.
        let name = format!("model-{}-{}", plain, &hash.finalize().to_hex()[..8]);
        let files = Self { name, folder: folder.to_owned() };
        let tried = Model::load(native, &files, 1).and_then(|mut model| model.embed("A sentence to try it with."));
        match tried {
            Ok(found) if found.vector.iter().all(|number| number.is_finite()) => Ok(files),
            Ok(_) => Err(broken("it gave numbers that are none".to_owned())),
            Err(error) => Err(broken(error.to_string())),
        }
    }

    /// The model that a library keeps under this name, whether it is there or not.
    pub fn kept(library: &LibraryFolder, name: &str) -> Self {
        Self { name: name.to_owned(), folder: library.models().join(name) }
    }

    /// The name that the model's vectors carry. Two models, or two ways to quantise one, have two names.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where they lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Says which file is missing, before anything is loaded.
    pub(super) fn check(&self) -> Result<(), Error> {
        match FILES.map(|file| self.folder.join(file)).into_iter().find(|path| !path.is_file()) {
            Some(path) => Err(Error::PartMissing { what: "The embedding model", path }),
            None => Ok(()),
        }
    }

    /// Keeps a copy in the library, for the holder of its writer lock, so that what was embedded with it can be searched when the app comes with another
    /// model. Nothing is done for one that is already there.
    ///
    /// # Errors
    /// [`Error::PartBroken`] when the files can't be copied; the library is as it was.
    pub fn keep(&self, library: &LibraryFolder) -> Result<Self, Error> {
        let kept = Self::kept(library, &self.name);
        if kept.check().is_err() {
            self.copy_to(&kept.folder).map_err(|error| Error::PartBroken {
                what: "The embedding model",
                path: self.folder.clone(),
                reason: format!("it could not be copied to {}: {error}", kept.folder.display()),
            })?;
        }
        Ok(kept)
    }

    /// Whole or not at all, also when it is interrupted.
    fn copy_to(&self, folder: &Path) -> io::Result<()> {
        let begun = folder.with_file_name(format!(".{}", self.name));
        for old in [&begun, folder] {
            match fs::remove_dir_all(old) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::create_dir_all(&begun)?;
        let copied = self.copy_into(&begun);
        if copied.is_err() {
            fs::remove_dir_all(&begun)?;
        }
        copied.and_then(|()| fs::rename(begun, folder))
    }

    /// Where space is short it is left to the documents.
    fn copy_into(&self, folder: &Path) -> io::Result<()> {
        let size: u64 =
            FILES.iter().map(|file| Ok(fs::metadata(self.folder.join(file))?.len())).sum::<io::Result<_>>()?;
        if fs4::available_space(folder)? / SPARED < size {
            return Err(io::ErrorKind::StorageFull.into());
        }
        FILES.iter().try_for_each(|file| fs::copy(self.folder.join(file), folder.join(file)).map(drop))
    }
}

/// Deletes what lies in a folder under another name than this one.
pub(crate) fn remove_all_but(folder: &Path, keep: &str) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name() != keep {
            let path = entry.path();
            if entry.file_type()?.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
    }
    Ok(())
}
