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
            let Some((said, before, behind, joined)) = around(text, *mention, stems, name) else { continue };
            all += 1;
            // What stands in the other number than the name tells nothing of the name.
            if said.eq_ignore_ascii_case(name) {
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
            is_plural: if ending { one == 0 || many > 0 } else { many > 2 * one + 1 },
            has_article: 2 * article >= all.max(1),
            is_quality: quality > alone,
            part_of_name: longer > 0 && !name.contains(' '),
        }
    }
}

/// The first mention of a term in a sentence, the words before and behind it, and whether nothing but a space parts it
/// from the one behind.
fn around<'a>(text: &'a Text, mention: usize, stems: &[Stem], name: &str) -> Option<(&'a str, &'a str, &'a str, bool)> {
    let said = text.sentence(mention);
    let words = &text.sentences.get(mention)?.words;
    let (place, first) = text.place_of(mention, stems, name)?;
    let word = |at: usize| words.get(at).and_then(|word| said.get(word.start as usize..word.end as usize));
    let last = first.checked_sub(1).and_then(|at| words.get(at));
    let is_beside = |word: &&super::text::Word| said.get(word.end as usize..place.start) == Some(" ");
    let before = last.filter(is_beside).and_then(|word| said.get(word.start as usize..word.end as usize));
    let behind = word(first + stems.len()).unwrap_or_default();
    let is_joined = said.get(place.end..)?.strip_prefix(' ').is_some_and(|rest| rest.starts_with(behind));
    Some((said.get(place)?, before.unwrap_or_default(), behind, is_joined && !behind.is_empty()))
}

fn is_small(word: &str) -> bool {
    retrieval::is_stop_word(&fold(word))
        || matches!(&*fold(word), "may" | "might" | "must" | "within" | "among" | "without")
}

/// Whether a word looks like a verb that says what its subject does.
fn is_verb_like(word: &str) -> bool {
    (word.ends_with('s') && !word.ends_with("ss")) || word.ends_with("ed")
}
