from __future__ import annotations

import time

import pytest

from gui.board import machine
from gui.board.moments import ago, moment
from gui.board.rows import Rows
from gui.board.systems import figure
from tests.gui.drawer_stage import Background, a_journal, a_system, an_event
from tests.gui.scripted_engine import LATER

SEARCH = "_multicoder/journal/search"


@pytest.fixture
def talking(home, scripted):
    found = Background(home, scripted)
    yield found
    found.close()


@pytest.fixture
def board(talking, scripted):
    """The board after its first question was answered: a late answer would take back what a test tells."""
    found = talking.application.board
    talking.until(lambda: statuses(scripted) and not found.asking.waits("_multicoder/status"))
    return found


def statuses(scripted):
    return len(scripted.params("_multicoder/status"))


def tell(window, scripted, *systems, gone=()):
    scripted.tell("_multicoder/status", {"systems": list(systems), "gone": list(gone)})
    names = {system["id"]: system["state"] for system in systems}
    rows = window.application.board.rows
    window.until(lambda: all((rows.find(name) or {}).get("state") == state for name, state in names.items()))


def test_nothing_is_called_normal_before_the_engine_told_anything(window):
    assert window.application.board.state == "unknown"
    assert window.application.board.worst == "unknown"


def test_the_banner_says_the_worst_and_since_when(talking, scripted, board):
    tell(talking, scripted, a_system("disk", since=1_000.0), a_system("tasks", since=2_000.0))
    assert (board.state, board.since, board.worst) == ("normal", 2_000.0, "ok")
    tell(talking, scripted, a_system("tasks", state="degraded", since=3_000.0))
    assert (board.state, board.since, board.worst) == ("attention", 3_000.0, "degraded")
    tell(talking, scripted, a_system("disk", state="down", since=4_000.0))
    assert (board.state, board.since, board.worst) == ("fault", 4_000.0, "down")


def test_a_system_that_was_never_looked_at_does_not_hide_that_the_others_are_well(talking, scripted, board):
    tell(talking, scripted, a_system("disk"), a_system("runner", state="unknown", since=0, checked=None))
    assert board.state == "normal"


def test_a_system_that_went_silent_is_not_normal(talking, scripted, board):
    tell(talking, scripted, a_system("disk"), a_system("runner", state="unknown", since=5_000.0))
    assert (board.state, board.worst) == ("unknown", "unknown")


def test_a_system_that_is_gone_leaves_the_board(talking, scripted, board):
    tell(talking, scripted, a_system("disk"), a_system("network"))
    tell(talking, scripted, gone=["network"])
    talking.until(lambda: board.systems.rowCount() == 1)
    assert board.rows.find("network") is None


def test_it_is_asked_every_second_while_watched_and_never_otherwise(talking, scripted, board):
    scripted.answers["_multicoder/status"] = {"systems": [a_system()]}
    talking.settle(1_150)
    before = statuses(scripted)
    talking.settle(1_150)
    assert statuses(scripted) == before
    board.watch(watched=True)
    talking.until(lambda: statuses(scripted) >= before + 2)
    board.watch(watched=False)
    talking.settle(200)
    after = statuses(scripted)
    talking.settle(1_150)
    assert statuses(scripted) == after


def test_a_page_that_comes_before_the_other_goes_keeps_the_board_watched(talking, scripted, board):
    board.watch(watched=True)
    board.watch(watched=True)
    board.watch(watched=False)
    before = statuses(scripted)
    talking.until(lambda: statuses(scripted) > before)
    board.watch(watched=False)


def test_rows_that_did_not_change_are_not_told_again(talking, scripted, board):
    disk, network = a_system("disk"), a_system("network")
    tell(talking, scripted, disk, network)
    told = []
    board.systems.dataChanged.connect(lambda first, _last, _roles: told.append(first.row()))
    tell(talking, scripted, disk, a_system("network", state="degraded"))
    assert told == [1]


def test_while_watched_silence_turns_every_light_grey(talking, scripted, board):
    scripted.answers["_multicoder/status"] = {"systems": [a_system(period=0.5, checked=0.0)]}
    board.watch(watched=True)
    talking.until(lambda: board.state == "normal")
    scripted.answers["_multicoder/status"] = LATER
    talking.until(lambda: board.rows.find("disk")["state"] == "unknown", 9_000)
    assert board.state == "unknown"
    board.watch(watched=False)


def test_a_new_red_light_raises_an_alarm_once_that_stays_listed(talking, scripted, board):
    heard = []
    board.alarmed.connect(heard.append)
    tell(talking, scripted, a_system("disk", "Disk", state="down", evidence="0 MiB free."))
    tell(talking, scripted, a_system("disk", "Disk", state="down", evidence="Still 0 MiB free."))
    assert heard == ["Disk: 0 MiB free."]
    assert talking.application.toasts.rowCount() == 1
    assert board.unacknowledged == 1
    board.acknowledge("")
    tell(talking, scripted, a_system("disk", "Disk"))
    alarm = board.alarms.get(0)
    assert (board.unacknowledged, alarm["acknowledged"], alarm["over"]) == (0, True, True)
    tell(talking, scripted, a_system("disk", "Disk", state="down"))
    assert (board.unacknowledged, board.alarms.rowCount()) == (1, 2)


def test_when_the_engine_is_lost_the_banner_is_not_green(talking, scripted, board):
    tell(talking, scripted, a_system())
    assert board.state == "normal"
    scripted.crash()
    talking.until(lambda: talking.application.link.state == "reconnecting")
    assert board.state == "unknown"


def test_restarting_asks_the_engine_and_says_in_words_why_it_did_not_work(talking, scripted, board):
    board.restart("tasks")
    talking.until(lambda: scripted.params("_multicoder/status/restart") == [{"system": "tasks"}])
    words = {"kind": "no-restart", "what": "It has none.", "did": "", "next": "Start MultiCoder again."}
    scripted.fails["_multicoder/status/restart"] = words
    board.restart("disk")
    talking.until(lambda: board.asking.problem == "It has none. Start MultiCoder again.")
    board.asking.forget()
    assert board.asking.problem == ""


def a_change(seq, system):
    change = {"system": system, "before": "ok", "after": "down", "evidence": "Full."}
    return an_event(seq, "HEALTH", "system.changed", **change)


def shown(board):
    return [row["seq"] for row in board.events.all()]


def test_the_events_of_a_system_are_its_own_a_page_at_a_time(talking, scripted, board):
    scripted.answers[SEARCH] = a_journal([a_change(seq, ("disk", "network")[seq % 2]) for seq in range(1, 101)])
    board.events.show_system("disk")
    talking.until(lambda: shown(board) == list(range(100, 60, -2)))
    assert board.events.get(0)["text"] == "ok → down: Full."
    for last in (20, 0):
        assert board.events.more
        board.events.older()
        talking.until(lambda last=last: shown(board) == list(range(100, last, -2)))
    assert not board.events.more


def test_events_behind_many_of_other_systems_are_found_as_well(talking, scripted, board):
    """The words of an event may name another system."""
    others = [a_change(seq, "network") | {"data": {"system": "network", "evidence": "disk"}} for seq in range(2, 302)]
    scripted.answers[SEARCH] = a_journal([a_change(1, "disk"), *others])
    board.events.show_system("disk")
    talking.until(lambda: board.events.more)
    assert shown(board) == []
    board.events.older()
    talking.until(lambda: shown(board) == [1])
    assert not board.events.more


def test_a_cleared_list_shows_what_comes_later_and_everything_when_asked(talking, scripted, board):
    rows = [a_change(seq, "disk") for seq in range(1, 6)]
    scripted.answers[SEARCH] = a_journal(rows)
    board.events.show_system("disk")
    talking.until(lambda: len(shown(board)) == 5)
    board.events.clear()
    talking.until(lambda: board.events.cleared and shown(board) == [])
    rows += [a_change(6, "disk"), a_change(7, "network")]
    board.events.show_system("network")
    talking.until(lambda: shown(board) == [7])
    assert not board.events.cleared
    board.events.show_system("disk")
    talking.until(lambda: shown(board) == [6])
    assert not board.events.more
    board.events.show_all()
    talking.until(lambda: shown(board) == [6, 5, 4, 3, 2, 1])
    assert not board.events.cleared
    assert not any("clear" in method or "delete" in method for method in scripted.methods())


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        ("22,426 MiB available; MultiCoder uses 126 MiB.", "22,426 MiB"),
        ("Свободно 75 651 МиБ.".replace(" 651", "\u00a0651"), "75\u00a0651 МиБ"),
        ("Answers within 5 ms.", "5 ms"),
        ("A commit was made and read back.", "7 ms"),
        ("Python 3.11.7 starts.", "7 ms"),
    ],
)
def test_the_figure_of_a_card_is_the_first_one_that_was_seen(evidence, found):
    assert figure({"evidence": evidence, "latency_ms": 7, "history": [["ok", 7]]}) == found


def test_a_system_that_was_never_looked_at_has_no_figure():
    assert figure({"evidence": "Not looked at yet.", "latency_ms": 0, "history": []}) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-3, "now"), (0.4, "now"), (2.9, "2 s ago"), (61, "1 min ago"), (7_300, "2 h ago"), (200_000, "2 d ago")],
)
def test_how_long_ago(window, seconds, words):
    assert ago(seconds) == words


def test_a_moment_of_today_is_a_time_and_an_older_one_has_its_day(window):
    assert moment(0) == ""
    assert len(moment(time.time())) == len("12:34:56")
    assert len(moment(time.time() - 200_000)) > len("12:34:56")


def rows_of(*keys, **values):
    return [{"key": key, "value": values.get(key, 0)} for key in keys]


def test_rows_become_what_they_should_be_and_tell_only_that(window):
    model = Rows(("key", "value"), "key")
    told = []
    model.rowsInserted.connect(lambda _parent, first, last: told.append(("in", first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: told.append(("out", first, last)))
    model.rowsMoved.connect(lambda _p, first, _l, _d, place: told.append(("move", first, place)))
    model.dataChanged.connect(lambda first, _last, roles: told.append(("change", first.row(), len(roles))))
    model.show(rows_of("a", "b", "c"))
    assert [row["key"] for row in model.all()] == ["a", "b", "c"]
    told.clear()
    model.show(rows_of("a", "b", "c"))
    assert told == []
    model.show(rows_of("c", "a", "d", a=5))
    assert [(row["key"], row["value"]) for row in model.all()] == [("c", 0), ("a", 5), ("d", 0)]
    assert told == [("out", 1, 1), ("move", 1, 0), ("change", 1, 1), ("in", 2, 2)]


def test_the_load_of_the_processors_is_the_share_that_was_not_idle():
    before = machine.Ticks(100, 200)
    assert machine.load_between(before, machine.Ticks(150, 300)) == 0.5
    assert machine.load_between(before, machine.Ticks(100, 300)) == 1.0
    assert machine.load_between(None, before) == -1.0
    assert machine.load_between(before, before) == -1.0


def test_this_computer_tells_its_memory():
    memory = machine.memory()
    assert memory is not None
    assert 0 < memory.available <= memory.total
