-- What requests to remote models have cost that belong to no answer.
CREATE TABLE spending (
    at               INTEGER NOT NULL,
    model            TEXT NOT NULL,
    -- The prompt's name and version.
    prompt           TEXT NOT NULL,
    prompt_tokens    INTEGER NOT NULL,
    generated_tokens INTEGER NOT NULL
) STRICT;

CREATE INDEX spending_by_time ON spending (at, prompt_tokens, generated_tokens);
