"""How the door behaves towards servers: robots files, pace, answers that are kept."""

from __future__ import annotations

import asyncio
import json
import os
import time

import pytest

from agents.tools.door import Door
from agents.tools.pacing import Pace
from agents.tools.page_cache import PageCache
from agents.tools.robots import read_rules
from core.errors import ResearchError
from core.redaction import register_secret
from tests.agents.tools.web_site import Site, answer, to

KEY = "a-key-of-a-person-31337"


@pytest.fixture
async def site():
    async with Site({}).served() as served:
        yield served


def door_to(*sites, **options):
    return Door(**{"allowed": frozenset(site.place for site in sites), "interval": 0, **options})


async def fault(asking):
    with pytest.raises(ResearchError) as caught:
        await asking
    return caught.value


async def test_robots_are_asked_once_and_obeyed_at_every_hop(site):
    site.pages |= {
        "/robots.txt": answer("User-agent: *\nDisallow: /private", content_type="text/plain"),
        "/": answer("fine"),
        "/private/a": answer("not for programs"),
        "/way": to("/private/a"),
    }
    async with door_to(site) as door:
        assert (await door.get(site.url(), robots=True)).text == "fine"
        for path in ("/private/a", "/way"):
            error = await fault(door.get(site.url(path), robots=True))
            assert (error.fault, error.facts["detail"]) == ("blocked", "robots.txt")
        assert (await door.get(site.url("/private/a"))).text == "not for programs"
    assert site.paths == ["/robots.txt", "/", "/way", "/private/a"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (answer("", 404), "fine"),
        (answer("", 403), "fine"),
        (to("http://10.0.0.1/robots.txt"), "fine"),
        (answer(b"\xff\xfe\0\0" * 100, content_type="image/png"), "fine"),
        (answer("", 500), "blocked"),
        (answer("", 429, retry_after=60), "limited"),
    ],
    ids=["none", "forbidden", "elsewhere", "nonsense", "in trouble", "limited"],
)
async def test_without_a_robots_file_all_is_allowed_and_a_site_in_trouble_is_left_alone(site, page, expected):
    site.pages |= {"/robots.txt": page, "/": answer("fine")}
    async with door_to(site) as door:
        if expected == "fine":
            assert (await door.get(site.url(), robots=True)).text == "fine"
        else:
            assert (await fault(door.get(site.url(), robots=True))).fault == expected
            assert "/" not in site.paths


ROBOTS = """
# a comment
User-agent: other
User-agent: MultiCoder/2.0
Disallow: /
Allow: /docs/   # but these
Disallow: /docs/*.pdf$
Disallow: /*?print=
Crawl-delay: 2

User-agent: *
Disallow: /docs
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        *(("/", False), ("/a", False), ("/docs/", True), ("/docs/a.html", True), ("/docs/a.pdf", False)),
        *(("/docs/a.pdf?x", True), ("/docs/x?print=1", False), ("/docs/%61.html", True), ("/robots.txt", True)),
        ("/docs/пример", True),
    ],
)
def test_the_longest_rule_for_us_decides(path, allowed):
    rules = read_rules(ROBOTS)
    assert rules.allow(path) == allowed
    assert rules.delay == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Disallow: /",
        "User-agent: *\nDisallow:",
        "User-agent: nobody\nDisallow: /",
        "<html>not found</html>",
        "User-agent: *\nDisallow: /b\nCrawl-delay: soon",
        "\0\0user-agent\0: *",
    ],
)
def test_what_forbids_nothing_allows_all(text):
    assert read_rules(text).allow("/a?b=c")
    assert read_rules(text).delay == 0


def test_a_hostile_robots_file_takes_no_time():
    rules = read_rules("User-agent: *\n" + f"Disallow: /{'*a' * 2_000}b\n" * 20)
    before = time.process_time()
    assert rules.allow("/" + "a" * 4_000)
    assert time.process_time() - before < 1


async def test_a_server_is_asked_in_turn(site):
    async def slow(_, writer):
        await asyncio.sleep(0.05)
        writer.write(answer("fine"))

    site.pages["/"] = slow
    async with door_to(site) as door:
        await asyncio.gather(*(door.get(site.url(f"/?{number}")) for number in range(6)))
    assert site.most_open == 2
    async with door_to(site, interval=0.1) as door:
        before = time.monotonic()
        await asyncio.gather(*(door.get(site.url(f"/?{number}"), seconds=0.3) for number in range(5)))
        assert 0.4 <= time.monotonic() - before < 3


async def test_a_site_may_ask_for_a_slower_pace(site):
    site.pages |= {"/robots.txt": answer("User-agent: multicoder\nCrawl-delay: 0.2"), "/": answer("fine")}
    async with door_to(site) as door:
        await door.get(site.url(), robots=True)
        before = time.monotonic()
        await door.get(site.url("/?2"), robots=True)
        await door.get(site.url("/?3"), robots=True)
        assert 0.2 <= time.monotonic() - before < 3


async def test_the_pace_of_many_servers_is_no_memory_leak():
    pace = Pace(0)
    for number in range(2_000):
        async with pace.turn(f"host{number}:80", ""):
            pass
    assert len(pace._servers) <= 500


async def test_an_answer_is_kept_for_a_while(site, tmp_path):
    site.pages["/"] = answer("fine", x_note="ё".encode().decode("latin-1"))
    async with door_to(site, cache=tmp_path / "cache") as door:
        first = await door.get(site.url())
        again = await door.get(site.url("/#other"))
        assert (first.cached, again.cached, len(site.asked)) == (False, True, 1)
        assert (again.body, again.fetched, again.headers) == (first.body, first.fetched, first.headers)
        assert not (await door.get(site.url(), fresh=0)).cached
        assert not (await door.get(site.url(), headers={"Accept-Language": "ru"})).cached
    async with door_to(site, cache=tmp_path / "cache") as door:  # the next start
        assert (await door.get(site.url())).cached
        await asyncio.sleep(0.05)
        assert not (await door.get(site.url(), fresh=0.01)).cached
    async with Door(interval=0, cache=tmp_path / "cache") as door:  # no longer allowed
        assert (await fault(door.get(site.url()))).fault == "refused"


async def test_what_was_cut_is_no_whole_answer(site):
    site.pages["/"] = answer("a" * 1_000)
    async with door_to(site) as door:
        assert (await door.get(site.url(), limit=10, cut=True)).cut
        assert (await door.get(site.url(), limit=10, cut=True)).cached
        whole = await door.get(site.url())
        assert (len(whole.body), whole.cached) == (1_000, False)
        assert (await door.get(site.url())).cached
        assert (await fault(door.get(site.url(), limit=10))).fault == "too_large"


async def test_what_may_hold_a_key_is_not_kept(site, tmp_path):
    register_secret(KEY)
    site.pages |= {"/": answer("fine"), "/no": answer("fine", cache_control="private, No-Store"), "/to": to("/?sig=1")}
    async with door_to(site, cache=tmp_path / "cache") as door:
        for path, headers in (
            *(("/", {"Authorization": f"Bearer {KEY}"}), ("/", {"X-Subscription-Token": KEY}), ("/?key=abc", {})),
            *(("/?api_key=abc", {}), (f"/?q={KEY}", {}), ("/?access_token=", {}), ("/no", {}), ("/to", {})),
        ):
            for _ in range(2):
                assert not (await door.get(site.url(path), headers=headers)).cached
        assert not (tmp_path / "cache").exists()
        await door.get(site.url("/?keyword=author&design=code"))
        assert (await door.get(site.url("/?keyword=author&design=code"))).cached
    names = [path.name for path in (tmp_path / "cache").iterdir()]
    assert len(names) == 1
    assert "keyword" not in names[0]


async def test_failures_are_not_kept(site, tmp_path):
    site.pages["/"] = answer("", 404)
    async with door_to(site, cache=tmp_path / "cache") as door:
        await fault(door.get(site.url()))
        site.pages["/"] = answer("there")
        assert (await door.get(site.url())).text == "there"


async def test_damaged_files_are_no_answers(site, tmp_path):
    folder = tmp_path / "cache"
    site.pages["/"] = answer("fine")
    async with door_to(site, cache=folder) as door:
        await door.get(site.url())
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    head, _, body = whole.partition(b"\n")
    facts = json.loads(head)
    for damaged in (
        *(b"", whole[:-1], whole[10:], b"null\n", b"{}\n" + body, b"\xff" * 100),
        json.dumps({**facts, "facts": {"unknown": 1}}).encode() + b"\n" + body,
        json.dumps({**facts, "facts": {**facts["facts"], "url": "http://10.0.0.1/"}}).encode() + b"\n" + body,
    ):
        file.write_bytes(damaged)
        async with door_to(site, cache=folder) as door:
            got = await door.get(site.url())
            assert (got.text, got.cached) == ("fine", False)
    assert site.paths == ["/"] * 9


async def test_the_cache_stays_within_its_bounds(tmp_path):
    cache = PageCache(tmp_path / "cache", memory_bytes=1_000, disk_bytes=10_000)
    for number in range(60):
        await cache.keep(f"key {number}", {"n": number}, bytes(400))
    await cache.keep("large", {}, bytes(9_000))
    assert sum(file.stat().st_size for file in (tmp_path / "cache").iterdir()) <= 10_000
    assert (await cache.find("key 59", 60))[0] == {"n": 59}
    assert await cache.find("key 0", 60) is None
    old = tmp_path / "cache" / "old.answer"
    old.write_bytes(b"old")
    os.utime(old, (1, 1))
    await PageCache(tmp_path / "cache").keep("next start", {}, b"1")
    assert not old.exists()
    blocked = PageCache(tmp_path / "file" / "cache")
    (tmp_path / "file").write_text("in the way")
    await blocked.keep("a", {}, b"1")
    assert (await blocked.find("a", 60))[1] == b"1"
