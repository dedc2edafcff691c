//! At which score it is as likely as not that a room answers, learned from the room's own text.
//!
//! How like a question its evidence looks depends on the room: in a book of law every section has the words of every
//! other one, in a room of ten lectures few do. So each room has a threshold of its own:
//!
//! 1. [`DRAWN`] sentences are drawn, evenly over the room's passages, and made into questions as the ranking's weights
//!    are fitted with ([`retrieval::fit::question_of`]): without their one or two longest words and some others.
//! 2. Each is asked twice. Once its own sentence is hidden and its neighbours are not, which deal with the same matter:
//!    the room can answer it, in other words than it is asked in. Once its whole section is hidden: the room holds only
//!    other matters of the same subject, and can't.
//! 3. The cut between the scores of both that gets the most of each right, with the same weight for both kinds, is
//!    what the room's text says. It is drawn towards the fitted model's own threshold, 0, which counts as much as
//!    [`PRIOR`] such questions: three times those of the room, since the cut alone was no better with the questions of
//!    three open textbooks than the fitted threshold (sociology, government, anatomy).
//!
//! Nothing is drawn by chance: the same room gives the same threshold.

use kernel::{Cancel, RoomId};
use library::passages::{self, StoredPassage};
use library::thresholds::{self, Threshold};
use library::{Connection, documents};
use retrieval::fit::{Draw, question_of};

use super::{Signals, hidden::Hidden};
use crate::{Error, Tutor, blocking};

/// Sentences that are drawn; two questions come from each.
const DRAWN: usize = 40;
/// A room of fewer passages has no other matters to hide a section among.
const SMALLEST: u32 = 100;
/// So many questions' worth the fitted model's own threshold has.
const PRIOR: f32 = 240.0;
/// A room is learned anew when the number of its passages has changed by this share.
const CHANGED: f32 = 0.2;

impl Tutor {
    /// Learns how sure an answer must be in a room, if its text has changed enough since that was last learned, or it
    /// never was. Costs some seconds of searching; to be called when nothing presses. Returns whether it learned.
    ///
    /// # Errors
    /// Those of the library and of the search.
    pub async fn learn(&self, room: RoomId, cancel: &Cancel) -> Result<bool, Error> {
        let model = self.retrieval().space()?.model().to_owned();
        let library = self.library().clone();
        let asked_of = model.clone();
        let Some((count, drawn)) = blocking(move || {
            Ok(library.read(|connection| {
                let count = passages_of(connection, room)?;
                let known = thresholds::get(connection, room)?;
                let is_due = count >= SMALLEST && known.is_none_or(|known| is_stale(&known, &asked_of, count));
                is_due.then(|| Ok((count, draw(connection, room, count)?))).transpose()
            })?)
        })
        .await?
        else {
            return Ok(false);
        };
        let (mut can, mut can_not) = (Vec::new(), Vec::new());
        for Drawn { question, passage, sentence } in drawn {
            let Some(own) = passage.sentences.get(sentence).cloned() else { continue };
            let hidings = [Hidden::Sentence(passage.document, own), Hidden::Section(Box::new(passage))];
            for (hidden, scores) in hidings.into_iter().zip([&mut can, &mut can_not]) {
                if cancel.is_cancelled() {
                    return Ok(false);
                }
                let findings = self.findings_without(room, &question, hidden).await?;
                // A question asked by its words alone says nothing of those that are asked with the model's help.
                let signals = Signals::of(&findings);
                if signals.similarity.is_some() {
                    scores.push(signals.score());
                }
            }
        }
        let questions = can.len() + can_not.len();
        if can.is_empty() || can_not.is_empty() {
            return Ok(false);
        }
        let learned = Threshold {
            threshold: threshold(&can, &can_not),
            model,
            passages: count,
            questions: u32::try_from(questions).unwrap_or(u32::MAX),
        };
        tracing::info!(%room, ?learned, "how sure an answer must be");
        let library = self.library().clone();
        blocking(move || Ok(library.write(|tx| thresholds::put(tx, room, &learned))?)).await?;
        Ok(true)
    }
}

/// The score at which the odds are even in a room that is searched by a model.
pub(crate) fn of_room(connection: &Connection, room: RoomId, model: &str) -> Result<f32, library::Error> {
    let known = thresholds::get(connection, room)?.filter(|known| known.model == model);
    Ok(known.map_or(0.0, |known| known.threshold))
}

fn is_stale(known: &Threshold, model: &str, passages: u32) -> bool {
    known.model != model || known.passages.abs_diff(passages) as f32 > CHANGED * known.passages as f32
}

fn passages_of(connection: &Connection, room: RoomId) -> Result<u32, library::Error> {
    Ok(documents::list(connection, room)?.iter().map(|document| document.passages).sum())
}

/// A question and the sentence that it was made of.
struct Drawn {
    question: String,
    passage: StoredPassage,
    sentence: usize,
}

/// Questions made of sentences at even distances; where a passage has none that will do, there is one less.
fn draw(connection: &Connection, room: RoomId, count: u32) -> Result<Vec<Drawn>, library::Error> {
    let mut draw = Draw::new(1);
    let mut drawn = Vec::new();
    let documents = documents::list(connection, room)?;
    for number in 0..DRAWN {
        let mut place = ((2 * number + 1) as f32 / (2 * DRAWN) as f32 * count as f32) as u32;
        let mut documents = documents.iter();
        let found = documents.find(|document| {
            let is_in = place < document.passages;
            place -= if is_in { 0 } else { document.passages };
            is_in
        });
        let Some(document) = found else { continue };
        for passage in passages::of_document(connection, document.document, place, 1)? {
            if passage.sentences.len() < 3 {
                continue;
            }
            let sentence = draw.below(passage.sentences.len());
            let said = crate::evidence::sentence_text(&passage, sentence);
            if let Some(question) = question_of(said, &mut draw) {
                drawn.push(Drawn { question, passage, sentence });
            }
        }
    }
    Ok(drawn)
}

/// The cut that gets the most of both right, drawn towards 0.
fn threshold(can: &[f32], can_not: &[f32]) -> f32 {
    let share = |scores: &[f32], is_right: &dyn Fn(f32) -> bool| {
        scores.iter().filter(|score| is_right(**score)).count() as f32 / scores.len().max(1) as f32
    };
    let right = |cut: f32| share(can, &|score| score > cut) + share(can_not, &|score| score <= cut);
    let mut scores: Vec<f32> = can.iter().chain(can_not).copied().collect();
    scores.sort_by(f32::total_cmp);
    let cuts = scores.windows(2).map(|pair| 0.5 * (pair[0] + pair[1]));
    // Of cuts that are as good, the one nearest to what holds for all rooms.
    let best = cuts.fold(0.0_f32, |best, cut| {
        let is_better = right(cut) > right(best) + f32::EPSILON;
        let is_nearer = (right(cut) - right(best)).abs() <= f32::EPSILON && cut.abs() < best.abs();
        if is_better || is_nearer { cut } else { best }
    });
    let questions = scores.len() as f32;
    best * questions / (questions + PRIOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_lies_between_what_can_and_what_can_not_be_answered() {
        let can: Vec<f32> = (0..80).map(|n| 2.0 + n as f32 / 40.0).collect();
        let can_not: Vec<f32> = (0..80).map(|n| n as f32 / 80.0).collect();
        let learned = threshold(&can, &can_not);
        // The prior counts for three fifths, with 160 questions.
        assert!((0.35..0.7).contains(&learned), "{learned}");
    }

    #[test]
    fn what_is_told_apart_as_it_is_moves_nothing() {
        assert!(threshold(&[1.0, 2.0], &[-1.0, -2.0]).abs() < f32::EPSILON);
        assert!(threshold(&[], &[]).abs() < f32::EPSILON);
    }

    #[test]
    fn a_few_questions_hardly_move_it() {
        let learned = threshold(&[3.0, 4.0], &[1.0, 2.0]);
        assert!(learned > 0.0 && learned < 0.2, "{learned}");
    }

    #[test]
    fn a_room_is_learned_anew_when_its_text_or_the_model_has_changed() {
        let known = Threshold { threshold: 0.3, model: "a".into(), passages: 1000, questions: 80 };
        assert!(!is_stale(&known, "a", 1100) && !is_stale(&known, "a", 900));
        assert!(is_stale(&known, "a", 1300) && is_stale(&known, "a", 700) && is_stale(&known, "b", 1000));
    }
}
