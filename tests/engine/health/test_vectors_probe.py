from __future__ import annotations

import asyncio
import shutil

from core.memory import DocumentNote
from engine.health.probes import memory as looks
from engine.health.systems import Parts, system_probes
from memory.archive import SqliteArchive
from memory.service import open_memory


async def test_the_lamp_follows_the_vectors_through_damage_and_a_restart(home, journal):
    archive = SqliteArchive(home.database)
    async with open_memory(home, archive, journal) as memory:
        note = DocumentNote("notes.txt", "docs", "person")
        await memory.documents.add(b"The blue door opens at nine.\nA red lamp means danger.\n", note)
        await memory.recall.catch_up()
        assert await memory.recall.embed() > 0
        probe = looks.vectors(memory.recall)
        assert [probe.system] == [
            one.system for one in system_probes(Parts(home, memory=memory)) if one.system == "vectors"
        ]
        seen = await probe.read()
        assert (seen.state, seen.evidence.facts["passages"] > 0) == ("ok", True)

        shutil.rmtree(home.root / "vectors")
        seen = await probe.read()
        assert seen.state == "degraded"
        assert "gone" in seen.evidence.text("en")

        for _ in range(200):  # nobody has to ask for it
            if (seen := await probe.read()).state == "ok":
                break
            await asyncio.sleep(0.1)
        assert seen.state == "ok"
        assert await memory.recall.embed() == 0
        await probe.restart()
        assert (await probe.read()).state == "ok"
    archive.close()
    assert (await probe.read()).state == "degraded"
