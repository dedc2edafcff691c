//! The command line: what the window does, without a window, over the same library.
//!
//! One file a verb. What programs read are typed structs; their names are a public interface.

mod arguments;
mod ask;
mod backup;
mod batch;
mod cards;
mod check;
mod conversations;
mod documents;
mod drafts;
mod executors;
mod failure;
mod follow;
mod grade;
mod import;
mod jobs;
mod model;
mod notes;
mod output;
mod progress;
mod quiz;
mod remove;
mod rooms;
mod scope;
mod search;
mod status;
mod text;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::Parser;
use kernel::{Code, LibraryFolder, SystemClock};
use library::Library;
use library::rooms::Room;

use arguments::{Arguments, Verb};
use failure::Failure;
use output::Output;

use crate::app::App;
use crate::{logging, places};

/// Does what the arguments (the program's own name first) ask for. Exit code 0: done; 1: failed, the reason is on
/// standard error; 2: not understood.
pub(crate) fn run(arguments: Vec<OsString>) -> ExitCode {
    let started = Instant::now();
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for and go to standard output; a closed pipe there is nobody's fault.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let session = Session { started, data: arguments.common.data, out: Output::new(arguments.common.json) };
    match session.run(arguments.verb) {
        Ok(()) | Err(Failure::NobodyReads) => ExitCode::SUCCESS,
        Err(Failure::Said) => ExitCode::FAILURE,
        Err(Failure::Failed { code, message }) => {
            output::complain(code, &message);
            ExitCode::FAILURE
        }
    }
}

/// One run of one verb.
struct Session {
    started: Instant,
    data: Option<std::path::PathBuf>,
    out: Output,
}

impl Session {
    fn run(&self, verb: Verb) -> Result<(), Failure> {
        match verb {
            Verb::Import(what) => import::run(self, &what),
            Verb::Search(what) => search::run(self, what),
            Verb::Ask(what) => ask::run(self, what),
            Verb::Conversations(what) => conversations::run(self, what),
            Verb::Quiz(what) => quiz::run(self, &what),
            Verb::Grade(what) => grade::run(self, what),
            Verb::Drafts(what) => drafts::run(self, what),
            Verb::Progress(what) => progress::run(self, &what),
            Verb::Cards(what) => cards::run(self, what),
            Verb::Notes(what) => notes::run(self, what),
            Verb::Export(what) => cards::export(self, &what),
            Verb::Text(what) => text::run(self, &what),
            Verb::Rooms => rooms::run(self),
            Verb::Executors(what) => executors::run(self, what),
            Verb::Documents(what) => documents::run(self, &what),
            Verb::Remove(what) => remove::run(self, &what),
            Verb::Jobs(what) => jobs::run(self, what),
            Verb::Model(what) => model::run(self, &what),
            Verb::Status => status::run(self),
            Verb::Check(what) => check::run(self, &what),
            Verb::Backup(what) => backup::create(self, &what),
            Verb::Restore(what) => backup::restore(self, &what),
        }
    }

    fn folder(&self) -> Result<LibraryFolder, Failure> {
        Ok(places::library_folder(self.data.clone())?)
    }

    /// The library alone: all that a verb needs which only looks. A folder without a library has an empty one.
    fn library(&self) -> Result<Library, Failure> {
        Ok(Library::open(self.folder()?, Arc::new(SystemClock))?)
    }

    /// Everything, with a log in the library's folder.
    fn app(&self) -> Result<(App, Option<tracing_appender::non_blocking::WorkerGuard>), Failure> {
        let folder = self.folder()?;
        let logs = folder.logs();
        let app = App::open(folder, places::native_parts())?;
        // Without a folder to write to there is no log; the work itself goes on.
        let log = std::fs::create_dir_all(&logs).ok().and_then(|()| logging::to_folder(&logs).ok());
        Ok((app, log))
    }
}

/// The room of that name.
fn room(library: &Library, name: &str) -> Result<Room, Failure> {
    library.read(|connection| library::rooms::by_name(connection, name))?.ok_or_else(|| {
        let message = format!("There is no room called \u{201c}{name}\u{201d}. `rooms` lists those there are.");
        Failure::new(Code::NotFound, message)
    })
}
