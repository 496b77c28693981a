"""Take: download what a person allowed, each repository once, and say what roles may know of it.

The table of consents is asked again right before each download; a repository that cannot be taken is told and left out.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import MultiCoderError
from core.research import Repository
from graph import found as texts
from graph.researching import address_of
from memory.tokens.counting import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.events import Json
    from core.memory import Memory, RecalledLine
    from core.research import Consents, DownloadConsent, RepositorySource
    from graph.researching import Candidate
    from graph.state import RunState
    from graph.workshop import Workshop

_LOG: Final = logging.getLogger(__name__)
_FILES_LISTED: Final = 60
_LISTED: Final = 700
"""Tokens of the names of one repository's files."""
_FILES_READ: Final = 200
_LINES_READ: Final = 1_500
_NOTICE_LINES: Final = 400
_MOST_NOTICES: Final = 3


async def run(shop: Workshop, state: RunState) -> RunState:
    """Take every repository that was granted in this run."""
    if shop.source is None or shop.consents is None or shop.memory is None:
        return {"granted": []}
    record = cast("dict[str, Any]", await shop.kept(state["found"]))
    taken = []
    for candidate in cast("list[Candidate]", record["repositories"]):
        if address_of(candidate) in state["granted"]:
            one = await _take(shop, state, candidate, shop.source, shop.consents)
            if one is not None:
                taken.append(one)
    if not taken:
        return {"granted": []}
    wanted = [f"{candidate['what']} {candidate['why']}" for candidate in record["repositories"]]
    words = texts.words_of(
        await shop.request_text(state), *wanted, *(str(search["query"]) for search in record["searched"])
    )
    told, given = await _told(shop.memory, taken, words)
    notices = "\n\n".join([await _notice(shop.memory, one) for one in taken])
    kept = {"taken": [{**one, "files": sorted(one["files"])} for one in taken], "told": told, "notices": notices}
    if not state.get("tainted"):
        shop.say("SECURITY", "run.tainted", state, risk="low", by="take")
    return {"granted": [], "taken": await shop.keep({**kept, "given": given}), "tainted": True}


async def _take(
    shop: Workshop, state: RunState, candidate: Candidate, source: RepositorySource, consents: Consents
) -> dict[str, Any] | None:
    """Download one repository, or say why it was not."""
    address, commit = address_of(candidate), candidate["commit"]

    async def perform(_: Json) -> Json:
        consent = await consents.standing(state["run"], address, commit)
        if consent is None or consent.decision != "allow":
            return {"failed": "consent-missing"}
        shop.say("FILE", "download.started", state, address=address, commit=commit)
        return await _taken(state, _repository(candidate), consent, source)

    key = shop.key(state, "take", inputs={"address": address, "commit": commit})
    result = cast("dict[str, Any]", await shop.ledger.once(key, perform))
    if result.get("failed"):
        shop.say("ERROR", "download.failed", state, address=address, code=result["failed"])
        return None
    shop.say(
        "FILE",
        "download.finished",
        state,
        address=address,
        commit=commit,
        files=len(result["files"]),
        refused=dict(result["refused"]),
    )
    return result


async def _taken(
    state: RunState,
    repository: Repository,
    consent: DownloadConsent,
    source: RepositorySource,
) -> dict[str, Json]:
    try:
        taken = await source.take(repository, consent, project=state["project"], run=state["run"])
    except MultiCoderError as error:  # also ActionBlocked: a consent taken back a moment ago
        return {"failed": error.code}
    except Exception as error:  # noqa: BLE001 - the named border: a foreign archive must never end or hold a run
        _LOG.exception("a repository could not be taken")
        return {"failed": type(error).__name__}
    return {
        "address": taken.address,
        "commit": taken.commit,
        "sha256": taken.sha256,
        "licence": taken.licence or repository.licence,
        "files": dict(taken.files),
        "refused": dict(taken.refused),
        "notices": list(taken.notices),
        "failed": "",
    }


def _repository(candidate: Candidate) -> Repository:
    return Repository(**{item.name: candidate[item.name] for item in fields(Repository)})  # type: ignore[literal-required]


async def _told(memory: Memory, taken: Sequence[dict[str, Any]], words: frozenset[str]) -> tuple[str, bool]:
    """Name, licence and files of each repository, then the lines that fit; and whether any line was given."""
    headings = []
    chosen: list[RecalledLine] = []
    share = texts.TAKEN // len(taken)
    for one in taken:
        files: Mapping[str, str] = one["files"]
        names = sorted(files)
        more = f"\n(and {len(names) - _FILES_LISTED} more)" if len(names) > _FILES_LISTED else ""
        listed = "\n".join(f"{name} ({files[name]})" for name in names[:_FILES_LISTED])
        heading = f"{one['address']} at {one['commit']}, licence {one['licence'] or 'not told'}\n{listed}{more}"
        headings.append(await asyncio.to_thread(cut, heading, _LISTED))
        chosen += await _lines(memory, one["address"], files, words, share)
    told = await asyncio.to_thread(texts.budgeted, chosen, texts.TAKEN)
    return "\n\n".join([*headings, *([told] if told else [])]), bool(told)


async def _lines(
    memory: Memory, address: str, files: Mapping[str, str], words: frozenset[str], tokens: int
) -> list[RecalledLine]:
    """The lines of a repository that fit the task best, from the files whose names or lines hold its words."""
    ranked = sorted(files, key=lambda name: (-len(words & texts.words_of(name.replace("/", " "))), len(name), name))
    chosen: list[RecalledLine] = []
    for number, name in enumerate(ranked[:_FILES_READ], 1):
        lines = await memory.documents.lines(files[name], 1, _LINES_READ)
        numbers = await asyncio.to_thread(texts.fitting, lines, words, max(60, tokens // (number + 1)))
        page: texts.Read = {"n": 0, "document": files[name], "title": f"{address}/{name}", "url": ""}
        chosen += texts.shown(page, lines, numbers, "code")
        if len(chosen) > tokens:
            break
    return chosen


async def _notice(memory: Memory, one: dict[str, Any]) -> str:
    """What has to be said of a repository whose code may have been used: where it is from, and its licence in full."""
    parts = [f"## {one['address']}", f"Commit {one['commit']}, licence {one['licence'] or 'not told'}"]
    for path in one["notices"][:_MOST_NOTICES]:
        document = one["files"].get(path)
        if document:
            lines = await memory.documents.lines(document, 1, _NOTICE_LINES)
            parts.append("\n".join([f"{path}:", "", *(f"    {line}".rstrip() for line in lines)]))
    return "\n\n".join(parts)
