"""Adding a provider: what there is to choose from, the form with its test, and the sign-in in a browser."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.desktop import opening
from tests.gui.conftest import Window
from tests.gui.drawer_stage import PROVIDERS, Stage, a_provider, an_engine
from tests.gui.scripted_engine import LATER

SECRET = "sk-very-secret-1234567890"
CHECK = "_multicoder/providers/check"
SAVE = "_multicoder/providers/save"
ELSEWHERE = "https://kimi.cn.example/v1"


def a_result(state="valid", **facts):
    words = "Moonshot (Kimi): the key works." if state == "valid" else "Moonshot (Kimi): the key was not accepted."
    result = {"label": "", "state": state, "words": words, "detail": "", "models": [], "retiring": {}, "baseUrl": ""}
    return {"milliseconds": 340, "keys": [result | facts]}


@pytest.fixture
def engine():
    found = an_engine()
    found.answers[SAVE] = {"providers": [*PROVIDERS, a_provider("moonshot", ELSEWHERE, name="Moonshot (Kimi)")]}
    yield found
    found.close()


@pytest.fixture
def stage(home, engine):
    found = Stage(home, engine)
    found.show("providers")
    found.until(lambda: len(found.all("providerRow")) == 2)
    found.press("addProvider")
    yield found
    found.close()
    assert found.warnings == []


def fill(stage, **fields):
    for name, text in fields.items():
        item = stage.item(name)
        assert item is not None, name
        item.setProperty("text", text)
    stage.settle()


def shown_texts(stage):
    return [str(item.property("text")) for item in stage.items(stage.drawer) if item.isVisible()]


# ------------------------------------------------------------------------------------------------------ choosing


def titles(stage):
    return [row["title"] for row in stage.application.providers.property("presets").all()]


def test_known_providers_stand_by_group_and_any_other_address_last(stage):
    rows = stage.application.providers.property("presets").all()
    headings = [row["heading"] for row in rows if row["heading"]]
    groups = ["Routers", "Makers of models", "Russian providers", "On your own computers", "Web chats", "Custom"]
    assert headings == groups
    assert (rows[-1]["kind"], rows[-2]["about"].partition(":")[0]) == ("custom", "Fragile")
    assert "Phind" not in titles(stage)


@pytest.mark.parametrize(("words", "found"), [("kimi", ["Moonshot (Kimi)"]), ("giga.ex", ["GigaChat"]), ("zzz", [])])
def test_a_part_of_a_name_or_address_finds_a_provider(stage, words, found):
    fill(stage, presetSearch=words)
    assert titles(stage) == [*found, "Another address"]


def test_what_is_gone_is_found_with_its_day_and_what_does_its_job_and_cannot_be_chosen(stage):
    fill(stage, presetSearch="phind")
    row = stage.item("preset_phind")
    assert row.property("text") == "Phind"
    assert not row.property("enabled")
    about = next(text for text in shown_texts(stage) if text.startswith("Closed on"))
    assert about.endswith("Instead: DeepSeek")
    assert "2026" in about or "26" in about


def test_the_arrow_keys_walk_from_the_search_through_the_list(stage):
    fill(stage, presetSearch="ee")
    QTest.keyClick(stage.root, Qt.Key.Key_Down)
    assert stage.root.activeFocusItem().objectName() == "preset_deepseek"
    QTest.keyClick(stage.root, Qt.Key.Key_Return)
    stage.until(lambda: stage.shown_in("providerForm") is not None)
    assert stage.item("providerName").property("text") == "DeepSeek"


# ------------------------------------------------------------------------------------------------------ the form


def test_a_preset_is_saved_with_its_key_and_the_key_stays_nowhere_in_the_window(stage, engine):
    stage.press("preset_moonshot")
    fill(stage, providerKey=SECRET)
    field = next(item for item in stage.items(stage.item("providerKey")) if item.inherits("QQuickTextField"))
    assert SECRET[3] not in field.property("displayText")
    stage.press("saveProvider")
    stage.until(lambda: stage.application.providers.rowCount() == 3)
    [sent] = engine.params(SAVE)
    assert (sent["id"], sent["preset"], sent["key"], sent["group"]) == ("moonshot", "moonshot", SECRET, "maker")
    assert (sent["baseUrl"], sent["models"], sent["headers"]) == ("https://kimi.example/v1", [], {})
    texts = [item.property("text") for item in stage.items()]
    assert not [text for text in texts if text and SECRET in str(text)]
    stage.all("editProvider")[0].clicked.emit()
    stage.settle()
    assert stage.item("providerKey").property("text") == ""


def test_a_kept_key_is_shown_by_its_ends_only(stage):
    stage.press("goBack")
    stage.all("editProvider")[0].clicked.emit()
    stage.settle()
    assert "sk-…cdef" in stage.item("keyHint").property("text")
    assert stage.item("providerModels").property("text") == "alpha/one"


def test_the_eye_shows_what_is_typed_and_forgets_that_it_did(stage):
    stage.press("preset_moonshot")
    fill(stage, providerKey=SECRET)
    stage.press("reveal")
    field = next(item for item in stage.items(stage.item("providerKey")) if item.inherits("QQuickTextField"))
    assert field.property("displayText") == SECRET
    stage.press("cancelProvider")
    stage.press("addProvider")
    stage.press("preset_moonshot")
    fill(stage, providerKey=SECRET)
    field = next(item for item in stage.items(stage.item("providerKey")) if item.inherits("QQuickTextField"))
    assert SECRET[3] not in field.property("displayText")


def test_what_is_typed_is_tried_before_it_is_saved(stage, engine):
    found = a_result(models=["kimi-k2", "kimi-old"], remainingUsd=4.5, retiring={"kimi-old": "2026-12-31"})
    engine.answers[CHECK] = found
    stage.press("preset_moonshot")
    fill(stage, providerKey=SECRET)
    stage.press("testForm")
    stage.until(lambda: stage.shown_in("testResult") is not None)
    [sent] = engine.params(CHECK)
    assert (sent["id"], sent["key"]) == ("moonshot", SECRET)
    assert engine.params(SAVE) == []
    told = stage.item("testResult").property("text").splitlines()
    assert told[:2] == ["Moonshot (Kimi): the key works.", "340 ms"]
    assert told[3].startswith("4")
    assert told[3].endswith("$ left")
    assert told[4].startswith("kimi-old ends on ")
    assert stage.item("testResult").property("kind") == "plain"


def test_a_failing_test_is_no_hindrance_and_the_saved_row_is_marked_yellow(stage, engine):
    engine.answers[CHECK] = a_result("bad_key")
    stage.press("preset_moonshot")
    fill(stage, providerKey=SECRET)
    stage.press("testForm")
    stage.until(lambda: stage.shown_in("testResult") is not None)
    assert stage.item("testResult").property("kind") == "warning"
    stage.press("saveProvider")
    providers = stage.application.providers
    stage.until(lambda: providers.find("moonshot") is not None)
    assert providers.find("moonshot")["state"] == "degraded"
    assert providers.find("moonshot")["evidence"] == "Moonshot (Kimi): the key was not accepted."


def test_a_test_of_other_values_says_nothing_of_what_is_saved(stage, engine):
    engine.answers[CHECK] = a_result("bad_key")
    stage.press("preset_moonshot")
    fill(stage, providerKey="sk-wrong-0123456789")
    stage.press("testForm")
    stage.until(lambda: stage.shown_in("testResult") is not None)
    fill(stage, providerKey=SECRET)
    stage.press("saveProvider")
    stage.until(lambda: stage.application.providers.find("moonshot") is not None)
    assert stage.application.providers.find("moonshot")["state"] == "unknown"


def test_a_key_of_another_region_offers_its_address(stage, engine):
    engine.answers[CHECK] = a_result(baseUrl=ELSEWHERE)
    stage.press("preset_moonshot")
    fill(stage, providerKey=SECRET)
    stage.press("testForm")
    stage.until(lambda: stage.shown_in("useAddress") is not None)
    assert "kimi.cn.example" in stage.item("useAddress").property("text")
    engine.answers[CHECK] = a_result()
    stage.press("useAddress")
    stage.until(lambda: len(engine.params(CHECK)) == 2)
    assert engine.params(CHECK)[1]["baseUrl"] == ELSEWHERE
    assert stage.item("providerHost").property("text") == "China"


def test_models_are_fetched_and_chosen(stage, engine):
    engine.answers[CHECK] = a_result(models=["kimi-k2", "kimi-thinking", "moon-1"])
    stage.press("preset_moonshot")
    stage.press("fetchModels")
    stage.until(lambda: stage.find("modelsDialog").property("opened"))
    search = stage.shown("modelSearch")
    search.setProperty("text", "KIMI")
    stage.until(lambda: sum(item.objectName() == "modelEntry" for item in stage.items()) == 2)
    QTest.keyClick(stage.root, Qt.Key.Key_Down)
    QTest.keyClick(stage.root, Qt.Key.Key_Down)
    QTest.keyClick(stage.root, Qt.Key.Key_Space)
    stage.settle()
    assert stage.item("providerModels").property("text") == "kimi-thinking"
    QTest.keyClick(stage.root, Qt.Key.Key_Space)
    stage.settle()
    assert stage.item("providerModels").property("text") == ""


def test_a_scope_is_a_choice_and_a_folder_is_typed(stage, engine):
    stage.press("preset_gigachat")
    scope = stage.shown_in("providerScope")
    assert scope.property("text") == "For persons (GIGACHAT_API_PERS)"
    scope.chosen.emit("GIGACHAT_API_CORP")
    stage.press("saveProvider")
    stage.until(lambda: len(engine.params(SAVE)) == 1)
    assert engine.params(SAVE)[0]["account"] == "GIGACHAT_API_CORP"
    stage.until(lambda: stage.shown_in("addProvider") is not None)
    stage.press("addProvider")
    stage.press("preset_yandex")
    fill(stage, providerAccount="b1gfolder")
    stage.press("saveProvider")
    stage.until(lambda: len(engine.params(SAVE)) == 2)
    assert engine.params(SAVE)[1]["account"] == "b1gfolder"


def test_everything_under_more_is_read(stage, engine):
    stage.press("preset_")
    fill(stage, providerUrl="https://api.groq.example/openai/v1/", providerModels="a, b")
    stage.press("providerMore")
    fill(stage, providerGroup="Work", providerProxy="http://127.0.0.1:8080", providerHeaders="X-Title: MultiCoder\n")
    fill(stage, providerPrices="* 0.5 1,5\nbig 3 15")
    stage.press("saveProvider")
    stage.until(lambda: len(engine.params(SAVE)) == 1)
    sent = engine.params(SAVE)[0]
    assert (sent["id"], sent["baseUrl"], sent["models"]) == ("groq", "https://api.groq.example/openai/v1", ["a", "b"])
    assert (sent["group"], sent["proxy"], sent["headers"]) == (
        "Work",
        "http://127.0.0.1:8080",
        {"X-Title": "MultiCoder"},
    )
    assert sent["prices"] == {"*": [0.5, 1.5], "big": [3.0, 15.0]}
    assert "preset" not in sent
    assert "key" not in sent


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("providerHeaders", "no colon", "Each header"), ("providerPrices", "* 1", "Each price")],
)
def test_what_cannot_be_read_is_told_and_nothing_is_sent(stage, engine, field, text, words):
    stage.press("preset_moonshot")
    stage.press("providerMore")
    fill(stage, **{field: text})
    stage.press("saveProvider")
    stage.until(lambda: stage.shown_in("problem") is not None)
    assert any(told.startswith(words) for told in shown_texts(stage))
    assert engine.params(SAVE) == []


def test_a_second_one_of_a_preset_gets_a_name_of_its_own(stage, engine):
    stage.press("preset_openrouter")
    stage.press("saveProvider")
    stage.until(lambda: len(engine.params(SAVE)) == 1)
    assert (engine.params(SAVE)[0]["id"], engine.params(SAVE)[0]["preset"]) == ("openrouter-2", "openrouter")


def test_what_the_engine_refuses_is_told_and_the_form_stays_as_it_is(stage, engine):
    engine.fails[SAVE] = {"kind": "bad-url", "what": "This address cannot be used.", "did": "", "next": "Use https."}
    stage.press("preset_")
    fill(stage, providerUrl="http://plain.example/v1", providerKey=SECRET)
    stage.press("saveProvider")
    stage.until(lambda: stage.shown_in("problem") is not None)
    assert stage.item("providerUrl").property("text") == "http://plain.example/v1"
    assert stage.item("saveProvider").property("enabled")


def test_the_page_that_makes_keys_is_opened_only_after_the_question(stage):
    stage.press("preset_moonshot")
    stage.press("getKey")
    dialog = stage.find("linkDialog")
    stage.until(lambda: dialog.property("opened"))
    assert dialog.property("address") == "https://moonshot.example/keys"


# ------------------------------------------------------------------------------------------------------ signing in

PAGE = "https://openrouter.example/auth?callback_url=x"
BEGIN, WAIT, CANCEL = (f"_multicoder/providers/sign_in{part}" for part in ("", "/wait", "/cancel"))


@pytest.fixture
def pages(monkeypatch):
    """Pages the browser was sent to."""
    found = []
    monkeypatch.setattr(opening, "open_page", lambda url: found.append(url.toString()) or True)
    return found


@pytest.fixture
def signing(stage, engine, pages):
    engine.answers |= {BEGIN: {"id": "openrouter", "address": PAGE}, WAIT: LATER, CHECK: a_result()}
    stage.press("signIn")
    stage.until(lambda: pages == [PAGE] and engine.params(WAIT) == [{}])
    return stage


def test_one_click_sends_to_the_browser_and_the_key_comes_by_itself(signing, engine, pages):
    assert engine.params(BEGIN) == [{"preset": "openrouter"}]
    assert signing.shown_in("signInWaits") is not None
    signing.press("signInAgain")
    assert pages == [PAGE, PAGE]
    engine.reply(WAIT, {"providers": [PROVIDERS[0]]})
    signing.until(lambda: signing.application.providers.rowCount() == 1)
    signing.until(lambda: engine.params(CHECK) == [{"id": "openrouter"}])
    assert signing.shown_in("signInWaits") is None


def test_a_sign_in_is_given_up(signing, engine):
    signing.press("signInCancel")
    signing.until(lambda: engine.params(CANCEL) == [{}])
    assert signing.shown_in("signIn") is not None
    assert signing.application.providers.property("signIn").property("problem") == ""


def test_a_sign_in_that_comes_to_nothing_says_why(signing, engine):
    late = {"kind": "sign-in-late", "what": "Nobody agreed in time.", "did": "", "next": "Try again."}
    engine.fails[WAIT] = late
    signing.press("signInCancel")
    signing.press("signIn")
    signing.until(lambda: signing.shown_in("signInFailed") is not None)
    assert signing.item("signInFailed").property("text") == "Nobody agreed in time. Try again."
    assert signing.shown_in("signIn") is not None


def test_the_first_start_offers_the_sign_in_first_and_is_over_once_it_brought_a_key(home, engine, pages):
    engine.answers |= {BEGIN: {"id": "openrouter", "address": PAGE}, WAIT: LATER, CHECK: a_result()}
    window = Window(home, command=engine.command, environ=engine.environ, first_start=True)
    try:
        window.until(lambda: window.application.link.state == "ready" and window.shown("signIn") is not None)
        heights = [window.place(window.shown(name))[1] for name in ("signIn", "welcomeProvider", "welcomeDemo")]
        assert heights == sorted(heights)
        window.shown("signIn").clicked.emit()
        window.until(lambda: pages == [PAGE] and engine.params(WAIT) == [{}])
        engine.reply(WAIT, {"providers": [PROVIDERS[0]]})
        window.until(lambda: not window.find("welcome").property("visible"))
        assert window.application.team.current == "own"
        assert window.application.preferences.value("welcomed") is True
        assert engine.params(CANCEL) == []
    finally:
        window.close()
    assert window.warnings == []


def test_looking_round_first_gives_a_sign_in_up(home, engine, pages):
    engine.answers |= {BEGIN: {"id": "openrouter", "address": PAGE}, WAIT: LATER}
    window = Window(home, command=engine.command, environ=engine.environ, first_start=True)
    try:
        window.until(lambda: window.application.link.state == "ready" and window.shown("signIn") is not None)
        window.shown("signIn").clicked.emit()
        window.until(lambda: engine.params(WAIT) == [{}])
        window.shown("welcomeLater").clicked.emit()
        window.until(lambda: engine.params(CANCEL) == [{}])
    finally:
        window.close()
