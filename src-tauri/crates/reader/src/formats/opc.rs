//! What all Office files share: parts that refer to each other by number, and properties.

use std::collections::HashMap;

use super::archive::{Archive, resolved};
use super::text::collapsed;
use super::xml::{Event, Xml};
use crate::error::Failure;

/// A reference from one part to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    /// The last word of its type: "slide", "notesSlide", "styles".
    pub(crate) kind: String,
    /// Name of the part that it leads to.
    pub(crate) part: String,
}

/// The references of the part `name`, by their ids; those out of the archive are left out.
pub(crate) fn relations(archive: &mut Archive, name: &str) -> Result<HashMap<String, Relation>, Failure> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let own = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut found = HashMap::new();
    let Some(bytes) = archive.bytes(&own)? else {
        return Ok(found);
    };
    let mut xml = Xml::new(&*bytes)?;
    while let Ok(Some(event)) = xml.next() {
        if let Event::Start(tag) = event
            && tag.name == "Relationship"
            && tag.get("TargetMode").as_deref() != Some("External")
            && let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target"))
            && let Some(part) = resolved(name, &target)
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.insert(id, Relation { kind, part });
        }
    }
    Ok(found)
}

/// The main part of the archive.
pub(crate) fn main_part(archive: &mut Archive, usual: &str) -> Result<String, Failure> {
    let found = relations(archive, "")?.into_values().find(|it| it.kind == "officeDocument").map(|it| it.part);
    let name = found.filter(|it| archive.has(it)).unwrap_or_else(|| usual.to_owned());
    if archive.has(&name) { Ok(name) } else { Err(Failure::Damaged) }
}

/// The part of this kind that `relations` lead to.
pub(crate) fn related(relations: &HashMap<String, Relation>, kind: &str) -> Option<String> {
    relations.values().find(|it| it.kind == kind).map(|it| it.part.clone())
}

/// The title in the properties of an Office file.
pub(crate) fn title(archive: &mut Archive) -> Option<String> {
    title_in(archive, "docProps/core.xml")
}

/// The first title in a part of properties.
pub(crate) fn title_in(archive: &mut Archive, part: &str) -> Option<String> {
    let bytes = archive.bytes(part).ok()??;
    let mut xml = Xml::new(&*bytes).ok()?;
    while let Ok(Some(event)) = xml.next() {
        if let Event::Start(tag) = event
            && tag.name == "title"
        {
            return Some(collapsed(&xml.text().ok()?)).filter(|it| !it.is_empty());
        }
    }
    None
}
