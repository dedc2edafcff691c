//! A question and passages compared sentence by sentence.
//!
//! The tokens of a passage are stored in the order of its words, so that what belongs to which sentence is told by
//! making its text into tokens once more, which costs a fraction of a millisecond, where asking the model about every
//! sentence would cost some milliseconds each. The tokens' vectors were made in the whole passage and under its
//! headings: a sentence that says "it" is compared by what "it" stands for.

use kernel::PassageId;
use library::passages::{self, StoredPassage};
use library::{Connection, vectors};
use reader::embedded_text;

use crate::embed::{Embedded, TellingTokens, dot, first, token_cosine};
use crate::index::truth;
use crate::{Error, Retrieval};

/// What the tokens of a question find in some places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// For each token of the question that tells something, the word that it is a part of.
    pub asked: Vec<String>,
    /// What each place says about them, in the order in which the places were given.
    pub places: Vec<ComparedPlace>,
}

/// What a place says about the tokens of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComparedPlace {
    /// Cosine of the question and the nearest of the place's passages; none where none has a vector.
    pub similarity: Option<f32>,
    /// For each sentence of the place, in reading order, how near it comes to each of the tokens, 0 to 1. Nothing is
    /// known, and so 0, of what the model didn't read: the end of a passage that was too long for it, say.
    pub sentences: Vec<Vec<f32>>,
}

impl Retrieval {
    /// Compares `question` with places: the passages of each, joined in the order of their document, as a
    /// [hit](crate::Hit::joined) joins them.
    ///
    /// # Errors
    /// Those of the model, and of the library.
    pub async fn compare(&self, question: &str, places: Vec<Vec<PassageId>>) -> Result<Compared, Error> {
        let space = self.space()?;
        let embedder = space.embedder?;
        let embedded = first(embedder.ask(&[question]).ready().await?)?;
        let (library, question) = (self.library().clone(), question.to_owned());
        let work = move || {
            let telling = embedder.telling()?;
            let tokens = telling.of(&question)?.into_iter();
            let asked = tokens.map(|token| question.get(token.word).unwrap_or_default().to_owned()).collect();
            let places = library.read(|connection| {
                let model = space.index.model();
                let places = places.iter().map(|place| compared(connection, model, telling, &embedded, place));
                Ok(places.collect::<Result<Vec<_>, _>>())
            })??;
            Ok(Compared { asked, places })
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::Stopped)?
    }
}

fn compared(
    connection: &Connection,
    model: &str,
    telling: &TellingTokens,
    asked: &Embedded,
    place: &[PassageId],
) -> Result<ComparedPlace, Error> {
    let mut passages = passages::get(connection, place)?;
    passages.sort_by_key(|passage| passage.ordinal);
    let ids: Vec<PassageId> = passages.iter().map(|passage| passage.passage).collect();
    let vectors = truth::vectors(connection, model, &ids)?;
    let similarity = vectors.iter().flatten().map(|vector| dot(&asked.vector, vector)).max_by(f32::total_cmp);
    let mut sentences = Vec::new();
    for (passage, signs) in passages.iter().zip(vectors::tokens(connection, model, &ids)?) {
        let owners = owners(telling, passage)?;
        let mut nearest = vec![vec![0.0_f32; asked.tokens.len()]; passage.sentences.len()];
        // Other tokens than those that are stored would be assigned to the wrong sentences.
        if owners.len() == signs.len() {
            for (owner, token) in owners.into_iter().zip(&signs) {
                let Some(nearest) = owner.and_then(|sentence| nearest.get_mut(sentence)) else { continue };
                for (nearest, asked) in nearest.iter_mut().zip(&asked.tokens) {
                    *nearest = nearest.max(token_cosine(asked, token));
                }
            }
        }
        sentences.append(&mut nearest);
    }
    Ok(ComparedPlace { similarity, sentences })
}

/// The sentence that each stored token of a passage stands in; none for those of its headings.
fn owners(telling: &TellingTokens, passage: &StoredPassage) -> Result<Vec<Option<usize>>, Error> {
    let text = embedded_text(&passage.title, &passage.headings, &passage.text);
    let headings = text.len() - passage.text.len();
    let tokens = telling.of(&text)?;
    let sentence = |byte: usize| {
        let before = passage.sentences.partition_point(|sentence| sentence.end as usize <= byte);
        passage.sentences.get(before).is_some_and(|sentence| sentence.start as usize <= byte).then_some(before)
    };
    Ok(tokens.iter().map(|token| token.word.start.checked_sub(headings).and_then(sentence)).collect())
}
