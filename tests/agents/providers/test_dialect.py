"""How requests are put to a model, and what its complaints teach."""

from __future__ import annotations

import pytest

from agents.answers.research import ChoiceAnswer, FindingsAnswer, SearchesAnswer
from agents.answers.schemas import JudgeAnswer, PackagerAnswer, PlanAnswer, ReviewAnswer, RouterAnswer, schema_of
from agents.providers.dialect import RUNGS, Dialect, read_structured
from core.ports import CallTag, Message, ModelRequest

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


CLOSED = {
    "title": "A verdict!",
    "type": "object",
    "additionalProperties": False,
    "properties": {"level": {"type": "string"}},
    "required": ["level"],
}


def request(schema=None, max_tokens=16_000) -> ModelRequest:
    return ModelRequest("judge", CallTag("judge.request"), (Message("user", "hi"),), schema, max_tokens)


def test_each_rung_asks_in_its_own_way():
    bodies = {rung: Dialect(rung=place).parameters(request(CLOSED)) for place, rung in enumerate(RUNGS)}
    asked = bodies["json_schema"]["response_format"]["json_schema"]
    assert (asked["name"], asked["strict"], asked["schema"]) == ("A_verdict_", True, CLOSED)
    assert bodies["function"]["tool_choice"]["function"]["name"] == "A_verdict_"
    assert bodies["function"]["tools"][0]["function"]["parameters"] == CLOSED
    assert bodies["json_mode"]["response_format"] == {"type": "json_object"}
    assert bodies["plain"] == {"max_tokens": 16_000}
    assert [len(Dialect(rung=place).messages(request(CLOSED))) for place in range(4)] == [1, 1, 2, 2]


@pytest.mark.parametrize(
    "change",
    [
        {"additionalProperties": True},
        {"required": []},
        {"properties": {"level": {"type": "object"}}},
        {"properties": {"level": {"type": "string", "default": "x"}}},
    ],
)
def test_strict_mode_is_asked_for_only_where_it_is_accepted(change):
    body = Dialect().parameters(request(CLOSED | change))
    assert body["response_format"]["json_schema"]["strict"] is False


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_answers_of_the_roles_are_asked_for_strictly(answer):
    body = Dialect().parameters(request(schema_of(answer)))
    assert body["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize(
    ("complaint", "learned"),
    [
        ("'max_tokens' is not supported, use 'max_completion_tokens'", Dialect(limit_field="max_completion_tokens")),
        ("Unrecognized request argument supplied: stream_options", Dialect(usage=False)),
        ("HTTP 400 max_tokens is too large: 16000. At most 4,096 completion tokens", Dialect(token_cap=4096)),
        ("This model does not support tools", Dialect(rung=1)),
        ("Invalid schema for response_format", Dialect(rung=1)),
        ("HTTP 400 max_tokens must be positive", None),
        ("HTTP 400 messages: must not be empty", None),
    ],
)
def test_a_complaint_teaches_one_thing(complaint, learned):
    assert Dialect().adapted(complaint, request(CLOSED)) == learned


def test_learning_ends():
    complaint = "response_format stream_options max_completion_tokens 4096 max_tokens tools are all unsupported"
    dialect, steps = Dialect(), 0
    while (better := dialect.adapted(complaint, request(CLOSED))) is not None:
        dialect, steps = better, steps + 1
    assert steps == 6
    assert dialect.lowered() is None
    assert Dialect(usage=False).adapted("response_format", request()) is None


def test_required_keys_decide_which_object_is_meant():
    assert read_structured('{"a": 1} {"level": "red"}', CLOSED) == {"level": "red"}
    assert read_structured('{"a": 1}', CLOSED) is None
    assert read_structured('{"a": 1}', {"type": "object"}) == {"a": 1}
