from __future__ import annotations

import pytest

from tests.gui.drawer_stage import Background, Stage, a_system, an_engine
from tests.gui.scripted_engine import LATER

SECRET = "sk-very-secret-1234567890"


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


def fill(stage, url="https://api.groq.example/openai/v1", key=SECRET, models="a, b"):
    stage.press("addProvider")
    stage.item("providerUrl").setProperty("text", url)
    stage.item("providerName").setProperty("text", "groq")
    stage.item("providerKey").setProperty("text", key)
    stage.item("providerModels").setProperty("text", models)


def test_providers_stand_in_their_order_with_state_and_figures(talking):
    providers = talking.application.providers
    talking.application.board.refresh()
    talking.until(lambda: providers.find("openrouter")["state"] == "ok")
    row = providers.find("openrouter")
    assert (row["host"], row["models"], row["success"]) == ("openrouter.example", ["alpha/one"], "100 %")
    assert row["latency"].endswith(" ms")
    assert [item["id"] for item in providers.all()] == ["openrouter", "second"]
    assert providers.find("second")["state"] == "off"


def test_the_light_of_a_provider_follows_the_board(talking, engine):
    providers = talking.application.providers
    down = a_system("provider:openrouter", "Provider", "The key was refused.", state="down", action="Set another.")
    engine.tell("_multicoder/status", {"systems": [down], "gone": []})
    talking.until(lambda: providers.find("openrouter")["state"] == "down")
    assert providers.find("openrouter")["action"] == "Set another."


def test_adding_sends_the_key_once_and_then_tests_it(stage, engine):
    fill(stage)
    stage.press("saveProvider")
    stage.until(lambda: stage.shown_in("providerForm") is None)
    assert engine.params("providers/set") == [
        {
            "providerId": "groq",
            "apiType": "openai",
            "baseUrl": "https://api.groq.example/openai/v1",
            "headers": {"Authorization": f"Bearer {SECRET}"},
            "_meta": {"multicoder": {"models": ["a", "b"]}},
        }
    ]
    stage.until(lambda: {"probe": True, "system": "provider:groq"} in engine.params("_multicoder/status"))


def test_a_key_is_hidden_while_typed_and_stays_nowhere_in_the_window(stage, engine):
    fill(stage)
    key = stage.item("providerKey")
    field = next(item for item in stage.items(key) if item.inherits("QQuickTextField"))
    assert field.property("text") == SECRET
    assert SECRET[3] not in field.property("displayText")
    stage.press("saveProvider")
    stage.until(lambda: stage.shown_in("providerForm") is None)
    assert key.property("text") == ""
    texts = [item.property("text") for item in stage.items()]
    assert not [text for text in texts if text and SECRET in str(text)]
    stage.press("editProvider")
    assert stage.item("providerKey").property("text") == ""


def test_what_the_engine_refuses_is_told_and_the_form_stays(stage, engine):
    words = {"kind": "bad-url", "what": "This address cannot be used.", "did": "", "next": "Use https."}
    engine.fails["providers/set"] = words
    fill(stage, url="http://plain.example/v1")
    stage.press("saveProvider")
    stage.until(lambda: stage.shown_in("problem") is not None)
    assert stage.shown_in("providerForm") is not None
    assert stage.item("providerUrl").property("text") == "http://plain.example/v1"
    assert stage.item("providerKey").property("text") == ""


def test_without_name_or_address_nothing_is_sent(talking, engine):
    providers = talking.application.providers
    providers.add(" ", "https://x.example/v1", "", "")
    providers.add("x", "", "", "")
    talking.settle(100)
    assert engine.params("providers/set") == []
    assert providers.asking.problem != ""


def test_without_a_key_none_is_sent_and_the_kept_one_stays(talking, engine):
    talking.application.providers.add("openrouter", "https://openrouter.example/api/v1/", "", "x")
    talking.until(lambda: len(engine.params("providers/set")) == 1)
    sent = engine.params("providers/set")[0]
    assert (sent["headers"], sent["baseUrl"]) == ({}, "https://openrouter.example/api/v1")


def test_a_provider_is_switched_off_and_on_again(talking, engine):
    providers = talking.application.providers
    providers.disable("openrouter")
    talking.until(lambda: engine.params("providers/disable") == [{"providerId": "openrouter"}])
    assert providers.knows("openrouter")
    providers.enable("openrouter")
    talking.until(lambda: len(engine.params("providers/set")) == 1)
    sent = engine.params("providers/set")[0]
    assert (sent["baseUrl"], sent["_meta"]["multicoder"]["models"]) == (
        "https://openrouter.example/api/v1",
        ["alpha/one"],
    )


def test_switching_on_one_whose_address_is_not_known_asks_for_it(stage, engine):
    row = next(item for item in stage.all("providerRow") if not item.property("model").property("enabled"))
    toggle = next(item for item in stage.items(row) if item.objectName() == "providerUsed")
    toggle.setProperty("checked", not row.property("model").property("enabled"))
    toggle.toggled.emit()
    stage.until(lambda: stage.shown_in("providerForm") is not None)
    assert stage.item("providerName").property("text") == "second"
    assert engine.params("providers/set") == []
    assert not toggle.property("checked")


def test_a_test_shows_that_it_is_under_way_and_then_what_was_seen(talking, engine):
    providers = talking.application.providers
    engine.answers["_multicoder/status"] = LATER
    providers.test("openrouter")
    assert providers.find("openrouter")["state"] == "testing"
    talking.until(lambda: {"probe": True, "system": "provider:openrouter"} in engine.params("_multicoder/status"))
    seen = {"systems": [a_system("provider:openrouter", "P", "The key works.")]}

    def told():
        for _ in range(engine.asked("_multicoder/status")):
            engine.reply("_multicoder/status", seen)
        return providers.find("openrouter")["state"] != "testing"

    talking.until(told)
    assert (providers.find("openrouter")["state"], providers.find("openrouter")["evidence"]) == ("ok", "The key works.")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.groq.com/openai/v1", "groq"),
        ("https://openrouter.ai/api/v1", "openrouter"),
        ("http://127.0.0.1:8080/v1", "127"),
        ("nothing", ""),
    ],
)
def test_a_short_name_is_suggested_from_the_address(talking, url, name):
    assert talking.application.providers.nameFor(url) == name
