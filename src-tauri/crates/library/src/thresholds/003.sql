-- What the score of a question must exceed to be answered in a room, learned from the room's own text.
CREATE TABLE answer_thresholds (
    room      INTEGER PRIMARY KEY REFERENCES rooms (room) ON DELETE CASCADE,
    threshold REAL NOT NULL,
    -- What it was made from: the model, the passages of the room, and the questions that were made of them.
    model     TEXT NOT NULL,
    passages  INTEGER NOT NULL,
    questions INTEGER NOT NULL
) STRICT;
