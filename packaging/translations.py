"""Collect the window's texts into gui/translations/*.ts and make the .qm files it loads; see docs/translations.md."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import PySide6

ROOT: Final = Path(__file__).parent.parent
TRANSLATIONS: Final = ROOT / "gui" / "translations"
LANGUAGES: Final = ("en", "ru")
SOURCE_LANGUAGE: Final = "en"
_TOOLS: Final = Path(PySide6.__file__).parent
_ENDING: Final = ".exe" if sys.platform == "win32" else ""
# One message without plural forms: its text, whatever stands between, and a translation nobody has finished.
_UNFINISHED: Final = re.compile(
    r"(<message>(?:(?!</message>).)*?<source>((?:(?!</source>).)*)</source>(?:(?!</message>).)*?)"
    r'<translation type="unfinished">(?:(?!</translation>).)*</translation>',
    re.DOTALL,
)


class ToolError(Exception):
    """A tool of Qt failed; what it said was shown."""


def tool(name: str, *arguments: str) -> None:
    """Run a tool that PySide6 brings along, from the project's folder. Raises ToolError."""
    done = subprocess.run([str(_TOOLS / f"{name}{_ENDING}"), *arguments], cwd=ROOT, check=False)
    if done.returncode != 0:
        raise ToolError(name)


def sources() -> list[str]:
    """Return every file of the window that may hold texts, in an order that is the same everywhere."""
    window = ROOT / "gui"
    found = [*window.rglob("*.py"), *(window / "qml").rglob("*.qml")]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def collect(folder: Path) -> list[Path]:
    """Bring the .ts files of a folder up to date with the code; texts that are gone leave them."""
    files = [folder / f"multicoder_{language}.ts" for language in LANGUAGES]
    for language, file in zip(LANGUAGES, files, strict=True):
        tool("lupdate", "-silent", "-no-obsolete", "-locations", "relative", "-source-language", SOURCE_LANGUAGE,
             "-target-language", language, *sources(), "-ts", str(file))  # fmt: skip
        if language == SOURCE_LANGUAGE:
            _take_over(file)
    return files


def _take_over(file: Path) -> None:
    """In the language of the code a text is its own translation; only plural forms are written by hand."""
    text = file.read_text(encoding="utf-8")
    file.write_text(_UNFINISHED.sub(r"\1<translation>\2</translation>", text), encoding="utf-8", newline="\n")


def release(file: Path, compiled: Path) -> None:
    """Make a .qm file of a .ts file; what is unfinished stays out of it.

    It takes the place of the one before at once: a window that is open reads that one from the disk as it needs it.
    """
    made = compiled.with_suffix(".new")
    tool("lrelease", "-silent", "-nounfinished", str(file), "-qm", str(made))
    made.replace(compiled)


def unfinished(file: Path) -> int:
    """Return how many messages of a .ts file still wait for their translation."""
    return file.read_text(encoding="utf-8").count('<translation type="unfinished">')


def main() -> int:
    """Do both for all languages; 1 when texts still wait for their translation, 2 when a tool failed."""
    try:
        files = collect(TRANSLATIONS)
        for file in files:
            release(file, file.with_suffix(".qm"))
    except ToolError as error:
        print(f"{error} failed.", file=sys.stderr)
        return 2
    waiting = {file.name: unfinished(file) for file in files}
    for name, count in waiting.items():
        print(f"{name}: {'complete' if not count else f'{count} texts still wait for their translation'}")
    return 1 if any(waiting.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
