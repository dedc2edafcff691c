CREATE TABLE jobs (
    job        INTEGER PRIMARY KEY AUTOINCREMENT,
    document   INTEGER NOT NULL REFERENCES documents (document) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    state      TEXT NOT NULL,
    stage      TEXT NOT NULL,
    priority   INTEGER NOT NULL,
    checkpoint BLOB,
    attempts   INTEGER NOT NULL,
    code       TEXT,
    message    TEXT,
    created    INTEGER NOT NULL,
    updated    INTEGER NOT NULL,
    UNIQUE (document, kind)
) STRICT;

CREATE INDEX jobs_by_state ON jobs (state);
