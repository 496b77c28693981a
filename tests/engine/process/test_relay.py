from __future__ import annotations

import json
import os
import signal
import time
from functools import partial

import psutil
import pytest

from core.paths import Home
from engine.doorbell import MOST_LINE_BYTES
from engine.lock import FolderLock
from tests.engine.process.programs import STEADFAST
from tests.engine.process.stand import Hall, alive, wait_for

STEADY = {STEADFAST: "1"}


def test_the_first_client_finds_an_engine_and_the_second_shares_it(hall):
    first, second = hall.client(), hall.client()
    assert first.initialize()["pid"] == second.initialize()["pid"] == hall.engine_pid()
    assert len([line for line in hall.effects() if line.startswith("engine ")]) == 1
    assert [first.ask("session/list")["pid"], second.ask("session/list")["pid"]] == [hall.engine_pid()] * 2


def test_the_engine_is_told_the_wishes_of_the_client_and_no_keys(hall):
    client = hall.client(MULTICODER_TEAM="blue", LANG="ru_RU.UTF-8", OPENAI_API_KEY="sk-secret")
    environ = client.initialize()["hello"]["environ"]
    assert environ["MULTICODER_TEAM"] == "blue"
    assert environ["LANG"] == "ru_RU.UTF-8"
    assert "OPENAI_API_KEY" not in environ


def test_lines_pass_byte_for_byte(hall):
    client = hall.client()
    client.initialize()
    session = client.session()
    client.end(client.prompt(session, "echo:привет \u2028 é"))
    said = json.loads(client.lines[-2])
    assert said["params"]["update"]["content"]["text"] == "привет \u2028 é"
    assert "привет \u2028 é".encode() in client.lines[-2]
    assert client.lines[-2].startswith(b'{"jsonrpc": "2.0", "method"')  # the engine's own spacing


def test_a_clients_own_name_of_a_prompt_is_kept(hall):
    client = hall.client()
    client.initialize()
    meta = {"other": 1, "multicoder": {"promptId": "mine"}}
    assert client.end(client.prompt(client.session(), "echo:x", _meta=meta))["result"]["promptId"] == "mine"


def test_the_client_leaves_and_the_engine_goes_on(hall):
    client = hall.client()
    pid = client.initialize()["pid"]
    started = time.monotonic()
    assert client.hang_up() == 0
    assert time.monotonic() - started < 1
    assert alive(pid)
    assert hall.client().initialize()["pid"] == pid


def test_the_client_is_killed_in_the_middle_of_a_prompt_and_the_work_is_done(hall):
    client = hall.client()
    pid = client.initialize()["pid"]
    client.prompt(client.session(), "slow:0.5")
    client.until(lambda message: message.get("method") == "session/update")
    client.process.kill()
    wait_for(lambda: any(line.startswith("prompt ") for line in hall.effects()), 5)
    assert hall.up() == pid


def test_a_crash_of_the_engine_is_invisible_to_its_clients(hall):
    clients = [hall.client(**STEADY), hall.client(**STEADY)]
    for client in clients:
        client.initialize()
    sessions = [client.session() for client in clients]
    asked = [client.prompt(session, "outlast") for client, session in zip(clients, sessions, strict=True)]
    old = hall.engine_pid()
    for client in clients:
        client.until(lambda message: message.get("method") == "session/update")
    hall.kill_engine()
    answers = [client.end(id_)["result"] for client, id_ in zip(clients, asked, strict=True)]
    assert {answer["pid"] for answer in answers} == {hall.engine_pid()} != {old}
    new_life = hall.effects()[hall.effects().index(f"engine {hall.engine_pid()}") :]
    assert new_life.count("initialize test") == 2
    assert {f"resume {session} /somewhere" for session in sessions} <= set(new_life)
    for client in clients:  # what the relay asked for itself stays with it
        assert all(isinstance(json.loads(line).get("id", 0), int) for line in client.lines)


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_kills_with_prompts_pending_lose_and_double_nothing(hall, kills):
    client = hall.client(**STEADY)
    client.initialize()
    session = client.session()
    asked = []
    for _ in range(kills):
        asked += [client.prompt(session, "outlast"), client.prompt(session, "echo:x")]
        client.end(asked[-1])
        hall.kill_engine()
    names = [client.end(id_)["result"]["promptId"] for id_ in asked]
    time.sleep(0.5)  # a second answer would come now
    assert all(len(client.answers[json.dumps(id_)]) == 1 for id_ in asked)
    assert len(set(names)) == len(asked)
    done = [line for line in hall.effects() if line.startswith("prompt ")]
    assert sorted(done) == sorted(f"prompt {name}" for name in names)


def test_an_engine_that_dies_of_the_prompt_itself_is_asked_again(hall):
    client = hall.client(**STEADY)
    client.initialize()
    answer = client.end(client.prompt(client.session(), "crash"))["result"]
    assert answer["pid"] == hall.engine_pid()
    assert hall.effects().count(f"crashed {answer['promptId']}") == 1


def test_lines_sent_while_there_is_no_engine_arrive_in_order(hall):
    client = hall.client(**STEADY)
    client.send({"id": "a", "method": "initialize", "params": {"clientInfo": {"name": "early"}}})
    client.send({"id": 1.0, "method": "session/list"})
    client.send({"id": "b", "method": "session/list"})
    client.notify("first")
    client.notify("second")
    assert client.end("a")["result"]["pid"] == client.end("b")["result"]["pid"]
    assert client.answers["null"][0]["error"]["code"] == -32600  # 1.0 is no id
    wait_for(lambda: "notice second" in hall.effects(), 5)
    assert hall.effects()[1:] == ["initialize early", "notice first", "notice second"]


def test_reading_is_asked_again_and_writing_is_answered_with_an_error(hall):
    client = hall.client(**STEADY)
    client.initialize()
    status = client.begin("_multicoder/status", seconds=60)
    listed = client.begin("session/list", seconds=60)
    rewind = client.begin("_multicoder/rewind", seconds=60)
    wait_for(lambda: "rewind" in hall.effects(), 5)
    hall.kill_engine()
    error = client.end(rewind)["error"]
    assert error["code"] == -32001
    assert error["data"] == {"code": "engine-restarted"}
    assert error["message"] == "The engine was restarted; ask again."
    pids = {client.end(status)["result"]["pid"], client.end(listed)["result"]["pid"]}
    assert pids == {hall.engine_pid()}
    assert hall.effects().count("rewind") == 1


def test_a_stop_reaches_the_engine_that_takes_the_prompt_over(hall):
    client = hall.client(**STEADY)
    client.initialize()
    session = client.session()
    asked = client.prompt(session, "slow:60")
    client.until(lambda message: message.get("method") == "session/update")
    os.kill(hall.engine_pid(), signal.SIGSTOP)  # it will never read the cancellation
    client.notify("session/cancel", sessionId=session)
    time.sleep(0.1)
    hall.kill_engine()
    assert client.end(asked)["result"]["stopReason"] == "cancelled"


def test_the_answer_to_a_question_of_a_dead_engine_is_no_answer_to_the_next_one(hall):
    client = hall.client(**STEADY)
    client.initialize()
    asked = client.prompt(client.session(), "ask")
    old = client.until(lambda message: message.get("method") == "session/request_permission")
    hall.kill_engine()
    new = client.until(lambda message: message.get("method") == "session/request_permission")
    assert new["id"] != old["id"]
    client.send({"id": old["id"], "result": "late"})
    client.send({"id": new["id"], "result": "in time"})
    assert client.end(asked)["result"]["reply"] == "in time"
    assert not [message for message in client.lines if b"cancel_request" in message]


def test_an_answer_that_waited_for_an_engine_that_died_meanwhile_reaches_no_other_one(hall):
    client = hall.client(**STEADY)
    client.initialize()
    asked = client.prompt(client.session(), "ask")
    client.until(lambda message: message.get("method") == "session/request_permission")
    (hall.home.root / "asks-at-resume").touch()
    hall.kill_engine()
    second = client.until(lambda message: message.get("method") == "session/request_permission")
    client.send({"id": second["id"], "result": "to the second"})
    time.sleep(0.2)  # the relay keeps it: this engine is still being introduced
    hall.kill_engine()
    third = client.until(lambda message: message.get("method") == "session/request_permission")
    client.send({"id": third["id"], "result": "to the third"})
    assert client.end(asked)["result"]["reply"] == "to the third"
    assert hall.lived(3)


def test_our_own_window_is_told_which_questions_are_void(hall):
    client = hall.client(**STEADY)
    client.initialize(_meta={"multicoder": {}})
    client.prompt(client.session(), "ask")
    old = client.until(lambda message: message.get("method") == "session/request_permission")
    hall.kill_engine()
    void = client.until(lambda message: message.get("method") == "$/cancel_request")
    assert void["params"] == {"requestId": old["id"], "_meta": {"multicoder": {"engineGone": True}}}


def test_what_is_no_message_is_refused_by_the_relay_and_nothing_stops(hall):
    client = hall.client()
    client.initialize()
    bad = [b"{", b"\xff\xfe", b"nonsense", b"[" * 100_000, b'{"id": NaN}', b'{"a": 1e5, "id": 1' + b"9" * 5000 + b"}"]
    wrong = [
        b"[1,2]",
        b"17",
        b"null",
        b'"x"',
        b"{}",
        b'{"id": 1}',
        b'{"method": 5, "id": 1}',
        b'{"id": {}, "method": "x"}',
    ]
    for line in [*bad, *wrong, b"", b"   ", b"\r"]:
        client.write(line + b"\n")
    wait_for(lambda: len(client.answers.get("null", [])) == len(bad) + len(wrong), 10)
    codes = [answer["error"]["code"] for answer in client.answers["null"]]
    assert codes == [-32700] * len(bad) + [-32600] * len(wrong)
    assert client.ask("session/list")["pid"] == hall.engine_pid()


def test_the_same_id_cannot_be_used_twice_at_once(hall):
    client = hall.client()
    client.initialize()
    for _ in range(2):
        client.send({"id": "twin", "method": "session/list", "params": {"seconds": 2}})
    wait_for(lambda: "null" in client.answers, 5)
    assert "result" in client.end("twin")


def test_large_lines_pass_both_ways(hall):
    client = hall.client()
    client.initialize()
    session = client.session()
    assert client.end(client.prompt(session, "echo:" + "ы" * 2_500_000))["result"]["text"][5:] == "ы" * 2_500_000
    client.end(client.prompt(session, "huge:2500000"))
    assert max(map(len, client.lines)) > 5_000_000


def test_a_line_beyond_the_limit_is_refused_and_the_next_one_is_heard(hall):
    client = hall.client()
    client.initialize()
    client.write(b'{"jsonrpc": "2.0", "method": "x", "params": "' + b"x" * MOST_LINE_BYTES + b'"}\n')
    assert client.ask("session/list")["pid"] == hall.engine_pid()
    assert "64 MB" in client.answers["null"][0]["error"]["message"]


def test_noise_of_the_engine_never_reaches_the_client(hall):
    client = hall.client()
    client.initialize()
    client.end(client.prompt(client.session(), "noise"))
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in client.lines)
    wait_for(lambda: b"garbage of a child" in (hall.home.log.parent / "engine-output.log").read_bytes(), 5)


def test_a_client_that_stops_reading_holds_up_nobody_and_costs_no_memory(hall):
    slow, other = hall.client(reads=False), hall.client()
    slow.send({"id": 1, "method": "initialize", "params": {"clientInfo": {"name": "slow"}}})
    slow.send({"id": 2, "method": "session/prompt", "params": {"sessionId": "s", "prompt": [{"text": "flood:60000"}]}})
    other.initialize()
    wait_for(lambda: "initialize slow" in hall.effects(), 20)
    time.sleep(1)
    relay, engine = psutil.Process(slow.process.pid), psutil.Process(hall.engine_pid())
    before = relay.memory_info().rss, engine.memory_info().rss
    started = time.monotonic()
    assert other.ask("session/list")["pid"] == engine.pid
    assert time.monotonic() - started < 1
    time.sleep(0.7)
    after = relay.memory_info().rss, engine.memory_info().rss
    assert max(after[0] - before[0], after[1] - before[1]) < 2_000_000
    slow.reader.start()  # it wakes up and gets everything
    assert slow.end(2)["result"]["stopReason"] == "end_turn"
    assert len(slow.lines) == 60_002


def test_a_client_that_dies_with_a_full_pipe_leaves_no_relay_behind(hall):
    client = hall.client(reads=False)
    client.send({"id": 1, "method": "initialize", "params": {"clientInfo": {"name": "x"}}})
    client.send(
        {"id": 2, "method": "session/prompt", "params": {"sessionId": "s", "prompt": [{"text": "flood:50000"}]}}
    )
    assert b"protocolVersion" in client.process.stdout.readline()
    time.sleep(0.5)
    client.process.stdout.close()
    assert client.hang_up() == 0
    assert hall.up() == hall.engine_pid()


def test_a_stopped_engine_ends_the_relay_and_is_not_raised_again(hall):
    client = hall.client()
    client.initialize()
    asked = client.begin("_multicoder/stop")
    assert client.end(asked)["error"]["data"] == {"code": "engine-stopped"}
    assert client.process.wait(5) == 0
    assert not hall.home.engine.exists()
    wait_for(lambda: not hall.processes(), 5)


def test_an_engine_that_cannot_start_is_an_answer_and_not_a_silence(hall):
    (hall.home.root / "start-fails").write_text("3")
    client = hall.client()
    asked = client.begin("initialize", clientInfo={"name": "x"})
    error = client.end(asked)["error"]
    assert error["data"] == {"code": "engine-gave-up"}
    assert "crashed 3 times" in error["message"]
    assert "last exit: 3" in error["message"]
    assert client.process.wait(5) == 1
    assert b"crashed 3 times" in client.process.stderr.read()


def test_an_engine_that_refuses_to_start_is_quoted(hall):
    (hall.home.root / "start-fails").write_text("8")
    client = hall.client()
    error = client.end(client.begin("initialize", clientInfo={"name": "x"}))["error"]
    assert error["data"] == {"code": "engine-refuses"}
    assert "cannot work with this data folder: the engine says" in error["message"]


def test_an_engine_that_fails_behind_its_door_was_not_stopped_and_says_why(hall):
    client = hall.client()
    client.initialize()
    asked = client.prompt(client.session(), "slow:60")
    (hall.home.root / "fails-behind-the-door").write_text("the disk is full of holes")
    hall.kill_engine()
    error = client.end(asked)["error"]
    assert error["data"]["code"] in {"engine-gave-up", "engine-restless"}  # whoever loses patience first
    assert client.process.wait(10) == 1


def test_a_restless_engine_is_given_up_with_an_error(hall):
    client = hall.client()  # two restarts, no more
    client.initialize()
    asked = client.prompt("s", "slow:60")
    for lives in range(1, 4):
        wait_for(partial(hall.lived, lives), 10)
        hall.kill_engine()
    assert client.end(asked)["error"]["data"] == {"code": "engine-restless"}
    assert client.process.wait(5) == 1


def test_a_folder_somebody_else_works_on_is_named(hall):
    with FolderLock(hall.home.lock):
        client = hall.client(TEST_SECONDS="1.5")
        error = client.end(client.begin("initialize", clientInfo={"name": "x"}))["error"]
    assert error["data"] == {"code": "data-folder-busy"}
    assert f"process {os.getpid()}" in error["message"]
    assert client.process.wait(5) == 1


def test_an_engine_that_hangs_at_its_start_is_waited_for_and_then_given_up(hall):
    pid = hall.client().initialize()["pid"]
    os.kill(pid, signal.SIGSTOP)
    try:
        client = hall.client(TEST_SECONDS="1")
        error = client.end(client.begin("initialize", clientInfo={"name": "x"}))["error"]
    finally:
        os.kill(pid, signal.SIGCONT)
    assert error["data"]["code"] in {"data-folder-busy", "engine-late"}


def test_a_data_folder_with_a_long_path_works(tmp_path):
    home = Home(tmp_path / ("длинное имя " * 8) / ("x" * 100))
    home.prepare()
    hall = Hall(home)
    try:
        client = hall.client(**STEADY)
        client.initialize()
        asked = client.prompt(client.session(), "outlast")
        client.until(lambda message: message.get("method") == "session/update")
        hall.kill_engine()
        assert client.end(asked)["result"]["stopReason"] == "end_turn"
        address = json.loads(home.engine.read_bytes())["address"]
        assert len(os.fsencode(address)) <= 100
    finally:
        hall.close()


def test_a_relay_is_quick_to_start_and_small(hall):
    hall.client().initialize()
    taken = []
    for _ in range(3):
        started = time.monotonic()
        client = hall.client()
        client.initialize()
        taken.append(time.monotonic() - started)
    assert min(taken) < 0.5
    assert psutil.Process(client.process.pid).memory_info().rss < 25_000_000
