"""What may be looked up and what may be downloaded, asked in the window as the engine's own cards say it."""

from __future__ import annotations

import cards_stand
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from core.paths import Home
from gui.chat.cards import FORM, PERMISSION, Card

GOOD = "code.example/sea/tides"


@pytest.fixture
def stage(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    made = cards_stand.Stage(home)
    yield made
    made.close()
    assert made.warnings == []


def click(stage, item):
    point = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mouseClick(stage.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(point))
    stage.settle()


def texts(stage, name):
    return [item.property("text") for item in stage.all(name)]


def option_of(stage, row, words):
    options = stage.items(stage.all("repositoryDecision")[row])
    (option,) = [item for item in options if item.property("text") == words and item.property("checked") is not None]
    return option


def choose(stage, row, words):
    click(stage, option_of(stage, row, words))


def test_a_search_is_allowed_by_a_click_and_never_by_enter(stage):
    stage.show(("LookUpCard", cards_stand.look_up()))
    shown = " ".join(str(item.property("text")) for item in stage.items() if item.property("text"))
    assert "tide tables library · pages" in shown
    assert "Nobody here knows how tides are computed." in shown
    assert [note.isVisible() for note in stage.all("taintedNote")] in ([], [False])
    allow = stage.find("allowButton")
    allow.forceActiveFocus()
    QTest.keyClick(stage.root, Qt.Key.Key_Return)
    stage.settle()
    assert stage.told == []
    click(stage, allow)
    assert stage.told == [("row-0", "allow", "", {})]


def test_a_search_is_refused(stage):
    stage.show(("LookUpCard", cards_stand.look_up(tainted=True)))
    assert stage.find("taintedNote").isVisible()
    click(stage, stage.find("refuseButton"))
    assert stage.told == [("row-0", "refuse", "", {})]


def test_each_repository_has_its_own_decision_and_shows_what_it_really_is(stage):
    stage.show(("DownloadCard", cards_stand.downloads()))
    addresses = texts(stage, "repositoryAddress")
    assert addresses[0] == GOOD
    assert addresses[1].startswith("xn--")
    assert "\u202e" not in addresses[1]
    facts = texts(stage, "repositoryFacts")
    assert texts(stage, "repositoryLicence") == ["MIT", "no licence told"]
    assert all(part in facts[0] for part in ("1.2 MB", "812 star", "changed "))
    assert all(part in facts[1] for part in ("size not told", "no longer maintained"))
    assert texts(stage, "repositoryState") == ["Not asked", "Not asked"]
    assert texts(stage, "repositoryCount") == ["2 repositories"]
    assert texts(stage, "searchedFor") == ["“tide tables library”: 8 results of duckduckgo"]
    assert stage.find("sendButton").property("enabled") is False
    choose(stage, 0, "Allow download")
    assert stage.find("sendButton").property("enabled") is False
    choose(stage, 1, "Refuse")
    assert texts(stage, "repositoryState") == ["Allowed", "Refused"]
    send = stage.find("sendButton")
    assert "1" in send.property("text")
    send.forceActiveFocus()
    QTest.keyClick(stage.root, Qt.Key.Key_Return)
    stage.settle()
    assert stage.told == []
    click(stage, send)
    ((_, decision, _, answers),) = stage.told
    assert (decision, answers[GOOD], sorted(answers.values())) == ("answer", "allow", ["allow", "refuse"])


def test_all_are_refused_at_once_and_an_answered_card_offers_nothing(stage):
    stage.show(("DownloadCard", cards_stand.downloads()))
    click(stage, stage.find("refuseAllButton"))
    ((_, decision, _, answers),) = stage.told
    assert (decision, set(answers.values()), len(answers)) == ("answer", {"refuse"}, 2)
    stage.show(("DownloadCard", cards_stand.downloads(state="answered", decision="answer", options=[])))
    assert [item for item in stage.all("sendButton") + stage.all("repositoryDecision") if item.isVisible()] == []


def test_a_commit_is_shown_and_copied_whole_and_a_page_looked_at_only_when_its_address_hides_nothing(stage):
    stage.show(("DownloadCard", cards_stand.downloads()))
    commit = cards_stand.downloads()["card"]["repositories"][0]["commit"]
    assert (len(commit), texts(stage, "repositoryCommit")) == (40, [commit, commit])
    click(stage, stage.all("copyCommit")[0])
    assert QGuiApplication.clipboard().text() == commit
    asked = []
    stage.app.links.asked.connect(lambda address, host: asked.append((address, host)))
    (look,) = stage.all("repositoryLook")
    click(stage, look)
    assert asked == [(f"https://{GOOD}", "code.example")]
    assert (stage.app.opened, stage.told) == ([], [])


def test_enter_on_the_word_allow_allows_nothing(stage):
    stage.show(("DownloadCard", cards_stand.downloads()))
    for words, state in (("Allow download", "Not asked"), ("Refuse", "Refused")):
        option = option_of(stage, 0, words)
        option.forceActiveFocus()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QTest.keyClick(stage.root, key)
        stage.settle()
        assert texts(stage, "repositoryState")[0] == state
    option_of(stage, 0, "Allow download").forceActiveFocus()
    QTest.keyClick(stage.root, Qt.Key.Key_Space)
    stage.settle()
    assert texts(stage, "repositoryState") == ["Allowed", "Not asked"]


def test_letters_that_look_alike_are_named_beside_an_address(stage):
    content = cards_stand.downloads()
    content["card"]["repositories"][0]["address"] = "code.example/sea/ti\u0434es"
    stage.show(("DownloadCard", content))
    assert texts(stage, "repositoryWarning") == [
        "Careful: letters of different alphabets that look alike: ti\u0434[U+0434]es"
    ]


def test_an_answered_card_says_what_is_known_of_each_repository_and_claims_nothing_else(stage):
    there = {"state": "answered", "options": [], "decision": "answer", "via": "terminal"}
    stage.show(("DownloadCard", cards_stand.downloads(**there)))
    assert texts(stage, "repositoryState") == []
    assert texts(stage, "cardWord") == ["Downloads"]
    one, other = cards_stand.downloads()["card"]["repositories"]
    told = {"run": "r-1", "decision": "allow", "address": GOOD, "commit": one["commit"], "consent": "k-1"}
    stage.app.downloads._take(
        {"consents": [told, {**told, "consent": "k-2", "run": "r-2", "address": other["address"]}]}
    )
    stage.settle()
    assert texts(stage, "repositoryState") == ["Allowed"]
    stage.show(("DownloadCard", cards_stand.downloads(**{**there, "decision": "refuse"})))
    assert texts(stage, "repositoryState") == ["Allowed", "Refused"]
    stage.show(("DownloadCard", cards_stand.downloads(state="gone", options=[])))
    assert texts(stage, "repositoryState") == []


def test_answers_go_out_as_the_protocol_wants_them():
    asked = cards_stand.downloads()["card"]
    names = [one["address"] for one in asked["repositories"]]
    form = {"properties": {name: {"type": "string"} for name in names}}
    card = Card("row")
    meta = {"multicoder": {"card": asked, "nonce": "n", "wish": "downloads"}}
    card.ask(7, FORM, {"message": "May it?", "requestedSchema": form, "_meta": meta})
    reply = card.answer("answer", "", {names[0]: "allow", names[1]: "refuse", "code.example/else/where": "allow"})
    assert reply.result == {"action": "accept", "content": {names[0]: "allow", names[1]: "refuse"}}
    search = Card("row")
    options = [{"optionId": name, "name": name} for name in ("allow", "refuse")]
    search.ask(8, PERMISSION, {"toolCall": {"toolCallId": "c"}, "options": options})
    assert search.answer("refuse", "", {}).result["outcome"]["optionId"] == "refuse"
    assert search.answer("approve", "", {}) is None
