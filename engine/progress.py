"""Progress in the terminal: a live table of the modules, or plain lines, or one JSON object per event."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from core.errors import MultiCoderError
from core.i18n import explain, tr
from core.left_out import left_out_words, warning_words
from engine.reporting import print_json
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console, RenderableType

    from core.events import Event

_MODULE_PERCENT: Final = {
    "waiting": 0,
    "writing": 20,
    "checking": 50,
    "fixing": 60,
    "reviewing": 75,
    "stuck": 80,
    "accepted": 100,
    "kept": 100,
}
_CALL_STATE: Final = {"coder.write": "writing", "coder.fix": "fixing", "reviewer.review": "reviewing"}
_PROBLEM_CHARACTERS: Final = 160
_MEGABYTE: Final = 1_000_000


class Progress(Protocol):
    """Something that shows a run while it goes on."""

    def __call__(self, event: Event) -> None:
        """Take one event."""

    def recall(self, events: Iterable[Event]) -> None:
        """Know what happened before, without telling it again."""

    def pause(self) -> None:
        """Leave the terminal to a question."""

    def resume(self) -> None:
        """Take the terminal back."""

    def close(self) -> None:
        """Show the last state and stop."""


@dataclass
class Totals:
    """What a run or one of its modules has used; the time is counted since this process began."""

    calls: int = 0
    tokens: int = 0
    cost_usd: float = 0.0
    priced: bool = True
    started: float = field(default_factory=time.monotonic)

    def add(self, data: dict[str, Any]) -> None:
        """Count one finished call."""
        self.calls += 1
        self.tokens += int(data["prompt_tokens"]) + int(data["completion_tokens"])
        self.cost_usd += float(data["cost_usd"])
        self.priced = self.priced and bool(data["priced"])

    def text(self, locale: str) -> str:
        """One line for people."""
        return tr(
            "progress-totals",
            locale,
            calls=self.calls,
            tokens=self.tokens,
            cost=cost_text(self.cost_usd, locale, priced=self.priced),
            seconds=round(time.monotonic() - self.started),
        )


@dataclass
class ModuleLine:
    """What is known of one module."""

    state: str = "waiting"
    model: str = ""
    instead: str = ""
    """In words: whose work it would have been, when another model did it."""
    spent: Totals = field(default_factory=Totals)


def cost_text(usd: float, locale: str, *, priced: bool) -> str:
    """Money, or the honest word that the price is not known."""
    return tr("cost-usd", locale, usd=f"{usd:.4f}") if priced else tr("cost-unknown", locale)


class Story:
    """Turns events into lines and module states; knows nothing of the terminal."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.modules: dict[str, ModuleLine] = {}
        self.totals = Totals()
        self.begun = False
        self.instead = ""
        """In words: who would have answered, when another model did."""
        self._failed: dict[tuple[str, str], tuple[str, str]] = {}
        """(call, module) -> the first choice for it that failed, and how."""

    def tell(self, event: Event) -> str | None:
        """The line for this event, None when it is not worth one."""
        data: dict[str, Any] = dict(event.data)
        self.note(event)
        teller = getattr(self, f"_{event.name.replace('.', '_')}", None)
        line = teller(event, data) if teller else None
        return visible(line) if line else None

    def note(self, event: Event) -> None:
        """Keep what the table shows."""
        self.begun = True
        data: dict[str, Any] = dict(event.data)
        if event.name == "plan.drawn":
            changed = set(data["changed"])
            self.modules = {name: ModuleLine("waiting" if name in changed else "kept") for name in data["modules"]}
        elif event.name == "call.substituted":
            self._failed.setdefault((str(data["call"]), event.module), (str(data["failed"]), str(data["fault"])))
        elif event.name == "call.finished":
            self.totals.add(data)
            if str(data["call"]).startswith("converse."):
                self.instead = self._instead(event.module, data)
        line = self.modules.get(event.module)
        if line is None:
            return
        states = {
            "call.started": _CALL_STATE.get(str(data.get("call")), line.state),
            "draft.examined": "checking" if not data.get("accepted") else line.state,
            "module.accepted": "accepted",
            "module.repaired": "accepted",
            "module.stuck": "stuck",
        }
        line.state = states.get(event.name, line.state)
        if event.name == "call.finished":
            line.spent.add(data)
            if str(data["call"]).startswith("coder."):
                line.model = str(data["model"])
                line.instead = self._instead(event.module, data)

    def _instead(self, module: str, data: dict[str, Any]) -> str:
        failed, fault = self._failed.pop((str(data["call"]), module), ("", ""))
        model = str(data["model"])
        if failed in {"", model}:  # it was only kept waiting
            return ""
        return visible(tr("substituted", self.locale, model=model, failed=failed, fault=fault))

    def _say(self, message: str, **facts: str | float) -> str:
        return tr(f"progress-{message}", self.locale, **facts)

    def _run_waits_for_vault(self, _event: Event, _data: dict[str, Any]) -> str:
        return self._say("waits-for-vault")

    def _message_received(self, event: Event, _data: dict[str, Any]) -> str:
        return self._say("received", run=event.run)

    def _message_understood(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("understood", understood=data["understood"])

    def _memory_failed(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("memory-not-kept" if data.get("keeping") else "memory-not-asked", code=data["code"])

    def _memory_recalled(self, _event: Event, data: dict[str, Any]) -> str | None:
        return self._say("memory-recalled", count=len(data["cited"])) if data["cited"] else None

    def _memory_kept(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("memory-kept", files=data["files"], lessons=data["lessons"])

    def _repository_taken(self, _event: Event, data: dict[str, Any]) -> str:
        licence = data["licence"] or ("own" if data["notices"] else "none")
        facts = {name: data[name] for name in ("target", "files", "refused", "warned")}
        looked = data["antivirus"]
        taken = tr("repository-taken", self.locale, commit=str(data["commit"])[:12], licence=licence, **facts)
        seen = tr(f"antivirus-{looked['verdict']}", self.locale, name=looked["name"], detail=looked["detail"])
        return f"{taken} {seen}"

    def _repository_warned(self, _event: Event, data: dict[str, Any]) -> str:
        why = warning_words(data["why"], self.locale)
        return tr("repository-warned", self.locale, target=data["target"], file=data["file"], why=why)

    def _repository_refused(self, _event: Event, data: dict[str, Any]) -> str:
        target = data["target"]
        if file := data.get("file"):
            why = left_out_words(data["why"], self.locale)
            return tr("repository-refused-file", self.locale, target=target, file=file, why=why)
        why = explain(MultiCoderError(data["code"], **data["facts"]), self.locale).what
        return tr("repository-refused-whole", self.locale, target=target, why=why)

    def _research_planned(self, _event: Event, data: dict[str, Any]) -> str | None:
        queries = [str(search["query"]) for search in data["searches"]] + [str(name) for name in data["named"]]
        return self._say("research-planned", queries="; ".join(queries)) if queries else None

    def _research_skipped(self, _event: Event, data: dict[str, Any]) -> str | None:
        quiet = data["purpose"] == "plan" and data["why"] in {"absent", "nothing"}
        return None if quiet else self._say(f"research-{data['why']}")

    def _research_searched(self, _event: Event, data: dict[str, Any]) -> str:
        tried = [self._say("research-tried", engine=one["engine"], fault=one["fault"]) for one in data["tried"]]
        facts = {"engine": data["engine"] or "-", "query": data["query"], "hits": data["hits"]}
        return "\n".join([*tried, self._say("research-searched", **facts)])

    def _research_read(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("research-read", title=_short(data["title"]), url=data["url"])

    def _research_failed(self, _event: Event, data: dict[str, Any]) -> str:
        if not data["url"]:
            return self._say("research-failed-all", code=data["code"])
        return self._say("research-failed", url=data["url"], code=data["code"])

    def _research_dropped(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("research-dropped", count=data["count"])

    def _research_finished(self, _event: Event, data: dict[str, Any]) -> str | None:
        if not data["sources"]:
            return None  # why nothing was found is told already
        return self._say("research-finished", findings=data["findings"], sources=len(data["sources"]))

    def _run_tainted(self, _event: Event, _data: dict[str, Any]) -> str:
        return self._say("tainted")

    def _download_decided(self, _event: Event, data: dict[str, Any]) -> str:
        facts = {name: str(data[name]) for name in ("decision", "via", "address", "commit")}
        return self._say("download-decided", **facts)

    def _download_started(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("download-started", address=data["address"], commit=data["commit"])

    def _download_failed(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("download-failed", address=data["address"], code=data["code"])

    def _run_moved(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("moved", project=data["project"])

    def _verdict_given(self, _event: Event, data: dict[str, Any]) -> str:
        level = data["level"] if data["judged"] or data["level"] == "red" else "none"
        return self._say(f"verdict-{level}")

    def _decision_taken(self, _event: Event, data: dict[str, Any]) -> str:
        decision = tr(f"decision-{data['decision']}", self.locale)
        return self._say("decision", decision=decision, via=data.get("via") or "-")

    def _plan_drawn(self, _event: Event, data: dict[str, Any]) -> str:
        changed = data["changed"]
        return self._say("plan", title=data["title"], count=len(changed), modules=", ".join(changed))

    def _call_started(self, event: Event, data: dict[str, Any]) -> str:
        who = tr(f"who-{str(data['call']).partition('.')[0]}", self.locale)
        return self._say("calling", who=who, module=f": {event.module}" if event.module else "")

    def _call_substituted(self, _event: Event, data: dict[str, Any]) -> str:
        facts = {name: data[name] for name in ("failed", "fault", "next", "seconds")}
        return self._say("substituted", **facts)

    def _draft_examined(self, event: Event, data: dict[str, Any]) -> str:
        if data["accepted"]:
            return self._say("draft-accepted", module=event.module, draft=data["draft"], model=data["model"])
        problem = _short(data["findings"][0]) if data["findings"] else ""
        return self._say("draft-sent-back", module=event.module, draft=data["draft"], problem=problem)

    def _module_chosen(self, event: Event, data: dict[str, Any]) -> str:
        return self._say("module-chosen", module=event.module, model=data["model"], rivals=len(data["rivals"]))

    def _module_accepted(self, event: Event, data: dict[str, Any]) -> str:
        return self._say("module-accepted", module=event.module, drafts=data["drafts"])

    def _module_stuck(self, event: Event, data: dict[str, Any]) -> str:
        return self._say("module-stuck", module=event.module, drafts=data["drafts"])

    def _tests_written(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("tests-written", files=", ".join(data["files"]))

    def _project_checked(self, _event: Event, data: dict[str, Any]) -> str:
        if data["findings"]:
            return self._say("project-faults", problem=_short(data["findings"][0]))
        return self._say("project-fits")

    def _tests_run(self, _event: Event, data: dict[str, Any]) -> str:
        if data["ok"]:
            return self._say("tests-passed", passed=data["passed"])
        return self._say("tests-failed", passed=data["passed"], failed=data["failed"] + data["errors"])

    def _tests_mutated(self, _event: Event, data: dict[str, Any]) -> str | None:
        return self._say("mutants", count=len(data["survivors"])) if data["survivors"] else None

    def _repair_started(self, event: Event, data: dict[str, Any]) -> str:
        return self._say("repair", module=event.module, draft=data["draft"])

    def _module_repaired(self, event: Event, data: dict[str, Any]) -> str:
        return self._say("repaired", module=event.module, draft=data["draft"])

    def _build_started(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("build", target=data["target"])

    def _build_finished(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("built", size=f"{data['size'] / _MEGABYTE:.1f}")

    def _build_failed(self, _event: Event, _data: dict[str, Any]) -> str:
        return self._say("build-failed")

    def _smoke_started(self, _event: Event, _data: dict[str, Any]) -> str:
        return self._say("smoke")

    def _smoke_finished(self, _event: Event, data: dict[str, Any]) -> str:
        if not data["ok"]:
            return self._say("smoke-failed")
        return "\n".join(self._say("smoke-ok", fact=fact) for fact in data["facts"]) or self._say("smoke-ok", fact="-")

    def _version_restored(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("restored", restored=data["restored"], version=data["version"])

    def _artifact_delivered(self, _event: Event, data: dict[str, Any]) -> str:
        return self._say("delivered", artifact=data["artifact"])

    def _recovery_restored(self, _event: Event, data: dict[str, Any]) -> str:
        from engine.recovery.restore import told_of  # noqa: PLC0415 - SQLite and more, for what hardly ever happens

        return "\n".join(told_of(data, self.locale))

    def _node_held(self, _event: Event, data: dict[str, Any]) -> str:
        error = MultiCoderError(str(data["code"]), **data["facts"])
        return self._say("held", what=explain(error, self.locale).what)


def _short(text: str) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= _PROBLEM_CHARACTERS else f"{line[: _PROBLEM_CHARACTERS - 1]}…"


class PlainProgress:
    """Lines with the time, for pipes and logs."""

    def __init__(self, stream: IO[str], locale: str) -> None:
        self._stream = stream
        self._story = Story(locale)

    def __call__(self, event: Event) -> None:
        """Print the event's line."""
        line = self._story.tell(event)
        if line:
            stamp = time.strftime("%H:%M:%S", time.localtime(event.at))
            print("\n".join(f"{stamp} {part}" for part in line.splitlines()), file=self._stream, flush=True)

    def recall(self, events: Iterable[Event]) -> None:
        """Count what was used before."""
        for event in events:
            self._story.note(event)

    def pause(self) -> None:
        """Nothing to give back."""

    def resume(self) -> None:
        """Nothing to take."""

    def close(self) -> None:
        """Print what was used."""
        if self._story.totals.calls:
            print(self._story.totals.text(self._story.locale), file=self._stream, flush=True)


class LiveProgress:
    """The lines scroll above a live table of the modules and the totals."""

    def __init__(self, console: Console, locale: str) -> None:
        self._console = console
        self._story = Story(locale)
        self._live = Live(get_renderable=self._render, console=console, refresh_per_second=4, transient=True)
        self._live.start()

    def __call__(self, event: Event) -> None:
        """Print the event's line above the table."""
        line = self._story.tell(event)
        if line:
            self._console.print(Text(line), highlight=False)

    def recall(self, events: Iterable[Event]) -> None:
        """Show the modules as they stand and count what was used before."""
        for event in events:
            self._story.note(event)

    def pause(self) -> None:
        """Take the table away while a question is asked."""
        self._live.stop()

    def resume(self) -> None:
        """Show the table again."""
        self._live.start()

    def close(self) -> None:
        """Take the table away and print what was used."""
        self._live.stop()
        if self._story.totals.calls:
            self._console.print(Text(self._story.totals.text(self._story.locale), style="dim"))

    def _render(self) -> RenderableType:
        locale = self._story.locale
        totals = Text(self._story.totals.text(locale), style="dim")
        if not self._story.begun:
            return Text(tr("progress-opening", locale), style="dim")
        if not self._story.modules:
            return totals
        return Group(module_table(self._story.modules, locale), totals)


def module_table(modules: Mapping[str, ModuleLine], locale: str) -> Table:
    """The modules with their state, the model that writes them and what they took so far."""
    table = Table(box=None, pad_edge=False)
    table.add_column(tr("column-module", locale), overflow="ellipsis", no_wrap=True)
    table.add_column(tr("column-state", locale), no_wrap=True)
    table.add_column(tr("column-model", locale), style="dim", overflow="ellipsis", no_wrap=True)
    table.add_column(tr("column-tokens", locale), justify="right", no_wrap=True)
    table.add_column(tr("column-cost", locale), justify="right", no_wrap=True)
    for name, line in modules.items():
        state = f"{_MODULE_PERCENT[line.state]:>3} % {tr(f'module-state-{line.state}', locale)}"
        spent = line.spent
        cost = cost_text(spent.cost_usd, locale, priced=spent.priced) if spent.calls else ""
        table.add_row(Text(name), state, Text(line.model), str(spent.tokens or ""), cost)
    return table


class JsonProgress:
    """One JSON object per event, for scripts."""

    def __call__(self, event: Event) -> None:
        """Print the event."""
        print_json(event.as_dict())

    def recall(self, events: Iterable[Event]) -> None:
        """Nothing to say twice: `show --json` has it."""

    def pause(self) -> None:
        """Nothing to give back."""

    def resume(self) -> None:
        """Nothing to take."""

    def close(self) -> None:
        """Nothing to add: totals are sums over the events."""
