"""Search/replace edits and unified diffs: read from an answer, placed in a file, refused when the place is not certain.

A place is looked for line by line, each time a little more tolerantly: as written, without regard to white space at
line ends and between words, without regard to typographic look-alikes, and at last at another indentation. The first
way that finds anything decides; more than one place is a problem, never a guess.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from agents.answers.syntax import straighten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_START: Final = re.compile(r"^\s*<{5,9}\s*(?:SEARCH|ORIGINAL)\b:?(.*)$", re.IGNORECASE)
_DIVIDER: Final = re.compile(r"^\s*={5,9}\s*$")
_FINISH: Final = re.compile(r"^\s*>{5,9}\s*(?:(?:REPLACE|UPDATED)\s*)?$", re.IGNORECASE)
_HUNK: Final = re.compile(r"^@@+\s*(?:-(\d+)(?:,\d+)?\s+\+\d+(?:,\d+)?\s*)?(?:@@|\.\.\.|$)")
_TAB: Final = 4
_NEAREST_LIMIT: Final = 3000


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines to find and lines to put there; several readings when the divider is ambiguous."""

    readings: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    near: int = 0
    """1-based line a diff names; settles between several places when one of them is exactly there."""


@dataclass(slots=True)
class RawEdit:
    """An edit as it stands in the answer: the lines before it may name its file."""

    start: int
    end: int
    """Index after its last line."""
    heading: str
    """What stands on the start marker itself."""
    edit: Edit | None
    problem: str = ""


@dataclass(slots=True)
class Placement:
    """Where an edit fits."""

    lines: list[str] | None = None
    problem: str = ""
    candidates: list[int] = field(default_factory=list)


def find_edits(lines: Sequence[str]) -> list[RawEdit]:
    """All search/replace edits of an answer, broken ones included."""
    found: list[RawEdit] = []
    position = 0
    while position < len(lines):
        start = _START.match(lines[position])
        if start is None:
            position += 1
            continue
        raw = _read_edit(lines, position, start[1].strip())
        found.append(raw)
        position = raw.end
    return found


def _read_edit(lines: Sequence[str], start: int, heading: str) -> RawEdit:
    for at in range(start + 1, len(lines)):
        if _START.match(lines[at]):
            return RawEdit(start, at, heading, None, "the block has no >>>>>>> REPLACE line")
        if _FINISH.match(lines[at]):
            body = tuple(lines[start + 1 : at])
            dividers = [index for index, line in enumerate(body) if _DIVIDER.match(line)]
            # A shorter or longer row of signs may underline a heading.
            dividers = [index for index in dividers if body[index].strip() == "======="] or dividers
            if not dividers:
                return RawEdit(start, at + 1, heading, None, "the block has no ======= line")
            readings = tuple((body[:index], body[index + 1 :]) for index in dividers)
            return RawEdit(start, at + 1, heading, Edit(readings))
    return RawEdit(start, len(lines), heading, None, "the block is cut off before its >>>>>>> REPLACE line")


# ------------------------------------------------------------------------------------------------ unified diffs


def is_diff(body: str) -> bool:
    """Tell a unified diff from a file."""
    return bool(re.search(r"^--- .+\n\+\+\+ .+\n@@", body, re.MULTILINE))


def find_diffs(body: str) -> list[tuple[str, list[Edit]]]:
    """Read a unified diff: for each file its name and its hunks as edits. Line counts are not believed."""
    files: list[tuple[str, list[Edit]]] = []
    lines = body.rstrip("\n").split("\n")
    position = 0
    while position < len(lines):
        if lines[position].startswith("--- ") and position + 1 < len(lines) and lines[position + 1].startswith("+++ "):
            files.append((_diff_name(lines[position][4:], lines[position + 1][4:]), []))
            position += 2
        elif files and (hunk := _HUNK.match(lines[position])):
            end = _hunk_end(lines, position + 1)
            files[-1][1].append(_hunk(lines[position + 1 : end], int(hunk[1] or 0)))
            position = end
        else:
            position += 1
    return files


def _diff_name(old: str, new: str) -> str:
    name = (new if not new.startswith("/dev/null") else old).split("\t")[0].strip()
    return name[2:] if name.startswith(("a/", "b/")) else name


def _hunk_end(lines: Sequence[str], at: int) -> int:
    while at < len(lines):
        line = lines[at]
        next_file = line.startswith("--- ") and at + 1 < len(lines) and lines[at + 1].startswith("+++ ")
        if next_file or line.startswith("diff --git ") or _HUNK.match(line):
            break
        at += 1
    return at


def _hunk(lines: Sequence[str], near: int) -> Edit:
    search: list[str] = []
    replace: list[str] = []
    for line in lines:
        mark, text = line[:1], line[1:]
        if mark == "\\":
            continue
        if mark not in {"+", "-", " ", ""}:
            text = line
        if mark != "+":
            search.append(text)
        if mark != "-":
            replace.append(text)
    return Edit(((tuple(search), tuple(replace)),), near)


# ------------------------------------------------------------------------------------------------ placing


def place(lines: list[str], edit: Edit, grown: int = 0) -> Placement:
    """Apply one edit to the lines of a file, or say exactly why that is not possible.

    `grown` is by how many lines earlier edits made the file longer: a diff counts in the file as it was.
    """
    last = Placement(problem="the search text is empty")
    for search, replace in edit.readings:
        last = _place_reading(lines, list(search), list(replace), edit.near + grown if edit.near else 0)
        if last.lines is not None:
            return last
    return last


def _place_reading(lines: list[str], search: list[str], replace: list[str], near: int) -> Placement:
    if not any(line.strip() for line in search):
        if any(line.strip() for line in lines):
            return Placement(problem="the search text is empty but the file is not")
        return Placement(lines=replace)
    for wanted, wanted_replace in _trims(search, replace):
        for view in _VIEWS:
            starts = _matches(lines, wanted, view)
            if len(starts) > 1 and near in {start + 1 for start in starts}:
                starts = [near - 1]
            if len(starts) == 1:
                return Placement(lines=_spliced(lines, starts[0], wanted, wanted_replace))
            if starts:
                return Placement(problem=_ambiguous(starts))
    return _within_lines(lines, search, replace)


def _trims(search: list[str], replace: list[str]) -> list[tuple[list[str], list[str]]]:
    """List the search text as written, then without blank lines at its ends; the replacement loses the same ones."""
    first = next(index for index, line in enumerate(search) if line.strip())
    last = next(index for index, line in enumerate(reversed(search)) if line.strip())
    ways = [(search, replace)]
    if first or last:
        new = list(replace)
        for _ in range(first):
            if new and not new[0].strip():
                del new[0]
        for _ in range(last):
            if new and not new[-1].strip():
                del new[-1]
        ways.append((search[first : len(search) - last], new))
    return ways


def _as_written(line: str) -> str:
    return line


def _trailing(line: str) -> str:
    return line.expandtabs(_TAB).rstrip()


def _spaced(line: str) -> str:
    body = line.expandtabs(_TAB)
    indent = len(body) - len(body.lstrip(" "))
    words = body.split()
    return " " * indent + " ".join(words) if words else ""


def _plain(line: str) -> str:
    return _spaced(straighten(line))


def _shifted(line: str) -> str:
    return _plain(line).strip()


_VIEWS: Final[tuple[Callable[[str], str], ...]] = (_as_written, _trailing, _spaced, _plain, _shifted)


def _matches(lines: Sequence[str], search: Sequence[str], view: Callable[[str], str]) -> list[int]:
    seen = [view(line) for line in lines]
    wanted = [view(line) for line in search]
    size = len(wanted)
    starts = [at for at in range(len(seen) - size + 1) if seen[at] == wanted[0] and seen[at : at + size] == wanted]
    if view is _shifted:
        starts = [at for at in starts if _indent_map(lines[at : at + size], search) is not None]
    return starts


def _indent(line: str) -> str:
    line = line.translate({0xA0: " ", 0x3000: " "})
    return line[: len(line) - len(line.lstrip(" \t"))]


def _indent_map(found: Sequence[str], search: Sequence[str]) -> dict[str, str] | None:
    """Map each indentation of the search text to the file's; None when one of them would mean two."""
    mapping: dict[str, str] = {}
    for here, there in zip(search, found, strict=True):
        if here.strip() and mapping.setdefault(_indent(here), _indent(there)) != _indent(there):
            return None
    return mapping if len(set(mapping.values())) == len(mapping) else None


def _spliced(lines: list[str], start: int, search: list[str], replace: list[str]) -> list[str]:
    found = lines[start : start + len(search)]
    kept = {line: there for line, there in zip(search, found, strict=True) if line.strip()}
    mapping = _indent_map(found, search) or {}
    if all(here == there for here, there in mapping.items()):
        mapping = {}
    # A context line keeps the file's own spelling: an answer's curly quotes or lost tabs must not reach it.
    new = [kept.get(line) or (_reindented(line, mapping) if mapping else line) for line in replace]
    return [*lines[:start], *new, *lines[start + len(search) :]]


def _reindented(line: str, mapping: dict[str, str]) -> str:
    indent, body = _indent(line), line.lstrip(" \t\u00a0\u3000")
    if not body or indent in mapping:
        return mapping[indent] + body if body else ""
    here, there = next(iter(mapping.items()))
    shorter = [known for known in mapping if indent.startswith(known)]
    if shorter:
        here = max(shorter, key=len)
        there = mapping[here]
    width = max(0, len(there.expandtabs(_TAB)) + len(indent.expandtabs(_TAB)) - len(here.expandtabs(_TAB)))
    tabs = width // _TAB if any("\t" in known for known in mapping.values()) else 0
    return "\t" * tabs + " " * (width - tabs * _TAB) + body


def _within_lines(lines: list[str], search: list[str], replace: list[str]) -> Placement:
    """Accept a search text that begins or ends inside a line, as long as it splits no word."""
    text = "\n".join(lines)
    parts = [("\n".join(search), "\n".join(replace))]
    if len(search) == len(replace) == 1:
        parts.append((search[0].strip(), replace[0].strip()))
    for part, new in parts:
        found = list(re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text)) if len(part.strip()) > _TAB else []
        if len(found) == 1:
            return Placement(lines=(text[: found[0].start()] + new + text[found[0].end() :]).split("\n"))
        if found:
            return Placement(problem=_ambiguous([text.count("\n", 0, hit.start()) for hit in found]))
    return Placement(problem=_missing(lines, search))


def _ambiguous(starts: Sequence[int]) -> str:
    where = ", ".join(str(start + 1) for start in starts[:5])
    return f"the search text fits {len(starts)} places (lines {where}); include more neighbouring lines"


def _missing(lines: Sequence[str], search: Sequence[str]) -> str:
    first = next(line.strip() for line in search if line.strip())
    stripped = [line.strip() for line in lines[:_NEAREST_LIMIT]]
    nearest = difflib.get_close_matches(first, stripped, n=1, cutoff=0.6)
    hint = f"; the nearest is line {stripped.index(nearest[0]) + 1}: {nearest[0]!r}" if nearest else ""
    return f"the search text beginning {first[:80]!r} is not in the file{hint[:200]}"
