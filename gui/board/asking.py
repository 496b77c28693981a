"""What one page asks of the engine: one request of a kind at a time, and what went wrong in words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.link.engine_link import EngineLink

    Done = Callable[[dict[str, Any]], None]

_FORGOTTEN_SECONDS: Final = 20.0
"""After this long a request is no longer waited for: the engine may have been started anew meanwhile."""


class Asking(QObject):
    """Requests of one page; `problem` holds words while the last thing the person wanted did not work."""

    changed = Signal()
    waitingChanged = Signal()

    def __init__(self, link: EngineLink, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self._problem: dict[str, Any] = {}
        self._open: dict[str, float] = {}
        self._next: dict[str, Callable[[], None]] = {}

    def look(self, method: str, params: dict[str, Any], done: Done, *, name: str = "", again: bool = True) -> None:
        """Ask for something to show; quiet when it fails.

        While the same is under way it is not asked beside it but once more afterwards: the answer that is coming may
        be older than the wish. Without `again` the one under way is enough.
        """
        kind = name or method
        if time.monotonic() - self._open.get(kind, -_FORGOTTEN_SECONDS) < _FORGOTTEN_SECONDS:
            if again:
                self._next[kind] = lambda: self.look(method, params, done, name=name)
            return
        begun = self._open[kind] = time.monotonic()

        def end() -> None:
            if self._open.get(kind) == begun:
                del self._open[kind]
                self._next.pop(kind, _nothing)()
                self.waitingChanged.emit()

        def answered(result: dict[str, Any]) -> None:
            end()
            done(result)

        self._link.request(method, params, answered, lambda _words: end())
        self.waitingChanged.emit()

    def waits(self, kind: str) -> bool:
        """Whether a look of a kind is under way."""
        return kind in self._open

    def act(self, method: str, params: dict[str, Any], done: Done | None = None, failed: Done | None = None) -> None:
        """Do what the person wants; a failure is told in words, which `failed` gets as well."""

        def answered(result: dict[str, Any]) -> None:
            self.forget()
            if done is not None:
                done(result)

        def refused(words: dict[str, Any]) -> None:
            self._fail(words)
            if failed is not None:
                failed(words)

        self._link.request(method, params, answered, refused)

    def fail(self, what: str, following: str = "") -> None:
        """Tell of something that went wrong on this side."""
        self._fail({"what": what, "next": following})

    @slot()
    def forget(self) -> None:
        """The person saw the problem."""
        if self._problem:
            self._problem = {}
            self.changed.emit()

    def _fail(self, words: dict[str, Any]) -> None:
        self._problem = words
        self.changed.emit()

    def _text(self) -> str:
        return " ".join(str(self._problem[part]) for part in ("what", "did", "next") if self._problem.get(part))

    problem = Property(str, _text, notify=changed)


def _nothing() -> None:
    """Nothing has to be asked again."""
