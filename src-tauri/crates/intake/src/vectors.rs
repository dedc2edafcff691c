use std::sync::Mutex;

use retrieval::{Embedder, Pending, VectorIndex};

use crate::Error;
use crate::shared::held;

/// What makes vectors and what holds them.
pub struct Vectors {
    /// The model, or why there is none.
    pub embedder: Result<Embedder, retrieval::Error>,
    /// The index.
    pub index: VectorIndex,
    warming: Mutex<Option<Pending>>,
}

impl Vectors {
    /// The model, if it could be started, and the index.
    pub fn new(embedder: Result<Embedder, retrieval::Error>, index: VectorIndex) -> Self {
        Self { embedder, index, warming: Mutex::default() }
    }

    pub(crate) fn embedder(&self) -> Result<&Embedder, Error> {
        self.embedder.as_ref().map_err(|error| error.clone().into())
    }

    /// Has the model loaded before the first passages come, without waiting for it.
    pub(crate) fn warm(&self) {
        // A batch for each of the passages' sessions; nobody looks at the result.
        const TEXTS: usize = 8;
        if let Ok(embedder) = &self.embedder {
            let mut warming = held(&self.warming);
            *warming = Some(embedder.submit_passages(vec![String::new(); TEXTS]));
        }
    }
}
