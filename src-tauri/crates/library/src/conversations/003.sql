-- How the answer came about, as JSON (conversations::Provenance); NULL for one of an earlier version.
ALTER TABLE turns ADD COLUMN provenance TEXT;

CREATE INDEX turns_by_time ON turns (created);
