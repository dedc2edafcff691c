use serde::{Deserialize, Serialize};
use specta::Type;

/// Row numbers that can't be mixed up. SQLite never gives one out twice (AUTOINCREMENT), so an index that
/// still holds a removed row's number can't mistake it for a newer row.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
        #[serde(transparent)]
        pub struct $name(#[specta(type = f64)] pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A room: a subject and its documents.
    RoomId,
    /// A document in a room.
    DocumentId,
    /// A passage of a document.
    PassageId,
    /// A durable job of the intake.
    JobId,
    /// One question of a conversation with its answer.
    TurnId,
    /// Something that can be asked in a quiz.
    QuizItemId,
    /// A quiz that is, or was, taken.
    QuizId,
    /// Something to be learnt: what one or more cards ask for.
    NoteId,
    /// One thing that is asked of a note.
    CardId,
    /// What a person marked on a page, or wrote about it.
    AnnotationId,
    /// An answer to a card, or something else that changed when it is due.
    ReviewId,
}

/// A conversation in a room: 128 random bits, so that knowing one conversation's link tells nothing about another's.
/// Written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Type)]
#[specta(transparent)]
pub struct ConversationId(#[specta(type = String)] u128);

impl ConversationId {
    /// The conversation that these bits name.
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }
}

impl std::fmt::Display for ConversationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Not 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoConversationId;

impl std::fmt::Display for NoConversationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a conversation is named by 32 hexadecimal digits")
    }
}

impl std::error::Error for NoConversationId {}

impl std::str::FromStr for ConversationId {
    type Err = NoConversationId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The radix parser alone would take a sign.
        let is_id = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let bits = is_id.then(|| u128::from_str_radix(text, 16).ok()).flatten();
        bits.map(Self).ok_or(NoConversationId)
    }
}

impl Serialize for ConversationId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ConversationId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_is_read_as_it_is_written_and_nothing_else_is_one() {
        let id = ConversationId::from_bits(0xa1);
        assert_eq!(id.to_string(), "000000000000000000000000000000a1");
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "7", "+00000000000000000000000000000a1", "000000000000000000000000000000g1"] {
            assert_eq!(text.parse::<ConversationId>(), Err(NoConversationId), "{text}");
        }
    }
}
