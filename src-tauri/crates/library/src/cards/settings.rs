use kernel::{Date, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::stored;
use crate::{Error, rooms};

/// In which order new cards come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As they were made.
    #[default]
    Added,
    /// Another one every day.
    Random,
}

/// How a room is studied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
#[serde(rename = "StudySettings")]
pub struct Settings {
    /// New cards a day.
    pub new_per_day: u32,
    /// Known cards a day.
    pub reviews_per_day: u32,
    /// How likely a card is to be recalled when it is asked again: 0.7 to 0.99.
    pub retention: f32,
    /// Pauses while a card is learnt, in seconds.
    pub learning_steps: Vec<u32>,
    /// Pauses after a known card was forgotten, in seconds.
    pub relearning_steps: Vec<u32>,
    /// A card that was forgotten so often is a leech; 0 for never.
    pub leech_threshold: u32,
    /// When a day of study begins, in minutes after midnight: what is answered before belongs to the day before.
    pub day_starts_at: u32,
    /// In which order new cards come.
    pub order: Order,
    /// The day of the exam.
    pub exam: Option<Date>,
}

impl Default for Settings {
    /// Anki's defaults, and FSRS's retention.
    fn default() -> Self {
        Self {
            new_per_day: 20,
            reviews_per_day: 200,
            retention: 0.9,
            learning_steps: vec![60, 600],
            relearning_steps: vec![600],
            leech_threshold: 8,
            day_starts_at: 4 * 60,
            order: Order::Added,
            exam: None,
        }
    }
}

impl Settings {
    fn accepted(&self) -> Result<(), Error> {
        let steps = || self.learning_steps.iter().chain(&self.relearning_steps);
        let refusal = if !(0.7..=0.99).contains(&self.retention) {
            "The retention must be between 0.7 and 0.99."
        } else if self.learning_steps.len().max(self.relearning_steps.len()) > 10 {
            "There can be up to ten learning steps."
        } else if steps().any(|step| !(1..=86_400).contains(step)) {
            "A learning step must be between a second and a day."
        } else if self.day_starts_at >= 24 * 60 || !self.day_starts_at.is_multiple_of(15) {
            "A day of study must begin at a quarter hour of the day."
        } else if self.new_per_day > 9_999 || self.reviews_per_day > 99_999 {
            "A day can have up to 9,999 new cards and 99,999 reviews."
        } else {
            return Ok(());
        };
        Err(Error::Invalid(refusal.into()))
    }
}

/// Parameters of the memory model (FSRS), fitted to a room's own reviews.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Fitted {
    /// The 21 parameters of FSRS-6.
    pub parameters: Vec<f32>,
    /// How many reviews they were fitted to.
    pub reviews: u32,
    /// How well they foretell the last fifth of the reviews when fitted to the others: log-loss, the less the better.
    pub log_loss: f32,
    /// How well the default parameters foretell these.
    pub default_log_loss: f32,
    /// When.
    pub fitted: Timestamp,
}

/// How a room is studied.
pub fn settings(connection: &Connection, room: RoomId) -> Result<Settings, Error> {
    Ok(column(connection, room, "settings")?.unwrap_or_default())
}

/// The parameters that were fitted to a room's reviews; none where the default ones are used.
pub fn fitted(connection: &Connection, room: RoomId) -> Result<Option<Fitted>, Error> {
    column(connection, room, "fitted")
}

fn column<T: serde::de::DeserializeOwned>(
    connection: &Connection,
    room: RoomId,
    column: &str,
) -> Result<Option<T>, Error> {
    let json: Option<Option<String>> = connection
        .prepare_cached(&format!("SELECT {column} FROM study_settings WHERE room = ?"))?
        .query_row([room.0], |row| row.get(0))
        .optional()?;
    // Settings of another version are no reason not to study.
    Ok(json.flatten().and_then(|json| serde_json::from_str(&json).ok()))
}

/// Sets how a room is studied.
///
/// # Errors
/// `Invalid` for what can't be studied by; `NotFound` where there is no such room.
pub fn put_settings(tx: &Transaction<'_>, room: RoomId, settings: &Settings) -> Result<(), Error> {
    settings.accepted()?;
    rooms::get(tx, room)?;
    tx.prepare_cached(
        "INSERT INTO study_settings (room, settings) VALUES (?, ?)
         ON CONFLICT (room) DO UPDATE SET settings = excluded.settings",
    )?
    .execute((room.0, stored::to_json(settings)?))?;
    Ok(())
}

/// Sets the parameters that a room is scheduled with; none for the default ones.
pub fn put_fitted(tx: &Transaction<'_>, room: RoomId, fitted: Option<&Fitted>) -> Result<(), Error> {
    rooms::get(tx, room)?;
    tx.prepare_cached(
        "INSERT INTO study_settings (room, settings, fitted) VALUES (?1, '{}', ?2)
         ON CONFLICT (room) DO UPDATE SET fitted = excluded.fitted",
    )?
    .execute((room.0, fitted.map(stored::to_json).transpose()?))?;
    Ok(())
}
