"""The window's conversation with the engine, through the relay: requests, what the engine tells, what it asks.

The relay hides a crash of the engine; this hides a crash of the relay: it is started again with growing patience, the
window introduces itself anew and says so by `ready`. What had no answer by then fails in words. An engine that was
stopped on purpose stays so until the person does something that needs it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QTimer, Signal

from core.logs import LOGGER_NAME
from core.version import program_version
from gui.link import words
from gui.link.rpc import Rpc
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gui.link.words import Trouble

DELAYS_MS: Final = (500, 1_000, 2_000, 4_000, 8_000, 10_000)
"""Before the relay is started again."""
FAILED_DELAY_MS: Final = 60_000
"""Once starting again seems hopeless: each try may cost several starts of the engine."""
HOPELESS_AFTER: Final = 3
"""Tries in a row that never got an answer."""
INTRODUCTION_MS: Final = 90_000
"""The relay itself gives up earlier."""
PROTOCOL: Final = 1
_STEADY_SECONDS: Final = 30.0
"""A connection that held this long makes the next break a first one."""
_MOST_WAITING: Final = 1_000
_QUESTIONS: Final = frozenset({"session/request_permission", "elicitation/create"})
_TOLD: Final = frozenset({"_multicoder/status", "_multicoder/tasks", "_multicoder/shelves"})
_METHOD_NOT_FOUND: Final = -32601
_LOOKS: Final = frozenset(
    {"close", "get", "info", "list", "pending", "presets", "roster", "rows", "search", "statistics", "status"}
)
"""Last words of methods that pages call by themselves: for these nobody starts an engine that was stopped."""
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.window.link")


@dataclass(slots=True)
class _Request:
    method: str
    params: dict[str, Any]
    done: Callable[[dict[str, Any]], None]
    failed: Callable[[Trouble], None] | None


class EngineLink(QObject):
    """See the module. Everything happens in the thread of the window; callbacks come later, never inside the call."""

    ready = Signal()
    """The engine was introduced to this window, for the first time or again."""
    updated = Signal(str, object)
    """`session/update`: session, update."""
    asked = Signal(object, str, object)
    """A question of the engine: id for `answer`, method, params."""
    withdrawn = Signal(object, bool)
    """A question is void; whether it will be asked again, because its engine is gone and not because of an answer."""
    told = Signal(str, object)
    """`_multicoder/status`, `_multicoder/tasks` or `_multicoder/shelves`, params."""
    changed = Signal()
    """`state` or `problem`."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], locale: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.locale = locale
        self._command = list(command)
        self._environ = dict(environ)
        self._rpc: Rpc | None = None
        self._state = "starting"
        self._problem = ""
        self._count = 0
        self._open: dict[int, _Request] = {}
        self._waiting: dict[int, _Request] = {}
        """Not sent yet: kept over a break."""
        self._questions: dict[int, Any] = {}
        """Ids of the engine's questions, by the id they have here: each relay counts anew."""
        self._breaks = 0
        self._fruitless = 0
        self._ready_since = 0.0
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(bordered(self._begin))
        self._patience = QTimer(self, singleShot=True, interval=INTRODUCTION_MS)
        self._patience.timeout.connect(bordered(self._unanswered))

    @Property(str, notify=changed)
    def state(self) -> str:
        """`starting`, `ready`, `reconnecting`, `stopped` on purpose or `failed` (which is tried again now and then)."""
        return self._state

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why it failed or was stopped, in words."""
        return self._problem

    @property
    def hopeless(self) -> bool:
        """Whether no answer comes by itself."""
        return self._state in {"failed", "stopped"}

    @property
    def relay_pid(self) -> int:
        """Process id of the relay; 0 when it does not run."""
        return self._rpc.pid if self._rpc is not None else 0

    def start(self) -> None:
        """Start the relay; without a command there is no engine, and everything waits."""
        if self._command and self._rpc is None:
            self._begin()

    def speak(self, locale: str) -> None:
        """Have everything the engine says from now on in another language."""
        self.locale = locale
        if self._state == "ready":  # whoever introduces itself again is asked for nothing else anew
            self._count += 1
            self._send(self._count, _Request("initialize", self._introduction(), lambda _answer: None, None))

    @slot()
    def retry(self) -> None:
        """Try at once what would be tried later."""
        stopped = self._state == "stopped"
        if self._again.isActive() or stopped:
            self._again.stop()
            self._fruitless = 0
            self._show("starting" if stopped else "reconnecting")
            self._begin()

    def close(self) -> None:
        """End the relay and wait until it is gone; the engine works on."""
        self._again.stop()
        self._patience.stop()
        self._command = []
        self._open.clear()
        self._waiting.clear()
        if self._rpc is not None:
            self._rpc.end()
            self._rpc.deleteLater()
            self._rpc = None

    # ------------------------------------------------------------------------------------------ to the engine

    def request(
        self,
        method: str,
        params: dict[str, Any],
        done: Callable[[dict[str, Any]], None],
        failed: Callable[[Trouble], None] | None = None,
    ) -> int:
        """Ask the engine; `done` gets the result, `failed` the reason in words. Waits while there is no engine yet."""
        self._count += 1
        asked = _Request(method, params, done, failed)
        if self._state == "stopped" and method.rsplit("/", 1)[-1] not in _LOOKS:
            self.retry()
        if self.hopeless or len(self._waiting) >= _MOST_WAITING:
            self._later(asked, words.no_engine(self._problem))
        elif self._state == "ready":
            self._send(self._count, asked)
        else:
            self._waiting[self._count] = asked
        return self._count

    def notify(self, method: str, params: dict[str, Any]) -> None:
        """Tell the engine something; without one nobody listens."""
        if self._rpc is not None and self._state == "ready":
            self._rpc.send({"jsonrpc": "2.0", "method": method, "params": params})

    def answer(self, asked: int, result: dict[str, Any]) -> bool:
        """Answer a question; False when it is void by now."""
        if asked not in self._questions or self._rpc is None:
            return False
        return self._rpc.send({"jsonrpc": "2.0", "id": self._questions.pop(asked), "result": result})

    def _send(self, name: int, asked: _Request) -> None:
        message = {"jsonrpc": "2.0", "id": name, "method": asked.method, "params": asked.params}
        if self._rpc is not None and self._rpc.send(message):
            self._open[name] = asked
        else:
            self._later(asked, words.too_long())

    def _later(self, asked: _Request, trouble: Trouble) -> None:
        QTimer.singleShot(0, self, bordered(lambda: _fail(asked, trouble)))

    # ------------------------------------------------------------------------------------------ beginning, ending

    def _begin(self) -> None:
        self._rpc = Rpc(self._command, self._environ, self)
        self._rpc.heard.connect(bordered(self._heard))
        self._rpc.ended.connect(bordered(self._ended))
        self._patience.start()
        self._rpc.start()
        self._count += 1
        introduction = _Request("initialize", self._introduction(), self._introduced, self._refused)
        self._send(self._count, introduction)

    def _introduction(self) -> dict[str, Any]:
        own = {"status": True, "tasks": True, "shelves": True, "window": True, "locale": self.locale}
        return {
            "protocolVersion": PROTOCOL,
            "clientCapabilities": {"elicitation": {"form": {}}, "_meta": {"multicoder": own}},
            "clientInfo": {"name": "multicoder-window", "title": "MultiCoder", "version": program_version()},
        }

    def _introduced(self, result: dict[str, Any]) -> None:
        if result.get("protocolVersion") != PROTOCOL:
            self._refused({**words.general(), "what": self.tr("The engine is of another version of MultiCoder.")})
            return
        self._patience.stop()
        self._fruitless = 0
        self._ready_since = time.monotonic()
        self._show("ready")
        waiting, self._waiting = self._waiting, {}
        for name, asked in waiting.items():
            self._send(name, asked)
        self.ready.emit()

    def _refused(self, trouble: Trouble) -> None:
        self._drop(f"{trouble['what']} {trouble['next']}".strip())

    def _unanswered(self) -> None:
        self._drop(self.tr("The engine did not answer."))

    def _drop(self, problem: str) -> None:
        if self._rpc is not None:
            self._rpc.end()
        self._ended(problem, well=False)

    def _ended(self, problem: str, well: bool) -> None:
        if self._rpc is None:
            return
        self._rpc.deleteLater()
        self._rpc = None
        self._patience.stop()
        problem = problem.removeprefix("multicoder: ")
        if well and self._state == "ready":
            self._breaks = 0
            _LOG.info("the engine was stopped: %s", problem)
            self._show("stopped", self.tr("The engine was stopped. It starts again when something needs it."))
            self._fail_all(hopeless=True)
            return
        if self._state == "ready" and time.monotonic() - self._ready_since > _STEADY_SECONDS:
            self._breaks = 0
        self._fruitless += 0 if self._state == "ready" else 1
        hopeless = self._fruitless >= HOPELESS_AFTER
        delay = FAILED_DELAY_MS if hopeless else DELAYS_MS[min(self._breaks, len(DELAYS_MS) - 1)]
        self._breaks += 1
        _LOG.warning("the relay ended (%s); it is started again in %d ms", problem or "without a word", delay)
        self._again.start(delay)
        self._show("failed" if hopeless else "reconnecting", problem)
        self._fail_all(hopeless=hopeless)

    def _fail_all(self, *, hopeless: bool) -> None:
        lost, self._open = self._open, {}
        void, self._questions = self._questions, {}
        for name in void:
            self.withdrawn.emit(name, True)  # noqa: FBT003 - a signal knows no names
        for asked in lost.values():
            if asked.method != "initialize":
                self._later(asked, words.lost())
        if hopeless:
            unsent, self._waiting = self._waiting, {}
            for asked in unsent.values():
                self._later(asked, words.no_engine(self._problem))

    def _show(self, state: str, problem: str = "") -> None:
        if (state, problem) != (self._state, self._problem):
            self._state, self._problem = state, problem
            self.changed.emit()

    # ------------------------------------------------------------------------------------------ from the engine

    def _heard(self, message: dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params")
        if not isinstance(method, str):
            self._answered(message)
            return
        given = params if isinstance(params, dict) else {}
        if message.get("id") is not None:
            self._question(message["id"], method, given)
        elif method == "session/update":
            session, update = given.get("sessionId"), given.get("update")
            if isinstance(session, str) and isinstance(update, dict):
                self.updated.emit(session, update)
        elif method == "$/cancel_request":
            self._withdraw(given)
        elif method in _TOLD:
            self.told.emit(method, given)

    def _answered(self, message: dict[str, Any]) -> None:
        name = message.get("id")
        asked = self._open.pop(name, None) if type(name) is int else None
        if asked is None:
            _LOG.info("an answer nobody waits for was left out")
        elif "error" in message:
            _fail(asked, words.trouble_of(message["error"]))
        else:
            result = message.get("result")
            asked.done(result if isinstance(result, dict) else {})

    def _question(self, given: Any, method: str, params: dict[str, Any]) -> None:
        if method not in _QUESTIONS:
            if self._rpc is not None:
                error = {"code": _METHOD_NOT_FOUND, "message": "Method not found"}
                self._rpc.send({"jsonrpc": "2.0", "id": given, "error": error})
            return
        self._count += 1
        self._questions[self._count] = given
        self.asked.emit(self._count, method, params)

    def _withdraw(self, params: dict[str, Any]) -> None:
        given, gone = params.get("requestId"), _within(params, "_meta", "multicoder", "engineGone") is True
        for name, known in list(self._questions.items()):
            if type(known) is type(given) and known == given:
                del self._questions[name]
                self.withdrawn.emit(name, gone)


def _within(thing: Any, *names: str) -> Any:
    for name in names:
        thing = thing.get(name) if isinstance(thing, dict) else None
    return thing


def _fail(asked: _Request, trouble: Trouble) -> None:
    if asked.failed is not None:
        asked.failed(trouble)
    else:
        _LOG.warning("%s failed: %s", asked.method, trouble["kind"])
