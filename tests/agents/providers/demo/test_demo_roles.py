"""The real roles, with their prompts and parsers, played by the demo team."""

import pytest
from demo_team import TEAM, diff_of

from agents.providers.demo.library import LOCALES, TASKS, Library
from agents.roles import architect, coder, converse, judge, packager, reviewer, router, tester
from core.plan import blocking, contract_of
from core.ports import CallTag

LIBRARY = Library()


async def draw_plan(request, locale, previous=None):
    return await architect.draw_plan(
        TEAM.ask,
        CallTag("architect.plan"),
        request=request,
        answers={},
        locale=locale,
        target=None,
        previous=previous,
        files={},
    )


async def code_and_review(request, plan, module, files, locale):
    """The module's accepted files and how many drafts that took."""
    contract = contract_of(plan, module)
    own = {path: text for path, text in files.items() if path in contract["paths"]}
    common = {"request": request, "plan": plan, "contract": contract, "rules": []}
    draft = await coder.write(TEAM.ask, CallTag("coder.write", module=module), files=own, **common)
    assert draft.problems == []
    review = await reviewer.review(
        TEAM.ask,
        CallTag("reviewer.review", module=module),
        request=request,
        contract=contract,
        diff=diff_of(own, draft.files),
        avoid_family="demo",
        locale=locale,
    )
    fixed = await coder.fix(
        TEAM.ask,
        CallTag("coder.fix", module=module, attempt=2),
        files=draft.files,
        findings=review["findings"],
        output="",
        history=[],
        **common,
    )
    return {**draft.files, **fixed.files}, blocking(review["findings"])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("task", TASKS)
async def test_every_answer_is_understood(task, locale):
    script = LIBRARY.script(task, locale)
    request = script.title
    routing = await router.route(
        TEAM.ask, CallTag("router.route"), message=request, locale=locale, history="", projects=[], attachments=[]
    )
    assert routing["kind"] == "new_project"
    plan = await draw_plan(request, locale)
    verdict = await judge.assess(
        TEAM.ask, CallTag("judge.request"), subject="request", text=request, request=request, purpose="", locale=locale
    )
    assert (verdict["judged"], verdict["level"]) == (True, "green")
    files, blocked = {}, set()
    for module in plan["changed"]:
        accepted, findings = await code_and_review(request, plan, module, files, locale)
        files |= accepted
        blocked |= {module} if findings else set()
    assert files == dict(script.files)
    assert blocked == {fault.module for fault in script.faults if fault.caught_by == "review"}
    tests = await tester.write_tests(TEAM.ask, CallTag("tester.tests"), request=request, plan=plan, tests={})
    attack = await tester.attack(TEAM.ask, CallTag("tester.attack"), plan=plan, files=files, tests=tests.files)
    assert tests.problems + attack.problems == []
    assert {**tests.files, **attack.files} == dict(script.tests)
    packaging = await packager.pack(
        TEAM.ask, CallTag("packager.pack"), request=request, plan=plan, files=list(files), locale=locale
    )
    assert packaging["program_name"] == script.title


async def test_a_change_is_planned_and_coded():
    plan = await draw_plan("calculator", "en")
    script = LIBRARY.script("calculator", "en")
    routing = await router.route(
        TEAM.ask,
        CallTag("router.route"),
        message="add a history list",
        locale="en",
        history="",
        projects=[{"id": "p-1", "title": plan["title"], "summary": plan["summary"]}],
        attachments=[],
    )
    assert (routing["kind"], routing["project"]) == ("change", "p-1")
    changed = await draw_plan("add a history list", "en", previous=plan)
    assert changed["changed"] == ["history", "ui"]
    files = dict(script.files)
    for module in changed["changed"]:
        accepted, findings = await code_and_review("add a history list", changed, module, files, "en")
        assert findings == []
        files |= accepted
    assert files == script.program([feature for feature in script.features if feature.name == "history"])


async def test_a_question_is_answered():
    text = await converse.answer(
        TEAM.ask, CallTag("converse.answer"), message="Where is it?", history="", facts=["calculator.exe"], locale="en"
    )
    assert "calculator.exe" in text
