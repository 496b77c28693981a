from __future__ import annotations

import pytest

from core.i18n import LOCALES, MissingTextError, tr
from engine.journal import read_journal
from engine.paranoid.drills.catalogue import drills
from engine.paranoid.drills.drill import SEEN_CHARACTERS, Stage
from engine.recovery.shadow import truth_digest

QUICK = {"odd-paths", "disk-full"}
UNCHECKED = {"drill-clock-jump.no-library"}
"""What a machine may lack without a drill being worth less."""


def marked(drill):
    return pytest.param(drill, id=drill.id, marks=[] if drill.id in QUICK else pytest.mark.slow)


@pytest.mark.parametrize("drill", [marked(drill) for drill in drills()])
def test_a_sound_build_keeps_every_promise_and_the_data_folder_stays_as_it_was(drill, worked_home, audit):
    before = truth_digest(worked_home)
    ended = audit(worked_home.root, "--drill", drill.id, "--json")
    assert ended.code == 0, ended.out + ended.err
    row, end = ended.rows
    assert end["truth"] == "same"
    assert row["state"] == "held"
    states = {fact["promise"]: fact["state"] for fact in row["facts"]}
    assert {name for name, state in states.items() if state == "unchecked"} <= UNCHECKED
    assert truth_digest(worked_home) != before  # the audit itself writes one thing: that it took place
    rows = read_journal(worked_home.journal, types=("AUDIT",))
    assert [item.name for item in rows[-2:]] == ["drill.started", "drill.finished"]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_drills_in_one_go_hold_in_their_order(worked_home, audit):
    ended = audit(worked_home.root, "--drill", "all", "--json", seconds=880)
    assert ended.code == 0, ended.out
    *rows, end = ended.rows
    assert [row["drill"] for row in rows] == [drill.id for drill in drills()]
    assert end["held"]


def test_all_drills_together_are_meant_to_take_less_than_two_and_a_half_minutes():
    assert sum(drill.seconds for drill in drills()) < 150


def test_every_drill_has_a_name_a_story_and_a_row_of_the_fault_matrix():
    for drill in drills():
        assert drill.fault
        assert 0 < drill.seconds <= 20
        for locale in LOCALES:
            assert drill.name.text(locale) != drill.story.text(locale)
    with pytest.raises(MissingTextError):
        tr("drill-no-such-drill", "en")


def test_names_of_drills_are_theirs_alone():
    names = [drill.id for drill in drills()]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isalpha() and name.islower() for name in names)


def test_the_same_seed_gives_the_same_chances(tmp_path):
    chances = [Stage("bit-flip", tmp_path, seed, {}).dice().random() for seed in (7, 7, 8)]
    assert chances[0] == chances[1] != chances[2]


def test_a_promise_that_was_kept_keeps_no_trace_and_a_broken_one_a_short_one(tmp_path):
    stage = Stage("bit-flip", tmp_path, 1, {})
    kept, broken = True, False
    assert stage.fact("spared", kept, "seen", rows=1).seen == ""
    assert len(stage.fact("spared", broken, "x" * 5000, rows=1).seen) == SEEN_CHARACTERS
