"""Archive, ledger, positions and repositories tell of the same commits; delivered files are what was delivered."""

from __future__ import annotations

import asyncio
import zlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dulwich.errors import ChecksumMismatch, FileFormatException
from dulwich.object_store import DiskObjectStore
from dulwich.objects import Commit, ObjectID
from dulwich.refs import DiskRefsContainer, Ref

from builders.delivery import file_sha256
from core.i18n import Words
from engine.paranoid.finding import Finding
from engine.paranoid.invariants.turns import NewestStates, Rounds, Turns
from graph.state import known_commits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from core.ports import Version
    from engine.bootstrap import Engine

PROJECTS: Final = 5
"""Projects whose state and files are looked at in one pass."""
VERSIONS: Final = 5
EFFECTS: Final = 200
LARGEST_ARTIFACT: Final = 512 << 20
"""Bigger files are not hashed again and again while the person works."""
_UNREADABLE: Final = (zlib.error, KeyError, ValueError, AssertionError, OSError, ChecksumMismatch, FileFormatException)


def missing_commits(repository: Path, commits: Collection[str]) -> list[str]:
    """Return those of `commits` the repository does not hold, or whose files it cannot give back whole."""
    if not (repository / "objects").is_dir():
        return sorted(commits)
    with closing(DiskObjectStore(str(repository / "objects"))) as objects:
        return sorted(commit for commit in commits if not _is_whole(objects, commit))


def _is_whole(objects: DiskObjectStore, commit: str) -> bool:
    try:
        found = objects[ObjectID(commit.encode())]
        if not isinstance(found, Commit):
            return False
        for entry in objects.iter_tree_contents(found.tree):
            blob = objects[entry.sha] if entry.sha is not None else found
            if entry.sha is None or type(blob).from_string(blob.as_raw_string()).id != entry.sha:
                return False
    except _UNREADABLE:
        return False
    return True


def tagged(repository: Path, tag: str) -> str:
    """The commit a tag names, empty when there is no such tag."""
    return (DiskRefsContainer(repository).read_ref(Ref(b"refs/tags/" + tag.encode())) or b"").decode()


class NamedCommits:
    """What a run's position builds on is in its project's repository, with all its files."""

    check = "checkpoint-commits"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._states = NewestStates(engine, PROJECTS)

    async def find(self) -> list[Finding]:
        """Return positions that name commits their repository cannot give back."""
        found = []
        for project, state in await self._states.next():
            repository = self._engine.home.projects / project / "repo"
            lost = await asyncio.to_thread(missing_commits, repository, known_commits(state) if state else ())
            found += [_lost(self.check, project, commit, state.get("run", "")) for commit in lost]
        return self._states.standing(found)


class CommittedEffects:
    """A commit the ledger calls done is in the repository of the run's project."""

    check = "ledger-commits"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._after = 0
        self._rounds = Rounds()

    async def find(self) -> list[Finding]:
        """Return recorded commits that are nowhere, of the next rows of the ledger."""
        rows = await self._engine.ledger.execute(
            lambda db: db.execute(
                "SELECT rowid, run, result FROM effects WHERE kind LIKE 'commit:%' AND result IS NOT NULL AND rowid > ?"
                " ORDER BY rowid LIMIT ?",
                (self._after, EFFECTS),
            ).fetchall()
        )
        self._after = rows[-1][0] if len(rows) == EFFECTS else 0
        self._rounds.ended = not self._after
        projects = {record.run: record.project for record in await self._engine.archive.runs()}
        wanted: dict[str, dict[str, str]] = {}
        for _, run, result in rows:
            wanted.setdefault(projects.get(run, ""), {})[str(result).strip('"')] = run
        found = []
        for project, commits in wanted.items():
            repository = self._engine.home.projects / project / "repo"
            lost = await asyncio.to_thread(missing_commits, repository, commits)
            found += [_lost(self.check, project, commit, commits[commit]) for commit in lost]
        return self._rounds.standing(found)


class DeliveredVersions:
    """A delivered version has its commit, its tag, and a file that is what was delivered - or gone, which is said."""

    check = "delivered-versions"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turns: Turns[Version] = Turns(VERSIONS)

    async def find(self) -> list[Finding]:
        """Return what is wrong with the next few delivered versions."""
        archive = self._engine.archive
        versions = [item for project in await archive.projects() for item in await archive.versions(project.project)]
        origins = {record.run: record.project for record in await archive.runs()}
        found: list[Finding] = []
        for version in self._turns.take(versions):
            # A project that was forked has the versions of the first one, but not its tags.
            own = origins.get(version.run) == version.project
            found += await asyncio.to_thread(list, self._look(version, own=own))
        return self._turns.standing(found)

    def _look(self, version: Version, *, own: bool) -> Iterable[Finding]:
        repository = self._engine.home.projects / version.project / "repo"
        if missing_commits(repository, [version.commit]):
            yield _lost(self.check, version.project, version.commit, version.run)
        elif own and tagged(repository, f"v{version.number}") != version.commit:
            project, number = version.project, version.number
            facts: dict[str, str | float] = {"project": project, "number": number, "run": version.run}
            yield Finding.of(self.check, "warning", "finding-version-tag", f"{project} v{number}", **facts)
        artifact = Path(version.artifact)
        try:
            whole = artifact.stat().st_size > LARGEST_ARTIFACT or file_sha256(artifact) == version.sha256
        except OSError:
            yield Finding(self.check, "note", Words("finding-artifact-gone", {"path": version.artifact}), str(artifact))
        else:
            if not whole:
                what = Words("finding-artifact-changed", {"path": version.artifact})
                yield Finding(self.check, "warning", what, str(artifact))


def _lost(check: str, project: str, commit: str, run: str) -> Finding:
    place = f"{project} {commit}"
    return Finding.of(check, "critical", "finding-commit-lost", place, project=project, commit=commit[:12], run=run)
