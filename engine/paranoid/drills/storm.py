"""provider-storm: every way a model provider can fail, one after another, with a healthy one beside it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.errors import ProviderError
from core.ports import CallTag, Message, ModelRequest
from engine.paranoid.drills.drill import in_words
from engine.paranoid.drills.filling import Unheard
from engine.paranoid.drills.loopback import PIECES, WHOLE, Asked, ModelServer, Reply, refusal, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.providers.gateway import FleetGateway
    from core.errors import ProviderFault
    from engine.paranoid.drills.drill import Fact, Stage

HEALTHY: Final = "healthy"
WELL: Final = "a healthy answer"
RETRY_AFTER: Final = 1
_BUSY: Final = "busy-once"
_TWIN: Final = "-twin"
_REFUSED: Final = ("401", "402", "403")
_SLOW: Final = ("silent", "stuck", "dripping")
_PAGE: Final = b"<html><head><title>Bad gateway</title></head><body>nginx</body></html>"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A way to fail, what it must be taken for, and how often the model may be asked at the most."""

    reply: Reply
    fault: ProviderFault
    most: int = 2


def troubles() -> Mapping[str, Trouble]:
    """Return all of them by name; the name is also the model's."""
    half = spoken("m", PIECES[0], finish=None)
    html = {"content-type": "text/html"}
    return {
        "401": Trouble(refusal(401, "Incorrect API key provided"), "bad_key", 1),
        "402": Trouble(refusal(402, "Payment required"), "no_money", 1),
        "403": Trouble(refusal(403, "Forbidden"), "bad_key", 1),
        "404": Trouble(refusal(404, "The model does not exist"), "model_gone", 1),
        "413": Trouble(refusal(413, "Request too large"), "too_long", 1),
        "429": Trouble(refusal(429, "Too many requests"), "rate_limited"),
        "500": Trouble(refusal(500, "Internal error"), "transient"),
        "503": Trouble(refusal(503, "Overloaded"), "transient"),
        "529": Trouble(refusal(529, "Overloaded"), "transient"),
        "page-502": Trouble(Reply((_PAGE,), 502, html), "transient"),
        "page-200": Trouble(Reply((_PAGE,), 200, html), "malformed"),
        "no-choices": Trouble(Reply((b'data: {"id":"d","choices":[]}\n\n', b"data: [DONE]\n\n")), "malformed"),
        "empty": Trouble(Reply(spoken("m", "")), "malformed"),
        "malformed": Trouble(Reply((b'data: {"id": "d", "choices": [{"del\n\n',)), "malformed"),
        "cut": Trouble(Reply(half), "transient"),
        "too-long": Trouble(Reply(spoken("m", PIECES[0], finish="length")), "too_long", 1),
        "filtered": Trouble(Reply(spoken("m", PIECES[0], finish="content_filter")), "refused", 1),
        "silent": Trouble(Reply((), ends=False), "transient"),
        "stuck": Trouble(Reply(half, ends=False), "transient"),
        "dripping": Trouble(Reply(spoken("m", *("drip " * 100).split()), pauses=0.3), "transient"),
    }


async def run(stage: Stage) -> list[Fact]:
    """Ask each failing model alone, then with a healthy one behind it."""
    found = troubles()
    twins = tuple(name + _TWIN for name in found)
    async with ModelServer(_script(found), (*found, *twins, HEALTHY, _BUSY)) as server:
        await _behind(server, HEALTHY)  # loads the model libraries: that belongs to nobody's time limit
        alone = dict(await asyncio.gather(*(_alone(server, name) for name in found)))
        counts = {name: server.count(name) + server.count(name + _TWIN) for name in found}
        behind = dict(await asyncio.gather(*(_behind(server, name) for name in found)))
        waited, spoke = await _told_to_wait(server)
    wrong = {name: alone[name][1] for name, trouble in found.items() if alone[name][0] != trouble.fault}
    wordless = [name for name in found if not alone[name][2]]
    often = {name: counts[name] for name, trouble in found.items() if counts[name] > trouble.most}
    halves = {name: text for name, text in behind.items() if any(piece.strip() in text for piece in PIECES)}
    lost = {name: text for name, text in behind.items() if text != WELL and name not in halves}
    return [
        stage.fact("class", not wrong, wrong, kinds=len(found)),
        stage.fact("words", not wordless, wordless, kinds=len(found)),
        stage.fact("no-retry", all(counts[name] == 1 for name in _REFUSED), {name: counts[name] for name in _REFUSED}),
        stage.fact("bounded", not often, often),
        stage.fact("no-half", not halves, halves),
        stage.fact("fallback", not lost, lost, kinds=len(found)),
        stage.fact(
            "retry-after", waited >= RETRY_AFTER and spoke == WHOLE, f"{waited:.2f} s {spoke}", wait=RETRY_AFTER
        ),
    ]


def _script(found: Mapping[str, Trouble]) -> Any:
    asked_before: set[str] = set()

    def answer(asked: Asked) -> Reply:
        model = asked.model.removesuffix(_TWIN)
        if model == HEALTHY:
            return Reply(spoken(HEALTHY, WELL))
        if model == _BUSY:
            if model in asked_before:
                return Reply(spoken(_BUSY, *PIECES))
            asked_before.add(model)
            return refusal(429, "Too many requests", **{"retry-after": str(RETRY_AFTER)})
        return found[model].reply

    return answer


def _gateway(url: str, *models: tuple[str, ...], slow: bool = False) -> FleetGateway:
    """Open a gateway on one provider per tuple of models, all of them this server; short of patience if `slow`."""
    from agents.providers.chat_model import Timeouts  # noqa: PLC0415 - loads the model libraries
    from agents.providers.gateway import Access, FleetGateway, Policy  # noqa: PLC0415 - as above
    from agents.providers.keys import Secret  # noqa: PLC0415 - as above
    from agents.providers.registry import Provider  # noqa: PLC0415 - as above

    fleet = [
        Access.by(Provider(f"drill{number}", "Drill", url, names), Secret("sk-drill-0123456789abcdef"))
        for number, names in enumerate(models)
    ]
    policy = Policy(deadline=30.0, attempts=2, first_pause=0.1, longest_pause=3.0)
    # Only who never answers is waited for in vain; a busy machine must not look like a failure.
    timeouts = Timeouts(connect=5.0, gap=2.5, total=4.0) if slow else Timeouts(connect=15.0, gap=15.0, total=20.0)
    return FleetGateway(fleet, Unheard(), policy=policy, timeouts=timeouts)


def _request() -> ModelRequest:
    return ModelRequest("coder", CallTag("coder.write"), (Message("user", "hello"),), max_tokens=100)


async def _alone(server: ModelServer, name: str) -> tuple[str, tuple[str, str, bool]]:
    """Ask the provider whose every model fails this way; return fault, detail and whether it can be told."""
    models = (name, name + _TWIN) if name in _REFUSED else (name,)
    gateway = _gateway(server.url, models, slow=name in _SLOW)
    try:
        reply = await gateway.ask(_request())
    except ProviderError as error:
        return name, (error.fault, str(error), in_words(error))
    finally:
        await gateway.aclose()
    return name, ("", f"taken for an answer: {reply.text}", True)


async def _behind(server: ModelServer, name: str) -> tuple[str, str]:
    """Ask the failing provider first and a healthy one behind it; return the answer."""
    gateway = _gateway(server.url, (name,), (HEALTHY,), slow=name in _SLOW)
    try:
        return name, (await gateway.ask(_request())).text
    except ProviderError as error:
        return name, str(error)
    finally:
        await gateway.aclose()


async def _told_to_wait(server: ModelServer) -> tuple[float, str]:
    gateway = _gateway(server.url, (_BUSY,))
    try:
        text = (await gateway.ask(_request())).text
    except ProviderError as error:
        text = str(error)
    finally:
        await gateway.aclose()
    times = [asked.at for asked in server.asked if asked.model == _BUSY]
    return times[-1] - times[0], text
