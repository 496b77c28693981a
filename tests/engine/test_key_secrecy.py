"""Keys leave no trace: planted in every shape they have, through every way in, while everything goes wrong."""

from __future__ import annotations

import base64
import gzip
import html
import json
import logging
import os
import random
import sqlite3
import subprocess
import sys
import time
import traceback
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import quote

import keyring
import pytest

from agents.providers.accounts import Accounts
from agents.providers.gateway import Policy
from agents.providers.gateway_opening import open_gateway
from agents.providers.registry import Provider, Registry
from agents.providers.secret import Secret
from core.errors import MultiCoderError
from core.i18n import LOCALES, explain, tr
from core.logs import set_up_logs
from core.paths import Home
from core.ports import CallTag, Message, ModelRequest
from engine.journal import Journal
from tests.e2e.command_line import ROOT, CommandLine
from tests.fakes.canaries import Watch, canaries, canary
from tests.fakes.keyrings import MemoryKeyring
from tests.fakes.openai_answers import Answer, error
from tests.fakes.openai_server import OpenAIServer, failing
from tests.fakes.scripted_team import COUNTING, ScriptedTeam, blocks
from tests.faults.engine_client import EngineClient, Refused
from tests.sampling import sampled

# ------------------------------------------------------------------------------------------ the watch itself


def test_the_watch_hears_a_key_however_it_is_packed(tmp_path):
    keys = canaries(1)
    for number, key in enumerate(keys):
        raw, folder = key.value.encode(), tmp_path / f"{number}"
        folder.mkdir()
        escaped = "".join(f"%{byte:02X}" for byte in raw).encode()
        for name, data in (("plain", raw), ("cut", raw[:-6]), ("turned", raw[::-1]), ("escaped", escaped)):
            (folder / name).write_bytes(b"before " + data + b" after")
        (folder / "basic").write_bytes(base64.b64encode(b"user:" + raw))
        (folder / "gzip").write_bytes(gzip.compress(raw))
        (folder / "object").write_bytes(zlib.compress(b"blob " + raw))
        with zipfile.ZipFile(folder / "archive", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("member", raw * 2)
        with closing(sqlite3.connect(folder / "database")) as database:
            database.execute("CREATE TABLE kept (data BLOB)")
            database.execute("INSERT INTO kept VALUES (?)", (zlib.compress(raw * 2),))
            database.commit()
        (folder / "utf16").write_text(key.value, encoding="utf-16-le")
        leaks = Watch(keys).leaks(folder)
        assert {leak.rpartition("/")[2] for leak in leaks} == {
            f"{name}: ['{key.shape}']" for name in sorted(path.name for path in folder.iterdir())
        }, key.shape
    assert Watch(canaries(2)).leaks(tmp_path) == []


# ------------------------------------------------------------------------------------------ what endpoints answer


def shown_in(request) -> str:
    """The key of a request, as its endpoint was shown it."""
    headers = request.headers
    return (headers.get("authorization") or headers.get("x-api-key") or "").rpartition(" ")[2]


def page(key):
    return f"<!DOCTYPE html><html><head><title>401 for {html.escape(key)}</title></head><body>{key}</body></html>"


def decoded(key):
    """What a server that takes the key for credentials makes of it."""
    try:
        return base64.b64decode(key, validate=True).decode()
    except ValueError:
        return key


REFUSALS = {
    "in the message": lambda key: error(401, f"Incorrect API key provided: {key}. Find yours elsewhere.", "invalid"),
    "as a code": lambda key: error(403, "no", key),
    "encoded": lambda key: error(400, f"{base64.b64encode(f'k:{key}'.encode()).decode()} {quote(key, safe='')} is bad"),
    "escaped": lambda key: error(400, "".join(f"%{byte:02x}" for byte in key.encode())),
    "decoded": lambda key: error(401, f"no client {decoded(key)}"),
    "in headers": lambda key: Answer(
        "no", status=401, headers={"WWW-Authenticate": f'Bearer error="{key}"', "Retry-After": key}
    ),
    "on a page": lambda key: Answer(raw=page(key).encode(), status=502, content_type="text/html"),
    "on a page that is fine": lambda key: Answer(raw=page(key).encode(), content_type="text/html"),
    "in a redirect": lambda key: Answer(
        "", status=302, headers={"Location": f"https://elsewhere.invalid/v1?key={quote(key)}"}
    ),
    "too many": lambda key: error(429, f"Rate limit reached for {key} in organization", "x", Retry_After="1"),
    "no money": lambda key: error(402, f"Insufficient balance of {key}"),
    "in a traceback": lambda key: error(500, repr({"headers": {"Authorization": f"Bearer {key}", "x-api-key": key}})),
    "as the whole answer": lambda key: Answer(raw=key.encode()),
    "in another shape": lambda key: Answer(raw=json.dumps({"data": key, "choices": key, "error": {key: key}}).encode()),
    "in a list": lambda key: Answer(raw=json.dumps([{"error": {"message": key, "status": key}}]).encode(), status=400),
    "before time": lambda key: Answer(raw=f"HTTP/1.1 200 {key}\r\n\r\n".encode(), headers={key: key}),
}


@dataclass
class Listening:
    """A data folder in which everything is logged and kept."""

    home: object
    journal: Journal
    texts: list[str]

    def told(self, failure: BaseException) -> None:
        """All ways in which an error can be shown."""
        self.texts += [str(failure), repr(failure), "".join(traceback.format_exception(failure))]
        if isinstance(failure, MultiCoderError):
            for locale in LOCALES:
                words = explain(failure, locale)
                self.texts += [words.what, words.did, words.next]
        logging.getLogger("multicoder.test").error("it failed", exc_info=failure)


@pytest.fixture
def listening(home):
    """Every logger of this process speaks, also those of the libraries, whose loudest words show headers."""
    before, root = keyring.get_keyring(), logging.getLogger()
    keyring.set_keyring(MemoryKeyring())
    level = root.level
    log = set_up_logs(home.log, level=logging.DEBUG)
    root.setLevel(logging.DEBUG)
    journal = Journal(home.journal, log)
    yield Listening(home, journal, [])
    journal.close()
    root.setLevel(level)
    for handler in [known for known in root.handlers if getattr(known, "baseFilename", "") == str(home.log)]:
        root.removeHandler(handler)
        handler.close()
    keyring.set_keyring(before)


ROWS = {
    "anthropic": lambda url: Provider("mine", "Mine", url, ("gpt-test",), preset="anthropic"),
    "gigachat": lambda url: Provider("mine", "Mine", url, ("gpt-test",), preset="gigachat"),
    "yandex": lambda url: Provider("mine", "Mine", url, ("gpt-test",), preset="yandex", account="b1gfolder"),
    "openrouter": lambda url: Provider("mine", "Mine", url, ("gpt-test",), preset="openrouter"),
}


def row_for(shape, url):
    """A row that shows the key as its maker wants it."""
    return ROWS.get(shape, lambda url: Provider("mine", "Mine", url, ("gpt-test",)))(url)


REQUEST = ModelRequest("coder", CallTag("coder.write"), (Message("user", "hi"),))
HASTY = Policy(deadline=2, attempts=1, first_pause=0.01, longest_pause=0.01, list_seconds=1)


async def thrown_back(listening, how, keys):
    """Let an endpoint refuse each key in one way, in a check and in a call, and look for what is left of it."""
    seen = set()

    def refuse(request):
        key = shown_in(request)
        seen.add(key)
        return REFUSALS[how](key)

    accounts = Accounts(listening.home)
    with OpenAIServer([]) as server:
        server.behave = refuse
        for key in keys:
            await accounts.save(row_for(key.shape, server.url), Secret(key.value))
            for result in (await accounts.check("mine")).values():
                listening.texts += [repr(result), tr(result.message_id, "en", provider="mine", detail=result.detail)]
            gateway = await open_gateway(listening.home, environ={}, sink=listening.journal, policy=HASTY)
            try:
                listening.texts.append(repr(await gateway.ask(REQUEST)))
            except MultiCoderError as failure:
                listening.told(failure)
            finally:
                await gateway.aclose()
    assert {key.value for key in keys} <= seen
    watch, log = Watch(keys), listening.home.log.read_text(encoding="utf-8")
    assert watch.leaks(listening.home.root) == []
    assert watch.heard("\n".join(listening.texts)) == set()
    assert "it failed" in log
    assert "receive_response_headers" in log


@pytest.mark.parametrize("how", sampled(3, list(REFUSALS)))
async def test_a_key_that_is_thrown_back_is_said_and_kept_nowhere(listening, how):
    turn = list(REFUSALS).index(how)
    every_sixth = [key for number, key in enumerate(canaries(turn)) if number % 6 == turn % 6]
    await thrown_back(listening, how, [*every_sixth, canary("gigachat", random.Random(turn))])


@pytest.mark.slow
@pytest.mark.parametrize("how", REFUSALS)
async def test_thirty_keys_that_are_thrown_back_are_said_and_kept_nowhere(listening, how):
    await thrown_back(listening, how, canaries(100 + list(REFUSALS).index(how), 30))


# ------------------------------------------------------------------------------------------ processes


PASSPHRASE = "corret horse baterie staple"


class Computer:
    """A person's computer: its keyring lies outside of what is searched, everything else within."""

    def __init__(self, folder, seed):
        self.home, self.files = Home(folder / "home"), folder / "files"
        self.files.mkdir()
        self.keys = canaries(seed, 30)
        self.watch = Watch(self.keys)
        self.said = []
        self.cli = CommandLine(
            self.home.root,
            environ={
                "PYTHON_KEYRING_BACKEND": "tests.fakes.keyrings.FileKeyring",
                "KEYRING_FILE": str(folder / "keyring.json"),
                "PASS": PASSPHRASE,
                "TMPDIR": str(self.files),
                "OPENAI_LOG": "debug",
                "PYTHONFAULTHANDLER": "1",
            },
        )
        self._unused = iter(self.keys)

    def key(self):
        """One that was not used yet."""
        return next(self._unused).value

    def do(self, *words, code=None, stdin="", **environ):
        """Run a command; what it said is listened to."""
        shell = CommandLine(self.home.root, environ={**self.cli.environ, **environ})
        result = shell(*words, stdin=f"{stdin}\n".encode())
        self.said += [result.out, result.err]
        assert code is None or result.code == code, result
        return result

    def quiet(self):
        """No trace of any key, in no file and in nothing that was said."""
        assert self.watch.heard("\n".join(self.said)) == set()
        assert self.watch.leaks(self.home.root, self.files) == []
        assert self.watch.looked > 500


@pytest.fixture
def computer(tmp_path):
    return Computer(tmp_path, sum(map(ord, tmp_path.name)))


def echoing(request):
    """An endpoint that complains of each key by naming it."""
    return error(401, f"Incorrect API key provided: {shown_in(request)}", "invalid_api_key")


@pytest.mark.slow
def test_commands_leave_no_trace_of_the_keys_they_are_given(computer):
    files = computer.files
    with OpenAIServer([]) as server:
        server.behave = echoing
        computer.do("provider", "add", "one", "--url", server.url, "--model", "m", stdin=computer.key(), code=0)
        computer.do("provider", "key", "add", "one", "second", "--key-env", "KEY", KEY=computer.key(), code=0)
        computer.do("provider", "key", "list", "one", "--json", code=0)
        assert "bad_key" in computer.do("provider", "check", "--json", code=1).out
        waiting = computer.do("run", "Make a calculator", "--yes", "--json", "--out", files / "out", code=3)
        assert "provider-bad-key" in waiting.out
        by_env = {"MULTICODER_BASE_URL": server.url, "MULTICODER_API_KEY": computer.key(), "MULTICODER_MODEL": "m"}
        computer.do("doctor", **by_env)
        computer.do("status", "--probe", "--json", **by_env)
    assert computer.do("report", "-o", files / "events.txt", "--format", "txt", code=0)
    computer.do("provider", "export", files / "plain.toml", code=0)
    computer.do("provider", "export", files / "sealed.zip", "--keys", "--passphrase-env", "PASS", code=0)
    leaky = {"PYTHON_KEYRING_BACKEND": "tests.fakes.keyrings.LeakyKeyring"}
    refused = computer.do("provider", "add", "two", "--url", "http://127.0.0.1:9", stdin=computer.key(), **leaky)
    assert "[redacted]" in refused.err
    for _ in range(2):  # somebody who mistakes the name of the variable for the place of the key
        computer.do("provider", "add", "two", "--url", "http://127.0.0.1:9", "--key-env", computer.key(), code=2)
    computer.quiet()


class Caller:
    """A client of an engine of its own on that computer."""

    def __init__(self, computer, **environ):
        self.computer = computer
        self.client = EngineClient(computer.home, lambda _card: None, **{**computer.cli.environ, **environ})

    def own(self, method, **params):
        """Ask one of our own methods; whatever it answers is listened to."""
        try:
            answer = self.client.own(method, **params)
        except Refused as error:
            self.computer.said.append(str(error))
            return None
        self.computer.said.append(json.dumps(answer, ensure_ascii=False))
        return answer

    def begin(self, text, team):
        """Ask for a program."""
        asked = {"cwd": str(self.computer.files), "_meta": {"multicoder": {"target": "source", "team": team}}}
        session = self.client.call("session/new", {**asked, "mcpServers": []})["sessionId"]
        self.client.send("session/prompt", {"sessionId": session, "prompt": [{"type": "text", "text": text}]})


@pytest.mark.slow
def test_an_engine_that_is_given_keys_and_killed_leaves_no_trace_of_them(computer):
    computer.cli.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with OpenAIServer([failing("first-byte-hang")]) as server:
        caller = Caller(
            computer, MULTICODER_BASE_URL=server.url, MULTICODER_API_KEY=computer.key(), MULTICODER_MODEL="m"
        )
        assert caller.own("vault/create", passphrase=PASSPHRASE)
        row = {"baseUrl": server.url, "models": ["m"]}
        assert caller.own("providers/save", id="one", key=computer.key(), **row)
        assert caller.own("providers/key", id="one", label="second", key=computer.key())
        assert caller.own("providers/rows")["providers"][0]["keys"][1]["label"] == "second"
        caller.own("providers/save", id="two", key=computer.key(), **{**row, "baseUrl": f"http://x:{computer.key()}@y"})
        caller.own("providers/save", id="two", key=[computer.key()], **row)
        caller.own("providers/save", id="two", headers={"Authorization": computer.key()}, **row)
        caller.own("providers/save", id="two", key=computer.key(), prices={"m": [10**400, 1]}, **row)
        caller.own("providers/no_such_method", key=computer.key())
        caller.own("providers/export", path=str(computer.files / "sealed.zip"), passphrase=PASSPHRASE)
        caller.begin("Make a calculator", "own")
        until(lambda: server.chats)
        caller.client.kill()
    with OpenAIServer([]) as server:
        server.behave = echoing
        caller = Caller(computer)
        assert caller.own("vault/unlock", passphrase=PASSPHRASE)
        caller.own("providers/check", id="one")
        caller.own("providers/check", id="one", baseUrl=server.url, key=computer.key())
        assert caller.own("journal/search", limit=500)["rows"]
        caller.own("backups/make")
        assert caller.own("reports/write", path=str(computer.files / "report.html"), format="html")
        until(lambda: any(computer.home.backups.rglob("*.db")))
        caller.client.stop()
    computer.quiet()


PRYING = """
import os
from pathlib import Path

seen = [repr(sorted(os.environ.items()))]
for file in Path("/proc").glob("[0-9]*/environ"):
    try:
        seen.append(file.read_bytes().decode("utf-8", "replace"))
    except OSError:
        continue
raise RuntimeError("PRIED " + " ".join(seen)[:3000])
"""


@pytest.mark.slow
def test_a_generated_program_that_pries_finds_no_key_and_the_finished_one_holds_none(computer):
    team = ScriptedTeam()
    team.then("coder.write", blocks({"counting.py": PRYING + COUNTING}), module="counting")
    with OpenAIServer(team) as server:
        environ = {"MULTICODER_BASE_URL": server.url, "MULTICODER_API_KEY": computer.key(), "OTHER_KEY": computer.key()}
        words = ("run", "Count the words of a text", "--yes", "--json", "--target", "source")
        computer.do(*words, "--out", computer.files / "out", code=0, **environ, MULTICODER_MODEL="gpt-test,claude-test")
    told = "\n".join(asked.prompt for asked in team.asked)
    assert "PRIED" in told, "the program never came to look round"
    assert computer.watch.heard(told) == set()
    assert [path for path in (computer.files / "out").iterdir() if path.suffix == ".zip" or path.is_dir()]
    computer.quiet()


def killed(process, seconds):
    """Kill -9 after some time, or find that it was done before; what it said until then."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    return (out + err).decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_crashes_at_any_moment_leave_no_trace(computer, number):
    dice = random.Random(number)
    shell, home = computer.cli, computer.home
    fails = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    computer.do("provider", "vault", "create", "--passphrase-env", "PASS", code=0, **fails)
    team = ScriptedTeam()
    with OpenAIServer(team, latency=0.2) as server:
        Registry(home.providers).add(Provider("one", "One", server.url, ("gpt-test", "claude-test")))
        words = ("provider", "key", "add", "one", "--key-env", "KEY", "--passphrase-env", "PASS")
        began = time.monotonic()
        computer.do(*words, KEY=computer.key(), code=0, **fails)
        usual = time.monotonic() - began
        for turn in range(20):  # in the middle of writing the vault, or just before it, or just after
            adding = CommandLine(home.root, environ={**shell.environ, **fails, "KEY": computer.key()})
            computer.said.append(killed(adding.start(*words, f"k{turn}"), usual * dice.uniform(0.5, 1.2)))
        computer.quiet()
        environ = {"MULTICODER_BASE_URL": server.url, "MULTICODER_API_KEY": computer.key()}
        once = CommandLine(home.root, environ={**shell.environ, **environ, "MULTICODER_MODEL": "gpt-test"})
        words = ("run", "Count the words of a text", "--yes", "--json", "--target", "source")
        computer.said.append(killed(once.start(*words, "--out", computer.files / "out"), dice.uniform(3, 5)))
        for _ in range(3):
            computer.said.append(killed(once.start("resume", "--yes", "--json"), dice.uniform(2, 6)))
        ended = once("resume", "--yes", "--json", timeout=240)
        computer.said += [ended.out, ended.err]
    for kind in ("html", "pdf", "txt", "csv", "json"):
        computer.do("report", "-o", computer.files / f"report.{kind}", "--format", kind)
    computer.do("audit")
    computer.quiet()


@pytest.mark.slow
def test_what_breaks_inside_says_where_and_not_with_which_key(computer):
    """Places of ours that are not what they should be, so that calls fail where nobody expects it."""
    keys = {"MULTICODER_BASE_URL": "http://127.0.0.1:9/v1", "MULTICODER_API_KEY": computer.key()}
    for place in (
        "logs/multicoder.log",
        "journal.db",
        "multicoder.db",
        "checkpoints.db",
        "settings.toml",
        "keys.vault",
    ):
        path = computer.home.root / place
        path.mkdir(parents=True)
        broken = computer.do("run", "Make a calculator", "--yes", "--json", "--out", computer.files / "out", **keys)
        assert broken.code != 0
        computer.do("provider", "add", "one", "--url", "http://127.0.0.1:9", stdin=computer.key())
        computer.do("provider", "check", **keys)
        path.rmdir()
    for backend in ("no.such.Backend", "tests.fakes.keyrings.ForgetfulKeyring", "tests.fakes.keyrings.DeniedKeyring"):
        computer.do(
            "provider",
            "add",
            "one",
            "--url",
            "http://127.0.0.1:9",
            stdin=computer.key(),
            PYTHON_KEYRING_BACKEND=backend,
        )
    computer.quiet()


FALLING = """
import sys, threading
import engine.cli_app
from agents.providers.secret import Secret
from engine.cli import main

key = Secret(sys.stdin.readline().strip()).reveal()

def fall(*_, **__):
    thread = threading.Thread(target=int, args=(key,))
    thread.start()
    thread.join()
    raise RuntimeError(f"cannot go on with {key}")

engine.cli_app.app = fall
main(["runs"])
"""


def test_a_traceback_that_nobody_foresaw_shows_where_it_fell_and_no_key(tmp_path):
    for key in canaries(7)[1::4]:
        command, given = [sys.executable, "-P", "-c", FALLING], f"{key.value}\n"
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        fallen = subprocess.run(command, input=given, capture_output=True, text=True, env=environ, check=False)
        assert fallen.returncode == 1
        assert "cannot go on with [redacted]" in fallen.stderr
        assert "Exception in thread" in fallen.stderr
        assert Watch([key]).heard(fallen.stderr + fallen.stdout) == set()


def until(seen, seconds=60):
    """Wait for what another process does."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end
        time.sleep(0.05)
