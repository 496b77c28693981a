"""Conversations in the archive file: sessions and the prompts in them."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from core.sessions import Prompt, Session
from memory.store import digest, new_id, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.events import Json
    from memory.store import Column, Row, Store

_SESSION: Final = "session, title, created, cwd, options, parent, deleted"
_PROMPT: Final = "prompt, session, run, text, attachments"
_WISHES: Final = "prompt, wishes"


class SqliteSessions:
    """`core.sessions.Sessions` on the store of an open archive."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add_session(self, title: str, *, cwd: str, options: Mapping[str, Json], parent: str = "") -> Session:
        """Begin a conversation; its id is chosen here."""
        session = Session(new_id("s"), title, time.time(), cwd, dict(options), parent)
        await self._store.do(lambda: self._store.insert("sessions", _SESSION, _session_row(session)))
        return session

    async def session(self, session: str) -> Session:
        """Return one session; InputError `unknown-session` when there is none."""
        return await self._store.do(lambda: self._session(session))

    async def sessions(self) -> list[Session]:
        """Return all sessions that are not deleted, oldest first."""
        rows = await self._store.do(lambda: self._store.rows("sessions", _SESSION, "deleted = 0"))
        return [_read_session(row) for row in rows]

    async def change_session(
        self,
        session: str,
        *,
        title: str | None = None,
        options: Mapping[str, Json] | None = None,
        deleted: bool | None = None,
    ) -> Session:
        """Change what is given and return the session; a deleted one stays on disk."""

        def change() -> Session:
            before = self._session(session)
            after = replace(
                before,
                title=before.title if title is None else title,
                options=before.options if options is None else dict(options),
                deleted=before.deleted if deleted is None else deleted,
            )
            row = _session_row(after)
            changed: dict[str, Column] = {"title": row[1], "options": row[4], "deleted": row[6]}
            self._store.update("sessions", changed, "session", session, digest(row))
            return after

        return await self._store.do(change)

    async def add_prompt(self, prompt: Prompt) -> Prompt:
        """Keep a prompt; one of that id which is already kept is returned instead."""

        def add() -> Prompt:
            known = self._prompts("prompt = ?", prompt.prompt)
            if known:
                return known[0]
            self._session(prompt.session)
            self._store.connection.execute("BEGIN IMMEDIATE")
            with self._store.connection:
                self._store.insert("prompts", _PROMPT, _prompt_row(prompt))
                if prompt.wishes:
                    self._store.insert("wishes", _WISHES, (prompt.prompt, json.dumps(dict(prompt.wishes))))
            return prompt

        return await self._store.do(add)

    async def prompts(self, session: str) -> list[Prompt]:
        """Return the prompts of a session in the order they came."""
        return await self._store.do(lambda: self._prompts("session = ?", session))

    async def session_of(self, run: str) -> str:
        """Return the session a run was begun in, empty for none; forks share runs but did not begin them."""
        rows = await self._store.do(lambda: self._store.rows("prompts", _PROMPT, "run = ?", (run,)))
        return str(rows[0][1]) if rows else ""

    async def prompt_of(self, run: str) -> Prompt | None:
        """Return the prompt a run was begun with, in the session it was begun in."""
        found = await self._store.do(lambda: self._prompts("run = ?", run))
        return found[0] if found else None

    async def withdraw(self, prompt: str) -> None:
        """Forget a prompt whose run was never begun."""

        def forget() -> None:
            begun = self._store.fetch("SELECT 1 FROM runs JOIN prompts USING (run) WHERE prompt = ?", (prompt,))
            if begun:
                return
            self._store.connection.execute("BEGIN IMMEDIATE")
            with self._store.connection:
                self._store.connection.execute("DELETE FROM wishes WHERE prompt = ?", (prompt,))
                self._store.connection.execute("DELETE FROM prompts WHERE prompt = ?", (prompt,))

        await self._store.do(forget)

    def _prompts(self, where: str, value: str) -> list[Prompt]:
        rows = self._store.rows("prompts", _PROMPT, where, (value,))
        chosen = f"prompt IN (SELECT prompt FROM prompts WHERE {where})"  # noqa: S608 - written in this class
        wishes: dict[str, str] = dict(self._store.rows("wishes", _WISHES, chosen, (value,)))
        return [_read_prompt(row, wishes.get(row[0], "{}")) for row in rows]

    def _session(self, session: str) -> Session:
        rows = self._store.rows("sessions", _SESSION, "session = ?", (session,))
        if not rows:
            raise InputError("unknown-session", session=session)
        return _read_session(rows[0])


def _session_row(session: Session) -> tuple[Column, ...]:
    options = json.dumps(dict(session.options))
    cwd = pack(session.cwd)
    return (session.session, pack(session.title), session.created, cwd, options, session.parent, int(session.deleted))


def _read_session(row: Row) -> Session:
    session, title, created, cwd, options, parent, deleted = row
    return Session(session, unpack(title), created, unpack(cwd), json.loads(options), parent, bool(deleted))


def _prompt_row(prompt: Prompt) -> tuple[Column, ...]:
    attachments = json.dumps([dict(item) for item in prompt.attachments])
    return (prompt.prompt, prompt.session, prompt.run, pack(prompt.text), attachments)


def _read_prompt(row: Row, wishes: str) -> Prompt:
    prompt, session, run, text, attachments = row
    return Prompt(prompt, session, run, unpack(text), tuple(json.loads(attachments)), json.loads(wishes))
