"""Plans for the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.plan import Plan


def plan_for(files: Mapping[str, str], **changes: Any) -> Plan:
    """A plan with one module per file, unless `modules` says otherwise."""
    modules = [module(path) for path in files if not path.startswith("tests/")]
    whole = {
        "title": "t", "slug": "t", "summary": "", "language": "python", "kind": "cli", "target": "source",
        "entry_point": "main.py", "dependencies": [], "modules": modules, "changed": [], "acceptance": [], "notes": [],
    }  # fmt: skip
    return whole | changes  # type: ignore[return-value]


def module(*paths: str, exports: tuple[str, ...] = (), interface: str = "") -> Any:
    return {
        "name": paths[0].partition(".")[0].replace("/", "_"), "purpose": "", "paths": list(paths),
        "interface": interface, "exports": list(exports), "uses": [], "needs": [],
    }  # fmt: skip
