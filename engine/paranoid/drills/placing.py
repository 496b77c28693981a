"""overwrite: files that are there already, that appear at the last moment, and deliveries killed half-way."""

from __future__ import annotations

import asyncio
import hashlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import DeliveryFailed
from core.files import write_atomic
from core.paths import install_folder
from engine.paranoid.drills.children import drill_process
from engine.paranoid.drills.drill import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.paranoid.drills.drill import Fact, Stage

FOREIGN: Final = b"somebody else's file"
SIZE: Final = 24 << 20
KILLS: Final = 3
STARTED_SECONDS: Final = 20.0
WATCHED_SECONDS: Final = 1.5
_OLD, _NEW = b"a" * (2 << 20), b"b" * (2 << 20)
_STAGE: Final = ".multicoder-*"
_EVIDENCE: Final = {"report.json": b"{}", "SHA256SUMS": b""}


async def run(stage: Stage) -> list[Fact]:
    """Deliver onto taken names and be killed while delivering; rewrite a file while somebody reads it."""
    artifact = stage.scratch / "artifact"
    data = stage.dice().randbytes(1 << 20) * (SIZE >> 20)
    artifact.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    return [
        await _taken(stage, artifact, sha256),
        await _appears(stage, artifact, sha256),
        *await _killed(stage, artifact, sha256),
        await _rewritten(stage),
    ]


async def _deliver(artifact: Path, destination: Path, sha256: str) -> str:
    """Deliver; return the code of the refusal, empty when it was delivered."""
    from builders.delivery import FileDelivery  # noqa: PLC0415 - loads the builders

    evidence = {**_EVIDENCE, "SHA256SUMS": f"{sha256}  {destination.name}\n".encode()}
    try:
        await FileDelivery(install_folder()).deliver(artifact, destination, evidence, sha256)
    except DeliveryFailed as error:
        return error.code
    return ""


async def _taken(stage: Stage, artifact: Path, sha256: str) -> Fact:
    """The name, the name of the evidence, and a link that leads elsewhere."""
    wrong = []
    kinds = ("file", "evidence") if sys.platform == "win32" else ("file", "evidence", "link")  # a right few have there
    for number, kind in enumerate(kinds):
        out = stage.folder / f"taken-{number}"
        out.mkdir()
        destination, elsewhere = out / "program.zip", out / "elsewhere"
        elsewhere.write_bytes(FOREIGN)
        if kind == "file":
            destination.write_bytes(FOREIGN)
        elif kind == "link":
            destination.symlink_to(elsewhere)
        else:
            (out / "program.zip-evidence").mkdir()
            (out / "program.zip-evidence" / "theirs").write_bytes(FOREIGN)
        code = await _deliver(artifact, destination, sha256)
        intact = {path.name: path.read_bytes() == FOREIGN for path in out.rglob("*") if path.is_file()}
        if code != "delivery-name-taken" or not all(intact.values()):
            wrong.append(f"{kind}: {code} {intact}")
    return stage.fact("taken", not wrong, wrong)


async def _appears(stage: Stage, artifact: Path, sha256: str) -> Fact:
    """Somebody saves a file under the chosen name while the delivery is being prepared."""
    out = stage.folder / "appears"
    out.mkdir()
    destination = out / "program.zip"
    work = asyncio.create_task(_deliver(artifact, destination, sha256))
    while not work.done() and not any(out.glob(_STAGE)):  # noqa: ASYNC110 - a file sends no event
        await asyncio.sleep(0.001)
    in_time = not destination.exists()
    if in_time:
        destination.write_bytes(FOREIGN)
    code = await work
    left = sorted(path.name for path in out.iterdir())
    fine = in_time and code == "delivery-name-taken" and destination.read_bytes() == FOREIGN
    return stage.fact("appears", fine and left == ["program.zip"], f"{in_time} {code} {left}")


async def _killed(stage: Stage, artifact: Path, sha256: str) -> list[Fact]:
    dice = stage.dice()
    halves: list[int] = []
    wrong: list[Any] = []
    for number in range(KILLS):
        out = stage.folder / f"killed-{number}"
        out.mkdir()
        destination = out / "program.zip"
        order = {"artifact": str(artifact), "destination": str(destination), "sha256": sha256}
        async with drill_process(stage, "deliver", order) as child:
            until = time.monotonic() + STARTED_SECONDS
            while not any(out.iterdir()) and time.monotonic() < until:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.001)
            await asyncio.sleep(dice.uniform(0, 0.05))
            child.kill()
            await child.ended()
        if destination.exists() and not await asyncio.to_thread(_is, destination, sha256):
            halves.append(destination.stat().st_size)
        code = await _deliver(artifact, destination, sha256)
        left = sorted(path.name for path in out.iterdir())
        if code or left != ["program.zip", "program.zip-evidence"]:
            wrong.append([code, *left])
        elif not await asyncio.to_thread(_is, destination, sha256):
            wrong.append([destination.stat().st_size])
    return [
        stage.fact("no-half", not halves, halves, kills=KILLS),
        stage.fact("completed", not wrong, wrong),
    ]


def _is(file: Path, sha256: str) -> bool:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == sha256


async def deliver(stage: Stage, order: Mapping[str, Any]) -> Any:
    """Deliver in a process that will be killed."""
    del stage
    return {"code": await _deliver(Path(order["artifact"]), Path(order["destination"]), order["sha256"])}


async def _rewritten(stage: Stage) -> Fact:
    """Read a file again and again while another process replaces it, kill that process amid a write."""
    file = stage.folder / "rewritten"
    file.write_bytes(_OLD)
    reads, halves = 0, []
    async with drill_process(stage, "rewrite", {"file": str(file)}) as child:
        await child.answer()
        until = time.monotonic() + WATCHED_SECONDS
        while time.monotonic() < until:
            data = await asyncio.to_thread(_read, file)
            reads += 1
            if data not in {_OLD, _NEW}:
                halves.append(len(data))
        child.kill()
        await child.ended()
    last = await asyncio.to_thread(_read, file)
    return stage.fact("rewritten", not halves and last in {_OLD, _NEW}, [*halves[:5], len(last)], reads=reads)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except PermissionError:  # Windows, in the moment of the exchange
        return _OLD


async def rewrite(stage: Stage, order: Mapping[str, Any]) -> Any:
    """Replace a file with one of two contents until killed."""
    del stage

    say({"writing": True})
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for content in (_NEW, _OLD):
            write_atomic(Path(order["file"]), content)
    return {"done": True}
