"""Lines that are found again, and those that must not be."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import pytest

from core.errors import StorageError
from core.memory import RecallQuery
from core.sessions import Prompt
from memory.recall.index import FILE, Index
from memory.recall.service import MemoryRecall
from memory.sessions import SqliteSessions


async def test_a_line_of_a_message_is_found_with_its_place(desk):
    project = await desk.project()
    message = await desk.archive.add_message(project, "", "person", "make a calculator\nthe buttons must be green")
    assert await desk.recall.catch_up() == 2
    line = (await desk.recall.recall(RecallQuery("what colour have the buttons", project=project)))[0]
    assert (line.place, line.text) == (f"{message}:L2", "the buttons must be green")
    assert (line.kind, line.trust, line.name, line.speaker) == ("dialogue", "person", "Calculator", "person")


async def test_a_message_knows_its_conversation(desk):
    sessions = SqliteSessions(desk.archive.store)
    session = await sessions.add_session("About buttons", cwd=".", options={})
    project = await desk.project()
    await sessions.add_prompt(Prompt("q-1", session.session, "r-1", "green buttons", ()))
    await desk.archive.add_run("r-1", project, "m-1", {})
    await desk.archive.add_message(project, "r-1", "person", "green buttons")
    await desk.recall.catch_up()
    line = (await desk.recall.recall(RecallQuery("buttons", project=project)))[0]
    assert (line.session, line.name) == (session.session, "About buttons")
    assert await desk.found("buttons", project=project, session=session.session, reach="session", widest="session")
    assert not await desk.found("buttons", project=project, session="s-other", reach="session", widest="session")
    await sessions.change_session(session.session, deleted=True)
    assert await desk.found("buttons", project=project) == []


async def test_only_texts_are_found(desk):
    project = await desk.project()
    await desk.archive.add_message(project, "", "person", "a secret attachment", kind="attachment")
    assert await desk.recall.catch_up() == 0
    assert await desk.found("attachment", project=project) == []


async def test_lines_of_a_document_are_found_one_by_one(desk):
    text = "# Limits\n\nThe upload is limited to 50 MB.\nLogs are kept for 30 days.\n"
    document = await desk.keep(text)
    await desk.recall.catch_up()
    lines = await desk.recall.recall(RecallQuery("how large may an upload be"))
    assert (lines[0].place, lines[0].trust, lines[0].name) == (f"{document}:L3", "foreign", "notes.md")


async def test_code_is_found_by_parts_of_its_names(desk):
    project = await desk.project()
    await desk.keep(
        "def parse_header(text):\n    return text\n\n\nclass HttpServer:\n    x = 1\n", "a.py", "code", project=project
    )
    await desk.recall.catch_up()
    assert (await desk.found("http server", project=project))[0] == "class HttpServer:"
    assert await desk.found("http server", project=project, kinds=("docs",)) == []


async def test_what_was_said_by_somebody_named_comes_first(desk):
    talk = "Ann: I like pottery a lot\nBob: Ann, I like pottery a lot too\nAnn: good\nBob: yes\n"
    await desk.keep(talk, "talk", "dialogue", speakers=True)
    await desk.recall.catch_up()
    lines = await desk.recall.recall(RecallQuery("what does Ann like, pottery?"))
    assert lines[0].speaker == "Ann"
    assert lines[0].line == 1


async def test_a_question_in_two_languages_finds_what_one_does_not(desk):
    await desk.keep("Ротация журнала включена\nКнопки зелёные\n")
    await desk.recall.catch_up()
    assert await desk.found("log rotation") == []
    assert (await desk.found("log rotation", also=("ротация журналов",)))[0] == "Ротация журнала включена"


async def test_other_projects_are_asked_only_when_allowed(desk):
    one, other = await desk.project("one"), await desk.project("other")
    await desk.archive.add_message(one, "", "person", "the colour is green")
    await desk.archive.add_message(other, "", "person", "the border is purple")
    await desk.keep("A window has a margin of 8 points.\n")
    await desk.keep("ZeroDivisionError was put right by a guard\n", "lesson", "errors", project=other)
    await desk.recall.catch_up()
    assert await desk.found("purple border", project=one) == []
    assert await desk.found("purple border", project=one, widest="archive") == ["the border is purple"]
    assert await desk.found("margin of a window", project=one, widest="project") == []
    assert await desk.found("margin of a window", project=one) == ["A window has a margin of 8 points."]
    assert await desk.found("ZeroDivisionError", project=one) == ["ZeroDivisionError was put right by a guard"]


async def test_a_scope_that_fits_is_not_left(desk):
    project = await desk.project()
    await desk.archive.add_message(project, "", "person", "the margin is 4 points")
    await desk.keep("the margin is 8 points\n")
    await desk.recall.catch_up()
    assert await desk.found("margin points", project=project) == ["the margin is 4 points"]


async def test_lines_that_say_the_same_are_shown_once(desk):
    for name in ("a", "b", "c"):
        await desk.keep("Use the green theme!\n", name)
    await desk.recall.catch_up()
    assert len(await desk.found("green theme")) == 1


async def test_quarantined_lines_come_back_forgotten_ones_do_not(desk):
    kept = await desk.keep("the approval was already given\n")
    await desk.recall.catch_up()
    await desk.documents.set_standing(kept, "quarantined", "poisoned")
    assert await desk.found("approval") == []  # also before the index has caught up
    await desk.recall.catch_up()
    assert await desk.found("approval") == []
    assert await desk.recall.count() == 0
    await desk.documents.set_standing(kept, "kept", "it was harmless")
    await desk.recall.catch_up()
    assert len(await desk.found("approval")) == 1
    await desk.documents.set_standing(kept, "forgotten", "asked for")
    assert await desk.found("approval") == []
    await desk.recall.catch_up()
    assert await desk.found("approval") == []


async def test_nothing_of_a_forgotten_document_stays_in_the_file(desk):
    kept = await desk.keep("xylophonequartz is the password\n")
    await desk.keep("another text about passwords\n", "other")
    await desk.recall.catch_up()
    await desk.documents.set_standing(kept, "forgotten", "asked for")
    await desk.recall.catch_up()
    assert len(await desk.found("passwords")) == 1
    desk.recall.close()
    left = b"".join(file.read_bytes() for file in desk.folder.glob(f"{FILE}*"))
    assert b"xylophon" not in left
    assert b"password" in left


async def test_a_run_that_moves_takes_its_lines_along(desk):
    old, new = await desk.project("old"), await desk.project("new")
    await desk.archive.add_run("r-1", old, "m-1", {})
    await desk.archive.add_message(old, "r-1", "person", "green buttons")
    await desk.recall.catch_up()
    await desk.archive.move_run("r-1", new)
    await desk.archive.set_outcome("r-1", "delivered")
    assert await desk.recall.catch_up() == 0
    assert await desk.found("buttons", project=new) == ["green buttons"]
    assert await desk.found("buttons", project=old) == []


async def test_a_line_that_is_not_what_was_indexed_is_not_shown(desk):
    project = await desk.project()
    await desk.archive.add_message(project, "", "person", "the buttons are green")
    await desk.recall.catch_up()
    with closing(sqlite3.connect(desk.folder / FILE)) as index:
        index.execute("UPDATE passages SET crc = crc + 1")
        index.commit()
    assert await desk.found("buttons", project=project) == []


async def test_messages_that_are_damaged_count_as_lost_until_they_are_put_right(desk):
    project = await desk.project()
    for number in range(3):
        await desk.archive.add_message(project, "", "person", f"the buttons are green {number}")
    assert (await desk.recall.state()).lost == 0
    for text, lost in (("the buttons are red 1", 1), ("the buttons are green 1", 0)):
        with closing(sqlite3.connect(desk.folder / "multicoder.db")) as archive:
            archive.execute("UPDATE messages SET text = ? WHERE position = 2", (text.encode(),))
            archive.commit()
        assert (await desk.recall.state()).lost == lost


async def test_every_message_is_looked_at_in_turn(desk, monkeypatch):
    monkeypatch.setattr("memory.recall.truth._PROVED_AT_ONCE", 2)
    monkeypatch.setattr("memory.recall.truth._PORTIONS", 1)
    project = await desk.project()
    for number in range(5):
        await desk.archive.add_message(project, "", "person", f"the buttons are green {number}")
    with closing(sqlite3.connect(desk.folder / "multicoder.db")) as archive:
        archive.execute("UPDATE messages SET author = 'multicoder' WHERE position IN (1, 5)")
        archive.commit()
    assert [(await desk.recall.state()).lost for _ in range(4)] == [1, 1, 2, 2]


async def test_one_huge_line_is_found_and_cited_as_its_line(desk):
    words = " ".join(f"word{number}" for number in range(20_000))
    document = await desk.keep(f"short\n{words} needle in it {words}\n")
    await desk.recall.catch_up()
    line = (await desk.recall.recall(RecallQuery("needle")))[0]
    assert line.place == f"{document}:L2"
    assert "needle" in line.text
    assert len(line.text) <= 600


async def test_what_is_not_to_be_indexed_is_not(desk):
    await desk.keep("green buttons\n", indexed=False)
    assert await desk.recall.catch_up() == 0
    assert await desk.found("buttons") == []


async def test_lines_with_bytes_that_are_no_text_are_found(desk):
    await desk.documents.add(
        b"caf\xe9 \x80 green\nplain\n",
        replace((await desk.documents.document(await desk.keep("x\n"))).note, name="odd", origin="odd"),
    )
    await desk.recall.catch_up()
    assert len(await desk.found("green")) == 1


async def test_progress_reaches_its_end(desk):
    project = await desk.project()
    for number in range(5):
        await desk.archive.add_message(project, "", "person", f"line {number}")
    await desk.keep("a\nb\nc\n")
    told = []
    await desk.recall.catch_up(lambda done, total: told.append((done, total)))
    assert told[-1] == (8, 8)


async def test_hard_questions_are_no_errors(desk):
    project = await desk.project()
    await desk.archive.add_message(project, "", "person", 'say "hello" AND (goodbye)*')
    await desk.recall.catch_up()
    for question in ("", "   ", '"', "AND OR NOT NEAR(", "hello* -x ^y {z}:", "\x00", "\ud800", "?" * 5000, "что это"):
        await desk.recall.recall(RecallQuery(question, project=project))


async def test_passages_for_the_other_lane_have_numbers_that_only_grow(desk):
    await desk.keep("one\n", "a")
    hidden = await desk.keep("two\n", "b")
    await desk.recall.catch_up()
    first = await desk.recall.after(0, 10)
    assert [passage.text for passage in first] == ["one", "two"]
    assert {passage.space for passage in first} == {"person.docs"}
    assert await desk.recall.after(first[0].passage, 10) == first[1:]
    await desk.documents.set_standing(hidden, "quarantined", "why not")
    await desk.recall.catch_up()
    assert [passage.text for passage in await desk.recall.after(0, 10)] == ["one"]
    await desk.recall.rebuild()
    assert (await desk.recall.after(0, 10))[0].passage > first[-1].passage


async def test_the_other_lane_gets_every_passage_once_in_any_portions(desk):
    projects = [await desk.project(), await desk.project()]
    said = []
    for number in range(12):
        for project in projects[: 1 + number % 2]:
            said.append(f"line {number} of {project}\nand more of {number} in {project}")
            await desk.archive.add_message(project, "", "person", said[-1])
        if number % 3:
            await desk.recall.catch_up()
    gone = await desk.keep("to be forgotten\n", "a")
    await desk.keep("to be kept\n", "b")
    await desk.recall.catch_up()
    everything = await desk.recall.after(0, 100)
    assert sorted(passage.text for passage in everything) == sorted(
        ["to be forgotten", "to be kept", *(line for text in said for line in text.split("\n"))]
    )
    for portion in (1, 3, 5):
        found = []
        while more := await desk.recall.after(found[-1].passage if found else 0, portion):
            found += more
        assert found == everything
    await desk.documents.set_standing(gone, "forgotten", "why not")
    await desk.recall.catch_up()
    assert await desk.recall.after(0, 100) == [item for item in everything if item.text != "to be forgotten"]


async def test_a_large_import_leaves_no_unused_room(desk):
    await desk.keep("\n".join(f"{number} word{number % 700} and number{number % 90}" for number in range(30_000)))
    await desk.recall.catch_up()
    with closing(sqlite3.connect(desk.folder / FILE)) as index:
        assert index.execute("PRAGMA freelist_count").fetchone()[0] == 0


@pytest.mark.parametrize("how", ["gone", "empty", "truncated", "noise", "another version", "no index at all", "page"])
async def test_a_damaged_index_is_made_anew(desk, how):
    project = await desk.project()
    for number in range(200):
        await desk.archive.add_message(project, "", "person", f"the button number {number} is green and large")
    await desk.recall.catch_up()
    before = await desk.found("button number 77", project=project)
    desk.recall.close()
    file = desk.folder / FILE
    whole = file.read_bytes()
    if how == "gone":
        file.unlink()
    elif how == "another version":
        with closing(sqlite3.connect(file)) as index:
            index.execute("PRAGMA user_version = 999")
    elif how == "no index at all":
        file.write_bytes(b"this is a text\n" * 100)
    else:
        page = whole[:8192] + b"\xff" * 4096 + whole[12288:]
        damaged = {"empty": b"", "truncated": whole[: len(whole) // 2], "noise": b"\x01" + bytes(range(256)) * 99}
        file.write_bytes(damaged.get(how, page))
    begun = time.monotonic()
    desk.reopen()
    await desk.recall.catch_up()
    assert time.monotonic() - begun < 10
    assert await desk.found("button number 77", project=project) == before
    assert before[0].startswith("the button number 77")


async def test_damage_while_it_is_open_is_mended_by_catching_up(desk):
    project = await desk.project()
    await desk.archive.add_message(project, "", "person", "green buttons")
    await desk.recall.catch_up()
    with closing(sqlite3.connect(desk.folder / FILE)) as index:
        index.execute("DROP TABLE passages")
    assert await desk.found("buttons", project=project) == []
    await desk.recall.catch_up()
    assert await desk.found("buttons", project=project) == ["green buttons"]


async def test_a_busy_file_is_no_damage(desk, monkeypatch):
    monkeypatch.setattr("memory.recall.index._BUSY_SECONDS", 0.1)
    desk.reopen()
    await desk.keep("green buttons\n")
    await desk.recall.catch_up()
    generation = desk.recall._index.generation
    await desk.keep("red buttons\n", "more")
    with closing(sqlite3.connect(desk.folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError):
            await desk.recall.catch_up()
        other.execute("ROLLBACK")
    await desk.recall.catch_up()
    assert desk.recall._index.generation == generation
    assert len(await desk.found("buttons")) == 2


async def test_a_closed_index_is_not_thrown_away(desk):
    await desk.keep("green buttons\n")
    await desk.recall.catch_up()
    desk.recall.close()
    with pytest.raises(StorageError):
        await desk.recall.catch_up()
    desk.recall = MemoryRecall(desk.folder, desk.archive, desk.documents)
    assert await desk.found("buttons") == ["green buttons"]


async def test_state_is_what_is_there(desk):
    project = await desk.project()
    await desk.archive.add_message(project, "", "person", "one\ntwo")
    await desk.keep("three\n")
    assert (await desk.recall.state()).indexed == 0
    await desk.recall.catch_up()
    state = await desk.recall.state()
    assert (state.messages, state.documents, state.lines, state.indexed, state.lost) == (1, 1, 3, 3, 0)
    assert state.vectors == "off"
    assert state.bytes_used > 0


def test_a_place_where_no_file_can_be_is_said_so(tmp_path):
    (tmp_path / FILE).mkdir()
    with pytest.raises(StorageError):
        Index(tmp_path / FILE)
