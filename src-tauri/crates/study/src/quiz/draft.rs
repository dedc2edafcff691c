//! Items before they are checked.

use library::quizzes::{ItemKind, Key};

use super::Difficulty;

/// An item as its maker wants it, without its proof.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: ItemKind,
    pub(super) stem: String,
    pub(super) terms: Vec<String>,
    /// The right one, the words of the gap, or the like; of a matching item one for each term.
    pub(super) key: Key,
    /// The other options; of a matching item none, its options are its key's.
    pub(super) others: Vec<String>,
    /// The sentences that prove it: of a matching item one for each term.
    pub(super) sentences: Vec<usize>,
    /// What else could be written into its gap, as far as form goes: the key has to suit its sentence best.
    pub(super) fillers: Vec<String>,
    /// How surely its form asks for one thing, 0 to 1.
    pub(super) trust: f32,
}

/// How a draft is to be made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner<'a> {
    pub(super) difficulty: Difficulty,
    /// What chance goes by.
    pub(super) chance: u64,
    /// Terms that are not to be in it: what the gate has blamed before.
    pub(super) avoided: &'a [String],
}

/// What an item can be made of: one way to ask for one term.
#[derive(Clone, Debug)]
pub(super) struct Seed {
    /// The term, by its place in [`super::subject::Subject::terms`].
    pub(super) term: usize,
    /// Which of its sayings; of a matching item nothing.
    pub(super) saying: usize,
    /// The better ones are used up first, from 0.
    pub(super) tier: u8,
}
