//! What the window can ask for. Each command is thin: it takes its arguments, calls a crate, and says what came of it.

pub(crate) mod annotations;
pub(crate) mod ask;
pub(crate) mod backup;
pub(crate) mod card_files;
pub(crate) mod card_notes;
pub(crate) mod cards;
pub(crate) mod conversations;
pub(crate) mod desk;
pub(crate) mod desktop;
pub(crate) mod documents;
pub(crate) mod drafts;
pub(crate) mod executors;
pub(crate) mod formulas;
pub(crate) mod import;
pub(crate) mod memory;
pub(crate) mod model;
pub(crate) mod pages;
pub(crate) mod progress;
pub(crate) mod quizzes;
pub(crate) mod reviews;
pub(crate) mod rooms;
pub(crate) mod sample;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod status;
pub(crate) mod study_settings;
