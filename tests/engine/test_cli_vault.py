"""The key vault from the command line: in a pipe with a variable, and at a terminal where the passphrase is typed."""

from __future__ import annotations

import json

import pytest

from tests.e2e.command_line import CommandLine
from tests.fakes.openai_server import OpenAIServer

PASSPHRASE = "corret horse baterie staple"
KEY = "sk-test-of-the-vault-123456"


@pytest.fixture
def cli(tmp_path):
    """A computer without a keyring."""
    environ = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "PASS": PASSPHRASE, "WRONG": "no" * 6}
    return CommandLine(tmp_path / "home", environ=environ)


@pytest.fixture
def server():
    with OpenAIServer([], models=["model-one"], keys=[KEY]) as running:
        yield running


def add(cli, url, *words):
    return cli("provider", "add", "mine", "--url", url, "--model", "model-one", *words, stdin=f"{KEY}\n".encode())


@pytest.mark.slow
def test_without_a_keyring_the_vault_is_offered_made_used_and_nothing_stands_in_the_clear(cli, server):
    refused = add(cli, server.url)
    assert refused.code == 2
    assert "provider vault create" in refused.err
    assert cli("provider", "vault", "status").out.strip() == "There is no key vault."
    assert cli("provider", "vault", "create", "--passphrase-env", "PASS").code == 0
    unasked = add(cli, server.url)
    assert unasked.code == 2
    assert "--passphrase-env" in unasked.err
    added = add(cli, server.url, "--passphrase-env", "PASS")
    assert (added.code, "in the key vault" in added.out) == (0, True)
    status = json.loads(cli("provider", "vault", "status", "--json").out)
    assert status == {"state": "locked", "accounts": ["mine"]}
    checked = cli("provider", "check", "--json", "--passphrase-env", "PASS")
    assert [row["state"] for row in checked.objects] == ["valid"]
    wrong = cli("provider", "check", "--passphrase-env", "WRONG")
    assert (wrong.code, "does not open" in wrong.err) == (2, True)
    for path in cli.home.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes()
            assert PASSPHRASE.encode() not in path.read_bytes()
    assert cli("provider", "remove", "mine", "--passphrase-env", "PASS").code == 0
    assert json.loads(cli("provider", "vault", "status", "--json").out)["accounts"] == []


def test_a_passphrase_is_typed_unseen_and_twice_when_it_is_new(cli):
    with cli.at_terminal("provider", "vault", "create") as terminal:
        terminal.wait_for("New passphrase:")
        terminal.type(PASSPHRASE)
        terminal.wait_for("once more:")
        terminal.type("something else")
        assert terminal.end() == 2
        assert "not the same" in terminal.seen
    assert not (cli.home / "keys.vault").exists()
    with cli.at_terminal("provider", "vault", "create") as terminal:
        for prompt in ("New passphrase:", "once more:"):
            terminal.wait_for(prompt)
            terminal.type(PASSPHRASE)
        assert terminal.end() == 0
        assert PASSPHRASE not in terminal.seen
    with cli.at_terminal("provider", "vault", "unlock") as terminal:
        terminal.wait_for("Passphrase of the key vault:")
        terminal.type(PASSPHRASE)
        assert terminal.end() == 0


@pytest.mark.slow
def test_the_passphrase_is_changed_and_the_old_one_opens_nothing(cli):
    vault = ("provider", "vault")
    assert cli(*vault, "change", "--passphrase-env", "PASS", "--new-env", "WRONG").code == 2
    assert cli(*vault, "create", "--passphrase-env", "PASS").code == 0
    assert cli(*vault, "create", "--passphrase-env", "PASS").code == 2
    assert cli(*vault, "change", "--passphrase-env", "PASS", "--new-env", "WRONG").code == 0
    assert cli(*vault, "unlock", "--passphrase-env", "PASS").code == 2
    assert cli(*vault, "unlock", "--passphrase-env", "WRONG").code == 0
    assert cli(*vault, "unlock", "--passphrase-env", "NOT_SET").code == 2
    assert cli(*vault, "lock").code == 0


@pytest.mark.slow
def test_a_run_asks_for_the_passphrase_at_a_terminal_and_begins_then(cli):
    cli("provider", "vault", "create", "--passphrase-env", "PASS")
    add(cli, "https://models.invalid/v1", "--passphrase-env", "PASS")
    unasked = cli("run", "Make a calculator", "--yes", "--json")
    assert (unasked.code, unasked.objects[-1]["code"]) == (2, "vault-passphrase-asked")
    assert cli("runs", "--json").objects == []
    with cli.at_terminal("run", "Make a calculator", "--yes") as terminal:
        terminal.wait_for("Passphrase of the key vault:")
        terminal.type(PASSPHRASE)
        terminal.wait_for("received")
        terminal.press_ctrl("c")
        assert terminal.end() == 130
        assert PASSPHRASE not in terminal.seen
    assert len(cli("runs", "--json").objects) == 1
