"""The drawer on a window of its own, and an engine, played by the test, that fills all of its pages."""

from __future__ import annotations

import json
import time

from PySide6.QtCore import Q_ARG, QMetaObject, QPoint

from gui.application import PREFERENCES, Application
from gui.main import make_qt
from tests.gui.conftest import Window
from tests.gui.scripted_engine import ScriptedEngine
from tests.gui.waiting import pause, until

SYSTEMS = (
    ("loop", "Core coordinator", "Answers within 5 ms.", 5),
    ("tasks", "Task manager", "1 tasks kept alike on disk and in memory; 1 running, 2 slots", 30),
    ("checkpoints", "Checkpoints", "Written, read back and decoded strictly; 4 KiB.", 60),
    ("journal", "Journal", "Written; 10 events, the newest 10 proved.", 60),
    ("memory", "Memory of the computer", "22,426 MiB available; MultiCoder uses 126 MiB.", 30),
    ("disk", "Disk", "75,651 MiB free; written through in 2 ms.", 60),
    ("network", "Network", "Reached example.org in 31 ms.", 60),
    ("provider:openrouter", "Provider openrouter", "Key works; 212 models in 340 ms.", 300),
    ("runner", "Sandbox", "A job ran in bubblewrap in 30 ms; the network is closed.", 300),
    ("backups", "Backups", "1 kept; the newest is 0 h old and whole.", 600),
)


def a_system(name="disk", title="Disk", evidence="75,651 MiB free.", period=60, state="ok", **facts):
    row = {"id": name, "name": title, "state": state, "since": time.time() - 600, "evidence": evidence}
    row |= {"action": None, "checked": 2.0, "period": period, "restartable": name == "tasks", "latency_ms": 12}
    row |= {"timeout": 20, "limits": "Yellow: less than 2,048 MiB free. Red: less than 500 MiB free."}
    history = [["ok", 4 + (place * 7) % 13] for place in range(60)]
    return row | {"history": history} | facts


def an_event(seq, type_="INFO", name="call.finished", at=None, risk="none", **data):
    at = time.time() - 1_000 + seq / 100 if at is None else at
    row = {"seq": seq, "at": at, "type": type_, "name": name, "run": "r-1", "module": "", "risk": risk}
    return row | {"data": data or {"call": f"code.{seq}", "tokens": 812}, "chain": ""}


def a_journal(rows):
    """`_multicoder/journal/search` over rows in order, as the engine answers it."""

    def search(params):
        found = [row for row in rows if _fits(row, params)]
        if params.get("newestFirst"):
            found.reverse()
        return {"rows": found[: params.get("limit", 1_000)]}

    return search


def _fits(row, params):
    risks = ("none", "low", "medium", "high")
    return (
        row["seq"] > params.get("after", 0)
        and row["seq"] < params.get("before", float("inf"))
        and (not params.get("types") or row["type"] in params["types"])
        and (not params.get("names") or row["name"] in params["names"])
        and risks.index(row["risk"]) >= risks.index(params.get("risk", "none"))
        and row["at"] < params.get("until", float("inf"))
        and params.get("text", "").lower() in f"{row['name']} {row['data']}".lower()
    )


def a_setting(key, value, kind="int", title="", help_="", **rule):
    return {"key": key, "kind": kind, "value": value, "default": value, "title": title or key, "help": help_, **rule}


SETTINGS = (
    a_setting("budget_usd", 5.0, "float", "Money per run", "US dollars one run may spend.", minimum=0, maximum=10_000),
    a_setting("budget_calls", 400, "int", "Calls per run", minimum=1, maximum=100_000),
    a_setting("concurrency", 12, "int", "Model calls at the same time", minimum=1, maximum=32),
    a_setting("team", "", "str", "Team", "Which models take which role."),
    a_setting("language", "auto", "str", "Language", choices=["auto", "en", "ru"]),
    a_setting("paranoid", "watch", "str", "Paranoid tester", choices=["off", "watch", "strict"]),
    a_setting("report_every", "never", "str", "Report on schedule", choices=["never", "day", "week", "month"]),
    a_setting("report_on_critical", value=True, kind="bool", title="Report after a critical event"),
    a_setting("journal_mb", 200, "int", "Journal on disk, MB", minimum=5, maximum=100_000),
    a_setting("telemetry_endpoint", "", "str", "OpenTelemetry address", "Empty sends nothing."),
)


def a_key(label="", hint="sk-…cdef", **facts):
    key = {"label": label, "enabled": True, "perMinute": 0, "parallel": 0, "hint": hint, "problem": ""}
    return key | {"fault": "", "seconds": 0.0, "sent": 0} | facts


def a_provider(id_, url, **facts):
    row = {"id": id_, "name": id_, "family": "", "group": "", "proxy": "", "account": "", "certificate": ""}
    row |= {"preset": "", "enabled": True, "local": False, "baseUrl": url, "models": [], "headers": {}, "prices": {}}
    return row | {"needsAccount": False, "keys": [a_key()]} | facts


def a_preset(id_, title, group, url, **facts):
    row = {"id": id_, "name": title, "group": group, "baseUrl": url, "keysAt": f"https://{id_}.example/keys"}
    return row | {"hosts": {}, "needsAccount": False, "accounts": [], "signIn": ""} | facts


_REGIONS = {"world": "https://kimi.example/v1", "china": "https://kimi.cn.example/v1"}
_SCOPES = ["GIGACHAT_API_PERS", "GIGACHAT_API_B2B", "GIGACHAT_API_CORP"]
PRESETS = (
    a_preset("openrouter", "OpenRouter", "router", "https://openrouter.example/api/v1", signIn="openrouter"),
    a_preset("deepseek", "DeepSeek", "maker", "https://maker.example"),
    a_preset("moonshot", "Moonshot (Kimi)", "maker", _REGIONS["world"], hosts=_REGIONS),
    a_preset("yandex", "Yandex AI Studio", "russia", "https://cloud.example/v1", needsAccount=True),
    a_preset("gigachat", "GigaChat", "russia", "https://giga.example/v1", needsAccount=True, accounts=_SCOPES),
    a_preset("ollama", "Ollama", "own", "http://127.0.0.1:11434/v1", keysAt=""),
    a_preset("web-chat", "Chat of a site", "web", "https://chat.example/", keysAt=""),
)
GONE = ({"id": "phind", "name": "Phind", "since": "2026-01-16", "instead": ["deepseek"]},)
PROVIDERS = (
    a_provider(
        "openrouter",
        "https://openrouter.example/api/v1",
        name="OpenRouter",
        preset="openrouter",
        group="router",
        models=["alpha/one"],
        keys=[a_key(), a_key("2", "sk-…9876", fault="rate_limited", seconds=41.2, sent=12), a_key("3", "sk-…5555")],
    ),
    a_provider("second", "https://second.example/v1", enabled=False, group="Work"),
)


TEAM = ("router", "judge", "architect", "coder", "reviewer", "tester", "packager", "converse")
MODELS = ("openrouter:alpha/one", "openrouter:beta/two")
WISHED = {"coder": ["openrouter:alpha/one", "second"]}
TODAY = {"calls": 128, "tokens": 412_355, "cost_usd": 0.83, "unpriced_calls": 0}


def a_download(number, decision="allow", **facts):
    """A decision about a repository, as `_multicoder/consents/list` tells it."""
    row = {"consent": f"k-{number}", "address": f"code.example/sea/tides-{number}", "decision": decision, "via": ""}
    row |= {"commit": f"{number:04x}" * 10, "reason": "", "run": "r-1", "at": time.time() - 3_600 * number}
    return row | {"taken": 0.0, "revoked": 0.0} | facts


DOWNLOADS = (
    a_download(1, taken=1.79e9),
    a_download(2, "refuse", reason="its licence does not fit"),
    a_download(3, via="terminal", revoked=1.79e9),
)


def set_one(settings):
    """`_multicoder/settings/set` over a dict of settings by key."""

    def change(params):
        settings[params["key"]] = {**settings[params["key"]], "value": params["value"]}
        return {"settings": list(settings.values())}

    return change


def an_engine():
    """An engine with systems, tasks, events, settings, providers, findings and deliveries."""
    engine = ScriptedEngine()
    systems = [a_system(*row) for row in SYSTEMS]
    systems[6] |= {"state": "degraded", "evidence": "Answers slowly: 2,140 ms.", "action": "See whether others use it."}
    systems[8] |= {"state": "unknown", "since": 0, "checked": None, "history": [], "evidence": "Not looked at yet."}
    rows = [an_event(seq) for seq in range(1, 400)]
    rows[380] = an_event(381, "ERROR", "call.failed", risk="medium", fault="rate_limited", model="alpha")
    rows[390] = an_event(
        391, "SECURITY", "action.blocked", risk="high", kind="download", target="https://example.org/a"
    )
    drill = {"drill": "bit-flip", "state": "held", "broken": [], "seconds": 2.1}
    rows.append(an_event(400, "AUDIT", "drill.finished", **drill))
    delivery = {"artifact": "/nowhere/Budget/budget.exe", "evidence": "", "sha256": "ab" * 32, "version": 2}
    rows.append(an_event(401, "FILE", "artifact.delivered", **delivery, text="Here it is"))
    rows.append(
        an_event(402, "AUDIT", "decision.taken", kind="approval", decision="approve", via="acp:window", digest="d")
    )
    settings = {item["key"]: item for item in SETTINGS}
    finding = {"check": "task-hang", "severity": "warning", "subject": "t-1", "facts": {}}
    finding |= {"what": "The task t-1 has not moved for 40 minutes.", "action": "Look into it or cancel it."}
    engine.answers |= {
        "_multicoder/status": lambda _params: {"systems": systems},
        "_multicoder/tasks/list": {"tasks": []},
        "_multicoder/journal/search": a_journal(rows),
        "_multicoder/settings/list": lambda _params: {"settings": list(settings.values())},
        "_multicoder/settings/set": set_one(settings),
        "_multicoder/audit/inspect": {"score": 90, "at": time.time(), "seconds": 0.4, "findings": [finding]},
        "_multicoder/guard/pending": {"actions": []},
        "_multicoder/statistics": {
            "days": {
                time.strftime("%Y-%m-%d"): {"calls": 128, "tokens": 412_355, "cost_usd": 0.83, "unpriced_calls": 0}
            }
        },
        "_multicoder/engine/info": {
            "version": "1.0",
            "pid": 4711,
            "home": "/nowhere",
            "started": time.time() - 5_000,
            "clients": 1,
            "paranoid": "watch",
            "recovered": ["The journal was damaged and put aside."],
        },
        "_multicoder/consents/list": {"consents": list(DOWNLOADS), "total": len(DOWNLOADS)},
        "_multicoder/providers/rows": {"providers": list(PROVIDERS)},
        "_multicoder/providers/presets": {"presets": list(PRESETS), "gone": list(GONE)},
        "_multicoder/vault/status": {"state": "absent", "accounts": []},
        "_multicoder/team/get": {"roles": [{"role": role, "wished": WISHED.get(role, [])} for role in TEAM]},
        "_multicoder/team/roster": {"answers": dict.fromkeys(TEAM, MODELS[0]), "models": list(MODELS), "problem": ""},
    }
    return engine


class Background:
    """What the window knows, without its screens: for tests that look at nothing drawn."""

    def __init__(self, home, engine):
        self.application = Application(home, "en", make_qt(), command=engine.command, environ=engine.environ)
        self.until(lambda: self.application.link.state == "ready")

    def until(self, condition, milliseconds=20_000):
        until(condition, milliseconds)

    def settle(self, milliseconds=50):
        pause(milliseconds)

    def close(self):
        self.application.close()
        self.application.setParent(None)
        self.application.deleteLater()
        self.settle()


class Stage(Window):
    """A window that talks with an engine, and its drawer."""

    def __init__(self, home, engine, locale="en"):
        (home.root / PREFERENCES).write_text(json.dumps({"welcomed": True}), encoding="utf-8")
        super().__init__(home, locale, command=engine.command, environ=engine.environ)
        self.scripted = engine
        self.drawer = self.find("drawer")
        self.until(lambda: self.application.link.state == "ready")

    def show(self, tab=""):
        QMetaObject.invokeMethod(self.drawer, "show", Q_ARG("QVariant", tab))
        self.until(lambda: self.item("drawerPage").property("item") is not None)
        self.until(lambda: self.drawer.property("away") == 0)
        self.settle(200)

    def item(self, name):
        """The item of a name inside the drawer, whether it is seen or not."""
        return next((item for item in self.items(self.drawer) if item.objectName() == name), None)

    def all(self, name):
        return [item for item in self.items(self.drawer) if item.objectName() == name and item.isVisible()]

    def press(self, name):
        """Click a button of the drawer or of a dialog over it."""
        item = next(iter(self.all(name)), None) or self.shown(name)
        assert item is not None, f"no {name}"
        QMetaObject.invokeMethod(item, "clicked")
        self.settle()

    def shown_in(self, name):
        """The visible item of a name inside the drawer."""
        return next(iter(self.all(name)), None)

    def at(self, x, y):
        return QPoint(x, y)
