"""The versions of a program: who made each, what lies between two, and where the program of a run is kept."""

from __future__ import annotations

import asyncio
import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError
from graph.receipts import receipt_of

if TYPE_CHECKING:
    from core.ports import Version
    from engine.bootstrap import Engine

FILES: Final = 20
"""Files in one page of a difference."""
_LINES: Final = 600
"""Lines shown of one file."""
_COMPARED_CHARACTERS: Final = 200_000
"""Longer files are not compared: the work grows with the square of them."""
_HEAD: Final = 2


async def project_of(engine: Engine, session: str, run: str) -> str:
    """The project in which a conversation sees what a run made: a fork has one of its own.

    Raises InputError `unknown-run` when the run is none of the conversation's.
    """
    if run not in {prompt.run for prompt in await engine.sessions.prompts(session)}:
        raise InputError("unknown-run", run=run[:80])
    if await engine.sessions.session_of(run) != session:
        own = str((await engine.sessions.session(session)).options.get("project") or "")
        if own and any(version.run == run for version in await engine.archive.versions(own)):
            return own
    return (await engine.archive.run(run)).project


async def version_of(engine: Engine, project: str, number: int) -> Version:
    """One version; InputError `unknown-version` when there is none of that number."""
    for version in await engine.archive.versions(project):
        if version.number == number:
            return version
    raise InputError("unknown-version", version=number)


async def versions(engine: Engine, project: str) -> dict[str, Any]:
    """`title` of the program and its `versions`, the newest first."""
    known = await engine.archive.versions(project)
    before = ["", *(version.commit for version in known)]
    rows = [await _row(engine, version, base) for version, base in zip(known, before, strict=False)]
    return {"title": known[-1].plan["title"] if known else "", "versions": rows[::-1]}


async def _row(engine: Engine, version: Version, base: str) -> dict[str, Any]:
    receipt = await receipt_of(engine.ledger, version)
    spent = await engine.ledger.spend_rows(version.run)
    tests = await engine.crew.workshop.kept(receipt["tests"]) if receipt is not None else None
    added, removed = await _lines(engine, version, base)
    return {
        "version": version.number,
        "run": version.run,
        "at": version.created,
        "models": list(dict.fromkeys(row.model for row in spent if row.call.startswith("coder."))),
        "added": added,
        "removed": removed,
        "passed": tests["passed"] if isinstance(tests, dict) else None,
        "artifact": version.artifact,
        "sha256": version.sha256,
        "commit": version.commit,
        "missing": not await asyncio.to_thread(Path(version.artifact).exists),
        "restored": receipt["restored"] if receipt is not None else 0,
        "restorable": receipt is not None,
    }


async def _lines(engine: Engine, version: Version, base: str) -> tuple[int, int]:
    diff = await engine.workspace.diff(version.project, base, version.commit)
    lines = [line for line in diff.splitlines() if not line.startswith(("+++ ", "--- "))]
    return sum(line.startswith("+") for line in lines), sum(line.startswith("-") for line in lines)


async def difference(engine: Engine, project: str, older: int, newer: int, after: int) -> dict[str, Any]:
    """What lies between two versions: `files` from the place `after` on, at most a page, and how many are `left`."""
    old, new = await version_of(engine, project, older), await version_of(engine, project, newer)
    before, now = await engine.workspace.change(project, new.commit, old.commit)
    paths = sorted({*before, *now})
    page = paths[after : after + FILES]
    files = [await asyncio.to_thread(_file, path, before.get(path), now.get(path)) for path in page]
    return {"files": files, "total": len(paths), "left": max(0, len(paths) - after - len(page))}


def _file(path: str, old: str | None, new: str | None) -> dict[str, Any]:
    kind = "added" if old is None else "removed" if new is None else "changed"
    if len(old or "") + len(new or "") > _COMPARED_CHARACTERS:
        return {"path": path, "kind": kind, "diff": "", "cut": -1}
    lines = list(difflib.unified_diff((old or "").splitlines(), (new or "").splitlines(), lineterm=""))[_HEAD:]
    return {"path": path, "kind": kind, "diff": "\n".join(lines[:_LINES]), "cut": max(0, len(lines) - _LINES)}
