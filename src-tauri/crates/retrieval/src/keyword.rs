//! Search by words: FTS5's BM25 over headings and text.

use kernel::PassageId;
use library::Connection;

use crate::question::{Question, Term};
use crate::scope::Filter;

/// A word in a heading counts as this many in the text.
const HEADING_WEIGHT: f64 = 1.0;

/// Where a question's words stand in more passages than this, those that have none of its rarer words are not ranked:
/// reading the lengths of that many passages is most of a search's time. Measured in a library of 100,000 passages: 99.6
/// of 100 among the first ten are the same, in under a third of the time.
const RANKED: u32 = 4_000;

/// The `k` passages that `within` lets through and that match `question` best, with their BM25 score (larger is better).
/// `frequencies` are those of its terms.
pub(crate) fn search(
    connection: &Connection,
    within: &Filter,
    question: &Question,
    frequencies: &[u32],
    k: usize,
) -> Result<Vec<(PassageId, f32)>, library::Error> {
    if question.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(selective) = selective(question, frequencies, RANKED) {
        let mut found = matches(connection, within, &selective, k)?;
        if found.len() >= k {
            found.iter_mut().for_each(|(_, score)| *score /= 2.0);
            return Ok(found);
        }
    }
    matches(connection, within, &question.to_fts(), k)
}

fn matches(
    connection: &Connection,
    within: &Filter,
    fts: &str,
    k: usize,
) -> Result<Vec<(PassageId, f32)>, library::Error> {
    // bm25() is negative, the best the lowest. CROSS JOIN: the words first, each match then looked up; the other way
    // round, the words would be looked up for every passage of a document.
    let mut query = connection.prepare_cached(&format!(
        "SELECT f.rowid, bm25(passages_fts, ?3, 1.0) AS score
         FROM passages_fts f CROSS JOIN passages p ON p.passage = f.rowid
         WHERE passages_fts MATCH ?1 AND {}
         ORDER BY score, f.rowid LIMIT ?2",
        within.sql()
    ))?;
    let k = i64::try_from(k).unwrap_or(i64::MAX);
    let rows = query.query_map((fts, k, HEADING_WEIGHT), |row| Ok((PassageId(row.get(0)?), -row.get::<_, f32>(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The question in FTS5's language, for the passages alone that have one of its rarer terms; none when its terms stand in
/// no more than `ranked` passages.
///
/// FTS5 adds up what each term of an expression is worth, however often it is named: here each is named twice, so that
/// the scores are twice those of the whole question.
fn selective(question: &Question, frequencies: &[u32], ranked: u32) -> Option<String> {
    let terms = question.terms.iter().map(Term::to_fts);
    let mut terms: Vec<(u32, String)> = frequencies.iter().copied().zip(terms).collect();
    terms.sort_unstable();
    let mut sum = 0_u32;
    let rarer = terms.iter().take_while(|(frequency, _)| {
        let is_first = sum == 0;
        sum = sum.saturating_add(*frequency);
        is_first || sum <= ranked
    });
    let rarer = rarer.count();
    let (rarer, common) = terms.split_at(rarer);
    if common.is_empty() {
        return None;
    }
    let any = |terms: &[(u32, String)]| terms.iter().map(|(_, term)| term.as_str()).collect::<Vec<_>>().join(" OR ");
    // A phrase is as rare as its rarest word.
    let rarer = std::iter::once(any(rarer)).chain(question.phrases_to_fts()).collect::<Vec<_>>().join(" OR ");
    let common = any(common);
    Some(format!("({rarer}) AND ({rarer} OR {common} OR {common})"))
}

/// In how many passages each term stands, and how many passages there are.
///
/// Counted over the whole library: what is rare in one subject is rarer still in all, and the index has these
/// numbers ready.
pub(crate) fn frequencies(connection: &Connection, question: &Question) -> Result<(Vec<u32>, u32), library::Error> {
    let mut count = connection.prepare_cached("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?1")?;
    let counts = question
        .terms
        .iter()
        .map(|term| count.query_row([term.to_fts()], |row| row.get(0)))
        .collect::<Result<_, _>>()?;
    let passages = connection
        .prepare_cached("SELECT coalesce(sum(passages), 0) FROM documents")?
        .query_row([], |row| row.get(0))?;
    Ok((counts, passages))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;
    use crate::testing::Shelf;

    /// The words of passages, the first ones in most of them.
    fn texts() -> impl Strategy<Value = Vec<String>> {
        let word = (0..10_u32, 0..10_u32).prop_map(|(a, b)| format!("w{}k", a * b / 9));
        let text = prop::collection::vec(word, 1..8).prop_map(|words| words.join(" "));
        prop::collection::vec(text, 1..60)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn among_passages_with_a_rarer_word_the_order_is_that_of_the_whole_question(
            texts in texts(), ranked in 0..40_u32
        ) {
            let shelf = Shelf::new();
            let room = shelf.room("Biology");
            shelf.unembedded(room, "cells", &texts);
            let question = Question::new("w0k w1k \"w2k w3k\" w5k w8k");
            shelf.library.read(|connection| {
                let whole = matches(connection, &room.into(), &question.to_fts(), 100)?;
                let (frequencies, _) = frequencies(connection, &question)?;
                let Some(selective) = selective(&question, &frequencies, ranked) else {
                    let sum: u32 = frequencies.iter().sum();
                    assert!(sum <= ranked || question.terms.len() == 1, "{frequencies:?}");
                    return Ok(());
                };
                let some = matches(connection, &room.into(), &selective, 100)?;
                let chosen: Vec<_> = some.iter().map(|(passage, _)| *passage).collect();
                let same: Vec<_> = whole.iter().filter(|(passage, _)| chosen.contains(passage)).collect();
                assert_eq!(same.len(), some.len());
                for (one, other) in same.into_iter().zip(&some) {
                    // In the same order but for equal scores, and twice as large.
                    assert!((2.0 * one.1 - other.1).abs() < 1e-4, "{one:?} {other:?}");
                }
                // None of those with the rarest term is left out.
                assert!(some.len() >= frequencies.into_iter().min().unwrap_or_default() as usize);
                Ok(())
            }).unwrap();
        }
    }

    #[test]
    fn a_question_of_common_words_finds_as_many_as_are_wanted() {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let texts: Vec<String> =
            (0..RANKED + 500).map(|n| format!("cells divide {}", if n == 7 { "slowly" } else { "" })).collect();
        shelf.unembedded(room, "cells", &texts);
        let found = |question: &str| {
            let question = Question::new(question);
            let found = shelf.library.read(|connection| {
                let (frequencies, _) = frequencies(connection, &question)?;
                search(connection, &room.into(), &question, &frequencies, 60)
            });
            found.unwrap()
        };
        // The only passage with the rare word is the first, and not the only one.
        let slowly = found("Do cells divide slowly?");
        assert_eq!(slowly.len(), 60);
        assert!(slowly[0].1 > 5.0 * slowly[1].1.abs());
        assert_eq!(found("cells divide").len(), 60);
    }
}
