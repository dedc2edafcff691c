-- When the room was removed; until it is cleared away it can come back.
ALTER TABLE rooms ADD COLUMN removed INTEGER;
