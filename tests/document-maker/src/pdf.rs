//! Documents, page by page.

use crate::file::File;
use crate::outline::{self, Entry};
use crate::{Face, Leaf};

/// Number of the list of pages; the catalog stands before it.
pub(crate) const PAGES: usize = 2;
/// Number of the first font; there is an object for each [`Face`].
pub(crate) const FIRST_FONT: usize = 3;
/// Number of the first of [`Pdf::own`].
pub(crate) const FIRST_OWN: usize = FIRST_FONT + Face::ALL.len();

/// A file to be made.
#[derive(Clone, Debug, Default)]
pub struct Pdf {
    pub(crate) pages: Vec<Leaf>,
    pub(crate) outline: Vec<Entry>,
    /// Streams of its own, from number [`FIRST_OWN`] on: each one's dictionary and content.
    pub(crate) own: Vec<(String, Vec<u8>)>,
    title: Option<String>,
    labels: Option<String>,
    password: Option<String>,
    /// Further entries of the metadata: name and text.
    described: Vec<(String, String)>,
    /// Further entries of the catalog, as they stand.
    catalog: String,
}

impl Pdf {
    /// A file without a page.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the title in its metadata.
    pub fn titled(mut self, title: &str) -> Self {
        self.title = Some(title.to_owned());
        self
    }

    /// Sets the `/Nums` of its page labels, such as `0 << /S /r >> 4 << /S /D >>`. They are written as they stand, so
    /// in a protected file they may hold no string.
    pub fn labelled(mut self, nums: &str) -> Self {
        self.labels = Some(nums.to_owned());
        self
    }

    /// Sets a password without which it can't be opened.
    pub fn protected(mut self, password: &str) -> Self {
        self.password = Some(password.to_owned());
        self
    }

    /// Adds an entry to its metadata, such as `Subject`.
    pub fn described(mut self, entry: &str, text: &str) -> Self {
        self.described.push((entry.to_owned(), text.to_owned()));
        self
    }

    /// Adds entries to its catalog, such as `/OpenAction << /S /URI /URI (http://x.example) >>`. They are written as they
    /// stand.
    pub fn catalog(mut self, entries: &str) -> Self {
        self.catalog.push_str(entries);
        self
    }

    /// Adds an entry to its table of contents.
    pub fn entry(mut self, title: &str, page: usize) -> Self {
        self.outline.push(Entry { level: 1, title: title.to_owned(), page });
        self
    }

    /// Adds a page.
    pub fn leaf(mut self, leaf: Leaf) -> Self {
        self.pages.push(leaf);
        self
    }

    /// Adds a page with a heading, unless that is empty, and paragraphs.
    pub fn page(self, heading: &str, paragraphs: &[&str]) -> Self {
        self.leaf(Leaf::written(heading, paragraphs))
    }

    /// Adds a page that is a picture, as a scanner makes them.
    pub fn scanned_page(self) -> Self {
        self.leaf(Leaf::scanned())
    }

    /// Adds a page with nothing on it.
    pub fn empty_page(self) -> Self {
        self.leaf(Leaf::default())
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        // Each page is two objects: itself and its content.
        let number_of = |page: usize| FIRST_OWN + self.own.len() + 2 * (page - 1);
        let count = self.pages.len();
        let mut file = File::new(self.password.as_deref());
        let mut catalog = format!("/Type /Catalog /Pages {PAGES} 0 R");
        if !self.outline.is_empty() {
            catalog += &format!(" /Outlines {} 0 R", number_of(count + 1));
        }
        if let Some(labels) = &self.labels {
            catalog += &format!(" /PageLabels << /Nums [ {labels} ] >>");
        }
        catalog += &self.catalog;
        file.add(&catalog, None);
        let kids: String = (1..=count).map(|page| format!("{} 0 R ", number_of(page))).collect();
        file.add(&format!("/Type /Pages /Count {count} /Kids [ {kids}]"), None);
        for face in Face::ALL {
            let (name, encoding) = (face.base_font(), face.encoding());
            file.add(&format!("/Type /Font /Subtype /Type1 /BaseFont /{name} {encoding}"), None);
        }
        for (dictionary, content) in &self.own {
            file.add(dictionary, Some(content));
        }
        for leaf in &self.pages {
            leaf.add_to(&mut file);
        }
        if !self.outline.is_empty() {
            outline::add(&self.outline, number_of, &mut file);
        }
        let title = self.title.iter().map(|title| ("Title", title));
        let described = self.described.iter().map(|(entry, text)| (entry.as_str(), text));
        let info: String =
            title.chain(described).map(|(entry, text)| format!("/{entry} {} ", file.text(text))).collect();
        let info = (!info.is_empty()).then(|| file.add(&info, None));
        file.end(info)
    }
}
