use kernel::{Code, DocumentId, JobId};
use library::check::Counts;
use library::conversations::{Measures, Percentiles};
use library::documents::{self, DocumentState};
use library::jobs::{self, Job, JobStage, JobState};
use library::{Connection, rooms};
use serde::Serialize;
use tutor::ExecutorState;

use super::{Failure, Session};
use crate::model::{self, EmbeddingModel};

#[derive(Serialize)]
struct Line {
    r#type: &'static str,
    version: &'static str,
    data: String,
    /// Whether the library's folder can be written to.
    writable: bool,
    counts: Counts,
    /// Rows of the vector index; none when it can't be read.
    index_rows: Option<u64>,
    work: Work,
    /// What finds by meaning, and how far a change of it is.
    embedding_model: EmbeddingModel,
    /// How the answers of the last 30 days have gone.
    answers: Measures,
    /// The executors that are set up, each with whether it is let to work.
    executors: Vec<ExecutorState>,
    /// Jobs that failed for good; `jobs retry` has one tried again.
    dead_letters: Vec<DeadLetter>,
    /// Whether another process is in charge of the imports right now.
    in_charge_elsewhere: bool,
    native: Native,
}

/// Documents by what they wait for.
#[derive(Default, Serialize)]
struct Work {
    queued: u32,
    reading: u32,
    embedding: u32,
    recognising: u32,
    complete: u32,
    paused: u32,
    failed: u32,
}

/// A job that nobody tries again by itself.
#[derive(Serialize)]
struct DeadLetter {
    job: JobId,
    document: DocumentId,
    title: String,
    stage: JobStage,
    code: Option<Code>,
    message: Option<String>,
}

#[derive(Serialize)]
struct Native {
    folder: String,
    pdfium: bool,
    model: bool,
    /// What is wrong with them, if anything.
    message: Option<String>,
    /// The languages of text recognition; none where Tesseract is missing.
    recognition: Vec<String>,
}

/// Shows what there is and what is at work.
pub(super) fn run(session: &Session) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let (counts, work, dead_letters) = app.library.read(|connection| {
        let mut work = Work::default();
        for room in rooms::list(connection)? {
            for document in documents::list(connection, room.room)? {
                *work.of(document.state) += 1;
            }
        }
        let failed = jobs::list(connection, JobState::Failed)?.into_iter();
        let dead_letters = failed.map(|job| dead_letter(connection, job)).collect::<Result<_, _>>()?;
        Ok((library::check::counts(connection)?, work, dead_letters))
    })?;
    let pdfium = app.native.pdfium();
    let missing = (!pdfium.is_file()).then(|| {
        format!("PDFium is missing: {} is not there. Run the set-up again or reinstall the app.", pdfium.display())
    });
    let model = app.retrieval.space()?.embedder.err().map(|error| error.to_string());
    let line = Line {
        r#type: "status",
        version: env!("CARGO_PKG_VERSION"),
        data: app.library.folder().root().display().to_string(),
        writable: app.library.writable(),
        counts,
        index_rows: app.index_rows(),
        work,
        embedding_model: model::of(&app)?,
        answers: app.answer_measures()?,
        executors: app.tutor.executors(),
        dead_letters,
        in_charge_elsewhere: app.library.writable() && is_in_charge_elsewhere(&app)?,
        native: Native {
            folder: app.native.folder().display().to_string(),
            pdfium: missing.is_none(),
            model: model.is_none(),
            message: missing.or(model),
            recognition: app.intake.recognition()?.languages.into_iter().map(String::from).collect(),
        },
    };
    session.out.line(&line, words)
}

fn dead_letter(connection: &Connection, job: Job) -> Result<DeadLetter, library::Error> {
    Ok(DeadLetter {
        job: job.job,
        document: job.document,
        title: documents::get(connection, job.document)?.title,
        stage: job.stage,
        code: job.code,
        message: job.message,
    })
}

fn is_in_charge_elsewhere(app: &crate::app::App) -> Result<bool, Failure> {
    Ok(library::WriterLock::try_acquire(app.library.folder())?.is_none())
}

impl Work {
    fn of(&mut self, state: DocumentState) -> &mut u32 {
        match state {
            DocumentState::Queued => &mut self.queued,
            DocumentState::Reading => &mut self.reading,
            DocumentState::Embedding => &mut self.embedding,
            DocumentState::Recognising => &mut self.recognising,
            DocumentState::Complete => &mut self.complete,
            DocumentState::Paused => &mut self.paused,
            DocumentState::Failed => &mut self.failed,
        }
    }
}

fn words(line: &Line) -> String {
    let (counts, work) = (line.counts, &line.work);
    let mut words = format!(
        "Smart Study Room {}\nLibrary: {}{}\n{} rooms, {} documents, {} pages, {} passages, {} vectors, {} conversations",
        line.version,
        line.data,
        if line.writable { "" } else { " (read only)" },
        counts.rooms,
        counts.documents,
        counts.pages,
        counts.passages,
        counts.vectors,
        counts.conversations,
    );
    words += &format!(
        "\nImports: {} waiting, {} being read, {} getting vectors, {} having text recognised, {} paused, {} failed{}",
        work.queued,
        work.reading,
        work.embedding,
        work.recognising,
        work.paused,
        work.failed,
        if line.in_charge_elsewhere { "; another process is at work on them" } else { "" },
    );
    for letter in &line.dead_letters {
        let why = letter.message.as_deref().unwrap_or("It failed.");
        words +=
            &format!("\n    \u{201c}{}\u{201d}: {why} Try it again with `jobs retry {}`.", letter.title, letter.job);
    }
    words += &answers(&line.answers);
    words += &format!("\nNative parts: {}", line.native.folder);
    words += &format!("\n{}", line.native.message.as_deref().unwrap_or("All of them are there."));
    words += &match &line.native.recognition[..] {
        [] => "\nText recognition: Tesseract is not installed, scanned pages stay pictures.".to_owned(),
        languages => format!("\nText recognition: {}", languages.join(", ")),
    };
    words
}

/// How answering has gone, a line; nothing where nothing was asked.
fn answers(it: &Measures) -> String {
    if it.turns == 0 {
        return String::new();
    }
    let time = |name: &str, of: Percentiles| match of {
        Percentiles { p50: Some(half), p95: Some(most), p99: Some(nearly_all) } => {
            format!("; {name} {half}, {most}, {nearly_all} ms")
        }
        _ => String::new(),
    };
    format!(
        "\nAnswers of 30 days: {}, {} of them that the documents don\u{2019}t answer, {} stopped, {} failed, {} from memory, \
         {} with another executor than asked; {} statements left out. Times (half, 95 and 99 of a hundred){}{}{}{}",
        it.turns,
        it.refused,
        it.stopped,
        it.failed,
        it.remembered,
        it.fell_back,
        it.unsupported,
        time(": found", it.retrieve).replacen("; :", ":", 1),
        time("sentences ranked", it.rank),
        time("first text", it.first_text),
        time("whole", it.whole),
    )
}
