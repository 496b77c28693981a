from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from agents.answers.research import ChoiceAnswer, FindingsAnswer, SearchesAnswer
from agents.answers.schemas import (
    Answer,
    JudgeAnswer,
    PackagerAnswer,
    PlanAnswer,
    ReviewAnswer,
    RouterAnswer,
    schema_of,
)

PLAN: dict[str, Any] = {
    "title": "Counter",
    "slug": "counter",
    "summary": "Counts.",
    "language": "Python",
    "kind": "Desktop",
    "target": "EXE",
    "entry_point": "main.py",
    "dependencies": None,
    "modules": [{"name": "main", "purpose": "all", "paths": "main.py", "interface": ["def main() -> None", "..."]}],
    "changed": None,
    "acceptance": [{"id": 1, "when": "started", "then": "a window"}],
    "notes": None,
    "confidence": 0.9,
}

ANSWERS = [
    RouterAnswer,
    JudgeAnswer,
    PlanAnswer,
    ReviewAnswer,
    PackagerAnswer,
    SearchesAnswer,
    ChoiceAnswer,
    FindingsAnswer,
]


def test_a_sloppy_plan_is_read() -> None:
    plan = PlanAnswer.model_validate(PLAN).as_plan()
    assert plan["kind"] == "gui"
    assert plan["target"] == "exe"
    assert plan["language"] == "python"
    assert plan["dependencies"] == []
    assert plan["modules"][0]["paths"] == ["main.py"]
    assert plan["modules"][0]["interface"] == "def main() -> None\n..."
    assert plan["acceptance"][0]["id"] == "1"
    assert "confidence" not in plan


@pytest.mark.parametrize(
    "change",
    [
        {"modules": []},
        {"modules": None},
        {"kind": "hologram"},
        {"target": "dmg"},
        {"acceptance": []},
        {"entry_point": " "},
        {"slug": None},
        {"modules": [PLAN["modules"][0]] * 41},
    ],
)
def test_a_plan_that_would_act_wrongly_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PlanAnswer.model_validate({**PLAN, **change})


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Critical", "blocker"), ("HIGH", "blocker"), ("warning", "major"), ("nit", "minor"), ("minor", "minor")],
)
def test_severities_have_synonyms(said: str, meant: str) -> None:
    finding = {"severity": said, "problem": "x"}
    review = ReviewAnswer.model_validate({"summary": None, "findings": [finding]}).as_review()
    assert review["findings"][0]["severity"] == meant
    assert review["findings"][0]["source"] == "reviewer"


def test_an_unknown_severity_is_refused() -> None:
    with pytest.raises(ValidationError):
        ReviewAnswer.model_validate({"findings": [{"severity": "purple", "problem": "x"}]})


@pytest.mark.parametrize(("said", "meant"), [("12", 12), ("L7-9", 7), (None, 0), (-3, 0), ("whole file", 0), (4, 4)])
def test_lines_are_read_as_numbers(said: object, meant: int) -> None:
    finding = {"severity": "major", "problem": "x", "line": said}
    review = ReviewAnswer.model_validate({"findings": [finding]})
    assert review.findings[0].line == meant


def test_more_questions_than_allowed_are_cut() -> None:
    answer = RouterAnswer.model_validate(
        {"kind": "New_Project", "understood": "x", "title": "y", "questions": [{"text": str(n)} for n in range(9)]}
    )
    assert answer.kind == "new_project"
    assert len(answer.questions) == 3


@pytest.mark.parametrize("level", [None, "", "orange", 3])
def test_a_verdict_without_a_clear_level_is_refused(level: object) -> None:
    with pytest.raises(ValidationError):
        JudgeAnswer.model_validate({"level": level, "reasons": []})


def test_a_verdict_with_one_reason_as_text_is_read() -> None:
    assert JudgeAnswer.model_validate({"level": " Green ", "reasons": "fine"}).reasons == ["fine"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_schemas_are_titled_closed_and_complete_for_strict_modes(answer: type[Answer]) -> None:
    schema = schema_of(answer)
    assert schema["title"] == answer.__name__
    definitions: list[Any] = [schema, *schema.get("$defs", {}).values()]  # type: ignore[union-attr]
    for definition in definitions:
        assert definition["additionalProperties"] is False
        assert set(definition["required"]) == set(definition["properties"])
        for details in definition["properties"].values():
            assert not {"default", "minLength", "minItems", "maxItems"} & set(details)
