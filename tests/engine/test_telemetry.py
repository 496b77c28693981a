"""Traces as a collector gets them: a real HTTP server decodes what arrives."""

from __future__ import annotations

import gzip
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from core.events import Event
from core.redaction import register_secret
from core.settings import Settings
from engine.bootstrap import open_engine
from engine.driver import RunDriver
from engine.journal import Journal
from engine.person import Consenting
from engine.telemetry import BATCH, CAPACITY, SPANS_KEPT, open_telemetry

ROOT = Path(__file__).parents[2]
CANARY = "canary-key-of-nobody-9876543210"
RUN = "r-20250101-000000-abc"


class Span:
    """A span as it arrived."""

    def __init__(self, raw, resource):
        self.name, self.id, self.parent, self.trace = raw.name, raw.span_id, raw.parent_span_id, raw.trace_id
        self.begun, self.ended = raw.start_time_unix_nano, raw.end_time_unix_nano
        self.kind, self.error = raw.kind, raw.status.code == 2
        self.attributes = values(raw.attributes)
        self.events = {event.name: values(event.attributes) for event in raw.events}
        self.resource = resource


def values(attributes):
    return {item.key: getattr(item.value, item.value.WhichOneof("value")) for item in attributes}


class Collector:
    """An OTLP endpoint on this machine."""

    def __init__(self, status=200, delay=0.0):
        self.bodies, self.paths, self.spans = [], [], []
        self.status, self.delay = status, delay
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.take(self.path, gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body)
                time.sleep(collector.delay)
                self.send_response(collector.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def take(self, path, body):
        self.paths.append(path)
        self.bodies.append(body)
        if self.status == 200:
            message = ExportTraceServiceRequest.FromString(body)
            for group in message.resource_spans:
                resource = values(group.resource.attributes)
                self.spans += [Span(raw, resource) for scope in group.scope_spans for raw in scope.spans]

    def named(self, name):
        return [span for span in self.spans if span.name == name]

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def collecting(**options):
    collector = Collector(**options)
    try:
        yield collector
    finally:
        collector.close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


class Kept:
    def __init__(self):
        self.events = []

    def emit(self, event):
        self.events.append(event)


def sent(home, events, **options):
    """The collector after `events` were sent to it."""
    with collecting(**options) as collector:
        telemetry = open_telemetry(Settings(telemetry_endpoint=collector.url), home)
        for event in events:
            telemetry(event)
        telemetry.close()
        return collector


def event(name, at, type_="INFO", module="", run=RUN, **data):
    return Event(type_, name, run, module, data, float(at))


STORY = [
    event("message.received", 100, "MESSAGE", characters=5),
    event("node.started", 101, node="module", module="core"),
    event("call.started", 102, "PROVIDER", "core", call="coder.write", attempt=1, escalate=0),
    event("call.substituted", 103, "PROVIDER", "core", call="coder.write", failed="a:x", fault="transient", next="b:y"),
    event(
        "call.finished",
        104,
        "PROVIDER",
        "core",
        call="coder.write",
        model="b:y/z",
        prompt_tokens=120,
        completion_tokens=30,
        cost_usd=0.25,
        priced=True,
    ),
    event("draft.examined", 105, module="core", draft=1, model="b:y/z", accepted=False, findings=["check: x"]),
    event("draft.examined", 107, module="core", draft=2, model="b:y/z", accepted=True, findings=[]),
    event("node.finished", 108, node="module", module="core"),
    event("node.started", 109, node="build"),
    event("build.started", 110, "BUILD", target="zip", commit="c"),
    event("build.failed", 112, "BUILD", log="the whole log"),
    event("tests.run", 115, "BUILD", passed=3, failed=1, errors=0, ok=False, seconds=2.0),
    event("node.crashed", 116, "ERROR", node="build", error="ValueError: the person's words"),
    event("reply.refused", 117, "SECURITY", kind="task", decision="approve"),
    event("run.finished", 120, "TASK", outcome="stopped"),
]


def test_without_an_endpoint_nothing_is_made_and_nothing_imported(home):
    assert open_telemetry(Settings(), home) is None
    code = (
        "import sys; from pathlib import Path; from core.paths import Home; from core.settings import Settings\n"
        "from engine.telemetry import open_telemetry\n"
        "assert open_telemetry(Settings(), Home(Path('x'))) is None\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry', 'google', 'requests'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_run_is_one_trace_with_its_work_inside(home):
    collector = sent(home, STORY)
    assert set(collector.paths) == {"/v1/traces"}
    [root] = collector.named("run")
    assert len({span.trace for span in collector.spans}) == 1
    assert (root.begun, root.ended) == (100 * 10**9, 120 * 10**9)
    assert root.parent == b""
    assert root.attributes == {"multicoder.run.id": RUN, "multicoder.outcome": "stopped"}
    assert root.resource["service.name"] == "multicoder"
    [node] = collector.named("module core")
    assert node.parent == root.id
    [call] = collector.named("chat y/z")
    assert (call.parent, call.kind) == (node.id, 3)
    drafts = collector.named("draft core")
    assert [(draft.begun, draft.ended) for draft in drafts] == [(101 * 10**9, 105 * 10**9), (105 * 10**9, 107 * 10**9)]
    assert [draft.attributes["multicoder.findings"] for draft in drafts] == [1, 0]
    builds = {span.ended: span for span in collector.named("build")}
    inner, outer = builds[112 * 10**9], builds[116 * 10**9]
    assert (inner.parent, inner.error, outer.error) == (outer.id, True, True)
    [tests] = collector.named("tests")
    assert (tests.begun, tests.ended, tests.attributes["multicoder.passed"]) == (113 * 10**9, 115 * 10**9, 3)


def test_a_call_carries_the_attributes_of_the_convention(home):
    [call] = sent(home, STORY).named("chat y/z")
    assert call.attributes["gen_ai.operation.name"] == "chat"
    assert call.attributes["gen_ai.provider.name"] == "b"
    assert call.attributes["gen_ai.request.model"] == call.attributes["gen_ai.response.model"] == "y/z"
    assert call.attributes["gen_ai.usage.input_tokens"] == 120
    assert call.attributes["gen_ai.usage.output_tokens"] == 30
    assert call.attributes["multicoder.cost_usd"] == 0.25
    assert call.events["call.substituted"] == {"failed": "a:x", "fault": "transient", "next": "b:y"}


def test_errors_and_security_events_stand_at_their_place(home):
    collector = sent(home, [*STORY, event("journal.lost", 130, "ERROR", run="", events=3)])
    crashed = next(span for span in collector.named("build") if "node.crashed" in span.events)
    assert crashed.attributes["error.type"] == "ValueError"
    [root] = collector.named("run")
    assert root.events["reply.refused"]["multicoder.risk"] == "high"
    [lost] = collector.named("journal.lost")
    assert lost.error
    assert lost.trace != root.trace


def test_a_run_that_goes_on_later_continues_its_trace(home):
    first = sent(home, STORY[:4])
    second = sent(home, [event("node.started", 200, node="build"), event("run.pause_done", 201, "TASK")])
    assert {span.trace for span in first.spans} == {span.trace for span in second.spans}
    assert {span.name for span in first.spans} == {"run", "module core", "chat"}  # closed with the telemetry
    assert second.named("run")[0].attributes["multicoder.outcome"] == "paused"


def test_what_is_told_before_and_after_a_run_makes_no_run_of_its_own(home):
    before = [event("prompt.taken", 90, "MESSAGE"), event("task.submitted", 91, "TASK", kind="run")]
    after = [event("task.finished", 121, "TASK", kind="run"), event("task.crashed", 122, "ERROR", kind="run")]
    collector = sent(home, [*before, *STORY, *after])
    [root] = collector.named("run")
    assert (root.begun, root.ended) == (100 * 10**9, 120 * 10**9)
    [crashed] = collector.named("task.crashed")
    assert (crashed.trace, crashed.error, crashed.ended) == (root.trace, True, 122 * 10**9)


def test_the_time_a_card_waits_is_nobodys_work(home):
    collector = sent(
        home,
        [
            event("node.started", 1, node="approve"),
            event("card.shown", 2, "AUDIT", kind="task", digest="d"),
            event("node.started", 900, node="approve"),
            event("node.finished", 901, node="approve"),
        ],
    )
    spans = collector.named("approve")
    assert [(span.begun // 10**9, span.ended // 10**9) for span in spans] == [(1, 2), (900, 901)]
    assert spans[0].attributes["multicoder.waits_for_person"] is True


def test_words_files_and_secrets_stay_here(home):
    words = "the person's own words"
    register_secret(CANARY)
    data = {
        "text": words,
        "log": words,
        "error": f"KeyError: {words}",
        "detail": words,
        "findings": [words],
        "title": words,
        "summary": words,
        "understood": words,
        "reasons": [words],
        "target": f"/home/somebody/{CANARY}",
        "code": CANARY,
        "kind": words,
        "via": words,
        "node": f"x-{CANARY}",
        "model": f"a:{CANARY}",
        "call": CANARY,
        "failed": f"a:{CANARY}",
        "fault": CANARY,
        "subject": words,
        "state": f"/etc/{words}",
        "outcome": words,
        "artifact": "/home/somebody/file.exe",
    }
    names = {item.name for item in STORY} | {"action.blocked", "answer.given", "plan.drawn", "verdict.given"}
    events = [Event(kind, name, RUN, "m", data) for name in sorted(names) for kind in ("INFO", "ERROR", "SECURITY")]
    collector = sent(home, [*events, Event("ERROR", "x.y", data=data)])
    sent_bytes = b"".join(collector.bodies)
    assert len(collector.spans) > 5
    for secret in (words, CANARY, "somebody"):
        assert secret.encode() not in sent_bytes


def test_an_address_of_traces_is_used_as_it_is(home):
    with collecting() as collector:
        for address in (f"{collector.url}/v1/traces", f"{collector.url}/", f"{collector.url}/otel"):
            telemetry = open_telemetry(Settings(telemetry_endpoint=address), home)
            telemetry(STORY[0])
            telemetry.close()
    assert collector.paths == ["/v1/traces", "/v1/traces", "/otel/v1/traces"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}", "http://[nowhere", "http://127.0.0.1:99999"])
def test_an_endpoint_that_is_away_costs_nothing_and_the_loss_is_told(home, address, capfd):
    sink = Kept()
    telemetry = open_telemetry(Settings(telemetry_endpoint=address.format(port=free_port())), home, sink)
    began = time.monotonic()
    for item in STORY:
        telemetry(item)
    assert time.monotonic() - began < 0.5
    began = time.monotonic()
    telemetry.close()
    assert time.monotonic() - began < 20
    told = [item.data for item in sink.events if item.name == "telemetry.dropped"]
    assert sum(data["spans"] for data in told) == telemetry.dropped_spans == 8
    assert telemetry.sent_spans == 0
    assert capfd.readouterr().err == ""


def test_a_server_that_refuses_loses_spans_and_not_the_work(home):
    sink = Kept()
    with collecting(status=400) as collector:
        telemetry = open_telemetry(Settings(telemetry_endpoint=collector.url), home, sink)
        for item in STORY:
            telemetry(item)
        telemetry.close()
    assert collector.bodies
    assert telemetry.dropped_spans == 8


def test_a_slow_server_never_makes_an_emitter_wait_and_drops_are_counted(home):
    sink = Kept()
    with collecting(delay=1.0) as collector:
        telemetry = open_telemetry(Settings(telemetry_endpoint=collector.url), home, sink)
        many = CAPACITY * 3
        began = time.monotonic()
        for number in range(many):
            telemetry(event("node.started", number, node=f"n{number % 7}", module=f"m{number % 11}"))
        spent = time.monotonic() - began
        telemetry.close()
        telemetry.close()
    assert spent < 5
    assert telemetry.dropped_events > 0
    assert telemetry.dropped_spans + telemetry.sent_spans <= many
    told = [item.data for item in sink.events if item.name == "telemetry.dropped"]
    assert sum(data["events"] for data in told) == telemetry.dropped_events
    assert len(told) <= 3


def test_many_spans_come_in_batches(home):
    with collecting() as collector:
        telemetry = open_telemetry(Settings(telemetry_endpoint=collector.url), home)
        for number in range(600):
            telemetry(event("tests.run", number, "BUILD", seconds=0.5))
        telemetry.close()
    assert len(collector.named("tests")) == 600
    assert 601 / BATCH <= len(collector.bodies) < 20
    assert SPANS_KEPT > BATCH


HUGE = {"attempt": 10**30, "draft": float("nan"), "size": float("inf"), "prompt_tokens": 1e300, "call": "a.b"}


def test_events_out_of_every_order_break_nothing(home, monkeypatch):
    monkeypatch.setattr("engine.telemetry.CLOSE_SECONDS", 60)  # a busy machine sends slowly
    strange = [
        event(name, at, kind, module, run, **data)
        for name in sorted({item.name for item in STORY} | {"smoke.finished", "card.shown", "node.held"})
        for at in (-1.0, 1e300, float("nan"))
        for kind in ("INFO", "ERROR")
        for module in ("", "m")
        for run in (RUN, "r-\udc80", "")
        for data in ({}, {"node": None, "call": 5, "model": [], "seconds": "x", "findings": 7, "cost_usd": None}, HUGE)
    ]
    sink = Kept()
    with collecting() as collector:
        telemetry = open_telemetry(Settings(telemetry_endpoint=collector.url), home, sink)
        for item in strange:
            telemetry(item)
        telemetry.close()
    assert [item.name for item in sink.events if item.name == "telemetry.stopped"] == []
    assert telemetry.dropped_spans == 0
    assert len(collector.spans) > 100


def test_a_library_that_cannot_start_is_told_and_the_work_goes_on(home, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "soon")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "nonsense")
    sink = Kept()
    telemetry = open_telemetry(Settings(telemetry_endpoint="http://127.0.0.1:1"), home, sink)
    telemetry(STORY[0])
    telemetry.close()
    telemetry(STORY[0])
    assert [item.name for item in sink.events] in (["telemetry.stopped"], ["telemetry.dropped"])


def test_the_journal_hears_of_drops_without_an_echo(home):
    log = logging.getLogger("tests.telemetry")
    log.propagate = False
    journal = Journal(home.journal, log)
    telemetry = open_telemetry(Settings(telemetry_endpoint=f"http://127.0.0.1:{free_port()}"), home, journal)
    journal.subscribe(telemetry)
    for item in STORY:
        journal.emit(item)
    telemetry.close()
    journal.close()
    journal = Journal(home.journal, log)
    told = [row for row in journal.read() if row.name == "telemetry.dropped"]
    journal.close()
    assert sum(row.data["spans"] for row in told) == 8
    assert {row.risk for row in told} == {"low"}


async def test_a_real_run_arrives_as_a_trace(home, tmp_path):
    with collecting() as collector:
        telemetry = open_telemetry(Settings(telemetry_endpoint=collector.url), home)
        environ = {"PATH": os.environ["PATH"]}
        async with open_engine(home, team="demo", environ=environ, subscribers=[telemetry]) as engine:
            driver = RunDriver(engine)
            project = (await engine.archive.add_project("talk", out=str(tmp_path), locale="en")).project
            options = {"out": str(tmp_path), "target": None, "attachments": []}
            run = await driver.create(project, "What can you do?", options, {}, locale="en", team="demo")
            await driver.drive(run, Consenting())
        telemetry.close()
    [root] = collector.named("run")
    assert root.attributes == {"multicoder.run.id": run, "multicoder.outcome": "answered"}
    assert {"intake", "converse", "close"} <= {span.name for span in collector.spans}
    chats = [span for span in collector.spans if span.name.startswith("chat")]
    assert chats
    assert all(span.attributes["gen_ai.usage.input_tokens"] > 0 for span in chats)
    assert b"What can you do?" not in b"".join(collector.bodies)
