"""Our own methods of the memory. What was remembered goes out as data, with its place and who stands behind it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

from core.errors import InputError
from core.i18n import tr
from core.memory import Kind, Lines, Reach, RecallQuery, Standing
from engine.acp.live import task_row
from engine.acp.parameters import Parameters
from engine.ingesting import import_order, order_import
from engine.memory_desk import LONGEST_LINE, MOST_LINES, MOST_RECALLED, MemoryDesk
from engine.rebuilding import REBUILD_KIND, REBUILD_SUBJECT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.memory import Document, RecalledLine
    from engine.acp.server import Client
    from engine.memory_desk import ChatFound, Found, Linked, Place
    from memory.decisions import Decision

_PAGE: Final = 200
_MOST_FOUND: Final = 50
_MOST_PINNED: Final = 200
_LONGEST_QUESTION: Final = 20_000
_LONGEST_REASON: Final = 1_000
_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_REACHES: Final[tuple[Reach, ...]] = get_args(Reach)
_STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)


def _desk(client: Client) -> MemoryDesk:
    engine = client.reactor.engine
    return MemoryDesk(engine.memory, engine.archive, engine.sessions, engine.journal)


# ---------------------------------------------------------------------------------------------------- looking


async def _state(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    found = await _desk(client).state()
    return {
        "messages": found.messages,
        "documents": found.documents,
        "lines": found.lines,
        "indexed": found.indexed,
        "embedded": found.embedded,
        "lost": found.lost,
        "vectors": found.vectors,
        "trouble": found.trouble,
        "bytesKept": found.bytes_kept,
        "bytesUsed": found.bytes_used,
        "facts": dict(found.facts),
    }


async def _recall(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    reach = _choice(given, "reach", _REACHES, "project")
    query = RecallQuery(
        given.text("query", longest=_LONGEST_QUESTION),
        also=given.texts("also"),
        project=given.text("project", ""),
        session=given.text("sessionId", ""),
        reach=reach,
        widest=_choice(given, "widest", _REACHES, reach),
        kinds=_kinds(given),
        limit=given.whole("limit", 10, least=1, most=MOST_RECALLED),
    )
    return {"lines": [_found(item) for item in await _desk(client).recall(query)]}


async def _search(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    text = given.text("text", "", longest=_LONGEST_QUESTION)
    found = await _desk(client).search(text, given.whole("limit", _MOST_FOUND, least=1, most=_MOST_FOUND))
    return {
        "chats": [_chat(item) for item in found.chats],
        "documents": [_line(line) for line in found.documents],
    }


async def _documents(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    limit = given.whole("limit", _PAGE, least=1, most=_PAGE)
    found = await _desk(client).documents(
        project=given.text("project", "") if given.has("project") else None,
        kind=_choice(given, "kind", _KINDS, None) if given.has("kind") else None,
        standing=_choice(given, "standing", _STANDINGS, None) if given.has("standing") else None,
        after=given.text("after", ""),
        limit=limit + 1,
    )
    page = found[:limit]
    return {
        "documents": [_document(item) for item in page],
        "next": page[-1].document if len(found) > limit else "",
    }


async def _one(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    return {"document": _document(await _desk(client).document(Parameters(params).text("document")))}


async def _lines(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    first = given.whole("first", 1, least=1)
    last = given.whole("last", first, least=first)
    if last - first >= MOST_LINES:
        raise InputError("bad-parameter", name="last", wanted=f"< first + {MOST_LINES}")
    read = await _desk(client).read(Lines(given.text("source", longest=200), first, last))
    return {
        "source": read.lines.source,
        "first": read.lines.first,
        "lines": list(read.texts),
        "cut": list(read.cut),
        "total": read.total,
        "name": read.name,
        "kind": read.kind,
        "standing": read.standing,
        "reason": read.reason,
        "linked": [_linked(item) for item in read.linked],
        **_place(read.place),
    }


async def _pinned(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    found = await _desk(client).pinned(Parameters(params).text("sessionId"))
    return {"pinned": [_decision(client, item) for item in found[:_MOST_PINNED]], "total": len(found)}


# ---------------------------------------------------------------------------------------------------- doing


async def _import(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given, reactor = Parameters(params), client.reactor
    order = import_order(
        given.texts("paths"),
        project=given.text("project", ""),
        session=given.text("sessionId", ""),
        speakers=given.switch("speakers") if given.has("speakers") else None,
    )
    task = await order_import(reactor.tasks, reactor.engine.archive, order, client.tongue())
    return {"task": task_row(task, client.tongue())}


async def _export(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    path = _path(given.text("path", longest=4_000))
    overwrite = given.switch("overwrite")
    found = await _desk(client).export(given.text("document"), path, by=client.via, overwrite=overwrite)
    return {"path": str(path), "bytes": found.size}


async def _forget(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    return await _stand(client, params, "forgotten")


async def _quarantine(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    return await _stand(client, params, "quarantined")


async def _release(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    return await _stand(client, params, "kept")


async def _stand(client: Client, params: dict[str, Any], standing: Standing) -> dict[str, Any]:
    given = Parameters(params)
    reason = given.text("reason", "", longest=_LONGEST_REASON)
    changed = await _desk(client).set_standing(given.text("document"), standing, reason, by=client.via)
    return {"document": _document(changed)}


async def _rebuild(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    title = tr("memory-rebuild-title", client.locale)
    task = await client.reactor.tasks.submit(REBUILD_KIND, title, subject=REBUILD_SUBJECT)
    return {"task": task_row(task, client.tongue())}


# ---------------------------------------------------------------------------------------------------- as JSON


def _choice(given: Parameters, name: str, choices: tuple[Any, ...], default: Any) -> Any:
    value = given.text(name, default) if default is not None else given.text(name)
    if value not in choices:
        raise InputError("bad-parameter", name=name, wanted=", ".join(choices))
    return value


def _kinds(given: Parameters) -> tuple[Kind, ...]:
    wanted = given.texts("kinds") or _KINDS
    if unknown := [kind for kind in wanted if kind not in _KINDS]:
        raise InputError("bad-parameter", name=f"kinds.{unknown[0]}"[:80], wanted=", ".join(_KINDS))
    return tuple(kind for kind in _KINDS if kind in wanted)


def _path(text: str) -> Path:
    path = Path(text)
    if not path.is_absolute():
        raise InputError("cwd-not-absolute", path=text[:200])
    return path


def _place(place: Place) -> dict[str, Any]:
    return {"sessionId": place.session, "messageId": place.prompt, "run": place.run, "author": place.author}


def _linked(linked: Linked) -> dict[str, Any]:
    kind = {"commit": linked.other} if not linked.name else {"document": linked.other, "name": linked.name}
    return {"relation": linked.relation, "toIt": linked.to_it, **kind}


def _found(found: Found) -> dict[str, Any]:
    return _line(found.line) | _place(found.place)


def _line(line: RecalledLine) -> dict[str, Any]:
    return {
        "place": line.place,
        "source": line.source,
        "line": line.line,
        "text": line.text,
        "score": line.score,
        "kind": line.kind,
        "trust": line.trust,
        "name": line.name,
        "project": line.project,
        "speaker": line.speaker,
        "at": line.created,
    }


def _chat(found: ChatFound) -> dict[str, Any]:
    facts = {"sessionId": found.session.session, "title": found.session.title, "hits": found.hits}
    return facts | ({"best": _found(found.best)} if found.best is not None else {})


def _decision(client: Client, decision: Decision) -> dict[str, Any]:
    later, agreed = decision.superseded_by, decision.confirms
    reasons = [
        tr("memory-pinned-changed" if decision.changed else "memory-pinned-retracted", client.tongue())
        if later
        else "",
        tr("memory-pinned-agrees", client.tongue()) if agreed else "",
    ]
    return {
        "text": decision.text[:LONGEST_LINE],
        "state": decision.status,
        "strength": decision.strength,
        "why": " ".join(reason for reason in reasons if reason),
        "places": [str(place) for place in (decision.place, later, agreed) if place is not None],
        "at": decision.created,
    }


def _document(document: Document) -> dict[str, Any]:
    note = {key: value for key, value in asdict(document.note).items() if key not in {"session", "speakers"}}
    return note | {
        "document": document.document,
        "sessionId": document.note.session,
        "sha256": document.sha256,
        "bytes": document.size,
        "lines": document.lines,
        "encoding": document.encoding,
        "at": document.created,
        "standing": document.standing,
        "reason": document.reason,
    }


REMEMBERING: Final[dict[str, Callable[[Client, dict[str, Any]], Awaitable[dict[str, Any]]]]] = {
    "memory/state": _state,
    "memory/recall": _recall,
    "memory/search": _search,
    "memory/documents": _documents,
    "memory/document": _one,
    "memory/lines": _lines,
    "memory/pinned": _pinned,
    "memory/import": _import,
    "memory/export": _export,
    "memory/forget": _forget,
    "memory/quarantine": _quarantine,
    "memory/release": _release,
    "memory/rebuild": _rebuild,
}
