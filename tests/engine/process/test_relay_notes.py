from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.relay_notes import Notes, RefusedLineError, is_plain


def line(**message):
    return json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n"


def asked(notes, id_, method, **params):
    return json.loads(notes.from_client(line(id=id_, method=method, params=params)))


def resumed(notes):
    return [json.loads(item)["params"] for item in notes.sessions()]


def test_only_sessions_the_client_still_works_with_are_attached_again():
    notes = Notes()
    server = {"name": "tool"}
    asked(notes, 1, "session/new", cwd="/a", mcpServers=[server], _meta={"x": 1})
    assert notes.from_engine(line(id=1, result={"sessionId": "new"}))
    asked(notes, 2, "session/load", sessionId="loaded", cwd="/b", mcpServers=[])
    assert notes.from_engine(line(id=2, result=None))
    asked(notes, 3, "session/fork", sessionId="loaded", cwd="/c", mcpServers=[])
    assert notes.from_engine(line(id=3, result={"sessionId": "forked"}))
    asked(notes, 4, "session/load", sessionId="unknown", cwd="/d")
    assert notes.from_engine(line(id=4, error={"code": -32002, "message": "no"}))
    asked(notes, 5, "session/close", sessionId="loaded")
    assert notes.from_engine(line(id=5, result={}))
    asked(notes, 6, "session/delete", sessionId="forked")
    assert notes.from_engine(line(id=6, error={"code": -32000, "message": "not now"}))
    assert resumed(notes) == [
        {"sessionId": "new", "cwd": "/a", "mcpServers": [server]},
        {"sessionId": "forked", "cwd": "/c", "mcpServers": []},
    ]


def test_answers_to_the_relay_itself_never_reach_the_client():
    notes = Notes()
    introduction = {"protocolVersion": 1, "clientInfo": {"name": "x"}}
    asked(notes, 0, "initialize", **introduction)
    assert notes.introduction() == []  # not answered yet: it will be asked again as it stands
    notes.from_engine(line(id=0, result={}))
    [again] = map(json.loads, notes.introduction())
    assert again["params"] == introduction
    assert notes.attaching
    assert notes.from_engine(line(id=again["id"], result={"protocolVersion": 1})) is None
    assert not notes.attaching
    assert notes.from_engine(line(id="relay-99", result={})) is None


def test_a_withdrawn_question_of_the_engine_is_named_as_the_client_knows_it():
    notes = Notes()
    first = json.loads(notes.from_engine(line(id=0, method="session/request_permission", params={})))["id"]
    notes.lose()
    second = json.loads(notes.from_engine(line(id=0, method="session/request_permission", params={})))["id"]
    assert first != second
    withdrawn = line(method="$/cancel_request", params={"requestId": 0})
    assert not is_plain(withdrawn)
    assert json.loads(notes.from_engine(withdrawn))["params"]["requestId"] == second
    assert notes.from_engine(line(method="$/cancel_request", params={"requestId": 7})) is None
    assert notes.from_client(line(id=first, result="late")) is None
    assert json.loads(notes.from_client(line(id=second, result="yes"))) == {"jsonrpc": "2.0", "id": 0, "result": "yes"}
    assert notes.from_client(line(id=second, result="twice")) is None


def test_a_cancellation_follows_its_question_into_the_next_life():
    notes = Notes()
    prompt = notes.from_client(line(id=1, method="session/prompt", params={"sessionId": "s", "prompt": []}))
    other = notes.from_client(line(id=2, method="session/prompt", params={"sessionId": "t", "prompt": []}))
    listed = notes.from_client(line(id=3, method="session/list", params={}))
    stop = line(method="session/cancel", params={"sessionId": "s"})
    withdraw = line(method="$/cancel_request", params={"requestId": 3})
    assert [notes.from_client(stop), notes.from_client(withdraw)] == [stop, withdraw]
    notes.hand_over()
    notes.lose()
    assert notes.repeat() == [prompt, stop, other, listed, withdraw]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('"\\ud800"', '"\\ud800"'),
        ('"\\u0436"', '"ж"'),
        ("1e400", None),
        ("123456789012345678901", "123456789012345678901"),
    ],
)
def test_a_prompt_keeps_its_meaning_when_it_gets_its_name(text, kept):
    wanted = f'{{"id":1,"method":"session/prompt","params":{{"sessionId":"s","x":{text}}}}}'.encode()
    if kept is None:
        with pytest.raises(RefusedLineError):
            Notes().from_client(wanted)
    else:
        assert f'"x":{kept},'.encode() in Notes().from_client(wanted)


@pytest.mark.parametrize("meta", [None, {"multicoder": None}, {"multicoder": {"promptId": None}}, "nonsense"])
def test_a_prompt_gets_its_name_whatever_a_client_says_of_itself(meta):
    assert asked(Notes(), 1, "session/prompt", sessionId="s", _meta=meta)["params"]["_meta"]["multicoder"]["promptId"]


METHODS = st.sampled_from(["session/prompt", "session/new", "session/list", "_multicoder/status", "_multicoder/rewind"])


@given(st.lists(st.one_of(METHODS, st.just("answer"), st.just("crash"), st.just("late")), max_size=40))
def test_every_question_gets_exactly_one_answer_whatever_crashes(story):
    notes, told, ids, engine = Notes(), [], [], []
    for step in story:
        if step == "crash":
            lost, _ = notes.lose()
            told += lost
            engine = [json.loads(item)["id"] for item in notes.repeat()]
        elif step in {"answer", "late"} and engine:
            id_ = engine.pop(0) if step == "answer" else engine[0]
            told += [id_] if notes.from_engine(line(id=id_, result={"sessionId": "s"})) else []
        elif step not in {"answer", "late"}:
            ids.append(len(ids))
            engine.append(asked(notes, ids[-1], step, sessionId="s")["id"])
            notes.hand_over()
    assert sorted([*told, *notes.unanswered()]) == ids
