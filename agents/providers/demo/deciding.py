"""The scripted router, judge, architect and conversation partner."""

from __future__ import annotations

import copy
import re
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any, Final, cast

from agents.providers.demo import understanding
from agents.providers.demo.scene import scene_of_plan, task_names, unknown_task
from core.errors import ConfigurationError
from core.i18n import tr
from core.plan import Plan, Question, Routing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agents.providers.demo.library import Library
    from agents.providers.demo.scene import Prompt
    from agents.providers.demo.script import Feature, Script

DEFAULT_TASK = "calculator"
_LINES_SHOWN: Final = 6
_PLACED: Final = re.compile(r"\[(d-[\w-]+:L\d+)\] (.*)")
_SOURCE: Final = re.compile(r"(d-[\w-]+):")
_NUMBERED: Final = re.compile(r"(L\d+) (.*)")


def route(library: Library, prompt: Prompt) -> Mapping[str, object]:
    """Say what the message is: a change of a known project, a sample task, a question, or too vague to tell."""
    message, locale = prompt.text("message"), prompt.locale
    asks = understanding.starts_as_question(message)
    changed = None if asks else _changed_project(library, prompt)
    if changed is not None:
        project, origin = changed
        understood = tr("demo-understood-change", locale, title=str(project.get("title") or origin.title))
        return _routing("change", understood, str(project.get("title") or origin.title), str(project["id"]))
    script = None if asks else understanding.find_task(message, library.scripts(locale))
    if script is not None:
        return _routing("new_project", tr("demo-understood-task", locale, title=script.title), script.title)
    if understanding.is_question(message):
        return _routing("question", tr("demo-understood-question", locale), tr("demo-label", locale))
    if understanding.is_unclear(message):
        routing = _routing("new_project", tr("demo-understood-unclear", locale), tr("demo-untitled", locale))
        routing["questions"] = _questions(library, locale)
        return routing
    raise unknown_task(library, locale)


def _routing(kind: Any, understood: str, title: str, project: str | None = None) -> Routing:
    return Routing(kind=kind, understood=understood, title=title, project=project, questions=[], search=False)


def _changed_project(library: Library, prompt: Prompt) -> tuple[Mapping[str, Any], Script] | None:
    """The known project the message wants changed, and its script."""
    message = prompt.text("message")
    projects = prompt.json("project") or []
    known = [(project, script) for project in projects if (script := _script_of(library, project)) is not None]
    for project, script in known:
        if understanding.find_features(message, script):
            return project, script
    names_a_task = understanding.find_task(message, library.scripts(prompt.locale)) is not None
    if known and not names_a_task and understanding.asks_for_change(message):
        raise _unknown_change(known[0][1], prompt.locale)
    return None


def _script_of(library: Library, project: Mapping[str, Any]) -> Script | None:
    """Find the script a known project came from, by its title or summary."""
    shown = {project.get("title"), project.get("summary")}
    for script in library.every_script():
        if script.title in shown or script.plan["summary"] in shown:
            return script
    return understanding.find_task(f"{project.get('title')} {project.get('summary')}", library.scripts("en"))


def _unknown_change(script: Script, locale: str) -> ConfigurationError:
    changes = ", ".join(tr(f"demo-change-{feature.name}", locale) for feature in script.features)
    return ConfigurationError("demo-unknown-change", changes=changes or "-")


def _questions(library: Library, locale: str) -> list[Question]:
    default = library.script(DEFAULT_TASK, locale).title
    return [
        Question(id="sample", text=tr("demo-ask-sample", locale, tasks=task_names(library, locale)), default=default),
        Question(id="look", text=tr("demo-ask-look", locale), default=tr("demo-look-normal", locale)),
        Question(id="name", text=tr("demo-ask-name", locale), default=tr("demo-name-default", locale)),
    ]


def research(_library: Library, prompt: Prompt) -> Mapping[str, object]:
    """Nothing is looked up: a script needs no internet, and nothing it could find would change what it says."""
    return {"why": tr("demo-no-research", prompt.locale), "searches": []}


def choose(_library: Library, _prompt: Prompt) -> Mapping[str, object]:
    """Read the first results of what the person typed behind `/search`."""
    return {"pages": [1, 2, 3], "repositories": []}


def find(_library: Library, _prompt: Prompt) -> Mapping[str, object]:
    """A script understands nothing of what it reads; its answer shows the lines themselves."""
    return {"findings": []}


# ------------------------------------------------------------------------------------------------------------ judge


def judge(library: Library, prompt: Prompt) -> Mapping[str, object]:
    """Green for what is certainly one of the samples, yellow for everything else."""
    known = _JUDGED[prompt.request.tag.call](library, prompt)
    locale = prompt.locale
    name = "known" if known else "foreign"
    return {
        "level": "green" if known else "yellow",
        "reasons": [tr(f"demo-judge-{name}", locale)],
        "feasibility": tr(f"demo-feasible-{name}", locale),
        "recommendation": tr(f"demo-recommend-{name}", locale),
        "needs_purpose": False,
    }


def _knows_request(library: Library, prompt: Prompt) -> bool:
    text = prompt.text("subject") or prompt.text("request")
    scripts = library.scripts(prompt.locale)
    return (
        understanding.find_task(text, scripts) is not None
        or any(understanding.find_features(text, script) for script in scripts)
        or understanding.is_unclear(text)
    )


def _knows_plan(library: Library, prompt: Prompt) -> bool:
    plan = prompt.json("subject")
    if isinstance(plan, dict):
        return scene_of_plan(library, plan) is not None
    return any(script.plan["summary"] in prompt.text("subject") for script in library.every_script())


def _knows_code(library: Library, prompt: Prompt) -> bool:
    subject = prompt.text("subject")
    return any(
        all(text.strip() in subject for text in script.program(features).values())
        for script in library.every_script()
        for features in _feature_sets(script)
    )


def _feature_sets(script: Script) -> Iterator[tuple[Feature, ...]]:
    return chain.from_iterable(combinations(script.features, size) for size in range(len(script.features) + 1))


_JUDGED = {"judge.request": _knows_request, "judge.plan": _knows_plan, "judge.code": _knows_code}


# -------------------------------------------------------------------------------------------------------- architect


def draw_plan(library: Library, prompt: Prompt) -> Mapping[str, object]:
    """Plan a sample task, or the delta of a known change on the plan that was delivered before."""
    previous = prompt.json("previous_plan")
    if isinstance(previous, dict) and previous.get("modules"):
        return cast("Mapping[str, object]", _change(library, prompt, cast("Plan", previous)))
    return cast("Mapping[str, object]", _new_plan(library, prompt))


def _new_plan(library: Library, prompt: Prompt) -> Plan:
    locale, request = prompt.locale, prompt.text("request")
    answers = prompt.json("answers")
    answers = {key: str(value) for key, value in answers.items()} if isinstance(answers, dict) else {}
    script = understanding.find_task(request, library.scripts(locale))
    if script is None:
        if not understanding.is_unclear(request):
            raise unknown_task(library, locale)
        script = _chosen_sample(library, locale, answers.get("sample", ""))
    plan = cast("Plan", copy.deepcopy(dict(script.plan)))
    wishes = " ".join([request, prompt.text("remarks"), answers.get("look", "")])
    for feature in understanding.find_features(wishes, script):
        feature.extend(plan)
    name = answers.get("name", "").strip()
    if name and name != tr("demo-name-default", locale):
        plan["title"] = name
    target = prompt.text("target").strip()
    if target in ("zip", "source") or (target == "exe" and plan["language"] == "python"):
        plan["target"] = cast("Any", target)
    plan["changed"] = [module["name"] for module in plan["modules"]]
    plan["notes"] = [tr("demo-label", locale), *plan["notes"]]
    return plan


def _chosen_sample(library: Library, locale: str, answer: str) -> Script:
    """Find the sample an answer names; silence means the default."""
    if not answer.strip():
        return library.script(DEFAULT_TASK, locale)
    script = understanding.find_task(answer, library.scripts(locale))
    if script is None:
        raise unknown_task(library, locale)
    return script


def _change(library: Library, prompt: Prompt, previous: Plan) -> Plan:
    locale = prompt.locale
    scene = scene_of_plan(library, previous)
    if scene is None:
        raise unknown_task(library, locale)
    wishes = f"{prompt.text('request')} {prompt.text('remarks')}"
    wanted = understanding.find_features(wishes, scene.script)
    missing = [feature for feature in wanted if feature not in scene.features]
    if wanted and not missing:
        raise ConfigurationError("demo-change-done", title=previous["title"])
    if not missing:
        raise _unknown_change(scene.script, locale)
    plan = copy.deepcopy(previous)
    touched = [name for feature in missing for name in feature.changed_modules()]
    for feature in missing:
        feature.extend(plan)
    plan["changed"] = list(dict.fromkeys(touched))
    return plan


# --------------------------------------------------------------------------------------------------------- converse


def converse(library: Library, prompt: Prompt) -> str:
    """Answer honestly: who is speaking, what the team can do, and the facts the engine gave."""
    locale = prompt.locale
    parts = [
        f"**{tr('demo-label', locale)}**",
        tr("demo-converse", locale, tasks=task_names(library, locale)),
    ]
    if lines := _shown_lines(prompt.text("pages")):
        parts += [tr("demo-found", locale), "\n".join(lines)]
    facts = prompt.text("facts").strip()
    if facts and facts not in ("{}", "[]"):
        parts += [tr("demo-facts", locale), facts]
    return "\n\n".join(parts)


def _shown_lines(pages: str) -> list[str]:
    """The first lines of what was looked up, each as a list item with its place behind it."""
    source, found = "", []
    for line in pages.splitlines():
        if single := _PLACED.fullmatch(line):
            found.append((single[1], single[2]))
        elif heading := _SOURCE.fullmatch(line):
            source = heading[1]
        elif source and (numbered := _NUMBERED.fullmatch(line)):
            found.append((f"{source}:{numbered[1]}", numbered[2]))
    return [f"- {text.strip()} [{place}]" for place, text in found[:_LINES_SHOWN] if text.strip()]
