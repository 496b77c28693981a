"""The turns of one conversation, made from what the engine tells of it, live or from its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gui.chat.cards import Reply, key_of
from gui.chat.meta import own
from gui.chat.turns import Turn

if TYPE_CHECKING:
    from collections.abc import Mapping

    Decision = tuple[str, str, dict[str, Any]]
    """The decision, its words, its answers."""


class Log:
    """Turns in order; `dirty` are those whose rows have to be made anew."""

    def __init__(self, kept: dict[str, Decision] | None = None) -> None:
        self.kept = {} if kept is None else kept
        """By card: what was decided while its engine was gone, for the moment the next one asks the same."""
        self.turns: list[Turn] = []
        self.dirty: set[int] = set()
        self.missed: set[str] = set()
        """Runs and steps somebody spoke of that never began here: something was not heard."""
        self._by_prompt: dict[str, Turn] = {}
        self._by_run: dict[str, Turn] = {}
        self._filling: Turn | None = None
        """The turn whose message is being told; anything else ends that."""

    def turn(self, prompt: str) -> Turn | None:
        """The turn of a message."""
        return self._by_prompt.get(prompt)

    def of_run(self, run: str) -> Turn | None:
        """The turn of a run."""
        return self._by_run.get(run)

    def number(self, turn: Turn) -> int:
        """The place of a turn; it is near the end mostly. -1: it is not here."""
        for number in range(len(self.turns) - 1, -1, -1):
            if self.turns[number] is turn:
                return number
        return -1

    def touch(self, turn: Turn) -> None:
        """A turn has to be shown anew."""
        number = self.number(turn)
        if number >= 0:
            self.dirty.add(number)

    def touch_all(self) -> None:
        """Everything has to be shown anew."""
        self.dirty.update(range(len(self.turns)))

    def add(self, turn: Turn) -> Turn:
        """A new turn behind all others."""
        self.turns.append(turn)
        self._by_prompt[turn.prompt] = turn
        self.dirty.add(len(self.turns) - 1)
        return turn

    def remove(self, turn: Turn) -> None:
        """A message was taken back before anything came of it."""
        number = self.number(turn)
        if number >= 0:
            del self.turns[number]
            self._by_prompt.pop(turn.prompt, None)
            self._by_run.pop(turn.run, None)
            self.dirty = {place for place in self.dirty if place < number} | set(range(number, len(self.turns)))

    # ------------------------------------------------------------------------------------------ what stands

    @property
    def shown(self) -> int:
        """How many turns there are to see; those behind them wait for the run before."""
        count = len(self.turns)
        while count > 1 and _waits(self.turns[count - 1]) and _works(self.turns[count - 2]):
            count -= 1
        return count

    @property
    def queued(self) -> list[Turn]:
        """Turns that wait."""
        return self.turns[self.shown :]

    @property
    def newest(self) -> Turn | None:
        """The last turn there is to see."""
        return self.turns[self.shown - 1] if self.turns else None

    @property
    def open_card(self) -> str:
        """The row of the card that can be answered; empty for none."""
        turn = self.newest
        card = turn.open_card if turn is not None else None
        return card.key if card is not None else ""

    # ------------------------------------------------------------------------------------------ from the engine

    def apply(self, update: dict[str, Any]) -> None:
        """Take one `session/update`."""
        kind = update.get("sessionUpdate")
        if kind == "user_message_chunk":
            self._person(update)
            return
        self._filling = None
        turn = self._of(update)
        if turn is None:
            return
        stood = _works(turn)
        if not turn.take(update):
            self.missed.add(str(update.get("toolCallId")))
        self._forget_decided()
        self.touch(turn)
        if stood and not _works(turn):
            self.dirty.update(range(self.number(turn) + 1, len(self.turns)))  # what waited behind it is seen now

    def _person(self, update: dict[str, Any]) -> None:
        prompt = str(update.get("messageId", ""))
        turn = self._by_prompt.get(prompt) or self.add(Turn(prompt))
        turn.said(update, again=turn is not self._filling)
        if turn.run:
            self._by_run[turn.run] = turn
        self._filling = turn
        self.touch(turn)

    def _of(self, update: Mapping[str, Any]) -> Turn | None:
        """The turn an update belongs to; what names no run is of the newest one that began."""
        named = own(update).get("run") or _run_of(update)
        if named:
            if str(named) not in self._by_run:
                self.missed.add(str(named))
            return self._by_run.get(str(named))
        return None if update.get("sessionUpdate") == "session_info_update" else self.newest

    def ask(self, asked: int, method: str, params: dict[str, Any]) -> Reply | None:
        """A question of the engine; returns what answers it at once."""
        key = key_of(method, params)
        run = key.partition("/")[0]
        turn = self._by_run.get(run)
        if not key or turn is None:
            return None
        card, given = turn.card(key), self.kept.pop(key, None)
        reply = card.ask(asked, method, params) or (card.answer(*given) if given is not None else None)
        self.touch(turn)
        return reply

    def _forget_decided(self) -> None:
        """Who was not asked again at once shall not be found agreeing to something later."""
        for key in list(self.kept):
            holder = self.holder(key)
            if holder is not None and holder.cards[key].over:
                del self.kept[key]

    def withdraw(self, asked: int, *, again: bool) -> None:
        """A question is void; `again`: it will be asked again."""
        for turn in reversed(self.turns):
            if any(card.withdraw(asked, again=again) for card in turn.cards.values()):
                self.touch(turn)
                return

    def task(self, task: Mapping[str, Any]) -> None:
        """How the task of a run stands."""
        turn = self._by_run.get(str(task.get("subject", "")))
        if turn is not None and not turn.ended:
            turn.tasked(task)
            self.touch(turn)

    def holder(self, key: str) -> Turn | None:
        """The turn whose card has this row."""
        turn = self._by_run.get(key.partition("/")[0])
        return turn if turn is not None and key in turn.cards else None


def _run_of(update: Mapping[str, Any]) -> str:
    name = update.get("messageId") or update.get("toolCallId") or ""
    return str(name).partition("/")[0]


def _waits(turn: Turn) -> bool:
    return not turn.begun and not turn.ended and not turn.broken


def _works(turn: Turn) -> bool:
    """Whether what was sent after it waits for it."""
    return not turn.ended and not (turn.broken and not turn.confirmed)
