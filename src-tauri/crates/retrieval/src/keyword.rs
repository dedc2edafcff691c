//! Search by words: FTS5's BM25 over headings and text.

use kernel::PassageId;
use library::Connection;

use crate::question::Question;
use crate::scope::Filter;

/// A word in a heading counts as this many in the text.
const HEADING_WEIGHT: f64 = 1.0;

/// The `k` passages that `within` lets through and that match `question` best, with their BM25 score (larger is better).
pub fn search(
    connection: &Connection,
    within: &Filter,
    question: &Question,
    k: usize,
) -> Result<Vec<(PassageId, f32)>, library::Error> {
    if question.is_empty() {
        return Ok(Vec::new());
    }
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
    let rows = query.query_map((question.to_fts(), k, HEADING_WEIGHT), |row| {
        Ok((PassageId(row.get(0)?), -row.get::<_, f32>(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
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
