//! A question about words on a page: what "this" stands for in it, and where the words stand.
//!
//! The passages that hold the words are searched first, whatever the search finds. Without a language model the answer
//! doesn't repeat what the person has just read: it quotes what stands around it, or what else the room says.

use kernel::{Citation, PassageId, RoomId, TurnId};
use library::passages::{self, StoredPassage};
use library::{Connection, Error, conversations, documents, pages};
use retrieval::{Evidence, Hit};

use crate::asking::Findings;
use crate::evidence::{Candidate, sentence_text};
use crate::words::letters;
use crate::{conversation, topic};

/// Words of a quote that a question is searched with: more of them would drown the question's own.
const QUOTED: usize = 40;
/// Passages that a quote can lead with: a long one goes over several.
const LEADS: usize = 3;
/// Nouns for words on a page, behind which "this" points to them.
const NAMES: [&str; 14] = [
    "sentence",
    "sentences",
    "passage",
    "passages",
    "paragraph",
    "paragraphs",
    "word",
    "words",
    "text",
    "quote",
    "highlight",
    "statement",
    "section",
    "page",
];

/// `question` as it reads without the words before one's eyes: "What does this mean?" asks what the words mean.
pub(crate) fn standalone(question: &str, quote: &str) -> String {
    let words: Vec<&str> = quote.split_whitespace().collect();
    if words.is_empty() {
        return question.to_owned();
    }
    let cut = if words.len() > QUOTED { "…" } else { "" };
    let quote = words[..words.len().min(QUOTED)].join(" ");
    let quote = format!("“{}{cut}”", quote.trim_end_matches(['.', ',', ';', ':', '?', '!']));
    conversation::asked_of(&pointing(question), &quote).unwrap_or_else(|| question.to_owned())
}

/// "this sentence" as "this": both point to the words.
fn pointing(question: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for word in question.split_whitespace() {
        let core = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let points = |before: &String| matches!(before.to_lowercase().as_str(), "this" | "that" | "these" | "those");
        match out.last_mut().filter(|before| points(before)) {
            Some(before) if NAMES.contains(&core.to_lowercase().as_str()) => before.push_str(&word[core.len()..]),
            _ => out.push(word.to_owned()),
        }
    }
    out.join(" ")
}

/// The hits with the passages that hold the words in front, and how many these are.
pub(crate) fn lead(
    connection: &Connection,
    room: RoomId,
    citation: &Citation,
    mut hits: Vec<Hit>,
) -> Result<(Vec<Hit>, usize), Error> {
    let best = hits.iter().map(|hit| hit.score).fold(0.0, f32::max);
    let mut first: Vec<Hit> = Vec::new();
    for passage in holding(connection, room, citation)? {
        if first.iter().any(|hit| hit.joined.contains(&passage.passage)) {
            continue;
        }
        let found = hits.iter().position(|hit| hit.joined.contains(&passage.passage));
        first.push(match found {
            Some(at) => hits.remove(at),
            None => Hit {
                score: best,
                keyword_rank: None,
                similarity: None,
                evidence: Evidence::default(),
                repeats: 0.0,
                joined: vec![passage.passage],
                copies: Vec::new(),
                passage,
            },
        });
    }
    let leads = first.len();
    first.extend(hits);
    Ok((first, leads))
}

/// The passages that hold what an answer cites, as far as they are still there, each once.
///
/// # Errors
/// Not found; a fault of the store.
pub fn cited(connection: &Connection, turn: TurnId) -> Result<Vec<PassageId>, Error> {
    let turn = conversations::turn(connection, turn)?;
    let room = conversations::get(connection, turn.conversation)?.room;
    let mut found = Vec::new();
    for citation in turn.citations.iter().chain(&turn.further) {
        for passage in holding(connection, room, citation)? {
            if !found.contains(&passage.passage) {
                found.push(passage.passage);
            }
        }
    }
    Ok(found)
}

/// The passages that hold the cited words; none where the document is gone or has other words by now.
fn holding(connection: &Connection, room: RoomId, citation: &Citation) -> Result<Vec<StoredPassage>, Error> {
    let Some(number) = citation.page.or(citation.locator.as_ref().map(|locator| locator.part)) else {
        return Ok(Vec::new());
    };
    let page = match documents::get(connection, citation.document) {
        Ok(document) if document.room == room => pages::get(connection, citation.document, number),
        Ok(_) => return Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let page = match page {
        Ok(page) => page,
        Err(Error::NotFound { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let Some(start) = page.text.find(&citation.quote) else { return Ok(Vec::new()) };
    let quoted = if citation.quote.is_empty() { 0..page.text.len() } else { start..start + citation.quote.len() };
    let holds = |passage: &StoredPassage| {
        let mut spans = passage.sentences.iter().flat_map(|sentence| &sentence.spans);
        spans.any(|span| span.page == number && (span.start as usize) < quoted.end && quoted.start < span.end as usize)
    };
    let all = passages::on_page(connection, citation.document, number)?;
    Ok(all.into_iter().filter(holds).take(LEADS).collect())
}

/// The candidates that say something beside the quote. A question that does nothing but point to it is answered from
/// around it alone. All of them where nothing is left.
pub(crate) fn unsaid(asked: &str, quote: &str, candidates: &[Candidate], findings: &Findings) -> Vec<Candidate> {
    let quote = letters(quote);
    let is_said = |one: &Candidate| {
        let sentence = letters(sentence_text(&findings.near[one.near].passage, one.sentence));
        quote.contains(&sentence)
    };
    let points = topic::lacks_a_subject(&pointing(asked));
    let is_around = |one: &Candidate| findings.near[one.near].rank < findings.leads;
    let left = |around: bool| -> Vec<Candidate> {
        candidates.iter().filter(|one| !is_said(one) && (!around || is_around(one))).cloned().collect()
    };
    let wanted = if points { left(true) } else { Vec::new() };
    let wanted = if wanted.is_empty() { left(false) } else { wanted };
    if wanted.is_empty() { candidates.to_vec() } else { wanted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{candidates, tests::near};
    use crate::question::Question;

    #[test]
    fn this_stands_for_the_words_before_ones_eyes() {
        let quote = "Salt stays outside.";
        for (question, expected) in [
            ("What does this mean?", "What does “Salt stays outside” mean?"),
            ("Explain this sentence.", "Explain “Salt stays outside”."),
            ("Why?", "Why: “Salt stays outside”?"),
            ("and what causes it?", "What causes “Salt stays outside”?"),
            ("How does osmosis work?", "How does osmosis work?"),
        ] {
            assert_eq!(standalone(question, quote), expected);
        }
        assert_eq!(standalone("Why is this so?", ""), "Why is this so?", "a page as a whole has no words to put in");
        let long = standalone("Explain this", &"word ".repeat(200));
        assert_eq!(long.matches("word").count(), QUOTED);
    }

    #[test]
    fn what_was_just_read_is_not_said_again() {
        let mut near = [
            near(1, &[], &["Salt stays outside of the cell.", "The membrane of the cell is too tight for salt."]),
            near(2, &[], &["Salt is mined in the mountains, outside of the towns."]),
        ];
        near[1].rank = 1;
        let question = Question::plain("“Salt stays outside of the cell”");
        let all = candidates(&question, &near, None);
        let findings = Findings {
            question,
            candidates: all.clone(),
            near: near.to_vec(),
            leads: 1,
            compared: false,
            degraded: None,
            rank_ms: 0,
        };
        let said = |asked: &str, quote: &str| -> Vec<(usize, usize)> {
            unsaid(asked, quote, &all, &findings).iter().map(|one| (one.near, one.sentence)).collect()
        };
        assert_eq!(said("Why is that?", "Salt stays outside of the cell."), [(0, 1)], "around it alone");
        let own = said("Where is it mined?", "Salt stays outside of the cell.");
        assert!(own.contains(&(1, 0)) && !own.contains(&(0, 0)), "{own:?}");
        assert_eq!(said("Why?", "Salt stays").len(), 2, "words of a sentence are not all of it");
        let whole = near.iter().map(|near| near.passage.text.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!(said("Why?", &whole).len(), all.len(), "something has to be said");
    }
}
