"""Prices a person brings: taken over or refused, matched to an address, used where a row says nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.providers.accounts import from_preset
from agents.providers.gateway_opening import open_gateway
from agents.providers.price_list import FILE_NAME, PriceList, import_prices, imported_prices
from agents.providers.registry import Price, Provider, Registry
from core.errors import InputError, StorageError
from core.ports import CallTag, Message, ModelRequest
from tests.fakes.openai_server import Answer, OpenAIServer

REQUEST = ModelRequest("coder", CallTag("coder.write"), (Message("user", "hi"),))
CHINA = "https://dashscope.aliyuncs.com/compatible-mode/v1"


def maker(*models, api=None):
    rows = {name: {"id": name, "name": name, "cost": {"input": put, "output": out}} for name, put, out in models}
    return {"id": "x", "env": [], "npm": "x", **({"api": api} if api else {}), "models": rows}


API = {
    "alibaba": maker(("qwen", 1.0, 2.0), api="https://dashscope-intl.aliyuncs.com/compatible-mode/v1"),
    "alibaba-cn": maker(("qwen", 0.1, 0.2), api=CHINA),
    "togetherai": maker(("llama", 0.5, 0.6)),
    "deepseek": maker(("deepseek-flash", 9, 18.5)),
    "elsewhere": maker(("own", 3, 4), api="https://models.example/v1/"),
    "free": {"models": {"a": {"cost": {"input": 0, "output": 0}}, "b": {}, "c": {"cost": {"input": -1, "output": 1}}}},
}


def write(tmp_path, content):
    file = tmp_path / "api.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def test_what_was_imported_is_kept_with_its_day_and_nothing_else_of_the_file(home, tmp_path):
    assert imported_prices(home) == PriceList()
    found = import_prices(home, write(tmp_path, API))
    assert (found.count, found.left_out, len(found.day)) == (6, 2, 10)
    kept = imported_prices(home)
    assert (kept.day, kept.by_maker, kept.addresses) == (found.day, found.by_maker, found.addresses)
    assert "npm" not in (home.root / FILE_NAME).read_text(encoding="utf-8")


def test_a_price_belongs_to_the_address_a_row_stands_at(home, tmp_path):
    found = import_prices(home, write(tmp_path, API))
    row = from_preset("dashscope")
    assert found.onto(row).price("qwen") == Price(1, 2)
    assert found.onto(from_preset("dashscope", host="china")).price("qwen") == Price(0.1, 0.2)
    assert found.onto(from_preset("dashscope", host="usa")).price("qwen") is None
    assert found.onto(from_preset("together")).price("llama") == Price(0.5, 0.6)
    assert found.onto(Provider("x", "X", "https://models.example/v1")).price("own") == Price(3, 4)
    assert found.onto(Provider("deepseek", "X", "https://other.example/v1")).price("deepseek-flash") is None


def test_the_row_comes_before_the_imported_list_and_that_before_the_catalogue(home, tmp_path):
    row = from_preset("deepseek")
    assert row.price("deepseek-flash") == Price(0.14, 0.28)
    found = import_prices(home, write(tmp_path, API))
    assert found.onto(row).price("deepseek-flash") == Price(9, 18.5)
    own = Provider("deepseek", "D", row.base_url, preset="deepseek", prices={"deepseek-flash": Price(1, 1)})
    assert found.onto(own).price("deepseek-flash") == Price(1, 1)
    assert found.onto(row).price("deepseek-v4-flash") == Price(0.14, 0.28)


def test_the_prices_are_no_part_of_the_row(home, tmp_path):
    found = import_prices(home, write(tmp_path, API))
    Registry(home.providers).add(found.onto(from_preset("deepseek")))
    assert "18.5" not in home.providers.read_text(encoding="utf-8")


async def test_an_answer_costs_what_the_imported_list_says(home, tmp_path, sink):
    with OpenAIServer([Answer("hello")]) as server:
        import_prices(home, write(tmp_path, {"mine": maker(("gpt-test", 1000, 2000), api=server.url)}))
        environ = {"MULTICODER_BASE_URL": server.url, "MULTICODER_MODEL": "gpt-test"}
        gateway = await open_gateway(home, environ=environ, sink=sink)
        reply = await gateway.ask(REQUEST)
        await gateway.aclose()
    assert reply.usage.cost_usd == pytest.approx((11 * 1000 + 7 * 2000) / 1e6)


async def test_a_damaged_list_keeps_nobody_from_work_and_is_told(home, sink):
    (home.root / FILE_NAME).write_text("{", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        imported_prices(home)
    assert caught.value.code == "prices-damaged"
    with OpenAIServer([Answer("hello")]) as server:
        environ = {"MULTICODER_BASE_URL": server.url, "MULTICODER_MODEL": "gpt-test"}
        gateway = await open_gateway(home, environ=environ, sink=sink)
        assert (await gateway.ask(REQUEST)).text == "hello"
        await gateway.aclose()
    assert [event.name for event in sink.events] == ["prices.unreadable"]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "null", "[" * 100_000, '{"a": {"models": []}}', json.dumps({"a": maker(("m", 1e9, 1))}), "{"],
)
def test_a_file_of_another_form_changes_nothing(home, tmp_path, content):
    before = import_prices(home, write(tmp_path, API))
    with pytest.raises(InputError) as caught:
        import_prices(home, write(tmp_path, content))
    assert caught.value.code == "prices-unreadable"
    assert imported_prices(home).by_maker == before.by_maker
    with pytest.raises(InputError):
        import_prices(home, tmp_path / "nowhere.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["models", "cost", "input", "output", "api", "m"]), inner, max_size=4)
    ),
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_whatever_a_file_holds_only_usable_prices_come_of_it(home, tmp_path, content):
    try:
        found = import_prices(home, write(tmp_path, content))
    except InputError:
        return
    assert found.count > 0
    assert all(
        0 <= amount <= 1_000_000 for row in found.by_maker.values() for price in row.values() for amount in price
    )
    assert imported_prices(home).by_maker == found.by_maker
