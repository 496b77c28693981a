"""Engines against servers that answer the way the real ones do, and against answers nobody would expect."""

from __future__ import annotations

import json

import pytest

from core.research import TOPICS
from tests.agents.tools.web_site import answer
from tests.agents.tools.world_fixtures import opened_on, small_world
from tests.fakes.web_world import ANOMALY

KEY = "k3y-of-a-person-0123456789"


def as_json(told: object) -> bytes:
    return answer(json.dumps(told), content_type="application/json")


async def test_results_of_duckduckgo_are_unwrapped_and_its_advertisements_left_out(tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path) as research:
        found = await research.search("frob")
    assert found.engine == "duckduckgo"
    assert [(hit.title, hit.url, hit.extract) for hit in found.hits] == [
        ("Frob & friends", world.url("/frob"), "How to frob twice."),
        ("Install", world.url("/install"), "One command."),
    ]
    assert world.kinds("search") == ["/duckduckgo/html/?q=frob"]


@pytest.mark.parametrize("engine", ["brave", "tavily", "google", "bing"])
async def test_an_engine_with_a_key_goes_first_and_its_key_is_in_no_address(engine, tmp_path):
    world = small_world()
    key = f"cx1:{KEY}" if engine == "google" else KEY
    async with opened_on(world, tmp_path, {engine: key}) as research:
        found = await research.search("frob the thing")
        assert found.engine == engine
        assert found.hits[0].title == "Frob & friends"
        assert found.hits[0].extract == "How to frob twice."
    assert KEY in str(world.seen[0].headers)
    assert not any(KEY in one.path for one in world.seen)
    assert not any(KEY.encode() in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


async def test_a_key_that_is_refused_is_told_without_the_key_and_the_next_engine_answers(tmp_path):
    world = small_world(faults={"/brave": answer("no", 403)})
    async with opened_on(world, tmp_path, {"brave": KEY}) as research:
        found = await research.search("frob")
    assert found.engine == "duckduckgo"
    assert [(tried.engine, tried.fault) for tried in found.tried] == [("brave", "blocked")]
    assert KEY not in repr(found)


async def test_a_searxng_of_the_person_goes_first(tmp_path):
    async with opened_on(small_world(), tmp_path, searxng="http://{search}/searxng/") as research:
        found = await research.search("frob")
    assert (found.engine, found.tried) == ("searxng", ())
    assert found.hits[1].title == "Install"


async def test_a_searxng_inside_the_house_has_to_be_allowed_like_any_server(tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path, searxng="http://127.0.0.1:9/searxng") as research:
        found = await research.search("frob")
    assert [(tried.engine, tried.fault) for tried in found.tried] == [("searxng", "refused")]
    assert found.engine == "duckduckgo"


@pytest.mark.parametrize(("topic", "engine"), [("questions", "stackexchange"), ("news", "hackernews")])
async def test_questions_and_news_have_engines_of_their_own(topic, engine, tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path) as research:
        found = await research.search("frob", topic)
    assert found.engine == engine
    assert found.hits[0].url == world.url("/frob")
    if topic == "questions":
        assert "accepted=True" in world.seen[0].path


async def test_a_package_is_told_with_version_licence_and_day(tmp_path):
    link = {"label": "SOURCE_REPO", "url": "https://code.example/ann/frob"}
    world = small_world(packages={"pypi/frob": {"version": "2.1.0", "licence": "MIT", "links": [link]}})
    async with opened_on(world, tmp_path) as research:
        found = await research.search("python frob", "packages")
        nobody = await research.search("python nothing-like-it", "packages")
    (hit,) = found.hits
    assert (hit.title, hit.url) == ("frob 2.1.0", "https://code.example/ann/frob")
    assert "2026-01-02 · MIT" in hit.extract
    assert nobody.engine == "packages" or nobody.hits, "a name nobody knows is no fault"


async def test_code_is_searched_only_with_a_key(tmp_path):
    async with opened_on(small_world(), tmp_path) as research:
        assert (await research.search("frob", "code")).engine == "duckduckgo"
    world = small_world()
    async with opened_on(world, tmp_path, {"github": KEY}) as research:
        found = await research.search("frob repo:secret/one", "code")
    assert found.engine == "github-code"
    assert found.hits[0].extract.startswith("# frob")
    assert "repo%3A" not in world.seen[0].path, "a question cannot reach for what only the key may see"


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (answer("<html><p>Hello</p></html>"), "malformed"),
        (ANOMALY, "limited"),
        (answer("", 429, retry_after=9), "limited"),
        (answer(b"\x89PNG", content_type="image/png"), "wrong_type"),
        (answer("gone", 404), "missing"),
        (answer("no", 451), "blocked"),
    ],
)
async def test_a_page_without_results_is_a_fault_and_nothing_is_made_up(told, fault, tmp_path):
    async with opened_on(small_world(faults={"/duckduckgo": told}), tmp_path) as research:
        found = await research.search("frob")
    assert (found.engine, found.hits) == ("", ())
    assert [(tried.engine, tried.fault) for tried in found.tried] == [("duckduckgo", fault)]


@pytest.mark.parametrize(
    "told",
    [
        answer("<html>Sign in</html>"),
        answer('{"web": {"results": [{"ti', content_type="application/json"),
        answer("[" * 100_000, content_type="application/json"),
        as_json([1, 2]),
        as_json({"web": {"results": {"a": 1}}}),
        as_json({"web": "none"}),
    ],
)
async def test_an_answer_nobody_can_read_is_a_fault(told, tmp_path):
    async with opened_on(small_world(faults={"/brave": told}), tmp_path, {"brave": KEY}) as research:
        found = await research.search("frob")
    assert found.engine == "duckduckgo"
    assert [tried.fault for tried in found.tried] in (["malformed"], ["wrong_type"])


async def test_odd_results_are_left_out_or_made_plain(tmp_path):
    odd = [
        {"title": "no address"},
        {"title": "script", "url": "javascript:alert(1)"},
        {"title": "home", "url": "http://192.168.0.1/"},
        {"title": "cloud", "url": "http://169.254.169.254/latest"},
        {"title": "user", "url": "https://a@good.example/"},
        {"title": "number", "url": 5},
        "text",
        {"title": None, "url": "https://bare.example/x", "description": None},
        {
            "title": "\u202eevil<script>\u200b \x1b[31m&lt;i&gt;\U000e0041",
            "url": "https://odd.example/a",
            "description": "long " * 90_000,
        },
        {"title": "again", "url": "https://ODD.example/a/#part"},
    ]
    told = as_json({"web": {"results": odd}})
    async with opened_on(small_world(faults={"/brave": told}), tmp_path, {"brave": KEY}) as research:
        found = await research.search("frob", limit=20)
    assert [hit.url for hit in found.hits] == ["https://bare.example/x", "https://odd.example/a"]
    assert found.hits[1].title == "evil [31m<i>"
    assert len(found.hits[1].extract) <= 600


async def test_a_hundred_results_are_as_many_as_were_wanted(tmp_path):
    many = [{"title": f"n{place}", "url": f"https://site.example/{place}"} for place in range(100)]
    told = as_json({"web": {"results": many}})
    async with opened_on(small_world(faults={"/brave": told}), tmp_path, {"brave": KEY}) as research:
        assert len((await research.search("frob", limit=3)).hits) == 3
        assert len((await research.search("frob", limit=1_000)).hits) == 20


async def test_every_topic_has_somebody_who_needs_no_key(tmp_path):
    async with opened_on(small_world(), tmp_path) as research:
        for topic in TOPICS:
            assert (await research.search("frob", topic)).engine
