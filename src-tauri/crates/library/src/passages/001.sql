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
