"""A look into what the person wants to hand over: a folder or zip archive, by its names only."""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST: Final = 20_000
"""Names that are read; a larger project is summed up as far as that."""
_MOST_SHOWN: Final = 12
_SKIPPED: Final = frozenset({".git", "node_modules", "__pycache__", ".venv", "venv"})
_LANGUAGES: Final = {
    ".py": "Python", ".pyw": "Python", ".js": "JavaScript", ".mjs": "JavaScript", ".ts": "TypeScript",
    ".tsx": "TypeScript", ".html": "HTML", ".css": "CSS", ".java": "Java", ".kt": "Kotlin", ".cs": "C#", ".c": "C",
    ".cpp": "C++", ".go": "Go", ".rs": "Rust", ".php": "PHP", ".rb": "Ruby", ".swift": "Swift", ".lua": "Lua",
}  # fmt: skip
_MARKUP: Final = frozenset({"HTML", "CSS"})
"""Named only when there is nothing else: pages accompany most programs."""


def look_into(place: Path, going_on: Callable[[], bool]) -> dict[str, Any]:
    """Sum up a project: `files`, `size`, `language`, `tree` (top names, folders with their number of files), `cut`.

    `problem` is `missing` or `broken` when there is nothing to sum up, else empty.
    """
    files, size, languages, tops = 0, 0, Counter[str](), Counter[str]()
    problem = ""
    try:
        for name, weight in _names(place):
            if files >= _MOST or not going_on():
                break
            files, size = files + 1, size + weight
            languages[_LANGUAGES.get(PurePosixPath(name).suffix.casefold(), "")] += 1
            first, slash, _ = name.partition("/")
            tops[first + slash] += 1
    except FileNotFoundError:
        problem = "missing"
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        problem = "broken"
    return {
        "files": files,
        "size": size,
        "language": _language(languages),
        "tree": _tree(tops),
        "cut": files >= _MOST,
        "problem": problem,
    }


def _names(place: Path) -> Iterator[tuple[str, int]]:
    """Names below the project's one folder, where it has just one."""
    if place.is_dir():
        yield from _in_folder(place)
        return
    with zipfile.ZipFile(place) as archive:
        members = [item for item in archive.infolist() if not item.is_dir()]
    first = {item.filename.partition("/")[0] for item in members}
    wrapped = len(first) == 1 and all("/" in item.filename for item in members)
    for item in members:
        name = item.filename.partition("/")[2] if wrapped else item.filename
        if not _SKIPPED.intersection(name.split("/")[:-1]):
            yield name, item.file_size


def _in_folder(place: Path) -> Iterator[tuple[str, int]]:
    for folder, below, files in os.walk(place):
        below[:] = sorted(name for name in below if name not in _SKIPPED)
        for name in sorted(files):
            path = Path(folder) / name
            yield path.relative_to(place).as_posix(), path.lstat().st_size


def _language(found: Counter[str]) -> str:
    programs = Counter({name: number for name, number in found.items() if name and name not in _MARKUP})
    best = (programs or Counter({name: number for name, number in found.items() if name})).most_common(1)
    return best[0][0] if best else ""


def _tree(tops: Counter[str]) -> list[dict[str, Any]]:
    ordered = sorted(tops, key=lambda name: (not name.endswith("/"), name.casefold()))
    return [{"name": name, "files": tops[name]} for name in ordered[:_MOST_SHOWN]]
