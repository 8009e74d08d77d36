"""The Harborline example: generated, committed, read back, judged. What the README promises is asserted here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from tests.report.machine.conformance import faults

from gonogo.core.admit import Admission, admit
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.finding import Status
from gonogo.model.reply import Reply
from gonogo.model.verdict import Verdict
from gonogo.plugin.calendars import holidays_of
from gonogo.plugin.collection import CollectionRequest
from gonogo.plugin.host import collect
from gonogo.report.view import RunView
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order, RunResult
from gonogo.workflow.pipeline import assess, gather, judge

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harborline"
SCENARIOS = ("go", "conditional", "nogo")
NOON = datetime(2027, 4, 19, 12, tzinfo=ZoneInfo("America/New_York"))
FIGURES = yaml.load((EXAMPLE / "figures.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for scenario in SCENARIOS
        for path in sorted((folder / scenario).rglob("*"))
        if path.is_file() and not {"audit", "record", "gonogo.lock"} & set(path.relative_to(folder).parts)
    }


def _figure(fact: str, scenario: str) -> str:
    entry = FIGURES[fact]
    return entry if isinstance(entry, str) else entry[scenario]


def _told(entry: Evidence | Gap) -> str:
    """Return evidence as ``figures.yaml`` writes it."""
    if isinstance(entry, Gap):
        return f"gap {entry.reason.value}"
    if entry.part is not None:
        return f"{entry.part}/{entry.whole}"
    if isinstance(entry.value, bool):
        return str(entry.value).lower()
    return format(Decimal(str(entry.value)).normalize(), "f")


@dataclass(frozen=True)
class Collected:
    """One program, collected."""

    loaded: LoadedProgram
    replies: list[Reply]

    def evidence(self) -> EvidenceSet:
        """Return every fact of ``figures.yaml``, not only those that the ruleset reads."""
        admission = Admission(
            vocabulary=self.loaded.vocabulary,
            identity=self.loaded.program.identity,
            release=self.loaded.release,
            now=NOON,
            people=self.loaded.people,
            authority=self.loaded.program.authority,
        )
        return admit(self.replies, FIGURES, admission)

    def reply(self, binding: str) -> Reply:
        """Return one binding's reply."""
        return next(reply for reply in self.replies if reply.binding == binding)


def _collect(folder: Path, *, only: str | None = None) -> Collected:
    loaded = load(Order(program=folder))
    replies = collect(
        CollectionRequest(
            loaded.program,
            root=loaded.root,
            release=loaded.release,
            now=NOON,
            only=only,
            holidays=holidays_of(loaded.program.identity, range(2024, 2030)),
            vocabulary=loaded.vocabulary,
        )
    )
    return Collected(loaded, replies)


def _copy(scenario: str, folder: Path) -> Path:
    target = folder / scenario
    shutil.copytree(EXAMPLE / scenario, target, ignore=shutil.ignore_patterns("audit", "m3-hardened"))
    return target


@pytest.fixture(scope="module", params=SCENARIOS)
def scenario(request: pytest.FixtureRequest) -> str:
    """Return each scenario in turn."""
    return str(request.param)


class Programs(dict[str, tuple[RunResult, Collected]]):
    """Each program, assessed once in a copy, so that no log stays in the checkout, and what its sources answered."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, name: str) -> tuple[RunResult, Collected]:
        replies: list[Reply] = []

        def remember(*asked: Any, **more: Any) -> list[Reply]:
            replies.extend(gather(*asked, **more))
            return replies

        program = _copy(name, self.folder)
        result = assess(Order(program=program, as_of=NOON), gathering=remember)
        self[name] = result, Collected(load(Order(program=program)), replies)
        return self[name]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Programs:
    """Return the programs."""
    return Programs(tmp_path_factory.mktemp("harborline"))


@pytest.fixture
def assessed(programs: Programs) -> Callable[[str], RunResult]:
    """Return how a program ended."""
    return lambda name: programs[name][0]


@pytest.fixture
def collected(programs: Programs) -> Callable[[str], Collected]:
    """Return what a program's sources answered."""
    return lambda name: programs[name][1]


class TestGenerator:
    def test_the_committed_files_are_what_the_generator_writes(self, tmp_path):
        """Nobody edits evidence by hand: what a reader sees is what the script says, byte for byte."""
        subprocess.run([sys.executable, str(EXAMPLE / "generate.py"), str(tmp_path)], check=True, capture_output=True)

        written, committed = _files(tmp_path), _files(EXAMPLE)

        assert sorted(written) == sorted(committed)
        assert [name for name in written if written[name] != committed[name]] == []

    def test_only_evidence_and_signatures_differ(self):
        """Three verdicts from one program file and one people register, or the example would prove nothing."""
        for name in ("gonogo.yaml", "people.yaml"):
            assert len({(EXAMPLE / scenario / name).read_bytes() for scenario in SCENARIOS}) == 1


class TestFacts:
    def test_collectors_read_exactly_the_figures(self, scenario, collected):
        """Every figure of the story survives its format: workbook, schedule, report, table, statement."""
        evidence = collected(scenario).evidence()

        told = {fact: _told(evidence[fact]) for fact in FIGURES}

        assert told == {fact: _figure(fact, scenario) for fact in FIGURES}

    def test_every_fact_that_a_criterion_reads_has_a_figure(self, collected):
        """A criterion whose facts nobody checks could be met by accident."""
        assert set(collected("go").loaded.ruleset.facts) <= set(FIGURES)

    def test_every_collector_and_every_rule_for_dates_is_shown(self, collected):
        """The example is where people look for how to write a binding."""
        bindings = collected("go").loaded.program.bindings

        assert {f"{one.plugin}:{one.collector}".rstrip(":") for one in bindings} == {
            "schedule:mspdi",
            "schedule:xer",
            "raid",
            "junit",
            "load",
            "table",
            "attestation",
        }
        rules = {entry.as_of.rule.value for one in bindings for entry in one.inputs}
        assert rules == {"document", "file_name", "cell", "column", "said"}


class TestVerdicts:
    def test_each_program_ends_as_the_readme_says(self, assessed):
        """GO 0, CONDITIONAL GO 3, NO-GO 1: what a pipeline branches on."""
        results = {name: assessed(name) for name in SCENARIOS}
        ended = {name: (result.assessment.decision.verdict, result.exit_code) for name, result in results.items()}

        assert ended == {
            "go": (Verdict.GO, 0),
            "conditional": (Verdict.CONDITIONAL_GO, 3),
            "nogo": (Verdict.NO_GO, 1),
        }

    def test_each_program_is_valid_in_every_format_for_machines(self, scenario, assessed):
        """By the schemas of NIST, OASIS, MITRE and Jenkins, and by our own of the JSON document."""
        result = assessed(scenario)

        assert faults(RunView.of(result.records, result.run)) == []

    def test_go_meets_all_26_and_its_waiver_changes_nothing(self, assessed):
        """A precautionary waiver must not look as if the verdict needed it."""
        assessment = assessed("go").assessment

        assert [finding.status for finding in assessment.findings] == [Status.MET] * 26
        assert assessment.decision.without_waivers is Verdict.GO
        assert [review.counted for review in assessment.decision.waivers] == [False]

    def test_conditional_rests_on_one_waiver_and_one_plan(self, assessed):
        """Without either of them it is NO-GO."""
        decision = assessed("conditional").assessment.decision

        held = {one.criterion: (one.waiver, bool(one.plan)) for one in decision.conditions}

        assert held == {
            "system.interfaces.tested": ("W-003", False),
            "workforce.communications.delivered": (None, True),
        }
        assert decision.without_waivers is Verdict.NO_GO

    @pytest.mark.parametrize("name", ["waivers", "plans"])
    def test_conditional_without_its_signatures_is_no_go(self, tmp_path, collected, name):
        """What makes it conditional is what people signed."""
        folder = _copy("conditional", tmp_path)
        (folder / f"{name}.yaml").write_text(f"schema: 1\n{name}: []\n")
        order = Order(program=folder, as_of=NOON)

        found = judge(order, load(order), collected("conditional").replies, NOON)

        assert found.decision.verdict is Verdict.NO_GO

    def test_nogo_names_every_blocker(self, assessed):
        """Eight mandatory criteria are not met and three unknown; a plan makes none of them go away."""
        assessment = assessed("nogo").assessment

        blocking = {finding.criterion: finding.status for finding in assessment.findings if finding.status.open}

        assert blocking == {
            "program.schedule.golive_tasks": Status.NOT_MET,
            "program.raid.high_severity": Status.NOT_MET,
            "workforce.training.scheduled": Status.UNKNOWN,
            "system.interfaces.tested": Status.NOT_MET,
            "system.testing.outcomes": Status.NOT_MET,
            "system.conversion.mock": Status.NOT_MET,
            "system.cutover.plan": Status.NOT_MET,
            "operations.resources.provider": Status.UNKNOWN,
            "operations.helpdesk.prepared": Status.NOT_MET,
            "operations.reporting.tested": Status.NOT_MET,
            "operations.security.authorization": Status.UNKNOWN,
            "operations.continuity.plans": Status.UNKNOWN,
        }
        assert {one.criterion for one in assessment.decision.blockers} == set(blocking)

    def test_waivers_that_their_requesters_approved_do_not_count(self, assessed):
        """One lacks nearly everything, the other only a second person."""
        reviews = {one.id: one for one in assessed("nogo").assessment.decision.waivers}

        assert not any(review.counted for review in reviews.values())
        assert "incomplete" in reviews["W-101"].why
        assert reviews["W-102"].why == "The person who requested it also approved it."


class TestTraps:
    """What the evidence hides on purpose; see the README."""

    def test_a_load_test_of_88_days_is_stale(self, assessed):
        """It held the peak once; nobody knows whether the present configuration does."""
        finding = next(
            one for one in assessed("nogo").assessment.findings if one.criterion == "operations.resources.provider"
        )

        assert "88 days old" in finding.sentence

    def test_a_planned_case_that_no_report_tells_of_was_not_run(self, collected):
        """The report looks complete; only the plan shows that a case never appeared."""
        evidence = collected("nogo").evidence()["regression.not_run"]

        assert "REG-" in evidence.source.locator

    def test_the_level_of_effort_and_the_summary_of_the_primavera_file_are_no_activities(self, collected):
        """604 activities; the row that lasts as long as the project does not hold go-live."""
        items = {item.fact: item for item in collected("go").reply("provider-schedule").items}

        assert items["ims.tasks_without_wbs_ratio"].whole == 604
        assert items["ims.golive_task_max_variance"].gap is GapReason.NOT_PROVABLE

    def test_the_primavera_file_is_in_windows_1252(self):
        """A reader that expects UTF-8 would fail or garble names."""
        data = (EXAMPLE / "go/evidence/program/ims_provider_2027-04-15.xer").read_bytes()

        assert b"\xa7" in data
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")

    def test_ids_of_the_raid_log_are_formulas_without_results(self):
        """As in GSA's template: a reader that trusts stored values sees no risk at all."""
        with zipfile.ZipFile(EXAMPLE / "go/evidence/program/raid_log.xlsx") as archive:
            sheet = archive.read("xl/worksheets/sheet2.xml").decode()

        cells = re.findall(r'<c r="A[0-9]+"[^>]*>(.*?)</c>', sheet)
        assert sum("<f>" in cell for cell in cells) > 60
        assert not any("<f>" in cell and "<v>" in cell for cell in cells)

    def test_only_the_number_of_rows_betrays_people_taken_off_the_roster(self, collected, tmp_path):
        """Every row that is left is right; what is known of the roster's length is all that shows the loss."""
        folder = _copy("nogo", tmp_path)
        path = folder / "gonogo.yaml"
        path.write_text(path.read_text().replace("control: {rows: 1462}", "control: {}"))

        deceived = _collect(folder, only=["training-plan"]).reply("training-plan").items

        assert _told(collected("nogo").evidence()["training.seats_ratio"]) == "gap malformed"
        assert [item.whole for item in deceived if item.fact == "training.seats_ratio"] == [1462 - 96]

    def test_a_status_report_that_contradicts_the_tracker_settles_nothing(self, collected):
        """The deck says none, the tracker six: the fact is unknown until somebody explains it."""
        gap = collected("nogo").evidence()["defects.high_without_workaround"]

        assert isinstance(gap, Gap)
        assert "weekly-status says 0" in gap.detail
        assert "defect-tracker says 6" in gap.detail

    def test_who_wrote_the_plan_may_not_attest_it(self, collected):
        """Attester and author are one person in NO-GO."""
        gap = collected("nogo").evidence()["bcp.updated"]

        assert isinstance(gap, Gap)
        assert "prepared the evidence" in gap.detail

    def test_a_call_after_midnight_utc_was_yesterday_in_washington(self, collected):
        """A naive reading of the ticket system's stamps makes the test calls a day younger than they are."""
        evidence = collected("go").evidence()["helpdesk.test_success_ratio"]

        assert evidence.as_of.isoformat() == "2027-04-15T03:41:00+00:00"
        assert collected("go").loaded.program.identity.local_date(evidence.as_of).day == 14

    def test_a_cent_that_is_missing_from_a_control_total_is_seen(self, tmp_path):
        """Money is exact: amounts whose sum as floating-point numbers is off still tie, and a lost cent does not."""
        folder = _copy("go", tmp_path)
        path = next((folder / "evidence/program").glob("funding_*.csv"))
        path.write_text(path.read_text().replace("1604838.33", "1604838.32"))

        reply = _collect(folder, only=["support-contracts"]).reply("support-contracts")

        assert {item.gap for item in reply.items} == {GapReason.MALFORMED}

    @pytest.mark.parametrize("written", ["0.9968", "99.68%"])
    def test_a_percentage_that_is_written_otherwise_is_refused(self, tmp_path, written):
        """Three files write shares in three ways; within a column only one is right."""
        folder = _copy("go", tmp_path)
        path = next((folder / "evidence/system").glob("mock_exit_*.csv"))
        path.write_text(path.read_text().replace("99.68", written))

        items = {
            item.fact: item for item in _collect(folder, only=["mock-conversions"]).reply("mock-conversions").items
        }

        assert items["mock.last_exit_met"].gap is GapReason.MALFORMED

    def test_results_of_another_build_do_not_count(self, collected):
        """The reports name the digest that they tested; it must be the one that is released."""
        found = collected("go")
        another = replace(found.loaded, release=found.loaded.release.model_copy(update={"subjects": {"artifact": "x"}}))

        gap = replace(found, loaded=another).evidence()["sit.executed_ratio"]

        assert isinstance(gap, Gap)
        assert gap.reason is GapReason.WRONG_SUBJECT
