"""What a role's question goes through: the ledger, the budget, the gateway."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from run_states import state

from core.errors import BudgetExceeded, ProviderError, StorageError
from core.ports import CallTag, Message, ModelReply, ModelRequest, Usage
from graph.approvals import LedgerConsent
from graph.guard import LedgerGuard
from graph.ledger import Ledger
from graph.workshop import Workshop
from memory.archive import SqliteArchive

QUESTION = ModelRequest(role="coder", tag=CallTag("coder.write", module="ui"), messages=(Message("user", "write"),))


class CountingGateway:
    """Answers with its count; fails or takes time when told to."""

    def __init__(self):
        self.asked: list[ModelRequest] = []
        self.failures: list[Exception] = []
        self.reached = asyncio.Event()
        self.pause = 0.0
        self.text = ""
        self.most = 0
        self._open = 0

    async def ask(self, request, *, on_text=None):
        self.asked.append(request)
        self.reached.set()
        self._open += 1
        self.most = max(self.most, self._open)
        try:
            await asyncio.sleep(self.pause)
            if self.failures:
                raise self.failures.pop(0)
            return ModelReply(
                text=self.text or f"answer {len(self.asked)} ё",
                model="p:m",
                family="f",
                data={"n": [len(self.asked), None]},
                usage=Usage(10, 5, 0.5, priced=True),
                substitutions=("p:x rate_limited -> p:m",),
            )
        finally:
            self._open -= 1

    def estimate(self, request):
        return Usage(20, 80, 1.0, priced=True)

    def roster(self):
        return {}

    def rivals(self):
        return {}

    async def aclose(self):
        pass


@pytest.fixture
def gateway():
    return CountingGateway()


def make_shop(tmp_path, gateway, ledger, archive, sink):
    """A workshop whose tools of building are not reached by these tests."""
    unused = dict.fromkeys(("workspace", "checker", "bench", "builder", "delivery"))
    return Workshop(
        archive=archive,
        gateway=gateway,
        ledger=ledger,
        consent=LedgerConsent(ledger),
        guard=LedgerGuard(ledger, sink),
        sink=sink,
        builds=tmp_path / "builds",
        **unused,
    )


@pytest.fixture
def archive(tmp_path):
    opened = SqliteArchive(tmp_path / "archive.db")
    yield opened
    opened.close()


@pytest.fixture
def shop(tmp_path, gateway, ledger, archive, sink):
    return make_shop(tmp_path, gateway, ledger, archive, sink)


async def test_a_question_asked_again_is_answered_from_the_ledger(shop, gateway, sink, ledger):
    first = await shop.asking(state())(QUESTION)
    again = await shop.asking(state())(QUESTION)
    assert again == first
    assert len(gateway.asked) == 1
    assert gateway.asked[0].tag.run == "r-1"
    spent = await ledger.spent("r-1")
    assert (spent.calls, spent.tokens, spent.cost_usd) == (1, 15, 0.5)
    assert sink.names() == ["call.started", "effect.recorded", "call.finished"]


async def test_an_answer_that_is_not_quite_unicode_is_kept_like_any_other(shop, gateway):
    gateway.text = "half of a pair: \ud83d"
    first = await shop.asking(state())(QUESTION)
    assert await shop.asking(state())(QUESTION) == first
    assert len(gateway.asked) == 1
    assert await shop.kept(await shop.keep({"title": first.text})) == {"title": gateway.text}


async def test_another_process_finds_the_answer_too(shop, gateway, tmp_path, archive, sink):
    first = await shop.asking(state())(QUESTION)
    reopened = Ledger(tmp_path / "ledger.db", sink)
    try:
        other = make_shop(tmp_path, CountingGateway(), reopened, archive, sink)
        assert await other.asking(state())(QUESTION) == first
        assert other.gateway.asked == []
    finally:
        reopened.close()


@pytest.mark.parametrize(
    "question",
    [
        replace(QUESTION, messages=(Message("user", "write!"),)),
        replace(QUESTION, messages=(Message("system", "write"),)),
        replace(QUESTION, escalate=1),
        replace(QUESTION, tag=replace(QUESTION.tag, attempt=2)),
        replace(QUESTION, tag=replace(QUESTION.tag, module="game")),
        replace(QUESTION, tag=replace(QUESTION.tag, call="coder.fix")),
    ],
)
async def test_another_question_is_asked(shop, gateway, question):
    ask = shop.asking(state())
    assert await ask(QUESTION) != await ask(question)
    assert len(gateway.asked) == 2


@pytest.mark.parametrize("changed", [{"epoch": 1}, {"run": "r-2"}])
async def test_after_a_rewind_and_in_another_run_it_is_asked_anew(shop, gateway, changed):
    await shop.asking(state())(QUESTION)
    await shop.asking(state(**changed))(QUESTION)
    assert len(gateway.asked) == 2


async def test_a_call_that_failed_leaves_nothing_and_is_asked_again(shop, gateway, ledger):
    gateway.failures = [ProviderError("transient", model="p:m")]
    with pytest.raises(ProviderError):
        await shop.asking(state())(QUESTION)
    assert (await ledger.spent("r-1")).calls == 0
    assert await ledger.execute(lambda db: db.execute("SELECT key FROM effects").fetchall()) == []
    assert (await shop.asking(state())(QUESTION)).text == "answer 2 ё"


async def test_a_cancelled_call_leaves_nothing_and_frees_its_reservation(shop, gateway, ledger):
    gateway.pause = 30
    caps = {"calls": 1}
    call = asyncio.create_task(shop.asking(state(caps=caps))(QUESTION))
    await asyncio.wait_for(gateway.reached.wait(), 10)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await ledger.execute(lambda db: db.execute("SELECT key FROM effects").fetchall()) == []
    gateway.pause = 0
    await shop.asking(state(caps=caps))(QUESTION)


async def test_over_budget_nothing_is_sent(shop, gateway, ledger):
    with pytest.raises(BudgetExceeded):
        await shop.asking(state(caps={"tokens": 99}))(QUESTION)
    assert gateway.asked == []
    assert (await ledger.spent("r-1")).calls == 0


async def test_a_recorded_answer_costs_nothing_even_over_budget(shop):
    await shop.asking(state(caps={"calls": 1}))(QUESTION)
    assert (await shop.asking(state(caps={"calls": 1}))(QUESTION)).text == "answer 1 ё"


async def test_what_was_spent_before_a_restart_counts(shop, tmp_path, ledger, archive, sink):
    caps = {"calls": 1}
    await shop.asking(state(caps=caps))(QUESTION)
    restarted = make_shop(tmp_path, CountingGateway(), ledger, archive, sink)
    with pytest.raises(BudgetExceeded):
        await restarted.asking(state(caps=caps))(replace(QUESTION, escalate=1))
    assert restarted.gateway.asked == []


async def test_raised_limits_let_the_run_go_on(shop):
    await shop.asking(state(caps={"calls": 1}))(QUESTION)
    other = replace(QUESTION, escalate=1)
    with pytest.raises(BudgetExceeded):
        await shop.asking(state(caps={"calls": 1}))(other)
    assert (await shop.asking(state(caps={"calls": 2}))(other)).text == "answer 2 ё"


async def test_parallel_calls_share_one_budget(shop, gateway):
    """Room for two estimates of a hundred tokens: never more than two are under way, all five get their turn."""
    gateway.pause = 0.02
    ask = shop.asking(state(caps={"tokens": 250}))
    questions = [replace(QUESTION, tag=replace(QUESTION.tag, module=f"m{number}")) for number in range(5)]
    await asyncio.wait_for(asyncio.gather(*map(ask, questions)), 20)
    assert (len(gateway.asked), gateway.most) == (5, 2)


async def test_the_board_of_a_wave_is_one_for_all_its_modules(shop):
    assert shop.board("r-1", 0, 1) is shop.board("r-1", 0, 1)
    assert shop.board("r-1", 0, 1) is not shop.board("r-1", 0, 2)


async def test_the_request_is_everything_the_person_said_in_order(shop, archive):
    project = (await archive.add_project("Game", out="out", locale="en")).project
    said = [await archive.add_message(project, "", "person", text) for text in ("a game", "rules.txt", "with sound")]
    options = {"out": "out", "target": None, "attachments": [said[1]]}
    text = await shop.request_text(state(request=said[0], options=options, amendments=[said[2]]))
    assert text == "a game\n\nrules.txt\n\nwith sound"


async def test_a_kept_value_is_found_by_its_reference_and_only_whole(shop, tmp_path):
    value = {"title": "игра", "modules": [1, None, True]}
    reference = await shop.keep(value)
    assert await shop.kept(reference) == value
    assert await shop.keep({"modules": [1, None, True], "title": "игра"}) == reference
    with pytest.raises(StorageError):
        await shop.kept("0" * 64)
