"""Every sample program, in both languages, made by the scripted team and tested for real."""

import ast

import pytest
from demo_team import ask, planned, run_tests

from agents.answers.schemas import PackagerAnswer, PlanAnswer, ReviewAnswer
from agents.providers.demo.library import LOCALES, TASKS, Library

LIBRARY = Library()
REQUESTS = {
    "calculator": {"en": "Make a calculator with a GUI", "ru": "Сделай калькулятор с окном"},
    "todo": {"en": "Make a to-do list", "ru": "Сделай список дел"},
    "converter": {"en": "Make a unit converter", "ru": "Сделай конвертер величин"},
    "textstats": {"en": "Make a text statistics tool", "ru": "Сделай программу статистики текста"},
    "snake": {"en": "Make a snake game", "ru": "Сделай игру змейка"},
    "webpage": {"en": "Make a static web page", "ru": "Сделай сайт"},
}
CASES = [(task, locale) for task in TASKS for locale in LOCALES]
FAULTS = [(task, fault) for task in TASKS for fault in LIBRARY.script(task, "en").faults]


@pytest.mark.parametrize(("task", "locale"), CASES)
async def test_the_plan_is_valid(task, locale):
    plan = (await planned(REQUESTS[task][locale], locale)).plan
    assert PlanAnswer.model_validate(plan).as_plan()["slug"] == plan["slug"]
    names = [module["name"] for module in plan["modules"]]
    paths = [path for module in plan["modules"] for path in module["paths"]]
    assert len(set(names)) == len(names) == len(plan["changed"])
    assert len(set(paths)) == len(paths)
    assert plan["entry_point"] in paths
    assert sorted(paths) == sorted(LIBRARY.script(task, locale).files)
    for module in plan["modules"]:
        assert set(module["uses"]) | set(module["needs"]) <= set(names)
    assert "{{" not in str(plan)


@pytest.mark.parametrize(("task", "locale"), CASES)
async def test_the_program_passes_its_tests(task, locale, tmp_path, display):
    project = await planned(REQUESTS[task][locale], locale)
    await project.code()
    await project.write_tests()
    assert project.files == dict(LIBRARY.script(task, locale).files)
    assert any("test_attack_" in path for path in project.tests)
    code, output = run_tests(tmp_path, project.files | project.tests, display)
    assert code == 0, output[-3000:]
    if display:
        assert "skipped" not in output


@pytest.mark.parametrize(("task", "locale"), CASES)
def test_python_sources_compile_and_export_what_the_plan_says(task, locale):
    script = LIBRARY.script(task, locale)
    names = {
        path: {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        | {target.id for node in ast.parse(text).body for target in _targets(node)}
        for path, text in script.program(script.features).items()
        if path.endswith(".py")
    }
    modules = [*script.plan["modules"], *(module for feature in script.features for module in feature.modules)]
    for export in (export for module in modules for export in module["exports"]):
        path, _, name = export.partition(":")
        assert name in names[path]


def _targets(node):
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target for target in targets if isinstance(target, ast.Name)]


@pytest.mark.parametrize(("task", "locale"), CASES)
def test_every_edit_fits_exactly_once(task, locale):
    script = LIBRARY.script(task, locale)
    for edit in (edit for fault in script.faults for edit in fault.edits):
        assert script.files[edit.path].count(edit.old) == 1
    for feature in script.features:
        files = script.program([])
        for edit in feature.edits:
            assert files[edit.path].count(edit.old) == 1
            files[edit.path] = files[edit.path].replace(edit.old, edit.new)


def test_at_least_four_tasks_have_faulty_drafts_and_every_way_of_finding_them_occurs():
    assert len({task for task, _ in FAULTS}) >= 4
    assert {fault.caught_by for _, fault in FAULTS} == {"tests", "review", "placeholder", "import-gate"}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("task", "fault"), FAULTS)
async def test_a_faulty_draft_is_repaired_and_the_repair_is_final(task, fault, locale):
    project = await planned(REQUESTS[task][locale], locale)
    good = LIBRARY.script(task, locale).files
    draft = await project.write(fault.module)
    changed = {path for path, text in draft.items() if text != good[path]}
    assert changed == {edit.path for edit in fault.edits}
    repaired = await project.fix(fault.module, draft)
    assert repaired == {path: good[path] for path in repaired}
    assert await project.fix(fault.module, repaired) == repaired


@pytest.mark.parametrize(("task", "fault"), [case for case in FAULTS if case[1].caught_by == "tests"])
async def test_faults_for_the_tests_make_them_fail(task, fault, tmp_path, display):
    project = await planned(REQUESTS[task]["en"])
    await project.code()
    await project.write_tests()
    project.files |= await planned_draft(project, fault.module)
    code, output = run_tests(tmp_path, project.files | project.tests, display)
    assert code == 1, output[-3000:]


async def planned_draft(project, module):
    fresh = type(project)(project.plan, project.locale, project.request)
    return await fresh.write(module)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("task", "fault"), [case for case in FAULTS if case[1].caught_by == "review"])
async def test_the_reviewer_blocks_the_faulty_line_and_accepts_its_repair(task, fault, locale):
    project = await planned(REQUESTS[task][locale], locale)
    draft = await project.write(fault.module)
    blocked = ReviewAnswer.model_validate(await project.review(fault.module, {}, draft)).as_review()
    (finding,) = blocked["findings"]
    assert finding["severity"] == "blocker"
    assert fault.telltale.line in draft[finding["path"]].splitlines()[finding["line"] - 1]
    repaired = await project.fix(fault.module, draft)
    assert (await project.review(fault.module, draft, repaired))["findings"] == []
    assert (await project.review(fault.module, {}, repaired))["findings"] == []


@pytest.mark.parametrize(("task", "fault"), [case for case in FAULTS if case[1].caught_by == "import-gate"])
async def test_faults_for_the_import_gate_cannot_be_imported(task, fault, tmp_path):
    project = await planned(REQUESTS[task]["en"])
    draft = await project.write(fault.module)
    code, output = run_tests(tmp_path, {**draft, "tests/test_x.py": f"import {fault.module}\n"}, "")
    assert code != 0
    assert "ImportError" in output


@pytest.mark.parametrize(("task", "fault"), [case for case in FAULTS if case[1].caught_by == "placeholder"])
async def test_faults_for_the_placeholder_scan_are_empty_bodies(task, fault):
    project = await planned(REQUESTS[task]["en"])
    draft = await project.write(fault.module)
    functions = [
        node
        for path, text in draft.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Pass)
    ]
    assert len(functions) == 1


@pytest.mark.parametrize(("task", "locale"), CASES)
async def test_packaging(task, locale):
    project = await planned(REQUESTS[task][locale], locale)
    reply = await ask("packager.pack", locale=locale, request="", plan=project.plan, files="", schema={"title": "P"})
    packaging = PackagerAnswer.model_validate(reply.data).as_packaging()
    assert packaging["windowed"] is (project.plan["kind"] == "gui")
    assert ("без ИИ" if locale == "ru" else "no AI") in packaging["guide"]
