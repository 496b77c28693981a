"""The soak: an engine that works for a long time under random faults must not grow, leak or break its word.

The seed is printed; MULTICODER_SOAK_SEED repeats a run, MULTICODER_SOAK_MINUTES changes its length (default 30).
"""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections import Counter

import psutil
import pytest

from core.paths import Home
from engine.journal import verify
from tests.faults.engine_client import EngineClient, Refused

PAGE = "Make a web page with a contact form"
QUESTION = "What can you do?"
SEED = int(os.environ.get("MULTICODER_SOAK_SEED", str(int(time.time()))))
MINUTES = float(os.environ.get("MULTICODER_SOAK_MINUTES", "30"))
"""Read when this module is imported: the tests themselves start from a clean environment."""
WARM_UP = 100
"""Acts before the memory is measured: caches fill and libraries load at first use."""
CALM = 300
"""Acts between two kills: growth is measured within one life of the engine."""


class Soak:
    def __init__(self, folder, seed):
        self.home = Home(folder / "home")
        self.out = folder / "out"
        self.out.mkdir()
        self.random = random.Random(seed)
        self.client = EngineClient(self.home, self.decide)
        self.done = Counter()
        self.measures = []

    def decide(self, card):
        options = [option for option in ("approve", "answer", "retry") if option in card.get("options", [])]
        if self.random.random() < 0.1 and "reject" in card.get("options", []):
            return "reject"
        return options[0] if options else None

    def act(self):
        act = self.random.choice(
            [self.make, self.ask, self.ask, self.fork, self.cancel, self.look, self.pause, self.upkeep]
        )
        act()
        self.done[act.__name__] += 1

    def session(self):
        own = {"multicoder": {"target": "source"}}
        return self.client.call("session/new", {"cwd": str(self.out), "mcpServers": [], "_meta": own})["sessionId"]

    def prompt(self, session, text, seconds=120):
        """One turn; the conversation is closed afterwards, as an editor does with a tab nobody looks at."""
        block = [{"type": "text", "text": text}]
        answer = self.client.call("session/prompt", {"sessionId": session, "prompt": block}, seconds)
        self.client.call("session/close", {"sessionId": session})
        return answer

    def make(self):
        assert self.prompt(self.session(), PAGE)["_meta"]["multicoder"]["outcome"] in {
            "delivered",
            "rejected",
            "refused",
        }

    def ask(self):
        assert self.prompt(self.session(), QUESTION)["_meta"]["multicoder"]["outcome"] == "answered"

    def fork(self):
        session = self.session()
        self.prompt(session, QUESTION)
        fork = self.client.call("session/fork", {"sessionId": session, "cwd": str(self.out), "mcpServers": []})
        assert self.prompt(fork["sessionId"], QUESTION)["_meta"]["multicoder"]["outcome"] == "answered"

    def cancel(self):
        session = self.session()
        asked = self.client.send("session/prompt", {"sessionId": session, "prompt": [{"type": "text", "text": PAGE}]})
        time.sleep(self.random.random() * 2)
        self.client.send("session/load", {"sessionId": session, "cwd": str(self.out), "mcpServers": []})
        self.cancelled(session)
        assert self.client.result(asked)["stopReason"] in {"cancelled", "end_turn"}

    def cancelled(self, session):
        tasks = self.client.own("tasks/list", states=["running", "waiting", "paused"], kind="run")["tasks"]
        for task in tasks:
            with contextlib.suppress(Refused):  # it ended meanwhile
                self.client.own("tasks/cancel", task=task["task"])
        del session

    def look(self):
        for session in self.client.call("session/list", {})["sessions"][:3]:
            self.client.call(
                "session/load", {"sessionId": session["sessionId"], "cwd": str(self.out), "mcpServers": []}
            )
            self.client.call("session/close", {"sessionId": session["sessionId"]})
        self.client.own("status", probe=True)
        self.client.own("statistics")

    def pause(self):
        session = self.session()
        asked = self.client.send("session/prompt", {"sessionId": session, "prompt": [{"type": "text", "text": PAGE}]})
        time.sleep(self.random.random())
        for task in self.client.own("tasks/list", states=["running"], kind="run")["tasks"]:
            with contextlib.suppress(Refused):  # it ended meanwhile
                self.client.own("tasks/pause", task=task["task"])
            with contextlib.suppress(Refused):  # it stands at a card meanwhile
                self.client.own("tasks/resume", task=task["task"])
        try:
            self.client.result(asked)
        finally:
            self.cancelled(session)

    def upkeep(self):
        self.client.own("backups/make")
        verdict = self.client.own("audit/inspect")
        broken = [item for item in verdict["findings"] if item["severity"] == "critical"]
        assert broken == []

    def kill(self):
        self.client.kill()
        self.client = EngineClient(self.home, self.decide)
        self.cancelled("")

    def measure(self):
        """RSS, descriptors, threads; of the last two the least in two seconds: what a job has open goes with it."""
        process = psutil.Process(self.client.process.pid)
        looks = []
        for _ in range(10):
            looks.append((process.num_fds(), process.num_threads()))
            time.sleep(0.2)
        return process.memory_info().rss, min(fds for fds, _ in looks), min(threads for _, threads in looks)


def soak(folder, seconds, seed):
    stand = Soak(folder, seed)
    try:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for _ in range(WARM_UP):
                stand.act()
            before = stand.measure()
            for _ in range(CALM):
                stand.act()
            stand.measures.append((before, stand.measure()))
            if time.monotonic() < deadline:
                stand.kill()
        errors = stand.client.own("journal/search", names=["node.crashed", "task.crashed"], limit=50)["rows"]
        assert stand.client.stop() == 0
        return stand, errors
    finally:
        if stand.client.process.poll() is None:
            stand.client.kill()


@pytest.mark.slow
@pytest.mark.timeout(4_000)
def test_soak(tmp_path):
    print(f"seed {SEED}, {MINUTES} minutes")  # noqa: T201 - a run that failed is repeated with it
    stand, errors = soak(tmp_path, MINUTES * 60, SEED)
    print(dict(stand.done), [(round(b[0] / 1e6), round(a[0] / 1e6), b[1], a[1]) for b, a in stand.measures])  # noqa: T201 - the figures
    assert errors == []
    assert verify(stand.home.journal, stand.home.journal_archive).ok
    for before, after in stand.measures:
        assert after[0] < before[0] * 1.10, "memory grew"
        assert after[1] <= before[1] + 8, "file descriptors grew"
        assert after[2] <= before[2] + 8, "threads grew"
    log = "".join(file.read_text(encoding="utf-8") for file in stand.home.log.parent.glob("*.log*"))
    assert "Traceback" not in log
