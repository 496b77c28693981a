"""Why no window opens is seen by somebody who started the program by a click."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from builders.runner.x11 import Screen
from core.errors import StorageError
from core.i18n import explain
from gui.main import make_qt
from gui.refusal import refusal_box
from tests.faults.stand import child_environment
from tests.gui.hostile_texts import HOSTILE

COMMAND = [sys.executable, "-P", "-m", "engine.cli"]


@pytest.fixture
def display():
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"], stdout=subprocess.PIPE
    )
    with server:
        yield server.stdout.readline().decode().strip()
        server.kill()


@pytest.fixture
def nowhere(tmp_path):
    """A data folder that cannot be: where it should stand is a file."""
    (tmp_path / "file").write_text("precious")
    return tmp_path / "file" / "home"


async def read_and_closed(display):
    """Wait for the box, see what stands in it, close it as a person does."""
    screen = await Screen.connect(Path(f"/tmp/.X11-unix/X{display}"))
    try:
        async with asyncio.timeout(60):
            while not (found := await screen.windows()):  # noqa: ASYNC110 - another process opens it
                await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)  # it is drawn after it was mapped
        _, _, pixels = await screen.picture(found[0])
        await screen.ask_to_close(found[0])
        return found[0].title, len(set(zip(*[iter(pixels)] * 4, strict=True)))
    finally:
        await screen.close()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_folder_that_cannot_be_used_is_told_in_a_box(display, nowhere):
    environ = child_environment(DISPLAY=f":{display}", QT_QPA_PLATFORM="xcb", MULTICODER_HOME=str(nowhere))
    started = subprocess.Popen(COMMAND, env=environ, stderr=subprocess.PIPE)
    title, colours = asyncio.run(read_and_closed(display))
    assert title == "MultiCoder"
    assert colours > 20
    _, said = started.communicate(timeout=30)
    assert started.returncode == StorageError.exit_code
    assert str(nowhere) in said.decode()


def test_where_nobody_could_see_it_there_is_no_box_to_wait_for(nowhere):
    environ = child_environment(QT_QPA_PLATFORM="offscreen", MULTICODER_HOME=str(nowhere))
    ended = subprocess.run(COMMAND, env=environ, capture_output=True, timeout=60, check=False)
    assert ended.returncode == StorageError.exit_code
    assert str(nowhere) in ended.stderr.decode()


def test_what_stands_in_it_is_nothing_but_text():
    make_qt()
    name = HOSTILE["picture with a file"]
    box = refusal_box(explain(StorageError("home-missing", path=name), "en"))
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert name in box.text()
