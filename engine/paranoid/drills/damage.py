"""damaged-database, bit-flip: files that are no longer what was written to them."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast

from core.errors import MultiCoderError
from core.i18n import load_catalogues
from core.memory import DocumentNote
from core.ports import Version
from engine.journal import anchor_file
from engine.paranoid.drills.drill import in_words
from engine.paranoid.drills.filling import fill, open_stores
from engine.tasks.store import Stored, TaskStore
from engine.tasks.task import Task
from memory.documents import FILE as DOCUMENTS
from memory.documents import SqliteDocuments

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping
    from pathlib import Path

    from core.paths import Home
    from engine.bootstrap import Engine
    from engine.paranoid.drills.drill import Fact, Stage
    from memory.archive import SqliteArchive

KINDS: Final = ("pages", "truncated", "empty", "gone", "newer")
_NEWER_KIND: Final = KINDS[-1]
FLIPS: Final = 60
"""Bits flipped per kind of record."""

_PAGE: Final = 4096
_VERSION_AT: Final = 60
"""Where the header of an SQLite file keeps the number of its schema."""
_NEWER: Final = 10_000
_BESIDE: Final = ("-wal", "-shm", "-journal")
_THREAD: Final = "p-drill"


# ------------------------------------------------------------------------------------------------ databases


async def damaged(stage: Stage) -> list[Fact]:
    """Damage each database in every way, open the engine on it each time, look for what it held."""
    load_catalogues()
    home = stage.shadow
    home.prepare()
    async with open_stores(home) as stores:
        await fill(stores)
    await _fill_checkpoints(home)
    await _fill_tasks(home)
    await _fill_documents(home)
    whole = _Originals(home, stage.scratch / "whole")
    before = await _opened(home)
    facts = [await _alone(stage, whole, before, kind) for kind in KINDS]
    facts.append(await _with_backup(stage, whole, before))
    whole.put_back()
    after = await _opened(home)
    return [*facts, stage.fact("whole", _same(before, after), after)]


async def _alone(stage: Stage, whole: _Originals, before: _Opened, kind: str) -> Fact:
    """Damage one database after another where there is no backup: refused in words, or nothing is missing."""
    home, dice, wrong = stage.shadow, stage.dice(), []
    # Nothing but a backup can tell a task list that was lost from one that never was.
    chosen = [path for path in _chosen(home, kind) if path != home.tasks or kind not in {"empty", "gone"}]
    for path in chosen:
        whole.put_back()
        shutil.rmtree(home.backups, ignore_errors=True)  # each start makes a set where none is
        _damage(path, kind, dice)
        after = await _opened(home)
        if not (_refused(after) or _same(before, after) or _told(after, path.name)):
            wrong.append(f"{path.name}: {after} instead of {before}")
    return stage.fact(kind, not wrong, wrong, databases=len(chosen))


async def _with_backup(stage: Stage, whole: _Originals, before: _Opened) -> Fact:
    """The same with a backup at hand: the engine starts, says so, and everything is there."""
    from engine.recovery.sets import make_set  # noqa: PLC0415 - only here

    home, dice, wrong, tried = stage.shadow, stage.dice(), [], 0
    whole.put_back()
    await asyncio.to_thread(make_set, home, "drill")
    for kind in KINDS:
        for path in _chosen(home, kind) if kind != _NEWER_KIND else ():
            whole.put_back()
            _damage(path, kind, dice)
            after = await _opened(home)
            tried += 1
            if not (_same(before, after) and _told(after, path.name) and any(home.damaged.glob("*"))):
                wrong.append(f"{kind} {path.name}: {after} instead of {before}")
    return stage.fact("restored", not wrong, wrong, damages=tried)


def _databases(home: Home) -> list[Path]:
    return [home.database, home.ledger, home.checkpoints, home.tasks, home.journal, home.root / DOCUMENTS]


def _chosen(home: Home, kind: str) -> list[Path]:
    """Name what can be damaged so; a missing position file is in order, moving a damaged one away is a way out."""
    return [path for path in _databases(home) if (kind, path) != ("gone", home.checkpoints)]


class _Originals:
    """The databases as they were."""

    def __init__(self, home: Home, folder: Path) -> None:
        self._home = home
        self._folder = folder
        folder.mkdir()
        self._files = [*_databases(home), anchor_file(home.journal)]
        for path in self._files:
            shutil.copy2(path, folder)

    def put_back(self) -> None:
        """Undo every damage, and what was put aside because of it."""
        shutil.rmtree(self._home.damaged, ignore_errors=True)
        for path in self._files:
            for ending in _BESIDE:
                path.with_name(path.name + ending).unlink(missing_ok=True)
            shutil.copy2(self._folder / path.name, path)


def _damage(path: Path, kind: str, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    if kind == "gone":
        path.unlink()
        return
    if kind == "empty":
        data.clear()
    elif kind == "truncated":
        del data[len(data) // 2 :]
    elif kind == _NEWER_KIND:
        data[_VERSION_AT : _VERSION_AT + 4] = _NEWER.to_bytes(4, "big")
    else:
        pages = range(1, max(2, len(data) // _PAGE))  # the header stays: this one must be found by looking further
        for page in dice.sample(pages, max(1, len(pages) // 2)):
            data[page * _PAGE : page * _PAGE + _PAGE // 2] = dice.randbytes(_PAGE // 2)
    path.write_bytes(bytes(data))


@dataclass(frozen=True, slots=True)
class _Contents:
    """What an engine that started found in its databases."""

    rows: dict[str, int]
    told: frozenset[str]
    """Databases the journal says were put right."""


_Opened = _Contents | MultiCoderError | str
"""Contents, a refusal in words, or anything else that went wrong."""


async def _opened(home: Home) -> _Opened:
    """Open the engine and count what is there; how it refused otherwise."""
    from engine.bootstrap import open_engine  # noqa: PLC0415 - loads everything

    try:
        async with open_engine(home, team="demo", environ={}) as engine:
            return await _contents(engine)
    except MultiCoderError as error:
        return error
    except (OSError, ValueError, LookupError) as error:
        return repr(error)


async def _contents(engine: Engine) -> _Contents:
    archive = engine.archive
    messages = [len(await archive.messages(project.project)) for project in await archive.projects()]
    effects = await engine.ledger.execute(lambda db: db.execute("SELECT count(*) FROM effects").fetchone()[0])
    async with engine.saver.conn.execute("SELECT count(*) FROM checkpoints") as rows:
        steps = cast("tuple[int]", await rows.fetchone())[0]
    # A start makes a set of copies only where none is: its event says nothing of what had been there.
    events = [row for row in await asyncio.to_thread(engine.journal.read) if row.name != "backup.made"]
    ours = str(engine.home.damaged)  # the copied journal may tell of earlier times
    restored = [row.data for row in events if row.name == "recovery.restored"]
    told = frozenset(str(data["file"]) for data in restored if str(data["damaged"]).startswith(ours))
    home = engine.home
    counts = {home.database: sum(messages), home.ledger: effects, home.checkpoints: steps, home.journal: len(events)}
    counts[home.tasks] = await _tasks(home)
    kept = engine.memory.documents
    documents = [await kept.read(one.document) for one in await kept.documents() if one.standing != "forgotten"]
    counts[home.root / DOCUMENTS] = len(documents)
    return _Contents({path.name: count for path, count in counts.items()}, told)


async def _tasks(home: Home) -> int:
    store = TaskStore(home.tasks)
    try:
        return len(await store.all())
    finally:
        await store.close()


def _same(before: _Opened, after: _Opened) -> bool:
    """Whether nothing is missing; the journal may have grown, it keeps what happened meanwhile."""
    if not isinstance(before, _Contents) or not isinstance(after, _Contents):
        return False
    return all(after.rows[name] >= count for name, count in before.rows.items())


def _refused(after: _Opened) -> bool:
    return isinstance(after, MultiCoderError) and in_words(after)


def _told(after: _Opened, name: str) -> bool:
    return isinstance(after, _Contents) and name in after.told


async def _fill_checkpoints(home: Home) -> None:
    from langgraph.checkpoint.base import empty_checkpoint  # noqa: PLC0415 - loads langgraph

    from graph.checkpoints import open_checkpoints  # noqa: PLC0415 - as above

    async with open_checkpoints(home.checkpoints) as saver:
        for _ in range(20):
            config: Any = {"configurable": {"thread_id": _THREAD, "checkpoint_ns": ""}}
            await saver.aput(config, empty_checkpoint(), {}, {})


async def _fill_tasks(home: Home) -> None:
    store = TaskStore(home.tasks)
    try:
        for number in range(20):
            await store.write(Stored(Task(f"t-drill-{number}", "drill", f"task {number}", state="done"), number))
    finally:
        await store.close()


async def _fill_documents(home: Home) -> None:
    documents = await asyncio.to_thread(SqliteDocuments, home.root / DOCUMENTS)
    try:
        for number in range(20):
            text = "".join(f"line {line} of document {number}\n" for line in range(200))
            await documents.add(text.encode(), DocumentNote(f"drill {number}", "docs", "own"))
    finally:
        await asyncio.to_thread(documents.close)


# ------------------------------------------------------------------------------------------------ bits


async def bit_flip(stage: Stage) -> list[Fact]:
    """Flip single bits inside stored rows, where SQLite's own check sees nothing, and read every row again."""
    from memory.archive import SqliteArchive  # noqa: PLC0415 - only here

    file, dice = stage.scratch / "archive.db", stage.dice()
    archive = SqliteArchive(file)
    try:
        records = await _records(archive, dice)
        whole = [name for name, record in records.items() if await _outcome(archive, record) != "read"]
    finally:
        archive.close()
    kinds = ("message", "run", "version", "blob")
    flipped = {kind: [name for name in records if name.startswith(kind)][: FLIPS // 2] for kind in kinds}
    _flip(file, [records[name].content for names in flipped.values() for name in names], dice)
    archive = SqliteArchive(file)
    try:
        missed = {
            kind: [name for name in names if await _outcome(archive, records[name]) != "told"]
            for kind, names in flipped.items()
        }
        spared = [name for name in records if name not in {name for names in flipped.values() for name in names}]
        hurt = [name for name in spared if await _outcome(archive, records[name]) != "read"]
    finally:
        archive.close()
    return [
        *(stage.fact(kind, not missed[kind], missed[kind], bits=len(flipped[kind])) for kind in kinds),
        stage.fact("spared", not whole and not hurt, [*whole, *hurt], rows=len(spared)),
    ]


class _Record(NamedTuple):
    """A record to damage."""

    content: bytes
    """Bytes of it as they lie in the file."""
    reader: str
    """The archive's method that returns it."""
    name: str


async def _records(archive: SqliteArchive, dice: random.Random) -> Mapping[str, _Record]:
    found: dict[str, _Record] = {}
    for number in range(FLIPS):
        text = f"{number:04}-{dice.randbytes(200).hex()}"
        project = (await archive.add_project(f"drill {number}", out="out", locale="en")).project
        message = await archive.add_message(project, f"r-{number}", "person", f"m{text}")
        await archive.add_run(f"r-{number}", project, message, {"text": f"r{text}"})
        plan = cast("Any", {"title": f"v{text}"})
        await archive.add_version(Version(project, 1, f"r-{number}", "0" * 40, "x.zip", "0" * 64, 0.0, plan))
        data = dice.randbytes(500)
        blob = await archive.put_blob(data)
        found |= {
            f"message {number}": _Record(f"m{text}".encode(), "message", message),
            f"run {number}": _Record(f"r{text}".encode(), "run", f"r-{number}"),
            f"version {number}": _Record(f"v{text}".encode(), "versions", project),
            f"blob {number}": _Record(data, "blob", blob),
        }
    return found


async def _outcome(archive: SqliteArchive, record: _Record) -> Literal["read", "told", "crashed"]:
    """Read a record: it came back, its damage was told in words, or something else went wrong."""
    try:
        await getattr(archive, record.reader)(record.name)
    except MultiCoderError as error:
        return "told" if in_words(error) else "crashed"
    except (ValueError, LookupError, TypeError):
        return "crashed"
    return "read"


def _flip(file: Path, contents: list[bytes], dice: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for content in contents:
        start = data.index(content)
        data[start + dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    file.write_bytes(bytes(data))
