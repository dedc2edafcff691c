//! What the app writes down about itself: daily files in the library's folder, never with document text or questions.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// How many days are kept.
const FILES: usize = 7;

/// Ours in detail, what we build on only when it complains.
const LEVELS: &str = "warn,smart_study_room=info,intake=info,library=info,reader=info,retrieval=info,tutor=info";

/// Writes the log to `folder` from now on; what is still on its way is written when the guard is dropped.
///
/// # Errors
/// When the folder can't be made or written to; the app works without a log.
pub(crate) fn to_folder(folder: &Path) -> std::io::Result<WorkerGuard> {
    // Made first: the appender complains on standard error about a folder that is not there yet.
    std::fs::create_dir_all(folder)?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("smart-study-room")
        .filename_suffix("log")
        .max_log_files(FILES)
        .build(folder)
        .map_err(std::io::Error::other)?;
    let levels = EnvFilter::try_from_env("SMART_STUDY_ROOM_LOG").unwrap_or_else(|_| EnvFilter::new(LEVELS));
    let (writer, guard) = tracing_appender::non_blocking(files);
    // Where a log is set already, as in a test, that one stays.
    let _ = tracing_subscriber::fmt().with_env_filter(levels).with_writer(writer).with_ansi(false).try_init();
    log_panics();
    Ok(guard)
}

/// A panic goes to the log by its place alone: its message may hold a piece of a document.
fn log_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current();
        tracing::error!(place, thread = thread.name().unwrap_or("unnamed"), "panicked");
        before(panic);
    }));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_panic_is_logged_by_its_place_and_not_by_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let guard = to_folder(folder.path()).unwrap();
        let broken = std::thread::Builder::new().name("reader".into());
        assert!(broken.spawn(|| panic!("the secret sentence")).unwrap().join().is_err());
        drop(guard);
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().collect();
        assert_eq!(files.len(), 1);
        let log = std::fs::read_to_string(files[0].path()).unwrap();
        assert!(log.contains("logging.rs") && log.contains("reader"), "{log}");
        assert!(!log.contains("secret"), "{log}");
    }
}
