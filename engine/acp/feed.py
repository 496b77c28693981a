"""A feed: what one client sees of one session - first everything that was, then everything that happens.

The rows of the past and the live ones meet at a sequence number, so nothing is lost or doubled between them. One
worker per feed turns rows into updates in order; what needs the archive or the repository is fetched there, never in
the journal's way.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import InputError, MultiCoderError
from core.logs import LOGGER_NAME
from engine.acp import updates
from engine.acp.translate import Translator
from engine.journal import JournalFilter, JournalRow, search

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.events import Streamed
    from core.ports import RunRecord
    from core.sessions import Prompt
    from engine.acp.hub import Hub
    from engine.acp.updates import Update
    from engine.bootstrap import Engine
    from graph.state import Caps

_ENDS: Final = frozenset({"run.finished", "run.cancelled", "run.failed"})
_DIFF_FILES: Final = 40
_DIFF_CHARACTERS: Final = 100_000
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.acp")


class Feed:
    """The updates of one session for one client."""

    def __init__(
        self,
        engine: Engine,
        hub: Hub,
        session: str,
        send: Callable[[str, Update], None],
        *,
        tongue: Callable[[str], str],
    ) -> None:
        self.session = session
        self._tongue = tongue
        self._engine = engine
        self._hub = hub
        self._send = send
        self._translator = Translator()
        self._coming: asyncio.Queue[JournalRow | Streamed] = asyncio.Queue()
        self._seq = hub.seq
        self._passed = asyncio.Event()
        self._stop = hub.listen(self._coming.put_nowait, self._coming.put_nowait)
        self._worker: asyncio.Task[None] | None = None

    async def start(self, *, replay: bool) -> None:
        """Begin; with `replay` everything that was is sent before this returns."""
        for prompt in await self._engine.sessions.prompts(self.session):
            record = await self._begin(prompt.run, prompt.text)
            if replay:
                self._person(prompt)
                for row in await asyncio.to_thread(self._past, prompt.run):
                    await self._show(row)
            elif record is not None and not record.outcome:
                await self._recall(prompt.run, self._seq + 1)
        self._worker = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Send nothing more."""
        self._stop()
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)

    async def flushed(self) -> None:
        """Return when everything that had happened before this call was sent."""
        target = await self._hub.caught_up()
        while self._seq < target and self._worker is not None and not self._worker.done():
            self._passed.clear()
            await self._passed.wait()

    def _past(self, run: str) -> list[JournalRow]:
        home = self._engine.home
        found = search(home.journal, JournalFilter(runs=(run,)), archive_folder=home.journal_archive)
        return [row for row in found if row.seq <= self._seq]

    async def _recall(self, run: str, before: int) -> None:
        """Know what a run had come to before a row, without showing it again: what follows builds on it."""
        for row in await asyncio.to_thread(self._past, run):
            if row.seq < before:
                with contextlib.suppress(MultiCoderError, KeyError, TypeError, ValueError):  # told when it was shown
                    self._translator.translate(row)

    async def _work(self) -> None:
        try:
            while True:
                item = await self._coming.get()
                if isinstance(item, JournalRow):
                    if item.seq > self._seq:
                        await self._show(item)
                        self._seq = item.seq
                    self._passed.set()
                elif (update := self._translator.streamed(item.run, _answer_text(item))) is not None:
                    self._send(self.session, update)
        finally:  # whoever waits for it waits no more, and nothing is kept for it any more
            self._stop()
            self._passed.set()

    async def _show(self, row: JournalRow) -> None:
        try:
            if row.name in {"prompt.taken", "session.renamed"}:
                await self._of_session(row)
                return
            if row.name == "answer.rated" and await self._is_ours(row.run):  # after the end of its run
                rated = updates.session_info(rated=bool(row.data["good"]))
                self._send(self.session, updates.stamped(rated, row.run, row.at))
                return
            if row.name == "message.received" and self._translator.knows(row.run):
                await self._begin(row.run)  # only now is it certain what the run may use and which language it speaks
            elif row.name == "run.rewound" and await self._is_ours(row.run):
                await self._begin(row.run)
                await self._recall(row.run, row.seq)
            for update in self._translator.translate(row):
                self._send(self.session, updates.stamped(update, row.run, row.at))
            for update in await self._details(row):
                self._send(self.session, updates.stamped(update, row.run, row.at))
            if row.name in _ENDS:
                self._translator.forget(row.run)
        except (MultiCoderError, KeyError, TypeError, ValueError):
            _LOG.exception("the event %s %s cannot be shown", row.seq, row.name)

    async def _of_session(self, row: JournalRow) -> None:
        if row.data.get("session") != self.session:
            return
        if row.name == "session.renamed":
            self._send(self.session, updates.session_info(str(row.data["title"])))
        elif not self._translator.knows(row.run):
            prompts = await self._engine.sessions.prompts(self.session)
            prompt = next((item for item in reversed(prompts) if item.prompt == row.data["prompt"]), None)
            if prompt is not None:
                await self._begin(prompt.run, prompt.text)
                self._person(prompt)

    async def _is_ours(self, run: str) -> bool:
        return any(prompt.run == run for prompt in await self._engine.sessions.prompts(self.session))

    async def _begin(self, run: str, text: str = "") -> RunRecord | None:
        record = await self._record(run)
        locale = str(record.options["locale"]) if record else _spoken(text)
        caps = cast("Caps", record.options["caps"]) if record else {}
        self._translator.begin(run, self._tongue(locale), token_cap=caps.get("tokens", 0))
        return record

    def _person(self, prompt: Prompt) -> None:
        for item in prompt.attachments:
            sha256 = str(item["sha256"])
            block = updates.file_block(str(item["name"]), str(item["uri"] or f"sha256:{sha256}"), size=_size(item))
            self._say(prompt, block, sha256=sha256)
        self._say(prompt, updates.text_block(prompt.text))

    def _say(self, prompt: Prompt, block: dict[str, Any], **meta: Any) -> None:
        piece = updates.chunk("user_message_chunk", block, prompt.prompt, run=prompt.run, **meta)
        self._send(self.session, piece)

    async def _record(self, run: str) -> RunRecord | None:
        try:
            return await self._engine.archive.run(run)
        except InputError:
            return None

    # ------------------------------------------------------------------------------------------------ details

    async def _details(self, row: JournalRow) -> list[Update]:
        """What a row shows beyond its own words: changed files, the reasons of a refusal."""
        if not self._translator.knows(row.run):
            return []
        if row.name in {"module.accepted", "module.repaired"}:
            return await self._diffs(row)
        if row.name == "run.finished" and row.data["outcome"] not in {"delivered", "answered"}:
            return await self._last_words(row)
        return []

    async def _diffs(self, row: JournalRow) -> list[Update]:
        step = self._translator.draft_step(row.run, row.module)
        record = await self._record(row.run)
        if not step or record is None:
            return []
        commit = str(row.data["commit"])
        before, after = await self._engine.workspace.change(record.project, commit)
        content = [
            updates.tool_diff(path, before.get(path), after.get(path, ""))
            for path in sorted({*before, *after})[:_DIFF_FILES]
            if len(after.get(path, "")) + len(before.get(path, "")) <= _DIFF_CHARACTERS
        ]
        return [updates.tool_changed(step, status="completed", content=content, commit=commit)] if content else []

    async def _last_words(self, row: JournalRow) -> list[Update]:
        record = await self._record(row.run)
        messages = await self._engine.archive.messages(record.project) if record else []
        words = [item.text for item in messages if item.run == row.run and item.author == "multicoder"]
        if not words:
            return []
        outcome = row.data["outcome"]
        return [updates.chunk("agent_message_chunk", updates.text_block(words[-1]), f"{row.run}/end", outcome=outcome)]


def _answer_text(streamed: Streamed) -> str:
    """Only an answer to the person is shown while it is written; code is shown when it was examined."""
    return streamed.text if streamed.call == "converse.answer" else ""


def _spoken(text: str) -> str:
    from core.i18n import detect_locale, system_locale  # noqa: PLC0415 - only for a prompt that waits

    return detect_locale(text, system_locale())


def _size(item: Any) -> int:
    return int(item["size"])
