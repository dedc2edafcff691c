use library::check::Counts;
use serde::Serialize;

use super::{Failure, Session, arguments};

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
    let mut report =
        if what.repair { library::check::repair(&app.library)? } else { library::check::check(&app.library)? };
    let before = app.index_rows();
    let agrees = |rows: &Option<u64>| *rows == Some(u64::from(report.counts.vectors));
    let mut index_rows = before;
    if what.repair && !agrees(&before) && app.intake.tidy_index()? {
        index_rows = app.index_rows();
        if agrees(&index_rows) {
            report.repaired.push("The vector index was made anew from the library.".into());
        }
    }
    let at_work = app.is_importing()?;
    if !agrees(&index_rows) && !at_work {
        let rows = index_rows.map_or_else(|| "can't be read".into(), |rows| format!("has {rows} rows"));
        let vectors = report.counts.vectors;
        report.problems.push(format!(
            "The vector index {rows}, but there are {vectors} vectors; it mends itself at the next import or start."
        ));
    }
    let sound = report.problems.is_empty();
    let line = Line {
        r#type: "check",
        sound,
        problems: report.problems,
        repaired: report.repaired,
        counts: report.counts,
        index_rows,
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
