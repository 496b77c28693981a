"""Reading a message without a language model: word stems, in English and Russian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.providers.demo.script import Feature, Script

_QUESTION_WORDS: Final = frozenset(
    (
        *("what", "how", "why", "who", "whose", "when", "where", "which", "is", "are", "was", "were", "does", "did"),
        *("что", "чего", "как", "почему", "зачем", "где", "кто", "когда", "какой", "какая", "какое", "какие", "каким"),
        *("сколько", "чем", "куда", "откуда"),
    )
)
_GREETINGS: Final = frozenset(
    ("hi", "hello", "hey", "thanks", "thank", "привет", "здравствуй", "здравствуйте", "спасибо")
)
_GENERIC: Final = (
    *("make", "creat", "writ", "build", "develop", "need", "want", "would", "like", "give", "program", "app"),
    *("software", "tool", "code", "some", "any", "please", "new", "simple", "small", "nice", "good", "useful"),
    *("something", "me", "us", "for", "the", "an", "let", "python", "one", "can", "could", "you"),
    *("сдела", "создай", "создат", "напиш", "написа", "разработ", "собер", "нужн", "хочу", "хотел", "дай"),
    *("программ", "приложен", "софт", "утилит", "код", "како", "нибудь", "либо", "пожалуйста", "нов", "прост"),
    *("небольш", "маленьк", "хорош", "полезн", "мне", "нам", "для", "что", "бы", "одну", "можешь", "мини"),
)
_MAKING: Final = (
    *("make", "creat", "writ", "build", "program", "app"),
    *("сдела", "созда", "напи", "программ", "приложен"),
)
_CHANGING: Final = (
    *("add", "chang", "remov", "fix", "improv", "replac", "rename", "bigger", "smaller", "faster", "crash", "broken"),
    *("добав", "измен", "поменя", "убер", "убра", "исправ", "почин", "улучш", "замен", "переимен", "крупнее", "меньше"),
    *("быстрее", "падает", "вылета", "сломал"),
)


def words(text: str) -> list[str]:
    """The words of `text`, folded so that spelling variants meet."""
    return re.findall(r"\w+", text.casefold().replace("ё", "е"))


def match_strength(text: str, alternatives: Sequence[Sequence[str]]) -> int:
    """How many stems of the best alternative occur in `text`; 0 unless all of its stems do."""
    said = words(text)
    fitting = (
        len(stems) for stems in alternatives if all(any(word.startswith(stem) for word in said) for stem in stems)
    )
    return max(fitting, default=0)


def find_task(text: str, scripts: Sequence[Script]) -> Script | None:
    """The sample task `text` speaks of; the more of its words, the better."""
    strength, best = max(((match_strength(text, script.stems), script) for script in scripts), key=lambda pair: pair[0])
    return best if strength else None


def find_features(text: str, script: Script) -> list[Feature]:
    """The changes of a sample program `text` asks for."""
    return [feature for feature in script.features if match_strength(text, feature.stems)]


def starts_as_question(text: str) -> bool:
    """Whether the message begins like a question or a greeting."""
    first = words(text)[:1]
    return bool(first) and (first[0] in _QUESTION_WORDS or first[0] in _GREETINGS)


def is_question(text: str) -> bool:
    """Whether the message is a question rather than a task."""
    return starts_as_question(text) or text.rstrip().endswith("?")


def is_unclear(text: str) -> bool:
    """Whether the message asks for some program without saying which."""
    said = words(text)
    asks = any(word.startswith(stem) for word in said for stem in _MAKING)
    return asks and all(len(word) == 1 or word.startswith(_GENERIC) for word in said)


def asks_for_change(text: str) -> bool:
    """Whether the message speaks of changing something that exists."""
    return any(word.startswith(_CHANGING) for word in words(text))
