"""The gateway over real providers. Retrying, waiting and changing the model happen here and nowhere else.

How a request goes on after a failure is told in `pursuit`. What was found out on the way is kept for a while: a
provider with a bad key is not tried first by the next request. The tokens of answers that came whole but could not be
used are counted in the reply's usage.
"""

from __future__ import annotations

import asyncio
import random
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from agents.providers.authorising import authorisation
from agents.providers.chat_model import ChatModel, SpoiledError, Timeouts
from agents.providers.circuit import Circuit
from agents.providers.dialect import Dialect, first_dialect, read_structured
from agents.providers.discovery import offered_models
from agents.providers.errors_map import RejectedError
from agents.providers.families import family_of
from agents.providers.key_pool import KEY_FAULTS, Key, KeyPool, KeyState
from agents.providers.pursuit import PROVIDER_FAULTS, Clock, Policy, Pursuit, SystemClock
from agents.providers.registry import ROLES, KeyRow, Provider
from agents.providers.styles import OWN
from agents.providers.team import Candidate, candidates
from agents.providers.webchat.chats import WebChats, web_chats_of
from core.errors import ConfigurationError, ProviderError
from core.events import Event
from core.paths import home as find_home
from core.ports import ModelReply, ModelRequest, Role, Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from agents.providers.chat_model import Completion
    from agents.providers.keys import Secret
    from agents.providers.registry import Team
    from agents.providers.reply_cache import ReplyCache
    from agents.providers.styles import Style
    from agents.providers.webchat.chats import WebChatModel
    from core.events import EventSink, Json

CHARS_PER_TOKEN: Final = 3.2
WRITERS: Final[frozenset[Role]] = frozenset({"architect", "coder", "packager", "converse"})
"""Roles that make the answer; the others understand, judge and test it."""
_NEW_WORK: Final = frozenset({"coder.write", "tester.tests"})
"""Calls that wait when slots are short: a module begun is finished before another is, for others may wait for it."""
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Access:
    """A provider with its keys; one that takes none has a single empty one."""

    provider: Provider
    keys: tuple[Key, ...]

    @classmethod
    def by(cls, provider: Provider, secret: Secret | None = None) -> Access:
        """Join a provider with one key, or with none."""
        row = KeyRow(parallel=1) if provider.wire.protocol == "web" else KeyRow()  # a page is for one message
        return cls(provider, (Key(authorisation(provider, secret), row),))


class FleetGateway:
    """Any number of providers behind the `Gateway` port."""

    def __init__(
        self,
        fleet: Sequence[Access],
        sink: EventSink,
        *,
        team: Team | None = None,
        style: Style = OWN,
        writer: Candidate | None = None,
        policy: Policy | None = None,
        timeouts: Timeouts | None = None,
        clock: Clock | None = None,
        cache: ReplyCache | None = None,
        best_of: int = 1,
        chats: WebChats | None = None,
    ) -> None:
        self._fleet = {access.provider.id: access for access in fleet}
        self._providers = [access.provider for access in fleet]
        self._sink, self._team, self._style, self._writer = sink, team or {}, style, writer
        self._policy, self._timeouts, self._clock = policy or Policy(), timeouts or Timeouts(), clock or SystemClock()
        self._chats = chats or web_chats_of(find_home())
        self._models: dict[tuple[str, str], ChatModel | WebChatModel] = {}
        self._dialects: dict[str, Dialect] = {}
        self._offered: dict[str, tuple[str, ...]] = {}
        self._listing: asyncio.Task[None] | None = None
        self._pools = {
            access.provider.id: KeyPool(access.keys, self._clock, parallel=self._policy.parallel) for access in fleet
        }
        self._circuits = {provider.id: Circuit() for provider in self._providers}
        self._out: dict[str, tuple[float, str]] = {}
        self._cache, self._best_of = cache, max(best_of, style.best_of)
        self._dice = random.Random()  # noqa: S311 - spreads retries, protects nothing

    # ------------------------------------------------------------------------------------------ the port

    async def ask(self, request: ModelRequest, *, on_text: Callable[[str], None] | None = None) -> ModelReply:
        """Answer `request`. After a fallback `on_text` gets the new answer from its beginning (`call.substituted`)."""
        await self.know_models()
        first = next((candidate.id for candidate in self._candidates(request)), "")
        if self._cache and (known := await asyncio.to_thread(self._cache.get, request, first)):
            if on_text is not None:
                on_text(known.text)
            return known
        reply = await self._asked(request, on_text)
        if self._cache:
            await asyncio.to_thread(self._cache.put, request, first, reply)
        return reply

    async def _asked(self, request: ModelRequest, on_text: Callable[[str], None] | None) -> ModelReply:
        """Go after an answer until there is one or nobody is left."""
        pursuit = self._pursuit(request)
        while pursuit.left:
            candidate = await pursuit.begin()
            pool, barred = self._pools[candidate.provider.id], pursuit.barred(candidate)
            waiting = self._clock.now()
            async with pool.taken(candidate.model, urgent=request.tag.call not in _NEW_WORK, without=barred) as key:
                pursuit.deadline += self._clock.now() - waiting  # standing in our own line is nobody's failure
                try:
                    return await self._attempt(request, candidate, key, pursuit, on_text)
                except ProviderError as error:
                    failure = error
            self._learn(pursuit, candidate, key, failure)
            if pursuit.over:
                raise failure
            self._note(request, pursuit, candidate, key, failure)
        raise ConfigurationError("no-model", role=request.role)

    def estimate(self, request: ModelRequest) -> Usage:
        """Take the dearest candidate, a full answer, and each character of prompt and schema as input."""
        chars = sum(len(message.text) for message in request.messages) + len(str(request.schema or ""))
        prompt = int(chars / CHARS_PER_TOKEN) + 1
        costs = [
            _cost(candidate.provider, candidate.model, prompt, request.max_tokens)
            for candidate in self._candidates(request)
        ]
        known = [cost for cost in costs if cost is not None]
        priced = bool(costs) and len(known) == len(costs)
        return Usage(prompt, request.max_tokens, max(known, default=0.0), priced=priced)

    def roster(self) -> Mapping[Role, str]:
        """Name the first candidate of each role."""
        firsts = {role: self._answering(role)[:1] for role in ROLES}
        return {role: first[0].id for role, first in firsts.items() if first}

    def models(self) -> Sequence[str]:
        """Name every model that may answer for some role, first choices first."""
        found = [self._answering(role) for role in ROLES]
        ranks = zip_longest(*found)
        return list(dict.fromkeys(one.id for rank in ranks for one in rank if one is not None))

    def rivals(self) -> Mapping[int, str]:
        """Choose as many coders as are wanted, of as many families as there are, in the team's order."""
        coders = self._answering("coder")
        families = [candidate.family for candidate in coders]
        apart = sorted(range(len(coders)), key=lambda step: (families[step] in families[:step], step))
        return {step: coders[step].id for step in sorted(apart[: self._best_of])}

    def key_states(self) -> Mapping[str, list[KeyState]]:
        """Tell how the keys of each provider are."""
        return {provider: pool.states() for provider, pool in self._pools.items()}

    async def aclose(self) -> None:
        """Close every connection."""
        if self._listing is not None:
            self._listing.cancel()
        await asyncio.gather(*(model.aclose() for model in self._models.values()))

    async def know_models(self) -> None:
        """Ask each endpoint once for its models; a list that does not come leaves the preferences as they are."""
        if self._listing is None:
            self._listing = asyncio.create_task(self._list_models())
        await asyncio.shield(self._listing)

    async def _list_models(self) -> None:
        async def ask(access: Access) -> None:
            if access.provider.wire.protocol == "web":
                self._offered[access.provider.id] = await self._chats.models(access.provider)
                return
            try:
                async with asyncio.timeout(self._policy.list_seconds):
                    shown, seconds = access.keys[0].shown, self._policy.list_seconds
                    models = await offered_models(access.provider, shown, seconds=seconds)
            except (ProviderError, TimeoutError):
                return  # the first real call will tell what is wrong
            if models:
                self._offered[access.provider.id] = models

        await asyncio.gather(*map(ask, self._fleet.values()))

    # ------------------------------------------------------------------------------------------ who is asked

    def _candidates(self, request: ModelRequest) -> list[Candidate]:
        return self._answering(request.role, avoid_family=request.avoid_family, escalate=request.escalate)

    def _answering(self, role: Role, *, avoid_family: str = "", escalate: int = 0) -> list[Candidate]:
        if self._writer is not None and role in WRITERS:
            return [self._writer]
        return candidates(
            role,
            self._team,
            self._providers,
            self._offered,
            style=self._style,
            avoid_family=avoid_family,
            escalate=escalate,
        )

    def _pursuit(self, request: ModelRequest) -> Pursuit:
        """Begin with who is known to be in order; passing over a better one is a substitution like any other."""
        wanted = self._candidates(request)
        left = sorted(wanted, key=lambda candidate: self._known_fault(candidate) != "")
        notes = [f"{wanted[0].id} {self._known_fault(wanted[0])} before -> {left[0].id}"] if left != wanted else []
        return Pursuit(left, self._policy, self._clock, self._dice, notes)

    def _known_fault(self, candidate: Candidate) -> str:
        """Name what is wrong with a candidate since a moment ago, empty when nothing is."""
        now = self._clock.now()
        if self._circuits[candidate.provider.id].resting(now):
            return "resting"
        found = (self._out.get(mark, (0.0, "")) for mark in (candidate.provider.id, candidate.id))
        return next((fault for until, fault in found if until > now), "")

    # ------------------------------------------------------------------------------------------ one attempt

    async def _attempt(
        self,
        request: ModelRequest,
        candidate: Candidate,
        key: Key,
        pursuit: Pursuit,
        on_text: Callable[[str], None] | None,
    ) -> ModelReply:
        circuit = self._circuits[candidate.provider.id]
        circuit.begin(self._clock.now())
        try:
            completion, spoken = await self._complete(request, candidate, key, pursuit.remaining, on_text)
        except ProviderError as error:
            self._count(candidate.provider, circuit, error)
            raise
        finally:
            circuit.ended()
        circuit.answered()
        data = None
        if request.schema is not None:
            data = read_structured(completion.text, request.schema)
            self._remember_rung(candidate, spoken, worked=data is not None)
            if data is None:
                detail = "the answer holds no JSON object as asked"
                raise SpoiledError("malformed", completion, model=candidate.id, detail=detail)
        return self._reply(candidate, completion, data, pursuit)

    async def _complete(
        self,
        request: ModelRequest,
        candidate: Candidate,
        key: Key,
        within: float,
        on_text: Callable[[str], None] | None,
    ) -> tuple[Completion, Dialect]:
        """Call the model in its dialect; a rejection that teaches a better one is followed, not counted."""
        model = self._model(candidate, key)
        while True:
            dialect = self._dialect(candidate)
            try:
                completion = await model.complete(
                    dialect.messages(request),
                    dialect.parameters(request),
                    usage=dialect.usage,
                    first_within=within,
                    on_text=on_text,
                )
            except RejectedError as error:
                better = dialect.adapted(str(error.facts["detail"]), request)
                if better is None:
                    raise
                # A parallel call may have learned it already: then its dialect is used, not one rung further down.
                if self._dialect(candidate) == dialect:
                    self._dialects[candidate.id] = better
            else:
                return completion, dialect

    def _dialect(self, candidate: Candidate) -> Dialect:
        return self._dialects.get(candidate.id) or first_dialect(candidate.provider.wire)

    def _remember_rung(self, candidate: Candidate, spoken: Dialect, *, worked: bool) -> None:
        dialect = self._dialect(candidate)
        if dialect.rung != spoken.rung:
            return  # as above: what this call has seen is of another rung than the one in use
        if worked:
            self._dialects[candidate.id] = dialect.confirmed()
        elif not dialect.proven and (lower := dialect.lowered()) is not None:
            self._dialects[candidate.id] = lower

    def _model(self, candidate: Candidate, key: Key) -> ChatModel | WebChatModel:
        which = (candidate.id, key.label)
        if which not in self._models:
            provider, model = candidate.provider, candidate.model
            if provider.wire.protocol == "web":
                self._models[which] = self._chats.model(provider, model, self._timeouts)
            else:
                self._models[which] = ChatModel(provider, key.shown, model, self._timeouts)
        return self._models[which]

    def _reply(
        self, candidate: Candidate, completion: Completion, data: dict[str, Json] | None, pursuit: Pursuit
    ) -> ModelReply:
        provider, name, notes = candidate.provider, candidate.model, list(pursuit.notes)
        if not _same_model(candidate.model, completion.model):
            name = completion.model
            notes.append(f"{candidate.id} was asked, {provider.id}:{name} answered")
        return ModelReply(
            text=completion.text,
            model=f"{provider.id}:{name}",
            family=family_of(name, provider.id, provider.family),
            data=data,
            usage=_sum(_usage(candidate, completion), pursuit.spent),
            substitutions=tuple(notes),
        )

    # ------------------------------------------------------------------------------------------ after a failure

    def _count(self, provider: Provider, circuit: Circuit, error: ProviderError) -> None:
        """Let an endpoint rest that fails by itself time after time; a refusal shows that it is there."""
        if error.fault != "transient":
            circuit.answered()
        elif circuit.failed(self._clock.now()):
            seconds = round(circuit.until - self._clock.now(), 1)
            self._sink.emit(Event("PROVIDER", "provider.rests", data={"provider": provider.id, "seconds": seconds}))

    def _learn(self, pursuit: Pursuit, candidate: Candidate, key: Key, error: ProviderError) -> None:
        """Keep for other requests what is not about this one, and count what an unusable answer cost."""
        until = self._clock.now() + self._policy.memory
        another_key = self._another_key(pursuit, candidate, key, error, until)
        pursuit.failed(candidate, error, another_key=another_key)
        if another_key:
            return
        if error.fault in PROVIDER_FAULTS:
            self._out[candidate.provider.id] = (until, error.fault)
        elif error.fault == "model_gone":
            self._out[candidate.id] = (until, error.fault)
        elif error.fault == "rate_limited":
            self._out[candidate.id] = (pursuit.ready[candidate.id], error.fault)
        if isinstance(error, SpoiledError):
            pursuit.spent = _sum(pursuit.spent, _usage(candidate, error.completion))

    def _another_key(
        self, pursuit: Pursuit, candidate: Candidate, key: Key, error: ProviderError, until: float
    ) -> bool:
        """Put the key off when it was to blame; True when another one of the provider can be tried at once."""
        if error.fault not in KEY_FAULTS:
            return False
        pool = self._pools[candidate.provider.id]
        if error.fault == "rate_limited":
            pause = self._clock.now() + max(error.retry_after or 0.0, self._policy.first_pause)
            pause = min(pause, self._clock.now() + self._policy.longest_pause)
            pool.put_off(key, error.fault, pause, model=candidate.model)
            return pool.ready(candidate.model, pursuit.barred(candidate))
        pool.put_off(key, error.fault, until)
        pursuit.bar(candidate, key.label)
        data: dict[str, Json] = {"provider": candidate.provider.id, "key": key.label, "fault": error.fault}
        self._sink.emit(Event("PROVIDER", "key.refused", data=data))
        return pool.left(pursuit.barred(candidate))

    def _note(self, request: ModelRequest, pursuit: Pursuit, failed: Candidate, key: Key, error: ProviderError) -> None:
        """Make the change visible: in the reply and as an event."""
        following = pursuit.next().id
        who = f"{failed.id} [{key.label}]" if key.label else failed.id
        pursuit.notes.append(f"{who} {error.fault} -> {following}")
        data: dict[str, Json] = {
            "call": request.tag.call,
            "failed": failed.id,
            "key": key.label,
            "fault": error.fault,
            "detail": str(error.facts["detail"]),
            "next": following,
            "seconds": round(max(0.0, pursuit.ready.get(following, 0.0) - self._clock.now()), 1),
        }
        self._sink.emit(Event("PROVIDER", "call.substituted", request.tag.run, request.tag.module, data))


def _same_model(asked: str, answered: str) -> bool:
    """Whether the names mean one model: endpoints add dates and tags and drop the maker's prefix."""
    names = (name.lower().rsplit("/", 1)[-1].partition(":")[0].removesuffix("-latest") for name in (asked, answered))
    short, long = sorted(names, key=len)
    return long.startswith(short) and re.fullmatch(r"(?:[-@_]\d{4}[\w.-]*)?", long[len(short) :]) is not None


def _cost(provider: Provider, model: str, prompt: int, answer: int) -> float | None:
    price = provider.price(model)
    return None if price is None else (prompt * price.input + answer * price.output) / _MILLION


def _usage(candidate: Candidate, completion: Completion) -> Usage:
    """Price what was counted; uncounted tokens have no known price."""
    prompt, answer = completion.prompt_tokens, completion.completion_tokens
    cost = _cost(candidate.provider, candidate.model, prompt, answer) if prompt or answer else None
    return Usage(prompt, answer, cost or 0.0, priced=cost is not None)


def _sum(one: Usage, other: Usage) -> Usage:
    """Add two usages; a sum with an unknown part is not priced, nothing at all counts as known."""
    return Usage(
        one.prompt_tokens + other.prompt_tokens,
        one.completion_tokens + other.completion_tokens,
        one.cost_usd + other.cost_usd,
        priced=all(usage.priced for usage in (one, other) if usage != Usage()),
    )


__all__ = ["Access", "Clock", "FleetGateway", "Policy"]
