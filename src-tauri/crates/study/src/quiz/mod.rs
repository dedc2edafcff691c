//! Quizzes: questions about documents, made of their own sentences, each with the place that proves its answer.
//!
//! The way of an item: a document is read once and taken apart (`text`); its key terms are told from its bold letters,
//! glossaries and definitions (`term`, `definition`), the sentences worth asking by what they lack (`sentence`).
//! A maker for each kind (`choice`, `cloze`, `true_false`, `matching`, `short`) drafts an item; wrong options
//! are terms of the same field that look alike and are something else (`rivals`). The draft gets its proof, and the
//! `gate` holds what a person would see against the cited page and the whole document. An item that is refused is
//! made once more with other words, or dropped; what was refused is counted by its reason.
//!
//! No language model is needed. Where one is set up for quizzes it drafts as well (`written`): what it writes is held
//! against the document by the same gate, and where it fails the rest is made without it. Without the embedding model items are checked by their words alone, and are less sure.
//! The rules are those of English sentences: of a document in another language nothing is asked, and the summary says so.

mod choice;
mod cloze;
mod definition;
mod draft;
pub(crate) mod draw;
mod gaps;
mod gate;
mod making;
mod matching;
mod meaning;
mod phrase;
mod rivals;
mod sentence;
mod short;
mod subject;
mod term;
mod text;
mod true_false;
mod usage;
mod written;

use std::collections::BTreeMap;

use kernel::{DocumentId, InterfaceLanguage, PassageId, RoomId};
use library::quizzes::{Item, ItemKind};
use serde::{Deserialize, Serialize};
use specta::Type;

pub use gate::Reason;
pub use making::quiz;

/// An item that is less sure than this is a draft: a person should look at it before it is asked.
pub const DRAFT_BELOW: f32 = 0.6;
/// Who makes items without a language model.
pub const RULES: &str = "rules";

/// An item that has passed the gate.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// It, as sure as it is in the light of what people have decided on others of its maker.
    pub item: Item,
    /// Who made it: [`RULES`], or the name of a language model.
    pub maker: String,
}

impl Made {
    /// Whether a person should look at it before it is asked.
    pub fn is_draft(&self) -> bool {
        self.item.confidence < DRAFT_BELOW
    }
}

/// How hard items are to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Difficulty {
    /// Asks first for terms that the document names most often (more often than half of its terms are); wrong options
    /// come from other parts of the document.
    Easy,
    /// Asks for any term; wrong options are of the same field, the terms that the document introduces nearest to it,
    /// in any order.
    #[default]
    Medium,
    /// Asks first for terms that the document seldom names; wrong options are those introduced next to it.
    Hard,
}

impl Difficulty {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];

    /// As it is written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }
}

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All documents of a room.
    Room(RoomId),
    /// These documents.
    Documents(Vec<DocumentId>),
    /// What stands under an entry of a document's table of contents, counted from 0.
    Section(DocumentId, u32),
    /// These passages: those that an answer cites.
    Passages(Vec<PassageId>),
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What it is to be about.
    pub scope: Scope,
    /// So many items that may be asked, fewer where the documents don't hold as many; at most as many drafts come
    /// along.
    pub count: usize,
    /// The kinds, which take turns; choice where there are none.
    pub kinds: Vec<ItemKind>,
    /// How hard.
    pub difficulty: Difficulty,
    /// The same documents and the same seed give the same items.
    pub seed: u64,
    /// What was asked before, and is not to be asked again.
    pub earlier: Vec<Item>,
    /// What is said of the making is said in it.
    pub language: InterfaceLanguage,
}

/// How the making went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Items that may be asked.
    pub made: usize,
    /// Items that a person should look at first.
    pub drafts: usize,
    /// Items that were made, refused, and dropped.
    pub rejected: usize,
    /// The same by what spoke against them.
    pub reasons: BTreeMap<Reason, usize>,
    /// Why there are fewer than were asked for, or why the language model was of no use, in sentences for people; none
    /// where there is nothing to be said.
    pub note: Option<String>,
}
