from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import stat
import sys
import time

import pytest

import engine.door
from core.errors import MultiCoderError, StorageError
from core.paths import Home
from engine.door import MOST_UNREAD_BYTES, ask, open_door
from engine.doorbell import EngineAbsent, knock, read_address, request

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at the Unix socket")


async def echo(reader, writer, hello):
    """A small engine: says who came, then answers every request with its params."""
    while line := await reader.readline():
        message = json.loads(line)
        if message["method"] == "refuse":
            answer = {"error": {"code": -32000, "message": "no such thing"}}
        elif message["method"] == "silence":
            continue
        else:
            answer = {"result": {"hello": hello, **message["params"]}}
        writer.write(b'{"method": "a notification in between"}\n')
        writer.write(json.dumps({"id": message["id"], **answer}).encode() + b"\n")
        await writer.drain()


@contextlib.asynccontextmanager
async def opened(home, on_client=echo):
    door = await open_door(home, on_client)
    try:
        yield door
        await door.shut()
    finally:
        await door.close()


async def raw(home, data):
    """Say `data` at the door; the answer until it is closed."""
    reader, writer = await asyncio.open_unix_connection(read_address(home).address)
    writer.write(data)
    try:
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_who_has_the_token_comes_in_and_is_answered(home):
    async with opened(home) as door:
        found = await ask(home, "_multicoder/status", {"текст": "да"})
        assert found == {"hello": {"client": "ask", "environ": {}}, "текст": "да"}
        connection = await asyncio.to_thread(knock, home, 5)
        assert door.clients == 1
        until = time.monotonic() + 5
        big = "ы" * 2_500_000
        said = await asyncio.to_thread(request, connection, 1, "x", {"big": big}, until)
        assert said["big"] == big
        connection.close()


@pytest.mark.parametrize(
    "greeting",
    [
        b'{"token": "wrong"}\n',
        b'{"token": "\\u0430"}\n',
        b'{"token": 5}\n',
        b"{}\n",
        b"[]\n",
        b"\n",
        b"\xff\n",
        b'{"jsonrpc": "2.0", "id": 1, "method": "initialize"}\n',
        b"[" * 60_000 + b"\n",
        b"x" * 70_000,
        b'{"token": "' + b"x" * 70_000 + b'"}\n',
    ],
)
async def test_who_has_not_is_turned_away_without_a_word(home, greeting):
    seen = []

    async def on_client(reader, writer, hello):
        seen.append(hello)

    async with opened(home, on_client):
        assert await raw(home, greeting) == b""
        assert seen == []


async def test_who_says_nothing_is_not_waited_for(home, monkeypatch):
    monkeypatch.setattr(engine.door, "HELLO_SECONDS", 0.2)
    async with opened(home):
        started = time.monotonic()
        assert await raw(home, b"") == b""
        assert time.monotonic() - started < 5


async def test_only_known_wishes_come_through_the_door(home):
    seen = []

    async def on_client(reader, writer, hello):
        seen.append(hello)

    async with opened(home, on_client):
        token = read_address(home).token
        environ = {"MULTICODER_TEAM": "blue", "LD_PRELOAD": "x", "LANG": 7}
        await raw(home, json.dumps({"token": token, "client": "me", "environ": environ}).encode() + b"\n")
    assert seen == [{"client": "me", "environ": {"MULTICODER_TEAM": "blue"}}]


async def test_sign_and_socket_belong_to_their_owner_only_and_go_with_the_engine(home):
    async with opened(home):
        address = read_address(home)
        path = home.root / "door" / "engine.sock"
        assert address.address == str(path)
        assert address.pid == os.getpid()
        assert stat.S_IMODE(home.engine.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not home.engine.exists()
    assert not path.exists()
    with pytest.raises(EngineAbsent):
        knock(home, 1)


async def test_what_a_dead_engine_left_is_replaced(home):
    async with opened(home):
        left = home.engine.read_bytes()
    home.engine.write_bytes(left)
    stale = home.root / "door" / "engine.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(stale))
    with pytest.raises(EngineAbsent):
        knock(home, 1)
    (stale.parent).chmod(0o755)
    async with opened(home):
        assert read_address(home).token not in left.decode()
        assert "hello" in await ask(home, "x", {})
        assert stat.S_IMODE(stale.parent.stat().st_mode) == 0o700


async def test_a_door_that_closes_leaves_the_sign_of_its_successor(home):
    first = await open_door(home, echo)
    async with opened(home):
        await first.close()
        assert "hello" in await ask(home, "x", {})


async def test_a_long_path_gets_a_private_folder_elsewhere_and_never_somebody_elses(tmp_path, monkeypatch):
    home = Home(tmp_path / ("x" * 120))
    home.prepare()
    runtime = tmp_path.parent / "r"
    runtime.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    async with opened(home):
        address = read_address(home).address
        assert address.startswith(str(runtime))
        assert "hello" in await ask(home, "x", {})
    folder = next(runtime.iterdir())
    folder.rmdir()
    trap = tmp_path / "trap"
    trap.mkdir()
    folder.symlink_to(trap)
    async with opened(home):
        assert not read_address(home).address.startswith(str(runtime))
    assert list(trap.iterdir()) == []


async def test_no_place_for_the_socket_is_said_in_words(home, monkeypatch):
    (home.root / "door").write_text("in the way")
    monkeypatch.setattr(engine.door, "_folders", lambda home: iter([home.root / "door"]))
    with pytest.raises(StorageError, match="door-shut"):
        await open_door(home, echo)


async def test_asking_nobody_a_silent_or_a_refusing_engine_is_said_in_words(home):
    with pytest.raises(EngineAbsent, match="engine-absent"):
        await ask(home, "x", {}, 1)
    async with opened(home):
        with pytest.raises(MultiCoderError, match="no such thing"):
            await ask(home, "refuse", {})
        started = time.monotonic()
        with pytest.raises(EngineAbsent, match="engine-silent"):
            await ask(home, "silence", {}, 0.5)
        assert time.monotonic() - started < 5


async def test_a_broken_sign_means_that_nobody_is_there(home):
    for content in (b"", b"{", b"[]", b'{"pid": 1}', b'{"pid": 1, "address": "x", "token": "", "version": 1}'):
        home.engine.write_bytes(content)
        with pytest.raises(EngineAbsent):
            knock(home, 1)
    home.engine.write_bytes(b'{"pid": 1, "address": "x", "token": "", "version": 99}')
    with pytest.raises(StorageError, match="other-version"):
        knock(home, 1)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
async def test_a_sign_of_another_user_is_not_trusted(home):
    async with opened(home):
        os.chown(home.engine, 65534, 65534)
        with pytest.raises(StorageError, match="engine-foreign"):
            knock(home, 1)


async def test_a_client_that_reads_nothing_is_dropped_before_it_fills_the_memory(home):
    dropped = asyncio.Event()

    async def flood(reader, writer, hello):
        while not writer.transport.is_closing():
            if writer.transport.get_write_buffer_size() <= MOST_UNREAD_BYTES:
                writer.write(b"x" * 1_000_000)
            await asyncio.sleep(0)
        dropped.set()

    async with opened(home, flood):
        connection = await asyncio.to_thread(knock, home, 5)
        await asyncio.wait_for(dropped.wait(), 10)
        connection.close()


async def test_an_error_in_one_visit_harms_neither_the_door_nor_the_others(home, caplog):
    async def stumble(reader, writer, hello):
        if b"stumble" in await reader.readline():
            raise ZeroDivisionError("a mistake")
        writer.write(b'{"id": 1, "result": "well"}\n')

    async with opened(home, stumble):
        with await asyncio.to_thread(knock, home, 5) as connection:
            connection.write_line(b"stumble\n")
            assert await asyncio.to_thread(connection.read_line) == b""
        with await asyncio.to_thread(knock, home, 5) as connection:
            connection.write_line(b"go\n")
            assert b"well" in await asyncio.to_thread(connection.read_line)
    assert "a mistake" in caplog.text


async def test_what_was_said_before_the_end_still_arrives(home):
    said = asyncio.Event()

    async def last_words(reader, writer, hello):
        writer.write(b"x" * 3_000_000 + b"\n")
        said.set()
        await reader.read()

    door = await open_door(home, last_words)
    connection = await asyncio.to_thread(knock, home, 5)
    await said.wait()
    closing = asyncio.create_task(door.close())
    assert len(await asyncio.to_thread(connection.read_line)) == 3_000_001
    connection.close()
    await closing
