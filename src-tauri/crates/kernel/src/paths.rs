use std::path::{Path, PathBuf};

/// The library's folder and what lies where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryFolder(PathBuf);

impl LibraryFolder {
    /// The library at `root`; nothing is created.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self(root.into())
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// The SQLite database: the truth.
    pub fn database(&self) -> PathBuf {
        self.0.join("library.sqlite")
    }

    /// The LanceDB directories, one for each model: indexes that can be deleted at any time.
    pub fn vectors(&self) -> PathBuf {
        self.0.join("vectors")
    }

    /// The embedding models that the vectors were made with, a folder each by its name.
    pub fn models(&self) -> PathBuf {
        self.0.join("models")
    }

    /// The copies of the imported files, named by their hash.
    pub fn originals(&self) -> PathBuf {
        self.0.join("originals")
    }

    /// Held by the one process that runs jobs and writes the vector index.
    pub fn writer_lock(&self) -> PathBuf {
        self.0.join("writer.lock")
    }

    /// A backup on its way in: the library it holds, the one it takes the place of, and how far that is.
    pub fn restoring(&self) -> PathBuf {
        self.0.join("restoring")
    }

    /// Where this library's window stood last, and how it looked.
    pub fn window(&self) -> PathBuf {
        self.0.join("window.json")
    }

    /// Rolling log files; never with document text.
    pub fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }
}

/// Where the native parts and the model lie; one folder, made by `cargo xtask` and carried in the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeParts(PathBuf);

impl NativeParts {
    /// The parts in `folder`; nothing is opened.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// PDFium's shared library.
    pub fn pdfium(&self) -> PathBuf {
        self.0.join(if cfg!(windows) {
            "pdfium.dll"
        } else if cfg!(target_os = "macos") {
            "libpdfium.dylib"
        } else {
            "libpdfium.so"
        })
    }

    /// ONNX Runtime's shared library.
    pub fn onnxruntime(&self) -> PathBuf {
        self.0.join(if cfg!(windows) {
            "onnxruntime.dll"
        } else if cfg!(target_os = "macos") {
            "libonnxruntime.dylib"
        } else {
            "libonnxruntime.so"
        })
    }

    /// The folder of the embedding model: `model.onnx`, `tokenizer.json`, `config.json`,
    /// `special_tokens_map.json`, `tokenizer_config.json`.
    pub fn model(&self) -> PathBuf {
        self.0.join("all-MiniLM-L6-v2")
    }
}
