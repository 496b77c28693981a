"""Cards: what a person is shown at an interrupt. Pure functions of the state, so that a digest proves what was seen.

A card is JSON: `kind` (task, plan, code, questions, purpose, web, consent, hold), `options` (the decisions it takes),
`asked` (number of decisions before it in this run, so that no two cards of a run have the same digest) and contents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict

from core.honest import host_shown, one_line
from graph.guard import NEVER
from graph.ledger import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.events import Json
    from core.plan import Plan, Question, Subject, Verdict
    from graph.approvals import Decision
    from graph.forecast import Forecast
    from graph.found import Searched
    from graph.researching import Candidate, Wanted
    from graph.state import Hold, RunState

CardKind = Literal["task", "plan", "code", "questions", "purpose", "web", "consent", "hold"]


class Offered(TypedDict):
    """A repository as a person is asked about it: nothing in it can look like something else."""

    address: str
    """`host/owner/name`; the answers of the person are by it."""
    host: str
    owner: str
    name: str
    description: str
    licence: str
    size: int
    stars: int
    changed: float
    archived: bool
    commit: str
    what: str
    """What of it is wanted, in a model's words."""
    why: str


class Card(TypedDict, total=False):
    """One question to the person."""

    kind: CardKind
    run: str
    asked: int
    locale: str
    options: list[Decision]
    understood: str
    verdict: Verdict | None
    questions: list[Question]
    plan: Plan
    estimate: dict[str, Json]
    models: dict[str, str]
    caps: dict[str, Json]
    hold: Hold
    searches: list[dict[str, str]]
    """What would be asked of search engines: `query` and `topic`."""
    why: str
    tainted: bool
    """Text of strangers was read before, so even a run that looks things up by itself asks."""
    repositories: list[Offered]
    searched: list[Searched]
    """What repositories were found with."""
    digest: str


_SENTENCE: Final = 300
"""Characters of a foreign text on a card: what is longer is no fact about a repository."""


def sealed(card: Card) -> Card:
    """The card with the digest of its contents."""
    return {**card, "digest": digest(_plain(card))}


def _plain(card: Card) -> dict[str, Any]:
    return {key: value for key, value in card.items() if key != "digest"}


def _card(state: RunState, kind: CardKind, options: list[Decision]) -> Card:
    return {
        "kind": kind,
        "run": state["run"],
        "asked": len(state["approvals"]),
        "locale": state["locale"],
        "options": options,
    }


def may_approve(verdict: Verdict | None) -> bool:
    """Only a judged verdict that is not red can be approved."""
    return verdict is not None and verdict["judged"] and verdict["level"] != "red"


def asks_purpose(state: RunState, subject: Subject) -> bool:
    """Whether a dual-use task or plan was judged without knowing what it is for."""
    verdict = state["verdicts"].get(subject)
    return verdict is not None and verdict["level"] == "yellow" and verdict["needs_purpose"] and not state["purpose"]


def _decisions(verdict: Verdict | None) -> list[Decision]:
    return ["approve", "modify", "reject"] if may_approve(verdict) else ["modify", "reject"]


def task_card(state: RunState) -> Card:
    """Judge's verdict on the request."""
    verdict = state["verdicts"].get("request")
    card = _card(state, "task", _decisions(verdict))
    routing = state["routing"]
    card["understood"] = routing["understood"] if routing else ""
    card["verdict"] = verdict
    card["caps"] = _caps(state)
    return sealed(card)


def plan_card(state: RunState, plan: Plan) -> Card:
    """The architect's plan with its verdict, estimate and the caps that will be enforced."""
    verdict = state["verdicts"].get("plan")
    card = _card(state, "plan", _decisions(verdict))
    card["verdict"] = verdict
    card["plan"] = plan
    card["estimate"] = estimate(plan)
    card["caps"] = _caps(state)
    if known := state.get("forecast"):
        card["models"] = known["models"]
        card["estimate"] = estimate(plan, known["writers"])
        card["estimate"] |= _time(card["estimate"], known)
    return sealed(card)


def code_card(state: RunState) -> Card:
    """A finished program the judge has doubts about."""
    verdict = state["verdicts"].get("code")
    card = _card(state, "code", ["approve", "reject"] if may_approve(verdict) else ["reject"])
    card["verdict"] = verdict
    return sealed(card)


def questions_card(state: RunState) -> Card:
    """At most three questions, each with a default."""
    routing = state["routing"]
    card = _card(state, "questions", ["answer", "reject"])
    card["understood"] = routing["understood"] if routing else ""
    card["questions"] = routing["questions"] if routing else []
    return sealed(card)


def purpose_card(state: RunState) -> Card:
    """What a dual-use program is for; there is no default."""
    card = _card(state, "purpose", ["answer", "reject"])
    card["verdict"] = state["verdicts"].get("request" if asks_purpose(state, "request") else "plan")
    return sealed(card)


def web_card(state: RunState, wanted: Wanted) -> Card:
    """What would be looked up on the internet: one word for the whole run."""
    card = _card(state, "web", ["allow", "refuse"])
    card["searches"] = [{key: one_line(text) for key, text in search.items()} for search in wanted["searches"]]
    card["searches"] += [{"query": one_line(address), "topic": "repositories"} for address in wanted["named"]]
    card["why"] = one_line(wanted["why"])
    card["tainted"] = bool(state.get("tainted"))
    return sealed(card)


def consent_card(state: RunState, candidates: Sequence[Candidate], searched: Sequence[Searched]) -> Card:
    """Repositories that would be downloaded: a decision for each; what is left open is refused."""
    card = _card(state, "consent", ["answer", "refuse"])
    card["searched"] = [{**search, "query": one_line(search["query"])} for search in searched]
    card["repositories"] = [offered(candidate) for candidate in candidates]
    return sealed(card)


def offered(candidate: Candidate) -> Offered:
    """A candidate with every text as it really is: invisible marks spelled out, a foreign host as punycode."""
    host, owner, name = host_shown(candidate["host"]), one_line(candidate["owner"]), one_line(candidate["name"])
    return {
        "address": f"{host}/{owner}/{name}",
        "host": host,
        "owner": owner,
        "name": name,
        "description": one_line(candidate["description"])[:_SENTENCE],
        "licence": one_line(candidate["licence"])[:_SENTENCE],
        "size": candidate["size"],
        "stars": candidate["stars"],
        "changed": candidate["changed"],
        "archived": candidate["archived"],
        "commit": one_line(candidate["commit"]),
        "what": one_line(candidate["what"])[:_SENTENCE],
        "why": one_line(candidate["why"])[:_SENTENCE],
    }


def hold_card(state: RunState) -> Card:
    """Why the run stopped and waits."""
    hold = state["held"]
    card = _card(state, "hold", _ways_on(hold))
    if hold is not None:
        card["hold"] = hold
    card["caps"] = _caps(state)
    return sealed(card)


def _ways_on(hold: Hold | None) -> list[Decision]:
    """What a held run offers. A stopped action is allowed once (`retry`), or refused with a word on what to do."""
    if hold is None or hold["kind"] != "guard":
        return ["retry", "stop"]
    never = hold["facts"].get("kind") in NEVER
    return ["modify", "stop"] if never else ["retry", "modify", "stop"]


def _caps(state: RunState) -> dict[str, Json]:
    return {str(name): value for name, value in state["caps"].items() if isinstance(value, int | float)}


# A module is written once, reviewed about twice and fixed about once; around them stand the architect, the tests,
# the attack, three judgements and the packager. Tokens per call are the prompt of a contract plus one file.
_CALLS_PER_MODULE = 4
_FIXED_CALLS = 8
_TOKENS_PER_CALL = 6_000


def _time(figures: dict[str, Json], known: Forecast) -> dict[str, Json]:
    """How long that many calls took before, and from how many programs it is known."""
    calls = figures["calls"]
    seconds = round(known["seconds"] * calls) if isinstance(calls, int) else 0
    return {"seconds": seconds, "programs": known["programs"]}


def estimate(plan: Plan, writers: int = 1) -> dict[str, Json]:
    """A rough figure of what the plan will take; the caps, not this, are enforced.

    Where several models write the same module, each further one is a call, and so are the tests that choose.
    """
    calls = _FIXED_CALLS + (_CALLS_PER_MODULE + (writers if writers > 1 else 0)) * max(1, len(plan["changed"]))
    return {"calls": calls, "tokens": calls * _TOKENS_PER_CALL, "modules": len(plan["changed"])}
