//! LibreOffice's texts: a part of content, with the shared styles in another.

mod content;
mod styles;

use std::collections::HashMap;
use std::io;
use std::path::Path;

use super::archive::Archive;
use super::formula::Formula;
use super::opc;
use super::plan::Plan;
use super::xml::{Event, Xml};
use super::{Document, Emit};
use crate::error::Failure;
use crate::{Format, Opened};
use content::Content;
use styles::Styles;

const CONTENT: &str = "content.xml";
/// Formulas; those behind them are left out.
const FORMULAS: usize = 5_000;

/// An open text.
pub(crate) struct Odt {
    archive: Archive,
    beside: Beside,
    plan: Plan,
    title: Option<String>,
}

/// What stands in other parts than the text, or in front of it.
struct Beside {
    styles: Styles,
    /// Formulas by the folder that each has of its own.
    formulas: HashMap<String, String>,
}

impl Odt {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut archive = Archive::open(path)?;
        check_protection(&mut archive)?;
        let mut styles = Styles::default();
        if let Some(bytes) = archive.bytes("styles.xml")? {
            styles.read(&*bytes)?;
        }
        let own = archive.part(CONTENT)?.ok_or(Failure::Damaged)?;
        styles.read(own)?;
        let beside = Beside { styles, formulas: formulas(&mut archive)? };
        let title = opc::title_in(&mut archive, "meta.xml");
        let plan = {
            let source = archive.part(CONTENT)?.ok_or(Failure::Damaged)?;
            Plan::of(&mut Content::new(source, &beside)?)?
        };
        Ok(Self { archive, beside, plan, title })
    }
}

impl Document for Odt {
    fn opened(&self) -> Opened {
        let title = self.title.clone().or_else(|| self.plan.title.clone());
        Opened::new(Format::Odt, self.plan.units(), title, self.plan.outline.clone())
    }

    fn units(&mut self, from: u32, _avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        let Ok(Some(source)) = self.archive.part(CONTENT) else {
            return Ok(());
        };
        match Content::new(source, &self.beside) {
            Ok(mut content) => self.plan.send(&mut content, from, emit),
            Err(_) => Ok(()),
        }
    }
}

/// The manifest names what is encrypted; the parts themselves look like noise.
fn check_protection(archive: &mut Archive) -> Result<(), Failure> {
    let Some(bytes) = archive.bytes("META-INF/manifest.xml")? else {
        return Ok(());
    };
    let mut xml = Xml::new(&*bytes)?;
    while let Ok(Some(event)) = xml.next() {
        if matches!(&event, Event::Start(tag) if tag.name == "encryption-data") {
            return Err(Failure::Unsupported("a text with a password".into()));
        }
    }
    Ok(())
}

/// Formulas are documents of their own inside the archive.
fn formulas(archive: &mut Archive) -> Result<HashMap<String, String>, Failure> {
    let parts: Vec<String> = archive
        .names()
        .filter(|it| it.ends_with("/content.xml") && it.starts_with("Object"))
        .take(FORMULAS)
        .map(str::to_owned)
        .collect();
    let mut found = HashMap::new();
    for part in parts {
        let Some(bytes) = archive.bytes(&part)? else {
            continue;
        };
        let mut formula: Option<Formula> = None;
        let mut xml = Xml::new(&*bytes)?;
        while let Ok(Some(event)) = xml.next() {
            match (event, &mut formula) {
                (Event::Start(tag), None) if tag.name == "math" => formula = Some(Formula::new()),
                // Another kind of object.
                (Event::Start(_), None) => break,
                (Event::Start(tag), Some(formula)) => formula.start(&tag.name, |key| tag.get(key)),
                (Event::Text(text), Some(formula)) => formula.text(&text),
                (Event::End(_), Some(formula)) => formula.end(),
                _ => {}
            }
        }
        let text = formula.map(Formula::finish).unwrap_or_default();
        if !text.is_empty()
            && let Some(folder) = part.strip_suffix("/content.xml")
        {
            found.insert(folder.to_owned(), text);
        }
    }
    Ok(found)
}
