"""The key vault through the real door: made, locked by a restart, and what waits for it goes on when it is unlocked."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest
from acp.exceptions import RequestError
from acp.helpers import text_block

from tests.engine.acp.editor import Editor, connected, end_engine

PASSPHRASE = "corret horse baterie staple"
WRONG = "no horse at all in here"
NEW = "a new horse in the old stable"
KEY = "sk-vault-door-canary-77aa77aa"
SECRETS = (KEY, PASSPHRASE, WRONG, NEW)
TOLD = {"vault.changed", "vault.created", "vault.locked", "vault.refused", "vault.unlocked"}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    folder = tmp_path / "home"
    yield folder
    end_engine(folder)


async def refused(call):
    with pytest.raises(RequestError) as caught:
        await call
    return caught.value.data["multicoder"]["kind"]


async def stopped(home, connection):
    """Let the engine end, as a person who leaves and comes back does."""
    await connection.ext_method("multicoder/engine/stop", {})
    async with asyncio.timeout(30):
        while (home / "engine.json").exists():  # noqa: ASYNC110 - another process's file
            await asyncio.sleep(0.05)


def secrets_in(folder):
    """Files that hold what must be in none, in the clear or as other systems write it."""
    found = []
    for path in filter(Path.is_file, folder.rglob("*")):
        with contextlib.suppress(FileNotFoundError):  # a working engine removes files
            content = path.read_bytes()
            forms = [word.encode(form) for word in SECRETS for form in ("utf-8", "utf-16-le")]
            found += [path.name for form in forms if form in content]
    return found


async def add_provider(connection):
    row = {"providerId": "mine", "apiType": "openai", "baseUrl": "https://models.invalid/v1"}
    wanted = {**row, "headers": {"Authorization": f"Bearer {KEY}"}}
    return await connection._conn.send_request("providers/set", wanted)


async def state(connection, method="status", **params):
    return (await connection.ext_method(f"multicoder/vault/{method}", params))["state"]


async def test_the_vault_is_made_keys_go_in_and_nothing_is_said_back(home, tmp_path):
    editor = Editor()
    async with connected(home, editor, team="") as (connection, _):
        assert await state(connection) == "absent"
        assert await refused(add_provider(connection)) == "keyring-unavailable"
        assert await refused(state(connection, "unlock", passphrase=PASSPHRASE)) == "vault-absent"
        assert await refused(state(connection, "create", passphrase="short")) == "vault-passphrase-short"
        assert await refused(state(connection, "create", passphrase="x" * 2_000)) == "bad-parameter"
        assert await refused(state(connection, "create")) == "bad-parameter"
        assert await state(connection, "create", passphrase=PASSPHRASE) == "unlocked"
        assert await refused(state(connection, "create", passphrase=PASSPHRASE)) == "vault-exists"
        await add_provider(connection)
        assert (await connection.ext_method("multicoder/vault/status", {}))["accounts"] == ["mine"]
        assert await state(connection, "lock") == "locked"
        assert await refused(state(connection, "unlock", passphrase=WRONG)) == "vault-wrong-passphrase"
        assert await refused(state(connection, "change", passphrase=WRONG, new=NEW)) == "vault-wrong-passphrase"
        assert await state(connection, "change", passphrase=PASSPHRASE, new=NEW) == "unlocked"
        assert await state(connection, "lock") == "locked"
        assert await state(connection, "unlock", passphrase=NEW) == "unlocked"
        rows = (await connection.ext_method("multicoder/journal/search", {"text": "vault"}))["rows"]
        assert {row["name"] for row in rows if row["name"].startswith("vault.")} == TOLD
        await stopped(home, connection)
    assert secrets_in(home) == []
    said = str([message for direction, message in editor.wire if direction == "in"])
    assert not [word for word in SECRETS if word in said]


@pytest.mark.slow
async def test_a_run_that_needs_a_locked_key_waits_and_goes_on_when_the_vault_is_unlocked(home, tmp_path):
    async with connected(home, Editor(), team="") as (connection, _):
        await state(connection, "create", passphrase=PASSPHRASE)
        await add_provider(connection)
        await stopped(home, connection)
    editor = Editor()
    async with connected(home, editor, team="") as (connection, _):
        assert await state(connection) == "locked"
        session = (await connection.new_session(cwd=str(tmp_path), mcp_servers=[])).session_id
        told = await connection.prompt(session_id=session, prompt=[text_block("Make a calculator")])
        own = told.field_meta["multicoder"]
        assert (own["paused"], own["outcome"]) == ("vault", "")
        await editor.until(lambda: "the key vault is locked" in editor.text(session, "agent_thought_chunk"))
        assert await refused(state(connection, "unlock", passphrase=WRONG)) == "vault-wrong-passphrase"

        async def task():
            rows = (await connection.ext_method("multicoder/tasks/list", {"kind": "run"}))["tasks"]
            return next((row["state"], row["reason"]) for row in rows if row["subject"] == own["run"])

        assert await task() == ("paused", "vault")
        assert await state(connection, "unlock", passphrase=PASSPHRASE) == "unlocked"
        async with asyncio.timeout(20):
            while await task() != ("running", ""):  # noqa: ASYNC110 - another process's state
                await asyncio.sleep(0.1)
        rows = (await connection.ext_method("multicoder/journal/search", {"runs": [own["run"]]}))["rows"]
        assert [row["name"] for row in rows].count("run.waits_for_vault") == 1
        await connection.cancel(session_id=session)
        await stopped(home, connection)
    assert secrets_in(home) == []
