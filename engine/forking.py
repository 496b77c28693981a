"""Forking: a project of its own that begins where another one stood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ports import RunRecord
    from engine.bootstrap import Engine


async def fork_project(engine: Engine, runs: Sequence[RunRecord]) -> str:
    """A new project with the versions, files and words of the last run's project as they stood after `runs`.

    Returns an empty id when none of them delivered anything: then there is nothing to stand on.
    """
    archive = engine.archive
    origin = await archive.project(runs[-1].project)
    shared = {record.run for record in runs if record.project == origin.project}
    versions = [version for version in await archive.versions(origin.project) if version.run in shared]
    if not versions:
        return ""
    fork = (await archive.add_project(origin.title, out=origin.out, locale=origin.locale)).project
    await engine.workspace.fork(origin.project, versions[-1].commit, fork)
    for message in await archive.messages(origin.project):
        if message.run in shared and message.kind == "text":
            effect = f"fork/{message.message}"
            await archive.add_message(fork, message.run, message.author, message.text, kind="text", effect=effect)
    for version in versions:
        await archive.add_version(replace(version, project=fork))
    return fork
