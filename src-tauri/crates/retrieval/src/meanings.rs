//! What each sentence of a passage means, as a direction, told from what is stored.
//!
//! A passage's vector is one for all its sentences. Its tokens are stored by their signs, and the sum of the signs of a
//! sentence's tokens points where their mean does: each sign carries the direction of its number, and what is lost of
//! its size evens out over the tokens. So sentences are compared without a run of the model.

use library::passages::StoredPassage;
use library::vectors::{self, Signs};

use crate::embed::DIMENSIONS;
use crate::sentences::owners;
use crate::{Error, Retrieval};

/// The direction of a sentence's meaning: [`DIMENSIONS`] numbers, of length 1.
pub type Meaning = Vec<f32>;

impl Retrieval {
    /// The meaning of each sentence of each of these passages, in their order; none for what the model hasn't read: a
    /// passage that waits for its vector, the end of one that was too long, a sentence without a telling word.
    ///
    /// # Errors
    /// Those of the model, and of the library.
    pub async fn meanings(&self, passages: Vec<StoredPassage>) -> Result<Vec<Vec<Option<Meaning>>>, Error> {
        let space = self.space()?;
        let embedder = space.embedder?;
        let library = self.library().clone();
        let work = move || {
            let telling = embedder.telling()?;
            let ids: Vec<_> = passages.iter().map(|passage| passage.passage).collect();
            let tokens = library.read(|connection| vectors::tokens(connection, space.index.model(), &ids))?;
            let of_passage = |(passage, signs): (&StoredPassage, Vec<Signs>)| {
                let owners = if signs.is_empty() { Vec::new() } else { owners(telling, passage)? };
                Ok(meanings(passage.sentences.len(), &owners, &signs))
            };
            passages.iter().zip(tokens).map(of_passage).collect()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::Stopped)?
    }
}

/// The meanings of `count` sentences, of whose tokens each has the sentence that it stands in.
fn meanings(count: usize, owners: &[Option<usize>], signs: &[Signs]) -> Vec<Option<Meaning>> {
    let mut sums: Vec<Option<Meaning>> = vec![None; count];
    // Other tokens than those that are stored would be assigned to the wrong sentences.
    if owners.len() != signs.len() {
        return sums;
    }
    for (owner, token) in owners.iter().zip(signs) {
        let Some(sum) = owner.and_then(|sentence| sums.get_mut(sentence)) else { continue };
        let sum = sum.get_or_insert_with(|| vec![0.0; DIMENSIONS]);
        for (at, number) in sum.iter_mut().enumerate() {
            *number += if token[at / 64] >> (at % 64) & 1 == 1 { 1.0 } else { -1.0 };
        }
    }
    for sum in sums.iter_mut().flatten() {
        let length = sum.iter().map(|number| number * number).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        sum.iter_mut().for_each(|number| *number /= length);
    }
    sums
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A token whose numbers are above zero in these 64ths.
    fn token(parts: &[usize]) -> Signs {
        let mut signs = Signs::default();
        parts.iter().for_each(|part| signs[*part] = u64::MAX);
        signs
    }

    fn cosine(a: &Meaning, b: &Meaning) -> f32 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn a_sentence_points_where_its_tokens_do() {
        let signs = [token(&[0, 1]), token(&[5]), token(&[0, 1]), token(&[3, 4, 5])];
        let found = meanings(3, &[Some(0), None, Some(1), Some(2)], &signs);
        let [Some(first), Some(second), Some(third)] = found.as_slice() else { panic!("{found:?}") };
        assert!((cosine(first, second) - 1.0).abs() < 1e-5);
        assert!(cosine(first, third) < cosine(first, second));
        assert!((cosine(third, third) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn what_has_no_tokens_of_its_own_has_no_meaning() {
        assert_eq!(meanings(2, &[None, Some(1)], &[token(&[0]), token(&[1])])[0], None);
        assert_eq!(meanings(1, &[Some(0)], &[token(&[0]), token(&[1])]), [None]);
        assert_eq!(meanings(1, &[], &[]), [None]);
    }
}
