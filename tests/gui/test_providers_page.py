"""The list of providers: order, lights, keys, and what is asked of the engine for them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMetaObject, QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.drawer_stage import PROVIDERS, Background, Stage, a_key, a_provider, a_system, an_engine
from tests.gui.scripted_engine import LATER

BAD = {"label": "", "state": "bad_key", "words": "OpenRouter: the key was not accepted.", "detail": "", "models": []}
GOOD = {"label": "", "state": "valid", "words": "OpenRouter: the key works.", "detail": "", "models": ["alpha/one"]}

LIMITED = a_key("2", fault="rate_limited", seconds=3)


@pytest.fixture
def engine():
    found = an_engine()
    yield found
    found.close()


@pytest.fixture
def talking(home, engine):
    found = Background(home, engine)
    found.until(lambda: found.application.providers.rowCount() == 2)
    yield found
    found.close()


@pytest.fixture
def stage(home, engine):
    found = Stage(home, engine)
    found.show("providers")
    found.until(lambda: len(found.all("providerRow")) == 2)
    yield found
    found.close()
    assert found.warnings == []


def test_providers_stand_in_their_order_with_state_and_figures(talking):
    providers = talking.application.providers
    talking.application.board.refresh()
    talking.until(lambda: providers.find("openrouter")["state"] == "ok")
    row = providers.find("openrouter")
    assert (row["host"], row["models"], row["success"]) == ("openrouter.example", ["alpha/one"], "100 %")
    assert row["latency"].endswith(" ms")
    assert [item["id"] for item in providers.all()] == ["openrouter", "second"]
    assert providers.find("second")["state"] == "off"


def test_at_a_web_chat_one_signs_in_from_the_menu_of_its_row(stage, engine):
    rows = [
        a_provider("mine", "https://a.example"),
        a_provider("chat", "https://e.example", group="web", preset="web-c"),
    ]
    engine.answers["_multicoder/providers/rows"] = {"providers": rows}
    engine.answers["_multicoder/providers/sign_in/page"] = {"milliseconds": 12, "keys": [GOOD]}
    providers = stage.application.providers
    providers.load()
    stage.until(lambda: [row["id"] for row in providers.all()] == ["mine", "chat"])
    rows_shown = stage.all("providerRow")
    for place, there in ((0, False), (1, True)):
        dots = [item for item in stage.items(rows_shown[place]) if item.objectName() == "providerMenu"]
        QMetaObject.invokeMethod(dots[0], "clicked")
        stage.until(lambda: stage.shown("moveUp"))
        assert (stage.shown("signInAtPage") is not None) is there
        if not there:
            QTest.keyClick(stage.root, Qt.Key.Key_Escape)
            stage.until(lambda: not stage.shown("moveUp"))
    QMetaObject.invokeMethod(stage.shown("signInAtPage"), "triggered")
    stage.until(lambda: engine.params("_multicoder/providers/sign_in/page") == [{"id": "chat"}])
    stage.until(lambda: providers.find("chat")["state"] == "ok")


def test_headings_follow_the_order_and_name_groups_in_words(talking, engine):
    rows = [
        a_provider("a", "https://a.example", group="maker"),
        a_provider("b", "https://b.example", group="maker"),
        a_provider("c", "https://c.example", group="Work"),
        a_provider("d", "https://d.example", group="maker"),
        a_provider("e", "https://e.example", group="web", preset="web-chat"),
    ]
    engine.answers["_multicoder/providers/rows"] = {"providers": rows}
    providers = talking.application.providers
    providers.load()
    talking.until(lambda: providers.rowCount() == 5)
    headings = [row["heading"] for row in providers.all()]
    assert headings == ["Makers of models", "", "Work", "Makers of models", "Web chats"]
    assert [row["web"] for row in providers.all()] == [False] * 4 + [True]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([a_key()], "1 key(s)"),
        ([a_key(), LIMITED, a_key("3", fault="bad_key")], "3 key(s) (1 limited, 1 refused)"),
        ([a_key(enabled=False), a_key("2", problem="The vault is locked.")], "2 key(s) (1 not to be reached, 1 off)"),
        ([a_key(hint="")], "no key"),
    ],
)  # fmt: skip
def test_keys_are_counted_with_those_that_cannot_be_used(talking, engine, keys, words):
    engine.answers["_multicoder/providers/rows"] = {"providers": [a_provider("a", "https://a.example", keys=keys)]}
    providers = talking.application.providers
    providers.load()
    talking.until(lambda: providers.rowCount() == 1)
    assert providers.find("a")["keyWords"] == words


def test_a_program_on_this_computer_needs_no_key(talking, engine):
    row = a_provider("ollama", "http://127.0.0.1:1/v1", local=True, keys=[a_key(hint="")])
    engine.answers["_multicoder/providers/rows"] = {"providers": [row]}
    talking.application.providers.load()
    talking.until(lambda: talking.application.providers.find("ollama") is not None)
    assert talking.application.providers.find("ollama")["keyWords"] == "no key needed"


def test_the_light_of_a_provider_follows_the_board(talking, engine):
    providers = talking.application.providers
    down = a_system("provider:openrouter", "Provider", "The key was refused.", state="down", action="Set another.")
    engine.tell("_multicoder/status", {"systems": [down], "gone": []})
    talking.until(lambda: providers.find("openrouter")["state"] == "down")
    assert providers.find("openrouter")["action"] == "Set another."


def flip(switch):
    """Press a switch."""
    switch.setProperty("checked", not switch.property("checked"))
    switch.toggled.emit()


def test_a_provider_is_switched_off_and_on_again(stage, engine):
    answer = [{**PROVIDERS[0], "enabled": False}, PROVIDERS[1]]
    engine.answers["_multicoder/providers/enable"] = {"providers": answer}
    flip(stage.all("providerUsed")[0])
    stage.until(lambda: stage.application.providers.find("openrouter")["state"] == "off")
    assert engine.params("_multicoder/providers/enable") == [{"id": "openrouter", "enabled": False}]
    assert not stage.all("providerUsed")[0].property("checked")


def test_a_switch_that_the_engine_refuses_goes_back(stage, engine):
    engine.fails["_multicoder/providers/enable"] = {"kind": "x", "what": "The file is locked.", "did": "", "next": ""}
    flip(stage.all("providerUsed")[0])
    stage.until(lambda: stage.shown_in("problem") is not None)
    assert stage.all("providerUsed")[0].property("checked")


def test_a_row_is_moved_by_its_menu(stage, engine):
    engine.answers["_multicoder/providers/order"] = {"providers": list(reversed(PROVIDERS))}
    stage.press("providerMenu")
    entries = {name: stage.find(name) for name in ("moveUp", "moveDown")}
    assert not entries["moveUp"].property("enabled")
    entries["moveDown"].triggered.emit()
    stage.until(lambda: stage.application.providers.all()[0]["id"] == "second")
    assert engine.params("_multicoder/providers/order") == [{"ids": ["second", "openrouter"]}]


def centre(stage, item):
    x, y, width, height = stage.place(item)
    return QPoint(round(x + width / 2), round(y + height / 2))


def drag(stage, grip, to):
    """Press a grip and carry it to a place, without letting go."""
    start = centre(stage, grip)
    QTest.mousePress(stage.root, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 11):
        QTest.mouseMove(stage.root, start + QPoint(0, round((to - start.y()) * step / 10)))
        stage.settle(20)


def test_a_row_is_dragged_to_another_place(stage, engine):
    engine.answers["_multicoder/providers/order"] = {"providers": list(reversed(PROVIDERS))}
    grips = stage.all("providerGrip")
    below = centre(stage, grips[1]).y() + 120
    drag(stage, grips[0], below)
    assert stage.shown_in("dropLine") is not None
    QTest.mouseRelease(stage.root, Qt.MouseButton.LeftButton, pos=QPoint(centre(stage, grips[0]).x(), below))
    stage.until(lambda: engine.params("_multicoder/providers/order") == [{"ids": ["second", "openrouter"]}])
    stage.until(lambda: stage.application.providers.all()[0]["id"] == "second")
    assert stage.shown_in("dropLine") is None


def test_escape_ends_a_drag_with_nothing_moved(stage, engine):
    grips = stage.all("providerGrip")
    below = centre(stage, grips[1]).y() + 120
    drag(stage, grips[0], below)
    QTest.keyClick(stage.root, Qt.Key.Key_Escape)
    QTest.mouseRelease(stage.root, Qt.MouseButton.LeftButton, pos=QPoint(centre(stage, grips[0]).x(), below))
    stage.settle(200)
    assert engine.params("_multicoder/providers/order") == []


def test_a_provider_is_deleted_only_after_a_question_that_names_it(stage, engine):
    engine.answers["_multicoder/providers/remove"] = {"providers": [PROVIDERS[1]]}
    stage.press("providerMenu")
    stage.find("removeProvider").triggered.emit()
    stage.until(lambda: stage.shown("confirmAgree") is not None)
    assert any("OpenRouter" in str(item.property("text")) for item in stage.items() if item.isVisible())
    assert engine.params("_multicoder/providers/remove") == []
    stage.press("confirmAgree")
    stage.until(lambda: stage.application.providers.rowCount() == 1)
    assert engine.params("_multicoder/providers/remove") == [{"id": "openrouter"}]


def test_a_test_shows_that_it_is_under_way_and_then_what_was_seen(talking, engine):
    providers = talking.application.providers
    engine.answers["_multicoder/providers/check"] = LATER
    providers.test("openrouter")
    assert providers.find("openrouter")["state"] == "testing"
    talking.until(lambda: engine.params("_multicoder/providers/check") == [{"id": "openrouter"}])
    engine.reply("_multicoder/providers/check", {"milliseconds": 340, "keys": [GOOD]})
    talking.until(lambda: providers.find("openrouter")["state"] == "ok")
    assert providers.find("openrouter")["evidence"] == "OpenRouter: the key works. Tried in 340 ms."


def test_a_failing_test_is_yellow_even_while_the_board_still_sees_it_well(talking, engine):
    providers = talking.application.providers
    talking.application.board.refresh()
    talking.until(lambda: providers.find("openrouter")["state"] == "ok")
    engine.answers["_multicoder/providers/check"] = {"milliseconds": 12, "keys": [GOOD, {**BAD, "label": "2"}]}
    providers.test("openrouter")
    talking.until(lambda: providers.find("openrouter")["state"] == "degraded")
    assert providers.find("openrouter")["evidence"] == BAD["words"]


# ------------------------------------------------------------------------------------------------------ keys


def keys_of(stage):
    stage.press("showKeys")
    stage.until(lambda: len(stage.all("providerKeyRow")) == 3)


def words(stage, name):
    return [item.property("text") for item in stage.all(name)]


def test_each_key_says_how_it_is(stage):
    keys_of(stage)
    assert words(stage, "keyState") == ["In order", "At its limit for 41 s", "In order"]


def test_a_key_is_added_with_its_limits(stage, engine):
    engine.answers["_multicoder/providers/key"] = {"providers": list(PROVIDERS)}
    keys_of(stage)
    stage.press("addKey")
    assert stage.item("keyLabel").property("text") == "4"
    assert not stage.item("saveKey").property("enabled")
    stage.item("keySecret").setProperty("text", " sk-another-one-0123456789 ")
    stage.item("keyMinute").setProperty("text", "60")
    stage.item("keyParallel").setProperty("text", "2")
    stage.press("saveKey")
    sent = {"id": "openrouter", "label": "4", "enabled": True, "key": "sk-another-one-0123456789"}
    stage.until(lambda: engine.params("_multicoder/providers/key") == [sent | {"perMinute": 60, "parallel": 2}])
    assert stage.item("keySecret").property("text") == ""


def test_a_key_is_replaced_and_only_its_limits_are_changed_when_nothing_is_typed(stage, engine):
    engine.answers["_multicoder/providers/key"] = {"providers": list(PROVIDERS)}
    keys_of(stage)
    stage.all("replaceKey")[1].clicked.emit()
    stage.settle()
    stage.item("keyMinute").setProperty("text", "5")
    stage.press("saveKey")
    stage.until(lambda: len(engine.params("_multicoder/providers/key")) == 1)
    assert engine.params("_multicoder/providers/key") == [
        {"id": "openrouter", "label": "2", "enabled": True, "perMinute": 5, "parallel": 0}
    ]


def test_a_key_is_switched_off_and_deleted_after_a_question(stage, engine):
    engine.answers["_multicoder/providers/key"] = {"providers": list(PROVIDERS)}
    engine.answers["_multicoder/providers/key/remove"] = {
        "providers": [{**PROVIDERS[0], "keys": [a_key(), a_key("3")]}, PROVIDERS[1]]
    }
    keys_of(stage)
    flip(stage.all("keyUsed")[1])
    stage.until(lambda: len(engine.params("_multicoder/providers/key")) == 1)
    assert engine.params("_multicoder/providers/key")[0]["enabled"] is False
    stage.all("deleteKey")[1].clicked.emit()
    stage.until(lambda: stage.shown("confirmAgree") is not None)
    assert engine.params("_multicoder/providers/key/remove") == []
    stage.press("confirmAgree")
    stage.until(lambda: len(stage.all("providerKeyRow")) == 2)
    assert engine.params("_multicoder/providers/key/remove") == [{"id": "openrouter", "label": "2"}]


def test_escape_leads_from_the_keys_back_to_the_list(stage):
    keys_of(stage)
    QTest.keyClick(stage.root, Qt.Key.Key_Escape)
    stage.until(lambda: len(stage.all("providerRow")) == 2)
    assert stage.drawer.property("opened")
