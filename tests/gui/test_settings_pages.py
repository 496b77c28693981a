from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.drawer_stage import Background, Stage, a_download, a_setting, an_engine, an_event
from tests.gui.scripted_engine import LATER


@pytest.fixture
def engine():
    found = an_engine()
    yield found
    found.close()


@pytest.fixture
def talking(home, engine):
    found = Background(home, engine)
    yield found
    found.close()


@pytest.fixture
def stage(home, engine):
    found = Stage(home, engine)
    yield found
    found.close()
    assert found.warnings == []


def known(window):
    settings = window.application.engineSettings
    window.until(lambda: settings.loaded)
    return settings


# ------------------------------------------------------------------------------------------ the engine's settings


def test_every_setting_of_the_engine_stands_on_a_page(stage):
    settings = known(stage)
    shown = set()
    for tab in ("general", "team", "memory", "artifacts", "privacy", "reports", "about"):
        stage.show(tab)
        stage.settle()
        shown |= {row["key"] for row in settings.all() if stage.shown_in(f"setting_{row['key']}")}
        shown |= {"team"} if stage.shown_in("usualTeam_own") else set()
    assert shown == {row["key"] for row in settings.all()}


def test_a_setting_is_changed_by_the_engine_and_shown_as_it_says(talking, engine):
    settings = known(talking)
    settings.change_to("budget_usd", "7,5")
    talking.until(lambda: settings.value("budget_usd") == "7.5")
    assert engine.params("_multicoder/settings/set") == [{"key": "budget_usd", "value": "7.5"}]


def test_what_is_already_so_is_not_asked_for(talking, engine):
    settings = known(talking)
    settings.change_to("budget_usd", "5")
    settings.change_to("budget_calls", "400")
    settings.change_to("paranoid", "watch")
    settings.change_to("nobody-knows", "1")
    talking.settle(100)
    assert engine.params("_multicoder/settings/set") == []


def test_a_value_the_engine_refuses_is_told_in_words_and_the_old_one_shown_again(stage, engine):
    known(stage)
    engine.fails["_multicoder/settings/set"] = {
        "kind": "bad-setting",
        "what": "Too much.",
        "did": "",
        "next": "1 ... 32",
    }
    stage.show("team")
    row = stage.item("setting_concurrency")
    field = next(item for item in stage.items(row) if item.inherits("QQuickTextField"))
    field.forceActiveFocus()
    field.setProperty("text", "99")
    stage.item("drawerClose").forceActiveFocus()
    stage.until(lambda: stage.application.engineSettings.asking.problem == "Too much. 1 ... 32")
    stage.until(lambda: field.property("text") == "12")
    assert stage.shown_in("problem") is not None


def capabilities(engine):
    return engine.params("initialize")[-1]["clientCapabilities"]["_meta"]["multicoder"]


def test_another_language_is_spoken_at_once(stage):
    settings = known(stage)
    stage.show("general")
    assert stage.application.language == "en"
    settings.change_to("language", "ru")
    stage.until(lambda: stage.application.language == "ru")
    stage.until(lambda: [asked["key"] for asked in stage.scripted.params("_multicoder/settings/set")] == ["language"])
    stage.until(lambda: capabilities(stage.scripted)["locale"] == "ru")
    settings.change_to("language", "en")
    stage.until(lambda: stage.application.language == "en")


def test_the_window_is_changed_at_once(stage):
    preferences = stage.application.preferences
    stage.show("general")
    stage.press("zoomMore")
    stage.press("zoomMore")
    assert preferences.zoom == 120
    assert stage.item("drawerPanel").width() == 480 * 1.2
    stage.press("zoomReset")
    for name in ("reduceMotion", "highContrast"):
        before = getattr(preferences, name)
        stage.item(name).setProperty("checked", not before)
        stage.item(name).toggled.emit()
        assert getattr(preferences, name) != before


# ------------------------------------------------------------------------------------------ reports


def test_a_report_is_ordered_followed_and_then_listed(talking, engine, tmp_path):
    reports = talking.application.reports
    file = tmp_path / "r.pdf"
    task = {"task": "t-5", "kind": "report", "title": "r.pdf", "state": "running", "created": 1.0, "changed": 1.0}
    engine.answers["_multicoder/reports/write"] = {"task": task}
    written = []
    reports.written.connect(written.append)
    reports.write(str(file), "pdf", {"period": "week", "risk": "low", "types": [], "project": "", "overwrite": True})
    talking.until(lambda: reports.writing)
    asked = engine.params("_multicoder/reports/write")[0]
    assert {name: asked[name] for name in ("path", "format", "risk", "overwrite")} == {
        "path": str(file),
        "format": "pdf",
        "risk": "low",
        "overwrite": True,
    }
    assert "since" in asked
    assert "types" not in asked
    assert "project" not in asked
    engine.tell("_multicoder/tasks", {"tasks": [task]})
    talking.until(lambda: talking.application.tasks.find("t-5") is not None)
    file.write_bytes(b"%PDF")
    engine.answers["_multicoder/journal/search"] = {
        "rows": [an_event(1, "FILE", "report.written", path=str(file), format="pdf")]
    }
    ended = task | {"state": "done", "result": {"path": str(file)}}
    engine.tell("_multicoder/tasks", {"tasks": [ended]})
    talking.until(lambda: written == [str(file)])
    talking.until(lambda: reports.rowCount() == 1)
    assert (reports.get(0)["name"], reports.get(0)["missing"], reports.writing) == ("r.pdf", False, False)


def test_a_report_that_is_written_before_its_order_was_answered_is_not_waited_for(talking, engine):
    reports = talking.application.reports
    task = {"task": "t-8", "kind": "report", "title": "r", "state": "waiting", "created": 1.0, "changed": 1.0}
    engine.answers["_multicoder/reports/write"] = LATER
    written = []
    reports.written.connect(written.append)
    reports.write("/nowhere/r.txt", "txt", {})
    talking.until(lambda: len(engine.params("_multicoder/reports/write")) == 1)
    engine.tell("_multicoder/tasks", {"tasks": [task | {"state": "done", "result": {"path": "/nowhere/r.txt"}}]})
    talking.until(lambda: talking.application.tasks.find("t-8") is not None)
    engine.reply("_multicoder/reports/write", {"task": task})
    talking.until(lambda: written == ["/nowhere/r.txt"])
    assert not reports.writing


def test_a_report_that_fails_is_told(talking, engine):
    reports = talking.application.reports
    task = {"task": "t-6", "kind": "report", "title": "r", "state": "running", "created": 1.0, "changed": 1.0}
    engine.answers["_multicoder/reports/write"] = {"task": task}
    reports.write("/nowhere/r.pdf", "pdf", {})
    talking.until(lambda: reports.writing)
    engine.tell("_multicoder/tasks", {"tasks": [task]})
    engine.tell("_multicoder/tasks", {"tasks": [task | {"state": "failed", "note": "No room."}]})
    talking.until(lambda: reports.asking.problem == "The report was not written. No room.")


def test_a_suggested_place_is_free(talking):
    suggested = Path(talking.application.reports.suggested("csv"))
    assert suggested.suffix == ".csv"
    assert not suggested.exists()
    assert suggested.parent.is_dir()


# ------------------------------------------------------------------------------------------ library, consents, about


def test_the_library_lists_deliveries_and_says_which_are_gone(talking, engine, tmp_path):
    there = tmp_path / "here.exe"
    there.write_bytes(b"x")
    rows = [
        an_event(2, "FILE", "artifact.delivered", artifact=str(there), sha256="ab", version=1),
        an_event(1, "FILE", "artifact.delivered", artifact=str(tmp_path / "gone.exe"), sha256="cd", version=1),
    ]
    engine.answers["_multicoder/journal/search"] = {"rows": rows}
    artifacts = talking.application.artifacts
    artifacts.load()
    talking.until(lambda: artifacts.rowCount() == 2)
    assert [(row["name"], row["missing"]) for row in artifacts.all()] == [("here.exe", False), ("gone.exe", True)]


def test_the_library_is_read_again_when_a_run_ends(talking, engine):
    def asked():
        return [one for one in engine.params("_multicoder/journal/search") if one["names"] == ["artifact.delivered"]]

    talking.until(lambda: len(asked()) == 1)
    task = {"task": "t-7", "kind": "run", "title": "r", "state": "running", "created": 1.0, "changed": 1.0}
    engine.tell("_multicoder/tasks", {"tasks": [task]})
    engine.tell("_multicoder/tasks", {"tasks": [task | {"state": "done"}]})
    talking.until(lambda: len(asked()) == 2)


def test_downloads_are_listed_and_taken_back_with_a_reason(stage, engine):
    commit = "0123456789abcdef" * 2
    one = {
        "consent": "k-1",
        "address": "code.example/sea/t\u202eides",
        "commit": commit,
        "decision": "allow",
        "at": 1.7e9,
    }
    other = {"consent": "k-2", "address": "code.example/a/b", "commit": commit, "decision": "refuse", "at": 1.7e9}
    engine.answers["_multicoder/consents/list"] = {"consents": [one | {"taken": 1.7e9}, other], "total": 2}
    downloads = stage.application.downloads
    stage.show("privacy")
    stage.until(lambda: downloads.rowCount() == 2)
    allowed, refused = downloads.all()
    assert "\u202e" not in allowed["title"]
    assert all(part in allowed["about"] for part in ("Allowed", "commit 0123456789ab", "downloaded"))
    assert "Refused" in refused["about"]
    assert (allowed["revocable"], refused["revocable"]) == (True, False)
    engine.answers["_multicoder/consents/revoke"] = {"consent": one | {"revoked": 1.8e9}}
    engine.answers["_multicoder/consents/list"] = {"consents": [one | {"revoked": 1.8e9}, other], "total": 2}
    stage.press("revokeButton")
    stage.until(lambda: stage.shown("reasonSend") is not None)
    stage.settle(400)
    stage.shown("reasonField").setProperty("text", "no longer wanted")
    stage.press("reasonSend")
    stage.until(lambda: "Taken back" in downloads.all()[0]["about"])
    assert engine.params("_multicoder/consents/revoke") == [{"consent": "k-1", "reason": "no longer wanted"}]
    assert not downloads.all()[0]["revocable"]


def test_downloads_are_listed_a_page_at_a_time_and_what_is_left_out_is_said(stage, engine):
    rows = [a_download(number, address=f"c\u043ede.example/a/b{number}") for number in range(1, 31)]
    engine.answers["_multicoder/consents/list"] = {"consents": rows, "total": 1_234}
    downloads = stage.application.downloads
    downloads.load()
    stage.show("privacy")
    stage.until(lambda: downloads.property("total") == 1_234)
    assert (downloads.rowCount(), downloads.property("known")) == (20, 30)
    assert stage.shown_in("downloadsShown").property("text") == "20 of 1234"
    assert stage.shown_in("downloadsLeft") is None
    stage.press("moreDownloads")
    assert downloads.rowCount() == 30
    assert downloads.all()[0]["title"] == "xn--cde-sed.example/a/b1"
    assert stage.shown_in("moreDownloads") is None
    left = stage.shown_in("downloadsLeft").property("text")
    assert left == "These are the newest 30 of 1234. The event log knows the others."
    assert downloads.decisionOf("r-1", rows[3]["address"], rows[3]["commit"]) == "allow"
    assert downloads.decisionOf("r-2", rows[3]["address"], rows[3]["commit"]) == ""


def test_a_list_of_decisions_that_is_cut_says_so(stage, engine):
    stage.show("privacy")
    assert stage.shown_in("decisionsLeft") is None
    rows = [an_event(seq, "AUDIT", "decision.taken", kind="plan", decision="approve") for seq in range(300, 0, -1)]
    engine.answers["_multicoder/journal/search"] = {"rows": rows}
    stage.application.consents.load()
    stage.until(lambda: stage.application.consents.rowCount() == 300)
    stage.item("consentList").setProperty("contentY", 100_000)
    stage.until(lambda: stage.shown_in("decisionsLeft") is not None)
    assert "300" in stage.shown_in("decisionsLeft").property("text")


def test_decisions_are_listed_in_words(talking, engine):
    decided = {"kind": "download", "target": "x.zip", "decision": "refuse", "reason": "no need", "via": "acp:window"}
    rows = [
        an_event(3, "AUDIT", "action.decided", **decided),
        an_event(2, "AUDIT", "decision.taken", kind="plan", decision="approve", via="terminal", digest="d"),
        an_event(1, "AUDIT", "setting.changed", key="team", value="demo", by="acp:window"),
        an_event(0, "AUDIT", "decision.taken", kind="web", decision="allow", via="terminal", digest="d"),
    ]
    engine.answers["_multicoder/journal/search"] = {"rows": rows}
    consents = talking.application.consents
    consents.load()
    talking.until(lambda: consents.rowCount() == 4)
    assert [(row["title"], row["decision"], row["about"], row["allowed"]) for row in consents.all()] == [
        ("Dangerous action", "Refused", "Download: x.zip - no need", False),
        ("Card", "Approved", "the plan", True),
        ("Setting", "Changed", "team = demo", False),
        ("Card", "Allowed for the run", "a search on the internet", True),
    ]


def test_about_tells_of_the_engine_and_what_was_put_right_and_stops_it_when_confirmed(stage, engine):
    stage.show("about")
    stage.until(lambda: stage.shown_in("recoveredLine") is not None)
    assert stage.item("recoveredLine").property("text") == "The journal was damaged and put aside."
    toasts = stage.application.toasts
    assert [toasts.data(toasts.index(0), role) for role in toasts.roleNames()] == [
        "The journal was damaged and put aside.",
        "error",
    ]
    stage.press("showNotices")
    assert "SIL Open Font License" in stage.item("notices").property("text")
    stage.press("stopEngine")
    assert engine.params("_multicoder/engine/stop") == []
    stage.press("confirmStop")
    stage.until(lambda: len(engine.params("_multicoder/engine/stop")) == 1)


def test_a_setting_that_nobody_grouped_still_has_its_page(talking, engine):
    engine.answers["_multicoder/settings/list"] = {"settings": [a_setting("something_new", 1)]}
    settings = talking.application.engineSettings
    settings.load()
    talking.until(lambda: settings.find("something_new") is not None)
    assert settings.find("something_new")["group"] == "work"
