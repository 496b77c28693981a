"""Settings and providers that cannot be read: kept under `damaged/`, and what can be read goes on being used.

Only the engine's own process does this. Whoever works in a terminal is told where the fault is and corrects it there;
whoever looks at a window could not even open it.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from agents.providers.registry import Registry
from core import settings as settings_file
from core.errors import InputError, MultiCoderError, StorageError
from core.i18n import Words
from core.settings import Settings, declared
from engine.recovery.restore import set_aside
from engine.recovery.told import unusable_told

if TYPE_CHECKING:
    from pathlib import Path

    from core.paths import Home


def put_wishes_right(home: Home) -> None:
    """Set aside what cannot be read; what was done is told with everything that is put right at a start.

    Raises:
        StorageError: the disk refused.
    """
    with unusable_told(home.damaged):
        try:
            settings_file.load(home.settings, {})
        except InputError as error:
            readable, wrong = _readable(home.settings)
            lost = Words("recovery-settings-default", {"keys": ", ".join(wrong), "count": len(wrong)})
            set_aside(home, home.settings, _detail(error), lost)
            if wrong:
                settings_file.save(home.settings, readable)
        registry = Registry(home.providers)
        try:
            registry.list()
            registry.team()
        except StorageError as error:
            if not isinstance(error.__cause__, OSError):  # what the disk refuses today it may give tomorrow
                set_aside(home, home.providers, _detail(error), Words("recovery-providers-empty", {}))


def _readable(file: Path) -> tuple[Settings, list[str]]:
    """What the person wished for, without the wishes that make no sense, and their names; none when nothing is."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError:
        return Settings(), []
    known = {item.key: item for item in declared()}
    values: dict[str, Any] = {}
    wrong = []
    for key in sorted(known.keys() & found.keys()):
        try:
            values[key] = known[key].check(found[key])
        except InputError:
            wrong.append(key)
    return Settings(**values, unknown={key: value for key, value in found.items() if key not in known}), wrong


def _detail(error: MultiCoderError) -> str:
    """Where the fault is; never what stands there."""
    where = error.facts.get("key") or error.facts.get("line") or error.facts.get("detail") or ""
    return f"line {where}" if isinstance(where, int) else str(where)
