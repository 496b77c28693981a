from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.approvals import LIFETIME_SECONDS, DirectConsent, LedgerConsent, Reply

DIGEST = "d" * 32
CARD = {"run": "r-1", "interrupt": "i-1", "digest": DIGEST}
SHOWN = {"run": "r-1", "digest": DIGEST}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40) | st.just(DIGEST),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["decision", "digest", "text", "answers", "nonce", "x"]), inner, max_size=4)
    ),
    max_leaves=6,
)


@pytest.fixture
def consent(ledger):
    return LedgerConsent(ledger)


async def test_a_decision_comes_back_for_the_card_it_was_given_to(consent):
    reply = Reply("answer", text="да", answers={"q1": "green"}, caps={"usd": 9.0})
    nonce = await consent.show(**CARD)
    assert await consent.answer(nonce, reply, via="terminal")
    given_here = replace(reply, via="terminal")
    assert await consent.redeem(nonce, **SHOWN) == given_here
    assert await consent.redeem(nonce, **SHOWN) == given_here  # a step that is repeated after a crash


async def test_words_that_are_not_quite_unicode_are_kept_too(consent):
    nonce = await consent.show(run="r-1", interrupt="i-1", digest="d-1")
    assert await consent.answer(nonce, Reply("modify", text="caf\udce9"), via="terminal")
    assert (await consent.redeem(nonce, run="r-1", digest="d-1")).text == "caf\udce9"


async def test_a_card_is_answered_once(consent):
    nonce = await consent.show(**CARD)
    assert await consent.answer(nonce, Reply("reject"), via="terminal")
    assert not await consent.answer(nonce, Reply("approve"), via="terminal")
    assert (await consent.redeem(nonce, **SHOWN)).decision == "reject"


async def test_two_answers_at_once_leave_one(consent):
    nonce = await consent.show(**CARD)
    taken = await asyncio.gather(*(consent.answer(nonce, Reply(word), via="x") for word in ("approve", "reject")))
    assert sorted(taken) == [False, True]


@pytest.mark.parametrize(
    ("run", "digest"), [("r-2", DIGEST), ("r-1", "e" * 32), ("r-1", ""), ("", DIGEST), ("r-1", DIGEST + " ")]
)
async def test_a_decision_counts_for_its_own_card_only(consent, run, digest):
    nonce = await consent.show(**CARD)
    await consent.answer(nonce, Reply("approve"), via="terminal")
    assert await consent.redeem(nonce, run=run, digest=digest) == Reply("invalid")


async def test_a_card_nobody_answered_decides_nothing(consent):
    nonce = await consent.show(**CARD)
    assert await consent.redeem(nonce, **SHOWN) == Reply("invalid")


async def test_an_unknown_nonce_decides_nothing(consent):
    assert not await consent.answer("made-up", Reply("approve"), via="x")
    assert await consent.redeem("made-up", **SHOWN) == Reply("invalid")


async def test_an_expired_card_cannot_be_answered(consent, ledger):
    nonce = await consent.show(**CARD)
    late = (time.time() - LIFETIME_SECONDS - 1, time.time() - 1)
    await ledger.execute(lambda db: db.execute("UPDATE approvals SET shown=?, expires=?", late))
    assert not await consent.answer(nonce, Reply("approve"), via="x")
    assert await consent.redeem(nonce, **SHOWN) == Reply("invalid")


async def test_an_answer_given_before_a_crash_is_found_again(consent):
    assert await consent.answered(**CARD) is None
    nonce = await consent.show(**CARD)
    assert await consent.answered(**CARD) is None
    await consent.answer(nonce, Reply("approve"), via="x")
    assert await consent.answered(**CARD) == nonce
    for name in CARD:
        assert await consent.answered(**{**CARD, name: "other"}) is None


async def test_every_showing_has_a_nonce_of_its_own_and_is_kept(consent):
    nonces = {await consent.show(**CARD) for _ in range(20)}
    assert len(nonces) == 20
    assert min(map(len, nonces)) >= 20
    await consent.answer(nonces.pop(), Reply("reject", text="no"), via="terminal")
    history = await consent.history("r-1")
    assert len(history) == 20
    assert [row["via"] for row in history if row["answered"]] == ["terminal"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(forged=JSON)
def test_nothing_but_a_nonce_decides(consent, forged):
    async def attempt():
        nonce = await consent.show(**CARD)
        await consent.answer(nonce, Reply("approve"), via="x")
        return await consent.redeem(forged, **SHOWN)

    assert asyncio.run(attempt()) == Reply("invalid")


@given(forged=JSON, digest=st.text(max_size=32))
def test_studio_takes_a_known_decision_about_the_shown_card_and_nothing_else(forged, digest):
    reply = asyncio.run(DirectConsent().redeem(forged, run="r-1", digest=digest))
    if reply.decision != "invalid":
        assert forged["digest"] == digest
        assert forged["decision"] == reply.decision


async def test_studio_decides_with_text_and_answers():
    value = {"decision": "answer", "digest": DIGEST, "text": "x", "answers": {"q1": 3}}
    assert await DirectConsent().redeem(value, **SHOWN) == Reply("answer", text="x", answers={"q1": "3"}, via="studio")


@pytest.mark.parametrize(
    "value",
    [
        {"decision": ["approve"], "digest": DIGEST},
        {"decision": {"approve": 1}, "digest": DIGEST},
        {"decision": "invalid", "digest": DIGEST},
        {"decision": "approve", "digest": DIGEST, "answers": ["q1"]},
        {"decision": "approve", "digest": DIGEST, "answers": "q1"},
        {"decision": "approve"},
    ],
)
async def test_a_malformed_studio_reply_decides_nothing(value):
    assert await DirectConsent().redeem(value, **SHOWN) == Reply("invalid")
