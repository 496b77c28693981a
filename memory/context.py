"""The context builder: what a model is told of a project, cut to budgets that never grow.

A prompt costs the same after ten messages and after a million: each section has a fixed number of tokens, and what
fits best or is newest fills it. Everything here is pure; who calls it has read the material, and counts in a thread.

Every text says where it stands (`[d-…:L12-L15]`, or `L12` beneath the name of its source), what kind of text it is and
who stands behind it. It is all data.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from core.memory import Lines, Remembered
from memory.tokens.counting import count, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from core.memory import RecalledLine, Trust
    from core.records import StoredMessage

T = TypeVar("T")

SYSTEM: Final = 900
"""Tokens of a role's own prompt; what it is given besides, by section:"""
BUDGETS: Final = {"decisions": 900, "recent": 2_000, "recalled": 2_500, "summaries": 700, "lessons": 600}
"""`lessons` stand instead of `recalled` where a role is given little; no role is given more than 7,000 in all."""
_LINE: Final = 220
"""Tokens of one recalled line: a line can be a whole book."""
_TURN: Final = 700
"""Tokens of one message that was said lately."""
_LESSON: Final = 260
_ALIKE: Final = 0.85
"""Share of words that two lines have in common to count as one."""
_WORD: Final = re.compile(r"\w+")
_BREAKS: Final = re.compile("[\n\u2028\u2029]")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_TRUST: Final[dict[Trust, str]] = {"person": "said by the person", "own": "by MultiCoder", "foreign": "foreign"}


@dataclass(frozen=True, slots=True)
class Note:
    """A text that stands for itself: a decision, a lesson, a summary."""

    place: Lines
    text: str
    label: str = ""
    """What it is, in a word or two."""


@dataclass(frozen=True, slots=True)
class Material:
    """What the sections are made of, the most important first (`recent`: the oldest first)."""

    decisions: Sequence[Note] = ()
    recent: Sequence[StoredMessage] = ()
    recalled: Sequence[RecalledLine] = ()
    summaries: Sequence[Note] = ()
    lessons: Sequence[Note] = ()


def assemble(material: Material) -> Remembered:
    """Build the sections; one that would be empty is left out."""
    shown = newest_turns(material.recent)
    said = {message.message for message in shown}
    fresh = folded(line for line in material.recalled if line.source not in said)
    recalled = first_that_fit(fresh, recalled_text, BUDGETS["recalled"])
    notes = {
        "decisions": first_that_fit(
            material.decisions, partial(_decided, of=len(material.decisions)), BUDGETS["decisions"]
        ),
        "summaries": first_that_fit(material.summaries, _noted, BUDGETS["summaries"]),
        "lessons": first_that_fit([_trimmed(note) for note in material.lessons], _noted, BUDGETS["lessons"]),
    }
    texts = {
        "decisions": _decided(notes["decisions"], of=len(material.decisions)),
        "recent": "\n".join(turn_text(message) for message in shown),
        "recalled": recalled_text(recalled),
        "summaries": _noted(notes["summaries"]),
        "lessons": _noted(notes["lessons"]),
    }
    cited = [note.place for found in notes.values() for note in found]
    cited += [Lines(group[0].source, group[0].line, group[-1].line) for group in ranges(recalled)]
    sections = {name: text for name, text in texts.items() if text}
    return Remembered(sections, tuple(cited), {name: count(text) for name, text in sections.items()})


def newest_turns(messages: Sequence[StoredMessage], tokens: int = BUDGETS["recent"]) -> list[StoredMessage]:
    """The newest messages that fit, oldest first; what is last said always stands there, if need be cut."""
    shown: list[StoredMessage] = []
    for message in reversed(messages):
        tokens -= count(turn_text(message)) + 1
        if tokens < 0:
            break
        shown.insert(0, message)
    return shown


def turn_text(message: StoredMessage) -> str:
    """One message as it stands in `recent`."""
    return f"{message.author}: {_short(visible(message.text), _TURN)}"


def folded(lines: Iterable[RecalledLine]) -> list[RecalledLine]:
    """Leave out lines that say what a better one said: a thing repeated a hundred times would fill the section."""
    kept: list[RecalledLine] = []
    seen: list[frozenset[str]] = []
    for line in lines:
        words = frozenset(word.casefold() for word in _WORD.findall(line.text))
        if any(len(words & other) >= _ALIKE * len(words | other) for other in seen):
            continue
        kept.append(line)
        seen.append(words)
    return kept


def ranges(lines: Sequence[RecalledLine]) -> list[list[RecalledLine]]:
    """Lines that follow each other in a source, together; the range with the best line comes first."""
    best = {source: place for place, source in reversed(list(enumerate(_keys(lines))))}
    ordered = sorted(set(best), key=lambda key: key)
    found: list[list[RecalledLine]] = []
    for _run, group in groupby(enumerate(ordered), key=lambda item: (item[1][0], item[1][1] - item[0])):
        found.append([lines[best[key]] for _number, key in group])
    return sorted(found, key=lambda group: min(best[line.source, line.line] for line in group))


def _keys(lines: Sequence[RecalledLine]) -> list[tuple[str, int]]:
    return [(line.source, line.line) for line in lines]


def recalled_text(lines: Iterable[RecalledLine]) -> str:
    """Lines as a model reads them: what a source is and its name once, its lines by their numbers beneath.

    Each line begins with its number or place, so that no text can pass for the label of another.
    """
    by_label: dict[str, dict[str, list[RecalledLine]]] = {}
    for line in lines:
        by_label.setdefault(_about(line), {}).setdefault(line.source, []).append(line)
    shown = []
    for label, sources in by_label.items():
        shown.append(label)
        for source, found in sources.items():
            shown += _source_lines(source, sorted(found, key=lambda line: line.line))
    return "\n".join(shown)


def _source_lines(source: str, lines: Sequence[RecalledLine]) -> list[str]:
    if len(lines) == 1:
        return [f"[{lines[0].place}] {_line_text(lines[0])}"]
    return [f"{source}:", *(f"L{line.line} {_line_text(line)}" for line in lines)]


def _about(line: RecalledLine) -> str:
    return f"({', '.join(filter(None, (line.kind, _on_one_line(line.name)[:60], _TRUST[line.trust])))})"


def _line_text(line: RecalledLine) -> str:
    text = _on_one_line(line.text)
    if not line.speaker:
        return _short(text.rstrip(), _LINE)  # what stands before a line of code is part of it
    speaker = _on_one_line(line.speaker)
    return f"{speaker[:40]}: {_short(text.removeprefix(f'{speaker}:').strip(), _LINE)}"


def _on_one_line(text: str) -> str:
    return _BREAKS.sub(" ", visible(text))


def visible(text: str) -> str:
    """The text without what nobody sees: letters of the tag block, marks of direction, control characters."""
    return "".join(
        character for character in text if character in "\n\t" or unicodedata.category(character) not in _HIDDEN
    )


def _noted(notes: Sequence[Note]) -> str:
    return "\n".join(f"[{note.place}] {f'({note.label}) ' if note.label else ''}{visible(note.text)}" for note in notes)


def _decided(notes: Sequence[Note], of: int) -> str:
    more = of - len(notes)
    return _noted(notes) + (f"\n({more} older ones are not shown)" if more and notes else "")


def _trimmed(note: Note) -> Note:
    return Note(note.place, _short(note.text, _LESSON), note.label)


def _short(text: str, tokens: int) -> str:
    begun = cut(text, tokens)
    return text if begun == text else begun + " …"


def first_that_fit(items: Sequence[T], text: Callable[[Sequence[T]], str], tokens: int) -> Sequence[T]:
    """As many of the first items as have room, found by halving."""
    fits, too_many = 0, len(items) + 1
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if count(text(items[:middle])) <= tokens:
            fits = middle
        else:
            too_many = middle
    return items[:fits]
