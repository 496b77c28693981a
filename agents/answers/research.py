"""The structured answers of the researcher: searches, choices among results, findings with the lines they rest on."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from agents.answers.schemas import Answer, Filled, Line, Text, Texts, first
from core.research import TOPICS, Topic

MOST_SEARCHES: Final = 3
MOST_PAGES: Final = 4
MOST_REPOSITORIES: Final = 3
MOST_FINDINGS: Final = 12
_TOPIC_WORDS: Final = {
    "repository": "repositories",
    "repos": "repositories",
    "package": "packages",
    "question": "questions",
}


def _topic(value: Any) -> Any:
    """A topic nobody knows is no reason to ask a model again: the web has everything."""
    word = value.strip().lower() if isinstance(value, str) else ""
    word = _TOPIC_WORDS.get(word, word)
    return word if word in TOPICS else "web"


class SearchAnswer(Answer):
    """One search."""

    query: Filled
    topic: Annotated[Topic, BeforeValidator(_topic)] = "web"


class SearchesAnswer(Answer):
    """What is to be looked up; nothing, where nothing has to be."""

    why: str | None = None
    searches: Annotated[list[SearchAnswer], first(MOST_SEARCHES)] = Field(default_factory=list)


class RepositoryAnswer(Answer):
    """A repository worth taking, by the number of its result."""

    number: Line
    why: Text = ""
    take: Text = ""


class ChoiceAnswer(Answer):
    """Which results are read, and which repositories might be taken."""

    pages: Annotated[list[Line], first(MOST_PAGES)] = Field(default_factory=list)
    repositories: Annotated[list[RepositoryAnswer], first(MOST_REPOSITORIES)] = Field(default_factory=list)


class FoundAnswer(Answer):
    """One finding with the places of the lines that say so."""

    text: Filled
    lines: Texts = Field(default_factory=list)


class FindingsAnswer(Answer):
    """What was found in what was read."""

    findings: Annotated[list[FoundAnswer], first(MOST_FINDINGS)] = Field(default_factory=list)


__all__ = ["ChoiceAnswer", "FindingsAnswer", "SearchesAnswer"]
