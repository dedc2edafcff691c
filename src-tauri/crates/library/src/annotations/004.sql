-- What a person has marked on pages, and what they wrote beside it. It is theirs, not the document's, and stays
-- without it.
CREATE TABLE annotations (
    annotation INTEGER PRIMARY KEY AUTOINCREMENT,
    room       INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    document   INTEGER REFERENCES documents (document) ON DELETE SET NULL,
    -- JSON of kernel::Citation, whole: it can be read without its document. A note about a whole page has no quote.
    source     TEXT NOT NULL,
    -- The page, or the part that a viewer shows, and the byte of its text where the quote begins: reading order.
    page       INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    colour     TEXT NOT NULL,
    -- Markdown; may be empty
    note       TEXT NOT NULL,
    created    INTEGER NOT NULL,
    updated    INTEGER NOT NULL,
    -- When it was removed; until it is cleared away it can come back.
    removed    INTEGER
) STRICT;

CREATE INDEX annotations_by_room ON annotations (room, document, page, start);
CREATE INDEX annotations_by_document ON annotations (document, page, start) WHERE document IS NOT NULL;
CREATE INDEX annotations_removed ON annotations (removed) WHERE removed IS NOT NULL;

CREATE VIRTUAL TABLE annotations_fts USING fts5 (
    quote,
    note,
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER annotations_unindexed AFTER DELETE ON annotations BEGIN
    DELETE FROM annotations_fts WHERE rowid = old.annotation;
END;
