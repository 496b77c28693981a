"""What a person is told of the memory: in the words of a run, and by the lamp of the index."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from core.errors import StorageError
from core.events import Event
from core.i18n import LOCALES
from core.memory import RecallQuery
from engine.health.probes import memory as looks
from engine.health.systems import Parts, system_probes
from engine.progress import Story
from memory import service
from memory.archive import SqliteArchive
from memory.service import open_memory


def told(locale, name, **data):
    return Story(locale).tell(Event("INFO", name, run="r", data=data))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_run_says_what_the_memory_did_and_did_not_do(locale):
    assert "3" in told(locale, "memory.recalled", cited=["d-1:L1", "d-1:L2", "m-1:L1"], tokens={})
    assert told(locale, "memory.recalled", cited=[], tokens={}) is None
    assert "2" in told(locale, "memory.kept", files=2, lessons=0)
    asked, kept = told(locale, "memory.failed", code="timeout"), told(locale, "memory.failed", code="x", keeping=True)
    assert "timeout" in asked
    assert asked.partition("(")[0] != kept.partition("(")[0]


class Failing:
    """A part of the index that fails until it is told not to."""

    def __init__(self, real, error):
        self.real, self.error = real, error

    async def __call__(self, *given):
        if self.error is not None:
            raise self.error
        return await self.real(*given)


async def until(holds):
    for _ in range(200):
        if holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError


async def test_the_lamp_of_the_index_says_that_it_cannot_follow_and_goes_green_again(home, journal, monkeypatch):
    monkeypatch.setattr(service, "_LOOK_SECONDS", 0.05)
    with closing(SqliteArchive(home.database)) as archive:
        async with open_memory(home, archive, journal, follow=True) as memory:
            (probe,) = [one for one in system_probes(Parts(home, memory=memory)) if one.system == "words"]
            assert (await probe.read()).state == "ok"
            failing = Failing(memory.recall.catch_up, StorageError("disk-full", path="recall.db"))
            monkeypatch.setattr(memory.recall, "catch_up", failing)
            project = (await archive.add_project("p", out="", locale="en")).project
            await archive.add_message(project, "", "person", "The door is blue.")
            await until(lambda: memory.recall.trouble)
            seen = await probe.read()
            assert (seen.state, seen.evidence.message) == ("degraded", "health-words-behind")
            assert all("disk-full" in seen.evidence.text(locale) and seen.action.text(locale) for locale in LOCALES)
            failing.error = None
            await until(lambda: not memory.recall.trouble)
            assert (await probe.read()).state == "ok"

            failing.error = RuntimeError("gone")
            await archive.add_message(project, "", "person", "The lamp is red.")
            await until(lambda: memory.recall.trouble == "RuntimeError")
            assert await memory.recall.recall(RecallQuery("lamp red", project=project))
            await probe.restart()
            assert (await probe.read()).state == "ok"


async def test_an_index_that_cannot_be_asked_is_red(home, journal):
    with closing(SqliteArchive(home.database)) as archive:
        async with open_memory(home, archive, journal) as memory:
            probe = looks.words(memory.recall)
        with pytest.raises(StorageError):  # the board tells in red what a look raised
            await probe.read()
