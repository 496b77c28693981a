"""Make the pictures of the window: `python packaging/screenshots.py FOLDER [FILTER]`, from a checkout with its tests.

Every state of the window is shown in both looks at every size; a picture is named STATE-LOOK-SIZE.png, and FILTER keeps
those whose name it matches (`*-dark-*`, `chat-*`, `empty-light-700x800@1`). Sizes are those of the screen, with its
scale behind the @: each scale is drawn by a process of its own, because Qt reads it once. No engine is needed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
LOOKS: Final = ("light", "dark")
STATES: Final = (
    "empty",
    "chat",
    "streaming",
    "code",
    "table",
    "edit",
    "menu",
    "search",
    "found",
    "cited",
    "source",
    "sources",
    "memory",
    "projects",
    "drawer",
    "providers",
    "approval-green",
    "approval-yellow",
    "approval-red",
    "look-up",
    "downloads",
    "privacy",
    "run",
    "artifact",
    "drag-over",
)
"""Those of `tests.gui.window_scenes`, which is loaded only by a process that knows its scale."""


class Size(NamedTuple):
    """What a screen has: pixels, and how many of them one pixel of the window is."""

    width: int
    height: int
    scale: str

    def __str__(self) -> str:
        return f"{self.width}x{self.height}@{self.scale}"

    @property
    def logical(self) -> tuple[int, int]:
        """The window's own measure."""
        return round(self.width / float(self.scale)), round(self.height / float(self.scale))


SIZES: Final = (
    Size(1280, 800, "1"),
    Size(1920, 1080, "1.5"),
    Size(3840, 2160, "2"),
    Size(3840, 2160, "3"),
    Size(700, 800, "1"),
)


def main(arguments: list[str]) -> int:
    """Make the pictures; returns the exit code: 1 when one of them could not be made."""
    parser = argparse.ArgumentParser(description="Make the pictures of the window.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("filter", nargs="?", default="*", help="which ones, as STATE-LOOK-SIZE with * and ?")
    parser.add_argument("--here", choices=[str(size) for size in SIZES], help=argparse.SUPPRESS)
    wish = parser.parse_args(arguments)
    wish.folder.mkdir(parents=True, exist_ok=True)
    if wish.here:
        return _draw(next(size for size in SIZES if str(size) == wish.here), wish.folder, wish.filter)
    wanted = [size for size in SIZES if any(_names(state, size, wish.filter) for state in STATES)]
    return max((_in_process(size, wish.folder, wish.filter) for size in wanted), default=0)


def _names(state: str, size: Size, pattern: str) -> dict[str, str]:
    """The wanted pictures of a state: look -> name."""
    names = {look: f"{state}-{look}-{size}" for look in LOOKS}
    return {look: name for look, name in names.items() if fnmatch(name, pattern)}


def _in_process(size: Size, folder: Path, pattern: str) -> int:
    drawn = {"QT_SCALE_FACTOR": size.scale, "QT_QPA_PLATFORM": "offscreen", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, str(Path(__file__).resolve()), str(folder.resolve()), pattern, "--here", str(size)]
    return subprocess.run(
        command, env={**os.environ, **drawn, "PYTHONPATH": str(ROOT)}, cwd=ROOT, check=False
    ).returncode


def _draw(size: Size, folder: Path, pattern: str) -> int:
    """Draw every wanted state in this process."""
    failed = []
    for state in STATES:
        names = _names(state, size, pattern)
        if names and not _state(state, size, folder, names):
            failed.append(state)
    for state in failed:
        sys.stderr.write(f"{state} could not be drawn at {size}.\n")
    return 1 if failed else 0


def _state(state: str, size: Size, folder: Path, names: dict[str, str]) -> bool:
    from core.paths import Home  # noqa: PLC0415 - as above
    from tests.gui.window_scenes import STATES as PLAYED  # noqa: PLC0415 - loads Qt, which reads the scale then
    from tests.gui.window_scenes import Scene  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as place:
        home = Home(Path(place) / "home")
        home.prepare()
        scene = Scene(home, size.logical)
        try:
            PLAYED[state](scene)
            scene.leave()
            made = []
            for look, name in names.items():
                scene.app.preferences.put("theme", look)
                scene.window.settle(400)
                made.append(_kept(scene, folder / f"{name}.png"))
            for warning in scene.window.warnings:
                sys.stderr.write(f"{state}: {warning}\n")
            return all(made) and not scene.window.warnings
        finally:
            scene.close()


def _kept(scene: object, file: Path) -> bool:
    picture = scene.window.root.grabWindow()  # type: ignore[attr-defined]  # a Scene, which is loaded late
    return bool(picture.save(str(file)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
