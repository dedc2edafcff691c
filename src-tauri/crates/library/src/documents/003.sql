-- Pages whose text was recognised from a picture, also where nothing was found.
ALTER TABLE documents ADD COLUMN recognised INTEGER NOT NULL DEFAULT 0;
-- The languages of text recognition, by Tesseract's names joined by '+'; NULL when they are found out.
ALTER TABLE documents ADD COLUMN languages TEXT;
-- A new edition that is being read, of the document whose place it takes.
ALTER TABLE documents ADD COLUMN replaces INTEGER REFERENCES documents (document) ON DELETE CASCADE;
-- The room that a removed document comes back to.
ALTER TABLE documents ADD COLUMN came_from INTEGER REFERENCES rooms (room) ON DELETE CASCADE;

CREATE INDEX documents_replacing ON documents (replaces) WHERE replaces IS NOT NULL;

-- Whether the entry was told from the headings of the pages, the file having no table of contents.
ALTER TABLE outlines ADD COLUMN derived INTEGER NOT NULL DEFAULT 0;

-- The counts of a document move with its passages and vectors.
CREATE TRIGGER room_changed AFTER UPDATE OF room, title, passages, embedded, replaces ON documents BEGIN
    UPDATE rooms SET revision = revision + 1 WHERE room IN (old.room, new.room);
END;

CREATE TRIGGER room_left AFTER DELETE ON documents BEGIN
    UPDATE rooms SET revision = revision + 1 WHERE room = old.room;
END;
