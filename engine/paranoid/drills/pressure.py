"""memory-pressure: the system gives no more memory in the middle of work."""

from __future__ import annotations

import mmap
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import MultiCoderError
from engine.paranoid.drills.filling import effect, fill, is_whole, open_stores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.paranoid.drills.drill import Fact, Stage
    from engine.paranoid.drills.filling import Stores

HEADROOM: Final = 48 << 20
"""Address space left to grow into."""
TOO_MUCH: Final = 256 << 20
ROUNDS: Final = 6


async def run(stage: Stage) -> list[Fact]:
    """Cap this process's memory a little above what it uses, ask for far more between small writes."""
    if sys.platform == "win32" or not _in_use():
        return [stage.unchecked("cannot")]
    stage.shadow.prepare()
    async with open_stores(stage.shadow) as stores:
        project = await fill(stores)
        acked: list[str] = []
        refused = 0
        with _little_memory():
            for number in range(ROUNDS):
                refused += await _ask_for_too_much(stores)
                acked.append(await stores.archive.add_message(project, "r-drill", "person", f"small {number}"))
                await stores.ledger.record(effect("pressure", number), {"number": number})
        afterwards = await stores.archive.put_blob(b"after")
    async with open_stores(stage.shadow) as stores:
        kept = {message.message for message in await stores.archive.messages(project)}
        effects = [await stores.ledger.lookup(effect("pressure", number)) for number in range(ROUNDS)]
        whole = await is_whole(stores.ledger)
        blob = await stores.archive.blob(afterwards)
    lost = [message for message in acked if message not in kept]
    return [
        stage.fact("refused", refused == ROUNDS, f"{refused} of {ROUNDS}", rounds=ROUNDS),
        stage.fact("kept", not lost and None not in effects, f"{lost} {effects}", rows=2 * ROUNDS),
        stage.fact("whole", whole and blob == b"after", whole),
    ]


async def _ask_for_too_much(stores: Stores) -> int:
    """Have something kept that does not fit into memory; 1 when that was refused and nothing else happened."""
    try:
        await stores.archive.put_blob(bytes(TOO_MUCH))
    except (MemoryError, MultiCoderError):
        return 1
    return 0


def _in_use() -> int:
    """Address space of this process in bytes, 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * mmap.PAGESIZE


@contextmanager
def _little_memory() -> Iterator[None]:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        before = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_in_use() + HEADROOM, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, before)
