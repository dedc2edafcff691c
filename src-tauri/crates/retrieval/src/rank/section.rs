//! Sections: what a place of a document is about, beyond its single passages.

use std::collections::HashMap;

use kernel::DocumentId;
use library::passages::StoredPassage;

/// Levels of headings that make a section: a chapter and its part, an article and its heading. What is deeper belongs
/// to it.
const LEVELS: usize = 2;

/// The best passages of a section that speak for it.
const BEST: usize = 3;

/// Passages that lie further apart are of different parts, whatever their headings: some 2,000 words. In a book of units,
/// chapters and sections, two levels of headings name a chapter.
const NEAR: u32 = 12;

/// The section of a passage; none in a text without headings.
pub(crate) type Section<'a> = Option<(DocumentId, &'a [String])>;

/// The section that a passage is of.
pub(crate) fn of(passage: &StoredPassage) -> Section<'_> {
    let levels = passage.headings.len().min(LEVELS);
    (levels > 0).then(|| (passage.document, &passage.headings[..levels]))
}

/// Where a passage stands, to tell which others are of the same part of its document.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    document: DocumentId,
    section: Vec<String>,
    ordinal: u32,
}

impl Place {
    /// The place of a passage; none in a text without headings, where each passage is a part of its own.
    pub(crate) fn of(passage: &StoredPassage) -> Option<Self> {
        of(passage).map(|(document, section)| Self { document, section: section.to_vec(), ordinal: passage.ordinal })
    }

    /// Whether a passage is of the same part.
    pub(crate) fn is_near(&self, passage: &StoredPassage) -> bool {
        self.ordinal.abs_diff(passage.ordinal) <= NEAR
            && of(passage).is_some_and(|(document, section)| document == self.document && section == self.section)
    }
}

/// For each passage, given by its section and its words' evidence, what its section says: the mean of the words of its
/// best [`BEST`] passages among these, where one that is missing counts as nothing. A passage without a section speaks
/// for itself alone.
pub(crate) fn means<'a>(found: impl Iterator<Item = (Section<'a>, f32)> + Clone) -> Vec<f32> {
    let mut best: HashMap<(DocumentId, &[String]), Vec<f32>> = HashMap::new();
    for (section, words) in found.clone() {
        if let Some(section) = section {
            best.entry(section).or_default().push(words);
        }
    }
    for words in best.values_mut() {
        words.sort_by(|a, b| b.total_cmp(a));
        words.truncate(BEST);
    }
    found
        .map(|(section, words)| {
            let sum = section.and_then(|section| best.get(&section)).map_or(words, |best| best.iter().sum());
            sum / BEST as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_passages_of_a_section_say_more_than_one() {
        let [memory, sleep] = ["Memory", "Sleep"].map(|heading| vec!["Mind".to_owned(), heading.to_owned()]);
        let document = DocumentId(1);
        let found = [
            (Some((document, memory.as_slice())), 0.6),
            (Some((document, sleep.as_slice())), 0.9),
            (Some((document, memory.as_slice())), 0.6),
            (Some((document, memory.as_slice())), 0.6),
            (Some((document, memory.as_slice())), 0.1),
            (None, 0.9),
        ];
        let means = means(found.into_iter());
        let near = |a: f32, b: f32| (a - b).abs() < 1e-6;
        assert!(near(means[0], 0.6) && near(means[1], 0.3) && near(means[4], 0.6) && near(means[5], 0.3), "{means:?}");
    }
}
