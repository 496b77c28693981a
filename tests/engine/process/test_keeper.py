from __future__ import annotations

import os
import signal
import time

import psutil
import pytest

from core.errors import DataFolderBusy
from engine.keeper import Patience, failure_file, read_failure, take_failure
from engine.lock import FolderLock
from tests.engine.process.programs import STEADFAST
from tests.engine.process.stand import alive, wait_for

STEADY = {STEADFAST: "1"}


def test_a_crashed_engine_is_started_again(hall):
    keeper = hall.keeper(**STEADY)
    first = hall.up()
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: hall.up() != first, 10)
    assert hall.record()["pid"] == keeper.pid
    assert hall.record()["engine"] == hall.engine_pid()
    assert hall.record()["restarts"] == 1
    assert hall.record()["last_exit"] == -signal.SIGKILL
    assert "crashed (exit -9)" in hall.home.log.read_text()
    keeper.terminate()
    assert keeper.wait(5) == 0


def test_an_engine_that_crashes_too_often_is_given_up_with_its_last_words(hall):
    (hall.home.root / "start-fails").write_text("3")
    assert hall.keeper().wait(20) == 1
    failure = read_failure(hall.home)
    assert (failure.crashes, failure.exit) == (3, 3)
    assert "the engine says" in failure.output
    assert "hunter2" not in failure.output + hall.home.log.read_text()
    assert "is given up; its last words: the engine says" in hall.home.log.read_text()
    assert take_failure(hall.home) == failure
    assert take_failure(hall.home) is None
    assert not failure_file(hall.home).exists()


def test_an_engine_that_refuses_to_work_is_tried_only_once_more(hall):
    (hall.home.root / "start-fails").write_text("8")
    assert hall.keeper(**STEADY).wait(20) == 1
    failure = read_failure(hall.home)
    assert (failure.crashes, failure.exit) == (2, 8)
    assert failure.refused.startswith("the engine says")


def test_an_engine_that_means_to_end_ends_its_keeper(hall):
    keeper = hall.keeper()
    os.kill(hall.up(), signal.SIGTERM)
    assert keeper.wait(5) == 0
    assert hall.record()["last_exit"] == 0
    assert hall.record()["restarts"] == 0


def test_a_busy_folder_is_left_alone(hall):
    with FolderLock(hall.home.lock):
        assert hall.keeper().wait(10) == DataFolderBusy.exit_code
    assert hall.record()["restarts"] == 0


def test_a_second_keeper_leaves_at_once(hall):
    first = hall.keeper()
    engine = hall.up()
    assert hall.keeper().wait(10) == 0
    assert hall.up() == engine
    first.terminate()
    assert first.wait(5) == 0


def test_a_new_keeper_does_not_fight_the_engine_of_a_dead_one(hall):
    dead = hall.keeper()
    engine = hall.up()
    dead.kill()
    dead.wait(5)
    assert hall.keeper().wait(10) == DataFolderBusy.exit_code
    assert hall.up() == engine
    client = hall.client(**STEADY)
    assert client.initialize()["pid"] == engine
    hall.kill_engine()  # nobody keeps it: the relay brings a keeper
    assert client.ask("session/list")["pid"] == hall.up() != engine


def test_the_wish_to_stop_reaches_the_engine(hall):
    keeper = hall.keeper()
    engine = hall.up()
    keeper.terminate()
    assert keeper.wait(5) == 0
    assert not alive(engine)
    assert not hall.home.engine.exists()  # it closed its door itself


def test_a_second_wish_to_stop_insists(hall):
    keeper = hall.keeper()
    engine = hall.up()
    os.kill(engine, signal.SIGSTOP)
    keeper.terminate()
    time.sleep(0.3)
    assert keeper.poll() is None
    keeper.terminate()
    assert keeper.wait(5) == 0
    assert not alive(engine)


def test_a_wish_to_stop_ends_a_pause(hall):
    (hall.home.root / "start-fails").write_text("3")
    keeper = hall.keeper(TEST_PAUSE="60")
    wait_for(lambda: (hall.home.root / "keeper.json").exists() and hall.record()["last_exit"] == 3, 10)
    time.sleep(0.3)
    keeper.terminate()
    assert keeper.wait(5) == 0


def test_children_of_a_crashed_engine_end_with_it(hall):
    keeper = hall.keeper(**STEADY)
    client = hall.client()
    client.initialize()
    child = client.ask("_multicoder/child")["pid"]
    assert alive(child)
    hall.kill_engine()
    wait_for(lambda: not alive(child), 5)
    keeper.terminate()
    assert keeper.wait(5) == 0


def test_a_keeper_is_small(hall):
    keeper = hall.keeper()
    hall.up()
    assert psutil.Process(keeper.pid).memory_info().rss < 18_000_000
    keeper.terminate()
    assert keeper.wait(5) == 0


def test_only_recent_crashes_count_and_pauses_grow_to_a_limit():
    patience = Patience(times=5, seconds=600)
    assert patience.recent([0.0, 500.0, 1000.0], 1050.0) == [500.0, 1000.0]
    assert [patience.pause(count) for count in (1, 2, 5, 9)] == [0.2, 0.5, 4.0, 4.0]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"time": "x"}'])
def test_a_broken_failure_file_is_no_failure(home, content):
    failure_file(home).write_bytes(content)
    assert read_failure(home) is None
