from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from core.errors import InputError, StorageError
from core.i18n import Words
from core.redaction import register_secret
from engine.health.aside import aside
from engine.health.board import LOOP, HealthBoard
from engine.health.probe import Probe, Reading
from engine.health.status import SystemStatus, read_snapshot, write_snapshot
from engine.health.watchdog import Patience
from tests.engine.health.breaking import PERIOD, Sampler, status_of, until

QUICK = Patience(look=0.1, late=0.3, hung=0.8)
ROOT = Path(__file__).parents[3]
GOOD = Reading("ok", Words("health-never"))


def probe(read, system="thing", **more):
    return Probe(system, Words("health-system-disk"), read, **({"period": PERIOD, "timeout": 1.0} | more))


async def good():
    return GOOD


def changes(journal, system):
    rows = journal.read(types=["HEALTH"])
    found = [row.data for row in rows if row.name == "system.changed" and row.data["system"] == system]
    return [(data["before"], data["after"]) for data in found]


async def test_a_probe_that_raises_is_down_with_the_class_of_its_error_and_without_secrets(board, journal):
    register_secret("hunter2-hunter2")

    async def read():
        raise RuntimeError("no way with hunter2-hunter2")

    board.register(probe(read))
    await board.start()
    await until(lambda: status_of(board, "thing").state == "down")
    row = status_of(board, "thing").as_dict("en")
    assert "RuntimeError" in row["evidence"]
    assert "hunter2" not in json.dumps(row) + json.dumps([dict(event.data) for event in journal.read()])
    assert row["action"]


async def test_an_error_of_ours_is_told_in_its_own_words(board):
    async def read():
        raise StorageError("storage", path="ledger.db", detail="disk I/O error")

    board.register(probe(read))
    await board.start()
    await until(lambda: status_of(board, "thing").state == "down")
    assert "ledger.db" in status_of(board, "thing").as_dict("ru")["evidence"]
    assert "disk I/O error" in status_of(board, "thing").as_dict("en")["evidence"]


async def test_a_look_that_hangs_is_down_and_no_second_one_piles_up_behind_it(board):
    release, looks = threading.Event(), []

    async def read():
        def work():
            looks.append(time.monotonic())
            release.wait(30)
            return GOOD

        return await aside(work)

    board.register(probe(read, timeout=0.2))
    board.register(probe(good, "other"))
    await board.start()
    await until(lambda: status_of(board, "thing").state == "down")
    await asyncio.sleep(3 * PERIOD)
    assert len(looks) == 1
    assert status_of(board, "other").state == "ok"
    release.set()
    await until(lambda: status_of(board, "thing").state == "ok")
    assert len(looks) >= 3


async def test_better_is_shown_after_three_good_readings_and_every_change_is_journaled(board, journal):
    broken = False

    async def read():
        return Reading("down", Words("health-file-gone", {"file": "x"})) if broken else GOOD

    board.register(probe(read))
    await board.start()
    await until(lambda: status_of(board, "thing").state == "ok")
    broken = True
    await until(lambda: status_of(board, "thing").state == "down")
    broken = False
    await until(lambda: status_of(board, "thing").state == "ok")
    history = [past.state for past in status_of(board, "thing").history]
    assert history[history.index("down") :].count("ok") >= 3
    await until(lambda: len(changes(journal, "thing")) == 3)
    assert changes(journal, "thing") == [("unknown", "ok"), ("ok", "down"), ("down", "ok")]
    down = next(row for row in journal.read(types=["HEALTH"]) if row.data.get("after") == "down")
    assert down.data["risk"] == "medium"
    assert "x is gone" in down.data["evidence"]


async def test_a_system_without_looks_goes_dark_and_that_is_told(journal):
    now = 100.0
    board = HealthBoard(journal, clock=lambda: now)
    board.register(probe(good, period=60))
    await board.probe_now("thing")
    assert status_of(board, "thing").state == "ok"
    now += 179
    assert status_of(board, "thing").state == "ok"
    now += 2
    dark = status_of(board, "thing")
    assert (dark.state, dark.checked) == ("unknown", 181.0)
    assert dark.action is not None
    assert abs(dark.since - (time.time() - 1)) < 2


async def test_looking_now_works_for_one_for_all_and_refuses_strangers(board):
    looks = []

    async def read():
        looks.append(1)
        return GOOD

    board.register(probe(read, period=3_600))
    board.register(probe(good, "other", period=3_600))
    await board.probe_now("thing")
    assert len(looks) == 1
    assert status_of(board, "other").state == "unknown"
    await board.probe_now()
    assert status_of(board, "other").state == "ok"
    with pytest.raises(InputError) as refused:
        await board.probe_now("nothing")
    assert refused.value.code == "unknown-system"


async def test_a_restart_really_restarts_is_journaled_and_shows_the_good_state_at_once(board, journal):
    working = False

    async def read():
        return GOOD if working else Reading("down", Words("health-memory-out"))

    async def again():
        nonlocal working
        working = True

    board.register(probe(read, period=3_600, restart=again))
    await board.probe_now("thing")
    assert status_of(board, "thing").state == "down"
    assert status_of(board, "thing").restartable
    await board.restart("thing", by="window")
    assert status_of(board, "thing").state == "ok"
    event = next(row for row in journal.read(types=["TASK"]) if row.name == "health.restarted")
    assert event.data == {"system": "thing", "by": "window"}


async def test_a_restart_that_fails_is_journaled_and_raised(board, journal):
    async def again():
        raise StorageError("storage", path="x", detail="y")

    board.register(probe(good, restart=again))
    with pytest.raises(StorageError):
        await board.restart("thing", by="window")
    event = next(row for row in journal.read(types=["TASK"]) if row.name == "health.restarted")
    assert event.data["failed"] == "StorageError"


@pytest.mark.parametrize(("system", "code"), [("thing", "no-restart"), ("nothing", "unknown-system")])
async def test_what_cannot_be_restarted_is_refused(board, system, code):
    board.register(probe(good))
    with pytest.raises(InputError) as refused:
        await board.restart(system, by="window")
    assert refused.value.code == code


async def test_a_system_that_is_taken_off_is_absent_and_a_later_one_is_looked_at(board):
    board.register(probe(good))
    await board.start()
    await until(lambda: status_of(board, "thing").state == "ok")
    board.unregister("thing")
    board.unregister("thing")
    board.register(probe(good, "later"))
    await until(lambda: status_of(board, "later").state == "ok")
    assert [row.id for row in board.snapshot()] == [LOOP, "later"]


async def test_a_hanging_loop_shows_outside_is_journaled_with_its_place_and_comes_back(journal, home):
    board = HealthBoard(journal, snapshot_file=home.health, patience=QUICK)
    board.register(probe(good, period=0.2))
    await board.start()
    await until(lambda: status_of(board, LOOP).state == "ok" and status_of(board, "thing").state == "ok")
    with Sampler(board, LOOP) as loop, Sampler(board, "thing") as other:
        began = time.monotonic()
        time.sleep(2.5)  # noqa: ASYNC251 - this is the fault
        ended = time.monotonic()
        await until(lambda: status_of(board, LOOP).state == "ok")
    late = loop.states(began + QUICK.hung + 3 * QUICK.look + 0.3, ended)
    assert late
    assert set(late) == {"down"}
    dark = other.states(began + 3 * 0.2 + 0.3, ended)
    assert dark
    assert set(dark) == {"unknown"}
    event = next(row for row in journal.read(types=["HEALTH"]) if row.name == "loop.hung")
    assert "time.sleep(2.5)" in event.data["stack"]
    assert len(event.data["stack"]) <= 4_000
    assert ("degraded", "down") in changes(journal, LOOP) or ("ok", "down") in changes(journal, LOOP)
    await board.stop()


HANGING = """
import asyncio, logging, sys, time
from pathlib import Path
from core.i18n import Words
from engine.health.board import HealthBoard
from engine.health.probe import Probe, Reading
from engine.health.watchdog import Patience
from engine.journal import Journal

async def read():
    return Reading("ok", Words("health-never"))

async def main(folder):
    journal = Journal(folder / "j.db", logging.getLogger("x"))
    board = HealthBoard(journal, snapshot_file=folder / "health.json", patience=Patience(0.1, 0.3, 0.8))
    board.register(Probe("thing", Words("health-system-disk"), read, period=0.5))
    await board.start()
    await asyncio.sleep(0.5)
    print("ready", flush=True)
    time.sleep(60)

asyncio.run(main(Path(sys.argv[1])))
"""


async def test_another_process_sees_that_the_engine_hangs_and_that_it_died(tmp_path):
    command = [sys.executable, "-c", HANGING, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as engine:  # noqa: ASYNC220
        try:
            await asyncio.to_thread(engine.stdout.readline)

            def seen(system):
                rows = read_snapshot(tmp_path / "health.json", "en")
                return next((row["state"] for row in rows if row["id"] == system), "")

            await until(lambda: seen("loop") == "down", 20)
            assert seen("thing") == "unknown"
        finally:
            engine.kill()
            engine.wait()
    assert seen("loop") == "unknown"
    assert "not running" in read_snapshot(tmp_path / "health.json", "en")[0]["evidence"]


async def test_the_last_word_of_a_board_is_that_it_stopped(journal, home):
    board = HealthBoard(journal, snapshot_file=home.health)
    board.register(probe(good))
    await board.start()
    await until(lambda: home.health.exists() and status_of(board, "thing").state == "ok")
    await board.stop()
    await board.stop()
    assert {row["state"] for row in read_snapshot(home.health, "ru")} == {"unknown"}


def row(**changed):
    given = {"id": "thing", "name": Words("health-system-disk"), "state": "ok", "since": 5.0, "action": None}
    given |= {"evidence": Words("health-never"), "checked": 1.0, "period": 10.0, "restartable": False, "history": ()}
    given |= {"timeout": 5.0, "limits": Words("health-limits-disk", {"low": 2_048, "least": 500, "slow": 3.0})}
    return SystemStatus(**(given | changed))


def kept(path, age):
    content = json.loads(path.read_text())
    content["at"] -= age
    path.write_text(json.dumps(content))


@pytest.mark.parametrize("age", [20, 100_000, -20, -100_000])
def test_an_old_snapshot_and_one_from_the_future_are_no_data(home, age):
    write_snapshot(home.health, [row()])
    assert read_snapshot(home.health, "en")[0]["state"] == "ok"
    kept(home.health, age)
    assert read_snapshot(home.health, "en")[0]["state"] == "unknown"


def test_limits_are_kept_as_facts_and_said_in_the_language_of_whoever_reads(home):
    write_snapshot(home.health, [row(), row(id="free", limits=None)])
    for locale, words in (("en", "less than 2,048 MiB free"), ("ru", "меньше 2\u00a0048 МиБ")):
        disk, free = read_snapshot(home.health, locale)
        assert words in disk["limits"]
        assert (disk["timeout"], free["limits"]) == (5.0, None)


def test_the_age_of_the_file_counts_for_each_row(home):
    write_snapshot(home.health, [row(checked=25.0), row(id="slow", checked=25.0, period=60.0)])
    assert [found["state"] for found in read_snapshot(home.health, "en")] == ["ok", "ok"]
    kept(home.health, 10)
    assert [found["state"] for found in read_snapshot(home.health, "en")] == ["unknown", "ok"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"systems": [{}]}', '{"format": 9, "systems": [], "at": 1}'])
def test_a_snapshot_nobody_can_read_is_none(home, content):
    home.health.write_text(content)
    assert read_snapshot(home.health, "en") == []
    home.health.unlink()
    assert read_snapshot(home.health, "en") == []


def test_a_text_of_another_version_does_not_break_the_reading(home):
    write_snapshot(home.health, [row(evidence=Words("health-of-tomorrow", {"x": 1}))])
    assert "health-of-tomorrow" in read_snapshot(home.health, "ru")[0]["evidence"]


async def test_an_idle_board_costs_next_to_nothing(journal, home):
    board = HealthBoard(journal, snapshot_file=home.health)
    for number in range(8):
        board.register(probe(good, f"s{number}", period=30))
    await board.start()
    await until(lambda: all(row.state == "ok" for row in board.snapshot()))
    began, used = time.monotonic(), time.process_time()
    await asyncio.sleep(2)
    share = (time.process_time() - used) / (time.monotonic() - began)
    await board.stop()
    assert share < 0.02
