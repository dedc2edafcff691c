//! What people's decisions on drafts say about the next ones.

use library::quizzes::{Decisions, Item};

/// Decisions either way that every kind of item begins with: the first few say little.
const PRIOR: f32 = 8.0;

/// The decisions so far, by who made the items and how they ask.
#[derive(Clone, Debug, Default)]
pub(crate) struct Experience(Vec<Decisions>);

impl Experience {
    /// What these decisions say.
    pub(crate) fn of(decisions: Vec<Decisions>) -> Self {
        Self(decisions)
    }

    /// How sure to be of an item: its maker's own confidence, whose odds are multiplied by those that people approve of
    /// such items. As many approved as rejected leave it as it is.
    pub(crate) fn confidence(&self, maker: &str, item: &Item) -> f32 {
        let decided = self.0.iter().find(|decided| decided.kind == item.kind && decided.maker == maker);
        let (approved, rejected) = decided
            .map_or((0, 0), |decided| (decided.approved, decided.rejected.iter().map(|(_, count)| count).sum::<u32>()));
        let odds = item.confidence / (1.0 - item.confidence).max(f32::EPSILON);
        let odds = odds * (approved as f32 + PRIOR) / (rejected as f32 + PRIOR);
        odds / (1.0 + odds)
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Citation, DocumentId};
    use library::quizzes::{ItemKind, Key, RejectReason};

    use super::*;

    fn item(confidence: f32) -> Item {
        let citation = Citation {
            document: DocumentId(1),
            title: String::new(),
            page: None,
            label: None,
            locator: None,
            quote: String::new(),
            boxes: Vec::new(),
            changed: false,
        };
        Item {
            kind: ItemKind::Cloze,
            stem: String::new(),
            terms: Vec::new(),
            options: Vec::new(),
            answer: Key::One(String::new()),
            explanation: String::new(),
            citation,
            further: Vec::new(),
            confidence,
        }
    }

    fn decided(kind: ItemKind, approved: u32, rejected: u32) -> Experience {
        let rejected = vec![(RejectReason::Ambiguous, rejected)];
        Experience::of(vec![Decisions { maker: "rules".into(), kind, approved, rejected }])
    }

    #[test]
    fn without_decisions_an_item_is_as_sure_as_its_maker_says() {
        for confidence in [0.0, 0.3, 0.6, 1.0] {
            let sure = Experience::default().confidence("rules", &item(confidence));
            assert!((sure - confidence).abs() < 1e-5, "{sure}");
        }
    }

    #[test]
    fn approved_kinds_are_trusted_more_and_rejected_ones_less() {
        let confidence = |experience: Experience| experience.confidence("rules", &item(0.6));
        assert!(confidence(decided(ItemKind::Cloze, 10, 0)) > 0.7);
        assert!(confidence(decided(ItemKind::Cloze, 0, 10)) < 0.5);
        assert!((confidence(decided(ItemKind::Cloze, 5, 5)) - 0.6).abs() < 1e-5);
        assert!((confidence(decided(ItemKind::Choice, 0, 10)) - 0.6).abs() < 1e-5);
        let of_a_model = decided(ItemKind::Cloze, 10, 0).confidence("a model", &item(0.6));
        assert!((of_a_model - 0.6).abs() < 1e-5);
    }
}
