CREATE TABLE terms (
    term       INTEGER PRIMARY KEY,
    document   INTEGER NOT NULL,
    -- Where the term itself stands.
    page       INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    name       TEXT NOT NULL,
    -- What is looked up: the name without what it has in brackets, and how many words that is.
    key        TEXT NOT NULL,
    words      INTEGER NOT NULL,
    definition TEXT NOT NULL,
    -- postcard of Vec<reader::Span>
    spans      BLOB NOT NULL,
    kind       TEXT NOT NULL,
    strength   INTEGER NOT NULL,
    heading    TEXT,
    FOREIGN KEY (document, page) REFERENCES pages (document, number) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE INDEX terms_by_page ON terms (document, page);

-- Folds case, marks over letters and endings as the keyword index of the passages does.
CREATE VIRTUAL TABLE terms_fts USING fts5 (
    key,
    definition,
    content = 'terms',
    content_rowid = 'term',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER terms_indexed AFTER INSERT ON terms BEGIN
    INSERT INTO terms_fts (rowid, key, definition) VALUES (new.term, new.key, new.definition);
END;

CREATE TRIGGER terms_unindexed AFTER DELETE ON terms BEGIN
    INSERT INTO terms_fts (terms_fts, rowid, key, definition) VALUES ('delete', old.term, old.key, old.definition);
END;
