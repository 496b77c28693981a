"""Notices a database that lost its contents: SQLite would start an empty one over it without a word.

Looked for before anything is opened. What proves that there was something to lose is the journal, which keeps every
message received, and the checkpoints, whose file is made after all others. Without either the data folder is new, or
the very first start was cut off, and empty files are in order. A missing checkpoint file is in order too: moving a
damaged one away is the advice given for it.

Documents are younger than the journal of many a data folder. What proves that there were any is the index of the
memory: its file is made after theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import StorageError
from engine.journal import read_journal
from memory.documents import FILE as DOCUMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from core.paths import Home

_DETAIL: Final = "0 bytes"
_INDEX: Final = "recall.db"


def check_nothing_lost(home: Home) -> None:
    """Raise StorageError when a database of a data folder that was worked in is empty or gone."""
    heard = _filled(home.journal) and bool(read_journal(home.journal, types=("MESSAGE",), limit=1))
    if heard and home.checkpoints.exists() and not _filled(home.checkpoints):
        raise StorageError("checkpoint-corrupt", path=str(home.checkpoints), detail=_DETAIL)
    if heard or _filled(home.checkpoints):
        for path in (home.journal, home.database, home.ledger):
            if not _filled(path):
                raise StorageError("storage", path=str(path), detail=_DETAIL)
    documents = home.root / DOCUMENTS
    if _filled(home.root / _INDEX) and not _filled(documents):
        raise StorageError("storage", path=str(documents), detail=_DETAIL)


def _filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
