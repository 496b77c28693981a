"""Reads the files out of a coder's answer: whole files in fenced blocks, search/replace blocks, unified diffs.

Nothing is guessed: what cannot be placed with certainty becomes a problem the model is told about, and a path outside
the allowed ones never becomes a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from agents.answers.edits import Edit, RawEdit, find_diffs, find_edits, is_diff, place
from agents.answers.fences import Block, answer_lines, find_blocks
from agents.answers.labels import Label, Labels
from agents.answers.syntax import elision, is_program, parses, tidied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHOWN: Final = frozenset(
    {
        "bash",
        "sh",
        "shell",
        "console",
        "zsh",
        "powershell",
        "ps1",
        "cmd",
        "bat",
        "batch",
        "terminal",
        "output",
        "text",
        "txt",
        "plaintext",
        "log",
    }
)
_LANGUAGES: Final = {
    ".py": {"python", "py", "python3"},
    ".js": {"javascript", "js"},
    ".html": {"html"},
    ".css": {"css"},
    ".md": {"markdown", "md"},
    ".json": {"json"},
    ".txt": {"text", "txt", "plaintext"},
    ".sh": {"bash", "sh", "shell"},
    ".bat": {"bat", "batch", "cmd"},
}
_EDIT_HERE: Final = "\x00edit"
_HEADING_DISTANCE: Final = 4
_MAY_BE_EMPTY: Final = ("__init__.py", "py.typed", ".gitkeep")
_EXCERPT_OF: Final = 20
_EXCERPT_SHARE: Final = 3


@dataclass(frozen=True, slots=True)
class ParsedFiles:
    """What an answer really delivered; `problems` are sentences for the model that wrote it."""

    files: dict[str, str]
    problems: list[str]
    refused: list[str] = field(default_factory=list)
    """Those of the problems that tell of a file nobody asked for: nothing is missing because of it."""
    foreign: list[str] = field(default_factory=list)
    """The names of those files, as they were given."""


def parse_files(text: str, allowed: Sequence[str]) -> ParsedFiles:
    """Read the whole files of an answer. `allowed` holds paths, or patterns with `*` where the model names files."""
    labels = Labels(allowed)
    answer = _Answer(labels, dict.fromkeys(labels.concrete, ""))
    answer.read(text)
    named = {problem.partition(":")[0] for problem in answer.problems}
    absent = [path for path in labels.concrete if path not in answer.files and path not in named]
    answer.problems += [f"{path}: the answer does not contain this file" for path in absent]
    if not answer.files and not answer.problems:
        answer.problems.append("the answer contains no file; head each fenced block with its path")
    return ParsedFiles(answer.files, answer.problems, answer.refused, answer.foreign)


def apply_edits(text: str, files: Mapping[str, str]) -> ParsedFiles:
    """Read a fix: edits and whole files for the paths in `files` (an empty text where a file is still missing)."""
    answer = _Answer(Labels(files), files)
    answer.read(text)
    changed = {path: new for path, new in answer.files.items() if new != files[path]}
    if not changed and not answer.problems:
        answer.problems.append("the answer changes nothing")
    return ParsedFiles(changed, answer.problems, answer.refused, answer.foreign)


@dataclass(slots=True)
class _Answer:
    """One answer being read."""

    labels: Labels
    base: Mapping[str, str]
    files: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def read(self, text: str) -> None:
        lines = answer_lines(text)
        raw = find_edits(lines)
        edits = self._addressed(lines, raw)
        rest = _without(lines, raw)
        blocks = [block for block in find_blocks(rest, self.labels) if _EDIT_HERE not in block.body]
        whole: list[Block] = []
        for block in blocks or [Block(info="", body="\n".join(rest), closed=True, label=None)]:
            if is_diff(block.body):
                self._read_diff(block.body, edits)
            elif blocks:
                whole.append(block)
        for path, each in edits.items():
            self._apply(path, each)
        self._take_blocks(whole)
        if not blocks and not edits and not self.problems:
            self._take_unfenced("\n".join(lines))

    # ------------------------------------------------------------------------------------------ edits

    def _addressed(self, lines: Sequence[str], raw: Sequence[RawEdit]) -> dict[str, list[Edit]]:
        """Give every edit its file: the heading above it, else the file of the edit before, else the only file."""
        edits: dict[str, list[Edit]] = {}
        floor = 0
        current = Label(self.labels.concrete[0], "exact") if len(self.labels.concrete) == 1 else None
        for each in raw:
            current = self._heading(lines, each, floor) or current
            floor = each.end
            if current is None:
                self.problems.append("an edit names no file; put its path on the line above <<<<<<< SEARCH")
            elif current.strength == "foreign":
                self._refuse(current.path)
            elif each.edit is None:
                self.problems.append(f"{current.path}: {each.problem}")
                edits.setdefault(current.path, []).append(Edit(()))
            elif each.edit not in edits.setdefault(current.path, []):
                edits[current.path].append(each.edit)
        return edits

    def _heading(self, lines: Sequence[str], raw: RawEdit, floor: int) -> Label | None:
        mention = None
        above = list(reversed(lines[max(floor, raw.start - _HEADING_DISTANCE) : raw.start]))
        for line in [raw.heading, *above]:
            bare = re.sub(r"^[ \t]*(?:`{3,}|~{3,})", "", line)
            label = self.labels.in_info(bare) if bare != line else None
            label = label or self.labels.in_heading(line) or self.labels.in_comment(line)
            if label:
                return label
            mention = mention or self.labels.in_prose(line)
        return mention

    def _read_diff(self, body: str, edits: dict[str, list[Edit]]) -> None:
        for name, hunks in find_diffs(body):
            label = self.labels.find(name)
            if label is None:
                self._refuse(name)
            else:
                edits.setdefault(label.path, []).extend(hunks)

    def _apply(self, path: str, edits: Sequence[Edit]) -> None:
        """Apply all edits of a file or none: a file with half of its edits is worse than the old one."""
        base = self.base.get(path, "")
        mark, newline = ("\ufeff" if base.startswith("\ufeff") else ""), ("\r\n" if "\r\n" in base else "\n")
        text = base.removeprefix("\ufeff").replace("\r\n", "\n")
        lines = text.removesuffix("\n").split("\n") if text else []
        length, failed = len(lines), False
        for edit in edits:
            if not edit.readings:
                failed = True
                continue
            placed = place(lines, edit, len(lines) - length)
            left_out = elision("\n".join(edit.readings[-1][1]))
            if placed.lines is None or (left_out and left_out not in base):
                failed = True
                self.problems.append(f"{path}: {placed.problem or f'code is left out at {left_out!r}'}")
            else:
                lines = placed.lines
        if not failed:
            new = "\n".join(lines) + "\n" if lines else ""
            self.files[path] = mark + new.replace("\n", newline)

    # ------------------------------------------------------------------------------------------ whole files

    def _take_blocks(self, blocks: Sequence[Block]) -> None:
        """Sort the blocks by the file they belong to; a certain heading outweighs a mapped one, that one a mention."""
        by_path: dict[str, dict[str, list[Block]]] = {}
        unnamed: list[Block] = []
        for block in blocks:
            if block.label is None:
                unnamed.append(block)
            elif block.label.strength == "foreign":
                self._refuse(block.label.path)
            else:
                by_path.setdefault(block.label.path, {}).setdefault(block.label.strength, []).append(block)
        for path, ranked in by_path.items():
            best = ranked.get("exact") or ranked.get("mapped")
            if best is None and not (self.base.get(path) or path in self.files):
                best = [block for block in ranked["mention"] if _fits(block, path)]
            if best:
                self._take(path, best)
        self._take_unnamed(unnamed)

    def _take(self, path: str, blocks: Sequence[Block]) -> None:
        """Choose the last block that is whole; when none is, say what is wrong with the last."""
        candidates = [(block, tidied(path, block.body)) for block in blocks]
        faults = [self._fault(path, block, text) for block, text in candidates]
        good = [text for (_, text), fault in zip(candidates, faults, strict=True) if not fault]
        whole = [text for text in good if parses(path, text) is not False]
        if good:
            self.files[path] = (whole or good)[-1]
        if faults[-1] and (not good or not blocks[-1].closed):
            self.problems.append(f"{path}: {faults[-1]}")

    def _fault(self, path: str, block: Block, text: str) -> str:
        base = self.base.get(path, "")
        left_out = elision(text)
        if left_out and left_out not in base:
            return f"code is left out at {left_out!r}; give the whole file"
        if not block.closed and not parses(path, text):
            return "the file is cut off: its closing fence is missing"
        if not text.strip() and PurePosixPath(path).name not in _MAY_BE_EMPTY:
            return "the block is empty"
        before = sum(1 for line in base.split("\n") if line.strip())
        after = sum(1 for line in text.split("\n") if line.strip())
        if before >= _EXCERPT_OF and after * _EXCERPT_SHARE < before:
            return (
                f"{after} lines replace {before}: an excerpt is no file; give the whole file or search/replace blocks"
            )
        return ""

    def _take_unnamed(self, blocks: Sequence[Block]) -> None:
        """Give a block without a heading to the one file that is still missing, when both are beyond doubt."""
        missing = [path for path in self.labels.concrete if path not in self.files and not self.base.get(path)]
        if len(missing) != 1 or any(problem.startswith(missing[0]) for problem in self.problems):
            return
        fitting = [block for block in blocks if _fits(block, missing[0])]
        if len(fitting) == 1:
            self._take(missing[0], fitting)
        elif fitting:
            self.problems.append(f"{missing[0]}: {len(fitting)} blocks could be this file; head it with its path")

    def _take_unfenced(self, text: str) -> None:
        if len(self.labels.concrete) == 1 and is_program(self.labels.concrete[0], text):
            self.files[self.labels.concrete[0]] = text.rstrip("\n") + "\n"

    def _refuse(self, path: str) -> None:
        names = ", ".join(self.labels.allowed[:10]) or "none"
        problem = f"{path[:120]} is not one of the files asked for ({names}); it was ignored"
        if problem not in self.problems:
            self.problems.append(problem)
            self.refused.append(problem)
            self.foreign.append(path)


def _fits(block: Block, path: str) -> bool:
    """Tell whether a block without a heading can be this file and is not something shown beside it."""
    language = block.info.split()[0].lower().lstrip("{.").rstrip("}") if block.info.split() else ""
    known = _LANGUAGES.get(PurePosixPath(path).suffix.lower(), set())
    if not block.body.strip() or (language in _SHOWN and language not in known):
        return False
    return not language or language in known or not known


def _without(lines: Sequence[str], raw: Sequence[RawEdit]) -> list[str]:
    """Put one mark in the place of each edit, so that its lines are not read as blocks."""
    rest: list[str] = []
    position = 0
    for each in raw:
        rest += [*lines[position : each.start], _EDIT_HERE]
        position = each.end
    return rest + list(lines[position:])
