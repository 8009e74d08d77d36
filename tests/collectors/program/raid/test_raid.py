"""The M3 RAID workbook: every entry counts, and what cannot be read or proved is a gap that says so."""

from __future__ import annotations

import io
import json
import warnings
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.program.raid import RaidCollector
from gonogo.collectors.program.raid.scales import ImpactScale, read_impact, read_probability
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal, SettingsRefusal
from gonogo.testing.jobs import answers_of, job_of

NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 1, 10, 0, tzinfo=UTC)
SCALE = {"impact_scale": "list"}
RISK_HEADINGS = [
    "Risk #", "Title", "Description", "Response Plan", "Risk Response", "Status", "Risk Status Notes", "Risk Type ",
    "Program or Release", "Created By", "Created On", "Risk Owner(s) - Organization", "Risk Owner",
    "Probability  (Likelihood)", "Consequence / Impact", "Risk Trigger", "Due Date (Trigger Date)",
    "Risk Contingency Plan", "Related Risk #", "Closure Criteria", "OMB ID", "Notes", "Reference Materials",
]  # fmt: skip
ISSUE_HEADINGS = [
    "Issue #", "Related Risk #", "Title", "Description", "Resolution Plan", "Status", "Issue Status Notes",
    "Issue Type", "Program or Release", "Created By", "Created On", "Issue Owner(s) - Organization",
    "Issue Owner(s)", "Due Date", "Consequence / Impact", "Priority", "Modified On", "Closure Criteria",
    "Closed Date", "Change Request #", "OMB ID", "Notes", "Reference Materials",
]  # fmt: skip
FACTS = {fact.name for fact in RaidCollector.facts}
RISK_FACTS = FACTS - {"critical_issues_open", "high_issues_unplanned"}
ISSUE_FACTS = FACTS - {"high_risks_open", "high_risks_unmitigated"}


def risk(**changes) -> dict[str, object]:
    """Return an open, low, complete risk, with cells changed by heading words joined with underscores."""
    row: dict[str, object] = {
        "Title": "Vendor delivers late",
        "Description": "If the vendor is late, then testing slips",
        "Response Plan": "Weekly checkpoint, second supplier on call",
        "Risk Response": "Mitigate",
        "Status": "In Progress",
        "Risk Owner(s) - Organization": "Customer",
        "Risk Owner": "Ada Kirsch",
        "Probability  (Likelihood)": "1-Not Likely (10%)",
        "Consequence / Impact": "1-Minimal or No Impact (0-5% impact to cost or schedule)",
        "Due Date (Trigger Date)": date(2027, 4, 28),
        "Closure Criteria": "Delivery accepted",
    }
    return row | changes


def high(**changes) -> dict[str, object]:
    """Return an open risk of score 20 that is mitigated."""
    return risk(
        **{
            "Probability  (Likelihood)": "5-Near Certainty (90%)",
            "Consequence / Impact": "4-Significant (15% impact to cost or schedule)",
        }
        | changes
    )


def issue(**changes) -> dict[str, object]:
    """Return an open, medium, complete issue that was modified last week."""
    row: dict[str, object] = {
        "Title": "Interface test fails",
        "Resolution Plan": "Patch 4.2",
        "Status": "In Progress",
        "Issue Owner(s) - Organization": "Provider",
        "Issue Owner(s)": "Tom Reyes",
        "Due Date": date(2027, 4, 26),
        "Priority": "Medium",
        "Modified On": date(2027, 4, 12),
        "Closure Criteria": "Test passes twice",
    }
    return row | changes


def log(
    risks=(),
    issues=(),
    *,
    risk_headings=RISK_HEADINGS,
    issue_headings=ISSUE_HEADINGS,
    also=None,
    cover=date(2027, 4, 15),
) -> bytes:
    """Return a workbook in the layout of the template with these rows; ``also(book, risk sheet)`` may spoil it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "mm/dd/yyyy"})
    book.add_worksheet("Cover").write("B5", cover)
    sheets = []
    for name, headings, rows in (("Risk Log", risk_headings, risks), ("Issue Log", issue_headings, issues)):
        sheet = book.add_worksheet(name)
        sheets.append(sheet)
        sheet.write(0, 0, "Summary")
        sheet.write_row(1, 0, headings)
        for index, row in enumerate(rows, 2):
            sheet.write_formula(index, 0, f'=IF(B{index + 1}="","",ROW()-2)', None, "")
            for heading, value in row.items():
                sheet.write(index, headings.index(heading), value)
    if also is not None:
        also(book, sheets[0])
    book.close()
    return stream.getvalue()


def read(data: bytes, *, now=NOW, go_live=GO_LIVE, as_of=None, rule=AsOfRule.DOCUMENT, release="payroll-1", **changes):
    files = {"file": ("raid_log.xlsx", data)}
    job = job_of(files, now=now, go_live=go_live, as_of=as_of, rule=rule, release=release)
    return answers_of(RaidCollector(), job, SCALE | changes)


def values(answers):
    return {
        name: (answer.part, answer.whole) if answer.whole is not None else answer.value
        for name, answer in answers.items()
    }


def gaps(answers):
    return {name for name, answer in answers.items() if answer.gap is not None}


RISKS = (
    high(),
    high(Status="New"),
    high(Status="Closed"),
    risk(),
    risk(**{"Due Date (Trigger Date)": date(2027, 4, 18), "Closure Criteria": "TBD"}),
)
ISSUES = (
    issue(Priority="Critical"),
    issue(Priority="High", **{"Due Date": date(2027, 5, 1)}),
    issue(Status="Cancelled", Priority="High", **{"Resolution Plan": ""}),
    issue(**{"Modified On": date(2027, 4, 4)}),
)
EXPECTED = {
    "high_risks_open": 2,
    "high_risks_unmitigated": 1,
    "critical_issues_open": 1,
    "high_issues_unplanned": 1,
    "open_items": 7,
    "complete_ratio": (6, 7),
    "overdue_ratio": (1, 7),
}


class TestFacts:
    def test_they_are_the_hand_computed_ones(self):
        """Five risks and four issues, counted by hand."""
        answers = read(log(RISKS, ISSUES))

        assert {name: value for name, value in values(answers).items() if name != "stale_items"} == EXPECTED
        assert answers["high_risks_unmitigated"].where == "sheet Risk Log, row 4 of 5 entries, 4 open"
        assert answers["open_items"].where == (
            "sheet Risk Log, rows 3, 4, 6, 7 of 5 entries, 4 open; sheet Issue Log, rows 3, 4, 6 of 4 entries, 3 open"
        )
        assert {answer.as_of for answer in answers.values() if answer.gap is None} == {
            datetime(2027, 4, 15, 4, 0, tzinfo=UTC)
        }

    def test_the_real_template_filled_in_gives_the_same(self):
        """The workbook that agencies download, with its ids that no program ever calculated."""
        data = next(
            (p / "shared" / "data" for p in Path(__file__).resolve().parents if (p / "shared" / "data").is_dir()), None
        )
        if data is None:
            pytest.skip("the folder with GSA's templates is absent")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl drops the drop-downs and says so
            book = openpyxl.load_workbook(data / "gsa-m3" / "M3-Playbook-RAID-Log-Template.xlsx")
            book["Cover"]["B5"] = date(2027, 4, 15)
            for name, headings, rows in (("Risk Log", RISK_HEADINGS, RISKS), ("Issue Log", ISSUE_HEADINGS, ISSUES)):
                for index, row in enumerate(rows, 3):
                    book[name].cell(index, 1, f'=IF(B{index}="","",ROW()-2)')
                    for heading, value in row.items():
                        book[name].cell(index, headings.index(heading) + 1, value)
            stream = io.BytesIO()
            book.save(stream)

        answers = read(stream.getvalue())

        assert {name: value for name, value in values(answers).items() if name != "stale_items"} == EXPECTED
        assert answers["stale_items"].gap is GapReason.NOT_PROVABLE

    def test_the_blank_template_proves_nothing(self):
        """Zero risks in an empty log is not good news."""
        data = next(
            (p / "shared" / "data" for p in Path(__file__).resolve().parents if (p / "shared" / "data").is_dir()), None
        )
        if data is None:
            pytest.skip("the folder with GSA's templates is absent")
        blank = (data / "gsa-m3" / "M3-Playbook-RAID-Log-Template.xlsx").read_bytes()

        answers = read(blank, as_of=NOW)

        assert {answer.gap for answer in answers.values()} == {GapReason.NOT_PROVABLE}
        assert "an empty log proves nothing" in answers["open_items"].detail
        with pytest.raises(CollectorRefusal, match="Insert Date"):
            read(blank)

    def test_one_empty_log_takes_only_its_own_facts(self):
        """Risks are known although nobody ever wrote an issue down."""
        answers = read(log(RISKS, ()))

        assert gaps(answers) == ISSUE_FACTS
        assert answers["high_risks_open"].value == 2

    def test_every_fact_is_answered_whatever_the_settings(self):
        """The host wants one answer for each declared fact."""
        assert set(read(log(RISKS, ISSUES))) == FACTS


class TestMitigation:
    @pytest.mark.parametrize(
        "changes",
        [
            {"Response Plan": ""},
            {"Response Plan": "TBD"},
            {"Response Plan": "<p>&nbsp;</p>"},
            {"Response Plan": "No mitigation"},
            {"Response Plan": "pending approval"},
            {"Risk Owner": "Choose an item."},
            {"Risk Owner": ""},
            {"Risk Owner": "<<Insert Name>>"},
            {"Risk Response": ""},
            {"Risk Response": "Hope"},
            {"Due Date (Trigger Date)": ""},
            {"Due Date (Trigger Date)": date(2027, 4, 18)},
            {"Due Date (Trigger Date)": date(2027, 5, 1)},
            {"Risk Response": "Accept", "Due Date (Trigger Date)": date(2027, 4, 18)},
            {"Status": "New"},
            {"Status": "Pending Approval"},
            {"Status": "Escalated"},
            {"Status": "Defer"},
        ],
    )
    def test_a_high_risk_without_approved_response_plan_owner_and_date_is_unmitigated(self, changes):
        """Each of these is a way to look mitigated without being it."""
        answers = read(log([high(**changes)], [issue()]))

        assert answers["high_risks_unmitigated"].value == 1

    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"Risk Response": " avoid "},
            {"Due Date (Trigger Date)": date(2027, 4, 19)},
            {"Due Date (Trigger Date)": date(2027, 4, 30)},
            {"Risk Response": "Accept", "Due Date (Trigger Date)": date(2027, 7, 1)},
        ],
    )
    def test_a_complete_response_that_lands_before_go_live_mitigates(self, changes):
        """An accepted risk only keeps its trigger date."""
        assert read(log([high(**changes)], [issue()]))["high_risks_unmitigated"].value == 0

    def test_the_threshold_is_a_setting_and_reaching_it_is_high(self):
        """Agencies draw the line elsewhere."""
        data = log([high(**{"Probability  (Likelihood)": 3, "Consequence / Impact": 5})], [issue()])

        assert read(data)["high_risks_open"].value == 1
        assert read(data, high_score=16)["high_risks_open"].value == 0

    @pytest.mark.parametrize(
        ("changes", "unplanned"),
        [
            ({}, 0),
            ({"Due Date": date(2027, 4, 19)}, 0),
            ({"Resolution Plan": "n/a"}, 1),
            ({"Resolution Plan": "Plan"}, 1),
            ({"Resolution Plan": "Plan to be agreed"}, 1),
            ({"Resolution Plan": "Plan due 5/3"}, 1),
            ({"Resolution Plan": "Escalated"}, 1),
            ({"Resolution Plan": "See Jira HL-12"}, 1),
            ({"Resolution Plan": "HL-12 is fixed in build 27.4"}, 0),
            ({"Due Date": ""}, 1),
            ({"Due Date": date(2027, 4, 18)}, 1),
            ({"Due Date": date(2027, 5, 1)}, 1),
        ],
    )
    def test_a_high_issue_needs_a_plan_that_lands_before_go_live(self, changes, unplanned):
        """A date that has passed while the issue is open is no plan."""
        assert read(log([risk()], [issue(Priority="High", **changes)]))["high_issues_unplanned"].value == unplanned


class TestHygiene:
    def test_the_template_cannot_prove_that_risks_are_kept_up(self):
        """It has no column for it; its own instructions describe one."""
        answer = read(log([risk()], [issue()]))["stale_items"]

        assert answer.gap is GapReason.NOT_PROVABLE
        assert "no column for the date of the last change" in answer.detail

    def test_an_added_column_proves_it(self):
        """14 days without a change are within the cadence, 15 are not, and never is not."""
        headings = [*RISK_HEADINGS, "Modified On"]
        rows = [risk(**{"Modified On": value}) for value in (date(2027, 4, 5), date(2027, 4, 4), "")]

        answer = read(log(rows, [issue()], risk_headings=headings), risk_modified_column="modified on")["stale_items"]

        assert answer.value == 2
        assert "rows 4, 5 of 3 entries" in answer.where

    def test_without_open_risks_issues_alone_are_enough(self):
        """Nothing that is open lacks the column."""
        answers = read(log([risk(Status="Closed")], [issue(**{"Modified On": date(2027, 4, 1)})]))

        assert answers["stale_items"].value == 1

    def test_a_change_in_the_future_is_a_gap(self):
        """A date typed ahead keeps an entry fresh for ever."""
        answers = read(log([risk(Status="Closed")], [issue(**{"Modified On": date(2027, 4, 20)})]))

        assert answers["stale_items"].gap is GapReason.MALFORMED

    @pytest.mark.parametrize(
        "changes",
        [
            {"Risk Owner": ""},
            {"Risk Owner(s) - Organization": "GSA"},
            {"Due Date (Trigger Date)": ""},
            {"Closure Criteria": "-"},
        ],
    )
    def test_an_entry_without_owner_side_date_or_closure_criteria_is_incomplete(self, changes):
        """Hygiene is counted against the log, never for it."""
        answer = read(log([risk(), risk(**changes)], [issue()]))["complete_ratio"]

        assert (answer.part, answer.whole) == (2, 3)

    def test_clearing_a_date_does_not_make_an_entry_less_overdue(self):
        """Otherwise the cheapest way to a better ratio would be the delete key."""
        late = read(log([risk(**{"Due Date (Trigger Date)": date(2027, 4, 18)})], [issue()]))
        cleared = read(log([risk(**{"Due Date (Trigger Date)": ""})], [issue()]))

        assert (late["overdue_ratio"].part, cleared["overdue_ratio"].part) == (1, 1)

    def test_days_are_local(self):
        """At 8 in the evening in Washington it is tomorrow in UTC, but nothing due today is late."""
        evening = datetime(2027, 4, 29, 0, 30, tzinfo=UTC)

        assert read(log([risk()], [issue()]), now=evening)["overdue_ratio"].part == 1
        assert read(log([risk()], [issue(**{"Due Date": date(2027, 4, 28)})]), now=evening)["overdue_ratio"].part == 0


class TestTraps:
    def test_a_hidden_row_counts(self):
        """Hiding a critical issue does not close it."""
        answers = read(
            log(
                [high(Status="New")], [issue()], also=lambda book, sheet: sheet.set_row(2, None, None, {"hidden": True})
            )
        )

        assert answers["high_risks_unmitigated"].value == 1
        assert "1 open in hidden rows" in answers["high_risks_unmitigated"].where

    def test_a_row_with_only_a_description_counts(self):
        """The id formula looks at the title; a person may not have written one."""
        assert read(log([high(Title="")], [issue()]))["high_risks_open"].value == 1

    def test_blank_rows_between_entries_are_skipped(self):
        """Gaps between rows are no entries."""
        assert read(log([risk(), {}, risk()], [issue()]))["open_items"].value == 3

    @pytest.mark.parametrize("status", ["Open", "Close", "", "Closed?", 5])
    def test_an_unknown_status_is_a_gap_for_everything_in_that_log(self, status):
        """A mistyped status must neither close an item nor keep it from being counted."""
        answers = read(log([risk(), high(Status=status)], [issue()]))

        assert gaps(answers) == RISK_FACTS
        assert answers["open_items"].gap is GapReason.MALFORMED
        assert "raid_log.xlsx, sheet Risk Log, cell F4" in answers["open_items"].detail

    @pytest.mark.parametrize(
        "value", ["", "High", "6-Certain", "0", 4.5, True, "4-Likely (50%)", "3-Likely (90%)", "=1"]
    )
    def test_an_unknown_probability_is_a_gap_for_high_risks_only(self, value):
        """A score that cannot be computed is not a low score; owners and dates are still known."""
        answers = read(log([risk(), high(**{"Probability  (Likelihood)": value})], [issue()]))

        assert gaps(answers) == {"high_risks_open", "high_risks_unmitigated", "stale_items"}
        assert "cell N4" in answers["high_risks_open"].detail

    def test_an_unknown_priority_is_a_gap_for_issues_only(self):
        """'Urgent' may well mean critical."""
        answers = read(log([risk(Status="Closed")], [issue(Priority="Urgent")]))

        assert gaps(answers) == {"critical_issues_open", "high_issues_unplanned"}
        assert "sheet Issue Log, cell P3 holds 'Urgent'" in answers["critical_issues_open"].detail

    def test_a_date_written_as_text_the_american_way_is_a_gap(self):
        """5/4/2027 is two days; nobody guesses."""
        answers = read(log([high(**{"Due Date (Trigger Date)": "5/4/2027"})], [issue()]))

        assert "cell Q3 holds '5/4/2027', which is not a date" in answers["overdue_ratio"].detail
        assert answers["high_risks_open"].value == 1

    def test_an_error_value_is_a_gap_that_names_the_cell(self):
        """#REF! reads as blank in other tools, and a blank title would hide the row."""

        def spoil(book, sheet):
            sheet.write_formula("B3", "=Gone!A1", None, "#REF!")

        answers = read(log([risk(Description="")], [issue()], also=spoil))

        assert gaps(answers) == RISK_FACTS
        assert "cell B3 holds an error value" in answers["open_items"].detail

    def test_a_status_formula_that_was_never_calculated_is_a_gap(self):
        """Formulas are not evaluated here, and their absence is not a value."""
        answers = read(
            log([risk()], [issue()], also=lambda book, sheet: sheet.write_formula("F3", '="Closed"', None, ""))
        )

        assert "cell F3 holds a formula without a stored result" in answers["open_items"].detail

    def test_a_row_that_lost_its_title_is_a_gap(self):
        """Somebody deleted the text and left the row; what it was, nobody knows."""
        answers = read(log([risk(), {"Status": "New", "Risk Owner": "Ada Kirsch"}], [issue()]))

        assert gaps(answers) == RISK_FACTS
        assert "row 4, has neither title nor description" in answers["open_items"].detail

    def test_merged_rows_are_a_gap(self):
        """One status for three merged rows is stored in the first only."""
        answers = read(log([risk(), risk()], [issue()], also=lambda book, sheet: sheet.merge_range("F3:F4", "Closed")))

        assert gaps(answers) == RISK_FACTS
        assert "F3:F4" in answers["open_items"].detail

    def test_a_cell_that_quotes_the_other_impact_scale_is_a_gap(self):
        """The template contradicts itself; a binding must say which scale people used."""
        answers = read(log([high()], [issue()]), impact_scale="instructions")

        assert answers["high_risks_open"].gap is GapReason.MALFORMED
        assert "quotes the scale of the hidden list" in answers["high_risks_open"].detail

    def test_the_impact_scale_has_no_default(self):
        """The choice is the agency's, and it is visible in the program file."""
        with pytest.raises(ValueError, match="impact_scale"):
            RaidCollector.settings.model_validate_json("{}")

    def test_a_renamed_heading_refuses_the_workbook(self):
        """A changed template is not silently read as an empty one."""
        renamed = [("State" if heading == "Status" else heading) for heading in RISK_HEADINGS]

        with pytest.raises(
            CollectorRefusal, match=r"sheet Risk Log has no header row with 'Status'.*row 2 comes nearest"
        ):
            read(log([{}], [issue()], risk_headings=renamed))

    def test_a_missing_sheet_refuses_the_workbook(self):
        """A workbook without an issue log says nothing about issues, and is not the template."""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        book.add_worksheet("Risks")
        book.close()

        with pytest.raises(CollectorRefusal, match="no sheet 'Risk Log'"):
            read(stream.getvalue(), as_of=NOW)

    def test_a_damaged_file_is_refused(self):
        """Half a log must not count half the risks."""
        data = log(RISKS, ISSUES)

        with pytest.raises(CollectorRefusal, match="truncated"):
            read(data[: len(data) // 2])

    def test_other_releases_are_left_out_only_when_the_settings_name_them(self):
        """A risk of release 2 does not stop release 1, but an unknown release does not vanish."""
        data = log(
            [risk(), high(**{"Program or Release": " release 2 "}), risk(**{"Program or Release": "Program"})],
            [issue()],
        )

        assert read(data)["open_items"].value == 4
        assert read(data, other_releases=["Release 2"])["open_items"].value == 3
        assert "1 of other releases left out" in read(data, other_releases=["Release 2"])["open_items"].where

    def test_a_log_of_other_releases_only_proves_nothing(self):
        """Leaving everything out must not read as nothing wrong."""
        data = log([high(**{"Program or Release": "R2"})], [issue()])

        assert read(data, other_releases=["R2"])["high_risks_open"].gap is GapReason.NOT_PROVABLE


NAMES = {"R1": ["Release 1", "R1"], "pilot": ["Pilot"]}


class TestReleases:
    def rows(self):
        return [
            risk(),
            risk(**{"Program or Release": "release  1"}),
            risk(**{"Program or Release": "Pilot"}),
            risk(**{"Program or Release": "Pilot; R1"}),
            risk(**{"Program or Release": "Program"}),
        ]

    @pytest.mark.parametrize(("release", "open_items"), [("R1", 5), ("pilot", 5)])
    def test_the_filter_follows_the_release_that_is_assessed(self, release, open_items):
        """One log serves every wave: its own rows, those of both, those of the whole program, and the blank ones."""
        answers = read(log(self.rows(), [issue()]), release=release, release_names=NAMES, program_names=["Program"])

        assert answers["open_items"].value == open_items
        assert "1 of other releases left out" in answers["open_items"].where

    def test_an_unknown_name_takes_its_log_away(self):
        """A risk of `Rel. 1` must not vanish from release 1 because of the way it was written."""
        data = log([*self.rows(), risk(**{"Program or Release": "Rel. 1"})], [issue()])

        answers = read(data, release="R1", release_names=NAMES, program_names=["Program"])

        assert gaps(answers) == RISK_FACTS
        assert "'Rel. 1'" in answers["open_items"].detail

    def test_a_release_without_names_is_refused(self):
        """Release 3 was added to the program and forgotten here; its risks are not zero."""
        with pytest.raises(CollectorRefusal, match="R3") as caught:
            read(log(self.rows(), [issue()]), release="R3", release_names=NAMES)

        assert caught.value.reason is GapReason.WRONG_SUBJECT

    @pytest.mark.parametrize(
        "changes",
        [
            {"release_names": {"R1": ["One"], "R2": [" one "]}},
            {"release_names": {"R1": [" "]}},
            {"release_names": {"R1": []}},
            {"release_names": {"R1": ["One"]}, "program_names": ["ONE"]},
            {"release_names": {"R1": ["One"]}, "other_releases": ["One"]},
            {"program_names": ["Program"]},
        ],
    )
    def test_names_that_contradict_each_other_are_refused(self, changes):
        """A row cannot belong to two releases by one name."""
        collector = RaidCollector()
        given = collector.settings.model_validate_json(json.dumps(SCALE | changes))

        with pytest.raises(SettingsRefusal):
            collector.declare(given)


class TestAsOf:
    def test_a_named_cell_dates_the_log(self):
        """An agency keeps the date elsewhere."""
        data = log([risk()], [issue()], also=lambda book, sheet: sheet.write("Y1", "2027-04-16T09:00"))
        rule = AsOf(rule=AsOfRule.CELL, cell="'Risk Log'!Y1")

        assert read(data, rule=rule)["open_items"].as_of == datetime(2027, 4, 16, 13, 0, tzinfo=UTC)

    @pytest.mark.parametrize("cover", ["<<Insert Date>>", "", "April 15", 46492])
    def test_a_cover_without_a_date_refuses_the_log(self, cover):
        """A log of unknown age proves nothing."""
        with pytest.raises(CollectorRefusal, match="cell B5 should hold the date"):
            read(log([risk()], [issue()], cover=cover))

    def test_what_the_host_knows_wins(self):
        """A file name with a date, or a person who says so."""
        assert read(log([risk()], [issue()], cover=""), as_of=NOW)["open_items"].as_of == NOW

    def test_a_rule_that_the_workbook_cannot_follow_is_refused(self):
        """There is no column of dates for the whole log."""
        with pytest.raises(CollectorRefusal, match="as_of"):
            read(log([risk()], [issue()]), rule=AsOf(rule=AsOfRule.COLUMN, column="Modified On"))


class TestScales:
    @pytest.mark.parametrize(
        ("value", "level"),
        [
            ("4-Highly Likely (70%)", 4),
            ("4\u2014Highly Likely (~70% chance of occurrence) ", 4),
            (" 4 - highly likely", 4),
            ("4", 4),
            (4.0, 4),
        ],
    )
    def test_probability_is_read_as_both_sheets_write_it(self, value, level):
        """The drop-down, the instructions, and a plain number."""
        assert read_probability(value) == level

    def test_impact_is_read_on_its_own_scale(self):
        """The same words mean other percentages on the two sheets."""
        listed = "3-Moderate (10% impact to cost or schedule)"
        told = "3\u00a0 \u2014 Moderate (Greater than 5% and less than 10% impact budget, no impact to milestones)"

        assert read_impact(listed, ImpactScale.LIST) == 3
        assert read_impact(told, ImpactScale.INSTRUCTIONS) == 3
        with pytest.raises(ValueError, match="instructions sheet"):
            read_impact(told, ImpactScale.LIST)

    @given(st.one_of(st.text(max_size=30), st.floats(), st.booleans(), st.none()))
    def test_anything_else_is_refused(self, value):
        """No text becomes a level by accident."""
        try:
            level = read_probability(value)
        except ValueError:
            return
        assert str(value).strip()[:1] == str(level)


@settings(max_examples=examples(40), deadline=None)
@given(st.sampled_from(sorted(set(risk()) - {"Title", "Description"})), st.integers(0, 1))
def test_clearing_a_cell_never_makes_an_answer_better(heading, index):
    """Deleting evidence may cost an answer, never improve it."""
    rows = [high(Status="New"), risk(**{"Due Date (Trigger Date)": date(2027, 4, 18)})]
    spoiled = [row | ({heading: ""} if at == index else {}) for at, row in enumerate(rows)]

    before, after = read(log(rows, [issue()])), read(log(spoiled, [issue()]))

    for name in ("high_risks_open", "high_risks_unmitigated", "overdue_ratio"):
        was, now = before[name], after[name]
        assert now.gap is not None or (now.value or now.part or 0) >= (was.value or was.part or 0)
    assert after["complete_ratio"].gap or after["complete_ratio"].part <= before["complete_ratio"].part


class TestOpenItems:
    def test_each_fact_names_what_counts_against_it(self):
        """Which risks are open is what the meeting asks first."""
        risks = [high(**{"Risk #": "R-7"}), risk(Status="Closed"), high(**{"Response Plan": ""})]
        issues = [issue(Priority="Critical", **{"Issue #": 3, "Due Date": date(2027, 4, 1)})]

        found = read(log(risks, issues))

        assert {name: found[name].open_items for name in FACTS - {"stale_items"}} == {
            "high_risks_open": ("R-7", "Risk Log row 5"),
            "high_risks_unmitigated": ("Risk Log row 5",),
            "critical_issues_open": ("Issue 3",),
            "high_issues_unplanned": (),
            "open_items": ("R-7", "Risk Log row 5", "Issue 3"),
            "complete_ratio": (),
            "overdue_ratio": ("Issue 3",),
        }

    def test_an_incomplete_item_is_named_by_the_share_of_complete_ones(self):
        """A share names who is missing from it, not who is in it."""
        found = read(log([risk(), risk(**{"Risk #": "R-2", "Closure Criteria": ""})], [issue()]))

        assert (found["complete_ratio"].part, found["complete_ratio"].whole) == (2, 3)
        assert found["complete_ratio"].open_items == ("R-2",)


class TestRestless:
    """Formulas whose value changes by itself."""

    def test_a_cover_that_is_dated_by_today_dates_nothing(self):
        """A log that nobody touched for a year would be of this morning, every morning."""

        def dated(book, _risks):
            style = book.add_format({"num_format": "mm/dd/yyyy"})
            book.get_worksheet_by_name("Cover").write_formula("B5", "=TODAY()", style, 46496)

        with pytest.raises(CollectorRefusal, match=r"sheet Cover, cell B5 is calculated by TODAY\(\)"):
            read(log(RISKS, also=dated))

    def test_an_age_that_counts_from_today_matters_only_where_it_is_read(self):
        """A column of days open is on every second log, and no fact reads it."""

        def aged(column):
            return lambda _book, sheet: sheet.write_formula(f"{column}3", "=TODAY()-46000", None, 496)

        plain = values(read(log(RISKS)))

        assert values(read(log(RISKS, also=aged("V")))) == plain
        told = read(log(RISKS, also=aged("Q")))["overdue_ratio"]
        assert "cell Q3 is calculated by TODAY()" in told.detail

    def test_a_row_with_nothing_but_such_an_age_is_still_blank(self):
        """Templates fill formulas down beyond the last risk."""

        def filled_down(_book, sheet):
            for row in range(3, 60):
                sheet.write_formula(f"V{row}", f'=IF(B{row}="","",TODAY()-K{row})', None, " ")

        assert values(read(log(RISKS, also=filled_down))) == values(read(log(RISKS)))


SCOPE = "Program or Release"


def open_items(data: bytes, **settings):
    return read(data, **settings)["open_items"]


class TestSeveralReleases:
    MIXED = log([risk(**{SCOPE: name}) for name in ("Release 1", "Release 1", "Release 2")], [issue()])

    def test_several_releases_are_never_one_number(self):
        """A share over two releases says nothing of either."""
        answers = read(self.MIXED)

        assert {answers[name].gap for name in ("open_items", "complete_ratio", "high_risks_open")} == {
            GapReason.MIXED_SUBJECTS
        }
        assert (
            "'Program or Release' names several releases: Release 1 (2), Release 2 (1)" in answers["open_items"].detail
        )
        assert answers["critical_issues_open"].value == 0

    @pytest.mark.parametrize(
        ("settings", "items"),
        [
            ({"release_names": {"payroll-1": ["Release 1"], "payroll-2": ["Release 2"]}}, 3),
            ({"other_releases": ["Release 2"]}, 3),
            ({"not_subject": {SCOPE: "Both releases go live together."}}, 4),
        ],
    )
    def test_the_settings_settle_it(self, settings, items):
        """Whose rows count is said once."""
        assert open_items(self.MIXED, **settings).value == items

    @pytest.mark.parametrize("names", [("", ""), ("Program", "Release 1"), ("Release 1", "release  1"), ("ALL", "")])
    def test_one_release_and_the_whole_program_settle_themselves(self, names):
        """Nobody is asked about what the file says."""
        assert open_items(log([risk(**{SCOPE: name}) for name in names], [issue()])).value == 3

    def test_a_column_that_somebody_added_is_looked_at(self):
        """Risks of two environments are two logs."""
        headings = [*RISK_HEADINGS, "Environment"]
        rows = [risk(Environment=name) for name in ("SIT", "UAT", "UAT", "SIT")]
        data = log(rows, [issue()], risk_headings=headings)

        assert open_items(data).gap is GapReason.MIXED_SUBJECTS
        assert open_items(data, not_subject={"Environment": "It says where a risk was found."}).value == 5


class TestFurtherSheets:
    @pytest.mark.parametrize(
        ("status", "hide", "lost"), [("New", False, True), ("New", True, True), ("Closed", False, False)]
    )
    def test_open_items_on_a_further_log_are_not_lost(self, status, hide, lost):
        """A copy of the sheet that goes on where the first one ends, shown or hidden, would count nowhere."""

        def further(book, _):
            sheet = book.add_worksheet("Issue Log (2)")
            sheet.write_row(0, 0, ISSUE_HEADINGS)
            for column, heading in enumerate(ISSUE_HEADINGS):
                sheet.write(1, column, issue(Status=status, Priority="Critical").get(heading, "") or "")
            if hide:
                sheet.hide()

        data = log([risk()], [issue()], also=further)
        found = read(data)

        assert (found["critical_issues_open"].value is None) is lost
        assert found["high_risks_open"].value == 0, "the Risk Log has no further sheet"
        if lost:
            assert "Issue Log (2) has the headings of the log too" in found["critical_issues_open"].detail
            settled = read(data, other_sheets={"Issue Log (2)": "issues of the training system"})
            assert settled["critical_issues_open"].value == 0

    @pytest.mark.parametrize(
        ("name", "cells", "lost"),
        [
            ("Issue Log (2)", 3, True),
            ("Issue Log cont.", 3, True),
            ("Page 2", 3, True),
            ("Risk Log (2)", 3, False),
            ("Contacts", 3, False),
            ("Issue Log (2)", 1, False),
        ],
    )
    def test_a_further_page_without_headings_is_not_lost(self, name, cells, lost):
        """Its items stand under no heading, so nobody knows what is open there."""

        def further(book, _):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["I-9", "Payroll fails", "New"][:cells])

        data = log([risk()], [issue()], also=further)
        found = read(data)["critical_issues_open"]

        assert (found.value is None) is lost
        if lost:
            assert f"{name} goes on with the log by its name, has 1 row and not its headings" in found.detail
            assert read(data, other_sheets={name: "of another system"})["critical_issues_open"].value == 0


class TestRowsThatAreNoItems:
    @pytest.mark.parametrize(
        ("row", "kind"),
        [
            ({"Title": "Total: 12"}, "total"),
            ({"Title": "39 of 40 approved", "Status": "Closed"}, "total"),
            ({"Title": "Finance risks"}, "group_title"),
            ({heading: heading for heading in RISK_HEADINGS[1:]}, "repeated_heading"),
        ],
    )
    def test_they_are_told_and_never_counted_unsaid(self, row, kind):
        """A total counts as a closed risk, or worse as an open one."""
        data = log([risk(), row], [issue()])

        answer = open_items(data)

        assert (answer.gap, answer.value) == (GapReason.AMBIGUOUS_ROWS, None)
        assert "row 4 is " in answer.detail
        assert f"rows: {{{kind}: left_out}}" in answer.detail
        assert open_items(data, rows={kind: "left_out"}).value == 2

    @pytest.mark.parametrize(("status", "gap"), [("In Progress", True), ("Closed", False)])
    def test_an_open_risk_that_is_struck_through_is_told(self, status, gap):
        """Struck out may mean closed, or withdrawn; a closed one leaves no doubt."""

        def strike(book, sheet):
            for column, text in enumerate(["1", "Data are late"]):
                sheet.write(2, column, text, book.add_format({"font_strikeout": True}))

        data = log([risk(Status=status)], [issue()], also=strike)

        assert (open_items(data).gap is GapReason.AMBIGUOUS_ROWS) is gap
        assert open_items(data, rows={"struck": "counts"}).value == (2 if gap else 1)

    @pytest.mark.parametrize(
        "settings",
        [
            {"not_subject": {SCOPE: "tbd"}},
            {"rows": {"parent": "left_out"}},
            {"rows": {"template": "counts"}},
            {"rows": {"continued": "counts"}},
        ],
    )
    def test_settings_that_say_nothing_are_refused(self, settings):
        """Empty talk settles nothing."""
        given = RaidCollector.settings.model_validate_json(json.dumps({"impact_scale": "list"} | settings))

        with pytest.raises(SettingsRefusal):
            RaidCollector().declare(given)
