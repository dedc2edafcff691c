//! A room with one document that the test writes itself, cut and searched by the real parts.

#[allow(dead_code, reason = "not every test writes documents page by page")]
pub(crate) mod volume;

use std::sync::Arc;

use kernel::{DocumentId, LibraryFolder, NativeParts, Rect, RoomId, SystemClock};
use library::documents::NewDocument;
use library::{Library, documents, pages, passages, rooms, vectors};
use reader::{Block, BlockKind, Page, PageStatus, PassageBuilder, Word, embedded_text};
use retrieval::{Embedder, MODEL, ModelFiles, Retrieval, Spaces, VectorIndex};
use tempfile::TempDir;
use tutor::Tutor;

pub(crate) struct Room {
    pub(crate) library: Library,
    pub(crate) tutor: Tutor,
    pub(crate) room: RoomId,
    embedder: Option<Embedder>,
    folder: TempDir,
}

impl Room {
    /// A room with a document of one page a section; `None` where the native parts are not set up.
    pub(crate) async fn with(title: &str, sections: &[(&str, &[&str])]) -> Option<Self> {
        let native = NativeParts::new(std::env::var_os("SMART_STUDY_ROOM_NATIVE")?);
        let embedder = Embedder::start(&native, &ModelFiles::built_in(&native), 1).expect("the native parts");
        Some(Self::made(title, sections, Some(embedder)).await)
    }

    /// The same without model and vectors.
    pub(crate) async fn by_words(title: &str, sections: &[(&str, &[&str])]) -> Self {
        Self::made(title, sections, None).await
    }

    async fn made(title: &str, sections: &[(&str, &[&str])], embedder: Option<Embedder>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = LibraryFolder::new(folder.path());
        let library = Library::open(place, Arc::new(SystemClock)).unwrap();
        let room = library.write(|tx| rooms::create(tx, title, library.now())).unwrap().room;
        if !sections.is_empty() {
            import(&library, room, title, sections, embedder.as_ref()).await;
        }
        Self::opened(folder, library, room, embedder).await
    }

    async fn opened(folder: TempDir, library: Library, room: RoomId, embedder: Option<Embedder>) -> Self {
        let index = VectorIndex::open(library.folder(), MODEL);
        let started = match &embedder {
            Some(embedder) => {
                index.reconcile(&library).await.unwrap();
                Ok(embedder.clone())
            }
            None => {
                let nowhere = NativeParts::new(folder.path().join("nowhere"));
                Embedder::start(&nowhere, &ModelFiles::built_in(&nowhere), 1)
            }
        };
        let retrieval = Retrieval::new(library.clone(), Spaces::only(started, index));
        let tutor = Tutor::new(library.clone(), retrieval).unwrap();
        Self { library, tutor, room, embedder, folder }
    }

    /// The same library, opened anew.
    pub(crate) async fn restarted(self) -> Self {
        let Self { library, tutor, room, embedder, folder } = self;
        drop((library, tutor));
        let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock)).unwrap();
        Self::opened(folder, library, room, embedder).await
    }

    pub(crate) fn another_room(&self, name: &str) -> RoomId {
        let made = self.library.write(|tx| rooms::create(tx, name, self.library.now()));
        made.unwrap().room
    }

    pub(crate) fn page(&self, document: DocumentId, number: u32) -> Page {
        self.library.read(|connection| pages::get(connection, document, number)).unwrap()
    }

    /// Gives every document another title.
    pub(crate) fn retitle(&self, title: &str) {
        let changed = self.library.write(|tx| {
            documents::list(tx, self.room)?
                .iter()
                .try_for_each(|document| documents::set_title(tx, document.document, title))
        });
        changed.unwrap();
    }

    /// Changes what a passage says, behind the back of its page; letter by letter of equal length.
    pub(crate) fn doctor(&self, from: &str, to: &str) {
        assert_eq!(from.len(), to.len());
        let changed = self.library.write(|tx| {
            Ok(tx.execute(
                "UPDATE passage_texts SET text = replace(text, ?1, ?2) WHERE instr(text, ?1) > 0",
                [from, to],
            )?)
        });
        assert!(changed.unwrap() > 0);
    }
}

async fn import(
    library: &Library,
    room: RoomId,
    title: &str,
    sections: &[(&str, &[&str])],
    embedder: Option<&Embedder>,
) {
    let mut builder = PassageBuilder::new(title, 256);
    let mut count = |text: &str| u32::try_from(text.split_whitespace().count() * 4 / 3 + 2).unwrap();
    let mut cut = Vec::new();
    let read: Vec<Page> =
        sections.iter().zip(1..).map(|((heading, text), number)| page(number, heading, text)).collect();
    for page in &read {
        cut.extend(builder.push(page, &mut count));
    }
    cut.extend(builder.finish(&mut count));
    let new = NewDocument {
        room,
        title: title.to_owned(),
        file_name: format!("{title}.pdf"),
        source: None,
        hash: title.to_owned(),
        format: "pdf".to_owned(),
        bytes: 1,
        replaces: None,
    };
    let embedded: Vec<String> =
        cut.iter().map(|passage| embedded_text(title, &passage.headings, &passage.text)).collect();
    let found = match embedder {
        Some(embedder) => {
            let mut found = Vec::new();
            for call in embedded.chunks(64) {
                found.extend(embedder.submit_passages(call.to_vec()).ready().await.unwrap());
            }
            Some(found)
        }
        None => None,
    };
    library
        .write(|tx| {
            let document = documents::add(tx, &new, library.now())?.document;
            for page in &read {
                pages::insert(tx, document, page)?;
            }
            let ids = passages::insert(tx, document, &cut)?;
            if let Some(found) = &found {
                let rows: Vec<_> = ids.iter().copied().zip(found).collect();
                vectors::put_embedded(tx, MODEL, &rows)?;
            }
            Ok(())
        })
        .unwrap();
}

/// A page with a heading and a paragraph, each sentence on a line of its own.
fn page(number: u32, heading: &str, sentences: &[&str]) -> Page {
    let mut text = heading.to_owned();
    let mut words = Vec::new();
    lay(&mut words, 0, heading, 0);
    let paragraph = text.len() + 1;
    for (line, sentence) in sentences.iter().enumerate() {
        text.push(if line == 0 { '\n' } else { ' ' });
        lay(&mut words, text.len(), sentence, line + 1);
        text.push_str(sentence);
    }
    let at = |byte: usize| u32::try_from(byte).unwrap();
    let blocks = vec![
        Block { kind: BlockKind::Heading, level: Some(1), start: 0, end: at(heading.len()) },
        Block { kind: BlockKind::Paragraph, level: None, start: at(paragraph), end: at(text.len()) },
    ];
    Page { width: 600.0, height: 800.0, status: PageStatus::Text, text, words, blocks, ..Page::unreadable(number) }
}

fn lay(words: &mut Vec<Word>, start: usize, sentence: &str, line: usize) {
    let top = 0.1 + 0.05 * line as f32;
    let mut at = 0;
    for word in sentence.split(' ') {
        let (first, last) = (start + at, start + at + word.len());
        let across = |byte: usize| 0.1 + 0.8 * byte as f32 / sentence.len() as f32;
        words.push(Word {
            start: u32::try_from(first).unwrap(),
            end: u32::try_from(last).unwrap(),
            rect: Rect { x0: across(at), y0: top, x1: across(at + word.len()), y1: top + 0.03 },
        });
        at += word.len() + 1;
    }
}
