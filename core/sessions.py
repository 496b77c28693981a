"""Sessions: conversations as a client shows them. A session is a list of prompts; each prompt becomes one run.

Which project a run belongs to is the run's own affair: a new task in an old conversation gets a project of its own
without leaving the conversation.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass, field
from typing import Protocol

from core.events import Json  # noqa: TC001 - the dataclass machinery reads the annotations


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation."""

    session: str
    title: str
    created: float
    cwd: str
    """The folder it was opened in; finished files go there unless the options name another."""
    options: Mapping[str, Json]
    parent: str
    """The session it was forked from, empty for none."""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """One message of the person in a session, and the run that works on it."""

    prompt: str
    """Chosen by the client where it can, so that a message sent twice is one message."""
    session: str
    run: str
    """Chosen when the prompt is kept; the run itself begins later when another one of the session still works."""
    text: str
    attachments: tuple[Mapping[str, Json], ...]
    """What was attached: name, uri, size, sha256 and the archive reference of the text the roles read."""
    wishes: Mapping[str, Json] = field(default_factory=dict)
    """What it asks for besides its words: `model` that writes the answer, `restore` of a version and the `run` that
    made it, `web` for how things are looked up in this turn."""


class Sessions(Protocol):
    """Keeps conversations, losslessly; a returned call is on disk."""

    async def add_session(self, title: str, *, cwd: str, options: Mapping[str, Json], parent: str = "") -> Session:
        """Begin a conversation; its id is chosen here."""

    async def session(self, session: str) -> Session:
        """Return one session; InputError `unknown-session` when there is none."""

    async def sessions(self) -> list[Session]:
        """Return all sessions that are not deleted, oldest first."""

    async def change_session(
        self,
        session: str,
        *,
        title: str | None = None,
        options: Mapping[str, Json] | None = None,
        deleted: bool | None = None,
    ) -> Session:
        """Change what is given and return the session; a deleted one stays on disk."""

    async def add_prompt(self, prompt: Prompt) -> Prompt:
        """Keep a prompt; one of that id which is already kept is returned instead."""

    async def prompts(self, session: str) -> list[Prompt]:
        """Return the prompts of a session in the order they came."""

    async def session_of(self, run: str) -> str:
        """Return the session a run was begun in, empty for none; forks share runs but did not begin them."""

    async def prompt_of(self, run: str) -> Prompt | None:
        """Return the prompt a run was begun with, in the session it was begun in."""

    async def withdraw(self, prompt: str) -> None:
        """Forget a prompt whose run was never begun."""
