//! What a book says about itself: its title, its chapters in order, and where its contents are listed.

use std::collections::HashMap;

use crate::error::Failure;
use crate::formats::archive::{Archive, resolved};
use crate::formats::text::collapsed;
use crate::formats::xml::{Event, Xml};

const CONTAINER: &str = "META-INF/container.xml";

/// The package document.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// Name of its part; what it refers to is found from there.
    pub(super) name: String,
    pub(super) title: Option<String>,
    /// Names of the chapters' parts.
    pub(super) chapters: Vec<String>,
    /// Where the list of contents of EPUB 3 is, as written in the package.
    pub(super) nav: Option<String>,
    /// The same of EPUB 2.
    pub(super) ncx: Option<String>,
}

struct Item {
    href: String,
    media: String,
}

impl Package {
    pub(super) fn read(archive: &mut Archive) -> Result<Self, Failure> {
        let name = match rootfile(archive)? {
            Some(name) if archive.has(&name) => name,
            // Without the pointer to it, the package is known by its ending.
            _ => archive.names().find(|it| it.ends_with(".opf")).ok_or(Failure::NoPage)?.to_owned(),
        };
        let mut package = Self { name, ..Self::default() };
        let bytes = archive.bytes(&package.name)?.ok_or(Failure::Damaged)?;
        let mut items: HashMap<String, Item> = HashMap::new();
        let mut spine: Vec<String> = Vec::new();
        let mut xml = Xml::new(&*bytes)?;
        // What stands before a break is used.
        while let Ok(Some(event)) = xml.next() {
            let Event::Start(tag) = event else {
                continue;
            };
            match tag.name.as_str() {
                "title" if package.title.is_none() => {
                    let title = collapsed(&xml.text().unwrap_or_default());
                    package.title = Some(title).filter(|it| !it.is_empty());
                }
                "item" => {
                    let (Some(id), Some(href)) = (tag.get("id"), tag.get("href")) else {
                        continue;
                    };
                    let media = tag.get("media-type").unwrap_or_default();
                    let is_nav =
                        tag.get("properties").is_some_and(|it| it.split_ascii_whitespace().any(|it| it == "nav"));
                    if is_nav {
                        package.nav = Some(href.clone());
                    }
                    if media == "application/x-dtbncx+xml" {
                        package.ncx = Some(href.clone());
                    }
                    items.insert(id, Item { href, media });
                }
                "itemref" => spine.extend(tag.get("idref")),
                _ => {}
            }
        }
        package.chapters = spine
            .iter()
            .filter_map(|id| items.get(id))
            .filter(|it| !it.media.starts_with("image/") || it.media == "image/svg+xml")
            .filter_map(|it| resolved(&package.name, &it.href))
            .collect();
        if package.chapters.is_empty() {
            return Err(Failure::NoPage);
        }
        Ok(package)
    }
}

fn rootfile(archive: &mut Archive) -> Result<Option<String>, Failure> {
    let Some(bytes) = archive.bytes(CONTAINER)? else {
        return Ok(None);
    };
    let mut xml = Xml::new(&*bytes)?;
    while let Ok(Some(event)) = xml.next() {
        if let Event::Start(tag) = event
            && tag.name == "rootfile"
        {
            return Ok(tag.get("full-path").and_then(|it| resolved("", &it)));
        }
    }
    Ok(None)
}

/// Refuses a book whose chapters are encrypted; hidden fonts alone do no harm.
pub(super) fn check_protection(archive: &mut Archive, chapters: &[String]) -> Result<(), Failure> {
    let Some(bytes) = archive.bytes("META-INF/encryption.xml")? else {
        return Ok(());
    };
    let mut xml = Xml::new(&*bytes)?;
    while let Ok(Some(event)) = xml.next() {
        if let Event::Start(tag) = event
            && tag.name == "CipherReference"
            && let Some(part) = tag.get("URI").and_then(|it| resolved("", &it))
            && chapters.contains(&part)
        {
            return Err(Failure::Unsupported("the copy protection of a shop".into()));
        }
    }
    Ok(())
}
