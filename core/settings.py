"""What a person can set, declared once as data: type, default, range and texts; screens and checks derive from it."""

from __future__ import annotations

import dataclasses
import math
import re
import tomllib
from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError, StorageError
from core.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

Value = str | int | float | bool

_ENVIRONMENT: Final = {"MULTICODER_TEAM": "team"}
_LINE: Final = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a setting accepts."""

    minimum: float = -math.inf
    maximum: float = math.inf
    choices: tuple[str, ...] = ()
    pattern: str = ""

    def describe(self, kind: type) -> str:
        """Say the rule in characters every language reads."""
        if self.choices:
            return ", ".join(self.choices)
        if kind is bool:
            return "true, false"
        if kind is str:
            return self.pattern
        return f"{self.minimum:g} ... {self.maximum:g}"

    def allows(self, value: Value) -> bool:
        """Tell whether a value of the right type lies inside the rule."""
        if isinstance(value, bool):
            return True
        if isinstance(value, str):
            if self.choices:
                return value in self.choices
            return re.fullmatch(self.pattern, value) is not None
        return self.minimum <= value <= self.maximum


def _setting(default: Any, **rule: Any) -> Any:
    return field(default=default, metadata={"rule": Rule(**rule)})


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's wishes. Limits are per run and fail closed; each field is one setting."""

    budget_usd: float = _setting(5.0, minimum=0, maximum=10_000)
    budget_tokens: int = _setting(3_000_000, minimum=1_000, maximum=1_000_000_000)
    budget_calls: int = _setting(400, minimum=1, maximum=100_000)
    budget_minutes: int = _setting(180, minimum=1, maximum=10_080)
    concurrency: int = _setting(12, minimum=1, maximum=32)
    """Calls one provider gets at the same time."""
    best_of: int = _setting(1, minimum=1, maximum=4)
    """How many models write the same module, of which tests choose one."""
    loop_limit: int = _setting(3, minimum=1, maximum=20)
    """Rounds of repair without new progress before the person is asked."""
    team: str = _setting("", pattern=r"[\w.-]{0,64}")
    """Team preset; empty = chosen from the providers that are set up."""
    embedding: str = _setting("", pattern=r"([\w.-]{1,64}:\S{1,200})?")
    """Model that makes the vectors of the memory, `provider:model`; empty = the built-in one, which asks nobody."""
    web_search: str = _setting("ask", choices=("off", "ask", "on"))
    """Whether runs look things up on the internet: never, once asked, by themselves. None of it allows a download."""
    web_hosts: str = _setting("", pattern=r"[\w.:\[\], -]{0,1000}")
    """Servers of the person that may be looked at besides public ones: `host:port`, with commas between them."""
    search_engines: str = _setting("", pattern=r"[a-z, -]{0,200}")
    """Names of engines that are asked first, in this order; empty = the usual order."""
    searxng: str = _setting("", pattern=r"(https?://\S{1,300})?")
    """Address of a SearXNG the person trusts; empty = none."""
    language: str = _setting("auto", choices=("auto", "en", "ru"))
    task_slots: int = _setting(2, minimum=1, maximum=16)
    """Heavy background tasks at the same time."""
    paranoid: str = _setting("watch", choices=("off", "watch", "strict"))
    """What the paranoid tester may do: nothing, watch and report, or pause tasks as well."""
    journal_mb: int = _setting(200, minimum=5, maximum=100_000)
    """Disk the journal may use before its older events move into compressed segments."""
    backup_hours: int = _setting(6, minimum=1, maximum=720)
    backups_kept: int = _setting(8, minimum=2, maximum=1_000)
    report_every: str = _setting("never", choices=("never", "day", "week", "month"))
    """How often a report is written by itself."""
    report_on_critical: bool = _setting(default=True)
    """Whether a critical event writes a report of itself."""
    telemetry_endpoint: str = _setting("", pattern=r"(https?://\S{1,500})?")
    """OTLP/HTTP address that gets traces and events; empty = nothing is sent."""
    unknown: Mapping[str, Any] = field(default_factory=dict)
    """Keys of other versions of MultiCoder, kept when saving."""

    def as_dict(self) -> dict[str, Value]:
        """Return the values by key."""
        return {item.key: getattr(self, item.key) for item in declared()}

    def with_value(self, key: str, value: object) -> Settings:
        """Return a copy with one setting changed; text is read as the setting's type. InputError names the key."""
        changed: Any = {key: _declared(key).check(value)}
        return dataclasses.replace(self, **changed)


@dataclass(frozen=True, slots=True)
class Declared:
    """One setting as screens and `--help` need it."""

    key: str
    kind: type
    default: Value
    rule: Rule

    @property
    def title(self) -> str:
        """Id of the name of the setting in the catalogue."""
        return f"setting-{self.key.replace('_', '-')}"

    @property
    def help(self) -> str:
        """Id of its explanation."""
        return f"{self.title}.help"

    def check(self, value: object) -> Value:
        """Return `value` as this setting's type or raise InputError."""
        known = self._converted(value)
        if known is None or not self.rule.allows(known):
            raise InputError("bad-setting", key=self.key, value=repr(value)[:80], allowed=self.rule.describe(self.kind))
        return known

    def _converted(self, value: object) -> Value | None:
        if self.kind is str or self.kind is bool:
            return value if isinstance(value, (str, bool)) and type(value) is self.kind else None
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            return None
        try:
            number = float(value)
        except (ValueError, OverflowError):
            return None
        if self.kind is int:
            return int(number) if number.is_integer() else None
        return number


def declared() -> tuple[Declared, ...]:
    """Return every setting in the order it is shown."""
    fields: Any = [item for item in dataclasses.fields(Settings) if "rule" in item.metadata]
    return tuple(Declared(item.name, type(item.default), item.default, item.metadata["rule"]) for item in fields)


def load(path: Path, environ: Mapping[str, str]) -> Settings:
    """Read the settings file (none = defaults), then the environment. InputError on a bad value or a broken file.

    To change and save settings load them with an empty environment: what it says holds for one start only.
    """
    known = {item.key: item for item in declared()}
    values: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    for key, value in _read(path).items():
        if key in known:
            values[key] = known[key].check(value)
        else:
            unknown[key] = value
    for variable, key in _ENVIRONMENT.items():
        if environ.get(variable):
            values[key] = known[key].check(environ[variable])
    return Settings(**values, unknown=unknown)


def save(path: Path, settings: Settings) -> None:
    """Write what differs from the defaults, so that better defaults of later versions reach the person."""
    import tomli_w  # noqa: PLC0415 - only when something is saved

    defaults = Settings().as_dict()
    changed = {key: value for key, value in settings.as_dict().items() if value != defaults[key]}
    write_atomic(path, tomli_w.dumps({**changed, **settings.unknown}).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise StorageError("storage", path=str(path), detail=error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise InputError("settings-unreadable", path=str(path), line=1) from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        raise InputError("settings-unreadable", path=str(path), line=int(line[1]) if line else 1) from error


def _declared(key: str) -> Declared:
    for item in declared():
        if item.key == key:
            return item
    raise InputError("unknown-setting", key=key, known=", ".join(item.key for item in declared()))
