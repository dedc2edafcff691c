//! A room as a package of Anki.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use kernel::{CardId, Timestamp};
use library::cards::{self, Card, CardState, Note, NoteKind, Rating, Review};
use library::rusqlite::{self, Connection};
use library::{Library, rooms};
use serde_json::json;
use tempfile::NamedTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::Study;
use super::super::calendar::DAY;
use super::given::{self, BASIC, CLOZE, JOINT, REVERSED};
use super::to_html::html;
use crate::Error;

/// Writes the notes of the room of `study` with their cards, all that was answered, pictures and sounds into the file
/// `to`, in place of what is there once it is complete. Returns how many notes there are.
///
/// # Errors
/// `NoSpace`, `ReadOnly` and the like for the file, and the library's.
pub fn give(library: &Library, study: &Study, to: &Path, now: Timestamp) -> Result<u32, Error> {
    let io = |error: io::Error| Error::unwritable(to, &error);
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let database = NamedTempFile::new().map_err(io)?;
    let mut part = NamedTempFile::new_in(folder).map_err(io)?;
    let (room, notes) = library.read(|c| Ok((rooms::get(c, study.room)?, cards::notes(c, study.room)?)))?;
    let media = collection(library, study, database.path(), &room.name, &notes, now)?;
    archive(library, part.as_file_mut(), database.path(), &media).map_err(|error| match error {
        Written::Io(error) => io(error),
        Written::Library(error) => error.into(),
    })?;
    part.as_file().sync_all().map_err(io)?;
    part.persist(to).map_err(|error| io(error.error))?;
    Ok(u32::try_from(notes.len()).unwrap_or(u32::MAX))
}

/// Names of pictures and sounds, and the hashes of what is in them.
type Media = BTreeMap<String, String>;

/// Writes the database.
fn collection(
    library: &Library,
    study: &Study,
    path: &Path,
    room: &str,
    notes: &[Note],
    now: Timestamp,
) -> Result<Media, Error> {
    let failed = |error: rusqlite::Error| Error::from(library::Error::from(error));
    let mut connection = Connection::open(path).map_err(failed)?;
    // Days are counted from the first of them, so that what is overdue has a day as well.
    let made = study.calendar.start(study.calendar.day(Timestamp(now.0 - 3650 * DAY))).0 / 1000;
    let deck = 1_763_900_000_000 + study.room.0;
    let media = library.read(|source| {
        let tx = connection.transaction()?;
        given::make(&tx, deck, room, made, now.0 / 1000)?;
        let mut histories: HashMap<CardId, Vec<Review>> = HashMap::new();
        for event in cards::histories(source, study.room)? {
            histories.entry(event.card).or_default().push(event);
        }
        let mut writing = Writing { tx: &tx, study, deck, made, media: Media::new(), answers: BTreeMap::new() };
        for note in notes {
            writing.note(source, note, &histories)?;
        }
        let media = writing.finished()?;
        tx.commit()?;
        Ok(media)
    })?;
    Ok(media)
}

struct Writing<'a> {
    tx: &'a rusqlite::Transaction<'a>,
    study: &'a Study,
    deck: i64,
    made: i64,
    media: Media,
    /// Answers by their ids, which are their times and of which no two may be the same.
    answers: BTreeMap<i64, (CardId, Review)>,
}

impl Writing<'_> {
    fn note(
        &mut self,
        source: &Connection,
        note: &Note,
        histories: &HashMap<CardId, Vec<Review>>,
    ) -> Result<(), library::Error> {
        let id = 1_763_900_000_000 + note.note.0;
        let note_type = match note.kind {
            NoteKind::Basic => BASIC,
            NoteKind::Reversed => REVERSED,
            NoteKind::Cloze => CLOZE,
        };
        let mut fields = [html(&note.front), html(&note.back), html(&note.extra)];
        for medium in cards::media_of(source, note.note)? {
            self.medium(&medium.name, &medium.hash, &mut fields);
        }
        let tags = if note.tags.is_empty() { String::new() } else { format!(" {} ", note.tags.join(" ")) };
        self.tx.prepare_cached("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')")?.execute((
            id,
            &note.guid,
            note_type,
            note.updated.0.max(0) / 1000,
            tags,
            fields.join(&JOINT.to_string()),
            &fields[0],
        ))?;
        for card in cards::of_note(source, note.note)? {
            let history = histories.get(&card.card).map(Vec::as_slice).unwrap_or_default();
            self.card(id, &card, history)?;
        }
        Ok(())
    }

    /// Two notes may call different pictures the same: then one of them gets another name.
    fn medium(&mut self, name: &str, hash: &str, fields: &mut [String; 3]) {
        if self.media.get(name).is_none_or(|known| known == hash) {
            self.media.insert(name.to_owned(), hash.to_owned());
            return;
        }
        let other = format!("{}-{name}", hash.get(..8).unwrap_or(hash));
        for field in fields {
            *field = field.replace(&format!("src=\"{name}\""), &format!("src=\"{other}\""));
            *field = field.replace(&format!("[sound:{name}]"), &format!("[sound:{other}]"));
        }
        self.media.insert(other, hash.to_owned());
    }

    fn card(&mut self, note: i64, card: &Card, history: &[Review]) -> Result<(), library::Error> {
        let kind = match card.state {
            CardState::New => 0,
            CardState::Learning => 1,
            CardState::Review => 2,
            CardState::Relearning => 3,
        };
        let queue = match card.state {
            _ if card.suspended => -1,
            CardState::Relearning => 1,
            _ => kind,
        };
        let due = match (card.state, card.due) {
            (CardState::New, _) | (_, None) => card.note.0,
            (CardState::Review, Some(due)) => self.days(due),
            (_, Some(due)) => due.0 / 1000,
        };
        let steps = match card.state {
            CardState::Learning => self.study.settings.learning_steps.len().saturating_sub(usize::from(card.step)),
            CardState::Relearning => self.study.settings.relearning_steps.len().saturating_sub(usize::from(card.step)),
            CardState::New | CardState::Review => 0,
        };
        let memory = match (card.stability, card.difficulty) {
            (Some(stability), Some(difficulty)) => json!({ "s": stability, "d": difficulty }).to_string(),
            _ => "{}".into(),
        };
        let last = card.last_review.map_or(0, |last| last.0 / 1000);
        let insert = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)";
        let factor = if card.state == CardState::New { 0 } else { 2_500 };
        self.tx.prepare_cached(insert)?.execute(rusqlite::params![
            1_763_900_000_000 + card.card.0,
            note,
            self.deck,
            card.ordinal,
            last,
            kind,
            queue,
            due,
            card.interval,
            factor,
            card.reps,
            card.lapses,
            steps as i64,
            memory,
        ])?;
        for event in history.iter().filter(|event| event.rating.is_some()) {
            let mut id = event.time.0;
            while self.answers.contains_key(&id) {
                id += 1;
            }
            self.answers.insert(id, (card.card, event.clone()));
        }
        Ok(())
    }

    /// The day of the collection on which something is due.
    fn days(&self, due: Timestamp) -> i64 {
        i64::from(self.study.calendar.days_between(Timestamp(self.made * 1000), due))
    }

    fn finished(self) -> Result<Media, library::Error> {
        let mut insert = self.tx.prepare("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, 0, ?, ?)")?;
        for (id, (card, event)) in &self.answers {
            let waited = |interval: u32, due: Option<Timestamp>| match (interval, due) {
                (0, Some(due)) => -((due.0 - event.time.0) / 1000).max(0),
                (days, _) => i64::from(days),
            };
            let kind = match event.was {
                CardState::New | CardState::Learning => 0,
                CardState::Review => 1,
                CardState::Relearning => 2,
            };
            insert.execute((
                id,
                1_763_900_000_000 + card.0,
                event.rating.map_or(0, Rating::number),
                waited(event.interval, event.due),
                i64::from(event.was_interval),
                event.duration_ms,
                kind,
            ))?;
        }
        Ok(self.media)
    }
}

/// Why an archive could not be written.
enum Written {
    Io(io::Error),
    Library(library::Error),
}

impl From<io::Error> for Written {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<zip::result::ZipError> for Written {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Io(error.into())
    }
}

impl From<library::Error> for Written {
    fn from(error: library::Error) -> Self {
        Self::Library(error)
    }
}

fn archive(library: &Library, file: &mut File, database: &Path, media: &Media) -> Result<(), Written> {
    let mut zip = ZipWriter::new(file);
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("collection.anki21", packed.large_file(true))?;
    io::copy(&mut File::open(database)?, &mut zip)?;
    let mut names = serde_json::Map::new();
    for (at, (name, hash)) in media.iter().enumerate() {
        let Some(bytes) = library.read(|connection| cards::medium(connection, hash))? else { continue };
        // Pictures and sounds are compressed by themselves.
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(at.to_string(), stored)?;
        zip.write_all(&bytes)?;
        names.insert(at.to_string(), name.as_str().into());
    }
    zip.start_file("media", packed)?;
    zip.write_all(serde_json::Value::from(names).to_string().as_bytes())?;
    zip.finish()?;
    Ok(())
}
