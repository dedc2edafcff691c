use kernel::{Code, DocumentId, JobId, Timestamp};
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::stored::{self, Named};

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    /// From a file to a document with vectors.
    Import,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for its turn.
    Queued,
    /// Somebody is at it.
    Running,
    /// A person asked to wait.
    Paused,
    /// Done.
    Done,
    /// Could not go on; code and message say why.
    Failed,
    /// A person stopped it.
    Cancelled,
}

/// What a job is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum JobStage {
    /// Pages, passages, keyword index.
    Reading,
    /// Vectors into the library.
    Embedding,
    /// Vectors into the vector index.
    Indexing,
    /// Text recognition of pages that are pictures.
    Recognising,
}

impl Named for JobKind {
    const NAMES: &'static [(Self, &'static str)] = &[(Self::Import, "import")];
}

impl Named for JobState {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Queued, "queued"),
        (Self::Running, "running"),
        (Self::Paused, "paused"),
        (Self::Done, "done"),
        (Self::Failed, "failed"),
        (Self::Cancelled, "cancelled"),
    ];
}

impl Named for JobStage {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Reading, "reading"),
        (Self::Embedding, "embedding"),
        (Self::Indexing, "indexing"),
        (Self::Recognising, "recognising"),
    ];
}

/// Something to do that survives a kill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its number.
    pub job: JobId,
    /// The document it is about.
    pub document: DocumentId,
    /// What it does.
    pub kind: JobKind,
    /// Where it stands.
    pub state: JobState,
    /// What it is at.
    pub stage: JobStage,
    /// The higher goes first among those of one stage.
    pub priority: i32,
    /// What it needs to go on; only who runs it knows the form.
    pub checkpoint: Option<Vec<u8>>,
    /// How often it was started since it last got further.
    pub attempts: u32,
    /// The process that is at it, while it runs.
    pub owner: Option<String>,
    /// While it is queued after a failure that may pass: when it is tried again.
    pub not_before: Option<Timestamp>,
    /// Why it failed, for programs.
    pub code: Option<Code>,
    /// Why it failed, for people.
    pub message: Option<String>,
    /// When it was queued.
    pub created: Timestamp,
    /// When anything of it last changed.
    pub updated: Timestamp,
}

pub(super) const COLUMNS: &str = "job, document, kind, state, stage, priority, checkpoint, attempts, code, message, created, updated, owner, not_before";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Job> {
    Ok(Job {
        job: JobId(row.get(0)?),
        document: DocumentId(row.get(1)?),
        kind: stored::named(row, 2)?,
        state: stored::named(row, 3)?,
        stage: stored::named(row, 4)?,
        priority: row.get(5)?,
        checkpoint: row.get(6)?,
        attempts: row.get(7)?,
        code: stored::code(row, 8)?,
        message: row.get(9)?,
        created: Timestamp(row.get(10)?),
        updated: Timestamp(row.get(11)?),
        owner: row.get(12)?,
        not_before: row.get::<_, Option<i64>>(13)?.map(Timestamp),
    })
}
