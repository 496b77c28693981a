"""`multicoder consents` and its methods: decisions are listed and taken back, without an engine and beside one."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import pytest

from core.errors import InputError
from core.paths import Home
from engine.consenting import consent_rows, opened_consents, revoke_consent
from engine.journal import JournalFilter, search
from graph.consents import LedgerConsents
from graph.ledger import Ledger
from tests.engine.taking_world import COMMIT, OTHER, Remembering
from tests.faults.engine_client import EngineClient
from tests.faults.stand import child_environment

TOOLS, OTHERS = "code.example/owner/tools", "code.example/owner/others"


@pytest.fixture
def place(tmp_path):
    place = Home(tmp_path / "home")
    place.prepare()
    return place


def decided(place):
    """Record what a person said to two cards; return the id of what was allowed."""

    async def record():
        ledger = Ledger(place.ledger, Remembering())
        consents = LedgerConsents(ledger, Remembering())
        given = await consents.record("r-1", TOOLS, COMMIT, "allow", reason="it fits", via="window")
        await consents.record("r-1", OTHERS, OTHER, "refuse", reason="", via="window")
        await consents.note_taken(given.consent)
        ledger.close()
        return given.consent

    return asyncio.run(record())


def typed(home, *words, language="en_US.UTF-8"):
    command = [sys.executable, "-P", "-m", "engine.cli", "consents", *words, "--home", str(home.root)]
    environ = child_environment(LANG=language, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    options = {"capture_output": True, "encoding": "utf-8", "timeout": 180}
    return subprocess.run(command, env=environ, check=False, **options)


@pytest.mark.slow
def test_decisions_are_listed_and_taken_back_at_the_terminal(place):
    assert "Nothing was decided" in typed(place, "list").stdout
    consent = decided(place)
    done = typed(place, "list", "--json")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["address"], row["decision"]) for row in rows] == [(OTHERS, "refuse"), (TOOLS, "allow")]
    assert (
        "allowed and downloaded: code.example/owner/tools at 0123456789ab (window: it fits)"
        in typed(place, "list").stdout
    )
    unreasoned = typed(place, "revoke", consent)
    assert (unreasoned.returncode, "needs a reason" in unreasoned.stderr) == (2, True)
    unknown = typed(place, "revoke", "k-nobody", "--reason", "x")
    assert (unknown.returncode, "k-nobody" in unknown.stderr) == (2, True)
    russian = typed(place, "revoke", consent, "--reason", "передумал", language="ru_RU.UTF-8")
    assert "загруженное остаётся в памяти" in russian.stdout
    assert "taken back: code.example/owner/tools" in typed(place, "list").stdout


async def test_a_permission_is_taken_back_once_with_its_reason_in_the_journal(place):
    consent = await asyncio.to_thread(decided, place)
    async with opened_consents(place) as consents:
        with pytest.raises(InputError, match="consent-reason"):
            await revoke_consent(consents, consent, "  ")
        first = await revoke_consent(consents, consent, "changed my mind")
        assert first["revoked"] > 0
        assert await revoke_consent(consents, consent, "again") == first
        assert [bool(row["revoked"]) for row in await consent_rows(consents)] == [False, True]
        assert (await consents.standing("r-1", TOOLS, COMMIT)).decision == "refuse"
    rows = await asyncio.to_thread(search, place.journal, JournalFilter(names=("download.revoked",)))
    assert [row.data["why"] for row in rows] == ["changed my mind"]


@pytest.mark.slow
def test_decisions_are_listed_and_taken_back_through_the_engine(place):
    consent = decided(place)
    with EngineClient(place) as client:
        listed = client.own("consents/list")
        assert [(row["address"], row["decision"]) for row in listed["consents"]] == [
            (OTHERS, "refuse"),
            (TOOLS, "allow"),
        ]
        assert listed["total"] == 2
        assert len(client.own("consents/list", limit=1)["consents"]) == 1
        with pytest.raises(Exception, match="reason"):
            client.own("consents/revoke", consent=consent, reason=" ")
        row = client.own("consents/revoke", consent=consent, reason="changed my mind")["consent"]
        assert row["revoked"] > 0
        again = client.own("consents/list")["consents"]
        assert [bool(row["revoked"]) for row in again] == [False, True]
        (told,) = client.own("journal/search", names=["download.revoked"])["rows"]
        assert (told["data"]["consent"], told["data"]["why"]) == (consent, "changed my mind")
