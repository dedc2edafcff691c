-- When the person put a job out of sight that had ended without success; NULL while it is to be seen. It can be tried
-- again all the same.
ALTER TABLE jobs ADD COLUMN cleared INTEGER;
