"""The archive: projects, messages, runs, versions and blobs in one SQLite file, byte-exact and verified on reading."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from typing import TYPE_CHECKING, Final, Literal

from core.errors import InputError, StorageError
from core.ports import Project, RunRecord, StoredMessage, Version
from memory.store import Store, digest, new_id, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.events import Json
    from memory.store import Column, Row

_PROJECT: Final = "project, title, created, out, locale"
_MESSAGE: Final = "message, project, run, author, kind, text, sequence, created, effect"
_RUN: Final = "run, project, request, created, outcome, options"
_VERSION: Final = "project, number, run, revision, artifact, sha256, created, plan"


class SqliteArchive:
    """`core.ports.Archive` on SQLite."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path)

    @property
    def store(self) -> Store:
        """The open file, for what else is kept in it."""
        return self._store

    def close(self) -> None:
        """Finish what was begun and close the file; closing twice is no error."""
        self._store.close()

    async def add_project(self, title: str, *, out: str, locale: str) -> Project:
        """Begin a project; its id is chosen here."""
        project = Project(new_id("p"), title, time.time(), out, locale)
        values = (project.project, pack(title), project.created, pack(out), locale)
        await self._store.do(lambda: self._store.insert("projects", _PROJECT, values))
        return project

    async def set_title(self, project: str, title: str) -> None:
        """Rename a project."""

        def rename() -> None:
            row = self._project_row(project)
            values = (row[0], pack(title), *row[2:])
            self._store.update("projects", {"title": values[1]}, "project", project, digest(values))

        await self._store.do(rename)

    async def project(self, project: str) -> Project:
        """Return one project; InputError `unknown-project` when there is none."""
        return _project(await self._store.do(lambda: self._project_row(project)))

    async def projects(self) -> list[Project]:
        """Return all projects, oldest first."""
        return [_project(row) for row in await self._store.do(lambda: self._store.rows("projects", _PROJECT))]

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
                known = self._store.rows("messages", _MESSAGE, "project = ? AND effect = ?", (project, effect))
                if known:
                    return str(known[0][0])
            sequence = self._last_sequence(project) + 1
            message = new_id("m")
            values = (message, project, run, author, kind, pack(text), sequence, time.time(), effect)
            self._store.insert("messages", _MESSAGE, values)
            return message

        return await self._store.do(add)

    async def message(self, message: str) -> StoredMessage:
        """Return one message; InputError `unknown-message` when there is none."""
        rows = await self._store.do(lambda: self._store.rows("messages", _MESSAGE, "message = ?", (message,)))
        if not rows:
            raise InputError("unknown-message", message=message)
        return _message(rows[0])

    async def messages(self, project: str) -> list[StoredMessage]:
        """Return the messages of a project in the order they were kept."""
        rows = await self._store.do(lambda: self._store.rows("messages", _MESSAGE, "project = ?", (project,)))
        return [_message(row) for row in rows]

    async def recent(self, project: str, *, before: str = "", limit: int = 20) -> list[StoredMessage]:
        """Return the newest text messages of a project, oldest first; `before` and later ones are left out."""
        until = "sequence < coalesce((SELECT sequence FROM messages WHERE message = ? AND project = ?), 9e18)"
        newest = f"SELECT position FROM messages WHERE project = ? AND kind = 'text' AND {until}"  # noqa: S608 - constants
        where = f"position IN ({newest} ORDER BY sequence DESC LIMIT ?)"
        values = (project, before, project, limit)
        return [
            _message(row) for row in await self._store.do(lambda: self._store.rows("messages", _MESSAGE, where, values))
        ]

    async def add_run(self, run: str, project: str, request: str, options: Mapping[str, Json]) -> None:
        """Keep a run that begins; repeating the same run changes nothing, another one of that id is refused."""

        def add() -> None:
            self._project_row(project)
            known = self._store.rows("runs", _RUN, "run = ?", (run,))
            if not known:
                values = (run, project, pack(request), time.time(), "", json.dumps(dict(options)))
                self._store.insert("runs", _RUN, values)
            elif known[0][2] != pack(request):
                detail = f"the run {run} is already about another message"
                raise StorageError("storage", path=str(self._store.path), detail=detail)

        await self._store.do(add)

    async def move_run(self, run: str, project: str) -> None:
        """Give a run and its messages to another project; repeating it changes nothing."""

        def move() -> None:
            self._project_row(project)
            row = self._run_row(run)
            if row[1] == project:
                return
            last = self._last_sequence(project)
            moving = self._store.rows("messages", _MESSAGE, "project = ? AND run = ?", (row[1], run))
            self._store.connection.execute("BEGIN IMMEDIATE")
            with self._store.connection:
                for sequence, message in enumerate(moving, start=last + 1):
                    values = (message[0], project, *message[2:6], sequence, *message[7:])
                    place: dict[str, Column] = {"project": project, "sequence": sequence}
                    self._store.update("messages", place, "message", message[0], digest(values))
                values = (run, project, *row[2:])
                self._store.update("runs", {"project": project}, "run", run, digest(values))

        await self._store.do(move)

    async def set_outcome(self, run: str, outcome: str) -> None:
        """Record how a run ended."""

        def end() -> None:
            row = self._run_row(run)
            values = (*row[:4], outcome, row[5])
            self._store.update("runs", {"outcome": outcome}, "run", run, digest(values))

        await self._store.do(end)

    async def run(self, run: str) -> RunRecord:
        """Return one run; InputError `unknown-run` when there is none."""
        return _run(await self._store.do(lambda: self._run_row(run)))

    async def runs(self) -> list[RunRecord]:
        """Return all runs, oldest first."""
        return [_run(row) for row in await self._store.do(lambda: self._store.rows("runs", _RUN))]

    async def add_version(self, version: Version) -> None:
        """Keep a version; repeating the same (project, number, run) changes nothing."""

        def add() -> None:
            self._project_row(version.project)
            key = (version.project, version.number)
            known = self._store.rows("versions", _VERSION, "project = ? AND number = ?", key)
            if not known:
                self._store.insert("versions", _VERSION, _version_row(version))
            elif known[0][2] != version.run:
                detail = f"version {version.number} of {version.project} belongs to run {known[0][2]}"
                raise StorageError("storage", path=str(self._store.path), detail=detail)

        await self._store.do(add)

    async def versions(self, project: str) -> list[Version]:
        """Return the delivered versions of a project, oldest first."""
        rows = await self._store.do(lambda: self._store.rows("versions", _VERSION, "project = ?", (project,)))
        return sorted((_version(row) for row in rows), key=lambda version: version.number)

    async def put_blob(self, data: bytes) -> str:
        """Keep bytes, return their sha256 (hex)."""

        def put() -> str:
            sha256 = hashlib.sha256(data).hexdigest()
            self._store.connection.execute("INSERT OR IGNORE INTO blobs VALUES (?, ?)", (sha256, zlib.compress(data)))
            return sha256

        return await self._store.do(put)

    async def blob(self, sha256: str) -> bytes:
        """Return kept bytes, checked against their digest."""

        def get() -> bytes:
            found = self._store.fetch("SELECT packed FROM blobs WHERE sha256 = ?", (sha256,))
            if not found:
                raise StorageError("unknown-blob", sha256=sha256)
            try:
                data = zlib.decompress(found[0][0])
            except zlib.error:
                data = b""
            if hashlib.sha256(data).hexdigest() != sha256:
                raise StorageError("record-damaged", path=str(self._store.path), record=f"blob {sha256}")
            return data

        return await self._store.do(get)

    def _project_row(self, project: str) -> Row:
        rows = self._store.rows("projects", _PROJECT, "project = ?", (project,))
        if not rows:
            raise InputError("unknown-project", project=project)
        return rows[0]

    def _last_sequence(self, project: str) -> int:
        last = self._store.connection.execute("SELECT max(sequence) FROM messages WHERE project = ?", (project,))
        return int(last.fetchone()[0] or 0)

    def _run_row(self, run: str) -> Row:
        rows = self._store.rows("runs", _RUN, "run = ?", (run,))
        if not rows:
            raise InputError("unknown-run", run=run)
        return rows[0]


def _project(row: Row) -> Project:
    return Project(row[0], unpack(row[1]), row[2], unpack(row[3]), row[4])


def _message(row: Row) -> StoredMessage:
    message, project, run, author, kind, text, sequence, created, _effect = row
    return StoredMessage(message, project, run, author, kind, unpack(text), sequence, created)


def _run(row: Row) -> RunRecord:
    return RunRecord(row[0], row[1], unpack(row[2]), row[3], row[4], json.loads(row[5]))


def _version_row(version: Version) -> tuple[Column, ...]:
    artifact, plan = pack(version.artifact), json.dumps(version.plan)
    facts = (version.run, version.commit, artifact, version.sha256, float(version.created), plan)
    return (version.project, version.number, *facts)


def _version(row: Row) -> Version:
    project, number, run, commit, artifact, sha256, created, plan = row
    return Version(project, number, run, commit, unpack(artifact), sha256, created, json.loads(plan))
