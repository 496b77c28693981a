from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import StorageError
from core.ports import Usage
from graph.ledger import EffectKey, Ledger, SpendRow, Spent, digest

ROOT = Path(__file__).resolve().parents[2]
KEY = EffectKey("r-1", 0, "deliver", inputs="abc")

PLACER = """
import asyncio, sys, time
from pathlib import Path
from graph.ledger import EffectKey, Ledger

class Silent:
    def emit(self, event): pass

database, folder, wanted, ending = sys.argv[1:]

async def place(intent):
    with (Path(folder) / intent).open("a") as file:
        file.write("placed\\n")
    if ending == "hang":
        print("placed", flush=True)
        time.sleep(60)
    return intent

ledger = Ledger(Path(database), Silent())
print(asyncio.run(ledger.once(EffectKey("r-1", 0, "deliver"), place, intent=wanted)), flush=True)
ledger.close()
"""


def counting(result="done"):
    calls = []

    async def perform(intent):
        calls.append(intent)
        return result

    return perform, calls


async def test_an_effect_is_performed_once_and_then_found(ledger, sink):
    perform, calls = counting({"artifact": "игра.exe"})
    assert await ledger.once(KEY, perform, intent="first") == {"artifact": "игра.exe"}
    assert await ledger.once(KEY, perform, intent="second") == {"artifact": "игра.exe"}
    assert calls == ["first"]
    assert sink.names() == ["effect.started", "effect.performed", "effect.recorded"]


async def test_a_failed_effect_is_tried_again_with_the_intent_of_the_first_try(ledger):
    seen = []

    async def perform(intent):
        seen.append(intent)
        if len(seen) == 1:
            raise OSError("disk")
        return "done"

    with pytest.raises(OSError, match="disk"):
        await ledger.once(KEY, perform, intent={"to": "a"})
    assert await ledger.lookup(KEY) is None
    assert await ledger.once(KEY, perform, intent={"to": "b"}) == "done"
    assert seen == [{"to": "a"}, {"to": "a"}]


@pytest.mark.parametrize(
    "other",
    [
        EffectKey("r-2", 0, "deliver", inputs="abc"),
        EffectKey("r-1", 1, "deliver", inputs="abc"),
        EffectKey("r-1", 0, "build", inputs="abc"),
        EffectKey("r-1", 0, "deliver", "ui", inputs="abc"),
        EffectKey("r-1", 0, "deliver", "", 1, "abc"),
        EffectKey("r-1", 0, "deliver", inputs="abd"),
    ],
)
async def test_another_key_is_another_effect(ledger, other):
    perform, calls = counting()
    await ledger.once(KEY, perform)
    await ledger.once(other, perform)
    assert len(calls) == 2


async def test_the_results_of_one_kind_in_one_run_are_found_in_their_order(ledger):
    for key, result in [
        (EffectKey("r-1", 0, "deliver"), "first"),
        (EffectKey("r-1", 1, "deliver"), "second"),
        (EffectKey("r-1", 0, "build"), "other kind"),
        (EffectKey("r-10", 0, "deliver"), "other run"),
    ]:
        await ledger.record(key, result)
    assert await ledger.results("r-1", "deliver") == ["first", "second"]
    assert await ledger.results("r", "deliver") == []


async def test_what_was_recorded_is_there_after_reopening(tmp_path, sink):
    first = Ledger(tmp_path / "l.db", sink)
    await first.record(KEY, ["a", 1])
    first.close()
    second = Ledger(tmp_path / "l.db", sink)
    try:
        assert await second.lookup(KEY) == ["a", 1]
    finally:
        second.close()


def run_placer(tmp_path: Path, wanted: str, ending: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", PLACER, tmp_path / "l.db", tmp_path, wanted, ending]
    return subprocess.Popen([*map(str, argv)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_process_killed_between_doing_and_recording_aims_at_the_same_place_again(tmp_path):
    killed = run_placer(tmp_path, "calculator", "hang")
    try:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "placed\n"
    finally:
        killed.kill()
        killed.communicate(timeout=20)
    assert run_placer(tmp_path, "calculator-2", "end").communicate(timeout=60)[0] == "calculator\n"
    assert run_placer(tmp_path, "calculator-3", "end").communicate(timeout=60)[0] == "calculator\n"
    assert (tmp_path / "calculator").read_text() == "placed\nplaced\n"
    assert not list(tmp_path.glob("calculator-*"))


async def test_many_effects_at_once_are_all_kept(ledger):
    keys = [EffectKey("r-1", 0, "call", f"m{number}", number) for number in range(60)]

    async def perform(intent):
        await asyncio.sleep(0)
        return intent

    results = await asyncio.gather(*(ledger.once(key, perform, intent=str(key)) for key in keys))
    assert results == [str(key) for key in keys]
    assert [await ledger.lookup(key) for key in keys] == results


async def test_two_connections_to_one_file_do_not_lose_rows(tmp_path, sink):
    ledgers = [Ledger(tmp_path / "l.db", sink), Ledger(tmp_path / "l.db", sink)]
    try:
        keys = [EffectKey("r-1", 0, "call", attempt=number) for number in range(40)]
        await asyncio.gather(*(ledgers[number % 2].record(key, number + 1) for number, key in enumerate(keys)))
        assert [await ledgers[0].lookup(key) for key in keys] == list(range(1, 41))
    finally:
        for opened in ledgers:
            opened.close()


async def test_a_cancelled_write_is_on_disk_all_the_same(ledger):
    write = asyncio.create_task(ledger.record(KEY, "done"))
    await asyncio.sleep(0)
    write.cancel()
    with pytest.raises(asyncio.CancelledError):
        await write
    assert await ledger.lookup(KEY) == "done"


async def test_a_call_recorded_again_is_not_paid_again(ledger):
    row = SpendRow("coder.write", "ui", "p:m", Usage(10, 5, 0.25, priced=True), 1.5)
    await ledger.record(KEY, "text", row)
    await ledger.record(KEY, "text", row)
    unpriced = SpendRow("judge.request", "", "p:n", Usage(1, 1), 0.5)
    await ledger.record(EffectKey("r-1", 0, "call:judge"), "x", unpriced)
    spent = Spent(calls=2, tokens=17, cost_usd=0.25, unpriced_calls=1, unpriced=Usage(1, 1))
    assert await ledger.spent("r-1") == spent
    assert [found.seconds for found in await ledger.spend_rows("r-1")] == [1.5, 0.5]
    assert await ledger.spent("r-2") == Spent()
    assert {found.call for found in await ledger.spend_rows("r-1")} == {"coder.write", "judge.request"}


@pytest.mark.parametrize("content", [b"this is no database, but it is long enough to be looked at" * 20])
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path, sink, content):
    path = tmp_path / "l.db"
    path.write_bytes(content)
    with pytest.raises(StorageError):
        Ledger(path, sink)
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_opened_is_told(tmp_path, sink):
    with pytest.raises(StorageError):
        Ledger(tmp_path / "missing" / "l.db", sink)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_a_digest_does_not_depend_on_the_order_of_keys(value):
    assert digest(value) == digest(dict(reversed(value.items())))
    assert len(digest(value)) == 32


@given(JSON, JSON)
def test_different_values_have_different_digests(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest({"v": one}) == digest({"v": other})) is same


async def test_rows_that_wait_together_share_a_commit_and_a_bad_one_takes_only_itself_back(ledger):
    keys = [EffectKey("r-1", 0, "call", inputs=str(number)) for number in range(30)]
    written = [ledger.record(key, {"number": number}) for number, key in enumerate(keys)]
    refused = ledger.execute(lambda db: db.execute("INSERT INTO nowhere VALUES (1)"))
    undone = ledger.execute(lambda db: (db.execute("DELETE FROM effects"), json.dumps({1, 2})))
    results = await asyncio.gather(*written[:15], refused, undone, *written[15:], return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [StorageError, StorageError]
    assert [await ledger.lookup(key) for key in keys] == [{"number": number} for number in range(30)]
