"""Providers, keys, sign-in and teams through the protocol's own door, with the engine as a process of its own."""

from __future__ import annotations

import json

import httpx
import pytest
from acp.exceptions import RequestError

from tests.agents.providers.test_sign_in import KEY as SIGNED_IN
from tests.agents.providers.test_sign_in import Maker
from tests.engine.acp.editor import Editor, connected, end_engine
from tests.fakes.openai_server import Answer, OpenAIServer

ONE = "sk-canary-one-0123456789abcdef"
TWO = "sk-canary-two-0123456789abcdef"
PHRASE = "a long passphrase"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A data folder, with a keyring that the engine's process shares with nobody else's."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.fakes.keyrings.FileKeyring")
    monkeypatch.setenv("KEYRING_FILE", str(tmp_path / "keys.json"))
    folder = tmp_path / "home"
    yield folder
    end_engine(folder)


@pytest.fixture
def server():
    with OpenAIServer([Answer("x")], keys=[ONE], models=["model-one"]) as running:
        yield running


class Person:
    """Somebody at a client who looks after providers."""

    def __init__(self, connection):
        self.connection = connection

    async def own(self, method, **params):
        return await self.connection.ext_method(f"multicoder/{method}", params)

    async def refused(self, method, **params):
        with pytest.raises(RequestError) as caught:
            await self.own(method, **params)
        assert caught.value.code == -32602
        return caught.value.data["multicoder"]["kind"]


async def test_a_provider_is_added_tried_changed_and_forgotten(home, server, tmp_path):
    editor = Editor()
    async with connected(home, editor) as (connection, _):
        person = Person(connection)
        [row] = (await person.own("providers/save", id="mine", baseUrl=server.url, key=ONE, prices={"*": [1, 2]}))[
            "providers"
        ]
        assert (row["id"], row["baseUrl"], row["keys"][0]["hint"]) == ("mine", server.url, "sk-…cdef")
        assert ONE not in (tmp_path / "home" / "providers.toml").read_text()
        [key] = (await person.own("providers/check", id="mine"))["keys"]
        assert (key["state"], key["models"]) == ("valid", ["model-one"])

        await person.own("providers/key", id="mine", label="second", key=TWO, perMinute=5)
        found = {key["label"]: key["state"] for key in (await person.own("providers/check", id="mine"))["keys"]}
        assert found == {"": "valid", "second": "bad_key"}

        # What is not given stays as it is.
        [row] = (await person.own("providers/save", id="mine", name="My own", models=["model-one"]))["providers"]
        assert (row["name"], row["prices"], row["keys"][1]["perMinute"]) == ("My own", {"*": [1.0, 2.0]}, 5)
        # What is tried before it is saved is not kept.
        [key] = (await person.own("providers/check", id="mine", key=TWO))["keys"]
        assert (key["state"], key["words"][:10]) == ("bad_key", "My own: th")
        tried = await person.own("providers/check", id="other", baseUrl=server.url, key=ONE)
        assert (tried["keys"][0]["state"], tried["milliseconds"] >= 0) == ("valid", True)
        assert [row["id"] for row in (await person.own("providers/rows"))["providers"]] == ["mine"]
        [row] = (await person.own("providers/enable", id="mine", enabled=False))["providers"]
        assert row["enabled"] is False
        [row] = (await person.own("providers/key/remove", id="mine", label="second"))["providers"]
        assert [key["label"] for key in row["keys"]] == [""]
        assert (await person.own("providers/remove", id="mine"))["providers"] == []
    assert ONE not in (tmp_path / "keys.json").read_text()
    assert not any(ONE.encode() in file.read_bytes() for file in home.rglob("*") if file.is_file())


async def test_presets_fill_rows_in_and_names_that_are_gone_say_so(home):
    async with connected(home, Editor()) as (connection, _):
        person = Person(connection)
        known = await person.own("providers/presets")
        assert {"openrouter", "anthropic", "gigachat"} <= {preset["id"] for preset in known["presets"]}
        by_id = {preset["id"]: preset for preset in known["presets"]}
        assert by_id["moonshot"]["hosts"]["china"] == "https://api.moonshot.cn/v1"
        assert by_id["gigachat"]["accounts"][0] == "GIGACHAT_API_PERS"
        assert next(lost for lost in known["gone"] if lost["id"] == "phind")["since"] == "2026-01-16"
        [row] = (await person.own("providers/save", preset="moonshot", host="china"))["providers"]
        assert (row["baseUrl"], row["preset"]) == ("https://api.moonshot.cn/v1", "moonshot")
        assert await person.refused("providers/save", preset="phind") == "preset-gone"
        assert await person.refused("providers/save", preset="moonshot2") == "unknown-preset"
        assert await person.refused("providers/save", id="plain", baseUrl="http://example.com/v1") == "bad-url"
        assert await person.refused("providers/save", id="moonshot", proxy="ftp://x") == "bad-proxy"
        await person.own("providers/save", preset="deepseek")
        rows = (await person.own("providers/order", ids=["deepseek"]))["providers"]
        assert [row["id"] for row in rows] == ["deepseek", "moonshot"]


@pytest.mark.slow
async def test_prices_are_imported_from_a_file_and_told_with_their_day(home, tmp_path):
    file = tmp_path / "api.json"
    file.write_text(json.dumps({"togetherai": {"models": {"m1": {"cost": {"input": 1, "output": 2}}, "m2": {}}}}))
    async with connected(home, Editor()) as (connection, _):
        person = Person(connection)
        assert await person.own("providers/prices") == {"imported": "", "prices": 0, "providers": 0, "leftOut": 0}
        told = await person.own("providers/prices", path=str(file))
        assert (told["prices"], told["providers"], told["leftOut"]) == (1, 1, 1)
        assert await person.own("providers/prices") == {**told, "leftOut": 0}
        assert await person.refused("providers/prices", path=str(tmp_path)) == "prices-unreadable"
        unpayable = {"m1": [10**400, 1]}
        assert await person.refused("providers/save", preset="together", prices=unpayable) == "bad-parameter"


@pytest.mark.slow
async def test_an_export_with_keys_is_sealed_and_comes_back(home, server, tmp_path):
    file = tmp_path / "mine.zip"
    async with connected(home, Editor()) as (connection, _):
        person = Person(connection)
        await person.own("providers/save", id="mine", baseUrl=server.url, key=ONE)
        assert (await person.own("providers/export", path=str(file), passphrase=PHRASE))["keys"] == 1
        assert await person.refused("providers/export", path=str(file)) == "export-exists"
        await person.own("providers/remove", id="mine")
        assert await person.refused("providers/import", path=str(file)) == "import-passphrase"
        done = await person.own("providers/import", path=str(file), passphrase=PHRASE)
        assert (done["added"], done["keys"]) == (["mine"], 1)
        [key] = (await person.own("providers/check", id="mine"))["keys"]
        assert key["state"] == "valid"
    assert ONE.encode() not in file.read_bytes()
    assert not any(
        secret.encode() in file.read_bytes() for secret in (ONE, PHRASE) for file in home.rglob("*") if file.is_file()
    )


@pytest.mark.slow
async def test_a_team_is_wished_for_role_by_role(home):
    async with connected(home, Editor()) as (connection, _):
        person = Person(connection)
        team = await person.own("team/set", roles={"coder": ["mine:model-one"], "judge": []})
        wished = {row["role"]: row["wished"] for row in team["roles"]}
        assert (wished["coder"], wished["judge"], wished["tester"]) == (["mine:model-one"], [], [])
        assert team["presets"] == ["thorough", "fast", "cheap", "russian"]
        assert await person.refused("team/set", roles={"king": ["x"]}) == "bad-parameter"


@pytest.mark.slow
async def test_a_team_tells_who_answers_now_or_why_nobody_does(home, server):
    async with connected(home, Editor()) as (connection, _):
        person = Person(connection)
        nobody = await person.own("team/roster", team="own")
        assert (nobody["answers"], nobody["problem"] != "") == ({}, True)
        await person.own("providers/save", id="mine", baseUrl=server.url, key=ONE)
        found = await person.own("team/roster", team="own")
        assert (found["answers"]["coder"], found["models"], found["problem"]) == (
            "mine:model-one",
            ["mine:model-one"],
            "",
        )
        assert (await person.own("team/roster", team="russian"))["problem"] != ""


@pytest.mark.slow
async def test_ones_own_team_can_be_chosen_where_another_is_the_usual_one(home, tmp_path):
    async with connected(home, Editor(), team="") as (connection, _):
        person = Person(connection)
        await person.own("settings/set", key="team", value="fast")
        session = await connection.new_session(cwd=str(tmp_path), mcp_servers=[])
        assert session.config_options[0].current_value == "fast"
        changed = await connection.set_config_option(session_id=session.session_id, config_id="team", value="own")
        assert changed.config_options[0].current_value == "own"


@pytest.mark.slow
async def test_signing_in_brings_a_key_and_a_client_that_leaves_ends_it(home, tmp_path):
    with OpenAIServer([Answer("x")], prefix="/api/v1") as server:
        maker = Maker(server)
        async with connected(home, Editor()) as (connection, _):
            person = Person(connection)
            await person.own("providers/save", preset="openrouter", baseUrl=server.url)
            assert await person.refused("providers/sign_in", preset="deepseek") == "sign-in-unknown"
            assert await person.refused("providers/sign_in/page", id="openrouter") == "sign-in-unknown"
            assert await person.refused("providers/sign_in/page", id="nobody") == "unknown-provider"
            assert await person.refused("providers/sign_in/wait") == "sign-in-not-begun"
            begun = await person.own("providers/sign_in", preset="openrouter")
            async with httpx.AsyncClient(trust_env=False) as browser:
                await browser.get(maker.send_to(begun["address"]))
            [row] = (await person.own("providers/sign_in/wait"))["providers"]
            assert row["keys"][0]["hint"] == f"{SIGNED_IN[:3]}…{SIGNED_IN[-4:]}"
            await person.own("providers/sign_in", preset="openrouter")
            await person.own("providers/sign_in/cancel")
            assert await person.refused("providers/sign_in/wait") == "sign-in-not-begun"
    assert SIGNED_IN not in (home / "providers.toml").read_text()
