"""What the frame keeps and decides: place of the window, trusted hosts, the sign of the program, the end."""

from __future__ import annotations

import json
import struct
import sys
from importlib import util
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QImage

import gui
from gui.preferences import Preferences
from gui.shell.links import Links
from gui.shell.team import Team

ASSETS = Path(gui.__file__).parent / "assets"
ROOT = Path(gui.__file__).parent.parent
"""Of the source tree."""


def test_the_window_comes_back_where_it_was(make_window, home):
    window = make_window()
    window.root.setGeometry(40, 30, 700, 560)
    window.settle()
    window.close()
    kept = json.loads((home.root / "window.json").read_text(encoding="utf-8"))["geometry"]
    assert kept == {"x": 40, "y": 30, "width": 700, "height": 560, "maximised": False}
    again = make_window()
    assert again.root.geometry().getRect() == (40, 30, 700, 560)


@pytest.mark.parametrize("kept", [{"x": 90_000, "y": 0, "width": 700, "height": 560}, {"x": "a"}, {}])
def test_a_place_that_is_on_no_screen_is_not_taken(make_window, kept):
    window = make_window(preferences={"geometry": kept})
    assert window.root.x() < 5_000
    assert window.root.width() >= 480
    assert window.root.height() >= 480


@pytest.fixture
def links(tmp_path, window):
    opened, copied, asked = [], [], []
    found = Links(Preferences(tmp_path / "window.json"), opened.append, copied.append)
    found.asked.connect(lambda address, host: asked.append((address, host)))
    found.log = opened, copied, asked
    return found


def test_a_host_is_asked_about_until_it_is_trusted(links):
    opened, _, asked = links.log
    links.follow("https://example.org/a")
    assert (opened, asked) == ([], [("https://example.org/a", "example.org")])
    links.open("https://example.org/a", trust=True)
    links.follow("https://EXAMPLE.org/b")
    assert opened == ["https://example.org/a", "https://EXAMPLE.org/b"]
    links.follow("https://example.org.evil.example/")
    assert asked[-1][1] == "example.org.evil.example"


def test_trust_in_a_host_is_no_trust_in_its_neighbours(links):
    links.open("https://example.org/", trust=True)
    for address in ("https://sub.example.org/", "https://example.org@evil.example/", "https://examp1e.org/"):
        before = len(links.log[2])
        links.follow(address)
        assert len(links.log[2]) == before + 1, address


def test_what_is_no_page_is_refused_in_words_and_never_opened(window):
    for address in ("javascript:alert(1)", "file:///etc/passwd", "mc:3", ""):
        window.application.links.follow(address)
    window.settle()
    assert window.application.toasts.rowCount() >= 1


def test_a_new_chat_is_given_the_team_that_was_chosen_for_it(talking, scripted):
    window = talking
    window.application.team.choose("demo")
    assert window.application.team.current == "demo"
    window.application.conversation.send("Hello", [])
    window.until(lambda: scripted.params("session/new"))
    assert scripted.params("session/new")[0]["_meta"]["multicoder"]["team"] == "demo"


def test_the_usual_team_is_the_one_of_the_settings(make_window, scripted):
    scripted.answers["_multicoder/settings/list"] = {"settings": [{"key": "team", "value": "demo"}]}
    environ = {key: value for key, value in scripted.environ.items() if key != "MULTICODER_TEAM"}
    window = make_window(command=scripted.command, environ=environ)
    window.until(lambda: window.application.team.current == "demo")


def test_a_team_nobody_knows_is_not_taken(talking):
    before = talking.application.team.current
    talking.application.team.choose("strangers")
    assert talking.application.team.current == before
    assert isinstance(talking.application.team, Team)


def test_an_engine_that_does_not_start_is_said_with_what_to_do(make_window):
    window = make_window(command=[sys.executable, "-c", "raise SystemExit(3)"], environ={})
    window.resize(1280, 800)
    window.until(lambda: window.application.link.state == "failed", 30_000)
    window.settle()
    said = window.shown("stateWords").property("text")
    assert "Try again" in said
    assert window.shown("engineRetry") is not None
    window.shown("engineRetry").clicked.emit()
    window.until(lambda: window.application.link.state != "failed")


def test_the_program_has_its_sign_in_every_size_windows_asks_for():
    content = (ASSETS / "multicoder.ico").read_bytes()
    kind, count = struct.unpack_from("<HH", content, 2)
    assert kind == 1
    sizes = {}
    for place in range(count):
        side, _, _, _, _, depth, length, start = struct.unpack_from("<BBBBHHII", content, 6 + 16 * place)
        assert depth == 32
        sizes[side or 256] = content[start : start + length]
    assert set(sizes) == {16, 20, 24, 32, 40, 48, 64, 128, 256}
    large = QImage.fromData(sizes[256], "PNG")
    assert (large.width(), large.height()) == (256, 256)
    assert large.pixelColor(0, 0).alpha() == 0
    assert large.pixelColor(128, 40).alpha() == 255


def test_the_icon_file_is_the_drawing_as_it_is_now(window):
    spec = util.spec_from_file_location("program_icon", ROOT / "packaging" / "program_icon.py")
    script = util.module_from_spec(spec)
    spec.loader.exec_module(script)
    drawn = script.draw(256)
    content = (ASSETS / "multicoder.ico").read_bytes()
    side, _, _, _, _, _, length, start = struct.unpack_from("<BBBBHHII", content, 6 + 16 * 8)
    kept = QImage.fromData(content[start : start + length], "PNG").convertToFormat(drawn.format())
    assert side == 0
    differing = sum(
        abs(drawn.pixelColor(x, y).blue() - kept.pixelColor(x, y).blue()) > 8
        for x in range(0, 256, 8)
        for y in range(0, 256, 8)
    )
    assert differing <= 10  # another version of Qt may round edges differently


def test_the_bundled_face_is_there_in_three_weights_with_its_licence(window):
    files = sorted((ASSETS / "fonts").glob("*.ttf"))
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) < 1_500_000
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()
    assert {"Regular", "Medium", "SemiBold"} <= {style.replace(" ", "") for style in QFontDatabase.styles("Inter")}
    assert "Inter" in (ASSETS / "NOTICES.md").read_text(encoding="utf-8")


def a_task(state="running"):
    task = {"task": "t-1", "kind": "run", "title": "Calculator", "subject": "r-1", "state": state, "priority": 0}
    return task | {"progress": 0.5, "note": "", "created": 1.0, "started": 1.0, "ended": None, "result": None}


def test_closing_asks_once_while_something_is_worked_on(talking, scripted):
    window = talking
    scripted.tell("_multicoder/tasks", {"tasks": [a_task()]})
    window.until(lambda: window.application.tasks.running == 1)
    window.root.close()
    window.until(lambda: window.find("closeDialog").property("opened"))
    assert window.root.isVisible()
    window.shown("stopWorkingButton").clicked.emit()
    window.until(lambda: scripted.params("_multicoder/engine/stop") == [{}])
    window.until(lambda: not window.root.isVisible())
    assert window.application.preferences.value("closeKeepsWorking") == "no"


def test_what_was_answered_once_holds_at_the_next_closing(make_window, scripted):
    answered = {"closeKeepsWorking": "no"}
    window = make_window(command=scripted.command, environ=scripted.environ, preferences=answered)
    window.until(lambda: window.application.link.state == "ready")
    scripted.tell("_multicoder/tasks", {"tasks": [a_task()]})
    window.until(lambda: window.application.tasks.running == 1)
    window.root.close()
    window.until(lambda: not window.root.isVisible())
    assert scripted.params("_multicoder/engine/stop") == [{}]
    assert not window.find("closeDialog").property("opened")


def test_nothing_is_asked_when_nothing_is_worked_on(talking):
    talking.root.close()
    talking.until(lambda: not talking.root.isVisible())
    assert not talking.find("closeDialog").property("opened")
