"""Who is asked for a role, and which family a model belongs to."""

from __future__ import annotations

import pytest

from agents.providers.families import family_of
from agents.providers.registry import Provider
from agents.providers.styles import STYLES
from agents.providers.team import candidates

ONE = Provider("one", "One", "https://one.example/v1", ("gpt-5", "claude-x"))
TWO = Provider("two", "Two", "https://two.example/v1", ("qwen-3",))
OPEN = Provider("open", "Open", "https://open.example/v1")


def ids(*args, **options) -> list[str]:
    return [candidate.id for candidate in candidates(*args, **options)]


def test_without_a_team_every_provider_in_order():
    assert ids("coder", {}, [ONE, TWO], {}) == ["one:gpt-5", "one:claude-x", "two:qwen-3"]


def test_preferences_are_narrowed_to_what_is_offered():
    offered = {"one": ["claude-x", "gpt-9"], "two": ["something-else"]}
    assert ids("coder", {}, [ONE, TWO], offered) == ["one:claude-x", "two:qwen-3"]
    team = {"coder": ("one:gpt-5", "one:gpt-9", "two:qwen-3")}
    assert ids("coder", team, [ONE, TWO], offered) == ["one:gpt-9"]


def test_a_team_without_anyone_left_takes_everybody():
    assert ids("coder", {"coder": ("one:gone",)}, [ONE], {"one": ["gpt-5"]}) == ["one:gpt-5"]


def test_preferences_name_providers_models_or_both():
    team = {"coder": ("qwen-3", "one"), "judge": ("open:llama:70b",)}
    assert ids("coder", team, [ONE, TWO, OPEN], {}) == ["two:qwen-3", "one:gpt-5", "one:claude-x"]
    assert ids("judge", team, [ONE, TWO, OPEN], {}) == ["open:llama:70b"]
    assert ids("tester", team, [TWO], {}) == ["two:qwen-3"]


def test_a_provider_without_preferences_gives_some_chat_models():
    offered = {"open": ["text-embedding-3", "whisper-1", "a", "b", "dall-e-3", "c", "d", "e"]}
    assert ids("coder", {}, [OPEN], offered) == ["open:a", "open:b", "open:c", "open:d"]
    assert ids("coder", {}, [OPEN], {}) == []


def test_avoiding_a_family_and_escalating():
    assert ids("reviewer", {}, [ONE, TWO], {}, avoid_family="gpt")[0] == "one:claude-x"
    firsts = [ids("coder", {}, [ONE, TWO], {}, escalate=step)[0] for step in range(4)]
    assert firsts == ["one:gpt-5", "one:claude-x", "two:qwen-3", "one:gpt-5"]
    assert ids("coder", {}, [ONE], {}, avoid_family="gpt") == ["one:claude-x", "one:gpt-5"]


DEEP = Provider("deep", "Deep", "https://api.deepseek.com", preset="deepseek")
GIGA = Provider("giga", "Giga", "https://api.giga.chat/v1", preset="gigachat")
FAST = Provider("fast", "Fast", "https://api.groq.com/openai/v1", preset="groq")


def test_a_preset_knows_which_models_do_for_a_role():
    assert ids("architect", {}, [DEEP], {}) == ["deep:deepseek-v4-pro", "deep:deepseek-flash"]
    assert ids("router", {}, [DEEP], {"deep": ["deepseek-v4-flash", "x"]}) == ["deep:deepseek-v4-flash"]
    assert ids("coder", {}, [DEEP], {"deep": ["new-1", "new-2"]}) == ["deep:new-1", "deep:new-2"]
    codestral = Provider("c", "C", "https://codestral.mistral.ai/v1", preset="codestral")
    assert ids("architect", {}, [codestral], {}) == ["c:codestral-latest"]


def test_team_presets_choose_models_and_providers():
    everybody = [DEEP, FAST, GIGA, ONE]
    wished = {"coder": ("one:gpt-5",)}
    assert ids("coder", wished, everybody, {}) == ["one:gpt-5"]
    assert ids("coder", wished, everybody, {}, style=STYLES["thorough"])[0] == "deep:deepseek-v4-pro"
    assert ids("coder", wished, everybody, {}, style=STYLES["fast"])[0] == "fast:openai/gpt-oss-20b"
    assert ids("architect", {}, everybody, {}, style=STYLES["cheap"])[0] == "deep:deepseek-flash"
    assert ids("coder", {}, everybody, {}, style=STYLES["russian"]) == ["giga:GigaChat-2-Max"]
    assert ids("coder", {}, [ONE], {}, style=STYLES["russian"]) == []


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("gpt-5.1-codex", "gpt"),
        ("chatgpt-latest", "gpt"),
        ("o3-mini", "gpt"),
        ("openai/gpt-oss-120b:free", "gpt"),
        ("~anthropic/claude-opus-latest", "claude"),
        ("gemini-3-pro", "gemini"),
        ("deepseek-r1-distill-llama-70b", "deepseek"),
        ("Qwen/Qwen3-Coder", "qwen"),
        ("meta-llama/Llama-4-Scout", "llama"),
        ("codestral-2508", "mistral"),
        ("devstral-small", "mistral"),
        ("grok-4", "grok"),
        ("z-ai/glm-5.2", "glm"),
        ("moonshotai/kimi-k2", "kimi"),
        ("moonshot-v1-8k", "kimi"),
        ("solo3-large", "here"),
        ("my-finetune", "here"),
    ],
)
def test_families(model, family):
    assert family_of(model, "here") == family


def test_a_hint_names_the_family_of_unreadable_ids():
    assert family_of("my-finetune", "here", "llama") == "llama"
    assert family_of("gpt-5", "here", "llama") == "gpt"
