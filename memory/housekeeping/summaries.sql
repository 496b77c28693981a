-- Which lines sum a project up, where they stand and what they were: places and checksums, no text.

CREATE TABLE seen (stream TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tails (project TEXT PRIMARY KEY, positions TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE blocks (
    block INTEGER PRIMARY KEY, project TEXT NOT NULL, level INTEGER NOT NULL, above INTEGER, lines INTEGER NOT NULL
) STRICT;
CREATE INDEX blocks_open ON blocks (project, level) WHERE above IS NULL;
CREATE TABLE picks (
    pick INTEGER PRIMARY KEY, block INTEGER NOT NULL, source TEXT NOT NULL, line INTEGER NOT NULL, sha256 BLOB NOT NULL,
    score REAL NOT NULL
) STRICT;
CREATE INDEX picks_block ON picks (block);
CREATE INDEX picks_source ON picks (source);
CREATE TABLE covered (block INTEGER NOT NULL, source TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    sha256 BLOB NOT NULL) STRICT;
CREATE INDEX covered_block ON covered (block);
CREATE INDEX covered_source ON covered (source);
CREATE TABLE used (
    source TEXT NOT NULL, line INTEGER NOT NULL, session TEXT NOT NULL, project TEXT NOT NULL,
    PRIMARY KEY (source, line, session, project)
) STRICT, WITHOUT ROWID;
CREATE TABLE sketches (
    hash INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketches_document ON sketches (document);
CREATE TABLE near (document TEXT PRIMARY KEY, original TEXT NOT NULL, likeness REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX near_original ON near (original);
