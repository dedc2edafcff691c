-- Conversations get names that can't be guessed; turns become a tree, in which a question that is asked again or asked
-- otherwise stands beside the first one.
ALTER TABLE conversations RENAME TO conversations_by_number;
ALTER TABLE turns RENAME TO turns_in_a_row;
ALTER TABLE conversations_by_number ADD COLUMN id TEXT;

UPDATE conversations_by_number SET id = lower(hex(randomblob(16)));

CREATE TABLE conversations (
    -- kernel::ConversationId: 128 random bits
    conversation TEXT PRIMARY KEY NOT NULL,
    room         INTEGER NOT NULL REFERENCES rooms (room) ON DELETE CASCADE,
    title        TEXT NOT NULL,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL,
    -- The last turn of those on show; NULL before the first. It goes with the conversation's turns, all at once.
    shown        INTEGER
) STRICT;

CREATE TABLE turns (
    turn                INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation        TEXT NOT NULL REFERENCES conversations (conversation) ON DELETE CASCADE,
    -- The turn that it goes on from; NULL for a first question.
    parent              INTEGER REFERENCES turns (turn) ON DELETE CASCADE,
    -- How many questions lead to it, itself among them.
    ordinal             INTEGER NOT NULL,
    question            TEXT NOT NULL,
    standalone_question TEXT,
    mode                TEXT NOT NULL DEFAULT 'plain',
    -- JSON of conversations::Subject: the part of a document that a summary is of.
    subject             TEXT,
    answer              TEXT NOT NULL DEFAULT '',
    state               TEXT NOT NULL,
    answered            INTEGER NOT NULL DEFAULT 0,
    executor            TEXT NOT NULL,
    -- JSON arrays of kernel::Citation, whole: an old answer keeps its proof after its document was removed.
    citations           TEXT NOT NULL DEFAULT '[]',
    further             TEXT NOT NULL DEFAULT '[]',
    -- Why the search behind the answer could not do all it can; NULL when it could.
    degraded            TEXT,
    -- How the answer came about, as JSON (conversations::Provenance); NULL for one of an earlier version.
    provenance          TEXT,
    created             INTEGER NOT NULL,
    elapsed_ms          INTEGER
) STRICT;

INSERT INTO conversations (conversation, room, title, created, updated, shown)
SELECT c.id, c.room, c.title, c.created, c.updated,
    (SELECT max(t.turn) FROM turns_in_a_row t WHERE t.conversation = c.conversation)
FROM conversations_by_number c;

INSERT INTO turns (turn, conversation, parent, ordinal, question, standalone_question, answer, state, answered,
    executor, citations, further, degraded, created, elapsed_ms)
SELECT t.turn, c.id, lag(t.turn) OVER (PARTITION BY t.conversation ORDER BY t.ordinal), t.ordinal, t.question,
    t.standalone_question, t.answer, t.state, t.answered, t.executor, t.citations, t.further, t.degraded, t.created,
    t.elapsed_ms
FROM turns_in_a_row t JOIN conversations_by_number c USING (conversation)
ORDER BY t.turn;

DROP TABLE turns_in_a_row;
DROP TABLE conversations_by_number;

CREATE INDEX conversations_by_room ON conversations (room, updated);
CREATE INDEX turns_by_parent ON turns (parent);
CREATE INDEX turns_by_conversation ON turns (conversation, parent);
CREATE INDEX turns_streaming ON turns (turn) WHERE state = 'streaming';
CREATE INDEX turns_by_time ON turns (created);

-- Questions and answers, to be searched: what is asked stands there at once, an answer when it has ended.
CREATE VIRTUAL TABLE turns_fts USING fts5 (
    question,
    answer,
    tokenize = 'porter unicode61 remove_diacritics 2'
);

INSERT INTO turns_fts (rowid, question, answer)
SELECT turn, coalesce(parted(question), question), coalesce(parted(answer), answer) FROM turns;

CREATE TRIGGER turns_unindexed AFTER DELETE ON turns BEGIN
    DELETE FROM turns_fts WHERE rowid = old.turn;
END;
