"""The structured answers of the roles: forgiving where real models are sloppy, strict where a wrong value would act.

Unknown keys are dropped, null lists are empty, a single string stands for a list of one. A missing level, an unknown
severity or an empty plan is refused, and the role asks again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from core.plan import MAX_QUESTIONS, Finding, Level, MessageKind, Packaging, Plan, ProgramKind, Review, Severity, Target

if TYPE_CHECKING:
    from pydantic_core import core_schema

    from core.events import Json

MAX_MODULES: Final = 40

_SEVERITIES: Final = {
    "blocker": ("blocker", "blocking", "critical", "fatal", "high", "error", "severe"),
    "major": ("major", "medium", "moderate", "warning", "important"),
    "minor": ("minor", "low", "info", "information", "note", "nit", "style", "trivial", "suggestion"),
}
_KINDS: Final = {
    "gui": ("gui", "desktop", "window", "windowed", "game", "app"),
    "cli": ("cli", "console", "terminal", "script", "command-line", "command line", "tui"),
    "web": ("web", "website", "webpage", "web page", "static", "html", "frontend"),
    "server": ("server", "service", "api", "backend", "daemon", "bot"),
    "library": ("library", "package", "module", "lib"),
}


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _synonym(table: dict[str, tuple[str, ...]]) -> BeforeValidator:
    meanings = {word: meaning for meaning, words in table.items() for word in words}

    def read(value: Any) -> Any:
        word = _lower(value)
        return meanings.get(word, word) if isinstance(word, str) else word

    return BeforeValidator(read)


def _as_list(value: Any) -> Any:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _as_text(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_line(value: Any) -> Any:
    """Read a line number as models write it: 12, "12", "L12", "12-15", null."""
    if isinstance(value, str):
        digits = re.search(r"\d{1,7}", value)
        value = int(digits[0]) if digits else 0
    if value is None or (isinstance(value, int) and value < 0):
        return 0
    return value


def _first_questions(value: Any) -> Any:
    value = _as_list(value)
    return value[:MAX_QUESTIONS] if isinstance(value, list) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True), BeforeValidator(_as_text)]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), BeforeValidator(_as_text)]
Exact = Annotated[str, BeforeValidator(_as_text)]
Texts = Annotated[list[Filled], BeforeValidator(_as_list)]
Word = Annotated[str, StringConstraints(min_length=1), BeforeValidator(_lower)]
Line = Annotated[int, BeforeValidator(_as_line)]


def first(most: int) -> BeforeValidator:
    """Read a list, null and a single value as a list of at most `most`: what is too much is left out, not refused."""

    def read(value: Any) -> Any:
        value = [value] if isinstance(value, dict | int) else _as_list(value)
        return value[:most] if isinstance(value, list) else value

    return BeforeValidator(read)


class Answer(BaseModel):
    """Base of the structured answers."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={"additionalProperties": False},
        json_schema_serialization_defaults_required=True,
    )


class QuestionAnswer(Answer):
    """One clarifying question."""

    id: Text = ""
    text: Filled
    default: Text = ""


class RouterAnswer(Answer):
    """What the message is."""

    kind: Annotated[MessageKind, BeforeValidator(_lower)]
    understood: Filled
    title: Filled
    project: str | None = None
    also: str | None = None
    search: bool | None = None
    questions: Annotated[list[QuestionAnswer], Field(max_length=MAX_QUESTIONS), BeforeValidator(_first_questions)] = []


class JudgeAnswer(Answer):
    """The judge's own verdict; the policy may only raise it."""

    level: Annotated[Level, BeforeValidator(_lower)]
    reasons: Texts = []
    feasibility: Text = ""
    recommendation: Text = ""
    needs_purpose: bool = False


class CheckAnswer(Answer):
    """A console check of one acceptance example."""

    args: Annotated[list[Exact], BeforeValidator(_as_list)] = []
    stdin: Exact = ""
    stdout_contains: Texts = []
    exit_code: int = 0


class ExampleAnswer(Answer):
    """One acceptance example."""

    id: Text = ""
    when: Filled
    then: Filled
    check: CheckAnswer | None = None


class ModuleAnswer(Answer):
    """One module contract."""

    name: Filled
    purpose: Filled
    paths: Annotated[list[Filled], Field(min_length=1), BeforeValidator(_as_list)]
    interface: Filled
    exports: Texts = []
    uses: Texts = []
    needs: Texts = []


class PlanAnswer(Answer):
    """The architect's plan."""

    title: Filled
    slug: Filled
    summary: Filled
    language: Word
    kind: Annotated[ProgramKind, _synonym(_KINDS)]
    target: Annotated[Target, BeforeValidator(_lower)]
    entry_point: Filled
    dependencies: Texts = []
    modules: Annotated[list[ModuleAnswer], Field(min_length=1, max_length=MAX_MODULES)]
    changed: Texts = []
    acceptance: Annotated[list[ExampleAnswer], Field(min_length=1)]
    notes: Texts = []

    def as_plan(self) -> Plan:
        """Return the plan as plain data."""
        return cast("Plan", self.model_dump())


class FindingAnswer(Answer):
    """One remark of the reviewer."""

    severity: Annotated[Severity, _synonym(_SEVERITIES)]
    path: Text = ""
    line: Line = 0
    problem: Filled
    change: Text = ""


class ReviewAnswer(Answer):
    """The reviewer's answer."""

    summary: Text = ""
    findings: Annotated[list[FindingAnswer], BeforeValidator(_as_list)] = []

    def as_review(self) -> Review:
        """Return the review as plain data, every finding signed by the reviewer."""
        findings = [cast("Finding", {"source": "reviewer", **finding.model_dump()}) for finding in self.findings]
        return Review(summary=self.summary, findings=findings)


class PackagerAnswer(Answer):
    """The packager's answer."""

    program_name: Filled
    windowed: bool
    data_files: Texts = []
    guide: Filled

    def as_packaging(self) -> Packaging:
        """Return the answer as plain data."""
        return cast("Packaging", self.model_dump())


class PhraseAnswer(Answer):
    """A requirement in one sentence, with the words it rests on."""

    about: Text = ""
    text: Text = ""
    first: Line = 0
    last: Line = 0
    quote: Text = ""


class NeedAnswer(Answer):
    """A requirement that builds on another one, with the words that say so."""

    about: Text = ""
    target: Text = ""
    first: Line = 0
    last: Line = 0
    quote: Text = ""


class BlueprintAnswer(Answer):
    """What the architect adds to a blueprint."""

    phrases: Annotated[list[PhraseAnswer], BeforeValidator(_as_list)] = []
    needs: Annotated[list[NeedAnswer], BeforeValidator(_as_list)] = []


class _Generator(GenerateJsonSchema):
    """Leaves out what strict modes of some providers refuse: defaults, lengths, counts. Reading still checks them."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {"type": super().str_schema(schema)["type"]}

    def list_schema(self, schema: core_schema.ListSchema) -> JsonSchemaValue:
        full = super().list_schema(schema)
        return {key: value for key, value in full.items() if key not in {"minItems", "maxItems"}}


def schema_of(answer: type[Answer]) -> dict[str, Json]:
    """JSON schema asked of the model: every property required, because strict modes accept nothing else."""
    return cast("dict[str, Json]", answer.model_json_schema(mode="serialization", schema_generator=_Generator))
