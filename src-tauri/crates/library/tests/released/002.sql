-- What schema 2 added to a library of schema 1.
ALTER TABLE turns ADD COLUMN degraded TEXT;
UPDATE turns SET degraded = 'The embedding model is missing.';
PRAGMA user_version = 2;
