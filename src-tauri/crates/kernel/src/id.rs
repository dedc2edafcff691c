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
    /// A conversation in a room.
    ConversationId,
    /// One question of a conversation with its answer.
    TurnId,
}
