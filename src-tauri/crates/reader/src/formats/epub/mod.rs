//! EPUB: a book of XHTML chapters in an archive.

mod nav;
mod package;

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::Path;

use super::archive::{Archive, of_part, resolved};
use super::decode::Utf8;
use super::draft::{Draft, UnitPage};
use super::html::{Markup, Scope};
use super::{Document, Emit, notes, unreadable};
use crate::error::Failure;
use crate::{BlockKind, Format, Opened, OutlineItem, Page};
use nav::Entry;
use package::Package;

/// Chapters; a book with more is not one.
const CHAPTERS: usize = 20_000;
/// Bytes of a chapter's text; what comes behind is left out rather than the chapter.
const LONGEST: usize = 16 << 20;

/// An open book.
pub(crate) struct Epub {
    archive: Archive,
    /// Names of the chapters' parts, in reading order.
    chapters: Vec<String>,
    /// Entries of the list of contents, by the chapter that they lead into.
    entries: HashMap<String, Vec<Entry>>,
    opened: Opened,
}

impl Epub {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut archive = Archive::open(path)?;
        let Package { name, title, mut chapters, nav, ncx } = Package::read(&mut archive)?;
        chapters.truncate(CHAPTERS);
        package::check_protection(&mut archive, &chapters)?;
        let mut entries = match nav.and_then(|it| resolved(&name, &it)) {
            Some(nav) => nav::of_document(&mut archive, &nav)?,
            None => Vec::new(),
        };
        if entries.is_empty()
            && let Some(ncx) = ncx.and_then(|it| resolved(&name, &it))
        {
            entries = nav::of_ncx(&mut archive, &ncx)?;
        }
        let pages = u32::try_from(chapters.len()).unwrap_or(u32::MAX);
        let outline = outline(&entries, &chapters);
        let mut by_chapter: HashMap<String, Vec<Entry>> = HashMap::new();
        for entry in entries {
            by_chapter.entry(entry.part.clone()).or_default().push(entry);
        }
        Ok(Self { archive, chapters, entries: by_chapter, opened: Opened::new(Format::Epub, pages, title, outline) })
    }

    fn chapter(&mut self, number: u32) -> Page {
        self.try_chapter(number).unwrap_or_else(|failure| {
            tracing::warn!(number, ?failure, "a chapter can't be read");
            unreadable(number)
        })
    }

    fn try_chapter(&mut self, number: u32) -> Result<Page, Failure> {
        let name = self.chapters.get((number as usize).saturating_sub(1)).ok_or(Failure::NoSuchPage(number))?;
        let entries = self.entries.get(name).map(Vec::as_slice).unwrap_or_default();
        // The first entry that leads into a chapter names it, the others name parts of it.
        let label = entries.first().map(|it| it.title.clone());
        let part = self.archive.part(name)?.ok_or(Failure::Damaged)?;
        let mut source = Utf8::xml(part).map_err(|error| of_part(&error))?;
        let mut markup = Markup::new(Scope::Chapter);
        let mut drafts: Vec<Draft> = Vec::new();
        let mut length = 0;
        let mut buffer = Vec::new();
        loop {
            let before = buffer.len();
            let read = source.by_ref().take(64 << 10).read_to_end(&mut buffer);
            let over = buffer.len() == before;
            if let Err(error) = read
                && (length == 0 || of_part(&error) != Failure::Damaged)
            {
                return Err(of_part(&error));
            }
            if over {
                markup.end();
            } else {
                let whole = std::str::from_utf8(&buffer).map_or_else(|error| error.valid_up_to(), str::len);
                let rest = buffer.split_off(whole);
                markup.feed(&String::from_utf8_lossy(&std::mem::replace(&mut buffer, rest)));
            }
            for draft in markup.take() {
                length += draft.text.len();
                drafts.push(draft);
            }
            if over || length > LONGEST {
                break;
            }
        }
        if drafts.iter().all(|it| it.kind != BlockKind::Heading) {
            add_headings(&mut drafts, entries);
        }
        let mut page = UnitPage::new(number, label);
        notes::placed(drafts).iter().for_each(|it| page.push(it));
        Ok(page.finish())
    }
}

/// Many books set their headings as paragraphs of another size. The list of contents tells which ones they are; a
/// chapter that is named nowhere else stands under its name in the list, not under the heading of the one before it.
fn add_headings(drafts: &mut Vec<Draft>, entries: &[Entry]) {
    let mut named = false;
    let mut left: Vec<&Entry> = entries.iter().collect();
    for draft in drafts.iter_mut().filter(|it| it.kind == BlockKind::Paragraph) {
        let same = |it: &&Entry| it.title.eq_ignore_ascii_case(&draft.text);
        if let Some(at) = left.iter().position(same) {
            let entry = left.remove(at);
            draft.kind = BlockKind::Heading;
            draft.level = Some(entry.level);
            named |= entries.first() == Some(entry);
        }
    }
    if let Some(first) = entries.first()
        && !named
        && !drafts.is_empty()
    {
        drafts.insert(0, Draft::heading(first.level, first.title.clone()));
    }
}

impl Document for Epub {
    fn opened(&self) -> Opened {
        self.opened.clone()
    }

    fn units(&mut self, from: u32, avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        for number in from.max(1)..=self.opened.pages {
            emit(if avoid.contains(&number) { unreadable(number) } else { self.chapter(number) })?;
        }
        Ok(())
    }
}

fn outline(entries: &[Entry], chapters: &[String]) -> Vec<OutlineItem> {
    let numbers: HashMap<&str, u32> = (1..).zip(chapters).map(|(number, name)| (name.as_str(), number)).collect();
    entries
        .iter()
        .filter_map(|it| {
            let page = *numbers.get(it.part.as_str())?;
            Some(OutlineItem { level: it.level, title: it.title.clone(), page })
        })
        .collect()
}
