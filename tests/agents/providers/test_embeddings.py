from __future__ import annotations

import json
from array import array

import pytest

from agents.providers.accounts import Accounts
from agents.providers.embeddings import provider_embedding
from agents.providers.registry import Provider
from agents.providers.secret import Secret
from core.errors import MultiCoderError, ProviderError
from memory.vectors.lane import open_vectors
from tests.fakes.keyrings import MemoryKeyring
from tests.fakes.openai_answers import HTTP_ERRORS, Answer, error
from tests.fakes.openai_server import OpenAIServer
from tests.memory.vectors.vector_passages import cut, text_of

KEY = "sk-test-embeddings-0123456789"


class Embedder:
    """Vectors that say how often each letter stands in a text."""

    def __init__(self):
        self.answers = []

    def __call__(self, request):
        if request.path != "/v1/embeddings":
            return None
        if self.answers and (answer := self.answers.pop(0)) is not None:
            return answer
        if request.bearer != KEY:
            return error(401, f"Incorrect API key provided: {request.bearer}", "invalid_api_key")
        rows = [
            {"index": at, "embedding": [1.0 + text.lower().count(letter) for letter in "abcdefgh"]}
            for at, text in enumerate(request.body["input"])
        ]
        return Answer(raw=json.dumps({"data": rows[::-1]}).encode())


@pytest.fixture
def endpoint():
    with OpenAIServer([Answer("unused")]) as server:
        server.behave = Embedder()
        yield server


@pytest.fixture
async def embedding(home, endpoint, use_keyring):
    use_keyring(MemoryKeyring())
    await Accounts(home).save(Provider("own", "Own", endpoint.url), Secret(KEY))
    return provider_embedding(home, "own:vectors-1", {})


def asked(endpoint):
    return [request.body["input"] for request in endpoint.requests]


async def test_vectors_come_in_order_of_length_one_and_are_paid_for_once(home, embedding, endpoint):
    made = array("f", await embedding.embed(["abba", "hh", "abba"]))
    assert embedding.dimension == 8
    assert len(made) == 24
    assert made[:8] == made[16:]
    assert sum(number * number for number in made[8:16]) == pytest.approx(1)
    assert max(made[8:16]) == made[15]
    assert asked(endpoint) == [["abba", "hh"]]
    again = provider_embedding(home, "own:vectors-1", {})
    assert array("f", await again.embed(["hh", "abba"])) == made[8:16] + made[:8]
    assert len(asked(endpoint)) == 1
    assert (await again.embed(["new", "hh"]))[32:] == made[8:16].tobytes()
    assert asked(endpoint)[1:] == [["new"]]
    other = provider_embedding(home, "own:vectors-2", {})
    await other.embed(["hh"])
    assert endpoint.requests[-1].body["model"] == "vectors-2"


async def test_a_damaged_cache_is_asked_anew(home, embedding, endpoint):
    made = await embedding.embed(["abba", "hh"])
    file = next((home.root / "embeddings").iterdir())
    data = bytearray(file.read_bytes())
    data[30] ^= 4
    file.write_bytes(data[:-9])
    assert await provider_embedding(home, "own:vectors-1", {}).embed(["abba", "hh"]) == made
    assert asked(endpoint)[1:] == [["abba", "hh"]]


async def test_many_texts_go_in_parts(embedding, endpoint):
    await embedding.embed([f"text {number}" for number in range(150)])
    assert [len(part) for part in asked(endpoint)] == [64, 64, 22]


async def test_what_passes_is_tried_again_and_what_does_not_is_told(embedding, endpoint):
    endpoint.behave.answers = [error(429, "slow down", Retry_After="0"), error(503, "busy", Retry_After="0")]
    await embedding.embed(["one"])
    assert len(asked(endpoint)) == 3
    for name, fault in (("401", "bad_key"), ("402", "no_money"), ("404", "model_gone")):
        endpoint.behave.answers = [HTTP_ERRORS[name]]
        with pytest.raises(ProviderError) as raised:
            await embedding.embed([f"text of {name}"])
        assert raised.value.fault == fault
    assert len(asked(endpoint)) == 6


@pytest.mark.parametrize(
    "body",
    [
        b"<html><title>gateway</title></html>",
        b'{"data": []}',
        b'{"data": [{"embedding": [1.0, NaN]}]}',
        b'{"data": [{"embedding": "AAAA"}]}',
        b'{"data": [{"embedding": [0, 0]}]}',
        b'{"data": [{"embedding": [1, 0]}, {"embedding": [1, 0]}]}',
        b"\xff\xfe",
        b"[" * 5_000,
    ],
)
async def test_what_is_no_vector_is_refused(embedding, endpoint, body):
    endpoint.behave.answers = [Answer(raw=body)]
    with pytest.raises(ProviderError) as raised:
        await embedding.embed(["one"])
    assert raised.value.fault == "malformed"


async def test_keys_go_to_the_endpoint_only_and_secrets_in_texts_go_nowhere(home, embedding, endpoint):
    await embedding.embed([f"my key is {KEY}, keep it"])
    assert endpoint.requests[-1].bearer == KEY
    assert KEY not in json.dumps(endpoint.requests[-1].body)
    kept = [path for path in home.root.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert not [path for path in kept if path.parent.name == "embeddings"]


@pytest.mark.parametrize("chosen", ["nobody:model", "own:", "nonsense"])
async def test_an_endpoint_that_is_not_there_is_told_when_it_is_asked(home, embedding, chosen):
    with pytest.raises(MultiCoderError):
        await provider_embedding(home, chosen, {}).embed(["one"])
    assert provider_embedding(home, "", {}) is None


async def test_the_environments_endpoint_can_be_named_too(home, endpoint):
    environ = {"MULTICODER_BASE_URL": endpoint.url, "MULTICODER_API_KEY": KEY}
    assert len(await provider_embedding(home, "env:vectors-1", environ).embed(["one"])) == 32


async def test_the_lane_goes_on_when_the_endpoint_comes_back(home, embedding, endpoint):
    endpoint.behave.answers = [HTTP_ERRORS["402"]] * 3
    lane = open_vectors(home.root, embedding)
    assert await lane.search(["p-1.docs"], ["x"], 3) == {}
    assert await lane.catch_up(cut(30)) == 0
    condition = await lane.condition()
    assert (condition.state, "no-money" in condition.trouble) == ("degraded", True)
    assert await lane.catch_up(cut(30)) == 30
    assert max((await lane.search(["p-1.docs"], [text_of(7)], 3)).values()) > 0.999
    assert (await lane.condition()).state == "ready"
    await lane.close()
    endpoint.behave.answers = [HTTP_ERRORS["402"]] * 99
    later = open_vectors(home.root, provider_embedding(home, "own:vectors-1", {}))
    assert await later.catch_up(cut(30)) == 0
    condition = await later.condition()
    assert (condition.state, condition.embedded) == ("ready", 30)
    await later.close()
