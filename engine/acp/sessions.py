"""The session methods of the protocol."""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING, Any, Final, get_args

from agents.providers.opening import DEMO_TEAM, OWN_TEAM, team_of
from agents.providers.styles import STYLES
from core.errors import InputError
from core.i18n import tr
from core.memory import Reach
from core.plan import Target
from core.research import WEB_USES
from engine.acp.parameters import Parameters
from engine.acp.updates import commands
from engine.conversations import folder_of
from graph.nodes.intake import SEARCH

if TYPE_CHECKING:
    from acp import schema

    from core.sessions import Session
    from engine.acp.server import Client

_PAGE: Final = 100
TARGETS: Final[tuple[Target, ...]] = get_args(Target)
REACHES: Final[tuple[Reach, ...]] = get_args(Reach)
USUAL_REACH: Final[Reach] = "project"
_TEAMS: Final = (OWN_TEAM, *STYLES, DEMO_TEAM)
_OPTIONS: Final[dict[str, tuple[str, ...]]] = {"team": _TEAMS, "reach": REACHES, "web": WEB_USES}


async def new(client: Client, params: schema.NewSessionRequest, meta: dict[str, Any]) -> dict[str, Any]:
    """`session/new`."""
    options: dict[str, Any] = {"team": client.team or client.reactor.settings.team}
    options |= _wishes(meta)
    shelf = Parameters(meta).text("shelf", "")
    session = await client.reactor.conversations.open(str(folder_of(params.cwd)), options, shelf=shelf)
    await client.attach(session.session, replay=False)
    return {"sessionId": session.session, **_opened(client, session)}


def _wishes(meta: dict[str, Any]) -> dict[str, Any]:
    """What a client may choose for a conversation; anything that does not fit is refused by its name."""
    given = Parameters(meta)
    wishes: dict[str, Any] = {}
    if "team" in meta:
        wishes["team"] = given.text("team", "")
    if "out" in meta:
        wishes["out"] = str(folder_of(given.text("out")))
    if "reach" in meta:
        wishes["reach"] = given.text("reach")
        if wishes["reach"] not in REACHES:
            raise InputError("bad-parameter", name="reach", wanted=", ".join(REACHES))
    if "web" in meta:
        wishes["web"] = web_wish(given)
    if "target" in meta:
        wishes["target"] = given.text("target")
        if wishes["target"] not in TARGETS:
            raise InputError("unknown-target", target=wishes["target"][:40], targets=", ".join(TARGETS))
    if "budget" in meta:
        budget = given.number("budget")
        if budget is None or not 0 < budget < math.inf:
            raise InputError("bad-parameter", name="budget", wanted="> 0")
        wishes["budget"] = budget
    return wishes


def web_wish(given: Parameters) -> str:
    """How things may be looked up, as a client says; InputError for what is no such choice."""
    web = given.text("web")
    if web not in WEB_USES:
        raise InputError("bad-parameter", name="web", wanted=", ".join(WEB_USES))
    return web


async def load(client: Client, params: schema.LoadSessionRequest, _meta: dict[str, Any]) -> dict[str, Any]:
    """`session/load`: everything that was, then what happens; open questions are asked again."""
    session = await client.reactor.engine.sessions.session(params.session_id)
    await client.attach(session.session, replay=True)
    await client.asker.attach(session.session)
    return _opened(client, session)


async def resume(client: Client, params: schema.ResumeSessionRequest, _meta: dict[str, Any]) -> dict[str, Any]:
    """`session/resume`: what happens from now on, without the past."""
    session = await client.reactor.engine.sessions.session(params.session_id)
    await client.attach(session.session, replay=False)
    await client.asker.attach(session.session)
    return _opened(client, session)


async def fork(client: Client, params: schema.ForkSessionRequest, meta: dict[str, Any]) -> dict[str, Any]:
    """`session/fork`, of the whole session or of what was before `_meta.multicoder.fromMessage`."""
    before = str(meta.get("fromMessage") or "")
    session = await client.reactor.conversations.fork(params.session_id, before)
    await client.attach(session.session, replay=bool(meta.get("replay")))
    return {"sessionId": session.session, **_opened(client, session)}


async def list_(client: Client, params: schema.ListSessionsRequest, _meta: dict[str, Any]) -> dict[str, Any]:
    """`session/list`: newest first, a page at a time."""
    sessions = [
        item
        for item in reversed(await client.reactor.engine.sessions.sessions())
        if params.cwd is None or item.cwd == params.cwd
    ]
    start = _cursor(params.cursor)
    page = sessions[start : start + _PAGE]
    answer: dict[str, Any] = {"sessions": [await _info(client, item) for item in page]}
    if start + _PAGE < len(sessions):
        answer["nextCursor"] = str(start + _PAGE)
    return answer


async def delete(client: Client, params: schema.DeleteSessionRequest, _meta: dict[str, Any]) -> dict[str, Any]:
    """`session/delete`: it leaves the list; its projects, files and words stay."""
    await client.reactor.engine.sessions.session(params.session_id)
    await client.reactor.conversations.cancel(params.session_id, by=client.via)
    await client.detach(params.session_id)
    await client.reactor.engine.sessions.change_session(params.session_id, deleted=True)
    return {}


async def close(client: Client, params: schema.CloseSessionRequest, _meta: dict[str, Any]) -> dict[str, Any]:
    """`session/close`: this client looks away; work goes on."""
    await client.detach(params.session_id)
    return {}


async def set_config(client: Client, params: Any, _meta: dict[str, Any]) -> dict[str, Any]:
    """`session/set_config_option`: the team of a session, how far its memory reaches, how it looks things up."""
    session = await client.reactor.engine.sessions.session(params.session_id)
    if params.value not in _OPTIONS.get(params.config_id, ()):
        raise InputError("unknown-option", option=str(params.config_id), value=str(params.value))
    options = {**session.options, params.config_id: str(params.value)}
    session = await client.reactor.engine.sessions.change_session(params.session_id, options=options)
    return {"configOptions": _config(client, session)}


async def _info(client: Client, session: Session) -> dict[str, Any]:
    state = await client.reactor.conversations.state(session.session)
    return {
        "sessionId": session.session,
        "cwd": session.cwd,
        "title": session.title or None,
        "updatedAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(state.changed or session.created)),
        "_meta": {
            "multicoder": {
                "parent": session.parent,
                "run": state.run,
                "running": bool(state.run),
                "waits": state.waits,
            }
        },
    }


def _opened(client: Client, session: Session) -> dict[str, Any]:
    """What opening a conversation is answered with. What may be typed in it is told right behind the answer.

    Editors know a conversation only once they have the answer, and refuse slash commands nobody told them of. The
    answer is sent in the step of the loop that runs now, before anything that is only called soon.
    """
    if not client.window:
        does, hint = tr("command-search", client.locale), tr("command-search-hint", client.locale)
        offered = commands([(SEARCH.removeprefix("/"), does, hint)])
        asyncio.get_running_loop().call_soon(client.update, session.session, offered)
    return {"configOptions": _config(client, session)}


def _config(client: Client, session: Session) -> list[dict[str, Any]]:
    current = team_of(str(session.options.get("team") or ""), client.reactor.settings.team) or OWN_TEAM
    reach = str(session.options.get("reach") or USUAL_REACH)
    return [
        _select(client, "team", current, category="model"),
        _select(client, "reach", reach),
        _select(client, "web", str(session.options.get("web") or client.reactor.settings.web_search)),
    ]


def _select(client: Client, name: str, current: str, **facts: str) -> dict[str, Any]:
    values = [{"value": value, "name": tr(f"option-{name}-{value}", client.locale)} for value in _OPTIONS[name]]
    title = tr(f"option-{name}", client.locale)
    return {"type": "select", "id": name, "name": title, **facts, "currentValue": current, "options": values}


def _cursor(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal():
        raise InputError("unknown-cursor", cursor=cursor[:40])
    return int(cursor)
