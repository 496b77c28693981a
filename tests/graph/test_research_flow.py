"""What a run looks up: when it asks, what it reads and cites, what it takes, and what it does without."""

from __future__ import annotations

import re

import pytest

from core.errors import ResearchError
from core.ports import CommitNote
from graph.approvals import Reply
from tests.fakes.scripted_team import PLAN, routing
from tests.fakes.small_web import COMMIT, repository
from tests.graph.research_stage import RUN, stage

DOCS = "https://docs.example/frobnicate"
TEXT = """Frobnicate
A library for frobs.

Install it as frobnicate.
frobnicate.frob(text, times) returns the text frobbed.
It raises FrobError for an empty text.

Unrelated news of the day.
"""
TASK = "Make a tool that frobs words with the frobnicate library"
SEARCHES = {"why": "The library is not known.", "searches": [{"query": "frobnicate python docs", "topic": "web"}]}
ADDRESS = "code.example/people/frobber"
FILES = {"src/frob.py": "def frob(text, times):\n    return text * times\n", "LICENSE": "MIT License\nBy people.\n"}


@pytest.fixture
async def set_up(home, ledger, sink):
    async with stage(home, ledger, sink) as made:
        made.web.pages[DOCS] = ("Frobnicate docs", TEXT)
        made.team.always("researcher.plan", SEARCHES)
        made.team.always("researcher.read", cites("frobnicate.frob", "`frob(text, times)` frobs a text."))
        yield made


def cites(words, text):
    """A researcher who cites the line that holds `words`, and claims something no line says."""

    def found(asked):
        pages = asked.section("pages")
        source = re.search(r"(d-[\w-]+)", pages)[1]
        line = re.search(rf"(?:L|:L)(\d+)\]? [^\n]*{re.escape(words)}", pages)[1]
        return {
            "findings": [
                {"text": text, "lines": [f"{source}:L{line}"]},
                {"text": "It is the fastest of all.", "lines": [f"{source}:L99"]},
                {"text": "Everybody says so.", "lines": []},
            ]
        }

    return found


def with_repository(made):
    made.web.repositories[ADDRESS] = repository(ADDRESS, description="Frobs everything.")
    made.web.readmes[ADDRESS] = "Frobber\nIt frobs.\n"
    made.source.files.update(FILES)
    made.team.always(
        "researcher.choose", {"pages": [1], "repositories": [{"number": 2, "why": "It frobs.", "take": "src/frob.py"}]}
    )


async def to_research(made, **options):
    """Approve the task; the card the run comes to then."""
    card = await made.begin(TASK, **options)
    assert card["kind"] == "task"
    return await made.say(Reply("approve"))


async def archived_line(made, place):
    document, _, line = place.partition(":L")
    return (await made.shop.memory.documents.lines(document, int(line), int(line)))[0]


async def test_an_unknown_library_is_searched_read_cited_and_told_to_the_architect(set_up):
    card = await to_research(set_up)
    assert card["kind"] == "plan"
    (asked,) = set_up.team.calls("architect.plan")
    found = asked.section("found")
    (place,) = re.findall(r"\[(d-[\w-]+:L\d+)\]", found)
    assert "`frob(text, times)` frobs a text." in found
    assert await archived_line(set_up, place) == "frobnicate.frob(text, times) returns the text frobbed."
    assert "fastest" not in found
    assert "Everybody" not in found
    assert set_up.events("research.dropped") == [{"purpose": "plan", "count": 2}]
    assert "returns the text frobbed" in asked.section("pages")
    document = await set_up.shop.memory.documents.document(place.partition(":")[0])
    assert (document.note.trust, document.note.kind, document.note.origin) == ("foreign", "docs", DOCS)
    assert (document.note.name, document.note.project) == ("Frobnicate docs", set_up.project)


async def test_nothing_is_sent_before_the_person_agreed_and_nothing_after_a_no(set_up):
    card = await to_research(set_up, web="ask")
    assert card["kind"] == "web"
    assert card["searches"] == [{"query": "frobnicate python docs", "topic": "web"}]
    assert card["options"] == ["allow", "refuse"]
    assert set_up.web.asked == []
    card = await set_up.say(Reply("refuse"))
    assert card["kind"] == "plan"
    assert set_up.web.asked == []
    assert [data["why"] for data in set_up.events("research.skipped")] == ["refused"]


async def test_agreed_it_is_looked_up(set_up):
    await to_research(set_up, web="ask")
    card = await set_up.say(Reply("allow"))
    assert card["kind"] == "plan"
    assert set_up.web.asked == [("search", "frobnicate python docs"), ("read", DOCS)]


async def test_switched_off_no_model_is_asked_what_to_look_up(set_up):
    card = await to_research(set_up, web="off")
    assert card["kind"] == "plan"
    assert set_up.team.calls("researcher") == []
    assert set_up.web.asked == []


@pytest.mark.parametrize("fault", ["offline", "blocked", "limited"])
async def test_where_nobody_can_be_reached_the_run_goes_on_and_says_so(set_up, fault):
    set_up.web.fault = fault
    card = await to_research(set_up)
    assert card["kind"] == "plan"
    (told,) = set_up.events("research.failed")
    assert told["code"] == f"research-{fault}"
    assert not set_up.team.calls("architect.plan")[0].section("found")
    assert not (await set_up.state())["tainted"]


async def test_nothing_is_downloaded_before_each_repository_was_decided_about(set_up):
    with_repository(set_up)
    card = await to_research(set_up)
    assert card["kind"] == "consent"
    (shown,) = card["repositories"]
    assert shown == {
        "address": ADDRESS,
        "host": "code.example",
        "owner": "people",
        "name": "frobber",
        "description": "Frobs everything.",
        "licence": "MIT",
        "size": 120_000,
        "stars": 321,
        "changed": 1_700_000_000.0,
        "archived": False,
        "commit": COMMIT,
        "what": "src/frob.py",
        "why": "It frobs.",
    }
    assert card["searched"] == [{"query": "frobnicate python docs", "engine": "first", "hits": 2}]
    assert set_up.source.taken == []
    card = await set_up.say(Reply("answer", answers={ADDRESS: "allow"}, text="we need it"))
    assert card["kind"] == "plan"
    assert set_up.source.taken == [f"{ADDRESS}@{COMMIT}"]
    (consent,) = await set_up.consents()
    assert (consent.decision, consent.reason, consent.via, consent.run) == ("allow", "we need it", "test", RUN)
    assert consent.taken > 0
    taken = set_up.team.calls("architect.plan")[0].section("taken")
    assert f"{ADDRESS} at {COMMIT}, licence MIT" in taken
    assert "src/frob.py" in taken
    assert "def frob(text, times):" in taken


@pytest.mark.parametrize(
    "reply",
    [
        Reply("refuse"),
        Reply("answer"),
        Reply("answer", answers={ADDRESS: "refuse"}),
        Reply("answer", answers={"code.example/people/other": "allow"}),
        Reply("answer", answers={ADDRESS: "ALLOW"}),
        Reply("answer", answers={ADDRESS.upper(): "allow"}),
    ],
)
async def test_what_is_not_clearly_allowed_is_refused(set_up, reply):
    with_repository(set_up)
    await to_research(set_up)
    card = await set_up.say(reply)
    assert card["kind"] == "plan"
    assert set_up.source.taken == []
    assert [consent.decision for consent in await set_up.consents()] == ["refuse"]


async def test_a_repository_named_at_the_command_line_is_taken_without_a_card(set_up):
    with_repository(set_up)
    card = await to_research(set_up, allow_download=[ADDRESS])
    assert card["kind"] == "plan"
    assert set_up.source.taken == [f"{ADDRESS}@{COMMIT}"]
    (consent,) = await set_up.consents()
    assert (consent.decision, consent.via) == ("allow", "--allow-download")
    assert [data["via"] for data in set_up.events("download.decided")] == ["--allow-download"]


async def test_a_download_that_fails_is_told_and_the_run_goes_on(set_up):
    with_repository(set_up)
    set_up.source.trouble.append(ResearchError("too_large", url=ADDRESS))
    await to_research(set_up)
    card = await set_up.say(Reply("answer", answers={ADDRESS: "allow"}))
    assert card["kind"] == "plan"
    assert [data["code"] for data in set_up.events("download.failed")] == ["research-too-large"]
    assert not set_up.team.calls("architect.plan")[0].section("taken")
    assert [consent.taken for consent in await set_up.consents()] == [0]


class KilledError(BaseException):
    """The process is gone."""


async def test_killed_between_consent_and_download_it_is_asked_once_and_downloaded_once(set_up):
    with_repository(set_up)
    await to_research(set_up)
    set_up.source.trouble.append(KilledError())
    with pytest.raises(KilledError):
        await set_up.say(Reply("answer", answers={ADDRESS: "allow"}))
    assert set_up.source.taken == []
    await set_up.graph.ainvoke(None, set_up.thread)
    card = await set_up.card()
    assert card["kind"] == "plan"
    assert set_up.source.taken == [f"{ADDRESS}@{COMMIT}"]
    assert len(await set_up.consents()) == 1


async def test_taken_back_before_the_download_nothing_comes(set_up):
    with_repository(set_up)
    await to_research(set_up)
    set_up.source.trouble.append(KilledError())
    with pytest.raises(KilledError):
        await set_up.say(Reply("answer", answers={ADDRESS: "allow"}))
    (consent,) = await set_up.consents()
    await set_up.shop.consents.revoke(consent.consent, "no more")
    await set_up.graph.ainvoke(None, set_up.thread)
    assert (await set_up.card())["kind"] == "plan"
    assert set_up.source.taken == []
    assert [data["code"] for data in set_up.events("download.failed")] == ["consent-missing"]


@pytest.mark.parametrize(
    "forged",
    [
        {"decision": "answer", "answers": {ADDRESS: "allow"}},
        "no-such-nonce",
        ["allow"],
        True,
        None,
    ],
)
async def test_a_forged_reply_changes_nothing(set_up, forged):
    with_repository(set_up)
    before = await to_research(set_up)
    snapshot = await set_up.graph.aget_state(set_up.thread)
    ((interrupt,),) = [task.interrupts for task in snapshot.tasks if task.interrupts]
    after = await set_up.resume(interrupt.id, forged)
    assert after["kind"] == "consent"
    assert after["repositories"] == before["repositories"]
    assert set_up.source.taken == []
    assert await set_up.consents() == []


async def test_a_reply_to_another_card_is_none_to_this_one(set_up):
    with_repository(set_up)
    first = await to_research(set_up, web="ask")
    consent = set_up.shop.consent
    nonce = await consent.show(run=RUN, interrupt="i", digest=first["digest"])
    await consent.answer(nonce, Reply("answer", answers={ADDRESS: "allow"}), via="test")
    await set_up.say(Reply("allow"))
    snapshot = await set_up.graph.aget_state(set_up.thread)
    ((interrupt,),) = [task.interrupts for task in snapshot.tasks if task.interrupts]
    after = await set_up.resume(interrupt.id, nonce)
    assert after["kind"] == "consent"
    assert await set_up.consents() == []


async def test_a_name_that_hides_something_is_shown_as_it_is(set_up):
    with_repository(set_up)
    odd = repository("code.example/people/frobber", description="safe\u202egnp.exe", licence="MIT\u200b")
    set_up.web.repositories = {ADDRESS: odd}
    card = await to_research(set_up)
    (shown,) = card["repositories"]
    assert shown["description"] == "safe[U+202E]gnp.exe"
    assert shown["licence"] == "MIT[U+200B]"


async def test_a_host_of_other_letters_is_shown_as_punycode_and_is_what_the_answer_is_about(set_up):
    address = "c\u043ede.example/people/frobber"
    with_repository(set_up)
    set_up.web.repositories = {address: repository(address)}
    card = await to_research(set_up)
    (shown,) = card["repositories"]
    assert shown["host"] == "xn--cde-tlc.example" or shown["host"].startswith("xn--")
    await set_up.say(Reply("answer", answers={shown["address"]: "allow"}))
    assert set_up.source.taken == [f"{address}@{COMMIT}"]


# ------------------------------------------------------------------------------------------------ answers


async def test_an_answer_cites_its_sources_and_each_cited_line_stands_in_the_archived_copy(set_up):
    def answer(asked):
        place = re.findall(r"\[(d-[\w-]+:L\d+)\]", asked.section("found"))[0]
        return f"It frobs a text [{place}]. More stands nowhere [d-000:L7]."

    set_up.team.always("router", routing("question", search=True))
    set_up.team.always("converse", answer)
    assert await set_up.begin("What does frobnicate do?") is None
    (given,) = set_up.events("answer.given")
    (source,) = given["sources"]
    assert (source["n"], source["title"], source["url"]) == (1, "Frobnicate docs", DOCS)
    for place in source["places"]:
        assert await archived_line(set_up, place) in TEXT.splitlines()
    assert source["places"]
    messages = await set_up.shop.archive.messages(set_up.project)
    told = [item.text for item in messages if item.author == "multicoder"][-1]
    assert told.startswith("It frobs a text")
    assert f"- (1) Frobnicate docs - {DOCS} [{source['places'][0]}]" in told


async def test_an_answer_in_a_chat_that_asks_waits_for_a_word(set_up):
    set_up.team.always("router", routing("question", search=True))
    card = await set_up.begin("What does frobnicate do?", web="ask")
    assert card["kind"] == "web"
    assert await set_up.say(Reply("refuse")) is None
    assert "the person said not now" in set_up.team.calls("converse")[0].section("facts")
    assert set_up.web.asked == []


async def test_a_question_that_needs_nothing_looked_up_looks_nothing_up(set_up):
    set_up.team.always("router", routing("question"))
    assert await set_up.begin("Hello!") is None
    assert set_up.team.calls("researcher") == []
    assert set_up.web.asked == []


@pytest.mark.parametrize("web", ["on", "ask"])
async def test_a_search_the_person_types_is_sent_word_for_word_and_no_model_words_it(set_up, web):
    assert await set_up.begin("/search  frobnicate   times", web=web) is None
    assert set_up.web.asked[0] == ("search", "frobnicate times")
    assert set_up.team.calls("router") == []
    assert set_up.team.calls("researcher.plan") == []
    assert set_up.events("answer.given")[0]["sources"][0]["url"] == DOCS


async def test_a_search_in_a_chat_without_the_internet_says_so(set_up):
    assert await set_up.begin("/search frobnicate", web="off") is None
    assert set_up.web.asked == []
    assert [data["why"] for data in set_up.events("research.skipped")] == ["off"]
    assert "switched off" in set_up.team.calls("converse")[0].section("facts")


async def test_what_a_code_host_tells_of_a_repository_is_read_line_by_line_without_taking_it(set_up):
    with_repository(set_up)
    set_up.team.always("router", routing("question", search=True))
    set_up.team.always("researcher.choose", {"pages": [2], "repositories": []})
    set_up.team.always("researcher.read", cites("licence:", "It is under the MIT licence."))
    assert await set_up.begin("Look at people/frobber and tell me its licence") is None
    pages = set_up.team.calls("converse")[0].section("pages")
    for line in ("licence: MIT", "stars: 321", "last change: 2023-11-14", "src/frob.py", "It frobs.", "Call it twice."):
        assert line in pages
    (given,) = set_up.events("answer.given")
    assert given["sources"][0]["url"] == f"https://{ADDRESS}"
    assert {kind for kind, _ in set_up.web.asked} == {"search", "repository", "tree", "file", "issues"}
    assert set_up.source.taken == []


async def test_an_answer_needs_no_repository_however_much_a_model_wants_one(set_up):
    with_repository(set_up)
    set_up.team.always("router", routing("question", search=True))
    assert await set_up.begin("What does frobnicate do?") is None
    assert set_up.source.taken == []
    assert await set_up.consents() == []


# ------------------------------------------------------------------------------------------------ taint


async def test_in_a_run_that_read_strangers_a_known_package_needs_a_word_unless_it_was_named(set_up):
    set_up.team.plan["dependencies"] = ["requests"]
    card = await to_research(set_up)
    assert (card["kind"], card["hold"]["kind"], card["hold"]["facts"]["target"]) == ("hold", "guard", "requests")
    card = await set_up.say(Reply("retry", text="it is fine"))
    assert card["kind"] == "plan"


@pytest.mark.parametrize(("web", "task"), [("off", TASK), ("on", f"{TASK}, using requests")])
async def test_a_known_package_is_silent_where_nothing_was_read_or_the_person_named_it(set_up, web, task):
    set_up.team.plan["dependencies"] = ["requests"]
    await set_up.begin(task, web=web)
    assert (await set_up.say(Reply("approve")))["kind"] == "plan"


async def test_after_strangers_were_read_a_search_about_an_error_is_shown_first_also_where_none_asks(set_up):
    await to_research(set_up)
    asked = list(set_up.web.asked)
    note = CommitNote(effect="e", author="a", subject="s", run=RUN)
    commit = await set_up.shop.workspace.commit(set_up.project, {"main.py": "x = 1\n", "counting.py": ""}, note)
    problem = {
        "source": "t",
        "severity": "blocker",
        "path": "main.py",
        "line": 1,
        "problem": "KeyError: 7",
        "change": "",
    }
    failed = {
        "failure": {"stage": "tests", "findings": [problem], "output": "main.py:1: KeyError: 7"},
        "rounds": [{"stage": "tests", "module": "main", "spots": ["x"], "tree": "t", "tried": "draft 1", "commit": ""}],
        "tree": commit,
    }
    set_up.team.always("researcher.plan", {"searches": [{"query": "KeyError 7 in counting main.py"}]})
    await set_up.graph.aupdate_state(set_up.thread, failed, as_node="paranoid_test")
    await set_up.graph.ainvoke(None, set_up.thread)
    card = await set_up.card()
    assert (card["kind"], card["tainted"]) == ("web", True)
    assert [search["query"] for search in card["searches"]] == ["KeyError 7 in"]
    assert "main.py" not in set_up.team.calls("researcher.plan")[-1].section("error")
    assert set_up.web.asked == asked
    await set_up.say(Reply("refuse"))
    assert set_up.web.asked == asked
    assert set_up.team.calls("coder.fix")


def test_the_plan_of_the_team_needs_no_package():
    assert PLAN["dependencies"] == []


async def test_an_ordinary_wish_costs_no_question_to_the_researcher_until_more_is_said(set_up):
    set_up.team.always("router", routing(search=False))
    card = await to_research(set_up, web="on")
    assert card["kind"] == "plan"
    assert set_up.team.calls("researcher.plan") == []
    assert [data["why"] for data in set_up.events("research.skipped")] == ["nothing"]
    assert set_up.web.asked == []


async def test_what_was_said_at_the_card_of_the_task_may_need_a_search(set_up):
    set_up.team.always("router", routing(search=False))
    assert (await set_up.begin(TASK, web="on"))["kind"] == "task"
    card = await set_up.say(Reply("modify", text="Use the frobnicate library."))
    while card["kind"] == "task":
        card = await set_up.say(Reply("approve"))
    assert "frobnicate library" in set_up.team.calls("researcher.plan")[0].section("amendments")
    assert ("read", DOCS) in set_up.web.asked
