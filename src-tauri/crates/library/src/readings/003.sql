-- Which pages somebody has looked at, and for how long.
CREATE TABLE readings (
    reading  INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (document) ON DELETE CASCADE,
    page     INTEGER NOT NULL,
    begun    INTEGER NOT NULL,
    ms       INTEGER NOT NULL
) STRICT;

CREATE INDEX readings_by_page ON readings (document, page, ms);
CREATE INDEX readings_by_time ON readings (begun, document, ms);
