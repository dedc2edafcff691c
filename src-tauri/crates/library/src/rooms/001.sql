CREATE TABLE rooms (
    room    INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL,
    -- The name in lower case, of every alphabet: two rooms can't differ by case alone.
    folded  TEXT NOT NULL UNIQUE,
    hue     INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;
