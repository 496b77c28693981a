"""The archive: projects, messages, runs, versions and blobs in one SQLite file, byte-exact and verified on reading.

One thread owns the connection, so the event loop never waits for the disk and writes need no locks. A call that
returned is on the disk (`synchronous = FULL`).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import sqlite3
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from core.errors import InputError, StorageError
from core.ports import Project, RunRecord, StoredMessage, Version
from memory.migrations import open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from core.events import Json

    Column = str | bytes | int | float
    Row = tuple[Any, ...]

T = TypeVar("T")

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_DIGITS: Final = 9  # 45 bits of milliseconds: sortable until the year 3084
_RANDOM_DIGITS: Final = 6
_DIGEST_BYTES: Final = 16

_PROJECT: Final = "project, title, created, out, locale"
_MESSAGE: Final = "message, project, run, author, kind, text, sequence, created, effect"
_RUN: Final = "run, project, request, created, outcome, options"
_VERSION: Final = "project, number, run, revision, artifact, sha256, created, plan"


def new_id(prefix: str) -> str:
    """Return a short id that sorts by time: `p-01m3k8x2q7abcdef`."""
    number = int(time.time() * 1000)
    digits = [_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_TIME_DIGITS))]
    digits += [secrets.choice(_ALPHABET) for _ in range(_RANDOM_DIGITS)]
    return f"{prefix}-{''.join(digits)}"


class SqliteArchive:
    """`core.ports.Archive` on SQLite."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        try:
            self._connection = self._thread.submit(open_database, path).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def close(self) -> None:
        """Finish what was begun and close the file; closing twice is no error."""
        try:
            self._thread.submit(self._connection.close)
        except RuntimeError:
            return  # closed before
        self._thread.shutdown(wait=True)

    async def add_project(self, title: str, *, out: str, locale: str) -> Project:
        """Begin a project; its id is chosen here."""
        project = Project(new_id("p"), title, time.time(), out, locale)
        values = (project.project, _pack(title), project.created, _pack(out), locale)
        await self._do(lambda: self._insert("projects", _PROJECT, values))
        return project

    async def set_title(self, project: str, title: str) -> None:
        """Rename a project."""

        def rename() -> None:
            row = self._project_row(project)
            values = (row[0], _pack(title), *row[2:])
            self._update("projects", {"title": values[1]}, "project", project, _digest(values))

        await self._do(rename)

    async def project(self, project: str) -> Project:
        """Return one project; InputError `unknown-project` when there is none."""
        return _project(await self._do(lambda: self._project_row(project)))

    async def projects(self) -> list[Project]:
        """Return all projects, oldest first."""
        return [_project(row) for row in await self._do(lambda: self._rows("projects", _PROJECT))]

    async def add_message(
        self,
        project: str,
        run: str,
        author: Literal["person", "multicoder"],
        text: str,
        *,
        kind: str = "text",
        effect: str = "",
    ) -> str:
        """Keep a message and return its id. A repeated non-empty `effect` returns the first id."""

        def add() -> str:
            self._project_row(project)
            if effect:
                known = self._rows("messages", _MESSAGE, "project = ? AND effect = ?", (project, effect))
                if known:
                    return str(known[0][0])
            sequence = self._last_sequence(project) + 1
            message = new_id("m")
            values = (message, project, run, author, kind, _pack(text), sequence, time.time(), effect)
            self._insert("messages", _MESSAGE, values)
            return message

        return await self._do(add)

    async def message(self, message: str) -> StoredMessage:
        """Return one message; InputError `unknown-message` when there is none."""
        rows = await self._do(lambda: self._rows("messages", _MESSAGE, "message = ?", (message,)))
        if not rows:
            raise InputError("unknown-message", message=message)
        return _message(rows[0])

    async def messages(self, project: str) -> list[StoredMessage]:
        """Return the messages of a project in the order they were kept."""
        rows = await self._do(lambda: self._rows("messages", _MESSAGE, "project = ?", (project,)))
        return [_message(row) for row in rows]

    async def add_run(self, run: str, project: str, request: str, options: Mapping[str, Json]) -> None:
        """Keep a run that begins; repeating the same run changes nothing, another one of that id is refused."""

        def add() -> None:
            self._project_row(project)
            known = self._rows("runs", _RUN, "run = ?", (run,))
            if not known:
                values = (run, project, _pack(request), time.time(), "", json.dumps(dict(options)))
                self._insert("runs", _RUN, values)
            elif known[0][2] != _pack(request):
                detail = f"the run {run} is already about another message"
                raise StorageError("storage", path=str(self._path), detail=detail)

        await self._do(add)

    async def move_run(self, run: str, project: str) -> None:
        """Give a run and its messages to another project; repeating it changes nothing."""

        def move() -> None:
            self._project_row(project)
            row = self._run_row(run)
            if row[1] == project:
                return
            last = self._last_sequence(project)
            moving = self._rows("messages", _MESSAGE, "project = ? AND run = ?", (row[1], run))
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                for sequence, message in enumerate(moving, start=last + 1):
                    values = (message[0], project, *message[2:6], sequence, *message[7:])
                    place: dict[str, Column] = {"project": project, "sequence": sequence}
                    self._update("messages", place, "message", message[0], _digest(values))
                values = (run, project, *row[2:])
                self._update("runs", {"project": project}, "run", run, _digest(values))

        await self._do(move)

    async def set_outcome(self, run: str, outcome: str) -> None:
        """Record how a run ended."""

        def end() -> None:
            row = self._run_row(run)
            values = (*row[:4], outcome, row[5])
            self._update("runs", {"outcome": outcome}, "run", run, _digest(values))

        await self._do(end)

    async def run(self, run: str) -> RunRecord:
        """Return one run; InputError `unknown-run` when there is none."""
        return _run(await self._do(lambda: self._run_row(run)))

    async def runs(self) -> list[RunRecord]:
        """Return all runs, oldest first."""
        return [_run(row) for row in await self._do(lambda: self._rows("runs", _RUN))]

    async def add_version(self, version: Version) -> None:
        """Keep a version; repeating the same (project, number, run) changes nothing."""

        def add() -> None:
            self._project_row(version.project)
            key = (version.project, version.number)
            known = self._rows("versions", _VERSION, "project = ? AND number = ?", key)
            if not known:
                self._insert("versions", _VERSION, _version_row(version))
            elif known[0][2] != version.run:
                detail = f"version {version.number} of {version.project} belongs to run {known[0][2]}"
                raise StorageError("storage", path=str(self._path), detail=detail)

        await self._do(add)

    async def versions(self, project: str) -> list[Version]:
        """Return the delivered versions of a project, oldest first."""
        rows = await self._do(lambda: self._rows("versions", _VERSION, "project = ?", (project,)))
        return sorted((_version(row) for row in rows), key=lambda version: version.number)

    async def put_blob(self, data: bytes) -> str:
        """Keep bytes, return their sha256 (hex)."""

        def put() -> str:
            sha256 = hashlib.sha256(data).hexdigest()
            self._connection.execute("INSERT OR IGNORE INTO blobs VALUES (?, ?)", (sha256, zlib.compress(data)))
            return sha256

        return await self._do(put)

    async def blob(self, sha256: str) -> bytes:
        """Return kept bytes, checked against their digest."""

        def get() -> bytes:
            found = self._fetch("SELECT packed FROM blobs WHERE sha256 = ?", (sha256,))
            if not found:
                raise StorageError("unknown-blob", sha256=sha256)
            try:
                data = zlib.decompress(found[0][0])
            except zlib.error:
                data = b""
            if hashlib.sha256(data).hexdigest() != sha256:
                raise StorageError("record-damaged", path=str(self._path), record=f"blob {sha256}")
            return data

        return await self._do(get)

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._guarded, work)

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.Error as error:
            raise StorageError("storage", path=str(self._path), detail=str(error)) from error

    def _project_row(self, project: str) -> Row:
        rows = self._rows("projects", _PROJECT, "project = ?", (project,))
        if not rows:
            raise InputError("unknown-project", project=project)
        return rows[0]

    def _last_sequence(self, project: str) -> int:
        last = self._connection.execute("SELECT max(sequence) FROM messages WHERE project = ?", (project,))
        return int(last.fetchone()[0] or 0)

    def _run_row(self, run: str) -> Row:
        rows = self._rows("runs", _RUN, "run = ?", (run,))
        if not rows:
            raise InputError("unknown-run", run=run)
        return rows[0]

    def _rows(self, table: str, columns: str, where: str = "1", values: tuple[Column, ...] = ()) -> list[Row]:
        select = f"SELECT position, digest, {columns} FROM {table}"  # noqa: S608 - names are this module's constants
        found = []
        for position, digest, *row in self._fetch(f"{select} WHERE {where} ORDER BY position", values):
            if _digest(row) != digest:
                raise StorageError("record-damaged", path=str(self._path), record=f"{table} {position}")
            found.append(tuple(row))
        return found

    def _fetch(self, query: str, values: tuple[Column, ...]) -> list[Row]:
        try:
            return self._connection.execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # no id of ours holds lone surrogates

    def _insert(self, table: str, columns: str, values: tuple[Column, ...]) -> None:
        marks = ", ".join("?" * (len(values) + 1))
        query = f"INSERT INTO {table} ({columns}, digest) VALUES ({marks})"  # noqa: S608 - as above
        self._connection.execute(query, (*values, _digest(values)))

    def _update(self, table: str, values: Mapping[str, Column], key: str, row: str, digest: bytes) -> None:
        columns = "".join(f"{column} = ?, " for column in values)
        query = f"UPDATE {table} SET {columns}digest = ? WHERE {key} = ?"  # noqa: S608 - as above
        self._connection.execute(query, (*values.values(), digest, row))


def _pack(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _unpack(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _digest(values: tuple[Column, ...] | list[Column]) -> bytes:
    """Hash a row; lengths and types go in, so that no two rows read alike."""
    total = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode()
        total.update(f"{type(value).__name__}:{len(data)}:".encode())
        total.update(data)
    return total.digest()


def _project(row: Row) -> Project:
    return Project(row[0], _unpack(row[1]), row[2], _unpack(row[3]), row[4])


def _message(row: Row) -> StoredMessage:
    message, project, run, author, kind, text, sequence, created, _effect = row
    return StoredMessage(message, project, run, author, kind, _unpack(text), sequence, created)


def _run(row: Row) -> RunRecord:
    return RunRecord(row[0], row[1], _unpack(row[2]), row[3], row[4], json.loads(row[5]))


def _version_row(version: Version) -> tuple[Column, ...]:
    artifact, plan = _pack(version.artifact), json.dumps(version.plan)
    facts = (version.run, version.commit, artifact, version.sha256, float(version.created), plan)
    return (version.project, version.number, *facts)


def _version(row: Row) -> Version:
    project, number, run, commit, artifact, sha256, created, plan = row
    return Version(project, number, run, commit, _unpack(artifact), sha256, created, json.loads(plan))
