"""The decision ledger: the person's own statements, word for word, and which of them later ones took back.

Pure: statements in the order they were made go in, decisions come out. Only what the person said counts; what the
assistant said is looked at to know what "yes, do it" agreed to. Nothing here approves anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from core.memory import Lines
from memory import phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Status = Literal["active", "retracted"]
Form = Literal["statement", "confirmation"]

_COMMON_SHARE: Final = 0.12
"""A word that stands in more of the statements than this names the project, not a topic."""
_COMMON_LEAST: Final = 4
_RULED_OUT: Final = 0.6
"""So much of what a refusal names must stand in an earlier statement to be meant by it."""
_WHOLLY: Final = 0.4
"""A refusal that names so much of a statement takes all of it back; one that names less changes a part."""
_WHOLLY_ALONE: Final = 0.25
"""The same for a statement that says one thing only."""
_SAME_TOPIC: Final = 0.5
_BINDING: Final = 2
"""The least strength of what is a wish or an order."""
_CORRECTED_TOPIC: Final = 0.34
"""A correction needs fewer common words: it says that it is one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that was said: a message, or one line of it."""

    text: str
    place: Lines
    speaker: Literal["person", "assistant"] = "person"
    created: float = 0.0


@dataclass(frozen=True, slots=True)
class Decision:
    """A statement of the person that binds."""

    text: str
    """Word for word."""
    place: Lines
    form: Form
    status: Status
    strength: int
    """3 a duty or a prohibition, 2 a wish or an order, 1 agreement, 0 anything else that was stated."""
    created: float = 0.0
    superseded_by: Lines | None = None
    """Which later statement took it back or changed a part of it."""
    confirms: Lines | None = None
    """What of the assistant's it agrees to."""

    @property
    def changed(self) -> bool:
        """It holds, but a later statement changed a part of it."""
        return self.status == "active" and self.superseded_by is not None


def said(
    source: str, text: str, speaker: Literal["person", "assistant"] = "person", created: float = 0.0
) -> list[Statement]:
    """Return the statements of one message: each line that holds anything, with its number; the assistant's as one."""
    lines = text.splitlines()
    if speaker == "assistant":
        return [Statement(text, Lines(source, 1, max(1, len(lines))), speaker, created)] if text.strip() else []
    return [
        Statement(line.strip(), Lines(source, number, number), speaker, created)
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def decided(statements: Sequence[Statement]) -> list[Decision]:
    """Return the person's decisions in the order they were made, each with what later ones made of it."""
    common = common_words([statement.text for statement in statements if statement.speaker == "person"])
    found: list[Decision] = []
    by_word: dict[str, list[int]] = {}
    proposal: Statement | None = None
    for statement in statements:
        if statement.speaker == "assistant":
            proposal = statement
            continue
        decision = _decision(statement, proposal)
        if decision is None:
            continue
        for number in _met(decision, by_word, common):
            found[number] = _after(found[number], decision, common)
        for word in phrases.content(decision.text):
            by_word.setdefault(word, []).append(len(found))
        found.append(decision)
    return found


def _met(later: Decision, by_word: Mapping[str, Sequence[int]], common: frozenset[str]) -> set[int]:
    """What a later decision can change: it speaks against something or of a number, and of its topic."""
    text = later.text
    if not (phrases.against(text) or phrases.corrects(text) or phrases.numbers(text)):
        return set()
    return {number for word in phrases.content(text) - common for number in by_word.get(word, ())}


def common_words(texts: Sequence[str]) -> frozenset[str]:
    """Return the words so many of the texts share that they tell no topic."""
    seen: dict[str, int] = {}
    for text in texts:
        for word in phrases.content(text):
            seen[word] = seen.get(word, 0) + 1
    bound = max(_COMMON_LEAST, _COMMON_SHARE * len(texts))
    return frozenset(word for word, count in seen.items() if count > bound)


def in_order(decisions: Sequence[Decision]) -> list[Decision]:
    """Return decisions as they are shown: what holds before what was taken back, binding and new before the rest."""
    place = {id(decision): number for number, decision in enumerate(decisions)}
    return sorted(
        decisions,
        key=lambda decision: (decision.status == "retracted", decision.strength < _BINDING, -place[id(decision)]),
    )


def rendered(decisions: Sequence[Decision], tokens: int, count: Callable[[str], int]) -> str:
    """Return decisions line by line with their places, as many as fit; none is ever cut."""
    lines: list[str] = []
    for decision in in_order(decisions):
        line = described(decision)
        needed = count(line) + 1
        if needed <= tokens:
            lines.append(line)
            tokens -= needed
    return "\n".join(lines)


def described(decision: Decision) -> str:
    """One decision as a model and a person read it."""
    return f"[{decision.place}] ({label(decision)}) {decision.text}"


def label(decision: Decision) -> str:
    """What a decision is, in a word or two: `active`, `retracted by …`, `agrees to …`."""
    parts = ["active" if decision.status == "active" else f"retracted by {decision.superseded_by}"]
    if decision.changed:
        parts.append(f"partly changed by {decision.superseded_by}")
    if decision.confirms is not None:
        parts.append(f"agrees to {decision.confirms}")
    return ", ".join(parts)


def _decision(statement: Statement, proposal: Statement | None) -> Decision | None:
    text = statement.text
    if phrases.is_chatter(text) and not phrases.consents(text):
        return None
    agreed = proposal.place if proposal is not None and phrases.consents(text) else None
    if phrases.merely_consents(text):
        if agreed is None:
            return None
        return Decision(text, statement.place, "confirmation", "active", 1, statement.created, confirms=agreed)
    if phrases.asks(text) and not phrases.objects(text):
        return None
    strength = phrases.binds(text)
    return Decision(text, statement.place, "statement", "active", strength, statement.created, confirms=agreed)


def _after(earlier: Decision, later: Decision, common: frozenset[str]) -> Decision:
    """What becomes of an earlier decision once the later one was stated."""
    if earlier.status == "retracted" or earlier.form == "confirmation" or later.form == "confirmation":
        return earlier
    effect = takes_back(earlier.text, later.text, common)
    if effect == "all":
        return replace(earlier, status="retracted", superseded_by=later.place)
    return replace(earlier, superseded_by=later.place) if effect == "part" else earlier


def takes_back(earlier: str, later: str, common: frozenset[str] = frozenset()) -> Literal["all", "part", ""]:
    """What a later statement takes back of an earlier one.

    It does by refusing what the earlier one names, by correcting it ("no, …", another number), or by replacing it.
    Repeating a refusal takes nothing back.
    """
    before = phrases.content(earlier) - common
    after = phrases.content(later) - common
    if not before or not after:
        return ""
    refused = {word for words in phrases.against(earlier) for word in words}
    wholly = _WHOLLY if phrases.says_several(earlier) else _WHOLLY_ALONE
    best: Literal["all", "part", ""] = ""
    for words in phrases.against(later):
        named = words - common
        met = (named & before) - refused
        if named and len(met) >= _RULED_OUT * len(named):
            best = "all" if len(met) >= wholly * len(before) or best == "all" else "part"
    if best:
        return best
    shared = len(before & after) / min(len(before), len(after))
    first, second = phrases.numbers(earlier), phrases.numbers(later)
    if first and second and first != second and not first & second and shared >= _SAME_TOPIC:
        return "all" if len(before - after) <= len(before) / 2 else "part"
    if phrases.corrects(later) and shared >= _CORRECTED_TOPIC and len(before & after) > 0:
        return "all" if len(before - after) <= 1 or shared >= _SAME_TOPIC else "part"
    return ""
