//! What to do next.

use std::cmp::Reverse;

use kernel::DocumentId;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{DocumentProgress, Standing};

/// Answers that are worth less than this on average ask for another look.
const WEAK: f32 = 0.7;
/// Fewer answers say nothing about a section.
const FEWEST: u32 = 2;
/// A person chooses among few things.
const MOST: usize = 5;

/// Something to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Suggestion {
    /// The document.
    pub document: DocumentId,
    /// The entry of its table of contents, from 0; none for all of it.
    pub entry: Option<u32>,
    /// What it is called.
    pub title: String,
    /// Where it begins.
    pub page: u32,
    /// Why this.
    pub why: Vec<Why>,
}

/// Why something is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Why {
    /// So many of its cards are due.
    CardsDue {
        /// How many.
        cards: u32,
    },
    /// Questions about it were answered badly.
    QuizWeak {
        /// What the answers were worth on average, 0 to 1.
        score: f32,
    },
    /// It was begun and not read to its end.
    Unread {
        /// Pages that are left.
        pages: u32,
    },
}

/// A part of a document that may be suggested.
struct Part<'a> {
    document: DocumentId,
    entry: Option<u32>,
    title: &'a str,
    page: u32,
    standing: Standing,
}

/// The most pressing first: what has cards due, then what was answered badly, then what was begun and not read to its
/// end. Of nested sections the innermost.
pub(super) fn suggestions(documents: &[DocumentProgress]) -> Vec<Suggestion> {
    let mut found: Vec<(_, Suggestion)> = documents
        .iter()
        .flat_map(parts)
        .filter_map(|part| {
            let why = reasons(&part.standing);
            let urgency = match why.first()? {
                Why::CardsDue { cards } => (0, Reverse(*cards)),
                Why::QuizWeak { score } => (1, Reverse(((1.0 - score) * 1000.0) as u32)),
                Why::Unread { pages } => (2, Reverse(u32::MAX - pages)),
            };
            let Part { document, entry, title, page, .. } = part;
            Some((urgency, Suggestion { document, entry, title: title.to_owned(), page, why }))
        })
        .collect();
    found.sort_by_key(|(urgency, _)| *urgency);
    found.into_iter().map(|(_, suggestion)| suggestion).take(MOST).collect()
}

/// The innermost sections of a document, or all of it where it has none.
fn parts(document: &DocumentProgress) -> Vec<Part<'_>> {
    let id = document.document;
    if document.sections.is_empty() {
        let (title, standing) = (document.title.as_str(), document.whole);
        return vec![Part { document: id, entry: None, title, page: 1, standing }];
    }
    let behind = document.sections.iter().skip(1).map(Some).chain([None]);
    let innermost =
        document.sections.iter().zip(behind).filter(|(own, next)| next.is_none_or(|next| next.level <= own.level));
    innermost
        .map(|(own, _)| Part {
            document: id,
            entry: Some(own.entry),
            title: &own.title,
            page: own.page,
            standing: own.standing,
        })
        .collect()
}

fn reasons(standing: &Standing) -> Vec<Why> {
    let mut why = Vec::new();
    if standing.due > 0 {
        why.push(Why::CardsDue { cards: standing.due });
    }
    if let Some(score) = standing.score.filter(|score| standing.answered >= FEWEST && *score < WEAK) {
        why.push(Why::QuizWeak { score });
    }
    if standing.read > 0 && standing.read < standing.pages {
        why.push(Why::Unread { pages: standing.pages - standing.read });
    }
    why
}

#[cfg(test)]
mod tests {
    use super::super::SectionProgress;
    use super::*;

    fn section(entry: u32, level: u8, standing: Standing) -> SectionProgress {
        SectionProgress { entry, level, title: format!("Section {entry}"), page: entry + 1, standing }
    }

    fn book(sections: Vec<SectionProgress>) -> DocumentProgress {
        DocumentProgress { document: DocumentId(1), title: "Book".into(), whole: Standing::default(), sections }
    }

    #[test]
    fn due_cards_come_before_weak_quizzes_and_these_before_what_is_left_to_read() {
        let reading = Standing { pages: 4, read: 1, ..Standing::default() };
        let weak = Standing { pages: 4, answered: 5, score: Some(0.4), ..Standing::default() };
        let due = Standing { pages: 4, due: 3, answered: 5, score: Some(0.4), ..Standing::default() };
        let sections = vec![
            section(0, 1, due),
            section(1, 2, reading),
            section(2, 2, weak),
            section(3, 2, due),
            section(4, 1, Standing::default()),
        ];
        let next = suggestions(&[book(sections)]);
        assert_eq!(next.iter().map(|it| it.entry).collect::<Vec<_>>(), [Some(3), Some(2), Some(1)]);
        assert_eq!(next[0].why, [Why::CardsDue { cards: 3 }, Why::QuizWeak { score: 0.4 }]);
        assert_eq!(next[2].why, [Why::Unread { pages: 3 }]);
    }

    #[test]
    fn a_document_without_sections_is_suggested_as_a_whole_and_one_answer_says_nothing() {
        let whole = Standing { pages: 4, due: 1, ..Standing::default() };
        let next = suggestions(&[DocumentProgress { whole, ..book(Vec::new()) }]);
        assert_eq!((next.len(), next[0].entry, next[0].title.as_str()), (1, None, "Book"));
        let once = Standing { pages: 4, answered: 1, score: Some(0.0), ..Standing::default() };
        assert!(suggestions(&[DocumentProgress { whole: once, ..book(Vec::new()) }]).is_empty());
    }
}
