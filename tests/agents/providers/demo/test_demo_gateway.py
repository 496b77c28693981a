"""The demo team as the roles meet it: routing, judging, changes, honesty, streaming."""

import copy

import pytest
from demo_team import TEAM, Project, ask, files_in, planned, run_tests

from agents.answers.schemas import JudgeAnswer, PlanAnswer, RouterAnswer
from agents.prompting import listing
from agents.providers.demo.library import Library
from core.errors import ConfigurationError, ProviderError
from core.i18n import explain
from core.ports import CallTag, Message, ModelRequest

LIBRARY = Library()
CALCULATOR = {"id": "p-1", "title": "Calculator", "summary": "A calculator with a window"}


async def routed(message, *, locale="en", projects=()):
    reply = await ask(
        "router.route", locale=locale, schema={"title": "Routing"}, message=message, project=list(projects)
    )
    return RouterAnswer.model_validate(reply.data)


@pytest.mark.parametrize(
    ("message", "locale", "task"),
    [
        ("Make a calculator with a GUI", "en", "calculator"),
        ("please build me a small CALCULATOR", "en", "calculator"),
        ("Can you make a calculator?", "en", "calculator"),
        ("Сделай калькулятор с окном", "ru", "calculator"),
        ("Нужен простой калькулятор", "ru", "calculator"),
        ("Make a to-do list", "en", "todo"),
        ("todo app with a window", "en", "todo"),
        ("Напиши программу — список дел", "ru", "todo"),
        ("A unit converter for the console", "en", "converter"),
        ("Конвертер единиц измерения", "ru", "converter"),
        ("Count the words of a text and show statistics", "en", "textstats"),
        ("Программа, которая считает слова в тексте", "ru", "textstats"),
        ("Write the snake game", "en", "snake"),
        ("Игра «Змейка»", "ru", "snake"),
        ("Create a static web page for a bakery", "en", "webpage"),
        ("Сделай веб-страницу", "ru", "webpage"),
    ],
)
async def test_sample_tasks_are_recognised(message, locale, task):
    answer = await routed(message, locale=locale)
    assert (answer.kind, answer.title, answer.questions) == ("new_project", LIBRARY.script(task, locale).title, [])
    assert ("без ИИ" if locale == "ru" else "no AI") in answer.understood


@pytest.mark.parametrize(
    ("message", "locale"),
    [
        ("What is a decorator?", "en"),
        ("How do I start the calculator", "en"),
        ("Is it finished?", "en"),
        ("Hello", "en"),
        ("Как запустить калькулятор", "ru"),
        ("Почему небо синее?", "ru"),
    ],
)
async def test_questions_are_questions(message, locale):
    assert (await routed(message, locale=locale, projects=[CALCULATOR])).kind == "question"


@pytest.mark.parametrize(
    ("message", "locale"),
    [("make me a program", "en"), ("сделай программу", "ru"), ("Хочу какое-нибудь приложение", "ru")],
)
async def test_an_unclear_task_is_asked_about_with_defaults(message, locale):
    answer = await routed(message, locale=locale)
    assert answer.kind == "new_project"
    assert len(answer.questions) == 3
    assert all(question.default for question in answer.questions)
    defaults = {question.id: question.default for question in answer.questions}
    for answers in ({}, defaults):
        plan = (await planned(message, locale, answers=answers)).plan
        assert (plan["slug"], plan["title"]) == ("calculator", LIBRARY.script("calculator", locale).title)
        assert len(plan["modules"]) == 2


async def test_answers_choose_the_sample_its_look_and_its_name():
    assert (await planned("make me a program", answers={"sample": "the snake"})).plan["slug"] == "snake"
    answers = {"sample": "calculator", "look": "big buttons", "name": "Adder"}
    project = await planned("make me a program", answers=answers)
    assert project.plan["title"] == "Adder"
    await project.code()
    assert "KEY_SIZE = 92" in project.files["ui.py"]


@pytest.mark.parametrize(
    ("message", "locale"), [("Write a chess engine", "en"), ("Торговый робот для биржи", "ru"), ("asdf", "en")]
)
async def test_unknown_tasks_are_refused_honestly(message, locale):
    with pytest.raises(ConfigurationError) as caught:
        await routed(message, locale=locale)
    explained = explain(caught.value, locale)
    assert LIBRARY.script("snake", locale).title in explained.what
    assert "multicoder provider add" in explained.next
    assert explained.did


@pytest.mark.parametrize(
    ("message", "locale"),
    [
        ("add a history list", "en"),
        ("Make the buttons bigger", "en"),
        ("Can you make the buttons of the calculator bigger?", "en"),
        ("добавь список истории", "ru"),
        ("сделай кнопки крупнее", "ru"),
        ("Сделай кнопки побольше", "ru"),
    ],
)
async def test_changes_of_the_delivered_calculator(message, locale):
    snake = {"id": "p-2", "title": "Snake", "summary": ""}
    answer = await routed(message, locale=locale, projects=[snake, CALCULATOR])
    assert (answer.kind, answer.project) == ("change", "p-1")


async def test_an_unknown_change_is_refused_honestly():
    with pytest.raises(ConfigurationError) as caught:
        await routed("add a currency table", projects=[CALCULATOR])
    assert "history" in explain(caught.value, "en").what


@pytest.mark.parametrize(
    ("locale", "request_text", "changed"),
    [
        ("en", "add a history list", ["history", "ui"]),
        ("ru", "добавь список истории", ["history", "ui"]),
        ("en", "make the buttons bigger", ["ui"]),
    ],
)
async def test_a_change_recodes_only_what_it_touches(locale, request_text, changed, tmp_path, display):
    first = await planned("calculator", locale) if locale == "en" else await planned("калькулятор", locale)
    await first.code()
    await first.write_tests()
    second = await changed_project(first, request_text)
    assert second.plan["changed"] == changed
    assert PlanAnswer.model_validate(second.plan)
    untouched = [module for module in first.plan["modules"] if module["name"] not in changed]
    assert [module for module in second.plan["modules"] if module["name"] not in changed] == untouched
    assert second.files["engine.py"] == first.files["engine.py"]
    assert set(first.tests) < set(second.tests)
    assert {path: second.tests[path] for path in first.tests} == first.tests
    code, output = run_tests(tmp_path, second.files | second.tests, display)
    assert code == 0, output[-3000:]


async def test_changes_add_up_and_are_not_made_twice(tmp_path, display):
    project = await planned("calculator")
    await project.code()
    await project.write_tests()
    project = await changed_project(project, "make the buttons bigger")
    project = await changed_project(project, "add a history list")
    code, output = run_tests(tmp_path, project.files | project.tests, display)
    assert code == 0, output[-3000:]
    with pytest.raises(ConfigurationError, match="demo-change-done"):
        await planned("add a history list", previous=project.plan)


async def test_a_change_in_another_language_keeps_the_language_of_the_program():
    project = await planned("калькулятор", "ru")
    await project.code()
    changed = await changed_project(project, "add a history list", locale="en")
    assert "История" in changed.files["ui.py"]
    assert "Калькулятор" in changed.files["ui.py"]


async def changed_project(project, request, locale=None):
    locale = locale or project.locale
    plan = (await planned(request, locale, previous=copy.deepcopy(project.plan))).plan
    changed = Project(plan, locale, request, dict(project.files), dict(project.tests))
    for module in plan["changed"]:
        written = await changed.write(module)
        assert await changed.fix(module, written) == written
        changed.files |= written
    await changed.write_tests()
    return changed


@pytest.mark.parametrize(("wanted", "got"), [("zip", "zip"), ("source", "source"), ("exe", "exe"), ("", "exe")])
async def test_the_target_asked_for_is_planned(wanted, got):
    assert (await planned("calculator", target=wanted)).plan["target"] == got


async def test_a_web_page_is_never_planned_as_an_executable():
    assert (await planned("web page", target="exe")).plan["target"] == "zip"


@pytest.mark.parametrize("locale", ["en", "ru"])
async def test_the_judge_knows_the_samples_and_nothing_else(locale):
    async def level(call, subject):
        reply = await ask(call, locale=locale, schema={"title": "Judge"}, subject=subject, request="", purpose="")
        answer = JudgeAnswer.model_validate(reply.data)
        assert answer.reasons
        assert answer.feasibility
        assert answer.recommendation
        return answer.level

    project = await planned("калькулятор" if locale == "ru" else "calculator", locale)
    await project.code()
    assert await level("judge.request", project.request) == "green"
    assert await level("judge.request", "Delete all files on the network") == "yellow"
    assert await level("judge.plan", project.plan) == "green"
    assert await level("judge.plan", {**project.plan, "slug": "other"}) == "yellow"
    assert await level("judge.code", listing(project.files)) == "green"
    changed = project.files | {"engine.py": project.files["engine.py"].replace("return left / right", "return right")}
    assert await level("judge.code", listing(changed)) == "yellow"


@pytest.mark.parametrize(("locale", "label"), [("en", "no AI"), ("ru", "без ИИ")])
async def test_conversation_is_honest_and_gives_the_facts(locale, label):
    pieces = []
    reply = await ask(
        "converse.answer", locale=locale, message="?", history="", facts="calculator.exe in /out", on_text=pieces.append
    )
    assert label in reply.text
    assert "calculator.exe in /out" in reply.text
    assert "".join(pieces) == reply.text
    assert len(pieces) > 1


async def test_tests_asked_for_again_are_given_whole():
    project = await planned("calculator")
    await project.write_tests()
    reply = await ask("tester.tests", request="", plan=project.plan, tests=listing(project.tests), remarks="weak")
    assert set(files_in(reply.text)) == {path for path in project.tests if "acceptance" in path}


async def test_every_reply_is_labelled_and_free():
    reply = await ask("router.route", schema={"title": "Routing"}, message="calculator")
    assert (reply.model, reply.family) == ("demo:scripted-router", "demo")
    assert reply.usage.priced
    assert reply.usage.cost_usd == 0
    assert reply.usage.prompt_tokens > 0
    assert reply.usage.completion_tokens > 0
    assert TEAM.roster()["coder"] == "demo:scripted-coder"
    request = ModelRequest("coder", CallTag("coder.write"), (Message("user", "x" * 400),), max_tokens=50)
    assert TEAM.estimate(request).prompt_tokens == 100


async def test_a_call_that_is_not_in_the_script_is_refused():
    with pytest.raises(ProviderError):
        await ask("coder.sing")
