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
