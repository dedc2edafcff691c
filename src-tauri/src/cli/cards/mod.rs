//! Cards: what a person wants to know, asked when it is due.

pub(super) mod arguments;

mod exchange;
mod listing;
mod notes;
mod progress;
mod reviewing;

use chrono::{Local, Offset};
use kernel::RoomId;
use library::{Library, rooms};

use super::{Failure, Session};
use arguments::{Cards, Clock};
pub(super) use exchange::export;

/// Does what is asked of the cards.
pub(super) fn run(session: &Session, what: Cards) -> Result<(), Failure> {
    let library = session.library()?;
    match what {
        Cards::List(what) => listing::list(session, &library, what),
        Cards::Due { room, limit, clock } => listing::due(session, &library, &room, limit, clock),
        Cards::Show { card, clock } => listing::show(session, &library, card, clock),
        Cards::Review(what) => reviewing::review(session, &library, what),
        Cards::Undo { room } => reviewing::undo(session, &library, &room),
        Cards::Suspend { cards } => reviewing::suspend(session, &library, &cards, true),
        Cards::Unsuspend { cards } => reviewing::suspend(session, &library, &cards, false),
        Cards::Bury { cards, clock } => reviewing::bury(session, &library, &cards, clock),
        Cards::Reschedule { card, due, forget: _, clock } => reviewing::reschedule(session, &library, card, due, clock),
        Cards::Add { room, text } => notes::add(session, &library, &room, text),
        Cards::Edit { card, text } => notes::edit(session, &library, card, text),
        Cards::Remove { card } => notes::remove(&library, card),
        Cards::FromTerms { document, count, dry_run } => {
            notes::from_terms(session, &library, document, count.into(), dry_run)
        }
        Cards::Stats { room, days, clock } => progress::stats(session, &library, &room, days, clock),
        Cards::Settings(what) => progress::settings(session, &library, what),
        Cards::Fit { room, reset } => progress::fit(session, &library, &room, reset),
        Cards::Import { file, room, clock } => exchange::import(session, &library, &file, &room, clock),
        Cards::Export(what) => exchange::export(session, &what),
    }
}

/// Minutes that the person's clock is ahead of UTC.
pub(super) fn utc_offset(clock: Clock) -> i32 {
    clock.utc_offset.unwrap_or_else(|| Local::now().offset().fix().local_minus_utc() / 60)
}

/// The room of that name, made if there is none.
fn room_or_new(library: &Library, name: &str) -> Result<RoomId, Failure> {
    if let Some(room) = library.read(|connection| rooms::by_name(connection, name))? {
        return Ok(room.room);
    }
    let made = library.write(|tx| match rooms::by_name(tx, name)? {
        Some(room) => Ok(room.room),
        None => Ok(rooms::create(tx, name, library.now())?.room),
    });
    Ok(made?)
}
