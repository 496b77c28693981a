"""Providers from the command line: kept without keys, tried against a real server, forgotten with their key."""

from __future__ import annotations

import json
import shlex
import sys
import threading
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import keyring
import pytest
from typer.testing import CliRunner

from agents.providers import catalogue
from agents.providers.accounts import Accounts, from_preset
from agents.providers.catalogue import preset
from agents.providers.registry import Provider, Registry
from core.paths import Home
from engine.cli_provider import app
from tests.e2e.command_line import CommandLine, interrupt
from tests.fakes.keyrings import MemoryKeyring
from tests.fakes.openai_server import Answer, OpenAIServer, error, refused_url

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
    assert (row["id"], row["base_url"], row["models"]) == ("mine", server.url, ["model-one"])
    assert (row["enabled"], row["keys"]) == (True, [""])
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_name_of_a_known_provider_brings_its_address_and_what_is_not_named_stays(cli):
    cli.environ["THE_KEY"] = KEY
    added = cli("provider", "add", "dashscope", "--host", "china", "--key-env", "THE_KEY", "--model", "one")
    assert added.code == 0, added.err
    china = preset("dashscope").hosts["china"]
    changed = cli("provider", "add", "dashscope", "--group", "East", "--proxy", "http://127.0.0.1:9", "--no-key")
    assert "changed" in changed.out
    (row,) = cli("provider", "list", "--json").objects
    assert (row["preset"], row["base_url"], row["models"]) == ("dashscope", china, ["one"])
    assert (row["group"], row["proxy"]) == ("East", "http://127.0.0.1:9")
    assert KEY in (cli.home.parent / "keys.json").read_text()


@pytest.mark.slow
def test_who_is_gone_is_said_with_what_does_its_job(cli):
    cli.language = "ru"
    refused = cli("provider", "add", "wizardcoder", "--no-key")
    assert (refused.code, "deepseek" in refused.err) == (2, True)
    listed = {row["id"]: row for row in cli("provider", "presets", "--json").objects}
    assert listed["wizardcoder"] == {
        "id": "wizardcoder",
        "name": "WizardCoder",
        "gone": True,
        "since": "2024-01-04",
        "instead": ["deepseek", "dashscope"],
    }
    assert listed["openrouter"]["sign_in"] == "openrouter"
    assert "служба закрыта 2024-01-04" in cli("provider", "presets").out


def test_an_endpoint_nobody_knows_needs_an_address(cli):
    refused = cli("provider", "add", "mine", "--no-key")
    assert (refused.code, "provider presets" in refused.err) == (2, True)
    assert cli("provider", "list", "--json").objects == []


@pytest.mark.slow
def test_keys_have_names_limits_and_states_of_their_own(cli, server):
    add(cli, server.url)
    cli.environ["SECOND"] = "sk-second-key-that-is-refused"
    refused = cli("provider", "key", "add", "mine", "work")
    assert (refused.code, "No key was given" in refused.err) == (2, True)
    added = cli("provider", "key", "add", "mine", "work", "--per-minute", "20", "--key-env", "SECOND")
    assert added.code == 0, added.err
    assert cli("provider", "key", "add", "mine", "work", "--parallel", "2").code == 0
    first, second = cli("provider", "key", "list", "mine", "--json").objects
    assert (first["label"], first["hint"]) == ("", "sk-…1234")
    assert (second["per_minute"], second["parallel"], second["hint"]) == (20, 2, "sk-…used")
    checked = cli("provider", "check", "mine", "--json")
    assert (checked.code, [(row["key"], row["state"]) for row in checked.objects]) == (
        1,
        [("", "valid"), ("work", "bad_key")],
    )
    assert "mine/work: the key was not accepted" in cli("provider", "check").out
    assert cli("provider", "key", "disable", "mine", "work").code == 0
    assert cli("provider", "check").code == 0
    assert cli("provider", "key", "remove", "mine", "work").code == 0
    assert "that-is-refused" not in (cli.home.parent / "keys.json").read_text()
    unknown = cli("provider", "key", "enable", "mine", "work")
    assert (unknown.code, "no key named" in unknown.err) == (2, True)


@pytest.mark.slow
def test_a_key_comes_back_to_a_provider_that_had_lost_all_of_its_own(cli, server):
    add(cli, server.url)
    assert cli("provider", "key", "remove", "mine").code == 0
    nothing = cli("provider", "check")
    assert (nothing.code, "no enabled key" in nothing.out) == (1, True)
    add(cli, server.url)
    assert cli("provider", "check").code == 0


@pytest.mark.slow
def test_the_order_and_the_team_are_as_they_were_said(cli, server):
    for name in ("one", "two"):
        Registry(Home(cli.home).providers).add(Provider(name, name, server.url))
    assert "two, one" in cli("provider", "order", "two").out
    assert [row["id"] for row in cli("provider", "list", "--json").objects] == ["two", "one"]
    assert cli("provider", "team", "coder", "two:model-one", "one").code == 0
    wished = {row["role"]: row["wished"] for row in cli("provider", "team", "--json").objects}
    assert (wished["coder"], wished["judge"]) == (["two:model-one", "one"], [])
    assert cli("provider", "team", "coder", "--clear", "--json").objects == [{"role": "coder", "wished": []}]
    unknown = cli("provider", "team", "cook", "one")
    assert (unknown.code, "architect" in unknown.err) == (2, True)


@pytest.mark.slow
def test_providers_go_to_another_computer_with_their_keys_sealed(cli, server, tmp_path):
    add(cli, server.url)
    cli.environ |= {"PHRASE": "a long passphrase", "WRONG": "another passphrase", "SHORT": "short"}
    plain, sealed = tmp_path / "plain.toml", tmp_path / "sealed.zip"
    assert cli("provider", "export", plain, "--json").objects == [{"path": str(plain), "keys": 0}]
    assert cli("provider", "export", plain).code == 2
    assert cli("provider", "export", sealed, "--keys", "--passphrase-env", "SHORT").code == 2
    assert "1 key" in cli("provider", "export", sealed, "--keys", "--passphrase-env", "PHRASE").out
    nowhere = cli("provider", "export", tmp_path / "no folder" / "x.toml")
    assert (nowhere.code, "cannot be written" in nowhere.err, "Traceback" in nowhere.err) == (8, True, False)
    assert KEY.encode() not in plain.read_bytes() + sealed.read_bytes()
    other = CommandLine(tmp_path / "other", environ={**cli.environ, "KEYRING_FILE": str(tmp_path / "others.json")})
    for words, said in (([], "passphrase"), (["--passphrase-env", "WRONG"], "does not open")):
        refused = other("provider", "import", sealed, *words)
        assert (refused.code, said in refused.err) == (2, True)
    taken = other("provider", "import", sealed, "--passphrase-env", "PHRASE", "--json")
    assert taken.objects == [{"added": ["mine"], "replaced": [], "kept": [], "keys": 1}]
    assert other("provider", "check").code == 0
    assert "--replace" in other("provider", "import", plain).out


BROWSER = """
import sys, urllib.parse, urllib.request
asked = urllib.parse.parse_qs(urllib.parse.urlsplit(sys.argv[1]).query)
urllib.request.urlopen(asked["callback_url"][0] + "?code=the-code").read()
"""


def browser(tmp_path, code):
    """A browser whose person agrees at once, or one in which nobody does anything."""
    script = tmp_path / "browser.py"
    script.write_text(code)
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} %s"


def maker(server, used):
    """Who gives a key for the code that the browser brought."""

    def answer(request):
        if not request.path.endswith("/auth/keys"):
            return None
        used.append(request.body["code"])
        return Answer(raw=json.dumps({"key": KEY}).encode()) if request.body["code_verifier"] else error(403, "no")

    server.behave = answer


def test_signing_in_brings_a_key_that_nobody_typed(cli, server, tmp_path):
    used = []
    maker(server, used)
    cli.environ["BROWSER"] = browser(tmp_path, BROWSER)
    Registry(Home(cli.home).providers).add(Provider("openrouter", "OpenRouter", server.url, preset="openrouter"))
    signed = cli("provider", "sign-in", "openrouter")
    assert (signed.code, used) == (0, ["the-code"]), signed
    assert "code_challenge" in signed.out
    assert KEY not in signed.out + signed.err
    assert KEY in (cli.home.parent / "keys.json").read_text()


def test_waiting_for_a_sign_in_is_ended_and_changes_nothing(cli, tmp_path):
    cli.environ["BROWSER"] = browser(tmp_path, "")
    process = cli.start("provider", "sign-in", "openrouter")
    while b"Ctrl+C" not in process.stdout.readline():
        assert process.poll() is None
    interrupt(process)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, b"was ended" in out, b"Traceback" in err) == (130, True, False)
    assert cli("provider", "list", "--json").objects == []


@pytest.mark.slow
def test_where_nobody_signs_in_it_is_said(cli, server):
    add(cli, server.url)
    refused = cli("provider", "sign-in", "mine")
    assert (refused.code, "no sign-in in the browser" in refused.err) == (2, True)


@pytest.fixture
def regions(monkeypatch, home):
    """A maker with two addresses, the key right at the second one, and rows that stand at the first."""
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    monkeypatch.setenv("MULTICODER_HOME", str(home.root))
    with OpenAIServer([], keys=["sk-right-in-the-west"]) as west, OpenAIServer([], keys=[KEY]) as east:
        hosts = {"west": west.url, "east": east.url}
        known = catalogue.Preset("far", "Far", "maker", west.url, hosts=hosts, retires={"gpt-test": date(2026, 12, 31)})
        monkeypatch.setattr(catalogue, "presets", lambda: (known,))
        yield Accounts(home), hosts
    keyring.set_keyring(before)


def test_a_key_of_another_region_is_told_and_its_address_taken_over_when_that_is_wanted(regions):
    accounts, hosts = regions
    person = CliRunner()
    assert person.invoke(app, ["add", "far"], input=f"{KEY}\n").exit_code == 0
    checked = person.invoke(app, ["check"])
    assert checked.exit_code == 1
    assert f"The key belongs to {hosts['east']}" in checked.stdout
    assert "provider check far --fix" in checked.stdout
    assert "gpt-test ends on 2026-12-31" in checked.stdout
    (told,) = [json.loads(line) for line in person.invoke(app, ["check", "--json"]).stdout.splitlines()]
    assert (told["base_url"], told["retiring"]) == (hosts["east"], {"gpt-test": "2026-12-31"})
    assert accounts.get("far").base_url == hosts["west"]
    assert person.invoke(app, ["check", "--fix"]).exit_code == 0
    assert accounts.get("far").base_url == hosts["east"]
    assert person.invoke(app, ["check"]).exit_code == 0


def test_keys_of_two_regions_are_never_moved_together(regions):
    accounts, hosts = regions
    person = CliRunner()
    person.invoke(app, ["add", "far"], input=f"{KEY}\n")
    person.invoke(app, ["key", "add", "far", "old"], input="sk-right-in-the-west\n")
    checked = person.invoke(app, ["check", "--fix"])
    assert (checked.exit_code, "different addresses" in checked.stdout) == (1, True)
    assert accounts.get("far").base_url == hosts["west"]


@pytest.mark.slow
def test_prices_come_from_a_file_and_are_shown_with_its_day(cli, tmp_path):
    file = tmp_path / "api.json"
    cost = {"cost": {"input": 0.3, "output": 1.1}}
    file.write_text(json.dumps({"togetherai": {"models": {"m1": cost, "m2": {}}}}))
    Registry(Home(cli.home).providers).add(replace(from_preset("together"), models=("m1", "m3")))
    assert "No prices were imported" in cli("provider", "prices", "list").out
    assert "1 price of 1 provider" in cli("provider", "prices", "import", file).out
    first, second = cli("provider", "prices", "list", "--json").objects
    assert (first["model"], first["input"], first["output"], first["source"]) == ("m1", 0.3, 1.1, "imported")
    assert (second["input"], second["source"]) == (None, "none")
    assert f"together:m1  0.3 / 1.1  (imported on {first['imported']})" in cli("provider", "prices", "list").out
    file.write_text("nonsense")
    refused = cli("provider", "prices", "import", file)
    assert (refused.code, "no list of prices" in refused.err) == (2, True)
