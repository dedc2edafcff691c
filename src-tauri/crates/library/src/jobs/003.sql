-- The process that is at it.
ALTER TABLE jobs ADD COLUMN owner TEXT;
-- Until when a process without the writer lock may be taken for alive; the writer lock itself is the lease of the
-- process that holds it.
ALTER TABLE jobs ADD COLUMN leased_until INTEGER;
-- A queued job that failed in a way that may pass waits until then.
ALTER TABLE jobs ADD COLUMN not_before INTEGER;
-- The order of work, as jobs/mod.rs has it: thousands may wait, and the next one is found at once.
CREATE INDEX jobs_in_line ON jobs (
    state,
    CASE stage WHEN 'reading' THEN 0 WHEN 'recognising' THEN 2 ELSE 1 END,
    priority DESC,
    stage <> 'indexing',
    created,
    job
);
