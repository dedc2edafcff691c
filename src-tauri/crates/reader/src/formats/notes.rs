//! Notes of a text in memory, put where their marks stand.

use std::collections::HashMap;

use super::draft::Draft;
use crate::BlockKind;

/// A mark has no more letters.
const LONGEST_MARK: usize = 24;

/// Puts every note behind the block that has its mark in brackets, `[1]`, with all that the note goes on with. A note
/// whose mark stands nowhere, or in a heading alone, stays where it is.
pub(crate) fn placed(drafts: Vec<Draft>) -> Vec<Draft> {
    if drafts.iter().all(|it| it.kind != BlockKind::Footnote) {
        return drafts;
    }
    let mut marks: HashMap<String, usize> = HashMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if !matches!(draft.kind, BlockKind::Footnote | BlockKind::Heading) {
            for mark in bracketed(&draft.text) {
                marks.entry(mark.to_owned()).or_insert(at);
            }
        }
    }
    // Each with the place of the block that it stands behind.
    let mut order: Vec<(usize, Draft)> = Vec::with_capacity(drafts.len());
    let mut place = 0;
    let mut in_note = false;
    for (at, draft) in drafts.into_iter().enumerate() {
        if draft.kind != BlockKind::Footnote {
            place = at;
            in_note = false;
        } else if let Some(mark) = mark_of(&draft.text) {
            place = marks.get(mark).copied().unwrap_or(at);
            in_note = true;
        } else if !in_note {
            place = at;
        }
        order.push((place, draft));
    }
    order.sort_by_key(|(place, _)| *place);
    order.into_iter().map(|(_, draft)| draft).collect()
}

/// The mark in front of a note, without brackets.
fn mark_of(text: &str) -> Option<&str> {
    let first = text.split_whitespace().next()?;
    let bare = first.trim_matches(['[', ']', '(', ')', '.', ':']);
    let counted = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|it| it.is_ascii_digit());
    let sign = !bare.is_empty() && bare.chars().all(|it| matches!(it, '*' | '†' | '‡' | '§' | '¶'));
    let labelled = first.starts_with('[') && first.ends_with(']') && bare.len() <= LONGEST_MARK && !bare.is_empty();
    (counted || sign || labelled).then_some(bare)
}

/// What stands in brackets and may be a mark.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    text.split('[')
        .skip(1)
        .filter_map(|it| it.split_once(']'))
        .map(|(inside, _)| inside)
        .filter(|it| !it.is_empty() && it.len() <= LONGEST_MARK && !it.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_stands_behind_the_block_with_its_mark() {
        let text = |text: &str| Draft::new(BlockKind::Paragraph, text);
        let note = |text: &str| Draft::new(BlockKind::Footnote, text);
        let drafts = vec![
            text("Known[1] and[2]."),
            Draft::heading(1, "Next[3]"),
            text("More[*]."),
            note("[2] Second."),
            note("It goes on."),
            note("1. First."),
            note("3 Third."),
            note("* Star."),
        ];
        let found: Vec<String> = placed(drafts).into_iter().map(|it| it.text).collect();
        let wanted = [
            "Known[1] and[2].",
            "[2] Second.",
            "It goes on.",
            "1. First.",
            "Next[3]",
            "More[*].",
            "* Star.",
            "3 Third.",
        ];
        assert_eq!(found, wanted);
    }
}
