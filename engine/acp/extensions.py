"""Our own methods, `_multicoder/...`: what the protocol has no words for. They are listed in docs/protocol.md.

Each is one small function of the client and its parameters; all that decide or change something are journaled where
they are done, with the name of the client that asked.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from agents.providers.opening import DEMO_TEAM, team_of
from core.errors import ConfigurationError, InputError
from core.events import Event
from core.i18n import tr
from core.settings import declared
from engine.acp.consenting import CONSENTS
from engine.acp.fleet import FLEET
from engine.acp.live import task_row
from engine.acp.parameters import Parameters
from engine.acp.remembering import REMEMBERING
from engine.acp.sealing import SEALING
from engine.acp.vault import VAULT
from engine.auditing import ALL, DRILL_KIND
from engine.branching import branches
from engine.journal import JournalFilter, search
from engine.paranoid.drills.catalogue import find
from engine.reports.filters import ReportFilter
from engine.reports.worker import report_order
from engine.reports.writing import check
from engine.runs import RUN_KIND
from engine.statistics.gathering import gather_statistics
from engine.steps import read_steps
from engine.trials import TRIAL_KIND, TRIAL_PRIORITY, trial_subject
from engine.versions import difference, project_of, version_of, versions
from graph.approvals import Reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from core.events import Json
    from engine.acp.server import Client
    from engine.tasks.task import Task

    Extension = Callable[[Client, dict[str, Any]], Awaitable[dict[str, Any]]]

_ROWS: Final = 1_000


# ---------------------------------------------------------------------------------------------------- engine, board


async def _info(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    return client.reactor.info(client.tongue())


async def _stop(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    client.reactor.ask_to_stop(by=client.via)
    return {}


async def _status(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    if given.switch("probe"):
        await client.reactor.board.probe_now(given.text("system", ""))
    locale = client.tongue(given.text("locale", ""))
    return {"systems": [row.as_dict(locale) for row in client.reactor.board.snapshot()]}


async def _restart_system(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    await client.reactor.board.restart(Parameters(params).text("system"), by=client.via)
    return {}


# ---------------------------------------------------------------------------------------------------- tasks, runs


async def _tasks(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    states = cast("Any", given.texts("states"))
    rows = client.reactor.tasks.tasks(states=states, kind=given.text("kind", ""))
    return {"tasks": [task_row(task, client.tongue()) for task in rows]}


async def _pause(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    return _one(await client.reactor.tasks.pause(given.text("task"), note=given.text("note", ""), by=client.via))


async def _resume(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    return _one(await client.reactor.let_go_on(given.text("task"), note=given.text("note", ""), by=client.via))


async def _cancel(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    tasks, name = client.reactor.tasks, Parameters(params).text("task")
    task = tasks.get(name)
    if task.kind == RUN_KIND:
        await client.reactor.conversations.cancel_run(task.subject, by=client.via)
        return _one(tasks.get(name))
    return _one(await tasks.cancel(name, by=client.via))


async def _restart(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    return _one(await client.reactor.tasks.restart(Parameters(params).text("task"), by=client.via))


async def _prioritise(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    priority = given.whole("priority", least=-100, most=100)
    return _one(await client.reactor.tasks.prioritise(given.text("task"), priority))


async def _go_on(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given, reactor = Parameters(params), client.reactor
    run = given.text("run")
    task = reactor.tasks.find(RUN_KIND, run)
    if task is not None and task.state == "paused":
        await reactor.let_go_on(task.task, note=given.text("note", ""), by=client.via)
    else:
        await reactor.conversations.go_on(run, by=client.via)
    return {}


async def _steps(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    record = await client.reactor.engine.archive.run(Parameters(params).text("run"))
    steps = await read_steps(client.reactor.home, record)
    return {"steps": [{"number": step.number, "next": list(step.nodes), "at": step.at} for step in steps]}


async def _rewind(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    await client.reactor.conversations.rewind(given.text("run"), given.whole("step", least=-1), by=client.via)
    return {}


def _one(task: Task) -> dict[str, Any]:
    return {"task": task.as_dict()}


# ---------------------------------------------------------------------------------------------------- the person


async def _questions(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    rows = []
    for question in client.reactor.questions.pending():
        session = await client.reactor.engine.sessions.session_of(question.run)
        facts = {"run": question.run, "nonce": question.nonce, "since": question.since, "card": question.card}
        rows.append({"sessionId": session, **facts})
    return {"questions": rows}


async def _answer(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    run = given.text("run")
    answers = {key: str(value) for key, value in given.mapping("answers").items()}
    caps = {key: float(value) for key, value in given.mapping("caps").items() if _positive(value)}
    decision: Any = given.text("decision")
    reply = Reply(decision, text=given.text("text", ""), answers=answers, caps=caps)
    await client.reactor.questions.answer(run, reply, nonce=given.text("nonce"), via=client.via)
    await client.reactor.conversations.go_on(run, by=client.via)
    return {}


def _positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")


async def _blocked(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    rows = await client.reactor.guard.pending(Parameters(params).text("run", ""))
    return {"actions": [{"action": row.action_id, "at": row.at, **row.action.as_dict()} for row in rows]}


async def _decide(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    allowed, reason = given.switch("allowed"), given.text("reason")
    taken = await client.reactor.guard.decide(given.text("action"), allowed=allowed, reason=reason, via=client.via)
    return {"taken": taken}


# ---------------------------------------------------------------------------------------------------- conversations


async def _rename(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    await client.reactor.conversations.rename(given.text("sessionId"), given.text("title").strip()[:200])
    return {}


async def _regenerate(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    """Fork before a message and ask it again; the client then loads the fork and prompts follow there."""
    given = Parameters(params)
    origin, message, model = given.text("sessionId"), given.text("messageId"), given.text("model", "")
    if model and model not in await _models_for(client, origin):
        raise InputError("unknown-model", model=model[:200])
    prompts = await client.reactor.engine.sessions.prompts(origin)
    again = next((item for item in prompts if item.prompt == message), None)
    if again is None:
        raise InputError("unknown-message", message=message)
    fork = await client.reactor.conversations.fork(origin, message)
    text = given.text("text", "")
    turn = await client.reactor.conversations.ask_again(fork.session, again, text=text, model=model)
    return {"sessionId": fork.session, "run": turn.prompt.run}


async def _models(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    return {"models": list(await _models_for(client, Parameters(params).text("sessionId")))}


async def _models_for(client: Client, session: str) -> Sequence[str]:
    """The models an answer of a conversation can be asked of; none while no provider is set up."""
    engine = client.reactor.engine
    options = (await engine.sessions.session(session)).options
    team = team_of(str(options.get("team") or ""), client.reactor.settings.team)
    try:
        async with engine.crews.at_work("" if team == DEMO_TEAM else team) as crew:
            return crew.gateway.models()
    except ConfigurationError:
        return ()


async def _versions(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given, engine = Parameters(params), client.reactor.engine
    project = await project_of(engine, given.text("sessionId"), given.text("run"))
    return await versions(engine, project)


async def _version_diff(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given, engine = Parameters(params), client.reactor.engine
    project = await project_of(engine, given.text("sessionId"), given.text("run"))
    older, newer = given.whole("older", least=1), given.whole("newer", least=1)
    return await difference(engine, project, older, newer, given.whole("after", 0))


async def _restore_version(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    version = given.whole("version", least=1)
    text = tr("restore-words", client.locale, version=version)
    conversations = client.reactor.conversations
    turn = await conversations.restore_version(given.text("sessionId"), given.text("run"), version, text=text)
    data: dict[str, Json] = {"version": version, "by": client.via}
    client.reactor.engine.journal.emit(Event("AUDIT", "version.restore_asked", run=turn.prompt.run, data=data))
    return {"run": turn.prompt.run, "messageId": turn.prompt.prompt}


async def _try_version(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given, reactor = Parameters(params), client.reactor
    project = await project_of(reactor.engine, given.text("sessionId"), given.text("run"))
    version = await version_of(reactor.engine, project, given.whole("version", least=1))
    wanted: dict[str, Json] = {"project": project, "version": version.number}
    title = tr("trial-title", client.locale, title=version.plan["title"], version=version.number)
    subject = trial_subject(project, version.number)
    return _one(await reactor.tasks.submit(TRIAL_KIND, title, subject=subject, data=wanted, priority=TRIAL_PRIORITY))


async def _branches(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    return await branches(client.reactor.engine.sessions, Parameters(params).text("sessionId"))


async def _withdraw(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    await client.reactor.conversations.withdraw(given.text("sessionId"), given.text("messageId"))
    client.wake()
    return {}


async def _rate(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given, engine = Parameters(params), client.reactor.engine
    record = await engine.archive.run(given.text("run"))
    data: dict[str, Json] = {"good": given.switch("good"), "by": client.via}
    engine.journal.emit(Event("INFO", "answer.rated", run=record.run, data=data))
    return {}


# ---------------------------------------------------------------------------------------------------- shelves


async def _shelves(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    return {"shelves": await client.reactor.shelving.state()}


async def _create_shelf(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    return {"shelf": await client.reactor.shelving.create(Parameters(params).text("name"))}


async def _rename_shelf(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    await client.reactor.shelving.rename(given.text("shelf"), given.text("name"))
    return {}


async def _remove_shelf(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    await client.reactor.shelving.remove(Parameters(params).text("shelf"))
    return {}


async def _shelve(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    await client.reactor.shelving.put(given.text("sessionId"), given.text("shelf", ""))
    return {}


# ---------------------------------------------------------------------------------------------------- the record


async def _journal(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given, home = Parameters(params), client.reactor.home
    wanted = JournalFilter(
        runs=given.texts("runs") or None,
        types=given.texts("types"),
        names=given.texts("names"),
        risk=given.text("risk", "none"),
        since=given.number("since"),
        until=given.number("until"),
        text=given.text("text", ""),
        after=given.whole("after", 0),
        before=given.whole("before", 0) or None,
        limit=given.whole("limit", _ROWS, least=1, most=_ROWS),
        newest_first=given.switch("newestFirst"),
    )
    await asyncio.to_thread(client.reactor.engine.journal.flush)
    rows = await asyncio.to_thread(search, home.journal, wanted, archive_folder=home.journal_archive)
    return {"rows": [row.as_dict() for row in rows]}


async def _report(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    path = Path(given.text("path"))
    if not path.is_absolute():
        raise InputError("cwd-not-absolute", path=str(path)[:200])
    wanted = ReportFilter(
        project=given.text("project", ""),
        run=given.text("run", ""),
        types=cast("Any", given.texts("types")),
        risk_at_least=cast("Any", given.text("risk", "none")),
        since=given.number("since"),
        until=given.number("until"),
        locale=given.text("locale", client.locale),
    )
    overwrite = given.switch("overwrite")
    await asyncio.to_thread(check, given.text("format"), path, overwrite=overwrite)
    order = report_order(wanted, given.text("format"), path, overwrite=overwrite)
    return _one(await client.reactor.upkeep.report(order))


async def _statistics(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    found = await gather_statistics(client.reactor.home, Parameters(params).number("since"))
    return found.as_dict()


async def _settings(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    return {"settings": [client.reactor.setting(item, client.tongue()) for item in declared()]}


async def _set(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    await client.reactor.change_setting(given.text("key"), given.raw("value"), by=client.via)
    return await _settings(client, {})


async def _inspect(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    verdict = await client.reactor.paranoid.inspect()
    return verdict.as_dict(client.tongue(Parameters(params).text("locale", "")))


async def _drill(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    name = Parameters(params).text("drill", ALL)
    if name != ALL:
        find(name)
    return _one(await client.reactor.tasks.submit(DRILL_KIND, name, subject=name))


async def _backups(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    sets = await client.reactor.backups.list()
    return {"backups": [{"set": kept.name, "at": kept.at, "bytes": kept.size} for kept in sets]}


async def _back_up(client: Client, _params: dict[str, Any]) -> dict[str, Any]:
    return _one(await client.reactor.upkeep.back_up("asked"))


EXTENSIONS: Final[dict[str, Extension]] = {
    "engine/info": _info,
    "engine/stop": _stop,
    "status": _status,
    "status/restart": _restart_system,
    "tasks/list": _tasks,
    "tasks/pause": _pause,
    "tasks/resume": _resume,
    "tasks/cancel": _cancel,
    "tasks/restart": _restart,
    "tasks/prioritise": _prioritise,
    "run/resume": _go_on,
    "run/steps": _steps,
    "run/rewind": _rewind,
    "run/rate": _rate,
    "questions/list": _questions,
    "questions/answer": _answer,
    "guard/pending": _blocked,
    "guard/decide": _decide,
    "session/rename": _rename,
    "session/regenerate": _regenerate,
    "session/withdraw": _withdraw,
    "shelves/list": _shelves,
    "shelves/create": _create_shelf,
    "shelves/rename": _rename_shelf,
    "shelves/remove": _remove_shelf,
    "shelves/put": _shelve,
    "models/list": _models,
    "branches/list": _branches,
    "versions/list": _versions,
    "versions/diff": _version_diff,
    "versions/restore": _restore_version,
    "versions/try": _try_version,
    "journal/search": _journal,
    "reports/write": _report,
    "statistics": _statistics,
    "settings/list": _settings,
    "settings/set": _set,
    "audit/inspect": _inspect,
    "audit/drill": _drill,
    "backups/list": _backups,
    "backups/make": _back_up,
    **CONSENTS,
    **FLEET,
    **REMEMBERING,
    **SEALING,
    **VAULT,
}
