"""The file of the housekeeping: places and checksums of telling lines, what was used, what is alike; no text.

It can be thrown away: it is made anew from the archive. Only the memory of what was used is lost with it, and that
changes ranks and nothing else.
"""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core.errors import StorageError
from core.files import create_private

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

FILE: Final = "summaries.db"
_VERSION: Final = 1
_BUSY_SECONDS: Final = 10.0
_SCHEMA: Final = Path(__file__).parent / "summaries.sql"


class House:
    """The open file; every call runs in its one thread. A file that is damaged or of another version begins anew."""

    def __init__(self, root: Path) -> None:
        self._path = root / FILE
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="housekeeping")
        self._db: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file; closing twice is no error."""
        with suppress(RuntimeError):
            self._thread.submit(self._close)
        self._thread.shutdown(wait=True)

    def do_now(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have `work` done in one transaction; never call it from the event loop. StorageError when refused."""
        return self._thread.submit(self._do, work).result()

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return self._once(work)
        except sqlite3.OperationalError as error:  # busy, full, read-only: says nothing about what is in it
            raise StorageError("storage", path=str(self._path), detail=str(error)) from error
        except sqlite3.DatabaseError:
            self._begin_anew()
        try:
            return self._once(work)
        except sqlite3.Error as error:
            raise StorageError("storage", path=str(self._path), detail=str(error)) from error

    def _once(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._db is None:
            self._db = self._open()
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            return work(self._db)

    def _open(self) -> sqlite3.Connection:
        if not self._path.exists() or _version(self._path) != _VERSION:
            self._begin_anew()
        return self._opened()

    def _opened(self) -> sqlite3.Connection:
        create_private(self._path)
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON")
            if int(connection.execute("PRAGMA user_version").fetchone()[0]) != _VERSION:
                schema = _SCHEMA.read_text(encoding="utf-8")
                connection.executescript(f"BEGIN IMMEDIATE;\n{schema}\nPRAGMA user_version = {_VERSION};\nCOMMIT;")
        except BaseException:
            connection.close()
            raise
        return connection

    def _begin_anew(self) -> None:
        self._close()
        for ending in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def empty_log(self) -> None:
        """Write what is in the log into the file and cut it: nothing that was taken out stays in it."""

        def cut() -> Any:
            return self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall() if self._db is not None else []

        self._thread.submit(cut).result()


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
