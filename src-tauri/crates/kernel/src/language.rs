use serde::{Deserialize, Serialize};
use specta::Type;

/// The language of the interface, which is also the one that the app's own sentences are said in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum InterfaceLanguage {
    /// English.
    En,
    /// Indonesian.
    Id,
}
