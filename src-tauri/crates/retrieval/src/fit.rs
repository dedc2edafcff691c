//! How the weights of the ranking are found, for any library.
//!
//! 1. **Questions from the documents themselves.** From every document, sentences of 8 to 40 words are drawn
//!    out of passages of three sentences or more. A question is such a sentence without its one or two longest
//!    words (what a definition or a gap leaves out), and without some of the other telling words: none, 15 % or
//!    30 % of them.
//! 2. **Half of the answers don't repeat the question.** For every second question the sentence is also taken
//!    out of its passage, in its text and in its vector, so that the passage has to be found by what it is
//!    about (the inverse cloze task). Otherwise words alone would always win.
//! 3. **Right and wrong.** Right are the sentence's passage and those under the same headings; passages that
//!    begin within two pages of it count neither way; the rest of what the two halves of the search find is
//!    wrong.
//! 4. **The fit.** The weights maximise the likelihood that a softmax over the candidates' scores picks a right
//!    one (listwise logistic regression, no weight below zero), by Adam over all questions. They are then
//!    scaled to sum to one, which changes no ranking.
//!
//! Everything is drawn from a fixed sequence: the same library gives the same weights. The `fit` example runs
//! it; what it prints goes into [`crate::rank`].

use kernel::{DocumentId, RoomId};
use library::passages::StoredPassage;
use library::{documents, passages, rooms};

use crate::question::Question;
use crate::rank::{self, KINDS, Scale};
use crate::words::{fold, is_stop_word, stem, words};
use crate::{Error, Hits, Retrieval, Scope, keyword};

/// Documents with fewer passages are too easy.
const SMALLEST: usize = 50;

/// What a fit came to.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// Weights in the order of [`crate::Evidence::numbers`].
    pub weights: [f32; KINDS],
    /// Questions whose candidates held both right and wrong ones.
    pub questions: usize,
    /// Share of these whose first candidate is right, with the weights in use and with the new ones.
    pub first: (f32, f32),
}

/// The evidence of each candidate of a question, and whether it is right.
type Example = Vec<([f32; KINDS], bool)>;

/// Fits the weights on up to `per_document` questions from each larger document.
///
/// # Errors
/// Those of the library and of the model; without a model there is nothing to weigh.
pub async fn fit(retrieval: &Retrieval, per_document: usize) -> Result<Fitted, Error> {
    let mut examples = Vec::new();
    for (room, document) in larger_documents(retrieval)? {
        let read = |c: &library::Connection| passages::of_document(c, document, 0, u32::MAX);
        let read = retrieval.library().read(read)?;
        let mut draw = Draw(document.0.unsigned_abs());
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
        let Some(text) = ask(&passage.text[start..end], draw) else {
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
fn ask(sentence: &str, draw: &mut Draw) -> Option<String> {
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
    let vector = crate::embed::first(embedder.ask(&[&made.text]).ready().await?)?;
    let hits = retrieval
        .search_by(
            &Scope::room(room),
            Question::new(&made.text),
            &space.index,
            std::future::ready(Ok(vector)),
            usize::from(u8::MAX),
            None::<fn(Hits)>,
        )
        .await?
        .hits;
    let mut example = Vec::new();
    for hit in hits {
        let mut evidence = hit.evidence;
        if let Some(without) = made.without.as_ref().filter(|_| hit.passage.passage == made.passage.passage) {
            let question = Question::new(&made.text);
            let (frequencies, passages) = retrieval.library().read(|c| keyword::frequencies(c, &question))?;
            let idf = rank::idf(&frequencies, passages);
            let left = crate::embed::first(embedder.ask(&[&embedded(&hit.passage, without)]).ready().await?)?;
            evidence = Scale::new(&question, &idf).evidence(
                &hit.passage.headings,
                without,
                crate::rank::sentences_by_marks(without),
            );
            evidence.meaning = crate::embed::dot(&vector, &left).max(0.0);
        }
        let same = hit.passage.document == made.passage.document;
        let right = same && hit.passage.headings == made.passage.headings;
        let close = same && hit.passage.page_start.abs_diff(made.passage.page_start) <= 2;
        if right || !close {
            example.push((evidence.numbers(), right));
        }
    }
    let both = example.iter().any(|(_, right)| *right) && example.iter().any(|(_, right)| !right);
    Ok(both.then_some(example))
}

fn embedded(passage: &StoredPassage, text: &str) -> String {
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
    Fitted {
        weights,
        questions: examples.len(),
        first: (first_right(examples, &rank::WEIGHTS), first_right(examples, &weights)),
    }
}

/// The mean slope of the log-likelihood that a right candidate is picked.
fn gradient(examples: &[Example], weights: &[f64; KINDS]) -> [f64; KINDS] {
    let mut sum = [0.0; KINDS];
    for example in examples {
        let scores: Vec<f64> = example.iter().map(|(evidence, _)| score(evidence, weights)).collect();
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let odds: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
        let all: f64 = odds.iter().sum();
        let right: f64 = odds.iter().zip(example).filter(|(_, (_, right))| *right).map(|(odds, _)| odds).sum();
        for (odds, (evidence, is_right)) in odds.iter().zip(example) {
            let pull = if *is_right { odds / right } else { 0.0 } - odds / all;
            for kind in 0..KINDS {
                sum[kind] += pull * f64::from(evidence[kind]);
            }
        }
    }
    sum.map(|sum| sum / examples.len().max(1) as f64)
}

fn score(evidence: &[f32; KINDS], weights: &[f64; KINDS]) -> f64 {
    evidence.iter().zip(weights).map(|(evidence, weight)| f64::from(*evidence) * weight).sum()
}

fn first_right(examples: &[Example], weights: &[f32; KINDS]) -> f32 {
    let weights = weights.map(f64::from);
    let best = |example: &Example| {
        example
            .iter()
            .max_by(|a, b| score(&a.0, &weights).total_cmp(&score(&b.0, &weights)))
            .is_some_and(|(_, right)| *right)
    };
    examples.iter().filter(|example| best(example)).count() as f32 / examples.len().max(1) as f32
}

/// A fixed sequence of draws (a linear congruential generator with Knuth's constants).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
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
            let question = ask(sentence, &mut Draw(seed));
            assert!(question.is_none_or(|question| !question.contains("hippocampus")));
        }
        assert_eq!(ask("Too short to ask.", &mut Draw(1)), None);
    }

    #[test]
    fn the_evidence_that_tells_right_from_wrong_gets_the_weight() {
        let mut draw = Draw(7);
        let mut any = || draw.below(1000) as f32 / 1000.0;
        let examples: Vec<Example> = (0..50)
            .map(|_| {
                (0..10)
                    .map(|n| ([if n == 3 { 0.9 } else { 0.3 * any() }, any(), any(), any(), any()], n == 3))
                    .collect()
            })
            .collect();
        let fitted = fitted(&examples);
        assert!(fitted.weights[0] > 0.5, "{:?}", fitted.weights);
        assert!((fitted.weights.iter().sum::<f32>() - 1.0).abs() < 1e-3);
        assert!(fitted.first.1 > 0.95);
    }
}
