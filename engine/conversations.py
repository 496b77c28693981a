"""Conversations: what a client does with sessions, whatever protocol it speaks.

One run of a session works at a time; what is typed meanwhile is kept and begins when the run ended. Everything is on
disk before it counts: a prompt before it is answered for, its run before a task drives it. `restore` finds what a dead
engine had kept and not yet begun.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from agents.providers.opening import team_of, with_writer
from core.errors import InputError, MultiCoderError
from core.events import Event
from core.i18n import detect_locale, system_locale
from core.sessions import Prompt
from engine import attachments
from engine.driver import RunDriver, new_run_id
from engine.extracting import OwnProcessExtractor
from engine.forking import fork_project
from engine.runs import RUN_KIND
from engine.shelving import Shelving
from engine.tasks.task import ENDED, WAITS_FOR_PERSON
from engine.versions import project_of, version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from core.events import Json
    from core.ports import RunRecord
    from core.sessions import Session
    from core.settings import Settings
    from engine.attachments import Attachment
    from engine.bootstrap import Engine
    from engine.questions import Questions
    from engine.tasks.manager import TaskManager
    from engine.tasks.task import Task
    from graph.state import Caps, Options

TASK_CHARACTERS: Final = 200_000
_LOOK_SECONDS: Final = 0.25
"""How often a message that waits behind another run is looked after; it may wait for days."""
_READING_SECONDS: Final = 30
"""An attached PDF or office file that takes longer to read is kept without its text."""
_TITLE_CHARACTERS: Final = 60
_PRIORITY: Final = 10
"""A run somebody waits for goes before backups and reports."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A prompt as it was taken: `queued` while another run of the session still works."""

    prompt: Prompt
    queued: bool


@dataclass(frozen=True, slots=True)
class SessionState:
    """Where a conversation stands."""

    run: str = ""
    """The run that has not ended."""
    waits: str = ""
    """The kind of the card it waits at."""
    changed: float = 0.0
    """When its newest run began."""


class Conversations:
    """Sessions, their prompts and their runs, and the shelves they stand on."""

    def __init__(
        self, engine: Engine, tasks: TaskManager, questions: Questions, settings: Callable[[], Settings]
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._sessions = engine.sessions
        self.shelving = Shelving(engine.shelves, engine.journal)
        self._tasks = tasks
        self._questions = questions
        self._turns = asyncio.Lock()
        self._followers: set[asyncio.Task[None]] = set()
        tasks.subscribe(self._task_changed)

    # ------------------------------------------------------------------------------------------------ sessions

    async def open(self, cwd: str, options: dict[str, Any], *, shelf: str = "") -> Session:
        """Begin a conversation in a folder, on a shelf unless that is empty; nothing is begun on an unknown one."""
        if shelf:
            await self.shelving.check(shelf)
        session = await self._sessions.add_session("", cwd=cwd, options=options)
        if shelf:
            await self.shelving.put(session.session, shelf)
        return session

    async def fork(self, session: str, before: str = "") -> Session:
        """Begin a conversation that shares everything up to the prompt `before` (empty: everything).

        It stands on the same shelf.
        """
        origin = await self._sessions.session(session)
        shared = await self._sessions.prompts(session)
        if before:
            known = [item.prompt for item in shared]
            if before not in known:
                raise InputError("unknown-message", message=before)
            shared = shared[: known.index(before)]
        begun = [(item, record) for item in shared if (record := await self._record(item.run)) is not None]
        records = [record for _, record in begun]
        project = await fork_project(self._engine, records) if records else ""
        options = {**origin.options, "project": project}
        fork = await self._sessions.add_session(origin.title, cwd=origin.cwd, options=options, parent=session)
        for item, _ in begun:  # what still waits in the origin begins there alone
            own = replace(item, prompt=f"{fork.session}/{item.prompt}", session=fork.session)
            await self._sessions.add_prompt(own)
        await self.shelving.follow(fork.session, session)
        return fork

    async def running(self, session: str) -> str:
        """The run of this session that has not ended, empty for none."""
        newest, _ = await self._standing(session)
        return newest.run if newest is not None and not newest.outcome else ""

    async def outcome(self, run: str) -> str:
        """How a run ended; empty while it has not, or has not begun."""
        record = await self._record(run)
        return record.outcome if record is not None else ""

    async def state(self, session: str) -> SessionState:
        """What a list of conversations shows of this one."""
        newest, _ = await self._standing(session)
        if newest is None:
            return SessionState()
        question = self._questions.of(newest.run)
        waits = question.card["kind"] if question is not None else ""
        return SessionState("" if newest.outcome else newest.run, waits, newest.created)

    async def _standing(self, session: str) -> tuple[RunRecord | None, list[Prompt]]:
        """The newest run begun in this session, and the prompts behind it that have none yet.

        Runs of a session begin in the order of their prompts, so only the end of a long conversation is looked at.
        """
        waiting: list[Prompt] = []
        for prompt in reversed(await self._sessions.prompts(session)):
            record = await self._record(prompt.run)
            if record is None:
                waiting.insert(0, prompt)
            elif await self._sessions.session_of(prompt.run) == session:
                return record, waiting
            else:
                break  # what a fork shares with its origin
        return None, waiting

    # ------------------------------------------------------------------------------------------------ prompts

    async def prompt(
        self, session: str, text: str, attached: Sequence[Attachment] = (), *, prompt_id: str = "", web: str = ""
    ) -> Turn:
        """Keep what the person wrote and begin a run with it, or queue it behind the one that works.

        `web` says how this one turn looks things up; empty: as the session does.

        Raises:
            InputError: the text or an attachment cannot be used; nothing was kept.
        """
        _check(text, attached)
        origin = await self._sessions.session(session)
        await asyncio.to_thread(self._engine.crew.workshop.delivery.check, Path(_out_of(origin)))
        kept = []
        extractor = OwnProcessExtractor(self._engine.home, seconds=_READING_SECONDS)
        for attachment in attached:
            files = await asyncio.to_thread(attachments.read_all, attachment)
            kept.append(await attachments.keep(self._engine.archive, attachment, files, extractor))
        run = new_run_id()
        wishes: dict[str, Json] = {"web": web} if web else {}
        return await self._take(Prompt(prompt_id or f"u-{run}", session, run, text, tuple(kept), wishes))

    async def ask_again(self, session: str, prompt: Prompt, *, text: str = "", model: str = "") -> Turn:
        """Ask in this session what was asked in another, perhaps in other words or of another model."""
        _check(text or prompt.text, prompt.attachments)
        run = new_run_id()
        wishes = {**({} if text else prompt.wishes), **({"model": model} if model else {})}
        again = Prompt(f"u-{run}", session, run, text or prompt.text, prompt.attachments, wishes)
        return await self._take(again)

    async def restore_version(self, session: str, made_in: str, version: int, *, text: str) -> Turn:
        """Deliver an earlier version of the program of the run `made_in` again, as a new one; `text` says so.

        Raises:
            InputError: there is no such version, it is the newest one, or nothing can be delivered.
        """
        origin = await self._sessions.session(session)
        project = await project_of(self._engine, session, made_in)
        await version_of(self._engine, project, version)
        if version == (await self._engine.archive.versions(project))[-1].number:
            raise InputError("version-newest", version=version)
        await asyncio.to_thread(self._engine.crew.workshop.delivery.check, Path(_out_of(origin)))
        run = new_run_id()
        wishes: dict[str, Json] = {"restore": version, "run": made_in}
        return await self._take(Prompt(f"u-{run}", session, run, text, (), wishes))

    async def _take(self, wanted: Prompt) -> Turn:
        session = wanted.session
        async with self._turns:
            prompt = await self._sessions.add_prompt(wanted)
            if prompt is not wanted and await self._record(prompt.run) is not None:
                await self._submit(prompt)  # a prompt that was sent again; its task may have ended with an engine
                return Turn(prompt, queued=False)
            data: dict[str, Json] = {"session": session, "prompt": prompt.prompt, "wishes": dict(prompt.wishes)}
            self._engine.journal.emit(Event("MESSAGE", "prompt.taken", run=prompt.run, data=data))
            return Turn(prompt, queued=not await self._begin_next(session))

    async def _begin_next(self, session: str) -> bool:
        """Begin the oldest prompt that has no run yet, unless one works; whether nothing is left waiting."""
        newest, waiting = await self._standing(session)
        if not waiting:
            return True
        if newest is not None and not newest.outcome:
            await self._try_again(newest.run)
            return False
        await self._begin(await self._sessions.session(session), waiting[0], newest)
        return len(waiting) == 1

    async def _try_again(self, run: str) -> None:
        """What failed before a new message came gets another chance: the message waits behind it."""
        task = self._tasks.find(RUN_KIND, run)
        if task is not None and task.state == "failed":
            await self._tasks.restart(task.task, by="message")

    async def _begin(self, session: Session, prompt: Prompt, before: RunRecord | None) -> None:
        engine, settings = self._engine, self._settings()
        locale = detect_locale(prompt.text, self._fallback())
        out = _out_of(session)
        project = before.project if before is not None else str(session.options.get("project") or "")
        if prompt.wishes.get("run"):
            project = await project_of(engine, session.session, str(prompt.wishes["run"]))
        if not project:
            project = (await engine.archive.add_project(_title(prompt.text), out=out, locale=locale)).project
        options: Options = {
            "out": out,
            "target": cast("Any", session.options.get("target") or None),
            "attachments": await self._attach(prompt, project),
        }
        if session.options.get("reach"):
            options["reach"] = cast("Any", session.options["reach"])
        options["web"] = cast("Any", prompt.wishes.get("web") or session.options.get("web") or settings.web_search)
        if prompt.wishes.get("restore"):
            options["restore"] = int(cast("int", prompt.wishes["restore"]))
        caps: Caps = {
            "usd": float(cast("float", session.options.get("budget") or settings.budget_usd)),
            "assume_prices": bool(session.options.get("budget")),
            "tokens": settings.budget_tokens,
            "calls": settings.budget_calls,
            "minutes": settings.budget_minutes,
        }
        team = team_of(str(session.options.get("team") or ""), settings.team)
        if model := str(prompt.wishes.get("model") or ""):
            team = with_writer(team, model)
        driver = RunDriver(engine)
        await driver.create(project, prompt.text, options, caps, locale=locale, team=team, run=prompt.run)
        if not session.title:
            await self.rename(session.session, _title(prompt.text))
        await self._submit(prompt)

    async def _attach(self, prompt: Prompt, project: str) -> list[str]:
        """Give the project what was attached: to be read by the roles, and to be remembered."""
        engine, references = self._engine, []
        for number, item in enumerate(prompt.attachments):
            shown = (await engine.archive.blob(str(item["shown"]))).decode("utf-8", "surrogatepass")
            text, effect = f"{item['name']}\n{shown}", f"{prompt.run}/attachment/{number}"
            message = await engine.archive.add_message(project, "", "person", text, kind="attachment", effect=effect)
            references.append(message)
            place = {"project": project, "session": prompt.session, "run": prompt.run}
            await attachments.remember(engine.memory.documents, engine.archive, item, **place)
        return references

    async def _submit(self, prompt: Prompt) -> None:
        record = await self._engine.archive.run(prompt.run)
        if not record.outcome and self._tasks.find(RUN_KIND, prompt.run) is None:
            await self._tasks.submit(
                RUN_KIND, _title(prompt.text), subject=prompt.run, group=record.project, priority=_PRIORITY
            )

    def _fallback(self) -> str:
        language = self._settings().language
        return system_locale() if language == "auto" else language

    # ------------------------------------------------------------------------------------------------ going on, ending

    async def settled(self, run: str) -> None:
        """Return when the run has ended, waits for a person, was paused, or was taken back before it began."""
        while (task := self._tasks.find(RUN_KIND, run)) is None:
            if await self.outcome(run) or not await self._sessions.session_of(run):
                return
            await asyncio.sleep(_LOOK_SECONDS)
        await self._tasks.settled(task.task)

    async def go_on(self, run: str, *, by: str) -> None:
        """Let a run work on: after its question was answered, after a pause, or one that no task drives."""
        record = await self._engine.archive.run(run)
        if record.outcome:
            raise InputError("run-ended", run=run, outcome=record.outcome)
        task = self._tasks.find(RUN_KIND, run)
        if task is None:
            message = await self._engine.archive.message(record.request)
            await self._tasks.submit(
                RUN_KIND, _title(message.text), subject=run, group=record.project, priority=_PRIORITY
            )
        elif task.state in ENDED:
            await self._tasks.restart(task.task, by=by)
        elif task.state == "paused":
            await self._tasks.resume(task.task, by=by)

    async def cancel(self, session: str, *, by: str) -> None:
        """End the run that works and take back what is queued."""
        async with self._turns:
            newest, waiting = await self._standing(session)
            for prompt in waiting:
                await self._sessions.withdraw(prompt.prompt)
            run = newest.run if newest is not None and not newest.outcome else ""
        if run:
            await self.cancel_run(run, by=by)

    async def withdraw(self, session: str, prompt: str) -> None:
        """Take back one message that still waits; InputError `unknown-message` when it does not."""
        async with self._turns:
            _, waiting = await self._standing(session)
            if prompt not in {item.prompt for item in waiting}:
                raise InputError("unknown-message", message=prompt[:200])
            await self._sessions.withdraw(prompt)

    async def cancel_run(self, run: str, *, by: str) -> None:
        """End a run for good; what it made stays in its project."""
        self._questions.forget(run)
        task = self._tasks.find(RUN_KIND, run)
        if task is not None and task.state not in ENDED:
            await self._tasks.cancel(task.task, by=by)
        await RunDriver(self._engine).cancel(run)
        self._engine.journal.emit(Event("TASK", "run.cancelled", run=run, data={"by": by}))
        await self._follow(run)  # its task ended before the run did: who looked then still found it at work

    async def rewind(self, run: str, step: int, *, by: str) -> None:
        """Take a run back to a step, files and state together; it waits until somebody lets it go on."""
        task = self._tasks.find(RUN_KIND, run)
        if task is not None and task.state not in ENDED:
            await self._tasks.cancel(task.task, by=by)
        self._questions.forget(run)
        async with self._turns:  # no message begins a newer run meanwhile
            await RunDriver(self._engine).rewind(run, step)

    async def rename(self, session: str, title: str) -> None:
        """Give a conversation another name."""
        await self._sessions.change_session(session, title=title)
        self._engine.journal.emit(Event("INFO", "session.renamed", data={"session": session, "title": title}))

    async def restore(self) -> None:
        """After a start: show the cards again, begin what was kept, list what was made at the command line."""
        await self._adopt()
        for task in self._tasks.tasks(kind=RUN_KIND):
            if task.state == "paused" and task.reason == WAITS_FOR_PERSON:
                begun_in = await self._sessions.session_of(task.subject)
                await self._guarded(begun_in, self._restore_card(task), run=task.subject)
        for session in await self._sessions.sessions():
            await self._guarded(session.session, self._restore(session.session))

    async def _restore_card(self, task: Task) -> None:
        if not await self._questions.show(task.subject):
            await self._tasks.resume(task.task, by="restore")

    async def _restore(self, session: str) -> None:
        newest, _ = await self._standing(session)
        if newest is not None and not newest.outcome:
            await self._resubmit(session, newest)
        await self._begin_waiting(session)

    async def _resubmit(self, session: str, record: RunRecord) -> None:
        """Drive a run whose task was never kept; what was begun at the command line waits for a word."""
        task = self._tasks.find(RUN_KIND, record.run)
        if task is not None and task.state == "cancelled":
            if not await RunDriver(self._engine).rewound(record.run):
                await self.cancel_run(record.run, by="restore")  # the engine died between the two halves of a cancel
            return
        prompt = next(item for item in await self._sessions.prompts(session) if item.run == record.run)
        if prompt.prompt != record.request:
            await self._submit(prompt)

    async def _adopt(self) -> None:
        """Give runs that were begun at the command line a conversation; they are listed, not driven."""
        archive = self._engine.archive
        by_project: dict[str, list[RunRecord]] = {}
        for record in await archive.runs():
            if not await self._sessions.session_of(record.run):
                by_project.setdefault(record.project, []).append(record)
        for name, records in by_project.items():
            project = await archive.project(name)
            options = {"project": name, "team": records[-1].options["team"]}
            session = await self._sessions.add_session(project.title, cwd=project.out, options=options)
            for record in records:
                text = (await archive.message(record.request)).text
                await self._sessions.add_prompt(Prompt(record.request, session.session, record.run, text, ()))

    def _task_changed(self, task: Task) -> None:
        if task.kind == RUN_KIND and task.state == "paused" and task.reason == WAITS_FOR_PERSON:
            self._questions.ask(task.subject)
        elif task.kind == RUN_KIND and task.state in ENDED:
            follower = asyncio.get_running_loop().create_task(self._follow(task.subject))
            self._followers.add(follower)
            follower.add_done_callback(self._followers.discard)

    async def _follow(self, run: str) -> None:
        """Begin what was typed while the run worked."""
        session = await self._sessions.session_of(run)
        if session:
            await self._guarded(session, self._begin_waiting(session))

    async def _begin_waiting(self, session: str) -> None:
        async with self._turns:
            await self._begin_next(session)

    async def _guarded(self, session: str, work: Coroutine[Any, Any, None], *, run: str = "") -> None:
        """What goes wrong in one conversation is told and stops no other one."""
        try:
            await work
        except MultiCoderError as error:
            data: dict[str, Json] = {"session": session, "code": error.code}
            self._engine.journal.emit(Event("ERROR", "session.stopped", run=run, data=data))

    async def _record(self, run: str) -> RunRecord | None:
        try:
            return await self._engine.archive.run(run)
        except InputError:
            return None


def _check(text: str, attached: Sequence[object]) -> None:
    if not text.strip() and not attached:
        raise InputError("empty-task")
    if len(text) > TASK_CHARACTERS:
        raise InputError("task-too-long", length=len(text), limit=TASK_CHARACTERS)
    if "\0" in text:
        raise InputError("task-not-text")


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_CHARACTERS else f"{line[: _TITLE_CHARACTERS - 1]}…"


def _out_of(session: Session) -> str:
    """Where the finished files of a conversation go."""
    return str(session.options.get("out") or session.cwd)


def folder_of(uri_or_path: str) -> Path:
    """The folder a client works in; InputError when it is none."""
    path = Path(uri_or_path)
    if not path.is_absolute():
        raise InputError("cwd-not-absolute", path=uri_or_path[:200])
    return path
