"""The test stand of the fault tests: a model server and a launcher in processes of their own, and what a run left."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dulwich.objects import ObjectID
from dulwich.refs import Ref
from dulwich.repo import Repo

from builders.toolchains.python import FOLDER_VARIABLE, toolchain_folder
from builders.workspace import GitWorkspace
from core.paths import Home
from memory.archive import SqliteArchive
from tests.faults import model_script

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[2]
TOOLCHAIN = toolchain_folder(Home(REPOSITORY), os.environ)
"""Read when this module is imported: the tests themselves start from a clean environment."""
TURNS = (model_script.NEW, model_script.QUESTION, model_script.WISH)
DATABASES = ("multicoder.db", "checkpoints.db", "ledger.db", "journal.db")
PRICES = """
[[provider]]
id = "loopback"
name = "Loopback"
base_url = "{url}"
models = ["gpt-test"]
[provider.prices]
"*" = [{price}, {price}]
"""


def child_environment(**more: str) -> dict[str, str]:
    """The environment of a process of the product: nothing of the person's own MultiCoder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MULTICODER_")}
    return {**kept, "PYTHONPATH": str(REPOSITORY), FOLDER_VARIABLE: str(TOOLCHAIN), **more}


class ModelServer:
    """The loopback server with `model_script`, its record of requests and the folder its faults are switched in."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.faults = folder / "faults"
        self.faults.mkdir()
        self._record = folder / "requests"
        self._record.touch()
        port = folder / "port"
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.fakes.openai_server"),
                *("--script", str(Path(model_script.__file__)), "--port-file", str(port)),
                *("--record", str(self._record)),
            ],
            cwd=REPOSITORY,
            env=child_environment(FAULT_FOLDER=str(self.faults)),
        )
        wait_for(port.exists, 30)
        self.url = port.read_text(encoding="utf-8")

    def mark(self) -> int:
        """Where the record ends now."""
        return self._record.stat().st_size

    def since(self, mark: int) -> list[str]:
        """The requests after a mark, each as the text of its messages."""
        with self._record.open(encoding="utf-8") as record:
            record.seek(mark)
            return [json.dumps(json.loads(line)["body"]["messages"]) for line in record]

    @contextlib.contextmanager
    def fault(self, name: str) -> Iterator[Path]:
        """Misbehave for a while, see `model_script`; gives the file that says so."""
        file = self.faults / name
        file.touch()
        try:
            yield file
        finally:
            file.unlink()

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)


@dataclass(frozen=True)
class Death:
    """How a child ended."""

    pid: int
    killed: bool
    timeout: bool
    code: int | None


class Launcher:
    """See `tests.faults.launcher`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.launcher"],
            cwd=REPOSITORY,
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in, self._out = self._process.stdin, self._process.stdout
        assert json.loads(self._out.readline()) == {"ready": True}

    def run(self, job: dict[str, Any]) -> Death:
        """Run one child to its end."""
        self._in.write(json.dumps(job) + "\n")
        self._in.flush()
        return Death(**json.loads(self._out.readline()))

    def close(self) -> None:
        """End the process."""
        self._in.close()
        self._process.wait(10)
        self._out.close()


@dataclass(frozen=True)
class Facts:
    """What the turns of a trial left behind, without names that differ between trials."""

    outcomes: list[str]
    messages: list[tuple[str, str, str]]
    versions: list[tuple[int, str, str]]
    tree: dict[str, str]
    commits: list[str]
    """Effect trailers; a doubled commit is there twice."""
    effects: list[str]
    """Keys of the recorded effects."""
    calls: int
    """Rows of paid calls."""
    approved: list[int]
    """How often each card was answered."""
    placed: list[str]
    """Everything below the output folder."""


@dataclass
class Trial:
    """One data folder on which the engine is started as often as it takes."""

    folder: Path
    server: ModelServer
    launcher: Launcher
    turns: tuple[str, ...] = TURNS
    team: str = ""
    target: str = "source"
    used: list[str] = field(default_factory=list)
    deaths: int = 0
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for path in (self.folder, self.out, self.notes):
            path.mkdir()

    @property
    def home(self) -> Home:
        """The data folder."""
        return Home(self.folder / "home")

    @property
    def out(self) -> Path:
        """Where finished files go."""
        return self.folder / "out"

    @property
    def notes(self) -> Path:
        """What the children wrote down."""
        return self.folder / "notes"

    def start(self, **kill: Any) -> Death:
        """Start the engine once more."""
        mark = self.server.mark()
        death = self.launcher.run(
            {
                "home": str(self.home.root),
                "out": str(self.out),
                "notes": str(self.notes),
                "turns": list(self.turns),
                "team": self.team,
                "target": self.target,
                "used": self.used,
                "environ": {"MULTICODER_BASE_URL": self.server.url, "MULTICODER_MODEL": "gpt-test"},
                **kill,
            }
        )
        assert not death.timeout, self.output()
        if death.killed:
            self.deaths += 1
            events = self.events()
            if events and "killed" in events[-1]:
                self.used.append(events[-1]["killed"])
            else:
                with (self.notes / "events").open("a", encoding="utf-8") as notes:
                    notes.write('{"killed": "at a random moment"}\n')
        self.requests += self.server.since(mark)
        return death

    def events(self) -> list[dict[str, Any]]:
        """Everything the witnesses saw."""
        file = self.notes / "events"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    def output(self) -> str:
        """What the children printed, and what they waited for."""
        texts = [(self.notes / name) for name in ("output", "ends")]
        return "\n".join(path.read_text(encoding="utf-8")[-3000:] for path in texts if path.exists())

    def in_flight(self) -> int:
        """Calls that were on their way when children were killed: only these may be paid twice."""
        events = self.events()
        return sum(event.get("flying", 0) for event, after in itertools.pairwise(events) if "killed" in after)

    def finish(self) -> Facts:
        """Start the engine without harm until everything is done."""
        death = self.start()
        assert death.code == 0, self.output()
        return self.facts()

    # ------------------------------------------------------------------------------------------ what is there

    def facts(self) -> Facts:
        """What the turns left behind."""
        return asyncio.run(self._facts())

    async def _facts(self) -> Facts:
        archive = SqliteArchive(self.home.database)
        try:
            (project,) = await archive.projects()
            runs = await archive.runs()
            messages = await archive.messages(project.project)
            versions = await archive.versions(project.project)
        finally:
            archive.close()
        names = {record.run: f"run{number}" for number, record in enumerate(runs)}
        names |= {str(self.folder): "FOLDER", project.project: "PROJECT"}
        workspace = GitWorkspace(self.home.projects)
        head = await workspace.head(project.project)
        return Facts(
            outcomes=[record.outcome for record in runs],
            messages=[(item.author, item.kind, plain(item.text, names)) for item in messages],
            versions=[(item.number, item.sha256, Path(item.artifact).name) for item in versions],
            tree=await workspace.files(project.project, head) if head else {},
            commits=sorted(plain(effect, names) for effect in self._trailers(project.project)),
            effects=sorted(_without_paths(plain(row[0], names)) for row in self.rows("SELECT key FROM effects")),
            calls=self.rows("SELECT count(*) FROM spend")[0][0],
            approved=[
                row[0]
                for row in self.rows("SELECT count(answered) FROM approvals GROUP BY run, digest ORDER BY min(rowid)")
            ],
            placed=sorted(str(path.relative_to(self.out)) for path in self.out.rglob("*")),
        )

    def _trailers(self, project: str) -> list[str]:
        folder = self.home.projects / project / "repo"
        if not folder.is_dir():
            return []
        with closing(Repo(str(folder))) as repository:
            main = repository.refs.read_ref(Ref(b"refs/heads/main"))
            walked = repository.get_walker([ObjectID(main)]) if main else ()
            texts = [entry.commit.message.decode() for entry in walked]
        return [line for text in texts for line in text.splitlines() if line.startswith("Effect: ")]

    def rows(self, query: str, database: str = "ledger.db") -> list[Any]:
        """Ask a database of the data folder."""
        with closing(sqlite3.connect(self.home.root / database)) as connection:
            return connection.execute(query).fetchall()

    def prompts(self) -> Counter[str]:
        """The requests so far, without names that differ between trials."""
        project, *_ = self.rows("SELECT project FROM projects", "multicoder.db")[0]
        runs = [row[0] for row in self.rows("SELECT run FROM runs ORDER BY position", "multicoder.db")]
        names = {run: f"run{number}" for number, run in enumerate(runs)}
        names |= {str(self.folder): "FOLDER", project: "PROJECT"}
        cited = [("message", "multicoder.db"), ("document", "documents.db")]  # lines are told with their places
        for kind, database in cited:
            kept = self.rows(f"SELECT {kind} FROM {kind}s ORDER BY position", database)
            names |= {row[0]: f"{kind}{number}" for number, row in enumerate(kept)}
        return Counter(plain(text, names) for text in self.requests)

    def acknowledged(self) -> set[str]:
        """Ids of the messages whose keeping was confirmed."""
        acks = self.notes / "acks"
        return set(acks.read_text(encoding="utf-8").split()) if acks.exists() else set()

    # ------------------------------------------------------------------------------------------ invariants

    def check_after_death(self) -> None:
        """What must hold on the disk of a killed engine, whenever it was killed."""
        if not all((self.home.root / name).exists() for name in DATABASES):
            return  # killed before there was anything
        kept = {row[0] for row in self.rows("SELECT message FROM messages", "multicoder.db")}
        assert self.acknowledged() <= kept
        seen = {event.get("label", "") for event in self.events()}
        outcomes = self.rows("SELECT outcome FROM runs ORDER BY position", "multicoder.db")
        for number, (outcome,) in enumerate(outcomes):
            closing_began = any(f"{number}." in label and ":node.started:close:" in label for label in seen)
            assert not outcome or closing_began, f"turn {number} was called {outcome} while unfinished"
        answers = self.rows("SELECT via, reply FROM approvals WHERE answered IS NOT NULL")
        assert all(via == "--yes" and reply for via, reply in answers)
        if ":card.shown:" in (self.used[-1] if self.used else ""):
            assert self.rows("SELECT answered FROM approvals ORDER BY rowid DESC LIMIT 1") == [(None,)]

    def check_integrity(self) -> None:
        """Every database is whole."""
        for name in DATABASES:
            assert self.rows("PRAGMA integrity_check", name) == [("ok",)], name


def plain(text: str, names: dict[str, str]) -> str:
    """Text with what differs between trials replaced."""
    for old, new in names.items():
        text = text.replace(old, new)
    return text


def _without_paths(key: str) -> str:
    """An effect's key; inputs that contain ids, commits or paths are left out."""
    run, epoch, kind, module, attempt, inputs = key.split("/")
    if kind in {"deliver", "build"} or kind.startswith("call:"):  # prompts cite what is remembered by its ids
        inputs = ""
    return f"{run}/{epoch}/{kind}/{module}/{attempt}/{inputs}"


def differences(found: Facts, expected: Facts) -> list[str]:
    """What one trial has and the other has not, by field."""
    lines = []
    for name, left in asdict(found).items():
        right = asdict(expected)[name]
        if left != right:
            more = [item for item in left if item not in right] if isinstance(left, list) else left
            less = [item for item in right if item not in left] if isinstance(right, list) else right
            lines.append(f"{name}: {more!r}\n  instead of {less!r}")
    return lines


def processes_naming(text: str) -> list[int]:
    """Processes whose command line contains `text`."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            with contextlib.suppress(OSError):
                if text.encode() in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
    return found


def tree_digest(folder: Path) -> str:
    """One digest over names and bytes of a folder."""
    digest = hashlib.sha256()
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def commands_naming(text: str) -> list[str]:
    """Their command lines, for a failure's message."""
    found = []
    for pid in processes_naming(text):
        with contextlib.suppress(OSError):
            found.append(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:1500])
    return found


def wait_for(condition: Any, seconds: float, describe: Any = None) -> float:
    """Wait until `condition()` holds and return how long that took."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not within {seconds} s: {describe() if describe else condition}"
        time.sleep(0.02)
    return time.monotonic() - started


class Stand:
    """Server and launcher together, for one test process."""

    def __init__(self, folder: Path) -> None:
        self.server = ModelServer(folder / "server")
        self.launcher = Launcher()
        self._folder = folder
        self._baselines: dict[tuple[str, ...], tuple[Facts, Counter[str]]] = {}
        self._trials = 0

    def trial(self, **changes: Any) -> Trial:
        """A fresh data folder."""
        self._trials += 1
        return Trial(self._folder / f"trial{self._trials}", self.server, self.launcher, **changes)

    def undisturbed(self, **changes: Any) -> tuple[Facts, Counter[str]]:
        """What the same turns leave when nothing happens to them (made once), and the requests they take."""
        key = tuple(map(str, changes.values()))
        if key not in self._baselines:
            trial = self.trial(**changes)
            facts = trial.finish()
            self._baselines[key] = facts, trial.prompts()
        return self._baselines[key]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.launcher.close()
        self.server.close()
