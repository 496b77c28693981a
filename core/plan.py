"""The shapes a project is described with: JSON-only, because they travel through checkpoints, prompts and reports.

Every type here is a TypedDict of JSON primitives. Validation of what a model answered happens in
`agents.answers.schemas`; past that border the shapes are trusted.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

MessageKind = Literal["question", "new_project", "change", "bug_report", "existing_project", "document"]
"""What a message can be; `change` and `bug_report` speak of a delivered project."""

Level = Literal["green", "yellow", "red"]
Target = Literal["exe", "zip", "source"]
ProgramKind = Literal["gui", "cli", "web", "server", "library"]
Severity = Literal["blocker", "major", "minor"]
Subject = Literal["request", "plan", "code"]
"""What the judge looks at; each run is judged three times."""

MAX_QUESTIONS = 3


class Question(TypedDict):
    """One clarifying question; silence means the default."""

    id: str
    text: str
    default: str


class Routing(TypedDict):
    """The router's reading of one message."""

    kind: MessageKind
    understood: str
    """What was understood, in the person's language, shown so that it can be corrected."""
    title: str
    project: str | None
    """Id of the delivered project a change or bug report is about."""
    questions: list[Question]
    also: NotRequired[str]
    """The message in English, for looking into the memory: what was said in one language is found in another."""
    search: NotRequired[bool]
    """Whether an answer or a plan needs something that has to be looked up on the internet; absent: nobody said."""
    query: NotRequired[str]
    """Words the person typed behind `/search`: exactly these are looked up."""


class Verdict(TypedDict):
    """A judgement. `judged` is False when no judge could be reached: that is never an approval."""

    subject: Subject
    judged: bool
    level: Level
    reasons: list[str]
    feasibility: str
    recommendation: str
    needs_purpose: bool
    """The task is dual-use: the person is asked what it is for before anything is decided."""
    policy_rules: list[str]
    """Ids of the deterministic rules that raised the level."""


class ConsoleCheck(TypedDict):
    """A way to check an acceptance example on the built program without a person."""

    args: list[str]
    stdin: str
    stdout_contains: list[str]
    exit_code: int


class AcceptanceExample(TypedDict):
    """`when` the person does this, `then` that is seen."""

    id: str
    when: str
    then: str
    check: NotRequired[ConsoleCheck | None]


class ModuleContract(TypedDict):
    """What one coder is asked for and what the others may rely on."""

    name: str
    purpose: str
    paths: list[str]
    """Project-relative POSIX paths of the files this module owns; no two modules share one."""
    interface: str
    """Signatures, data shapes and errors, as the users of the module see them."""
    exports: list[str]
    """`path:name` of each public function, class or constant the harness checks for."""
    uses: list[str]
    """Modules whose contract this one is coded against; does not wait for their code."""
    needs: list[str]
    """Modules whose accepted code must exist before this one is coded."""


class Plan(TypedDict):
    """The architect's answer. For a change it is the whole new plan; `changed` names the modules to re-code."""

    title: str
    slug: str
    """File-name-safe ASCII name of the program, e.g. `calculator`."""
    summary: str
    language: str
    """Programming language, lower case; `python` or `web` have builders."""
    kind: ProgramKind
    target: Target
    entry_point: str
    dependencies: list[str]
    """Third-party packages, empty for the standard library only."""
    modules: list[ModuleContract]
    changed: list[str]
    acceptance: list[AcceptanceExample]
    notes: list[str]
    """Decisions and defaults the person should know."""


class Finding(TypedDict):
    """One remark of the reviewer or of a harness check."""

    source: str
    """`reviewer`, or the id of the check, e.g. `placeholder`, `import-gate`, `contract`."""
    severity: Severity
    path: str
    line: int
    """1-based; 0 when it concerns the whole file."""
    problem: str
    change: str
    """The concrete change asked for."""


class Review(TypedDict):
    """The reviewer's answer; accepted exactly when no finding blocks."""

    summary: str
    findings: list[Finding]


class Packaging(TypedDict):
    """The packager's answer."""

    program_name: str
    windowed: bool
    data_files: list[str]
    guide: str
    """How to start and use the program, Markdown, in the person's language."""


def blocking(findings: list[Finding]) -> list[Finding]:
    """Return the findings that stop acceptance: minor remarks (style, taste) never do."""
    return [finding for finding in findings if finding["severity"] != "minor"]


def contract_of(plan: Plan, module: str) -> ModuleContract:
    """Return the contract named `module`; KeyError when the plan has none."""
    for contract in plan["modules"]:
        if contract["name"] == module:
            return contract
    raise KeyError(module)
