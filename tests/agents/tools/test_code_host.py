"""What a code host tells of repositories, over real HTTP; nothing is cloned and no archive is asked for."""

from __future__ import annotations

import json

import pytest

from core.errors import ResearchError
from core.research import Repository, TreeFile
from tests.agents.tools.web_site import answer, to
from tests.agents.tools.world_fixtures import opened_on, small_world
from tests.fakes.web_world import COMMIT, WorldRepository, limited

TOKEN = "t0ken-of-a-person-0123456789"


async def test_the_facts_of_a_repository_come_with_its_newest_commit(tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path) as research:
        found = await research.repository("code.example/ann/frob")
    assert found == Repository(
        host="code.example",
        owner="ann",
        name="frob",
        description="Frobs things",
        licence="MIT",
        size=120 * 1024,
        stars=321,
        changed=1767323045.0,
        branch="main",
        commit=COMMIT,
    )
    assert world.kinds("api") == ["/repos/ann/frob", "/repos/ann/frob/commits?sha=main&per_page=1"]
    assert world.kinds("archive") == []


async def test_tree_readme_files_and_issues_are_read_at_the_commit(tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path) as research:
        frob = await research.repository("https://code.example/ann/frob.git")
        tree = await research.tree(frob)
        readme = await research.file(frob, "README")
        source = await research.file(frob, "src/frob.py")
        issues = await research.issues(frob, "frob")
        archive = research.archive_url(frob, COMMIT)
    assert TreeFile("src/frob.py", 15) in tree.files
    assert len(tree.files) == 3
    assert not tree.cut
    assert readme.text == "# frob\nCall it twice."
    assert source.text == "def frob(): ..."
    assert source.url == f"https://code.example/ann/frob/blob/{COMMIT}/src/frob.py"
    assert [(hit.title, hit.url, hit.extract) for hit in issues] == [
        ("It does not frob", "https://code.example/ann/frob/issues/1", "Twice.")
    ]
    assert all(COMMIT in path for path in world.kinds("api") if "/contents/" in path or "/readme" in path)
    assert archive.endswith(f"/ann/frob/zip/{COMMIT}")
    assert world.kinds("archive") == []


async def test_a_renamed_repository_is_told_by_its_new_name(tmp_path):
    world = small_world(faults={"/repos/old/name": to("/repos/ann/frob", 301)})
    async with opened_on(world, tmp_path) as research:
        assert (await research.repository("code.example/old/name")).address == "code.example/ann/frob"


async def test_a_token_of_the_person_goes_to_the_host_and_nowhere_else(tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path, {"github": TOKEN}) as research:
        await research.repository("code.example/ann/frob")
        assert {one.headers.get("authorization") for one in world.seen} == {None}
        world.seen.clear()
        await research.repository("github.com/ann/frob")
        await research.read(world.url("/frob"))
    assert {one.headers.get("authorization") for one in world.seen if one.kind == "api"} == {f"Bearer {TOKEN}"}
    assert not any(TOKEN in str(one.headers) for one in world.seen if one.kind != "api")
    assert not any(TOKEN.encode() in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (answer("{}", 404), "missing"),
        (answer("{}", 451), "blocked"),
        (answer("{}", 403), "blocked"),
        (answer("{}", 403, x_ratelimit_remaining=0), "limited"),
        (limited(), "limited"),
        (answer("{}", content_type="application/json"), "malformed"),
        (answer("[]", content_type="application/json"), "malformed"),
        (answer('{"full_name": "../../x/y"}', content_type="application/json"), "malformed"),
        (answer('{"full_name": "ann/frob", "defa', content_type="application/json"), "malformed"),
        (answer("<html>Unicorn</html>", 200), "malformed"),
    ],
)
async def test_what_a_host_refuses_or_says_wrongly_is_a_fault(told, fault, tmp_path):
    async with opened_on(small_world(faults={"/repos/": told}), tmp_path, {"github": TOKEN}) as research:
        with pytest.raises(ResearchError) as raised:
            await research.repository("github.com/ann/frob")
    assert raised.value.fault == fault
    assert TOKEN not in str(raised.value)


async def test_a_repository_without_a_commit_and_a_private_one_are_not_offered(tmp_path):
    world = small_world()
    world.repositories["ann/secret"] = WorldRepository({}, {"private": True})
    world.repositories["ann/empty"] = WorldRepository({}, commit="main")
    async with opened_on(world, tmp_path, {"github": TOKEN}) as research:
        for name, fault in (("secret", "refused"), ("empty", "malformed")):
            with pytest.raises(ResearchError) as raised:
                await research.repository(f"github.com/ann/{name}")
            assert raised.value.fault == fault
        found = await research.search("frob", "repositories")
    assert "ann/secret" not in repr(found)


@pytest.mark.parametrize(
    "address",
    [
        "gitlab.example/ann/frob",
        "code.example/ann",
        "code.example/../frob",
        "code.example/ann/..",
        "code.example/a b/c",
    ],
)
async def test_other_hosts_and_odd_names_are_refused_before_anything_is_sent(address, tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path) as research:
        with pytest.raises(ResearchError) as raised:
            await research.repository(address)
    assert raised.value.fault == "refused"
    assert world.seen == []


@pytest.mark.parametrize("path", ["../x", "a/../../b", "/etc/passwd", "", "a//b"])
async def test_a_path_stays_inside_its_repository(path, tmp_path):
    world = small_world()
    async with opened_on(world, tmp_path) as research:
        frob = Repository("code.example", "ann", "frob", commit=COMMIT)
        with pytest.raises(ResearchError) as raised:
            await research.file(frob, path)
        with pytest.raises(ResearchError):
            research.archive_url(frob, "main")
        with pytest.raises(ResearchError):
            await research.tree(Repository("code.example", "ann", "frob"))
    assert raised.value.fault == "refused"
    assert world.seen == []


async def test_found_repositories_are_told_with_their_facts(tmp_path):
    async with opened_on(small_world(), tmp_path) as research:
        found = await research.search("frob", "repositories")
    (hit,) = found.hits
    assert found.engine == "github"
    assert hit.repository is not None
    assert (hit.repository.licence, hit.repository.stars) == ("MIT", 321)


async def test_odd_facts_of_a_repository_are_as_if_nothing_was_said(tmp_path):
    odd = {"size": -5, "stargazers_count": "many", "pushed_at": "soon", "license": "MIT", "description": ["x"]}
    world = small_world(repositories={"ann/frob": WorldRepository({}, odd)})
    async with opened_on(world, tmp_path) as research:
        frob = await research.repository("code.example/ann/frob")
    assert (frob.size, frob.stars, frob.changed, frob.licence, frob.description) == (0, 0, 0.0, "", "")


async def test_a_folder_is_no_file(tmp_path):
    told = answer(json.dumps([{"name": "x"}]), content_type="application/json; charset=utf-8")
    async with opened_on(small_world(faults={"/repos/ann/frob/contents": told}), tmp_path) as research:
        with pytest.raises(ResearchError) as raised:
            await research.file(Repository("code.example", "ann", "frob", commit=COMMIT), "src")
    assert raised.value.fault == "wrong_type"


async def test_a_tree_the_host_does_not_tell_whole_is_known_as_cut(tmp_path):
    world = small_world()
    world.repositories["ann/frob"].truncated = True
    async with opened_on(world, tmp_path) as research:
        tree = await research.tree(await research.repository("code.example/ann/frob"))
    assert tree.files
    assert tree.cut
