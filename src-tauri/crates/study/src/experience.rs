//! What people's decisions on drafts say about the next ones.

use library::quizzes::{Decisions, Item};

/// Decisions either way that every kind of item begins with: the first few say little.
const PRIOR: f32 = 8.0;

/// The decisions so far, by who made the items and how they ask.
#[derive(Clone, Debug, Default)]
pub struct Experience(Vec<Decisions>);

impl Experience {
    /// What these decisions say.
    pub fn of(decisions: Vec<Decisions>) -> Self {
        Self(decisions)
    }

    /// How sure to be of an item: its maker's own confidence, whose odds are multiplied by those that people approve of
    /// such items. As many approved as rejected leave it as it is.
    pub fn confidence(&self, maker: &str, item: &Item) -> f32 {
        let decided = self.0.iter().find(|decided| decided.kind == item.kind && decided.maker == maker);
        let (approved, rejected) = decided
            .map_or((0, 0), |decided| (decided.approved, decided.rejected.iter().map(|(_, count)| count).sum::<u32>()));
        let odds = item.confidence / (1.0 - item.confidence).max(f32::EPSILON);
        let odds = odds * (approved as f32 + PRIOR) / (rejected as f32 + PRIOR);
        odds / (1.0 + odds)
    }
}
