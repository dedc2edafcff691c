-- The order that the person gives the rooms, the lowest first, with room between two neighbours (order.rs). New ones
-- come last.
ALTER TABLE rooms ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

UPDATE rooms SET position = room * 1048576;
