-- The model by whose vectors the library is searched; no row until the first is chosen.
CREATE TABLE searched_model (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    model    TEXT NOT NULL
) STRICT;

INSERT INTO searched_model SELECT 1, model FROM vectors LIMIT 1;

-- A passage may have a vector of the model that is searched by, and one of the model that is to follow it.
DROP TRIGGER vectors_counted;
DROP TRIGGER vectors_uncounted;
ALTER TABLE vectors RENAME TO vectors_of_one_model;

CREATE TABLE vectors (
    passage  INTEGER NOT NULL REFERENCES passages (passage) ON DELETE CASCADE,
    model    TEXT NOT NULL,
    document INTEGER NOT NULL,
    -- 384 little-endian f32
    vector   BLOB NOT NULL,
    PRIMARY KEY (passage, model)
) STRICT;

INSERT INTO vectors SELECT passage, model, document, vector FROM vectors_of_one_model ORDER BY passage;

DROP TABLE vectors_of_one_model;

-- documents.embedded counts the vectors that are searched.
CREATE TRIGGER vectors_counted AFTER INSERT ON vectors
WHEN new.model = (SELECT model FROM searched_model) BEGIN
    UPDATE documents SET embedded = embedded + 1 WHERE document = new.document;
END;

CREATE TRIGGER vectors_uncounted AFTER DELETE ON vectors
WHEN old.model = (SELECT model FROM searched_model) BEGIN
    UPDATE documents SET embedded = embedded - 1 WHERE document = old.document;
END;

-- What single tokens of a passage mean; comes and goes with the vector that the same model made.
CREATE TABLE token_signs (
    passage INTEGER NOT NULL,
    model   TEXT NOT NULL,
    -- 384 bits a token, little-endian: a bit is set where the token's vector is above zero
    signs   BLOB NOT NULL,
    PRIMARY KEY (passage, model),
    FOREIGN KEY (passage, model) REFERENCES vectors (passage, model) ON DELETE CASCADE
) STRICT;
