"""The chunk parser: a text becomes turns of a person and an assistant, or one document without speakers."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from memory import phrases
from memory.blueprint.parts import Form, Parsed, Speaker, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PERSONS: Final = re.compile(
    r"^(?:вы|ты|я|you|user|human|person|me|i|client|customer|пользователь|человек|клиент|заказчик|автор|prompt)$",
    re.IGNORECASE,
)
_ASSISTANTS: Final = re.compile(
    r"^(?:assistant|ai|bot|model|system|chatgpt|gpt[\w .-]*|claude[\w .-]*|gemini|grok|copilot|deepseek|mistral"
    r"|llama[\w .-]*"
    r"|gigachat|yandexgpt|алиса|ассистент|бот|модель|нейросеть|ии|помощник)$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^\s*(?:[-*>]\s*)?(?:\[[^\]]{1,40}\]\s*)?\**(?P<who>[^\W\d_][\w .'’-]{0,30}?)\**\s*"
    r"(?:\([^)]{1,40}\))?\s*\**:\**(?=\s|$)\s*"
    r""
)
_SAID: Final = re.compile(
    r"^\W{0,6}(?P<who>[^\W\d_][\w-]{1,20})\s+(?:сказал(?:а|и)?|писал(?:а|и)?|said|wrote|says)\s*:?\W*$", re.IGNORECASE
)
_HEADED: Final = re.compile(r"^\s*#{1,6}\s*\W{0,4}(?P<who>[^\W\d_][\w .-]{0,30}?)\W{0,3}$")
_HEADING: Final = re.compile(r"^\s*#{1,6}\s")
_PRONOUN: Final = re.compile(r"\b(?:я|мне|меня|мы|нам|ты|тебе|тебя|вы|i|me|you|your|we|my)\b", re.IGNORECASE)
_LEAST_TURNS: Final = 2
_MOST_PEOPLE: Final = 6
_LABELS_SHARE: Final = 0.8
_LONGEST_NAME: Final = 24
_LEAST_BLOCKS: Final = 3
_LONG_BLOCK: Final = 2.5
_SPOKEN_SHARE: Final = 0.6
_SHORT: Final = 120
"""Characters of a line that can be nothing but consent."""
_DEEPEST: Final = 40
_TEXT_KEYS: Final = ("content", "text", "parts", "message", "value", "body")
_ROLE_KEYS: Final = ("role", "author", "speaker", "sender", "from", "name")


def parsed(source: str, data: bytes | str) -> Parsed:
    """Take a text apart; any text can be."""
    text = data if isinstance(data, str) else _decoded(data)
    exported = _exported(text)
    if exported:
        return _of_messages(source, exported)
    view = tuple(text.removeprefix("\ufeff").splitlines())
    for form, marks in (("said", _SAID), ("chat", _HEADED), ("named", _LABEL)):
        turns = _marked(view, marks, form)  # type: ignore[arg-type] # the tuple is known
        if turns:
            return Parsed(source, form, view, tuple(turns))  # type: ignore[arg-type]
    turns = _alternating(view)
    if turns:
        return Parsed(source, "turns", view, tuple(turns))
    lines = _held(enumerate(view, 1))
    return Parsed(source, "document", view, (Turn("document", "", lines),) if lines else ())


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _held(lines: Iterable[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple((number, line.strip()) for number, line in lines if line.strip())


def _marked(view: Sequence[str], marks: re.Pattern[str], form: Form) -> list[Turn]:
    """Turns that begin with who speaks, when it is a talk: two speakers or more who come again."""
    named = {number: match for number, line in enumerate(view) if (match := marks.match(line))}
    speakers = Counter(match["who"].strip().casefold() for match in named.values())
    regular = _talking(speakers, form)
    if not regular:
        return []
    named = {number: match for number, match in named.items() if match["who"].strip().casefold() in regular}
    begins = sorted(named)
    turns = []
    for place, begin in enumerate(begins):
        end = begins[place + 1] if place + 1 < len(begins) else len(view)
        match = named[begin]
        own = [(begin + 1, view[begin][match.end() :] if form == "named" else "")]
        lines = _held([*own, *((number + 1, view[number]) for number in range(begin + 1, end))])
        if lines:
            who = match["who"].strip()
            turns.append(Turn(regular[who.casefold()], who, lines))
    return turns


def _talking(speakers: Counter[str], form: Form) -> dict[str, Speaker]:
    """Who takes part; empty when the marks are those of a form or of headings."""
    known: dict[str, Speaker] = {}
    for name in speakers:
        if _PERSONS.match(name):
            known[name] = "person"
        elif _ASSISTANTS.match(name):
            known[name] = "assistant"
    if len(set(known.values())) == _LEAST_TURNS:
        return known
    if form == "chat":
        return {}
    others: dict[str, Speaker] = {
        name: "person" for name, turns in speakers.items() if turns >= _LEAST_TURNS and name not in known
    }

    together = known | others
    return together if (known and others) or (form == "said" and len(others) > 1) or _people(speakers) else {}


def _people(speakers: Counter[str]) -> bool:
    """Whether the labels are two people or a few: they make up nearly all labels, and each comes again."""
    again = {name: turns for name, turns in speakers.items() if turns >= _LEAST_TURNS}
    return (
        _LEAST_TURNS <= len(again) <= _MOST_PEOPLE
        and sum(again.values()) >= _LABELS_SHARE * speakers.total()
        and max(map(len, again)) <= _LONGEST_NAME
    )


def _alternating(view: Sequence[str]) -> list[Turn]:
    """Turns without names: the line before an empty line is the person's, what stands before it is not."""
    blocks = _blocks(view)
    if len(blocks) < _LEAST_BLOCKS or any(_HEADING.match(line) for line in view):
        return []
    closing = [block[-1][1] for block in blocks[:-1]]
    others = [line for block in blocks for _, line in block[:-1]]
    spoken = sum(map(_spoken, closing)) / len(closing)
    if len(others) < _LONG_BLOCK * len(closing) - len(closing) or spoken < _SPOKEN_SHARE:
        return []
    if others and sum(map(_spoken, others)) / len(others) > spoken / 2:
        return []
    turns: list[Turn] = []
    for number, block in enumerate(blocks):
        # The last block is the assistant's unless an empty line follows words of a person.
        last = number == len(blocks) - 1 and (bool(view[-1].strip()) or not _spoken(block[-1][1]))
        before = block if last else block[:-1]
        if before:
            turns.append(Turn("assistant", "", tuple(before)))
        if not last:
            turns.append(Turn("person", "", (block[-1],)))
    return turns


def _blocks(view: Sequence[str]) -> list[list[tuple[int, str]]]:
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(view, 1):
        if line.strip():
            blocks[-1].append((number, line.strip()))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _spoken(line: str) -> bool:
    """Whether a line is how people type: no capital, no stop at the end, somebody addressed."""
    informal = line[:1].islower() and line[-1:] not in ".;:,"
    return (
        informal
        or phrases.asks(line)
        or (len(line) < _SHORT and phrases.consents(line))
        or (_PRONOUN.search(line) is not None and line[-1:] not in ".:;")
    )


def _exported(text: str) -> list[tuple[Speaker, str, str]]:
    """The messages of a JSON export in their order; empty for anything else."""
    if text.lstrip()[:1] not in {"[", "{"}:
        return []
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        try:
            value = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            return []
    found: list[tuple[Speaker, str, str]] = []
    _collect(value, found, 0)
    return found if {"person", "assistant"} & {speaker for speaker, _, _ in found} else []


def _collect(value: Any, found: list[tuple[Speaker, str, str]], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            _collect(item, found, depth + 1)
    elif isinstance(value, dict):
        who = _role(value)
        text = _text(value) if who else ""
        if who and text.strip():
            speaker = _speaker(who)
            if speaker is not None:
                found.append((speaker, who, text))
        else:
            for item in value.values():
                _collect(item, found, depth + 1)


def _role(value: dict[str, Any]) -> str:
    for key in _ROLE_KEYS:
        held = value.get(key)
        if isinstance(held, dict):
            held = held.get("role") or held.get("name")
        if isinstance(held, str) and _speaker(held) is not None:
            return held
    return ""


def _speaker(who: str) -> Speaker | None:
    if who.casefold() == "system":
        return None
    return "person" if _PERSONS.match(who) else "assistant" if _ASSISTANTS.match(who) else None


def _text(value: Any, depth: int = 0) -> str:
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        return ""
    if isinstance(value, list):
        return "\n".join(filter(None, (_text(item, depth + 1) for item in value)))
    if isinstance(value, dict):
        return next(filter(None, (_text(value[key], depth + 1) for key in _TEXT_KEYS if key in value)), "")
    return ""


def _of_messages(source: str, messages: Sequence[tuple[Speaker, str, str]]) -> Parsed:
    view: list[str] = []
    turns: list[Turn] = []
    for speaker, who, text in messages:
        first = len(view) + 1
        view += text.splitlines()
        lines = _held((number, view[number - 1]) for number in range(first, len(view) + 1))
        if lines:
            turns.append(Turn(speaker, who, lines))
    return Parsed(source, "json", tuple(view), tuple(turns))
