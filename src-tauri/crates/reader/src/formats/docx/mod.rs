//! Word's texts: one long part of paragraphs and tables, with styles, numbers and notes in parts beside it.

mod body;
mod notes;
mod numbering;
mod paragraph;
mod styles;

use std::io;
use std::path::Path;

use super::archive::Archive;
use super::opc;
use super::plan::Plan;
use super::{Document, Emit};
use crate::error::Failure;
use crate::{Format, Opened};
use body::Body;
use notes::Notes;
use numbering::Numbering;
use styles::Styles;

/// An open text.
pub(crate) struct Docx {
    archive: Archive,
    main: String,
    beside: Beside,
    plan: Plan,
    title: Option<String>,
}

/// What stands in other parts than the text.
struct Beside {
    styles: Styles,
    numbering: Numbering,
    notes: Notes,
}

impl Docx {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut archive = Archive::open(path)?;
        let main = opc::main_part(&mut archive, "word/document.xml")?;
        let relations = opc::relations(&mut archive, &main)?;
        let mut part = |kind: &str| match opc::related(&relations, kind) {
            Some(name) => archive.bytes(&name),
            None => Ok(None),
        };
        let styles = part("styles")?.map(|it| Styles::read(&it)).transpose()?.unwrap_or_default();
        let beside = Beside {
            numbering: part("numbering")?.map(|it| Numbering::read(&it)).transpose()?.unwrap_or_default(),
            notes: Notes::read(part("footnotes")?.as_deref(), part("endnotes")?.as_deref(), &styles)?,
            styles,
        };
        let title = opc::title(&mut archive);
        let plan = {
            let source = archive.part(&main)?.ok_or(Failure::Damaged)?;
            Plan::of(&mut Body::new(source, &beside)?)?
        };
        Ok(Self { archive, main, beside, plan, title })
    }
}

impl Document for Docx {
    fn opened(&self) -> Opened {
        let title = self.title.clone().or_else(|| self.plan.title.clone());
        Opened::new(Format::Docx, self.plan.units(), title, self.plan.outline.clone())
    }

    fn units(&mut self, from: u32, _avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        let Ok(Some(source)) = self.archive.part(&self.main) else {
            return Ok(());
        };
        match Body::new(source, &self.beside) {
            Ok(mut body) => self.plan.send(&mut body, from, emit),
            Err(_) => Ok(()),
        }
    }
}
