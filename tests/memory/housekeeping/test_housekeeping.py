from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from core.memory import DocumentNote, Lines
from memory.archive import SqliteArchive
from memory.documents import SqliteDocuments
from memory.housekeeping import keeping
from memory.housekeeping.house import FILE
from memory.housekeeping.keeping import Housekeeping
from memory.housekeeping.likeness import Sketching, likeness
from memory.housekeeping.telling import telling

TOPICS = ("printer", "invoice", "warehouse", "calendar", "payroll", "backup", "login", "export")
WORDS = ("blue", "round", "quick", "north", "paper", "glass", "steady", "plain", "early", "narrow", "quiet", "warm")


def chatter(count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [
        f"the {chance.choice(WORDS)} one near {chance.choice(WORDS)} {number} looks fine" for number in range(count)
    ]


@pytest.fixture
def home(tmp_path):
    with (
        closing(SqliteArchive(tmp_path / "multicoder.db")) as archive,
        closing(SqliteDocuments(tmp_path / "documents.db")) as documents,
        closing(Housekeeping(tmp_path, archive, documents)) as house,
    ):
        yield archive, documents, house, tmp_path


async def add(documents, text, name="notes.txt", **more):
    note = DocumentNote(name, more.pop("kind", "docs"), "person", **{"project": "p-1", "origin": name, **more})
    return await documents.add(text.encode(), note)


def texts(found):
    return [text for text, _ in found]


def test_decisions_and_what_others_speak_of_tell_most():
    lines = chatter(60)
    lines[7] = "We decided that the invoice must show the tax number of the customer"
    lines[31] = "Решили: отчёт по складу должен открываться без интернета"
    found = [place for place, _ in telling(lines, 6)]
    assert {7, 31} <= set(found)
    assert found == sorted(found)
    assert telling(lines, 6) == telling(list(lines), 6)


def test_the_same_thing_is_told_once():
    said = "The export must write one file for each month of the year"
    lines = [*chatter(20), said, *chatter(20, 2), f"{said}!", *chatter(20, 3)]
    assert sum("export" in lines[place] for place, _ in telling(lines, 8)) == 1


@pytest.mark.parametrize(
    "lines", [[], [""], ["   ", "..."], ["one"], ["a b c d"] * 5, ["\udcff broken bytes here now"]]
)
def test_lines_that_say_little_are_no_obstacle(lines):
    assert len(telling(lines, 3)) <= 1


async def test_a_long_document_is_summed_up_by_its_own_lines_with_their_places(home):
    _, documents, house, _ = home
    lines = chatter(900)
    lines[450] = "We decided: the payroll must be closed on the third day of every month"
    document = await add(documents, "\n".join(lines))
    assert await house.keep() == 5
    found = await house.summaries("p-1", 700, 20)
    assert lines[450] in texts(found)
    for text, ranges in found:
        for place in ranges:
            assert await documents.lines(place.source, place.first, place.last) == [text]
    assert {place.source for _, ranges in found for place in ranges} == {document.document}
    assert await house.summaries("p-2", 700, 20) == []


async def test_messages_of_a_project_are_summed_up_as_they_come_and_nothing_twice(home):
    archive, _, house, place = home
    project = (await archive.add_project("words", out="", locale="en")).project
    for number in range(30):
        await archive.add_message(project, "", "person", "\n".join(chatter(19, number)))
        if number == 15:
            await archive.add_message(project, "", "person", "We decided that the login must need two steps every time")
        await house.keep()
    assert any("two steps" in text for text in texts(await house.summaries(project, 700, 20)))
    with closing(sqlite3.connect(place / FILE)) as db:
        lines = [
            (source, line)
            for source, first, last in db.execute("SELECT source, first, last FROM covered")
            for line in range(first, last + 1)
        ]
    assert len(lines) == len(set(lines)) >= 400
    assert await house.keep() == 0


async def test_many_blocks_rise_and_what_is_asked_for_stays_small(home, monkeypatch):
    monkeypatch.setattr(keeping, "FAN", 4)
    monkeypatch.setattr(keeping, "BLOCK", 25)
    _, documents, house, place = home
    lines = chatter(25 * 40)
    for number in range(0, len(lines), 100):
        lines[number] = (
            f"We decided that the {TOPICS[number // 100 % 8]} must have a {WORDS[number // 100]} cover from now on"
        )
    await add(documents, "\n".join(lines))
    assert await house.keep() == 40
    with closing(sqlite3.connect(place / FILE)) as db:
        levels = dict(db.execute("SELECT level, count(*) FROM blocks GROUP BY level"))
        standing = db.execute("SELECT count(*) FROM blocks WHERE above IS NULL").fetchone()[0]
    assert levels == {0: 40, 1: 10, 2: 2}
    assert standing <= 8
    assert sum("decided" in text for text in texts(await house.summaries("p-1", 700, 20))) >= 8


async def test_a_summary_keeps_to_its_tokens(home):
    _, documents, house, _ = home
    await add(documents, "\n".join(chatter(600)))
    await house.keep()
    assert len(await house.summaries("p-1", 10_000, 9)) == 9
    assert 1 <= len(await house.summaries("p-1", 30, 9)) <= 4
    assert await house.summaries("p-1", 0, 9) == []


async def test_what_is_quarantined_or_forgotten_is_in_no_summary_and_what_is_released_comes_back(home):
    _, documents, house, _ = home
    document = await add(documents, "\n".join([*chatter(50), "We decided that the calendar must begin on Monday"]))
    await house.keep()
    assert await house.summaries("p-1", 700, 20)
    await documents.set_standing(document.document, "quarantined", "a test")
    assert await house.summaries("p-1", 700, 20) == []  # at once, before any housekeeping
    await house.keep()
    assert await house.summaries("p-1", 700, 20) == []
    await documents.set_standing(document.document, "kept", "a test")
    await house.keep()
    assert any("Monday" in text for text in texts(await house.summaries("p-1", 700, 20)))
    await documents.set_standing(document.document, "forgotten", "a test")
    assert await house.summaries("p-1", 700, 20) == []


async def test_a_summary_that_no_longer_fits_its_source_is_dropped_and_made_again(home):
    _, documents, house, place = home
    await add(documents, "\n".join([*chatter(50), "We decided that the calendar must begin on Monday"]))
    await house.keep()
    before = await house.summaries("p-1", 700, 20)
    with closing(sqlite3.connect(place / FILE)) as db:
        db.execute("UPDATE picks SET sha256 = zeroblob(32)")
        db.execute("UPDATE covered SET sha256 = zeroblob(32)")
        db.commit()
    assert await house.summaries("p-1", 700, 20) == []
    await house.keep()
    assert await house.summaries("p-1", 700, 20) == before


async def test_lines_cited_in_two_conversations_or_projects_rise(home):
    _, _, house, _ = home
    await house.used([Lines("d-a", 3, 5)], "s-1", "p-1")
    await house.used([Lines("d-a", 3, 5)], "s-1", "p-1")
    await house.used([Lines("d-b", 9, 9), Lines("d-c", 1, 1)], "s-1", "p-1")
    await house.used([Lines("d-b", 9, 9), Lines("d-c", 2, 2)], "s-2", "p-1")
    await house.used([Lines("d-e", 9, 9)], "s-1", "p-1")
    await house.used([Lines("d-e", 9, 9)], "s-3", "p-2")
    found = await house.levels(["d-a", "d-b", "d-c", "d-e", "d-never"])
    assert {source: rank.level for source, rank in found.items()} == {
        "d-a": "session",
        "d-b": "project",
        "d-c": "session",
        "d-e": "person",
    }


async def test_documents_that_nearly_repeat_an_older_one_are_known_and_kept(home):
    _, documents, house, _ = home
    lines = chatter(300)
    first = await add(documents, "\n".join(lines), "a.txt")
    changed = [*lines[:150], "one line was put in between here", *lines[150:]]
    second = await add(documents, "\r\n".join(changed), "b.txt")
    other = await add(documents, "\n".join(f"{topic} {word} counts" for topic in TOPICS for word in WORDS), "c.txt")
    await house.keep()
    found = await house.levels([first.document, second.document, other.document])
    assert {source: rank.near for source, rank in found.items()} == {second.document: first.document}
    assert await documents.read(second.document) == "\r\n".join(changed).encode()


def test_likeness_is_an_estimate_of_what_is_common():
    def sketch(lines):
        made = Sketching()
        made.take(lines)
        return made.sketch

    lines = chatter(500)
    assert likeness(sketch(lines), sketch(lines)) == 1
    assert likeness(sketch(lines), sketch(chatter(500, 9))) < 0.3
    assert 0.3 < likeness(sketch(lines), sketch(lines[:250])) < 0.7
    assert likeness([], []) == 0


async def test_the_file_holds_no_words_and_a_damaged_one_begins_anew(home):
    _, documents, house, place = home
    await add(documents, "\n".join([*chatter(50), "We decided that the calendar must begin on Monday"]))
    await house.keep()
    before = await house.summaries("p-1", 700, 20)
    house.close()
    assert b"Monday" not in (place / FILE).read_bytes()
    for damage in (b"no database", b""):
        (place / FILE).write_bytes(damage)
        with closing(Housekeeping(place, home[0], documents)) as again:
            await again.keep()
            assert await again.summaries("p-1", 700, 20) == before


async def test_work_that_is_stopped_goes_on_where_it_was(home):
    class Stop(Exception):  # noqa: N818 - stands for a cancel
        pass

    archive, documents, house, place = home
    project = (await archive.add_project("words", out="", locale="en")).project
    for number in range(450):
        await archive.add_message(project, "", "person", f"message {number} about the {TOPICS[number % 8]}")
    await add(documents, "\n".join(chatter(900)))

    def stop_after(calls):
        left = [calls]

        def stop(_done, _total):
            left[0] -= 1
            if left[0] < 0:
                raise Stop

        return stop

    for calls in (0, 1, 2, 3):
        with pytest.raises(Stop):
            await house.keep(stop_after(calls))
    await house.keep()
    (tmp_path := place / "undisturbed").mkdir()
    with closing(Housekeeping(tmp_path, archive, documents)) as undisturbed:
        await undisturbed.keep()
        for asked in ("p-1", project):
            expected = await undisturbed.summaries(asked, 5_000, 60)
            assert expected
            assert await house.summaries(asked, 5_000, 60) == expected
