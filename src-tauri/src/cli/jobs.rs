use kernel::{Code, DocumentId, JobId};
use library::jobs::{self, Job, JobStage, JobState};
use library::{Library, documents};
use serde::Serialize;

use super::arguments::{Jobs, Until};
use super::follow::{self, Followed};
use super::{Failure, Session};

#[derive(Serialize)]
struct Line {
    job: JobId,
    document: DocumentId,
    title: String,
    state: JobState,
    stage: JobStage,
    attempts: u32,
    code: Option<Code>,
    message: Option<String>,
}

/// The queue: what waits, runs, is held, or ended without success.
pub(super) fn run(session: &Session, what: Jobs) -> Result<(), Failure> {
    match what {
        Jobs::List => list(session),
        Jobs::Cancel { job } => {
            let (app, _log) = session.app()?;
            app.intake.cancel(app.library.read(|connection| jobs::get(connection, job))?.document)?;
            print(session, &app.library, job)
        }
        Jobs::Retry { job, password } => retry(session, job, password.as_deref()),
    }
}

fn list(session: &Session) -> Result<(), Failure> {
    let library = session.library()?;
    let states = [JobState::Running, JobState::Queued, JobState::Paused, JobState::Failed, JobState::Cancelled];
    for state in states {
        for job in library.read(|connection| jobs::list(connection, state))? {
            show(session, &library, job)?;
        }
    }
    Ok(())
}

fn retry(session: &Session, job: JobId, password: Option<&str>) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let document = app.library.read(|connection| documents::get(connection, jobs::get(connection, job)?.document))?;
    let events = app.intake.watch();
    app.intake.start()?;
    app.intake.retry(document.document, password)?;
    let mut followed = Followed::one(&document);
    follow::until(session, &app, &events, Until::Complete, &mut followed)?;
    print(session, &app.library, job)?;
    match followed.failed() {
        0 => Ok(()),
        _ => Err(Failure::Said),
    }
}

fn print(session: &Session, library: &Library, job: JobId) -> Result<(), Failure> {
    show(session, library, library.read(|connection| jobs::get(connection, job))?)
}

fn show(session: &Session, library: &Library, job: Job) -> Result<(), Failure> {
    let title = library.read(|connection| documents::get(connection, job.document))?.title;
    let line = Line {
        job: job.job,
        document: job.document,
        title,
        state: job.state,
        stage: job.stage,
        attempts: job.attempts,
        code: job.code,
        message: job.message,
    };
    session.out.line(&line, |line| {
        let why = line.message.as_deref().map(|message| format!("\n    {message}")).unwrap_or_default();
        format!("{:>4}  {}: {} ({}){why}", line.job, line.title, state_name(line.state), stage_name(line.stage))
    })
}

fn state_name(state: JobState) -> &'static str {
    match state {
        JobState::Queued => "waiting",
        JobState::Running => "running",
        JobState::Paused => "paused",
        JobState::Done => "done",
        JobState::Failed => "failed",
        JobState::Cancelled => "cancelled",
    }
}

fn stage_name(stage: JobStage) -> &'static str {
    match stage {
        JobStage::Reading => "reading pages",
        JobStage::Embedding => "making vectors",
        JobStage::Indexing => "filling the vector index",
        JobStage::Recognising => "recognising text",
    }
}
