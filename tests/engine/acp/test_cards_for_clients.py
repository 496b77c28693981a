"""What a card offers a client, and what its answer means; nothing a client sends turns into a yes by accident."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.acp import asking
from graph.approvals import Reply

QUESTIONS = [{"id": "colour", "text": "Which?", "default": "blue"}, {"id": "size", "text": "How big?", "default": "L"}]


def card(kind, options, **more):
    return {"kind": kind, "run": "r-1", "asked": 0, "locale": "en", "options": options, "digest": "d" * 32, **more}


def held(hold, options=("retry", "stop"), **facts):
    return card("hold", list(options), hold={"kind": hold, "at": "build", "code": "x", "facts": facts, "detail": ""})


PLAN = card("plan", ["approve", "modify", "reject"])
ASKS = card("questions", ["answer", "reject"], questions=QUESTIONS)
PURPOSE = card("purpose", ["answer", "reject"])
GUARD = held("guard", ("retry", "modify", "stop"), action="a-1", kind="download", target="left-pad")
NEVER = held("guard", ("modify", "stop"), action="a-2", kind="unsandboxed", target="x")
MONEY = held("budget", cap="usd")
LOOK = card("web", ["allow", "refuse"], searches=[], why="", tainted=False)
ONE, TWO = "code.example/people/one", "code.example/people/two"
TAKE = card("consent", ["answer", "refuse"], repositories=[{"address": ONE}, {"address": TWO}])


@pytest.mark.parametrize(
    ("shown", "forms", "offered"),
    [
        (PLAN, True, ["approve", "modify", "reject"]),
        (card("plan", ["modify", "reject"]), False, ["modify", "reject"]),
        (ASKS, False, ["answer", "words", "reject"]),
        (PURPOSE, False, ["words", "reject"]),
        (GUARD, True, ["allow", "modify", "stop"]),
        (NEVER, True, ["modify", "stop"]),
        (MONEY, True, ["retry", "words", "stop"]),
        (LOOK, True, ["allow", "refuse"]),
        (TAKE, False, ["words", "refuse"]),
    ],
)
def test_a_client_is_offered_what_the_card_takes(shown, forms, offered):
    assert asking._options(shown, forms=forms) == offered
    assert all(asking._named(option, {**shown, "locale": locale}) for option in offered for locale in ("en", "ru"))
    assert set(offered) <= set(asking._KIND_OF)


def test_only_what_needs_words_asks_for_words():
    assert [asking._wish(PLAN, chosen) for chosen in ("approve", "reject", "modify")] == [None, None, "modify"]
    assert asking._wish(GUARD, "allow") == "advice"
    assert asking._wish(GUARD, "modify") == "modify"
    assert asking._wish(ASKS, "words") == "answers"
    assert asking._wish(PURPOSE, "words") == "purpose"
    assert asking._wish(TAKE, "words") == "downloads"
    assert [asking._wish(LOOK, chosen) for chosen in ("allow", "refuse")] == [None, None]
    assert asking._wish(TAKE, "refuse") is None


def test_a_form_about_downloads_has_one_field_for_each_repository_and_refuses_what_is_not_touched():
    fields = asking._schema(TAKE, "downloads")["properties"]
    assert set(fields) == {ONE, TWO}
    assert {field["default"] for field in fields.values()} == {"refuse"}


@pytest.mark.parametrize(
    ("shown", "wish", "content", "reply"),
    [
        (PLAN, "modify", {"text": " blue "}, Reply("modify", text="blue")),
        (PLAN, "modify", {"text": "  "}, None),
        (ASKS, "answers", {"colour": "red", "other": "x", "size": " "}, Reply("answer", answers={"colour": "red"})),
        (PURPOSE, "purpose", {"text": "for school"}, Reply("answer", text="for school")),
        (PURPOSE, "purpose", {}, None),
        (GUARD, "advice", {"text": "I know it"}, Reply("retry", text="I know it")),
        (GUARD, "advice", {"text": ""}, None),
        (MONEY, "advice", {"limit": 7}, Reply("retry", caps={"usd": 7.0})),
        (MONEY, "advice", {"text": "2,5"}, Reply("retry", caps={"usd": 2.5})),
        (MONEY, "advice", {"limit": "much"}, None),
        (MONEY, "advice", {"limit": -1}, None),
        (TAKE, "downloads", {ONE: "allow"}, Reply("answer", answers={ONE: "allow", TWO: "refuse"})),
        (TAKE, "downloads", {ONE: True, TWO: "yes"}, Reply("answer", answers={ONE: "refuse", TWO: "refuse"})),
        (TAKE, "downloads", {"text": f"- {TWO}\nnot {ONE}"}, Reply("answer", answers={ONE: "refuse", TWO: "allow"})),
        (TAKE, "downloads", {"text": "all of them"}, Reply("answer", answers={ONE: "refuse", TWO: "refuse"})),
        (TAKE, "downloads", {}, Reply("answer", answers={ONE: "refuse", TWO: "refuse"})),
    ],
)
def test_an_answer_means_what_it_says(shown, wish, content, reply):
    assert asking._reply(shown, wish, content) == reply


@given(
    shown=st.sampled_from([PLAN, ASKS, PURPOSE, GUARD, NEVER, MONEY]),
    wish=st.sampled_from(["modify", "answers", "purpose", "advice"]),
    content=st.dictionaries(st.text(max_size=8), st.one_of(st.text(), st.integers(), st.none(), st.booleans())),
)
def test_no_form_ever_approves(shown, wish, content):
    if (wish == "advice" and "hold" not in shown) or (wish == "answers" and "questions" not in shown):
        return
    reply = asking._reply(shown, wish, content)
    assert reply is None or reply.decision in {"modify", "answer", "retry"}
    if reply is not None and reply.decision == "retry" and shown["hold"]["kind"] == "guard":
        assert reply.text.strip()
