//! Subjects: folders of text files, made into rooms.

use std::path::Path;

use kernel::RoomId;
use library::documents::NewDocument;
use library::{Library, documents, passages, rooms, vectors};
use reader::{Block, BlockKind, Page, PageStatus, Passage, PassageBuilder, embedded_text};
use retrieval::{Embedder, MODEL};

use crate::Failure;

/// One paragraph in so many is held back.
const HELD_BACK: usize = 8;

pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) inside: Vec<Document>,
    outside: Vec<Document>,
}

pub(crate) struct Document {
    title: String,
    /// Level of a heading, 0 for a paragraph; and the text.
    kept: Vec<(u8, String)>,
    held_back: Vec<String>,
}

/// The subjects in `folder`, by name.
pub(crate) fn read(folder: &Path) -> Result<Vec<Subject>, Failure> {
    let mut subjects = Vec::new();
    for place in sorted(folder)?.into_iter().filter(|place| place.is_dir()) {
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for (number, file) in sorted(&place)?.iter().enumerate() {
            let text = std::fs::read_to_string(file)?;
            if number % 2 == 0 {
                inside.push(document(file, &text, HELD_BACK));
            } else {
                outside.push(document(file, &text, usize::MAX));
            }
        }
        subjects.push(Subject { name: name(&place), inside, outside });
    }
    Ok(subjects)
}

impl Subject {
    pub(crate) fn kept_paragraphs(&self) -> Vec<&String> {
        self.inside.iter().flat_map(Document::paragraphs).collect()
    }

    pub(crate) fn held_back(&self) -> Vec<&String> {
        self.inside.iter().flat_map(|document| &document.held_back).collect()
    }

    pub(crate) fn outside_paragraphs(&self) -> Vec<&String> {
        self.outside.iter().flat_map(Document::paragraphs).collect()
    }

    /// A room with the documents inside, their vectors included.
    pub(crate) async fn furnish(&self, library: &Library, embedder: &Embedder) -> Result<RoomId, Failure> {
        let room = library.write(|tx| rooms::create(tx, &self.name, library.now()))?.room;
        for document in &self.inside {
            let cut = document.passages();
            let mut found = Vec::new();
            for some in cut.chunks(64) {
                let texts = some
                    .iter()
                    .map(|passage| embedded_text(&document.title, &passage.headings, &passage.text))
                    .collect();
                found.extend(embedder.submit_passages(texts).ready().await?);
            }
            let new = NewDocument {
                room,
                title: document.title.clone(),
                file_name: format!("{}.txt", document.title),
                source: None,
                hash: document.title.clone(),
                format: "txt".to_owned(),
                bytes: 0,
                replaces: None,
            };
            library.write(|tx| {
                let number = documents::add(tx, &new, library.now())?.document;
                let ids = passages::insert(tx, number, &cut)?;
                let rows: Vec<_> = ids.into_iter().zip(&found).collect();
                vectors::put_embedded(tx, MODEL, &rows)
            })?;
        }
        Ok(room)
    }
}

impl Document {
    fn paragraphs(&self) -> impl Iterator<Item = &String> {
        self.kept.iter().filter(|(level, _)| *level == 0).map(|(_, text)| text)
    }

    /// Cut as a page without end would be.
    fn passages(&self) -> Vec<Passage> {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (level, part) in &self.kept {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len() as u32;
            text.push_str(part);
            blocks.push(Block {
                kind: if *level > 0 { BlockKind::Heading } else { BlockKind::Paragraph },
                level: (*level > 0).then_some(*level),
                start,
                end: text.len() as u32,
            });
        }
        let page = Page { status: PageStatus::Text, text, blocks, ..Page::unreadable(1) };
        // Close enough to the model's own count for English.
        let mut count = |text: &str| (text.split_whitespace().count() * 4 / 3 + 2) as u32;
        let mut builder = PassageBuilder::new(&self.title, 256);
        let mut cut = builder.push(&page, &mut count);
        cut.extend(builder.finish(&mut count));
        cut
    }
}

fn document(file: &Path, text: &str, held_back: usize) -> Document {
    let mut document = Document { title: name(file), kept: Vec::new(), held_back: Vec::new() };
    let mut paragraphs = 0usize;
    for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
        let level = part.chars().take_while(|c| *c == '#').count();
        if level > 0 {
            document.kept.push((level.min(9) as u8, part[level..].trim().to_owned()));
            continue;
        }
        paragraphs += 1;
        if paragraphs.is_multiple_of(held_back) {
            document.held_back.push(part.to_owned());
        } else {
            document.kept.push((0, part.to_owned()));
        }
    }
    document
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>, Failure> {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    Ok(entries)
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
