"""Deliveries are complete or absent, never over something else, and repeatable; proven with real disks and kills."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.delivery import EVIDENCE_SUFFIX, FileDelivery, evidence_folder
from core.errors import DeliveryFailed, InputError

REPOSITORY = Path(__file__).parents[2]
EVIDENCE = {"report.md": b"# report\n", "report.json": b"{}\n"}
NAMES = ["calculator.exe", "Калькулятор с окном.exe", "a b'c.zip", "программа", "ünïcode (1).py"]

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk takes root")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def content_digest(path: Path) -> str:
    return digest(path.read_bytes())


@pytest.fixture
def artifact(tmp_path: Path) -> Path:
    path = tmp_path / "built" / "calculator"
    path.parent.mkdir()
    path.write_bytes(os.urandom(300_000))
    path.chmod(0o755)
    return path


@pytest.fixture
def delivery(tmp_path: Path) -> FileDelivery:
    return FileDelivery(tmp_path / "install", needed_mb=1)


def leftovers(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.name.startswith(".")]


# ------------------------------------------------------------------------------------------------ check


def test_check_makes_missing_parents_and_leaves_nothing_else(delivery: FileDelivery, tmp_path: Path) -> None:
    folder = tmp_path / "Рабочий стол" / "мои программы"
    delivery.check(folder)
    assert folder.is_dir()
    assert list(folder.iterdir()) == []


def test_check_refuses_the_program_s_own_folder_even_through_a_link(delivery: FileDelivery, tmp_path: Path) -> None:
    install = tmp_path / "install"
    (install / "core").mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to(install / "core")
    for folder in (install, install / "core" / "new", link / "deeper", tmp_path / "x" / ".." / "install" / "y"):
        with pytest.raises(InputError) as caught:
            delivery.check(folder)
        assert caught.value.code == "out-inside-install"
    delivery.check(install / "out" / "first")


def test_check_refuses_a_file_in_the_way(delivery: FileDelivery, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError) as caught:
            delivery.check(folder)
        assert caught.value.code == "out-not-folder"
    assert (tmp_path / "file").read_text() == "mine"


def test_check_refuses_a_name_no_folder_can_have(delivery: FileDelivery, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        delivery.check(tmp_path / ("x" * 300))
    assert caught.value.code == "out-unwritable"


def test_check_refuses_a_disk_without_room(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        FileDelivery(tmp_path / "install", needed_mb=1 << 30).check(tmp_path / "out")
    assert caught.value.code == "out-full"
    assert int(caught.value.facts["needed"]) > int(caught.value.facts["free"])


@as_root
def test_an_unwritable_folder_is_refused_and_nothing_is_left(artifact: Path) -> None:
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    copy = shutil.copy(artifact, base / "artifact")
    folder = base / "locked"
    folder.mkdir(mode=0o555)
    delivery = FileDelivery(base / "install", needed_mb=1)
    os.seteuid(65534)
    try:
        with pytest.raises(InputError) as refused:
            delivery.check(folder)
        with pytest.raises(DeliveryFailed) as failed:
            asyncio.run(delivery.deliver(Path(copy), folder / "calculator", EVIDENCE, digest(Path(copy).read_bytes())))
    finally:
        os.seteuid(0)
    assert refused.value.code == "out-unwritable"
    assert failed.value.code == "delivery-denied"
    assert list(folder.iterdir()) == []
    shutil.rmtree(base)


# ------------------------------------------------------------------------------------------------ reserve


def test_names_are_reserved_by_version_and_never_taken_twice(delivery: FileDelivery, tmp_path: Path) -> None:
    assert delivery.reserve(tmp_path / "not there", "calculator.exe", 1).name == "calculator.exe"
    assert delivery.reserve(tmp_path, "calculator.exe", 2).name == "calculator-v2.exe"
    (tmp_path / "Calculator.EXE").touch()
    (tmp_path / "calculator-2.exe-evidence").mkdir()
    assert delivery.reserve(tmp_path, "calculator.exe", 1).name == "calculator-3.exe"
    (tmp_path / "calculator-v2.exe").touch()
    assert delivery.reserve(tmp_path, "calculator.exe", 2).name == "calculator-v2-2.exe"


@pytest.mark.parametrize("name", ["../calculator", "CON.exe", "a\0b", "", "c:\\x.exe"])
def test_names_that_are_no_file_names_are_refused(delivery: FileDelivery, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        delivery.reserve(tmp_path, name, 1)


@settings(max_examples=50)
@given(
    st.lists(st.sampled_from(["a", "A", "a-2", "a-v2", "A-V2", "a-3", "a-evidence", "ß", "SS"]), max_size=8),
    st.sampled_from(["a", "A", "ß"]),
    st.integers(1, 3),
)
def test_a_reserved_name_is_free_whatever_is_there(there: list[str], name: str, version: int) -> None:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        for entry in there:
            (folder / entry).touch()
        free = FileDelivery(folder / "install").reserve(folder, name, version)
        taken = {entry.name.casefold() for entry in folder.iterdir()}
        assert not {free.name.casefold(), evidence_folder(free).name.casefold()} & taken


# ------------------------------------------------------------------------------------------------ deliver


@pytest.mark.parametrize("name", NAMES)
async def test_a_delivery_is_complete_and_repeatable(
    delivery: FileDelivery, artifact: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "готовое"
    delivery.check(out)
    sha = content_digest(artifact)
    destination = delivery.reserve(out, name, 1)
    first = await delivery.deliver(artifact, destination, EVIDENCE, sha)
    assert content_digest(first.artifact) == sha
    assert os.access(first.artifact, os.X_OK)
    assert {path.name: path.read_bytes() for path in first.evidence.iterdir()} == EVIDENCE
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert await delivery.deliver(artifact, destination, EVIDENCE, sha) == first
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    assert sorted(entry.name for entry in out.iterdir()) == sorted([name, name + EVIDENCE_SUFFIX])


async def test_a_repeat_with_newer_evidence_of_the_same_file_keeps_the_first(
    delivery: FileDelivery, artifact: Path, tmp_path: Path
) -> None:
    sha = content_digest(artifact)
    sums = f"{sha}  ../calculator\n".encode()
    destination = tmp_path / "out" / "calculator"
    destination.parent.mkdir()
    first = await delivery.deliver(artifact, destination, {"SHA256SUMS": sums, "report.md": b"1"}, sha)
    destination.unlink()  # as after a kill between the two renames
    second = await delivery.deliver(artifact, destination, {"SHA256SUMS": sums, "report.md": b"2"}, sha)
    assert second == first
    assert destination.exists()
    assert (first.evidence / "report.md").read_bytes() == b"1"


async def test_a_foreign_file_is_never_overwritten(delivery: FileDelivery, artifact: Path, tmp_path: Path) -> None:
    destination = tmp_path / "calculator"
    sha = content_digest(artifact)
    destination.write_text("mine")
    with pytest.raises(DeliveryFailed) as caught:
        await delivery.deliver(artifact, destination, EVIDENCE, sha)
    assert caught.value.code == "delivery-name-taken"
    assert destination.read_text() == "mine"
    destination.unlink()
    destination.symlink_to(artifact)  # the right bytes, but not a delivered file
    with pytest.raises(DeliveryFailed):
        await delivery.deliver(artifact, destination, EVIDENCE, sha)
    destination.unlink()
    evidence_folder(destination).mkdir()
    (evidence_folder(destination) / "notes.txt").write_text("mine")
    with pytest.raises(DeliveryFailed):
        await delivery.deliver(artifact, destination, EVIDENCE, sha)
    assert not destination.exists()
    assert leftovers(tmp_path) == []


async def test_a_damaged_artifact_is_not_delivered(delivery: FileDelivery, artifact: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(DeliveryFailed) as caught:
        await delivery.deliver(artifact, out / "calculator", EVIDENCE, digest(b"other"))
    assert caught.value.code == "delivery-damaged"
    assert list(out.iterdir()) == []


async def test_evidence_names_cannot_leave_their_folder(delivery: FileDelivery, artifact: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        await delivery.deliver(artifact, tmp_path / "x", {"../../evil": b""}, content_digest(artifact))
    assert not (tmp_path / "x").exists()
    assert leftovers(tmp_path) == []


async def test_a_cancelled_delivery_leaves_nothing(delivery: FileDelivery, artifact: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    many = {f"file-{number}": b"x" for number in range(2000)}
    work = asyncio.create_task(delivery.deliver(artifact, out / "c", many, content_digest(artifact)))
    while not leftovers(out):  # noqa: ASYNC110 - another thread makes them
        await asyncio.sleep(0.001)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert list(out.iterdir()) == []


async def test_many_deliveries_into_one_folder_do_not_disturb_each_other(
    delivery: FileDelivery, artifact: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    sha = content_digest(artifact)
    await asyncio.gather(*(delivery.deliver(artifact, out / f"c{n}", EVIDENCE, sha) for n in range(40)))
    assert len(list(out.iterdir())) == 80
    assert leftovers(out) == []


# ------------------------------------------------------------------------------------------------ full disks, kills


@as_root
def test_a_full_disk_leaves_nothing_half_written(delivery: FileDelivery, artifact: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount here")
    try:
        with pytest.raises(InputError) as refused:
            delivery.check(disk)
        with pytest.raises(DeliveryFailed) as failed:
            asyncio.run(delivery.deliver(artifact, disk / "calculator", EVIDENCE, content_digest(artifact)))
        assert refused.value.code == "out-full"
        assert failed.value.code == "delivery-full"
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", disk], check=True)


async def test_a_file_size_limit_counts_as_a_full_disk(delivery: FileDelivery, artifact: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(DeliveryFailed) as caught:
            await delivery.deliver(artifact, out / "calculator", EVIDENCE, content_digest(artifact))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert caught.value.code == "delivery-full"
    assert list(out.iterdir()) == []


CHILD = """
import asyncio, hashlib, sys
from pathlib import Path
from builders.delivery import FileDelivery
artifact, destination = Path(sys.argv[1]), Path(sys.argv[2])
sha = hashlib.sha256(artifact.read_bytes()).hexdigest()
evidence = {f"part-{n}": b"x" * 5000 for n in range(40)}
print("ready", flush=True)
asyncio.run(FileDelivery(Path("/nonexistent")).deliver(artifact, destination, evidence, sha))
print("done", flush=True)
"""


def test_killed_at_any_moment_the_file_is_absent_or_complete(delivery: FileDelivery, tmp_path: Path) -> None:
    artifact = tmp_path / "artifact"
    artifact.write_bytes(os.urandom(8_000_000))
    sha = content_digest(artifact)
    evidence = {f"part-{n}": b"x" * 5000 for n in range(40)}
    dice = random.Random(7)
    seen = {"absent": 0, "complete": 0, "leftover": 0}
    for attempt in range(25):
        out = tmp_path / f"out-{attempt}"
        out.mkdir()
        destination = out / "calculator"
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, artifact, destination],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY)},
        )
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0, 0.06))
        child.kill()
        child.communicate()
        if destination.exists():
            assert digest(destination.read_bytes()) == sha
            assert len(list(evidence_folder(destination).iterdir())) == len(evidence)
            seen["complete"] += 1
        else:
            seen["absent"] += 1
        seen["leftover"] += bool(leftovers(out))
        for stage in out.glob(".*"):  # one killed before it held its lock is taken for a young one
            os.utime(stage, (0, 0))
        done = asyncio.run(delivery.deliver(artifact, destination, evidence, sha))
        assert digest(done.artifact.read_bytes()) == sha
        assert {path.name: path.read_bytes() for path in done.evidence.iterdir()} == evidence
        assert leftovers(out) == []
        shutil.rmtree(out)
    assert seen["absent"], seen
    assert seen["leftover"], seen


async def test_the_staging_of_another_living_delivery_is_left_alone(
    delivery: FileDelivery, artifact: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    alive, dead, fresh = (out / f".multicoder-{name}.part" for name in ("alive", "dead", "fresh"))
    for stage in (alive, dead, fresh):
        stage.mkdir(parents=True)
    (dead / "lock").touch()
    (dead / "artifact").write_bytes(b"half")
    with (alive / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        await delivery.deliver(artifact, out / "calculator", EVIDENCE, content_digest(artifact))
        assert sorted(leftovers(out)) == [alive.name, fresh.name]
    await delivery.deliver(artifact, out / "calculator", EVIDENCE, content_digest(artifact))
    assert leftovers(out) == [fresh.name]
