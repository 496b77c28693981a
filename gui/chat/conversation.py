"""The thread of the chat that is open: its rows, what the engine asks in it, and what the person does in it.

Everything the engine says goes through one line in its order and is worked off in short slices, so that loading ten
thousand messages never holds up the window; rows are shown at most twenty times a second.
"""

from __future__ import annotations

import time
import uuid
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtGui import QGuiApplication

from gui.chat import branches
from gui.chat.answering import Answering
from gui.chat.finding import words_of
from gui.chat.log import Log
from gui.chat.long_lived import LongLived
from gui.chat.meta import attached, do, nothing, own
from gui.chat.pace import Pace
from gui.chat.rows import RowModel
from gui.chat.seeking import Seeker
from gui.chat.turns import Turn
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.chat.chats import Chats
    from gui.link.engine_link import EngineLink
    from gui.link.words import Trouble

_LOST: Final = frozenset({"link-lost", "engine-restarted", "engine-stopped"})
"""The answer did not come, but the run goes on: what is loaded again says how."""


class Conversation(RowModel):
    """See the module."""

    changed = Signal()
    """`busy`, `waiting`, `progress`, `queued`, `empty`, `usage` or `loading`."""
    modelsChanged = Signal()
    arrived = Signal(str)
    """Another branch is on screen: the row to stand at."""
    sought = Signal(str)
    """A line that was looked for is on screen: its row."""
    decided = Signal()
    """The person answered a card: what comes of it is to be seen."""
    loaded = Signal(str, object)
    """A chat was loaded: its id, the engine's answer."""
    told = Signal(str, str)
    """Words about something that did not succeed, and their kind."""

    def __init__(self, link: EngineLink, chats: Chats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._chats = chats
        self._session = ""
        self._log = Log()
        self._fresh: Log | None = None
        """What is being loaded again, while the rows of before stay on screen."""
        self._loads = 0
        self._loading = False
        self._models: list[str] = []
        self._target = ""
        """The message to stand at once it is loaded."""
        self._seeker = Seeker(self.sought.emit, self._not_there)
        self._unsent: dict[str, list[Turn]] = {}
        """By chat: what the person sent and the engine has not said yet that it has."""
        self._coming: deque[Callable[[], None]] = deque()
        self._gaps: set[str] = set()
        """What was missed and loaded again already: once is enough for what the record does not know either."""
        self._facts: dict[str, Any] = {}
        self._long_lived = LongLived()
        self._work = bordered(do)  # one thing that fails must not keep the others waiting
        self._pace = Pace(self._step, self._show, self)
        self._answering = Answering(link, self._logs, self._pace.now, self._tell)
        self._gather()
        link.updated.connect(bordered(self._updated))
        link.asked.connect(bordered(self._asked))
        link.withdrawn.connect(bordered(self._withdrawn))
        link.told.connect(bordered(self._told_of))
        link.ready.connect(bordered(self._again))
        link.changed.connect(bordered(self._link_changed))
        chats.opened.connect(bordered(self._open))

    busy = Property(bool, lambda self: self._facts["busy"], notify=changed)
    waiting = Property(str, lambda self: self._facts["waiting"], notify=changed)
    progress = Property(dict, lambda self: self._facts["progress"], notify=changed)
    queued = Property(list, lambda self: self._facts["queued"], notify=changed)
    empty = Property(bool, lambda self: self._facts["empty"], notify=changed)
    usage = Property(dict, lambda self: self._facts["usage"], notify=changed)
    models = Property(list, lambda self: self._models, notify=modelsChanged)
    loading = Property(bool, lambda self: self._loading, notify=changed)

    @property
    def settled(self) -> bool:
        """Whether all that was heard is on screen."""
        return not self._coming and not self._log.dirty and not self._loading

    # ------------------------------------------------------------------------------------------ opening

    def _open(self, session: str) -> None:
        left = self._session
        if session and session == left:
            self._again()
            return
        if left and left != session and not self._facts["busy"]:
            self._link.request("session/close", {"sessionId": left}, nothing, nothing)
        self._session, self._fresh, self._log, self._gaps = session, None, Log(), set()
        self._coming.clear()
        self._pace.rest()
        self._clear()
        self._loading = bool(session)
        self._loads += 1
        if session:
            self._load()
        else:
            for turn in self._unsent.get("", []):
                self._log.add(turn)
        self._pace.work()
        self._gather()

    def _load(self) -> None:
        params = {"sessionId": self._session, "cwd": self._chats.folder, "mcpServers": []}
        load, session = self._loads, self._session

        def done(answer: dict[str, Any]) -> None:
            self.loaded.emit(session, answer)
            self._push(partial(self._loaded, load))

        self._link.request("session/load", params, done, partial(self._not_loaded, load))

    def _again(self) -> None:
        """Something was missed: all is loaded anew behind the rows on screen, which stay where they are."""
        if self._session and not self._loading:
            self._fresh = Log(self._log.kept)
            self._loading = True
            self._loads += 1
            self._coming.clear()
            self._load()

    def _loaded(self, load: int) -> None:
        if load != self._loads:
            return
        if self._fresh is not None:
            self._log, self._fresh = self._fresh, None
            self._log.touch_all()
        self._gaps |= self._log.missed
        for turn in list(self._unsent.get(self._session, [])):
            if self._log.turn(turn.prompt) is None:
                self._log.add(turn)
            else:
                self._unsent[self._session].remove(turn)
        self._answering.show_all(self._session)
        self._loading = False
        self._gather()
        self._ask_more()
        self._pace.work()

    def _ask_more(self) -> None:
        """What the record does not say: where it parts from its forks, and how its unfinished runs stand."""
        session, log = self._session, self._log
        ask = self._link.request
        branched = self.tr("Branched from %1")

        def place(answer: dict[str, Any]) -> None:
            branches.place(log, answer, lambda title: branched.replace("%1", title))
            self._pace.work()

        def tasks(answer: dict[str, Any]) -> None:
            self._told_of("_multicoder/tasks", answer)

        ask("_multicoder/branches/list", {"sessionId": session}, place, nothing)
        if log.newest is not None and not log.newest.ended:
            ask("_multicoder/tasks/list", {"kind": "run"}, tasks, nothing)

    def _not_loaded(self, load: int, trouble: Trouble) -> None:
        if load == self._loads:
            self._loading, self._fresh = False, None
            if trouble.get("kind") not in _LOST:
                self._tell(trouble)
            self._gather()

    # ------------------------------------------------------------------------------------------ from the engine

    def _push(self, work: Callable[[], None]) -> None:
        self._coming.append(work)
        self._pace.work()

    def _updated(self, session: str, update: dict[str, Any]) -> None:
        if session == self._session:
            self._push(partial(self._apply, update))

    def _apply(self, update: dict[str, Any]) -> None:
        log = self._fresh or self._log
        log.apply(update)
        if not self._loading and not log.missed <= self._gaps:  # an engine that was started again went on meanwhile
            self._gaps |= log.missed
            self._again()

    def _asked(self, asked: int, method: str, params: dict[str, Any]) -> None:
        session = str(params.get("sessionId", ""))
        self._answering.asked(asked, session, method, params)
        if session == self._session:
            self._push(partial(self._answering.show, asked, method, params))

    def _withdrawn(self, asked: int, again: bool) -> None:
        if self._answering.void(asked):
            self._push(lambda: (self._fresh or self._log).withdraw(asked, again=again))

    def _link_changed(self) -> None:
        if self._link.hopeless and self._log.newest is not None:
            self._push(partial(self._halt, self._log.newest))

    def _halt(self, turn: Turn) -> None:
        turn.halt()
        self._log.touch(turn)

    def _told_of(self, method: str, params: dict[str, Any]) -> None:
        if method == "_multicoder/tasks":
            for task in params.get("tasks") or []:
                if isinstance(task, dict) and task.get("kind") == "run":
                    self._push(partial(self._task, task))

    def _task(self, task: dict[str, Any]) -> None:
        (self._fresh or self._log).task(task)

    # ------------------------------------------------------------------------------------------ in slices

    def _step(self) -> bool:
        """Work off one thing; whether there are more."""
        if self._coming:
            self._work(self._coming.popleft())
        return bool(self._coming)

    def _show(self, until: float) -> bool:
        """Show what changed until a moment; whether all of it is shown."""
        log, ready = self._log, []
        shown = log.shown
        if len(self._counts) > shown:
            self._cut(shown)
        log.dirty.update(range(len(self._counts), shown))
        for number in sorted(place for place in log.dirty if place < shown):
            turn = log.turns[number]
            if not turn.digest(until):
                break
            ready.append((number, turn.rows(number)))
            log.dirty.discard(number)
            if time.perf_counter() >= until:
                break
        self._long_lived.came(self._publish(ready))
        more = any(place < shown for place in log.dirty)
        if not more:
            log.dirty.clear()
            self._come_to_target()
        self._gather()
        return not more

    def _come_to_target(self) -> None:
        if self._target and not self._loading and self._log.turn(self._target) is not None:
            target, self._target = self._target, ""
            self.arrived.emit(target)
        if not self._loading and not self._coming:
            self._seeker.come(self._session, self._log, self._flat)

    def _gather(self) -> None:
        """Say anew what the whole conversation is like, where that changed."""
        log, newest = self._log, self._log.newest
        works = newest is not None and not newest.ended and not newest.broken
        facts = {
            "busy": works and newest is not None and newest.state != "paused",
            "waiting": log.open_card,
            "progress": newest.progress if newest is not None else {},
            "queued": [turn.text for turn in log.queued],
            "empty": not log.turns and not self._loading,
            "usage": newest.usage if newest is not None else {},
        }
        known = {**facts, "loading": self._loading}
        if known != self._facts:
            self._facts = known
            self.changed.emit()

    # ------------------------------------------------------------------------------------------ what a person says

    @slot(str, "QVariantList")
    def send(self, text: str, attachments: list[dict[str, Any]]) -> None:
        """Say something; it is on screen at once and waits when a run works. A new chat begins with it."""
        if not text.strip() and not attachments:
            return
        turn = Turn(f"w-{uuid.uuid4().hex}")
        turn.text = text
        turn.attachments = [attached(item) for item in attachments]
        self._log.add(turn)
        self._dispatch(turn)
        self._pace.now()

    def _dispatch(self, turn: Turn) -> None:
        turn.problem = {}
        session = self._session
        self._unsent.setdefault(session, []).append(turn)
        if session:
            self._prompt(session, turn)
        else:
            self._chats.begin(partial(self._begun, turn), partial(self._failed, "", turn))

    def _begun(self, turn: Turn, session: str) -> None:
        """The new chat has a session; unless the person went elsewhere meanwhile, it is the one on screen."""
        self._forget("", turn)
        self._unsent.setdefault(session, []).append(turn)
        if not self._session and self._log.turn(turn.prompt) is turn:
            self._session = session
        self._prompt(session, turn)

    def _prompt(self, session: str, turn: Turn) -> None:
        links = [{"type": "resource_link", "name": item["name"], "uri": item["uri"]} for item in turn.attachments]
        prompt = [*links, *([{"type": "text", "text": turn.text}] if turn.text.strip() else [])]
        meta = {"multicoder": {"promptId": turn.prompt}}
        params = {"sessionId": session, "prompt": prompt, "_meta": meta}
        answered = partial(self._answered, session, turn)
        self._link.request("session/prompt", params, answered, partial(self._failed, session, turn))

    def _answered(self, session: str, turn: Turn, answer: dict[str, Any]) -> None:
        def settle() -> None:
            self._forget(session, turn)
            outcome = str(own(answer).get("outcome") or "")
            here = self._log.turn(turn.prompt)
            if here is None or here.ended or not outcome:
                return
            if outcome == "cancelled" and not here.begun:
                self._log.remove(here)
                return
            here.finish(outcome)
            self._log.touch(here)
            self._again()  # the end itself was not heard, so other things were not either

        self._push(settle)

    def _failed(self, session: str, turn: Turn, trouble: Trouble) -> None:
        def settle() -> None:
            here = self._log.turn(turn.prompt) or turn
            if here.ended or (here.confirmed and trouble.get("kind") in _LOST):
                return
            here.problem = dict(trouble)
            if here.confirmed:
                self._forget(session, turn)
            self._log.touch(here)

        self._push(settle)

    def _forget(self, session: str, turn: Turn) -> None:
        waiting = self._unsent.get(session, [])
        if turn in waiting:
            waiting.remove(turn)

    # ------------------------------------------------------------------------------------------ what a person does

    @slot()
    def stop(self) -> None:
        """End the run and take back what waits behind it."""
        if self._session:
            self._link.notify("session/cancel", {"sessionId": self._session})

    @slot()
    def pause(self) -> None:
        """Let the run stop at the next safe place."""
        turn = self._log.newest
        if turn is not None and turn.task:
            self._link.request("_multicoder/tasks/pause", {"task": turn.task}, nothing, self._tell)

    @slot()
    def resume(self) -> None:
        """Let the newest run go on, or try again what failed."""
        turn = self._log.newest
        if turn is None:
            return
        if self._link.hopeless:
            self._link.retry()  # with the engine its unfinished work goes on
        elif turn.ended and turn.broken:
            self.send(turn.text, turn.attachments)
        elif turn.ended or turn.confirmed:
            if not turn.ended:
                self._link.request("_multicoder/run/resume", {"run": turn.run}, nothing, self._tell)
        elif turn.broken:
            self._forget(self._session, turn)
            self._dispatch(turn)
            self._log.touch(turn)
            self._pace.now()

    @slot(int, str)
    def edit(self, turn: int, text: str) -> None:
        """Say something else in place of a message: a branch of the conversation."""
        if text.strip():
            self._ask_again(turn, text)

    @slot()
    def lookForModels(self) -> None:
        """Learn of which models an answer can be asked: `models` follows."""

        def learn(answer: dict[str, Any]) -> None:
            self._models = [str(model) for model in answer.get("models", [])]
            self.modelsChanged.emit()

        self._link.request("_multicoder/models/list", {"sessionId": self._session}, learn, nothing)

    @slot(int, str)
    def regenerate(self, turn: int, model: str) -> None:
        """Ask the same once more, with a model as its writer or of the same team: a branch of the conversation."""
        self._ask_again(turn, "", model)

    def _ask_again(self, number: int, text: str, model: str = "") -> None:
        turn = self._at(number)
        if turn is None or not turn.confirmed:
            return
        params = {"sessionId": self._session, "messageId": turn.prompt, "text": text}
        if model:
            params["model"] = model
        self._link.request("_multicoder/session/regenerate", params, self._forked, self._tell)

    def _forked(self, answer: dict[str, Any]) -> None:
        if isinstance(answer.get("sessionId"), str):
            self._chats.open(answer["sessionId"])

    @slot(int, int)
    def branch(self, turn: int, step: int) -> None:
        """Show the branch beside, at the same place."""
        here = self._at(turn)
        sibling = branches.sibling(here, step) if here is not None else {}
        if sibling:
            self._target = str(sibling.get("messageId", ""))
            self._chats.open(str(sibling.get("sessionId", "")))

    @slot("QVariantMap")
    def goTo(self, spot: dict[str, Any]) -> None:
        """Show a line of this or another chat; `sought` follows."""
        session = self._seeker.seek(spot)
        if session != self._session:
            self._chats.open(session)
        self._pace.now()

    @slot(int, str)
    @slot(int)
    def copyTurn(self, turn: int, speaker: str = "") -> None:
        """Put what was said into the clipboard, as Markdown: MultiCoder's words, or the person's (`user`)."""
        here = self._at(turn)
        if here is not None:
            words = here.text if speaker == "user" else here.spoken() or here.text
            QGuiApplication.clipboard().setText(words)

    @slot(int, bool)
    def rate(self, turn: int, good: bool) -> None:
        """Say whether an answer was good."""
        here = self._at(turn)
        if here is not None and here.run:
            self._link.request("_multicoder/run/rate", {"run": here.run, "good": good}, nothing, self._tell)

    @slot(int)
    def withdraw(self, index: int) -> None:
        """Take back a message that waits."""
        queued = self._log.queued
        if not 0 <= index < len(queued):
            return
        turn = queued[index]
        params = {"sessionId": self._session, "messageId": turn.prompt}

        def gone(_answer: dict[str, Any]) -> None:
            self._forget(self._session, turn)
            self._log.remove(turn)
            self._pace.now()

        self._link.request("_multicoder/session/withdraw", params, gone, self._tell)

    @slot(str, str, str, "QVariantMap")
    def answer(self, row: str, decision: str, text: str, answers: dict[str, Any]) -> None:
        """Decide at a card, once; what says nothing is not sent."""
        if self._answering.answer(row, decision, text, dict(answers)):
            self.decided.emit()

    def _logs(self) -> list[Log]:
        return [self._log] if self._fresh is None else [self._log, self._fresh]

    @slot(str, result="QStringList")
    def find(self, text: str) -> list[str]:
        """Return the rows that hold a text, in order."""
        wanted = text.casefold().strip()
        return [row.key for row in self._flat if wanted in words_of(row).casefold()] if wanted else []

    def _not_there(self) -> None:
        self.told.emit(self.tr("This line is not in the chat any more."), "error")

    def _at(self, number: int) -> Turn | None:
        return self._log.turns[number] if 0 <= number < self._log.shown else None

    def _tell(self, trouble: Trouble) -> None:
        self.told.emit(f"{trouble.get('what', '')} {trouble.get('next', '')}".strip(), "error")
