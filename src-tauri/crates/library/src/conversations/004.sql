-- JSON of conversations::About: the words on a page that a question is about; NULL where it is about none.
ALTER TABLE turns ADD COLUMN about TEXT;
