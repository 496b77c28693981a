"""The key vault in the window: offered where the key storage fails, unlocked where a run waits, keys to a file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl

from tests.gui.drawer_stage import PROVIDERS, Stage, a_system, an_engine

PHRASE = "a long passphrase"
CREATE, UNLOCK, LOCK, CHANGE = (f"_multicoder/vault/{name}" for name in ("create", "unlock", "lock", "change"))
STATUS = "_multicoder/vault/status"
EXPORT, IMPORT = "_multicoder/providers/export", "_multicoder/providers/import"
OPEN = {"state": "unlocked", "accounts": ["openrouter"]}


@pytest.fixture
def engine():
    found = an_engine()
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


def stand(stage, engine, state):
    engine.answers[STATUS] = {"state": state, "accounts": ["openrouter"]}
    stage.application.providers.load()
    vault = stage.application.providers.property("vault")
    stage.until(lambda: vault.property("standing") == state)
    stage.settle()


def lose_the_keyring(stage, engine):
    before = engine.answers["_multicoder/status"]
    broken = a_system("keyring", "Key storage", "Cannot be used.", state="degraded")
    engine.answers["_multicoder/status"] = lambda params: {"systems": [*before(params)["systems"], broken]}
    stage.application.board.refresh()
    stage.until(lambda: stage.shown_in("vaultAbsent") is not None)


def fill(stage, **fields):
    for name, text in fields.items():
        stage.shown(name).setProperty("text", text)


def test_while_the_key_storage_works_nothing_is_said_of_a_vault(stage):
    assert stage.shown_in("vaultPart") is None


def test_where_the_key_storage_fails_a_vault_is_offered_in_red_and_made(stage, engine):
    lose_the_keyring(stage, engine)
    assert stage.item("vaultAbsent").property("kind") == "error"
    engine.answers |= {CREATE: {"state": "unlocked", "accounts": []}}
    stage.press("createVault")
    stage.until(lambda: stage.shown("vaultSend") is not None)
    assert not stage.shown("vaultSend").property("enabled")
    fill(stage, vaultFresh=PHRASE, vaultAgain="another one")
    stage.press("vaultSend")
    stage.settle()
    assert engine.params(CREATE) == []
    fill(stage, vaultAgain=PHRASE)
    stage.press("vaultSend")
    stage.until(lambda: stage.shown_in("vaultUnlocked") is not None)
    assert engine.params(CREATE) == [{"passphrase": PHRASE}]
    texts = [item.property("text") for item in stage.items()]
    assert not [text for text in texts if text and PHRASE in str(text)]


def test_a_locked_vault_is_unlocked_and_a_wrong_passphrase_is_told(stage, engine):
    stand(stage, engine, "locked")
    wrong = {"kind": "vault-wrong-passphrase", "what": "The passphrase does not open it.", "did": "", "next": ""}
    engine.fails[UNLOCK] = wrong
    stage.press("unlockVault")
    fill(stage, vaultOld="no")
    stage.press("vaultSend")
    stage.until(lambda: stage.shown("problem") is not None)
    assert stage.shown("vaultSend") is not None
    del engine.fails[UNLOCK]
    engine.answers |= {UNLOCK: OPEN}
    before = len(engine.params("_multicoder/providers/rows"))
    fill(stage, vaultOld=PHRASE)
    stage.press("vaultSend")
    stage.until(lambda: stage.shown_in("vaultUnlocked") is not None)
    stage.until(lambda: len(engine.params("_multicoder/providers/rows")) > before)
    stage.until(lambda: stage.shown("vaultSend") is None)


def test_an_open_vault_is_locked_and_gets_another_passphrase(stage, engine):
    stand(stage, engine, "unlocked")
    engine.answers |= {CHANGE: OPEN, LOCK: {"state": "locked", "accounts": ["openrouter"]}}
    stage.press("changeVault")
    fill(stage, vaultOld="old", vaultFresh=PHRASE, vaultAgain=PHRASE)
    stage.press("vaultSend")
    stage.until(lambda: engine.params(CHANGE) == [{"passphrase": "old", "new": PHRASE}])
    stage.until(lambda: stage.shown("vaultSend") is None)
    stage.press("lockVault")
    stage.until(lambda: stage.shown_in("vaultLocked") is not None)
    assert engine.params(LOCK) == [{}]


def a_waiting_run(reason="vault", state="paused"):
    task = {"task": "t-1", "kind": "run", "title": "Calculator", "subject": "r-1", "state": state, "reason": reason}
    return task | {"priority": 0, "progress": 0.5, "note": "", "created": 1.0, "changed": 1.0, "result": None}


def test_a_run_that_waits_for_the_vault_can_be_helped_from_the_chat(stage, engine):
    engine.tell("_multicoder/tasks", {"tasks": [a_waiting_run("person")]})
    stage.until(lambda: stage.application.tasks.rowCount() == 1)
    assert stage.shown("vaultBar") is None
    engine.tell("_multicoder/tasks", {"tasks": [a_waiting_run()]})
    stage.until(lambda: stage.shown("vaultBar") is not None)
    engine.answers |= {UNLOCK: OPEN}
    stage.press("vaultBarUnlock")
    fill(stage, vaultOld=PHRASE)
    stage.press("vaultSend")
    stage.until(lambda: engine.params(UNLOCK) == [{"passphrase": PHRASE}])
    engine.tell("_multicoder/tasks", {"tasks": [a_waiting_run("", "running")]})
    stage.until(lambda: stage.shown("vaultBar") is None)


# ------------------------------------------------------------------------------------------------------ files


def chosen(stage, name, file):
    """What the system's dialog tells once a file is chosen."""
    stage.until(lambda: stage.find(name) is not None)
    dialog = stage.find(name)
    dialog.setProperty("selectedFile", QUrl.fromLocalFile(str(file)))
    dialog.accepted.emit()
    stage.settle()


def test_an_export_holds_no_keys_unless_a_passphrase_seals_them(stage, engine, tmp_path):
    engine.answers[EXPORT] = {"keys": 0}
    stage.find("exportProviders").triggered.emit()
    stage.press("exportChoose")
    chosen(stage, "exportFile", tmp_path / "mine.toml")
    stage.until(lambda: stage.shown_in("transferTold") is not None)
    assert engine.params(EXPORT) == [{"path": str(tmp_path / "mine.toml"), "overwrite": True}]
    assert stage.item("transferTold").property("text") == "Written, without keys."

    engine.answers[EXPORT] = {"keys": 3}
    stage.find("exportProviders").triggered.emit()
    stage.settle()
    keys = stage.shown("exportKeys")
    keys.setProperty("checked", not keys.property("checked"))
    stage.settle()
    assert not stage.shown("exportChoose").property("enabled")
    fill(stage, exportPhrase=PHRASE, exportAgain=PHRASE)
    stage.press("exportChoose")
    chosen(stage, "exportFile", tmp_path / "mine.zip")
    stage.until(lambda: len(engine.params(EXPORT)) == 2)
    assert engine.params(EXPORT)[1]["passphrase"] == PHRASE


def test_an_import_asks_for_the_passphrase_of_the_file_and_tells_what_it_did(stage, engine, tmp_path):
    def read(params):
        facts = {"added": ["mine"], "replaced": [], "kept": ["openrouter"], "keys": 2, "providers": [PROVIDERS[0]]}
        return facts if params.get("passphrase") == PHRASE else None

    (tmp_path / "mine.zip").touch()
    needed = {"kind": "import-passphrase", "what": "It holds keys.", "did": "", "next": "Give the passphrase."}
    engine.fails[IMPORT] = needed
    stage.find("importProviders").triggered.emit()
    stage.press("importChoose")
    chosen(stage, "importFile", tmp_path / "mine.zip")
    stage.until(lambda: stage.find("importPhraseDialog").property("opened"))
    assert stage.shown("problem") is None
    del engine.fails[IMPORT]
    engine.answers[IMPORT] = read
    fill(stage, importPhrase=PHRASE)
    stage.press("importOpen")
    stage.until(lambda: stage.application.providers.rowCount() == 1)
    path = str(tmp_path / "mine.zip")
    assert engine.params(IMPORT)[1] == {"path": path, "replace": False, "passphrase": PHRASE}
    told = stage.item("transferTold").property("text")
    assert told == "Added: mine. Already here and kept as they are: openrouter. 2 key(s) came along."
