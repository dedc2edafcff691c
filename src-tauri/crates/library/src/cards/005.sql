-- The texts of notes, to be searched.
CREATE VIRTUAL TABLE notes_fts USING fts5 (
    front,
    back,
    extra,
    tags,
    tokenize = 'porter unicode61 remove_diacritics 2'
);

INSERT INTO notes_fts (rowid, front, back, extra, tags)
SELECT note, coalesce(parted(front), front), coalesce(parted(back), back), coalesce(parted(extra), extra),
    (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(notes.tags))
FROM notes;

CREATE TRIGGER notes_unindexed AFTER DELETE ON notes BEGIN
    DELETE FROM notes_fts WHERE rowid = old.note;
END;

-- A document that goes to another room takes its cards with it, and they what was answered.
CREATE TRIGGER reviews_moved AFTER UPDATE OF room ON reviews
WHEN new.rating IS NOT NULL AND new.room <> old.room BEGIN
    UPDATE review_slots SET answers = answers - 1, ms = ms - old.duration_ms
    WHERE room = old.room AND slot = old.time / 900000 AND rating = old.rating
        AND class = CASE WHEN old.was <> 'review' THEN old.was
            WHEN coalesce(old.elapsed_days, 0) = 0 THEN 'early'
            WHEN old.was_interval < 21 THEN 'young'
            ELSE 'mature' END;
    DELETE FROM review_slots WHERE room = old.room AND slot = old.time / 900000 AND answers = 0;
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

