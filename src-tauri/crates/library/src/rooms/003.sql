-- When the room was removed; until it is cleared away it can come back.
ALTER TABLE rooms ADD COLUMN removed INTEGER;
-- Moved on by every change of what can be found in the room; what was worked out from it holds while it stands still.
ALTER TABLE rooms ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
