"""Look up: what, if anything, has to be searched for before the run goes on. Nothing is sent to anybody but a model.

The researcher is told the person's own words, or an error without the names of the project: no text of a stranger can
word a query that goes out by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from agents.roles import researcher
from core.errors import ProviderError
from core.ports import CallTag
from graph.researching import (
    Wanted,
    asks,
    clean_query,
    failure_key,
    own_words,
    purpose_of,
    scrubbed,
    use_of,
)

if TYPE_CHECKING:
    from agents.roles.researcher import Searches
    from graph.state import RunState
    from graph.workshop import Workshop

_MESSAGE: Final = 6_000
_EARLIER: Final = 2_000
_LATEST: Final = 20
"""Messages of the person the newest are taken from."""


async def run(shop: Workshop, state: RunState) -> RunState:
    """Plan the searches; where there are none, or none may be made, the run goes on and says why."""
    purpose = purpose_of(state)
    update: RunState = {"searches": ""}
    if purpose == "repair":
        update["looked"] = [*(state.get("looked") or []), failure_key(state)]
    if why := _in_the_way(shop, state):
        if why != "done":
            shop.say("INFO", "research.skipped", state, purpose=purpose, why=why)
        return update
    try:
        wanted = await _wanted(shop, state)
    except ProviderError as error:
        shop.say("ERROR", "research.failed", state, purpose=purpose, code=error.code, url="")
        return update
    shop.say(
        "INFO",
        "research.planned",
        state,
        purpose=purpose,
        why=wanted["why"],
        searches=[dict(search) for search in wanted["searches"]],
        named=list(wanted["named"]),
    )
    if not wanted["searches"] and not wanted["named"]:
        shop.say("INFO", "research.skipped", state, purpose=purpose, why="nothing")
        return update
    update["searches"] = await shop.keep(cast("dict[str, object]", wanted))
    if asks(cast("RunState", {**state, "web": ""})) and purpose == "repair" and state.get("tainted"):
        update["web"] = ""  # an earlier word was about other words
    return update


def _in_the_way(shop: Workshop, state: RunState) -> str:
    """Why nothing is looked up; empty where it may be."""
    if use_of(state) == "off":
        return "off"
    if shop.research is None or shop.memory is None:
        return "absent"
    if state.get("web") == "refuse":
        return "refused"
    if state.get("found") and purpose_of(state) != "repair":
        return "done"
    return "nothing" if purpose_of(state) == "plan" and _known_well(state) else ""


def _known_well(state: RunState) -> bool:
    """The wish was read as an ordinary one and nothing was said since: a researcher need not be asked what it needs."""
    routing, options = state.get("routing"), state["options"]
    said = state["amendments"] or state["answers"] or options.get("allow_download")
    return routing is not None and routing.get("search") is False and not said


async def _wanted(shop: Workshop, state: RunState) -> Wanted:
    purpose = purpose_of(state)
    sections, own = await _sections(shop, state)
    message = sections["error"] if purpose == "repair" else sections["message"]
    routing = state.get("routing")
    query = routing.get("query", "") if routing is not None else ""
    if purpose == "answer" and query:
        planned = researcher.Searches("", (researcher.Wanted(query, "web"),))
    else:
        planned = await _planned(shop, state, sections)
    searches = [
        {"query": query, "topic": search.topic}
        for search in planned.searches
        if (query := clean_query(search.query, own))
    ]
    return {
        "purpose": purpose,
        "why": planned.why,
        "message": message,
        "searches": searches,
        "named": list(state["options"].get("allow_download") or []) if purpose == "plan" else [],
        "about": failure_key(state) if purpose == "repair" else "",
    }


async def _planned(shop: Workshop, state: RunState, sections: dict[str, str]) -> Searches:
    tag = CallTag("researcher.plan", attempt=1 + len(state.get("looked") or []))
    return await researcher.plan_searches(shop.asking(state), tag, purpose=purpose_of(state), sections=sections)


async def _sections(shop: Workshop, state: RunState) -> tuple[dict[str, str], frozenset[str]]:
    """What the researcher is told, and the names that must not leave."""
    if purpose_of(state) == "repair":
        return await _of_failure(shop, state)
    message = (await shop.archive.message(state["request"])).text
    sections = {"locale": state["locale"], "message": message[:_MESSAGE]}
    if purpose_of(state) == "answer":
        latest = await shop.archive.recent(state["project"], before=state["request"], limit=_LATEST)
        said = [item.text[:_EARLIER] for item in latest if item.author == "person" and item.kind == "text"]
        return {**sections, "earlier": "\n".join(said)[-_EARLIER:]}, frozenset()
    amended = [(await shop.archive.message(reference)).text for reference in state["amendments"]]
    amended += _own_answers(state)
    return {**sections, "amendments": "\n".join(amended)[:_EARLIER]}, frozenset()


def _own_answers(state: RunState) -> list[str]:
    """What the person answered in words of their own: a default was worded by a model that reads earlier answers."""
    routing = state.get("routing")
    defaults = {one["id"]: one["default"] for one in routing["questions"]} if routing is not None else {}
    return [answer for name, answer in state["answers"].items() if answer.strip() != defaults.get(name, "").strip()]


async def _of_failure(shop: Workshop, state: RunState) -> tuple[dict[str, str], frozenset[str]]:
    failure = cast("dict[str, Any]", state["failure"])
    plan = await shop.plan(state["plan"])
    files = await shop.workspace.files(state["project"], state["tree"])
    own = own_words(plan, files)
    seen = "\n".join([*(str(item["problem"]) for item in failure["findings"]), str(failure["output"])])
    sections = {
        "locale": state["locale"],
        "error": scrubbed(seen, own),
        "language": plan["language"],
        "packages": ", ".join(plan["dependencies"]),
    }
    return sections, own
