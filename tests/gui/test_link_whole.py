"""The link and the chats with the real relay and engine: a whole project, and what is killed on the way."""

from __future__ import annotations

import json
import os
import sys

import pytest

from core.paths import Home
from gui.chat.chats import Chats
from gui.link.engine_link import DELAYS_MS, EngineLink
from gui.main import make_qt
from gui.preferences import Preferences
from tests.engine.acp.editor import end_engine
from tests.faults.stand import child_environment
from tests.gui.waiting import pause, until
from tests.gui.wire import problems_of

PAGE = "Make a web page with a contact form"
SECONDS = 120
TEE = """
import subprocess, sys, threading, os
relay = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE)
threading.Thread(target=lambda: os._exit(relay.wait()), daemon=True).start()
with open(sys.argv[1], "ab", buffering=0) as record:
    for line in sys.stdin.buffer:
        record.write(line)
        relay.stdin.write(line)
        relay.stdin.flush()
relay.stdin.close()
relay.wait()
"""


class Person:
    """Uses the window's own link and chats; approves what is asked, unless told to wait."""

    def __init__(self, folder):
        self.folder = folder
        self.home = folder / "home"
        self.record = folder / "sent"
        relay = [sys.executable, "-P", "-m", "engine.cli", "acp", "--home", str(self.home)]
        command = [sys.executable, "-c", TEE, str(self.record), *relay]
        environ = child_environment(MULTICODER_TEAM="demo", MULTICODER_HOME=str(self.home))
        self.link = EngineLink(command, environ, "en")
        self.chats = Chats(self.link, Preferences(folder / "window.json"))
        self.chats.folder = str(folder / "out")
        self.chats.target = "source"
        self.updates, self.asked, self.withdrawn, self.readies = [], [], [], []
        self.waits = False
        self.link.updated.connect(lambda session, update: self.updates.append((session, update)))
        self.link.asked.connect(self._asked)
        self.link.withdrawn.connect(lambda *about: self.withdrawn.append(about))
        self.link.ready.connect(lambda: self.readies.append(1))
        self.link.start()

    def _asked(self, name, method, params):
        self.asked.append((name, method, params))
        if not self.waits:
            self.answer(name, method, params)

    def answer(self, name, method, params):
        if method == "elicitation/create":
            fields = params["requestedSchema"]["properties"]
            values = {field: about.get("default") or "fine" for field, about in fields.items()}
            self.link.answer(name, {"action": "accept", "content": values})
        else:
            chosen = next(item["optionId"] for item in params["options"] if item["kind"] == "allow_once")
            self.link.answer(name, {"outcome": {"outcome": "selected", "optionId": chosen}})

    def call(self, method, params):
        """Ask and wait for the answer."""
        found = []
        self.link.request(method, params, found.append, found.append)
        until(lambda: found, SECONDS * 1_000)
        return found[0]

    def begin(self):
        found = []
        self.chats.begin(found.append)
        until(lambda: found, SECONDS * 1_000)
        return found[0]

    def prompt(self, session, text):
        answers, troubles = [], []
        block = {"type": "text", "text": text}
        self.link.request("session/prompt", {"sessionId": session, "prompt": [block]}, answers.append, troubles.append)
        return answers, troubles

    def kinds(self):
        return [update["sessionUpdate"] for _, update in self.updates]

    def row(self):
        index = self.chats.index(0)
        return {bytes(name.data()).decode(): index.data(role) for role, name in self.chats.roleNames().items()}

    def sent(self):
        return [json.loads(line) for line in self.record.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def person(tmp_path):
    make_qt()
    found = Person(tmp_path)
    yield found
    found.link.close()
    end_engine(found.home)
    assert problems_of(found.sent()) == []


@pytest.mark.slow
def test_a_whole_project_is_made_though_the_engine_is_killed_in_the_middle(person):
    session = person.begin()
    answers, troubles = person.prompt(session, PAGE)
    until(lambda: "plan" in person.kinds(), SECONDS * 1_000)
    pid = person.call("_multicoder/engine/info", {})["pid"]
    os.kill(pid, 9)
    until(lambda: answers or troubles, SECONDS * 1_000)
    assert troubles == []
    assert answers[0]["_meta"]["multicoder"]["outcome"] == "delivered"
    assert any((person.folder / "out").iterdir())
    assert person.call("_multicoder/engine/info", {})["pid"] != pid
    assert len(person.readies) == 1
    assert person.link.state == "ready"
    until(lambda: not person.row()["running"])
    assert person.chats.current == session
    assert person.chats.currentTitle
    assert person.row()["title"] == person.chats.currentTitle
    assert person.row()["cwd"] == str(person.folder / "out")
    assert not person.row()["unread"]
    assert person.chats.find("contact form")
    person.chats.rename(session, "Another name")
    person.call("session/list", {})
    assert person.call("session/list", {})["sessions"][0]["title"] == "Another name"
    person.chats.remove(session)
    until(lambda: person.chats.current == "")
    assert person.call("session/list", {})["sessions"] == []


def test_a_relay_that_is_killed_at_an_open_question_comes_back_and_the_question_is_asked_again(person):
    person.waits = True
    session = person.begin()
    _, troubles = person.prompt(session, PAGE)
    until(lambda: person.asked, SECONDS * 1_000)
    until(lambda: person.row()["waits"])
    os.kill(person.link.relay_pid, 9)
    until(lambda: troubles and len(person.readies) == 2, SECONDS * 1_000)
    assert troubles[0]["kind"] == "link-lost"
    assert person.withdrawn == [(person.asked[0][0], True)]
    assert not person.link.answer(person.asked[0][0], {"outcome": {"outcome": "cancelled"}})
    person.waits = False
    person.chats.start()
    loaded = person.call("session/load", {"sessionId": session, "cwd": str(person.folder / "out"), "mcpServers": []})
    assert "configOptions" in loaded
    until(lambda: len(person.asked) > 1, SECONDS * 1_000)
    assert person.asked[1][2]["toolCall"]["title"] == person.asked[0][2]["toolCall"]["title"]
    until(lambda: any((person.folder / "out").iterdir()), SECONDS * 1_000)
    until(lambda: not person.row()["running"] and not person.row()["waits"], SECONDS * 1_000)
    assert person.row()["unread"]


@pytest.mark.slow
def test_an_engine_that_was_stopped_stays_so_until_something_needs_it(person):
    pid = person.call("_multicoder/engine/info", {})["pid"]
    person.link.request("_multicoder/engine/stop", {}, lambda _answer: None, lambda _trouble: None)
    until(lambda: person.link.state == "stopped", SECONDS * 1_000)
    pause(3 * DELAYS_MS[0])
    assert person.call("_multicoder/status", {})["kind"] == "no-engine"
    assert person.link.state == "stopped"
    assert not Home(person.home).engine.exists()
    assert person.begin()
    assert person.link.state == "ready"
    assert person.call("_multicoder/engine/info", {})["pid"] != pid


@pytest.mark.slow
def test_nothing_seems_to_work_while_there_is_no_engine(person):
    session = person.begin()
    person.prompt(session, PAGE)
    until(lambda: person.row()["running"], SECONDS * 1_000)
    person.link.request("_multicoder/engine/stop", {}, lambda _answer: None, lambda _trouble: None)
    until(lambda: person.link.state == "stopped", SECONDS * 1_000)
    assert (person.row()["running"], person.row()["paused"]) == (False, True)
    person.link.retry()
    until(lambda: person.link.state == "ready", SECONDS * 1_000)
    until(lambda: any((person.folder / "out").iterdir()), SECONDS * 1_000)
