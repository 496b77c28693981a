"""What clients are told when another model did the work than the first choice."""

from __future__ import annotations

import pytest

from engine.acp.translate import Translator
from engine.journal import JournalRow

RUN = "r-1"
FIRST, SECOND = "one:large", "two:small"


class Rows:
    """Rows of one run, one after the other, and what a client sees of them."""

    def __init__(self, locale):
        self._translator = Translator()
        self._translator.begin(RUN, locale, token_cap=1_000)
        self._seq = 0

    def say(self, name, module="", **data):
        self._seq += 1
        row = JournalRow(self._seq, 1.0, "INFO", name, RUN, module, data)
        return self._translator.translate(row)

    def plan(self):
        self.say("plan.drawn", title="T", modules=["a.py"], changed=["a.py"])

    def called(self, call, model, module="", *failed):
        self.say("call.started", module, call=call, attempt=1)
        for fault in failed:
            facts = {"failed": FIRST, "fault": fault, "detail": "", "next": SECOND, "seconds": 0.0, "key": ""}
            self.say("call.substituted", module, call=call, **facts)
        spent = {"prompt_tokens": 1, "completion_tokens": 1, "cost_usd": 0.0, "priced": True, "seconds": 1.0}
        return self.say("call.finished", module, call=call, model=model, substitutions=[], **spent)


def instead_of(updates):
    """What the plan says of its module, and the session of its answer."""
    plans = [update["entries"][0]["_meta"]["multicoder"] for update in updates if update["sessionUpdate"] == "plan"]
    infos = [update for update in updates if update["sessionUpdate"] == "session_info_update"]
    metas = plans + [update["_meta"]["multicoder"] for update in infos]
    return [meta["instead"] for meta in metas if "instead" in meta]


@pytest.fixture
def rows():
    return Rows("en")


def accepted(rows):
    return instead_of(rows.say("module.accepted", "a.py", drafts=1))


def test_a_module_says_whose_work_it_would_have_been_and_why(rows):
    rows.plan()
    rows.called("coder.write", SECOND, "a.py", "rate_limited", "bad_key")
    assert accepted(rows) == [f"written by {SECOND} instead of {FIRST}: too many requests"]


def test_a_first_choice_that_only_had_to_wait_is_no_substitution(rows):
    rows.plan()
    rows.called("coder.write", FIRST, "a.py", "rate_limited")
    assert accepted(rows) == []


def test_the_next_draft_of_the_first_choice_takes_the_words_away(rows):
    rows.plan()
    rows.called("coder.write", SECOND, "a.py", "transient")
    rows.called("coder.fix", FIRST, "a.py")
    assert accepted(rows) == []


def test_another_call_for_a_module_says_nothing_of_its_writer(rows):
    rows.plan()
    rows.called("coder.write", FIRST, "a.py")
    rows.called("reviewer.review", SECOND, "a.py", "no_money")
    assert accepted(rows) == []


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", f"written by {SECOND} instead of {FIRST}: no credit left"),
        ("ru", f"написала {SECOND} вместо {FIRST}: закончились средства"),
    ],
)
def test_an_answer_says_it_too_in_the_language_of_the_client(locale, words):
    rows = Rows(locale)
    rows.called("converse.answer", SECOND, "", "no_money")
    assert instead_of(rows.say("answer.given", text="Hello")) == [words]


def test_an_answer_of_the_first_choice_says_nothing(rows):
    rows.called("converse.answer", FIRST)
    assert instead_of(rows.say("answer.given", text="Hello")) == []
