"""What `runs` and `show` print."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.events import Event
from core.i18n import tr
from engine.journal import read_journal
from engine.progress import Story, cost_text
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.paths import Home
    from core.ports import RunRecord

_TASK_CHARACTERS: Final = 60
_SHORT_COMMIT: Final = 10


async def gather(home: Home, record: RunRecord) -> dict[str, Any]:
    """Everything known of a run, as JSON; works while another process drives it."""
    from engine.steps import read_steps  # noqa: PLC0415 - langgraph
    from graph.ledger import Ledger  # noqa: PLC0415
    from memory.archive import SqliteArchive  # noqa: PLC0415

    class Silent:
        def emit(self, event: Event, /) -> None:
            """Reading the ledger tells nobody."""

    archive = SqliteArchive(home.database)
    ledger = Ledger(home.ledger, Silent())
    try:
        messages = [item for item in await archive.messages(record.project) if item.run == record.run]
        versions = await archive.versions(record.project)
        spent = await ledger.spent(record.run)
    finally:
        ledger.close()
        archive.close()
    return {
        "run": record.run,
        "project": record.project,
        "outcome": record.outcome,
        "created": record.created,
        "messages": [{"author": item.author, "text": item.text} for item in messages],
        "versions": [
            {
                "number": version.number,
                "run": version.run,
                "commit": version.commit,
                "artifact": version.artifact,
                "sha256": version.sha256,
            }
            for version in versions
        ],
        "diff": await _diff(home, record, versions),
        "spent": {
            "calls": spent.calls,
            "tokens": spent.tokens,
            "cost_usd": spent.cost_usd,
            "priced": spent.unpriced_calls == 0,
        },
        "steps": [
            {"number": step.number, "next": list(step.nodes), "at": step.at} for step in await read_steps(home, record)
        ],
        "events": [
            {"seq": row.seq, "at": row.at, "type": row.type, "name": row.name, "module": row.module, "data": row.data}
            for row in read_journal(home.journal, record.run)
        ],
    }


async def _diff(home: Home, record: RunRecord, versions: Sequence[Any]) -> str:
    """What this run's version changed against the one before."""
    from builders.workspace import GitWorkspace  # noqa: PLC0415 - only for show

    for before, version in pairwise(versions):
        if version.run == record.run:
            return await GitWorkspace(home.projects).diff(record.project, before.commit, version.commit)
    return ""


def print_runs(rows: Sequence[dict[str, Any]], locale: str) -> None:
    """Print the runs as a table."""
    console = Console(highlight=False)
    if not rows:
        console.print(tr("runs-none", locale))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("column-run", "column-outcome", "column-created", "column-task"):
        table.add_column(tr(column, locale), no_wrap=column == "column-run")
    for row in rows:
        task = " ".join(row["task"].split())
        outcome = tr(f"outcome-{row['outcome']}", locale) if row["outcome"] else tr("state-unfinished", locale)
        table.add_row(row["run"], outcome, _moment(row["created"]), Text(visible(task[:_TASK_CHARACTERS])))
    console.print(table)


def print_run(facts: dict[str, Any], locale: str) -> None:
    """Print one run for people."""
    console = Console(highlight=False)
    outcome = tr(f"outcome-{facts['outcome']}", locale) if facts["outcome"] else tr("state-unfinished", locale)
    console.print(Text(f"{facts['run']}  {facts['project']}  {_moment(facts['created'])}\n{outcome}"))
    for message in facts["messages"]:
        text = visible(message["text"])
        console.print(Text(f"\n> {text}" if message["author"] == "person" else f"\n{text}"))
    _heading(console, "show-events", locale)
    story = Story(locale)
    for row in facts["events"]:
        event = Event(row["type"], row["name"], run=facts["run"], module=row["module"], data=row["data"], at=row["at"])
        line = story.tell(event)
        if line:
            stamp = time.strftime("%H:%M:%S", time.localtime(event.at))
            console.print(Text("\n".join(f"{stamp} {part}" for part in line.splitlines())))
    if facts["versions"]:
        _heading(console, "show-versions", locale)
        for version in facts["versions"]:
            console.print(Text(f"v{version['number']}  {version['commit'][:_SHORT_COMMIT]}  {version['artifact']}"))
    if facts["diff"]:
        _heading(console, "show-diff", locale)
        console.print(Text(visible(facts["diff"])))
    if facts["steps"]:
        _heading(console, "show-steps", locale, run=facts["run"])
        for step in facts["steps"]:
            console.print(Text(f"{step['number']:>4}  {', '.join(step['next'])}"))
    spent = facts["spent"]
    cost = cost_text(spent["cost_usd"], locale, priced=spent["priced"])
    console.print(Text(f"\n{tr('show-spent', locale, calls=spent['calls'], tokens=spent['tokens'], cost=cost)}"))


def _heading(console: Console, message: str, locale: str, **facts: str) -> None:
    console.print(Text(f"\n{tr(message, locale, **facts)}", style="bold"))


def _moment(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
