use library::check::Counts;
use serde::Serialize;

use super::{Failure, Session, arguments};
use crate::soundness;

#[derive(Serialize)]
struct Line {
    r#type: &'static str,
    /// Whether nothing is wrong (any more).
    sound: bool,
    problems: Vec<String>,
    repaired: Vec<String>,
    counts: Counts,
    /// Rows of the vector index; none when it can't be read.
    index_rows: Option<u64>,
}

/// Looks whether the stores are whole and agree with each other.
pub(super) fn run(session: &Session, what: &arguments::Check) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let report = soundness::report(&app, what.repair)?;
    let sound = report.problems.is_empty();
    let line = Line {
        r#type: "check",
        sound,
        problems: report.problems,
        repaired: report.repaired,
        counts: report.counts,
        index_rows: app.index_rows(),
    };
    session.out.line(&line, words)?;
    if sound { Ok(()) } else { Err(Failure::Said) }
}

fn words(line: &Line) -> String {
    let counts = line.counts;
    let mut words = format!(
        "{} rooms, {} documents, {} pages, {} passages, {} vectors, {} conversations",
        counts.rooms, counts.documents, counts.pages, counts.passages, counts.vectors, counts.conversations
    );
    for repaired in &line.repaired {
        words += &format!("\nPut right: {repaired}");
    }
    for problem in &line.problems {
        words += &format!("\nWrong: {problem}");
    }
    if line.sound {
        words += "\nThe library is sound.";
    }
    words
}
