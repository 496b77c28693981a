-- Format 1. `chain` is the BLAKE2b over the chain before and the row itself: see rows.py.

CREATE TABLE events (
    seq    INTEGER PRIMARY KEY,
    at     REAL NOT NULL,
    type   TEXT NOT NULL,
    name   TEXT NOT NULL,
    run    TEXT NOT NULL,
    module TEXT NOT NULL,
    risk   TEXT NOT NULL,
    data   TEXT NOT NULL,
    chain  BLOB NOT NULL
) STRICT;

-- What filters ask about, in the order of the answers: no filter without a text has to touch the rows it passes over.
CREATE INDEX events_facets ON events (seq, at, type, name, run, risk);
CREATE INDEX events_run ON events (run, seq);

-- Name and data in one letter case. Beside the rows, so that looking for a text reads nothing else.
CREATE TABLE words (
    seq    INTEGER PRIMARY KEY,
    folded TEXT NOT NULL
) STRICT;

-- Rows that moved into compressed files; always the whole beginning of the journal, without a gap.
CREATE TABLE segments (
    last         INTEGER PRIMARY KEY,
    first        INTEGER NOT NULL,
    since        REAL NOT NULL,
    until        REAL NOT NULL,
    types        TEXT NOT NULL,
    risk         TEXT NOT NULL,
    chain_before BLOB NOT NULL,
    chain_after  BLOB NOT NULL,
    file         TEXT NOT NULL,
    bytes        INTEGER NOT NULL,
    sha256       TEXT NOT NULL
) STRICT;

CREATE TABLE segment_runs (
    run  TEXT NOT NULL,
    last INTEGER NOT NULL REFERENCES segments (last),
    PRIMARY KEY (run, last)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.seq IS NOT 1 + max(
    coalesce((SELECT max(seq) FROM events), 0), coalesce((SELECT max(last) FROM segments), 0)
)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER events_fixed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER events_kept BEFORE DELETE ON events
WHEN OLD.seq > coalesce((SELECT max(last) FROM segments), 0)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER words_fixed BEFORE UPDATE ON words
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER words_kept BEFORE DELETE ON words
WHEN OLD.seq > coalesce((SELECT max(last) FROM segments), 0)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER segments_follow BEFORE INSERT ON segments
WHEN NEW.first IS NOT 1 + coalesce((SELECT max(last) FROM segments), 0)
    OR NEW.chain_after IS NOT (SELECT chain FROM events WHERE seq = NEW.last)
BEGIN SELECT RAISE(ABORT, 'segments of the journal follow each other'); END;

CREATE TRIGGER segments_fixed BEFORE UPDATE ON segments
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER segments_kept BEFORE DELETE ON segments
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
