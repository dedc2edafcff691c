use kernel::{Cancel, Code, Timestamp};
use library::Library;
use library::cards::{self, Settings as Stored};
use serde::Serialize;
use study::cards::{Fit, Statistics, Study, fit as fit_memory, statistics};

use super::super::output::counted;
use super::super::{Failure, Session, room};
use super::arguments::{Clock, Settings};
use super::utc_offset;

pub(super) fn stats(session: &Session, library: &Library, name: &str, days: u16, clock: Clock) -> Result<(), Failure> {
    let room = room(library, name)?.room;
    let told = library.read(|connection| {
        let study = Study::of(connection, room, utc_offset(clock))?;
        statistics(connection, &study, days, days, library.now())
    })?;
    session.out.line(&told, said)
}

/// For people.
fn said(told: &Statistics) -> String {
    let cards = told.cards;
    let answers: u32 = told.days.iter().map(|day| day.answers).sum();
    let minutes = told.days.iter().map(|day| day.ms).sum::<i64>() / 60_000;
    let minutes = counted(u32::try_from(minutes).unwrap_or(u32::MAX), "minute", "minutes");
    let remembered = match told.retention.share {
        Some(share) => format!("{:.0} % of {} reviews", share * 100.0, told.retention.answers),
        None => "nothing was asked again yet".into(),
    };
    let due = told.forecast.iter().take(7).map(|day| day.due.to_string()).collect::<Vec<_>>().join(", ");
    format!(
        "{}: {} new, {} being learnt, {} known, {} suspended\nAnswers: {answers} on {}, in {minutes}; {} in a row\n\
         Remembered: {remembered} ({:.0} % wanted)\nDue in the next seven days: {due}",
        counted(cards.cards, "card", "cards"),
        cards.new,
        cards.learning,
        cards.review,
        cards.suspended,
        counted(u32::try_from(told.days.len()).unwrap_or(u32::MAX), "day", "days"),
        counted(told.streak, "day", "days"),
        told.desired_retention * 100.0,
    )
}

/// Shows how a room is studied, after changing what is given.
pub(super) fn settings(session: &Session, library: &Library, what: Settings) -> Result<(), Failure> {
    let room = room(library, &what.room)?.room;
    let before = library.read(|connection| cards::settings(connection, room))?;
    let exam = match what.exam.as_deref() {
        None => before.exam,
        Some("none") => None,
        Some(day) => Some(day.parse().map_err(|error| {
            Failure::new(Code::Invalid, format!("\u{201c}{day}\u{201d} is no day of an exam: {error}, or none."))
        })?),
    };
    let after = Stored {
        new_per_day: what.new_per_day.unwrap_or(before.new_per_day),
        reviews_per_day: what.reviews_per_day.unwrap_or(before.reviews_per_day),
        retention: what.retention.unwrap_or(before.retention),
        learning_steps: what.learning_steps.unwrap_or_else(|| before.learning_steps.clone()),
        relearning_steps: what.relearning_steps.unwrap_or_else(|| before.relearning_steps.clone()),
        leech_threshold: what.leech_threshold.unwrap_or(before.leech_threshold),
        day_starts_at: what.day_starts_at.unwrap_or(before.day_starts_at),
        order: what.order.unwrap_or(before.order),
        exam,
    };
    if after != before {
        library.write(|tx| cards::put_settings(tx, room, &after))?;
    }
    session.out.line(&after, |it| {
        let exam = it.exam.map_or_else(|| "none".into(), |day| day.to_string());
        format!(
            "{} new cards and {} reviews a day, {:.0} % to be remembered, exam: {exam}",
            it.new_per_day,
            it.reviews_per_day,
            it.retention * 100.0
        )
    })
}

#[derive(Serialize)]
struct Reset {
    r#type: &'static str,
}

/// Fits the model of memory to a room's answers.
pub(super) fn fit(session: &Session, library: &Library, name: &str, reset: bool) -> Result<(), Failure> {
    let room = room(library, name)?.room;
    if reset {
        library.write(|tx| cards::put_fitted(tx, room, None))?;
        return session.out.line(&Reset { r#type: "reset" }, |_| "The usual parameters are used again.".into());
    }
    let events = library.read(|connection| cards::histories(connection, room))?;
    let now: Timestamp = library.now();
    // Nobody cancels it here.
    let Some(fit) = fit_memory(&events, now, &Cancel::new()) else { return Ok(()) };
    if let Fit::Better { fitted } = &fit {
        library.write(|tx| cards::put_fitted(tx, room, Some(fitted)))?;
    }
    session.out.line(&fit, |fit| match fit {
        Fit::TooFew { reviews, needed } => {
            format!("{reviews} reviews are too few to tell: {needed} are needed. The usual parameters stay.")
        }
        Fit::NoBetter { .. } => {
            "Your answers are foretold no better by other parameters: these stay as they are.".into()
        }
        Fit::Better { fitted } => format!(
            "Fitted to {} reviews: your answers are foretold better than before (log-loss {:.3}, usually {:.3}).",
            fitted.reviews, fitted.log_loss, fitted.default_log_loss
        ),
    })
}
