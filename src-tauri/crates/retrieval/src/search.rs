use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use kernel::{PassageId, RoomId};
use library::passages::{self, StoredPassage};
use library::{Connection, Library, rooms, vectors};

use crate::cache::{Asked, Cache, Key, Rate};
use crate::embed::{Embedded, dot, first};
use crate::index::{VectorIndex, truth};
use crate::question::Question;
use crate::rank::{self, Candidate, Evidence, Ranked};
use crate::scope::{Filter, Scope};
use crate::space::{EmbeddingSpace, Spaces};
use crate::{Error, facets, keyword};

/// How many passages each half hands to the common ranking. Measured: what neither has among its first 60 is
/// not found by a longer list either.
const CANDIDATES: usize = 60;

/// Search over a library. Clones share everything; any task may use it.
#[derive(Clone)]
pub struct Retrieval {
    library: Library,
    spaces: Spaces,
    found: Cache<Hits>,
}

/// The answer to a search.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The passages, the best first.
    pub hits: Vec<Hit>,
    /// Why these are not all that could be found: no model, no index, or vectors still on their way. For people.
    pub degraded: Option<String>,
    /// What was looked for, taken apart.
    pub question: Question,
    /// Whether the same was asked before, in these or other words, and nothing has changed since.
    pub remembered: bool,
    /// Time it took, in milliseconds.
    pub elapsed_ms: f32,
    /// What the model makes of it; none when it was not asked, or could not answer.
    pub embedded: Option<Arc<EmbeddedQuestion>>,
}

/// What a model makes of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct EmbeddedQuestion {
    /// The model's name.
    pub(crate) model: String,
    pub(crate) embedded: Embedded,
}

/// Every candidate of a question.
pub(crate) struct Ranking {
    /// The best first.
    pub(crate) ranked: Vec<Ranked>,
    /// What makes the search degraded.
    pub(crate) degraded: Option<String>,
    pub(crate) embedded: Option<Arc<EmbeddedQuestion>>,
}

/// A found passage and why it was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The passage, its text [joined](Hit::joined) with what stands before and behind it.
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
    /// What it loses because passages of its section come before it.
    pub repeats: f32,
    /// The passages whose words it has: the found one, then its neighbours that were found as well.
    pub joined: Vec<PassageId>,
    /// Other passages that say nearly the same, and are not shown.
    pub copies: Vec<PassageId>,
}

/// What SQLite has to say before the vectors do.
struct ByWords {
    ranked: Vec<(PassageId, f32)>,
    frequencies: Vec<u32>,
    passages: u32,
    /// Passages of the scope's documents, and how many of them have a vector.
    embedded: (u32, u32),
}

impl Retrieval {
    /// Search over `library`. An embedder that could not be started is no obstacle: search then goes by words
    /// alone and gives the embedder's error as the reason.
    pub fn new(library: Library, spaces: Spaces) -> Self {
        Self { library, spaces, found: Cache::default() }
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

    /// The `k` places of `scope` that say most about `query`, by words and by meaning: passages, with neighbours joined and
    /// near-duplicates folded. There are fewer only when what the two find comes to no more.
    ///
    /// # Errors
    /// Only those of the library (not found, when the scope's section is not there any more): what is wrong with the
    /// model or the vector index makes the search [degraded](Hits::degraded).
    pub async fn search(&self, scope: &Scope, query: &str, k: usize) -> Result<Hits, Error> {
        let started = Instant::now();
        let (room, key) = (scope.of_room(), Key { asked: Asked::new(query), of: format!("{scope:?} {k}") });
        let stamp = self.stamp(room)?;
        if let Some(hits) = self.found.get(room, &key, &stamp) {
            let elapsed_ms = started.elapsed().as_secs_f32() * 1000.0;
            return Ok(Hits { question: Question::new(query), remembered: true, elapsed_ms, ..hits });
        }
        let mut hits = self.whole(scope, query, k).await?;
        if let Some(sides) = facets::sides(query) {
            let [one, other] = &sides;
            let (one, other) = tokio::try_join!(self.whole(scope, one, k), self.whole(scope, other, k))?;
            hits.hits = facets::in_turns(vec![hits.hits, one.hits, other.hits], k);
            hits.elapsed_ms = started.elapsed().as_secs_f32() * 1000.0;
        }
        if hits.degraded.is_none() {
            self.found.put(room, key, stamp, hits.clone());
        }
        Ok(hits)
    }

    /// The same for a query that somebody is still typing: its last word may go on. `by_words` hears what the words
    /// alone find, which is known before the model has read the query. Who drops the future ends the search at its next
    /// step.
    ///
    /// # Errors
    /// Those of [`Retrieval::search`].
    pub async fn search_as_typed(
        &self,
        scope: &Scope,
        query: &str,
        k: usize,
        by_words: impl FnOnce(Hits) + Send,
    ) -> Result<Hits, Error> {
        self.find(scope, Question::typed(query), query, k, Some(by_words)).await
    }

    async fn whole(&self, scope: &Scope, query: &str, k: usize) -> Result<Hits, Error> {
        self.find(scope, Question::new(query), query, k, None::<fn(Hits)>).await
    }

    /// What an answer from this room depends on beside the question: it changes whenever a document of the room does,
    /// or the model that is searched by.
    ///
    /// # Errors
    /// Those of the library.
    pub fn stamp(&self, room: RoomId) -> Result<String, Error> {
        let (revision, model) = self.library.read(|connection| {
            let model = self.spaces.searched(connection)?.model().to_owned();
            Ok((rooms::revision(connection, room)?, model))
        })?;
        Ok(format!("{revision} {model}"))
    }

    /// How often a search of the room was answered from memory since the app was started.
    pub fn remembered(&self, room: RoomId) -> Rate {
        self.found.rate(room)
    }

    async fn find(
        &self,
        scope: &Scope,
        question: Question,
        query: &str,
        k: usize,
        by_words: Option<impl FnOnce(Hits) + Send>,
    ) -> Result<Hits, Error> {
        let space = self.space()?;
        // The model works while SQLite does.
        let embedded = space.embedder.as_ref().map(|embedder| embedder.ask(&[query]));
        let embedded = async {
            match embedded {
                Ok(embedded) => embedded.ready().await.and_then(first),
                Err(error) => Err(error.clone()),
            }
        };
        self.search_by(scope, question, &space.index, embedded, k, by_words).await
    }

    /// The same with what the model of this index makes of the question, or why there is nothing.
    pub(crate) async fn search_by(
        &self,
        scope: &Scope,
        question: Question,
        index: &VectorIndex,
        embedded: impl Future<Output = Result<Embedded, Error>>,
        k: usize,
        by_words: Option<impl FnOnce(Hits) + Send>,
    ) -> Result<Hits, Error> {
        let started = Instant::now();
        let elapsed_ms = move || started.elapsed().as_secs_f32() * 1000.0;
        if question.is_empty() || k == 0 {
            return Ok(Hits::default());
        }
        let by_words = by_words.map(|hear| {
            let question = question.clone();
            move |ranked| {
                let hits = rank::choose(ranked, k);
                hear(Hits { hits, question, elapsed_ms: elapsed_ms(), ..Hits::default() });
            }
        });
        let Ranking { ranked, degraded, embedded } =
            self.ranked(scope, &question, index, embedded, CANDIDATES.max(k), by_words).await?;
        let hits = rank::choose(ranked, k);
        Ok(Hits { hits, degraded, question, remembered: false, elapsed_ms: elapsed_ms(), embedded })
    }

    /// Every candidate from `listed` passages of each half.
    /// `by_words` hears those of the words alone.
    pub(crate) async fn ranked(
        &self,
        scope: &Scope,
        question: &Question,
        index: &VectorIndex,
        embedded: impl Future<Output = Result<Embedded, Error>>,
        listed: usize,
        by_words: Option<impl FnOnce(Vec<Ranked>) + Send>,
    ) -> Result<Ranking, Error> {
        let scope = Arc::new(scope.clone());
        let within = self.library.read(|connection| scope.filter(connection))?;
        let by_words = async {
            let words = Arc::new(self.by_words(&scope, &within, question, listed).await?);
            if let Some(by_words) = by_words {
                by_words(self.fused(&scope, question, None, &words, Vec::new()).await?);
            }
            Ok::<_, Error>(words)
        };
        let by_meaning = async {
            let embedded = embedded.await?;
            let nearest = index.search(within.clone(), &embedded.vector, listed).await;
            Ok::<_, Error>((embedded, nearest))
        };
        let (words, meaning) = tokio::join!(by_words, by_meaning);
        let words = words?;
        let (embedded, nearest) = match meaning {
            Ok((embedded, nearest)) => {
                (Some(Arc::new(EmbeddedQuestion { model: index.model().to_owned(), embedded })), nearest)
            }
            Err(error) => (None, Err(error)),
        };
        let (nearest, degraded) = told(nearest, &scope, words.embedded);
        let ranked = self.fused(&scope, question, embedded.clone(), &words, nearest).await?;
        Ok(Ranking { ranked, degraded, embedded })
    }

    async fn by_words(
        &self,
        scope: &Arc<Scope>,
        within: &Filter,
        question: &Question,
        k: usize,
    ) -> Result<ByWords, Error> {
        let (library, scope, question) = (self.library.clone(), Arc::clone(scope), question.clone());
        let within = within.clone();
        blocking(move || {
            library.read(|connection| {
                let (frequencies, passages) = keyword::frequencies(connection, &question)?;
                let ranked = keyword::search(connection, &within, &question, &frequencies, k)?;
                let embedded = scope.embedded(connection)?;
                Ok(ByWords { ranked, frequencies, passages, embedded })
            })
        })
        .await
    }

    async fn fused(
        &self,
        scope: &Arc<Scope>,
        question: &Question,
        embedded: Option<Arc<EmbeddedQuestion>>,
        words: &Arc<ByWords>,
        nearest: Vec<(PassageId, f32)>,
    ) -> Result<Vec<Ranked>, Error> {
        let (library, scope, question) = (self.library.clone(), Arc::clone(scope), question.clone());
        let words = Arc::clone(words);
        blocking(move || {
            library.read(|connection| fuse(connection, &scope, &question, embedded.as_deref(), &words, &nearest))
        })
        .await
    }
}

/// The nearest passages, and what a person should know when these are not all. The scope's documents have so many
/// passages, and so many of these have a vector.
fn told(
    nearest: Result<Vec<(PassageId, f32)>, Error>,
    scope: &Scope,
    (passages, embedded): (u32, u32),
) -> (Vec<(PassageId, f32)>, Option<String>) {
    match nearest {
        Err(error) => {
            tracing::warn!(%error, "search goes on by words alone");
            (Vec::new(), Some(error.to_string()))
        }
        Ok(nearest) if embedded < passages => {
            let missing = passages - embedded;
            let reason = format!(
                "{missing} of {passages} passages of {} are found by their words only: the reading of their meaning is still under way.",
                scope.name()
            );
            (nearest, Some(reason))
        }
        Ok(nearest) if nearest.is_empty() && embedded > 0 && scope.is_whole() => {
            let reason = "The index of meanings is being made anew; until then passages are found by their words only.";
            (nearest, Some(reason.to_owned()))
        }
        Ok(nearest) => (nearest, None),
    }
}

/// One ranking of what both halves found.
fn fuse(
    connection: &Connection,
    scope: &Scope,
    question: &Question,
    embedded: Option<&EmbeddedQuestion>,
    words: &ByWords,
    nearest: &[(PassageId, f32)],
) -> Result<Vec<Ranked>, library::Error> {
    let mut ids: Vec<PassageId> = words.ranked.iter().map(|(passage, _)| *passage).collect();
    let keyword_ranks: HashMap<PassageId, u32> = ids.iter().copied().zip(0..).collect();
    ids.extend(nearest.iter().map(|(passage, _)| *passage).filter(|passage| !keyword_ranks.contains_key(passage)));
    // The index may lag behind the library by a moment; the library decides who is in the scope.
    let ids = scope.filter(connection)?.of(connection, ids)?;
    let mut similarities: HashMap<PassageId, f32> = nearest.iter().copied().collect();
    let mut tokens = HashMap::new();
    if let Some(EmbeddedQuestion { model, embedded }) = embedded {
        // Passages that only the words found: their vectors lie in SQLite.
        let rest: Vec<PassageId> = ids.iter().copied().filter(|passage| !similarities.contains_key(passage)).collect();
        for (passage, found) in rest.iter().zip(truth::vectors(connection, model, &rest)?) {
            similarities.extend(found.map(|found| (*passage, dot(&embedded.vector, &found))));
        }
        tokens.extend(ids.iter().copied().zip(vectors::tokens(connection, model, &ids)?));
    }

    let mut candidates = Vec::with_capacity(ids.len());
    for passage in passages::get(connection, &ids)? {
        candidates.push(Candidate {
            keyword_rank: keyword_ranks.get(&passage.passage).copied(),
            similarity: similarities.get(&passage.passage).copied(),
            tokens: tokens.remove(&passage.passage).unwrap_or_default(),
            passage,
        });
    }
    let weights = rank::idf(&words.frequencies, words.passages);
    let asked = embedded.map_or(&[][..], |question| &question.embedded.tokens);
    Ok(rank::rank(question, &weights, asked, candidates))
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
