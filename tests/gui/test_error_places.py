"""What failed leads to the page where it can be put right, and says so in the words of the window."""

from __future__ import annotations

import pytest

from core.errors import ConfigurationError
from core.i18n import at_window, explain
from tests.gui.window_scenes import SESSION, Scene


@pytest.fixture
def scene(home):
    found = Scene(home, (1280, 800))
    yield found
    found.close()
    assert found.window.warnings == []


def fail(scene, kind):
    """A run ends because of an error."""
    scene.open()
    run = scene.ask("Make a clock")
    words = explain(ConfigurationError(kind, provider="openrouter", detail=""), at_window("en"))
    problem = {"kind": kind, "what": words.what, "did": words.did, "next": words.next}
    meta = {"multicoder": {"run": run, "outcome": "failed", "problem": problem}}
    scene.engine.update(SESSION, {"sessionUpdate": "session_info_update", "_meta": meta})
    scene.window.until(lambda: scene.window.shown("errorCard"))
    scene.settle()


@pytest.mark.parametrize(
    ("kind", "label", "tab"),
    [
        ("no-provider", "Providers and keys", "providers"),
        ("no-key", "Providers and keys", "providers"),
        ("keyring-unavailable", "Providers and keys", "providers"),
        ("provider-bad-key", "Other model", "providers"),
        ("runner-unavailable", "System board", "system"),
        ("toolchain-missing", "System board", "system"),
    ],
)
def test_an_error_leads_to_the_page_where_it_is_put_right(scene, kind, label, tab):
    fail(scene, kind)
    button = scene.window.shown("errorPlace")
    assert button.property("text") == label
    button.click()
    scene.window.until(lambda: scene.window.find("drawer").property("opened"))
    assert scene.window.find("drawer").property("tab") == tab


def test_an_error_that_no_page_puts_right_has_no_such_button(scene):
    fail(scene, "internal")
    assert scene.window.shown("errorPlace") is None
    assert scene.window.shown("retryButton") is not None
