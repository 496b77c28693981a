from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TypedDict

import ormsgpack
import pytest
from langgraph.checkpoint.serde import jsonplus
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

from core.errors import StorageError
from graph.checkpoints import open_checkpoints, prune

ROOT = Path(__file__).resolve().parents[2]


class Count(TypedDict):
    number: int
    wanted: int
    answer: str


def counter(saver):
    """Counts up to `wanted`, asks, and ends."""

    def ask(_state):
        return {"answer": interrupt("go on?")}

    graph = StateGraph(Count)
    graph.add_node("step", lambda state: {"number": state["number"] + 1})
    graph.add_node("ask", ask)
    graph.add_edge(START, "step")
    graph.add_conditional_edges("step", lambda state: "step" if state["number"] < state["wanted"] else "ask")
    graph.add_edge("ask", END)
    return graph.compile(checkpointer=saver)


def thread(name="p-1"):
    return {"configurable": {"thread_id": name}, "recursion_limit": 200}


async def turns(graph, name, steps, answers):
    for answer in answers:
        await graph.ainvoke({"number": 0, "wanted": steps, "answer": ""}, thread(name), durability="sync")
        await graph.ainvoke(Command(resume=answer), thread(name), durability="sync")


async def history(graph, name="p-1"):
    return [snapshot async for snapshot in graph.aget_state_history(thread(name))]


# ------------------------------------------------------------------------------------------------ crafted payloads


def calls(module: str, name: str, *arguments: str) -> list[bytes]:
    """The ways a checkpoint can ask for a call, as the library writes them."""
    ways = [
        (jsonplus.EXT_CONSTRUCTOR_SINGLE_ARG, (module, name, arguments[0])),
        (jsonplus.EXT_CONSTRUCTOR_POS_ARGS, (module, name, arguments)),
        (jsonplus.EXT_CONSTRUCTOR_KW_ARGS, (module, name, {"name": arguments[0]})),
        (jsonplus.EXT_METHOD_SINGLE_ARG, (module, "Path", arguments[0], "mkdir")),
    ]
    return [ormsgpack.packb(ormsgpack.Ext(code, ormsgpack.packb(payload))) for code, payload in ways]


@pytest.mark.parametrize("way", range(4))
async def test_a_crafted_checkpoint_calls_nothing(tmp_path, way):
    marker = tmp_path / "marker"
    async with open_checkpoints(tmp_path / "c.db") as saver:
        data = calls("os", "mkdir", str(marker))[way]
        value = saver.serde.loads_typed(("msgpack", data))
    assert not marker.exists()
    assert not callable(value)


@pytest.mark.parametrize("way", range(4))
async def test_a_crafted_checkpoint_imports_nothing(tmp_path, monkeypatch, way):
    (tmp_path / "evil_module.py").write_text(f"open({str(tmp_path / 'marker')!r}, 'w').close()")
    monkeypatch.syspath_prepend(str(tmp_path))
    async with open_checkpoints(tmp_path / "c.db") as saver:
        saver.serde.loads_typed(("msgpack", calls("evil_module", "run", "x")[way]))
    assert not (tmp_path / "marker").exists()
    assert "evil_module" not in sys.modules


def test_the_same_payload_is_dangerous_without_strict_decoding(tmp_path):
    """The proof that the tests above could fail."""
    marker = tmp_path / "marker"
    code = (
        "import sys\nfrom langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer\n"
        "JsonPlusSerializer().loads_typed(('msgpack', bytes.fromhex(sys.argv[1])))\n"
    )
    environment = {**os.environ, "LANGGRAPH_STRICT_MSGPACK": "false"}
    argv = [sys.executable, "-c", code, calls("os", "mkdir", str(marker))[0].hex()]
    subprocess.run(argv, cwd=tmp_path, env=environment, check=True, timeout=60, capture_output=True)
    assert marker.is_dir()


async def test_a_crafted_row_in_the_file_calls_nothing(tmp_path):
    marker = tmp_path / "marker"
    async with open_checkpoints(tmp_path / "c.db") as saver:
        await turns(counter(saver), "p-1", 2, ["yes"])
        evil = calls("os", "mkdir", str(marker))[0]
        await saver.conn.execute("UPDATE writes SET value=? WHERE channel='answer'", (evil,))
        await saver.conn.commit()
        await history(counter(saver))
    assert not marker.exists()


class Bomb:
    def __reduce__(self):
        return os.mkdir, ("bomb",)


async def test_pickles_are_not_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with open_checkpoints(tmp_path / "c.db") as saver:
        with pytest.raises(NotImplementedError):
            saver.serde.loads_typed(("pickle", pickle.dumps(Bomb())))
    assert not (tmp_path / "bomb").exists()


def test_nothing_is_opened_while_strict_decoding_is_off(tmp_path):
    code = (
        "import langgraph.checkpoint.serde._msgpack\n"  # read before graph switches it on
        "import asyncio, sys\nfrom pathlib import Path\n"
        "from core.errors import StorageError\nfrom graph.checkpoints import open_checkpoints\n"
        "async def main():\n"
        "    try:\n"
        "        async with open_checkpoints(Path(sys.argv[1])):\n            print('opened')\n"
        "    except StorageError as error:\n        print(error.code)\n"
        "asyncio.run(main())\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "LANGGRAPH_STRICT_MSGPACK"}
    argv = [sys.executable, "-c", code, str(tmp_path / "c.db")]
    done = subprocess.run(argv, cwd=ROOT, env=environment, check=True, timeout=60, capture_output=True, text=True)
    assert done.stdout.strip() == "strict-decoding-off"
    assert not (tmp_path / "c.db").exists()


# ------------------------------------------------------------------------------------------------ damaged files


async def test_what_was_written_is_there_after_reopening(tmp_path):
    async with open_checkpoints(tmp_path / "c.db") as saver:
        await counter(saver).ainvoke({"number": 0, "wanted": 3, "answer": ""}, thread(), durability="sync")
    async with open_checkpoints(tmp_path / "c.db") as saver:
        ended = await counter(saver).ainvoke(Command(resume="yes"), thread(), durability="sync")
    assert ended == {"number": 3, "wanted": 3, "answer": "yes"}


async def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path):
    path = tmp_path / "c.db"
    async with open_checkpoints(path) as saver:
        await turns(counter(saver), "p-1", 30, ["yes"])
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[4096:12288] = b"\xff" * 8192
    path.write_bytes(data)
    with pytest.raises(StorageError) as told:
        async with open_checkpoints(path):
            pytest.fail("a damaged file was opened")
    assert told.value.code == "checkpoint-corrupt"
    assert path.read_bytes() == bytes(data)


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be looked at\n" * 40])
async def test_a_file_that_is_something_else_is_told(tmp_path, content):
    path = tmp_path / "c.db"
    path.write_bytes(content)
    with pytest.raises(StorageError):
        async with open_checkpoints(path):
            pytest.fail("something else was opened")
    assert path.read_bytes() == content


async def test_a_place_that_cannot_be_opened_is_told(tmp_path):
    with pytest.raises(StorageError) as told:
        async with open_checkpoints(tmp_path / "missing" / "c.db"):
            pytest.fail("nothing was opened")
    assert told.value.code == "storage"


async def test_a_file_that_cannot_be_set_up_is_told(tmp_path):
    path = tmp_path / "c.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("CREATE TABLE other (x); CREATE INDEX checkpoints ON other (x);")
    with pytest.raises(StorageError) as told:
        async with open_checkpoints(path):
            pytest.fail("a file of another program was taken")
    assert told.value.code == "storage"
    assert str(path) in str(told.value)


# ------------------------------------------------------------------------------------------------ pruning


async def test_pruning_keeps_the_last_steps_every_question_and_every_beginning(tmp_path):
    async with open_checkpoints(tmp_path / "c.db") as saver:
        graph = counter(saver)
        await turns(graph, "p-1", 12, ["one", "two"])
        await turns(graph, "p-2", 3, ["other"])
        before, neighbour = await history(graph), await history(graph, "p-2")
        await prune(saver, "p-1", steps=5)
        after = await history(graph)
        kept = {snapshot.config["configurable"]["checkpoint_id"] for snapshot in after}
        ids = [snapshot.config["configurable"]["checkpoint_id"] for snapshot in before]
        assert ids[:5] == [identity for identity in ids[:5] if identity in kept]
        questions = [item for item in before if any(task.interrupts for task in item.tasks)]
        beginnings = [item for item in before if item.metadata["source"] == "input"]
        assert (len(questions), len(beginnings)) == (2, 2)
        for item in (*questions, *beginnings):
            assert item.config["configurable"]["checkpoint_id"] in kept
        assert len(after) < len(before) / 2
        assert len(await history(graph, "p-2")) == len(neighbour)
        rows = await saver.conn.execute_fetchall("SELECT count(*) FROM writes WHERE thread_id='p-1'")
        assert rows[0][0] < 40


async def test_a_pruned_thread_goes_on_and_can_be_rewound_to_its_question(tmp_path):
    async with open_checkpoints(tmp_path / "c.db") as saver:
        graph = counter(saver)
        await turns(graph, "p-1", 12, ["one"])
        await graph.ainvoke({"number": 0, "wanted": 12, "answer": ""}, thread(), durability="sync")
        await prune(saver, "p-1", steps=1)
        ended = await graph.ainvoke(Command(resume="late"), thread(), durability="sync")
        assert ended["answer"] == "late"
        first = [item for item in await history(graph) if any(task.interrupts for task in item.tasks)][-1]
        await graph.aupdate_state(first.config, {"number": 12})
        await graph.ainvoke(None, thread(), durability="sync")
        again = await graph.ainvoke(Command(resume="changed"), thread(), durability="sync")
        assert again["answer"] == "changed"


async def test_pruning_nothing_and_pruning_twice_are_no_errors(tmp_path):
    async with open_checkpoints(tmp_path / "c.db") as saver:
        graph = counter(saver)
        await prune(saver, "p-1")
        await turns(graph, "p-1", 4, ["one"])
        await prune(saver, "p-1", steps=2)
        once = len(await history(graph))
        await prune(saver, "p-1", steps=2)
        assert len(await history(graph)) == once
