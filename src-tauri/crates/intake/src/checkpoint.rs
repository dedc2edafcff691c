use reader::{PassageBuilder, TermFinder};
use serde::{Deserialize, Serialize};

/// Where reading goes on after a kill: stored in the same transaction as the pages before it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// The first page that is not stored yet.
    pub(crate) next_page: u32,
    /// What the pages so far have left open: the section, and sentences that go on.
    pub(crate) builder: PassageBuilder,
    /// The same for the terms that the pages define.
    pub(crate) terms: TermFinder,
}

/// In front of the encoding; another number is another encoding.
const FORM: u8 = 3;

impl Checkpoint {
    /// Before the first page.
    pub(crate) fn start(title: &str) -> Self {
        Self { next_page: 1, builder: PassageBuilder::new(title, MAX_TOKENS), terms: TermFinder::new() }
    }

    pub(crate) fn encode(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_extend(self, vec![FORM])
    }

    /// `None` for one that another version wrote.
    pub(crate) fn decode(stored: &[u8]) -> Option<Self> {
        match stored {
            [FORM, state @ ..] => postcard::from_bytes(state).ok(),
            _ => None,
        }
    }
}

/// What the embedding model reads of a passage, its heading path and the two marks around it included.
const MAX_TOKENS: u32 = 256;
