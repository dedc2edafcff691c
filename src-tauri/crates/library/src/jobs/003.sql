-- Who is at it, and until when it may be taken for alive without a word from it.
ALTER TABLE jobs ADD COLUMN owner TEXT;
ALTER TABLE jobs ADD COLUMN leased_until INTEGER;
-- A queued job that failed in a way that may pass waits until then.
ALTER TABLE jobs ADD COLUMN not_before INTEGER;
