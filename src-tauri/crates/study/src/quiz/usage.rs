//! How sentences use a term: as a thing or as a quality of one, with an article or without, as one or as many.

use retrieval::fold;

use super::text::{Stem, Text};

/// So many mentions tell.
const SAMPLE: usize = 60;

/// How sentences use a term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Usage {
    /// It stands for many: verbs behind it say so, or else its ending.
    pub(super) is_plural: bool,
    /// It mostly has an article before it.
    pub(super) has_article: bool,
    /// It mostly stands before a noun, and says how that is.
    pub(super) is_quality: bool,
    /// It is a part of a longer name: a surname behind a first name.
    pub(super) part_of_name: bool,
}

impl Usage {
    /// What the sentences that name a term tell of it.
    pub(super) fn of(text: &Text, stems: &[Stem], name: &str, mentions: &[usize]) -> Self {
        let (mut many, mut one, mut article, mut quality, mut alone, mut longer, mut all) = (0, 0, 0, 0, 0, 0, 0_usize);
        let is_name = name.starts_with(char::is_uppercase) && name.chars().any(char::is_lowercase);
        for mention in mentions.iter().take(SAMPLE) {
            let Some((before, behind, joined)) = around(text, *mention, stems, name) else { continue };
            all += 1;
            // What stands in the other number than the name tells nothing of the name.
            if text.sentence(*mention).contains(name) {
                match fold(behind).as_ref() {
                    "are" | "were" | "have" => many += 1,
                    "is" | "was" | "has" => one += 1,
                    _ => {}
                }
            }
            let is_article = matches!(fold(before).as_ref(), "a" | "an" | "the");
            article += usize::from(is_article);
            match (joined, is_verb_like(behind) || is_small(behind)) {
                (true, false) => quality += 1,
                (true, true) | (false, _) => alone += 1,
            }
            longer += usize::from(
                is_name && before.chars().count() > 1 && before.starts_with(char::is_uppercase) && !is_small(before),
            );
        }
        let ending = super::term::is_plural(name);
        Self {
            is_plural: if ending { one <= 2 * many + 1 } else { many > 2 * one + 1 },
            has_article: 2 * article >= all.max(1),
            is_quality: quality > alone,
            part_of_name: longer > 0 && !name.contains(' '),
        }
    }
}

/// The words before and behind the first mention of a term in a sentence, and whether nothing but a space parts it
/// from the one behind.
fn around<'a>(text: &'a Text, mention: usize, stems: &[Stem], name: &str) -> Option<(&'a str, &'a str, bool)> {
    let said = text.sentence(mention);
    let words = &text.sentences.get(mention)?.words;
    let (_, first) = text.place_of(mention, stems, name)?;
    let last = words.get(first + stems.len() - 1)?;
    let word = |at: usize| words.get(at).and_then(|word| said.get(word.start as usize..word.end as usize));
    let start = words.get(first)?.start as usize;
    let before = first.checked_sub(1).and_then(word).unwrap_or_default();
    let parted = first.checked_sub(1).and_then(|at| words.get(at)).and_then(|it| said.get(it.end as usize..start));
    let before = if parted == Some(" ") { before } else { "" };
    let behind = word(first + stems.len()).unwrap_or_default();
    let gap = words.get(first + stems.len()).and_then(|next| said.get(last.end as usize..next.start as usize));
    Some((before, behind, gap == Some(" ")))
}

fn is_small(word: &str) -> bool {
    retrieval::is_stop_word(&fold(word))
        || matches!(&*fold(word), "may" | "might" | "must" | "within" | "among" | "without")
}

/// Whether a word looks like a verb that says what its subject does.
fn is_verb_like(word: &str) -> bool {
    (word.ends_with('s') && !word.ends_with("ss")) || word.ends_with("ed")
}
