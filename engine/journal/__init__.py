"""The journal: everything that happened, in one append-only SQLite table and as lines in the log.

Rows are chained by checksums, so that what was changed or cut off is found; the oldest move into compressed files when
the disk budget is passed, and stay readable from here like all others.
"""

from engine.journal.anchor import anchor_file
from engine.journal.database import unusable_told
from engine.journal.filters import JournalFilter
from engine.journal.keeping import Journal, JournalStats
from engine.journal.rows import JournalRow
from engine.journal.searching import JournalTally, count, read_journal, search, tally
from engine.journal.verifying import ChainReport, verify, verify_tail

__all__ = [
    "ChainReport",
    "Journal",
    "JournalFilter",
    "JournalRow",
    "JournalStats",
    "JournalTally",
    "anchor_file",
    "count",
    "read_journal",
    "search",
    "tally",
    "unusable_told",
    "verify",
    "verify_tail",
]
