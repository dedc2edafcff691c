//! Parameters of the memory model that suit the person: fitted to their own answers, and kept only if they foretell
//! answers that they have not seen better than the default ones do.

use std::sync::{Arc, Mutex, PoisonError};

use fsrs::{CombinedProgressState, ComputeParametersInput, FSRSError, FSRSItem, FSRSReview};
use kernel::{Cancel, Timestamp};
use library::cards::{CardState, Fitted, Rating, Review};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::memory::{Memory, MemoryModel};

/// Fewer answers, given on another day than the one before, tell too little about a person (FSRS's own authors once
/// asked for 1,000, then for 400, and now for any number; what is worse is refused here anyway).
pub const FEWEST_REVIEWS: usize = 400;
/// The share of the answers, the last ones, that is only used to compare.
const HELD_OUT: f64 = 0.2;

/// What came of fitting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Fit {
    /// There are too few answers.
    TooFew {
        /// As many there are.
        reviews: u32,
        /// As many are needed.
        needed: u32,
    },
    /// The fitted parameters foretell the last answers no better: the default ones stay.
    NoBetter {
        /// Of the fitted ones.
        log_loss: f32,
        /// Of the default ones.
        default_log_loss: f32,
    },
    /// They are better.
    Better {
        /// To be stored.
        fitted: Fitted,
    },
}

/// One answer, to be foretold from those before it.
struct Item {
    time: Timestamp,
    card: i64,
    item: FSRSItem,
}

/// Fits the parameters to the events of a room's cards, those of a card together and in order. Takes some seconds for
/// 100,000 answers: not for a thread that serves the window. None when it was cancelled.
///
/// Only whole histories are looked at: a card that came without its answers says nothing about its beginning.
pub fn fit(events: &[Review], now: Timestamp, cancel: &Cancel) -> Option<Fit> {
    let mut items = items(events);
    if items.len() < FEWEST_REVIEWS {
        let (reviews, needed) = (u32::try_from(items.len()).unwrap_or(u32::MAX), FEWEST_REVIEWS as u32);
        return Some(Fit::TooFew { reviews, needed });
    }
    items.sort_by_key(|item| (item.time, item.card));
    let held_out = items.split_off(((1.0 - HELD_OUT) * items.len() as f64) as usize);
    let reviews = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let parameters = match trained(items, cancel) {
        Ok(parameters) => parameters,
        Err(FSRSError::Interrupted) => return None,
        // Answers that no curve can be drawn through, all of them *again*, say.
        Err(_) => fsrs::DEFAULT_PARAMETERS.to_vec(),
    };
    let default_log_loss = log_loss(&MemoryModel::default(), &held_out);
    let log_loss = MemoryModel::with(&parameters).map_or(f32::INFINITY, |model| log_loss(&model, &held_out));
    Some(if log_loss < default_log_loss {
        Fit::Better { fitted: Fitted { parameters, reviews, log_loss, default_log_loss, fitted: now } }
    } else {
        Fit::NoBetter { log_loss, default_log_loss }
    })
}

/// Every answer with those before it, where days lie between them.
fn items(events: &[Review]) -> Vec<Item> {
    let mut items = Vec::new();
    for events in events.chunk_by(|a, b| a.card == b.card) {
        let mut reviews: Vec<FSRSReview> = Vec::new();
        for event in events {
            let Some(rating) = event.rating else {
                // Forgotten on purpose begins anew; what came from elsewhere with its memory alone can't be followed.
                reviews.clear();
                continue;
            };
            if reviews.is_empty() && event.was != CardState::New {
                continue;
            }
            let delta_t = if reviews.is_empty() { 0 } else { event.elapsed_days.unwrap_or(0) };
            reviews.push(FSRSReview { rating: rating.number().into(), delta_t });
            if delta_t > 0 {
                items.push(Item { time: event.time, card: event.card.0, item: FSRSItem { reviews: reviews.clone() } });
            }
        }
    }
    items
}

fn trained(items: Vec<Item>, cancel: &Cancel) -> Result<Vec<f32>, FSRSError> {
    let progress = CombinedProgressState::new_shared();
    let (card_ids, train_set) = items.into_iter().map(|item| (item.card, item.item)).unzip();
    let input = ComputeParametersInput {
        train_set,
        card_ids: Some(card_ids),
        progress: Some(Arc::clone(&progress)),
        ..ComputeParametersInput::default()
    };
    std::thread::scope(|scope| {
        let training = scope.spawn(|| fsrs::compute_parameters(input));
        watch(cancel, &progress, || training.is_finished());
        training.join().unwrap_or(Err(FSRSError::InvalidInput))
    })
}

/// Passes a cancellation on until it is done.
fn watch(cancel: &Cancel, progress: &Mutex<CombinedProgressState>, is_done: impl Fn() -> bool) {
    while !is_done() {
        if cancel.is_cancelled() {
            progress.lock().unwrap_or_else(PoisonError::into_inner).want_abort = true;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
}

/// The mean surprise at answers, in nats: of each the logarithm of how likely it was thought to be.
fn log_loss(model: &MemoryModel, items: &[Item]) -> f32 {
    let surprises = items.iter().filter_map(|item| {
        let (last, before) = item.item.reviews.split_last()?;
        let memory = before.iter().try_fold(None, |memory: Option<Memory>, review| {
            let rating = Rating::of(u8::try_from(review.rating).ok()?)?;
            let after = model.after(memory, review.delta_t);
            Some(after.get(usize::from(rating.number()) - 1).copied())
        })??;
        let known = f64::from(model.retrievability(memory, last.delta_t as f32)).clamp(1e-6, 1.0 - 1e-6);
        Some(if last.rating > 1 { -known.ln() } else { -(1.0 - known).ln() })
    });
    let (sum, count) = surprises.fold((0.0, 0_u32), |(sum, count), surprise| (sum + surprise, count + 1));
    (sum / f64::from(count.max(1))) as f32
}
