"""How a command speaks and listens: its progress, the person at the cards, and Ctrl+C."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console

from core.i18n import tr
from engine.keyboard import Keyboard
from engine.person import Consenting, Nobody
from engine.progress import JsonProgress, LiveProgress, PlainProgress
from engine.reporting import EXIT_PAUSED
from engine.terminal import Terminal
from graph.approvals import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.driver import RunDriver
    from engine.person import Person
    from engine.progress import Progress
    from graph.cards import Card


@dataclass(frozen=True)
class Voice:
    """Language, progress and the person at the cards."""

    locale: str
    progress: Progress
    person: Person
    json: bool
    keyboard: Keyboard | None = None
    """There when the person types at this terminal."""


@contextmanager
def speaking(locale: str, *, yes: bool, json: bool, budget: float | None = None) -> Iterator[Voice]:
    """Open the voice that fits: a live table and questions at a terminal, lines in a pipe, objects for scripts."""
    console = Console(highlight=False)
    progress: Progress = PlainProgress(sys.stdout, locale)
    if json:
        progress = JsonProgress()
    elif console.is_terminal:
        progress = LiveProgress(console, locale)
    keyboard: Keyboard | None = None
    person: Person = Nobody()
    if yes:
        person = Consenting()
    elif sys.stdin is not None and sys.stdin.isatty() and not json:
        keyboard = Keyboard()
        person = Terminal(console, progress, keyboard, locale)
    if budget is not None:
        person = Raising(person, budget)
    try:
        yield Voice(locale, progress, person, json, keyboard)
    finally:
        progress.pause()


class Raising:
    """`resume --budget`: answers one money hold with the new limit, leaves the rest to the person behind."""

    def __init__(self, person: Person, budget: float) -> None:
        self._person = person
        self._budget: float | None = budget
        self.via = person.via

    async def decide(self, card: Card) -> Reply | None:
        """Raise the limit once: where that is not enough, a person has to decide."""
        if self._budget is not None and _held_for_money(card):
            raised, self._budget = self._budget, None
            self.via = "--budget"
            return Reply("retry", caps={"usd": raised})
        self.via = self._person.via
        return await self._person.decide(card)


def _held_for_money(card: Card) -> bool:
    return card["kind"] == "hold" and card["hold"]["kind"] == "budget" and card["hold"]["facts"].get("cap") == "usd"


@contextmanager
def interruptible(driver: RunDriver, voice: Voice) -> Iterator[None]:
    """Ctrl+C pauses safely, an open question stays pending; a second one ends at once."""
    loop = asyncio.get_running_loop()
    asked = threading.Event()

    def pause(*_: object) -> None:
        if asked.is_set():
            os._exit(EXIT_PAUSED)
        asked.set()
        loop.call_soon_threadsafe(driver.request, "pause")
        if voice.keyboard is not None:
            loop.call_soon_threadsafe(voice.keyboard.leave)
        if not voice.json:
            with suppress(OSError, RuntimeError):  # nobody reads any more, or the signal came amid a print
                print(f"\n{tr('pausing', voice.locale)}", file=sys.stderr, flush=True)  # noqa: T201 - told at once

    before = {number: signal.signal(number, pause) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
