"""What the gateway does when models fail, seen in what real servers were asked."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from agents.providers.authorising import authorisation
from agents.providers.gateway import Access, FleetGateway, Policy
from agents.providers.key_pool import Key
from agents.providers.keys import Secret
from agents.providers.registry import KeyRow, Price, Provider
from core.errors import PROVIDER_FAULTS, ConfigurationError, ProviderError
from core.ports import CallTag, Message, ModelRequest
from tests.agents.providers.conftest import KEY, until
from tests.fakes.openai_server import Answer, OpenAIServer, error, failing, refused_url

SCHEMA = {
    "title": "Verdict",
    "type": "object",
    "properties": {"level": {"type": "string"}},
    "required": ["level"],
}
GOOD = '{"level": "green"}'


class FakeClock:
    """Time passes only by sleeping."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


def ask_for(role="coder", text="hi", **fields) -> ModelRequest:
    return ModelRequest(role, CallTag(f"{role}.test", run="run-1"), (Message("user", text),), **fields)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def fleet(sink, clock, quick):
    """Make a gateway over servers (`name=server`) or base URLs; closed at the end."""
    made: list[FleetGateway] = []

    def make(team=None, policy=None, models=("gpt-test",), prices=None, **servers) -> FleetGateway:
        rows = [
            Provider(name, name, getattr(place, "url", place), models=models, prices=prices or {})
            for name, place in servers.items()
        ]
        fleet = [Access.by(row, Secret(KEY)) for row in rows]
        made.append(FleetGateway(fleet, sink, team=team, policy=policy, timeouts=quick, clock=clock))
        return made[-1]

    yield make
    for gateway in made:
        await gateway.aclose()


async def test_an_answer_names_its_model_family_and_price(fleet):
    with OpenAIServer([Answer("hello", prompt_tokens=1000, completion_tokens=500)]) as server:
        reply = await fleet(one=server, prices={"gpt-test": Price(2.0, 8.0)}).ask(ask_for())
    assert (reply.text, reply.model, reply.family, reply.substitutions) == ("hello", "one:gpt-test", "gpt", ())
    assert (reply.usage.cost_usd, reply.usage.priced) == (0.006, True)


@pytest.mark.parametrize(
    "kind",
    ["401", "402", "403", "403-region", "404", "429", "500", "400", "400-context", "truncated", "html", "cut"],
)
async def test_another_provider_takes_over_visibly(kind, fleet, sink, clock):
    with OpenAIServer([failing(kind, "a half answer that ends")]) as bad, OpenAIServer([Answer("good")]) as good:
        started = time.monotonic()
        reply = await fleet(bad=bad, good=good).ask(ask_for())
        assert time.monotonic() - started < 5
        assert (len(bad.chats), len(good.chats), clock.slept) == (1, 1, [])
    assert (reply.text, reply.model) == ("good", "good:gpt-test")
    [note] = reply.substitutions
    assert note.startswith("bad:gpt-test ")
    assert note.endswith(" -> good:gpt-test")
    [event] = [event for event in sink.events if event.name == "call.substituted"]
    assert (event.run, event.data["next"]) == ("run-1", "good:gpt-test")
    assert event.data["fault"] in PROVIDER_FAULTS


@pytest.mark.parametrize(
    ("kind", "fault"),
    [("401", "bad_key"), ("402", "no_money"), ("403", "bad_key"), ("403-region", "region"), ("404", "model_gone")],
)
async def test_a_lasting_failure_is_never_repeated(kind, fault, fleet, clock):
    with OpenAIServer([failing(kind)]) as server:
        with pytest.raises(ProviderError) as caught:
            await fleet(one=server).ask(ask_for())
        assert (len(server.chats), clock.slept) == (1, [])
    assert caught.value.fault == fault


async def test_a_bad_key_puts_all_models_of_the_provider_out_and_is_remembered(fleet):
    models = ("gpt-test", "claude-test")
    with OpenAIServer([failing("401")]) as bad, OpenAIServer([Answer("good")]) as good:
        gateway = fleet(bad=bad, good=good, models=models)
        await gateway.ask(ask_for())
        again = await gateway.ask(ask_for())
        assert len(bad.chats) == 1
    assert again.model == "good:gpt-test"
    assert again.substitutions == ("bad:gpt-test bad_key before -> good:gpt-test",)


async def test_a_busy_model_is_asked_again_when_its_pause_is_over(fleet, clock):
    with (
        OpenAIServer([error(429, "slow down", Retry_After="20"), Answer("rested")]) as busy,
        OpenAIServer([Answer("free")]) as free,
    ):
        gateway = fleet(busy=busy, free=free)
        answers = [(await gateway.ask(ask_for())).text for _ in range(2)]
        clock.time += 30
        answers.append((await gateway.ask(ask_for())).text)
        assert (len(busy.chats), clock.slept) == (2, [])
    assert answers == ["free", "free", "rested"]


@pytest.mark.parametrize("spoiled", [Answer("", prompt_tokens=100), Answer("cut", finish_reason="length")])
async def test_an_unusable_answer_is_paid_for(spoiled, fleet):
    with OpenAIServer([spoiled]) as bad, OpenAIServer([Answer("good")]) as good:
        reply = await fleet(bad=bad, good=good, prices={"*": Price(1e6, 1e6)}).ask(ask_for())
    assert reply.text == "good"
    assert reply.usage.prompt_tokens == 11 + spoiled.prompt_tokens
    assert (reply.usage.cost_usd, reply.usage.priced) == (11 + 7 + spoiled.prompt_tokens + 7, True)


async def test_transient_failures_are_retried_with_growing_pauses(fleet, clock):
    with OpenAIServer([failing("500"), failing("reset"), failing("529"), Answer("at last")]) as server:
        reply = await fleet(one=server).ask(ask_for())
        assert len(server.chats) == 4
    assert reply.text == "at last"
    assert len(reply.substitutions) == 3
    assert [0.5 <= clock.slept[0] <= 0.63, 1 <= clock.slept[1] <= 1.26, 2 <= clock.slept[2] <= 2.51] == [True] * 3


async def test_attempts_are_bounded(fleet, clock):
    with OpenAIServer([failing("503")]) as server:
        with pytest.raises(ProviderError) as caught:
            await fleet(one=server).ask(ask_for())
        assert len(server.chats) == Policy().attempts
    assert caught.value.fault == "transient"
    assert max(clock.slept) <= 30


async def test_a_huge_retry_after_is_waited_for_half_a_minute_at_most(fleet, clock):
    with OpenAIServer([failing("429-huge"), Answer("now")]) as server:
        assert (await fleet(one=server).ask(ask_for())).text == "now"
    assert clock.slept == [30.0]


async def test_retry_after_is_kept(fleet, clock):
    with OpenAIServer([error(429, "slow down", Retry_After="7"), Answer("now")]) as server:
        await fleet(one=server).ask(ask_for())
    assert 7 <= clock.slept[0] <= 8.75


async def test_no_pause_passes_the_deadline(fleet, clock):
    with OpenAIServer([error(429, "slow down", Retry_After="20")]) as server:
        with pytest.raises(ProviderError) as caught:
            await fleet(one=server, policy=Policy(deadline=50)).ask(ask_for())
        assert len(server.chats) == 3
    assert caught.value.fault == "rate_limited"
    assert sum(clock.slept) < 50


async def test_candidates_alternate(fleet):
    seen: list[str] = []

    def always_busy(name):
        def answer(_body):
            seen.append(name)
            return failing("503")

        return answer

    with OpenAIServer(always_busy("a")) as a, OpenAIServer(always_busy("b")) as b, pytest.raises(ProviderError):
        await fleet(a=a, b=b, policy=Policy(attempts=6)).ask(ask_for())
    assert seen[:2] == ["a", "b"]
    assert (seen.count("a"), seen.count("b")) == (3, 3)


async def test_a_rejected_request_is_not_sent_again(fleet):
    with OpenAIServer([failing("400")]) as server:
        with pytest.raises(ProviderError) as caught:
            await fleet(one=server).ask(ask_for())
        assert len(server.chats) == 1
    assert caught.value.fault == "malformed"


async def test_garbage_is_tried_twice(fleet):
    with OpenAIServer([failing("malformed-json")]) as server:
        with pytest.raises(ProviderError):
            await fleet(one=server).ask(ask_for())
        assert len(server.chats) == 2


async def test_nothing_listening_falls_back_fast(fleet):
    with OpenAIServer([Answer("good")]) as good:
        started = time.monotonic()
        assert (await fleet(dead=refused_url(), good=good).ask(ask_for())).model == "good:gpt-test"
        assert time.monotonic() - started < 4


async def test_cancelling_ends_the_call_within_a_second(fleet):
    with OpenAIServer([Answer("warm"), failing("first-byte-hang")]) as server:
        gateway = fleet(one=server)
        await gateway.ask(ask_for())
        work = asyncio.ensure_future(gateway.ask(ask_for()))
        await until(lambda: len(server.chats) == 2 and server.answering)
        started = time.monotonic()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        await until(lambda: server.disconnects)
        assert time.monotonic() - started < 1
        assert len(server.chats) == 2


async def test_calls_of_one_provider_are_limited(fleet):
    with OpenAIServer([Answer("ok", delay=0.1)]) as server:
        gateway = fleet(one=server, policy=Policy(parallel=3))
        replies = await asyncio.gather(*(gateway.ask(ask_for()) for _ in range(9)))
        assert server.peak == 3
    assert {reply.text for reply in replies} == {"ok"}


async def test_another_family_and_another_model_on_request(fleet):
    with OpenAIServer(lambda body: Answer(body["model"]), models=["gpt-a", "claude-b", "gpt-c"]) as server:
        gateway = fleet(one=server, models=("gpt-a", "claude-b", "gpt-c", "gone"))
        texts = [
            (await gateway.ask(request)).text
            for request in (
                ask_for(),
                ask_for("reviewer", avoid_family="gpt"),
                ask_for(escalate=1),
                ask_for(escalate=2),
                ask_for(escalate=3),
            )
        ]
        lists = [request for request in server.requests if request.path.endswith("/models")]
    assert texts == ["gpt-a", "claude-b", "claude-b", "gpt-c", "gpt-a"]
    assert len(lists) == 1


async def test_a_team_decides_who_does_what(fleet):
    team = {"coder": ("two:claude-test",), "reviewer": ("gpt-test",), "judge": ("two",)}
    with OpenAIServer([Answer("x")]) as one, OpenAIServer([Answer("x")]) as two:
        gateway = fleet(one=one, two=two, team=team)
        roster = gateway.roster()
        assert (await gateway.ask(ask_for("coder"))).model == "two:claude-test"
    assert roster["coder"] == "two:claude-test"
    assert (roster["reviewer"], roster["judge"], roster["tester"]) == ("one:gpt-test", "two:gpt-test", "one:gpt-test")


async def test_a_different_model_than_asked_is_told(fleet):
    with OpenAIServer([failing("wrong-model", "hello"), Answer("x", model="gpt-test-2026-01-31")]) as server:
        gateway = fleet(one=server)
        wrong, dated = await gateway.ask(ask_for()), await gateway.ask(ask_for())
    assert wrong.model == "one:another-model-mini"
    assert wrong.substitutions == ("one:gpt-test was asked, one:another-model-mini answered",)
    assert (dated.model, dated.substitutions) == ("one:gpt-test", ())


def test_an_estimate_is_the_most_a_call_can_cost(fleet):
    request = ask_for(text="x" * 3200, max_tokens=2000)
    priced = fleet(one=refused_url(), models=("a", "b"), prices={"a": Price(1, 2), "*": Price(10, 20)})
    known = priced.estimate(request)
    assert known.prompt_tokens >= 1000
    assert (round(known.cost_usd, 3), known.priced) == (0.05, True)
    assert fleet(one=refused_url()).estimate(request).priced is False


async def test_no_model_for_a_role_is_a_configuration_error(fleet):
    with pytest.raises(ConfigurationError) as caught:
        await fleet(one=refused_url(), models=()).ask(ask_for())
    assert caught.value.code == "no-model"


# ------------------------------------------------------------------------------------- structured answers


@pytest.mark.parametrize(
    ("unsupported", "rung"),
    [
        ([], "json_schema"),
        (["json_schema"], "function"),
        (["json_schema", "tools"], "json_object"),
        (["json_schema", "tools", "json_object"], "plain"),
    ],
)
async def test_the_ladder_finds_its_rung_and_keeps_it(unsupported, rung, fleet, clock):
    with OpenAIServer([Answer(GOOD)], unsupported=unsupported) as server:
        gateway = fleet(one=server)
        first = await gateway.ask(ask_for("judge", schema=SCHEMA))
        sent = len(server.chats)
        second = await gateway.ask(ask_for("judge", schema=SCHEMA))
        assert (sent, len(server.chats)) == (len(unsupported) + 1, len(unsupported) + 2)
        body = server.chats[-1].body
    assert first.data == second.data == {"level": "green"}
    assert (first.substitutions, clock.slept) == ((), [])
    used = "function" if "tools" in body else body.get("response_format", {}).get("type", "plain")
    assert used == rung
    assert ("Verdict" in json.dumps(body["messages"])) == (rung in {"json_object", "plain"})


async def test_parallel_first_calls_go_down_one_rung_together(fleet):
    with OpenAIServer([Answer(GOOD, delay=0.05)], unsupported=["json_schema"]) as server:
        gateway = fleet(one=server)
        replies = await asyncio.gather(*(gateway.ask(ask_for("judge", schema=SCHEMA)) for _ in range(6)))
        kinds = {str(sorted(chat.body)) for chat in server.chats if "tools" not in chat.body}
        formats = {chat.body.get("response_format", {}).get("type") for chat in server.chats}
    assert [reply.data for reply in replies] == [{"level": "green"}] * 6
    assert formats == {"json_schema", None}
    assert len(kinds) == 1


async def test_prose_instead_of_an_object_is_asked_for_differently(fleet):
    def prose_unless_called(body):
        return Answer(GOOD) if "tools" in body else Answer("I think it is green.")

    with OpenAIServer(prose_unless_called) as server:
        reply = await fleet(one=server).ask(ask_for("judge", schema=SCHEMA))
    assert reply.data == {"level": "green"}
    assert reply.substitutions == ("one:gpt-test malformed -> one:gpt-test",)


async def test_parallel_prose_goes_down_one_rung_together(fleet):
    def prose_unless_called(body):
        return Answer(GOOD) if "tools" in body else Answer("I think it is green.", delay=0.05)

    with OpenAIServer(prose_unless_called) as server:
        gateway = fleet(one=server)
        replies = await asyncio.gather(*(gateway.ask(ask_for("judge", schema=SCHEMA)) for _ in range(4)))
        formats = [chat.body.get("response_format", {}).get("type") for chat in server.chats]
    assert [reply.data for reply in replies] == [{"level": "green"}] * 4
    assert sorted(formats, key=str) == [None] * 4 + ["json_schema"] * 4


async def test_an_object_without_the_required_keys_is_malformed(fleet):
    with OpenAIServer([Answer('{"other": 1}')]) as server:
        with pytest.raises(ProviderError) as caught:
            await fleet(one=server).ask(ask_for("judge", schema=SCHEMA))
        assert len(server.chats) == 2
    assert caught.value.fault == "malformed"


async def test_other_parameter_names_are_learned_without_counting(fleet, clock):
    with OpenAIServer([Answer("ok")], unsupported=["max_tokens", "stream_options"]) as server:
        gateway = fleet(one=server)
        assert (await gateway.ask(ask_for(max_tokens=77))).substitutions == ()
        await gateway.ask(ask_for(max_tokens=77))
        last = server.chats[-1].body
        assert len(server.chats) == 4
    assert (last["max_completion_tokens"], "max_tokens" in last, "stream_options" in last) == (77, False, False)


async def test_a_smaller_answer_limit_is_learned(fleet):
    def picky(body):
        if body["max_tokens"] > 8192:
            return error(400, "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]")
        return Answer("ok")

    with OpenAIServer(picky) as server:
        assert (await fleet(one=server).ask(ask_for(max_tokens=16_000))).text == "ok"
        assert [chat.body["max_tokens"] for chat in server.chats] == [16_000, 8192]


# ------------------------------------------------------------------------------------------------- several keys


def several(server: OpenAIServer, *labels: str, **limits) -> Access:
    """One provider with a key per label; the keys are named after them."""
    row = Provider("many", "Many", server.url, models=("gpt-test",))
    rows = [KeyRow(label, **limits) for label in labels]
    return Access(row, tuple(Key(authorisation(row, Secret(f"sk-canary-{key.label}-0123456789")), key) for key in rows))


def label_of(request) -> str:
    return request.bearer.removeprefix("sk-canary-").removesuffix("-0123456789")


async def test_a_dead_and_a_limited_key_move_the_load_to_the_third(sink, clock, quick):
    """One dead, one limited, one fine: every call is answered, nobody waits, and it is said which key is what."""
    with OpenAIServer([Answer("fine")]) as server:
        server.behave = lambda request: {
            "dead": error(401, "Incorrect API key provided", "invalid_api_key"),
            "limited": error(429, "Rate limit reached", "rate_limit_exceeded", Retry_After="20"),
        }.get(label_of(request))
        gateway = FleetGateway([several(server, "dead", "limited", "fine")], sink, timeouts=quick, clock=clock)
        replies = [await gateway.ask(ask_for()) for _ in range(6)]
        assert [reply.text for reply in replies] == ["fine"] * 6
        used = [label_of(request) for request in server.chats]
        states = {state.label: state.fault for state in gateway.key_states()["many"]}
        await gateway.aclose()
    assert (used.count("dead"), used.count("limited"), clock.slept) == (1, 1, [])
    assert states == {"dead": "bad_key", "limited": "rate_limited", "fine": ""}
    notes = {note for reply in replies for note in reply.substitutions}
    assert notes <= {
        "many:gpt-test [dead] bad_key -> many:gpt-test",
        "many:gpt-test [limited] rate_limited -> many:gpt-test",
    }
    [refused] = [event for event in sink.events if event.name == "key.refused"]
    assert (refused.data["key"], refused.data["fault"]) == ("dead", "bad_key")


async def test_when_all_keys_are_dead_the_next_provider_answers(sink, clock, quick):
    with OpenAIServer([failing("401")]) as bad, OpenAIServer([Answer("good")]) as good:
        fleet = [several(bad, "a", "b"), Access.by(Provider("good", "Good", good.url, ("gpt-test",)), Secret(KEY))]
        gateway = FleetGateway(fleet, sink, timeouts=quick, clock=clock)
        first, second = await gateway.ask(ask_for()), await gateway.ask(ask_for())
        await gateway.aclose()
        assert (first.text, second.text, len(bad.chats)) == ("good", "good", 2)
    assert second.substitutions == ("many:gpt-test bad_key before -> good:gpt-test",)


async def test_fifty_parallel_calls_keep_the_limits_of_the_keys(sink, quick):
    with OpenAIServer(lambda _body: Answer("ok", delay=0.1)) as server:  # far above what a busy machine adds
        gateway = FleetGateway([several(server, "a", "b", parallel=3)], sink, timeouts=quick)
        await asyncio.gather(*(gateway.ask(ask_for()) for _ in range(50)))
        await gateway.aclose()
        used = [label_of(request) for request in server.chats]
        assert server.peak <= 6
    assert abs(used.count("a") - used.count("b")) <= 6


async def test_an_endpoint_that_fails_by_itself_rests_and_is_tried_by_one_call(fleet, sink, clock):
    script = [failing("500")] * 3
    with (
        OpenAIServer(lambda _body: script.pop() if script else Answer("back")) as shaky,
        OpenAIServer([Answer("good")]) as good,
    ):
        gateway = fleet(shaky=shaky, good=good)
        for _ in range(3):
            await gateway.ask(ask_for())
            clock.time += 1
        assert len(shaky.chats) == 3
        rested = await gateway.ask(ask_for())
        assert (rested.text, len(shaky.chats)) == ("good", 3)
        assert rested.substitutions == ("shaky:gpt-test resting before -> good:gpt-test",)
        clock.time += 20
        answers = await asyncio.gather(*(gateway.ask(ask_for()) for _ in range(4)))
    assert sorted(reply.text for reply in answers) == ["back", "good", "good", "good"]
    assert [event.name for event in sink.events].count("provider.rests") == 1
