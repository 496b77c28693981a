"""The memory in the window: found lines lead to their place, citations open, and nothing foreign is markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from gui.markdown.blocks import grammar
from gui.markdown.copying import selected_markdown
from gui.markdown.inline import html_of, runs_of
from gui.memory.lines import PAGE
from gui.memory.marking import snippet
from tests.gui.chat_stand import ended, person
from tests.gui.memory_stand import ANSWER, FIX, GONE, MESSAGE, NOTES, TOTAL, found_everywhere, give_memory, in_chat
from tests.gui.window_scenes import SESSION, Scene


@pytest.fixture
def scene(home):
    found = Scene(home, (1280, 800))
    give_memory(found.engine)
    yield found
    found.close()
    assert found.window.warnings == []


def marked(pieces):
    return [piece["text"] for piece in pieces if piece["marked"]]


def letters(scene, text):
    """Keys, one after another."""
    for letter in text:
        QTest.keyClick(scene.window.root, letter)


def type_in(scene, text):
    """Open the search and type, as a person does."""
    scene.window.find("searchDialog").open()
    scene.window.until(lambda: scene.window.shown("searchInput").property("activeFocus"))
    letters(scene, text)


def answer_search(scene, text, found):
    """Answer once all of it was typed; on a slow computer parts of it were searched for before."""
    asked = "_multicoder/memory/search"
    scene.window.until(lambda: [params["text"] for params in scene.engine.params(asked)][-1:] == [text])
    for _ in scene.engine.params(asked)[1:]:
        scene.engine.reply(asked, {"chats": [], "documents": []})
    scene.engine.reply(asked, found)


def tell_chat(scene):
    """A chat as it is told when it is loaded: what the person said stands in its first message."""

    def load(_params):
        scene.engine.update("s-8", person("p-8", "r-8", "The oven of the bakery needs a timer"))
        scene.engine.say("s-8", "It is **built** and rings twice.", "r-8/answer")
        scene.engine.update("s-8", ended("r-8"))
        return {}

    scene.engine.answers["session/load"] = load


# ---------------------------------------------------------------------------------------------------- words


def test_words_that_fit_are_marked_and_nothing_in_a_line_is_markup():
    pieces = snippet("x" * 90 + " The <b>bakeries</b> open\u202e at seven", "bakery OPEN")
    assert marked(pieces) == ["bakeries", "open"]
    text = "".join(piece["text"] for piece in pieces)
    assert text.startswith("…")
    assert "<b>" in text
    assert "\u202e" not in text
    assert marked(snippet("Ёлка и ёжик", "елка")) == ["Ёлка"]
    assert marked(snippet("nothing fits here", "")) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"See [{NOTES}:L12-L15].", [f"{NOTES}:L12-L15"]),
        (f"[{NOTES}:L12; {MESSAGE}:L3]", [f"{NOTES}:L12", f"{MESSAGE}:L3"]),
        (f"`[{NOTES}:L12]`", []),
        (f"[{NOTES}:L12](https://a.example/)", ["https://a.example/"]),
        ("[x](cite:d-0001:L1)", []),
        ("[d-UPPER:L1] [d-0001:L0] [d-0001] [q-0001:L1]", []),
    ],
)
def test_only_places_of_lines_become_citations_and_are_copied_as_they_were(text, places):
    links = []
    runs = runs_of(grammar(), text, {}, links)
    assert [link.removeprefix("cite:") for link in links] == places
    block = {"type": "paragraph", "html": html_of(runs), "links": links}
    copied = selected_markdown(block, 0, 10_000)
    for place in places:
        assert place in copied


# ---------------------------------------------------------------------------------------------------- citations


def test_a_citation_is_a_button_that_opens_the_document_at_its_lines(scene):
    scene.open()
    scene.answer("When is it open?", ANSWER)
    buttons = [item for item in scene.window.items() if item.objectName() == "citation" and item.isVisible()]
    assert len(buttons) == 4
    assert all(item.property("width") > 10 for item in buttons)
    scene.app.links.follow(f"cite:{NOTES}:L412-L415")
    scene.window.until(lambda: scene.window.shown("sourceList"))
    scene.window.settle(300)
    assert scene.window.find("sourceName").property("text") == "bakery/opening-hours.md"
    shown = [item for item in scene.window.items() if item.objectName() == "sourceLine" and item.isVisible()]
    lit = sorted(item.property("number") for item in shown if item.property("marked"))
    assert lit == [412, 413, 414, 415]
    assert all("<b>Open</b>" in item.property("words") for item in shown if item.property("known"))
    asked = [params["first"] for params in scene.engine.params("_multicoder/memory/lines")]
    assert set(asked) <= {page * PAGE + 1 for page in range(TOTAL // PAGE + 1)}
    QTest.keyClick(scene.window.root, Qt.Key.Key_End)
    scene.window.until(
        lambda: any(
            item.property("number") == TOTAL and item.property("known")
            for item in scene.window.items()
            if item.objectName() == "sourceLine"
        )
    )
    QTest.keyClick(scene.window.root, Qt.Key.Key_Escape)
    scene.window.until(lambda: scene.window.shown("sourceList") is None)


def test_what_a_document_has_to_do_with_is_told_and_opened(scene):
    scene.open()
    scene.app.sources.open(f"{NOTES}:L3")
    scene.window.until(lambda: scene.window.shown("sourceList"))
    scene.window.settle(300)
    chips = {chip.property("text"): chip for chip in scene.window.items() if chip.objectName() == "sourceLinked"}
    assert list(chips) == ["Put right by fix of <b>page</b>, round 2", "Commit 0123456789ab"]
    fix, commit = chips.values()
    assert not commit.property("enabled")
    fix.forceActiveFocus()
    QTest.keyClick(scene.window.root, Qt.Key.Key_Return)
    scene.window.until(lambda: scene.app.sources.source == FIX)
    assert scene.window.shown("sourceLinked") is None


def test_what_is_not_there_is_told_in_words_and_opens_nothing(scene):
    told = []
    scene.app.sources.told.connect(lambda words, _kind: told.append(words))
    trouble = {"kind": "unknown-document", "what": "No such document.", "did": "", "next": ""}
    lines = scene.engine.answers["_multicoder/memory/lines"]
    for place, words in (
        (f"{GONE}:L1", "letter.txt was forgotten: was about somebody else"),
        (f"{NOTES}:L901", "has no line 901; it has 900."),
        ("<script>", "names no line"),
    ):
        scene.app.sources.open(place)
        scene.window.until(lambda words=words: told and words in told[-1])
    scene.engine.answers["_multicoder/memory/lines"] = lines
    scene.engine.fails["_multicoder/memory/lines"] = trouble
    scene.app.sources.open("d-0000false:L1")
    scene.window.until(lambda: "No such document." in told[-1])
    assert scene.window.shown("sourceList") is None


def test_a_cited_message_is_shown_in_its_chat(scene):
    scene.open()
    scene.ask("Make a page\nOn Sunday the bakery stays closed.")
    sought = []
    scene.app.conversation.sought.connect(sought.append)
    scene.app.sources.open(f"{MESSAGE}:L2")
    scene.window.until(lambda: sought == ["p-1"])
    assert scene.window.find("thread").property("flashKey") == "p-1"
    scene.window.until(lambda: scene.window.find("thread").property("flashKey") == "")


# ---------------------------------------------------------------------------------------------------- search


def test_the_search_adds_the_archive_behind_what_it_knows_and_drops_stale_answers(scene):
    search = scene.app.search
    search.look("bak")
    scene.window.until(lambda: len(scene.engine.params("_multicoder/memory/search")) == 1)
    assert [row["sessionId"] for row in search.rows] == [SESSION]
    search.look("baker")
    search.look("bakery")
    scene.window.until(lambda: len(scene.engine.params("_multicoder/memory/search")) == 2)
    scene.engine.reply("_multicoder/memory/search", {"chats": [], "documents": [{"name": "stale"}]})
    scene.window.settle(100)
    assert [row["title"] for row in search.rows] == ["Web page for a small bakery"]
    scene.engine.reply("_multicoder/memory/search", found_everywhere())
    scene.window.until(lambda: not search.waiting)
    assert [row["kind"] for row in search.rows] == ["chat", "chat", "document"]
    assert [marked(row["pieces"]) for row in search.rows] == [["bakery"]] * 3
    assert all(row["date"] for row in search.rows)
    texts = [params["text"] for params in scene.engine.params("_multicoder/memory/search")]
    assert texts == ["bak", "bakery"]


def test_a_find_opens_the_very_line_of_its_chat(scene):
    scene.open()
    tell_chat(scene)
    sought = []
    scene.app.conversation.sought.connect(sought.append)
    type_in(scene, "oven")
    built = in_chat("s-8", "It is **built** and rings twice.", messageId="p-8", run="r-8", author="multicoder")
    answer_search(scene, "oven", {"chats": [{"sessionId": "s-8", "best": built}], "documents": []})
    scene.window.until(lambda: scene.app.search.rows)
    QTest.keyClick(scene.window.root, Qt.Key.Key_Return)
    scene.window.until(lambda: sought)
    assert scene.app.chats.current == "s-8"
    row = next(row for row in scene.app.conversation.rows() if row.key == sought[0])
    assert row.kind == "block"


def test_a_document_that_was_found_is_opened_by_arrow_and_enter(scene):
    type_in(scene, "hours")
    answer_search(scene, "hours", {"chats": [], "documents": found_everywhere()["documents"]})
    scene.window.until(lambda: scene.app.search.rows)
    QTest.keyClick(scene.window.root, Qt.Key.Key_Up)
    QTest.keyClick(scene.window.root, Qt.Key.Key_Down)
    QTest.keyClick(scene.window.root, Qt.Key.Key_Return)
    scene.window.until(lambda: scene.window.shown("sourceList"))
    assert scene.app.sources.first == 412


# ---------------------------------------------------------------------------------------------------- the page


def test_the_page_shows_what_is_kept_and_asks_before_it_forgets(scene):
    scene.open()
    scene.call("drawer", "show", "memory")
    scene.window.until(lambda: scene.app.memory.documents.rowCount() == 6 and scene.app.memory.pinned.rowCount() == 2)
    scene.window.settle(300)
    assert "8,345" in scene.window.shown("memoryCounts").property("text")
    assert scene.window.shown("memoryLost").property("text") == "Lost lines: 0"
    assert scene.window.find("memoryList").property("contentY") <= 0
    row = scene.app.memory.documents.get(0)
    page = scene.window.find("memoryPage")
    page.setProperty("chosen", {"document": row["document"], "name": row["name"], "standing": "kept", "lines": 9})
    scene.call("memoryPage", "ask", "forget")
    scene.window.until(lambda: scene.window.shown("reasonField"))
    assert scene.window.shown("reasonSend").property("enabled") is False
    letters(scene, "not needed")
    QTest.keyClick(scene.window.root, Qt.Key.Key_Return)
    scene.window.until(lambda: scene.app.memory.documents.get(0)["standing"] == "forgotten")
    assert scene.engine.params("_multicoder/memory/forget") == [{"document": NOTES, "reason": "not needed"}]


def test_files_are_taken_and_lines_are_found_on_the_page(scene, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("x")
    memory = scene.app.memory
    assert not memory.take([QUrl("https://a.example/x")])
    assert memory.take([QUrl.fromLocalFile(str(file))])
    scene.window.until(lambda: scene.engine.params("_multicoder/memory/import") == [{"paths": [str(file)]}])
    scene.call("drawer", "show", "memory")
    memory.ask("Sunday")
    scene.window.until(lambda: memory.found.rowCount() == 1)
    scene.window.settle(200)
    assert scene.window.shown("foundRow") is not None
    memory.export(NOTES, str(tmp_path / "out.md"))
    scene.window.until(lambda: scene.engine.params("_multicoder/memory/export"))


@pytest.mark.parametrize(
    ("option", "name", "pill", "words", "first", "second"),
    [
        ("scope", "reach", "scopePill", "Memory: Everything", "archive", "session"),
        ("webUse", "web", "webPill", "Web search: On", "on", "off"),
    ],
)
def test_an_option_is_wished_for_a_new_chat_and_changed_in_an_open_one(scene, option, name, pill, words, first, second):
    chosen = getattr(scene.app, option)
    scene.app.chats.start()
    chosen.choose(first)
    scene.window.settle(200)
    assert scene.window.shown(pill).property("text") == words
    assert first in [row["value"] for row in chosen.options]
    scene.engine.answers["session/set_config_option"] = lambda params: {
        "configOptions": [{"type": "select", "id": name, "currentValue": params["value"], "options": []}]
    }
    scene.app.conversation.send("Make a clock", [])
    scene.window.until(lambda: scene.engine.params("session/new"))
    assert scene.engine.params("session/new")[0]["_meta"]["multicoder"][name] == first
    scene.open()
    chosen.choose(second)
    scene.window.until(lambda: chosen.current == second)
    chosen.choose("")
    scene.window.until(lambda: chosen.pill == "")
