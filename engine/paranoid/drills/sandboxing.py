"""sandbox-escape, runner-missing: programs that try to get out, and a machine that cannot keep them in."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from builders.runner import interpreter_reads, make_runner
from core.errors import RunnerUnavailable
from core.i18n import load_catalogues
from core.jobs import Job, Limits
from engine.paranoid.drills.children import ask
from engine.paranoid.drills.drill import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.jobs import JobResult
    from core.ports import Runner
    from engine.paranoid.drills.drill import Fact, Stage

GONE_SECONDS: Final = 1.0
SLACK: Final = 3.0
_KNOWN_NAMES: Final = frozenset(
    {"HOME", "LANG", "LOGNAME", "PATH", "TMPDIR", "USER", "PWD", "SHLVL", "_", "LC_CTYPE", "OLDPWD"}
)

_LOOK: Final = """
import glob, json, os, socket, sys
order = json.loads(sys.argv[1])
seen = {"read": [], "wrote": [], "network": [], "names": sorted(os.environ)}
for path in order["secrets"]:
    try:
        open(path, "rb").read(1); seen["read"].append(path)
    except OSError: pass
for path in order["places"]:
    try:
        open(path + "/drill-was-here", "w").write("x"); seen["wrote"].append(path)
    except OSError: pass
for address in (["127.0.0.1", order["port"]], ["192.0.2.1", 80]):
    try:
        socket.create_connection(address, 1).close(); seen["network"].append(address[0])
    except OSError: pass
seen["processes"] = len(glob.glob("/proc/[0-9]*"))
print(json.dumps(seen))
"""
_BOMB: Final = """
import os, time
made = 0
for _ in range(150):  # bounded: harmless even where nothing holds it
    if os.fork() == 0:
        time.sleep(4); os._exit(0)
    made += 1
print(made)
time.sleep(4)
"""
_DAEMON: Final = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for _ in range(200):
            open("beat", "a").write("x"); time.sleep(0.02)
    os._exit(0)
time.sleep(30)
"""


async def escape(stage: Stage) -> list[Fact]:
    """Run a handful of hostile programs in the real sandbox."""
    runner, python = make_runner(), _python()
    status = await runner.status()
    if not status.available:
        refused = await _refuses(runner, stage.scratch, (str(python),))
        return [stage.fact("refuses", not refused, refused), stage.unchecked("no-sandbox", reason=status.detail)]
    if sys.platform == "win32" or python is None:
        return [stage.unchecked("no-probes")]
    looked, bomb, daemon, spin = await asyncio.gather(
        _look(stage, runner, python),
        _run(stage, runner, python, "bomb", _BOMB, Limits(seconds=12, processes=20, memory_mb=256, disk_mb=16)),
        _daemon(stage, runner, python),
        _run(stage, runner, python, "spin", "while True: pass", Limits(seconds=1.0, memory_mb=256, disk_mb=16)),
    )
    return [
        *looked,
        stage.fact("bomb", not bomb.ok and "150" not in bomb.stdout, f"{bomb.ending} {bomb.stdout}"),
        stage.fact(
            "time", spin.ending == "timeout" and spin.seconds < 1 + SLACK, f"{spin.ending} {spin.seconds:.1f} s"
        ),
        daemon,
    ]


async def _look(stage: Stage, runner: Runner, python: Path) -> list[Fact]:
    secret = stage.scratch / "secret"
    secret.write_text("canary", encoding="utf-8")
    home, outside = Path.home(), stage.folder / "outside"
    outside.mkdir()
    places = [outside, Path("/usr"), Path("/etc")]
    with socket.create_server(("127.0.0.1", 0)) as server:
        order = {
            "secrets": [str(secret), "/etc/shadow", "/etc/sudoers", str(home / ".profile"), str(home / ".bashrc")],
            "places": [str(place) for place in places],
            "port": server.getsockname()[1],
        }
        result = await _run(stage, runner, python, "look", _LOOK, Limits(seconds=15), json.dumps(order))
    try:
        seen = json.loads(result.stdout)
    except ValueError:
        return [stage.broken("ran", f"{result.ending} {result.stderr}")]
    left = [place / "drill-was-here" for place in places if (place / "drill-was-here").exists()]
    for path in left:
        path.unlink()
    names = sorted(set(seen["names"]) - _KNOWN_NAMES)
    return [
        stage.fact("network", not seen["network"], seen["network"]),
        stage.fact("files", not seen["read"] and not left, f"{seen['read']} {left}"),
        stage.fact("environment", not names, names),
        stage.fact("processes", seen["processes"] <= 4, seen["processes"]),  # noqa: PLR2004 - its own and the gate's
    ]


async def _daemon(stage: Stage, runner: Runner, python: Path) -> Fact:
    """Cancel a job whose grandchild has detached itself; it must be gone at once."""
    work = stage.folder / "daemon"
    job = asyncio.create_task(_run(stage, runner, python, "daemon", _DAEMON, Limits(seconds=20, disk_mb=16)))
    beat, until = work / "beat", time.monotonic() + 10
    while not beat.exists() and time.monotonic() < until:  # noqa: ASYNC110 - a file sends no event
        await asyncio.sleep(0.02)
    started = time.monotonic()
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)
    took = time.monotonic() - started
    size = beat.stat().st_size if beat.exists() else 0
    await asyncio.sleep(0.3)
    still = beat.stat().st_size if beat.exists() else 0
    fine = 0 < size == still and took < GONE_SECONDS
    return stage.fact("gone", fine, f"{size} {still} {took:.2f} s", seconds=GONE_SECONDS)


async def _run(
    stage: Stage, runner: Runner, python: Path, name: str, code: str, limits: Limits, *words: str
) -> JobResult:
    work = stage.folder / name
    work.mkdir()
    return await runner.run(Job((str(python), "-c", code, *words), work, interpreter_reads(python), limits=limits))


def _python() -> Path | None:
    """An interpreter for the programs: this one, or the system's where we are frozen."""
    if not getattr(sys, "frozen", False):
        return Path(sys.executable)
    found = shutil.which("python3")
    return Path(found) if found else None


# ------------------------------------------------------------------------------------------------ no sandbox


async def missing(stage: Stage) -> list[Fact]:
    """Take the sandbox's tool away and ask for a program to be run."""
    if sys.platform == "win32":
        return [stage.unchecked("cannot")]
    empty = stage.scratch / "no-tools"
    empty.mkdir()
    answer = await ask(stage, "without", environ={"PATH": str(empty)})
    return [
        stage.fact("says-so", not answer["available"], answer),
        stage.fact("refuses", not answer["refusal"], answer["refusal"]),
        stage.fact("nothing-ran", not answer["ran"], answer),
    ]


async def without(stage: Stage, order: Mapping[str, Any]) -> Any:
    """Ask for a program to be run in a process that finds no tools."""
    del order
    load_catalogues()
    work = stage.scratch / "work"
    work.mkdir()
    runner = make_runner()
    status = await runner.status()
    refusal = await _refuses(runner, work, ("/bin/sh", "-c", f"echo ran > {work / 'marker'}"))
    return {
        "available": status.available,
        "refusal": refusal,
        "ran": (work / "marker").exists(),
        "path": os.environ.get("PATH", ""),
    }


async def _refuses(runner: Runner, work: Path, argv: tuple[str, ...]) -> str:
    """Say what is wrong with how a job was refused."""
    try:
        result = await runner.run(Job(argv, work, limits=Limits(seconds=5)))
    except RunnerUnavailable as error:
        return "" if in_words(error) else str(error)
    return f"it ran: {result.ending}"
