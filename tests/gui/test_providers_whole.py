"""Providers in the real window with the real relay and engine: a key is kept, tried, refused, exported, forgotten."""

from __future__ import annotations

import sys

import pytest

from tests.engine.acp.editor import end_engine
from tests.fakes.openai_server import Answer, OpenAIServer
from tests.faults.stand import child_environment
from tests.gui.conftest import Window
from tests.gui.drawer_stage import Stage

ONE = "sk-canary-one-0123456789abcdef"
WRONG = "sk-canary-wrong-0123456789abcdef"
PHRASE = "a long passphrase"
PATIENCE_MS = 60_000


class Whole(Stage):
    """The drawer of a window whose engine is a process of its own."""

    def __init__(self, home, keyring, folder):
        root = str(home.root)
        environ = child_environment(
            MULTICODER_HOME=root, PYTHON_KEYRING_BACKEND=f"tests.fakes.keyrings.{keyring}",
            KEYRING_FILE=str(folder / "keys.json"),
        )  # fmt: skip
        command = [sys.executable, "-P", "-m", "engine.cli", "acp", "--home", root]
        Window.__init__(self, home, command=command, environ=environ)
        self.drawer = self.find("drawer")
        self.until(lambda: self.application.link.state == "ready")

    def until(self, condition, milliseconds=PATIENCE_MS):
        super().until(condition, milliseconds)

    def fill(self, **fields):
        for name, text in fields.items():
            (self.item(name) or self.shown(name)).setProperty("text", text)
        self.settle()


@pytest.fixture
def opened(home, tmp_path):
    windows = []

    def open_window(keyring):
        windows.append(Whole(home, keyring, tmp_path))
        windows[-1].show("providers")
        return windows[-1]

    yield open_window
    for window in windows:
        window.close()
    end_engine(home.root)
    assert [line for window in windows for line in window.warnings] == []


@pytest.fixture
def server():
    with OpenAIServer([Answer("x")], keys=[ONE], models=["model-one", "model-two"]) as running:
        yield running


def nowhere_in(folder, *secrets):
    files = [file for file in folder.rglob("*") if file.is_file()]
    return not any(secret.encode() in file.read_bytes() for file in files for secret in secrets)


def test_a_provider_is_added_tried_and_used_and_its_key_is_nowhere_but_in_the_keyring(opened, home, server, tmp_path):
    window = opened("FileKeyring")
    providers = window.application.providers
    window.until(lambda: window.application.providers.property("presets").rowCount() > 20)
    window.press("addProvider")
    window.press("preset_")
    window.fill(providerUrl=server.url, providerName="My own", providerKey=WRONG)
    window.press("testForm")
    window.until(lambda: window.shown_in("testResult") is not None)
    assert window.item("testResult").property("kind") == "warning"
    window.fill(providerKey=ONE)
    window.press("testForm")
    window.until(lambda: window.item("testResult").property("kind") == "plain")
    assert "2 model" in window.item("testResult").property("text")
    window.press("saveProvider")
    window.until(lambda: providers.rowCount() == 1)
    [row] = providers.all()
    assert (row["name"], row["keys"][0]["hint"], row["state"]) == ("My own", "sk-…cdef", "ok")

    providers.setKey(row["id"], "second", WRONG, 60, 1)
    window.until(lambda: len(providers.find(row["id"])["keys"]) == 2)
    providers.test(row["id"])
    window.until(lambda: providers.find(row["id"])["state"] == "degraded")

    window.show("team")
    roles = window.application.team.property("roles")
    window.until(lambda: roles.rowCount() == 9 and roles.find("coder")["answers"] == f"{row['id']}:model-one")
    roles.toggle("coder", f"{row['id']}:model-two")
    window.until(lambda: roles.find("coder")["answers"] == f"{row['id']}:model-two")

    file = tmp_path / "mine.zip"
    providers.property("transfer").export(str(file), PHRASE, PHRASE)
    window.until(lambda: providers.property("transfer").property("told") != "")
    providers.remove(row["id"])
    window.until(lambda: providers.rowCount() == 0)
    transfer, asked = providers.property("transfer"), []
    transfer.passphraseWanted.connect(lambda: asked.append(1))
    transfer.read(str(file), False)  # noqa: FBT003 - a slot of Qt
    window.until(lambda: asked)
    transfer.open(PHRASE)
    window.until(lambda: providers.rowCount() == 1)
    assert [key["hint"] for key in providers.all()[0]["keys"]] == ["sk-…cdef", "sk-…cdef"]
    assert nowhere_in(home.root, ONE, WRONG, PHRASE)
    assert ONE.encode() not in file.read_bytes()


def test_where_there_is_no_keyring_the_key_goes_to_the_vault_and_a_locked_one_is_opened(opened, home, server):
    window = opened("LockedKeyring")
    providers = window.application.providers
    window.until(lambda: window.shown_in("vaultAbsent") is not None)
    window.press("createVault")
    window.until(lambda: window.shown("vaultSend") is not None)
    window.fill(vaultFresh=PHRASE, vaultAgain=PHRASE)
    window.press("vaultSend")
    window.until(lambda: window.shown_in("vaultUnlocked") is not None)
    window.press("addProvider")
    window.press("preset_")
    window.fill(providerUrl=server.url, providerName="My own", providerKey=ONE)
    window.press("saveProvider")
    window.until(lambda: providers.rowCount() == 1)
    assert providers.all()[0]["keys"][0]["state"] == "ok"
    window.press("lockVault")
    window.until(lambda: window.shown_in("vaultLocked") is not None)
    window.until(lambda: providers.all()[0]["keys"][0]["hint"] == "")
    window.press("unlockVault")
    window.fill(vaultOld=PHRASE)
    window.press("vaultSend")
    window.until(lambda: providers.all()[0]["keys"][0]["state"] == "ok")
    assert nowhere_in(home.root, ONE, PHRASE)
