"""Which browser is taken, what it may see of our environment, and that its window is on the screen."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from agents.providers.chat_model import Timeouts
from agents.providers.webchat import installed as module
from agents.providers.webchat.chats import WebChats
from agents.providers.webchat.installed import Start, browser_environment, installed
from core.errors import ConfigurationError, ProviderError
from tests.agents.providers.webchat.conftest import Place, browsers
from tests.fakes.chat_site import ChatSite


def program(folder, name):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o755)
    return file


def test_edge_is_taken_before_chromium_and_the_browsers_sandbox_stays(tmp_path):
    chromium = program(tmp_path, "chromium")
    found = installed({"PATH": str(tmp_path)})
    assert (found.executable, found.visible, found.sandboxed) == (chromium, False, True)
    edge = program(tmp_path, "microsoft-edge")
    assert installed({"PATH": str(tmp_path), "DISPLAY": ":1"}) == replace(found, executable=edge, visible=True)


def test_windows_browsers_are_found_where_they_are_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(module.sys, "platform", "win32")
    environ = {"PROGRAMFILES": str(tmp_path / "one"), "LOCALAPPDATA": str(tmp_path / "mine")}
    chrome = program(tmp_path, "mine/Google/Chrome/Application/chrome.exe")
    assert installed(environ).executable == chrome
    edge = program(tmp_path, "one/Microsoft/Edge/Application/msedge.exe")
    assert (installed(environ).executable, installed(environ).visible) == (edge, True)


def test_none_is_told(tmp_path):
    with pytest.raises(ConfigurationError) as caught:
        installed({"PATH": str(tmp_path)})
    assert caught.value.code == "web-no-browser"


def test_the_browser_sees_none_of_our_variables():
    given = {"PATH": "/bin", "MULTICODER_API_KEY": "sk-secret", "multicoder_home": "x", "HOME": "/home"}
    assert browser_environment(given) == {"PATH": "/bin", "HOME": "/home"}


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
async def test_a_browser_that_does_not_start_is_told_in_its_own_words(tmp_path):
    broken = program(tmp_path, "chromium")
    broken.write_text("#!/bin/sh\necho No such display >&2\nexit 1\n", encoding="utf-8")
    with ChatSite() as site:
        place = Place(site, tmp_path, WebChats(tmp_path, Start(broken)))
        place.recipe()
        with pytest.raises(ProviderError) as caught:
            await place.chats.look(place.provider)
        assert (caught.value.fault, place.site.paths) == ("transient", [])
        assert "the browser did not start: No such display" in str(caught.value.facts["detail"])


@pytest.fixture
def screen(monkeypatch):
    """A virtual screen."""
    argv = ["Xvfb", "-displayfd", "1", "-screen", "0", "1000x700x24", "-nolisten", "tcp"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        monkeypatch.setenv("DISPLAY", f":{server.stdout.readline().decode().strip()}")
        yield
        server.terminate()


def mode(folder):
    return folder.stat().st_mode


@pytest.mark.slow
async def test_the_window_is_on_the_screen_and_the_profile_is_its_owners(tmp_path, browser, screen, monkeypatch):
    monkeypatch.setenv("MULTICODER_API_KEY", "sk-secret")
    with ChatSite() as site:
        place = Place(site, tmp_path, WebChats(tmp_path, replace(browser, visible=True)))
        place.recipe()
        model = place.chats.model(place.provider, "local-web", Timeouts(gap=5, total=60))
        assert (await model.complete([("user", "Hello")], {})).text == "You said: Hello"
        running = browsers(tmp_path)
        assert not any("--headless" in word for word in running[0].cmdline())
        assert "--remote-debugging-pipe" in running[0].cmdline()
        assert all("sk-secret" not in process.environ().values() for process in running)
        assert mode(tmp_path / "web-chats" / "local" / "profile") & 0o077 == 0
        await model.aclose()
        assert browsers(tmp_path) == []
