"""Teams: the usual one, the presets at the top of the window, and which models are wished for which role."""

from __future__ import annotations

import pytest

from tests.gui.drawer_stage import MODELS, TEAM, WISHED, Stage, an_engine

SETTINGS = "_multicoder/settings/set"
SET, ROSTER = "_multicoder/team/set", "_multicoder/team/roster"
NAMES = ["own", "thorough", "fast", "cheap", "russian", "demo"]


def kept(params):
    """`team/set` as the engine answers it."""
    return {"roles": [{"role": role, "wished": params["roles"].get(role, [])} for role in TEAM]}


@pytest.fixture
def engine():
    found = an_engine()
    found.environ = {name: value for name, value in found.environ.items() if name != "MULTICODER_TEAM"}
    found.answers[SET] = kept
    yield found
    found.close()


@pytest.fixture
def stage(home, engine):
    found = Stage(home, engine)
    found.show("team")
    found.until(lambda: len(found.all("roleRow")) == len(TEAM))
    yield found
    found.close()
    assert found.warnings == []


def row_of(stage, role):
    return stage.all("roleRow")[TEAM.index(role)]


def inside(stage, item, name):
    return [child for child in stage.items(item) if child.objectName() == name and child.isVisible()]


def entries(stage):
    return [item for item in stage.items() if item.objectName() == "modelEntry"]


def wished(stage, role):
    return stage.application.team.property("roles").find(role)["wished"]


def test_the_header_offers_the_same_teams_as_the_page(stage):
    assert [team["value"] for team in stage.application.team.options] == NAMES
    assert [name for name in NAMES if stage.shown_in(f"usualTeam_{name}")] == NAMES
    stage.shown("modelSelector").clicked.emit()
    stage.settle(200)
    assert [name for name in NAMES if stage.shown(f"team_{name}") or stage.find(f"team_{name}")] == NAMES
    assert all(team["description"] for team in stage.application.team.options)


def test_another_usual_team_holds_for_new_chats_and_asks_who_answers_in_it(stage, engine):
    engine.answers[SETTINGS] = lambda params: {"settings": [{"key": "team", "value": params["value"]}]}
    assert stage.item("usualTeam_own").property("checked")
    stage.press("usualTeam_fast")
    stage.until(lambda: stage.item("usualTeam_fast").property("checked"))
    assert engine.params(SETTINGS) == [{"key": "team", "value": "fast"}]
    stage.until(lambda: engine.params(ROSTER)[-1] == {"team": "fast"})
    assert stage.application.team.current == "fast"
    stage.press("usualTeam_own")
    stage.until(lambda: engine.params(SETTINGS)[-1] == {"key": "team", "value": ""})
    stage.until(lambda: stage.application.team.current == "own")


def test_ones_own_team_can_be_taken_for_a_chat_where_another_is_usual(stage, engine):
    engine.answers[SETTINGS] = {"settings": [{"key": "team", "value": "cheap"}]}
    stage.press("usualTeam_cheap")
    stage.until(lambda: stage.application.team.current == "cheap")
    stage.application.team.choose("own")
    stage.application.conversation.send("Hello", [])
    stage.until(lambda: engine.params("session/new"))
    assert engine.params("session/new")[0]["_meta"]["multicoder"]["team"] == "own"


def test_each_role_says_who_answers_now(stage):
    answers = inside(stage, row_of(stage, "judge"), "roleAnswers")[0]
    assert answers.property("text") == f"Answers now: {MODELS[0]}"


def test_why_nobody_answers_is_told(stage, engine):
    engine.answers[ROSTER] = {"answers": {}, "models": [], "problem": "No provider is set up."}
    stage.application.team.property("roles").load("own")
    stage.until(lambda: stage.shown_in("teamProblem") is not None)
    assert stage.item("teamProblem").property("text") == "No provider is set up."


def test_wishes_are_put_in_another_order_and_taken_back(stage, engine):
    coder = row_of(stage, "coder")
    assert len(inside(stage, coder, "wishRow")) == 2
    first, second = WISHED["coder"]
    assert not inside(stage, coder, "wishUp")[0].property("enabled")
    inside(stage, coder, "wishUp")[1].clicked.emit()
    stage.until(lambda: wished(stage, "coder") == [second, first])
    inside(stage, row_of(stage, "coder"), "wishNoMore")[0].clicked.emit()
    stage.until(lambda: wished(stage, "coder") == [first])
    assert engine.params(SET)[-1]["roles"]["coder"] == [first]
    assert set(engine.params(SET)[-1]["roles"]) == set(TEAM)


def test_models_on_offer_are_chosen_for_a_role(stage, engine):
    inside(stage, row_of(stage, "judge"), "wishModels")[0].clicked.emit()
    stage.until(lambda: stage.shown("modelsDone") is not None)
    stage.until(lambda: len(entries(stage)) == 4)
    assert [entry.property("text") for entry in entries(stage)] == ["openrouter", MODELS[0], "second", MODELS[1]]
    entries(stage)[3].clicked.emit()
    stage.until(lambda: wished(stage, "judge") == [MODELS[1]])
    assert engine.params(SET)[-1]["roles"]["judge"] == [MODELS[1]]


def test_the_lists_of_providers_are_fetched_to_choose_from(stage, engine):
    result = {"label": "", "state": "valid", "words": "Works.", "models": ["gamma/three"]}
    engine.answers["_multicoder/providers/check"] = {"milliseconds": 5, "keys": [result]}
    inside(stage, row_of(stage, "judge"), "wishModels")[0].clicked.emit()
    stage.until(lambda: stage.shown("modelsDone") is not None)
    stage.press("modelsFetch")
    found = "openrouter:gamma/three"
    stage.until(lambda: found in [entry.property("text") for entry in entries(stage)])
    assert engine.params("_multicoder/providers/check") == [{"id": "openrouter"}]
