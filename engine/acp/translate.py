"""From the journal to the protocol: each row of a run becomes the updates a client shows.

A translator serves one session and sees its rows in order, replayed or live: the same rows always give the same
updates, so a client that loads a session sees what another one saw happen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import MultiCoderError
from core.events import Event
from core.i18n import explain, tr
from engine.acp import updates
from engine.progress import ModuleLine, Story
from graph.citing import sources_block

if TYPE_CHECKING:
    from engine.acp.updates import Update
    from engine.journal import JournalRow

_KINDS: Final = {
    "judge": "think",
    "judge_plan": "think",
    "judge_code": "think",
    "research": "search",
    "take": "fetch",
    "architect": "think",
    "write_tests": "edit",
    "integrate": "read",
    "paranoid_test": "execute",
    "repair": "edit",
    "build": "execute",
    "smoke": "execute",
    "deliver": "move",
    "restore": "move",
}
"""Nodes that are shown as steps, and what kind of step each is."""

_OUTPUT: Final = {
    "tests.run": "paranoid_test",
    "tests.written": "write_tests",
    "build.failed": "build",
    "build.finished": "build",
    "smoke.finished": "smoke",
    "version.restored": "restore",
    "repair.started": "repair",
    "research.searched": "research",
    "research.read": "research",
    "research.failed": "research",
    "research.finished": "research",
    "download.started": "take",
    "repository.taken": "take",
    "repository.refused": "take",
    "download.failed": "take",
    "verdict.given": "judge",
    "project.checked": "integrate",
}
"""Rows whose words stand under a step."""

_PLAN_STATUS: Final = {"accepted": "completed", "kept": "completed", "waiting": "pending"}


@dataclass
class RunView:
    """What a translator knows of one run."""

    locale: str
    story: Story
    cap: int
    steps: dict[tuple[str, str], str] = field(default_factory=dict)
    """(node, module) -> id of the open step."""
    output: dict[str, list[str]] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    """Module -> id of the step of its newest draft."""
    cards: set[str] = field(default_factory=set)
    streamed: str = ""
    """The answer as far as it was streamed."""


class Translator:
    """Rows of the runs of one session -> updates."""

    def __init__(self) -> None:
        self._runs: dict[str, RunView] = {}

    def begin(self, run: str, locale: str, *, token_cap: int) -> None:
        """Know a run from its beginning; its rows are ignored before."""
        self._runs[run] = RunView(locale, Story(locale), token_cap)

    def forget(self, run: str) -> None:
        """The run has ended: a client may stay connected for weeks."""
        self._runs.pop(run, None)

    def knows(self, run: str) -> bool:
        """Whether the run belongs to this session."""
        return run in self._runs

    def draft_step(self, run: str, module: str) -> str:
        """The step of a module's newest draft, for its diffs."""
        return self._runs[run].drafts.get(module, "") if run in self._runs else ""

    def streamed(self, run: str, text: str) -> Update | None:
        """A piece of an answer that is being written."""
        view = self._runs.get(run)
        if view is None or not text:
            return None
        view.streamed += text
        return updates.chunk("agent_message_chunk", updates.text_block(text), f"{run}/answer")

    def translate(self, row: JournalRow) -> list[Update]:
        """The updates of one row; empty when it shows nothing."""
        view = self._runs.get(row.run)
        if view is None:
            return []
        event = Event(row.type, row.name, run=row.run, module=row.module, data=row.data, at=row.at)
        line = view.story.tell(event)
        found: list[Update] = []
        if line and row.name not in {"answer.given", "artifact.delivered"}:
            block = updates.text_block(f"{line}\n")
            found.append(updates.chunk("agent_thought_chunk", block, f"{row.run}/thoughts", seq=row.seq))
        handler = getattr(self, f"_{row.name.replace('.', '_')}", None)
        found += handler(row, view, dict(row.data)) if handler else []
        if row.name in _OUTPUT and line:
            found += self._output(view, _OUTPUT[row.name], line)
        return found

    # ------------------------------------------------------------------------------------------------ steps

    def _node_started(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        node = str(data.get("node"))
        if node not in _KINDS:
            return []
        step = f"{row.run}/{node}/{row.seq}"
        view.steps[node, row.module] = step
        return [updates.tool_started(step, tr(f"stage-{node.replace('_', '-')}", view.locale), _KINDS[node])]

    def _node_finished(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        step = view.steps.pop((str(data.get("node")), row.module), "")
        return [updates.tool_changed(step, status="completed")] if step else []

    def _node_held(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        step = view.steps.pop((str(data.get("node")), row.module), "") or view.drafts.get(row.module, "")
        told = explain(MultiCoderError(str(data["code"]), **data["facts"]), view.locale)
        words = [updates.tool_text(f"{told.what}\n{told.did}\n{told.next}")]
        return [updates.tool_changed(step, status="failed", content=words, code=data["code"])] if step else []

    def _output(self, view: RunView, node: str, line: str) -> list[Update]:
        step = next((step for (name, _), step in view.steps.items() if name.startswith(node)), "")
        if not step:
            return []
        view.output.setdefault(step, []).append(line)
        return [updates.tool_changed(step, content=[updates.tool_text("\n".join(view.output[step]))])]

    # ------------------------------------------------------------------------------------------------ modules

    def _plan_drawn(self, _row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        del data
        return [self._plan(view)]

    def _plan(self, view: RunView) -> Update:
        return updates.plan([(name, *_standing(line)) for name, line in view.story.modules.items()])

    def _call_started(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        if data.get("call") not in {"coder.write", "coder.fix"}:
            return [self._plan(view)] if row.module else []
        step = f"{row.run}/{row.module}/{data['attempt']}"
        again = view.drafts.get(row.module) == step
        view.drafts[row.module] = step
        title = tr("stage-draft", view.locale, module=row.module, draft=data["attempt"])
        begun = updates.tool_started(step, title, "edit", module=row.module, attempt=data["attempt"])
        return [self._plan(view)] if again else [begun, self._plan(view)]

    def _draft_examined(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        step = view.drafts.get(row.module, "")
        if not step:
            return []
        status: updates.Status = "completed" if data["accepted"] else "failed"
        words = "\n".join(str(finding) for finding in data["findings"])
        content = [updates.tool_text(words)] if words else None
        return [updates.tool_changed(step, status=status, content=content, model=data["model"]), self._plan(view)]

    def _module_accepted(self, _row: JournalRow, view: RunView, _data: dict[str, Any]) -> list[Update]:
        return [self._plan(view)]

    def _module_repaired(self, _row: JournalRow, view: RunView, _data: dict[str, Any]) -> list[Update]:
        return [self._plan(view)]

    def _module_stuck(self, _row: JournalRow, view: RunView, _data: dict[str, Any]) -> list[Update]:
        return [self._plan(view)]

    # ------------------------------------------------------------------------------------------------ money, words

    def _call_finished(self, _row: JournalRow, view: RunView, _data: dict[str, Any]) -> list[Update]:
        totals = view.story.totals
        return [updates.usage(totals.tokens, max(view.cap, totals.tokens), totals.cost_usd if totals.priced else None)]

    def _card_shown(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        step = card_step(row.run, str(data["digest"]))
        if step in view.cards:
            return []
        view.cards.add(step)
        title = tr(f"card-{data['kind']}", view.locale)
        asked = updates.tool_started(step, title, "other", status="pending", card=data["kind"])
        return [{**asked, "rawInput": data["card"]} if "card" in data else asked]

    def _decision_taken(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        step = card_step(row.run, str(data["digest"]))
        words = tr(f"decision-{data['decision']}", view.locale)
        status: updates.Status = "failed" if data["decision"] in {"reject", "stop"} else "completed"
        content = [updates.tool_text(words)]
        return [updates.tool_changed(step, status=status, content=content, decision=data["decision"], via=data["via"])]

    def _answer_given(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        instead = view.story.instead
        told = [updates.session_info(run=row.run, instead=instead)] if instead else []
        return [*self._answer(row, view, data), *_sources(row, view, data), *told]

    def _answer(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        text, seen = str(data["text"]), view.streamed
        view.streamed = ""
        if seen and text.startswith(seen):
            rest = text[len(seen) :]
            block = updates.text_block(rest)
            return [updates.chunk("agent_message_chunk", block, f"{row.run}/answer")] if rest else []
        # What was streamed belongs to a try that was broken off: the whole answer stands under an id of its own.
        message_id = f"{row.run}/answer/{row.seq}" if seen else f"{row.run}/answer"
        return [updates.chunk("agent_message_chunk", updates.text_block(text), message_id, replaces=bool(seen))]

    def _artifact_delivered(self, row: JournalRow, _view: RunView, data: dict[str, Any]) -> list[Update]:
        message_id, artifact = f"{row.run}/delivered", Path(str(data["artifact"]))
        facts = {key: data[key] for key in ("artifact", "evidence", "sha256", "version")}
        link = updates.file_block(artifact.name, artifact.as_uri())
        return [
            updates.chunk("agent_message_chunk", updates.text_block(str(data["text"])), message_id),
            updates.chunk("agent_message_chunk", link, message_id, delivery=facts),
        ]

    def _run_finished(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        return self._ended(row, view, "completed", str(data["outcome"]))

    def _run_cancelled(self, row: JournalRow, view: RunView, _data: dict[str, Any]) -> list[Update]:
        return self._ended(row, view, "failed", "cancelled")

    def _run_failed(self, row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
        told = explain(MultiCoderError(str(data["code"]), **data["facts"]), view.locale)
        problem = {"kind": data["code"], "what": told.what, "did": told.did, "next": told.next}
        ended = self._ended(row, view, "failed", "failed")
        return [*ended[:-1], updates.session_info(run=row.run, outcome="failed", problem=problem)]

    def _ended(self, row: JournalRow, view: RunView, status: updates.Status, outcome: str) -> list[Update]:
        ended = [updates.tool_changed(step, status=status) for step in view.steps.values()]
        view.steps.clear()
        return [*ended, updates.session_info(run=row.run, outcome=outcome)]


def _sources(row: JournalRow, view: RunView, data: dict[str, Any]) -> list[Update]:
    """The numbered sources under an answer: words for any client, facts for one that draws them itself."""
    sources = data.get("sources")
    if not isinstance(sources, list) or not sources:
        return []
    block = updates.text_block(f"\n\n{sources_block(sources, view.locale)}")
    return [updates.chunk("agent_message_chunk", block, f"{row.run}/answer", sources=sources)]


def card_step(run: str, digest: str) -> str:
    """The id under which a card is shown as a step."""
    return f"{run}/card/{digest[:16]}"


def _standing(line: ModuleLine) -> tuple[str, dict[str, Any]]:
    status = _PLAN_STATUS.get(line.state, "in_progress")
    facts: dict[str, Any] = {"state": line.state, "model": line.model, "tokens": line.spent.tokens}
    return status, facts | ({"instead": line.instead} if line.instead else {})
