-- postcard of Vec<u32>: the line of the file that each block begins on; empty for a page of an earlier version
ALTER TABLE pages ADD COLUMN lines BLOB NOT NULL DEFAULT x'00';
