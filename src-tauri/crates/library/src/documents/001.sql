CREATE TABLE documents (
    document        INTEGER PRIMARY KEY AUTOINCREMENT,
    room            INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    title           TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    source          TEXT,
    hash            TEXT NOT NULL,
    format          TEXT NOT NULL,
    bytes           INTEGER NOT NULL,
    pages           INTEGER,
    state           TEXT NOT NULL,
    code            TEXT,
    message         TEXT,
    added           INTEGER NOT NULL,
    -- Counts of the rows below, kept by their triggers: a list of documents counts nothing.
    pages_read      INTEGER NOT NULL DEFAULT 0,
    ledger_text     INTEGER NOT NULL DEFAULT 0,
    ledger_scanned  INTEGER NOT NULL DEFAULT 0,
    ledger_garbled  INTEGER NOT NULL DEFAULT 0,
    ledger_empty    INTEGER NOT NULL DEFAULT 0,
    ledger_unreadable INTEGER NOT NULL DEFAULT 0,
    passages        INTEGER NOT NULL DEFAULT 0,
    embedded        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (room, hash),
    -- For the passages, which name their room too.
    UNIQUE (document, room)
) STRICT;

CREATE INDEX documents_by_hash ON documents (hash);

CREATE TABLE outlines (
    document INTEGER NOT NULL REFERENCES documents (document) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    level    INTEGER NOT NULL,
    title    TEXT NOT NULL,
    page     INTEGER NOT NULL,
    PRIMARY KEY (document, ordinal)
) STRICT, WITHOUT ROWID;

-- Documents whose rows the vector index may still hold. Not a foreign key: the document is gone.
CREATE TABLE index_removals (
    document INTEGER PRIMARY KEY
) STRICT;

CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
    INSERT OR IGNORE INTO index_removals (document) VALUES (old.document);
END;
