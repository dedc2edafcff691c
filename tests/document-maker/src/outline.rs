//! Tables of contents.

use crate::file::File;

/// One line of a table of contents.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// 1 for the outermost.
    pub(crate) level: u8,
    pub(crate) title: String,
    /// From 1.
    pub(crate) page: usize,
}

/// Adds a table of contents, its root first; each entry belongs to the last one before it of a lower level.
/// `number_of` gives the number of a page's object.
pub(crate) fn add(entries: &[Entry], number_of: impl Fn(usize) -> usize, file: &mut File) {
    let root = file.next_number();
    let first = root + 1;
    let parent_of = |at: usize| (0..at).rev().find(|&it| entries[it].level < entries[at].level);
    let children =
        |parent: Option<usize>| -> Vec<usize> { (0..entries.len()).filter(|&it| parent_of(it) == parent).collect() };
    let ends = |kids: &[usize]| match (kids.first(), kids.last()) {
        (Some(a), Some(b)) => format!(" /First {} 0 R /Last {} 0 R /Count {}", first + a, first + b, kids.len()),
        _ => String::new(),
    };
    file.add(&format!("/Type /Outlines{}", ends(&children(None))), None);
    for (at, entry) in entries.iter().enumerate() {
        let siblings = children(parent_of(at));
        let place = siblings.iter().position(|&it| it == at).unwrap_or(0);
        let mut dictionary = format!(
            "/Title {} /Parent {} 0 R /Dest [ {} 0 R /Fit ]{}",
            file.text(&entry.title),
            parent_of(at).map_or(root, |it| first + it),
            number_of(entry.page),
            ends(&children(Some(at)))
        );
        if place > 0 {
            dictionary += &format!(" /Prev {} 0 R", first + siblings[place - 1]);
        }
        if let Some(next) = siblings.get(place + 1) {
            dictionary += &format!(" /Next {} 0 R", first + next);
        }
        file.add(&dictionary, None);
    }
}
