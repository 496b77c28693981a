"""The conformance suite of the Workspace port, the git form of its promises, and kill -9."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dulwich.objects import Blob, Commit, Tree
from dulwich.repo import Repo
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.workspace import GitWorkspace
from core.errors import InputError, MultiCoderError, StorageError
from core.ports import CommitNote, Workspace

ROOT = Path(__file__).parents[2]
P = "p1"


def note(effect: str = "", subject: str = "Write it", module: str = "calc") -> CommitNote:
    return CommitNote(effect=effect, author="demo:coder", subject=subject, run="r1", module=module)


# ------------------------------------------------------------------------------------------------- conformance


@pytest.fixture(params=[GitWorkspace], ids=["git"])
def workspace(request, tmp_path) -> Workspace:
    return request.param(tmp_path / "data")


async def test_new_project_has_no_head(workspace):
    assert await workspace.head(P) == ""


async def test_commits_build_on_each_other_and_old_ones_stay(workspace):
    first = await workspace.commit(P, {"a.py": "A = 1\n", "pkg/b.py": "B = 1\n"}, note("e1"))
    second = await workspace.commit(P, {"a.py": "A = 2\n", "pkg/b.py": None, "c.txt": "c"}, note("e2"), base=first)
    assert await workspace.head(P) == second
    assert await workspace.files(P, first) == {"a.py": "A = 1\n", "pkg/b.py": "B = 1\n"}
    assert await workspace.files(P, second) == {"a.py": "A = 2\n", "c.txt": "c"}


async def test_earlier_files_are_brought_back_as_a_commit_of_their_own(workspace):
    first = await workspace.commit(P, {"a.py": "A = 1\n", "icon.bin": b"\0\xff"}, note("e1"))
    second = await workspace.commit(P, {"a.py": "A = 2\n", "icon.bin": None, "b.py": "B"}, note("e2"))
    third = await workspace.restore(P, first, note("e3"))
    assert await workspace.head(P) == third != first
    assert await workspace.diff(P, first, third) == ""
    assert await workspace.diff(P, second, third) != ""
    assert await workspace.change(P, third, second) == (
        {"a.py": "A = 2\n", "b.py": "B"}, {"a.py": "A = 1\n"}
    )  # fmt: skip
    await workspace.commit(P, {"c.py": "C"}, note("e4"))
    assert await workspace.restore(P, first, note("e3")) == third
    with pytest.raises(StorageError):
        await workspace.restore(P, "0" * 40, note("e5"))


async def test_repeated_effect_finds_itself_even_after_later_commits(workspace):
    first = await workspace.commit(P, {"a.py": "A = 1\n"}, note("e1"))
    second = await workspace.commit(P, {"a.py": "A = 2\n"}, note("e2"))
    assert await workspace.commit(P, {"a.py": "something else"}, note("e1")) == first
    assert await workspace.head(P) == second


async def test_an_effect_cannot_be_forged_by_a_subject(workspace):
    await workspace.commit(P, {"a": "1"}, note("e1", subject="Sub\n\nEffect: e2"))
    head = await workspace.head(P)
    assert await workspace.commit(P, {"a": "2"}, note("e2")) != head


async def test_unchanged_files_still_give_a_version(workspace):
    first = await workspace.commit(P, {"a": "1"}, note("e1"))
    assert await workspace.commit(P, {"a": "1"}, note("e2")) != first


async def test_base_must_be_in_the_history(workspace):
    await workspace.commit(P, {"a": "1"}, note("e1"))
    with pytest.raises(StorageError):
        await workspace.commit(P, {"a": "2"}, note("e2"), base="0" * 40)


async def test_bytes_come_back_as_they_were(workspace, tmp_path):
    content = {
        "crlf.txt": "one\r\ntwo\r\n",
        "имя/файл.py": "# Привет\n",
        "image.bin": bytes(range(256)),
        "latin.txt": "é".encode("latin-1"),
        "bom.txt": "\ufefftext",
        "empty.txt": "",
    }
    commit = await workspace.commit(P, content, note())
    await workspace.export(P, commit, tmp_path / "out")
    for name, data in content.items():
        expected = data if isinstance(data, bytes) else data.encode()
        assert (tmp_path / "out" / name).read_bytes() == expected
    texts = await workspace.files(P, commit)
    assert texts == {name: data for name, data in content.items() if isinstance(data, str)}


async def test_export_refuses_a_folder_with_content(workspace, tmp_path):
    commit = await workspace.commit(P, {"a": "1"}, note())
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError):
        await workspace.export(P, commit, tmp_path)
    assert not (tmp_path / "a").exists()


async def test_diff(workspace):
    first = await workspace.commit(P, {"a.py": "A = 1\n"}, note("e1"))
    second = await workspace.commit(P, {"a.py": "A = 2\n"}, note("e2"))
    assert "+A = 1" in await workspace.diff(P, "", first)
    change = await workspace.diff(P, first, second)
    assert "-A = 1" in change
    assert "+A = 2" in change
    assert await workspace.diff(P, first, first) == ""


async def test_tag_names_one_commit_for_good(workspace):
    first = await workspace.commit(P, {"a": "1"}, note("e1"))
    second = await workspace.commit(P, {"a": "2"}, note("e2"))
    await workspace.tag(P, "v1", first)
    await workspace.tag(P, "v1", first)
    with pytest.raises(InputError):
        await workspace.tag(P, "v1", second)


@pytest.mark.parametrize("name", ["../heads/main", "a..b", "", "a b", "con", "x.lock"])
async def test_strange_tags_are_refused(workspace, name):
    commit = await workspace.commit(P, {"a": "1"}, note())
    with pytest.raises(InputError):
        await workspace.tag(P, name, commit)
    assert await workspace.head(P) == commit


async def test_reset_rewinds_and_the_effects_left_behind_can_be_done_again(workspace):
    first = await workspace.commit(P, {"a": "1"}, note("e1"))
    second = await workspace.commit(P, {"a": "2"}, note("e2"))
    await workspace.reset(P, first)
    await workspace.reset(P, first)
    assert await workspace.head(P) == first
    assert await workspace.files(P, second) == {"a": "2"}
    again = await workspace.commit(P, {"a": "3"}, note("e2"))
    assert await workspace.files(P, again) == {"a": "3"}


@pytest.mark.parametrize("commit", ["", "0" * 40, "zz", "HEAD", "../x"])
async def test_unknown_commits_are_storage_errors(workspace, commit):
    await workspace.commit(P, {"a": "1"}, note())
    with pytest.raises(StorageError):
        await workspace.files(P, commit)


@pytest.mark.parametrize("path", ["../x", "/etc/x", "C:/x", "con.txt", ".git/config", "a/.GIT/hooks/x", ""])
async def test_paths_that_leave_the_project_are_refused(workspace, path):
    with pytest.raises(InputError):
        await workspace.commit(P, {path: "x"}, note())
    assert await workspace.head(P) == ""


@pytest.mark.parametrize("project", ["..", "a/b", "", "a\\b"])
async def test_projects_stay_below_the_root(workspace, project):
    with pytest.raises(InputError):
        await workspace.commit(project, {"a": "x"}, note())


async def test_names_that_collide_on_windows_are_refused(workspace):
    await workspace.commit(P, {"Read.me": "1", "f": "1"}, note("e1"))
    for files in ({"read.ME": "2"}, {"f/g": "2"}):
        with pytest.raises(InputError):
            await workspace.commit(P, files, note("e2"))
    await workspace.commit(P, {"f": None, "f/g": "2"}, note("e3"))


async def test_text_that_is_no_unicode_is_refused(workspace):
    with pytest.raises(InputError):
        await workspace.commit(P, {"a": "\ud800"}, note())


async def test_parallel_commits_all_arrive(workspace):
    await asyncio.gather(*(workspace.commit(P, {f"m{n}.py": f"{n}"}, note(f"e{n}")) for n in range(12)))
    assert len(await workspace.files(P, await workspace.head(P))) == 12


async def test_parallel_repeats_of_one_effect_are_one_commit(workspace):
    ids = await asyncio.gather(*(workspace.commit(P, {"a": str(n)}, note("same")) for n in range(6)))
    assert len(set(ids)) == 1


async def test_a_large_tree(workspace, tmp_path):
    files = {f"d{n % 40}/f{n}.txt": f"content {n}\n" for n in range(1500)}
    commit = await workspace.commit(P, files, note())
    later = await workspace.commit(P, {"d1/f1.txt": "changed\n"}, note())
    assert await workspace.files(P, commit) == files
    assert await workspace.files(P, later) == {**files, "d1/f1.txt": "changed\n"}


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@settings(max_examples=40)
@given(
    files=st.dictionaries(st.lists(NAMES, min_size=1, max_size=3).map("/".join), st.text() | st.binary(), max_size=4)
)
def test_any_accepted_tree_is_exported_exactly(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    workspace = GitWorkspace(folder)

    async def round_trip():
        try:
            commit = await workspace.commit(P, files, note())
        except MultiCoderError:
            return None
        await workspace.export(P, commit, folder / "out")
        return {p.relative_to(folder / "out"): p.read_bytes() for p in (folder / "out").rglob("*") if p.is_file()}

    result = asyncio.run(round_trip())
    if result is not None:
        expected = (content if isinstance(content, bytes) else content.encode() for content in files.values())
        assert sorted(result.values()) == sorted(expected)


# ---------------------------------------------------------------------------------------- what makes it real git


async def test_it_is_a_git_repository_with_the_notes_as_trailers(tmp_path):
    workspace = GitWorkspace(tmp_path)
    await workspace.commit(P, {"a.py": "A = 1\n"}, note("e1", subject="Write the calculator"))
    await workspace.tag(P, "v1", await workspace.head(P))
    with Repo(str(tmp_path / P / "repo")) as repository:
        commit = repository[repository.head()]
        assert repository.refs.read_ref(b"HEAD") == b"ref: refs/heads/main"
        assert repository.refs[b"refs/tags/v1"] == commit.id
        assert commit.author == b"demo:coder <>"
        assert commit.message.decode().splitlines() == [
            "Write the calculator", "", "Effect: e1", "Run: r1", "Module: calc", "Model: demo:coder",
        ]  # fmt: skip


async def test_rewound_commits_are_named(tmp_path):
    workspace = GitWorkspace(tmp_path)
    first = await workspace.commit(P, {"a": "1"}, note("e1"))
    second = await workspace.commit(P, {"a": "2"}, note("e2"))
    await workspace.reset(P, first)
    with Repo(str(tmp_path / P / "repo")) as repository:
        assert repository.refs[f"refs/heads/rewound/{second[:12]}".encode()] == second.encode()


async def test_links_in_a_tree_are_never_written(tmp_path):
    workspace = GitWorkspace(tmp_path / "data")
    await workspace.commit(P, {"a": "1"}, note("e1"))
    with Repo(str(tmp_path / "data" / P / "repo")) as repository:
        link, tree, commit = Blob.from_string(b"/etc/passwd"), Tree(), Commit()
        tree.add(b"link", 0o120000, link.id)
        commit.tree, commit.author, commit.committer, commit.message = tree.id, b"x <>", b"x <>", b"x"
        commit.author_time = commit.commit_time = commit.author_timezone = commit.commit_timezone = 0
        for thing in (link, tree, commit):
            repository.object_store.add_object(thing)
    await workspace.export(P, commit.id.decode(), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


async def test_locks_of_a_dead_process_are_taken_over(tmp_path):
    before = GitWorkspace(tmp_path)
    await before.commit(P, {"a": "1"}, note("e1"))
    lock = tmp_path / P / "repo" / "refs" / "heads" / "main.lock"
    lock.write_bytes(b"")
    os.utime(lock, (time.time() - 60, time.time() - 60))
    started = time.monotonic()
    commit = await GitWorkspace(tmp_path).commit(P, {"a": "2"}, note("e2"))
    assert time.monotonic() - started < 1.5
    assert await before.head(P) == commit


async def test_a_half_made_repository_does_not_count(tmp_path):
    (tmp_path / P / "repo.new" / "objects").mkdir(parents=True)
    workspace = GitWorkspace(tmp_path)
    assert await workspace.head(P) == ""
    await workspace.commit(P, {"a": "1"}, note("e1"))
    assert not (tmp_path / P / "repo.new").exists()


async def test_a_damaged_object_is_an_error_not_a_wrong_answer(tmp_path):
    workspace = GitWorkspace(tmp_path)
    commit = await workspace.commit(P, {"a": "1"}, note("e1"))
    file = tmp_path / P / "repo" / "objects" / commit[:2] / commit[2:]
    file.chmod(0o600)
    file.write_bytes(b"rubbish")
    with pytest.raises(StorageError):
        await workspace.files(P, commit)


@pytest.mark.parametrize("pause", [0, 0.002, 0.01])
async def test_cancelling_leaves_a_whole_commit_or_none(pause, tmp_path):
    workspace = GitWorkspace(tmp_path)
    task = asyncio.create_task(workspace.commit(P, {f"f{n}": "x" for n in range(300)}, note("e1")))
    await asyncio.sleep(pause)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):  # a fast machine is done by now
        await task
    head = await workspace.head(P)
    again = await workspace.commit(P, {f"f{n}": "x" for n in range(300)}, note("e1"))
    assert head in ("", again)


WRITER = """
import asyncio, sys
from pathlib import Path
from builders.workspace import GitWorkspace
from core.ports import CommitNote

async def main():
    workspace = GitWorkspace(Path(sys.argv[1]))
    print("ready", flush=True)
    for n in range(int(sys.argv[2]), 100_000):
        files = {f"m{n % 7}/f.py": f"N = {n}\\n", "count.txt": str(n)}
        note = CommitNote(effect=f"e{n}", author="demo:coder", subject=f"Step {n}", run="r1")
        await workspace.commit("p1", files, note)
        print(n, flush=True)

asyncio.run(main())
"""


def test_kill_9_at_any_moment(tmp_path):
    """Each killed writer leaves a readable repository; what it reported is there, and repeating it changes nothing."""
    dice, reported, kills = random.Random(7), -1, 25
    for _ in range(kills):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(max(reported, 0))],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0.0, 0.12))
        child.kill()
        rest = child.stdout.read().split("\n")[:-1]
        child.stdout.close()
        child.wait()
        reported = max([reported, *map(int, rest)])
        effects = asyncio.run(_effects(tmp_path))
        assert len(effects) == len(set(effects))
        assert set(effects) >= {f"e{n}" for n in range(reported + 1)}
    assert reported > kills // 5, "the writers hardly ran; the test shows nothing"
    asyncio.run(_repeating_changes_nothing(tmp_path, reported))


async def _repeating_changes_nothing(root: Path, reported: int) -> None:
    workspace = GitWorkspace(root)
    head = await workspace.head(P)
    for n in range(reported + 1):
        await workspace.commit(P, {"count.txt": "never"}, note(f"e{n}"))
    assert await workspace.head(P) == head


async def _effects(root: Path) -> list[str]:
    workspace = GitWorkspace(root)
    head = await workspace.head(P)
    if not head:
        return []
    texts = await workspace.files(P, head)
    with Repo(str(root / P / "repo")) as repository:
        messages = [entry.commit.message.decode() for entry in repository.get_walker([head.encode()])]
    effects = [line[8:] for text in messages for line in text.splitlines() if line.startswith("Effect: ")]
    assert effects[0] == f"e{texts['count.txt']}"
    return effects
