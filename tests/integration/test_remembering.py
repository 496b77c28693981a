"""What a run knows of earlier ones: words, files, errors and what put them right."""

from __future__ import annotations

from core.memory import DocumentNote
from tests.fakes.scripted_team import COUNTING, MAIN, blocks, routing

BROKEN = MAIN.replace("if not words:", "if words == [0]:")


async def test_a_question_is_answered_from_the_archive_with_its_place(works, team):
    project = (await works.engine.archive.add_project("talk", out=str(works.out), locale="en")).project
    note = DocumentNote("turbine.md", "docs", "foreign", project)
    kept = await works.engine.memory.documents.add(b"title\n\nThe turbine spins at 4200 rpm.\n", note)
    team.then("router", routing("question", also="How fast does the turbine spin?"))
    turn = await works.run("Wie schnell dreht sich die Maschine?", project=project)
    assert turn.outcome == "answered"
    (asked,) = team.calls("converse")
    recalled = asked.section("recalled")
    assert f"(docs, turbine.md, foreign)\n[{kept.document}:L3] The turbine spins at 4200 rpm." in recalled
    assert turn.events("memory.recalled")[0]["tokens"]["recalled"] > 10


async def test_a_lesson_of_one_project_is_told_to_the_next(works, team):
    team.then("coder.write", blocks({"main.py": BROKEN}), module="main")
    first = await works.run()
    assert first.outcome == "delivered"
    assert [data["lessons"] for data in first.events("memory.kept")] == [1]
    documents = await works.engine.memory.documents.documents(project=first.project)
    assert {item.note.name for item in documents if item.note.kind == "code"} >= {"main.py", "counting.py"}
    assert [item.note.name for item in documents if item.note.kind == "errors"] == ["tests of main, round 1"]
    (version,) = await works.engine.archive.versions(first.project)
    code = next(item for item in documents if item.note.name == "counting.py")
    assert (await works.engine.memory.documents.read(code.document)).decode() == COUNTING
    links = await works.engine.memory.documents.links(code.document)
    assert [(link.relation, link.target) for link in links] == [("committed_as", version.commit)]

    team.asked.clear()
    second = await works.run("Count the lines of a text")
    assert second.outcome == "delivered"
    for call in ("architect.plan", "coder.write"):
        told = team.calls(call)[0].section("lessons")
        assert "module main failed" in told
        assert "+    if not words:" in told
    assert not team.calls("judge")[0].section("lessons")


async def test_a_memory_that_fails_holds_nothing_and_is_told(works, team, monkeypatch):
    async def broken(*_args, **_options):
        raise RuntimeError("the index is gone")

    monkeypatch.setattr(works.engine.memory.recall._lanes, "_recall", broken)
    team.then("router", routing("question"))
    turn = await works.run("What is it?")
    assert turn.outcome == "answered"
    assert turn.events("memory.failed") == [{"code": "RuntimeError"}]


async def test_where_a_broken_memory_cannot_say_what_was_read_a_delivered_version_counts_as_read(
    works, team, monkeypatch
):
    async def broken(_project):
        raise RuntimeError("the documents are gone")

    monkeypatch.setattr(works.engine.memory.documents, "looked_up", broken)
    first = await works.run()
    assert first.outcome == "delivered"
    assert first.events("run.tainted") == []
    team.then("router", routing("question"))
    second = await works.run("What is it?", project=first.project)
    assert second.outcome == "answered"
    for turn in (first, second):
        assert turn.events("memory.failed") == [{"code": "RuntimeError"}]
    assert [data["by"] for data in second.events("run.tainted")] == ["recall"]


async def test_what_the_index_cannot_find_is_asked_of_the_documents(works, team, monkeypatch):
    async def broken(*_args, **_options):
        raise RuntimeError("the index is gone")

    monkeypatch.setattr(works.engine.memory.recall._lanes, "_recall", broken)
    project = (await works.engine.archive.add_project("talk", out=str(works.out), locale="en")).project
    note = DocumentNote("page", "docs", "foreign", project, origin="https://docs.example/frob")
    await works.engine.memory.documents.add(b"frob it\n", note)
    team.then("router", routing("question"))
    turn = await works.run("What is it?", project=project)
    assert [data["by"] for data in turn.events("run.tainted")] == ["recall"]
