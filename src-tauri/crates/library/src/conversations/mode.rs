use kernel::DocumentId;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::stored::Named;

/// How a question is to be answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Directly.
    #[default]
    Plain,
    /// In short and plain words.
    Simply,
    /// One step after the other.
    Steps,
    /// With an example.
    Example,
    /// What is alike and what differs.
    Compare,
    /// What a section says, in short.
    Summary,
    /// Section by section: what it says, its terms, questions to check oneself.
    Guide,
    /// Questions to check oneself.
    Quiz,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Plain, Self::Simply, Self::Steps, Self::Example, Self::Compare, Self::Summary, Self::Guide, Self::Quiz];

    /// Its name, as it is stored and typed.
    pub fn name(self) -> &'static str {
        self.stored_name()
    }
}

impl Named for Mode {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Plain, "plain"),
        (Self::Simply, "simply"),
        (Self::Steps, "steps"),
        (Self::Example, "example"),
        (Self::Compare, "compare"),
        (Self::Summary, "summary"),
        (Self::Guide, "guide"),
        (Self::Quiz, "quiz"),
    ];
}

/// The part of a document that a turn is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct Subject {
    /// The document.
    pub document: DocumentId,
    /// The entry of its [outline](crate::documents::outline), from 0; none is the whole document.
    pub section: Option<u32>,
}
