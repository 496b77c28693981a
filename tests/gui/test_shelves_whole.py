"""Projects of chats with the real relay and engine: two windows show the same, also after the engine was killed."""

from __future__ import annotations

import sys

import pytest

from gui.chat.chats import Chats
from gui.link.engine_link import EngineLink
from gui.main import make_qt
from gui.preferences import Preferences
from tests.engine.acp.editor import end_engine
from tests.faults.stand import child_environment
from tests.gui.waiting import until

SECONDS = 60


class Window:
    """What a window knows of its chats, without its pictures."""

    def __init__(self, folder, number):
        home = folder / "home"
        command = [sys.executable, "-P", "-m", "engine.cli", "acp", "--home", str(home)]
        environ = child_environment(MULTICODER_TEAM="demo", MULTICODER_HOME=str(home))
        self.link = EngineLink(command, environ, "en")
        self.preferences = Preferences(folder / f"window-{number}.json")
        self.chats = Chats(self.link, self.preferences)
        self.chats.folder = str(folder / "out")
        self.shelves = self.chats.property("shelves")
        self.readies = []
        self.link.ready.connect(lambda: self.readies.append(1))
        self.link.start()

    def names(self):
        return [item["name"] for item in self.shelves.property("names")]

    def close(self):
        self.link.close()
        self.chats.deleteLater()
        self.link.deleteLater()


@pytest.fixture
def windows(tmp_path):
    make_qt()
    opened = [Window(tmp_path, number) for number in range(2)]
    until(lambda: all(window.readies for window in opened), SECONDS * 1_000)
    yield opened
    for window in opened:
        window.close()
    end_engine(tmp_path / "home")


def test_two_windows_show_the_same_projects_and_a_killed_engine_loses_none(windows, tmp_path):
    one, two = windows
    made = []
    one.shelves.created.connect(lambda shelf, _session: made.append(shelf))
    one.shelves.create("Bakery", "")
    until(lambda: made and two.names() == ["Bakery"], SECONDS * 1_000)
    one.chats.startOn(made[0])
    begun = []
    one.chats.begin(begun.append)
    until(lambda: begun and two.shelves.of(begun[0]) == made[0], SECONDS * 1_000)
    assert one.chats.property("currentShelfName") == "Bakery"
    two.shelves.rename(made[0], "Café")
    until(lambda: one.names() == two.names() == ["Café"], SECONDS * 1_000)
    end_engine(tmp_path / "home")
    for window in windows:
        window.link.close()
        window.preferences.save()
    again = Window(tmp_path, 0)
    try:
        until(lambda: again.names() == ["Café"] and again.shelves.of(begun[0]) == made[0], SECONDS * 1_000)
        assert [item.open for item in again.shelves.standing()] == [True]
        again.shelves.put(begun[0], "")
        until(lambda: again.shelves.of(begun[0]) == "", SECONDS * 1_000)
    finally:
        again.close()
