//! Books in which every page can be found by a word of its own.

use crate::Pdf;

/// A book of `pages` pages, each with a sentence of its own that `needle(page)` finds.
pub fn book(title: &str, pages: u32) -> Vec<u8> {
    let mut pdf = Pdf::new().titled(title);
    for page in 1..=pages {
        let own = format!("The {} is the animal that only page {page} of this book tells about.", needle(page));
        let more: Vec<String> = (0..4).map(|paragraph| filler(page * 31 + paragraph)).collect();
        let mut paragraphs = vec![own.as_str()];
        paragraphs.extend(more.iter().map(String::as_str));
        pdf = pdf.page(&format!("Chapter {page}"), &paragraphs);
    }
    pdf.bytes()
}

/// A word that stands on one page of a [`book`] and on no other.
pub fn needle(page: u32) -> String {
    let syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu"];
    let mut word = String::from("qu");
    let mut rest = page + 1000;
    while rest > 0 {
        word.push_str(syllables[(rest % 10) as usize]);
        rest /= 10;
    }
    word
}

/// Some sentences that differ from page to page.
fn filler(seed: u32) -> String {
    let subjects = ["river", "engine", "market", "cell", "planet", "poem", "crystal", "court"];
    let verbs = ["changes", "supports", "divides", "measures", "protects", "describes", "follows"];
    let objects = ["the valley", "every citizen", "its neighbours", "a slow process", "the evidence", "our memory"];
    let pick = |list: &[&'static str], n: u32| list[n as usize % list.len()];
    (0..4)
        .map(|n| {
            let n = seed.wrapping_mul(7).wrapping_add(n * 13);
            let (subject, verb, object) = (pick(&subjects, n), pick(&verbs, n / 3), pick(&objects, n / 5));
            format!("In case {n} the {subject} {verb} {object} when number {} is counted.", n % 97)
        })
        .collect::<Vec<_>>()
        .join(" ")
}
