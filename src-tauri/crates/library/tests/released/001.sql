-- A library as schema 1 left it. Not edited: every later version has to open it.
CREATE TABLE rooms (
    room    INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL,
    -- The name in lower case, of every alphabet: two rooms can't differ by case alone.
    folded  TEXT NOT NULL UNIQUE,
    hue     INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;
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
CREATE TABLE pages (
    page     INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (document) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    label    TEXT,
    width    REAL NOT NULL,
    height   REAL NOT NULL,
    status   TEXT NOT NULL,
    text     TEXT NOT NULL,
    -- postcard of the types in pages/blobs.rs
    blocks   BLOB NOT NULL,
    words    BLOB NOT NULL,
    UNIQUE (document, number)
) STRICT;

CREATE TRIGGER pages_counted AFTER INSERT ON pages BEGIN
    UPDATE documents SET
        pages_read        = pages_read + 1,
        ledger_text       = ledger_text + (new.status = 'text'),
        ledger_scanned    = ledger_scanned + (new.status = 'scanned'),
        ledger_garbled    = ledger_garbled + (new.status = 'garbled'),
        ledger_empty      = ledger_empty + (new.status = 'empty'),
        ledger_unreadable = ledger_unreadable + (new.status = 'unreadable')
    WHERE document = new.document;
END;

CREATE TRIGGER pages_uncounted AFTER DELETE ON pages BEGIN
    UPDATE documents SET
        pages_read        = pages_read - 1,
        ledger_text       = ledger_text - (old.status = 'text'),
        ledger_scanned    = ledger_scanned - (old.status = 'scanned'),
        ledger_garbled    = ledger_garbled - (old.status = 'garbled'),
        ledger_empty      = ledger_empty - (old.status = 'empty'),
        ledger_unreadable = ledger_unreadable - (old.status = 'unreadable')
    WHERE document = old.document;
END;
-- Narrow on purpose: a keyword search looks up the room of every match, and these rows share few disk pages.
CREATE TABLE passages (
    passage    INTEGER PRIMARY KEY AUTOINCREMENT,
    document   INTEGER NOT NULL,
    room       INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    page_start INTEGER NOT NULL,
    page_end   INTEGER NOT NULL,
    tokens     INTEGER NOT NULL,
    UNIQUE (document, ordinal),
    FOREIGN KEY (document, room) REFERENCES documents (document, room) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE TABLE passage_texts (
    passage   INTEGER PRIMARY KEY REFERENCES passages (passage) ON DELETE CASCADE,
    -- Outermost first, joined by line feeds.
    headings  TEXT NOT NULL,
    text      TEXT NOT NULL,
    -- postcard of Vec<reader::Sentence>
    sentences BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE passages_fts USING fts5 (
    headings,
    text,
    content = 'passage_texts',
    content_rowid = 'passage',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER passage_texts_indexed AFTER INSERT ON passage_texts BEGIN
    INSERT INTO passages_fts (rowid, headings, text) VALUES (new.passage, new.headings, new.text);
END;

CREATE TRIGGER passage_texts_unindexed AFTER DELETE ON passage_texts BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, headings, text)
    VALUES ('delete', old.passage, old.headings, old.text);
END;

CREATE TRIGGER passage_texts_reindexed AFTER UPDATE ON passage_texts BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, headings, text)
    VALUES ('delete', old.passage, old.headings, old.text);
    INSERT INTO passages_fts (rowid, headings, text) VALUES (new.passage, new.headings, new.text);
END;

CREATE TRIGGER passages_counted AFTER INSERT ON passages BEGIN
    UPDATE documents SET passages = passages + 1 WHERE document = new.document;
END;

CREATE TRIGGER passages_uncounted AFTER DELETE ON passages BEGIN
    UPDATE documents SET passages = passages - 1 WHERE document = old.document;
END;
CREATE TABLE vectors (
    passage  INTEGER PRIMARY KEY REFERENCES passages (passage) ON DELETE CASCADE,
    document INTEGER NOT NULL,
    model    TEXT NOT NULL,
    -- 384 little-endian f32
    vector   BLOB NOT NULL
) STRICT;

CREATE TRIGGER vectors_counted AFTER INSERT ON vectors BEGIN
    UPDATE documents SET embedded = embedded + 1 WHERE document = new.document;
END;

CREATE TRIGGER vectors_uncounted AFTER DELETE ON vectors BEGIN
    UPDATE documents SET embedded = embedded - 1 WHERE document = old.document;
END;
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
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    -- JSON
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO rooms (room, name, folded, hue, created) VALUES (1, 'Biology', 'biology', 220, 1000), (2, 'Physics', 'physics', 40, 2000);
INSERT INTO documents (document, room, title, file_name, source, hash, format, bytes, pages, state, added)
VALUES (1, 1, 'Cells', 'cells.pdf', '/books/cells.pdf', 'c0ffee', 'pdf', 100, 1, 'complete', 3000),
       (2, 2, 'Motion', 'motion.pdf', NULL, 'beef', 'pdf', 200, NULL, 'queued', 4000);
INSERT INTO outlines (document, ordinal, level, title, page) VALUES (1, 0, 1, 'Membranes', 1);
-- One paragraph of 20 bytes; one word from 0 to 5.
INSERT INTO pages (document, number, label, width, height, status, text, blocks, words)
VALUES (1, 1, 'iv', 612.0, 792.0, 'text', 'Water moves outside.', x'0101000014', x'01000a00000000');
INSERT INTO passages (passage, document, room, ordinal, kind, page_start, page_end, tokens)
VALUES (1, 1, 1, 0, 'paragraph', 1, 1, 8);
-- One sentence of 20 bytes on page 1.
INSERT INTO passage_texts (passage, headings, text, sentences)
VALUES (1, 'Part one' || char(10) || 'Membranes', 'Water moves outside.', x'01001401010014');
INSERT INTO vectors (passage, document, model, vector) VALUES (1, 1, 'all-MiniLM-L6-v2-int8', zeroblob(1536));
INSERT INTO jobs (document, kind, state, stage, priority, checkpoint, attempts, code, message, created, updated)
VALUES (1, 'import', 'done', 'indexing', 0, NULL, 1, NULL, NULL, 3000, 3500),
       (2, 'import', 'paused', 'reading', 0, x'2a', 1, NULL, NULL, 4000, 4500);
INSERT INTO conversations (conversation, room, title, created, updated) VALUES (1, 1, 'Where does water go?', 5000, 6000);
INSERT INTO turns (conversation, ordinal, question, answer, state, answered, executor, citations, further, created, elapsed_ms)
VALUES (1, 1, 'Where does water go?', 'Outside [1].', 'complete', 1, 'extractive',
    '[{"document":1,"title":"Cells","page":1,"label":"iv","quote":"Water moves outside.","boxes":[{"page":1,"x0":0.0,"y0":0.0,"x1":0.5,"y1":0.25}]}]',
    '[]', 6000, 12);
INSERT INTO settings (key, value) VALUES ('theme', '"dark"');
INSERT INTO index_removals (document) VALUES (77);
PRAGMA user_version = 1;
