"""The semantic extractor: what is wanted, in the words it was said with, and chatter left aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from core.memory import Lines
from memory import phrases
from memory.blueprint.parts import Requirement
from memory.blueprint.tightening import tight
from memory.decisions import Statement, common_words, decided

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from memory.blueprint.mapping import Refusal
    from memory.blueprint.parts import By, Parsed, Turn
    from memory.decisions import Decision

_OFFER: Final = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:если (?:нужно|хоти\w+|хочешь|есть|потреб\w+|вс[её]|готов\w*|появ\w+|у вас"
    r"|у тебя|согласн\w+)"
    r"|могу|можем|готов\w*|подтверд\w+|сообщи\w*|уточни\w*|скажи\w*|дай\w* знать|жду|напиши\w*|приступаю|начинаю"
    r"|начну|хоти\w+|хочешь|пожалуйста|что из этого|спасибо|if you (?:want|need|like|agree|have|prefer)"
    r"|let me know|i can"
    r"|shall i|should i|would you like|do you want|ready to|tell me|please confirm|confirm|just say|i'll start"
    r"|starting|feel free"
    r"|happy to|thank)",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"^\W*(?:принял\w*|принято|понял\w*|отлично|готово|хорошо|верно|вс[её] верно|именно|абсолютно|совершенно"
    r"|согласен|да|конечно"
    r"|окей|прекрасно|great|sure|ok|okay|got it|understood|done|right|exactly|absolutely"
    r"|of course|good|perfect|yes)\b[^:]*$",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(r"^\W{0,3}\d{1,3}[.)]\s|^#{1,6}\s|:\s*\**$")
_ITEM: Final = re.compile(r"^\s*(?:[-*•–—+]|\d{1,3}[.)]|[a-zа-я]\))\s+", re.IGNORECASE)
_FENCE: Final = re.compile(r"^\s*(?:```|~~~)")
_MOST_LINES: Final = 10
"""Lines of an answer that are listed together."""
_LEAST_WORDS: Final = 2
_BEGINNING: Final = 3
"""Lines that say what an answer is about."""
_ANSWER: Final = 3
"""A statement of so few words answers what was asked."""
_NUMBER_ONLY: Final = re.compile(r"^[\W\d_]*$")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was found in a text."""

    requirements: list[Requirement]
    asked: list[Requirement]
    decisions: list[Decision]


def statements(parsed: Parsed) -> list[Statement]:
    """The turns as statements: each line of the person, each answer of the assistant as a whole."""
    found = []
    for turn in parsed.turns:
        if turn.speaker == "assistant":
            text = "\n".join(text for _, text in turn.lines)
            found.append(Statement(text, Lines(parsed.source, turn.first, turn.last), "assistant"))
        else:
            found += [Statement(text, Lines(parsed.source, number, number)) for number, text in turn.lines]
    return found


def from_document(parsed: Parsed) -> Extracted:
    """Requirements of a text without speakers: list items and sentences that demand something."""
    lines = [line for turn in parsed.turns for line in _unfenced(turn)]
    listed = {number for number, text in lines if _demands(text)}
    decisions = decided([Statement(text, Lines(parsed.source, n, n)) for n, text in lines if n in listed])
    found = []
    for decision in decisions:
        by: By = "document"
        found.append(Requirement("", _bare(decision.text), (decision.place,), by, "active", decision.strength))
    clashes = {d.place: d.superseded_by for d in decisions if d.superseded_by is not None and d.status == "retracted"}
    both = {*clashes, *clashes.values()}
    found = [
        replace(item, status="contradictory", note="another line says otherwise") if item.places[0] in both else item
        for item in found
    ]
    return Extracted(found, [], decisions)


def _unfenced(turn: Turn) -> Iterable[tuple[int, str]]:
    fenced = False
    for number, text in turn.lines:
        if _FENCE.match(text):
            fenced = not fenced
        elif not fenced:
            yield number, text


def _demands(text: str) -> bool:
    if text.startswith("#") or phrases.asks(text) or _NUMBER_ONLY.match(text):
        return False
    if _ITEM.match(text):
        return len(phrases.content(text)) >= _LEAST_WORDS and not text.rstrip().endswith(":")
    return phrases.binds(text) > 0 and len(phrases.content(text)) >= _LEAST_WORDS


def _bare(text: str) -> str:
    return _ITEM.sub("", text, count=1).strip()


def from_talk(parsed: Parsed, refusals: Sequence[Refusal]) -> Extracted:
    """Requirements of a talk: the person's statements, then what the assistant proposed and nobody refused."""
    decisions = decided(statements(parsed))
    by_line = {decision.place.first: decision for decision in decisions}
    requirements: list[Requirement] = []
    asked: list[Requirement] = []
    common = common_words([text for turn in parsed.turns if turn.speaker == "person" for _, text in turn.lines])
    gone = {number: refusal for refusal in refusals for number in refusal.lines}
    for place, turn in enumerate(parsed.turns):
        if turn.speaker == "assistant":
            requirements += _proposals(parsed, place, by_line, gone, common)
            continue
        for number, text in turn.lines:
            decision = by_line.get(number)
            if decision is None:
                if phrases.asks(text):
                    _put_question(parsed, place, (number, text), by_line, requirements, asked)
            elif decision.form == "statement":
                requirements.append(_stated(decision))
    return Extracted(tight(requirements, parsed), asked, decisions)


def _stated(decision: Decision) -> Requirement:
    note = f"a part of it was changed by {decision.superseded_by}" if decision.changed else ""
    return Requirement(
        "", decision.text, (decision.place,), "person", decision.status, decision.strength, decision.superseded_by, note
    )


def _put_question(
    parsed: Parsed,
    place: int,
    question: tuple[int, str],
    by_line: Mapping[int, Decision],
    requirements: list[Requirement],
    asked: list[Requirement],
) -> None:
    """A question about what the product shall be is a wish once it was answered with yes; others decide nothing."""
    number, text = question
    lines = (Lines(parsed.source, number, number),)
    answer = parsed.turns[place + 1] if place + 1 < len(parsed.turns) else None
    agreed = _agreed(parsed, place + 1, by_line) if answer is not None and answer.speaker == "assistant" else None
    if agreed is not None and not phrases.objects(text):
        note = f"asked for, and the answer agreed to at {agreed}"
        requirements.append(Requirement("", text, lines, "person", "active", 2, note=note))
    elif not phrases.asks_for(text) or phrases.objects(text):
        asked.append(Requirement("", text, lines, "person", "open", 0, note="asked"))
    elif answer is not None and answer.speaker == "assistant" and phrases.affirms(answer.lines[0][1]):
        requirements.append(
            Requirement("", text, lines, "person", "active", 2, note="asked for, and answered with yes")
        )
    else:
        requirements.append(Requirement("", text, lines, "person", "open", 2, note="asked for, no clear answer"))


def _proposals(
    parsed: Parsed, place: int, by_line: Mapping[int, Decision], gone: Mapping[int, Refusal], common: frozenset[str]
) -> Iterable[Requirement]:
    turn = parsed.turns[place]
    agreed = _agreed(parsed, place, by_line)
    wished = _answers(parsed, place, by_line)
    if wished == "nothing" and agreed is None:
        return
    if wished != "a wish" and not _names_project(turn, common):
        return
    doubt = _doubted(parsed, place)
    by: By = "confirmed" if agreed is not None else "unobjected"
    for group in _groups(turn):
        held = [line for line in group if line[0] not in gone]
        for number, text in group:
            if number in gone:
                yield from _refused(parsed.source, number, text, gone[number], by)
        if held and _says_enough(held):
            yield Requirement(
                "",
                " · ".join(text for _, text in held),
                tuple(Lines(parsed.source, first, last) for first, last in _spans([number for number, _ in held])),
                by,
                "open" if doubt is not None else "active",
                1,
                note=f"doubted at {doubt}"
                if doubt is not None
                else f"agreed at {agreed}"
                if agreed is not None
                else "",
            )


def _names_project(turn: Turn, common: frozenset[str]) -> bool:
    """Whether an answer begins with what the talk is about, or with what shall be: else it explains the world."""
    beginning = [text for _, text in turn.lines[:_BEGINNING]]
    return not common or any(phrases.content(text) & common or phrases.binds(text) for text in beginning)


def _doubted(parsed: Parsed, place: int) -> Lines | None:
    """Where the person asks what an answer is good for, if anywhere."""
    following = parsed.turns[place + 1] if place + 1 < len(parsed.turns) else None
    if following is None or following.speaker != "person":
        return None
    return next((Lines(parsed.source, n, n) for n, text in following.lines if phrases.objects(text)), None)


def _spans(numbers: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _refused(source: str, number: int, text: str, refusal: Refusal, by: By) -> Iterable[Requirement]:
    place, later = Lines(source, number, number), Lines(source, refusal.number, refusal.number)
    yield Requirement("", text, (place,), by, "retracted", 1, later, note="refused by the person")
    if refusal.name_only:
        rest = " ".join(word for word in text.split() if not phrases.content(word) & refusal.name_only)
        if len(phrases.content(rest)) >= _LEAST_WORDS:
            yield Requirement("", rest, (place,), by, "active", 1, note=f"stays without the name refused at {later}")


def _agreed(parsed: Parsed, place: int, by_line: Mapping[int, Decision]) -> Lines | None:
    """Where the person agrees to an answer, if anywhere."""
    following = parsed.turns[place + 1] if place + 1 < len(parsed.turns) else None
    if following is None or following.speaker != "person":
        return None
    for number, text in following.lines:
        decision = by_line.get(number)
        if decision is not None and (decision.confirms is not None or _takes_all(text)):
            return decision.place
    return None


def _takes_all(text: str) -> bool:
    return phrases.demands_all(text) and not phrases.asks(text) and phrases.binds(text) > 0


def _answers(parsed: Parsed, place: int, by_line: Mapping[int, Decision]) -> Literal["a wish", "words", "nothing"]:
    """What an answer answers: a wish for the product, other words of the person, or a question about the world."""
    before = parsed.turns[place - 1] if place else None
    if before is None or before.speaker != "person":
        return "words"
    best: Literal["words", "nothing"] = "nothing"
    for number, text in before.lines:
        decision = by_line.get(number)
        if (decision is not None and decision.strength > 0) or phrases.asks_for(text):
            return "a wish"
        if decision is not None and len(phrases.content(text)) <= _ANSWER:
            best = "words"
    return best


def _groups(turn: Turn) -> list[list[tuple[int, str]]]:
    """Lines of an answer that belong together: a heading with its points. Offers and openings are left out."""
    groups: list[list[tuple[int, str]]] = []
    for number, text in _unfenced(turn):
        if _OFFER.match(text) or _only_opens(text) or text.endswith("?"):
            continue
        if (
            not groups
            or _HEADING.search(text)
            or len(groups[-1]) >= _MOST_LINES
            or number - groups[-1][-1][0] > _LEAST_WORDS
        ):
            groups.append([])
        groups[-1].append((number, text))
    return groups


def _only_opens(text: str) -> bool:
    return _OPENING.match(text) is not None and not phrases.binds(text) and len(phrases.sentences(text)) == 1


def _says_enough(group: Sequence[tuple[int, str]]) -> bool:
    text = " ".join(text for _, text in group)
    return len(group) > 1 or (len(phrases.content(text)) >= _LEAST_WORDS and not text.rstrip().endswith(":"))
