"""Open a database file at the newest schema: numbered SQL files, a copy before each step, nothing started empty."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from core.errors import StorageError
from core.files import create_private, replace_patiently, sync_folder

SCHEMA_FOLDER: Final = Path(__file__).parent / "schema"
APPLICATION_ID: Final = 0x4D435241
"""`MCRA`: tells our archive from any other SQLite file."""
_BUSY_SECONDS: Final = 30.0
_CHECK_WHOLE_BELOW_BYTES: Final = 256_000_000
"""Checking every page costs about a second per gigabyte; larger files are checked row by row as they are read."""


def open_database(path: Path, schema: Path = SCHEMA_FOLDER, application_id: int = APPLICATION_ID) -> sqlite3.Connection:
    """Open or create the database. StorageError `storage` when damaged, `newer-data` when of a newer MultiCoder."""
    scripts = [file.read_text(encoding="utf-8") for file in sorted(schema.glob("*.sql"))]
    try:
        if not path.exists():
            _create(path, scripts, application_id)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            _check(connection, path, len(scripts), application_id)
            _set_up(connection)
            _upgrade(connection, path, scripts)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise StorageError("storage", path=str(path), detail=str(error)) from error
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _create(path: Path, scripts: list[str], application_id: int) -> None:
    """Build a new database aside and rename it: an empty file in its place is then always damage, never a start."""
    log = Path(f"{path}-wal")
    if log.exists() and log.stat().st_size:
        raise StorageError("storage", path=str(path), detail=f"missing, but {log.name} is there")
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    create_private(fresh)
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {application_id}")
        for number, script in enumerate(scripts, start=1):
            _apply(connection, number, script)
    replace_patiently(fresh, path)
    sync_folder(path.parent)


def _check(connection: sqlite3.Connection, path: Path, known: int, application_id: int) -> None:
    """Refuse what is not ours or not whole before anything is written to it."""
    if not path.stat().st_size:
        raise StorageError("storage", path=str(path), detail="the file is empty")
    if _pragma(connection, "application_id") != application_id:
        raise StorageError("storage", path=str(path), detail="not an archive of MultiCoder")
    found = _pragma(connection, "user_version")
    if found > known:
        raise StorageError("newer-data", path=str(path), found=found, known=known)
    if path.stat().st_size < _CHECK_WHOLE_BELOW_BYTES:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise StorageError("storage", path=str(path), detail=verdict)


def _upgrade(connection: sqlite3.Connection, path: Path, scripts: list[str]) -> None:
    found = _pragma(connection, "user_version")
    for number, script in enumerate(scripts[found:], start=found + 1):
        copy_whole(connection, path.with_name(f"{path.name}.v{number - 1}.bak"))
        _apply(connection, number, script)


def copy_whole(connection: sqlite3.Connection, target: Path) -> None:
    """Copy an open database to `target`, which is there whole or not at all."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    create_private(part)
    with closing(sqlite3.connect(part)) as copy:
        connection.backup(copy)
    replace_patiently(part, target)
    sync_folder(target.parent)


def _apply(connection: sqlite3.Connection, number: int, script: str) -> None:
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.rollback()
        raise


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
