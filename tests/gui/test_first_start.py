"""What the window's process loads: Qt alone until its first picture, a parser and colours with the first answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
QT = {"PySide6", "shiboken6"}
ANSWERS = {"markdown_it", "mdurl", "pygments"}
OURS = {"core", "gui"}
SLOW_PARTS = {"asyncio", "email", "http", "multiprocessing", "sqlite3", "ssl", "xml"}
"""Of the standard library; the window has no use for them before it is seen."""
CODE = """
import json, site, sys, sysconfig
from pathlib import Path

installed = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
before = set(sys.modules)

def loaded():
    found = {"ours": set(), "installed": set(), "standard": set()}
    for name, module in list(sys.modules.items()):
        top = name.partition(".")[0]
        file = Path(getattr(module, "__file__", None) or "built-in")
        if name in before or not file.is_absolute():
            continue
        outside = any(file.is_relative_to(folder) for folder in installed)
        kind = "installed" if outside else "ours" if file.is_relative_to(sys.argv[1]) else "standard"
        found[kind].add(top)
    return {kind: sorted(names) for kind, names in found.items()}

from core.paths import Home
from gui.main import open_window

picture = Path(sys.argv[3])
code = open_window(Home(Path(sys.argv[2])), [], {}, picture)
shown = loaded()
from gui.markdown import parse
from gui.markdown.colouring import coloured_lines

blocks = parse("A **word**\\n\\n```python\\nprint(1)\\n```\\n")
coloured = coloured_lines("python", blocks[-1]["text"], lambda: False)
print(json.dumps({"code": code, "shown": shown, "coloured": coloured, "answered": loaded()}))
"""


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    """What a window that showed an empty chat had loaded, and what it had after it parsed an answer."""
    folder = tmp_path_factory.mktemp("start")
    picture = folder / "picture.png"
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(REPOSITORY), str(folder / "home"), str(picture)],
        cwd=REPOSITORY,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["code"] == 0
    assert picture.stat().st_size > 1_000
    return found


def test_until_the_first_picture_only_qt_is_loaded(process):
    assert set(process["shown"]["installed"]) == QT
    assert SLOW_PARTS & set(process["shown"]["standard"]) == set()


def test_an_answer_needs_the_parser_and_the_colours_and_nothing_else(process):
    assert "<c2>print</c>" in process["coloured"][0]
    assert set(process["answered"]["installed"]) == QT | ANSWERS


def test_nothing_of_the_engine_is_in_the_process_of_the_window(process):
    assert set(process["answered"]["ours"]) == OURS
