"""Editors of this computer, and how each is told to open a folder at a place in a file."""

from __future__ import annotations

import configparser
import contextlib
import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Manner = Literal["goto", "colon", "jetbrains", "notepad", "studio"]
"""How a place is said: `-g file:line`, `file:line`, `--line n file`, `-n<n> file`, `/edit file`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """An editor that is looked for."""

    id: str
    name: str
    manner: Manner
    programs: tuple[str, ...]
    """Names on PATH, without an ending."""
    desktop: tuple[str, ...] = ()
    """Beginnings of `.desktop` files."""
    windows: tuple[str, ...] = ()
    """Where its program is on Windows: patterns below one of the program folders."""


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor that was found."""

    id: str
    name: str
    manner: Manner
    command: tuple[str, ...]


KINDS: Final = (
    Kind("vscode", "VS Code", "goto", ("code",), ("code.", "com.visualstudio.code"), ("Microsoft VS Code/Code.exe",)),
    Kind("cursor", "Cursor", "goto", ("cursor",), ("cursor",), ("cursor/Cursor.exe", "Cursor/Cursor.exe")),
    Kind("vscodium", "VSCodium", "goto", ("codium",), ("codium", "com.vscodium"), ("VSCodium/VSCodium.exe",)),
    Kind(
        "pycharm",
        "PyCharm",
        "jetbrains",
        ("pycharm", "pycharm-community", "pycharm64"),
        ("jetbrains-pycharm", "pycharm", "com.jetbrains.PyCharm"),
        ("JetBrains/PyCharm*/bin/pycharm64.exe", "PyCharm*/bin/pycharm64.exe"),
    ),
    Kind(
        "idea",
        "IntelliJ IDEA",
        "jetbrains",
        ("idea", "intellij-idea-community", "idea64"),
        ("jetbrains-idea", "com.jetbrains.IntelliJ"),
        ("JetBrains/IntelliJ*/bin/idea64.exe", "IntelliJ*/bin/idea64.exe"),
    ),
    Kind(
        "webstorm",
        "WebStorm",
        "jetbrains",
        ("webstorm", "webstorm64"),
        ("jetbrains-webstorm", "com.jetbrains.WebStorm"),
        ("JetBrains/WebStorm*/bin/webstorm64.exe", "WebStorm*/bin/webstorm64.exe"),
    ),
    Kind("zed", "Zed", "colon", ("zed", "zeditor", "zedit"), ("dev.zed.", "zed"), ("Zed/Zed.exe",)),
    Kind(
        "sublime",
        "Sublime Text",
        "colon",
        ("subl", "sublime_text"),
        ("sublime_text", "com.sublimetext"),
        ("Sublime Text*/sublime_text.exe",),
    ),
    Kind("notepad++", "Notepad++", "notepad", ("notepad++",), (), ("Notepad++/notepad++.exe",)),
    Kind(
        "visualstudio",
        "Visual Studio",
        "studio",
        ("devenv",),
        (),
        ("Microsoft Visual Studio/*/*/Common7/IDE/devenv.exe",),
    ),
)


def find_editors(environ: Mapping[str, str]) -> list[Editor]:
    """Return the editors of this computer; looks at files only and starts nothing."""
    found = []
    for kind in KINDS:
        command = _on_windows(kind, environ) if sys.platform == "win32" else _on_unix(kind, environ)
        if command:
            found.append(Editor(kind.id, kind.name, kind.manner, command))
    return found


def arguments(manner: Manner, folder: str, file: str, line: int) -> list[str]:
    """What an editor is started with; both paths are absolute, so none can pass for an option."""
    here = [folder] if folder else []
    if not file:
        return ["-openFoldersAsWorkspace", *here] if manner == "notepad" and here else here
    place = f"{file}:{line}" if line > 0 else file
    told: dict[Manner, list[str]] = {
        "goto": [*here, "-g", place],
        "colon": [*here, place],
        "jetbrains": [*here, "--line", str(max(1, line)), file],
        "notepad": [f"-n{line}", file] if line > 0 else [file],
        "studio": ["/edit", file],
    }
    return told[manner]


# ---------------------------------------------------------------------------------------------------- Linux


def _on_unix(kind: Kind, environ: Mapping[str, str]) -> tuple[str, ...]:
    for program in kind.programs:
        place = shutil.which(program, path=environ.get("PATH", os.defpath))
        if place:
            return (os.path.realpath(place) if kind.manner == "jetbrains" else place,)
    for folder in _desktop_folders(environ):
        for beginning in kind.desktop:
            for file in sorted(folder.glob(f"{beginning}*.desktop")):
                command = _command_of(file, environ)
                if command:
                    return command
    return ()


def _desktop_folders(environ: Mapping[str, str]) -> Iterator[Path]:
    home = environ.get("XDG_DATA_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".local/share")
    shared = environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share:/var/lib/flatpak/exports/share"
    for base in (home, *shared.split(":")):
        folder = Path(base) / "applications"
        if base and folder.is_dir():
            yield folder


def _command_of(file: Path, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The command of a `.desktop` file without its field codes; empty when it cannot be started."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(file.read_text(encoding="utf-8", errors="replace"))
        line = parser.get("Desktop Entry", "Exec")
        words = [word for word in shlex.split(line) if not word.startswith(("%", "@@"))]
    except (OSError, ValueError, configparser.Error):
        return ()
    program = shutil.which(words[0], path=environ.get("PATH", os.defpath)) if words else None
    return (program, *words[1:]) if program else ()


# ---------------------------------------------------------------------------------------------------- Windows


def _on_windows(kind: Kind, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Only real programs: the `.cmd` files some put on PATH would hand a file's name to the command interpreter."""
    for base in ("LOCALAPPDATA", "ProgramFiles", "ProgramFiles(x86)", "ProgramW6432"):
        for pattern in kind.windows:
            places = (Path(environ[base]), Path(environ[base]) / "Programs") if environ.get(base) else ()
            for place in places:
                newest = max(place.glob(pattern), default=None)
                if newest is not None:
                    return (str(newest),)
    for program in kind.programs:
        known = _registered(program) or shutil.which(f"{program}.exe", path=environ.get("PATH", ""))
        if known and Path(known).suffix.casefold() == ".exe" and Path(known).is_file():
            return (known,)
    return ()


def _registered(program: str) -> str:
    """Where Windows was told that a program is."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - there is none elsewhere

        place = rf"Software\Microsoft\Windows\CurrentVersion\App Paths\{program}.exe"
        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            with contextlib.suppress(OSError), winreg.OpenKey(root, place) as key:
                return str(winreg.QueryValue(key, None)).strip('"')
    return ""
