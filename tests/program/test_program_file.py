"""Loading programs: what comes out when everything is right, and what the host must never be given."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from gonogo.documents.files import path_mistake
from gonogo.documents.xlsx.declaration import AskedRow, WorkbookDeclaration
from gonogo.errors import ConfigurationError
from gonogo.model.program import AsOfRule, Keep, Marking
from gonogo.program.cross_checks import check_program
from gonogo.program.local_times import instant_of, zone_of
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.ruleset.signers import long_waivers

Site = Callable[[dict[str, str]], Path]
Files = dict[str, str]

MINIMAL = """\
schema: 1
program: {id: p, customer: A, provider: B, time_zone: UTC}
releases: [{id: r, go_live: 2027-05-03T06:00-04:00}]
ruleset: m3-baseline@1.0.0
"""


def _rules() -> LoadedRuleset:
    return load_ruleset("tiny", [Path("agency.yaml")])


class TestProgram:
    def test_a_binding_carries_everything_that_its_author_wrote(self, good: Files, site: Site):
        """The host opens files, sets limits and prefixes facts by this value alone."""
        site(good)

        sit, plan = load_program(Path("program")).program.bindings

        assert (sit.id, sit.plugin, sit.collector, sit.prefix) == ("sit", "junit", "", "sit")
        assert [(one.name, one.paths, one.as_of.rule) for one in sit.inputs] == [
            ("plan", ("evidence/plan.csv",), AsOfRule.SAID),
            ("reports", ("evidence/a.xml", "evidence/b.xml"), AsOfRule.DOCUMENT),
        ]
        assert (sit.inputs[0].as_of.at, sit.inputs[0].as_of.by) == (
            datetime(2027, 4, 15, 4, tzinfo=UTC),
            "Ada Kirsch",
        )
        assert (sit.handling.marking, sit.handling.category, sit.keep) == (Marking.CUI, "procurement", Keep.DIGEST)
        assert "reason" not in sit.handling.document()  # what nobody said leaves no trace in what is recorded
        assert (sit.deadline_s, sit.max_bytes, sit.where) == (30, 64 * 2**20, "gonogo.yaml:17:5")
        assert sit.settings == {"where": "x >= 3", "n": 3, "share": "1.50", "ok": True}
        assert (plan.plugin, plan.collector, plan.inputs[0].name, plan.inputs[0].pick_newest) == (
            "schedule",
            "mspdi",
            "file",
            True,
        )
        assert plan.inputs[0].as_of.pattern == "plan_([0-9-]{10})\\.xml"

    def test_the_moment_of_saving_counts_only_where_it_is_asked_for(self, good: Files, site: Site):
        """It is newer than what the document says of its content, as a rule."""
        path = "program/gonogo.yaml"
        site({**good, path: good[path].replace("reports: document}", "reports: document_saved}")})

        sit, _ = load_program(Path("program")).program.bindings

        assert [one.as_of.rule for one in sit.inputs] == [AsOfRule.SAID, AsOfRule.DOCUMENT_SAVED]

    def test_a_local_go_live_is_read_in_the_programs_zone(self, good: Files, site: Site):
        """Six in the morning in Washington is not six in the morning in Greenwich."""
        site(good)

        release = load_program(Path("program/gonogo.yaml")).program.releases[0]

        assert release.go_live == datetime(2027, 5, 3, 10, tzinfo=UTC)
        assert release.builds == frozenset({"abc123"})

    def test_side_files_are_read(self, good: Files, site: Site):
        """People, waivers and plans stand beside the program."""
        site(good)

        loaded = load_program(Path("program"))

        assert loaded.people.holders("customer.executive_sponsor", date(2027, 4, 10)) == {"mosei", "uhead"}
        assert [(waiver.id, waiver.expires_on) for waiver in loaded.waivers] == [("W-001", date(2027, 6, 1))]
        assert [plan.missing for plan in loaded.plans] == [()]
        assert loaded.program.accept_conditional
        assert loaded.overlay_paths == (Path("program/../agency.yaml"),)

    def test_the_least_that_a_program_says(self, site: Site):
        """Everything else has a default that decides nothing."""
        site({"gonogo.yaml": MINIMAL})

        loaded = load_program(Path())

        assert (loaded.program.log, loaded.program.adopt, loaded.program.accept_conditional) == ("./audit", None, False)
        assert (loaded.people.tenures, loaded.waivers, loaded.plans, loaded.warnings) == ((), (), (), ())

    def test_attestations_become_a_binding_that_asks_what_the_workbook_asks(self, site: Site):
        """A PMO names the workbook and writes nothing else; the facts are in its hidden sheet."""
        root = site({"gonogo.yaml": MINIMAL + "attestations: said.xlsx\n"})
        asked = (AskedRow("ato.signed", 2, "boolean"), AskedRow("a.people", 3, "integer people"))
        declaration = WorkbookDeclaration("p", "r", "tiny@1.0.0", "0" * 64, asked)
        book = xlsxwriter.Workbook(str(root / "said.xlsx"))
        book.add_worksheet("Evidence")
        sheet = book.add_worksheet("gonogo")
        for row, texts in enumerate(declaration.rows()):
            sheet.write_row(row, 0, texts)
        book.close()

        binding = load_program(root).program.bindings[0]

        assert (binding.id, binding.plugin, binding.prefix) == ("attestations", "attestation", None)
        assert binding.inputs[0].paths == ("said.xlsx",)
        assert binding.inputs[0].as_of.rule is AsOfRule.DOCUMENT
        assert binding.settings == {"facts": {"ato.signed": "boolean", "a.people": "integer people"}}

    def test_attestations_that_are_no_workbook_say_how_yaml_is_bound(self, site: Site):
        """YAML does not say of what type its facts are, so a binding does."""
        site({"gonogo.yaml": MINIMAL + "attestations: said.yaml\n", "said.yaml": "schema: 1\nattestations: []\n"})

        with pytest.raises(ConfigurationError) as caught:
            load_program(Path())

        assert [problem.code for problem in caught.value.problems] == ["G145"]
        assert "collector: attestation" in caught.value.problems[0].hint

    def test_an_incomplete_waiver_or_plan_is_kept_as_it_is(self, good: Files, site: Site):
        """It does not count, and the decision says why; it is no mistake of the file."""
        site(
            good
            | {
                "program/waivers.yaml": "schema: 1\nwaivers: [{id: W, criterion: a.b, requested_by: uhead}]\n",
                "program/plans.yaml": "schema: 1\nplans: [{criterion: a.b}]\n",
            }
        )

        loaded = load_program(Path("program"))

        assert loaded.waivers[0].expires_on is None
        assert loaded.plans[0].missing == ("owner", "action", "due date")

    def test_a_folder_without_a_program_says_what_to_do(self, site: Site):
        """The first error that a new user meets."""
        site({"x/y.txt": ""})

        with pytest.raises(ConfigurationError) as caught:
            load_program(Path("x"))

        assert str(caught.value) == (
            "error[G140] x/gonogo.yaml: there is no such file\n"
            "hint: a program is a folder with a gonogo.yaml; `gonogo schema` shows what it holds"
        )

    def test_a_side_file_behind_a_link_out_of_the_folder_is_refused(self, good: Files, site: Site):
        """A program's folder says everything about the program."""
        root = site(good)
        (root / "program/people.yaml").unlink()
        (root / "elsewhere.yaml").write_text(good["program/people.yaml"])
        os.symlink(root / "elsewhere.yaml", root / "program/people.yaml")

        with pytest.raises(ConfigurationError, match="symbolic link"):
            load_program(Path("program"))

    def test_two_holders_of_a_single_seat_are_a_warning(self, good: Files, site: Site):
        """A handover may overlap by a day; nobody should find out at the meeting."""
        second = "  - {role: customer.executive_sponsor, person: two, name: Second Sponsor}\ndelegations:"
        site(good | {"program/people.yaml": good["program/people.yaml"].replace("delegations:", second)})

        warnings = load_program(Path("program")).warnings

        assert [(warning.code, warning.level, warning.where) for warning in warnings] == [
            ("G191", "warning", "program/people.yaml:6:12")
        ]

    def test_an_office_among_the_people_is_a_warning(self, good: Files, site: Site):
        """It can approve no waiver, and the sponsors should hear that before the meeting."""
        second = "  - {role: customer.pmo_team, person: pmo, name: Help desk}\ndelegations:"
        site(good | {"program/people.yaml": good["program/people.yaml"].replace("delegations:", second)})
        program = check_program(load_program(Path("program")), _rules())

        [told] = [warning for warning in program.warnings if warning.code == "G194"]

        assert told.level == "warning"
        assert "'Help desk' in customer.pmo_team reads like an office, a mailbox or a service" in told.what

    @pytest.mark.parametrize(
        ("days", "limit", "told"),
        [(365, None, False), (366, None, True), (30, 30, False), (31, 30, True), (365, 400, False), (401, 400, True)],
    )
    def test_a_waiver_without_an_end_in_sight_is_a_warning(self, good: Files, site: Site, days, limit, told):
        """A waiver for years was told by nothing."""
        policy = "  rule: caps\n" + (f"  max_waiver_days: {limit}\n" if limit is not None else "")
        site(good | {"tiny/ruleset.yaml": good["tiny/ruleset.yaml"].replace("  rule: caps\n", policy)})
        loaded, rules = load_program(Path("program")), _rules()
        [waiver] = loaded.waivers
        go_live = loaded.program.identity.local_date(loaded.program.releases[0].go_live)
        ends = go_live + timedelta(days=days)
        long = replace(loaded, waivers=(waiver.model_copy(update={"expires_on": ends, "release": None}),))

        found = [each for each in check_program(long, rules).warnings if each.code == "G193"]

        other = replace(long, waivers=(long.waivers[0].model_copy(update={"release": "another"}),))

        assert rules.ruleset.policy.max_waiver_days == limit
        assert list(long_waivers(other.sheets["waivers"], other.waivers, other.program, rules.ruleset.policy)) == []
        assert bool(found) is told
        assert all(f"runs until {ends}, {days} days after the go-live of" in each.what for each in found)


class TestPaths:
    @pytest.mark.parametrize(
        "path",
        [
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a/..",
            "C:/x",
            "c:\\x",
            "\\\\host\\share",
            "~/x",
            "a\\b",
            "a\x00b",
            "a\nb",
        ],
    )
    def test_a_path_never_leaves_the_programs_folder(self, path: str):
        """Evidence comes from the folder that was handed over, and from nowhere else."""
        assert path_mistake(path)

    @pytest.mark.parametrize("path", ["a", "./a", "a/b c/d.xml", "a/*.xml", "..a/b..", "a/plan_[0-9].csv"])
    def test_an_ordinary_path_or_pattern_is_fine(self, path: str):
        """Blanks, dots and patterns are everyday names."""
        assert path_mistake(path) == ""


class TestMoments:
    @pytest.mark.parametrize(
        "name",
        ["EST", "EST5EDT", "localtime", "posix/UTC", "right/UTC", "/etc/localtime", "../x", "", "a/b"],
    )
    def test_a_zone_that_depends_on_the_host_is_refused(self, name: str):
        """The same program must mean the same moment on every machine."""
        with pytest.raises(PydanticCustomError):
            zone_of(name)

    def test_the_right_spelling_is_told(self):
        """Zone names have capitals and underscores."""
        with pytest.raises(PydanticCustomError) as caught:
            zone_of("america/new york")

        assert (caught.value.context or {})["hint"] == "did you mean `America/New_York`?"

    def test_a_time_that_happens_twice_or_never_is_refused(self):
        """Nobody may guess which of two moments is meant."""
        zone = ZoneInfo("America/New_York")

        for moment in (datetime(2027, 11, 7, 1, 30), datetime(2027, 3, 14, 2, 30)):  # noqa: DTZ001
            with pytest.raises(PydanticCustomError):
                instant_of(moment, zone)

    def test_a_date_is_its_first_moment(self):
        """A date-only as_of is the start of that local day."""
        assert instant_of(date(2027, 4, 15), ZoneInfo("America/New_York")) == datetime(2027, 4, 15, 4, tzinfo=UTC)

    @settings(max_examples=200, deadline=None)
    @given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
    def test_a_local_time_that_is_accepted_reads_back_as_itself(self, local: datetime):
        """What is accepted means one instant."""
        zone = ZoneInfo("Europe/Berlin")
        try:
            back = instant_of(local, zone).astimezone(zone).replace(tzinfo=None)
        except PydanticCustomError:
            back = local

        assert back == local
