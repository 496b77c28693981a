"""How long a program will take is told from programs the same coder finished before, or not at all."""

from __future__ import annotations

import pytest
from run_states import plan, state, verdict

from core.ports import Usage
from graph import cards
from graph.forecast import forecast
from graph.ledger import EffectKey, Ledger, SpendRow

MODELS = {"coder": "house:fast", "reviewer": "other:strict"}


class Sink:
    def emit(self, event):
        pass


class Team:
    def __init__(self, *rivals):
        self._rivals = dict(enumerate(rivals or ("house:fast",)))

    def roster(self):
        return MODELS

    def rivals(self):
        return self._rivals


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger(tmp_path / "l.db", Sink())
    yield opened
    opened.close()


class Past:
    """Writes into a ledger what a program took, to the second."""

    def __init__(self, ledger, run, model="house:fast"):
        self.ledger, self.run, self.model = ledger, run, model

    async def _at(self, key, at):
        await self.ledger.execute(lambda db: db.execute("UPDATE effects SET recorded=? WHERE key=?", (at, str(key))))

    async def call(self, call, at, number=1):
        key = EffectKey(self.run, 0, f"call:{call}", attempt=number)
        await self.ledger.record(key, "answer", SpendRow(call, "", self.model, Usage(), 10.0))
        await self._at(key, at)

    async def delivered(self, at):
        key = EffectKey(self.run, 0, "deliver")
        await self.ledger.record(key, {"artifact": "x"})
        await self._at(key, at)

    async def waited(self, shown, answered):
        row = (f"n-{self.run}", self.run, "i", "d", shown, answered + 1, answered)
        query = "INSERT INTO approvals (nonce, run, interrupt, digest, shown, expires, answered) VALUES (?,?,?,?,?,?,?)"
        await self.ledger.execute(lambda db: db.execute(query, row))


async def program(ledger, run, seconds, *, waited=0.0, model="house:fast"):
    """Two calls of the coder after the plan, delivered `seconds` after the first of them began."""
    past = Past(ledger, run, model)
    await past.call("architect.plan", 500.0)
    await past.call("coder.write", 1010.0)
    await past.call("coder.fix", 1050.0)
    if waited:
        await past.waited(1060.0, 1060.0 + waited)
    await past.delivered(1000.0 + seconds + waited)


async def test_without_earlier_programs_nobody_knows(ledger):
    known = await forecast(Team(), ledger)
    assert known == {"models": MODELS, "writers": 1, "seconds": 0.0, "programs": 0}
    card = cards.plan_card(state(verdicts={"plan": verdict()}, forecast=known), plan())
    assert card["models"] == MODELS
    assert (card["estimate"]["seconds"], card["estimate"]["programs"]) == (0, 0)


async def test_the_middle_of_earlier_programs_counts_without_the_time_they_waited(ledger):
    await program(ledger, "r-1", 100.0)
    await program(ledger, "r-2", 300.0, waited=5_000.0)
    await program(ledger, "r-3", 9_000.0)
    await program(ledger, "r-4", 7.0, model="another:model")
    await Past(ledger, "r-5").call("coder.write", 2000.0)  # never delivered
    known = await forecast(Team(), ledger)
    assert (known["seconds"], known["programs"]) == (150.0, 3)
    figures = cards.plan_card(state(verdicts={"plan": verdict()}, forecast=known), plan())["estimate"]
    assert figures["seconds"] == 150 * figures["calls"]


def test_a_card_of_before_there_were_forecasts_is_the_card_it_was():
    old = state(verdicts={"plan": verdict()})
    del old["forecast"]
    card = cards.plan_card(old, plan())
    assert "models" not in card
    assert set(card["estimate"]) == {"calls", "tokens", "modules"}
