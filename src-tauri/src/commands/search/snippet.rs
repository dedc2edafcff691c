//! The part of a passage that shows why it was found.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use reader::Sentence;
use retrieval::Question;
use serde::Serialize;
use specta::Type;

/// Bytes that a snippet has at most, unless one sentence alone is longer.
const ROOM: usize = 320;
/// Bytes that are shown of a longer sentence.
const LONGEST: usize = 480;

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct SnippetPart {
    /// The words as they stand in the document.
    pub text: String,
    /// Whether they match the query.
    pub marked: bool,
}

/// The neighbouring sentences that hold most of the query's words, as few and as early as possible; the first ones
/// where no word matches (a passage can be found by its meaning alone).
pub(super) fn best(text: &str, sentences: &[Sentence], question: &Question) -> Range<usize> {
    let terms: Vec<HashSet<usize>> = sentences
        .iter()
        .map(|sentence| {
            let words = text.get(sentence.start as usize..sentence.end as usize).unwrap_or_default();
            question.matches(words).map(|(_, term)| term).collect()
        })
        .collect();
    let mut best = ((0, Reverse(0)), 0..0);
    for first in 0..sentences.len() {
        let mut found: HashSet<usize> = HashSet::new();
        for last in first..sentences.len() {
            let length = (sentences[last].end - sentences[first].start) as usize;
            if last > first && length > ROOM {
                break;
            }
            found.extend(&terms[last]);
            let better = (found.len(), Reverse(last - first)) > best.0;
            if better || best.1.is_empty() {
                best = ((found.len(), Reverse(last - first)), first..last + 1);
            }
        }
    }
    best.1
}

/// The text of a snippet, in pieces: the words that match, and what is between them.
pub(super) fn parts(text: &str, question: &Question) -> Vec<SnippetPart> {
    let shown = shown(text, question);
    let mut parts = Vec::new();
    let mut push = |text: &str, marked| {
        if !text.is_empty() {
            parts.push(SnippetPart { text: text.to_owned(), marked });
        }
    };
    let cut = &text[shown.clone()];
    let mut done = 0;
    push(if shown.start > 0 { "… " } else { "" }, false);
    for place in joined(question.matches(cut).map(|(place, _)| place)) {
        push(&cut[done..place.start], false);
        push(&cut[place.clone()], true);
        done = place.end;
    }
    push(&cut[done..], false);
    push(if shown.end < text.len() { " …" } else { "" }, false);
    parts
}

/// Places that overlap, as those of scripts without spaces do, as one.
fn joined(places: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for place in places {
        match joined.last_mut() {
            Some(last) if place.start < last.end => last.end = place.end.max(last.end),
            _ => joined.push(place),
        }
    }
    joined
}

/// All of it, or the part around the first match, cut between words.
fn shown(text: &str, question: &Question) -> Range<usize> {
    if text.len() <= LONGEST {
        return 0..text.len();
    }
    let first = question.matches(text).next().map_or(0, |(place, _)| place.start);
    let space_from = |at: usize| text[at..].find(' ').map_or(at, |space| at + space + 1);
    let start = match first.saturating_sub(LONGEST / 3) {
        0 => 0,
        at => space_from(text.floor_char_boundary(at)).min(first),
    };
    let limit = text.floor_char_boundary(start + LONGEST);
    if limit >= text.len() {
        return start..text.len();
    }
    let end = text[start..limit].rfind(' ').map_or(limit, |space| start + space);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The brain rests. Memories are encoded in the hippocampus. Sleep helps memory. Nothing else.";

    fn sentences(text: &str) -> Vec<Sentence> {
        let all = reader::sentences(text).into_iter();
        all.map(|s| Sentence { start: s.start as u32, end: s.end as u32, spans: Vec::new() }).collect()
    }

    fn marked(text: &str, query: &str) -> Vec<String> {
        marked_by(text, &Question::new(query))
    }

    fn marked_by(text: &str, question: &Question) -> Vec<String> {
        parts(text, question).into_iter().filter(|part| part.marked).map(|part| part.text).collect()
    }

    #[test]
    fn words_of_the_query_are_marked_in_all_their_forms() {
        assert_eq!(marked(TEXT, "What is memory encoding?"), ["Memories", "encoded", "memory"]);
        assert_eq!(marked("Piagets Théorie", "theorie"), ["Théorie"]);
        assert_eq!(marked_by(TEXT, &Question::typed("memo")), ["Memories", "memory"]);
        assert!(marked(TEXT, "photosynthesis").is_empty());
        assert_eq!(marked("植物的光合作用需要水。", "光合作用"), ["光合作用"]);
    }

    #[test]
    fn the_pieces_make_up_the_text() {
        for query in ["memory", "the brain", "", "nothing"] {
            let parts = parts(TEXT, &Question::new(query));
            assert_eq!(parts.into_iter().map(|part| part.text).collect::<String>(), TEXT);
        }
    }

    #[test]
    fn the_sentences_with_most_of_the_query_are_shown() {
        let sentences = sentences(TEXT);
        let best = |query| best(TEXT, &sentences, &Question::new(query));
        assert_eq!(best("hippocampus"), 1..2);
        assert_eq!(best("sleep and the hippocampus"), 1..3);
        assert_eq!(best("photosynthesis"), 0..1);
    }

    #[test]
    fn a_passage_without_sentences_has_no_snippet() {
        assert_eq!(best("", &[], &Question::new("x")), 0..0);
    }

    #[test]
    fn a_long_sentence_is_cut_around_the_first_match() {
        let text = format!("{}encoding {}", "über alles ".repeat(100), "and so on ".repeat(100));
        let parts = parts(&text, &Question::new("encoding"));
        let shown: String = parts.iter().map(|part| part.text.as_str()).collect();
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(shown.len() < LONGEST + 16);
        assert!(parts.iter().any(|part| part.marked && part.text == "encoding"));
    }
}
