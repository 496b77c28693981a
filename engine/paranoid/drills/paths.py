"""odd-paths: names that lead out of a folder, or that some system opens as something else."""

from __future__ import annotations

import asyncio
import os
import sys
import unicodedata
import zipfile
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import InputError
from core.safe_path import check_collisions, safe_path

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from engine.paranoid.drills.drill import Fact, Stage

GENERATED: Final = 3_000
LONGEST: Final = 240

_DEVICES: Final = ("con", "prn", "aux", "nul", *(f"{kind}{digit}" for kind in ("com", "lpt") for digit in "123456789"))
"""What Windows opens instead of a file, whatever stands behind the first dot."""
_HOSTILE: Final = (
    "../up",
    "a/../../up",
    "/etc/passwd",
    "\\\\server\\share\\x",
    "C:\\x",
    "c:x",
    "~/x",
    "a\\..\\x",
    "",
    ".",
    "a/..",
    "name.",
    "name ",
    "dir./file",
    "file.txt:stream",
    "what?",
    "star*",
    'quote"',
    "pipe|",
    "<angle>",
    "line\nfeed",
    "nul\0byte",
    "bell\a",
    "txt\u202egpj.exe",
    "zero\u200bwidth",
    "mark\ufeff",
    "line\u2028end",
    "\ud800half",
    "a" * 241,
    "я" * 128,
    "d/" * 130 + "x",
    *(device for device in _DEVICES),
    *(f"{device.upper()}.txt" for device in _DEVICES[:4]),
    "aux.tar.gz",
    "folder/NUL/file",
    "com1 .log",
    "CONIN$",
    "com¹",
)
_PLAIN: Final = (
    "a.txt",
    "src/main.py",
    "Отчёт 2024.txt",
    "emoji-\U0001f600.md",
    ".gitignore",
    "a b/c d.e",
    "console.py",
)
_SEEDS: Final = (*_HOSTILE, *_PLAIN, "..", "a", "B", "con", "x.", " y", "\u2066", "é", "ı", "/", "//")
_TWINS: Final = (("Readme.md", "README.md"), ("a/b", "A/c"), ("src", "src/x"), ("straße", "STRASSE"), ("é", "e\u0301"))
_ENTRIES: Final = ("../zip-slip", "/zip-absolute", "C:/zip-drive", "CON.txt", "a\u202eb.txt", "dots./x")


async def run(stage: Stage) -> list[Fact]:
    """Hand hostile names to every door they can come through."""
    return await asyncio.to_thread(_facts, stage)


def _facts(stage: Stage) -> list[Fact]:
    root = stage.scratch / "root"
    root.mkdir()
    known = [name for name in _HOSTILE if _accepted(root, name)]
    lost = [name for name in _PLAIN if not _accepted(root, name)]
    dice = stage.dice()
    names = ["".join(dice.choices(_SEEDS, k=dice.randint(1, 4))) for _ in range(GENERATED)]
    names += [_mixed(dice) for _ in range(GENERATED)]
    through = [name for name in names if _accepted(root, name) and _dangerous(root, name)]
    twins = [pair for pair in _TWINS if not _refused(lambda pair=pair: check_collisions(pair))]
    return [
        stage.fact("known", not known, ascii(known), names=len(_HOSTILE)),
        stage.fact("plain", not lost, ascii(lost), names=len(_PLAIN)),
        stage.fact("generated", not through, ascii(through[:20]), names=len(names)),
        stage.fact("twins", not twins, ascii(twins), pairs=len(_TWINS)),
        _zip_slip(stage),
        *_left_behind(stage),
    ]


def _mixed(dice: random.Random) -> str:
    alphabet = "aA.ё/ \\:\u200f\u0301" + "conul1"
    return "".join(dice.choices(alphabet, k=dice.randint(1, 12)))


def _accepted(root: Path, name: str) -> bool:
    return not _refused(lambda: safe_path(root, name))


def _refused(action: Any) -> bool:
    try:
        action()
    except InputError:
        return True
    return False


def _dangerous(root: Path, name: str) -> bool:
    """Say it in other words than the guard does: what no system may ever be asked to open."""
    clean = unicodedata.normalize("NFC", name)
    parts = [part for part in clean.replace("\\", "/").split("/") if part not in {"", "."}]
    outside = not os.path.realpath(root / name).startswith(os.path.realpath(root) + os.sep)
    hidden = any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in clean)
    device = any(part.split(".")[0].strip(" ").lower() in _DEVICES for part in parts)
    trimmed = any(part.endswith((".", " ")) for part in parts)
    return outside or hidden or device or trimmed or ":" in clean or "\\" in clean or len(clean) > LONGEST


def _zip_slip(stage: Stage) -> Fact:
    """An archive of ours is unpacked by the code that looks at built programs."""
    from builders.unpacked import unpack  # noqa: PLC0415 - loads the builders

    through = []
    for number, name in enumerate(_ENTRIES):
        archive = stage.scratch / f"hostile-{number}.zip"
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr(name, "x")
        folder = stage.scratch / f"unpacked-{number}"
        plan = cast("Any", {"slug": "x", "entry_point": "x.py", "kind": "script"})
        if not _refused(lambda archive=archive, plan=plan, folder=folder: unpack(archive, plan, folder, None)):
            through.append(name)
    slipped = [path.name for path in stage.scratch.rglob("zip-*")]
    return stage.fact("zip", not through and not slipped, ascii(through + slipped), entries=len(_ENTRIES))


def _left_behind(stage: Stage) -> list[Fact]:
    """Results of a hostile program are collected: links, pipes."""
    if sys.platform == "win32":
        return []
    from builders.runner.collect import collect  # noqa: PLC0415 - loads the runner

    work, secret = stage.scratch / "work", stage.scratch / "secret"
    work.mkdir()
    secret.write_text("canary", encoding="utf-8")
    (work / "link").symlink_to(secret)
    (work / "folder").symlink_to(stage.scratch)
    os.mkfifo(work / "pipe")
    (work / "CON.txt").write_text("x", encoding="utf-8")
    (work / "good.txt").write_text("good", encoding="utf-8")
    taken = collect(work, stage.scratch / "taken").files
    return [stage.fact("collected", taken == ("good.txt",), ascii(taken))]
