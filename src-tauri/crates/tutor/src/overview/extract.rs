//! A summary made of the part's own sentences.
//!
//! A sentence weighs as much as it has in common with the others: the mean of its cosines with them (degree centrality,
//! as in Erkan and Radev, *LexRank*, 2004). As the directions have length 1, all the means are one product with their
//! sum. What else speaks for a sentence is added in standard deviations of that weight. The sentences are chosen one
//! after another, each for its weight and against its likeness with those that are chosen (maximal marginal relevance:
//! Carbonell and Goldstein, 1998), and said in the order in which they stand.

use std::collections::HashSet;
use std::sync::Arc;

use super::sentences::{Reading, Sentence};
use crate::asking::Work;
use crate::verification::{Pages, Proven};
use crate::{Error, blocking, words};

/// Sentences of a summary: the root of how many there are, within these.
const LEAST: usize = 3;
const MOST: usize = 8;
/// How much the weight counts against the likeness with what is chosen.
const RELEVANCE: f32 = 0.7;
/// A sentence that shares more of its words than this with a chosen one says the same.
const SAME: f32 = 0.6;

/// How many sentences a summary of `count` has. What is short is not said again as a whole.
pub(super) fn length(count: usize) -> usize {
    count.isqrt().clamp(LEAST, MOST).min(count.div_ceil(2))
}

/// The best sentences of a part that say something beside what is `said` already, as stems; proven, in reading order.
/// What has no proof is passed over for the next best.
pub(super) async fn statements(
    work: &Work,
    reading: &Reading,
    most: usize,
    said: &[HashSet<String>],
) -> Result<Vec<Proven>, Error> {
    let ranked = ranked(&reading.sentences, weights(&reading.sentences), said, most.saturating_mul(2));
    let places: Vec<_> = ranked
        .iter()
        .filter_map(|at| reading.sentences.get(*at))
        .map(|sentence| (sentence.passage, sentence.sentences.clone()))
        .collect();
    let (library, passages) = (work.library.clone(), Arc::clone(&reading.passages));
    blocking(move || {
        Ok(library.read(|connection| {
            let mut pages = Pages::new(connection);
            let proven = places.into_iter().filter_map(|(passage, sentences)| {
                let proven = pages.prove(passages.get(passage)?, sentences.clone())?;
                Some(((passage, sentences.start), proven))
            });
            let mut proven: Vec<_> = proven.take(most).collect();
            proven.sort_by_key(|(place, _)| *place);
            Ok(proven.into_iter().map(|(_, proven)| proven).collect())
        })?)
    })
    .await
}

/// What each sentence weighs, 0 to 1.
pub(super) fn weights(sentences: &[Sentence]) -> Vec<f32> {
    let Some(first) = sentences.first() else { return Vec::new() };
    let mut sum = vec![0.0_f32; first.direction.len()];
    for sentence in sentences {
        sum.iter_mut().zip(&sentence.direction).for_each(|(sum, number)| *sum += number);
    }
    let others = sentences.len().saturating_sub(1).max(1) as f32;
    let central: Vec<f32> =
        sentences.iter().map(|it| (dot(&it.direction, &sum) - dot(&it.direction, &it.direction)) / others).collect();
    let count = central.len() as f32;
    let mean = central.iter().sum::<f32>() / count;
    let deviation = (central.iter().map(|it| (it - mean).powi(2)).sum::<f32>() / count).sqrt().max(1e-6);
    let all: Vec<f32> = central.iter().zip(sentences).map(|(it, own)| (it - mean) / deviation + own.cues).collect();
    let (least, most) = all.iter().fold((f32::MAX, f32::MIN), |(least, most), it| (least.min(*it), most.max(*it)));
    let width = (most - least).max(1e-6);
    all.iter().map(|it| (it - least) / width).collect()
}

/// Up to `most` of the sentences that are not `said` already, the one that adds most to those before it first.
fn ranked(sentences: &[Sentence], weights: Vec<f32>, said: &[HashSet<String>], most: usize) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut open: Vec<(usize, f32, f32)> =
        weights.into_iter().enumerate().map(|(at, weight)| (at, weight, 0.0)).collect();
    let is_new = |at: usize| said.iter().all(|said| words::overlap(said, &sentences[at].stems) <= SAME);
    open.retain(|(at, _, _)| is_new(*at));
    while chosen.len() < most {
        let worth = |(_, weight, alike): &(usize, f32, f32)| RELEVANCE * weight - (1.0 - RELEVANCE) * alike;
        let best = (0..open.len()).max_by(|a, b| worth(&open[*a]).total_cmp(&worth(&open[*b])).then(b.cmp(a)));
        let Some(best) = best else { break };
        let (at, _, _) = open.remove(best);
        chosen.push(at);
        open.retain_mut(|(other, _, alike)| {
            *alike = alike.max(dot(&sentences[at].direction, &sentences[*other].direction));
            !repeats(&sentences[at], &sentences[*other])
        });
    }
    chosen
}

/// Whether one says what the other does, or holds it.
fn repeats(one: &Sentence, other: &Sentence) -> bool {
    let meet = one.sentences.start < other.sentences.end && other.sentences.start < one.sentences.end;
    (one.passage == other.passage && meet) || words::overlap(&one.stems, &other.stems) > SAME
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(at: usize, text: &str, direction: [f32; 3]) -> Sentence {
        let length = dot(&direction, &direction).sqrt();
        let direction = direction.iter().map(|number| number / length).collect();
        Sentence { passage: 0, sentences: at..at + 1, stems: words::stems(text), cues: 0.0, direction }
    }

    fn chosen(sentences: &[Sentence], most: usize) -> Vec<usize> {
        ranked(sentences, weights(sentences), &[], most)
    }

    #[test]
    fn what_most_others_are_about_comes_first_and_then_what_is_new() {
        let all = [
            sentence(0, "boats sail", [0.0, 1.0, 0.0]),
            sentence(1, "red apples", [1.0, 0.2, 0.0]),
            sentence(2, "green pears", [1.0, 0.0, 0.1]),
            sentence(3, "yellow plums", [1.0, 0.1, 0.1]),
        ];
        assert!(chosen(&all, 1)[0] >= 1);
        assert_eq!(ranked(&all, vec![0.8, 1.0, 0.9, 0.9], &[], 2), [1, 0]);
    }

    #[test]
    fn the_same_is_not_said_twice() {
        let all = [
            sentence(0, "Water boils at a hundred degrees", [1.0, 0.1, 0.0]),
            sentence(1, "At a hundred degrees water boils", [1.0, 0.0, 0.1]),
        ];
        assert_eq!(chosen(&all, 2).len(), 1);
        assert!(chosen(&[], 3).is_empty());
        let said = [words::stems("a hundred degrees is where water boils")];
        assert!(ranked(&all, weights(&all), &said, 2).is_empty());
    }

    #[test]
    fn a_cue_outweighs_a_small_difference() {
        let mut all = [
            sentence(0, "red apples", [1.0, 0.1, 0.0]),
            sentence(1, "green pears", [1.0, 0.2, 0.0]),
            sentence(2, "boats sail", [0.0, 1.0, 0.0]),
        ];
        let before = chosen(&all, 1)[0];
        let other = 1 - before;
        all[other].cues = 1.0;
        assert_eq!(chosen(&all, 1), [other]);
    }

    #[test]
    fn summaries_grow_with_the_root_of_what_they_sum_up() {
        assert_eq!([0, 1, 3, 9, 30, 1000].map(length), [0, 1, 2, 3, 5, 8]);
    }
}
