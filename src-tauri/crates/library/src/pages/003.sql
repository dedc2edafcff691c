-- postcard of Vec<reader::Emphasis>; a page of an earlier version has none
ALTER TABLE pages ADD COLUMN emphasis BLOB NOT NULL DEFAULT x'00';
-- postcard of Vec<u32>: the line of the file that each block begins on; empty for a page of an earlier version
ALTER TABLE pages ADD COLUMN lines BLOB NOT NULL DEFAULT x'00';
-- Of text recognition, 0 to 1. A scanned or garbled page without one still waits for it.
ALTER TABLE pages ADD COLUMN confidence REAL;

CREATE INDEX pages_to_recognise ON pages (document, number)
    WHERE status IN ('scanned', 'garbled') AND confidence IS NULL;

CREATE TRIGGER pages_recognised_counted AFTER INSERT ON pages WHEN new.confidence IS NOT NULL BEGIN
    UPDATE documents SET recognised = recognised + 1 WHERE document = new.document;
END;

CREATE TRIGGER pages_recognised_uncounted AFTER DELETE ON pages WHEN old.confidence IS NOT NULL BEGIN
    UPDATE documents SET recognised = recognised - 1 WHERE document = old.document;
END;

CREATE TRIGGER pages_recognised_recounted AFTER UPDATE OF confidence ON pages BEGIN
    UPDATE documents
    SET recognised = recognised + (new.confidence IS NOT NULL) - (old.confidence IS NOT NULL)
    WHERE document = new.document;
END;
