-- Conversations. `prompts` lists what was asked in each; a fork has rows of its own that name the same runs.

CREATE TABLE sessions (
    position INTEGER PRIMARY KEY,
    session  TEXT NOT NULL UNIQUE,
    title    BLOB NOT NULL,
    created  REAL NOT NULL,
    cwd      BLOB NOT NULL,
    options  TEXT NOT NULL,
    parent   TEXT NOT NULL,
    deleted  INTEGER NOT NULL,
    digest   BLOB NOT NULL
) STRICT;

CREATE TABLE prompts (
    position    INTEGER PRIMARY KEY,
    prompt      TEXT NOT NULL UNIQUE,
    session     TEXT NOT NULL REFERENCES sessions (session),
    run         TEXT NOT NULL,
    text        BLOB NOT NULL,
    attachments TEXT NOT NULL,
    digest      BLOB NOT NULL
) STRICT;

CREATE INDEX prompts_session ON prompts (session);
CREATE INDEX prompts_run ON prompts (run);
