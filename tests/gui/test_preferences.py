from __future__ import annotations

import json

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
