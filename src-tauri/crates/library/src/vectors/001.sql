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
