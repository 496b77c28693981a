"""What fails in the window is logged and told, and the window goes on."""

from __future__ import annotations

from tests.gui.language_stand import seen

TOLD = "Something in this window failed. It was written to the log."


def test_a_slot_that_fails_is_told_and_logged_and_what_comes_after_it_works(talking, scripted, caplog):
    scripted.tell("_multicoder/tasks", {"tasks": [{"task": "t-1", "kind": "run", "priority": "no number"}]})
    talking.until(lambda: TOLD in [text.text for text in seen(talking)])
    assert "ValueError" in caplog.text
    scripted.tell("_multicoder/tasks", {"tasks": [{"task": "t-2", "kind": "run", "state": "running", "title": "Well"}]})
    talking.until(lambda: talking.application.tasks.running == 1)
    talking.application.chats.start()
    talking.application.composer.replace("still writes")
    talking.until(lambda: talking.shown("composerText").property("text") == "still writes")
