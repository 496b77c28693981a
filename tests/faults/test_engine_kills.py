"""The engine is killed with five tasks in five states; what comes back is what was there, once."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from core.paths import Home
from engine.journal import verify
from tests.faults.engine_client import EngineClient, Gone, Refused

PAGE = "Make a web page with a contact form"
QUESTION = "What can you do?"


class Hall:
    """One data folder, its engine and what must always be true of its tasks."""

    def __init__(self, folder, seed):
        self.home = Home(folder / "home")
        self.out = folder / "out"
        self.out.mkdir()
        self.random = random.Random(seed)
        self.client = EngineClient(self.home, self.decide)
        self.approving = set()
        self.asked = self.begin(PAGE)
        self.wait(lambda: self.state(self.asked) == ("paused", "person"))
        self.card = self.question(self.asked)["card"]
        self.queued = self.prompt(self.asked, QUESTION)
        self.held = self.begin(PAGE)
        self.approve(self.held)
        self.wait(lambda: "wave.opened" in self.happened(self.held))
        self.client.own("tasks/pause", task=self.task(self.held)["task"])
        self.wait(lambda: self.state(self.held) == ("paused", "asked"))
        self.approving.clear()
        self.kept = self.task(self.held)["task"]
        self.working = ""
        self.finished = []

    def decide(self, card):
        return "approve" if card.get("run") in self.approving and "approve" in card["options"] else None

    # ------------------------------------------------------------------------------------------- doing

    def begin(self, text):
        options = {"target": "source"}
        session = self.client.call(
            "session/new", {"cwd": str(self.out), "mcpServers": [], "_meta": {"multicoder": options}}
        )["sessionId"]
        self.prompt(session, text)
        return session

    def prompt(self, session, text):
        key = f"p-{self.random.getrandbits(64):x}"
        own = {"multicoder": {"promptId": key}}
        block = [{"type": "text", "text": text}]
        self.client.send("session/prompt", {"sessionId": session, "prompt": block, "_meta": own})
        self.wait(lambda: key in self.prompts(session))
        return key

    def prompts(self, session):
        rows = self.client.own("journal/search", names=["prompt.taken"], limit=1000)["rows"]
        return {row["data"]["prompt"]: row["run"] for row in rows if row["data"]["session"] == session}

    def work(self):
        """A run that is really being worked on: its cards are approved as they come."""
        if not self.working or self.state(self.working)[0] == "done":
            if self.working:
                self.finished.append(self.working)
            self.working = self.begin(PAGE)
        if self.state(self.working) == ("paused", "crash-loop"):  # it ran in five deaths, one after the other
            self.client.own("tasks/resume", task=self.task(self.working)["task"])
        self.approve(self.working)

    def approve(self, session):
        """Say yes to the cards of a session, to the one it stands at as well as to those that come."""
        self.approving |= set(self.prompts(session).values())
        self.client.call("session/resume", {"sessionId": session, "cwd": str(self.out), "mcpServers": []})
        for row in self.client.own("questions/list")["questions"]:
            if row["run"] in self.approving:
                with contextlib.suppress(Refused):  # answered by the other way a moment before
                    self.client.own("questions/answer", run=row["run"], nonce=row["nonce"], decision="approve")

    def restart(self):
        self.client.kill()
        self.client = EngineClient(self.home, self.decide)

    # ------------------------------------------------------------------------------------------- looking

    def wait(self, condition, seconds=60):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.client.own("tasks/list")
            time.sleep(0.05)

    def tasks(self):
        return self.client.own("tasks/list")["tasks"]

    def task(self, session):
        runs = self.prompts(session)
        return next(task for task in self.tasks() if task["subject"] in runs.values())

    def state(self, session):
        found = [task for task in self.tasks() if task["subject"] in self.prompts(session).values()]
        return (found[0]["state"], found[0]["reason"]) if found else ("", "")

    def happened(self, session):
        runs = [*self.prompts(session).values()]
        return {row["name"] for row in self.client.own("journal/search", runs=runs, limit=1000)["rows"]}

    def question(self, session):
        rows = self.client.own("questions/list")["questions"]
        return next(row for row in rows if row["sessionId"] == session)

    def check(self):
        """All restored, none doubled, pending approvals pending, the chain intact."""
        self.wait(lambda: any(row["sessionId"] == self.asked for row in self.client.own("questions/list")["questions"]))
        assert self.question(self.asked)["card"] == self.card
        assert self.state(self.asked) == ("paused", "person")
        assert self.task(self.held)["task"] == self.kept
        assert self.state(self.held) == ("paused", "asked")
        subjects = [task["subject"] for task in self.tasks() if task["kind"] == "run"]
        assert len(subjects) == len(set(subjects))
        waiting = [key for key in self.prompts(self.asked) if key == self.queued]
        assert waiting == [self.queued]
        assert self.prompts(self.asked)[self.queued] not in subjects
        report = verify(self.home.journal, self.home.journal_archive)
        assert report.ok, report
        for session in self.finished:
            delivered = self.client.own(
                "journal/search", names=["artifact.delivered"], runs=[*self.prompts(session).values()]
            )
            assert len(delivered["rows"]) == 1


def kill_often(folder, times, seed):
    hall = Hall(folder, seed)
    try:
        for _ in range(times):
            hall.work()
            backup = hall.client.own("backups/make")["task"]["task"]
            time.sleep(hall.random.random() * 1.5)
            hall.restart()
            hall.check()
            assert [task["task"] for task in hall.tasks()].count(backup) == 1
        hall.work()
        hall.wait(lambda: hall.state(hall.working)[0] == "done", 120)
        hall.client.own(
            "questions/answer", run=hall.card["run"], nonce=hall.question(hall.asked)["nonce"], decision="reject"
        )
        hall.wait(lambda: hall.prompts(hall.asked)[hall.queued] in {task["subject"] for task in hall.tasks()})
        assert hall.client.stop() == 0
        assert verify(hall.home.journal, hall.home.journal_archive).ok
    finally:
        if hall.client.process.poll() is None:
            hall.client.kill()


def test_five_tasks_survive_kills(tmp_path):
    kill_often(tmp_path, 5, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(1_500)
def test_five_tasks_survive_fifty_kills(tmp_path):
    kill_often(tmp_path, 50, seed=int(time.time()))


def test_a_client_learns_at_once_that_the_engine_ended(tmp_path):
    with EngineClient(Home(tmp_path / "home")) as client:
        session = client.call("session/new", {"cwd": str(tmp_path), "mcpServers": []})["sessionId"]
        asked = client.send("session/prompt", {"sessionId": session, "prompt": [{"type": "text", "text": PAGE}]})
        client.process.kill()
        began = time.monotonic()
        with pytest.raises(Gone):
            client.result(asked, 10)
        assert time.monotonic() - began < 2
