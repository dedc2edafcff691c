//! The same words for another statement: "Prey eat predators" for "Predators eat prey".
//!
//! Words that are all there in another order turn a statement round, unless a part of the sentence has moved as a whole
//! to the other end ("In 1945 the war ended"), clauses have changed places, or the two sides of an "and" have. One word
//! in the place of its opposite, all others being there, says the contrary, though the opposite stands elsewhere as well:
//! "When the price rises, demand rises" for "… demand falls".

use retrieval::{fold, stem, words};
use tutor::are_opposites;

/// Words that stand for nothing of their own.
const ARTICLES: [&str; 3] = ["a", "an", "the"];
/// Words that begin a clause.
const JOINTS: [&str; 10] = ["and", "but", "while", "whereas", "when", "if", "because", "as", "although", "since"];

/// Whether an answer says with the words of a point what can't be true beside it.
pub(super) fn is_turned(point: &str, answer: &str) -> bool {
    let (own, said) = (clauses(point), clauses(answer));
    let bag = |clauses: &[Vec<String>]| sorted(clauses.concat());
    match difference(&bag(&own), &bag(&said)) {
        Some((None, None)) => !is_same(&own, &said),
        Some((Some(missing), Some(new))) if are_opposites(&missing, &new) => {
            // Put back in its place, it makes the same statement of the two.
            let places =
                said.iter().enumerate().flat_map(|(clause, words)| (0..words.len()).map(move |at| (clause, at)));
            places.filter(|(clause, at)| said[*clause][*at] == new).any(|(clause, at)| {
                let mut back = said.clone();
                back[clause][at].clone_from(&missing);
                is_same(&own, &back)
            })
        }
        _ => false,
    }
}

/// The clauses of a text, each the stems of its words.
fn clauses(text: &str) -> Vec<Vec<String>> {
    let mut clauses: Vec<Vec<String>> = vec![Vec::new()];
    let mut end = 0;
    for (at, word) in words(text) {
        let folded = fold(word);
        let begins = text[end..at.start].contains([',', ';', ':']) || JOINTS.contains(&folded.as_ref());
        end = at.end;
        if begins && clauses.last().is_some_and(|clause| !clause.is_empty()) {
            clauses.push(Vec::new());
        }
        if let Some(clause) = clauses.last_mut().filter(|_| !ARTICLES.contains(&folded.as_ref())) {
            clause.push(stem(&folded).into_owned());
        }
    }
    clauses
}

/// Whether two texts of the same words are one statement.
fn is_same(own: &[Vec<String>], said: &[Vec<String>]) -> bool {
    are_rotated(own, said) || are_rotated(&in_order(own), &in_order(said))
}

/// The clauses with the two words beside each "and" in alphabetical order: "salt and water" is "water and salt".
fn in_order(clauses: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut clauses = clauses.to_vec();
    for at in 1..clauses.len() {
        let (before, from) = clauses.split_at_mut(at);
        if let (Some([.., one]), [joint, other, ..]) =
            (before.last_mut().map(Vec::as_mut_slice), from[0].as_mut_slice())
            && joint == "and"
            && one > other
        {
            std::mem::swap(one, other);
        }
    }
    clauses
}

/// Whether each clause of one text is one of the other, but for a part that has moved to its other end.
fn are_rotated(own: &[Vec<String>], said: &[Vec<String>]) -> bool {
    let mut left: Vec<&Vec<String>> = said.iter().collect();
    own.len() == said.len()
        && own.iter().all(|clause| {
            let found = left.iter().position(|other| is_rotated(clause, other));
            found.map(|at| left.swap_remove(at)).is_some()
        })
}

/// Whether a clause is another one, a part of which has moved to the other end.
fn is_rotated(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && (0..one.len().max(1)).any(|at| one[at..].iter().chain(&one[..at]).eq(other.iter()))
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

/// Where two sorted lists differ by one word or by none: the word that the first alone has, and the second.
fn difference(one: &[String], other: &[String]) -> Option<(Option<String>, Option<String>)> {
    let without = |of: &[String], these: &[String]| {
        let mut rest = of.to_vec();
        for word in these {
            if let Some(at) = rest.iter().position(|it| it == word) {
                rest.remove(at);
            }
        }
        rest
    };
    let (mut missing, mut new) = (without(one, other), without(other, one));
    (missing.len() <= 1 && new.len() <= 1).then(|| (missing.pop(), new.pop()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_another_order_say_something_else() {
        for (point, answer) in [
            ("Predators eat prey.", "Prey eat predators."),
            ("The moon goes round the earth.", "The earth goes round the moon."),
            (
                "Plants take in carbon dioxide and give off oxygen.",
                "Plants take in oxygen and give off carbon dioxide.",
            ),
            ("When the price rises, demand falls.", "When the price rises, demand rises."),
            ("When the price rises, demand falls.", "When demand falls, the price rises."),
            ("The left half controls the right hand.", "The left half controls the left hand."),
        ] {
            assert!(is_turned(point, answer), "{point} {answer}");
        }
    }

    #[test]
    fn what_moves_as_a_whole_says_the_same() {
        for (point, answer) in [
            ("The war ended in 1945.", "In 1945 the war ended."),
            ("Salt and water come out.", "Water and salt come out."),
            ("Root cells and leaf cells.", "Cells root and leaf cells."),
            ("When the price rises, demand falls.", "Demand falls when the price rises."),
            ("Predators eat prey.", "Prey are eaten by predators."),
            ("Predators eat prey.", "Predators eat their prey."),
            ("Predators eat prey.", "Predators hunt prey."),
            ("Warm water holds less air than cold water.", "Cold water holds more air than warm water."),
        ] {
            assert!(!is_turned(point, answer), "{point} {answer}");
        }
    }
}
