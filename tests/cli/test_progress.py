"""``gonogo progress``: the daily run, its difference, and what counts as history."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import write_stated

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.model.assessment import Purpose


@pytest.fixture
def today(small_program):
    """A small program that is ready now, so that the system's clock can be used."""
    return small_program(now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1))


@pytest.fixture
def stated_today(tmp_path):
    """The program of four statements, ready now."""
    return write_stated(tmp_path / "stated", now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1))


class TestProgress:
    def test_a_first_run_has_no_history_and_says_what_it_is(self, stated_today, capfd):
        """Exit 0: complete, and nothing is worse than nothing."""
        code = run(["progress", str(stated_today.root)])

        lines = capfd.readouterr().out.splitlines()
        assert code == 0
        assert lines[0] == "Progress run: nothing can be deployed on it."
        assert "- No history: this is the first recorded run of this release." in lines
        assert lines[-1] == "verdict=GO"

    def test_what_got_worse_ends_with_1_and_is_named(self, stated_today, capfd):
        """Yesterday every post was filled."""
        run(["progress", str(stated_today.root), "-o", "json"])
        capfd.readouterr()
        stated_today.deny("desk.staffed")

        code = run(["progress", str(stated_today.root), "-o", f"json:{stated_today.root / 'r.json'}"])

        out = capfd.readouterr().out
        assert code == 1
        assert out.splitlines()[0].startswith("Progress run")
        assert "worse: operations.desk.staffed" in out
        assert "The verdict is worse" in out, "told though no report goes to the terminal"
        assert out.splitlines()[-1] == "verdict=NO-GO"

    def test_a_steady_no_go_is_not_worse(self, stated_today, capfd):
        """The daily run raises its hand for news, not for what everybody knows."""
        stated_today.deny("desk.staffed")
        run(["progress", str(stated_today.root)])
        capfd.readouterr()

        code = run(["progress", str(stated_today.root)])

        out = capfd.readouterr().out
        assert code == 0
        assert "Nothing has changed" in out

    def test_a_list_that_cannot_be_read_any_more_and_one_that_shows_a_failure_are_both_worse(self, today, capfd):
        """An unreadable list that became readable and shows open posts was told as `Nothing changed`."""
        sound = (today.root / "evidence/desk.csv").read_bytes()
        (today.root / "evidence/desk.csv").write_bytes(sound + b'"torn')
        run(["progress", str(today.root)])
        capfd.readouterr()
        (today.root / "evidence/desk.csv").write_bytes(sound.replace(b"D2,filled", b"D2,open"))

        code = run(["progress", str(today.root)])

        out = capfd.readouterr().out
        assert code == 1
        assert "worse: operations.desk.staffed: Not met" in out
        assert "asks desk.open_posts" not in out, "the bar stands where it stood"
        assert "changed: The source desk answers again: 1 of 1 fact." in out

    def test_a_value_that_moves_within_its_threshold_is_told_and_raises_no_hand(self, small_program, capfd):
        """Nothing changed was printed, and a week later nobody could say when it began."""
        today = small_program(now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1))
        run(["progress", str(today.root)])
        capfd.readouterr()
        today.edit("evidence/survey.csv", "P99,no", "P99,yes")

        code = run(["progress", str(today.root)])

        out = " ".join(capfd.readouterr().out.split())
        assert code == 0
        assert "changed: survey.response_ratio rose from" in out
        assert "still reached, with more room" in out

    def test_a_rehearsal_is_nobodys_history(self, stated_today, capfd):
        """Somebody tries out a bad day in between; what got worse since the last real run must still be told."""
        run(["progress", str(stated_today.root)])
        stated_today.deny("desk.staffed")
        run(["assess", str(stated_today.root), "--engine", "reference"])
        capfd.readouterr()

        code = run(["progress", str(stated_today.root)])

        assert code == 1
        assert "worse: operations.desk.staffed" in capfd.readouterr().out

    def test_a_program_that_adopts_step_by_step_is_run_daily(self, small_program, capfd):
        """What is not adopted shows as such, and the run is a progress run."""
        adopted = (
            "[program.cutover.approved, system.tests.executed, workforce.training.completion, operations.desk.staffed]"
        )
        small = small_program(
            now=datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1), more=f"adopt: {adopted}"
        )

        code = run(["progress", str(small.root)])

        out = capfd.readouterr().out
        assert code == 0
        assert out.startswith("Progress run")
        assert "not yet adopted" in out.lower()
        assert [entry.purpose for entry in open_history(small.log).runs] == [Purpose.PROGRESS]

    def test_an_injected_clock_makes_it_a_rehearsal(self, stated, capfd):
        """Nobody backdates a daily run."""
        assert run(["progress", str(stated.root), "--as-of", stated.as_of]) == 0
        assert capfd.readouterr().out.startswith("Rehearsal")
