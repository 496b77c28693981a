from __future__ import annotations

import json

import pytest

from gui.preferences import Preferences


def test_what_was_chosen_is_there_at_the_next_start(tmp_path, window):
    file = tmp_path / "window.json"
    chosen = Preferences(file)
    chosen.put("theme", "dark")
    chosen.zoom_by(3)
    chosen.save()
    again = Preferences(file)
    assert (again.value("theme"), again.value("zoom")) == ("dark", 130)


def test_a_damaged_file_is_kept_and_the_defaults_hold(tmp_path, window):
    file = tmp_path / "window.json"
    file.write_bytes(b"{\xff")
    found = Preferences(file)
    assert found.value("theme") == "system"
    assert (tmp_path / found.kept_as).read_bytes() == b"{\xff"
    assert not file.exists()


def test_values_that_do_not_fit_are_left_out(tmp_path, window):
    file = tmp_path / "window.json"
    file.write_text(json.dumps({"theme": "pink", "zoom": 95, "highContrast": 1, "sidebarOpen": False, "foreign": 1}))
    found = Preferences(file)
    assert (found.value("theme"), found.value("zoom"), found.value("highContrast")) == ("system", 100, False)
    assert found.value("sidebarOpen") is False


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b"[" * 100_000, b"[1, 2]", b"7", b'{"theme": '])
def test_whatever_stands_in_the_file_the_window_opens_and_says_what_became_of_it(home, make_window, content):
    file = home.root / "window.json"
    file.write_bytes(content)
    window = make_window()
    window.until(lambda: "could not be read" in texts(window))
    (kept,) = home.root.glob("window.*.damaged")
    assert kept.read_bytes() == content
    assert kept.name in texts(window)


def test_a_person_is_told_nothing_where_nothing_is_wrong(home, make_window):
    window = make_window()
    window.settle(200)
    assert "could not be read" not in texts(window)


def test_what_a_newer_version_keeps_is_still_there_afterwards(tmp_path, window):
    file = tmp_path / "window.json"
    file.write_text(json.dumps({"theme": "dark", "ofTomorrow": {"a": [1]}}))
    found = Preferences(file)
    found.put("zoom", 120)
    found.save()
    kept = json.loads(file.read_text())
    assert (kept["theme"], kept["zoom"], kept["ofTomorrow"]) == ("dark", 120, {"a": [1]})


WRONG = [
    7,
    "x",
    ["x"],
    [["x"]],
    [7],
    {"x": 7},
    {"x": {"y": [None]}},
    {"s-1": {"text": 7, "files": 7}},
    True,
    None,
    1e300,
]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_wrong_kinds_of_values_hurt_nobody(home, make_window, wrong, caplog):
    keys = ("geometry", "drafts", "pinned", "archived", "watched", "folder", "trustedHosts", "closeKeepsWorking")
    (home.root / "window.json").write_text(json.dumps(dict.fromkeys(keys, wrong)))
    window = make_window()
    window.settle(200)
    window.application.chats.start()
    window.application.composer.replace("still writes")
    window.settle(200)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


def texts(window):
    """Everything that can be read, as one text."""
    words = (item.property("text") for item in window.items() if item.isVisible())
    return "\n".join(text for text in words if isinstance(text, str))
