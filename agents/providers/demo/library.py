"""Reading the scripts: TOML and plain program files, with `{{keys}}` filled from the texts of one language."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from agents.providers.demo.script import Edit, Fault, Feature, Script, Telltale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

LOCALES: Final = ("en", "ru")
TASKS: Final = ("calculator", "todo", "converter", "textstats", "snake", "webpage")
_KEY: Final = re.compile(r"\{\{([a-z0-9_]+)\}\}")
_SUFFIX: Final = ".txt"


class Library:
    """All scripts in all languages, read once."""

    def __init__(self) -> None:
        root = resources.files("agents.providers.demo").joinpath("scripts")
        self._scripts = {(task, locale): _read(root / task, task, locale) for task in TASKS for locale in LOCALES}

    def script(self, task: str, locale: str) -> Script:
        """The script of `task` in `locale`, English for a language the team does not speak."""
        return self._scripts.get((task, locale)) or self._scripts[task, "en"]

    def scripts(self, locale: str) -> list[Script]:
        """All scripts in one language."""
        return [self.script(task, locale) for task in TASKS]

    def every_script(self) -> list[Script]:
        """All scripts in all languages."""
        return list(self._scripts.values())


def _read(folder: Traversable, task: str, locale: str) -> Script:
    texts = tomllib.loads((folder / "texts.toml").read_text(encoding="utf-8"))[locale]
    data = fill(tomllib.loads((folder / "task.toml").read_text(encoding="utf-8")), texts)
    return Script(
        task=task,
        locale=locale,
        stems=_stems(data["match"]),
        plan=data["plan"],
        windowed=data["windowed"],
        guide=texts["guide"].strip(),
        files=dict(_files(folder / "files", texts)),
        tests={f"tests/{path}": text for path, text in _files(folder / "tests", texts)},
        faults=tuple(_fault(part) for part in data.get("fault", ())),
        features=tuple(_feature(part, folder / part["id"], texts) for part in data.get("feature", ())),
    )


def fill(value: Any, texts: Mapping[str, str]) -> Any:
    """Replace every `{{key}}` in strings at any depth; an unknown key is a mistake in the script."""
    if isinstance(value, str):
        return _KEY.sub(lambda match: texts[match[1]], value)
    if isinstance(value, list):
        return [fill(item, texts) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, texts) for key, item in value.items()}
    return value


def _files(folder: Traversable, texts: Mapping[str, str], below: str = "") -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        return
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            yield from _files(item, texts, f"{below}{item.name}/")
        elif item.name.endswith(_SUFFIX):
            yield below + item.name.removesuffix(_SUFFIX), fill(item.read_text(encoding="utf-8"), texts)


def _stems(alternatives: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words) for words in alternatives)


def _edit(part: Mapping[str, str], old: str, new: str) -> Edit:
    # TOML ends a text block with a line end, so that an edit may stop in the middle of a line it is cut off here.
    return Edit(part["path"], part[old].removesuffix("\n"), part[new].removesuffix("\n"))


def _fault(part: Mapping[str, Any]) -> Fault:
    review = part.get("review")
    return Fault(
        module=part["module"],
        caught_by=part["caught_by"],
        edits=tuple(_edit(edit, "good", "bad") for edit in part["edit"]),
        telltale=Telltale(**review) if review else None,
    )


def _feature(part: Mapping[str, Any], folder: Traversable, texts: Mapping[str, str]) -> Feature:
    files = dict(_files(folder, texts))
    return Feature(
        name=part["id"],
        stems=_stems(part["match"]),
        marker=part["marker"],
        modules=tuple(part.get("module", ())),
        extensions=tuple(part.get("extend", ())),
        acceptance=tuple(part.get("acceptance", ())),
        edits=tuple(_edit(edit, "old", "new") for edit in part.get("edit", ())),
        files={path: text for path, text in files.items() if not path.startswith("test_")},
        tests={f"tests/{path}": text for path, text in files.items() if path.startswith("test_")},
    )
