//! PowerPoint's slides: a part each, with the speaker's notes in another.

mod shapes;

use std::collections::HashMap;
use std::io;
use std::path::Path;

use super::archive::Archive;
use super::draft::{Draft, UnitPage};
use super::opc::{self, Relation};
use super::xml::{Event, Xml};
use super::{Document, Emit, unreadable};
use crate::error::Failure;
use crate::{BlockKind, Format, Opened, OutlineItem, Page};
use shapes::{Bullets, Shapes};

/// Slides; a file with more is not one to learn from.
const SLIDES: usize = 20_000;
/// What the notes stand under.
const NOTES: &str = "Speaker notes";

/// An open presentation.
pub(crate) struct Pptx {
    archive: Archive,
    /// Names of the slides' parts, in order.
    slides: Vec<String>,
    bullets: Bullets,
    opened: Opened,
}

/// What stands on a slide.
struct Slide {
    title: Option<String>,
    drafts: Vec<Draft>,
}

impl Pptx {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut archive = Archive::open(path)?;
        let main = opc::main_part(&mut archive, "ppt/presentation.xml")?;
        let relations = opc::relations(&mut archive, &main)?;
        let bytes = archive.bytes(&main)?.ok_or(Failure::Damaged)?;
        let slides = slides(&bytes, &relations)?;
        if slides.is_empty() {
            return Err(Failure::NoPage);
        }
        let bullets = match opc::related(&relations, "slideMaster") {
            Some(name) => archive.bytes(&name)?.map(|it| Bullets::read(&it)).transpose()?.unwrap_or_default(),
            None => Bullets::default(),
        };
        let opened = Opened::new(Format::Pptx, u32::try_from(slides.len()).unwrap_or(u32::MAX), None, Vec::new());
        let mut pptx = Self { archive, slides, bullets, opened };
        pptx.opened.outline = pptx.titles()?;
        let first = pptx.opened.outline.first().filter(|it| it.page == 1).map(|it| it.title.clone());
        pptx.opened.title = opc::title(&mut pptx.archive).or(first);
        Ok(pptx)
    }

    /// The slides that have a title. One that can't be read has none.
    fn titles(&mut self) -> Result<Vec<OutlineItem>, Failure> {
        let mut titles = Vec::new();
        for page in 1..=self.opened.pages {
            match self.slide(page) {
                Ok(Slide { title: Some(title), .. }) => titles.push(OutlineItem { level: 1, title, page }),
                Ok(_) => {}
                // The limits hold for the archive as a whole.
                Err(failure @ Failure::Bomb(_)) => return Err(failure),
                Err(_) => {}
            }
        }
        Ok(titles)
    }

    fn slide(&mut self, number: u32) -> Result<Slide, Failure> {
        let name = self.slides.get((number as usize).saturating_sub(1)).ok_or(Failure::NoSuchPage(number))?;
        let bytes = self.archive.bytes(name)?.ok_or(Failure::Damaged)?;
        let mut shapes = Shapes::read(&bytes, &self.bullets)?;
        // Diagrams keep their words in a part of their own.
        if !shapes.diagrams.is_empty() {
            let relations = opc::relations(&mut self.archive, name)?;
            for id in std::mem::take(&mut shapes.diagrams) {
                if let Some(relation) = relations.get(&id)
                    && let Some(bytes) = self.archive.bytes(&relation.part)?
                {
                    shapes.drafts.extend(shapes::words(&bytes)?);
                }
            }
        }
        let title = shapes.title;
        let mut drafts: Vec<Draft> = title.iter().map(|it| Draft::heading(1, it.clone())).collect();
        drafts.append(&mut shapes.drafts);
        Ok(Slide { title, drafts })
    }

    fn notes(&mut self, number: u32) -> Result<Vec<Draft>, Failure> {
        let Some(name) = self.slides.get((number as usize).saturating_sub(1)) else {
            return Ok(Vec::new());
        };
        let relations = opc::relations(&mut self.archive, name)?;
        let Some(notes) = opc::related(&relations, "notesSlide") else {
            return Ok(Vec::new());
        };
        match self.archive.bytes(&notes)? {
            Some(bytes) => shapes::words(&bytes),
            None => Ok(Vec::new()),
        }
    }

    fn page(&mut self, number: u32) -> Page {
        let slide = match self.slide(number) {
            Ok(slide) => slide,
            Err(failure) => {
                tracing::warn!(number, ?failure, "a slide can't be read");
                return unreadable(number);
            }
        };
        let mut page = UnitPage::new(number, slide.title);
        slide.drafts.iter().for_each(|it| page.push(it));
        let notes = self.notes(number).unwrap_or_default();
        if notes.iter().any(|it| it.kind != BlockKind::Heading) {
            page.push(&Draft::heading(2, NOTES));
            notes.iter().for_each(|it| page.push(it));
        }
        page.finish()
    }
}

impl Document for Pptx {
    fn opened(&self) -> Opened {
        self.opened.clone()
    }

    fn units(&mut self, from: u32, avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        for number in from.max(1)..=self.opened.pages {
            emit(if avoid.contains(&number) { unreadable(number) } else { self.page(number) })?;
        }
        Ok(())
    }
}

/// The slides in the order in which they are shown.
fn slides(presentation: &[u8], relations: &HashMap<String, Relation>) -> Result<Vec<String>, Failure> {
    let mut xml = Xml::new(presentation)?;
    let mut slides = Vec::new();
    while let Ok(Some(event)) = xml.next() {
        if let Event::Start(tag) = event
            && tag.name == "sldId"
            && slides.len() < SLIDES
            && let Some(relation) = tag.prefixed("id").and_then(|id| relations.get(&id))
        {
            slides.push(relation.part.clone());
        }
    }
    Ok(slides)
}
