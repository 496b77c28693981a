"""What a person allowed to be downloaded: kept once, taken back for good, journaled."""

from __future__ import annotations

import pytest

from core.errors import InputError
from graph.consents import LedgerConsents

ADDRESS, COMMIT = "code.example/people/tools", "c" * 40


@pytest.fixture
def consents(ledger, sink):
    return LedgerConsents(ledger, sink)


async def test_the_first_decision_stays_and_is_told_once(consents, sink):
    first = await consents.record("r-1", ADDRESS, COMMIT, "refuse", reason="no", via="terminal")
    again = await consents.record("r-1", ADDRESS, COMMIT, "allow", reason="yes", via="model")
    assert again == first
    assert await consents.standing("r-1", ADDRESS, COMMIT) == first
    assert [event.name for event in sink.events] == ["download.decided"]
    assert sink.events[0].type == "AUDIT"


async def test_it_holds_for_exactly_this_run_repository_and_commit(consents):
    await consents.record("r-1", ADDRESS, COMMIT, "allow", reason="", via="window")
    for run, address, commit in (
        ("r-2", ADDRESS, COMMIT),
        ("r-1", ADDRESS.upper(), COMMIT),
        ("r-1", ADDRESS, "d" * 40),
    ):
        assert await consents.standing(run, address, commit) is None


async def test_taken_back_it_stands_as_refused_and_what_was_taken_stays_named(consents, sink):
    given = await consents.record("r-1", ADDRESS, COMMIT, "allow", reason="", via="window")
    await consents.note_taken(given.consent)
    back = await consents.revoke(given.consent, "changed my mind")
    assert back.revoked > 0
    assert back.taken > 0
    standing = await consents.standing("r-1", ADDRESS, COMMIT)
    assert standing.decision == "refuse"
    again = await consents.record("r-1", ADDRESS, COMMIT, "allow", reason="", via="window")
    assert again.revoked > 0
    await consents.revoke(given.consent, "twice")
    assert [event.name for event in sink.events] == ["download.decided", "download.revoked"]
    assert sink.events[1].data["why"] == "changed my mind"
    assert [one.consent for one in await consents.all()] == [given.consent]


async def test_what_is_no_repository_or_unknown_is_refused_in_words(consents):
    with pytest.raises(InputError, match="consent-unfit"):
        await consents.record("r-1", ADDRESS, "", "allow", reason="", via="window")
    with pytest.raises(InputError, match="unknown-consent"):
        await consents.revoke("k-0", "why")
