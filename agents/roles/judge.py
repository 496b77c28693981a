"""The judge says how dangerous and how feasible a task, plan or code is; the policy may only raise the level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.answers.schemas import JudgeAnswer, schema_of
from agents.prompting import conversation, render
from agents.roles import policy
from agents.roles.ask import ask_structured
from core.errors import ProviderError
from core.i18n import tr
from core.plan import Level, Subject, Verdict
from core.ports import CallTag, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.roles.ask import Ask


async def assess(
    ask: Ask,
    tag: CallTag,
    *,
    subject: Subject,
    text: str,
    request: str,
    purpose: str,
    locale: str,
    floor: Level = "green",
) -> Verdict:
    """Judge `text`, no milder than `floor`. A judge that cannot be reached gives an unjudged verdict, no approval."""
    hits = policy.matching(subject, text)
    sections = {"locale": locale, "request": request, "purpose": purpose, "subject": text}
    question = ModelRequest(
        role="judge",
        tag=tag,
        messages=conversation(
            render("judge", subject=subject), sections, f"Judge the {subject} and answer with the JSON object."
        ),
        schema=schema_of(JudgeAnswer),
        max_tokens=2_000,
    )
    try:
        answer = await ask_structured(ask, question, JudgeAnswer, lambda answer: answer)
    except ProviderError:
        return _unjudged(subject, hits, purpose, locale)
    reasons = [tr(f"policy-{rule.id}", locale) for rule in hits]
    needs_purpose = answer.needs_purpose or any(rule.needs_purpose for rule in hits)
    least: Level = "yellow" if needs_purpose else "green"
    level = policy.highest([least, answer.level, *(rule.level for rule in hits)])
    if policy.highest([level, floor]) != level:
        level = floor
        reasons.append(tr("judge-not-milder", locale))
    return Verdict(
        subject=subject,
        judged=True,
        level=level,
        reasons=list(dict.fromkeys([*reasons, *answer.reasons])),
        feasibility=answer.feasibility,
        recommendation=answer.recommendation,
        needs_purpose=needs_purpose and not purpose.strip(),
        policy_rules=[rule.id for rule in hits],
    )


def _unjudged(subject: Subject, hits: Sequence[policy.Rule], purpose: str, locale: str) -> Verdict:
    return Verdict(
        subject=subject,
        judged=False,
        level=policy.highest(["yellow", *(rule.level for rule in hits)]),
        reasons=[*(tr(f"policy-{rule.id}", locale) for rule in hits), tr("judge-unreachable", locale)],
        feasibility="",
        recommendation=tr("judge-unreachable-advice", locale),
        needs_purpose=any(rule.needs_purpose for rule in hits) and not purpose.strip(),
        policy_rules=[rule.id for rule in hits],
    )
