use std::io::IsTerminal;
use std::path::Path;

use console::Term;
use kernel::{Code, DocumentId, RoomId};
use library::documents::{self, DocumentState};
use library::{Library, rooms};

use super::follow::{self, Followed};
use super::{Failure, Session, arguments, output};
use crate::app::App;

/// Brings files and folders into a room, and waits until they are as far as asked for.
pub(super) fn run(session: &Session, what: &arguments::Import) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    if let Some(document) = what.replaces {
        return replace(session, &app, document, what);
    }
    let room = room(&app.library, &what.room)?;
    let events = app.intake.watch();
    app.intake.start()?;
    let mut followed = Followed::default();
    let mut refused = 0;
    for path in &what.paths {
        for file in intake::files(path) {
            let added = file
                .map_err(|error| (path.display().to_string(), Failure::from(error)))
                .and_then(|file| add(&app, room, &file, what.password.as_deref(), &mut followed));
            if let Err((path, failure)) = added {
                refused += 1;
                say_failed(session, path, failure)?;
            }
        }
    }
    follow::until(session, &app, &events, what.until, &mut followed)?;
    let mut failed = refused + followed.failed();
    if what.password.is_none() {
        failed -= with_passwords(session, &app, &events, what.until, &followed)?;
    }
    if matches!(what.until, arguments::Until::Complete) {
        app.learn(room);
    }
    if failed > 0 { Err(Failure::Said) } else { Ok(()) }
}

/// Reads one file as the new edition of a document.
fn replace(session: &Session, app: &App, document: DocumentId, what: &arguments::Import) -> Result<(), Failure> {
    let [path] = &what.paths[..] else {
        return Err(Failure::new(Code::Invalid, "A document is replaced by one file: name just that."));
    };
    let events = app.intake.watch();
    app.intake.start()?;
    let old = app.library.read(|connection| documents::get(connection, document))?;
    let edition = match app.intake.replace(document, path, what.password.as_deref()) {
        Ok(edition) => edition,
        Err(error) => {
            say_failed(session, path.display().to_string(), error.into())?;
            return Err(Failure::Said);
        }
    };
    let mut followed = Followed::default();
    followed.add_edition(edition, &old, path.display().to_string());
    follow::until(session, app, &events, what.until, &mut followed)?;
    if followed.failed() > 0 { Err(Failure::Said) } else { Ok(()) }
}

/// The room of that name, made if there is none.
fn room(library: &Library, name: &str) -> Result<RoomId, Failure> {
    // Looked for first without writing: several commands may fill one room at once.
    if let Some(room) = library.read(|connection| rooms::by_name(connection, name))? {
        return Ok(room.room);
    }
    let made = library.write(|tx| match rooms::by_name(tx, name)? {
        Some(room) => Ok(room),
        None => rooms::create(tx, name, library.now()),
    })?;
    Ok(made.room)
}

type Refused = (String, Failure);

fn add(app: &App, room: RoomId, file: &Path, password: Option<&str>, followed: &mut Followed) -> Result<(), Refused> {
    let path = file.display().to_string();
    match app.intake.add(room, file, password) {
        Ok(added) => {
            followed.add(added.document, path, added.duplicate);
            Ok(())
        }
        Err(error) => Err((path, error.into())),
    }
}

fn say_failed(session: &Session, path: String, failure: Failure) -> Result<(), Failure> {
    let line = failure.into_line(None, Some(path))?;
    if session.out.is_json() {
        return session.out.object(&line);
    }
    output::complain(line.code, &line.message);
    Ok(())
}

/// Asks for the passwords of documents that need one, if there is somebody to ask. Returns how many could be
/// imported after all.
fn with_passwords(
    session: &Session,
    app: &App,
    events: &std::sync::mpsc::Receiver<intake::Event>,
    until: arguments::Until,
    followed: &Followed,
) -> Result<usize, Failure> {
    if session.out.is_json() || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(0);
    }
    let mut imported = 0;
    for document in followed.documents() {
        let now = app.library.read(|connection| documents::get(connection, document))?;
        if now.state != DocumentState::Failed || now.code != Some(Code::Encrypted) {
            continue;
        }
        let prompt = format!("Password for {} (empty to skip it): ", now.file_name);
        let Some(password) = ask(&prompt) else { continue };
        app.intake.retry(document, Some(&password))?;
        let mut again = Followed::one(&now);
        follow::until(session, app, events, until, &mut again)?;
        imported += 1 - again.failed();
    }
    Ok(imported)
}

/// Reads a line from the terminal without showing it.
fn ask(prompt: &str) -> Option<String> {
    let terminal = Term::stderr();
    terminal.write_str(prompt).ok()?;
    terminal.read_secure_line().ok().filter(|password| !password.is_empty())
}
