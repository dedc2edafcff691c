//! A reference taken apart into what an answer has to say.

use std::ops::Range;

use retrieval::{fold, words};

use super::telling::telling;

/// Words that part two statements when a comma or a semicolon stands before them.
const JOINTS: [&str; 8] = ["and", "but", "while", "whereas", "then", "or", "so", "yet"];
/// A sentence that opens with one of these is one statement, whatever its commas.
const CONDITIONS: [&str; 8] = ["when", "if", "because", "as", "while", "although", "since", "unless"];
/// The parts of a list have up to so many words that tell something.
const LISTED: usize = 4;

/// The key points of a reference as bytes of it, in order; at least one of a text that isn't blank.
///
/// Sentences, what semicolons part, and what a comma with "and", "but", "while" … parts, where both sides say something
/// of their own. A short list ("enqueue and dequeue") is as many points as it has parts.
pub(super) fn key_points(reference: &str) -> Vec<Range<usize>> {
    let mut points = Vec::new();
    for sentence in reader::sentences(reference) {
        let parts = parts(reference, sentence.clone(), is_joint);
        let parts = if parts.len() == 1 { listed(reference, sentence) } else { parts };
        points.extend(parts);
    }
    points
}

/// A sentence that is a list of short parts, taken apart at each of its commas and "and"s; else the sentence.
fn listed(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let parts = parts(text, sentence.clone(), |before, word| before.contains([',', ';']) || word == "and");
    let opens = words(&text[sentence.clone()]).next().map(|(_, word)| fold(word).into_owned());
    let is_condition = opens.is_some_and(|word| CONDITIONS.contains(&word.as_str()));
    let short = !is_condition && parts.iter().all(|part| telling(&text[part.clone()]).count() <= LISTED);
    if short && parts.len() > 1 { parts } else { vec![sentence] }
}

/// Whether a word begins another statement, by what stands between it and the word before.
fn is_joint(before: &str, word: &str) -> bool {
    before.contains(';') || before.contains(',') && JOINTS.contains(&word)
}

/// The parts of a sentence, each of which says something.
fn parts(text: &str, sentence: Range<usize>, parts: impl Fn(&str, &str) -> bool) -> Vec<Range<usize>> {
    let words: Vec<Range<usize>> = words(&text[sentence.clone()])
        .map(|(word, _)| word.start + sentence.start..word.end + sentence.start)
        .collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = sentence.start;
    for pair in words.windows(2) {
        let [last, next] = pair else { continue };
        let word = text[next.clone()].to_lowercase();
        if parts(&text[last.end..next.start], &word) && telling(&text[start..last.end]).next().is_some() {
            found.push(start..last.end);
            start = next.start;
        }
    }
    found.push(start..sentence.end);
    // An end that says nothing of its own belongs to what is before it.
    if let [.., before, last] = found.as_mut_slice()
        && telling(&text[last.clone()]).next().is_none()
    {
        before.end = last.end;
        found.pop();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(reference: &str) -> Vec<&str> {
        key_points(reference).into_iter().map(|point| &reference[point]).collect()
    }

    #[test]
    fn sentences_and_statements_are_points_of_their_own() {
        assert_eq!(
            points("Arteries carry blood from the heart, while veins bring it back. Capillaries join the two."),
            ["Arteries carry blood from the heart", "while veins bring it back.", "Capillaries join the two."]
        );
        assert_eq!(points("It stores starch; it also stores fat."), ["It stores starch", "it also stores fat."]);
    }

    #[test]
    fn the_parts_of_a_short_list_are_points() {
        assert_eq!(points("Roots and leaves."), ["Roots", "and leaves."]);
        assert_eq!(
            points("First the roots, then the stem, then the leaves"),
            ["First the roots", "then the stem", "then the leaves"]
        );
    }

    #[test]
    fn what_belongs_together_stays_together() {
        for whole in [
            "The roots and leaves of most plants that grow in dry places store a great deal of water.",
            "Water.",
            "It does so, and so on.",
            "When the price rises, demand falls.",
        ] {
            assert_eq!(points(whole), [whole]);
        }
    }
}
