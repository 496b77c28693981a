"""What is said of builds and models follows from what was journaled and paid."""

from __future__ import annotations

import pytest

from core.events import Event
from core.ports import Usage
from engine.journal import JournalRow
from engine.reports.filters import ReportFilter
from engine.reports.gathering import gather
from engine.reports.records import Spend
from engine.statistics import gather_statistics
from engine.statistics.folding import StatisticsFold
from engine.statistics.patterns import Patterns, normalised
from engine.statistics.scores import PRIOR_TRIES
from graph.ledger import EffectKey, Ledger, SpendRow
from tests.engine.reports.folders import emit

DAY = 1_738_281_600.0  # 2025-01-31


class Story:
    """Events as the engine would journal them, one after the other."""

    def __init__(self):
        self.fold = StatisticsFold()
        self._seq = 0

    def __call__(self, name, type_="INFO", run="r-1", module="", at=DAY, **data):
        self._seq += 1
        self.fold.take(JournalRow(self._seq, at, type_, name, run, module, data))

    def draft(self, model, module, *findings, number=1, run="r-1"):
        facts = {"draft": number, "model": model, "accepted": not findings, "refused": [], "findings": list(findings)}
        self("draft.examined", run=run, module=module, **facts)
        if not findings:
            self("module.accepted", type_="FILE", run=run, module=module, drafts=number, commit="c")

    def call(self, model, call, seconds=1.0, usd=0.0, *, priced=True, run="r-1"):
        self.fold.spend(Spend(DAY, run, call, "", model, 100, 10, usd, priced, seconds))

    def models(self):
        return {(item.role, item.model): item for item in self.fold.finished().models}


@pytest.fixture
def story():
    return Story()


def test_calls_times_tokens_and_money_are_those_of_the_ledger(story):
    for seconds in (1, 2, 3, 4, 5, 6, 7, 8, 9, 100):
        story.call("a:x", "coder.write", seconds, 0.5)
    story.call("a:x", "coder.fix", 1, priced=False)
    story.call("a:x", "judge.plan", 7)
    coder = story.models()["coder", "a:x"]
    assert (coder.calls, coder.prompt_tokens, coder.completion_tokens) == (11, 1100, 110)
    assert (coder.cost_usd, coder.unpriced_calls) == (5.0, 1)
    assert (coder.latency_median, coder.latency_p90) == (5, 9)
    assert story.models()["judge", "a:x"].latency_median == 7


def test_failures_belong_to_the_model_that_failed(story):
    for fault in ("transient", "transient", "bad_key"):
        story("call.substituted", type_="PROVIDER", call="coder.write", failed="a:x", fault=fault, next="b:y")
    story.call("b:y", "coder.write")
    story.call("a:x", "coder.write")
    models = story.models()
    assert models["coder", "a:x"].failures == {"bad_key": 1, "transient": 2}
    assert models["coder", "a:x"].substitution_rate == 3 / 4
    assert models["coder", "b:y"].substitution_rate == 0.0
    assert models["coder", "a:x"].samples == 4


def test_drafts_findings_modules_repairs_and_first_test_runs_are_counted_for_their_author(story):
    story.draft("a:x", "core", "review: no error handling", "check: no such name")
    story.draft("a:x", "core", number=2)
    story.draft("b:y", "gui")
    story("tests.run", type_="BUILD", ok=False, passed=3, failed=1, errors=0, seconds=1)
    story("repair.started", type_="BUILD", module="core", stage="tests", draft=3)
    story("tests.run", type_="BUILD", ok=True, passed=4, failed=0, errors=0, seconds=1)
    story("run.finished", type_="TASK", outcome="delivered")
    story.draft("b:y", "gui", run="r-2")
    story("tests.run", type_="BUILD", run="r-2", ok=True, passed=1, failed=0, errors=0, seconds=1)
    models = story.models()
    first, second = models["coder", "a:x"], models["coder", "b:y"]
    assert (first.drafts, first.drafts_accepted, first.findings, first.review_findings) == (2, 1, 2, 1)
    assert (first.modules, first.drafts_per_module, first.repairs) == (1, 2.0, 1)
    assert (first.first_runs, first.first_runs_ok) == (1, 0)
    assert (second.first_runs, second.first_runs_ok, second.repairs) == (2, 1, 0)


def test_plans_and_tests_are_quality_of_architects_and_testers(story):
    for run, outcome in (("r-1", "delivered"), ("r-2", "stopped"), ("r-3", "cancelled")):
        story("call.finished", type_="PROVIDER", run=run, call="architect.plan", model="a:x")
        story("plan.drawn", run=run, title="t", modules=[], changed=[])
        story("tests.written", type_="FILE", run=run, model="b:y", files=[])
        story("tests.mutated", type_="BUILD", run=run, survivors=["one"] if run == "r-1" else [])
        story("run.finished", type_="TASK", run=run, outcome=outcome)
    models = story.models()
    assert (models["architect", "a:x"].quality_tries, models["architect", "a:x"].quality_good) == (2, 1)
    assert (models["tester", "b:y"].quality_tries, models["tester", "b:y"].quality_good) == (3, 2)


def test_a_person_s_word_goes_to_those_whose_work_was_seen_and_the_last_one_counts(story):
    story("call.finished", call="architect.plan", model="a:plans")
    story.draft("a:codes", "page")
    story("run.finished", outcome="delivered")
    story("call.finished", run="r-2", call="converse.answer", model="a:talks")
    story("run.finished", run="r-2", outcome="answered")
    for run, good in (("r-1", True), ("r-2", True), ("r-2", False), ("r-none", True)):
        story("answer.rated", run=run, good=good)
    words = {key: (item.liked, item.disliked) for key, item in story.models().items()}
    assert words == {("architect", "a:plans"): (1, 0), ("coder", "a:codes"): (1, 0), ("converse", "a:talks"): (0, 1)}
    assert story.models()["coder", "a:codes"].liked == 1


def test_the_score_is_the_documented_one(story):
    for _ in range(8):
        story.draft("a:x", "m")
        story.call("a:x", "coder.write")
    story.draft("a:x", "m", "check: x")
    story.call("a:x", "coder.write")
    story("call.substituted", type_="PROVIDER", call="coder.fix", failed="a:x", fault="malformed", next="b:y")
    story("call.substituted", type_="PROVIDER", call="coder.fix", failed="a:x", fault="no_money", next="b:y")
    story("tests.run", type_="BUILD", ok=True, passed=4, failed=0, errors=0, seconds=1)
    half = PRIOR_TRIES / 2
    quality, first, reliable = (8 + half) / (9 + 5), (1 + half) / (1 + 5), (9 + half) / (10 + 5)
    expected = 100 * (0.5 * quality + 0.3 * first + 0.2 * reliable)
    assert story.models()["coder", "a:x"].score == round(expected, 1)


def test_few_lucky_tries_do_not_beat_a_proven_record(story):
    story.draft("lucky:one", "m")
    for number in range(100):
        story.draft("proven:one", "m", *(["check: x"] if number % 20 == 0 else []))
    statistics = story.fold.finished()
    assert [model for model, _, _ in statistics.ranking("coder")] == ["proven:one", "lucky:one"]
    assert all(0 <= score <= 100 for _, score, _ in statistics.ranking("coder"))
    assert statistics.ranking("nobody") == []


def test_an_untried_model_would_score_fifty(story):
    story("call.substituted", type_="PROVIDER", call="judge.plan", failed="a:x", fault="bad_key", next="b:y")
    assert story.fold.finished().ranking("judge") == [("a:x", 50.0, 1)]


def test_builds_and_days(story):
    story("build.finished", type_="BUILD")
    story("build.failed", type_="BUILD", log="a\nLinkerError: 7", at=DAY + 86_400)
    story("build.finished", type_="BUILD", at=DAY + 86_400)
    story("node.held", type_="ERROR", node="build", code="storage", facts={}, at=DAY + 86_400)
    story("run.finished", type_="TASK", outcome="delivered", at=DAY + 86_400)
    found = story.fold.finished()
    assert (found.builds_ok, found.builds_failed, found.build_success) == (2, 1, 2 / 3)
    days = [*found.days.values()]
    assert len(days) == 2
    assert (days[1].builds_ok, days[1].builds_failed, days[1].errors, days[1].runs_delivered) == (1, 1, 1, 1)
    assert StatisticsFold().finished().build_success is None


def test_problems_are_grouped_by_what_does_not_vary(story):
    for number in range(3):
        story.draft("a:x", "m", f"check: {number} names in '/a/b{number}/c.py' are unknown: 'x{number}'")
    story.draft("a:x", "m", "placeholder: the body is only 'pass'")
    story("node.held", type_="ERROR", node="build", code="storage", facts={})
    story("node.crashed", type_="ERROR", node="build", error="KeyError: 'x'")
    story("journal.lost", type_="ERROR", events=5)
    patterns = story.fold.finished().patterns
    assert (patterns[0].kind, patterns[0].count) == ("finding", 3)
    assert patterns[0].example.startswith("check: 2 names")
    kinds = sorted((item.kind, item.text) for item in patterns[1:])
    assert kinds == [
        ("error", "build: KeyError: ‹›"),
        ("error", "journal.lost"),
        ("finding", "placeholder: the body is only ‹›"),
        ("hold", "build: storage"),
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("took 3.5 s", "took 12 s"),
        ("no file /home/a/b.py", "no file /tmp/c/d/e.txt"),
        ("no file C:\\a\\b.py here", "no file D:\\x\\y\\z.py here"),
        ('name "x" missing', 'name "yy" missing'),
        ("commit 0123456789abcdef gone", "commit fedcba9876543210 gone"),
        ("a  b\n c", "a b c"),
    ],
)
def test_texts_that_differ_in_particulars_only_are_alike(left, right):
    assert normalised(left) == normalised(right)
    assert normalised(left) != normalised("something else")


def test_patterns_stay_bounded_and_keep_what_comes_again():
    patterns = Patterns()
    for number in range(30_000):
        letters = "".join(chr(97 + int(digit)) for digit in str(number))
        patterns.note("error", f"only twice {letters}", 1.0)
        patterns.note("error", f"only twice {letters}", 1.0)
        if number % 1000 == 0:
            patterns.note("error", "again and again", 2.0)
    [first] = patterns.most_frequent(1)
    assert (first.text, first.count) == ("again and again", 30)
    assert len(patterns.most_frequent(100_000)) <= 20_000


def test_events_of_other_versions_count_what_they_can(story):
    for name in ("draft.examined", "tests.run", "tests.mutated", "run.finished", "call.finished", "call.substituted"):
        story(name, findings=5, ok=None, survivors="x", model=None, failed=[], fault={})
        story(name)
    assert story.fold.finished().build_success is None


class Nobody:
    def emit(self, event):
        pass


async def test_statistics_of_a_data_folder_join_journal_and_ledger_and_stand_in_the_report(home):
    emit(
        home,
        Event(
            "INFO", "draft.examined", "r-1", "m", {"model": "a:x", "accepted": True, "findings": [], "draft": 1}, 5.0
        ),
        Event("BUILD", "build.finished", "r-1", "", {}, 5.0),
        Event("BUILD", "build.failed", "r-1", "", {"log": "x"}, DAY),
    )
    ledger = Ledger(home.ledger, Nobody())
    try:
        row = SpendRow("coder.write", "m", "a:x", Usage(10, 5, 0.1, priced=True), 2.5)
        await ledger.record(EffectKey("r-1", 0, "call:coder.write"), {"text": ""}, row)
    finally:
        ledger.close()
    found = await gather_statistics(home)
    [coder] = found.models
    assert (coder.calls, coder.drafts_accepted, coder.latency_median) == (1, 1, 2.5)
    assert (found.builds_ok, found.builds_failed) == (1, 1)
    assert found.ranking("coder") == [("a:x", coder.score, 1)]
    later = await gather_statistics(home, since=DAY - 1)
    assert (later.builds_ok, later.builds_failed, later.models[0].drafts) == (0, 1, 0)
    report = await gather(home, ReportFilter())
    assert report.statistics.as_dict() == found.as_dict()
