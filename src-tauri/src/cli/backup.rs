use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use kernel::Cancel;
use library::backup::{self, BackupProgress, BackupStep};
use serde::Serialize;

use super::output::counted;
use super::{Failure, Session, arguments};

#[derive(Serialize)]
struct Line {
    r#type: &'static str,
    file: String,
    documents: u32,
    bytes: u64,
    /// Originals that the library itself had lost, by their file names.
    missing: Vec<String>,
    elapsed_ms: u64,
}

#[derive(Serialize)]
struct Progress<'a> {
    r#type: &'static str,
    file: &'a str,
    #[serde(flatten)]
    progress: BackupProgress,
}

/// Writes the whole library into one file.
pub(super) fn create(session: &Session, what: &arguments::Backup) -> Result<(), Failure> {
    let library = session.library()?;
    let mut show = Show::new(session, &what.file);
    let version = env!("CARGO_PKG_VERSION");
    let cancel = show.cancel.clone();
    let made = backup::create(&library, &what.file, version, &cancel, &mut |progress| show.tell(progress));
    show.end()?;
    let made = made?;
    let (documents, bytes) = (made.documents, made.bytes);
    show.line("backup", documents, bytes, made.missing)
}

/// Puts the library of a backup in the place of this one.
pub(super) fn restore(session: &Session, what: &arguments::Restore) -> Result<(), Failure> {
    let mut show = Show::new(session, &what.file);
    let cancel = show.cancel.clone();
    let restored = backup::restore(&what.file, &session.folder()?, &cancel, &mut |progress| show.tell(progress));
    show.end()?;
    let restored = restored?;
    // The vectors came with the library, their index did not. A failure is made good at the next start.
    let (app, _log) = session.app()?;
    if let Err(error) = app.intake.tidy_index() {
        tracing::warn!(%error, "the vector index could not be made anew");
    }
    show.line("restored", restored.documents, restored.bytes, restored.missing)
}

/// Shows how far it is: lines for programs, ten a second, or a bar for a person who looks on.
struct Show<'a> {
    session: &'a Session,
    file: String,
    bar: Option<ProgressBar>,
    last: Option<(BackupStep, std::time::Instant)>,
    printed: Result<(), Failure>,
    /// Set when nobody reads the output any more.
    cancel: Cancel,
}

impl<'a> Show<'a> {
    fn new(session: &'a Session, file: &PathBuf) -> Self {
        let bar = session.out.is_watched().then(|| ProgressBar::new(0));
        if let (Some(bar), Ok(style)) = (&bar, ProgressStyle::with_template("{bar:30} {percent}% {wide_msg}")) {
            bar.set_style(style);
        }
        let file = std::path::absolute(file).unwrap_or_else(|_| file.clone()).display().to_string();
        Self { session, file, bar, last: None, printed: Ok(()), cancel: Cancel::new() }
    }

    fn tell(&mut self, progress: BackupProgress) {
        if let Some(bar) = &self.bar {
            bar.set_length(progress.total);
            bar.set_position(progress.done);
            bar.set_message(words(progress.step));
        }
        let now = std::time::Instant::now();
        let soon = |(step, at): (BackupStep, std::time::Instant)| {
            step == progress.step && now.duration_since(at).as_millis() < 100 && progress.done < progress.total
        };
        if !self.session.out.is_json() || self.printed.is_err() || self.last.is_some_and(soon) {
            return;
        }
        self.last = Some((progress.step, now));
        self.printed = self.session.out.object(&Progress { r#type: "progress", file: &self.file, progress });
        if self.printed.is_err() {
            self.cancel.cancel();
        }
    }

    /// Takes the bar away. Fails where the output could not be written.
    fn end(&mut self) -> Result<(), Failure> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        std::mem::replace(&mut self.printed, Ok(()))
    }

    fn line(self, r#type: &'static str, documents: u32, bytes: u64, missing: Vec<String>) -> Result<(), Failure> {
        let elapsed_ms = u64::try_from(self.session.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let line = Line { r#type, file: self.file, documents, bytes, missing, elapsed_ms };
        self.session.out.line(&line, |line| {
            let documents = counted(line.documents, "document", "documents");
            let megabytes = line.bytes as f64 / 1e6;
            let mut words = match line.r#type {
                "backup" => format!("{documents} backed up to {} ({megabytes:.1} MB, verified).", line.file),
                _ => format!("{documents} restored from {} ({megabytes:.1} MB).", line.file),
            };
            for name in &line.missing {
                words += &format!("\nMissing or damaged in the library, so not in the backup: {name}");
            }
            words
        })
    }
}

fn words(step: BackupStep) -> &'static str {
    match step {
        BackupStep::Snapshot => "copying the database",
        BackupStep::Packing => "writing the backup",
        BackupStep::Verifying => "reading it back",
        BackupStep::Unpacking => "unpacking",
        BackupStep::Checking => "checking the library",
        BackupStep::Replacing => "putting it in place",
    }
}
