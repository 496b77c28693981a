"""A process that takes a repository and stops at one place, saying so: `taking_process.py HOME PLACE ROOT WHERE`.

WHERE is `whole` (the archive has come, nothing is kept yet) or `importing` (some of its files are kept).
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from builders.antivirus import AntivirusReport
from core.paths import Home
from tests.engine.taking_world import Stand


def stop_here(where):
    sys.stdout.write(f"{where}\n")
    sys.stdout.flush()
    time.sleep(600)


class Stopping:
    """Stands where the antivirus does: between the download and the first thing that is kept."""

    async def look(self, _path, *, seconds):
        stop_here("whole")
        return AntivirusReport("absent", str(seconds))


async def main(home, place, root, where):
    antiviruses = (Stopping(),) if where == "whole" else ()
    async with Stand(home, place, root, antiviruses=antiviruses) as stand:
        kept = []

        def progress(done, total):
            kept.append(done)
            if where == "importing" and len(files_done(kept, total)) == 5:
                stop_here("importing")

        await stand.take(progress=progress)


def files_done(kept, total):
    """The files that are done: the download is told in other figures and ends at its own total."""
    return [done for done in kept if 0 < done < total and done % 20 == 0]


asyncio.run(main(Home(Path(sys.argv[1])), sys.argv[2], Path(sys.argv[3]), sys.argv[4]))
