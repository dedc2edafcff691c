-- What is to be learnt. It belongs to the person, not to the document that it was made from, and stays without it.
CREATE TABLE notes (
    note           INTEGER PRIMARY KEY AUTOINCREMENT,
    room           INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    -- What names it in every program that it is brought to.
    guid           TEXT NOT NULL,
    kind           TEXT NOT NULL,
    -- Markdown with formulas between $. The front of a cloze holds the text with its gaps, the back nothing.
    front          TEXT NOT NULL,
    back           TEXT NOT NULL,
    extra          TEXT NOT NULL,
    -- JSON array of words, sorted
    tags           TEXT NOT NULL,
    document       INTEGER REFERENCES documents (document) ON DELETE SET NULL,
    -- JSON of kernel::Citation, whole: it can be read without its document
    source         TEXT,
    -- Whether a new edition of the document has other words.
    source_changed INTEGER NOT NULL DEFAULT 0,
    created        INTEGER NOT NULL,
    updated        INTEGER NOT NULL,
    UNIQUE (room, guid)
) STRICT;

CREATE INDEX notes_by_document ON notes (document) WHERE document IS NOT NULL;

CREATE TABLE cards (
    card         INTEGER PRIMARY KEY AUTOINCREMENT,
    note         INTEGER NOT NULL REFERENCES notes (note) ON DELETE CASCADE,
    -- The note's, so that one index tells what is due in a room.
    room         INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    -- 0 asks for the back, 1 (of a reversed note) for the front; of a cloze the number of the gap, less one.
    ordinal      INTEGER NOT NULL,
    state        TEXT NOT NULL DEFAULT 'new',
    -- The learning step that it is at.
    step         INTEGER NOT NULL DEFAULT 0,
    -- NULL while new
    due          INTEGER,
    -- Days between the last review and the next, 0 while it is being learnt.
    interval     INTEGER NOT NULL DEFAULT 0,
    stability    REAL,
    difficulty   REAL,
    last_review  INTEGER,
    reps         INTEGER NOT NULL DEFAULT 0,
    lapses       INTEGER NOT NULL DEFAULT 0,
    leech        INTEGER NOT NULL DEFAULT 0,
    suspended    INTEGER NOT NULL DEFAULT 0,
    buried_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (note, ordinal)
) STRICT;

-- All that the queue of a day asks of a card.
CREATE INDEX cards_due ON cards (room, state, due, note, stability, last_review, buried_until) WHERE suspended = 0;
CREATE INDEX cards_suspended ON cards (room, leech) WHERE suspended = 1;

-- What happened to a card, one after the other. A card is what its last event left it as.
CREATE TABLE reviews (
    review       INTEGER PRIMARY KEY AUTOINCREMENT,
    card         INTEGER NOT NULL REFERENCES cards (card) ON DELETE CASCADE,
    room         INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    time         INTEGER NOT NULL,
    -- 'answer', 'manual' (a day was set, or all forgotten), 'imported' (how it came from elsewhere)
    kind         TEXT NOT NULL,
    -- 1 again, 2 hard, 3 good, 4 easy; NULL where nothing was answered
    rating       INTEGER,
    duration_ms  INTEGER NOT NULL,
    -- Before it.
    was          TEXT NOT NULL,
    was_interval INTEGER NOT NULL,
    -- Days of study since the review before; NULL at the first one.
    elapsed_days INTEGER,
    -- After it.
    state        TEXT NOT NULL,
    step         INTEGER NOT NULL,
    due          INTEGER,
    interval     INTEGER NOT NULL,
    stability    REAL,
    difficulty   REAL,
    -- Whether it made the card a leech.
    leech        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX reviews_of_card ON reviews (card, review);
-- The last event that can be taken back.
CREATE INDEX reviews_of_room ON reviews (room, review) WHERE kind <> 'imported';
CREATE INDEX reviews_by_time ON reviews (room, time, was, card) WHERE rating IS NOT NULL;

-- Answers by quarter hours, so that no statistics reads all of them: a day of study begins at a quarter hour in every
-- time zone. Made by triggers alone, and anew by a repair.
CREATE TABLE review_slots (
    room    INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    -- The time, divided by 900,000.
    slot    INTEGER NOT NULL,
    -- What was asked: 'new', 'learning', 'relearning'; of those in review 'young' (an interval of less than 21 days),
    -- 'mature', or 'early' (again on the same day).
    class   TEXT NOT NULL,
    rating  INTEGER NOT NULL,
    answers INTEGER NOT NULL,
    ms      INTEGER NOT NULL,
    PRIMARY KEY (room, slot, class, rating)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER reviews_counted AFTER INSERT ON reviews WHEN new.rating IS NOT NULL BEGIN
    INSERT INTO review_slots (room, slot, class, rating, answers, ms)
    VALUES (
        new.room,
        new.time / 900000,
        CASE WHEN new.was <> 'review' THEN new.was
            WHEN coalesce(new.elapsed_days, 0) = 0 THEN 'early'
            WHEN new.was_interval < 21 THEN 'young'
            ELSE 'mature' END,
        new.rating,
        1,
        new.duration_ms
    )
    ON CONFLICT (room, slot, class, rating) DO UPDATE SET answers = answers + 1, ms = ms + excluded.ms;
END;

CREATE TRIGGER reviews_uncounted AFTER DELETE ON reviews WHEN old.rating IS NOT NULL BEGIN
    UPDATE review_slots SET answers = answers - 1, ms = ms - old.duration_ms
    WHERE room = old.room AND slot = old.time / 900000 AND rating = old.rating
        AND class = CASE WHEN old.was <> 'review' THEN old.was
            WHEN coalesce(old.elapsed_days, 0) = 0 THEN 'early'
            WHEN old.was_interval < 21 THEN 'young'
            ELSE 'mature' END;
    DELETE FROM review_slots WHERE room = old.room AND slot = old.time / 900000 AND answers = 0;
END;

-- Pictures and sounds of notes, each once. In the database, so that a backup, a check and a restore know them.
CREATE TABLE media (
    -- BLAKE3, in hex
    hash  TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE note_media (
    note INTEGER NOT NULL REFERENCES notes (note) ON DELETE CASCADE,
    -- As the note's text calls it.
    name TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES media (hash),
    PRIMARY KEY (note, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX note_media_by_hash ON note_media (hash);

CREATE TRIGGER media_unused AFTER DELETE ON note_media BEGIN
    DELETE FROM media WHERE hash = old.hash AND NOT EXISTS (SELECT 1 FROM note_media WHERE hash = old.hash);
END;

CREATE TABLE study_settings (
    room       INTEGER PRIMARY KEY REFERENCES rooms (room) ON DELETE CASCADE,
    -- JSON of cards::Settings
    settings   TEXT NOT NULL,
    -- JSON of cards::Fitted: parameters of the memory model, fitted to the room's own reviews
    fitted     TEXT
) STRICT;
