-- Bytes are kept once: documents -> contents (by checksum of the whole) -> pieces in order -> segments (by checksum).
-- Names are BLOBs: UTF-8 that may carry lone surrogates. `digest` is the BLAKE2b of the row's other columns.

CREATE TABLE documents (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL UNIQUE,
    name     BLOB NOT NULL,
    kind     TEXT NOT NULL,
    trust    TEXT NOT NULL,
    project  TEXT NOT NULL,
    session  TEXT NOT NULL,
    run      TEXT NOT NULL,
    origin   BLOB NOT NULL,
    speakers INTEGER NOT NULL,
    indexed  INTEGER NOT NULL,
    sha256   BLOB NOT NULL,
    size     INTEGER NOT NULL,
    lines    INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    created  REAL NOT NULL,
    digest   BLOB NOT NULL,
    UNIQUE (sha256, origin, project, session)
) STRICT;

CREATE TABLE contents (
    position INTEGER PRIMARY KEY,
    sha256   BLOB NOT NULL UNIQUE,
    size     INTEGER NOT NULL,
    lines    INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    pieces   INTEGER NOT NULL,
    digest   BLOB NOT NULL
) STRICT;

CREATE TABLE segments (
    position INTEGER PRIMARY KEY,
    sha256   BLOB NOT NULL UNIQUE,
    size     INTEGER NOT NULL,
    packed   BLOB NOT NULL,
    digest   BLOB NOT NULL
) STRICT;

-- `line` is the first line that begins in the piece; `torn` says that the piece begins inside the line before it.
CREATE TABLE pieces (
    position INTEGER PRIMARY KEY,
    content  INTEGER NOT NULL REFERENCES contents (position),
    number   INTEGER NOT NULL,
    segment  INTEGER NOT NULL REFERENCES segments (position),
    line     INTEGER NOT NULL,
    torn     INTEGER NOT NULL,
    digest   BLOB NOT NULL,
    UNIQUE (content, line, number)
) STRICT;

CREATE INDEX pieces_segment ON pieces (segment);

-- What was decided about documents, in order; the last row of a document holds.
CREATE TABLE standings (
    position INTEGER PRIMARY KEY,
    number   INTEGER NOT NULL UNIQUE,
    document TEXT NOT NULL REFERENCES documents (document),
    standing TEXT NOT NULL CHECK (standing IN ('kept', 'quarantined', 'forgotten')),
    reason   BLOB NOT NULL,
    at       REAL NOT NULL,
    digest   BLOB NOT NULL
) STRICT;

CREATE INDEX standings_document ON standings (document, number);

CREATE TABLE links (
    position INTEGER PRIMARY KEY,
    source   TEXT NOT NULL,
    relation TEXT NOT NULL,
    target   TEXT NOT NULL,
    digest   BLOB NOT NULL,
    UNIQUE (source, relation, target)
) STRICT;

CREATE INDEX links_target ON links (target);

-- How much was acknowledged: a row that vanished is missed here. Lines are those of documents that are not forgotten.
CREATE TABLE tally (
    position  INTEGER PRIMARY KEY CHECK (position = 1),
    documents INTEGER NOT NULL,
    lines     INTEGER NOT NULL,
    standings INTEGER NOT NULL,
    links     INTEGER NOT NULL,
    digest    BLOB NOT NULL
) STRICT;

-- Where the scrub is, and what it found damaged. It can be thrown away.
CREATE TABLE scrub (
    part     TEXT PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE damage (
    part     TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (part, position)
) STRICT, WITHOUT ROWID;
