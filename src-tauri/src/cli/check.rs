use library::check::Counts;
use retrieval::Differences;
use serde::Serialize;

use super::{Failure, Session, arguments};
use crate::app::App;

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
    // What is on its way in, or out, rightly stands in one store and not yet in the other.
    let at_work = app.is_importing()?;
    let mut wrong = wrong_with_index(&app, at_work);
    if what.repair && wrong.is_some() {
        app.retrieval.space()?.index.mark_damaged();
        app.intake.mend_index()?;
        wrong = wrong_with_index(&app, at_work);
        if wrong.is_none() {
            report.repaired.push("The vector index was made anew from the library.".into());
        }
    }
    report.problems.extend(wrong);
    let index_rows = app.index_rows();
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

/// What is wrong with the vector index, row by row, if anything is.
fn wrong_with_index(app: &App, at_work: bool) -> Option<String> {
    let found = match app.index_differences() {
        Ok(Differences { different: 0, broken_files: 0, .. }) if at_work => return None,
        Ok(found) if found == Differences::default() => return None,
        Ok(found) => found,
        Err(error) => return Some(error.to_string()),
    };
    let Differences { missing, superfluous, different, broken_files } = found;
    Some(format!(
        "The vector index differs from the library: {missing} vectors are missing, {superfluous} are of no passage, \
         {different} are others, and {broken_files} of its files have changed. `check --repair` makes it anew."
    ))
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
