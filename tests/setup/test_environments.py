"""Stamps and the choice of Pythons."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from starter import environments, main
from starter.commands import in_env

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "some.lock"
    path.write_text("aaa==1\n", encoding="utf-8")
    return path


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A finished environment without packages."""
    folder = tmp_path / "environment"
    in_env(folder, "python").parent.mkdir(parents=True)
    in_env(folder, "python").touch()
    (folder / environments.STAMP).write_text("stamp", encoding="utf-8")
    return folder


class TestStamp:
    def test_it_stays_while_nothing_changes(self, lock):
        assert environments.stamp_of(lock) == environments.stamp_of(lock)

    def test_a_changed_lock_changes_it(self, lock):
        before = environments.stamp_of(lock)
        lock.write_text("aaa==2\n", encoding="utf-8")
        assert environments.stamp_of(lock) != before

    def test_another_python_changes_it(self, lock, monkeypatch):
        before = environments.stamp_of(lock)
        monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
        assert environments.stamp_of(lock) != before

    def test_another_build_of_the_same_python_does_not(self, lock, monkeypatch):
        before = environments.stamp_of(lock)
        monkeypatch.setattr(sys, "version", "a security update")
        assert environments.stamp_of(lock) == before

    def test_a_moved_folder_changes_it(self, lock, tmp_path, monkeypatch):
        before = environments.stamp_of(lock)
        monkeypatch.setattr(environments, "ROOT", tmp_path)
        assert environments.stamp_of(lock) != before

    def test_it_is_read_from_a_finished_environment(self, environment):
        assert environments.stamped(environment) == "stamp"

    def test_an_environment_without_python_is_not_finished(self, environment):
        in_env(environment, "python").unlink()
        assert environments.stamped(environment) == ""

    def test_an_environment_without_stamp_is_not_finished(self, environment):
        (environment / environments.STAMP).unlink()
        assert environments.stamped(environment) == ""

    def test_no_environment_is_not_finished(self, tmp_path):
        assert environments.stamped(tmp_path / "nowhere") == ""


class TestReady:
    @pytest.fixture
    def root(self, tmp_path, monkeypatch) -> Path:
        for name in ("run", "test", "toolchain"):
            (tmp_path / "locks").mkdir(exist_ok=True)
            (tmp_path / f"locks/{name}.lock").write_text(f"{name}==1\n", encoding="utf-8")
        monkeypatch.setattr(main, "ROOT", tmp_path)
        monkeypatch.setattr(main, "VENV", tmp_path / "venv")
        monkeypatch.setattr(main, "TOOLCHAIN", tmp_path / "toolchain")
        self.stamp(tmp_path / "toolchain", tmp_path / "locks/toolchain.lock")
        return tmp_path

    def stamp(self, folder: Path, lock: Path) -> None:
        in_env(folder, "python").parent.mkdir(parents=True, exist_ok=True)
        in_env(folder, "python").touch()
        (folder / environments.STAMP).write_text(environments.stamp_of(lock), encoding="utf-8")

    def test_nothing_made_yet(self, root):
        assert not main.ready(tests=False)

    def test_the_run_lock_serves_runs_but_not_tests(self, root):
        self.stamp(root / "venv", root / "locks/run.lock")
        assert main.ready(tests=False)
        assert not main.ready(tests=True)

    def test_the_test_lock_serves_both(self, root):
        self.stamp(root / "venv", root / "locks/test.lock")
        assert main.ready(tests=False)
        assert main.ready(tests=True)

    def test_a_changed_toolchain_lock_asks_for_a_new_set_up(self, root):
        self.stamp(root / "venv", root / "locks/test.lock")
        (root / "locks/toolchain.lock").write_text("other==2\n", encoding="utf-8")
        assert not main.ready(tests=True)


def test_a_python_that_does_not_run_lacks_everything(tmp_path):
    assert environments.missing_python_parts(tmp_path / "python") == ["tkinter", "libpython"]


def test_the_pythons_of_this_machine_are_named_once():
    found = list(environments.other_pythons())
    assert found
    assert len(found) == len(set(found))
