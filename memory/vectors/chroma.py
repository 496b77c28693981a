"""The one place where chromadb is imported: without what it declares and an embedded index never needs.

It is opened as a library on a folder only. Nothing here can start its server or speak to one, and what its settings
would read from the environment or from a file `.env` of the current folder is said here instead.
"""

from __future__ import annotations

import importlib
import sys
import types
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_UNUSED_EXPORTER: Final = "opentelemetry.exporter.otlp.proto.grpc"
"""chromadb imports it at the top of a module and makes one only for an address that is never given here."""
_SAID: Final[Mapping[str, Any]] = {
    "allow_reset": False,
    "anonymized_telemetry": False,
    "chroma_api_impl": "chromadb.api.rust.RustBindingsAPI",
    "chroma_client_auth_provider": None,
    "chroma_otel_collection_endpoint": "",
    "chroma_otel_granularity": None,
    "chroma_product_telemetry_impl": "chromadb.telemetry.product.posthog.Posthog",
    "chroma_server_host": None,
    "chroma_server_http_port": None,
    "chroma_server_nofile": None,
    "migrations": "apply",
    "migrations_hash_algorithm": "md5",
}
_THREADS: Final = 1
"""One thread makes the same graph of the same vectors in the same order, and leaves the other cores to the person."""
_INDEX: Final[Mapping[str, Any]] = {
    "space": "ip",  # all vectors are of length 1: the product is the cosine
    "ef_construction": 100,
    "max_neighbors": 16,
    "ef_search": 200,
    "num_threads": _THREADS,
    "sync_threshold": 5_000,  # rows that may wait in its database before the whole graph is written anew
}


class TelemetryOnError(Exception):
    """The library does not keep to being silent."""


def version() -> str:
    """Return the version of the library; imports it, which takes seconds the first time."""
    return str(_library().__version__)


def open_client(folder: Path) -> Any:
    """Open the index in `folder`, made when it is not there."""
    library = _library()
    settings = library.config.Settings(_env_file=None, **_SAID)
    client = library.PersistentClient(path=str(folder), settings=settings)
    used = client.get_settings()
    if used.anonymized_telemetry or used.chroma_otel_collection_endpoint or used.chroma_server_host:
        client.close()
        raise TelemetryOnError("chromadb would open connections")
    return client


def open_collection(client: Any, name: str) -> Any:
    """Return a collection, made when it is not there; it never embeds anything itself."""
    return client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": dict(_INDEX)})


def _library() -> Any:
    if "chromadb" not in sys.modules and _UNUSED_EXPORTER not in sys.modules:
        package, module = types.ModuleType(_UNUSED_EXPORTER), types.ModuleType(f"{_UNUSED_EXPORTER}.trace_exporter")
        package.__path__ = []
        module.OTLPSpanExporter = _no_exporter  # type: ignore[attr-defined]  # the one name that is imported
        sys.modules[package.__name__], sys.modules[module.__name__] = package, module
    return importlib.import_module("chromadb")


def _no_exporter(*_args: object, **_named: object) -> None:
    raise TelemetryOnError("chromadb asked for an exporter of its telemetry")


__all__ = ["TelemetryOnError", "open_client", "open_collection", "version"]
