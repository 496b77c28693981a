"""One sample task in one language: its plan, its good program, the faults of first drafts, possible changes, tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.plan import AcceptanceExample, ModuleContract, Plan


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in one file; `old` stands there exactly once."""

    path: str
    old: str
    new: str

    def fits(self, text: str) -> bool:
        """Whether the edit is still to be made."""
        return self.old in text and self.new not in text

    def reversed(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.path, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Telltale:
    """How the reviewer recognises a fault in a diff and what is said about it."""

    line: str
    severity: str
    problem: str
    change: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A real mistake in the first draft of a module; `edits` turn good code into faulty code."""

    module: str
    caught_by: str
    """`tests`, `review`, `placeholder` or `import-gate`: the part of the harness that finds it."""
    edits: tuple[Edit, ...]
    telltale: Telltale | None


@dataclass(frozen=True, slots=True)
class Feature:
    """A change a person can ask for, made by `edits` and `files` on top of the good program."""

    name: str
    stems: tuple[tuple[str, ...], ...]
    marker: str
    """Text in the plan that tells that the program has the feature."""
    modules: tuple[Mapping[str, Any], ...]
    extensions: tuple[Mapping[str, Any], ...]
    acceptance: tuple[Mapping[str, Any], ...]
    edits: tuple[Edit, ...]
    files: Mapping[str, str]
    tests: Mapping[str, str]

    def changed_modules(self) -> list[str]:
        """Names of the modules the feature adds or touches."""
        return [part["name"] for part in self.modules] + [part["module"] for part in self.extensions]

    def extend(self, plan: Plan) -> None:
        """Add the feature to `plan`, leaving everything it does not touch as it was."""
        plan["modules"][0:0] = [cast("ModuleContract", dict(module)) for module in self.modules]
        for extension in self.extensions:
            for contract in plan["modules"]:
                if contract["name"] == extension["module"]:
                    contract["purpose"] += extension.get("purpose", "")
                    contract["interface"] = (
                        f"{contract['interface'].rstrip()}\n{extension.get('interface', '')}".rstrip()
                    )
                    contract["uses"] = [*contract["uses"], *extension.get("uses", ())]
        plan["acceptance"] += [cast("AcceptanceExample", dict(example)) for example in self.acceptance]


@dataclass(frozen=True, slots=True)
class Script:
    """A sample task in one language."""

    task: str
    locale: str
    stems: tuple[tuple[str, ...], ...]
    plan: Mapping[str, Any]
    windowed: bool
    guide: str
    files: Mapping[str, str]
    tests: Mapping[str, str]
    faults: tuple[Fault, ...]
    features: tuple[Feature, ...]

    @property
    def title(self) -> str:
        """Title of the program in the script's language."""
        return str(self.plan["title"])

    def features_in(self, text: str) -> tuple[Feature, ...]:
        """The features a plan or contract, given as text, has."""
        return tuple(feature for feature in self.features if feature.marker in text)

    def program(self, features: Iterable[Feature]) -> dict[str, str]:
        """The good program with `features`, by path."""
        files = dict(self.files)
        for feature in features:
            files |= feature.files
            for edit in feature.edits:
                files[edit.path] = files[edit.path].replace(edit.old, edit.new)
        return files

    def all_tests(self, features: Iterable[Feature]) -> dict[str, str]:
        """The test files of the program with `features`, by path."""
        tests = dict(self.tests)
        for feature in features:
            tests |= feature.tests
        return tests


def draft(files: Mapping[str, str], fault: Fault) -> dict[str, str]:
    """The same files as a first draft has them, with `fault` in them."""
    drafted = dict(files)
    for edit in fault.edits:
        drafted[edit.path] = drafted[edit.path].replace(edit.old, edit.new)
    return drafted
