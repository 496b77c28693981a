"""Killed between any two steps: the old memory works or the new one, never neither; no half copy counts as one."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback

import pytest
from sealing_life import FORMS, RIGHT, copied, memory_of, place_of, restored

from core.paths import Home
from engine.recovery.databases import databases, examine
from engine.recovery.restore import recover
from engine.recovery.sealed.copying import list_copies, make_copy, open_copy
from engine.recovery.sealed.restoring import finish, stage
from engine.recovery.sets import damaged_files, read_sets

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")

STEPS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect", "shutil.copyfile"})


def killed_before_step(work, number: int) -> bool:
    """Do `work` in a process of its own that is killed before its step `number`; False when it ended before."""
    child = os.fork()
    if child == 0:
        left = [number]

        def count(event: str, arguments: tuple[object, ...]) -> None:
            reading = event == "open" and isinstance(arguments[2], int) and not arguments[2] & (os.O_WRONLY | os.O_RDWR)
            if event in STEPS and not reading:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            work()
        except BaseException:  # noqa: BLE001 - it must not go on as a second test process
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.fixture(params=[24, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def stride(request) -> int:
    """Every how many steps there is a kill."""
    return request.param


def fresh_copy(home: Home, place) -> Home:
    shutil.rmtree(place, ignore_errors=True)
    left_out = shutil.ignore_patterns("builds", "logs")
    return Home(shutil.copytree(home.root, place, ignore=left_out))


def test_a_killed_restore_leaves_the_old_memory_or_the_new_one(one_memory, longer_memory, tmp_path, stride):
    path = copied(one_memory_in(one_memory, tmp_path), "file", tmp_path, projects=True)
    old, new = memory_of(longer_memory), memory_of(one_memory)
    seen = set()
    for number in range(0, 5000, stride):
        home = fresh_copy(longer_memory, tmp_path / "home")
        home.prepare()
        killed = killed_before_step(lambda: restored(home, path), number)  # noqa: B023 - used at once
        assert recover(home) == []  # what every start does
        found = memory_of(home)
        assert found in (old, new)
        seen.add("old" if found == old else "new")
        assert [examine(one) for one in databases(home) if one.exists()] == [""] * sum(
            one.exists() for one in databases(home)
        )
        assert all(not damaged_files(one) for one in read_sets(home))
        if found == new:
            kept = {one.reason for one in read_sets(home)}
            assert kept >= {"before-restore", "restored"}
        if not killed:
            break
    assert seen == {"old", "new"}


def one_memory_in(home: Home, tmp_path) -> Home:
    return fresh_copy(home, tmp_path / "source")


@pytest.mark.parametrize("form", FORMS)
def test_a_killed_copy_is_none_and_the_next_one_is_whole(one_memory, longer_memory, tmp_path, form, stride):
    home = fresh_copy(one_memory, tmp_path / "home")
    home.prepare()
    place = place_of(form, tmp_path)
    if form == "folder":
        make_copy(home, place, RIGHT)
    later = fresh_copy(longer_memory, tmp_path / "later")
    later.prepare()
    if (home.root / "sealed-origin.json").exists():
        shutil.copy(home.root / "sealed-origin.json", later.root)
    for number in range(0, 5000, stride):
        killed = killed_before_step(lambda: make_copy(later, place, RIGHT), number)
        if form == "folder":
            assert all(one.missing == 0 for one in list_copies(place, RIGHT))
        if not killed:
            break
        if form == "file" and place.exists():  # killed behind its last step: it is whole
            whole = Home(tmp_path / f"whole-{number}")
            restored(whole, place)
            assert memory_of(whole) == memory_of(later)
            place.unlink()
    there = Home(tmp_path / "elsewhere")
    restored(there, place)
    assert memory_of(there) == memory_of(later)
    if form == "folder":
        make_copy(later, place, RIGHT)
        assert not list(place.rglob("*.part"))


def test_what_was_staged_only_in_part_is_gone_after_the_next_start(one_memory, tmp_path):
    home = fresh_copy(one_memory, tmp_path / "home")
    home.prepare()
    path = copied(home, "file", tmp_path)

    def half() -> None:
        def die(_done: int) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        with open_copy(home, path, RIGHT) as copy:
            stage(home, copy, str(path), die)

    assert killed_before_step(half, 5000)
    assert (home.root / "restoring").is_dir()
    before = memory_of(home)
    assert finish(home) is None
    assert not (home.root / "restoring").exists()
    assert memory_of(home) == before
