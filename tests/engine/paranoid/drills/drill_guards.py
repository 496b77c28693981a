"""Guards of the product, how each is taken out, and the drill and promise that must notice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
PACKAGES = ("core", "agents", "memory", "builders", "graph", "engine", "locks")


def root_of(package: str) -> Path:
    return ROOT / package


@dataclass(frozen=True)
class Edit:
    """A replacement in one file; it must fit, or the guard has moved and the table has to follow."""

    file: str
    old: str
    new: str

    def apply(self, folder: Path) -> None:
        path = folder / self.file
        text = path.read_text(encoding="utf-8")
        assert self.old in text, f"{self.file} no longer holds {self.old!r}"
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


@dataclass(frozen=True)
class Guard:
    """One guard."""

    name: str
    drill: str
    promise: str
    edits: tuple[Edit, ...]


def _guard(name: str, drill: str, promise: str, *edits: tuple[str, str, str]) -> Guard:
    return Guard(name, drill, promise, tuple(Edit(*edit) for edit in edits))


_UNPROTECTED = '__import__("os").system(__import__("shlex").join(job.argv)); raise RunnerUnavailable()'
_NO_TRIGGER = "CREATE TRIGGER events_fixed BEFORE UPDATE ON events WHEN false\n"

GUARDS = (
    _guard(
        "reserved names",
        "odd-paths",
        "known",
        ("core/safe_path.py", 'if part.split(".", 1)[0].strip(" ").casefold() in RESERVED:', "if False:"),
    ),
    _guard(
        "names in archives",
        "odd-paths",
        "zip",
        ("builders/unpacked.py", "safe_path(folder, entry.filename)", "folder / entry.filename"),
    ),
    _guard(
        "links in results",
        "odd-paths",
        "collected",
        ("builders/runner/collect.py", "if stat.S_ISLNK(os.lstat(name, dir_fd=folder).st_mode):", "if False:"),
        ("builders/runner/collect.py", "os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK", "os.O_RDONLY | os.O_NONBLOCK"),
    ),
    _guard("digest of rows", "bit-flip", "message", ("memory/store.py", "if digest(row) != kept:", "if False:")),
    _guard(
        "digest of kept texts",
        "bit-flip",
        "blob",
        ("memory/archive.py", "if hashlib.sha256(data).hexdigest() != sha256:", "if False:"),
    ),
    _guard(
        "rename of finished files",
        "overwrite",
        "rewritten",
        (
            "core/files.py",
            "    handle, name = tempfile",
            "    return void(path.write_bytes(data))\n    handle, name = tempfile",
        ),
        ("core/files.py", "def replace_patiently", "def void(_):\n    return None\n\n\ndef replace_patiently"),
    ),
    _guard(
        "old content on a full disk",
        "disk-full",
        "settings",
        ("core/files.py", "    handle, name = tempfile", "    path.write_bytes(data)\n    handle, name = tempfile"),
    ),
    _guard(
        "events the disk refused",
        "disk-full",
        "waits",
        (
            "engine/journal/keeping.py",
            "                self._keep_for_later(error)\n                return False",
            "                self._unsaved.clear()\n                return False",
        ),
    ),
    _guard(
        "chain of events",
        "journal-tamper",
        "changed",
        ("engine/journal/rows.py", "return self.chain == chained(previous, *self[:-1])", "return True"),
    ),
    _guard(
        "append-only events",
        "journal-tamper",
        "closed",
        ("engine/journal/schema.sql", "CREATE TRIGGER events_fixed BEFORE UPDATE ON events\n", _NO_TRIGGER),
    ),
    _guard(
        "order by number",
        "clock-jump",
        "journal",
        ("engine/journal/searching.py", "ORDER BY seq {order}", "ORDER BY at {order}"),
    ),
    _guard(
        "no overwriting",
        "overwrite",
        "appears",
        (
            "builders/delivery.py",
            "os.link(prepared, destination, follow_symlinks=False)",
            "prepared.replace(destination)",
        ),
    ),
    _guard(
        "monotonic working time",
        "clock-jump",
        "timed",
        ("graph/budget.py", "time.monotonic()", "time.time()"),
    ),
    _guard(
        "redaction of the journal",
        "secrets",
        "disk",
        ("engine/journal/keeping.py", "        event = redacted(event)\n", ""),
    ),
    _guard(
        "redaction of the log",
        "secrets",
        "disk",
        ("core/logs.py", "return redaction.redact(super().format(record))", "return super().format(record)"),
    ),
    _guard(
        "redaction of foreign errors",
        "secrets",
        "texts",
        ("agents/providers/errors_map.py", "redact(text[:20_000])", "text[:20_000]"),
    ),
    _guard(
        "time limit of the keyring",
        "keyring-trouble",
        "bounded",
        ("agents/providers/keys.py", "wrap_future(call.done), self._seconds", "wrap_future(call.done), None"),
    ),
    _guard(
        "no keys in the clear",
        "keyring-trouble",
        "no-plaintext",
        ("agents/providers/keys.py", 'if "plaintext" in type(first).__name__.lower():', "if False:"),
    ),
    _guard(
        "refusal without a sandbox",
        "runner-missing",
        "nothing-ran",
        (
            "builders/runner/sandbox.py",
            'raise RunnerUnavailable("sandbox-refused", detail=status.detail)',
            _UNPROTECTED,
        ),
    ),
    _guard(
        "no network in the sandbox",
        "sandbox-escape",
        "network",
        ("builders/runner/bubblewrap.py", '"--unshare-all", ', '"--unshare-all", "--share-net", '),
        ("builders/runner/sandbox.py", 'if interfaces != ["lo"]:', "if False:"),
    ),
    _guard(
        "clean environment in the sandbox",
        "sandbox-escape",
        "environment",
        ("builders/runner/bubblewrap.py", ', "--clearenv"', ""),
        (
            "builders/runner/bubblewrap.py",
            "env={name: os.environ[name] for name in",
            "env=os.environ | {name: os.environ[name] for name in",
        ),
    ),
    _guard(
        "strict decoding",
        "crafted-checkpoint",
        "nothing-ran",
        ("graph/__init__.py", '"LANGGRAPH_STRICT_MSGPACK"] = "true"', '"LANGGRAPH_STRICT_MSGPACK"] = "false"'),
        ("graph/checkpoints.py", "if not _msgpack.STRICT_MSGPACK_ENABLED:", "if False:"),
    ),
    _guard(
        "lost databases",
        "damaged-database",
        "empty",
        ("engine/intact.py", "            if not _filled(path):", "            if False:"),
    ),
    _guard(
        "restore from a backup",
        "damaged-database",
        "restored",
        (
            "engine/bootstrap.py",
            "recovered = clean_orphans(_children(home)), recover(home)",
            "recovered = clean_orphans(_children(home)), []",
        ),
    ),
    _guard(
        "digest of what was approved",
        "forged-approval",
        "forged",
        ("graph/approvals.py", "or row[1] != digest or", "or"),
    ),
    _guard("red is never approved", "forged-approval", "red", ("graph/cards.py", ' and verdict["level"] != "red"', "")),
    _guard(
        "permissions bound to one action",
        "forged-approval",
        "actions",
        ("graph/guard.py", "WHERE digest=? AND NOT noted", "WHERE ?!='' AND NOT noted"),
    ),
    _guard(
        "one MultiCoder per folder",
        "two-instances",
        "refused",
        ("core/locks.py", "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"),
    ),
    _guard(
        "whole answers only",
        "provider-storm",
        "no-half",
        ("agents/providers/chat_model.py", "if not self.finish and self.chars:", "if False:"),
    ),
    _guard(
        "no retry with a bad key",
        "provider-storm",
        "no-retry",
        (
            "agents/providers/pursuit.py",
            'frozenset({"bad_key", "no_money", "region"})',
            'frozenset({"no_money", "region"})',
        ),
    ),
    _guard("caps of a run", "budget-loop", "calls", ("graph/budget.py", "if wanted > self._cap(name):", "if False:")),
    _guard(
        "reservation before sending",
        "budget-loop",
        "parallel",
        ("graph/budget.py", "self._spent[name] + self._reserved[name] + amount <= self._cap(name)", "True"),
    ),
    _guard(
        "effects done once",
        "kill-run",
        "once",
        (
            "graph/ledger.py",
            "        if found is not None:\n            return found\n        intended",
            "        intended",
        ),
    ),
    _guard(
        "intents kept from the first attempt",
        "kill-run",
        "same-target",
        ("graph/ledger.py", "INSERT OR IGNORE INTO effects", "INSERT OR REPLACE INTO effects"),
    ),
)
