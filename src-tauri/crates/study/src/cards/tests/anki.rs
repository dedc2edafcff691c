//! Packages of Anki, written here and made by hand.

use std::io::Write;
use std::path::{Path, PathBuf};

use kernel::{CardId, Code, Coded, Timestamp};
use library::cards::{self, CardState, NewNote, NoteKind, Rating};
use library::rusqlite::Connection;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::anki::{Taken, give, read_here, take};
use super::room::{DAY, Room};
use crate::Error;

fn taken(room: &Room, file: &Path) -> Result<Taken, Error> {
    take(&room.library, &room.study(), &mut read_here(file)?, Timestamp(room.now))
}

/// Everything of a room that a package carries, told without our own numbers.
fn told(room: &Room) -> Vec<String> {
    let notes = room.read(|c| cards::notes(c, room.room));
    let mut told = Vec::new();
    for note in notes {
        let media = room.read(|c| cards::media_of(c, note.note));
        told.push(format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {media:?}",
            note.guid, note.kind, note.front, note.back, note.extra, note.tags
        ));
        for card in room.cards(note.note).into_iter().map(|card| room.card(card)) {
            let day = |time: Timestamp| room.study().calendar.day(time);
            let due = if card.state == CardState::Review { card.due.map(day).map(|day| day.to_string()) } else { None };
            told.push(format!(
                "  {} {:?} due {due:?} after {} {:?} {:?} last {:?} reps {} lapses {} {}",
                card.ordinal,
                card.state,
                card.interval,
                card.stability,
                card.difficulty,
                card.last_review,
                card.reps,
                card.lapses,
                card.suspended
            ));
            let answers = room.read(|c| cards::history(c, card.card));
            for answer in answers.iter().filter(|answer| answer.rating.is_some()) {
                told.push(format!("    {:?} {:?} {} {:?}", answer.time, answer.rating, answer.duration_ms, answer.was));
            }
        }
    }
    told
}

fn studied() -> Room {
    let mut room = Room::new();
    let basic = room.basic("What is $\\frac{a}{b}$ of **both**?");
    let gaps = room.note(&NewNote {
        kind: NoteKind::Cloze,
        extra: "See *p. 3*.".into(),
        tags: vec!["cells".into(), "exam".into()],
        ..NewNote::basic("{{c1::Water}} moves by {{c2::osmosis::how?}} ![](<a b.png>) [sound:c.mp3]", "")
    });
    let sides = room.note(&NewNote { kind: NoteKind::Reversed, ..NewNote::basic("cell", "Zelle\n\n- a\n- b") });
    room.write(|tx| {
        cards::attach(tx, gaps, "a b.png", b"a picture")?;
        cards::attach(tx, gaps, "c.mp3", b"a sound")
    });
    let (gaps, sides) = (room.cards(gaps), room.cards(sides));
    for (days, card, rating) in [
        (0, basic, Rating::Easy),
        (0, gaps[0], Rating::Good),
        (1, gaps[0], Rating::Good),
        (9, basic, Rating::Again),
        (0, basic, Rating::Good),
        (2, sides[1], Rating::Easy),
        (30, gaps[0], Rating::Hard),
    ] {
        room.pass_days(days);
        room.now += 60_000;
        room.answer(card, rating);
    }
    room.write(|tx| cards::set_suspended(tx, sides[1], true));
    room
}

#[test]
fn a_room_that_goes_out_comes_back_with_all_that_is_known_of_it() {
    let room = studied();
    let file = room.library.folder().root().join("room.apkg");
    let written = give(&room.library, &room.study(), &file, Timestamp(room.now)).unwrap();
    assert_eq!(written, 3);
    let mut other = Room::new();
    other.now = room.now;
    let came = taken(&other, &file).unwrap();
    assert_eq!((came.added, came.answers, came.media, came.missing), (3, 7, 2, 0), "{came:?}");
    assert_eq!(came.skipped, []);
    assert_eq!(told(&other), told(&room));
    let again = taken(&other, &file).unwrap();
    assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 3), "{again:?}");
    assert_eq!(told(&other), told(&room));
    // And it is studied on as if it had always been here.
    let card =
        |room: &Room| room.read(|c| cards::notes(c, room.room)).first().map(|note| room.cards(note.note)[0]).unwrap();
    let ahead =
        |room: &Room, card: CardId| room.preview(card).map(|next| (next.state, next.stability, next.difficulty));
    assert_eq!(ahead(&other, card(&other)), ahead(&room, card(&room)));
}

/// A package made by hand.
struct Made {
    folder: tempfile::TempDir,
}

impl Made {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A database of today's form: a note type of its own with two fields, a cloze, and the SQL of notes and cards.
    fn database(&self, more: &str) -> Vec<u8> {
        let path = self.folder.path().join("made.sqlite");
        let _ = std::fs::remove_file(&path);
        let connection = Connection::open(&path).unwrap();
        connection.create_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase())).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE col (id INTEGER PRIMARY KEY, crt INTEGER, models TEXT, decks TEXT);
                 CREATE TABLE notetypes (id INTEGER PRIMARY KEY, name TEXT, mtime_secs INTEGER, usn INTEGER, config BLOB);
                 CREATE TABLE fields (ntid INTEGER, ord INTEGER, name TEXT COLLATE unicase, config BLOB, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
                 CREATE TABLE templates (ntid INTEGER, ord INTEGER, name TEXT COLLATE unicase, mtime_secs INTEGER, usn INTEGER,
                     config BLOB, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
                 CREATE TABLE decks (id INTEGER PRIMARY KEY, name TEXT COLLATE unicase);
                 CREATE UNIQUE INDEX idx_fields_name_ntid ON fields (name, ntid);
                 CREATE UNIQUE INDEX idx_decks_name ON decks (name);
                 CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT, mid INTEGER, tags TEXT, flds TEXT);
                 CREATE TABLE cards (id INTEGER PRIMARY KEY, nid INTEGER, did INTEGER, ord INTEGER, type INTEGER,
                     queue INTEGER, due INTEGER, ivl INTEGER, factor INTEGER, odue INTEGER DEFAULT 0,
                     odid INTEGER DEFAULT 0, data TEXT DEFAULT '');
                 CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid INTEGER, ease INTEGER, ivl INTEGER, lastIvl INTEGER,
                     time INTEGER, type INTEGER);
                 INSERT INTO col VALUES (1, 1700000000, '{}', '{}');
                 INSERT INTO notetypes VALUES (1, 'Einfach', 0, 0, x'0800'), (2, 'Luecken', 0, 0, x'0801'),
                     (3, 'Vocabulary', 0, 0, x'');
                 INSERT INTO fields VALUES (1, 1, 'Rueckseite', ''), (1, 0, 'Vorderseite', ''), (2, 0, 'Text', ''),
                     (3, 0, 'Word', ''), (3, 1, 'Meaning', ''), (3, 2, 'Example', '');
                 INSERT INTO decks VALUES (1, 'Default');",
            )
            .unwrap();
        let template = |of: i64, ord: i64, question: &str, answer: &str| {
            let mut config = Vec::new();
            for (number, text) in [(1_u8, question), (2, answer)] {
                config.extend([number << 3 | 2, u8::try_from(text.len()).unwrap()]);
                config.extend(text.as_bytes());
            }
            let row = (of, ord, format!("Card {ord}"), config);
            connection.execute("INSERT INTO templates VALUES (?1, ?2, ?3, 0, 0, ?4)", row).unwrap();
        };
        template(1, 0, "{{Vorderseite}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Rueckseite}}");
        template(2, 0, "{{cloze:Text}}", "{{cloze:Text}}");
        template(
            3,
            0,
            "What means <b>{{Word}}</b>?",
            "{{FrontSide}}<hr id=answer>{{Meaning}}{{#Example}} ({{Example}}){{/Example}}",
        );
        template(3, 1, "{{Meaning}}", "{{FrontSide}}<hr id=answer>{{Word}}");
        connection.execute_batch(more).unwrap();
        drop(connection);
        std::fs::read(&path).unwrap()
    }

    fn zip(&self, members: &[(&str, &[u8])]) -> PathBuf {
        let path = self.folder.path().join("made.apkg");
        let mut zip = ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (name, bytes) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    /// A package of today's form.
    fn package(&self, more: &str) -> PathBuf {
        let packed = zstd::encode_all(&self.database(more)[..], 1).unwrap();
        self.zip(&[
            ("meta", &[0x08, 0x03]),
            ("collection.anki21b", &packed),
            ("media", &zstd::encode_all(&[][..], 1).unwrap()),
        ])
    }
}

#[test]
fn note_types_of_any_name_are_recognised_and_others_shown_by_their_templates() {
    let made = Made::new();
    let file = made.package(
        "INSERT INTO notes VALUES
             (1, 'g1', 1, ' a b ', 'Was ist \\(x^2\\)?' || char(31) || 'Das <b>Quadrat</b>'),
             (2, 'g2', 2, '', '{{c1::Wasser}} und {{c2::\\(H_{2}O\\)}}'),
             (3, 'g3', 3, '', 'Zelle' || char(31) || 'cell' || char(31) || 'Die Zelle lebt.'),
             (4, 'g4', 99, '', 'lost'),
             (5, 'g5', 2, '', 'no gap');
         INSERT INTO cards (id, nid, did, ord, type, queue, due, ivl, factor) VALUES
             (1, 1, 1, 0, 0, 0, 1, 0, 0), (2, 2, 1, 0, 0, 0, 2, 0, 0), (3, 2, 1, 1, 0, -1, 2, 0, 0),
             (4, 3, 1, 0, 0, 0, 3, 0, 0), (5, 3, 1, 1, 0, 0, 3, 0, 0), (6, 4, 1, 0, 0, 0, 3, 0, 0);",
    );
    let room = Room::new();
    let came = taken(&room, &file).unwrap();
    assert_eq!((came.added, came.skipped.iter().map(|skipped| skipped.place).collect::<Vec<_>>()), (4, vec![4, 5]));
    let notes = room.read(|c| cards::notes(c, room.room));
    let said: Vec<(NoteKind, &str, &str)> =
        notes.iter().map(|note| (note.kind, note.front.as_str(), note.back.as_str())).collect();
    assert_eq!(
        said,
        [
            (NoteKind::Basic, "Was ist $x^2$?", "Das **Quadrat**"),
            (NoteKind::Cloze, "{{c1::Wasser}} und {{c2::$H_{2}O$}}", ""),
            (NoteKind::Basic, "What means **Zelle**?", "cell (Die Zelle lebt.)"),
            (NoteKind::Basic, "cell", "Zelle"),
        ]
    );
    assert_eq!(notes[0].tags, ["a", "b"]);
    let gaps: Vec<bool> = room.cards(notes[1].note).into_iter().map(|card| room.card(card).suspended).collect();
    assert_eq!(gaps, [false, true]);
}

#[test]
fn how_well_a_card_is_known_comes_from_its_memory_or_from_its_interval() {
    let made = Made::new();
    let notes = "INSERT INTO notes SELECT value, 'g' || value, 1, '', 'f' || value || char(31) || 'b'
                 FROM (SELECT 1 value UNION SELECT 2 UNION SELECT 3 UNION SELECT 4);";
    let file = made.package(&format!(
        "{notes}
         INSERT INTO cards (id, nid, did, ord, type, queue, due, ivl, factor, data) VALUES
             (1, 1, 1, 0, 2, 2, 1100, 30, 2500, '{{\"s\":41.5,\"d\":6.25}}'),
             (2, 2, 1, 0, 2, 2, 1100, 30, 2500, '{{}}'),
             (3, 3, 1, 0, 2, 2, 1100, 12, 1300, 'no json'),
             (4, 4, 1, 0, 3, 1, 1800000000, 5, 2500, '');
         INSERT INTO revlog VALUES
             (1790000000000, 3, 3, -600, 0, 4000, 0), (1790000700000, 3, 3, 3, -600, 3000, 0),
             (1790300000000, 3, 3, 12, 3, 2000, 1), (1790300000001, 3, 0, 12, 12, 0, 4);"
    ));
    let room = Room::new();
    assert_eq!(taken(&room, &file).unwrap().answers, 3);
    let notes = room.read(|c| cards::notes(c, room.room));
    let of = |at: usize| room.card(room.cards(notes[at].note)[0]);
    assert_eq!((of(0).stability, of(0).difficulty, of(0).interval), (Some(41.5), Some(6.25), 30));
    // 1,100 days after the collection was made, in the middle of the day.
    assert_eq!(of(0).due, Some(Timestamp(1_700_000_000_000 + 1_100 * DAY + DAY / 2)));
    assert!((of(1).stability.unwrap() - 30.0).abs() < 0.1, "an interval at a retention of 90 %: {:?}", of(1));
    assert_eq!(of(1).last_review, Some(Timestamp(of(1).due.unwrap().0 - 30 * DAY)));
    let third = of(2);
    assert_eq!((third.reps, third.interval, third.last_review), (3, 12, Some(Timestamp(1_790_300_000_000))));
    let memory = room.study().model().replay(&room.read(|c| cards::history(c, third.card)));
    assert_eq!(memory.map(|memory| f64::from(memory.stability)), third.stability);
    assert_eq!((of(3).state, of(3).due), (CardState::Relearning, Some(Timestamp(1_800_000_000_000))));
    assert_eq!(room.undo(), None, "what came from elsewhere is not taken back");
}

fn refused(file: &Path) -> (Code, String) {
    let error = taken(&Room::new(), file).unwrap_err();
    (error.code(), error.to_string())
}

#[test]
fn what_is_broken_or_hostile_is_refused_in_a_sentence() {
    let made = Made::new();
    let nowhere = made.folder.path().join("nowhere.apkg");
    assert_eq!(refused(&nowhere).0, Code::NotFound);
    std::fs::write(&nowhere, "PK no archive").unwrap();
    assert_eq!(refused(&nowhere).0, Code::Damaged);
    for (members, says) in [
        (&[("readme", &b"x"[..])][..], "no collection"),
        (&[("collection.anki21b", b"not compressed")], "collection.anki21b is broken"),
        (&[("collection.anki2", b"SQLite format 3, but no")], "collection is broken"),
        (&[("collection.anki21", b""), ("media", b"{broken")], "list of pictures"),
    ] {
        let (code, message) = refused(&made.zip(members));
        assert_eq!(code, Code::Damaged, "{message}");
        assert!(message.contains(says) && message.contains("made.apkg"), "{message}");
    }
    assert_eq!(refused(&made.package("")).0, Code::EmptyFile);
    let view = made.package(
        "DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
         SELECT id, id AS guid, 1 AS mid, '' AS tags, 'a' AS flds FROM n;",
    );
    assert!(refused(&view).1.contains("none of Anki's"), "{:?}", refused(&view));
}

#[test]
fn a_database_that_unpacks_without_end_is_stopped() {
    let made = Made::new();
    // Zeros, of which Zstandard makes a thousandth.
    let bomb = zstd::encode_all(std::io::Read::take(std::io::repeat(0), (16 << 20) + 10), 1).unwrap();
    assert!(bomb.len() < 1 << 16);
    let (code, message) = refused(&made.zip(&[("collection.anki21b", &bomb)]));
    assert!(code == Code::Invalid && message.contains("16 MB"), "{message}");
}

#[test]
fn names_in_a_package_never_become_paths() {
    let made = Made::new();
    let more = "INSERT INTO notes VALUES (1, 'g', 1, '', '<img src=\"../../x.png\"><img src=\"ok.png\">' || char(31) || 'b');
                INSERT INTO cards (id, nid, did, ord, type, queue, due, ivl, factor) VALUES (1, 1, 1, 0, 0, 0, 1, 0, 0);";
    let database = zstd::encode_all(&made.database(more)[..], 1).unwrap();
    let mut list = Vec::new();
    for name in ["../../x.png", "ok.png"] {
        let entry = [&[0x0a, u8::try_from(name.len()).unwrap()], name.as_bytes()].concat();
        list.extend([0x0a, u8::try_from(entry.len()).unwrap()]);
        list.extend(entry);
    }
    let (list, picture) = (zstd::encode_all(&list[..], 1).unwrap(), zstd::encode_all(&b"picture"[..], 1).unwrap());
    let file = made.zip(&[("collection.anki21b", &database), ("media", &list), ("0", &picture), ("1", &picture)]);
    let room = Room::new();
    let came = taken(&room, &file).unwrap();
    assert_eq!((came.media, came.missing), (1, 1));
    let note = room.read(|c| cards::notes(c, room.room)).remove(0);
    let media = room.read(|c| cards::media_of(c, note.note));
    assert_eq!(media.iter().map(|medium| medium.name.as_str()).collect::<Vec<_>>(), ["ok.png"]);
    assert_eq!(room.read(|c| cards::medium(c, &media[0].hash)).as_deref(), Some(&b"picture"[..]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn a_package_with_any_byte_changed_is_taken_or_refused(at in 0.0_f64..1.0, to: u8) {
        let room = studied();
        let file = room.library.folder().root().join("room.apkg");
        give(&room.library, &room.study(), &file, Timestamp(room.now)).unwrap();
        let mut bytes = std::fs::read(&file).unwrap();
        let at = (at * bytes.len() as f64) as usize;
        bytes[at] = to;
        std::fs::write(&file, bytes).unwrap();
        let _ = taken(&Room::new(), &file);
    }
}
