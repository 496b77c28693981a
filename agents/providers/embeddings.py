"""Vectors from a provider's `/embeddings`, for who wants the memory to find by meaning and not by words alone.

It goes the way of every call: the row's address, proxy and certificates, its keys shown at the last moment, failures
told as faults. Texts go out without secrets; what comes back is numbers, and only those that can be vectors are taken.
"""

from __future__ import annotations

import asyncio
import json
import math
from array import array
from typing import TYPE_CHECKING, Any, Final

from agents.providers.authorising import authorisation, client_options, hook, plain_headers
from agents.providers.embedding_cache import FOLDER, EmbeddingCache
from agents.providers.errors_map import NO_CLIENT, from_response, translate, unreachable
from agents.providers.key_pool import KEY_FAULTS
from agents.providers.keys import KeyStore, Secret
from agents.providers.registry import ENV_PROVIDER, KEY_VARIABLE, Registry, from_environment
from core.errors import ConfigurationError, InputError, MultiCoderError, ProviderError
from core.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from agents.providers.authorising import Authorisation
    from agents.providers.registry import Provider
    from core.paths import Home

_PLACE: Final = "/embeddings"
_AT_ONCE: Final = 64
"""Texts in one request; providers refuse more than some hundreds."""
_LONGEST_TEXT: Final = 8_000
"""Characters of a text that are sent: what models of embeddings read at all."""
_SECONDS: Final = 30.0
_TRIES: Final = 3
_PATIENCE: Final = 20.0
"""Who asks to wait longer is not waited for; the memory tries again later."""
_LARGEST_ANSWER: Final = 64_000_000
_MOST_NUMBERS: Final = 8_192
"""Of a vector."""
_HTTP_ERROR: Final = 400
_PASSING: Final = frozenset({"transient", "rate_limited"})


class ProviderEmbedding:
    """`memory.lanes.Embedding` of one model at one endpoint. Its dimension is 0 until the first vector came."""

    def __init__(
        self,
        provider: Provider,
        model: str,
        keys: Callable[[], Any],
        cache: EmbeddingCache,
    ) -> None:
        """`keys` is called when there is something to ask, and returns the keys to be tried in order."""
        self.name = f"{provider.id}:{model}"
        self.dimension = 0
        self.version = 1
        self._provider, self._model = provider, model
        self._keys, self._cache = keys, cache
        self._turn = asyncio.Lock()

    async def embed(self, texts: Sequence[str]) -> bytes:
        """Return float32 vectors, row after row, each of length 1; ProviderError or ConfigurationError."""
        asked = [redact(text[:_LONGEST_TEXT]) or " " for text in texts]
        found = await asyncio.to_thread(self._cache.get, asked)
        missing = list(dict.fromkeys(text for text, vector in zip(asked, found, strict=True) if vector is None))
        fresh: dict[str, bytes] = {}
        async with self._turn:  # one request at a time: the person's own calls have the endpoint's limits to themselves
            for first in range(0, len(missing), _AT_ONCE):
                part = missing[first : first + _AT_ONCE]
                vectors = await self._asked(part)
                await asyncio.to_thread(self._cache.keep, part, vectors)
                fresh.update(zip(part, vectors, strict=True))
        rows = [fresh[text] if vector is None else vector for text, vector in zip(asked, found, strict=True)]
        sizes = {len(row) for row in rows}
        if len(sizes) > 1 or (self.dimension and sizes and sizes != {self.dimension * 4}):
            raise self._malformed("vectors of another length than before")
        if rows:
            self.dimension = len(rows[0]) // 4
        return b"".join(rows)

    async def _asked(self, texts: Sequence[str]) -> list[bytes]:
        """Ask with one key after another, and again after what passes."""
        problem = ProviderError("bad_key", model=self.name, detail="no key")
        for key in await self._keys():
            for tried in range(1, _TRIES + 1):
                try:
                    return await self._request(texts, key)
                except ProviderError as error:
                    problem = error
                wait = problem.retry_after if problem.retry_after is not None else 2.0**tried
                if problem.fault not in _PASSING or tried == _TRIES or wait > _PATIENCE:
                    break
                await asyncio.sleep(wait)
            if problem.fault not in KEY_FAULTS:
                break
        raise problem

    async def _request(self, texts: Sequence[str], key: Authorisation) -> list[bytes]:
        import httpx  # noqa: PLC0415 - only when an endpoint is really asked

        provider = self._provider
        try:
            client = httpx.AsyncClient(
                timeout=_SECONDS,
                headers=plain_headers(provider),
                event_hooks={"request": [hook(key)]},
                **client_options(provider),
            )
        except NO_CLIENT as error:
            raise unreachable(error, self.name) from None
        try:
            async with asyncio.timeout(2 * _SECONDS), client:
                body = {"model": self._model, "input": list(texts), "encoding_format": "float"}
                async with client.stream("POST", provider.address(_PLACE), json=body) as response:
                    read = await _whole(response)
            if response.status_code < _HTTP_ERROR:
                return _vectors(json.loads(read), len(texts))
        except Exception as error:  # noqa: BLE001 - the border to httpx: every failure becomes a fault
            raise translate(error, self.name) from None
        raise from_response(response.status_code, response.headers, read, self.name)

    def _malformed(self, detail: str) -> ProviderError:
        return ProviderError("malformed", model=self.name, detail=detail)


async def _whole(response: Any) -> bytes:
    read = bytearray()
    async for piece in response.aiter_bytes():
        read += piece
        if len(read) > _LARGEST_ANSWER:
            raise ValueError("an endless answer")
    return bytes(read)


def _vectors(answer: Any, count: int) -> list[bytes]:
    """Read the vectors of an answer; ValueError, LookupError or TypeError for anything else."""
    rows = answer["data"]
    ordered: dict[int, bytes] = {}
    for place, row in enumerate(rows):
        ordered[int(row.get("index", place))] = _of_length_one(row["embedding"])
    if sorted(ordered) != list(range(count)) or len({len(row) for row in ordered.values()}) != 1:
        raise ValueError(f"{len(rows)} vectors for {count} texts")
    return [ordered[place] for place in range(count)]


def _of_length_one(numbers: Any) -> bytes:
    if not isinstance(numbers, list) or not 0 < len(numbers) <= _MOST_NUMBERS:
        raise ValueError("no vector")
    length = math.sqrt(math.fsum(number * number for number in numbers))
    if not (math.isfinite(length) and length > 0):
        raise ValueError("a vector without length")
    return array("f", [number / length for number in numbers]).tobytes()


class UnknownEmbedding:
    """What a setting names that is not there (any more): it says so whenever it is asked, and nothing is lost."""

    def __init__(self, chosen: str) -> None:
        self.name = chosen
        self.dimension = 0
        self.version = 1

    async def embed(self, texts: Sequence[str]) -> bytes:
        """Raise InputError."""
        raise InputError("unknown-model", model=self.name[:200], texts=len(texts))


def provider_embedding(
    home: Home, chosen: str, environ: Mapping[str, str]
) -> ProviderEmbedding | UnknownEmbedding | None:
    """Return the embedding a setting names (`provider:model`), None for the built-in one; nothing is asked yet."""
    if not chosen:
        return None
    owner, _, model = chosen.partition(":")
    try:
        known = {row.id: row for row in Registry(home.providers).list()}
    except MultiCoderError:  # who needs the list for more than this tells of it
        known = {}
    if named := from_environment(environ):
        known[ENV_PROVIDER] = named
    provider = known.get(owner)
    if provider is None or not model or provider.wire.protocol != "openai":
        return UnknownEmbedding(chosen)

    async def keys() -> list[Authorisation]:
        return await _keys(home, provider, environ)

    return ProviderEmbedding(provider, model, keys, EmbeddingCache(home.root / FOLDER, f"{provider.base_url} {model}"))


async def _keys(home: Home, provider: Provider, environ: Mapping[str, str]) -> list[Authorisation]:
    if provider.id == ENV_PROVIDER:
        given = environ.get(KEY_VARIABLE, "").strip()
        return [authorisation(provider, Secret(given) if given else None)]
    store = KeyStore(home)
    secrets = [await store.get(provider.stored_as(row)) for row in provider.keys if row.enabled]
    found = [authorisation(provider, secret) for secret in secrets if secret]
    if not found and not provider.local:
        raise ConfigurationError("no-key", provider=provider.id)
    return found or [authorisation(provider, None)]


__all__ = ["ProviderEmbedding", "UnknownEmbedding", "provider_embedding"]
