"""A whole drill of a small program: what stops each class, what is not planted, and what is left of it all."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import write_small
from tests.drill.conftest import by_id, drill_quickly, drilled, with_signers
from tests.drill.test_scratch_copy import contents
from tests.figures import figure

from gonogo.audit.history import open_history
from gonogo.audit.reading import read_log
from gonogo.audit.verification import verify_log
from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.defect_classes import DEFECTS
from gonogo.drill.drilling import DrillOrder
from gonogo.drill.kinds import acceptance_defects, bundle_defects, decision_defects, lock_defects
from gonogo.errors import ConfigurationError, Problem, UsageError
from gonogo.model.drill import DrillOutcome
from gonogo.model.event import EventType
from gonogo.model.verdict import Verdict
from gonogo.plugin.inputs.scratch_folder import scratch_folder

TESTS, TRAINED = "system.tests.executed", "workforce.training.completion"
APPROVED, SURVEY = "program.cutover.approved", "workforce.survey.response"
STOPPED_BY = {
    **dict.fromkeys(("lost-source", "empty-source", "zeros", "torn-source", "symlink", "pipe", "too-large"), TESTS),
    **dict.fromkeys(("another-file", "hidden-failure", "dropped-test", "renamed-outcome", "repeated-test"), TESTS),
    **dict.fromkeys(("torn-report", "half-report", "old-report", "future-report", "another-build"), TESTS),
    **dict.fromkeys(("entity-bomb", "shrunk-plan", "torn-plan", "released-another-build"), TESTS),
    **dict.fromkeys(("unbound-source", "not-evidence"), TESTS),
    **dict.fromkeys(("second-candidate", "torn-table", "header-only", "doubled-row", "unclosed-quote"), TRAINED),
    **dict.fromkeys(("changed-heading", "swapped-headings", "unknown-word", "old-name", "future-name"), TRAINED),
    **dict.fromkeys(("old-word", "future-word"), "operations.desk.staffed"),
    **dict.fromkeys(("wrong-seat", "not-in-seat", "own-work", "nobody-prepared", "qualified"), APPROVED),
    **dict.fromkeys(("old-statement", "future-statement", "alias-bomb", "torn-statements"), APPROVED),
    **dict.fromkeys(("people-emptied", "people-left"), APPROVED),
    **dict.fromkeys(("plan-overdue", "plan-without-owner", "plan-of-nothing"), SURVEY),
    **dict.fromkeys(("self-approved", "signed-once", "half-signed", "expired-waiver"), "waiver review"),
    **dict.fromkeys(("waiver-without-control", "waiver-signed-ahead"), "waiver review"),
    **dict.fromkeys(("two-ids", "waiver-of-another-release", "empty-requirement"), "exit 2"),
    **dict.fromkeys(("program-key-twice", "program-bomb", "torn-program", "people-torn"), "exit 2"),
    **dict.fromkeys(("lowered-severity", "dropped-criterion", "renamed-ruleset"), "exit 2"),
    **dict.fromkeys(("edited-log", "edited-verdict", "truncated-log", "torn-log", "dropped-record"), "exit 5"),
    **dict.fromkeys(("swapped-records", "rechained-log", "emptied-log"), "exit 5"),
    **dict.fromkeys(("injected-clock", "one-evaluator"), "kind of run"),
}
TOLD_BY = {
    "conflict-copy": "source",
    "torn-share": "value",
    "shrunk-denominator": "value",
    "lowered-threshold": "rules",
    "raised-age": "rules",
    "moved-golive": "rules",
    "another-program": "program",
    "deleted-log": "history",
    "log-elsewhere": "history",
}
NO_PLACE = {
    *("nan", "infinity", "not-available", "old-column", "future-column", "statement-nan", "statement-not-available"),
    *("formula-without-value", "torn-workbook", "rows-gone", "raid-rows-gone", "raid-emptied", "raid-headings"),
    *("golive-slipped", "old-schedule", "future-schedule", "activities-gone", "torn-schedule", "torn-xer"),
    *("two-answers", "expired-keys", "keys-of-another-program", "key-without-office", "another-log"),
    "log-cut-with-its-marks",
    *(
        defect.id
        for kind in (acceptance_defects, bundle_defects, decision_defects, lock_defects)
        for defect in kind.DEFECTS
    ),
}


STOPPED_HERE = dict(list(STOPPED_BY.items())[:: figure("classes that a drill stops: one in", small=2, large=1)])
"""`make torture` plants them all."""
OTHERS = {*STOPPED_BY} - {*STOPPED_HERE}


@pytest.fixture(scope="module")
def whole_drill(tmp_path_factory):
    """Every class but those that start other people's code, on a small program; and the program's folder."""
    small = with_signers(write_small(tmp_path_factory.mktemp("drilled") / "small"))
    classes = [each.id for each in DEFECTS if "collector" not in each.id and "plugin" not in each.id]
    return small.root, drilled(small, *(name for name in classes if name not in OTHERS))


@pytest.mark.torture
class TestWholeDrill:
    """The small program meets everything, so that nothing can get better."""

    @pytest.mark.parametrize(("name", "by"), STOPPED_HERE.items(), ids=STOPPED_HERE)
    def test_a_class_is_stopped_by_what_it_is_about(self, name, by, whole_drill):
        """A defect that is stopped by something else would get through where that is in order."""
        row = by_id(whole_drill[1].rows)[name]

        assert (row.outcome, row.by) == (DrillOutcome.STOPPED, by), row.sentence
        assert row.where

    @pytest.mark.parametrize(("name", "by"), TOLD_BY.items(), ids=TOLD_BY)
    def test_what_stops_nothing_is_told(self, name, by, whole_drill):
        """Somebody may move a date or a threshold; nobody may do it unseen."""
        row = by_id(whole_drill[1].rows)[name]

        assert (row.outcome, row.by) == (DrillOutcome.TOLD, f"told: {by}"), row.sentence

    def test_what_has_no_place_is_said_so_with_the_reason(self, whole_drill):
        """A class that was not planted was not stopped."""
        rows = [row for row in whole_drill[1].rows if row.outcome is DrillOutcome.NOT_PLANTED]

        assert {row.id for row in rows} == NO_PLACE
        assert all(row.sentence.startswith("Not planted: ") and not row.by and not row.where for row in rows)

    def test_a_list_without_a_control_that_was_cut_is_what_the_drill_finds(self, whole_drill):
        """Its count stays the same, and no run can know that it was longer: the binding has to say so."""
        _, result = whole_drill

        assert [row.id for row in result.rows if row.outcome.failed] == ["torn-count"]
        assert not result.passed

    def test_no_row_names_the_scratch_folder(self, whole_drill):
        """The path of a copy that is gone says nothing to a reader, and differs each time."""
        assert not [row.id for row in whole_drill[1].rows if "gonogo-run-" in row.sentence + row.where]

    def test_the_result_is_recorded_once_and_is_nobodys_history(self, whole_drill):
        """A drill must not be what the next run is compared with, nor hide what got worse."""
        root, result = whole_drill
        records = read_log(root / "audit")

        assert [record.type for record in records] == [EventType.LOG_OPENED, EventType.DRILL_FINISHED]
        assert records[-1].data == result.document()
        assert open_history(root / "audit").runs == ()
        assert verify_log(root / "audit").sound


class TestWhatGetsBetter:
    def test_a_share_that_nothing_controls_gets_better_and_fails_the_drill(self, small_program):
        """That is what a drill is for: the program office hears of it before somebody cuts the roster."""
        result = drilled(small_program(trained=55), "shrunk-denominator")

        (row,) = result.rows
        assert (result.verdict, row.outcome) == (Verdict.NO_GO, DrillOutcome.BETTER)
        assert row.sentence == "The verdict is GO, and it was NO-GO."
        assert not result.passed

    def test_a_control_stops_it(self, small_program):
        """The drill says nothing more than what the settings allow."""
        small = small_program(trained=55)
        small.edit(
            "gonogo.yaml",
            "unique: [person]\n      facts: {completed",
            "unique: [person]\n          control: {rows: 100}\n      facts: {completed",
        )
        small.edit(
            "gonogo.yaml",
            "people: {columns: {person: {type: id}, answered",
            "people: {control: {rows: 100}, columns: {person: {type: id}, answered",
        )

        (row,) = drilled(small, "shrunk-denominator").rows

        assert (row.outcome, row.by) == (DrillOutcome.STOPPED, TRAINED)

    def test_a_threshold_that_lets_an_open_criterion_pass_is_better(self, small_program):
        """Softer rules are told on page one, and still they let a program go live that would not."""
        small = small_program(trained=55)
        small.edit(
            "rules/ruleset.yaml",
            "parameters: {min_completion: {T-30: 60%, T-0: 98%}}",
            "parameters: {min_completion: 98%}",
        )

        (row,) = drilled(small, "lowered-threshold").rows

        assert (row.outcome, row.by) == (DrillOutcome.BETTER, "told: rules")

    def test_a_criterion_alone_that_gets_better_fails_it_too(self, small_program):
        """A program that is NO-GO for two reasons has no better verdict when one of them is forged away."""
        small = small_program(trained=55)
        (small.root / "evidence/desk.csv").unlink()

        result = drilled(small, "shrunk-denominator")

        (row,) = result.rows
        assert (result.verdict, row.outcome) == (Verdict.NO_GO, DrillOutcome.BETTER)
        assert row.sentence == f"{TRAINED} is met, and was not met."


def planting(plant, least=Noticed.SETBACK):
    """Return a class of its own."""
    return Defect("own", "Something of a test", "nothing", plant, least)


def touched(site):
    """Write a file anew with what it held."""
    site.copy.put("evidence/desk.csv", site.copy.read("evidence/desk.csv"))
    return Planted("evidence/desk.csv")


def blank_line(site):
    """Change bytes of a file that mean nothing."""
    site.copy.put("gonogo.yaml", b"# drill\n" + site.copy.read("gonogo.yaml"))
    return Planted("gonogo.yaml")


def no_place(site):
    """Give up."""
    raise NotPlanted("there is no place")


def mistaken(site):
    """Plant with a mistake of its own."""
    site.copy.remove("evidence/desk.csv")
    raise KeyError("no such thing")


def refused(site):
    """Break the program on the way."""
    site.copy.remove("people.yaml")
    raise ConfigurationError([Problem("G140", "people.yaml", "there is no such file")])


def unreadable(site):
    """Read what is not there."""
    site.copy.read("evidence/absent.csv")


class TestOneClass:
    @pytest.mark.parametrize("plant", [touched, blank_line])
    def test_what_nobody_notices_fails_the_drill(self, plant, small):
        """A class that leaves no trace is a hole, or plants nothing: either way somebody has to look."""
        result = drill_quickly(DrillOrder(small.root, [planting(plant)], as_of=small.now))

        assert [row.outcome for row in result.rows] == [DrillOutcome.UNNOTICED]
        assert not result.passed

    @pytest.mark.parametrize("plant", [no_place, mistaken, refused, unreadable])
    def test_a_class_that_cannot_be_planted_harms_nothing_that_follows(self, plant, small):
        """And it counts as nothing, whatever went wrong."""
        order = DrillOrder(small.root, [planting(plant), planting(touched)], as_of=small.now)

        first, second = drill_quickly(order).rows

        assert first.outcome is DrillOutcome.NOT_PLANTED
        assert "gonogo-run-" not in first.sentence
        assert second.outcome is DrillOutcome.UNNOTICED

    def test_a_trace_that_is_too_quiet_is_not_enough(self, small):
        """A copy beside a source is told; a class that must be stopped is not stopped by that."""
        (quiet,) = drill_classes("conflict-copy")

        told = drill_quickly(DrillOrder(small.root, [quiet], as_of=small.now)).rows[0]
        failed = drill_quickly(DrillOrder(small.root, [replace(quiet, least=Noticed.SETBACK)], as_of=small.now)).rows[0]

        assert (told.outcome, failed.outcome) == (DrillOutcome.TOLD, DrillOutcome.UNNOTICED)
        assert told.sentence == failed.sentence

    def test_a_hostile_collector_is_stopped_and_leaves_nothing_installed(self, ready):
        """Code of its own runs in a walled child, and the path of the process is as it was."""
        before = list(sys.path)

        rows = by_id(drilled(ready, "plugin-exits", "plugin-answers-for-others", "killed-collector").rows)

        assert {row.outcome for row in rows.values()} == {DrillOutcome.STOPPED}
        assert {row.by for row in rows.values()} == {TESTS}
        assert "never declared" in rows["plugin-answers-for-others"].sentence
        assert "SIGKILL" in rows["killed-collector"].sentence
        assert sys.path == before


def drill_classes(*names):
    """Return classes by name."""
    from gonogo.drill.defect_classes import chosen

    return chosen(names)


class TestTheProgramsFolder:
    def test_nothing_is_written_there_but_one_record(self, assessed, tmp_path, monkeypatch):
        """The evidence of a real program is nobody's to play with."""
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        before, records = contents(assessed.root), len(read_log(assessed.log))

        result = drilled(assessed, "lost-source", "edited-log", "lowered-severity", "people-torn")

        after = contents(assessed.root)
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        assert {name.partition("/")[0] for name in changed} == {"audit"}
        assert len(read_log(assessed.log)) == records + 1
        assert result.passed
        assert not list(tmp_path.glob("gonogo-run-*"))

    def test_the_next_run_is_compared_with_the_last_run_and_not_with_a_drill(self, assessed):
        """What got worse since yesterday stays worse, no matter who drilled in between."""
        last = open_history(assessed.log).run()

        drilled(assessed, "lost-source")

        assert open_history(assessed.log).run() == last

    def test_a_program_without_a_verdict_is_not_drilled(self, small):
        """What is refused as it stands would be refused for every class, and look like a wall."""
        small.edit("gonogo.yaml", "ruleset: ./rules", "ruleset: ./rulez")

        with pytest.raises(ConfigurationError):
            drilled(small, "lost-source")

        assert not small.log.exists()

    def test_a_release_is_named_where_there_are_several(self, small):
        """Each has its own verdict."""
        small.edit("gonogo.yaml", "\nruleset:", "\n  - {id: second, go_live: 2027-09-01T06:00Z}\nruleset:")

        with pytest.raises(UsageError, match="several releases"):
            drilled(small, "lost-source")

    def test_an_interrupted_drill_records_nothing_and_leaves_no_copy(self, assessed, tmp_path, monkeypatch):
        """Half a drill proves nothing, and its copy holds what is personal."""
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        before = contents(assessed.root)

        def interrupt(row):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            drilled(assessed, "lost-source", on_row=interrupt)

        assert contents(assessed.root) == before
        assert not list(tmp_path.glob("gonogo-run-*"))

    def test_a_killed_drill_leaves_the_log_whole_and_its_copy_to_the_next_run(self, assessed, tmp_path, monkeypatch):
        """Nothing can be cleaned up by a process that is dead; the next run of anything does it."""
        place = tmp_path / "place"
        place.mkdir()
        before = contents(assessed.root)
        script = (
            "import sys; from datetime import datetime; from pathlib import Path\n"
            "from gonogo.drill.drilling import DrillOrder, drill; from gonogo.drill.defect_classes import chosen\n"
            "order = DrillOrder(Path(sys.argv[1]), chosen([]), as_of=datetime.fromisoformat(sys.argv[2]))\n"
            "drill(order, on_row=lambda row: print(row.id, flush=True))\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script, str(assessed.root), assessed.now.isoformat()],
            stdout=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(place)},
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"lost-source\n"
            process.send_signal(signal.SIGKILL)

        assert contents(assessed.root) == before
        assert verify_log(assessed.log).sound
        assert list(place.glob("gonogo-run-*"))
        monkeypatch.setattr("tempfile.tempdir", str(place))
        with scratch_folder() as own:
            assert list(place.glob("gonogo-run-*")) == [Path(own)]
