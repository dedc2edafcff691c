//! The start of an element, as the rules look at it.

use html5ever::Attribute;

/// A name and its attributes.
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    attributes: &'a [Attribute],
}

impl<'a> Element<'a> {
    pub(super) fn new(name: &'a str, attributes: &'a [Attribute]) -> Self {
        Self { name, attributes }
    }

    /// The value of an attribute; a prefix in front of its name does not count unless it is asked for.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let of = |it: &&Attribute| &*it.name.local == name || it.name.local.rsplit(':').next() == Some(name);
        self.attributes.iter().find(of).map(|it| &*it.value)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Whether the attribute is a list of words with this one in it.
    pub(super) fn lists(&self, name: &str, word: &str) -> bool {
        self.get(name).is_some_and(|it| it.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case(word)))
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.trim().parse().ok()
    }
}
