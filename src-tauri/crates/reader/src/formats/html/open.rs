//! The elements that are open, and what is remembered of them.

use super::element::Element;
use crate::emphasis::Look;
use crate::formats::text::{letters, roman};

/// An element that is open.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// How letters inside look.
    pub(super) look: Look,
    /// It is a note, or stands in one.
    pub(super) note: bool,
}

#[derive(Debug)]
pub(super) enum Kind {
    Plain,
    /// Nothing inside is text.
    Dropped,
    Heading(u8),
    Pre,
    Caption,
    List(List),
    Item,
    Table,
    Main,
    Article,
    Link,
    /// A mark of a note: where its text begins.
    NoteMark(usize),
    Sup,
    Math,
    Title,
    /// Judged at its end: where its blocks begin.
    Form(Held),
}

#[derive(Debug)]
pub(super) struct List {
    /// The number of the next item and how it is written; none for bullets.
    pub(super) number: Option<(i64, char)>,
    pub(super) step: i64,
    pub(super) items: u32,
    pub(super) held: Held,
}

/// What came out of an element so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) from: usize,
    pub(super) bytes: u64,
    pub(super) linked: u64,
    /// It stands in the main part or in a table: kept whatever it is.
    pub(super) kept: bool,
}

impl List {
    pub(super) fn new(element: &Element<'_>, held: Held) -> Self {
        let numbered = element.name == "ol";
        let style =
            element.get("type").and_then(|it| it.chars().next()).filter(|it| "aAiI".contains(*it)).unwrap_or('1');
        let reversed = element.has("reversed");
        let plain = element.get("style").is_some_and(|it| it.replace(' ', "").contains("list-style:none"));
        Self {
            number: numbered.then(|| (element.number("start").unwrap_or(1), if plain { ' ' } else { style })),
            step: if reversed { -1 } else { 1 },
            items: 0,
            held,
        }
    }

    /// What stands before the next item, with a space behind it; `value` is the number that the item gives itself.
    pub(super) fn next_marker(&mut self, value: Option<i64>) -> String {
        self.items += 1;
        let step = self.step;
        let Some((number, style)) = &mut self.number else {
            return BULLET.into();
        };
        if let Some(value) = value {
            *number = value;
        }
        let own = *number;
        *number = number.saturating_add(step);
        let small = u32::try_from(own).unwrap_or(0);
        match style {
            'a' => format!("{}. ", letters(small)),
            'A' => format!("{}. ", letters(small).to_uppercase()),
            'i' => format!("{}. ", roman(small)),
            'I' => format!("{}. ", roman(small).to_uppercase()),
            ' ' => String::new(),
            _ => format!("{own}. "),
        }
    }
}

/// Before an item without a number.
pub(super) const BULLET: &str = "• ";
