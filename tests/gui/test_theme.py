from __future__ import annotations

import re
from pathlib import Path

import gui
from gui.pictures import ICONS

QML = Path(gui.__file__).parent / "qml"


def test_every_icon_that_is_named_is_there():
    names = {
        name
        for file in QML.rglob("*.qml")
        for name in re.findall(r'(?:iconName|name): "([a-z-]+)"', file.read_text(encoding="utf-8"))
    }
    assert names
    assert {name for name in names if not (ICONS / f"{name}.svg").is_file()} == set()


def test_nothing_but_the_theme_names_a_colour():
    coloured = re.compile(r'"#[0-9a-fA-F]{3,8}"|Qt\.rgba\(')
    found = {
        file.name
        for file in QML.rglob("*.qml")
        if file.parent.name != "theme" and coloured.search(file.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_a_toast_is_shown_and_goes_when_clicked(window):
    window.application.toasts.show("Saved", "success")
    window.settle()
    assert window.application.toasts.rowCount() == 1
    window.application.toasts.show("Saved", "success")
    assert window.application.toasts.rowCount() == 1
    window.application.toasts.dismiss(0)
    assert window.application.toasts.rowCount() == 0
