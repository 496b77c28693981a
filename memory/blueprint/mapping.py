"""The logic mapper: what later words of the person rule out, which choices nobody made, what builds on what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.memory import Lines
from memory import phrases
from memory.blueprint.parts import Contradiction, Dependency
from memory.blueprint.weighing import Weights, ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory.blueprint.parts import Parsed, Requirement, Turn
    from memory.decisions import Decision

_MEANT: Final = 0.5
"""So much of the weight of what is refused must stand in a line."""
_SAME_OBJECT: Final = 2
_NUMBERED: Final = re.compile(r"^\W{0,3}(\d{1,3})[.)]\s")
_BUT_NUMBER: Final = re.compile(
    r"\b(?:кроме|без|за исключением|except(?: for)?|without|not|не|drop|skip|убери\w*)\s+(?:пункт\w*\s+"
    r"|номер\w*\s+|№\s*|points?\s+"
    r"|items?\s+|numbers?\s+|#\s*)?(\d{1,3}(?:(?:\s*,\s*|\s+(?:и|and)\s+)\d{1,3})*)\b(?!\s*(?:мб|кб|гб|mb|kb|gb|%|px|сек|мин|sec|min))",
    re.IGNORECASE,
)
_OPTIONAL: Final = re.compile(
    r"\b(?:можно не|не реализ\w+|не нуж(?:ен|на|но|ны)|can be left out|can be omitted|not needed|need not"
    r"|not necessary)\b"
    r"|^\W*(?:нет|no)\s",
    re.IGNORECASE,
)
_NAME: Final = r"[A-Z][A-Za-z0-9]*[A-Za-z0-9+#.-]*[A-Za-z0-9+#]"
_EITHER: Final = re.compile(rf"(?<![\w/])({_NAME})\s*(/|\s(?:или|либо|or)\s)\s*({_NAME})(?![\w/])")
_MOST_MENTIONS: Final = 24
_MOST_TARGETS: Final = 3
_SHARED: Final = 2
_TOPIC: Final = 80
"""Characters of a line that stand for what it is about."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement of the person with the earlier lines it rules out."""

    number: int
    text: str
    lines: tuple[int, ...]
    topic: str
    name_only: frozenset[str] = frozenset()
    """What is refused is only what a thing is called: these words go, the thing stays."""


def refusals(parsed: Parsed, weights: Weights) -> list[Refusal]:
    """Find for every line of the person which earlier lines of the assistant it rules out."""
    proposals = {number: text for turn in parsed.turns if turn.speaker == "assistant" for number, text in turn.lines}
    refused: set[str] = set()
    found: list[Refusal] = []
    before: Turn | None = None
    earlier: list[tuple[Turn, Turn | None]] = []
    for turn in parsed.turns:
        if turn.speaker == "assistant":
            earlier.append((turn, before))
        else:
            for number, text in turn.lines:
                found += _refused_by(number, text, proposals, weights, earlier, refused)
                refused |= {word for words in phrases.against(text) for word in words}
        before = turn
    return found


def _refused_by(
    number: int,
    text: str,
    proposals: dict[int, str],
    weights: Weights,
    earlier: Sequence[tuple[Turn, Turn | None]],
    refused: set[str],
) -> Iterable[Refusal]:
    for named in _named(text):
        lines = _meaning(named, proposals, weights, number)
        if lines:
            only = named if phrases.names_only(text) else frozenset()
            yield Refusal(number, text, tuple(lines), " ".join(sorted(named)), only)
    if earlier:
        section = _numbered_sections(text, earlier[-1][0])
        if section:
            yield Refusal(number, text, tuple(section), "items by number")
    if phrases.demands_all(text) and phrases.binds(text):
        left_out = _left_out(text, earlier, refused)
        if left_out:
            yield Refusal(number, text, tuple(left_out), "left out, but wanted whole")


def _named(text: str) -> list[frozenset[str]]:
    return [words for words in (found - phrases.called(text) for found in phrases.against(text)) if words]


def _meaning(named: frozenset[str], proposals: dict[int, str], weights: Weights, before: int) -> list[int]:
    """Lines that speak for what is named."""
    whole = weights.weight(named)
    found = []
    for number in weights.lines_with(named, before=before):
        text = proposals.get(number, "")
        met = named & phrases.content(text)
        if not met or weights.weight(met) < _MEANT * whole:
            continue
        if not any(met & words for words in phrases.against(text)):  # it leaves the same thing out
            found.append(number)
    return found


def _numbered_sections(text: str, turn: Turn) -> list[int]:
    """The lines of the numbered points a statement takes out of a list."""
    wanted = {int(one) for match in _BUT_NUMBER.finditer(text) for one in re.findall(r"\d+", match[1])}
    found: list[int] = []
    inside = False
    for number, line in turn.lines:
        match = _NUMBERED.match(line)
        if match:
            inside = int(match[1]) in wanted
        if inside:
            found.append(number)
    return found


def _left_out(text: str, earlier: Sequence[tuple[Turn, Turn | None]], refused: set[str]) -> list[int]:
    """Lines of talks about the same object that leave something out which the person never refused."""
    own = phrases.content(text)
    found = []
    for turn, asked in earlier:
        about = phrases.content(turn.lines[0][1]) | (phrases.content(asked.lines[-1][1]) if asked else frozenset())
        if len(own & about) < _SAME_OBJECT:
            continue
        for number, line in turn.lines[1:]:
            gone = {word for words in phrases.against(line) for word in words}
            if _OPTIONAL.search(line) and gone and not gone & refused:
                found.append(number)
    return found


def contradictions(parsed: Parsed, decisions: Sequence[Decision], found: Sequence[Refusal]) -> list[Contradiction]:
    """All contradictions in the order in which they show: what a later line settles, and what nothing does."""
    source = parsed.source
    rows: list[tuple[str, tuple[Lines, ...], tuple[Lines, ...], bool]] = []
    merged: dict[int, tuple[list[int], list[str]]] = {}
    for refusal in found:
        lines, topics = merged.setdefault(refusal.number, ([], []))
        lines += refusal.lines
        topics.append(_topic(refusal, parsed))
    rows += [
        (", ".join(dict.fromkeys(topics)), _lines(source, lines, 2), (Lines(source, number, number),), False)
        for number, (lines, topics) in merged.items()
    ]
    rows += [
        (_short(decision.text), (decision.place,), (decision.superseded_by,), False)
        for decision in decisions
        if decision.superseded_by is not None
    ]
    rows += [(topic, _lines(source, lines, 1), (), True) for topic, lines in choices(parsed)]
    return [
        Contradiction(f"C{place}", topic, earlier, later, "open" if undecided else "later")
        for place, (topic, earlier, later, undecided) in enumerate(rows, 1)
    ]


def _topic(refusal: Refusal, parsed: Parsed) -> str:
    return _short(parsed.view[refusal.lines[0] - 1].strip())


def _short(text: str) -> str:
    return text if len(text) <= _TOPIC else text[: _TOPIC - 1] + "…"


def _lines(source: str, numbers: Sequence[int], gap: int) -> tuple[Lines, ...]:
    return tuple(Lines(source, first, last) for first, last in ranges(numbers, gap))


def choices(parsed: Parsed) -> list[tuple[str, list[int]]]:
    """Either-or between two named things that comes back or is asked, and that no word of the person decides."""
    pairs: dict[frozenset[str], list[int]] = {}
    written: dict[frozenset[str], str] = {}
    asked: set[frozenset[str]] = set()
    spoken: set[frozenset[str]] = set()
    own = [(number, text) for turn in parsed.turns if turn.speaker != "assistant" for number, text in turn.lines]
    for turn in parsed.turns:
        for number, text in turn.lines:
            for match in _EITHER.finditer(text):
                pair = frozenset({match[1].casefold(), match[3].casefold()})
                if len(pair) == _SAME_OBJECT:
                    pairs.setdefault(pair, []).append(number)
                    written.setdefault(pair, f"{match[1]} / {match[3]}")
                    if match[2] != "/":  # a stroke alone is also how pairs that belong together are written
                        spoken.add(pair)
                    if "?" in text or turn.speaker == "document":
                        asked.add(pair)
    found = []
    for pair, numbers in pairs.items():
        if pair not in spoken or (len(numbers) < _SAME_OBJECT and pair not in asked):
            continue
        decided = any(sum(_mentions(text, name) for name in pair) == 1 for number, text in own if number > numbers[0])
        if not decided:
            found.append((written[pair], _all_mentions(parsed, pair, numbers)))
    return found


def _all_mentions(parsed: Parsed, pair: frozenset[str], numbers: list[int]) -> list[int]:
    alone = [
        number
        for turn in parsed.turns
        for number, text in turn.lines
        if number > numbers[0] and any(_mentions(text, name) for name in pair)
    ]
    return sorted({*numbers, *alone})[:_MOST_MENTIONS]


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def dependencies(requirements: Sequence[Requirement], weights: Weights) -> list[Dependency]:
    """Which requirement builds on which earlier one: they share telling words."""
    by_word: dict[str, list[int]] = {}
    found: list[Dependency] = []
    for place, item in enumerate(requirements):
        words = {word for word in phrases.content(item.text) if weights.rare(word)}
        shared: dict[int, list[str]] = {}
        for word in sorted(words):
            for other in by_word.get(word, ()):
                shared.setdefault(other, []).append(word)
            by_word.setdefault(word, []).append(place)
        best = sorted(shared, key=lambda other: (-weights.weight(shared[other]), other))
        found += [
            Dependency(item.id, requirements[other].id, ", ".join(shared[other][:4]))
            for other in [other for other in best if len(shared[other]) >= _SHARED][:_MOST_TARGETS]
        ]
    return found
