"""Open questions: the cards that runs stand at until a person answers them.

A question is never kept here alone: it is read from the run's checkpoint again after every start. Answering keeps the
reply under the nonce of the card that was shown and lets the run go on; whoever answers second is told that it is gone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from engine.driver import RunDriver

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.bootstrap import Engine
    from engine.driver import Waiting
    from graph.approvals import Reply
    from graph.cards import Card


@dataclass(frozen=True, slots=True)
class Question:
    """One card that waits for a person."""

    run: str
    card: Card
    nonce: str
    since: float


class Questions:
    """The open questions of this engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._open: dict[str, Question] = {}
        self._coming: dict[str, Question] = {}
        self._subscribers: tuple[Callable[[Question, bool], None], ...] = ()

    def subscribe(self, callback: Callable[[Question, bool], None]) -> Callable[[], None]:
        """Call `callback(question, opened)` whenever one opens or closes; returns how to stop that."""
        self._subscribers = (*self._subscribers, callback)

        def stop() -> None:
            self._subscribers = tuple(known for known in self._subscribers if known is not callback)

        return stop

    def pending(self) -> list[Question]:
        """Return every open question, oldest first."""
        return sorted(self._open.values(), key=lambda question: question.since)

    def of(self, run: str) -> Question | None:
        """Return the question a run stands at."""
        return self._open.get(run)

    def prepare(self, run: str, waiting: Waiting) -> None:
        """A run came to a card; nobody is asked before its task is known to wait, so no answer can come too early."""
        self._coming[run] = Question(run, waiting.card, waiting.nonce, time.time())

    def ask(self, run: str) -> None:
        """The run's task waits now: ask what was prepared; nothing was for a run that is asked about already."""
        question = self._coming.pop(run, None)
        if question is not None:
            self._open[run] = question
            self._tell(question, opened=True)

    async def show(self, run: str) -> bool:
        """Ask what the checkpoint of an unfinished run says it stands at; whether it stands at anything."""
        waiting = await RunDriver(self._engine).waiting(run)
        if waiting is not None:
            self.prepare(run, waiting)
            self.ask(run)
        return waiting is not None

    def forget(self, run: str) -> None:
        """The run ended or went another way."""
        self._coming.pop(run, None)
        question = self._open.pop(run, None)
        if question is not None:
            self._tell(question, opened=False)

    async def answer(self, run: str, reply: Reply, *, nonce: str, via: str) -> None:
        """Keep the person's answer to the card shown under `nonce`.

        Raises:
            InputError: `question-gone`, when the card is not open any more or was shown under another nonce.
        """
        question = self._open.get(run)
        if question is None or question.nonce != nonce:
            raise InputError("question-gone", run=run)
        if reply.decision not in question.card["options"]:
            raise InputError("no-such-decision", decision=reply.decision, options=", ".join(question.card["options"]))
        taken = await self._engine.consent.answer(nonce, reply, via=via)
        if self._open.get(run) is question:
            self.forget(run)
            if not taken:  # nobody answered for so long that the card has to be shown anew
                await self.show(run)
        if not taken:
            raise InputError("question-gone", run=run)

    def _tell(self, question: Question, *, opened: bool) -> None:
        for subscriber in self._subscribers:
            subscriber(question, opened)
