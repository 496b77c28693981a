"""Crews over a real engine: which team a run works with after the list of providers was written."""

from __future__ import annotations

from contextlib import asynccontextmanager

from agents.providers.registry import Provider, Registry
from engine.bootstrap import open_engine

ENVIRON = {"MULTICODER_API_KEY": "sk-none-at-all-0000000000000000"}


def provider(name="one"):
    return Provider(id=name, name=name, base_url="http://127.0.0.1:9/v1", models=("some-model",))


@asynccontextmanager
async def crews(home):
    registry = Registry(home.providers)
    async with open_engine(home, team="demo", environ=ENVIRON) as engine:
        registry.add(provider())
        yield registry, engine.crews


async def test_the_list_of_providers_is_read_again_after_each_writing_of_it(home):
    async with crews(home) as (registry, opened):
        async with opened.at_work("") as first:
            pass
        async with opened.at_work("") as same:
            assert same is first
        registry.add(provider())  # the same row: its key, which stands elsewhere, is another one
        async with opened.at_work("") as second:
            assert second is not first


async def test_an_outdated_crew_is_kept_only_while_a_run_works_with_it(home):
    async with crews(home) as (registry, opened):
        async with opened.at_work("") as first:
            for name in ("two", "three", "four"):
                registry.add(provider(name))
                async with opened.at_work("") as newest:
                    pass
            assert [item.crew for item in opened._opened if item.crew.team == ""] == [first, newest]
        registry.add(provider("five"))
        async with opened.at_work("") as newest:
            assert [item.crew for item in opened._opened if item.crew.team == ""] == [newest]
