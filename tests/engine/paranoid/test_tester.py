"""The tester looks at everything, tells each finding once, and in strict mode has the task concerned paused."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from core.errors import InputError
from core.i18n import LOCALES, Words
from engine.paranoid.finding import Finding
from engine.paranoid.invariants import engine_invariants
from engine.paranoid.mode import set_mode
from engine.paranoid.tester import LOG_NAME, ParanoidTester


class Planted:
    """An invariant that finds, breaks or hangs as told."""

    def __init__(self, check="planted"):
        self.check = check
        self.findings = []
        self.error = None
        self.seconds = 0.0
        self.looks = 0

    async def find(self):
        self.looks += 1
        await asyncio.sleep(self.seconds)
        if self.error:
            raise self.error
        return list(self.findings)


def finding(subject="s", severity="warning", check="planted", **facts):
    return Finding(check, severity, Words("finding-journal-chain"), subject, facts=facts)


async def until(true):
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - the tester tells nobody how often it looked
            await asyncio.sleep(0.01)


@pytest.fixture
def planted():
    return Planted()


@pytest.fixture
def paused():
    return []


@pytest.fixture
async def tester(planted, heard, paused, tmp_path):
    async def pause(task, reason, note):
        paused.append((task, reason, note))

    opened = ParanoidTester(
        heard, [planted], mode="watch", pause=pause, log=tmp_path / LOG_NAME, interval=0.01, longest=0.2
    )
    yield opened
    await opened.stop()


async def test_a_finding_is_told_when_it_opens_and_when_it_closes_and_never_between(tester, planted, heard, tmp_path):
    assert (await tester.inspect()).score == 100
    planted.findings = [finding()]
    for _ in range(3):
        assert (await tester.inspect()).score == 90
    planted.findings = [finding(), finding("t")]
    await tester.inspect()
    planted.findings = []
    assert (await tester.inspect()).score == 100
    assert [(event.name, event.type, event.data["subject"]) for event in heard] == [
        ("finding.opened", "AUDIT", "s"),
        ("finding.opened", "AUDIT", "t"),
        ("finding.closed", "AUDIT", "s"),
        ("finding.closed", "AUDIT", "t"),
    ]
    lines = (tmp_path / LOG_NAME).read_text().splitlines()
    assert sum("finding.opened" in line for line in lines) == 2
    assert sum("score 90" in line for line in lines) == 3


async def test_a_critical_finding_is_a_security_event_of_high_risk(tester, planted, heard):
    planted.findings = [finding(severity="critical", run="r-1")]
    assert (await tester.inspect()).score == 60
    (event,) = heard
    assert (event.type, event.run, event.data["risk"]) == ("SECURITY", "r-1", "high")
    planted.findings *= 9
    assert (await tester.inspect()).score == 60  # the same one
    planted.findings = [finding(str(number), "critical") for number in range(9)]
    assert (await tester.inspect()).score == 0


@pytest.mark.parametrize("error", [RuntimeError("broken"), sqlite3.DatabaseError("malformed"), KeyError("x")])
async def test_an_invariant_that_breaks_is_a_finding_and_ends_nothing(tester, planted, error):
    planted.error = error
    verdict = await tester.inspect()
    assert [(item.check, item.subject) for item in verdict.findings] == [("blind", "planted")]
    for locale in LOCALES:
        told = verdict.as_dict(locale)
        assert "planted" in told["findings"][0]["what"]
        assert told["findings"][0]["action"]
    planted.error = None
    assert (await tester.inspect()).findings == ()


async def test_what_was_found_stands_while_an_invariant_cannot_tell(tester, planted, heard):
    planted.findings = [finding(severity="critical")]
    await tester.inspect()
    planted.error = RuntimeError("broken")
    assert (await tester.inspect()).score == 50
    planted.error, planted.findings = None, []
    assert (await tester.inspect()).score == 100
    assert [(event.name, event.data["check"]) for event in heard] == [
        ("finding.opened", "planted"),
        ("finding.opened", "blind"),
        ("finding.closed", "planted"),
        ("finding.closed", "blind"),
    ]


async def test_a_look_that_takes_long_is_not_begun_again_and_what_it_finds_late_counts(tester, planted):
    planted.findings, planted.seconds = [finding()], 1.0
    for _ in range(3):
        assert [item.check for item in (await tester.inspect()).findings] == ["blind"]
    assert planted.looks == 1
    await asyncio.sleep(0.6)
    assert [item.check for item in (await tester.inspect()).findings] == ["planted"]
    planted.findings, planted.seconds = [], 0.0
    assert (await tester.inspect()).findings == ()
    assert planted.looks == 2


async def test_it_goes_on_looking_through_every_failure_until_it_is_stopped(tester, planted):
    planted.error = RuntimeError("broken")
    await tester.start()
    await tester.start()
    await until(lambda: planted.looks >= 3)
    planted.error = None
    await until(lambda: tester.last.score == 100)
    await tester.stop()
    looks = planted.looks
    await asyncio.sleep(0.05)
    assert planted.looks == looks


async def test_only_strict_mode_pauses_what_a_critical_finding_is_about(tester, planted, paused):
    planted.findings = [finding("a", "critical", run="r-1")]
    await tester.inspect()
    assert paused == []
    await tester.set_mode("strict")
    planted.findings += [
        finding("b", "critical", run="r-2"),
        finding("t-1", "critical", check="task-disk"),
        finding("c", "critical"),
        finding("d", "warning", run="r-3"),
    ]
    await tester.inspect()
    await tester.inspect()
    assert [(task, reason) for task, reason, _ in paused] == [("r-2", "guard"), ("t-1", "guard")]


async def test_a_pause_that_is_refused_ends_nothing(planted, heard, tmp_path):
    async def refuse(*_):
        raise InputError("unknown-task", task="x")

    tester = ParanoidTester(heard, [planted], mode="strict", pause=refuse, log=tmp_path / LOG_NAME)
    planted.findings = [finding(severity="critical", run="r-1")]
    assert (await tester.inspect()).score == 60
    await tester.stop()


async def test_off_looks_only_when_asked_and_the_switch_works_both_ways(tester, planted, heard, life):
    async with life.engine() as engine:
        await set_mode("off", engine.guard, tester)
        await tester.start()
        await asyncio.sleep(0.05)
        assert planted.looks == 0
        assert (await tester.inspect()).score == 100
        await set_mode("strict", engine.guard, tester)
        await until(lambda: planted.looks >= 3)
        assert engine.guard.mode == tester.mode == "strict"
        await set_mode("off", engine.guard, tester)
        looks = planted.looks
        await asyncio.sleep(0.05)
        assert planted.looks == looks
        with pytest.raises(InputError, match="bad-setting"):
            await set_mode("paranoid", engine.guard, tester)
        assert engine.guard.mode == tester.mode == "off"
    assert [event.data["mode"] for event in heard.told("paranoid.mode_changed")] == ["off", "strict", "off"]


async def test_a_real_engine_scores_full_marks_fast_and_loses_them_when_something_breaks(life, heard, tmp_path):
    async with life.engine() as engine:
        tester = ParanoidTester(heard, engine_invariants(engine), mode="watch", log=tmp_path / LOG_NAME)
        try:
            verdicts = [await tester.inspect() for _ in range(3)]
            assert [verdict.score for verdict in verdicts] == [100, 100, 100]
            assert min(verdict.seconds for verdict in verdicts) < 3
            run, _ = await life.delivered(engine)
            await engine.archive.set_outcome(run, "answered")
            assert (await tester.inspect()).score == 60
        finally:
            await tester.stop()
    assert [event.data["check"] for event in heard] == ["run-outcomes"]
