-- Why the search behind the answer could not do all it can; NULL when it could.
ALTER TABLE turns ADD COLUMN degraded TEXT;
