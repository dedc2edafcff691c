-- The order that the person gives the documents of a room, the lowest first, with room between two neighbours
-- (order.rs). New ones come first.
ALTER TABLE documents ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
-- JSON array of the words that the person sorts documents by.
ALTER TABLE documents ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
-- When somebody last came to read it; NULL before the first time.
ALTER TABLE documents ADD COLUMN opened INTEGER;
-- Whether the person gave the title: what the file says of itself changes it no more.
ALTER TABLE documents ADD COLUMN named INTEGER NOT NULL DEFAULT 0;

UPDATE documents SET
    position = -document * 1048576,
    opened = (SELECT max(begun) FROM readings r WHERE r.document = documents.document);

CREATE INDEX documents_in_order ON documents (room, position);
