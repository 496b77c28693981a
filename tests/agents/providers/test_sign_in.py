"""Signing in: a real browser's round trip over loopback, and everything that may come to the door instead of it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import socket
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from agents.providers import sign_in
from agents.providers.registry import Provider
from agents.providers.sign_in import SignIn
from core.errors import InputError, ProviderError
from tests.fakes.openai_server import Answer, OpenAIServer, error

KEY = "sk-or-v1-canary-0123456789abcdef"
CODE = "auth-code-1"


class Maker:
    """The maker's side: gives a code for a challenge, and a key to who brings the verifier of it."""

    def __init__(self, server: OpenAIServer) -> None:
        self.challenge, self.used = "", 0
        server.behave = self.answer

    def send_to(self, address: str) -> str:
        """What the page at `address` does after a person agreed: the address it sends the browser to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        self.challenge = asked["code_challenge"]
        return f"{asked['callback_url']}?code={CODE}"

    def answer(self, request) -> Answer | None:
        if request.path != "/api/v1/auth/keys":
            return None
        digest = hashlib.sha256(request.body["code_verifier"].encode()).digest()
        right = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge
        if not right or request.body["code"] != CODE or self.used:
            return error(403, "Invalid code or code_verifier")
        self.used += 1
        return Answer(raw=json.dumps({"key": KEY, "user_id": "u"}).encode())


@pytest.fixture
def server():
    with OpenAIServer([Answer("x")], prefix="/api/v1") as running:
        yield running


@pytest.fixture(autouse=True)
def usual(monkeypatch):
    """A usual port of these tests' own: the real one is one place for every test that runs beside them."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setattr(sign_in, "_USUAL_PORT", port)
    return port


@pytest.fixture
async def signing(server):
    row = Provider("openrouter", "OpenRouter", server.url, preset="openrouter")
    made = await SignIn.begin(row, "en")
    yield made
    await made.close()


async def get(address: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as browser:
        return await browser.get(address)


async def test_a_person_who_agrees_gives_a_key(server, signing, usual):
    maker = Maker(server)
    assert urlsplit(signing.address).path == "/auth"
    assert urlsplit(maker.send_to(signing.address)).port == usual
    page = await get(maker.send_to(signing.address))
    assert (page.status_code, "signed in" in page.text) == (200, True)
    assert (await signing.key()).reveal() == KEY
    assert (await get(maker.send_to(signing.address))).status_code == 200  # loaded anew: nothing happens twice
    assert maker.used == 1


async def test_only_the_place_that_was_told_is_a_place(server, signing):
    there = urlsplit(Maker(server).send_to(signing.address))
    base = f"http://localhost:{there.port}"
    for path in ("/", "/callback?code=evil", there.path + "x?code=evil", there.path[:-1] + "?code=evil"):
        assert (await get(base + path)).status_code == 404
    with pytest.raises(InputError) as caught:
        await signing.key(seconds=0.2)
    assert caught.value.code == "sign-in-late"


async def test_a_person_who_refuses_is_told_so(server, signing):
    there = Maker(server).send_to(signing.address).partition("?")[0]
    page = await get(f"{there}?error=access_denied&error_description=<script>alert(1)</script>")
    assert "<script>" not in page.text
    with pytest.raises(InputError) as caught:
        await signing.key(seconds=1)
    assert caught.value.code == "sign-in-refused"


async def test_a_code_the_maker_does_not_know_gives_no_key(server, signing):
    there = Maker(server).send_to(signing.address).partition("?")[0]
    await get(f"{there}?code=guessed")
    with pytest.raises(ProviderError) as caught:
        await signing.key(seconds=1)
    assert KEY not in str(caught.value)


async def test_noise_at_the_door_does_no_harm(server, signing):
    maker = Maker(server)
    port = urlsplit(maker.send_to(signing.address)).port
    for noise in (b"", b"\x16\x03\x01" * 50, b"GET / HTTP/1.1\r\n" + b"x" * 20_000, b"POST / HTTP/1.1\r\n\r\n"):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(noise)
        await writer.drain()
        writer.close()
    await get(maker.send_to(signing.address))
    assert (await signing.key()).reveal() == KEY


async def test_a_port_in_use_is_no_hindrance(server, usual):
    with socket.create_server(("127.0.0.1", usual)):
        made = await SignIn.begin(Provider("openrouter", "OpenRouter", server.url, preset="openrouter"), "ru")
        maker = Maker(server)
        assert urlsplit(maker.send_to(made.address)).port != usual
        page = await get(maker.send_to(made.address))
        assert "можно закрыть" in page.text
        assert (await made.key()).reveal() == KEY
        await made.close()


async def test_nobody_listens_afterwards(server):
    made = await SignIn.begin(Provider("openrouter", "OpenRouter", server.url, preset="openrouter"), "en")
    port = urlsplit(Maker(server).send_to(made.address)).port
    await made.close()
    with pytest.raises(OSError, match="onnect"):
        await asyncio.open_connection("127.0.0.1", port)


def test_the_real_page_is_the_makers_own():
    row = Provider("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", preset="openrouter")
    assert row.address("https://openrouter.ai/auth") == "https://openrouter.ai/auth"
