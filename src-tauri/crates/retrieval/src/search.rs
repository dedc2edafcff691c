use std::collections::HashMap;
use std::time::Instant;

use kernel::{PassageId, RoomId};
use library::passages::{self, StoredPassage};
use library::{Connection, Library};

use crate::embed::{Vector, dot, first};
use crate::index::{VectorIndex, truth};
use crate::question::Question;
use crate::rank::{self, Candidate, Evidence};
use crate::space::{EmbeddingSpace, Spaces};
use crate::{Error, keyword};

/// How many passages each half hands to the common ranking. Measured: what neither has among its first 60 is
/// not found by a longer list either.
const CANDIDATES: usize = 60;

/// Search over a library. Clones share everything; any task may use it.
#[derive(Clone)]
pub struct Retrieval {
    library: Library,
    spaces: Spaces,
}

/// The answer to a search.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The passages, the best first.
    pub hits: Vec<Hit>,
    /// Why these are not all that could be found: no model, no index, or vectors still on their way. For people.
    pub degraded: Option<String>,
    /// Time it took, in milliseconds.
    pub elapsed_ms: f32,
}

/// A found passage and why it was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The passage.
    pub passage: StoredPassage,
    /// What it is ranked by: about 0 for a passage that has nothing to do with the question; comparable
    /// between questions.
    pub score: f32,
    /// Its place in the ranking by words, from 0; none when it was not among the first there.
    pub keyword_rank: Option<u32>,
    /// Cosine of its vector and the question's; none when it has no vector or there is no model.
    pub similarity: Option<f32>,
    /// What the score is made of.
    pub evidence: Evidence,
}

/// What SQLite has to say before the vectors do.
struct ByWords {
    ranked: Vec<(PassageId, f32)>,
    frequencies: Vec<u32>,
    passages: u32,
    /// Passages of the room, and how many of them have a vector.
    room: (u32, u32),
}

impl Retrieval {
    /// Search over `library`. An embedder that could not be started is no obstacle: search then goes by words
    /// alone and gives the embedder's error as the reason.
    pub fn new(library: Library, spaces: Spaces) -> Self {
        Self { library, spaces }
    }

    /// The library it searches.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The model that it searches by, with the index of its vectors.
    ///
    /// # Errors
    /// Those of the library.
    pub fn space(&self) -> Result<EmbeddingSpace, Error> {
        Ok(self.library.read(|connection| self.spaces.searched(connection).cloned())?)
    }

    /// Loads the model and opens the index, so that the first search does not wait for them.
    pub async fn warm(&self) {
        let Ok(space) = self.space() else { return };
        if let Ok(embedder) = &space.embedder {
            embedder.warm();
        }
        if let Err(error) = space.index.rows().await {
            tracing::warn!(%error, "the vector index could not be opened");
        }
    }

    /// The `k` passages of `room` that say most about `query`, by words and by meaning.
    ///
    /// # Errors
    /// Only those of the library: what is wrong with the model or the vector index makes the search
    /// [degraded](Hits::degraded).
    pub async fn search(&self, room: RoomId, query: &str, k: usize) -> Result<Hits, Error> {
        let space = self.space()?;
        // The model works while SQLite does.
        let vector = space.embedder.as_ref().map(|embedder| embedder.ask(&[query]));
        let vector = async {
            match vector {
                Ok(vector) => vector.ready().await.and_then(first),
                Err(error) => Err(error.clone()),
            }
        };
        self.search_by(room, query, &space.index, vector, k).await
    }

    /// The same with the vector of the question for this index, or why there is none.
    pub(crate) async fn search_by(
        &self,
        room: RoomId,
        query: &str,
        index: &VectorIndex,
        vector: impl Future<Output = Result<Vector, Error>>,
        k: usize,
    ) -> Result<Hits, Error> {
        let started = Instant::now();
        let question = Question::new(query);
        if question.is_empty() || k == 0 {
            return Ok(Hits::default());
        }
        let listed = CANDIDATES.max(k);
        let words = self.by_words(room, question.clone(), listed).await?;
        let vector = vector.await;
        let (nearest, degraded) = by_meaning(index, room, vector.as_ref(), words.room, listed).await;

        let vector = vector.ok();
        let (library, model) = (self.library.clone(), index.model().to_owned());
        let hits = blocking(move || {
            let vector = vector.as_ref().map(|vector| (model.as_str(), vector));
            library.read(|connection| fuse(connection, room, &question, vector, &words, &nearest, k))
        })
        .await?;
        Ok(Hits { hits, degraded, elapsed_ms: started.elapsed().as_secs_f32() * 1000.0 })
    }

    /// How near each of a few short texts is to `question` (cosine), in their order: sentences of the passages
    /// that were found, say. Costs one run of the model for every text.
    pub async fn similarity(&self, question: &str, texts: &[&str]) -> Result<Vec<f32>, Error> {
        let embedder = self.space()?.embedder?;
        let all: Vec<&str> = std::iter::once(question).chain(texts.iter().copied()).collect();
        let vectors = embedder.ask(&all).ready().await?;
        let Some((question, texts)) = vectors.split_first() else {
            return Ok(Vec::new());
        };
        Ok(texts.iter().map(|text| dot(question, text)).collect())
    }

    async fn by_words(&self, room: RoomId, question: Question, k: usize) -> Result<ByWords, Error> {
        let library = self.library.clone();
        blocking(move || {
            library.read(|connection| {
                let (frequencies, passages) = keyword::frequencies(connection, &question)?;
                let ranked = keyword::search(connection, room, &question, &frequencies, k)?;
                let room = connection
                    .prepare_cached(
                        "SELECT coalesce(sum(passages), 0), coalesce(sum(embedded), 0)
                         FROM documents WHERE room = ?",
                    )?
                    .query_row([room.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(ByWords { ranked, frequencies, passages, room })
            })
        })
        .await
    }
}

/// The nearest passages, and what a person should know when these are not all.
async fn by_meaning(
    index: &VectorIndex,
    room: RoomId,
    vector: Result<&Vector, &Error>,
    (passages, embedded): (u32, u32),
    k: usize,
) -> (Vec<(PassageId, f32)>, Option<String>) {
    let vector = match vector {
        Ok(vector) => vector,
        Err(error) => return (Vec::new(), Some(error.to_string())),
    };
    match index.search(room, vector, k).await {
        Err(error) => {
            tracing::warn!(%error, "search goes on by words alone");
            (Vec::new(), Some(error.to_string()))
        }
        Ok(nearest) if embedded < passages => {
            let missing = passages - embedded;
            let reason = format!(
                "{missing} of {passages} passages of this room are found by their words only: the reading of their meaning is still under way."
            );
            (nearest, Some(reason))
        }
        Ok(nearest) if nearest.is_empty() && embedded > 0 => {
            let reason = "The index of meanings is being made anew; until then passages are found by their words only.";
            (nearest, Some(reason.to_owned()))
        }
        Ok(nearest) => (nearest, None),
    }
}

/// One ranking of what both halves found.
fn fuse(
    connection: &Connection,
    room: RoomId,
    question: &Question,
    vector: Option<(&str, &Vector)>,
    words: &ByWords,
    nearest: &[(PassageId, f32)],
    k: usize,
) -> Result<Vec<Hit>, library::Error> {
    let mut ids: Vec<PassageId> = words.ranked.iter().map(|(passage, _)| *passage).collect();
    let keyword_ranks: HashMap<PassageId, u32> = ids.iter().copied().zip(0..).collect();
    ids.extend(nearest.iter().map(|(passage, _)| *passage).filter(|passage| !keyword_ranks.contains_key(passage)));
    let mut similarities: HashMap<PassageId, f32> = nearest.iter().copied().collect();
    if let Some((model, vector)) = vector {
        // Passages that only the words found: their vectors lie in SQLite.
        let rest: Vec<PassageId> = ids.iter().copied().filter(|passage| !similarities.contains_key(passage)).collect();
        for (passage, found) in rest.iter().zip(truth::vectors(connection, model, &rest)?) {
            similarities.extend(found.map(|found| (*passage, dot(vector, &found))));
        }
    }

    let mut candidates = Vec::with_capacity(ids.len());
    for passage in passages::get(connection, &ids)? {
        // The index may lag behind the library by a moment; the library decides who is in the room.
        if passage.room == room {
            candidates.push(Candidate {
                keyword_rank: keyword_ranks.get(&passage.passage).copied(),
                similarity: similarities.get(&passage.passage).copied(),
                passage,
            });
        }
    }
    let weights = rank::idf(&words.frequencies, words.passages);
    let mut ranked = rank::rank(question, &weights, candidates);
    ranked.truncate(k);
    Ok(ranked)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, library::Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(Error::Stopped),
    }
}

impl std::fmt::Debug for Retrieval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Retrieval").field("spaces", &self.spaces).finish_non_exhaustive()
    }
}
