"""One turn of a conversation: what the person said and everything the run made of it did and said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QUrl

from gui.chat.cards import Card
from gui.chat.cited import CitedSources
from gui.chat.meta import moment, own
from gui.chat.rows import Row
from gui.chat.speech import Speech
from gui.chat.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

_RUN: Final = "run"
_STATES: Final = {
    "delivered": "done",
    "answered": "done",
    "refused": "failed",
    "failed": "failed",
    "rejected": "cancelled",
    "stopped": "cancelled",
    "cancelled": "cancelled",
}
WAITS_FOR_PERSON: Final = "person"
_TITLE_CHARACTERS: Final = 80
_ALONE: Final = {"index": 1, "count": 1}


class Turn:
    """See the module. `prompt` names it from the moment the person sent it."""

    def __init__(self, prompt: str) -> None:
        self.prompt = prompt
        self.run = ""
        self.text = ""
        self.attachments: list[dict[str, Any]] = []
        self.confirmed = False
        """The engine has it."""
        self.begun = False
        """Its run does something."""
        self.outcome = ""
        self.problem: dict[str, Any] = {}
        self.rated = ""
        self.instead = ""
        """In words: who would have answered, when another model did."""
        self.branch: dict[str, Any] = {}
        self.divider = ""
        self.usage: dict[str, Any] = {}
        self.cards: dict[str, Card] = {}
        self.timeline = Timeline()
        self._lines: list[str] = []
        self._process: list[str] = []
        self._said: dict[str, Speech | CitedSources | dict[str, Any]] = {}
        self._task: dict[str, Any] = {}
        self._started = 0.0
        self._last = 0.0
        self._thought_until = 0.0

    # ------------------------------------------------------------------------------------------ where it stands

    @property
    def ended(self) -> bool:
        """Whether nothing comes of it any more by itself."""
        return bool(self.outcome)

    @property
    def broken(self) -> bool:
        """Whether it failed and can be tried again."""
        return bool(self.problem)

    @property
    def open_card(self) -> Card | None:
        """The card that can be answered now."""
        return next((card for card in self.cards.values() if card.open), None)

    @property
    def task(self) -> str:
        """The task that drives the run, empty while nobody named it."""
        return str(self._task.get("task", ""))

    @property
    def state(self) -> str:
        """`running`, `paused`, `waits`, `done`, `failed` or `cancelled`."""
        if self.outcome:
            return _STATES.get(self.outcome, "done")
        if self.broken:
            return "failed"
        if any(card.state in {"open", "sent"} for card in self.cards.values()):
            return "waits"
        paused = self._task.get("state") == "paused" and self._task.get("reason") != WAITS_FOR_PERSON
        return "paused" if paused else "running"

    @property
    def progress(self) -> dict[str, Any]:
        """How far the run is; empty while there is nothing to build or nothing more to do."""
        if self.ended or _RUN not in self._process:
            return {}
        modules = self.timeline.modules
        facts = {"percent": self._percent(), "done": self.timeline.done, "total": len(modules)}
        return {**facts, "state": self.state, "rowKey": f"{self.prompt}/run"}

    def _percent(self) -> int:
        if self.state == "done":
            return 100
        told = self._task.get("progress", -1.0)
        share = round(100 * told) if isinstance(told, int | float) else 0
        return max(0, share, self.timeline.percent())  # the task tells of itself a second later than its modules

    def _seconds(self, until: float) -> int:
        return max(0, round(until - self._started - self._waited(until))) if self._started else 0

    def _waited(self, until: float) -> float:
        """How long it stood at cards: nobody worked then."""
        spans = ((card.shown_at, min(card.decided_at or until, until)) for card in self.cards.values() if card.shown_at)
        return sum(max(0.0, end - begin) for begin, end in spans)

    # ------------------------------------------------------------------------------------------ from the engine

    def said(self, update: Mapping[str, Any], *, again: bool) -> None:
        """Take a piece of the person's own message; `again`: it begins anew."""
        if again:
            self.text, self.attachments = "", []
        self.confirmed = True
        self.run = str(own(update).get("run") or self.run)
        block = update.get("content")
        if not isinstance(block, dict):
            return
        if block.get("type") == "text":
            self.text += str(block.get("text", ""))
        else:
            named = {"name": str(block.get("name", "")), "uri": str(block.get("uri", ""))}
            kept = {"size": int(block.get("size") or 0), "sha256": str(own(update).get("sha256") or "")}
            self.attachments = [*self.attachments, {**named, **kept}]

    def take(self, update: dict[str, Any]) -> bool:
        """Take anything else of the run; False for what goes on without having begun here."""
        meta = own(update)
        at = moment(meta)
        if at:
            self._started = self._started or at
            self._last = max(self._last, at)
        kind = update.get("sessionUpdate")
        if kind == "session_info_update":
            self._told(meta, at)
            return True
        self.begun = True
        if kind == "agent_thought_chunk":
            self._lines = [*self._lines, *_text(update).strip().splitlines()]
        elif kind == "agent_message_chunk":
            self._speak(update, meta)
        elif kind == "usage_update":
            self.usage = _usage(update)
        elif kind == "plan":
            self.timeline.plan(update.get("entries") or [], at)
        elif kind in {"tool_call", "tool_call_update"}:
            return self._step(update, meta)
        return True

    def _step(self, update: dict[str, Any], meta: dict[str, Any]) -> bool:
        name = str(update.get("toolCallId", ""))
        if "card" in meta or name in self.cards:
            self.card(name).stepped(update)
            return True
        known = self.timeline.stage(update, meta)
        if self.timeline.begun and _RUN not in self._process:
            self._process.append(_RUN)
            self._thought_until = moment(meta) or self._last
        return known

    def card(self, name: str) -> Card:
        """The card of a name; a new one comes behind what is there."""
        if name not in self.cards:
            self.cards[name] = Card(name)
            self._process.append(name)
        return self.cards[name]

    def _speak(self, update: dict[str, Any], meta: dict[str, Any]) -> None:
        name = str(update.get("messageId", ""))
        block = update.get("content")
        if isinstance(block, dict) and block.get("type") != "text":
            self._deliver(name, block, meta)
            return
        if isinstance(meta.get("sources"), list):
            self._cite(name, _text(update), meta["sources"])
            return
        if meta.get("replaces") and name.count("/") > 1:
            name = name.rpartition("/")[0]  # the same message as after it was loaded again
            self._said[name] = Speech(name)
        speech = self._said.setdefault(name, Speech(name))
        if isinstance(speech, Speech):
            speech.add(_text(update))
            if moment(meta):  # what comes from the record is whole
                speech.end()

    def _cite(self, name: str, text: str, facts: list[Any]) -> None:
        """Take the sources of a message, which is whole by then."""
        cited = self._said[f"{name}/sources"] = CitedSources(f"{name}/sources", text, facts)
        speech = self._said.get(name)
        if isinstance(speech, Speech):
            speech.end()
            speech.number(cited.numbers)

    def _deliver(self, name: str, block: dict[str, Any], meta: dict[str, Any]) -> None:
        facts = meta.get("delivery")
        delivery = facts if isinstance(facts, dict) else {}
        path = str(delivery.get("artifact") or _path(str(block.get("uri", ""))))
        size = _size(path)
        self._said[f"{name}/{path}"] = {
            "path": path,
            "name": str(block.get("name", "")),
            "size": max(0, size),
            "sha256": str(delivery.get("sha256", "")),
            "version": delivery.get("version", 0),
            "evidence": str(delivery.get("evidence", "")),
            "run": self.run,
            "missing": size < 0,
        }

    def _told(self, meta: dict[str, Any], at: float) -> None:
        if isinstance(meta.get("rated"), bool):
            self.rated = "good" if meta["rated"] else "bad"
        if isinstance(meta.get("instead"), str):
            self.instead = meta["instead"]
        if isinstance(meta.get("outcome"), str) and meta["outcome"]:
            problem = meta.get("problem")
            self.finish(meta["outcome"], problem if isinstance(problem, dict) else {})
            self._thought_until = self._thought_until or at

    def finish(self, outcome: str, problem: Mapping[str, Any] | None = None) -> None:
        """The run is over."""
        self.outcome, self.problem = outcome, dict(problem or {})
        self.timeline.close()
        for card in self.cards.values():
            card.close()
        for speech in self._said.values():
            if isinstance(speech, Speech):
                speech.end()

    def tasked(self, task: Mapping[str, Any]) -> None:
        """Know how the task of the run stands; what the run's own end said counts more."""
        kept = ("task", "state", "reason", "progress", "step", "note")
        self._task = {key: task[key] for key in kept if key in task}
        if self.ended:
            return
        problem = task.get("problem")
        self.problem = dict(problem) if isinstance(problem, dict) else {}
        if self.state == "paused" and _RUN not in self._process:
            self._process.append(_RUN)  # there has to be something to let go on

    def halt(self) -> None:
        """There is no engine that could work on it."""
        if not self.ended:
            self._task = {**self._task, "state": "paused", "reason": ""}

    # ------------------------------------------------------------------------------------------ as rows

    def digest(self, until: float) -> bool:
        """Parse what was said until a moment; whether all of it was."""
        return all(speech.digest(until) for speech in self._said.values() if isinstance(speech, Speech))

    def rows(self, number: int) -> list[Row]:
        """Everything there is to see of it, in order."""
        key = self.prompt
        rows = [Row(f"{key}/branched", "divider", number, {"text": self.divider})] if self.divider else []
        rows.append(Row(key, "user", number, self._person()))
        if self.confirmed:
            facts = {"speaker": "user", "branch": self._branch("user"), "canEdit": True, "canRegenerate": False}
            rows.append(Row(f"{key}/own", "actions", number, {**facts, "turn": number, "rated": ""}))
        rows += self._thinking(number)
        for name in self._process:
            if name == _RUN:
                rows.append(Row(f"{key}/run", "run", number, self._run()))
            else:
                rows.append(Row(name, "card", number, self.cards[name].content))
        rows += self._words(number)
        if self.broken:
            rows.append(Row(f"{key}/error", "error", number, self._error()))
        elif self.ended:
            facts = {"speaker": "agent", "branch": self._branch("agent"), "canEdit": False, "canRegenerate": True}
            facts |= {"instead": self.instead}
            rows.append(Row(f"{key}/actions", "actions", number, {**facts, "turn": number, "rated": self.rated}))
        return rows

    def _person(self) -> dict[str, Any]:
        branch, pending = self._branch("user"), not self.confirmed
        return {"text": self.text, "attachments": self.attachments, "branch": branch, "pending": pending}

    def _branch(self, speaker: str) -> dict[str, int]:
        """The place among the siblings: under the answer when all of them asked the same."""
        if not self.branch or (speaker == "agent") != bool(self.branch.get("sameWords")):
            return _ALONE
        return {"index": self.branch["index"] + 1, "count": len(self.branch["siblings"])}

    def _thinking(self, number: int) -> list[Row]:
        working = self.state == "running" and _RUN not in self._process and not self._said
        if not self._lines:
            return [Row(f"{self.prompt}/waiting", "waiting", number, {})] if working and not self.ended else []
        until = self._thought_until or self._last
        content = {
            "text": self._lines[-1] if working else "",
            "running": working,
            "seconds": self._seconds(until),
            "since": self._started + self._waited(self._last),
            "lines": self._lines,
        }
        return [Row(f"{self.prompt}/thinking", "thinking", number, content)]

    def _run(self) -> dict[str, Any]:
        state = self.state
        return {
            "title": " ".join(self.text.split())[:_TITLE_CHARACTERS],
            "percent": self._percent(),
            "done": self.timeline.done,
            "total": len(self.timeline.modules),
            "seconds": self._seconds(self._last),
            "since": self._started + self._waited(self._last),
            "state": state,
            "stages": self.timeline.stages,
            "modules": self.timeline.modules,
            "step": "" if self.ended else self.timeline.current or str(self._task.get("step", "")),
            "reason": str(self._task.get("reason", "")) if state == "paused" else "",
            "run": self.run,
            "task": "" if self.ended else self.task,
        }

    def _words(self, number: int) -> list[Row]:
        rows: list[Row] = []
        for name, thing in self._said.items():
            if isinstance(thing, dict):
                rows.append(Row(name, "artifact", number, thing))
            else:
                rows += thing.rows(number)
        return rows

    def _error(self) -> dict[str, Any]:
        words = {part: str(self.problem.get(part, "")) for part in ("what", "did", "next", "kind")}
        return {**words, "retry": True}

    def spoken(self) -> str:
        """What MultiCoder said, as Markdown."""
        return "\n\n".join(thing.text.strip() for thing in self._said.values() if not isinstance(thing, dict))


def _text(update: Mapping[str, Any]) -> str:
    block = update.get("content")
    return str(block.get("text", "")) if isinstance(block, dict) else ""


def _usage(update: Mapping[str, Any]) -> dict[str, Any]:
    cost = update.get("cost")
    amount = cost.get("amount") if isinstance(cost, dict) else None
    return {"tokens": int(update.get("used") or 0), "size": int(update.get("size") or 0), "cost": amount}


def _path(uri: str) -> str:
    local = QUrl(uri).toLocalFile()
    return str(Path(local)) if local else uri


def _size(path: str) -> int:
    """Bytes of a file; -1 when it is not there."""
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return -1
