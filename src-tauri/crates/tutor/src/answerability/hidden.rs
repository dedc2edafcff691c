//! What a question is kept from finding, so that a question made of a room's own text has no answer where it came from.

use kernel::DocumentId;
use library::passages::StoredPassage;
use reader::Sentence;
use retrieval::{Compared, Hit};

use crate::evidence::Near;

/// Levels of headings that make a section, as in the ranking of passages.
const LEVELS: usize = 2;
/// Without headings, passages that lie further apart are of different parts: some 2,000 words.
const NEAR: u32 = 12;

/// What is not found.
#[derive(Clone, Debug)]
pub(crate) enum Hidden {
    /// Everything is found.
    Nothing,
    /// A sentence of a document; its neighbours are.
    Sentence(DocumentId, Sentence),
    /// The section that a passage is of.
    Section(Box<StoredPassage>),
}

impl Hidden {
    /// How many places have to be searched for so that `wanted` are left.
    pub(crate) fn searched(&self, wanted: usize) -> usize {
        if matches!(self, Self::Section(_)) { 3 * wanted } else { wanted }
    }

    /// The first hits that are not hidden.
    pub(crate) fn hits(&self, hits: Vec<Hit>, wanted: usize) -> Vec<Hit> {
        hits.into_iter().filter(|hit| !self.hides(&hit.passage)).take(wanted).collect()
    }

    fn hides(&self, passage: &StoredPassage) -> bool {
        let Self::Section(hidden) = self else { return false };
        let section = &hidden.headings[..hidden.headings.len().min(LEVELS)];
        let is_of_section = !section.is_empty() && passage.headings.starts_with(section);
        hidden.document == passage.document && (is_of_section || hidden.ordinal.abs_diff(passage.ordinal) <= NEAR)
    }

    /// Takes what is hidden out of what was gathered.
    pub(crate) fn gathered(&self, near: Vec<Near>) -> Vec<Near> {
        near.into_iter().filter(|near| !self.hides(&near.passage)).collect()
    }

    /// Takes a hidden sentence out of its place, and out of what the model says of it.
    pub(crate) fn sentence(&self, near: &mut [Near], compared: Option<&mut Compared>) {
        let Self::Sentence(document, hidden) = self else { return };
        let mut places = compared.map(|compared| &mut compared.places);
        for (index, near) in near.iter_mut().enumerate().filter(|(_, near)| near.passage.document == *document) {
            let sentences = &mut near.passage.sentences;
            let Some(at) = sentences.iter().position(|sentence| sentence.spans == hidden.spans) else { continue };
            let gone = sentences.remove(at);
            let (start, end) = (gone.start as usize, gone.end as usize);
            // Of the same length, so that the other sentences stay where they are.
            if near.passage.text.is_char_boundary(start) && near.passage.text.is_char_boundary(end) {
                near.passage.text.replace_range(start..end, &" ".repeat(end - start));
            }
            near.defined.retain(|(sentence, _)| *sentence != at);
            near.defined.iter_mut().filter(|(sentence, _)| *sentence > at).for_each(|(sentence, _)| *sentence -= 1);
            if let Some(place) = places.as_mut().and_then(|places| places.get_mut(index))
                && at < place.sentences.len()
            {
                place.sentences.remove(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evidence::tests::near;
    use crate::evidence::{candidates, sentence_text};
    use crate::question::Question;

    #[test]
    fn a_hidden_sentence_is_nowhere_and_its_neighbours_stay() {
        let mut found =
            [near(1, &[], &["Osmosis moves water.", "Salt holds it back in the cell.", "Cells stay firm by it."])];
        let spans = vec![reader::Span { page: 1, start: 500, end: 520 }];
        found[0].passage.sentences[1].spans = spans;
        found[0].defined = vec![(0, ["osmosi".to_owned()].into()), (2, ["firm".to_owned()].into())];
        let gone = found[0].passage.sentences[1].clone();
        let mut compared = Compared { asked: vec!["salt".into()], places: vec![retrieval::ComparedPlace::default()] };
        compared.places[0].sentences = vec![vec![0.1], vec![0.9], vec![0.2]];
        Hidden::Sentence(found[0].passage.document, gone).sentence(&mut found, Some(&mut compared));
        let said: Vec<&str> = (0..2).map(|sentence| sentence_text(&found[0].passage, sentence)).collect();
        assert_eq!(said, ["Osmosis moves water.", "Cells stay firm by it."]);
        assert_eq!(compared.places[0].sentences, [[0.1], [0.2]]);
        assert_eq!(found[0].defined[1].0, 1);
        let best = candidates(&Question::plain("salt"), &found, Some(&compared));
        assert!(best.iter().all(|one| one.features.sentence < 0.1));
    }

    #[test]
    fn a_hidden_section_takes_its_passages_along_and_no_others() {
        let place = |number: i64, ordinal: u32, headings: &[&str]| {
            let mut place = near(number, headings, &["Osmosis moves water through the wall of a cell."]);
            place.passage.ordinal = ordinal;
            place
        };
        let found = vec![
            place(1, 10, &["Cells", "Osmosis"]),
            place(2, 60, &["Cells", "Osmosis", "Salt"]),
            place(3, 70, &["Cells", "Energy"]),
        ];
        let hidden = Hidden::Section(Box::new(found[0].passage.clone()));
        let left: Vec<i64> = hidden.gathered(found).iter().map(|near| near.passage.passage.0).collect();
        assert_eq!(left, [3]);
    }
}
