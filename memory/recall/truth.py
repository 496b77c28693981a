"""Messages of the archive as the index reads them: by position, each checked against its digest."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from memory.store import digest, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from memory.store import Column, Store

_MESSAGE: Final = "message, project, run, author, kind, text, sequence, created, effect"
_JOINED: Final = "coalesce(r.project, ''), coalesce(r.outcome, 'none'), coalesce(p.session, '')"
_PROVED_AT_ONCE: Final = 5_000
_PORTIONS: Final = 4
"""Of so many messages that are proved each time somebody asks what is lost; takes an eighth of a second."""
_ENDINGS: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Said:
    """A text message and where it stands."""

    position: int
    message: str
    project: str
    run: str
    author: str
    text: str
    created: float
    run_project: str
    """Where its run is now; a run can move as long as it is unfinished."""
    unfinished: bool
    session: str

    @property
    def lines(self) -> list[str]:
        """Its lines without their ends."""
        return _ENDINGS.split(self.text)


@dataclass(frozen=True, slots=True)
class Titles:
    """What conversations are called."""

    projects: Mapping[str, str]
    sessions: Mapping[str, str | None]
    """None for a conversation that was deleted: it is kept, but nobody is shown its lines."""

    def of(self, said: Said) -> str | None:
        """Return what the conversation of a message is called; None when it was deleted."""
        return self.sessions.get(said.session, self.projects.get(said.project, ""))


class Chats:
    """Messages of the open archive."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._proved = 0
        self._damaged: set[int] = set()

    async def after(self, position: int, limit: int) -> list[Said]:
        """Return the next text messages; one that is damaged is left out, the board tells of it."""
        where = f"m.position > ? AND m.kind = 'text' ORDER BY m.position LIMIT {int(limit)}"
        return await self._store.do(lambda: self._read(where, (position,)))

    async def at(self, positions: Iterable[int]) -> dict[int, Said]:
        """Return messages by their positions."""
        listed = json.dumps(sorted(positions))
        where = "m.position IN (SELECT value FROM json_each(?))"
        found = await self._store.do(lambda: self._read(where, (listed,)))
        return {said.position: said for said in found}

    async def of_run(self, run: str, up_to: int) -> list[Said]:
        """Return the text messages of a run that stand no later than a position."""
        where = "m.run = ? AND m.kind = 'text' AND m.position <= ? ORDER BY m.position"
        return await self._store.do(lambda: self._read(where, (run, up_to)))

    async def standing(self, runs: Iterable[str]) -> Mapping[str, tuple[str, bool]]:
        """Return where runs are now, and whether they are unfinished."""
        listed = json.dumps(list(runs))
        query = "SELECT run, project, outcome = '' FROM runs WHERE run IN (SELECT value FROM json_each(?))"
        rows = await self._store.do(lambda: self._store.fetch(query, (listed,)))
        return {run: (project, bool(unfinished)) for run, project, unfinished in rows}

    async def titles(self, projects: Iterable[str], sessions: Iterable[str]) -> Titles:
        """Return what conversations and projects are called."""
        listed = (json.dumps(list(projects)),), (json.dumps(list(sessions)),)

        def read() -> Titles:
            query = "SELECT project, title FROM projects WHERE project IN (SELECT value FROM json_each(?))"
            named = {project: unpack(title) for project, title in self._store.fetch(query, listed[0])}
            query = "SELECT session, title, deleted FROM sessions WHERE session IN (SELECT value FROM json_each(?))"
            rows = self._store.fetch(query, listed[1])
            found = {session: None if deleted else unpack(title) for session, title, deleted in rows}
            return Titles(named, found)

        return await self._store.do(read)

    async def count(self) -> int:
        """Return how many text messages there are."""
        query = "SELECT count(*) FROM messages WHERE kind = 'text'"
        return int((await self._store.do(lambda: self._store.fetch(query, ())))[0][0])

    async def lost(self) -> int:
        """Count messages whose row is not what was kept.

        Each call looks at those that were damaged and goes on through the others, from the first again after the last.
        """
        listed = json.dumps(sorted(self._damaged))
        where = "position IN (SELECT value FROM json_each(?))"
        _seen, self._damaged = await self._store.do(lambda: self._prove(where, listed))
        following = f"position > ? ORDER BY position LIMIT {_PROVED_AT_ONCE}"
        for _portion in range(_PORTIONS):
            seen, wrong = await self._store.do(lambda: self._prove(following, self._proved))
            self._damaged |= wrong
            self._proved = seen[-1] if len(seen) == _PROVED_AT_ONCE else 0
            if not self._proved:
                break
        return len(self._damaged)

    def _prove(self, where: str, value: Column) -> tuple[list[int], set[int]]:
        """Return the positions of messages, and of those that are not what was kept."""
        query = f"SELECT position, digest, {_MESSAGE} FROM messages WHERE {where}"  # noqa: S608 - names of this class
        rows = self._store.fetch(query, (value,))
        return [row[0] for row in rows], {position for position, kept, *row in rows if digest(row) != kept}

    def _read(self, where: str, values: tuple[Column, ...]) -> list[Said]:
        columns = ", ".join(f"m.{name}" for name in _MESSAGE.split(", "))
        found = []
        for position, kept, *row, at, outcome, session in self._store.fetch(
            f"SELECT m.position, m.digest, {columns}, {_JOINED} FROM messages m "  # noqa: S608 - names of this class
            f"LEFT JOIN runs r ON r.run = m.run AND m.run <> '' LEFT JOIN prompts p ON p.run = m.run AND m.run <> '' "
            f"AND p.position = (SELECT min(position) FROM prompts WHERE run = m.run) WHERE {where}",
            values,
        ):
            if digest(row) == kept:
                message, project, run, author, _kind, text, _sequence, created, _effect = row
                facts = (position, message, project, run, author, unpack(text), created)
                found.append(Said(*facts, at, outcome == "", session))
        return found
