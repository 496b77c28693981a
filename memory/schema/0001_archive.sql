-- Texts of people and models are BLOBs: UTF-8 that may carry lone surrogates, which a TEXT column would refuse.
-- `digest` is the BLAKE2b of the row's other columns: a flipped bit is invisible to SQLite's own checks.

CREATE TABLE projects (
    position INTEGER PRIMARY KEY,
    project  TEXT NOT NULL UNIQUE,
    title    BLOB NOT NULL,
    created  REAL NOT NULL,
    out      BLOB NOT NULL,
    locale   TEXT NOT NULL,
    digest   BLOB NOT NULL
) STRICT;

CREATE TABLE messages (
    position INTEGER PRIMARY KEY,
    message  TEXT NOT NULL UNIQUE,
    project  TEXT NOT NULL REFERENCES projects (project),
    run      TEXT NOT NULL,
    author   TEXT NOT NULL CHECK (author IN ('person', 'multicoder')),
    kind     TEXT NOT NULL,
    text     BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    created  REAL NOT NULL,
    effect   TEXT NOT NULL,
    digest   BLOB NOT NULL,
    UNIQUE (project, sequence)
) STRICT;

CREATE UNIQUE INDEX messages_effect ON messages (project, effect) WHERE effect <> '';

CREATE TABLE runs (
    position INTEGER PRIMARY KEY,
    run      TEXT NOT NULL UNIQUE,
    project  TEXT NOT NULL REFERENCES projects (project),
    request  BLOB NOT NULL,
    created  REAL NOT NULL,
    outcome  TEXT NOT NULL,
    options  TEXT NOT NULL,
    digest   BLOB NOT NULL
) STRICT;

CREATE TABLE versions (
    position INTEGER PRIMARY KEY,
    project  TEXT NOT NULL REFERENCES projects (project),
    number   INTEGER NOT NULL,
    run      TEXT NOT NULL,
    revision TEXT NOT NULL,
    artifact BLOB NOT NULL,
    sha256   TEXT NOT NULL,
    created  REAL NOT NULL,
    plan     TEXT NOT NULL,
    digest   BLOB NOT NULL,
    UNIQUE (project, number)
) STRICT;

-- The address is the checksum.
CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY,
    packed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
