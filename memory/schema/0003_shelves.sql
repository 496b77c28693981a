-- Conversations that a person keeps together, under a name. What is taken away is marked, never removed: a row stands for
-- good, so that an older copy of this file can be completed from a damaged newer one.

CREATE TABLE shelves (
    position INTEGER PRIMARY KEY,
    shelf    TEXT NOT NULL UNIQUE,
    name     BLOB NOT NULL,
    created  REAL NOT NULL,
    deleted  INTEGER NOT NULL,
    digest   BLOB NOT NULL
) STRICT;

-- Where a conversation is; an empty `shelf` says that it was taken out.
CREATE TABLE shelved (
    position INTEGER PRIMARY KEY,
    session  TEXT NOT NULL UNIQUE REFERENCES sessions (session),
    shelf    TEXT NOT NULL,
    digest   BLOB NOT NULL
) STRICT;
