"""What every archive must do, whatever it is made of: subclass and provide the `archive` fixture."""

from __future__ import annotations

import hashlib

import pytest

from core.errors import InputError, StorageError
from core.ports import Version

PLAN = {
    "title": "Калькулятор",
    "slug": "calculator",
    "summary": "adds",
    "language": "python",
    "kind": "cli",
    "target": "zip",
    "entry_point": "main.py",
    "dependencies": [],
    "modules": [],
    "changed": [],
    "acceptance": [],
    "notes": ["a note with \ud800 and \x00"],
}


class ArchiveConformance:
    async def test_a_project_is_kept_as_given(self, archive):
        project = await archive.add_project("Калькулятор \ud800", out="/tmp/где-то\udcff", locale="ru")
        assert await archive.project(project.project) == project
        assert (project.title, project.out, project.locale) == ("Калькулятор \ud800", "/tmp/где-то\udcff", "ru")

    async def test_projects_are_listed_oldest_first_and_can_be_renamed(self, archive):
        ids = [(await archive.add_project(f"t{number}", out="", locale="en")).project for number in range(20)]
        await archive.set_title(ids[3], "renamed")
        assert [project.project for project in await archive.projects()] == ids
        assert len(set(ids)) == 20
        assert (await archive.project(ids[3])).title == "renamed"

    async def test_messages_are_numbered_per_project(self, archive):
        one = (await archive.add_project("one", out="", locale="en")).project
        two = (await archive.add_project("two", out="", locale="en")).project
        for number in range(3):
            await archive.add_message(one, "r-1", "person", f"one {number}")
            await archive.add_message(two, "r-2", "multicoder", f"two {number}", kind="report")
        assert [(m.sequence, m.text) for m in await archive.messages(one)] == [(n + 1, f"one {n}") for n in range(3)]
        assert {(m.run, m.author, m.kind) for m in await archive.messages(two)} == {("r-2", "multicoder", "report")}

    async def test_one_message_is_found_by_its_id(self, archive):
        project = (await archive.add_project("p", out="", locale="en")).project
        message = await archive.add_message(project, "r", "person", "a\r\nb\x00\ufeff")
        assert (await archive.message(message)).text == "a\r\nb\x00\ufeff"

    async def test_a_repeated_effect_keeps_one_message(self, archive):
        project = (await archive.add_project("p", out="", locale="en")).project
        first = await archive.add_message(project, "r", "multicoder", "done", effect="r/deliver")
        again = await archive.add_message(project, "r", "multicoder", "done again", effect="r/deliver")
        other = await archive.add_message(project, "r", "multicoder", "done", effect="")
        more = await archive.add_message(project, "r", "multicoder", "done", effect="")
        assert first == again
        assert len({first, other, more}) == 3
        assert [message.text for message in await archive.messages(project)] == ["done", "done", "done"]

    async def test_a_run_is_kept_and_its_outcome_recorded(self, archive):
        project = (await archive.add_project("p", out="", locale="en")).project
        options = {"budget": 2.5, "target": None, "attach": ["a\ud800", {"b": True}]}
        await archive.add_run("r-1", project, "m-1", options)
        await archive.add_run("r-1", project, "m-1", {})
        with pytest.raises(StorageError):
            await archive.add_run("r-1", project, "m-other", {})
        await archive.add_run("r-2", project, "m-2", {})
        await archive.set_outcome("r-1", "delivered")
        run = await archive.run("r-1")
        assert (run.project, run.request, run.outcome, run.options) == (project, "m-1", "delivered", options)
        assert [(run.run, run.outcome) for run in await archive.runs()] == [("r-1", "delivered"), ("r-2", "")]

    async def test_a_run_moves_to_another_project_with_its_messages_only(self, archive):
        old = (await archive.add_project("old", out="", locale="en")).project
        new = (await archive.add_project("new", out="", locale="en")).project
        await archive.add_message(old, "r-1", "person", "first")
        asked = await archive.add_message(old, "r-2", "person", "second")
        await archive.add_message(new, "r-0", "person", "was here")
        await archive.add_message(old, "r-2", "multicoder", "answer")
        await archive.add_run("r-2", old, asked, {"a": 1})
        for _ in range(2):
            await archive.move_run("r-2", new)
        assert [(m.sequence, m.text) for m in await archive.messages(old)] == [(1, "first")]
        moved = [(m.sequence, m.text) for m in await archive.messages(new)]
        assert moved == [(2, "second"), (1, "was here"), (3, "answer")]
        run = await archive.run("r-2")
        assert (run.project, run.request, run.options) == (new, asked, {"a": 1})
        assert (await archive.message(asked)).project == new

    async def test_a_run_moves_behind_messages_of_the_same_places(self, archive):
        old = (await archive.add_project("old", out="", locale="en")).project
        new = (await archive.add_project("new", out="", locale="en")).project
        asked = await archive.add_message(old, "r-2", "person", "asked")
        await archive.add_message(old, "r-2", "multicoder", "answer")
        for text in ("was here", "was here too"):
            await archive.add_message(new, "r-0", "person", text)
        await archive.add_run("r-2", old, asked, {})
        await archive.move_run("r-2", new)
        moved = {(m.sequence, m.text) for m in await archive.messages(new)}
        assert moved == {(1, "was here"), (2, "was here too"), (3, "asked"), (4, "answer")}
        assert await archive.messages(old) == []

    async def test_versions_are_kept_once_and_in_order(self, archive):
        project = (await archive.add_project("p", out="", locale="en")).project
        second = Version(project, 2, "r-2", "c2", "/out/b.zip", "ab" * 32, 2, PLAN)
        first = Version(project, 1, "r-1", "c1", "/out/ä\udcff.zip", "cd" * 32, 1.5, PLAN)
        for version in (second, first, second):
            await archive.add_version(version)
        assert await archive.versions(project) == [first, second]
        with pytest.raises(StorageError):
            await archive.add_version(Version(project, 2, "r-9", "c9", "", "", 3.0, PLAN))
        assert await archive.versions(project) == [first, second]

    async def test_blobs_are_addressed_by_their_content(self, archive):
        for data in (b"", b"\x00" * 1_000_000, bytes(range(256)) * 100):
            address = await archive.put_blob(data)
            assert address == hashlib.sha256(data).hexdigest() == await archive.put_blob(data)
            assert await archive.blob(address) == data

    @pytest.mark.parametrize("name", ["nobody", "", "\udcff", "' OR 1=1 --"])
    async def test_what_is_not_there_is_named(self, archive, name):
        for call, code in (
            (archive.project(name), "unknown-project"),
            (archive.set_title(name, "t"), "unknown-project"),
            (archive.add_message(name, "r", "person", "t"), "unknown-project"),
            (archive.add_run("r", name, "m", {}), "unknown-project"),
            (archive.add_version(Version(name, 1, "r", "c", "", "", 1.0, PLAN)), "unknown-project"),
            (archive.message(name), "unknown-message"),
            (archive.run(name), "unknown-run"),
            (archive.set_outcome(name, "failed"), "unknown-run"),
        ):
            with pytest.raises(InputError) as caught:
                await call
            assert caught.value.code == code
        with pytest.raises(StorageError) as missing:
            await archive.blob(name)
        assert missing.value.code == "unknown-blob"
        assert await archive.messages(name) == []
        assert await archive.versions(name) == []
