//! Whether options look as if they were of one kind, so that none stands out and no two are the same.

use std::collections::HashSet;

use retrieval::{fold, stem, words};

use crate::quiz::term::is_plural;

/// The longest option has at most so many times the letters of the shortest, or so many more.
const TIMES: usize = 3;
const MORE: usize = 12;
/// Longer options are no names, in words.
const NAME: usize = 3;

/// Whether options are alike in length and writing and no two say the same.
pub(super) fn are_alike(options: &[String]) -> bool {
    let lengths = || options.iter().map(|option| option.chars().count());
    let (Some(longest), Some(shortest)) = (lengths().max(), lengths().min()) else { return false };
    let is_large = |option: &String| option.chars().next().is_some_and(char::is_uppercase);
    let large = options.iter().filter(|option| is_large(option)).count();
    let stems: HashSet<Vec<String>> = options.iter().map(|option| stems(option)).collect();
    // Of names one thing among many, or many among one, stands out.
    let are_names = options.iter().all(|option| words(option).count() <= NAME);
    let many = options.iter().filter(|option| is_plural(option)).count();
    (!are_names || many == 0 || many == options.len())
        && (longest <= TIMES * shortest || longest - shortest <= MORE)
        && (large == 0 || large == options.len())
        && stems.len() == options.len()
        && stems.iter().all(|option| !option.is_empty())
}

/// Whether no two of the terms that are matched are the same, and all are written alike. Their lengths tell nothing.
pub(super) fn are_distinct(terms: &[String]) -> bool {
    let is_large = |term: &String| term.chars().next().is_some_and(char::is_uppercase);
    let large = terms.iter().filter(|term| is_large(term)).count();
    let all: HashSet<Vec<String>> = terms.iter().map(|term| stems(term)).collect();
    all.len() == terms.len() && (large == 0 || large == terms.len())
}

/// The stems of a text's words, in alphabetical order.
pub(super) fn stems(text: &str) -> Vec<String> {
    let mut stems: Vec<String> = words(text).map(|(_, word)| stem(&fold(word)).into_owned()).collect();
    stems.sort_unstable();
    stems
}

/// Whether an article at the end of a stem, or before its gap, fits some of the options alone.
pub(super) fn article_tells(stem: &str) -> bool {
    let before = stem.split("_____").next().unwrap_or(stem).trim_end_matches(['?', ' ', ':']);
    let before = if stem.contains("_____") { before } else { return false };
    before.ends_with(" a") || before.ends_with(" an") || before == "A" || before == "An"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(options: &[&str]) -> bool {
        are_alike(&options.iter().map(|&option| option.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn no_option_stands_out_or_repeats_another() {
        assert!(alike(&["osmosis", "diffusion", "erosion", "evaporation"]));
        for options in [
            &["osmosis", "Diffusion"][..],
            &["osmosis", "the movement of water through a membrane of a cell"],
            &["gate of the sluice", "sluice of the gates"],
            &["river", "rivers"],
            &["osmosis", "membranes", "erosion", "evaporation"],
            &[],
        ] {
            assert!(!alike(options), "{options:?}");
        }
    }

    #[test]
    fn an_article_before_the_gap_tells_how_the_option_begins() {
        assert!(article_tells("Water turns an _____ of wood."));
        assert!(!article_tells("Water turns the _____ of wood."));
    }
}
