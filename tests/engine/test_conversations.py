"""Conversations over a real engine with the demo team: prompts, cards, queue, forks, restarts."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from core.errors import InputError
from core.settings import Settings
from engine.attachments import Attachment
from engine.bootstrap import open_engine
from engine.conversations import Conversations
from engine.questions import Questions
from engine.runs import RUN_KIND, RunWorker
from engine.steps import read_steps
from engine.tasks.manager import TaskManager
from graph.approvals import Reply

WEB_PAGE = "Make a web page with a contact form"
QUESTION = "What can you do?"


@asynccontextmanager
async def hall(home, team="demo"):
    async with open_engine(home, team="demo") as engine:
        tasks = TaskManager(home.tasks, engine.journal, slots=2)
        questions = Questions(engine)
        conversations = Conversations(engine, tasks, questions, lambda: Settings(team=team))
        tasks.register(RUN_KIND, RunWorker(engine, questions))
        await tasks.start()
        await conversations.restore()
        try:
            yield SimpleNamespace(engine=engine, tasks=tasks, questions=questions, talk=conversations)
        finally:
            await tasks.stop(seconds=2)


async def card(works, run):
    """The card a run comes to."""
    async with asyncio.timeout(60):
        while (question := works.questions.of(run)) is None:
            assert not await works.talk.outcome(run)
            await asyncio.sleep(0.02)
    return question


async def answer(works, run, decision="approve", **more):
    question = await card(works, run)
    await works.questions.answer(run, Reply(decision, **more), nonce=question.nonce, via="test")
    await works.talk.go_on(run, by="test")
    return question


async def ended(works, run):
    async with asyncio.timeout(120):
        while not (outcome := await works.talk.outcome(run)):  # noqa: ASYNC110 - the archive tells nobody
            await asyncio.sleep(0.05)
    return outcome


async def begun(works, tmp_path, text=WEB_PAGE, **options):
    out = tmp_path / "out"
    out.mkdir(exist_ok=True)
    session = await works.talk.open(str(out), {"team": "demo", "target": "source", **options})
    turn = await works.talk.prompt(session.session, text)
    return session.session, turn.prompt.run


async def test_a_prompt_becomes_a_delivered_program_through_its_cards(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        assert (await answer(works, run)).card["kind"] == "task"
        assert (await answer(works, run)).card["kind"] == "plan"
        assert await ended(works, run) == "delivered"
        task = works.tasks.find(RUN_KIND, run)
        await works.tasks.settled(task.task)
        assert works.tasks.get(task.task).state == "done"
        assert (await works.engine.sessions.session(session)).title
        assert list((tmp_path / "out").iterdir())


async def test_a_waiting_run_gives_its_slot_back_and_stands_at_its_card_after_a_restart(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        first = await card(works, run)
        await works.tasks.settled(works.tasks.find(RUN_KIND, run).task)
        task = works.tasks.find(RUN_KIND, run)
        assert (task.state, task.reason, task.note) == ("paused", "person", "task")
    async with hall(home) as works:
        again = works.questions.of(run)
        assert again.card == first.card
        assert again.nonce != first.nonce
        with pytest.raises(InputError, match="question-gone"):
            await works.questions.answer(run, Reply("approve"), nonce=first.nonce, via="test")
        assert works.questions.of(run) == again
        assert await works.talk.running(session) == run


async def test_an_answer_that_was_kept_before_a_crash_is_not_asked_again(home, tmp_path):
    async with hall(home) as works:
        _, run = await begun(works, tmp_path)
        question = await card(works, run)
        await works.tasks.settled(works.tasks.find(RUN_KIND, run).task)
        await works.questions.answer(run, Reply("reject"), nonce=question.nonce, via="test")
    async with hall(home) as works:
        assert await ended(works, run) == "rejected"


async def test_a_second_answer_is_told_that_the_question_is_gone(home, tmp_path):
    async with hall(home) as works:
        _, run = await begun(works, tmp_path)
        question = await card(works, run)
        with pytest.raises(InputError, match="no-such-decision"):
            await works.questions.answer(run, Reply("retry"), nonce=question.nonce, via="test")
        await works.questions.answer(run, Reply("reject"), nonce=question.nonce, via="one")
        with pytest.raises(InputError, match="question-gone"):
            await works.questions.answer(run, Reply("approve"), nonce=question.nonce, via="two")
        await works.talk.go_on(run, by="one")
        assert await ended(works, run) == "rejected"


async def test_a_message_typed_meanwhile_waits_and_then_begins(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        await card(works, run)
        second = await works.talk.prompt(session, QUESTION)
        assert second.queued
        assert await works.talk.outcome(second.prompt.run) == ""
        await answer(works, run, "reject")
        assert await ended(works, second.prompt.run) == "answered"


async def test_a_message_that_waited_begins_after_a_restart(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        await card(works, run)
        second = (await works.talk.prompt(session, QUESTION)).prompt.run
        await works.tasks.settled(works.tasks.find(RUN_KIND, run).task)
        question = works.questions.of(run)
        await works.questions.answer(run, Reply("reject"), nonce=question.nonce, via="test")
    async with hall(home) as works:
        assert await ended(works, run) == "rejected"
        assert await ended(works, second) == "answered"


async def test_a_prompt_sent_twice_is_one_prompt(home, tmp_path):
    async with hall(home) as works:
        session = (await works.talk.open(str(tmp_path), {"team": "demo"})).session
        first = await works.talk.prompt(session, QUESTION, prompt_id="same")
        again = await works.talk.prompt(session, QUESTION, prompt_id="same")
        assert first.prompt == again.prompt
        assert await ended(works, first.prompt.run) == "answered"
        third = await works.talk.prompt(session, QUESTION, prompt_id="same")
        assert third.prompt.run == first.prompt.run
        assert len(await works.engine.archive.runs()) == 1
    async with hall(home) as works:
        assert (await works.talk.prompt(session, QUESTION, prompt_id="same")).prompt.run == first.prompt.run
        assert len(await works.engine.archive.runs()) == 1


async def test_cancel_ends_the_run_and_takes_back_what_waits(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        await card(works, run)
        await works.talk.prompt(session, QUESTION)
        await works.talk.cancel(session, by="test")
        assert await ended(works, run) == "cancelled"
        assert len(await works.engine.sessions.prompts(session)) == 1
        assert works.questions.pending() == []
        assert await works.talk.running(session) == ""


async def test_a_run_can_be_cancelled_at_any_moment_of_its_beginning(home, tmp_path):
    async with hall(home) as works:
        for turns in range(40):
            session = (await works.talk.open(str(tmp_path), {"team": "demo"})).session
            run = (await works.talk.prompt(session, QUESTION)).prompt.run
            for _ in range(turns):
                await asyncio.sleep(0)
            await works.talk.cancel(session, by="test")
            assert await works.talk.outcome(run) in {"cancelled", "answered"}


async def test_a_cancel_that_a_crash_cut_in_half_is_finished(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        await card(works, run)
        await works.tasks.cancel(works.tasks.find(RUN_KIND, run).task, by="test")
        assert await works.talk.outcome(run) == ""
    async with hall(home) as works:
        assert await ended(works, run) == "cancelled"
        second = await works.talk.prompt(session, QUESTION)
        assert await ended(works, second.prompt.run) == "answered"


async def test_what_waits_behind_a_cancelled_run_begins(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        await card(works, run)
        second = await works.talk.prompt(session, QUESTION)
        await works.talk.cancel_run(run, by="test")
        assert await ended(works, second.prompt.run) == "answered"


async def test_who_waits_for_a_message_that_was_taken_back_is_let_go(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        await card(works, run)
        second = await works.talk.prompt(session, QUESTION)
        waiter = asyncio.create_task(works.talk.settled(second.prompt.run))
        await asyncio.sleep(0.1)
        assert not waiter.done()
        await works.talk.cancel(session, by="test")
        async with asyncio.timeout(10):
            await waiter


async def test_a_cancelled_run_leaves_nothing_in_memory(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        await answer(works, run)
        await card(works, run)
        await works.talk.cancel(session, by="test")
        shop = works.engine.crew.workshop
        assert (shop._clocks, shop._budgets, shop._boards) == ({}, {}, {})


async def test_a_rewound_run_waits_for_a_word_over_a_restart(home, tmp_path):
    async with hall(home) as works:
        _, run = await begun(works, tmp_path)
        await answer(works, run)
        assert (await card(works, run)).card["kind"] == "plan"
        await works.tasks.settled(works.tasks.find(RUN_KIND, run).task)
        steps = await read_steps(home, await works.engine.archive.run(run))
        step = next(step for step in steps if "architect" in step.nodes)
        await works.talk.rewind(run, step.number, by="test")
    async with hall(home) as works:
        assert await works.talk.outcome(run) == ""
        assert works.questions.of(run) is None
        await works.talk.go_on(run, by="test")
        assert (await card(works, run)).card["kind"] == "plan"


async def test_a_run_the_archive_does_not_know_stops_no_start(home, tmp_path):
    older = tmp_path / "older.db"
    async with hall(home) as works:
        _, run = await begun(works, tmp_path, QUESTION)
        await ended(works, run)
    shutil.copy(home.database, older)
    async with hall(home) as works:
        _, lost = await begun(works, tmp_path)
        await card(works, lost)
        await works.tasks.settled(works.tasks.find(RUN_KIND, lost).task)
    shutil.copy(older, home.database)
    async with hall(home) as works:
        _, run = await begun(works, tmp_path, QUESTION)
        assert await ended(works, run) == "answered"
        [told] = works.engine.journal.read(run=lost, types=("ERROR",))
        assert (told.name, told.data["code"]) == ("session.stopped", "unknown-run")


async def test_a_card_nobody_answered_for_a_month_is_asked_anew(home, tmp_path):
    async with hall(home) as works:
        _, run = await begun(works, tmp_path)
        question = await card(works, run)
        await works.tasks.settled(works.tasks.find(RUN_KIND, run).task)
        await works.engine.ledger.execute(lambda db: db.execute("UPDATE approvals SET expires = 0"))
        with pytest.raises(InputError, match="question-gone"):
            await works.questions.answer(run, Reply("reject"), nonce=question.nonce, via="test")
        assert (await answer(works, run, "reject")).nonce != question.nonce
        assert await ended(works, run) == "rejected"


async def test_what_waits_in_the_origin_is_not_begun_in_a_fork(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        await card(works, run)
        await works.talk.prompt(session, QUESTION)
        fork = await works.talk.fork(session)
        assert [item.run for item in await works.engine.sessions.prompts(fork.session)] == [run]


async def test_a_fork_shares_the_past_and_goes_its_own_way(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path)
        for _ in range(2):
            await answer(works, run)
        assert await ended(works, run) == "delivered"
        asked = await works.talk.prompt(session, QUESTION)
        assert await ended(works, asked.prompt.run) == "answered"
        fork = await works.talk.fork(session, asked.prompt.prompt)
        shared = await works.engine.sessions.prompts(fork.session)
        assert [item.run for item in shared] == [run]
        own = await works.talk.prompt(fork.session, "Add a phone number to the page")
        record = await works.engine.archive.run(own.prompt.run)
        origin = await works.engine.archive.run(run)
        assert record.project != origin.project
        versions = await works.engine.archive.versions(record.project)
        files = await works.engine.workspace.files(record.project, versions[0].commit)
        assert files == await works.engine.workspace.files(origin.project, versions[0].commit)
        await works.talk.cancel(fork.session, by="test")
        assert len(await works.engine.archive.versions(origin.project)) == 1


async def test_a_fork_before_the_first_message_begins_afresh(home, tmp_path):
    async with hall(home) as works:
        session, run = await begun(works, tmp_path, QUESTION)
        assert await ended(works, run) == "answered"
        first = (await works.engine.sessions.prompts(session))[0]
        fork = await works.talk.fork(session, first.prompt)
        turn = await works.talk.ask_again(fork.session, first, text="What else can you do?")
        assert await ended(works, turn.prompt.run) == "answered"
        assert (await works.engine.archive.run(turn.prompt.run)).project != (
            await works.engine.archive.run(run)
        ).project
        with pytest.raises(InputError, match="unknown-message"):
            await works.talk.fork(session, "u-none")


async def test_attachments_reach_the_team_as_text(home, tmp_path):
    async with hall(home) as works:
        session = (await works.talk.open(str(tmp_path), {"team": "demo"})).session
        attached = [Attachment("notes.txt", data=b"remember the milk")]
        turn = await works.talk.prompt(session, QUESTION, attached)
        assert await ended(works, turn.prompt.run) == "answered"
        record = await works.engine.archive.run(turn.prompt.run)
        kept = [item.text for item in await works.engine.archive.messages(record.project) if item.kind == "attachment"]
        assert kept == ["notes.txt\nremember the milk"]


async def test_a_run_without_providers_ends_and_the_next_message_is_not_held_up(home, tmp_path):
    async with hall(home, team="") as works:
        session = (await works.talk.open(str(tmp_path), {"team": ""})).session
        turn = await works.talk.prompt(session, QUESTION)
        await works.talk.settled(turn.prompt.run)
        task = works.tasks.find(RUN_KIND, turn.prompt.run)
        assert (task.state, task.result["code"]) == ("failed", "no-provider")
        assert await works.talk.outcome(turn.prompt.run) == "cancelled"
        await works.engine.sessions.change_session(session, options={"team": "demo"})
        assert await ended(works, (await works.talk.prompt(session, QUESTION)).prompt.run) == "answered"


@pytest.mark.parametrize(
    ("text", "code"), [(" \n", "empty-task"), ("a\0b", "task-not-text"), ("x" * 200_001, "task-too-long")]
)
async def test_a_prompt_that_cannot_be_used_leaves_nothing_behind(home, tmp_path, text, code):
    async with hall(home) as works:
        session = (await works.talk.open(str(tmp_path), {"team": "demo"})).session
        with pytest.raises(InputError, match=code):
            await works.talk.prompt(session, text)
        assert await works.engine.sessions.prompts(session) == []
