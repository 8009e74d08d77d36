"""``gonogo requests``: from a fresh collection or from the log, for all or for one, in every format."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from icalendar import Calendar

from gonogo.audit.history import open_history
from gonogo.audit.reading import read_log
from gonogo.cli import run
from gonogo.model.assessment import EngineMode, Purpose
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.requesting import RequestOrder, requests_for


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def rosterless(small):
    """A small program whose roster is missing and whose desk list will be too old at go-live."""
    next(small.root.glob("evidence/training_*.csv")).unlink()
    return small


class TestFresh:
    def test_it_says_who_owes_what_and_records_nothing(self, rosterless, capfd):
        """The roster is the functional lead's; asking for it changes no log."""
        assert run(["requests", str(rosterless.root), "--as-of", rosterless.as_of]) == 0

        out = words(capfd.readouterr().out)
        assert "To: Tom Reyes (the customer's functional lead)" in out
        assert "Supply training (evidence/training_*.csv), made by Training office" in out
        assert "From evidence that was collected for this on Mon 2027-04-19 12:00 EDT" in out
        assert "Renew desk (evidence/desk.csv), made by Service desk" in out
        assert "the provider's program manager (nobody holds this seat in the people register)" in out
        assert not rosterless.log.exists()

    def test_evidence_supplied_as_told_is_no_longer_owed_for_the_decision(self, rosterless):
        """The whole round: ask, supply a file of the first day that serves, ask again at the meeting."""
        before = requests_for(RequestOrder(rosterless.root, decision=date(2027, 4, 26), as_of=rosterless.now))
        owed = next(f for one in before.addressees for f in one.facts if f.fact == "training.completed_ratio")
        day = before.program.local_date(owed.decision_from)
        assert day == date(2027, 4, 20)
        for offset, expected in ((0, False), (-1, True)):
            name = f"evidence/training_{day + timedelta(days=offset)}.csv"
            (rosterless.root / name).write_text("person,status\nP1,done\n", encoding="utf-8")

            after = requests_for(RequestOrder(rosterless.root, decision=date(2027, 4, 26), as_of=before.decision))

            asked = [f for one in after.addressees for f in one.facts if f.fact == "training.completed_ratio"]
            assert [f.for_decision for f in asked] == [expected]
            (rosterless.root / name).unlink()

    def test_every_format_at_once(self, rosterless, capfd, tmp_path):
        """One collection, three files for three kinds of readers."""
        made = {name: tmp_path / f"owed.{name}" for name in ("xlsx", "ics")}
        outputs = [part for name, path in made.items() for part in ("-o", f"{name}:{path}")]

        assert run(["requests", str(rosterless.root), "--as-of", rosterless.as_of, *outputs, "-o", "text"]) == 0

        assert "To: Tom Reyes" in capfd.readouterr().out
        sheet = openpyxl.load_workbook(made["xlsx"])["Requests"]
        assert "training.completed_ratio" in [cell.value for cell in sheet["D"]]
        events = Calendar.from_ical(made["ics"].read_bytes()).walk("VEVENT")
        assert any("Tom Reyes" in str(event["summary"]) for event in events)

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--decision", "2027-04-18"], "in the past"),
            (["--decision", "2027-05-04"], "after go-live"),
            (["--decision", "2027-02-30"], "not a date"),
            (["--decision", "2027-04-26T12:00"], "no offset"),
            (["-o", "pdf"], "no report format"),
            (["-o", "xlsx"], "not shown on stdout"),
            (["--from-log"], "no audit log"),
        ],
    )
    def test_what_cannot_be_asked_ends_with_2(self, small, capfd, arguments, said):
        """Each with its own sentence."""
        assert run(["requests", str(small.root), "--as-of", small.as_of, *arguments]) == 2
        assert said in capfd.readouterr().err

    def test_after_go_live_there_is_nothing_to_ask_for(self, small, capfd):
        """The ladder has no rung left."""
        assert run(["requests", str(small.root), "--as-of", "2027-05-04T00:00Z"]) == 2
        assert "went live on" in capfd.readouterr().err


def test_what_the_decisions_milestone_asks_is_owed_and_not_what_todays_does(small_program):
    """80% of the people are enough two weeks before, and 98% on the day: who hears of it on the day hears too late."""
    small = small_program(trained=80)

    def works(day: date) -> list[str]:
        found = requests_for(RequestOrder(small.root, decision=day, as_of=small.now))
        return [work.criterion.id for one in found.addressees for work in one.works]

    assert works(date(2027, 4, 26)) == []
    assert works(date(2027, 5, 3)) == ["workforce.training.completion"]


class TestFromLog:
    def test_what_was_tried_out_since_is_not_what_is_known(self, small_program, capfd):
        """A rehearsal on half a folder would ask forty people for what the last real run had."""
        small = small_program(now=datetime.now(UTC))
        assess(Order(program=small.root, purpose=Purpose.PROGRESS))
        next(small.root.glob("evidence/training_*.csv")).unlink()
        assess(Order(program=small.root, purpose=Purpose.PROGRESS, engine=EngineMode.REFERENCE))
        real, tried = open_history(small.log).runs

        assert run(["requests", str(small.root), "--from-log"]) == 0

        out = words(capfd.readouterr().out)
        assert tried.purpose is Purpose.REHEARSAL
        assert f"From the recorded run {real.run} of" in out
        assert "a rehearsal" not in out
        assert "Supply training" not in out

    def test_it_tells_the_same_as_a_fresh_collection(self, assessed, capfd):
        """The log holds every fact and gap that the ruleset reads."""
        run(["requests", str(assessed.root), "--as-of", assessed.as_of])
        fresh = capfd.readouterr().out.splitlines()
        before = len(read_log(assessed.log))

        assert run(["requests", str(assessed.root), "--as-of", assessed.as_of, "--from-log"]) == 0

        logged = capfd.readouterr().out.splitlines()
        assert [line for line in fresh if line not in logged] == [
            "From evidence that was collected for this on Mon 2027-04-19 12:00 EDT; nothing was judged or recorded."
        ]
        assert len(read_log(assessed.log)) == before

    def test_a_person_a_seat_and_nobody(self, assessed, capfd):
        """A name that nobody has is a mistake, not an empty answer."""
        base = ["requests", str(assessed.root), "--from-log", "--as-of", assessed.as_of, "--to"]

        assert run([*base, "tom.reyes"]) == 0
        one = capfd.readouterr().out
        assert run([*base, "Tom  Reyes"]) == 0
        assert capfd.readouterr().out == one
        assert run([*base, "customer.functional_lead"]) == 0
        assert capfd.readouterr().out == one
        assert one.count("\nTo: ") == 1
        assert run([*base, "provider.program_manager"]) == 0
        assert "nobody holds this seat" in capfd.readouterr().out
        assert run([*base, "tom.reyez"]) == 2
        assert "did you mean tom.reyes" in capfd.readouterr().err

    def test_another_ruleset_than_the_runs_is_refused(self, assessed, capfd):
        """The log does not know what a new criterion reads."""
        assessed.edit("rules/ruleset.yaml", "max_age: 30d", "max_age: 29d")

        assert run(["requests", str(assessed.root), "--from-log", "--as-of", assessed.as_of]) == 2
        assert "The ruleset has changed since the last recorded run" in capfd.readouterr().err

    def test_a_moment_before_the_run_is_refused(self, assessed, capfd):
        """What was known later was not known then."""
        assert run(["requests", str(assessed.root), "--from-log", "--as-of", "2027-04-01T00:00Z"]) == 2
        assert "later than the moment" in capfd.readouterr().err

    def test_a_broken_log_is_5(self, assessed, capfd):
        """Requests are not made from records that somebody changed."""
        segment = next(assessed.log.glob("*.jsonl"))
        segment.write_bytes(segment.read_bytes().replace(b"desk", b"disk", 1))

        assert run(["requests", str(assessed.root), "--from-log", "--as-of", assessed.as_of]) == 5
        assert "broken" in capfd.readouterr().err
