//! The main of the process that reads a package.

use std::io::{self, BufReader, Read, Write};
use std::process::ExitCode;

use kernel::Coded;
use kernel::child::{frame, limit};

use super::archive::Archive;
use super::protocol::{Reply, Request};
use super::{collection, incoming};
use crate::Error;

/// Serves one package from standard input until that closes.
pub fn serve() -> ExitCode {
    match serve_over(io::stdin(), io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody is left to tell: the pipe is what broke.
        Err(_) => ExitCode::FAILURE,
    }
}

pub(super) fn serve_over(requests: impl Read, mut to: impl Write) -> io::Result<()> {
    let mut requests = BufReader::new(requests);
    let Some(Request::Open { package, database, memory_bytes }) = frame::read(&mut requests)? else { return Ok(()) };
    if memory_bytes > 0 {
        limit::address_space(memory_bytes);
        limit::resident(memory_bytes)?;
    }
    let (package, database) = (package.path(), database.path());
    let read =
        Archive::open(&package, &database).and_then(|archive| Ok((archive, collection::read(&database, &package)?)));
    let (mut archive, collection) = match read {
        Ok(read) => read,
        Err(error) => return frame::write(&mut to, &refused(error)),
    };
    frame::write(&mut to, &Reply::Opened { made: collection.made })?;
    let (notes, skipped) = incoming::all(collection);
    for note in notes {
        frame::write(&mut to, &Reply::Note(note))?;
    }
    for skipped in skipped {
        frame::write(&mut to, &Reply::Skipped(skipped))?;
    }
    frame::write(&mut to, &Reply::End)?;
    while let Some(request) = frame::read(&mut requests)? {
        let Request::Medium(name) = request else { return Ok(()) };
        frame::write(&mut to, &archive.medium(&name).map_or_else(refused, Reply::Medium))?;
    }
    Ok(())
}

fn refused(error: Error) -> Reply {
    let code = error.code();
    match error {
        Error::Unreadable { why, .. } => Reply::Refused { code, why },
        other => Reply::Refused { code, why: other.to_string() },
    }
}
