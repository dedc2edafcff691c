//! Whether the stores are whole and agree with each other; for the window and the command line.

use library::check::{self, Report};
use retrieval::Differences;

use crate::app::App;
use crate::fault::Fault;

/// Checks the library and its vector index, and with `repair` puts right what can be. A repair is safe while the app is
/// at work: what it does to the library is one transaction, and the index is made anew beside the old one.
pub(crate) fn report(app: &App, repair: bool) -> Result<Report, Fault> {
    let mut report = if repair { check::repair(&app.library)? } else { check::check(&app.library)? };
    // What is on its way in, or out, rightly stands in one store and not yet in the other.
    let at_work = app.is_importing()?;
    let mut wrong = wrong_with_index(app, at_work);
    if repair && wrong.is_some() {
        app.retrieval.space()?.index.mark_damaged();
        app.intake.mend_index()?;
        wrong = wrong_with_index(app, at_work);
        if wrong.is_none() {
            report.repaired.push("The vector index was made anew from the library.".into());
        }
    }
    report.problems.extend(wrong);
    Ok(report)
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
         {different} are others, and {broken_files} of its files have changed. A repair (`check --repair`) makes it \
         anew."
    ))
}
