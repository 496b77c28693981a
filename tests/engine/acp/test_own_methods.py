"""Our own methods where a whole editor would be too much: what a client may do to a run that was paused."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from core.errors import InputError
from engine.acp.extensions import EXTENSIONS
from engine.reactor import open_reactor
from engine.runs import RUN_KIND


async def test_a_run_the_guard_paused_goes_on_only_with_a_reason(home):
    async with open_reactor(home, environ={}, working=False) as reactor:
        client = SimpleNamespace(reactor=reactor, via="acp:test")
        task = await reactor.tasks.submit(RUN_KIND, "A page", subject="r-1")
        await reactor.tasks.pause(task.task, reason="guard", by="paranoid")
        with pytest.raises(InputError) as refused:
            await EXTENSIONS["run/resume"](client, {"run": "r-1"})
        assert refused.value.code == "reason-needed"
        assert reactor.tasks.get(task.task).state == "paused"
        await EXTENSIONS["run/resume"](client, {"run": "r-1", "note": "I looked at it"})
        assert reactor.tasks.get(task.task).state == "waiting"
