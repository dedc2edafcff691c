use std::time::Duration;

use indicatif::ProgressBar;
use serde::Serialize;

use super::{Failure, Session, arguments};
use crate::app::App;
use crate::model::{self, EmbeddingModel};

/// Between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(100);

#[derive(Serialize)]
struct Line {
    r#type: &'static str,
    #[serde(flatten)]
    model: EmbeddingModel,
}

/// Shows the embedding model, or brings the library to another one.
pub(super) fn run(session: &Session, what: &arguments::Model) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    if !what.built_in && what.folder.is_none() {
        return end(session, model::of(&app)?);
    }
    model::choose(&app, what.folder.as_deref())?;
    drop(app);
    let (app, _log) = session.app()?;
    change(session, &app)
}

/// Works on it until it is done; what is done stays done if this process is killed.
fn change(session: &Session, app: &App) -> Result<(), Failure> {
    app.intake.start()?;
    let bar = session.out.is_watched().then(|| ProgressBar::new(0));
    let mut told = None;
    loop {
        let model = model::of(app)?;
        let Some(change) = &model.change else {
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
            return end(session, model);
        };
        if let Some(message) = &change.message {
            return Err(Failure::Failed { code: kernel::Code::Internal, message: message.clone() });
        }
        if let Some(bar) = &bar {
            bar.set_length(u64::from(change.passages));
            bar.set_position(u64::from(change.embedded));
        }
        if session.out.is_json() && told != Some(change.embedded) {
            told = Some(change.embedded);
            session.out.object(&Line { r#type: "progress", model })?;
        }
        std::thread::sleep(LOOK);
    }
}

fn end(session: &Session, model: EmbeddingModel) -> Result<(), Failure> {
    session.out.line(&Line { r#type: "model", model }, |line| {
        let EmbeddingModel { name, change, .. } = &line.model;
        let change = change.as_ref().map_or_else(String::new, |change| {
            format!(
                "\n{} of {} passages have a vector of {}, which follows when all have one; the app goes on with it while it is open.",
                change.embedded, change.passages, change.to
            )
        });
        format!("Searched by {name}.{change}")
    })
}
