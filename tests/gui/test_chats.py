"""The sidebar's chats against an engine played by the test: listing, grouping, live state, and what a person does."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTest import QAbstractItemModelTester

from gui.chat.chat import ROLES
from gui.chat.dates import moment_of, section_of, section_title
from gui.chat.ordered import OrderedRows
from gui.main import make_qt
from tests.gui.scripted_engine import LATER

TODAY = date(2026, 11, 22)
NOW = datetime.now(UTC)


def listed(name, title="", days=0, **own):
    at = NOW - timedelta(days=days)
    return {
        "sessionId": name,
        "title": title or None,
        "cwd": "/tmp",
        "updatedAt": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "_meta": {"multicoder": {"run": "", "running": False, "waits": "", **own}},
    }


def task(run, state, **more):
    return {"task": f"t-{run}", "kind": "run", "subject": run, "state": state, "reason": "", "created": 0.0, **more}


class Person:
    """The chats as a view sees them, and the engine behind them."""

    def __init__(self, engine, make_window):
        self.engine = engine
        self.make_window = make_window
        self.window = None

    def sees(self, *rows):
        self.engine.answers["session/list"] = {"sessions": list(rows)}
        self.window = self.make_window(command=self.engine.command, environ=self.engine.environ)
        self.window.until(lambda: not self.chats.loading)
        self.opened = []
        self.chats.opened.connect(self.opened.append)
        self.tester = QAbstractItemModelTester(self.chats, QAbstractItemModelTester.FailureReportingMode.Fatal)
        return self.chats

    @property
    def chats(self):
        return self.window.application.chats

    @property
    def rows(self):
        return rows_of(self.chats)

    def row(self, name):
        return next((row for row in self.rows if row["sessionId"] == name), None)

    def until(self, condition):
        self.window.until(condition)


def rows_of(model):
    roles = {bytes(name.data()).decode(): role for role, name in model.roleNames().items()}
    return [
        {name: model.data(model.index(number), role) for name, role in roles.items()}
        for number in range(model.rowCount())
    ]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """One moment for all that a test lists; not that of the whole run, in which midnight may pass."""
    monkeypatch.setitem(globals(), "NOW", datetime.now(UTC))


@pytest.fixture
def person(scripted, make_window):
    return Person(scripted, make_window)


class TestDates:
    @pytest.mark.parametrize(
        ("day", "section"),
        [
            (date(2026, 11, 23), "today"),
            (date(2026, 11, 22), "today"),
            (date(2026, 11, 21), "yesterday"),
            (date(2026, 11, 20), "week"),
            (date(2026, 11, 15), "week"),
            (date(2026, 11, 14), "month"),
            (date(2026, 10, 23), "month"),
            (date(2026, 10, 22), "2026-10"),
            (date(2025, 1, 1), "2025-01"),
        ],
    )
    def test_days_are_grouped_by_their_age(self, day, section):
        assert section_of(day, TODAY) == section

    def test_months_are_named_in_the_language(self):
        make_qt()
        assert section_title("2026-10", QLocale("ru"), TODAY) == "Октябрь"
        assert section_title("2025-01", QLocale("en"), TODAY) == "January 2025"
        assert section_title("month", QLocale("en"), TODAY) == "Previous 30 days"

    @pytest.mark.parametrize("text", [None, 7, "", "yesterday", "9999-99-99", "0001-01-01T00:00:00+23:59"])
    def test_a_time_that_is_none_is_the_beginning_of_time(self, text):
        assert moment_of(text) == 0.0

    def test_a_time_is_read(self):
        assert moment_of("2026-11-22T10:00:00Z") == datetime(2026, 11, 22, 10, tzinfo=UTC).timestamp()


class TestOrder:
    @pytest.mark.parametrize(
        ("before", "after", "resets"),
        [
            ("abc", "abc", 0),
            ("abc", "cab", 0),
            ("abc", "bd", 0),
            ("", "abc", 0),
            ("abc", "", 0),
            ("abcdef", "fxbade", 0),
            ("", "".join(map(chr, range(0x400, 0x500))), 1),
        ],
    )
    def test_the_list_comes_to_its_new_order_in_few_steps(self, before, after, resets):
        make_qt()
        model = OrderedRows(["name", "n"], "name")
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.show_rows([{"name": name, "n": 0} for name in before])
        seen = []
        model.modelReset.connect(lambda: seen.append(1))
        wanted = [{"name": name, "n": number} for number, name in enumerate(after)]
        model.show_rows(wanted)
        assert rows_of(model) == wanted
        assert len(seen) == resets
        del tester

    def test_rows_that_did_not_change_are_not_touched(self):
        make_qt()
        model = OrderedRows(["name", "n"], "name")
        model.show_rows([{"name": name, "n": 0} for name in "abc"])
        changed = []
        model.dataChanged.connect(lambda first, *_: changed.append(first.row()))
        model.show_rows([{"name": name, "n": int(name == "b")} for name in "abc"])
        assert changed == [1]


class TestListing:
    def test_chats_are_listed_by_date_newest_first(self, person):
        person.sees(listed("s-3", "Three"), listed("s-2", "Two", days=1), listed("s-1", "One", days=3))
        assert [(row["sessionId"], row["title"], row["section"]) for row in person.rows] == [
            ("s-3", "Three", "today"),
            ("s-2", "Two", "yesterday"),
            ("s-1", "One", "week"),
        ]
        assert set(person.rows[0]) == set(ROLES)
        assert person.rows[0]["sectionTitle"] == "Today"

    def test_every_page_is_read(self, person):
        pages = {None: ("s-9", "1"), "1": ("s-8", "2"), "2": ("s-7", None)}

        def page(params):
            name, following = pages[params.get("cursor")]
            return {"sessions": [listed(name)], **({"nextCursor": following} if following else {})}

        person.sees()
        person.engine.answers["session/list"] = page
        person.engine.crash()
        person.until(lambda: person.chats.rowCount() == 3)
        assert [row["sessionId"] for row in person.rows] == ["s-9", "s-8", "s-7"]

    def test_a_list_that_goes_in_circles_ends(self, person):
        person.engine.answers["session/list"] = {"sessions": [listed("s-1")], "nextCursor": "1"}
        person.window = person.make_window(command=person.engine.command, environ=person.engine.environ)
        person.until(lambda: {"kind": "run", "states": ["paused"]} in person.engine.params("_multicoder/tasks/list"))
        assert person.engine.methods().count("session/list") == 2

    @pytest.mark.parametrize("junk", [{}, {"sessions": 7}, {"sessions": [7, {}, {"sessionId": 7}]}, {"nextCursor": 3}])
    def test_a_list_that_is_none_is_empty(self, person, junk):
        person.engine.answers["session/list"] = junk
        person.window = person.make_window(command=person.engine.command, environ=person.engine.environ)
        person.until(lambda: not person.chats.loading)
        assert person.rows == []

    def test_what_was_deleted_elsewhere_leaves_when_the_list_is_read_again(self, person):
        person.sees(listed("s-2"), listed("s-1"))
        person.engine.answers["session/list"] = {"sessions": [listed("s-1")]}
        person.engine.crash()
        person.until(lambda: person.chats.rowCount() == 1)
        assert person.row("s-1")

    def test_without_an_engine_nothing_is_awaited_for_ever(self, person):
        person.window = person.make_window(command=["/no/such/program"], environ={})
        person.until(lambda: not person.chats.loading)


class TestLive:
    def test_titles_follow_the_engine(self, person):
        chats = person.sees(listed("s-1"))
        chats.open("s-1")
        person.engine.update("s-1", {"sessionUpdate": "session_info_update", "title": "A \n calculator"})
        person.until(lambda: chats.currentTitle == "A calculator")
        assert person.row("s-1")["title"] == "A calculator"

    def test_a_run_shows_that_it_works_waits_and_has_ended(self, person):
        person.sees(listed("s-2", run="r-2", running=True), listed("s-1", run="r-1", running=True, waits="task"))
        assert [(row["running"], row["waits"]) for row in person.rows] == [(True, False), (True, True)]
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-2", "paused", reason="person")]})
        person.until(lambda: person.row("s-2")["waits"])
        assert person.row("s-2")["unread"]
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-2", "running")]})
        person.until(lambda: person.row("s-2")["running"] and not person.row("s-2")["waits"])
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-2", "done"), task("r-1", "done")]})
        person.until(lambda: not person.row("s-2")["running"])
        assert person.row("s-1")["unread"]
        person.chats.open("s-1")
        assert not person.row("s-1")["unread"]

    def test_what_one_looks_at_is_never_unread_and_an_older_run_ends_nothing(self, person):
        chats = person.sees(listed("s-1", run="r-2", running=True))
        chats.open("s-1")
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-1", "done"), task("r-2", "running")]})
        block = {"type": "text", "text": "x"}
        chunk = {"sessionUpdate": "user_message_chunk", "messageId": "m", "content": block}
        person.engine.update("s-1", {**chunk, "_meta": {"multicoder": {"run": "r-1"}}})
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-1", "done")]})
        person.engine.update("s-1", {"sessionUpdate": "session_info_update", "title": "seen"})
        person.until(lambda: chats.currentTitle == "seen")
        assert person.row("s-1")["running"]
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-2", "done")]})
        person.until(lambda: not person.row("s-1")["running"])
        assert not person.row("s-1")["unread"]

    def test_a_pause_on_purpose_is_no_news(self, person):
        person.sees(listed("s-1", run="r-1", running=True))
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-1", "paused", reason="asked")]})
        person.until(lambda: not person.row("s-1")["running"])
        assert not person.row("s-1")["unread"]

    def test_what_is_not_finished_is_offered_with_what_it_was_doing(self, person):
        person.sees(listed("s-2", run="r-2"), listed("s-1", run="r-1", running=True))
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-2", "paused", reason="asked", step="Testing")]})
        person.until(lambda: person.row("s-2")["paused"])
        facts = {"running": False, "waits": False, "doing": "Testing"}
        assert facts.items() <= person.chats.unfinished[0].items()
        assert [row["sessionId"] for row in person.chats.unfinished] == ["s-2", "s-1"]
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-2", "cancelled"), task("r-1", "done")]})
        person.until(lambda: person.chats.unfinished == [])
        assert not person.row("s-2")["paused"]

    def test_a_new_message_brings_a_chat_to_today(self, person):
        person.sees(listed("s-2"), listed("s-1", days=5))
        block = {"type": "text", "text": "again"}
        chunk = {"sessionUpdate": "user_message_chunk", "messageId": "m", "content": block}
        person.engine.update("s-1", {**chunk, "_meta": {"multicoder": {"run": "r-7"}}})
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-7", "running", created=time.time() + 5)]})
        person.until(lambda: person.rows[0]["sessionId"] == "s-1")
        assert person.rows[0]["section"] == "today"

    def test_a_run_begun_by_another_client_brings_its_chat(self, person):
        person.sees(listed("s-1"))
        person.engine.answers["session/list"] = {"sessions": [listed("s-2", run="r-5", running=True), listed("s-1")]}
        person.engine.tell("_multicoder/tasks", {"tasks": [task("r-5", "running")]})
        person.until(lambda: person.row("s-2"))
        assert person.row("s-2")["running"]

    def test_what_ended_while_the_window_was_closed_is_unread(self, person, make_window):
        person.sees(listed("s-2", run="r-2", running=True), listed("s-1"))
        person.until(lambda: person.window.application.preferences.value("watched") == ["s-2"])
        person.window.close()
        person.sees(listed("s-2"), listed("s-1"))
        assert [row["unread"] for row in person.rows] == [True, False]

    @pytest.mark.parametrize("junk", [{}, {"tasks": 7}, {"tasks": [7, {"kind": "run"}, {"kind": "run", "subject": 7}]}])
    def test_junk_changes_nothing(self, person, junk):
        chats = person.sees(listed("s-1", run="r-1", running=True))
        before = person.rows
        person.engine.tell("_multicoder/tasks", junk)
        person.engine.update("s-1", {"sessionUpdate": 7, "content": 7, "_meta": 7})
        person.engine.update("s-1", {"sessionUpdate": "session_info_update", "title": 7})
        person.engine.update("s-1", {"sessionUpdate": "session_info_update", "title": "seen"})
        person.until(lambda: person.row("s-1")["title"] == "seen")
        assert [{**row, "title": ""} for row in person.rows] == [{**row, "title": ""} for row in before]
        assert not chats.loading

    def test_the_groups_and_the_engine_speak_the_language_that_is_chosen(self, person):
        person.sees(listed("s-1", days=60))
        month = person.rows[0]["sectionTitle"]
        person.window.application._speak("ru")
        assert person.rows[0]["sectionTitle"] != month
        person.until(lambda: len(person.engine.params("initialize")) == 2)
        told = person.engine.params("initialize")[1]["clientCapabilities"]["_meta"]["multicoder"]
        assert told["locale"] == "ru"
        person.engine.crash()
        person.until(lambda: len(person.engine.params("initialize")) == 3)
        assert person.engine.params("initialize")[2] == person.engine.params("initialize")[1]


class TestPerson:
    def test_a_chat_is_opened_and_a_new_one_started(self, person):
        chats = person.sees(listed("s-1", "One"))
        chats.open("s-1")
        assert (chats.current, chats.currentTitle) == ("s-1", "One")
        chats.start()
        assert (chats.current, chats.currentTitle) == ("", "")
        assert person.opened == ["s-1", ""]
        assert "session/new" not in person.engine.methods()

    def test_a_chat_that_is_not_listed_yet_can_be_opened(self, person):
        chats = person.sees(listed("s-1"))
        person.engine.answers["session/list"] = {"sessions": [listed("s-2", "Fork"), listed("s-1")]}
        chats.open("s-2")
        assert chats.current == "s-2"
        person.until(lambda: chats.currentTitle == "Fork")

    def test_a_new_chat_becomes_a_session_with_its_first_message_once(self, person, tmp_path):
        chats = person.sees()
        chats.folder = str(tmp_path / "programs" / "here")
        chats.target = "source"
        chats.wishes = lambda: {"team": "demo", "budget": None}
        chats.start()
        done = []
        chats.begin(done.append)
        chats.begin(done.append)
        person.until(lambda: len(done) == 2)
        assert done == ["s-1", "s-1"]
        folder = str(tmp_path / "programs" / "here")
        assert Path(folder).is_dir()
        own = {"out": folder, "target": "source", "team": "demo"}
        assert person.engine.params("session/new") == [{"cwd": folder, "mcpServers": [], "_meta": {"multicoder": own}}]
        assert chats.current == "s-1"
        assert person.opened == [""]
        assert chats.target == ""
        assert person.row("s-1")["section"] == "today"

    def test_who_went_on_to_another_chat_stays_there(self, person):
        chats = person.sees(listed("s-7"))
        person.engine.answers["session/new"] = LATER
        done = []
        chats.begin(done.append)
        chats.open("s-7")
        person.until(lambda: "session/new" in person.engine.methods())
        person.engine.reply("session/new", {"sessionId": "s-8"})
        person.until(lambda: done)
        assert chats.current == "s-7"
        assert person.row("s-8")

    def test_a_folder_that_cannot_be_used_is_told_and_nothing_is_sent(self, person, tmp_path):
        (tmp_path / "file").write_text("", encoding="utf-8")
        chats = person.sees()
        chats.folder = str(tmp_path / "file" / "x")
        troubles = []
        chats.begin(lambda _: None, troubles.append)
        person.until(lambda: troubles)
        assert str(tmp_path / "file" / "x") in troubles[0]["what"]
        assert "session/new" not in person.engine.methods()
        chats.folder = str(tmp_path)
        done = []
        chats.begin(done.append)
        person.until(lambda: done)

    def test_a_title_is_changed_at_once_and_changed_back_when_the_engine_refuses(self, person):
        chats = person.sees(listed("s-1", "One"))
        chats.rename("s-1", "  Uno\n due ")
        assert person.row("s-1")["title"] == "Uno due"
        person.until(lambda: person.engine.params("_multicoder/session/rename"))
        assert person.engine.params("_multicoder/session/rename") == [{"sessionId": "s-1", "title": "Uno due"}]
        chats.rename("s-1", "   ")
        words = {"kind": "x", "what": "No.", "did": "", "next": "Wait."}
        person.engine.fails["_multicoder/session/rename"] = words
        told = []
        chats.told.connect(lambda *words: told.append(words))
        chats.rename("s-1", "Tre")
        person.until(lambda: told)
        assert told == [("No. Wait.", "error")]
        assert person.row("s-1")["title"] == "Uno due"

    def test_a_chat_that_is_deleted_is_gone_and_a_new_one_shown(self, person):
        chats = person.sees(listed("s-2"), listed("s-1"))
        chats.pin("s-1", wanted=True)
        chats.open("s-1")
        chats.remove("s-1")
        person.until(lambda: chats.rowCount() == 1)
        assert chats.current == ""
        assert person.window.application.preferences.value("pinned") == []
        assert person.engine.params("session/delete") == [{"sessionId": "s-1"}]

    def test_a_chat_that_cannot_be_deleted_stays(self, person):
        chats = person.sees(listed("s-1"))
        person.engine.fails["session/delete"] = {"kind": "x", "what": "No.", "did": "", "next": ""}
        told = []
        chats.told.connect(lambda *words: told.append(words))
        chats.remove("s-1")
        person.until(lambda: told)
        assert person.row("s-1")

    def test_pins_and_the_archive_last_until_the_next_start(self, person):
        chats = person.sees(listed("s-3"), listed("s-2", days=40), listed("s-1"))
        chats.pin("s-2", wanted=True)
        chats.archive("s-1", wanted=True)
        assert [(row["sessionId"], row["section"]) for row in person.rows] == [("s-2", "pinned"), ("s-3", "today")]
        person.window.close()
        chats = person.sees(listed("s-3"), listed("s-2", days=40), listed("s-1"))
        assert [row["sessionId"] for row in person.rows] == ["s-2", "s-3"]
        chats.showArchived = True
        assert [(row["sessionId"], row["archived"]) for row in person.rows][-1] == ("s-1", True)
        chats.archive("s-1", wanted=False)
        chats.pin("s-2", wanted=False)
        assert {row["section"] for row in person.rows} >= {"today"}
        assert not any(row["archived"] for row in person.rows)

    def test_the_search_finds_titles_and_what_was_said_in_loaded_chats(self, person):
        chats = person.sees(listed("s-3", "Калькулятор"), listed("s-2", "Page", days=1), listed("s-1", "Notes", days=2))
        for _ in range(2):  # a chat that is loaded again is told from its beginning
            person.engine.say("s-2", "Make a page", "m-1", "user_message_chunk")
            person.engine.say("s-2", "Here is your CON", "m-2")
            person.engine.say("s-2", "TACT form", "m-2")
        person.engine.update("s-3", {"sessionUpdate": "session_info_update", "title": "Калькулятор 2"})
        person.until(lambda: person.row("s-3")["title"] == "Калькулятор 2")
        assert [hit["sessionId"] for hit in chats.find("КАЛЬК")] == ["s-3"]
        found = chats.find("contact")
        assert [(hit["sessionId"], hit["snippet"]) for hit in found] == [("s-2", "Here is your CONTACT form")]
        assert found[0]["date"]
        assert [hit["sessionId"] for hit in chats.find("")] == ["s-3", "s-2", "s-1"]
        assert chats.find("nowhere") == []


def test_thousands_of_chats_are_listed_and_one_of_them_moves_without_a_reset(person):
    rows = [listed(f"s-{number}", f"Chat {number}", days=number // 6) for number in range(3_000)]

    def page(params):
        start = int(params.get("cursor") or 0)
        more = {"nextCursor": str(start + 1_000)} if start + 1_000 < len(rows) else {}
        return {"sessions": rows[start : start + 1_000], **more}

    person.sees()
    person.engine.answers["session/list"] = page
    person.engine.crash()
    person.until(lambda: person.chats.rowCount() == 3_000)
    resets = []
    person.chats.modelReset.connect(lambda: resets.append(1))
    person.chats.pin("s-2999", wanted=True)
    assert person.rows[0]["sessionId"] == "s-2999"
    assert resets == []
