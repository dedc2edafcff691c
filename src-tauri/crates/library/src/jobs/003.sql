-- The process that is at it.
ALTER TABLE jobs ADD COLUMN owner TEXT;
-- Until when a process without the writer lock may be taken for alive; the writer lock itself is the lease of the
-- process that holds it.
ALTER TABLE jobs ADD COLUMN leased_until INTEGER;
-- A queued job that failed in a way that may pass waits until then.
ALTER TABLE jobs ADD COLUMN not_before INTEGER;
