"""Each invariant holds for a real data folder, and notices when its thing is broken there."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from dulwich.objects import Blob

from core.events import Event
from core.guard import DangerousAction
from core.i18n import LOCALES
from core.ports import Usage
from engine.driver import RunDriver
from engine.journal import read_journal
from engine.paranoid import invariants as inv
from engine.paranoid.invariants import engine_invariants
from engine.person import Absent
from graph.checkpoints import BEFORE_ANY_NODE
from graph.ledger import EffectKey, SpendRow


async def found(invariant):
    """What an invariant finds, its texts readable in every language."""
    findings = await invariant.find()
    for finding in findings:
        for locale in LOCALES:
            assert finding.what.text(locale)
            assert finding.action is None or finding.action.text(locale)
    return findings


async def checks(invariant):
    return [(finding.check, finding.severity) for finding in await found(invariant)]


async def test_a_real_data_folder_keeps_them_all(life):
    async with life.engine() as engine:
        for invariant in engine_invariants(engine):
            for _ in range(3):
                assert await found(invariant) == [], invariant.check


def test_they_only_read(life, tmp_path):
    """Everything but SQLite's own bookkeeping files and the log of the opening stays as it was."""

    async def look():
        async with life.engine() as engine:
            engine.journal.flush()  # what the opening told
            before = snapshot(life.home.root)
            for invariant in engine_invariants(engine):
                await invariant.find()
            after = snapshot(life.home.root)
            assert [name for name in after.keys() | before.keys() if after.get(name) != before.get(name)] == []

    asyncio.run(look())


def snapshot(root):
    return {
        str(path): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


# ---------------------------------------------------------------------------------------------------- the archive


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE messages SET text = X'00' WHERE position = 1",
        "UPDATE runs SET outcome = 'answered' WHERE outcome = 'delivered'",
        "UPDATE projects SET title = X'6162' WHERE position = 1",
        "UPDATE versions SET sha256 = 'f' || substr(sha256, 2) WHERE substr(sha256, 1, 1) <> 'f'",
        "UPDATE blobs SET packed = X'789C030000000001' WHERE sha256 = (SELECT min(sha256) FROM blobs)",
        "UPDATE blobs SET packed = X'00' WHERE sha256 = (SELECT max(sha256) FROM blobs)",
    ],
)
async def test_a_changed_record_is_found(life, damage):
    if "versions" in damage:
        life.change(life.home.database, "UPDATE versions SET sha256 = '0' || substr(sha256, 2)")
    life.change(life.home.database, damage)
    scrub = inv.ArchiveScrub(life.home.database)
    assert await checks(scrub) == [("archive-hash", "critical")]


async def test_of_an_archive_full_of_damage_enough_is_told(life):
    life.change(
        life.home.database,
        "INSERT INTO blobs SELECT 'x' || value, X'00' FROM (WITH RECURSIVE n(value) AS"
        " (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 1000) SELECT value FROM n)",
    )
    assert len(await found(inv.ArchiveScrub(life.home.database))) == 100


async def test_one_flipped_bit_is_found_by_small_turns_and_forgotten_once_it_is_whole(life):
    life.change(life.home.database, "UPDATE messages SET author = 'multicoder' WHERE position = 1")
    scrub = inv.ArchiveScrub(life.home.database, rows=1)
    passes = [await checks(scrub) for _ in range(4)]
    assert passes[0] == passes[-1] == [("archive-hash", "critical")]
    life.change(life.home.database, "UPDATE messages SET author = 'person' WHERE position = 1")
    for _ in range(20):
        last = await checks(scrub)
    assert last == []


# ------------------------------------------------------------------------------------------ commits and versions


def objects_of(life, project):
    return life.home.projects / project / "repo" / "objects"


def lose(life, project, commit):
    (objects_of(life, project) / commit[:2] / commit[2:]).unlink()


async def test_a_lost_commit_is_missed_by_position_ledger_and_version(life):
    async with life.engine() as engine:
        _, project = await life.delivered(engine)
        head = await engine.workspace.head(project)
        lose(life, project, head)
        for invariant, check in (
            (inv.NamedCommits(engine), "checkpoint-commits"),
            (inv.CommittedEffects(engine), "ledger-commits"),
            (inv.DeliveredVersions(engine), "delivered-versions"),
        ):
            assert (check, "critical") in await checks(invariant)


async def test_one_damaged_file_of_a_commit_is_found(life):
    async with life.engine() as engine:
        _, project = await life.delivered(engine)
        texts = await engine.workspace.files(project, await engine.workspace.head(project))
        name = Blob.from_string(next(iter(texts.values())).encode()).id.decode()
        file = objects_of(life, project) / name[:2] / name[2:]
        file.chmod(0o600)
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
        assert ("delivered-versions", "critical") in await checks(inv.DeliveredVersions(engine))


async def test_a_repository_that_is_gone_is_found(life):
    async with life.engine() as engine:
        _, project = await life.delivered(engine)
        shutil.rmtree(life.home.projects / project)
        assert ("checkpoint-commits", "critical") in await checks(inv.NamedCommits(engine))


async def test_a_commit_the_ledger_only_claims_is_found(life):
    async with life.engine() as engine:
        run, _ = await life.delivered(engine)
        await engine.ledger.record(EffectKey(run, 0, "commit:module", "x", 1), "0" * 40)
        (finding,) = await found(inv.CommittedEffects(engine))
        assert finding.facts["run"] == run


async def test_a_version_without_its_tag_is_found(life):
    async with life.engine() as engine:
        _, project = await life.delivered(engine)
        (life.home.projects / project / "repo" / "refs" / "tags" / "v1").unlink()
        assert await checks(inv.DeliveredVersions(engine)) == [("delivered-versions", "warning")]


def change(artifact, original):
    Path(artifact).write_bytes(original.read_bytes() + b"!")


async def test_a_delivered_file_that_changed_or_is_gone_is_said(life, tmp_path):
    async with life.engine() as engine:
        _, project = await life.delivered(engine)
        (version,) = await engine.archive.versions(project)
        artifact, aside = version.artifact, tmp_path / "aside"
        shutil.move(artifact, aside)
        try:
            assert await checks(inv.DeliveredVersions(engine)) == [("delivered-versions", "note")]
            change(artifact, aside)
            assert await checks(inv.DeliveredVersions(engine)) == [("delivered-versions", "warning")]
        finally:
            shutil.move(aside, artifact)
        assert await checks(inv.DeliveredVersions(engine)) == []


# ------------------------------------------------------------------------------------------------ runs and money


async def test_outcomes_that_disagree_are_found_whichever_side_is_wrong(life):
    async with life.engine() as engine:
        run, _ = await life.delivered(engine)
        await engine.archive.set_outcome(run, "")
        (finding,) = await found(inv.Outcomes(engine))
        assert finding.facts["where"] == "archive"
        await engine.archive.set_outcome(run, "answered")
        (finding,) = await found(inv.Outcomes(engine))
        assert (finding.subject, finding.facts["where"]) == (run, "checkpoint")
        await engine.archive.set_outcome(run, "delivered")
        assert await found(inv.Outcomes(engine)) == []


async def test_a_run_cancelled_before_its_first_node_has_no_state_to_disagree_with(life, tmp_path, monkeypatch):
    async with life.engine() as engine:
        driver = RunDriver(engine)
        options = {"out": str(tmp_path), "target": "source", "attachments": []}
        project = (await engine.archive.add_project("talk", out=str(tmp_path), locale="en")).project
        run = await driver.create(project, "What can you do?", options, {}, locale="en", team="demo")
        saver = type(engine.saver)  # langgraph works with a copy of the object
        kept = saver.aput

        async def cut_off(*arguments):
            if arguments[3]["source"] != BEFORE_ANY_NODE:
                raise OSError("the disk is gone")
            return await kept(*arguments)

        monkeypatch.setattr(saver, "aput", cut_off)
        with pytest.raises(OSError, match="the disk is gone"):
            await driver.drive(run, Absent())
        monkeypatch.undo()
        await RunDriver(engine).cancel(run)
        assert (await engine.archive.run(run)).outcome == "cancelled"
        outcomes = inv.Outcomes(engine)
        for _ in range(3):
            assert await found(outcomes) == []


async def test_what_was_found_stands_while_others_have_their_turn_and_goes_when_it_is_mended(life):
    async with life.engine() as engine:
        broken, project = await life.delivered(engine)
        first = await engine.archive.run(broken)
        for number in range(25):
            await engine.archive.add_run(f"r-{number}", project, first.request, first.options)
        await engine.archive.set_outcome(broken, "answered")
        outcomes = inv.Outcomes(engine)
        for _ in range(15):
            assert [item.subject for item in await found(outcomes)] == [broken]
        await engine.archive.set_outcome(broken, "delivered")
        for _ in range(6):
            last = await found(outcomes)
        assert last == []


async def test_a_delivery_without_a_version_is_found(life):
    async with life.engine() as engine:
        life.change(life.home.database, "DELETE FROM versions")
        (finding,) = await found(inv.Outcomes(engine))
        assert finding.facts["where"] == "version"


@pytest.mark.parametrize("limit", ["usd", "tokens", "calls"])
async def test_spending_far_above_a_limit_is_found_and_one_call_above_is_not(life, limit):
    usage = {"usd": Usage(1, 1, 3.0, priced=True), "tokens": Usage(2_000_000, 0, 0.0, priced=True), "calls": Usage()}[
        limit
    ]
    most = {"usd": 2, "tokens": 2, "calls": 401}[limit]
    async with life.engine() as engine:
        run = next(item.run for item in await engine.archive.runs() if not item.outcome)
        spent = (await engine.ledger.spent(run)).calls
        for number in range(most - (spent if limit == "calls" else 0)):
            key = EffectKey(run, 0, "call:x", attempt=number)
            await engine.ledger.record(key, {}, SpendRow("x", "", "p:m", usage, 1.0))
        assert await found(inv.SpendWithinCaps(engine)) == []
        for number in range(2):
            key = EffectKey(run, 0, "call:y", attempt=number)
            await engine.ledger.record(key, {}, SpendRow("y", "", "p:m", usage, 1.0))
        assert [finding.facts["limit"] for finding in await found(inv.SpendWithinCaps(engine))] == [limit]


# ------------------------------------------------------------------------------------------------------- decisions


@pytest.mark.parametrize(
    "forged",
    [
        "reply = NULL",
        "redeemed = 'x'",
        "expires = 1",
    ],
)
async def test_a_card_redeemed_without_its_answer_is_found(life, forged):
    one = "(SELECT min(nonce) FROM approvals WHERE redeemed IS NOT NULL)"
    life.change(life.home.ledger, f"UPDATE approvals SET {forged} WHERE nonce = {one}")
    async with life.engine() as engine:
        assert await checks(inv.Decisions(engine)) == [("decisions", "critical")]


@pytest.mark.parametrize(
    ("forged", "why"),
    [
        ("used = 1", "reason"),
        ("decision = 'allow', decided = 1, reason = ' ', via = 'x'", "reason"),
        ("decision = 'allow', decided = 1, reason = 'r', via = ''", "reason"),
        ("decision = 'allow', decided = 1, reason = 'r', via = 'terminal'", "journal"),
        ("decision = 'refuse', decided = 1, reason = 'r', via = 'terminal', used = 2", "used"),
        ("decision = 'allow', decided = 1, reason = 'r', via = 'terminal', digest = 'x'", "digest"),
        ("decision = 'allow', decided = 1, reason = 'r', via = 'terminal', facts = '{}'", "digest"),
    ],
)
async def test_a_permission_written_into_the_ledger_is_found(life, forged, why):
    async with life.engine() as engine:
        with pytest.raises(Exception, match="action-blocked"):
            await engine.guard.check(DangerousAction("publish", "x", "r-1"))
        assert await found(inv.Decisions(engine)) == []
        await engine.ledger.execute(lambda db: db.execute(f"UPDATE actions SET {forged}"))
        (finding,) = await found(inv.Decisions(engine))
        assert finding.facts["why"] == why


async def test_running_unprotected_is_found_when_the_ledger_allows_it(life):
    async with life.engine() as engine:
        with pytest.raises(Exception, match="action-blocked"):
            await engine.guard.check(DangerousAction("unsandboxed", "x", "r-1"))
        allow = "UPDATE actions SET decision='allow', decided=1, reason='r', via='terminal'"
        await engine.ledger.execute(lambda db: db.execute(allow))
        (finding,) = await found(inv.Decisions(engine))
        assert finding.facts["why"] == "never"


async def test_a_decision_of_a_person_is_in_order(life):
    async with life.engine() as engine:
        action = DangerousAction("publish", "x", "r-1")
        with pytest.raises(Exception, match="action-blocked") as caught:
            await engine.guard.check(action)
        await engine.guard.decide(caught.value.facts["action"], allowed=True, reason="I want it.", via="terminal")
        assert await found(inv.Decisions(engine)) == []
        await engine.guard.check(action)
        assert await found(inv.Decisions(engine)) == []


async def test_something_built_though_red_unjudged_or_unapproved_is_found(life):
    async with life.engine() as engine:
        _, project = await life.delivered(engine)
        state = (await engine.graph.aget_state({"configurable": {"thread_id": project}})).values
        red = {**state["verdicts"]["code"], "level": "red"}
        await life.rewrite(engine, verdicts={"code": red})
        assert [item.facts["subject"] for item in await found(inv.RedApproved(engine))] == ["code"]
        unjudged = {**state["verdicts"]["plan"], "judged": False}
        await life.rewrite(engine, verdicts={"code": state["verdicts"]["code"], "plan": unjudged})
        assert [item.facts["subject"] for item in await found(inv.RedApproved(engine))] == ["plan"]
        await life.rewrite(engine, verdicts=state["verdicts"], approvals=[])
        assert [item.facts["subject"] for item in await found(inv.RedApproved(engine))] == ["request", "plan"]
        restored = {**state["options"], "restore": 1}
        await life.rewrite(engine, options=restored)  # approved in the run that made it
        assert await found(inv.RedApproved(engine)) == []
        await life.rewrite(engine, verdicts={"code": red})  # judged like any other
        assert [item.facts["subject"] for item in await found(inv.RedApproved(engine))] == ["code"]


# ----------------------------------------------------------------------------------------------------------- plans


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda plan: plan["modules"][0]["needs"].append("nowhere"), "gap"),
        (lambda plan: plan["modules"][0]["uses"].append("nowhere"), "gap"),
        (lambda plan: plan["modules"][0]["needs"].append(plan["modules"][0]["name"]), "circle"),
        (lambda plan: plan["modules"].pop(), "strange"),
    ],
)
async def test_a_plan_that_does_not_hold_together_is_found(life, damage, fault):
    async with life.engine() as engine:
        _, project = await life.delivered(engine)
        (version,) = await engine.archive.versions(project)
        plan = json.loads(json.dumps(version.plan))
        damage(plan)
        await life.rewrite(engine, plan=await engine.archive.put_blob(json.dumps(plan).encode()))
        assert fault in [item.facts["fault"] for item in await found(inv.PlanGraph(engine))]


async def test_a_module_accepted_before_what_it_needs_is_found(life):
    async with life.engine() as engine:
        _, project = await life.delivered(engine)
        (version,) = await engine.archive.versions(project)
        plan = json.loads(json.dumps(version.plan))
        first = plan["modules"][0]["name"]
        plan["modules"].append({**plan["modules"][0], "name": "late", "needs": [first]})
        state = (await engine.graph.aget_state({"configurable": {"thread_id": project}})).values["modules"]
        modules = {"late": state[first], first: {**state[first], "status": "failed"}}
        await life.rewrite(engine, plan=await engine.archive.put_blob(json.dumps(plan).encode()), modules=modules)
        assert "early" in [item.facts["fault"] for item in await found(inv.PlanGraph(engine))]


# ------------------------------------------------------------------------------------------------- files, processes


async def test_a_changed_journal_is_found_and_told_until_it_is_whole(life):
    connection = sqlite3.connect(life.home.journal)
    connection.executescript("DROP TRIGGER events_fixed; UPDATE events SET name = 'node.finished' WHERE seq = 3;")
    connection.close()
    chain = inv.JournalChain(life.home.journal, whole_every=3)
    for _ in range(4):
        (finding,) = await found(chain)
        assert (finding.check, finding.severity) == ("journal-chain", "critical")


@pytest.mark.parametrize("secret", ["sk-" + "aB3" * 10, "ghp_" + "a1" * 15, "Authorization: Bearer abcdef123456"])
async def test_a_secret_in_journal_or_log_is_found(life, secret):
    hidden = inv.SecretsHidden(life.home.journal, life.home.log)
    async with life.engine() as engine:
        engine.journal.emit(Event("INFO", "test.said", data={"text": secret, "password": "hunter22"}))
        engine.journal.flush()
        assert await found(hidden) == []  # the journal redacts by itself
    life.home.log.write_text(f"somebody printed {secret}\n")
    assert await checks(hidden) == [("secrets-hidden", "critical")]
    life.home.log.write_text("")
    newest = read_journal(life.home.journal)[-1].seq
    connection = sqlite3.connect(life.home.journal)
    connection.execute("DROP TRIGGER events_fixed")
    connection.execute("UPDATE events SET data = ? WHERE seq = ?", (json.dumps({"text": secret}), newest))
    connection.commit()
    connection.close()
    assert await checks(hidden) == [("secrets-hidden", "critical")]


@pytest.mark.skipif(sys.platform == "win32", reason="a parent that dies hands its children over on POSIX only")
def test_a_job_that_outlived_its_engine_is_found_and_our_own_are_not(life):
    place = str(life.home.builds / "job.py")
    orphans = inv.Orphans(life.home.builds)
    wait = "import time; time.sleep(60)"
    own = subprocess.Popen([sys.executable, "-c", wait, place])
    lost = 0
    try:
        assert asyncio.run(found(orphans)) == []
        handing_over = (
            "import subprocess, sys\n"
            f"child = subprocess.Popen([sys.executable, '-c', {wait!r}, {place!r}], stdout=-3, stderr=-3)\n"
            "print(child.pid)\n"
        )
        done = subprocess.run([sys.executable, "-c", handing_over], capture_output=True, text=True, check=True)
        lost = int(done.stdout)
        (finding,) = asyncio.run(found(orphans))
        assert (finding.check, finding.facts["pid"]) == ("orphans", str(lost))
    finally:
        own.kill()
        own.wait()
        if lost and psutil.pid_exists(lost):
            os.kill(lost, 9)


async def test_trends_are_read_off_the_real_journal(life):
    async with life.engine() as engine:
        trends = inv.Trends(engine)
        assert await found(trends) == []
        assert await found(inv.Trends(engine, lambda: time.time() + 100_000)) == []
        run, project = await life.delivered(engine)
        other = next(item for item in await engine.archive.runs() if not item.outcome)
        await engine.archive.move_run(other.run, project)
        for name in (run, other.run):
            engine.journal.emit(Event("INFO", "node.started", run=name, data={"node": "build"}))
        assert [item.check for item in await found(trends)] == ["trend-two-runs"]


async def test_an_effect_performed_again_after_it_was_recorded_is_found(life):
    async with life.engine() as engine:
        run, _ = await life.delivered(engine)
        trends = inv.Trends(engine)
        key = EffectKey(run, 9, "deliver")

        async def perform(_):
            return "done"

        await engine.ledger.once(key, perform)
        await engine.ledger.once(key, perform)
        assert await found(trends) == []
        await engine.ledger.execute(lambda db: db.execute("DELETE FROM effects WHERE key = ?", (str(key),)))
        await engine.ledger.once(key, perform)
        assert [item.check for item in await found(trends)] == ["trend-twice"]
