"""OpenTelemetry, off unless an endpoint is set: runs as traces, sent by OTLP over HTTP from a thread of its own.

A subscriber of the journal. It never blocks who emits an event, and an endpoint that is away costs nothing: what finds
no room is dropped, counted, and the journal is told. What is sent, and what never is, stands in `engine.run_spans`.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.events import Event
from engine.run_spans import TraceIds, Translator

if TYPE_CHECKING:
    from collections.abc import Callable

    from opentelemetry.sdk.trace import ReadableSpan

    from core.events import EventSink, Json
    from core.paths import Home
    from core.settings import Settings

CAPACITY: Final = 10_000
"""Events that may wait for the thread."""
SPANS_KEPT: Final = 4_096
"""Finished spans that may wait for an endpoint that is away."""
BATCH: Final = 256
TELL_SECONDS: Final = 60.0
"""Least time between two words about drops in the journal."""
CLOSE_SECONDS: Final = 3.0
_FLUSH_SECONDS: Final = 2.0
_EXPORT_SECONDS: Final = 5.0
_RETRY_SECONDS: Final = (5.0, 60.0)
_POLL_SECONDS: Final = 0.2
_TRACES: Final = "/v1/traces"


def open_telemetry(settings: Settings, home: Home, sink: EventSink | None = None) -> Telemetry | None:
    """Start sending to `settings.telemetry_endpoint`, None when it is empty; `sink` hears of what was dropped.

    Subscribe it to the journal, and close it before the journal.
    """
    endpoint = settings.telemetry_endpoint.strip()
    return Telemetry(endpoint, home, sink) if endpoint else None


class Telemetry:
    """Takes events in any thread and sends spans from its own."""

    def __init__(self, endpoint: str, home: Home, sink: EventSink | None = None) -> None:
        self._endpoint = _traces_of(endpoint)
        self._instance = hashlib.sha256(str(home.root).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._sink = sink
        self._queue: queue.Queue[Event] = queue.Queue(CAPACITY)
        self._closing = threading.Event()
        self._counting = threading.Lock()
        self._exporter: Any = None
        self._told = 0.0
        self._untold = {"events": 0, "spans": 0}
        self.dropped_events = 0
        """Events that found the queue full."""
        self.dropped_spans = 0
        """Spans the endpoint did not take."""
        self.sent_spans = 0
        self._thread = threading.Thread(target=self._work, name="telemetry", daemon=True)
        self._thread.start()

    def __call__(self, event: Event) -> None:
        """Take one event; never waits."""
        if self._closing.is_set() or event.name.startswith("telemetry."):
            return
        try:
            self._queue.put_nowait(event)
        except queue.Full:
            self._drop("events", 1)

    def close(self) -> None:
        """Send what waits, for at most a few seconds; closing twice is no error."""
        if not self._closing.is_set():
            self._closing.set()
            self._thread.join(CLOSE_SECONDS)
            if self._thread.is_alive() and self._exporter is not None:
                self._exporter.shutdown()  # ends its waiting between two tries
                self._thread.join(CLOSE_SECONDS)
            self._tell(at_once=True)

    def _work(self) -> None:
        try:
            self._send_on(self._outbox())
        except Exception as error:  # noqa: BLE001 - border: a library that fails must not take the work down it watches
            self._closing.set()
            if self._sink is not None:
                self._sink.emit(Event("ERROR", "telemetry.stopped", data={"error": type(error).__name__}))

    def _send_on(self, outbox: _Outbox) -> None:
        """Turn events into spans and send them, until closed and empty."""
        while True:
            try:
                outbox.translator.take(self._queue.get(timeout=_POLL_SECONDS))
            except queue.Empty:
                if self._closing.is_set():
                    break
            outbox.send_if_due()
            self._tell()
        outbox.translator.close(time.time())
        outbox.send_all()

    def _outbox(self) -> _Outbox:
        """Import the SDK and set it up; here, because it takes a second nobody should wait for."""
        from opentelemetry import trace  # noqa: PLC0415 - heavy
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - heavy
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - heavy
        from opentelemetry.sdk.trace import SpanProcessor, TracerProvider  # noqa: PLC0415 - heavy

        # Without a handler Python prints the library's warnings on the terminal; what was dropped is told by us.
        logging.getLogger("opentelemetry").addHandler(logging.NullHandler())
        self._exporter = OTLPSpanExporter(endpoint=self._endpoint, timeout=_EXPORT_SECONDS)
        finished: list[ReadableSpan] = []

        class Collecting(SpanProcessor):
            def on_end(self, span: ReadableSpan) -> None:
                finished.append(span)

        ids = TraceIds()
        resource = Resource.create({"service.name": "multicoder", "service.instance.id": self._instance})
        provider = TracerProvider(resource=resource, id_generator=ids, shutdown_on_exit=False)  # type: ignore[arg-type]
        provider.add_span_processor(Collecting())
        return _Outbox(Translator(trace, provider.get_tracer("multicoder"), ids), finished, self._export, self._drop)

    def _export(self, spans: list[ReadableSpan]) -> bool:
        taken = bool(self._exporter.export(spans).value == 0)
        if taken:
            self.sent_spans += len(spans)
        return taken

    def _drop(self, what: str, count: int) -> None:
        with self._counting:
            self._untold[what] += count
            if what == "events":
                self.dropped_events += count
            else:
                self.dropped_spans += count

    def _tell(self, *, at_once: bool = False) -> None:
        """Say in the journal what was dropped since it was said last."""
        now = time.monotonic()
        with self._counting:
            waiting: dict[str, Json] = dict(self._untold)
            if not any(waiting.values()) or not (at_once or not self._told or now - self._told >= TELL_SECONDS):
                return
            self._told = now
            self._untold = {"events": 0, "spans": 0}
        if self._sink is not None:
            self._sink.emit(Event("INFO", "telemetry.dropped", data={**waiting, "risk": "low"}))


@dataclass
class _Outbox:
    """Finished spans on their way, and when to try again an endpoint that is away."""

    translator: Translator
    finished: list[ReadableSpan]
    export: Callable[[list[ReadableSpan]], bool]
    drop: Callable[[str, int], None]
    _since: float = 0.0
    _not_before: float = 0.0
    _pause: float = 0.0

    def send_if_due(self) -> None:
        """Send when a batch is full or old enough; what exceeds the room is dropped, the oldest first."""
        now = time.monotonic()
        excess = len(self.finished) - SPANS_KEPT
        if excess > 0:
            del self.finished[:excess]
            self.drop("spans", excess)
        if not self.finished:
            self._since = now
        elif now >= self._not_before and (len(self.finished) >= BATCH or now - self._since >= _FLUSH_SECONDS):
            self._send_batch()
            self._since = now

    def send_all(self) -> None:
        """Send everything once; what the endpoint does not take is lost."""
        while self.finished and self._send_batch():
            pass
        self.drop("spans", len(self.finished))
        self.finished.clear()

    def _send_batch(self) -> bool:
        batch = self.finished[:BATCH]
        del self.finished[: len(batch)]
        if self.export(batch):
            self._pause = 0.0
            return True
        self.drop("spans", len(batch))
        self._pause = min(max(2 * self._pause, _RETRY_SECONDS[0]), _RETRY_SECONDS[1])
        self._not_before = time.monotonic() + self._pause
        return False


def _traces_of(endpoint: str) -> str:
    """The address traces go to: the endpoint is that of a collector, or already that of its traces."""
    address = endpoint.rstrip("/")
    return address if address.endswith(_TRACES) else f"{address}{_TRACES}"
