//! Questions about two things at once.
//!
//! What compares two things is rarely said in one place, and a passage about both is not the best one about either. So
//! a question that compares is also searched by each side alone, and the places take turns: the whole question's, one
//! side's, the other's.

use std::collections::HashSet;

use kernel::PassageId;

use crate::search::Hit;
use crate::words::{fold, is_stop_word, words};

/// Most words of a side: more is a clause, not a thing.
const LONGEST: usize = 6;

/// Words that announce a comparison; the sides follow.
const ANNOUNCING: [&str; 12] = [
    "compare",
    "comparing",
    "contrast",
    "contrasting",
    "difference",
    "differences",
    "similarity",
    "similarities",
    "distinguish",
    "differentiate",
    "distinction",
    "comparison",
];

/// Words between the two sides, where a comparison is announced.
const JOINING: [&str; 7] = ["and", "with", "to", "from", "versus", "vs", "against"];

/// The two things that a question compares; none when it doesn't.
pub fn sides(question: &str) -> Option<[String; 2]> {
    let all: Vec<String> = words(question).map(|(_, word)| fold(word).into_owned()).collect();
    let place = |wanted: &[&str]| all.iter().position(|word| wanted.contains(&word.as_str()));
    let (left, right) = if let Some(at) = place(&["versus", "vs"]) {
        (&all[..at], &all[at + 1..])
    } else if let Some(at) = place(&ANNOUNCING) {
        // "The differences in structure between A and B": the sides stand behind the last word of joining before them.
        let rest = &all[at + 1..];
        let from = rest.iter().position(|word| word == "between" || word == "of").map_or(0, |between| between + 1);
        split(&rest[from..])?
    } else if let Some(at) = place(&["differ", "differs", "different"]) {
        // "How do A and B differ", "how does A differ from B", "how is A different from B".
        match all[at + 1..].iter().position(|word| word == "from") {
            Some(from) => (&all[..at], &all[at + 1 + from + 1..]),
            None => split(&all[..at])?,
        }
    } else {
        return None;
    };
    let (left, right) = (tidy(left), tidy(right));
    let fits = |side: &[&str]| (1..=LONGEST).contains(&side.len());
    (fits(&left) && fits(&right) && left != right).then(|| with_shared_noun(&left, &right))
}

/// The two sides around the first word that joins them.
fn split(words: &[String]) -> Option<(&[String], &[String])> {
    let at = words.iter().position(|word| JOINING.contains(&word.as_str()))?;
    Some((&words[..at], &words[at + 1..]))
}

/// A side without the words around it that say nothing.
fn tidy(side: &[String]) -> Vec<&str> {
    let says_little = |word: &&String| is_stop_word(word);
    let skipped = side.iter().take_while(says_little).count();
    let rest = &side[skipped..];
    let ends = rest.iter().rev().take_while(says_little).count();
    rest[..rest.len() - ends].iter().map(String::as_str).collect()
}

/// "Classical and operant conditioning" are two kinds of conditioning: a single word takes the last one of the other
/// side along.
fn with_shared_noun(left: &[&str], right: &[&str]) -> [String; 2] {
    let mut first = left.to_vec();
    if let ([_], [_, .., shared]) = (left, right) {
        first.push(shared);
    }
    [first.join(" "), right.join(" ")]
}

/// The lists' hits in turns, each place once, `k` of them at most.
pub(crate) fn in_turns(lists: Vec<Vec<Hit>>, k: usize) -> Vec<Hit> {
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut shown: HashSet<PassageId> = HashSet::new();
    let mut hits = Vec::with_capacity(k);
    while hits.len() < k {
        let before = hits.len();
        for list in &mut lists {
            let next = list.find(|hit| hit.joined.iter().chain(&hit.copies).all(|passage| !shown.contains(passage)));
            if let Some(hit) = next {
                shown.extend(hit.joined.iter().chain(&hit.copies));
                hits.push(hit);
            }
        }
        if hits.len() == before {
            break;
        }
    }
    hits.truncate(k);
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compared_is_told_in_every_way_of_asking() {
        for question in [
            "What is the difference between sensation and perception?",
            "Compare sensation with perception.",
            "sensation vs. perception",
            "How do sensation and perception differ?",
            "How does sensation differ from perception?",
            "How is sensation different from perception?",
            "What are the similarities of sensation and perception?",
            "Describe the main differences in meaning between sensation and perception",
        ] {
            assert_eq!(sides(question), Some(["sensation".to_owned(), "perception".to_owned()]), "{question}");
        }
    }

    #[test]
    fn two_kinds_of_one_thing_are_both_of_that_thing() {
        let both = sides("Compare classical and operant conditioning").unwrap_or_default();
        assert_eq!(both, ["classical conditioning", "operant conditioning"]);
        let both = sides("the difference between white blood cells and red blood cells").unwrap_or_default();
        assert_eq!(both, ["white blood cells", "red blood cells"]);
    }

    #[test]
    fn other_questions_have_no_sides() {
        for question in [
            "What is osmosis?",
            "bread and butter",
            "What difference does it make?",
            "Compare!",
            "vs",
            "difference between and",
            "Why do people differ?",
        ] {
            assert_eq!(sides(question), None, "{question}");
        }
    }
}
