"""Signing in at a provider in the browser: its key comes by itself, nobody has to copy one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal

from gui.slots import slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink


class SignIn(QObject):
    """`state` is empty, `opening`, `waiting`, `done` or `failed`; the last with a `problem` in words."""

    changed = Signal()
    leaving = Signal(str)
    """The address the browser is to show."""
    signedIn = Signal(str, dict)
    """Provider, and the engine's answer with all of them."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._state = self._problem = self._address = ""
        self._turn = 0
        """Counts attempts: what an earlier one still brings is nobody's business any more."""

    @slot(str)
    def begin(self, preset: str) -> None:
        """Send the person to the page of a provider, and wait for the key."""
        self._turn += 1
        turn = self._turn
        self._show("opening")
        self._link.request(
            "_multicoder/providers/sign_in",
            {"preset": preset},
            lambda answer: self._wait(turn, answer),
            lambda words: self._fail(turn, words),
        )

    @slot()
    def open(self) -> None:
        """Show the page once more: the browser may have been closed."""
        if self._state == "waiting":
            self.leaving.emit(self._address)

    @slot()
    def cancel(self) -> None:
        """Give it up."""
        if self._state in {"opening", "waiting"}:
            self._link.request("_multicoder/providers/sign_in/cancel", {}, lambda _answer: None)
        self._turn += 1
        self._show("")

    def _wait(self, turn: int, answer: dict[str, Any]) -> None:
        if turn != self._turn:
            return
        self._address, provider = str(answer["address"]), str(answer["id"])
        self._show("waiting")
        self.leaving.emit(self._address)
        self._link.request(
            "_multicoder/providers/sign_in/wait",
            {},
            lambda result: self._end(turn, provider, result),
            lambda words: self._fail(turn, words),
        )

    def _end(self, turn: int, provider: str, result: dict[str, Any]) -> None:
        if turn == self._turn:
            self._show("done")
        self.signedIn.emit(provider, result)  # given up too late: the key is kept all the same, and shown

    def _fail(self, turn: int, words: Any) -> None:
        if turn == self._turn:
            self._show("failed", " ".join(str(words[part]) for part in ("what", "next") if words.get(part)))

    def _show(self, state: str, problem: str = "") -> None:
        self._state, self._problem = state, problem
        self.changed.emit()

    state = Property(str, lambda self: self._state, notify=changed)
    problem = Property(str, lambda self: self._problem, notify=changed)
    busy = Property(bool, lambda self: self._state in {"opening", "waiting"}, notify=changed)
