"""Generated files and their history: one real git repository per project, written with dulwich.

The object and reference stores are opened directly instead of through a `Repo`: that way no global or system
configuration is read, no hook can run and no git binary is needed. A commit writes and fsyncs its objects first and
moves the branch last, by compare-and-swap, so a process killed anywhere leaves either the old head or the new one.
"""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import stat
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from dulwich.config import StackedConfig
from dulwich.errors import ChecksumMismatch, FileFormatException, RefFormatError
from dulwich.file import FileLocked
from dulwich.index import commit_tree
from dulwich.object_store import DiskObjectStore, MemoryObjectStore
from dulwich.objects import ZERO_SHA, Blob, Commit, ObjectID, ShaFile
from dulwich.patch import write_tree_diff
from dulwich.refs import DiskRefsContainer, Ref
from dulwich.repo import Repo

from core.errors import InputError, StorageError
from core.safe_path import check_collisions, clean_name, safe_path

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from core.ports import CommitNote

_T = TypeVar("_T")

_MODE: Final = 0o100644
_MAIN: Final = Ref(b"refs/heads/main")
_PACK_FROM: Final = 200
"""From this many new objects on, one pack (two fsyncs) is cheaper than one fsync per object."""
_LOCK_SECONDS: Final = 2.0
"""A living holder keeps a lock for milliseconds; one that stands longer belongs to a dead process."""
_SWAP_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class _Repository:
    """The two halves of an opened repository."""

    folder: Path
    objects: DiskObjectStore
    refs: DiskRefsContainer

    def head(self) -> ObjectID | None:
        """Return the commit `main` points to, None when there is none."""
        found = self.refs.read_ref(_MAIN)
        return ObjectID(found) if found else None

    def commit(self, commit_id: str) -> Commit:
        """Return the commit with this id; StorageError when there is none."""
        try:
            found = self.objects[ObjectID(commit_id.encode())]
        except (KeyError, ValueError, AssertionError):
            found = None
        if not isinstance(found, Commit):
            raise StorageError("workspace-commit-missing", commit=commit_id[:40])
        return found

    def history(self, start: ObjectID | None) -> Iterator[Commit]:
        """Every commit reachable from `start`, `start` first; the clock plays no part in the order."""
        waiting, seen = [start] if start else [], set[ObjectID]()
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            commit = self.commit(current.decode())
            yield commit
            waiting.extend(reversed(commit.parents))

    def blobs(self, commit_id: str) -> dict[str, ObjectID]:
        """Path -> blob id of the regular files at a commit (links and submodules are never followed)."""
        tree = self.commit(commit_id).tree
        return {
            entry.path.decode("utf-8"): entry.sha
            for entry in self.objects.iter_tree_contents(tree)
            if entry.path is not None and entry.sha is not None and stat.S_ISREG(entry.mode or 0)
        }

    def data(self, blob: ObjectID) -> bytes:
        """Return the bytes of a blob."""
        return self.objects.get_raw(blob)[1]


class GitWorkspace:
    """`core.ports.Workspace` below `root`: the repository of a project is `root/<project>/repo` (bare, branch main)."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._born = time.time()
        self._writing: dict[str, asyncio.Lock] = {}

    async def commit(
        self, project: str, files: Mapping[str, str | bytes | None], note: CommitNote, *, base: str = ""
    ) -> str:
        """Apply `files` on top of the head and return the commit; the old one when `note.effect` is in its history."""
        return await self._write(project, lambda: self._commit(project, partial(_change, files=files), note, base))

    async def restore(self, project: str, commit: str, note: CommitNote) -> str:
        """Commit the files of an earlier `commit` on top of the head, byte for byte; repeated like `commit`."""

        def earlier(repository: _Repository, _head: ObjectID | None) -> _Change:
            return _Change(repository.blobs(commit), {})

        return await self._write(project, lambda: self._commit(project, earlier, note, commit))

    async def head(self, project: str) -> str:
        """Newest commit id, empty for a new project."""

        def read() -> str:
            if not self._folder(project).is_dir():
                return ""
            with self._open(project) as repository:
                return (repository.head() or b"").decode()

        return await asyncio.to_thread(read)

    async def files(self, project: str, commit: str) -> dict[str, str]:
        """Text (UTF-8 without NUL) files at `commit` by path, line ends as they are."""

        def read() -> dict[str, str]:
            texts: dict[str, str] = {}
            with self._open(project) as repository:
                for path, blob in repository.blobs(commit).items():
                    text = _as_text(repository.data(blob))
                    if text is not None:
                        texts[path] = text
            return texts

        return await asyncio.to_thread(read)

    async def diff(self, project: str, old: str, new: str) -> str:
        """Unified diff between two commits; `old` empty = everything is new."""

        def read() -> str:
            out = io.BytesIO()
            with self._open(project) as repository:
                before = repository.commit(old).tree if old else None
                write_tree_diff(out, repository.objects, before, repository.commit(new).tree)
            return out.getvalue().decode("utf-8", "replace")

        return await asyncio.to_thread(read)

    async def change(self, project: str, commit: str, base: str = "") -> tuple[dict[str, str], dict[str, str]]:
        """Text files that differ from `base` (the parent when empty): path -> text before and after.

        A new file is absent from the first, a deleted one from the second.
        """

        def read() -> tuple[dict[str, str], dict[str, str]]:
            with self._open(project) as repository:
                after = repository.blobs(commit)
                parents = [base] if base else [parent.decode() for parent in repository.commit(commit).parents]
                before = repository.blobs(parents[0]) if parents else {}
                changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
                return _texts(repository, before, changed), _texts(repository, after, changed)

        return await asyncio.to_thread(read)

    async def export(self, project: str, commit: str, target: Path) -> None:
        """Write the tree of `commit` byte for byte into the empty or new folder `target`."""

        def write() -> None:
            target.mkdir(parents=True, exist_ok=True)
            if any(target.iterdir()):
                raise InputError("workspace-export-occupied", folder=target.name)
            with self._open(project) as repository:
                for path, blob in repository.blobs(commit).items():
                    file = safe_path(target, path)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(repository.data(blob))

        await _to_the_end(write)

    async def tag(self, project: str, name: str, commit: str) -> None:
        """Name a commit; the same tag again is no error, the name on another commit is."""

        def write() -> None:
            with self._open(project) as repository:
                self._name(repository, b"refs/tags/" + name.encode(), repository.commit(commit).id)

        await self._write(project, write)

    async def reset(self, project: str, commit: str) -> None:
        """Make `commit` (empty = nothing yet) the head again; the old one stays as branch `rewound/<its id>`."""

        def write() -> None:
            if not commit and not self._folder(project).is_dir():
                return
            with self._open(project) as repository:
                wanted = repository.commit(commit).id if commit else None
                current = repository.head()
                if current and current != wanted:
                    self._name(repository, b"refs/heads/rewound/" + current[:12], current)
                if not self._swap(repository, current, wanted):
                    raise StorageError("workspace-busy", project=project)

        await self._write(project, write)

    async def fork(self, project: str, commit: str, new: str) -> None:
        """Begin the project `new` with the objects of `project` and `commit` as its head; the tags come along."""

        def write() -> None:
            target = self._folder(new)
            if not target.is_dir():
                part = target.with_name(f"{target.name}.part")
                with _storage_errors(project):
                    shutil.rmtree(part, ignore_errors=True)
                    # Somebody may be writing: half-written files are locks, and they come and go while they are listed.
                    shutil.copytree(self._folder(project), part, ignore=shutil.ignore_patterns("*.lock"))
                    part.replace(target)

        await self._write(new, write)
        await self.reset(new, commit)

    async def newest(self, project: str, commits: Collection[str]) -> str:
        """The one of `commits` that has all others in its history; StorageError when none has."""

        def read() -> str:
            with self._open(project) as repository:
                for name in commits:
                    history = repository.history(repository.commit(name).id)
                    if set(commits) <= {commit.id.decode() for commit in history}:
                        return name
            raise StorageError("workspace-base-missing", commit=", ".join(name[:10] for name in commits))

        return await asyncio.to_thread(read)

    # ------------------------------------------------------------------------------------------------ one commit

    def _commit(
        self,
        project: str,
        change: Callable[[_Repository, ObjectID | None], _Change],
        note: CommitNote,
        base: str,
    ) -> str:
        self._create(project)
        for _ in range(_SWAP_ATTEMPTS):
            with self._open(project) as repository:
                head = repository.head()
                if done := _committed_effect(repository, head, base, note.effect):
                    return done
                new = self._store(repository, head, change(repository, head), note)
                if self._swap(repository, head, new):
                    return new.decode()
        raise StorageError("workspace-busy", project=project)

    def _store(self, repository: _Repository, head: ObjectID | None, change: _Change, note: CommitNote) -> ObjectID:
        """Write every new object of the commit; nothing refers to them yet."""
        staged = MemoryObjectStore()
        entries = [(path.encode(), blob, _MODE) for path, blob in change.kept.items()]
        for path, data in change.fresh.items():
            blob = Blob.from_string(data)
            staged.add_object(blob)
            entries.append((path.encode(), blob.id, _MODE))
        commit = Commit()
        commit.tree = commit_tree(staged, entries)
        commit.parents = [head] if head else []
        commit.author = commit.committer = f"{_one_line(note.author, '<>') or 'multicoder'} <>".encode()
        commit.author_time = commit.commit_time = int(time.time())
        commit.author_timezone = commit.commit_timezone = 0
        commit.encoding = b"UTF-8"
        commit.message = _message(note).encode()
        new: list[ShaFile] = [staged[name] for name in staged if name not in repository.objects]
        new.append(commit)
        if len(new) > _PACK_FROM:
            repository.objects.add_objects([(thing, None) for thing in new])
        else:
            for thing in new:
                self._past_dead_locks(partial(repository.objects.add_object, thing))
        return commit.id

    # ------------------------------------------------------------------------------------------- references, locks

    def _swap(self, repository: _Repository, old: ObjectID | None, new: ObjectID | None) -> bool:
        if new is None:
            return self._past_dead_locks(lambda: repository.refs.remove_if_equals(_MAIN, old))
        return self._past_dead_locks(lambda: repository.refs.set_if_equals(_MAIN, old or ZERO_SHA, new))

    def _name(self, repository: _Repository, reference: bytes, commit: ObjectID) -> None:
        """Create a reference; the same one again is fine, another commit under this name is not."""
        safe_path(repository.folder, reference.decode())
        try:
            added = self._past_dead_locks(lambda: repository.refs.add_if_new(Ref(reference), commit))
        except RefFormatError as error:
            raise InputError("workspace-tag-name", name=reference.decode()) from error
        if not added and repository.refs[Ref(reference)] != commit:
            raise InputError("workspace-tag-taken", name=reference.decode().rpartition("/")[2])

    def _past_dead_locks(self, work: Callable[[], _T]) -> _T:
        """Run `work`, taking over lock files whose process died.

        A data folder has one engine and each project one writer, so a lock older than this object is a dead
        process's. A younger one may be the person's own git client and is given time to let go.
        """
        waited_until = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                return work()
            except FileLocked as error:
                lock = Path(os.fsdecode(error.lockfilename))
                try:
                    abandoned = lock.stat().st_mtime < self._born or time.monotonic() > waited_until
                except FileNotFoundError:
                    continue
                if abandoned:
                    lock.unlink(missing_ok=True)
                else:
                    time.sleep(0.02)

    async def _write(self, project: str, work: Callable[[], _T]) -> _T:
        async with self._writing.setdefault(project, asyncio.Lock()):
            return await _to_the_end(work)

    # -------------------------------------------------------------------------------------------------- folders

    def _folder(self, project: str) -> Path:
        if not project or "/" in project or "\\" in project:
            raise InputError("workspace-project", project=project)
        return safe_path(self._root, project) / "repo"

    def _create(self, project: str) -> None:
        """Create the repository aside and rename it into place, so that a half-made one never counts."""
        folder = self._folder(project)
        if folder.is_dir():
            return
        made = folder.with_name("repo.new")
        with _storage_errors(project):
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir(parents=True)
            Repo.init_bare(made, config=StackedConfig([]), default_branch=b"main").close()
            made.rename(folder)

    @contextmanager
    def _open(self, project: str) -> Iterator[_Repository]:
        folder = self._folder(project)
        if not (folder / "objects").is_dir():
            raise StorageError("workspace-missing", project=project)
        objects = DiskObjectStore(str(folder / "objects"), fsync_object_files=True)
        try:
            with _storage_errors(project):
                yield _Repository(folder, objects, DiskRefsContainer(folder))
        finally:
            objects.close()


@contextmanager
def _storage_errors(project: str) -> Iterator[None]:
    try:
        yield
    except (zlib.error, ChecksumMismatch, FileFormatException, KeyError) as error:
        raise StorageError("workspace-damaged", project=project) from error
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise StorageError(path=str(error.filename or project), detail=detail) from error


async def _to_the_end(work: Callable[[], _T]) -> _T:
    """Run `work` in a thread; a cancellation waits until it is done, because a thread cannot be stopped half-way."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


# ------------------------------------------------------------------------------------------------------- the message


def _message(note: CommitNote) -> str:
    trailers = {"Effect": note.effect, "Run": note.run, "Module": note.module, "Model": note.author}
    lines = [f"{key}: {_one_line(value)}" for key, value in trailers.items() if value]
    return "\n\n".join(filter(None, [_one_line(note.subject) or "Change files", "\n".join(lines)])) + "\n"


def _effect(commit: Commit) -> str:
    """Return the `Effect` trailer of a commit; only the last paragraph counts, and a subject is always one line."""
    last = commit.message.decode("utf-8", "replace").rstrip("\n").rpartition("\n\n")[2]
    return next((line[8:] for line in last.split("\n") if line.startswith("Effect: ")), "")


def _committed_effect(repository: _Repository, head: ObjectID | None, base: str, effect: str) -> str:
    """Id of the commit that already carries `effect`; StorageError when `base` is not in the head's history."""
    wanted, found, based = _one_line(effect), "", not base
    for commit in repository.history(head):
        name = commit.id.decode()
        based = based or name == base
        if wanted and not found and _effect(commit) == wanted:
            found = name
        if based and found:
            break
    if not based and not found:
        raise StorageError("workspace-base-missing", commit=base[:40])
    return found


def _one_line(text: str, without: str = "") -> str:
    kept = "".join(" " if char in without or not char.isprintable() else char for char in text)
    return " ".join(kept.encode("utf-8", "replace").decode().split())


# ------------------------------------------------------------------------------------------------------- the content


@dataclass(frozen=True, slots=True)
class _Change:
    """A whole tree after a change."""

    kept: Mapping[str, ObjectID]
    fresh: Mapping[str, bytes]


def _change(repository: _Repository, head: ObjectID | None, files: Mapping[str, str | bytes | None]) -> _Change:
    wanted: dict[str, str | bytes | None] = {}
    for path, content in files.items():
        name = _tree_name(path)
        if name in wanted:
            raise InputError("workspace-path-twice", path=name)
        wanted[name] = content
    before = repository.blobs(head.decode()) if head else {}
    kept = {path: blob for path, blob in before.items() if path not in wanted}
    fresh = {path: _as_bytes(path, content) for path, content in wanted.items() if content is not None}
    check_collisions([*kept, *fresh])
    return _Change(kept, fresh)


def _tree_name(path: str) -> str:
    """Return the name a file is kept under; nothing may look like a repository of its own once exported."""
    name = clean_name(path)
    if ".git" in name.casefold().split("/"):
        raise InputError("unsafe-path", name=name, reason="reserved")
    return name


def _as_bytes(path: str, content: str | bytes) -> bytes:
    if isinstance(content, bytes):
        return content
    try:
        return content.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("workspace-text", path=path) from error


def _texts(repository: _Repository, blobs: Mapping[str, ObjectID], paths: Collection[str]) -> dict[str, str]:
    found = {path: _as_text(repository.data(blobs[path])) for path in sorted(paths) if path in blobs}
    return {path: text for path, text in found.items() if text is not None}


def _as_text(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
