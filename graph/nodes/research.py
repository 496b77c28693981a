"""Research: search, choose, read, and say what was found with the lines it stands on. Looks only; takes nothing.

What is read becomes foreign documents of the project, so that every place a finding cites is a line of an archived
copy. The internet never ends or holds a run: whatever is in the way is told, and the run goes on without.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, cast

from agents.roles import researcher
from core.errors import ProviderError
from core.honest import one_line
from core.ports import CallTag
from graph import found as texts
from graph.nodes import reading
from graph.nodes.reading import TITLE, Trip
from graph.researching import address_of
from memory.context import recalled_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.roles.researcher import Choice, Claim, Picked
    from core.events import Json
    from core.memory import RecalledLine
    from core.research import Consents, Found, Hit, Repository
    from graph.found import Read, Record
    from graph.researching import Wanted
    from graph.state import RunState
    from graph.workshop import Workshop

_HITS: Final = 24
_MOST_LINES: Final = 4_000
"""Lines of a page that are looked at."""


async def run(shop: Workshop, state: RunState) -> RunState:
    """Do what was planned and, where it needed one, agreed to."""
    wanted = cast("Wanted", await shop.kept(state["searches"]))
    if shop.research is None or shop.memory is None:
        shop.say("INFO", "research.skipped", state, purpose=wanted["purpose"], why="absent")
        return {"searches": ""}
    trip = Trip(shop, state, shop.research, shop.memory, wanted)
    record = await _record(trip)
    reference = await shop.keep(cast("dict[str, object]", record))
    trip.say(
        "research.finished",
        findings=len(record["findings"]),
        sources=[dict(page) for page in record["pages"]],  # type: ignore[arg-type]  # JSON values
        repositories=[address_of(candidate) for candidate in record["repositories"]],
    )
    update: RunState = {"searches": "", "offered": "", "granted": []}
    update["hints" if wanted["purpose"] == "repair" else "found"] = reference
    if record["pages"] or record["repositories"] or record["searched"]:
        update["tainted"] = True
        if not state.get("tainted"):
            shop.say("SECURITY", "run.tainted", state, risk="low", by="research")
    if record["repositories"] and shop.source is not None and shop.consents is not None:
        update.update(await _decided(trip, record, shop.consents))
    return update


# ------------------------------------------------------------------------------------------------ steps


async def _record(trip: Trip) -> Record:
    hits, searched, failed = await _searched(trip)
    empty: Record = {
        "purpose": trip.purpose,
        "about": trip.wanted["about"],
        "failed": failed,
        "searched": searched if hits else [],
        "pages": [],
        "findings": [],
        "repositories": [],
        "sections": {},
    }
    if not hits and not trip.wanted["named"]:
        return empty
    try:
        choice = await _chosen(trip, hits)
        brought = await _read(trip, hits, choice)
        lines, findings = await _found(trip, brought["pages"])
    except ProviderError as error:
        trip.say("research.failed", code=error.code, url="")
        return {**empty, "failed": error.code}
    sections = await asyncio.to_thread(_sections, brought["pages"], lines, findings)
    return {
        **empty,
        "pages": brought["pages"],
        "repositories": brought["repositories"],
        "findings": findings,
        "sections": sections,
    }


async def _searched(trip: Trip) -> tuple[list[dict[str, Any]], list[texts.Searched], str]:
    """The hits of all searches, each address once; what was asked; what was in the way where there are none."""

    async def perform(_: Json) -> Json:
        answers: list[Json] = []
        for search in trip.wanted["searches"]:
            asked = trip.research.search(search["query"], cast("Any", search["topic"]))
            found, code = await reading.careful(asked)
            answers.append(_answer(search, found, code))
        return answers

    key = trip.shop.key(trip.state, "search", inputs=cast("Json", trip.wanted["searches"]))
    answers = cast("list[dict[str, Any]]", await trip.shop.ledger.once(key, perform))
    hits: dict[str, dict[str, Any]] = {}
    for answer in answers:
        trip.say("research.searched", **{**answer, "hits": len(answer["hits"])})
        for hit in answer["hits"]:
            hits.setdefault(hit["url"], hit)
    faults = [answer["failed"] for answer in answers if answer["failed"]]
    failed = "" if hits or not answers else (faults[0] if faults else "research-missing")
    if failed:
        trip.say("research.failed", code=failed, url="")
    searched: list[texts.Searched] = [
        {"query": answer["query"], "engine": answer["engine"], "hits": len(answer["hits"])} for answer in answers
    ]
    return list(hits.values())[:_HITS], searched, failed


def _answer(search: dict[str, str], found: Found | None, code: str) -> dict[str, Json]:
    tried = list(found.tried) if found is not None else []
    hits = list(found.hits) if found is not None else []
    if not hits and tried and not code:
        code = f"research-{tried[0].fault.replace('_', '-')}"
    return {
        "query": search["query"],
        "topic": search["topic"],
        "engine": found.engine if found is not None else "",
        "tried": [{"engine": one.engine, "fault": one.fault} for one in tried],
        "hits": [_hit(hit) for hit in hits],
        "failed": "" if hits else code,
    }


def _hit(hit: Hit) -> dict[str, Json]:
    owner = hit.repository
    return {
        "title": one_line(hit.title)[:TITLE],
        "url": hit.url,
        "extract": one_line(hit.extract)[:TITLE],
        "repository": owner.address if owner is not None else "",
        "facts": _facts(owner) if owner is not None else "",
    }


def _facts(repository: Repository) -> str:
    licence = repository.licence or "no licence told"
    return f"{licence}, {repository.stars} stars, {repository.size} bytes{', archived' if repository.archived else ''}"


async def _chosen(trip: Trip, hits: Sequence[dict[str, Any]]) -> Choice:
    """What the researcher wants to read; numbers that stand for no result are left out."""
    if not hits:
        return researcher.Choice((), ())
    listed = "\n".join(
        f"{number}. {hit['title']} | {hit['url']}\n   {hit['extract']}"
        + (f"\n   repository {hit['repository']}: {hit['facts']}" if hit["repository"] else "")
        for number, hit in enumerate(hits, 1)
    )
    choice = await researcher.choose(
        trip.shop.asking(trip.state),
        CallTag("researcher.choose", attempt=trip.attempt),
        purpose=trip.purpose,
        sections={"locale": trip.state["locale"], "message": trip.wanted["message"], "hits": listed},
    )
    pages = tuple(dict.fromkeys(number for number in choice.pages if 1 <= number <= len(hits)))
    picked = tuple(one for one in choice.repositories if 1 <= one.number <= len(hits))
    return researcher.Choice(pages, picked if trip.purpose == "plan" else ())


async def _read(trip: Trip, hits: Sequence[dict[str, Any]], choice: Choice) -> dict[str, Any]:
    """Read the chosen pages and look at the chosen repositories; every one that fails is told and left out."""
    urls = [(str(hits[number - 1]["url"]), str(hits[number - 1]["repository"])) for number in choice.pages]
    picked = [*_named(trip), *_picked(hits, choice.repositories)]

    async def perform(_: Json) -> Json:
        looked, told = await reading.together(  # a slow site holds up no other
            reading.together(*(reading.candidate(trip, *one) for one in picked)),
            reading.together(*(reading.at_host(trip, at) if at else reading.page(trip, url) for url, at in urls)),
        )
        candidates = [one for one in looked if one is not None]
        read = [*(one for one in told if one is not None), *(one for _, one in candidates)]
        pages = {one["document"]: one for one in read}
        for number, one in enumerate(pages.values(), 1):
            one["n"] = number
        offered = {address_of(one): one for one, _ in candidates}
        return cast("Json", {"pages": list(pages.values()), "repositories": list(offered.values())})

    inputs: Json = {"urls": [list(one) for one in urls], "repositories": [list(one) for one in picked]}
    brought = await trip.shop.ledger.once(trip.shop.key(trip.state, "read", inputs=inputs), perform)
    return cast("dict[str, Any]", brought)


def _named(trip: Trip) -> list[tuple[str, str, str]]:
    return [(address, "", "--allow-download") for address in trip.wanted["named"]]


def _picked(hits: Sequence[dict[str, Any]], repositories: Sequence[Picked]) -> list[tuple[str, str, str]]:
    found = []
    for one in repositories:
        hit = hits[one.number - 1]
        if address := hit["repository"] or _address(str(hit["url"])):
            found.append((address, one.take, one.why))
    return found


def _address(url: str) -> str:
    """`host/owner/name` of the page of a repository; empty where the address has another shape."""
    parts = [part for part in url.partition("://")[2].partition("?")[0].partition("#")[0].split("/") if part]
    whole = 3
    return "/".join(parts[:whole]) if len(parts) >= whole else ""


async def _found(trip: Trip, pages: Sequence[Read]) -> tuple[list[RecalledLine], list[texts.Finding]]:
    """The lines that were shown, and the findings that rest on them; what rests on none is dropped and counted."""
    if not pages:
        return [], []
    lines = await _lines(trip, pages)
    told = await asyncio.to_thread(recalled_text, lines)
    claims: list[Claim] = await researcher.find(
        trip.shop.asking(trip.state),
        CallTag("researcher.read", attempt=trip.attempt),
        purpose=trip.purpose,
        sections={"locale": trip.state["locale"], "message": trip.wanted["message"], "pages": told},
    )
    findings = texts.supported(claims, lines)
    if len(findings) < len(claims):
        trip.say("research.dropped", count=len(claims) - len(findings))
    return lines, findings


async def _lines(trip: Trip, pages: Sequence[Read]) -> list[RecalledLine]:
    words = texts.words_of(trip.wanted["message"], *(search["query"] for search in trip.wanted["searches"]))
    share = texts.READING // len(pages)
    chosen: list[RecalledLine] = []
    for page in pages:
        lines = await trip.memory.documents.lines(page["document"], 1, _MOST_LINES)
        numbers = await asyncio.to_thread(texts.fitting, lines, words, share)
        chosen += texts.shown(page, lines, numbers)
    return chosen


def _sections(
    pages: Sequence[Read], lines: Sequence[RecalledLine], findings: Sequence[texts.Finding]
) -> dict[str, str]:
    """What roles are told: findings, the lines they cite and those around them, numbered sources."""
    places = [spot for item in findings for text in item["places"] for spot in texts.cited(text)]
    near = [
        line for line in lines if any(at.source == line.source and at.first <= line.line <= at.last for at in places)
    ]
    rest = [line for line in lines if line not in near]
    told = {
        "found": texts.found_text(findings),
        "pages": texts.budgeted([*near, *rest], texts.PAGES),
        "sources": texts.sources_text(pages),
    }
    return {name: text for name, text in told.items() if text}


# ------------------------------------------------------------------------------------------------ consent


async def _decided(trip: Trip, record: Record, consents: Consents) -> RunState:
    """What the person allowed when starting the run is recorded; what nobody decided about is to be asked."""
    run = trip.state["run"]
    allowed = {address.casefold() for address in trip.state["options"].get("allow_download") or []}
    granted, undecided = [], []
    for candidate in record["repositories"]:
        address, commit = address_of(candidate), candidate["commit"]
        if address.casefold() in allowed:
            flag = "--allow-download"
            await consents.record(run, address, commit, "allow", reason=flag, via=flag)
        standing = await consents.standing(run, address, commit)
        if standing is None:
            undecided.append(candidate)
        elif standing.decision == "allow":
            granted.append(address)
    shown: dict[str, object] = {"repositories": undecided, "searched": record["searched"]}
    offered = await trip.shop.keep(shown) if undecided else ""
    return {"offered": offered, "granted": granted}
