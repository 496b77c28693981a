"""The window's link: framing, words for every failure, restarts, and a whole project with the real relay and engine."""

from __future__ import annotations

import json
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.link import engine_link
from gui.link.engine_link import EngineLink
from gui.link.lines import Lines, NotAMessageError, read_message, write_message
from gui.main import make_qt
from tests.gui.scripted_engine import LATER
from tests.gui.waiting import until
from tests.gui.wire import problems_of


class Heard:
    """What the owner of a link hears."""

    def __init__(self, link):
        self.link = link
        self.readies, self.updates, self.asked, self.withdrawn, self.told = 0, [], [], [], []
        self.results, self.troubles = [], []
        link.ready.connect(self._ready)
        link.updated.connect(lambda session, update: self.updates.append((session, update)))
        link.asked.connect(lambda *question: self.asked.append(question))
        link.withdrawn.connect(lambda *about: self.withdrawn.append(about))
        link.told.connect(lambda *told: self.told.append(told))

    def _ready(self):
        self.readies += 1

    def request(self, method, params=None):
        return self.link.request(method, params or {}, self.results.append, self.troubles.append)


@pytest.fixture
def make_link():
    make_qt()
    made = []

    def make(command, environ):
        link = EngineLink(command, environ, "ru")
        made.append(link)
        heard = Heard(link)
        link.start()
        return heard

    yield make
    for link in made:
        link.close()


@pytest.fixture
def heard(make_link, scripted):
    found = make_link(scripted.command, scripted.environ)
    until(lambda: found.readies)
    return found


class TestLines:
    @given(
        lines=st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"")), max_size=12),
        cuts=st.lists(st.integers(1, 9), min_size=1, max_size=20),
    )
    def test_lines_come_out_whole_however_they_were_cut(self, lines, cuts):
        data = b"".join(line + b"\n" for line in lines)
        reader, found, at, number = Lines(20), [], 0, 0
        while at < len(data):
            size = cuts[number % len(cuts)]
            reader.feed(data[at : at + size])
            at, number = at + size, number + 1
            while (line := reader.take()) is not None:
                found.append(line)
        assert found == [line for line in lines if len(line) <= 20]
        assert reader.left_out == sum(len(line) > 20 for line in lines)
        assert reader.waiting == 0

    def test_a_giant_without_an_end_is_not_kept(self):
        reader = Lines(100)
        for _ in range(50):
            reader.feed(b"x" * 50)
            assert reader.take() is None
            assert reader.waiting <= 150
        reader.feed(b'\n{"a":1}\n')
        assert reader.take() == b'{"a":1}'
        assert reader.left_out == 1

    @pytest.mark.parametrize(
        "junk",
        [b"{", b"[1]", b'"x"', b"7", b"null", b"\xff\xfe", b'{"a":NaN}', b'{"a":1e999}', b"[" * 100_000],
    )
    def test_what_is_no_message_is_said_to_be_none(self, junk):
        with pytest.raises(NotAMessageError):
            read_message(junk)

    @given(st.text(alphabet=st.characters(exclude_categories=()), max_size=20))
    def test_any_text_can_be_sent_and_what_comes_can_be_shown(self, text):
        line = write_message({"text": text})
        assert line.count(b"\n") == 1
        shown = read_message(line)["text"]
        shown.encode()
        assert shown == text or any("\ud800" <= sign <= "\udfff" for sign in text)


@pytest.mark.parametrize(
    "message",
    [
        {"id": 1, "method": "session/list", "params": {}},
        {"jsonrpc": "2.0", "id": 1, "method": "session/prompt", "params": {"sessionId": "s"}},
        {"jsonrpc": "2.0", "id": 1, "method": "session/unheard_of", "params": {}},
        {"jsonrpc": "2.0", "id": 1, "method": "_multicoder/status"},
        {"jsonrpc": "2.0", "id": 1, "result": {"outcome": "yes"}},
        {"jsonrpc": "2.0", "id": 1, "result": {"action": "accept", "content": 7}},
    ],
)
def test_the_check_of_what_the_window_says_sees_what_does_not_fit(message):
    assert problems_of([message])


class TestConversation:
    def test_the_window_introduces_itself(self, heard, scripted):
        assert heard.link.state == "ready"
        given = scripted.params("initialize")[0]
        assert given["clientCapabilities"]["elicitation"] == {"form": {}}
        own = given["clientCapabilities"]["_meta"]["multicoder"]
        assert own == {"status": True, "tasks": True, "shelves": True, "window": True, "locale": "ru"}

    def test_what_is_asked_before_there_is_an_engine_is_asked_then(self, make_link, scripted):
        heard = make_link(scripted.command, scripted.environ)
        scripted.answers["session/list"] = {"sessions": [{"sessionId": "s-1"}]}
        heard.request("session/list")
        until(lambda: heard.results)
        assert heard.results == [{"sessions": [{"sessionId": "s-1"}]}]
        assert scripted.methods() == ["initialize", "session/list"]

    def test_everything_the_engine_says_arrives_in_order(self, heard, scripted):
        for number in range(500):
            scripted.update("s-1", {"sessionUpdate": "agent_message_chunk", "n": number, "text": "Привет"})
        scripted.tell("_multicoder/tasks", {"tasks": [{"task": "t-1"}]})
        until(lambda: heard.told)
        assert [update["n"] for _, update in heard.updates] == list(range(500))
        assert heard.told == [("_multicoder/tasks", {"tasks": [{"task": "t-1"}]})]

    def test_junk_is_left_out_and_a_giant_and_split_letters_pass(self, heard, scripted):
        scripted.raw(b'nonsense\n\n[1,2]\n{"jsonrpc":"2.0"\n\xff\xff\n{"method":7}\n{"id":"nobody","result":{}}\n')
        letters = json.dumps(
            {"method": "session/update", "params": {"sessionId": "s", "update": {"text": "ж" * 3_000_000}}},
            ensure_ascii=False,
        ).encode()
        for start in range(0, len(letters), 99_991):
            scripted.raw(letters[start : start + 99_991])
        scripted.raw(b"\n")
        until(lambda: heard.updates)
        assert heard.updates == [("s", {"text": "ж" * 3_000_000})]
        assert heard.link.state == "ready"

    def test_an_error_is_handed_over_in_the_engines_words(self, heard, scripted):
        words = {"kind": "unknown-session", "what": "There is none.", "did": "Nothing.", "next": "Look."}
        scripted.fails["session/delete"] = words
        heard.request("session/delete", {"sessionId": "s-9"})
        until(lambda: heard.troubles)
        assert heard.troubles == [words]

    @pytest.mark.parametrize(
        "error", [None, 7, [], {}, {"data": 7}, {"data": {"multicoder": 7}}, {"data": {"multicoder": {"what": 7}}}]
    )
    def test_an_error_without_words_gets_some(self, heard, scripted, error):
        scripted.answers["session/list"] = LATER
        name = heard.request("session/list")
        until(lambda: "session/list" in scripted.methods())
        scripted.raw(json.dumps({"jsonrpc": "2.0", "id": name, "error": error}).encode() + b"\n")
        until(lambda: heard.troubles)
        assert all(heard.troubles[0][part] for part in ("kind", "what", "did", "next"))

    def test_a_question_is_answered_once_or_withdrawn(self, heard, scripted):
        first, second = (scripted.ask("session/request_permission", {"sessionId": "s"}) for _ in range(2))
        until(lambda: len(heard.asked) == 2)
        (name, method, params), (other, *_) = heard.asked
        assert (method, params) == ("session/request_permission", {"sessionId": "s"})
        assert heard.link.answer(name, {"outcome": {"outcome": "cancelled"}})
        until(lambda: first.result)
        assert first.result == {"outcome": {"outcome": "cancelled"}}
        assert not heard.link.answer(name, {})
        second.withdraw()
        until(lambda: heard.withdrawn)
        assert heard.withdrawn == [(other, False)]
        assert not heard.link.answer(other, {})

    def test_what_the_window_cannot_do_is_refused(self, heard, scripted):
        scripted.ask("fs/read_text_file", {"path": "/etc/passwd"})
        until(lambda: any("error" in message for message in scripted.received))
        assert heard.asked == []

    def test_a_message_that_is_too_long_fails_in_words(self, heard, scripted):
        heard.request("session/prompt", {"text": "x" * (65 << 20)})
        until(lambda: heard.troubles)
        assert heard.troubles[0]["kind"] == "too-long"
        heard.request("session/list")
        until(lambda: heard.results)

    def test_a_handler_that_fails_stops_nothing(self, heard, scripted):
        def broken(_result):
            raise ZeroDivisionError

        heard.link.request("session/list", {}, broken)
        heard.request("session/list")
        until(lambda: heard.results)


class TestBreaks:
    def test_a_relay_that_dies_is_started_again_and_what_was_open_fails_in_words(self, heard, scripted):
        scripted.ask("session/request_permission", {"sessionId": "s"})
        heard.request("session/prompt", {"sessionId": "s", "prompt": []})
        until(lambda: heard.asked and "session/prompt" in scripted.methods())
        scripted.crash()
        until(lambda: heard.troubles)
        assert heard.link.state == "reconnecting"
        assert heard.troubles[0]["kind"] == "link-lost"
        assert heard.withdrawn == [(heard.asked[0][0], True)]
        heard.request("session/list")
        until(lambda: heard.readies == 2)
        until(lambda: heard.results)
        assert scripted.starts == 2
        scripted.ask("session/request_permission", {"sessionId": "s"})
        until(lambda: len(heard.asked) == 2)
        assert heard.asked[0][0] != heard.asked[1][0]

    def test_a_relay_that_cannot_be_started_ends_in_words_and_is_tried_again_when_asked(self, make_link, monkeypatch):
        monkeypatch.setattr(engine_link, "DELAYS_MS", (10,))
        heard = make_link(["/no/such/program"], {})
        heard.request("session/list")
        until(lambda: heard.link.state == "failed")
        until(lambda: heard.troubles)
        assert heard.troubles[0]["kind"] == "no-engine"
        assert heard.link.problem
        heard.request("session/list")
        until(lambda: len(heard.troubles) == 2)
        heard.link.retry()
        assert heard.link.state == "reconnecting"
        until(lambda: heard.link.state == "failed")

    def test_the_relays_last_words_are_the_reason(self, make_link, monkeypatch):
        monkeypatch.setattr(engine_link, "DELAYS_MS", (10,))
        code = "import sys; sys.stderr.write('multicoder: The folder is full.\\n'); sys.exit(1)"
        heard = make_link([sys.executable, "-S", "-c", code], dict(os.environ))
        until(lambda: heard.link.state == "failed")
        assert heard.link.problem == "The folder is full."

    def test_an_engine_of_another_protocol_is_not_talked_to(self, make_link, scripted, monkeypatch):
        monkeypatch.setattr(engine_link, "DELAYS_MS", (10,))
        scripted.answers["initialize"] = {"protocolVersion": 2}
        heard = make_link(scripted.command, scripted.environ)
        until(lambda: heard.link.state == "failed")
        assert "version" in heard.link.problem
        assert heard.readies == 0

    @pytest.mark.skipif(sys.platform == "win32", reason="signals")
    def test_a_relay_that_will_not_go_is_ended_and_reaped(self, make_link):
        code = (
            "import json, signal, sys, time\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "asked = json.loads(sys.stdin.readline())\n"
            "print(json.dumps({'jsonrpc': '2.0', 'id': asked['id'], 'result': {'protocolVersion': 1}}), flush=True)\n"
            "time.sleep(600)\n"
        )
        heard = make_link([sys.executable, "-S", "-c", code], dict(os.environ))
        until(lambda: heard.readies)
        pid = heard.link.relay_pid
        os.kill(pid, 0)
        heard.link.close()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    def test_closing_lets_the_relay_end_by_itself(self, heard):
        pid = heard.link.relay_pid
        heard.link.close()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
