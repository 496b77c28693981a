"""Which family a model belongs to, read from its id: a reviewer should not be of the coder's family."""

from __future__ import annotations

import re
from typing import Final

_FAMILIES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (family, re.compile(rf"(?<![a-z0-9])(?:{pattern})", re.IGNORECASE))
    for family, pattern in (
        ("claude", r"claude"),
        ("gemini", r"gemini|gemma"),
        ("deepseek", r"deepseek"),
        ("qwen", r"qwen|qwq|qvq"),
        ("mistral", r"mistral|ministral|mixtral|magistral|codestral|devstral|pixtral"),
        ("grok", r"grok"),
        ("glm", r"glm|chatglm|codegeex"),
        ("kimi", r"kimi|moonshot"),
        ("minimax", r"minimax|abab"),
        ("gpt", r"gpt|chatgpt|codex|o[1-9](?![a-z0-9])"),
        ("llama", r"llama(?!cpp)|codellama"),
        ("phi", r"phi-?[1-9]"),
        ("command", r"command-|c4ai"),
        ("nova", r"nova-"),
        ("granite", r"granite"),
        ("yandexgpt", r"yandexgpt|aliceai"),
        ("gigachat", r"gigachat"),
    )
)


def family_of(model: str, provider: str, hint: str = "") -> str:
    """Name the family of `model`: what its id says, else the provider row's `hint`, else the provider's id.

    A distilled model (`deepseek-r1-distill-llama-70b`) counts as the family named first. The maker's prefix
    (`meta-llama/…`) is only read when the name after it says nothing.
    """
    for text in (model.rsplit("/", 1)[-1], model):
        found = [(match.start(), family) for family, pattern in _FAMILIES if (match := pattern.search(text))]
        if found:
            return min(found)[1]
    return hint or provider
