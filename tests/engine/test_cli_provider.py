"""Providers from the command line: kept without keys, tried against a real server, forgotten with their key."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.e2e.command_line import CommandLine
from tests.fakes.openai_server import OpenAIServer, refused_url

KEY = "sk-test-of-the-loopback-1234"


@pytest.fixture
def cli(tmp_path):
    """A keyring in a file of the test: what one process keeps, the next one finds."""
    keyring = {
        "PYTHON_KEYRING_BACKEND": "tests.fakes.keyrings.FileKeyring",
        "KEYRING_FILE": str(tmp_path / "keys.json"),
    }
    return CommandLine(tmp_path / "home", environ=keyring)


@pytest.fixture
def server():
    with OpenAIServer([], models=["model-one"], keys=[KEY]) as running:
        yield running


def add(cli, url, key=KEY, name="mine"):
    return cli("provider", "add", name, "--url", url, "--model", "model-one", stdin=f"{key}\n".encode())


def test_a_provider_is_added_checked_switched_and_forgotten(cli, server):
    assert add(cli, server.url).code == 0
    assert KEY not in (cli.home / "providers.toml").read_text()
    (row,) = cli("provider", "list", "--json").objects
    assert row == {"id": "mine", "name": "mine", "base_url": server.url, "models": ["model-one"], "enabled": True}
    checked = cli("provider", "check", "--json")
    assert (checked.code, [item["state"] for item in checked.objects]) == (0, ["valid"])
    assert cli("provider", "disable", "mine").code == 0
    assert cli("provider", "list", "--json").objects[0]["enabled"] is False
    assert cli("run", "Make a calculator").code == 2
    assert cli("provider", "enable", "mine").code == 0
    assert cli("provider", "list", "--json").objects[0]["enabled"] is True
    assert cli("provider", "remove", "mine").code == 0
    assert cli("provider", "list", "--json").objects == []
    assert KEY not in (cli.home.parent / "keys.json").read_text()


def test_a_wrong_key_is_told_from_a_dead_address(cli, server):
    add(cli, server.url, key="sk-wrong-key-of-somebody-else", name="wrong")
    wrong = cli("provider", "check", "wrong")
    assert wrong.code == 1
    assert "wrong: the key was not accepted" in wrong.out
    assert "sk-wrong-key" not in wrong.out + wrong.err
    add(cli, refused_url(), name="dead")
    dead = cli("provider", "check", "dead", "--json")
    assert (dead.code, dead.objects[0]["state"]) == (1, "unreachable")


class Steering(BaseHTTPRequestHandler):
    """An endpoint whose refusal tries to recolour and to clear the terminal."""

    def do_GET(self):
        body = json.dumps({"error": {"message": "no \x1b[31m\x1b[2J entry"}}).encode()
        self.send_response(401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_the_words_of_an_endpoint_cannot_steer_the_terminal(cli):
    with HTTPServer(("127.0.0.1", 0), Steering) as endpoint:
        threading.Thread(target=endpoint.serve_forever, daemon=True).start()
        try:
            add(cli, f"http://127.0.0.1:{endpoint.server_port}/v1")
            checked = cli("provider", "check")
        finally:
            endpoint.shutdown()
    assert checked.code == 1
    assert "entry" in checked.out
    assert "\x1b" not in checked.out


def test_an_error_of_a_provider_command_for_scripts_is_one_object(cli):
    result = cli("provider", "check", "nobody", "--json")
    (told,) = result.objects
    assert (result.code, told["name"], told["code"]) == (2, "error", "unknown-provider")


@pytest.mark.parametrize("url", ["ftp://x/v1", "http://somewhere.example/v1", "https://me:pw@host/v1", "nonsense"])
def test_an_address_that_cannot_be_used_is_refused(cli, url):
    cli.language = "ru"
    result = add(cli, url)
    assert result.code == 2
    assert "Адрес" in result.err
    assert "pw@" not in result.err
    assert not (cli.home / "providers.toml").exists()


def test_an_empty_key_variable_changes_nothing(cli, server):
    cli.environ["NO_KEY_HERE"] = ""
    result = cli("provider", "add", "mine", "--url", server.url, "--key-env", "NO_KEY_HERE")
    assert result.code == 2
    assert "NO_KEY_HERE" in result.err
    assert cli("provider", "list", "--json").objects == []


def test_a_task_with_a_wrong_key_waits_with_the_reason(cli, server, tmp_path):
    add(cli, server.url, key="sk-wrong-key-of-somebody-else")
    result = cli("run", "Make a calculator", "--yes", "--json", "--out", tmp_path / "out")
    assert result.code == 3, result
    told = result.objects[-1]
    assert told["outcome"] == "waiting"
    assert told["card"]["hold"]["code"] == "provider-bad-key"
    assert "sk-wrong-key" not in result.out + result.err
    (row,) = cli("runs", "--json").objects
    assert row["outcome"] == ""
