"""Where a call stands: which sample task, in which languages, with which changes, read from the prompt alone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agents.prompting import section
from agents.providers.demo import understanding
from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.providers.demo.library import Library
    from agents.providers.demo.script import Feature, Script
    from core.ports import ModelRequest


@dataclass(frozen=True, slots=True)
class Prompt:
    """The data sections of one request."""

    request: ModelRequest

    def text(self, name: str) -> str:
        """A section's text, empty when it is not there."""
        return section(self.request.messages, name) or ""

    def json(self, name: str) -> Any:
        """A section's JSON; None when it is not there or none."""
        try:
            return json.loads(self.text(name))
        except ValueError:
            return None

    def has_file(self, name: str, path: str) -> bool:
        """Whether section `name` shows a file called `path`."""
        return re.search(rf"^{re.escape(path)}\n`{{3,}}", self.text(name), re.MULTILINE) is not None

    @property
    def locale(self) -> str:
        """The person's language."""
        return "ru" if self.text("locale").strip().startswith("ru") else "en"


@dataclass(frozen=True, slots=True)
class Scene:
    """The sample program a call is about. The script's language is the program's, not always the person's."""

    script: Script
    features: tuple[Feature, ...]

    def program(self) -> dict[str, str]:
        """The good program, by path."""
        return self.script.program(self.features)

    def tests(self) -> dict[str, str]:
        """Its tests, by path."""
        return self.script.all_tests(self.features)


def scene_of_plan(library: Library, plan: Mapping[str, Any]) -> Scene | None:
    """The scene a plan of the demo team describes; None for a foreign plan."""
    same = [script for script in library.every_script() if script.plan["slug"] == plan.get("slug")]
    if not same:
        return None
    text = json.dumps(plan, ensure_ascii=False)
    script = next((script for script in same if _speaks(script, text)), same[0])
    return Scene(script, script.features_in(text))


def _speaks(script: Script, plan: str) -> bool:
    return any(module["purpose"] in plan for module in script.plan["modules"])


def find_scene(library: Library, prompt: Prompt) -> Scene:
    """The scene of a coder's, reviewer's, tester's or packager's call; `demo-unknown-task` for foreign material."""
    plan, contract = prompt.json("plan"), prompt.json("contract")
    scene = scene_of_plan(library, plan) if isinstance(plan, dict) else None
    if scene is None and isinstance(contract, dict):
        scene = _scene_of_contract(library, contract)
    if scene is not None and isinstance(contract, dict):
        text = json.dumps([plan, contract], ensure_ascii=False)
        scene = Scene(scene.script, scene.script.features_in(text))
    if scene is None:
        script = understanding.find_task(prompt.text("request"), library.scripts(prompt.locale))
        if script is None:
            raise unknown_task(library, prompt.locale)
        scene = Scene(script, tuple(understanding.find_features(prompt.text("request"), script)))
    return scene


def _scene_of_contract(library: Library, contract: Mapping[str, Any]) -> Scene | None:
    def known(script: Script) -> list[Mapping[str, Any]]:
        return [*script.plan["modules"], *(module for feature in script.features for module in feature.modules)]

    purpose = str(contract.get("purpose", ""))
    for script in library.every_script():
        for module in known(script):
            if module["name"] == contract.get("name") and purpose.startswith(module["purpose"]):
                return Scene(script, script.features_in(purpose))
    return None


def unknown_task(library: Library, locale: str) -> ConfigurationError:
    """Build the honest answer to everything the team has no script for."""
    return ConfigurationError("demo-unknown-task", tasks=task_names(library, locale))


def task_names(library: Library, locale: str) -> str:
    """The titles of all sample tasks, in one line."""
    return ", ".join(script.title for script in library.scripts(locale))
