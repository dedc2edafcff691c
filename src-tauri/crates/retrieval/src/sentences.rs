//! A question and passages compared sentence by sentence.
//!
//! The tokens of a passage are stored in the order of its words, so that what belongs to which sentence is told by
//! making its text into tokens once more, which costs a fraction of a millisecond, where asking the model about every
//! sentence would cost some milliseconds each. The tokens' vectors were made in the whole passage and under its
//! headings: a sentence that says "it" is compared by what "it" stands for.

use std::sync::Arc;

use kernel::PassageId;
use library::passages::{self, StoredPassage};
use library::{Connection, vectors};
use reader::embedded_text;

use crate::embed::{TellingTokens, dot, first, token_cosine};
use crate::index::truth;
use crate::search::EmbeddedQuestion;
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
    /// [hit](crate::Hit::joined) joins them. What the search [made](crate::Hits::embedded) of it is not made again.
    ///
    /// # Errors
    /// Those of the model, and of the library.
    pub async fn compare(
        &self,
        question: &str,
        embedded: Option<Arc<EmbeddedQuestion>>,
        places: Vec<Vec<PassageId>>,
    ) -> Result<Compared, Error> {
        let space = self.space()?;
        let embedder = space.embedder?;
        let model = space.index.model().to_owned();
        let asked = match embedded.filter(|made| made.model == model) {
            Some(made) => made,
            None => {
                let embedded = first(embedder.ask(&[question]).ready().await?)?;
                Arc::new(EmbeddedQuestion { model, embedded })
            }
        };
        let (library, question) = (self.library().clone(), question.to_owned());
        let work = move || {
            let telling = embedder.telling()?;
            let tokens = telling.of(&question)?.into_iter();
            let words = tokens.map(|token| question.get(token.word).unwrap_or_default().to_owned()).collect();
            let places = library.read(|connection| {
                let places = places.iter().map(|place| compared(connection, telling, &asked, place));
                Ok(places.collect::<Result<Vec<_>, _>>())
            })??;
            Ok(Compared { asked: words, places })
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| Error::Stopped)?
    }
}

fn compared(
    connection: &Connection,
    telling: &TellingTokens,
    EmbeddedQuestion { model, embedded: asked }: &EmbeddedQuestion,
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
pub(crate) fn owners(telling: &TellingTokens, passage: &StoredPassage) -> Result<Vec<Option<usize>>, Error> {
    let text = embedded_text(&passage.title, &passage.headings, &passage.text);
    let headings = text.len() - passage.text.len();
    let tokens = telling.of(&text)?;
    let sentence = |byte: usize| {
        let before = passage.sentences.partition_point(|sentence| sentence.end as usize <= byte);
        passage.sentences.get(before).is_some_and(|sentence| sentence.start as usize <= byte).then_some(before)
    };
    Ok(tokens.iter().map(|token| token.word.start.checked_sub(headings).and_then(sentence)).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use library::documents::NewDocument;
    use library::{documents, vectors};
    use reader::{BlockKind, Passage, Sentence};

    use super::*;
    use crate::embed::{Embedder, MODEL, ModelFiles};
    use crate::testing::{Shelf, native};
    use crate::{Scope, Spaces, fold};

    const CELLS: [&str; 3] =
        ["Mitochondria supply the power of a cell.", "Ribosomes build its proteins.", "They are made of RNA."];

    fn passage(ordinal: u32, sentences: &[&str]) -> Passage {
        let mut text = String::new();
        let mut cut = Vec::new();
        for sentence in sentences {
            let start = u32::try_from(text.len()).unwrap();
            text.push_str(sentence);
            cut.push(Sentence { start, end: u32::try_from(text.len()).unwrap(), spans: Vec::new() });
            text.push(' ');
        }
        Passage {
            ordinal,
            headings: vec!["Cells".to_owned(), "What they are made of".to_owned()],
            kind: BlockKind::Paragraph,
            kinds: Vec::new(),
            text,
            sentences: cut,
            page_start: 1,
            page_end: 1,
            tokens: 20,
        }
    }

    #[tokio::test]
    async fn each_sentence_is_compared_by_its_own_tokens() {
        let Some(native) = native() else { return };
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let embedder = Embedder::start(&native, &ModelFiles::built_in(&native), 1).unwrap();
        let cut = [passage(0, &CELLS), passage(1, &["It rained in the night."])];
        let new = NewDocument {
            room,
            title: "Biology".to_owned(),
            file_name: "biology.txt".to_owned(),
            source: None,
            hash: "biology".to_owned(),
            format: "txt".to_owned(),
            bytes: 1,
            replaces: None,
        };
        let texts = cut.iter().map(|passage| embedded_text(&new.title, &passage.headings, &passage.text)).collect();
        let made = embedder.submit_passages(texts).ready().await.unwrap();
        let ids = shelf
            .library
            .write(|tx| {
                let document = documents::add(tx, &new, shelf.library.now())?.document;
                let ids = library::passages::insert(tx, document, &cut)?;
                let rows: Vec<_> = ids.iter().copied().zip(&made).collect();
                vectors::put_embedded(tx, MODEL, &rows)?;
                Ok(ids)
            })
            .unwrap();
        let retrieval = Retrieval::new(shelf.library.clone(), Spaces::only(Ok(embedder), shelf.index.clone()));

        // However the passages of a place are named, its sentences come in reading order.
        let places = vec![vec![ids[1], ids[0]], vec![ids[1]]];
        let question = "What supplies power to cells?";
        let compared = retrieval.compare(question, None, places.clone()).await.unwrap();
        let found = retrieval.search(&Scope::room(room), question, 2).await.unwrap();
        let made = found.embedded.unwrap();
        assert_eq!(retrieval.compare(question, Some(made.clone()), places.clone()).await.unwrap(), compared);
        let rain = first(retrieval.space().unwrap().embedder.unwrap().ask(&["rain"]).ready().await.unwrap()).unwrap();
        let other = Arc::new(EmbeddedQuestion { model: "another".to_owned(), embedded: rain });
        let not_comparable = retrieval.compare(question, Some(other), places).await.unwrap();
        assert_eq!(not_comparable, compared, "what another model made of it is not used");
        let asked: Vec<_> = compared.asked.iter().map(|word| fold(word)).collect();
        assert_eq!(asked, ["supplies", "power", "cells"]);
        let [cells, rain] = compared.places.as_slice() else { panic!("{compared:?}") };
        assert_eq!((cells.sentences.len(), rain.sentences.len()), (4, 1));
        assert!(cells.similarity.unwrap() > rain.similarity.unwrap());
        let said: Vec<f32> = cells.sentences.iter().map(|nearest| nearest.iter().sum()).collect();
        assert!(said[0] > said[1] && said[0] > said[2] && said[0] > said[3], "{said:?}");
        assert!(cells.sentences.iter().flatten().all(|nearest| (0.0..=1.0).contains(nearest)));
    }
}
