-- What a message asks for besides its words: another model, an earlier version. Few have any, so they have rows of
-- their own; a new column of `prompts` would make every digest kept before wrong.

CREATE TABLE wishes (
    position INTEGER PRIMARY KEY,
    prompt   TEXT NOT NULL UNIQUE,
    wishes   TEXT NOT NULL,
    digest   BLOB NOT NULL
) STRICT;
