"""A feed: what one client sees of one session - first everything that was, then everything that happens.

The rows of the past and the live ones meet at a sequence number, so nothing is lost or doubled between them. One
worker per feed turns rows into updates in order; what needs the archive or the repository is fetched there, never in
the journal's way.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

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

_DIFF_FILES: Final = 40
_DIFF_CHARACTERS: Final = 100_000
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.acp")


class Feed:
    """The updates of one session for one client."""

    def __init__(self, engine: Engine, hub: Hub, session: str, send: Callable[[str, Update], None]) -> None:
        self.session = session
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
            await self._begin(prompt)
            if replay:
                self._person(prompt)
                for row in await asyncio.to_thread(self._past, prompt.run):
                    await self._show(row)
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

    async def _work(self) -> None:
        while True:
            item = await self._coming.get()
            if isinstance(item, JournalRow):
                if item.seq > self._seq:
                    await self._show(item)
                    self._seq = item.seq
                self._passed.set()
            elif (update := self._translator.streamed(item.run, _answer_text(item))) is not None:
                self._send(self.session, update)

    async def _show(self, row: JournalRow) -> None:
        try:
            if row.name in {"prompt.taken", "session.renamed"}:
                await self._of_session(row)
                return
            for update in self._translator.translate(row):
                self._send(self.session, update)
            for update in await self._details(row):
                self._send(self.session, update)
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
                await self._begin(prompt)
                self._person(prompt)

    async def _begin(self, prompt: Prompt) -> None:
        record = await self._record(prompt.run)
        locale = str(record.options["locale"]) if record else _spoken(prompt.text)
        self._translator.begin(prompt.run, locale, token_cap=self._engine.settings.budget_tokens)

    def _person(self, prompt: Prompt) -> None:
        blocks = [
            updates.file_block(str(item["name"]), str(item["uri"] or f"sha256:{item['sha256']}"), size=_size(item))
            for item in prompt.attachments
        ]
        for block in [*blocks, updates.text_block(prompt.text)]:
            self._send(self.session, updates.chunk("user_message_chunk", block, prompt.prompt, run=prompt.run))

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
