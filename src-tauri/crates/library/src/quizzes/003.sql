-- What can be asked, made from the documents of a room.
CREATE TABLE quiz_items (
    item       INTEGER PRIMARY KEY AUTOINCREMENT,
    room       INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    -- NULL once its document is gone: the item keeps its proof.
    document   INTEGER REFERENCES documents (document) ON DELETE SET NULL,
    kind       TEXT NOT NULL,
    -- JSON of quizzes::Item
    body       TEXT NOT NULL,
    -- Who made it: 'rules', or the name of a language model.
    maker      TEXT NOT NULL,
    state      TEXT NOT NULL,
    -- Why a person rejected it.
    reason     TEXT,
    -- When a person decided on it; NULL where it was sound enough to be asked without.
    decided    INTEGER,
    created    INTEGER NOT NULL
) STRICT;

CREATE INDEX quiz_items_by_room ON quiz_items (room, state);
CREATE INDEX quiz_items_by_document ON quiz_items (document);

CREATE TABLE quizzes (
    quiz       INTEGER PRIMARY KEY AUTOINCREMENT,
    room       INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    title      TEXT NOT NULL,
    -- When it is told what was right: 'at_once' or 'at_the_end'.
    feedback   TEXT NOT NULL,
    -- Seconds for all of it; NULL without a limit.
    time_limit INTEGER,
    -- The quiz whose wrong answers it asks again.
    again      INTEGER REFERENCES quizzes (quiz) ON DELETE SET NULL,
    created    INTEGER NOT NULL,
    ended      INTEGER
) STRICT;

CREATE INDEX quizzes_by_room ON quizzes (room, created);
CREATE INDEX quizzes_again ON quizzes (again) WHERE again IS NOT NULL;

CREATE TABLE quiz_questions (
    quiz     INTEGER NOT NULL REFERENCES quizzes (quiz) ON DELETE CASCADE,
    -- From 1.
    ordinal  INTEGER NOT NULL,
    item     INTEGER REFERENCES quiz_items (item) ON DELETE SET NULL,
    -- JSON of quizzes::Item as it was asked: what changes later does not change what was answered.
    asked    TEXT NOT NULL,
    -- JSON array of texts as they were given; NULL before the answer.
    given    TEXT,
    answered INTEGER,
    took_ms  INTEGER,
    -- JSON of quizzes::Grade; NULL while an answer waits for it.
    grade    TEXT,
    score    REAL,
    verdict  TEXT,
    -- What the person says that the answer is, against the verdict.
    appeal   TEXT,
    PRIMARY KEY (quiz, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX quiz_questions_by_item ON quiz_questions (item) WHERE item IS NOT NULL;
CREATE INDEX quiz_questions_by_time ON quiz_questions (answered) WHERE answered IS NOT NULL;
