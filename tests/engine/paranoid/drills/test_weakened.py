"""A build that lost one of its guards is caught: each guard is taken out of a copy, the fitting drill must notice."""

from __future__ import annotations

import shutil
import sys

import pytest
from drill_guards import GUARDS, PACKAGES, Guard, root_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the sandbox and the limits of POSIX")


@pytest.fixture(scope="session")
def sound_copy(tmp_path_factory):
    """The product's packages in a folder of their own."""
    folder = tmp_path_factory.mktemp("packages")
    for name in PACKAGES:
        shutil.copytree(root_of(name), folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def weakened(sound_copy, tmp_path):
    """Copy the packages and take one guard out."""

    def make(guard: Guard):
        folder = tmp_path / "weakened"
        shutil.copytree(sound_copy, folder)
        for edit in guard.edits:
            edit.apply(folder)
        return folder

    return make


QUICK = {"reserved names", "digest of rows"}


@pytest.mark.parametrize(
    "guard",
    [pytest.param(guard, id=guard.name, marks=[] if guard.name in QUICK else pytest.mark.slow) for guard in GUARDS],
)
def test_a_build_without_this_guard_is_caught(guard, weakened, worked_home, audit, tmp_path):
    temporary = tmp_path / "t"  # of its own: a build without locks takes the folders of other audits for leftovers
    temporary.mkdir()
    ended = audit(worked_home.root, "--drill", guard.drill, "--json", packages=weakened(guard), TMPDIR=str(temporary))
    assert ended.code == 1, ended.out + ended.err
    assert f"drill-{guard.drill}.{guard.promise}" in ended.broken(guard.drill), ended.out


def test_a_copy_with_all_its_guards_is_not_suspected(sound_copy, worked_home, audit):
    ended = audit(worked_home.root, "--drill", "odd-paths", "--json", packages=sound_copy)
    assert ended.code == 0, ended.out + ended.err


def test_at_least_a_dozen_guards_are_tried_by_most_drills():
    assert len(GUARDS) >= 12
    assert len({guard.drill for guard in GUARDS}) >= 12
