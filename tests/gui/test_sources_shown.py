"""Numbered sources under an answer: drawn once, from facts; opened only when asked; copied and found with it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest

from gui.chat.cited import CitedSources
from gui.markdown import parse
from gui.markdown.copying import selected_markdown
from gui.markdown.numbering import numbered
from gui.thread.estimates import Measure, height_of
from tests.gui.chat_stand import ended, log_of, person, rows_of, thought
from tests.gui.memory_stand import NOTES, give_memory
from tests.gui.window_scenes import LOOKED_UP, SESSION, SOURCES, TABLES, TIDES, Scene

ONE = {"n": 1, "title": "Tides", "url": "https://tides.example/", "document": TIDES, "places": [f"{TIDES}:L3"]}


def fact(number=1, **more):
    return {**ONE, "n": number, "url": f"https://host-{number}.example/", **more}


def strings_of(block):
    """All plain texts of a block, one after another."""
    if isinstance(block, dict):
        return "".join(strings_of(block[name]) for name in ("plain", "items", "blocks") if name in block)
    return block if isinstance(block, str) else "".join(map(strings_of, block))


def shown(*facts):
    """What the window shows of facts as the engine sent them."""
    rows = CitedSources("r-1/answer/sources", "words", list(facts)).rows(0)
    return rows[0].content["sources"] if rows else []


def heard(*pieces, at=None):
    """The rows of a turn that was told an answer and its sources; with `at` as its record tells them."""
    own = {"run": "r-1", **({"at": at} if at else {})}

    def piece(text, **meta):
        update = {"sessionUpdate": "agent_message_chunk", "messageId": "r-1/answer"}
        return update | {"content": {"type": "text", "text": text}, "_meta": {"multicoder": {**own, **meta}}}

    listed = piece("\n\nSources:\n\n- (1) Tides", sources=[ONE])
    told = [person("p-1", "r-1", "When?"), *map(piece, pieces), listed, ended("r-1")]
    log = log_of([{"method": "session/update", "params": {"update": update}} for update in told])
    return rows_of(log), log.turns[0]


# ---------------------------------------------------------------------------------------------------- rows


def test_sources_are_one_row_and_their_words_are_not_shown_twice():
    text = f"At noon [{TIDES}:L3]."
    live, turn = heard("At noon ", f"[{TIDES}:L3].")
    loaded, _ = heard(text, at=150.0)
    for rows in (live, loaded):
        assert [row.kind for row in rows] == ["user", "actions", "block", "sources", "actions"]
        assert "Sources:" not in str([row.content for row in rows if row.kind == "block"])
    assert [(row.key, row.content) for row in live] == [(row.key, row.content) for row in loaded]
    assert turn.spoken() == f"{text}\n\nSources:\n\n- (1) Tides"


def test_an_answer_is_whole_once_its_sources_are_there():
    update = {"sessionUpdate": "agent_message_chunk", "messageId": "r-1/answer"}
    text = update | {"content": {"type": "text", "text": "At noon"}}
    cited = text | {"_meta": {"multicoder": {"sources": [ONE]}}}
    told = [person("p-1", "r-1", "When?"), thought("r-1", "at work"), text]
    for updates, streaming in ((told, True), ([*told, cited], False)):
        rows = rows_of(log_of([{"method": "session/update", "params": {"update": one}} for one in updates]))
        (block,) = [row.content for row in rows if row.kind == "block"]
        assert block["streaming"] is streaming


@pytest.mark.parametrize(
    ("given", "host", "address"),
    [
        ("https://www.tides.example/a?b=c", "www.tides.example", "https://www.tides.example/a?b=c"),
        ("https://tides.example:8443/", "tides.example:8443", "https://tides.example:8443/"),
        ("https://c\u043ede.example/", "xn--cde-sed.example", "https://c\u043ede.example/"),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("https://good.example@evil.example/", "https://good.example@evil.example/", ""),
        ("file:///etc/passwd", "file:///etc/passwd", ""),
        ("a\u202eb", "a[U+202E]b", ""),
        ("", "", ""),
    ],
)
def test_a_source_shows_where_it_really_leads_or_leads_nowhere(given, host, address):
    (source,) = shown(fact(url=given))
    assert (source["host"], source["address"]) == (host, address)


def test_a_title_hides_nothing_and_letters_that_look_alike_are_named():
    (source,) = shown(fact(title="P\u0430ypal\u202e\n# head"))
    assert source["title"] == "P\u0430ypal[U+202E] # head"
    assert source["disguised"] == ["P\u0430ypal".replace("\u0430", "\u0430[U+0430]")]


def test_facts_of_another_version_of_the_engine_cost_nothing():
    assert shown("words", None, 7) == []
    (source,) = shown({"n": "1", "places": ["../../etc:L1", f"{TIDES}:L2-L4"], "title": None})
    assert (source["number"], source["title"], source["places"]) == (0, "", [f"{TIDES}:L2-L4"])
    assert source["lines"] == "L2\u20134"
    assert [one["places"] for one in shown(fact(places=[]), fact(places="x"))] == [[f"{TIDES}:L1"]] * 2
    assert len(shown(*[fact(number) for number in range(1, 500)])) == 100


# ---------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("So [{}:L3].", "So \u00a01\u00a0·\u00a0L3\u00a0."),
        ("## So **really [{}:L3-L5]**", "So really \u00a01\u00a0·\u00a0L3\u20135\u00a0"),
        ("- one\n- two [{}:L3]", "\u00a01\u00a0·\u00a0L3\u00a0"),
        ("> quoted [{}:L3]", "\u00a01\u00a0·\u00a0L3\u00a0"),
        ("| a |\n|---|\n| [{}:L3] |", "\u00a01\u00a0·\u00a0L3\u00a0"),
    ],
)
def test_citations_of_a_numbered_source_show_its_number(text, plain):
    (block,) = [numbered(block, {TIDES: 1}) for block in parse(text.format(TIDES))]
    assert plain in strings_of(block)
    (other,) = parse(text.format(TABLES))
    assert numbered(other, {TIDES: 1}) is other


def test_what_is_selected_is_copied_as_it_was_written():
    text = f"So it is & will be [{TIDES}:L3; {TABLES}:L7], `a < b`."
    (block,) = [numbered(block, {TIDES: 1}) for block in parse(text)]
    assert block["plain"] == "So it is & will be \u00a01\u00a0·\u00a0L3\u00a0 \u00a0L7\u00a0, a < b."
    assert selected_markdown(block, 0, 1_000) == text.replace("; ", "] [")
    assert selected_markdown(block, 0, len("So it is & will be \u00a0")) == "So it is & will be "


def test_a_list_of_sources_is_estimated_by_what_it_shows():
    wide, narrow = Measure(768.0), Measure(400.0)
    few, many = ({"sources": [{}] * count} for count in (2, 50))
    assert height_of("sources", few, wide) == 44 + 2 * 36
    assert height_of("sources", many, wide) == 44 + 7 * 36
    assert height_of("sources", few, narrow) > height_of("sources", few, wide)


# ---------------------------------------------------------------------------------------------------- the window


@pytest.fixture
def scene(home):
    found = Scene(home, (1280, 800))
    give_memory(found.engine)
    found.open()
    yield found
    found.close()
    assert found.window.warnings == []


def every(scene, name):
    return [item for item in scene.window.items() if item.objectName() == name and item.isVisible()]


def click(scene, item):
    point = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mouseClick(scene.window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(point))
    scene.window.settle(200)


def name_of(item):
    return QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Name)


def test_a_source_is_opened_after_the_question_and_its_kept_copy_at_once(scene):
    scene.cite("When?", LOOKED_UP, list(SOURCES))
    links = every(scene, "sourceLink")
    assert [item.property("text") for item in every(scene, "sourceNumber")] == ["1", "2", "4"]
    assert name_of(links[0]) == "Source 1, Harmonic analysis of tides, www.tides.example"
    click(scene, links[0])
    dialog = scene.window.find("linkDialog")
    assert dialog.property("opened")
    assert scene.window.find("linkAddress").property("text") == SOURCES[0]["url"]
    dialog.close()
    scene.window.settle(200)
    click(scene, every(scene, "sourceKept")[1])
    scene.window.until(lambda: scene.window.shown("sourceList"))
    assert scene.engine.params("_multicoder/memory/lines")[-1]["source"] == TABLES
    assert scene.app.sources.property("first") == 3


def test_sources_are_reached_by_keys_and_what_leads_nowhere_is_no_link(scene):
    scene.cite("When?", "At noon.", [fact(1, url="javascript:alert(1)"), fact(2, document="none", places=[])])
    first, second = every(scene, "sourceLink")
    assert not first.isEnabled()
    assert len(every(scene, "sourceKept")) == 1
    second.forceActiveFocus()
    QTest.keyClick(scene.window.root, Qt.Key.Key_Return)
    scene.window.until(lambda: scene.window.find("linkDialog").property("opened"))


def test_a_long_list_opens_on_demand_and_stays_open(scene):
    scene.cite("When?", "At noon.", [fact(number) for number in range(1, 10)])
    assert len(every(scene, "citedSource")) == 6
    click(scene, scene.window.shown("allSources"))
    assert len(every(scene, "citedSource")) == 9
    scene.app.thread.moveTo(0)
    scene.app.thread.toEnd()
    assert len(every(scene, "citedSource")) == 9


def test_sources_are_copied_with_the_answer_and_found(scene):
    scene.cite("When?", "At noon.", [fact(1), fact(2, title="Under_score")])
    scene.app.conversation.copyTurn(0)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("At noon.\n\nSources:")
    assert f"- (1) Tides - https://host-1.example/ [{TIDES}:L3]" in copied
    assert scene.app.conversation.find("under_score") == ["r-1/answer/sources"]
    found = []
    scene.app.conversation.sought.connect(found.append)
    scene.app.conversation.goTo({"sessionId": SESSION, "run": "r-1", "author": "", "text": copied.splitlines()[-1]})
    scene.window.until(lambda: found)
    assert found[0] == "r-1/answer/sources"


def test_a_citation_of_something_else_keeps_its_look(scene):
    scene.cite("When?", f"At noon [{NOTES}:L12], see [{TIDES}:L3].", [fact(1)])
    row = next(row for row in scene.app.conversation.rows() if row.kind == "block")
    assert row.content["block"]["plain"] == "At noon \u00a0L12\u00a0, see \u00a01\u00a0·\u00a0L3\u00a0."
    assert len(every(scene, "citation")) == 2
