"""The researcher: what to look up, what of the results to read, and what was found there, line by line.

Each step is one bounded structured question. The researcher names results by their number and lines by their place, so
that it can neither go to an address of its own making nor report what stands nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from agents.answers.research import (
    MOST_FINDINGS,
    MOST_PAGES,
    MOST_REPOSITORIES,
    MOST_SEARCHES,
    ChoiceAnswer,
    FindingsAnswer,
    SearchesAnswer,
)
from agents.answers.schemas import schema_of
from agents.prompting import conversation, render
from agents.roles.ask import ask_structured
from core.ports import ModelRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.answers.schemas import Answer
    from agents.roles.ask import Ask
    from core.ports import CallTag
    from core.research import Topic

Purpose = Literal["plan", "answer", "repair"]
"""What is looked up for: before a program is planned, for an answer in words, for an error that came back."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One search the researcher wants."""

    query: str
    topic: Topic


@dataclass(frozen=True, slots=True)
class Searches:
    """What is to be looked up, and why."""

    why: str
    searches: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """A repository that might be worth taking, by the number of its result."""

    number: int
    why: str
    take: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Numbers of the results to read, and the repositories."""

    pages: tuple[int, ...]
    repositories: tuple[Picked, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What the researcher says it found; the harness keeps it only where its lines were shown."""

    text: str
    lines: tuple[str, ...]


async def plan_searches(ask: Ask, tag: CallTag, *, purpose: Purpose, sections: Mapping[str, str]) -> Searches:
    """Say what to look up, if anything. `sections` hold the person's own words or a scrubbed error, nothing foreign."""
    system = render("researcher_plan", purpose=purpose, most=MOST_SEARCHES)
    question = _question(tag, system, sections, "Say what to look up and answer with the JSON object.", SearchesAnswer)
    return await ask_structured(
        ask,
        question,
        SearchesAnswer,
        _searches,
    )


def _searches(answer: SearchesAnswer) -> Searches:
    return Searches((answer.why or "").strip(), tuple(Wanted(one.query, one.topic) for one in answer.searches))


async def choose(ask: Ask, tag: CallTag, *, purpose: Purpose, sections: Mapping[str, str]) -> Choice:
    """Choose among the numbered `hits` what to read and which repositories might be worth taking."""
    system = render("researcher_choose", purpose=purpose, pages=MOST_PAGES, repositories=MOST_REPOSITORIES)
    question = _question(tag, system, sections, "Choose and answer with the JSON object.", ChoiceAnswer)
    return await ask_structured(
        ask,
        question,
        ChoiceAnswer,
        lambda answer: Choice(
            tuple(answer.pages), tuple(Picked(one.number, one.why, one.take) for one in answer.repositories)
        ),
    )


async def find(ask: Ask, tag: CallTag, *, purpose: Purpose, sections: Mapping[str, str]) -> list[Claim]:
    """Say what the `pages` hold on the matter, each sentence with the places of its lines."""
    system = render("researcher_find", purpose=purpose, most=MOST_FINDINGS)
    question = _question(tag, system, sections, "Say what was found and answer with the JSON object.", FindingsAnswer)
    return await ask_structured(
        ask,
        question,
        FindingsAnswer,
        lambda answer: [Claim(one.text, tuple(one.lines)) for one in answer.findings],
    )


def _question(tag: CallTag, system: str, sections: Mapping[str, str], order: str, answer: type[Answer]) -> ModelRequest:
    return ModelRequest(
        role="researcher",
        tag=tag,
        messages=conversation(system, sections, order),
        schema=schema_of(answer),
        max_tokens=2_000,
    )
