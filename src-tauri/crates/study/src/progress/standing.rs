use serde::{Deserialize, Serialize};
use specta::Type;

/// A page that was looked at for so long is read, in milliseconds: a glance in passing is not.
const READ_MS: i64 = 5_000;
/// Mastery that reading alone can bring: who has read something may know it, who was asked has shown it.
const BY_READING: f32 = 0.2;
/// So many questions and cards tell as much of a part as can be told.
const ENOUGH: f32 = 6.0;

/// How a part of a document stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Standing {
    /// Its pages.
    pub pages: u32,
    /// So many of them were read.
    pub read: u32,
    /// Answers that cite it.
    pub asked: u32,
    /// Questions about it that were answered.
    pub answered: u32,
    /// What their last answers were worth on average, 0 to 1; none without an answer.
    pub score: Option<f32>,
    /// Cards about it.
    pub cards: u32,
    /// So many of them are due today.
    pub due: u32,
    /// How likely its cards are recalled now, on average; new ones count as unknown. None without a card.
    pub recall: Option<f32>,
    /// How much of it is mastered, 0 to 1: a fifth by what was read, the rest by what was answered right and is
    /// recalled, as far as there were enough questions and cards to tell. None where nothing was done yet.
    pub mastery: Option<f32>,
}

/// What is known of some pages.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    read: u32,
    asked: u32,
    answered: u32,
    score: f32,
    cards: u32,
    due: u32,
    recall: f32,
}

impl Tally {
    /// The page was looked at for so long altogether.
    pub(super) fn read(&mut self, ms: i64) {
        self.read += u32::from(ms >= READ_MS);
    }

    /// An answer cites it.
    pub(super) fn asked(&mut self) {
        self.asked += 1;
    }

    /// A question about it was answered, and the answer is worth so much.
    pub(super) fn answered(&mut self, score: f32) {
        self.answered += 1;
        self.score += score;
    }

    /// A card is about it.
    pub(super) fn card(&mut self, recall: Option<f32>, is_due: bool) {
        self.cards += 1;
        self.due += u32::from(is_due);
        self.recall += recall.unwrap_or(0.0);
    }

    pub(super) fn plus(self, other: &Self) -> Self {
        Self {
            read: self.read + other.read,
            asked: self.asked + other.asked,
            answered: self.answered + other.answered,
            score: self.score + other.score,
            cards: self.cards + other.cards,
            due: self.due + other.due,
            recall: self.recall + other.recall,
        }
    }

    /// What it comes to, on so many pages.
    pub(super) fn standing(self, pages: u32) -> Standing {
        let Self { read, asked, answered, cards, due, .. } = self;
        let mean = |sum: f32, count: u32| (count > 0).then(|| sum / count as f32);
        let mut standing = Standing {
            pages,
            read: read.min(pages),
            asked,
            answered,
            score: mean(self.score, answered),
            cards,
            due,
            recall: mean(self.recall, cards),
            mastery: None,
        };
        let shown = mean(self.score + self.recall, answered + cards);
        if standing.read > 0 || shown.is_some() {
            let told = ((answered + cards) as f32 / ENOUGH).min(1.0);
            let reading = standing.read as f32 / pages.max(1) as f32;
            standing.mastery = Some(BY_READING * reading + (1.0 - BY_READING) * told * shown.unwrap_or(0.0));
        }
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(count: impl Fn(&mut Tally)) -> Standing {
        let mut tally = Tally::default();
        count(&mut tally);
        tally.standing(10)
    }

    #[test]
    fn what_nobody_has_touched_has_no_mastery() {
        assert_eq!(tally(|_| ()).mastery, None);
        assert_eq!(tally(|it| it.read(READ_MS - 1)).mastery, None);
        assert_eq!(tally(Tally::asked).mastery, None);
    }

    #[test]
    fn reading_alone_is_worth_a_fifth() {
        let all = tally(|it| (0..10).for_each(|_| it.read(READ_MS)));
        assert_eq!((all.read, all.mastery), (10, Some(BY_READING)));
    }

    #[test]
    fn a_single_right_answer_tells_little_and_many_tell_it_all() {
        let right = |answers| tally(|it| (0..answers).for_each(|_| it.answered(1.0))).mastery.unwrap_or_default();
        assert!(right(1) < 0.2 && right(3) > right(1));
        assert!((right(6) - 0.8).abs() < 1e-6 && (right(60) - 0.8).abs() < 1e-6);
    }

    #[test]
    fn cards_count_by_how_well_they_are_recalled_and_new_ones_not_at_all() {
        let standing = tally(|it| {
            it.card(Some(0.9), false);
            it.card(Some(0.5), true);
            it.card(None, false);
        });
        assert_eq!((standing.cards, standing.due), (3, 1));
        assert!((standing.recall.unwrap_or_default() - 1.4 / 3.0).abs() < 1e-6);
    }
}
