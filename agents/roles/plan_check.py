"""What can be settled and what must be refused in an architect's plan, without a model."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final, cast

from core.errors import InputError
from core.safe_path import check_collisions, clean_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.plan import AcceptanceExample, ModuleContract, Plan, Target

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_NAME: Final = re.compile(r"[\w][\w .-]{0,59}")
_TESTS: Final = "tests/"
_WITHOUT_CONSOLE: Final = ("gui", "web")


def settled(plan: Plan, target: str | None, previous: Plan | None) -> Plan:
    """Decide everything that needs no model: spelling of paths, ids, the wished target, what a change leaves alone."""
    modules = [_tidy(module) for module in plan["modules"]]
    changed = list(dict.fromkeys(plan["changed"]))
    slug = re.sub(r"[\s_]+", "_", plan["slug"].strip().lower())
    if previous is None:
        changed = [module["name"] for module in modules]
    else:
        slug = previous["slug"]
        modules = list(_with_untouched(modules, changed, previous))
    return {
        **plan,
        "slug": slug,
        "target": cast("Target", target) if target else plan["target"],
        "entry_point": _path(plan["entry_point"]),
        "dependencies": [name for name in plan["dependencies"] if not _is_builtin(plan["language"], name)],
        "modules": modules,
        "changed": changed,
        "acceptance": [_example(plan, number, example) for number, example in enumerate(plan["acceptance"], 1)],
    }


def _path(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")


def _tidy(module: ModuleContract) -> ModuleContract:
    paths = list(dict.fromkeys(_path(path) for path in module["paths"]))
    exports = [_export(export, paths) for export in module["exports"]]
    uses = [name for name in dict.fromkeys(module["uses"]) if name != module["name"]]
    needs = [name for name in dict.fromkeys(module["needs"]) if name != module["name"]]
    return {**module, "paths": paths, "exports": list(dict.fromkeys(exports)), "uses": uses, "needs": needs}


def _export(export: str, paths: list[str]) -> str:
    path, colon, name = export.rpartition(":")
    return f"{_path(path.strip())}:{name.strip()}" if colon else f"{paths[0]}:{name.strip()}"


def _is_builtin(language: str, name: str) -> bool:
    return language == "python" and re.split(r"[\s<>=!~\[;]", name, maxsplit=1)[0] in sys.stdlib_module_names


def _example(plan: Plan, number: int, example: AcceptanceExample) -> AcceptanceExample:
    settled_example: AcceptanceExample = {**example, "id": f"a{number}"}
    if plan["kind"] in _WITHOUT_CONSOLE:
        settled_example["check"] = None
    return settled_example


def _with_untouched(modules: list[ModuleContract], changed: list[str], previous: Plan) -> Iterator[ModuleContract]:
    """Keep the contract of every module that is not changed word for word, also when the answer forgot it."""
    before = {module["name"]: module for module in previous["modules"]}
    for module in modules:
        untouched = module["name"] in before and module["name"] not in changed
        yield before[module["name"]] if untouched else module
    named = {module["name"] for module in modules}
    taken = {path for module in modules for path in module["paths"]}
    for name, module in before.items():
        if name not in named and not taken.intersection(module["paths"]):
            yield module


def faults(plan: Plan, previous: Plan | None) -> list[str]:
    """Say everything that makes a plan unusable, in sentences for the architect."""
    return [
        *_name_faults(plan),
        *_path_faults(plan),
        *_reference_faults(plan),
        *_cycle_faults(plan),
        *_change_faults(plan, previous),
    ]


def unsafe_names(plan: Plan) -> list[str]:
    """Return the names of files in a plan that could be none of a project."""
    names = [path for module in plan["modules"] for path in module["paths"]]
    return [name for name in dict.fromkeys([*names, plan["entry_point"], f"{plan['slug']}.exe"]) if not _is_safe(name)]


def _name_faults(plan: Plan) -> Iterator[str]:
    slug = plan["slug"]
    if not _SLUG.fullmatch(slug) or not _is_safe(slug + ".exe"):
        yield f"slug: {slug!r} is no file name; use lower-case ASCII letters, digits, - and _, at most 40"
    names = [module["name"] for module in plan["modules"]]
    yield from (f"modules: the name {name!r} is used twice" for name in _doubles(names))
    yield from (f"modules: the name {name!r} is not a simple name" for name in names if not _NAME.fullmatch(name))


def _path_faults(plan: Plan) -> Iterator[str]:
    paths = [path for module in plan["modules"] for path in module["paths"]]
    unsafe = [path for path in dict.fromkeys(paths) if not _is_safe(path)]
    yield from (f"paths: {path!r} is not a safe relative path" for path in unsafe)
    yield from (f"paths: {path!r} belongs to two modules" for path in _doubles(paths))
    for path in dict.fromkeys(paths):
        if path.lower().startswith(_TESTS):
            yield f"paths: {path!r} is reserved; the folder tests/ belongs to the tester"
    if not unsafe and not _distinct(dict.fromkeys(paths)):
        yield "paths: two paths differ only in case, or a path is also a folder"
    if plan["entry_point"] not in paths:
        yield f"entry_point: {plan['entry_point']!r} is not a path of any module"


def _is_safe(path: str) -> bool:
    try:
        return clean_name(path) == path
    except InputError:
        return False


def _distinct(paths: Iterable[str]) -> bool:
    try:
        check_collisions(paths)
    except InputError:
        return False
    return True


def _reference_faults(plan: Plan) -> Iterator[str]:
    known = {module["name"] for module in plan["modules"]}
    for module in plan["modules"]:
        for relation, names in (("uses", module["uses"]), ("needs", module["needs"])):
            for name in names:
                if name not in known:
                    yield f"{module['name']}.{relation}: there is no module {name!r}"
        for export in module["exports"]:
            if export.rpartition(":")[0] not in module["paths"]:
                yield f"{module['name']}.exports: {export!r} must be path:name with one of the module's own paths"


def _cycle_faults(plan: Plan) -> Iterator[str]:
    waiting = {module["name"]: set(module["needs"]) for module in plan["modules"]}
    waiting = {name: needs & waiting.keys() for name, needs in waiting.items()}
    while ready := [name for name, needs in waiting.items() if not needs]:
        for name in ready:
            del waiting[name]
        for needs in waiting.values():
            needs.difference_update(ready)
    if waiting:
        circle = ", ".join(sorted(waiting))
        yield f"needs: the modules {circle} wait for each other; use `uses` where a contract is enough"


def _change_faults(plan: Plan, previous: Plan | None) -> Iterator[str]:
    names = {module["name"] for module in plan["modules"]}
    yield from (f"changed: there is no module {name!r}" for name in plan["changed"] if name not in names)
    if not plan["changed"]:
        yield "changed: name at least one module to write again"
    if previous is not None:
        before = {module["name"] for module in previous["modules"]}
        for name in sorted(names - before - set(plan["changed"])):
            yield f"changed: the new module {name!r} must be listed"


def _doubles(values: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return list(dict.fromkeys(value for value in values if value in seen or seen.add(value)))  # type: ignore[func-returns-value]  # add() is asked for its effect
