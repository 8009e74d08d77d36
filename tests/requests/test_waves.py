"""A pilot and three releases of one program: one folder, one log, each release assessed for itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.audit.history import open_history
from gonogo.audit.verification import verify_log
from gonogo.cli import run
from gonogo.model.event import EventType

WAVES = {"pilot": -20, "R1": 14, "R2": 60, "R3": 120}


@pytest.fixture
def waves(small_program):
    """The desk was staffed for the pilot, the roster is R1's, everything else is shared."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    made = small_program(now=now)
    text = made.file.read_text(encoding="utf-8")
    start, end = text.index("releases:"), text.index("ruleset:")
    releases = "".join(
        f"  - {{id: {name}, go_live: {now + timedelta(days=days):%Y-%m-%dT%H:%M}Z, subjects: {{commit: build-7}}}}\n"
        for name, days in WAVES.items()
    )
    made.file.write_text(f"{text[:start]}releases:\n{releases}{text[end:]}", encoding="utf-8")
    made.edit(
        "gonogo.yaml", "    producer: Service desk\n", "    producer: Service desk\n    subject: {release: pilot}\n"
    )
    made.edit(
        "gonogo.yaml", "    producer: Training office\n", "    producer: Training office\n    subject: {release: R1}\n"
    )
    return made


@pytest.fixture
def carrying(waves):
    """The same, under a ruleset that lets the desk's staffing carry from wave to wave."""
    waves.edit("rules/ruleset.yaml", "    require: desk.open", "    carries: true\n    require: desk.open")
    return waves


def findings(small, release: str) -> dict[str, dict]:
    """The findings of the last run of a release, by criterion."""
    history = open_history(small.log)
    own = history.records([run for run in history.runs if run.release == release][-1])
    return {record.data["criterion"]: record.data for record in own if record.type is EventType.CRITERION_JUDGED}


def reason(finding: dict, fact: str) -> str:
    return next(entry["gap"]["reason"] for entry in finding["facts"] if entry["fact"] == fact)


class TestCarrying:
    def test_the_pilots_desk_counts_for_the_wave_where_the_criterion_carries(self, carrying, capfd):
        """And the report says that it is the pilot's."""
        assert run(["progress", str(carrying.root), "--release", "R1"]) == 0

        assert "verdict=GO" in capfd.readouterr().out
        desk = findings(carrying, "R1")["operations.desk.staffed"]
        assert desk["status"] == "met"
        assert "release pilot" in desk["facts"][0]["source"]

    def test_without_the_flag_it_is_about_something_else(self, waves, capfd):
        """A desk that was staffed for forty people is no proof for four thousand."""
        run(["progress", str(waves.root), "--release", "R1"])

        assert "verdict=NO-GO" in capfd.readouterr().out
        assert findings(waves, "R1")["operations.desk.staffed"]["status"] == "unknown"

    def test_a_criterion_that_does_not_carry_refuses_it_beside_one_that_does(self, carrying, capfd):
        """R2 has no roster of its own yet; R1's learners are other people."""
        run(["progress", str(carrying.root), "--release", "R2"])

        found = findings(carrying, "R2")
        assert found["operations.desk.staffed"]["status"] == "met"
        assert found["workforce.training.completion"]["status"] == "unknown"
        assert reason(found["workforce.training.completion"], "training.completed_ratio") == "wrong_subject"

    def test_the_pilots_file_that_is_gone_does_not_help(self, carrying, capfd):
        """Losing evidence never improves."""
        (carrying.root / "evidence/desk.csv").unlink()

        run(["progress", str(carrying.root), "--release", "R1"])

        assert findings(carrying, "R1")["operations.desk.staffed"]["status"] == "unknown"

    def test_its_own_desk_goes_first(self, carrying, capfd):
        """The wave's list has an open post."""
        own = (
            "  - id: desk-r1\n    collector: table\n    as: desk\n    path: evidence/desk_r1.csv\n"
            "    subject: {release: R1}\n"
            f"    as_of: {{at: '{carrying.now - timedelta(days=1):%Y-%m-%dT%H:%M}Z', by: Bo Lind}}\n"
            "    side: provider\n    producer: Service desk\n    settings:\n      tables:\n"
            "        posts: {columns: {post: {type: id}, state: {type: text, allowed: [filled, open]}}}\n"
            "      facts: {open_posts: {count: {where: 'state == \"open\"'}, unit: posts}}\n"
        )
        carrying.edit("gonogo.yaml", "  - id: statements\n", own + "  - id: statements\n")
        (carrying.root / "evidence/desk_r1.csv").write_text("post,state\nD1,filled\nD2,open\n", encoding="utf-8")

        run(["progress", str(carrying.root), "--release", "R1"])

        assert findings(carrying, "R1")["operations.desk.staffed"]["status"] == "not_met"


class TestOneLog:
    def test_each_release_is_compared_with_its_own_last_run(self, carrying, capfd):
        """R3 is far from ready, which is no news for R1."""
        assert run(["progress", str(carrying.root), "--release", "R1"]) == 0
        for name in ("pilot", "R3"):
            run(["progress", str(carrying.root), "--release", name])
            assert "No history" in capfd.readouterr().out

        assert run(["progress", str(carrying.root), "--release", "R1"]) == 0
        assert "Nothing has changed since the last run" in capfd.readouterr().out

        carrying.edit("evidence/survey.csv", "P0,yes", "P0,no")
        carrying.edit("evidence/desk.csv", "D2,filled", "D2,open")
        assert run(["progress", str(carrying.root), "--release", "R3"]) == 1
        assert "worse: operations.desk.staffed" in capfd.readouterr().out
        assert verify_log(carrying.log).ok

    def test_a_release_must_be_named(self, waves, capfd):
        """Nobody is told about another wave by accident."""
        assert run(["progress", str(waves.root)]) == 2
        assert "--release pilot, R1, R2, R3" in capfd.readouterr().err

    def test_requests_are_those_of_the_release(self, carrying, capfd):
        """R2 owes a roster, R1 has one."""
        run(["requests", str(carrying.root), "--release", "R1"])
        first = capfd.readouterr().out
        run(["requests", str(carrying.root), "--release", "R2"])
        second = capfd.readouterr().out

        assert "Supply training" not in first
        assert "It is about the release R1, not R2." in " ".join(second.split())
