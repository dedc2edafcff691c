-- What it holds, to choose passages by: a bit for each of passages::Kind. Earlier versions knew the main block alone.
ALTER TABLE passages ADD COLUMN kinds INTEGER NOT NULL DEFAULT 0;
UPDATE passages SET kinds = CASE kind
    WHEN 'list' THEN 3 WHEN 'table' THEN 4 WHEN 'caption' THEN 8 WHEN 'formula' THEN 16 WHEN 'code' THEN 32 ELSE 1
END;

-- Some scripts have no spaces between words, and the keyword index takes each run of such letters for one word. The
-- same text with those runs parted (see passages/unspaced.rs) is what is indexed; NULL where nothing is to be parted.
DROP TRIGGER passage_texts_indexed;
DROP TRIGGER passage_texts_unindexed;
DROP TRIGGER passage_texts_reindexed;
DROP TABLE passages_fts;

ALTER TABLE passage_texts ADD COLUMN headings_parted TEXT;
ALTER TABLE passage_texts ADD COLUMN text_parted TEXT;

-- parted() is there while a library is brought to this schema, and not afterwards.
UPDATE passage_texts SET headings_parted = parted(headings), text_parted = parted(text)
WHERE parted(headings) IS NOT NULL OR parted(text) IS NOT NULL;

CREATE VIEW passage_words AS
    SELECT passage, coalesce(headings_parted, headings) AS headings, coalesce(text_parted, text) AS text
    FROM passage_texts;

CREATE VIRTUAL TABLE passages_fts USING fts5 (
    headings,
    text,
    content = 'passage_words',
    content_rowid = 'passage',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER passage_texts_indexed AFTER INSERT ON passage_texts BEGIN
    INSERT INTO passages_fts (rowid, headings, text)
    VALUES (new.passage, coalesce(new.headings_parted, new.headings), coalesce(new.text_parted, new.text));
END;

CREATE TRIGGER passage_texts_unindexed AFTER DELETE ON passage_texts BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, headings, text)
    VALUES ('delete', old.passage, coalesce(old.headings_parted, old.headings), coalesce(old.text_parted, old.text));
END;

CREATE TRIGGER passage_texts_reindexed AFTER UPDATE ON passage_texts BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, headings, text)
    VALUES ('delete', old.passage, coalesce(old.headings_parted, old.headings), coalesce(old.text_parted, old.text));
    INSERT INTO passages_fts (rowid, headings, text)
    VALUES (new.passage, coalesce(new.headings_parted, new.headings), coalesce(new.text_parted, new.text));
END;

INSERT INTO passages_fts (passages_fts) VALUES ('rebuild');

CREATE TRIGGER room_recut AFTER UPDATE ON passages BEGIN
    UPDATE rooms SET revision = revision + 1 WHERE room = new.room;
END;
