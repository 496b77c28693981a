"""The wire, over a real socket: what comes in is made safe, what goes out keeps its order."""

from __future__ import annotations

import asyncio
import json
import socket

import pytest

from engine.acp import transport as wire
from engine.acp.transport import SocketTransport


@pytest.fixture
async def pair():
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=ours, limit=wire.LONGEST_LINE)
    far_reader, far_writer = await asyncio.open_connection(sock=theirs, limit=wire.LONGEST_LINE)
    transport = SocketTransport(reader, writer)
    yield transport, far_reader, far_writer
    await transport.close()
    far_writer.close()


async def said(reader):
    return json.loads(await asyncio.wait_for(reader.readline(), 5))


async def test_messages_pass_and_cyrillic_is_sent_as_it_is(pair):
    transport, reader, writer = pair
    writer.write('{"jsonrpc":"2.0","id":1,"method":"x","params":{"т":"Ж\\ud800"}}\n\n'.encode())
    assert (await transport.receive())["params"] == {"т": "Ж\ud800"}
    await transport.send({"text": "Ж"})
    assert await reader.readline() == '{"text":"Ж"}\n'.encode()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{broken", -32700),
        (b"[1,2]", -32600),
        (b'"text"', -32600),
        (b"[" * 100_000, -32700),
        (b'{"id":[],"result":1}', -32600),
        (b'{"id":1,"error":"no"}', -32600),
    ],
)
async def test_what_is_no_message_is_answered_and_the_next_one_is_read(pair, line, code):
    transport, reader, writer = pair
    writer.write(line + b'\n{"id":2,"method":"y"}\n')
    assert (await transport.receive())["id"] == 2
    answer = await said(reader)
    assert (answer["id"], answer["error"]["code"]) == (None, code)


async def test_foreign_meta_never_reaches_a_handler(pair):
    transport, _, writer = pair
    meta = {"session_id": "EVIL", "self": 1, "multicoder": {"promptId": "p"}}
    for holder in ("params", "result"):
        writer.write(json.dumps({"id": 1, holder: {"_meta": meta}}).encode() + b"\n")
        assert (await transport.receive())[holder] == {"_meta": {"multicoder": {"promptId": "p"}}}
    writer.write(json.dumps({"id": 1, "params": {"_meta": {"session_id": "EVIL"}}}).encode() + b"\n")
    assert (await transport.receive())["params"] == {}


async def test_a_reply_never_overtakes_the_updates_before_it(pair):
    transport, reader, _ = pair
    for number in range(3_000):
        transport.offer({"method": "session/update", "params": {"number": number}})
    await transport.send({"id": 7, "result": {}})
    numbers = [(await said(reader))["params"]["number"] for _ in range(3_000)]
    assert numbers == list(range(3_000))
    assert (await said(reader))["id"] == 7


async def test_a_client_that_does_not_read_is_let_go(pair, monkeypatch):
    transport, _, _ = pair
    monkeypatch.setattr(wire, "MOST_WAITING", 2_000_000)
    for _ in range(400):
        transport.offer({"text": "x" * 10_000})
    assert transport.closed
    assert await asyncio.wait_for(transport.receive(), 5) is None


async def test_who_serves_a_client_that_does_not_read_is_let_go_too(pair, monkeypatch):
    transport, _, far = pair
    far.transport.pause_reading()
    monkeypatch.setattr(wire, "MOST_WAITING", 2_000_000)
    serving = asyncio.create_task(transport.receive())
    for _ in range(400):
        transport.offer({"text": "x" * 10_000})
        await asyncio.sleep(0)
    assert await asyncio.wait_for(serving, 5) is None


async def test_closing_waits_for_nobody_who_does_not_read(pair):
    transport, _, far = pair
    far.transport.pause_reading()
    transport.offer({"text": "x" * 20_000_000})
    await asyncio.wait_for(transport.close(), 10)


async def test_closing_sends_what_waits(pair):
    transport, reader, _ = pair
    transport.offer({"last": "words"})
    await transport.close()
    assert await said(reader) == {"last": "words"}
    assert await reader.read() == b""


async def test_what_cannot_be_written_as_json_is_said_in_other_words(pair):
    transport, reader, _ = pair
    await transport.send({"id": 1, "result": {"path": object, "half": "\ud800"}})
    answer = await said(reader)
    assert answer["id"] == 1
    assert answer["result"]["half"].encode("utf-16", "surrogatepass") == "\ud800".encode("utf-16", "surrogatepass")
