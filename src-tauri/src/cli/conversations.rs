use std::path::Path;

use kernel::ConversationId;
use library::conversations::{self, Conversation, Found, TextRun};
use library::rooms;
use serde::Serialize;

use super::arguments::Conversations;
use super::{Failure, Session, output, room};
use crate::fault::Fault;

/// Most conversations that a search prints.
const MOST: u32 = 50;

#[derive(Serialize)]
struct Listed<'a> {
    conversation: ConversationId,
    room: &'a str,
    title: &'a str,
    turns: u32,
}

#[derive(Serialize)]
struct Hit<'a> {
    conversation: ConversationId,
    room: &'a str,
    title: &'a str,
    question: String,
    excerpt: String,
}

#[derive(Serialize)]
struct Exported<'a> {
    r#type: &'static str,
    conversation: ConversationId,
    file: &'a Path,
}

/// Lists, searches, exports and removes conversations.
pub(super) fn run(session: &Session, what: Conversations) -> Result<(), Failure> {
    match what {
        Conversations::List { room: name } => list(session, name.as_deref()),
        Conversations::Search { room: name, query } => search(session, name.as_deref(), &query),
        Conversations::Export { conversation, to } => export(session, conversation, to.as_deref()),
        Conversations::Remove { conversation } => {
            let (app, _log) = session.app()?;
            Ok(app.library.write(|tx| conversations::remove(tx, conversation))?)
        }
    }
}

fn list(session: &Session, name: Option<&str>) -> Result<(), Failure> {
    let library = session.library()?;
    let rooms = match name {
        Some(name) => vec![room(&library, name)?],
        None => library.read(rooms::list)?,
    };
    for room in rooms {
        let of_room: Vec<Conversation> = library.read(|connection| conversations::list(connection, room.room))?;
        for one in of_room {
            let listed =
                Listed { conversation: one.conversation, room: &room.name, title: &one.title, turns: one.turns };
            session.out.line(&listed, |it| {
                let questions = output::counted(it.turns, "question", "questions");
                format!("{}  {}: {} ({questions})", it.conversation, it.room, it.title)
            })?;
        }
    }
    Ok(())
}

fn search(session: &Session, name: Option<&str>, query: &str) -> Result<(), Failure> {
    let library = session.library()?;
    let within = name.map(|name| room(&library, name)).transpose()?.map(|room| room.room);
    let (found, rooms) = library
        .read(|connection| Ok((conversations::search(connection, within, query, MOST)?, rooms::list(connection)?)))?;
    for Found { conversation, question, excerpt, .. } in &found {
        let room = rooms.iter().find(|room| room.room == conversation.room).map_or("", |room| room.name.as_str());
        let hit = Hit {
            conversation: conversation.conversation,
            room,
            title: &conversation.title,
            question: whole(question),
            excerpt: whole(excerpt),
        };
        session.out.line(&hit, |it| {
            format!("{}  {}: {}\n  {}\n  {}", it.conversation, it.room, it.title, it.question, it.excerpt)
        })?;
    }
    Ok(())
}

fn whole(parts: &[TextRun]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

fn export(session: &Session, conversation: ConversationId, to: Option<&Path>) -> Result<(), Failure> {
    let library = session.library()?;
    let text = library.read(|connection| {
        let turns = conversations::turns(connection, conversation)?;
        Ok(tutor::markdown(&conversations::get(connection, conversation)?, &turns))
    })?;
    let Some(file) = to else { return session.out.text(&text) };
    std::fs::write(file, text).map_err(|error| Fault::not_written(file, &error))?;
    let exported = Exported { r#type: "exported", conversation, file };
    session.out.line(&exported, |it| format!("Written to {}.", it.file.display()))
}
