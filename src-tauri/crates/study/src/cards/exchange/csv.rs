//! Comma-separated values (RFC 4180): a note a row.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use library::cards::{NewNote, Note, NoteKind};

use super::{MOST_NOTES, Placed, Sheet, Skipped};

/// The columns that are written, and known by their names in a file that begins with names.
const COLUMNS: [&str; 6] = ["front", "back", "extra", "tags", "kind", "id"];

/// Notes as rows, below the names of the columns.
pub fn write(notes: &[Note]) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    // Writing into memory can't fail.
    let _ = writer.write_record(COLUMNS);
    for note in notes {
        let tags = note.tags.join(" ");
        let kind = note.kind.name();
        let _ = writer.write_record([&note.front, &note.back, &note.extra, &tags, kind, note.guid.as_str()]);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Rows as notes. The first row may name the columns; else they are front, back, extra and tags. Commas, semicolons
/// and tabs part the columns, whichever the first row has most of. A row without a kind is a cloze when its front has
/// gaps.
pub fn read(text: &str) -> Sheet {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut columns: Option<Vec<String>> = None;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                sheet.skipped.push(Skipped { place: place(line), why: "The row can't be read.".into() });
                continue;
            }
        };
        let line = place(record.position().map_or(0, csv::Position::line));
        if columns.is_none() {
            let names = names(&record);
            columns = Some(names.clone().unwrap_or_else(|| COLUMNS[..4].iter().map(|&name| name.into()).collect()));
            if names.is_some() {
                continue;
            }
        }
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if sheet.notes.len() == MOST_NOTES {
            let why = format!("A file can have up to {MOST_NOTES} notes: what follows was left out.");
            sheet.skipped.push(Skipped { place: line, why });
            break;
        }
        match note(&record, columns.as_deref().unwrap_or_default()) {
            Ok(note) => sheet.notes.push(Placed { place: line, note }),
            Err(why) => sheet.skipped.push(Skipped { place: line, why }),
        }
    }
    sheet
}

fn place(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// The names of the columns, if these are names.
fn names(record: &StringRecord) -> Option<Vec<String>> {
    let names: Vec<String> = record.iter().map(|name| name.trim().to_lowercase()).collect();
    names.iter().any(|name| name == "front").then_some(names)
}

fn note(record: &StringRecord, columns: &[String]) -> Result<NewNote, String> {
    let field = |name: &str| {
        let at = columns.iter().position(|column| column == name);
        at.and_then(|at| record.get(at)).unwrap_or_default().to_owned()
    };
    let (front, kind) = (field("front"), field("kind"));
    let kind = match kind.trim() {
        "" if !library::cards::numbers(&front).is_empty() => NoteKind::Cloze,
        "" => NoteKind::Basic,
        name => NoteKind::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("There is no kind \u{201c}{name}\u{201d}: a note is basic, reversed or cloze."))?,
    };
    let guid = Some(field("id").trim().to_owned()).filter(|guid| !guid.is_empty());
    Ok(NewNote { guid, kind, extra: field("extra"), tags: vec![field("tags")], ..NewNote::basic(front, field("back")) })
}

fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // The first of equals, so that a row without any has commas.
    *[b',', b';', b'\t'].iter().rev().max_by_key(|delimiter| count(delimiter)).unwrap_or(&b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_notes(text: &str) -> Vec<(NoteKind, String, String, Vec<String>)> {
        let sheet = read(text);
        assert_eq!(sheet.skipped, []);
        sheet.notes.into_iter().map(|placed| placed.note).map(|n| (n.kind, n.front, n.back, n.tags)).collect()
    }

    #[test]
    fn columns_are_known_by_name_or_by_place_and_whatever_parts_them() {
        let one =
            |kind, front: &str, back: &str, tags: &str| vec![(kind, front.into(), back.into(), vec![tags.into()])];
        for text in ["a,b", "a;b\n", "\n a\tb\r\n", "Front,Back\na,b", "back;kind;front\nb;basic;a\n;;\n"] {
            let notes = read_notes(text);
            assert_eq!(notes.len(), 1, "{text}");
            assert_eq!((notes[0].1.trim(), notes[0].2.as_str()), ("a", "b"), "{text}");
        }
        assert_eq!(
            read_notes("\"a, \"\"quoted\"\"\nline\",b,,t u"),
            one(NoteKind::Basic, "a, \"quoted\"\nline", "b", "t u")
        );
        assert_eq!(read_notes("{{c1::a}} b")[0].0, NoteKind::Cloze);
    }

    #[test]
    fn a_row_that_is_no_note_says_where_it_stands() {
        let sheet = read("front,back,kind\na,b,basic\nc,d,picture\n");
        assert_eq!((sheet.notes.len(), sheet.skipped.len(), sheet.skipped[0].place), (1, 1, 3));
        assert!(sheet.skipped[0].why.contains("picture"));
    }
}
