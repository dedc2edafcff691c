//! How alike texts are in meaning, each text read by the model once.

use std::collections::HashMap;

use retrieval::{Embedder, Retrieval, Vector};

/// Texts of one call of the model.
const CALL: usize = 64;

/// The vectors of texts. Without the model there are none, and nothing is told by meaning.
pub(super) struct Meanings {
    embedder: Option<Embedder>,
    known: HashMap<String, Vector>,
}

impl Meanings {
    /// Nothing read yet.
    pub(super) fn new(retrieval: &Retrieval) -> Self {
        let embedder = retrieval.space().ok().and_then(|space| space.embedder.ok());
        Self { embedder, known: HashMap::new() }
    }

    /// Reads those of the texts that are not known.
    pub(super) async fn read(&mut self, texts: &[&str]) {
        let Some(embedder) = &self.embedder else { return };
        let mut new: Vec<String> =
            texts.iter().filter(|text| !self.known.contains_key(**text)).map(|text| (*text).to_owned()).collect();
        new.sort_unstable();
        new.dedup();
        for call in new.chunks(CALL) {
            match embedder.submit_passages(call.to_vec()).ready().await {
                Ok(found) => {
                    self.known.extend(call.iter().cloned().zip(found.into_iter().map(|it| it.vector)));
                }
                Err(error) => {
                    tracing::warn!(%error, "questions are checked by their words alone");
                    self.embedder = None;
                    return;
                }
            }
        }
    }

    /// The cosine of two texts that were read; none without the model.
    pub(super) fn likeness(&self, a: &str, b: &str) -> Option<f32> {
        let (a, b) = (self.known.get(a)?, self.known.get(b)?);
        Some(a.iter().zip(b.iter()).map(|(a, b)| a * b).sum())
    }
}
