"""The events of runs as spans of OpenTelemetry: which begins where, what it is called, and what may be said of it.

Only names, numbers and short codes go into a span; prompts, answers, findings, file contents, paths and everything else
a person or a model wrote stay here.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core import redaction
from core.events import risk_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from opentelemetry.trace import Span, Tracer

    from core.events import Event

_RUNS_KEPT: Final = 200
_NANO: Final = 1_000_000_000
_LATEST: Final = 9_000_000_000.0
"""Seconds; later moments do not fit into the format."""
_LARGEST: Final = 2**63
_UNTOLD: Final = "-"
_CODE: Final = re.compile(r"[\w.:+-]{1,80}")
"""Texts of this shape are codes; anything with a space or a slash may be somebody's words or a path."""
_MODEL: Final = re.compile(r"[\w.:+/@-]{1,160}")

_SENT: Final = (
    "code", "kind", "node", "fault", "level", "subject", "decision", "via", "outcome", "severity", "stage", "system",
    "state", "draft", "drafts", "accepted", "passed", "failed", "errors", "ok", "size", "seconds", "attempt", "wave",
    "step", "judged", "call", "target",
)  # fmt: skip
"""Data of events that may leave this machine: numbers, switches and codes."""
_ALARMS: Final = frozenset({"ERROR", "SECURITY"})
_FIRST_WORD: Final = "message.received"
_LAST_WORDS: Final = frozenset({"node.finished", "run.finished", "run.pause_done", "run.cancel_done", "run.cancelled"})
"""Events that end something; with nothing open they begin no trace."""


class TraceIds:
    """Trace ids that a run keeps over pauses and restarts; span ids by chance."""

    def __init__(self) -> None:
        self.trace_id = 0
        self._chance = random.Random()  # noqa: S311 - told apart, not kept secret

    def generate_trace_id(self) -> int:
        """The run's, else one by chance."""
        return self.trace_id or self._chance.getrandbits(128) or 1

    def generate_span_id(self) -> int:
        """One by chance."""
        return self._chance.getrandbits(64) or 1

    def is_trace_id_random(self) -> bool:
        """Not of runs."""
        return False


@dataclass
class _RunSpans:
    """The open spans of one run."""

    root: Span
    nodes: dict[tuple[str, str], Span] = field(default_factory=dict)
    """(node, module) -> span."""
    calls: dict[tuple[str, str], Span] = field(default_factory=dict)
    """(call, module) -> span."""
    works: dict[str, Span] = field(default_factory=dict)
    """Builds and smoke tests."""
    marks: dict[str, float] = field(default_factory=dict)
    """Module -> when its next draft began."""

    def place(self, module: str) -> Span:
        """The innermost open span something of a module belongs to."""
        own = [span for (_, of), span in self.nodes.items() if of == module]
        common = [span for (_, of), span in self.nodes.items() if not of]
        return (own or common or [self.root])[-1]


class Translator:
    """Events in, spans out; lives in the thread of the telemetry."""

    def __init__(self, trace: Any, tracer: Tracer, ids: TraceIds) -> None:
        """`trace` is the library's module of that name: it is heavy, so its owner imports it when it is needed."""
        self._trace = trace
        self._tracer = tracer
        self._ids = ids
        self._runs: OrderedDict[str, _RunSpans] = OrderedDict()
        self._takers: dict[str, Callable[[_RunSpans, Event], None]] = {
            "node.started": self._node_started,
            "node.finished": self._node_finished,
            "node.held": self._node_broke,
            "node.crashed": self._node_broke,
            "card.shown": self._card_shown,
            "call.started": self._call_started,
            "call.substituted": self._call_substituted,
            "call.finished": self._call_finished,
            "draft.examined": self._draft_examined,
            "tests.run": self._tests_run,
            "build.started": self._work_started,
            "build.finished": self._work_ended,
            "build.failed": self._work_ended,
            "smoke.started": self._work_started,
            "smoke.finished": self._work_ended,
            "run.finished": self._run_ended,
            "run.pause_done": self._run_ended,
            "run.cancel_done": self._run_ended,
            "run.cancelled": self._run_ended,
        }

    def take(self, event: Event) -> None:
        """Turn one event into spans."""
        taker = self._takers.get(event.name)
        run = self._runs.get(event.run)
        if run is None and event.run and (taker or event.name == _FIRST_WORD) and event.name not in _LAST_WORDS:
            run = self._begin(event)
        if run is None:
            if event.type in _ALARMS:
                self._alarm(event)
            return
        if event.type in _ALARMS:
            run.place(event.module).add_event(_code(event.name), _facts(event), _ns(event.at))
        if taker is not None:
            taker(run, event)

    def _alarm(self, event: Event) -> None:
        """A span of its own: no run works that it could stand in."""
        self._ids.trace_id = _trace_of(event.run) if event.run else 0
        span = self._tracer.start_span(_code(event.name), start_time=_ns(event.at), attributes=_facts(event))
        self._failed(span, event)
        span.end(_ns(event.at))

    def close(self, at: float) -> None:
        """End what is open: this process knows no more of it."""
        for run in [*self._runs]:
            self._end(run, at)

    def _begin(self, event: Event) -> _RunSpans:
        self._ids.trace_id = _trace_of(event.run)
        name = {"multicoder.run.id": _code(event.run)}
        root = self._tracer.start_span("run", start_time=_ns(event.at), attributes=name)
        run = self._runs[event.run] = _RunSpans(root)
        while len(self._runs) > _RUNS_KEPT:
            self._end(next(iter(self._runs)), event.at)
        return run

    def _end(self, run_id: str, at: float) -> None:
        run = self._runs.pop(run_id)
        for span in (*run.calls.values(), *run.works.values(), *run.nodes.values(), run.root):
            span.end(_ns(at))

    def _start(
        self, name: str, parent: Span, at: float, attributes: Mapping[str, Any], *, client: bool = False
    ) -> Span:
        return self._tracer.start_span(
            name,
            context=self._trace.set_span_in_context(parent),
            kind=self._trace.SpanKind.CLIENT if client else self._trace.SpanKind.INTERNAL,
            attributes=dict(attributes),
            start_time=_ns(at),
        )

    def _failed(self, span: Span, event: Event) -> None:
        said = event.data.get("code") or event.data.get("fault") or event.name
        span.set_status(self._trace.Status(self._trace.StatusCode.ERROR, _code(said)))
        span.set_attribute("error.type", _exception(event) or _code(said))

    def _node_started(self, run: _RunSpans, event: Event) -> None:
        key = (_code(event.data.get("node")), event.module)
        before = run.nodes.pop(key, None)
        if before is not None:
            before.end(_ns(event.at))
        facts = {"multicoder.node": key[0], **({"multicoder.module": _code(event.module)} if event.module else {})}
        name = f"{key[0]} {_code(event.module)}" if event.module else key[0]
        run.nodes[key] = self._start(name, run.root, event.at, facts)
        if event.module:
            run.marks[event.module] = event.at

    def _node_finished(self, run: _RunSpans, event: Event) -> None:
        span = run.nodes.pop((_code(event.data.get("node")), event.module), None)
        if span is not None:
            span.end(_ns(event.at))

    def _node_broke(self, run: _RunSpans, event: Event) -> None:
        named = _code(event.data.get("node"))
        for key in [key for key in run.calls if key[1] == event.module]:
            call = run.calls.pop(key)
            self._failed(call, event)
            call.end(_ns(event.at))
        for key in [key for key in run.nodes if key[0] == named or key[1] == event.module]:
            span = run.nodes.pop(key)
            self._failed(span, event)
            span.end(_ns(event.at))

    def _card_shown(self, run: _RunSpans, event: Event) -> None:
        """The person's time is nobody's work: the asking node ends here and begins again with the answer."""
        for span in run.nodes.values():
            span.set_attributes({"multicoder.waits_for_person": True})
            span.end(_ns(event.at))
        run.nodes.clear()

    def _call_started(self, run: _RunSpans, event: Event) -> None:
        key = (_code(event.data.get("call")), event.module)
        facts = {"gen_ai.operation.name": "chat", "multicoder.call": key[0], **_facts(event)}
        run.calls[key] = self._start("chat", run.place(event.module), event.at, facts, client=True)

    def _call_substituted(self, run: _RunSpans, event: Event) -> None:
        span = run.calls.get((_code(event.data.get("call")), event.module))
        if span is not None:
            facts = {name: _model(event.data.get(name)) for name in ("failed", "fault", "next")}
            span.add_event("call.substituted", facts, _ns(event.at))

    def _call_finished(self, run: _RunSpans, event: Event) -> None:
        span = run.calls.pop((_code(event.data.get("call")), event.module), None)
        if span is None:
            return
        data, model = event.data, _model(event.data.get("model"))
        provider, _, name = model.partition(":")
        span.update_name(f"chat {name or model}")
        span.set_attributes(
            {
                "gen_ai.provider.name": provider,
                "gen_ai.request.model": name or model,
                "gen_ai.response.model": name or model,
                "gen_ai.usage.input_tokens": _count(data.get("prompt_tokens")),
                "gen_ai.usage.output_tokens": _count(data.get("completion_tokens")),
                "multicoder.cost_usd": _number(data.get("cost_usd")),
                "multicoder.priced": bool(data.get("priced")),
            }
        )
        span.end(_ns(event.at))

    def _draft_examined(self, run: _RunSpans, event: Event) -> None:
        found = event.data.get("findings")
        facts = {
            **_facts(event),
            "multicoder.module": _code(event.module),
            "multicoder.model": _model(event.data.get("model")),
            "multicoder.findings": len(found) if isinstance(found, list) else 0,
        }
        begun = run.marks.get(event.module, event.at)
        span = self._start(f"draft {_code(event.module)}", run.place(event.module), begun, facts)
        span.end(_ns(event.at))
        run.marks[event.module] = event.at

    def _tests_run(self, run: _RunSpans, event: Event) -> None:
        begun = event.at - max(0.0, _number(event.data.get("seconds")))
        self._start("tests", run.place(""), begun, _facts(event)).end(_ns(event.at))

    def _work_started(self, run: _RunSpans, event: Event) -> None:
        name = event.name.partition(".")[0]
        run.works[name] = self._start(name, run.place(""), event.at, _facts(event))

    def _work_ended(self, run: _RunSpans, event: Event) -> None:
        span = run.works.pop(event.name.partition(".")[0], None)
        if span is None:
            return
        span.set_attributes(_facts(event))
        if event.name == "build.failed" or event.data.get("ok") is False:
            self._failed(span, event)
        span.end(_ns(event.at))

    def _run_ended(self, run: _RunSpans, event: Event) -> None:
        outcome = event.data.get("outcome") or {"run.pause_done": "paused"}.get(event.name, "cancelled")
        run.root.set_attribute("multicoder.outcome", _code(outcome))
        self._end(event.run, event.at)


def _trace_of(run: str) -> int:
    return int.from_bytes(hashlib.sha256(run.encode("utf-8", "surrogatepass")).digest()[:16], "big") or 1


def _facts(event: Event) -> dict[str, Any]:
    """What of an event's data may be sent."""
    facts: dict[str, Any] = {
        "multicoder.event.type": event.type,
        "multicoder.risk": risk_of(event.type, event.data),
    }
    for name in _SENT:
        value = event.data.get(name)
        if isinstance(value, (bool, int, float)):
            if abs(value) < _LARGEST:  # neither endless nor more than the format holds
                facts[f"multicoder.{name}"] = value
        elif isinstance(value, str) and _CODE.fullmatch(value):
            facts[f"multicoder.{name}"] = _code(value)
    return facts


def _exception(event: Event) -> str:
    """The class of the error a node crashed with; its message stays here."""
    name = str(event.data.get("error") or "").partition(":")[0]
    return _code(name) if name.isidentifier() else ""


def _code(value: object, shape: re.Pattern[str] = _CODE) -> str:
    """A value that is a code, without secrets; anything else is not told."""
    text = value if isinstance(value, str) else ""
    return redaction.redact(text) if shape.fullmatch(text) else _UNTOLD


def _model(value: object) -> str:
    """A value that is the id of a model."""
    return _code(value, _MODEL)


def _number(value: object) -> float:
    usable = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if usable else 0.0  # type: ignore[arg-type]  # told by the line above


def _ns(at: float) -> int:
    return int(min(max(at, 0.0), _LATEST) * _NANO) if math.isfinite(at) else 0


def _count(value: object) -> int:
    return int(min(max(_number(value), 0.0), _LARGEST / 2))
