"""A repository is taken once a person allowed exactly that, whole, with where it came from; and never else."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from dataclasses import replace

import pytest

from core.errors import ResearchError
from core.i18n import LOCALES, explain
from engine.progress import Story
from engine.taking import FOLDER, NotAllowedError
from tests.engine.taking_world import COMMIT, OTHER, PROJECT, ROOT, RUN, Host, Stand, until, zipped

FILES = {
    "README.md": "# Tools\n\nУмеет всё.\n",
    "LICENSE": "MIT License\n",
    "docs/NOTICE.txt": "Somebody made this.\r\n",
    "src/tools/main.py": "print('hello')\n",
    "src/tools/empty.py": "",
    "data/picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "site/index.html": "<p>Page</p>\n",
}
PATH = f"/owner/tools/zip/{COMMIT}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Host(tmp_path_factory.mktemp("authority"))
    yield server
    server.close()


@pytest.fixture
def host(server):
    server.forget()
    server.bodies[PATH] = zipped(FILES)
    return server


@pytest.fixture
async def stand(home, host):
    async with Stand(home, host.place, host.root) as stand:
        yield stand


async def test_what_was_allowed_arrives_byte_for_byte_with_where_it_came_from(stand, host, home):
    heard = []
    taken = await stand.take(progress=lambda done, total: heard.append((done, total)))
    assert host.asked == [PATH]
    assert set(taken.files) == set(FILES)
    assert not taken.refused
    assert (taken.commit, taken.licence, taken.notices) == (COMMIT, "MIT", ("LICENSE", "docs/NOTICE.txt"))
    assert taken.sha256 == hashlib.sha256(host.bodies[PATH]).hexdigest()
    archive = await stand.documents.document(taken.archive)
    assert await stand.documents.read(taken.archive) == host.bodies[PATH]
    assert (archive.note.indexed, archive.note.origin) == (False, f"https://{host.place}/owner/tools@{COMMIT}")
    for path, data in FILES.items():
        document = await stand.documents.document(taken.files[path])
        assert await stand.documents.read(document.document) == (data if isinstance(data, bytes) else data.encode())
        note = document.note
        assert (note.trust, note.project, note.run) == ("foreign", PROJECT, RUN)
        assert note.origin == f"https://{host.place}/owner/tools@{COMMIT}:{path}"
        assert [link.target for link in await stand.documents.links(document.document)] == [taken.archive]
    kinds = {path: (await stand.documents.document(known)).note for path, known in taken.files.items()}
    assert (kinds["src/tools/main.py"].kind, kinds["README.md"].kind) == ("code", "docs")
    assert (kinds["site/index.html"].indexed, kinds["data/picture.png"].indexed) == (True, False)
    assert heard[-1][0] == heard[-1][1] == sum(len(x if isinstance(x, bytes) else x.encode()) for x in FILES.values())
    assert (await stand.consents.all())[0].taken > 0
    assert not list((home.builds / FOLDER).iterdir()), "nothing is left in the scratch folder"


async def test_what_was_taken_is_told_in_both_languages(stand):
    await stand.take(stand.repository(licence=""))
    (event,) = stand.sink.named("repository.taken")
    lines = {locale: Story(locale).tell(event) for locale in LOCALES}
    assert "7 files" in lines["en"]
    assert "see its licence file" in lines["en"]
    assert "No antivirus was found" in lines["en"]
    assert "7 файлов" in lines["ru"]


async def test_the_same_commit_again_gives_the_same_documents_without_asking_again(stand, host):
    first = await stand.take()
    assert await stand.take() == first
    other = await stand.take(run="r-2")
    assert other.files == first.files
    assert host.asked == [PATH]
    kept = await stand.documents.documents(project=PROJECT)
    assert len(kept) == len(FILES) + 1


async def test_two_at_once_are_one_download(stand, host):
    first, second = await asyncio.gather(stand.take(), stand.take())
    assert first == second
    assert host.asked == [PATH]


async def test_nothing_is_sent_without_a_word_of_the_person_for_exactly_this(stand, host):
    repository = stand.repository()
    refusals = {}

    async def refused(what, consent, taken=repository, run=RUN):
        with pytest.raises(NotAllowedError) as caught:
            await stand.take(taken, consent, run=run)
        refusals[what] = caught.value
        assert caught.value.fault == "refused"

    given = await stand.allowed()
    await refused("nobody was asked in this run", given, run="r-other")
    await refused("other commit", given, stand.repository(commit=OTHER))
    await refused("other commit, asked for as such", replace(given, commit=OTHER), stand.repository(commit=OTHER))
    await refused("other repository", given, stand.repository("tools2"))
    await refused("made up", replace(given, consent="k-forged"))
    await stand.consents.revoke(given.consent, "changed my mind")
    await refused("revoked, as it stands now", given)
    await refused("revoked, as handed over", (await stand.consents.all())[0])
    no = await stand.allowed(run="r-no", decision="refuse")
    await refused("refused", no, run="r-no")
    await refused("refused, handed over as allowed", replace(no, decision="allow"), run="r-no")
    assert host.asked == []
    assert await stand.documents.documents() == []
    assert {error.facts["why"] for error in refusals.values()} == {
        "missing", "other-commit", "other-repository", "changed", "revoked", "refused",
    }  # fmt: skip
    assert len(stand.sink.named("repository.refused")) == len(refusals)
    for error in refusals.values():
        for locale in LOCALES:
            assert all(len(part) > 15 and "{" not in part for part in vars_of(explain(error, locale)))


def vars_of(explanation):
    return (explanation.what, explanation.did, explanation.next)


@pytest.mark.parametrize("commit", ["main", COMMIT[:7], COMMIT.upper(), f"{COMMIT}/..", ""])
async def test_only_a_whole_commit_is_pinned(stand, host, commit):
    consent = replace(await stand.allowed(), commit=commit)
    with pytest.raises(ResearchError, match="repository-refused"):
        await stand.take(stand.repository(commit=commit), consent)
    assert host.asked == []


async def test_a_permission_taken_back_while_it_comes_in_is_honoured(stand, host):
    host.waits = threading.Event()
    consent = await stand.allowed()
    task = asyncio.ensure_future(stand.take(consent=consent))
    await until(lambda: host.asked)
    await stand.consents.revoke(consent.consent, "stop")
    host.waits.set()
    with pytest.raises(NotAllowedError):
        await task
    assert await stand.documents.documents() == []


async def test_cancelled_in_the_middle_it_stops_and_goes_on_later(stand, host, home):
    host.waits = threading.Event()
    task = asyncio.ensure_future(stand.take())
    await until(lambda: host.asked)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    host.waits.set()
    assert await stand.documents.documents() == []
    assert [file for file in (home.builds / FOLDER).rglob("*") if file.is_file()] == []
    assert set((await stand.take()).files) == set(FILES)


async def test_a_cancelled_import_goes_on_without_fetching_again(stand, host, home):
    host.bodies[PATH] = zipped({f"f{number}.py": f"x = {number}\n" * 20 for number in range(40)})
    kept = []
    task = asyncio.ensure_future(stand.take(progress=lambda done, total: kept.append(total) if done else None))
    await until(lambda: kept.count(40 * len("x = 0\n") * 20 + 30 * 20) > 3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not list((home.builds / FOLDER).iterdir())
    before = await stand.documents.documents(kind="code")
    assert len(before) >= 3
    taken = await stand.take()
    assert len(taken.files) == 40
    assert {document.document for document in before} <= set(taken.files.values())
    assert host.asked == [PATH]


async def test_what_was_forgotten_stays_so(stand):
    taken = await stand.take()
    await stand.documents.set_standing(taken.files["README.md"], "forgotten", "on purpose")
    again = await stand.take()
    assert again.refused == {"README.md": "forgotten"}
    assert set(again.files) == set(FILES) - {"README.md"}


async def test_what_cannot_be_fetched_is_said_as_it_is(stand, host):
    del host.bodies[PATH]
    with pytest.raises(ResearchError) as caught:
        await stand.take()
    assert caught.value.fault == "missing"
    (event,) = stand.sink.named("repository.refused")
    assert "There is nothing at" in Story("en").tell(event)


async def test_without_a_folder_round_everything_nothing_is_taken_off(stand, host):
    host.bodies[PATH] = zipped({f"{ROOT}/a.py": "1\n", "other/b.py": "2\n"}, root="")
    assert set((await stand.take()).files) == {f"{ROOT}/a.py", "other/b.py"}
