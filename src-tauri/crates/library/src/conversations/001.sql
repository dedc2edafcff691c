CREATE TABLE conversations (
    conversation INTEGER PRIMARY KEY AUTOINCREMENT,
    room         INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    title        TEXT NOT NULL,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL
) STRICT;

CREATE INDEX conversations_by_room ON conversations (room, updated);

CREATE TABLE turns (
    turn                INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation        INTEGER NOT NULL REFERENCES conversations (conversation) ON DELETE CASCADE,
    ordinal             INTEGER NOT NULL,
    question            TEXT NOT NULL,
    standalone_question TEXT,
    answer              TEXT NOT NULL DEFAULT '',
    state               TEXT NOT NULL,
    answered            INTEGER NOT NULL DEFAULT 0,
    executor            TEXT NOT NULL,
    -- JSON arrays of kernel::Citation, whole: an old answer keeps its proof after its document was removed.
    citations           TEXT NOT NULL DEFAULT '[]',
    further             TEXT NOT NULL DEFAULT '[]',
    created             INTEGER NOT NULL,
    elapsed_ms          INTEGER,
    UNIQUE (conversation, ordinal)
) STRICT;

CREATE INDEX turns_streaming ON turns (turn) WHERE state = 'streaming';
