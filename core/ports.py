"""The ports: every part of the outside world the coordinator touches, on one page.

Adapters live in agents (Gateway), builders (Workspace, Runner, Checker, TestBench, Builder, Delivery) and memory
(Archive); `engine.bootstrap` is the only place that joins them. All methods that wait are coroutines and are
cancelled by cancelling the task: an adapter then stops its children before it lets the cancellation pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from core.jobs import Ending, Job, JobResult, Limits, Observation, RunnerStatus, Trial
from core.plan import AcceptanceExample, Finding, ModuleContract, Packaging, Plan, Target
from core.records import Project, RunRecord, StoredMessage, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from core.events import Json

# --------------------------------------------------------------------------------------------------- models

Role = Literal["router", "judge", "architect", "coder", "reviewer", "tester", "packager", "converse", "researcher"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    author: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class CallTag:
    """What a model call is for. Real providers ignore it; the ledger, the journal and the demo team read it."""

    call: str
    """`role.purpose`: router.route, judge.request, judge.plan, judge.code, architect.plan, coder.write, coder.fix,
    reviewer.review, tester.tests, tester.attack, packager.pack, converse.answer, researcher.plan, researcher.choose,
    researcher.read."""
    run: str = ""
    module: str = ""
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One question to a role. `schema` (JSON schema with a title) asks for a structured answer."""

    role: Role
    tag: CallTag
    messages: tuple[Message, ...]
    schema: Mapping[str, Json] | None = None
    max_tokens: int = 16_000
    avoid_family: str = ""
    """Prefer a model of another family (a reviewer should not judge its own kind)."""
    escalate: int = 0
    """0 = first choice; each step up asks for another model than the one before."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and money of one call; money is USD, 0.0 when the price is not known (`priced` False)."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float = 0.0
    priced: bool = False


@dataclass(frozen=True, slots=True)
class ModelReply:
    """A whole answer: `finish_reason` was seen, the text is complete."""

    text: str
    model: str
    """`provider:model` that really answered."""
    family: str = ""
    data: Json = None
    """The parsed object when a schema was given."""
    usage: Usage = field(default_factory=Usage)
    substitutions: tuple[str, ...] = ()
    """Readable notes of each fallback on the way (`openai:x rate_limited -> other:y`)."""


class Gateway(Protocol):
    """Any number of models behind one door. Raises `core.errors.ProviderError` when all candidates failed."""

    async def ask(self, request: ModelRequest, *, on_text: Callable[[str], None] | None = None) -> ModelReply:
        """Answer `request`; `on_text` gets batches of streamed text."""

    def estimate(self, request: ModelRequest) -> Usage:
        """Return the most this call can cost, for reservation before it is sent."""

    def roster(self) -> Mapping[Role, str]:
        """Which model answers for each role first; empty when no provider is set up."""

    def models(self) -> Sequence[str]:
        """Every model that may be asked, first choices first; empty where nothing can be chosen."""

    def rivals(self) -> Mapping[int, str]:
        """The coders that write the same module, by their step of `escalate`; at most one where nobody competes."""

    async def aclose(self) -> None:
        """Close connections."""


# --------------------------------------------------------------------------------------------------- runner


class Runner(Protocol):
    """The only way generated code is executed. Raises `core.errors.RunnerUnavailable`, never runs unprotected."""

    async def status(self) -> RunnerStatus:
        """Probe the sandbox by running it (cached)."""

    async def run(self, job: Job) -> JobResult:
        """Run to the end or to a limit; the whole process tree is gone when this returns or is cancelled."""

    async def observe(self, job: Job, *, screenshot: Path, settle_seconds: float = 2.0) -> Observation:
        """Start a display job, await its first window, take its picture, close it politely, then kill."""

    async def observe_port(self, job: Job, *, port: int, path: str = "/") -> Observation:
        """Start a server job, await an HTTP answer on `port` from inside its network namespace, close it."""


# --------------------------------------------------------------------------------------------------- project files


@dataclass(frozen=True, slots=True)
class CommitNote:
    """Who made a version and why; `effect` makes a repeated commit find itself instead of doubling."""

    effect: str
    author: str
    """`provider:model` or `multicoder`."""
    subject: str
    run: str
    module: str = ""


class Workspace(Protocol):
    """Generated files and their history: one git repository per project. Paths pass `core.safe_path` here."""

    async def commit(
        self, project: str, files: Mapping[str, str | bytes | None], note: CommitNote, *, base: str = ""
    ) -> str:
        """Apply `files` (None deletes) on top of the project's head and return the commit id.

        `base`, when given, must be in its history and is otherwise ignored. Returns the old id when `note.effect` is
        already committed.
        """

    async def restore(self, project: str, commit: str, note: CommitNote) -> str:
        """Commit the files of an earlier `commit` on top of the head, byte for byte; repeated like `commit`."""

    async def head(self, project: str) -> str:
        """Newest commit id, empty for a new project."""

    async def files(self, project: str, commit: str) -> dict[str, str]:
        """Text files at `commit` by path."""

    async def diff(self, project: str, old: str, new: str) -> str:
        """Unified diff; `old` empty = everything is new."""

    async def change(self, project: str, commit: str, base: str = "") -> tuple[dict[str, str], dict[str, str]]:
        """Text files that differ between `base` (its parent when empty) and `commit`: as they were, as they are.

        A new one is absent from the first, a deleted one from the second.
        """

    async def export(self, project: str, commit: str, target: Path) -> None:
        """Write the tree of `commit` into the empty or new folder `target`."""

    async def tag(self, project: str, name: str, commit: str) -> None:
        """Name a commit (`v1`); repeating the same tag is no error."""

    async def reset(self, project: str, commit: str) -> None:
        """Make `commit` the head again (rewind), empty = no files yet.

        Later commits stay reachable by a `rewound/…` reference.
        """

    async def fork(self, project: str, commit: str, new: str) -> None:
        """Begin the project `new` with the history of `project` up to `commit`; repeating it is no error."""

    async def newest(self, project: str, commits: Collection[str]) -> str:
        """Return the one of `commits` that has all others in its history."""


# --------------------------------------------------------------------------------------------------- checks, tests


@dataclass(frozen=True, slots=True)
class TestReport:
    """What the test bench measured; `failures` are trimmed outputs, most telling first."""

    __test__ = False

    passed: int
    failed: int
    errors: int
    seconds: float
    failures: tuple[str, ...]
    command: tuple[str, ...]
    exit_code: int | None
    junit_sha256: str = ""

    @property
    def ok(self) -> bool:
        """At least one test ran and none failed."""
        return self.passed > 0 and self.failed == 0 and self.errors == 0 and self.exit_code == 0

    def as_dict(self) -> dict[str, Json]:
        """JSON form for state and evidence."""
        return {
            "passed": self.passed,
            "failed": self.failed,
            "errors": self.errors,
            "seconds": round(self.seconds, 3),
            "failures": list(self.failures),
            "command": list(self.command),
            "exit_code": self.exit_code,
            "junit_sha256": self.junit_sha256,
            "ok": self.ok,
        }


class Checker(Protocol):
    """Deterministic checks of code; what they find is fact, not opinion."""

    async def check_module(self, plan: Plan, contract: ModuleContract, files: Mapping[str, str]) -> list[Finding]:
        """Check syntax, placeholders, contract (exports exist), files outside the contract, import gate.

        The module is imported in the runner when its project imports are present in `files`.
        """

    async def check_project(self, plan: Plan, files: Mapping[str, str]) -> list[Finding]:
        """Check cross-module symbols, entry point present, everything importable together, undeclared dependencies."""


class TestBench(Protocol):
    """Runs generated tests in the runner."""

    async def run_tests(
        self, project: str, plan: Plan, files: Mapping[str, str], tests: Sequence[str] = ()
    ) -> TestReport:
        """Run pytest over `files` (project and tests together); `tests` limits it to these test files."""

    async def weak_tests(self, project: str, plan: Plan, files: Mapping[str, str]) -> list[str]:
        """Mutation check: descriptions of seeded faults that no test noticed (empty = the tests can fail)."""


# --------------------------------------------------------------------------------------------------- build, delivery


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What to build; `folder` is the build's own scratch folder (kept until delivery)."""

    project: str
    run: str
    version: int
    plan: Plan
    packaging: Packaging
    files: Mapping[str, str]
    target: Target
    folder: Path


@dataclass(frozen=True, slots=True)
class BuildReport:
    """A finished file with the facts that prove it."""

    artifact: Path
    sha256: str
    size: int
    commands: tuple[tuple[str, ...], ...]
    seconds: float
    log: str


@dataclass(frozen=True, slots=True)
class SmokeReport:
    """What was seen when the built file was started."""

    ok: bool
    facts: tuple[str, ...]
    """Plain sentences of what was seen."""
    unchecked: tuple[str, ...]
    """Acceptance examples nobody could check without eyes, told to the person."""
    failure: str
    screenshot: Path | None = None
    acceptance: Mapping[str, bool] = field(default_factory=dict)
    """Acceptance id -> passed, for the examples that could be checked."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts of a build that are read from its folder."""

    environment: Mapping[str, Json]
    """`python` version and `packages` (name -> version)."""
    screenshot: bytes | None


class Builder(Protocol):
    """Turns accepted files into one artifact and starts it. Raises `core.errors.BuildFailed`."""

    async def build(self, order: BuildOrder) -> BuildReport:
        """Build the artifact for `order.target`; work is done inside `order.folder` only, which is emptied first."""

    async def intact(self, report: BuildReport) -> bool:
        """Whether the built file is still there, byte for byte."""

    async def fetch(self, order: BuildOrder, report: BuildReport, places: Sequence[Path]) -> BuildReport:
        """Put an intact copy of a file that was built before into `order.folder`, which is emptied first.

        It is looked for where it was built and then in `places`. Raises BuildFailed `version-gone` when nobody has it.
        """

    async def smoke(self, order: BuildOrder, report: BuildReport) -> SmokeReport:
        """Start the built file (not the sources) and look."""

    async def try_out(self, order: BuildOrder, report: BuildReport) -> Trial:
        """Start the built file once, without input, for somebody who wants to see it; its picture is left behind."""

    def can_build(self, plan: Plan, target: Target) -> bool:
        """Whether this machine has what the target takes."""

    async def evidence(self, order: BuildOrder, screenshot: str) -> Evidence:
        """What the build folder can prove besides the report: the environment and the picture."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where the finished file and its evidence lie."""

    artifact: Path
    evidence: Path
    sha256: str


class Delivery(Protocol):
    """Places finished files; never overwrites, never half-written. Raises `core.errors.DeliveryFailed`."""

    def check(self, folder: Path) -> None:
        """Raise `core.errors.InputError` when nothing could be delivered to `folder`; create it when missing.

        Refused are a folder that cannot be made, an unwritable or full one, and one inside the install folder.
        """

    def reserve(self, folder: Path, name: str, version: int) -> Path:
        """Choose a free file name in `folder` for the artifact, once; it is then kept in the ledger."""

    async def deliver(self, artifact: Path, destination: Path, evidence: Mapping[str, bytes], sha256: str) -> Delivered:
        """Copy to a temporary neighbour, fsync, check the digest, rename without overwriting; the evidence likewise.

        Repeating a finished delivery finds the same files and changes nothing.
        """


# --------------------------------------------------------------------------------------------------- archive


class Archive(Protocol):
    """Projects, messages, runs and versions, losslessly; a returned call is on disk."""

    async def add_project(self, title: str, *, out: str, locale: str) -> Project:
        """Begin a project; its id is chosen here."""

    async def set_title(self, project: str, title: str) -> None:
        """Rename a project."""

    async def project(self, project: str) -> Project:
        """Return one project; InputError `unknown-project` when there is none."""

    async def projects(self) -> list[Project]:
        """Return all projects, oldest first."""

    async def add_message(
        self,
        project: str,
        run: str,
        author: Literal["person", "multicoder"],
        text: str,
        *,
        kind: str = "text",
        effect: str = "",
    ) -> str:
        """Keep a message and return its id. A repeated non-empty `effect` returns the first id."""

    async def message(self, message: str) -> StoredMessage:
        """Return one message; InputError `unknown-message` when there is none."""

    async def messages(self, project: str) -> list[StoredMessage]:
        """Return the messages of a project in the order they were kept."""

    async def recent(self, project: str, *, before: str = "", limit: int = 20) -> list[StoredMessage]:
        """Return the newest text messages of a project, oldest first; `before` and later ones are left out."""

    async def add_run(self, run: str, project: str, request: str, options: Mapping[str, Json]) -> None:
        """Keep a run that begins; repeating the same run changes nothing, another message under its id is refused."""

    async def move_run(self, run: str, project: str) -> None:
        """Give a run and its messages to another project; repeating it changes nothing."""

    async def set_outcome(self, run: str, outcome: str) -> None:
        """Record how a run ended."""

    async def run(self, run: str) -> RunRecord:
        """Return one run; InputError `unknown-run` when there is none."""

    async def runs(self) -> list[RunRecord]:
        """Return all runs, oldest first."""

    async def add_version(self, version: Version) -> None:
        """Keep a version; repeating the same (project, number, run) changes nothing."""

    async def versions(self, project: str) -> list[Version]:
        """Return the delivered versions of a project, oldest first."""

    async def put_blob(self, data: bytes) -> str:
        """Keep bytes, return their sha256 (hex)."""

    async def blob(self, sha256: str) -> bytes:
        """Return kept bytes, checked against their digest."""


__all__ = [
    "AcceptanceExample",
    "Archive",
    "BuildOrder",
    "BuildReport",
    "Builder",
    "CallTag",
    "Checker",
    "CommitNote",
    "Delivered",
    "Delivery",
    "Ending",
    "Evidence",
    "Gateway",
    "Job",
    "JobResult",
    "Limits",
    "Message",
    "ModelReply",
    "ModelRequest",
    "Observation",
    "Project",
    "Role",
    "RunRecord",
    "Runner",
    "RunnerStatus",
    "SmokeReport",
    "StoredMessage",
    "TestBench",
    "TestReport",
    "Trial",
    "Usage",
    "Version",
    "Workspace",
]
