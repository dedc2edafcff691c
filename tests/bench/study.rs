//! Cards and answers of some years of daily study: how long today's queue, an answer and the statistics take.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::{CardId, LibraryFolder, RoomId, SystemClock, Timestamp};
use library::cards::{self, Rating, Settings};
use library::{Library, Transaction, rooms};
use seeded::Random;
use study::cards::{Study, queue, statistics};

use crate::report::Report;

const DAY: i64 = 86_400_000;
/// Times that each thing is done.
const RUNS: usize = 60;

/// What is measured.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Cards of the room.
    #[arg(long, default_value_t = 100_000)]
    cards: usize,
    /// Answers to them.
    #[arg(long, default_value_t = 1_000_000)]
    reviews: usize,
}

/// Makes a room with cards and answers, and measures studying it.
pub(crate) fn run(work: &Path, arguments: &Arguments) {
    let Arguments { cards: count, reviews } = *arguments;
    let library = Library::open(LibraryFolder::new(work.join("library")), Arc::new(SystemClock)).expect("a library");
    let now = library.now();
    let room = library.write(|tx| fill(tx, count, reviews, now)).expect("a full room");
    let mut report = Report::new(&format!("{count} cards, {reviews} answers"));
    let bytes = std::fs::metadata(library.folder().database()).map_or(0, |file| file.len());
    report.row("database", format!("{:.0} MB", bytes as f64 / 1e6), "", String::new());

    let (waiting, today) = library
        .read(|c| {
            let study = Study::of(c, room, 60)?;
            Ok((cards::waiting(c, room, now)?, queue(c, &study, now)?))
        })
        .expect("a queue");
    let beside = format!("{} due, {} new; {} come today", waiting.due, waiting.new, today.cards.len());
    let read = |work: &dyn Fn(&library::Connection, &Study) -> Result<(), library::Error>| {
        times(|_| library.read(|c| work(c, &Study::of(c, room, 60)?)).expect("read"))
    };
    let asked = read(&|c, study| queue(c, study, now).map(drop));
    report.row("today's queue, p95", milliseconds(&asked, 0.95), "50 ms", beside);
    let asked = read(&|c, study| statistics(c, study, 365, 365, now).map(drop));
    report.row("statistics of a year, p95", milliseconds(&asked, 0.95), "300 ms", String::new());
    let some: Vec<CardId> = today.cards.iter().map(|queued| queued.card).collect();
    let card = |run: usize| some[run % some.len()];
    let asked = times(|run| {
        let shown = library.read(|c| Study::of(c, room, 60)?.preview(c, &cards::get(c, card(run))?, now));
        shown.expect("a preview");
    });
    report.row("preview of the answers, p95", milliseconds(&asked, 0.95), "50 ms", String::new());
    let exam = Settings { exam: Some(kernel::Date::from_days((now.0 / DAY) as i32 + 60)), ..Settings::default() };
    library.write(|tx| cards::put_settings(tx, room, &exam)).expect("settings");
    let asked = times(|run| {
        let answered =
            library.write_durably(|tx| Study::of(tx, room, 60)?.answer(tx, card(run), Rating::Good, 4_000, now));
        answered.expect("an answer");
    });
    report.row("answer before an exam, on the disk, p95", milliseconds(&asked, 0.95), "50 ms", String::new());
    let asked = times(|_| {
        library.write_durably(|tx| study::cards::undo(tx, room)).expect("an undo");
    });
    report.row("undo, p95", milliseconds(&asked, 0.95), "50 ms", String::new());
    report.print();
}

/// As a room is after some years: a tenth of the cards is new, some 2,500 are due, the others on the days of a year.
fn fill(tx: &Transaction<'_>, count: usize, reviews: usize, now: Timestamp) -> Result<RoomId, library::Error> {
    let room = rooms::create(tx, "Medicine", now)?.room;
    let mut random = Random::new(5);
    let mut note = tx.prepare(
        "INSERT INTO notes (room, guid, kind, front, back, extra, tags, created, updated)
         VALUES (?1, 'n' || ?2, 'basic', 'What is the function of part ' || ?2 || '?', 'It does what it does.', '',
             '[]', 0, 0)",
    )?;
    let mut card = tx.prepare(
        "INSERT INTO cards (note, room, ordinal, state, due, interval, stability, difficulty, last_review, reps)
         VALUES (?1, ?2, 0, ?3, ?4, ?5, ?5, 5.5, ?6, ?7)",
    )?;
    let mut review = tx.prepare(
        "INSERT INTO reviews (card, room, time, kind, rating, duration_ms, was, was_interval, elapsed_days, state,
             step, due, interval, stability, difficulty)
         VALUES (?1, ?2, ?3, 'answer', ?4, 4000, ?5, ?6, ?7, 'review', 0, ?3 + ?8 * 86400000, ?8, ?8, 5.5)",
    )?;
    let known = count - count / 10;
    for number in 0..count {
        let id = note.insert((room.0, number as i64))?;
        if number >= known {
            card.execute((id, room.0, "new", None::<i64>, 0, None::<i64>, 0))?;
            continue;
        }
        // In the evening, some of it overdue.
        let due_in = random.below(365) as i64 - 10;
        let interval = due_in.max(0) + 1 + random.below(100) as i64;
        let last = now.0 + (due_in - interval) * DAY - random.below(10_000_000) as i64;
        let each = reviews / known + usize::from(number < reviews % known);
        let id = card.insert((id, room.0, "review", last + interval * DAY, interval, last, each as i64))?;
        let mut time = last - each as i64 * 20 * DAY;
        for answer in 0..each {
            let rating = [1, 2, 3, 3, 3, 3, 3, 3, 4, 4][random.below(10)];
            let was = if answer == 0 { "new" } else { "review" };
            let before = (answer > 0).then_some(20_i64);
            time += 20 * DAY;
            let after = if answer + 1 == each { interval } else { 20 };
            review.execute((id, room.0, time, rating, was, before.unwrap_or(0), before, after))?;
        }
    }
    Ok(room)
}

/// How long each of some runs takes, the quickest first.
fn times(mut run: impl FnMut(usize)) -> Vec<Duration> {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|at| {
            let began = Instant::now();
            run(at);
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

fn milliseconds(times: &[Duration], share: f64) -> String {
    let at = ((times.len() as f64 * share) as usize).min(times.len() - 1);
    let of = |at: usize| times[at].as_secs_f64() * 1000.0;
    format!("{:.1} ms (median {:.1})", of(at), of(times.len() / 2))
}
