"""When something is looked up, what for, and what of the person's project must not leave with it. Pure functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypedDict

from core.redaction import redact
from graph.ledger import digest
from graph.progress import spots
from memory.context import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agents.roles.researcher import Purpose
    from core.plan import MessageKind, Plan
    from core.research import WebUse
    from graph.state import RunState

ANSWERED: Final[frozenset[MessageKind]] = frozenset({"question", "existing_project"})
"""Kinds of messages that are answered in words instead of starting a project."""
MOST_HINTS: Final = 2
"""Failures of one run about which something is looked up."""
QUERY_CHARACTERS: Final = 160
_QUERY_WORDS: Final = 16
_ERROR_CHARACTERS: Final = 4_000
_GOALS: Final[Mapping[Purpose, str]] = {"plan": "architect", "answer": "converse", "repair": "repair"}
_PATH: Final = re.compile(r"(?<![\w:/])(?:[A-Za-z]:)?(?:[\\/][\w.~+-]+){2,}[\\/]?")
_QUOTED: Final = re.compile(r"\"[^\"\n]*[\\/][^\"\n]*\"|'[^'\n]*[\\/][^'\n]*'")
_RELATIVE: Final = re.compile(r"(?<![\w:/])[\w.-]+(?:[\\/][\w.-]+)+")
_LIBRARY: Final = re.compile(r"(?:site|dist)-packages[\\/]([\w-]+)")
_WORD: Final = re.compile(r"[\w.-]+")
_OWN_WORD: Final = 3
"""Letters a name of the project must have to count as one: `io` and `ui` are everybody's."""


class Wanted(TypedDict):
    """What is to be looked up."""

    purpose: Purpose
    why: str
    message: str
    """What it is about, as the researcher is told again: the person's words or the scrubbed error."""
    searches: list[dict[str, str]]
    """`query` and `topic` of each."""
    named: list[str]
    """Repositories the person named."""
    about: str
    """The failure, by the hash of its spots; empty where it is about none."""


class Candidate(TypedDict):
    """A repository that might be downloaded, as its host tells of it, and what for."""

    host: str
    owner: str
    name: str
    description: str
    licence: str
    size: int
    stars: int
    changed: float
    archived: bool
    branch: str
    commit: str
    what: str
    why: str


def address_of(candidate: Candidate) -> str:
    """`host/owner/name`, as the code host knows it."""
    return f"{candidate['host']}/{candidate['owner']}/{candidate['name']}"


def use_of(state: RunState) -> WebUse:
    """How this run looks things up; a run of an older program does not."""
    return state["options"].get("web", "off")


def purpose_of(state: RunState) -> Purpose:
    """What is looked up for at this place of the run."""
    if state.get("failure"):
        return "repair"
    routing = state.get("routing")
    return "answer" if routing is not None and routing["kind"] in ANSWERED else "plan"


def goal(state: RunState) -> str:
    """The node that goes on when nothing (more) is looked up."""
    return _GOALS[purpose_of(state)]


def failure_key(state: RunState) -> str:
    """The newest failure by what fails; empty where nothing does."""
    failure = state.get("failure")
    return digest(list(spots(failure["findings"]))) if failure else ""


def wants_hint(state: RunState) -> bool:
    """Whether a round did not help against what fails now: then something is looked up, once per failure."""
    failure, rounds = state.get("failure"), state.get("rounds") or []
    if not failure or not rounds or "web" not in state["options"]:
        return False
    newest, looked = rounds[-1], state.get("looked") or []
    if failure_key(state) in looked or len(looked) >= MOST_HINTS:
        return False
    return not newest.get("commit") or bool(set(newest["spots"]) & set(spots(failure["findings"])))


def asks(state: RunState) -> bool:
    """Whether a person's word is needed before the searches are sent.

    In a run that asks, once. In any run that has read text of strangers, again before searches about an error: its
    words come from code that may have been written under their influence.
    """
    if state.get("web"):
        return False
    purpose, routing = purpose_of(state), state.get("routing")
    if purpose == "answer" and routing is not None and routing.get("query"):
        return False  # the person typed these very words to be searched for
    return use_of(state) == "ask" or (purpose == "repair" and bool(state.get("tainted")))


def own_words(plan: Plan, paths: Iterable[str]) -> frozenset[str]:
    """The names of a project, in lower case: of its modules, files, folders and exports."""
    names = {plan["slug"], plan["title"], *(module["name"] for module in plan["modules"])}
    for path in {*paths, *(path for module in plan["modules"] for path in module["paths"])}:
        names.update(part.rpartition(".")[0] or part for part in path.split("/"))
        names.add(path.rpartition("/")[2])
    names.update(export.rpartition(":")[2] for module in plan["modules"] for export in module["exports"])
    return frozenset(name.casefold() for name in names if len(name) >= _OWN_WORD)


def scrubbed(text: str, own: frozenset[str]) -> str:
    """An error without paths and names of the person's project; of a path into a library the library stays."""
    text = redact(visible(text))
    for paths in (_QUOTED, _PATH, _RELATIVE):
        text = paths.sub(_library, text)
    return _WORD.sub(lambda word: "…" if _owned(word[0], own) else word[0], text)[-_ERROR_CHARACTERS:]


def clean_query(query: str, own: frozenset[str] = frozenset()) -> str:
    """A query as it may leave: one line, no secrets, no paths, no name of the project, not a whole text."""
    line = " ".join(_PATH.sub(" ", redact(visible(query))).split())
    words = [word for word in line.split() if not _owned(word.strip("\"'`()[]{},:;"), own)]
    return " ".join(words[:_QUERY_WORDS])[:QUERY_CHARACTERS].strip()


def _library(path: re.Match[str]) -> str:
    """The library a path leads into, else nothing but a mark."""
    found = _LIBRARY.search(path[0])
    return found[1] if found else "…"


def _owned(word: str, own: frozenset[str]) -> bool:
    """Whether a word, or what of it stands before or behind its dots, names something of the project."""
    folded = word.casefold()
    return folded in own or any(part in own for part in folded.split("."))
