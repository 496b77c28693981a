"""Routes: pure functions from the state to the name of the next node."""

from __future__ import annotations

from langgraph.graph import END
from langgraph.types import Send

from core.plan import Subject
from graph.cards import asks_purpose, may_approve
from graph.nodes.dispatch import fan_out
from graph.researching import ANSWERED, asks, goal, use_of, wants_hint
from graph.state import RunState


def _interrupted(state: RunState) -> str:
    """`hold` or `close` when the last node ended the straight way, else empty."""
    if state["outcome"] is not None:
        return "close"
    return "hold" if state["held"] is not None else ""


def _ended(state: RunState) -> str:
    """What came of the turn is remembered before it is closed."""
    early = _interrupted(state)
    return "remember" if early == "close" and state["outcome"] in {"delivered", "answered"} else early


def _approved(state: RunState, subject: Subject) -> bool:
    """Checked again behind the card: an approval without a verdict that allows it leads nowhere."""
    return state["decision"] == "approve" and may_approve(state["verdicts"].get(subject))


def first(state: RunState) -> str:
    """A version that is delivered again needs no reading of words."""
    return "restore" if state["options"].get("restore") else "intake"


def after_restore(state: RunState) -> str:
    """What was fetched is started before it is delivered."""
    return _interrupted(state) or "smoke"


def after_intake(state: RunState) -> str:
    """What was understood is looked up in the memory; a moved turn goes on elsewhere."""
    if state.get("moved"):
        return END
    return _interrupted(state) or ("recall" if state["routing"] is not None else "intake")


def after_recall(state: RunState) -> str:
    """A question is answered, an unclear task is asked about, the rest is judged."""
    routing = state["routing"]
    if (early := _interrupted(state)) or routing is None:
        return early or "intake"
    if routing["kind"] in ANSWERED:
        return "look_up" if routing.get("search") else "converse"
    return "clarify" if routing["questions"] else "judge"


def after_clarify(state: RunState) -> str:
    """Until the questions were answered the card is shown again."""
    return _interrupted(state) or ("judge" if state["decision"] == "answer" else "clarify")


def after_judge(state: RunState) -> str:
    """A dual-use task is asked for its purpose before anything is decided."""
    return _interrupted(state) or ("purpose" if asks_purpose(state, "request") else "approve")


def after_purpose(state: RunState) -> str:
    """The task is judged again with its purpose."""
    return _interrupted(state) or ("judge" if state["purpose"] else "purpose")


def after_approve(state: RunState) -> str:
    """Approved goes on, modified is judged again, anything else is asked again."""
    if early := _interrupted(state):
        return early
    if _approved(state, "request"):
        return "architect" if use_of(state) == "off" else "look_up"
    return "judge" if state["decision"] == "modify" else "approve"


def after_architect(state: RunState) -> str:
    """Every plan is judged."""
    return _interrupted(state) or "judge_plan"


def after_judge_plan(state: RunState) -> str:
    """The verdict is shown with the plan; what shows its two faces only now begins again with its purpose."""
    return _interrupted(state) or ("purpose" if asks_purpose(state, "plan") else "plan_review")


def after_plan_review(state: RunState) -> str:
    """Approved is built, modified is planned anew."""
    if early := _interrupted(state):
        return early
    if _approved(state, "plan"):
        return "dispatch"
    return "architect" if state["decision"] == "modify" else "plan_review"


def after_dispatch(state: RunState) -> str | list[Send]:
    """All remaining modules at once, or on to integration."""
    return _interrupted(state) or fan_out(state)


def after_look_up(state: RunState) -> str:
    """What was planned is looked up, once a person agreed where one is asked."""
    if early := _interrupted(state):
        return early
    if not state.get("searches"):
        return goal(state)
    return "web" if asks(state) else "research"


def after_web(state: RunState) -> str:
    """Allowed is looked up, refused goes on without, anything else is asked again."""
    if early := _interrupted(state):
        return early
    if not state.get("searches"):
        return goal(state)
    return "research" if state.get("web") == "allow" else "web"


def after_research(state: RunState) -> str:
    """Repositories somebody has to decide about are shown; what was allowed already is taken."""
    if early := _interrupted(state):
        return early
    if state.get("searches"):
        return "research"
    return "consent" if state.get("offered") else _granted(state)


def after_consent(state: RunState) -> str:
    """Only a decision leads on."""
    return _interrupted(state) or ("consent" if state.get("offered") else _granted(state))


def after_take(state: RunState) -> str:
    """The run goes on with what was taken, and without what could not be."""
    return _interrupted(state) or goal(state)


def _granted(state: RunState) -> str:
    return "take" if state.get("granted") else goal(state)


def _mending(state: RunState) -> str:
    """A failure is repaired; after a round that did not help something is looked up about it first."""
    return "look_up" if wants_hint(state) else "repair"


def after_integrate(state: RunState) -> str:
    """What does not fit together is repaired before it is tested."""
    return _interrupted(state) or (_mending(state) if state["failure"] else "paranoid_test")


def after_test(state: RunState) -> str:
    """Only a tree that passed everything is judged and built."""
    return _interrupted(state) or (_mending(state) if state["failure"] else "judge_code")


def after_repair(state: RunState) -> str:
    """A repaired module is integrated again; a rejected repair is another round."""
    return _interrupted(state) or (_mending(state) if state["failure"] else "integrate")


def after_judge_code(state: RunState) -> str:
    """Green code is built; doubts go to the person, who cannot approve red."""
    verdict = state["verdicts"].get("code")
    if early := _interrupted(state):
        return early
    clear = verdict is not None and verdict["level"] == "green" and may_approve(verdict)
    return "build" if clear else "code_review"


def after_code_review(state: RunState) -> str:
    """The person's word on doubtful code."""
    return _interrupted(state) or ("build" if _approved(state, "code") else "code_review")


def after_build(state: RunState) -> str:
    """A broken build is repaired like a failed test."""
    return _interrupted(state) or (_mending(state) if state["failure"] else "smoke")


def after_smoke(state: RunState) -> str:
    """Only a program that was seen alive is delivered."""
    return _interrupted(state) or (_mending(state) if state["failure"] else "deliver")


def after_converse(state: RunState) -> str:
    """An answer ends the turn."""
    return _ended(state) or "converse"


def after_deliver(state: RunState) -> str:
    """A delivery that could not be placed is tried again when the person says so."""
    return _ended(state) or "deliver"


def after_remember(_state: RunState) -> str:
    """Nothing the memory does can change how a turn ended."""
    return "close"


def after_hold(state: RunState) -> str:
    """Back to where it stopped, or to the end."""
    if state["outcome"] is not None:
        return "close"
    hold = state["held"]
    return "hold" if hold is not None else state["resume_at"]
