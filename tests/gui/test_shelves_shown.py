"""Projects of chats in the sidebar: by mouse, by dragging, by keyboard alone, and in every state the sidebar has."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from gui.main import make_qt, translate
from tests.gui.shelves_stand import ShelvesStand

CHATS = (("s-a", "Calculator", 0), ("s-b", "Password safe", 1), ("s-c", "Snake game", 40), ("s-d", "Timer", 41))
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def listed(name, title, days, **state):
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - days * 86_400))
    meta = {"multicoder": {"parent": "", "run": "", "running": False, "waits": False} | state}
    return {"sessionId": name, "cwd": "/nowhere", "title": title, "updatedAt": when, "_meta": meta}


class Desk:
    """A window with two projects, `Web` (closed, the older) and `Games` (open), and what a person does at it."""

    def __init__(self, make_window, engine, **options):
        self.make_window = make_window
        self.engine = engine
        running = {"run": "r-1", "running": True}
        chats = [listed(*chat, **(running if chat[0] == "s-b" else {})) for chat in CHATS]
        engine.answers["session/list"] = {"sessions": chats}
        self.kept = ShelvesStand(engine, ("k-web", "Web", "s-b"), ("k-games", "Games", "s-c"))
        self.open(**options)

    def open(self, **options):
        told = {"command": self.engine.command, "environ": self.engine.environ}
        wishes = {"reduceMotion": True, "openShelves": ["k-games"], **options.pop("preferences", {})}
        self.window = self.make_window(**told, **options, preferences=wishes)
        self.window.resize(1280, 800)
        self.until(lambda: len(self.rows()) == 5)
        self.window.settle()
        return self.window

    @property
    def chats(self):
        return self.window.application.chats

    def until(self, condition):
        self.window.until(condition)

    def rows(self):
        """What stands in the list, from top to bottom: the title, and whether it is further in."""
        items = [
            item for item in self.window.items() if item.objectName() in {"chatRow", "shelfRow"} and item.isVisible()
        ]
        items.sort(key=lambda item: self.window.place(item)[1])
        return [("  " if item.property("indent") else "") + item.property("words") for item in items]

    def row(self, words):
        found = [item for item in self.window.items() if item.property("words") == words and item.isVisible()]
        assert len(found) == 1, words
        return found[0]

    def inside(self, words, name):
        return next(
            (item for item in self.window.items(self.row(words)) if item.objectName() == name and item.isVisible()),
            None,
        )

    def at(self, item):
        return item.mapToScene(item.boundingRect().center()).toPoint()

    def press(self, item, button=LEFT):
        QTest.mouseMove(self.window.root, self.at(item))
        QTest.mouseClick(self.window.root, button, NONE, self.at(item))
        self.window.settle()

    def point_at(self, words):
        QTest.mouseMove(self.window.root, self.at(self.row(words)))
        self.window.settle()

    def menu(self, words, *entries):
        self.press(self.row(words), Qt.MouseButton.RightButton)
        for entry in entries:
            self.choose(entry)

    def choose(self, entry):
        self.until(lambda: self.entry(entry) is not None)
        self.window.settle()
        self.press(self.entry(entry))

    def entry(self, entry):
        """An entry of an open menu, by its name or, for one that opens another menu, by its words."""
        named = self.window.shown(entry)
        return named or next(
            (item for item in self.window.items() if item.property("text") == entry and item.isVisible()), None
        )

    def key(self, *keys):
        for key in keys:
            QTest.keyClick(self.window.root, key)
            self.window.settle()

    def write(self, text):
        for letter in text:
            QTest.keyClick(self.window.root, letter)
        self.window.settle()

    def drag(self, words, target, *, drop=True):
        """Take a row by the mouse and move it over a point or another row."""
        start, end = self.at(self.row(words)), target if isinstance(target, QPoint) else self.at(self.row(target))
        QTest.mouseMove(self.window.root, start)
        QTest.mousePress(self.window.root, LEFT, NONE, start)
        for step in range(1, 11):
            QTest.mouseMove(self.window.root, start + (end - start) * step / 10)
            self.window.settle(10)
        if drop:
            QTest.mouseRelease(self.window.root, LEFT, NONE, end)
            self.window.settle()

    def list_focused(self):
        self.window.shown("libraryRow").forceActiveFocus()
        self.key(Qt.Key.Key_Tab)


@pytest.fixture
def desk(make_window, scripted):
    return Desk(make_window, scripted)


class TestShown:
    def test_projects_stand_above_the_chats_the_newest_first_with_their_chats_under_them(self, desk):
        assert desk.rows() == ["Games", "  Snake game", "Web", "Calculator", "Timer"]
        assert desk.row("Games").property("iconName") == "folder-open"
        assert desk.row("Web").property("iconName") == "folder"

    def test_its_measures(self, desk):
        place, window = desk.window.place, desk.window
        _, heading, _, high = place(window.shown("shelvesHeading"))
        assert place(window.shown("newShelf")) == (6, heading + high, 248, 36)
        for number, words in enumerate(("Games", "Snake game", "Web")):
            assert place(desk.row(words)) == (0, heading + high + 36 * (number + 1), 260, 36)
            assert desk.row(words).property("radius") == 10
        texts = {words: place(desk.inside(words, "rowWords"))[0] for words in ("Snake game", "Calculator", "Games")}
        assert texts["Snake game"] - texts["Calculator"] == 30
        assert texts["Games"] == 6 + 10 + 20 + 8

    def test_a_press_opens_and_closes_it_and_that_is_remembered(self, desk):
        desk.press(desk.row("Web"))
        desk.press(desk.row("Games"))
        assert desk.rows() == ["Games", "Web", "  Password safe", "Calculator", "Timer"]
        desk.window.close()
        desk.open(preferences={"openShelves": ["k-web"]})
        assert desk.rows() == ["Games", "Web", "  Password safe", "Calculator", "Timer"]

    def test_what_goes_on_in_a_closed_project_is_seen_at_it_and_in_an_open_one_at_the_chat(self, desk):
        assert desk.inside("Web", "chatSpinner") is not None
        desk.press(desk.row("Web"))
        QTest.mouseMove(desk.window.root, QPoint(900, 700))
        desk.window.settle()
        assert desk.inside("Web", "chatSpinner") is None
        assert desk.inside("Password safe", "chatSpinner") is not None

    def test_the_project_of_the_chat_on_screen_is_marked_while_it_is_closed(self, desk):
        desk.press(desk.row("Snake game"))
        assert not desk.row("Games").property("current")
        desk.press(desk.row("Games"))
        assert desk.row("Games").property("current")
        assert desk.chats.property("currentShelfName") == "Games"

    def test_pinned_stands_first_in_its_project_and_archived_leaves_it_till_it_comes_back(self, desk):
        desk.kept.put("s-d", "k-games")
        desk.until(lambda: desk.rows()[:3] == ["Games", "  Snake game", "  Timer"])
        desk.menu("Timer", "menuPin")
        assert desk.rows()[:3] == ["Games", "  Timer", "  Snake game"]
        desk.menu("Timer", "menuArchive")
        assert desk.rows() == ["Games", "  Snake game", "Web", "Calculator"]
        desk.chats.archive("s-d", False)  # noqa: FBT003 - a slot takes no names
        desk.window.settle()
        assert desk.rows()[:3] == ["Games", "  Timer", "  Snake game"]

    def test_what_another_window_does_is_shown_here(self, desk):
        desk.kept.put("s-a", "k-games")
        desk.until(lambda: desk.rows() == ["Games", "  Calculator", "  Snake game", "Web", "Timer"])
        desk.kept._remove({"shelf": "k-games"})
        desk.until(lambda: desk.rows() == ["Web", "Calculator", "Snake game", "Timer"])

    @pytest.mark.parametrize(
        "junk",
        [
            {},
            {"shelves": 7},
            {"shelves": [7, {}, {"shelf": 7, "name": "x", "sessions": []}, {"shelf": "k", "name": "x"}]},
        ],
    )
    def test_junk_is_no_project(self, desk, junk):
        desk.engine.tell("_multicoder/shelves", junk)
        desk.engine.update("s-a", {"sessionUpdate": "session_info_update", "title": "seen"})
        desk.until(lambda: "seen" in desk.rows())
        assert set(desk.rows()) <= {"Games", "  Snake game", "Web", "Password safe", "Snake game", "seen", "Timer"}

    def test_a_screen_reader_is_told_what_it_is_and_whether_it_is_open(self, desk):
        face = QAccessible.queryAccessibleInterface(desk.row("Games"))
        assert face.role() == QAccessible.Role.ListItem
        assert face.text(QAccessible.Text.Name) == "Project Games, 1 chat(s), open"
        face = QAccessible.queryAccessibleInterface(desk.row("Web"))
        assert face.text(QAccessible.Text.Name) == "Project Web, 1 chat(s), closed, working"

    def test_in_russian(self, make_window, scripted):
        translate(make_qt(), "ru")
        desk = Desk(make_window, scripted, locale="ru")
        heading = desk.window.shown("shelvesHeading").property("text")
        assert (heading, desk.window.shown("newShelf").property("text")) == ("Проекты", "Новый проект")
        face = QAccessible.queryAccessibleInterface(desk.row("Games"))
        assert face.text(QAccessible.Text.Name) == "Проект Games, 1 беседа, открыт"


class TestMade:
    def test_a_new_one_gets_a_name_and_the_next_new_chat(self, desk):
        desk.press(desk.window.shown("newShelf"))
        assert desk.window.shown("newShelfCreate").isEnabled() is False
        desk.write("Tools")
        desk.press(desk.window.shown("newShelfCreate"))
        desk.until(lambda: desk.chats.property("currentShelfName") == "Tools")
        desk.until(lambda: desk.rows()[0] == "Tools")
        assert desk.row("Tools").property("current") is True
        assert desk.window.shown("emptyShelf") is not None
        assert desk.window.shown("composerText").property("activeFocus") is True
        begun = []
        desk.chats.begin(begun.append)
        desk.until(lambda: begun)
        assert desk.engine.params("session/new")[0]["_meta"]["multicoder"]["shelf"] == "k-3"

    def test_the_plus_begins_a_chat_in_it_and_the_usual_key_one_outside(self, desk):
        desk.point_at("Web")
        plus = desk.inside("Web", "shelfNewChat")
        assert (plus.width(), plus.height()) == (32, 32)
        desk.press(plus)
        assert (desk.chats.current, desk.chats.property("currentShelf")) == ("", "k-web")
        QTest.keyClick(
            desk.window.root, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        desk.window.settle()
        assert desk.chats.property("currentShelf") == ""
        assert desk.window.shown("emptyShelf") is None

    def test_a_chat_that_waits_for_a_project_somebody_deleted_begins_outside(self, desk):
        desk.chats.startOn("k-web")
        desk.kept._remove({"shelf": "k-web"})
        desk.until(lambda: desk.chats.property("currentShelf") == "")
        begun = []
        desk.chats.begin(begun.append)
        desk.until(lambda: begun)
        assert "shelf" not in desk.engine.params("session/new")[0]["_meta"]["multicoder"]

    def test_it_is_renamed_in_its_place(self, desk):
        desk.menu("Web", "shelfMenuRename")
        field = desk.window.shown("renameField")
        assert (field.property("text"), field.property("activeFocus")) == ("Web", True)
        desk.write("Pages")
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: "Pages" in desk.rows())
        assert desk.kept.places() == {"Pages": ["s-b"], "Games": ["s-c"]}
        desk.menu("Pages", "shelfMenuRename")
        desk.write("other")
        desk.key(Qt.Key.Key_Escape)
        assert "Pages" in desk.rows()

    def test_deleting_asks_says_that_chats_stay_and_they_do(self, desk):
        desk.menu("Games", "shelfMenuDelete")
        dialog = desk.window.find("deleteShelfDialog")
        desk.until(lambda: dialog.property("opened"))
        said = [str(item.property("text")) for item in desk.window.items() if item.isVisible()]
        assert "“Games” will leave the list. 1 chat(s) of it stay and go back to the others." in said
        desk.press(desk.window.shown("deleteShelfCancel"))
        assert desk.engine.params("_multicoder/shelves/remove") == []
        desk.menu("Games", "shelfMenuDelete")
        desk.press(desk.window.shown("deleteShelfConfirm"))
        desk.until(lambda: desk.rows() == ["Web", "Calculator", "Snake game", "Timer"])
        assert "session/delete" not in desk.engine.methods()

    def test_what_the_engine_refuses_is_told_in_its_words(self, desk):
        words = {"kind": "unknown-shelf", "what": "It is gone.", "did": "", "next": "Choose another."}
        desk.engine.fails["_multicoder/shelves/put"] = words
        desk.drag("Calculator", "Web")
        desk.until(lambda: desk.engine.params("_multicoder/shelves/put"))
        told = lambda: [str(item.property("text")) for item in desk.window.items() if item.isVisible()]  # noqa: E731 - read again and again
        desk.until(lambda: "It is gone. Choose another." in told())
        assert desk.rows() == ["Games", "  Snake game", "Web", "Calculator", "Timer"]


class TestMoved:
    def test_by_its_menu_into_another_and_out(self, desk):
        desk.menu("Snake game", "Move to project", "moveTo_k-web")
        desk.until(lambda: desk.kept.places() == {"Web": ["s-b", "s-c"], "Games": []})
        desk.press(desk.row("Web"))
        desk.menu("Snake game", "Move to project")
        desk.until(lambda: desk.window.shown("moveTo_k-web") is not None)
        assert desk.window.shown("moveTo_k-web").property("ticked") is True
        desk.choose("moveOut")
        desk.until(lambda: desk.kept.places() == {"Web": ["s-b"], "Games": []})
        assert desk.rows() == ["Games", "Web", "  Password safe", "Calculator", "Snake game", "Timer"]

    def test_what_stands_nowhere_cannot_be_taken_out(self, desk):
        desk.menu("Timer", "Move to project")
        desk.until(lambda: desk.window.shown("moveToNew") is not None)
        assert desk.window.shown("moveOut") is None

    def test_by_its_menu_into_a_new_one(self, desk):
        desk.menu("Timer", "Move to project", "moveToNew")
        desk.window.settle()
        desk.write("Kitchen")
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: desk.rows()[:2] == ["Kitchen", "  Timer"])
        assert desk.kept.places()["Kitchen"] == ["s-d"]

    def test_the_open_chat_by_the_menu_of_the_header(self, desk):
        desk.press(desk.row("Calculator"))
        desk.press(desk.window.shown("overflow"))
        desk.choose("Move to project")
        desk.choose("moveTo_k-games")
        desk.until(lambda: desk.kept.places()["Games"] == ["s-c", "s-a"])

    def test_by_dragging_onto_a_project_onto_a_chat_of_it_and_out_again(self, desk):
        desk.drag("Calculator", "Web")
        desk.until(lambda: desk.kept.places() == {"Web": ["s-b", "s-a"], "Games": ["s-c"]})
        desk.drag("Timer", "Snake game")
        desk.until(lambda: desk.kept.places() == {"Web": ["s-b", "s-a"], "Games": ["s-c", "s-d"]})
        desk.until(lambda: desk.rows() == ["Games", "  Snake game", "  Timer", "Web"])
        desk.drag("Snake game", QPoint(130, 600))
        desk.until(lambda: desk.kept.places() == {"Web": ["s-b", "s-a"], "Games": ["s-d"]})
        assert desk.chats.current == "", "a drag opens no chat"

    def test_while_it_is_dragged_it_is_said_where_it_would_go(self, desk):
        desk.drag("Calculator", "Web", drop=False)
        assert desk.row("Web").property("marked") is True
        assert desk.window.shown("dragGhost") is not None
        assert desk.window.shown("dragWords").property("text") == "Move to Web"
        QTest.mouseMove(desk.window.root, desk.at(desk.row("Timer")))
        desk.window.settle()
        assert desk.window.shown("dragWords") is None
        QTest.mouseRelease(desk.window.root, LEFT, NONE, desk.at(desk.row("Timer")))
        desk.window.settle()
        assert desk.window.shown("dragGhost") is None
        assert desk.engine.params("_multicoder/shelves/put") == []

    def test_escape_or_the_place_it_came_from_or_outside_of_the_list_moves_nothing(self, desk):
        desk.drag("Calculator", "Web", drop=False)
        desk.key(Qt.Key.Key_Escape)
        assert desk.window.shown("dragGhost") is None
        QTest.mouseRelease(desk.window.root, LEFT, NONE, desk.at(desk.row("Web")))
        desk.window.settle()
        desk.drag("Snake game", "Games")
        desk.drag("Snake game", QPoint(800, 400))
        assert desk.engine.params("_multicoder/shelves/put") == []

    def test_a_project_itself_is_not_dragged(self, desk):
        desk.drag("Games", "Web")
        assert desk.window.shown("dragGhost") is None
        assert desk.engine.params("_multicoder/shelves/put") == []

    def test_a_long_list_comes_along_when_a_chat_is_dragged_to_its_end(self, desk):
        many = [listed(f"s-{number}", f"Chat {number}", 2) for number in range(60)]
        desk.engine.answers["session/list"] = {"sessions": many}
        desk.engine.crash()
        desk.until(lambda: desk.chats.rowCount() == 62)
        desk.window.settle()
        desk.drag("Chat 3", QPoint(130, 735), drop=False)
        desk.until(lambda: "Web" not in desk.rows() or desk.window.place(desk.row("Web"))[1] < 100)
        desk.key(Qt.Key.Key_Escape)


class TestKeyboard:
    def test_arrows_walk_open_and_close_like_a_tree(self, desk):
        desk.list_focused()
        assert desk.row("Games").property("visualFocus") is True
        desk.key(Qt.Key.Key_Right)
        assert desk.row("Snake game").property("visualFocus") is True
        desk.key(Qt.Key.Key_Left)
        assert desk.row("Games").property("visualFocus") is True
        desk.key(Qt.Key.Key_Left)
        assert desk.rows() == ["Games", "Web", "Calculator", "Timer"]
        desk.key(Qt.Key.Key_Down, Qt.Key.Key_Return)
        assert desk.rows() == ["Games", "Web", "  Password safe", "Calculator", "Timer"]
        desk.key(Qt.Key.Key_Space)
        assert desk.rows() == ["Games", "Web", "Calculator", "Timer"]

    def test_a_chat_is_moved_without_a_mouse(self, desk):
        desk.list_focused()
        desk.key(Qt.Key.Key_Down, Qt.Key.Key_Menu)
        desk.until(lambda: desk.window.shown("menuRename") is not None)
        desk.key(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right)
        desk.until(lambda: desk.window.shown("moveToNew") is not None)
        while not desk.window.shown("moveTo_k-web").property("highlighted"):
            desk.key(Qt.Key.Key_Down)
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: desk.kept.places() == {"Web": ["s-b", "s-c"], "Games": []})

    def test_a_project_is_renamed_and_deleted_without_a_mouse(self, desk):
        desk.list_focused()
        desk.key(Qt.Key.Key_F2)
        desk.write("Toys")
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: desk.rows()[0] == "Toys")
        desk.list_focused()
        desk.key(Qt.Key.Key_Delete)
        desk.until(lambda: desk.window.find("deleteShelfDialog").property("opened"))
        desk.key(Qt.Key.Key_Escape)
        assert desk.rows()[0] == "Toys"

    def test_a_new_one_is_made_without_a_mouse(self, desk):
        desk.list_focused()
        desk.key(Qt.Key.Key_Tab)
        assert desk.window.shown("newShelf").property("activeFocus") is True
        desk.key(Qt.Key.Key_Return)
        desk.window.settle()
        desk.write("Tools")
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: desk.rows()[0] == "Tools")


class TestElsewhere:
    def test_the_search_names_the_project_of_a_chat_and_finds_by_it(self, desk):
        assert [hit["title"] for hit in desk.chats.find("games")] == ["Snake game"]
        desk.window.find("searchDialog").open()
        desk.window.settle()
        places = [item for item in desk.window.items() if item.objectName() == "searchShelf" and item.isVisible()]
        assert len(places) == 2
        names = [
            QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Name)
            for item in desk.window.items()
            if item.objectName() == "searchRow" and item.property("title") == "Snake game"
        ]
        assert len(names) == 1
        assert names[0].startswith("Snake game, Project Games, ")

    def test_the_folded_sidebar_leads_to_the_projects(self, desk):
        desk.window.application.preferences.put("sidebarOpen", value=False)
        desk.until(lambda: desk.window.shown("railProjects") is not None)
        desk.press(desk.window.shown("railProjects"))
        desk.until(lambda: desk.window.shown("newShelf") is not None)
        desk.key(Qt.Key.Key_Down)
        assert desk.row("Snake game").property("visualFocus") is True

    def test_the_laid_over_sidebar_has_them_too_and_leaves_for_a_new_chat(self, desk):
        desk.window.resize(600, 700)
        desk.press(desk.window.shown("hamburger"))
        desk.until(lambda: desk.window.shown("sidebar") is not None)
        desk.window.settle()
        desk.drag("Timer", "Web")
        desk.until(lambda: desk.kept.places()["Web"] == ["s-b", "s-d"])
        desk.point_at("Web")
        desk.press(desk.inside("Web", "shelfNewChat"))
        desk.until(lambda: desk.window.shown("sidebar") is None)
        assert desk.chats.property("currentShelf") == "k-web"
