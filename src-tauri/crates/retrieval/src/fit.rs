//! How the weights of the ranking are found, for any library.
//!
//! 1. **Questions from the documents themselves.** From every document, sentences of 8 to 40 words are drawn
//!    out of passages of three sentences or more. A question is such a sentence without its one or two longest
//!    words (what a definition or a gap leaves out), and without some of the other telling words: none, 15 % or
//!    30 % of them ([`question_of`]).
//! 2. **Half of the answers don't repeat the question.** For every second question the sentence is also taken
//!    out of its passage, in its text and in its vector, so that the passage has to be found by what it is
//!    about (the inverse cloze task). Otherwise words alone would always win.
//! 3. **Right and wrong.** Right are the sentence's passage and those under the same headings; passages that
//!    begin within two pages of it count neither way; the rest of what the two halves of the search find is
//!    wrong.
//! 4. **The fit.** The weights maximise the likelihood that a softmax over the candidates' scores picks a right
//!    one (listwise logistic regression, no weight below zero), by Adam over all questions. They are then
//!    scaled to sum to one, which changes no ranking.
//! 5. **Taking turns.** What a further passage of a section loses is the smallest of some steps that finds a right
//!    passage among the first five, and among the first ten, for the most questions.
//!
//! Everything is drawn from a fixed sequence: the same library gives the same weights. The `fit` example runs
//! it; what it prints goes into [`crate::rank`].

use kernel::{DocumentId, RoomId};
use library::passages::StoredPassage;
use library::{documents, passages, rooms};

use crate::question::Question;
use crate::rank::section::{self, Place};
use crate::rank::{self, Evidence, KINDS, REPEATED, Ranked, Scale};
use crate::words::{fold, is_stop_word, stem, words};
use crate::{Error, Retrieval, Scope, keyword};

/// Documents with fewer passages are too easy.
const SMALLEST: usize = 50;

/// What a fit came to.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// Weights in the order of [`crate::Evidence::numbers`].
    pub weights: [f32; KINDS],
    /// Questions whose candidates held both right and wrong ones.
    pub questions: usize,
    /// What a further passage of a section loses.
    pub repeated: f32,
    /// How often these find it, as things are in use and with what was fitted.
    pub found: (Found, Found),
}

/// Shares of questions with a right passage among the first 1, 5 and 10.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Found {
    /// The first one is right.
    pub first: f32,
    /// One of the first five is.
    pub five: f32,
    /// One of the first ten is.
    pub ten: f32,
}

/// A candidate of a question.
#[derive(Clone, Debug)]
struct Trial {
    evidence: [f32; KINDS],
    right: bool,
    /// The others of the question, by their places, that are of the same part of their document.
    near: Vec<usize>,
}

type Example = Vec<Trial>;

/// What a further passage of a section may lose.
const STEPS: [f32; 7] = [0.0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12];
/// Candidates of each half: what the search itself takes.
const LISTED: usize = 60;

/// Fits the weights on up to `per_document` questions from each larger document.
///
/// # Errors
/// Those of the library and of the model; without a model there is nothing to weigh.
pub async fn fit(retrieval: &Retrieval, per_document: usize) -> Result<Fitted, Error> {
    let mut examples = Vec::new();
    for (room, document) in larger_documents(retrieval)? {
        let read = |c: &library::Connection| passages::of_document(c, document, 0, u32::MAX);
        let read = retrieval.library().read(read)?;
        let mut draw = Draw::new(document.0.unsigned_abs());
        for made in draw_questions(&read, per_document, &mut draw) {
            examples.extend(example(retrieval, room, &made).await?);
        }
    }
    Ok(fitted(&examples))
}

fn larger_documents(retrieval: &Retrieval) -> Result<Vec<(RoomId, DocumentId)>, Error> {
    let found = retrieval.library().read(|connection| {
        let mut found = Vec::new();
        for room in rooms::list(connection)? {
            for document in documents::list(connection, room.room)? {
                if document.passages as usize >= SMALLEST {
                    found.push((room.room, document.document));
                }
            }
        }
        Ok(found)
    });
    Ok(found?)
}

/// A question made of a sentence of a passage.
struct Made<'a> {
    text: String,
    passage: &'a StoredPassage,
    /// The passage's text without the sentence, when it was taken out.
    without: Option<String>,
}

fn draw_questions<'a>(passages: &'a [StoredPassage], count: usize, draw: &mut Draw) -> Vec<Made<'a>> {
    let mut sentences: Vec<(&StoredPassage, usize)> = passages
        .iter()
        .filter(|passage| passage.sentences.len() >= 3)
        .flat_map(|passage| (0..passage.sentences.len()).map(move |at| (passage, at)))
        .collect();
    let mut made = Vec::new();
    while made.len() < count && !sentences.is_empty() {
        let (passage, at) = sentences.swap_remove(draw.below(sentences.len()));
        let sentence = &passage.sentences[at];
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        let Some(text) = question_of(&passage.text[start..end], draw) else {
            continue;
        };
        let without = (made.len() % 2 == 1).then(|| format!("{} {}", &passage.text[..start], &passage.text[end..]));
        made.push(Made { text, passage, without });
    }
    made
}

/// The sentence with its longest one or two words hidden and others dropped; none when too little is left.
///
/// Length stands for rarity here: it needs no count and picks the same kind of word.
pub fn question_of(sentence: &str, draw: &mut Draw) -> Option<String> {
    let all: Vec<&str> = words(sentence).map(|(_, word)| word).collect();
    if !(8..=40).contains(&all.len()) {
        return None;
    }
    let mut telling: Vec<&str> = all.iter().copied().filter(|word| !is_stop_word(&fold(word))).collect();
    telling.sort_by_key(|word| std::cmp::Reverse(word.len()));
    telling.truncate(1 + draw.below(2));
    let hidden: Vec<String> = telling.iter().map(|word| stem(&fold(word)).into_owned()).collect();
    let dropped = [0, 15, 30][draw.below(3)];
    let kept: Vec<&str> = all
        .into_iter()
        .filter(|word| {
            let folded = fold(word);
            let hide = hidden.iter().any(|hidden| *hidden == stem(&folded));
            !hide && (is_stop_word(&folded) || draw.below(100) >= dropped)
        })
        .collect();
    let left = kept.iter().filter(|word| !is_stop_word(&fold(word))).count();
    (left >= 3).then(|| kept.join(" "))
}

async fn example(retrieval: &Retrieval, room: RoomId, made: &Made<'_>) -> Result<Option<Example>, Error> {
    let space = retrieval.space()?;
    let embedder = space.embedder?;
    let asked = crate::embed::first(embedder.ask(&[&made.text]).ready().await?)?;
    let question = Question::new(&made.text);
    let embedded = std::future::ready(Ok(asked.clone()));
    let mut ranked = retrieval
        .ranked(&Scope::room(room), &question, &space.index, embedded, LISTED, None::<fn(Vec<Ranked>)>)
        .await?
        .ranked;
    if let Some(without) = &made.without
        && let Some(own) = ranked.iter_mut().find(|one| one.passage.passage == made.passage.passage)
    {
        let (frequencies, passages) = retrieval.library().read(|c| keyword::frequencies(c, &question))?;
        let idf = rank::idf(&frequencies, passages);
        let left = crate::embed::first(embedder.ask(&[&embedded_text(&own.passage, without)]).ready().await?)?;
        own.evidence = Evidence {
            meaning: crate::embed::dot(&asked.vector, &left.vector).max(0.0),
            tokens: rank::token_nearness(&asked.tokens, &left.tokens),
            ..Scale::new(&question, &idf).evidence(&own.passage.headings, without, rank::sentences_by_marks(without))
        };
    }
    let example = trials(made, &ranked);
    let both = example.iter().any(|trial| trial.right) && example.iter().any(|trial| !trial.right);
    Ok(both.then_some(example))
}

/// The candidates that are right or wrong, without those that may be either.
fn trials(made: &Made<'_>, ranked: &[Ranked]) -> Example {
    let sections = section::means(ranked.iter().map(|one| (section::of(&one.passage), one.evidence.words)));
    let judged: Vec<(&Ranked, f32, bool)> = ranked
        .iter()
        .zip(sections)
        .filter_map(|(one, section)| {
            let same = one.passage.document == made.passage.document;
            let right = same && one.passage.headings == made.passage.headings;
            let close = same && one.passage.page_start.abs_diff(made.passage.page_start) <= 2;
            (right || !close).then_some((one, section, right))
        })
        .collect();
    judged
        .iter()
        .map(|(one, section, right)| {
            let place = Place::of(&one.passage);
            let is_near = |(_, (other, ..)): &(usize, &(&Ranked, f32, bool))| {
                place.as_ref().is_some_and(|place| place.is_near(&other.passage))
            };
            Trial {
                evidence: Evidence { section: *section, ..one.evidence }.numbers(),
                right: *right,
                near: judged.iter().enumerate().filter(is_near).map(|(at, _)| at).collect(),
            }
        })
        .collect()
}

fn embedded_text(passage: &StoredPassage, text: &str) -> String {
    format!("{}\n{text}", passage.headings.join(" > "))
}

fn fitted(examples: &[Example]) -> Fitted {
    // Adam's usual constants; a pull towards small weights keeps two that say the same from running apart.
    let (rate, first, second, pull) = (0.05, 0.9_f64, 0.99_f64, 0.002);
    let mut weights = [5.0_f64; KINDS];
    let (mut slope, mut square) = ([0.0; KINDS], [0.0; KINDS]);
    for round in 1..=600 {
        let mut gradient = gradient(examples, &weights);
        for kind in 0..KINDS {
            gradient[kind] -= pull * weights[kind];
            slope[kind] = first * slope[kind] + (1.0 - first) * gradient[kind];
            square[kind] = second * square[kind] + (1.0 - second) * gradient[kind].powi(2);
            let step = slope[kind] / (1.0 - first.powi(round));
            let size = (square[kind] / (1.0 - second.powi(round))).sqrt() + 1e-8;
            weights[kind] = (weights[kind] + rate * step / size).max(0.0);
        }
    }
    let sum: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let weights = weights.map(|weight| (weight / sum) as f32);
    let mut repeated = (0.0, found(examples, &weights, 0.0));
    for step in STEPS {
        let found = found(examples, &weights, step);
        if found.five + found.ten > repeated.1.five + repeated.1.ten {
            repeated = (step, found);
        }
    }
    Fitted {
        weights,
        questions: examples.len(),
        repeated: repeated.0,
        found: (found(examples, &rank::WEIGHTS, REPEATED), repeated.1),
    }
}

/// The mean slope of the log-likelihood that a right candidate is picked.
fn gradient(examples: &[Example], weights: &[f64; KINDS]) -> [f64; KINDS] {
    let mut sum = [0.0; KINDS];
    for example in examples {
        let scores: Vec<f64> = example.iter().map(|trial| score(&trial.evidence, weights)).collect();
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let odds: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
        let all: f64 = odds.iter().sum();
        let right: f64 = odds.iter().zip(example).filter(|(_, trial)| trial.right).map(|(odds, _)| odds).sum();
        for (odds, trial) in odds.iter().zip(example) {
            let pull = if trial.right { odds / right } else { 0.0 } - odds / all;
            for (sum, evidence) in sum.iter_mut().zip(trial.evidence) {
                *sum += pull * f64::from(evidence);
            }
        }
    }
    sum.map(|sum| sum / examples.len().max(1) as f64)
}

fn score(evidence: &[f32; KINDS], weights: &[f64; KINDS]) -> f64 {
    evidence.iter().zip(weights).map(|(evidence, weight)| f64::from(*evidence) * weight).sum()
}

/// How often a right candidate comes among the first, when each further one of a section loses `repeated`.
fn found(examples: &[Example], weights: &[f32; KINDS], repeated: f32) -> Found {
    let weights = weights.map(f64::from);
    let mut counts = [0_u32; 3];
    for example in examples {
        let place = place_of_right(example, &weights, f64::from(repeated));
        for (count, k) in counts.iter_mut().zip([1, 5, 10]) {
            *count += u32::from(place < k);
        }
    }
    let [first, five, ten] = counts.map(|count| count as f32 / examples.len().max(1) as f32);
    Found { first, five, ten }
}

/// The place of the first right candidate, from 0.
fn place_of_right(example: &Example, weights: &[f64; KINDS], repeated: f64) -> usize {
    let mut scores: Vec<f64> = example.iter().map(|trial| score(&trial.evidence, weights)).collect();
    for place in 0..example.len() {
        let Some(best) = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])) else { break };
        if example[best].right {
            return place;
        }
        for &near in &example[best].near {
            scores[near] -= repeated;
        }
        scores[best] = f64::MIN;
    }
    example.len()
}

/// A fixed sequence of draws (a linear congruential generator with Knuth's constants).
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `bound`; 0 where that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_leaves_out_what_it_asks_for() {
        let sentence = "The hippocampus turns what was just learned into memories that stay for years.";
        for seed in 0..20 {
            let question = question_of(sentence, &mut Draw::new(seed));
            assert!(question.is_none_or(|question| !question.contains("hippocampus")));
        }
        assert_eq!(question_of("Too short to ask.", &mut Draw::new(1)), None);
    }

    #[test]
    fn the_evidence_that_tells_right_from_wrong_gets_the_weight() {
        let mut draw = Draw::new(7);
        let mut any = || draw.below(1000) as f32 / 1000.0;
        let examples: Vec<Example> = (0..50)
            .map(|_| {
                (0..10)
                    .map(|n| {
                        let mut evidence = [0.0; KINDS].map(|_| any());
                        evidence[0] = if n == 3 { 0.9 } else { 0.3 * any() };
                        Trial { evidence, right: n == 3, near: vec![n] }
                    })
                    .collect()
            })
            .collect();
        let fitted = fitted(&examples);
        assert!(fitted.weights[0] > 0.5, "{:?}", fitted.weights);
        assert!((fitted.weights.iter().sum::<f32>() - 1.0).abs() < 1e-3);
        assert!(fitted.found.1.first > 0.95);
        assert_eq!(fitted.repeated, 0.0, "where taking turns finds nothing more, nothing is lost");
    }

    #[test]
    fn sections_take_turns_where_that_finds_more() {
        // Six passages of one section come before the right one of another, by a hair.
        let trial = |score: f32, near: std::ops::Range<usize>, right: bool| {
            let mut evidence = [0.0; KINDS];
            evidence[1] = score;
            Trial { evidence, right, near: near.collect() }
        };
        let example: Example =
            (0..6).map(|n| trial(0.5 - n as f32 / 1e3, 0..6, false)).chain([trial(0.49, 6..7, true)]).collect();
        let mut weights = [0.0; KINDS];
        weights[1] = 1.0;
        assert_eq!(place_of_right(&example, &weights, 0.0), 6);
        assert_eq!(place_of_right(&example, &weights, 0.02), 1);
    }
}
