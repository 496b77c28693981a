"""The timeline of one run: its stages, the drafts of its modules, how far it is and how long it worked.

Made from `plan`, `tool_call` and `tool_call_update` alone, so that what was loaded looks like what was seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from gui.chat.meta import moment, own

THINKING: Final = "think"
"""Stages of this kind prepare a decision of the person; the timeline is shown once others begin."""
INTERRUPTED: Final = "interrupted"
_PERCENT: Final = {
    "waiting": 0,
    "writing": 20,
    "checking": 50,
    "fixing": 60,
    "reviewing": 75,
    "stuck": 80,
    "accepted": 100,
    "kept": 100,
}
_BUILT_SHARE: Final = 0.6
"""Modules are about this much of a run; joining, testing and building are the rest."""


@dataclass(slots=True)
class _Module:
    facts: dict[str, Any]
    began: float = 0.0
    seconds: int = 0


@dataclass(slots=True)
class Timeline:
    """What a run did so far. Lists are replaced, never changed: whoever shows one compares it by identity first."""

    stages: list[dict[str, Any]] = field(default_factory=list)
    modules: list[dict[str, Any]] = field(default_factory=list)
    begun: bool = False
    """Whether more than thinking happened."""
    _places: dict[str, int] = field(default_factory=dict)
    _known: dict[str, _Module] = field(default_factory=dict)

    def stage(self, update: dict[str, Any], meta: dict[str, Any]) -> bool:
        """Take a `tool_call` or `tool_call_update` that is no card; False for one nobody began, which is left alone."""
        name = str(update.get("toolCallId", ""))
        place = self._places.get(name)
        stages = list(self.stages)
        if place is None:
            if update.get("sessionUpdate") != "tool_call":
                return False
            place = self._places[name] = len(stages)
            stages = [_left(stage, name) for stage in stages]
            stages.append(_stage(name, meta))
        stage = {**stages[place]}
        for key in ("title", "kind", "status"):
            if isinstance(update.get(key), str):
                stage[key] = update[key]
        if isinstance(update.get("content"), list):
            _fill(stage, update["content"])
        at = moment(meta)
        if stage["status"] in {"completed", "failed"} and at and stage["at"]:
            stage["seconds"] = max(0, round(at - stage["at"]))
        stages[place] = stage
        self.stages = stages
        self.begun = self.begun or stage["kind"] != THINKING
        return True

    def plan(self, entries: list[Any], at: float) -> None:
        """Take the whole list of modules."""
        modules = []
        for entry in entries:
            if not isinstance(entry, dict):
                continue
            meta = own(entry)
            facts: dict[str, Any] = {
                "name": str(entry.get("content", "")),
                "state": str(meta.get("state", "")),
                "status": str(entry.get("status", "pending")),
                "model": str(meta.get("model", "")),
                "instead": str(meta.get("instead", "")),
                "tokens": int(meta.get("tokens") or 0),
            }
            known = self._known.setdefault(facts["name"], _Module(facts))
            _clock(known, facts["status"], at)
            known.facts = {**facts, "seconds": known.seconds}
            modules.append(known.facts)
        self.modules = modules

    def close(self) -> None:
        """Nothing works any more."""
        working = [stage["status"] == "in_progress" for stage in self.stages]
        if any(working):
            pairs = zip(self.stages, working, strict=True)
            self.stages = [{**stage, "status": INTERRUPTED} if works else stage for stage, works in pairs]

    @property
    def done(self) -> int:
        """Modules that are finished."""
        return sum(module["status"] == "completed" for module in self.modules)

    @property
    def current(self) -> str:
        """The title of the stage that works now."""
        return next((item["title"] for item in reversed(self.stages) if item["status"] == "in_progress"), "")

    def percent(self) -> int:
        """How far it is, as well as the modules can say; -1 before there is a plan."""
        if not self.modules:
            return -1
        parts = [_PERCENT.get(module["state"], 0) for module in self.modules]
        return round(_BUILT_SHARE * sum(parts) / len(parts))


def _left(stage: dict[str, Any], name: str) -> dict[str, Any]:
    """A stage as it stands when `name` begins: of one node only one works, so the former was cut off by a crash."""
    again = stage["status"] == "in_progress" and stage["id"].split("/")[:2] == name.split("/")[:2]
    return {**stage, "status": INTERRUPTED} if again else stage


def _stage(name: str, meta: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": name,
        "title": "",
        "kind": "other",
        "status": "pending",
        "output": "",
        "diffs": [],
        "module": str(meta.get("module", "")),
        "at": moment(meta),
        "seconds": 0,
    }


def _fill(stage: dict[str, Any], content: list[Any]) -> None:
    """Words replace words and diffs replace diffs; neither takes the other away."""
    words, diffs = [], []
    for part in content:
        if not isinstance(part, dict):
            continue
        if part.get("type") == "diff":
            old, new = part.get("oldText"), part.get("newText")
            diffs.append({"path": str(part.get("path", "")), "old": str(old or ""), "new": str(new or "")})
        elif isinstance(part.get("content"), dict):
            words.append(str(part["content"].get("text", "")))
    if words:
        stage["output"] = "\n".join(words)
    if diffs:
        stage["diffs"] = diffs


def _clock(module: _Module, status: str, at: float) -> None:
    if not at:
        return
    if status == "in_progress" and not module.began:
        module.began = at
    elif status == "completed" and module.began and module.facts.get("status") != "completed":
        module.seconds = max(0, round(at - module.began))
