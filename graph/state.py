"""The state of a run: JSON primitives and references, never texts of files, clients or keys.

The SQLite saver writes the whole state at every step, so a plan is a reference into the archive and code is a
commit id. Each turn of a thread starts with `new_turn`, which resets everything that belongs to one run: an old
`delivered` would make the next turn look finished.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, NotRequired, TypedDict

from core.events import Json
from core.memory import Reach
from core.plan import Finding, Routing, Subject, Target, Verdict
from core.research import Decision, WebUse
from graph.forecast import Forecast

SCHEMA_VERSION: Final = 1

Outcome = Literal["delivered", "answered", "refused", "rejected", "stopped", "cancelled"]
ModuleStatus = Literal["pending", "accepted", "kept", "failed", "blocked"]
HoldKind = Literal["judge", "stuck", "budget", "provider", "system", "internal", "guard"]
Stage = Literal["modules", "integrate", "tests", "build", "smoke"]

RESET: Final = "*reset*"
"""Key in a module update that drops what an earlier turn left."""

ALLOWED_ONCE: Final = "allowed-once"
"""Subject of the decision that lets one dangerous action happen; it is no advice and changes no question."""

DONE: Final[frozenset[ModuleStatus]] = frozenset({"accepted", "kept"})


class ModuleState(TypedDict):
    """Where one module of the generated program stands."""

    status: ModuleStatus
    commit: str
    drafts: int
    """Drafts made so far; the next one is `drafts + 1`."""
    model: str
    family: str
    findings: list[Finding]
    """What still stands against the last draft; empty once accepted."""


class Failure(TypedDict):
    """Something the harness measured that must be repaired before the run can go on."""

    stage: Stage
    findings: list[Finding]
    output: str


class Round(TypedDict):
    """One repair round, kept to measure progress."""

    stage: Stage
    module: str
    spots: list[str]
    """Stable names of what failed."""
    tree: str
    """Hash of the files the round started from."""
    tried: str
    """One line on what was changed."""
    seen: NotRequired[str]
    """Archive reference of what failed and of the change that was accepted against it, empty while none was."""
    commit: NotRequired[str]
    """What was accepted, else empty."""


class Hold(TypedDict):
    """Why the run waits for a person, and where it goes on."""

    kind: HoldKind
    at: str
    code: str
    """Id of the error text, see `core.errors`."""
    facts: dict[str, str | int | float]
    detail: str


class Suite(TypedDict):
    """The tests of the program, written by the tester and committed like code."""

    files: list[str]
    commit: str
    """The newest commit of tests."""
    model: str
    family: str
    attacked: bool
    strengthened: bool
    weak: list[str]
    """Seeded faults no test noticed after the tester's second try; told in the delivery."""


class Options(TypedDict):
    """What the person asked for besides the text."""

    out: str
    target: Target | None
    attachments: list[str]
    """Archive ids of attached texts."""
    restore: NotRequired[int]
    """The version to be delivered again, as the person's click named it; no model can set it."""
    reach: NotRequired[Reach]
    """How far the memory is looked through; the project's, where nobody chose."""
    web: NotRequired[WebUse]
    """How things are looked up on the internet; never, where nobody said (a run of an older program)."""
    allow_download: NotRequired[list[str]]
    """Repositories (`host/owner/name`) the person named at the command line; no model can add one."""


class BuildState(TypedDict):
    """The finished file and what proves it; `report` is an archive reference to the whole record."""

    artifact: str
    sha256: str
    report: str
    smoke: str


class Delivery(TypedDict):
    """Where the finished file lies."""

    artifact: str
    evidence: str
    sha256: str
    version: int


class Caps(TypedDict, total=False):
    """Hard limits of the run; a missing one does not limit."""

    usd: float
    assume_prices: bool
    """Count calls of unknown price at a pessimistic one: set when the person gave the money cap by hand."""
    tokens: int
    calls: int
    minutes: float


class Approval(TypedDict):
    """A decision of the person, as redeemed from the ledger."""

    subject: str
    decision: str
    digest: str
    text: str


def merge_modules(old: dict[str, ModuleState] | None, new: dict[str, ModuleState]) -> dict[str, ModuleState]:
    """Join parallel module results; a `RESET` key starts afresh."""
    base = {} if RESET in new else dict(old or {})
    base.update({name: module for name, module in new.items() if name != RESET})
    return base


def merge_verdicts(old: dict[Subject, Verdict] | None, new: dict[Subject, Verdict]) -> dict[Subject, Verdict]:
    """Keep the newest verdict per subject; an empty update clears (a new turn)."""
    return {**(old or {}), **new} if new else {}


def last_write(_old: Hold | None, new: Hold | None) -> Hold | None:
    """Parallel modules may hold at the same time: the person is told one reason at a time."""
    return new


class RunState(TypedDict, total=False):
    """State of the coordinator; one thread per project, one run per turn."""

    schema_version: int
    project: str
    run: str
    epoch: int
    """Raised by every rewind, so that effects after it are done anew instead of being found in the ledger."""
    request: str
    """Archive id of the person's message."""
    amendments: list[str]
    """Archive ids of what the person changed at a card."""
    locale: str
    options: Options
    caps: Caps
    routing: Routing | None
    recalled: str
    """Archive reference of what the memory gave for this turn; looked up once, so that a resumed run knows the same."""
    searches: str
    """Archive reference of what is to be looked up next; empty: nothing."""
    web: Decision | Literal[""]
    """The person's word on looking things up in this run, empty while nobody gave one."""
    found: str
    """Archive reference of what was looked up before the plan or for the answer."""
    hints: str
    """Archive reference of what was looked up about the newest failure."""
    looked: list[str]
    """Failures that something was looked up about, by the hash of their spots."""
    offered: str
    """Archive reference of the repositories a person has to decide about; empty: none."""
    granted: list[str]
    """Addresses that may be downloaded; the table of consents is asked again when they are."""
    taken: str
    """Archive reference of what was downloaded, and what roles are told of it."""
    tainted: bool
    """Text of strangers was read in this run: what would happen silently needs a word from now on."""
    moved: str
    """The project of its own this turn was given: it goes on in that project's thread."""
    answers: dict[str, str]
    purpose: str
    verdicts: Annotated[dict[Subject, Verdict], merge_verdicts]
    approvals: list[Approval]
    plan: str
    """Archive reference of the accepted or proposed plan."""
    forecast: Forecast | None
    """Who will work on the plan and how long that took before."""
    previous_plan: str
    base: str
    """Commit of the version this turn starts from; empty for a new project."""
    version: int
    remarks: str
    """What the person asked to change in the plan, for the architect."""
    rules: list[str]
    """Words of the person that every coder must respect from now on."""
    tree: str
    """Commit the stages after the modules work on: the newest one may be of a step that was cut off and is repeated."""
    wave: int
    modules: Annotated[dict[str, ModuleState], merge_modules]
    suite: Suite | None
    failure: Failure | None
    rounds: list[Round]
    tests: str
    """Archive reference of the last whole test report."""
    packaging: str
    built: BuildState | None
    delivery: Delivery | None
    held: Annotated[Hold | None, last_write]
    decision: str
    """The newest decision at a card, `invalid` when the reply was refused."""
    resume_at: str
    """The node a hold goes back to once the person said `retry`."""
    outcome: Outcome | None


def new_turn(
    *, project: str, run: str, request: str, locale: str, options: Options, caps: Caps, epoch: int = 0
) -> dict[str, Json]:
    """The input of one turn: names the run and resets whatever an earlier one left."""
    turn: RunState = {
        "schema_version": SCHEMA_VERSION,
        "project": project,
        "run": run,
        "epoch": epoch,
        "request": request,
        "amendments": [],
        "locale": locale,
        "options": options,
        "caps": caps,
        "routing": None,
        "recalled": "",
        "searches": "",
        "web": "",
        "found": "",
        "hints": "",
        "looked": [],
        "offered": "",
        "granted": [],
        "taken": "",
        "tainted": False,
        "moved": "",
        "answers": {},
        "purpose": "",
        "verdicts": {},
        "approvals": [],
        "plan": "",
        "forecast": None,
        "previous_plan": "",
        "base": "",
        "version": 1,
        "remarks": "",
        "rules": [],
        "tree": "",
        "wave": 0,
        "modules": {RESET: pending_module()},
        "suite": None,
        "failure": None,
        "rounds": [],
        "tests": "",
        "packaging": "",
        "built": None,
        "delivery": None,
        "held": None,
        "decision": "",
        "resume_at": "",
        "outcome": None,
    }
    return turn  # type: ignore[return-value]  # a TypedDict of JSON values is a JSON object


def known_commits(state: RunState) -> set[str]:
    """Return every commit this state names; the newest of them is what the run has made so far."""
    known = {module["commit"] for module in state["modules"].values()} | {state["base"], state["tree"]}
    if state["suite"] is not None:
        known.add(state["suite"]["commit"])
    return known - {""}


def pending_module() -> ModuleState:
    """A module nobody has worked on yet."""
    return {"status": "pending", "commit": "", "drafts": 0, "model": "", "family": "", "findings": []}
