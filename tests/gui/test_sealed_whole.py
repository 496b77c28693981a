"""A sealed copy with the real relay and engine: made in the window, put back, and the engine begun with it."""

from __future__ import annotations

import sys

import pytest

from core.paths import Home
from gui.board.tasks import Tasks
from gui.link.engine_link import EngineLink
from gui.main import make_qt
from gui.memory.sealed import SealedCopies
from tests.engine.acp.editor import end_engine
from tests.faults.stand import child_environment
from tests.gui.waiting import until

PHRASE = "a sentence of several words"
MILLISECONDS = 120_000


class Desk:
    """The link of a window, its tasks and its sealed copies."""

    def __init__(self, folder):
        self.home = folder / "home"
        self.out = folder / "out"
        self.out.mkdir()
        command = [sys.executable, "-P", "-m", "engine.cli", "acp", "--home", str(self.home)]
        environ = child_environment(MULTICODER_TEAM="demo", MULTICODER_HOME=str(self.home))
        self.link = EngineLink(command, environ, "en")
        self.sealed = SealedCopies(self.link, Tasks(self.link))
        self.told, self.readies = [], []
        self.sealed.told.connect(lambda _words, kind: self.told.append(kind))
        self.link.ready.connect(lambda: self.readies.append(1))
        self.link.start()

    def call(self, method, params):
        found = []
        self.link.request(method, params, found.append, found.append)
        until(lambda: found, MILLISECONDS)
        return found[0]

    def begin(self):
        return self.call("session/new", {"cwd": str(self.out), "mcpServers": []})["sessionId"]

    def sessions(self):
        return [row["sessionId"] for row in self.call("session/list", {})["sessions"]]

    def ended(self, kind):
        until(lambda: self.told or self.sealed.asking.property("problem"), MILLISECONDS)
        assert (self.told, self.sealed.asking.property("problem")) == ([kind], "")
        self.told.clear()


@pytest.fixture
def desk(tmp_path):
    make_qt()
    found = Desk(tmp_path)
    yield found
    found.link.close()
    end_engine(found.home)


@pytest.mark.slow
def test_what_was_copied_is_there_again_and_what_came_later_is_not(desk, tmp_path):
    first = desk.begin()
    file = str(tmp_path / "a.mcmemory")
    desk.sealed.copy(file, False, PHRASE, PHRASE)  # noqa: FBT003 - a slot knows no names
    desk.ended("success")
    later = desk.begin()
    assert set(desk.sessions()) == {first, later}
    before = desk.call("_multicoder/engine/info", {})["pid"]
    desk.sealed.restore(file, PHRASE)
    desk.ended("info")
    until(lambda: len(desk.readies) == 2, MILLISECONDS)
    assert desk.call("_multicoder/engine/info", {})["pid"] != before
    assert desk.sessions() == [first]
    written = [path for path in Home(desk.home).root.rglob("*") if path.is_file()]
    assert not [path for path in written if PHRASE.encode() in path.read_bytes()]
