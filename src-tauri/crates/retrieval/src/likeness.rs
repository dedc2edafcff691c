//! Short texts compared, as a whole and word by word.

use std::ops::Range;

use crate::embed::{dot, token_cosine};
use crate::{Error, Retrieval};

/// How like a text another one is.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// Cosine of the two.
    pub whole: f32,
    /// For each token of the text that tells something, the word that it is a part of, in bytes of the text, and the
    /// cosine of the token of the other that is nearest to it. None where the model has one vector for a whole text.
    pub tokens: Vec<(Range<usize>, f32)>,
}

impl Retrieval {
    /// How like `text` each of a few short texts is, in their order. Costs one run of the model for every text.
    ///
    /// # Errors
    /// Those of the model.
    pub async fn likeness(&self, text: &str, others: &[&str]) -> Result<Vec<Likeness>, Error> {
        let embedder = self.space()?.embedder?;
        let all: Vec<&str> = std::iter::once(text).chain(others.iter().copied()).collect();
        let found = embedder.ask(&all).ready().await?;
        let text = text.to_owned();
        let work = move || {
            let Some((own, others)) = found.split_first() else { return Ok(Vec::new()) };
            let words = embedder.telling()?.of(&text)?;
            let nearest = |signs, other: &[_]| other.iter().map(|token| token_cosine(signs, token)).fold(0.0, f32::max);
            let like = others.iter().map(|other| Likeness {
                whole: dot(&own.vector, &other.vector),
                tokens: (words.iter().zip(&own.tokens))
                    .map(|(token, signs)| (token.word.clone(), nearest(signs, &other.tokens)))
                    .collect(),
            });
            Ok(like.collect())
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::Stopped)?
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::embed::{Embedder, ModelFiles};
    use crate::testing::{Shelf, native};
    use crate::{Retrieval, Spaces};

    #[tokio::test]
    async fn a_word_is_nearer_to_one_that_means_the_same_than_to_another() {
        let Some(native) = native() else { return };
        let shelf = Shelf::new();
        let embedder = Embedder::start(&native, &ModelFiles::built_in(&native), 1).unwrap();
        let retrieval = Retrieval::new(shelf.library.clone(), Spaces::only(Ok(embedder), shelf.index.clone()));
        let claim = "The doctor bought a car.";
        let others = ["The physician purchased an automobile.", "The doctor sold a house."];
        let [same, other] = retrieval.likeness(claim, &others).await.unwrap().try_into().unwrap();
        let words: Vec<&str> = same.tokens.iter().map(|(word, _)| &claim[word.clone()]).collect();
        assert_eq!(words, ["doctor", "bought", "car"]);
        assert!(same.whole > other.whole);
        assert!(same.tokens[2].1 > other.tokens[2].1 && other.tokens[0].1 > 0.6, "{same:?} {other:?}");
    }
}
