//! What the document says of a word, looked for without knowing what a question was made of.

use retrieval::{fold, words};

use crate::quiz::text::{Stem, Text};

/// Words that a sentence opens with which goes on about what the one before has named.
const GOING_ON: [&str; 8] = ["it", "its", "they", "their", "this", "these", "he", "she"];

/// The telling stems of a question, and the share of its telling words that the document has at all.
pub(super) fn asked(text: &Text, question: &str) -> (Vec<Stem>, f32) {
    const FRAME: [&str; 16] = [
        "Which of the following is ",
        "Which of the following are ",
        "Which of the following ",
        "Which term completes the sentence? ",
        "Which term is defined as ",
        "Which term refers to ",
        "Which term describes ",
        "Which term means ",
        "Which term ",
        "What is the term for ",
        "What occurs when ",
        "What happens when ",
        "What does the term ",
        "What is meant by ",
        "Define the term ",
        "What ",
    ];
    let bare = FRAME.iter().find_map(|frame| question.strip_prefix(frame)).unwrap_or(question);
    let (stems, unknown) = text.telling(bare);
    let known = stems.len() as f32 / (stems.len() + unknown).max(1) as f32;
    (stems, known)
}

/// How much of these stems stands, at most, in a sentence that names an option, and in which one. A sentence that goes
/// on about what the one before has named counts with it.
pub(super) fn best(text: &Text, stems: &[Stem], option: &str) -> (f32, Option<usize>) {
    let mut found = (0.0, None);
    for sentence in naming(text, option) {
        let mut covered = text.covered(stems, sentence);
        if goes_on(text, sentence + 1) && same_passage(text, sentence, sentence + 1) {
            covered = covered.max(joined(text, stems, sentence));
        }
        if found.1.is_none() || covered > found.0 {
            found = (covered, Some(sentence));
        }
    }
    found
}

/// The sentences that name an option.
pub(super) fn naming(text: &Text, option: &str) -> Vec<usize> {
    text.stems_of(option).map(|stems| text.naming(&stems)).unwrap_or_default()
}

/// Sentences that have most of these stems, with their shares, the best first.
pub(super) fn covering(text: &Text, stems: &[Stem], least: f32) -> Vec<(usize, f32)> {
    let mut candidates: Vec<u32> = Vec::new();
    // Who has most of the weight has one of the weightiest half.
    let mut weighty = stems.to_vec();
    weighty.sort_by(|a, b| text.weight(*b).total_cmp(&text.weight(*a)));
    for stem in weighty.iter().take(stems.len().div_ceil(2)) {
        candidates.extend(text.with(*stem));
    }
    candidates.sort_unstable();
    candidates.dedup();
    let share = |number: u32| (number as usize, text.covered(stems, number as usize));
    let mut found: Vec<(usize, f32)> = candidates.into_iter().map(share).filter(|it| it.1 >= least).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found
}

fn goes_on(text: &Text, sentence: usize) -> bool {
    let first = words(text.sentence(sentence)).next().map(|(_, word)| fold(word).into_owned()).unwrap_or_default();
    GOING_ON.contains(&first.as_str())
}

fn same_passage(text: &Text, a: usize, b: usize) -> bool {
    let passage = |number: usize| text.sentences.get(number).map(|sentence| sentence.passage);
    passage(a).is_some() && passage(a) == passage(b)
}

fn joined(text: &Text, stems: &[Stem], sentence: usize) -> f32 {
    let (mut all, mut met) = (0.0, 0.0);
    let has = |number: usize, stem: Stem| {
        text.sentences.get(number).is_some_and(|it| it.words.iter().any(|word| word.stem == stem))
    };
    for stem in stems {
        let weight = text.weight(*stem);
        all += weight;
        met += if has(sentence, *stem) || has(sentence + 1, *stem) { weight } else { 0.0 };
    }
    if all == 0.0 { 0.0 } else { met / all }
}
