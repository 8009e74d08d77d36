"""M3's document tracker: what exists in the version due, and what rests on a replaced one."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

import openpyxl
import pytest
from openpyxl.styles import Font
from tests.collectors.program.m3.test_tailoring_guide import guide
from tests.spoiled import no_better

from gonogo.collectors.program.m3.document_tracker import DocumentTrackerCollector, DocumentTrackerSettings
from gonogo.collectors.program.m3.phase_outputs import OUTPUTS, names_of
from gonogo.collectors.program.m3.tracked_documents import parsed
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal, SettingsRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of

HELD = datetime(2027, 4, 12, 4, 0, tzinfo=UTC)
REAL = Path(__file__).parents[5] / "shared/data/gsa-m3/M3-Document-and-Example-Tracker.xlsx"
OF_GSA = [
    "Documentation/Output", "Phases.Activity.Task", "Phase 0 \nReadiness", "Phase 1\nReadiness", "Phase 2 \nSelection",
    "Phase 3 \nEngagement", "Phase 4 \nMigration", "Phase 5 \nOperations",
]  # fmt: skip
ADDED = ["Version in Force", "Phase of Version", "Date of Version", "Location", "Cites"]
THIRD = [output.name for output in OUTPUTS if 3 in output.phases]
GOOD = ("2.0", 3, date(2027, 4, 1), "Library/Phase 3", "none")


def tracker(rows=None, *, headings=ADDED, others=GOOD, change=None, extra=()) -> bytes:
    """Return a tracker of GSA's layout: every output of Phase 3 and 4, some of them with cells of their own."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "M3 Documents"
    sheet.append([*OF_GSA, *headings])
    for output in OUTPUTS:
        due = ["Updated" if phase in output.phases else None for phase in (3, 4)]
        sheet.append([output.name, "3", None, None, None, *due, None, *(rows or {}).get(output.name, others)])
    for row in extra:
        sheet.append(row)
    if change is not None:
        change(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(data: bytes, tailoring: bytes | None = None, **settings):
    files = {"file": ("tracker.xlsx", data)}
    if tailoring is not None:
        files["tailoring"] = ("guide.xlsx", tailoring)
    return answers_of(DocumentTrackerCollector(), job_of(files, as_of=HELD), settings)


def row_of(name: str) -> int:
    return [output.name for output in OUTPUTS].index(name) + 2


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.program.m3"
    name = "tracker"
    files: ClassVar = {"file": ("tracker.xlsx", tracker())}
    as_of: ClassVar = AsOf(rule=AsOfRule.SAID, at=HELD, by="Ada Kirsch")


class TestPresent:
    def test_the_outputs_due_are_those_that_gsa_published(self):
        """41 in Phase 3 and 43 in Phase 4, and no two of them share a name."""
        names = [name for output in OUTPUTS for name in names_of(output.name)]

        assert [sum(phase in output.phases for output in OUTPUTS) for phase in (3, 4)] == [41, 43]
        assert len(names) == len(set(names))

    @pytest.mark.parametrize(
        ("cells", "there"),
        [
            (("1.0", 3, date(2027, 4, 1), "Library", "none"), True),
            (("v2", "Phase 4", date(2027, 4, 1), "Library", "none"), True),
            ((3.0, 3, date(2027, 4, 1), "Library", "none"), True),
            (("Version 1", 3, date(2027, 4, 19), "Library", "none"), True),
            (("0.9", 3, date(2027, 4, 1), "Library", "none"), False),
            (("1.0", 2, date(2027, 4, 1), "Library", "none"), False),
            (("1.0", None, date(2027, 4, 1), "Library", "none"), False),
            (("1.0", 3, None, "Library", "none"), False),
            (("1.0", 3, date(2027, 4, 1), "TBD", "none"), False),
            (("TBD", 3, date(2027, 4, 1), "Library", None), False),
            ((None, None, None, None, None), False),
        ],
    )
    def test_an_output_exists_in_the_version_due_or_it_does_not(self, cells, there):
        """A draft, a version of the phase before, and a version that nobody can find are not what is due."""
        answer = read(tracker({"Test Plan": cells}))["phase3_present_ratio"]

        assert (answer.part, answer.whole) == (41 if there else 40, 41)
        assert list(answer.open_items) == ([] if there else ["Test Plan"])

    def test_a_version_of_the_phase_after_is_later_still(self):
        """It replaced the one that was due, and one of Phase 3 is not what Phase 4 asks for."""
        found = read(tracker(others=("2.0", 3, date(2027, 4, 1), "Library", "none")))

        assert (found["phase3_present_ratio"].part, found["phase4_present_ratio"].part) == (41, 0)
        assert found["phase4_present_ratio"].whole == 43

    def test_a_row_that_was_deleted_is_an_output_that_does_not_exist(self):
        """Nor does clearing the cell that says when it is due make it less due."""

        def change(sheet):
            sheet.cell(row_of("Interface Strategy"), 6).value = None
            sheet.delete_rows(row_of("Test Plan"))

        answer = read(tracker(change=change))["phase3_present_ratio"]

        assert (answer.part, answer.whole, list(answer.open_items)) == (40, 41, ["Test Plan"])

    def test_a_row_of_the_agencys_own_is_not_among_the_41(self):
        """Else outputs that nobody asked for would make up for those that are missing."""
        own = ["Charter of our own", "3", None, None, None, "Updated", None, None, *GOOD]

        assert read(tracker({"Test Plan": (None,) * 5}, extra=[own]))["phase3_present_ratio"].part == 40

    def test_hidden_rows_count(self):
        """Hiding what is missing must not take it away."""

        def change(sheet):
            sheet.row_dimensions[row_of("Test Plan")].hidden = True

        assert read(tracker({"Test Plan": (None,) * 5}, change=change))["phase3_present_ratio"].part == 40


class TestTailoredOut:
    def test_with_a_reason_it_is_not_counted(self):
        """The report names how many were left out."""
        reason = {"IV&V Plan": "No change of technology; program board of 2027-01-12"}
        answer = read(tracker({"Test Plan": (None,) * 5}), tailored_out=reason)["phase3_present_ratio"]

        assert (answer.part, answer.whole) == (39, 40)
        assert answer.where == f"sheet M3 Documents, {len(OUTPUTS)} outputs, 1 of 41 tailored out"
        assert read(tracker())["phase3_present_ratio"].where == f"sheet M3 Documents, {len(OUTPUTS)} outputs"

    @pytest.mark.parametrize(("name", "reason"), [("Test Plans", "Board decision 4"), ("Test Plan", "TBD")])
    def test_without_one_or_for_an_unknown_output_it_is_refused(self, name, reason):
        """A misspelt name would leave nothing out, and an empty reason is none."""
        with pytest.raises(SettingsRefusal, match=r"is no output|gives no reason"):
            DocumentTrackerCollector().declare(DocumentTrackerSettings(tailored_out={name: reason}))

    def test_the_guide_leaves_out_what_it_omits(self):
        """GSA's own for services: five outputs of Phase 3 and 17 of Phase 4 are omitted in every row about them."""
        found = read(tracker(), guide())

        assert [found[f"phase{phase}_present_ratio"].whole for phase in (3, 4)] == [36, 26]

    @pytest.mark.parametrize(("remark", "whole"), [("Board decision 4", 35), (None, 36)])
    def test_what_the_agency_omits_takes_a_reason(self, remark, whole):
        """GSA left it to the project; an Omit alone is nobody's decision."""
        filled = guide({("3.10", "Training Plan"): ("Omit", remark)})

        assert read(tracker(), filled)["phase3_present_ratio"].whole == whole

    def test_one_row_that_needs_it_is_enough(self):
        """The data cleansing plan has two fates only where every row omits it."""
        filled = guide({("3.1", "IV&V Plan"): ("Recommended", "The board wants it")})

        assert read(tracker(), filled)["phase3_present_ratio"].whole == 37


class TestCited:
    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("2", (2,)),
            ("2.0", (2,)),
            ("2.0.0", (2,)),
            ("0", (0,)),
            ("0.0", (0,)),
            ("1.10", (1, 10)),
            ("1.0.1", (1, 0, 1)),
        ],
    )
    def test_versions_are_compared_number_by_number(self, text, numbers):
        """2.0 is 2, and 1.10 comes after 1.9."""
        assert parsed(text) == numbers

    @pytest.mark.parametrize(
        ("cites", "count"),
        [
            ("none", 0),
            ("Governance Plan 2.0", 0),
            ("Governance Plan v2; RTM 2.0", 0),
            ("Governance Plan 1.9", 1),
            ("RTM 1.0\nGovernance Plan 1", 1),
            ("IV&V Plan 1.0", 1),
            ("Integrated Master Schedule (IMS), version 1.12", 1),
        ],
    )
    def test_a_lower_version_than_the_one_in_force_is_replaced(self, cites, count):
        """By the output's name, its short name, or what GSA's guide calls it."""
        answer = read(tracker({"Test Plan": (*GOOD[:4], cites)}))["superseded_cited"]

        assert (answer.value, list(answer.open_items)) == (count, ["Test Plan"][:count])

    @pytest.mark.parametrize(("cites", "count"), [("Governance Plan 2.0", 1), ("Governance Plan 2.1", 0)])
    def test_a_small_step_of_a_version_replaces_it_too(self, cites, count):
        """What was corrected may be what the other output rests on."""
        rows = {"Governance Plan": ("2.1", *GOOD[1:]), "Test Plan": (*GOOD[:4], cites)}

        assert read(tracker(rows))["superseded_cited"].value == count

    @pytest.mark.parametrize(
        ("cites", "reason"),
        [
            ("Governance Plan 2.1", "version 2 is in force"),
            ("Project Plan 1.0", "does not list"),
            ("Interface Strategy 1.0", "no version in force"),
        ],
    )
    def test_what_cannot_be_compared_is_a_gap(self, cites, reason):
        """Nobody knows which of the two is wrong."""
        rows = {"Test Plan": (*GOOD[:4], cites), "Interface Strategy": (None,) * 5}
        answer = read(tracker(rows))["superseded_cited"]

        assert answer.gap is GapReason.MALFORMED
        assert reason in answer.detail

    def test_a_blank_cell_does_not_say_that_nothing_is_cited(self):
        """Clearing what is cited must not make the count smaller."""
        answer = read(tracker({"Test Plan": (*GOOD[:4], None)}))["superseded_cited"]

        assert answer.gap is GapReason.NOT_PROVABLE
        assert "nothing says which outputs Test Plan cites; under the column" in answer.detail

    @pytest.mark.parametrize(("count", "more"), [(3, ""), (4, " and 1 more"), (5, " and 2 more")])
    def test_a_sentence_names_three_outputs_and_counts_the_others(self, count, more):
        """Forty names are no sentence."""
        silent = ["Test Plan", "Governance Plan", "Training Plan", "Status Reports/Dashboards", "Workforce Assessment"]
        answer = read(tracker(dict.fromkeys(silent[:count], (*GOOD[:4], None))))["superseded_cited"]

        named = [name for name in THIRD if name in silent[:count]][:3]
        assert f"nothing says which outputs {', '.join(named)}{more} cite; " in answer.detail

    def test_a_deleted_row_is_a_gap(self):
        """It may have been the one that cited a replaced version."""
        found = read(tracker(change=lambda sheet: sheet.delete_rows(row_of("Test Plan"))))

        assert found["superseded_cited"].gap is GapReason.MISSING

    def test_without_the_column_it_is_a_gap_and_the_rest_is_answered(self):
        """An office may begin with what exists."""
        found = read(tracker(headings=ADDED[:4], others=GOOD[:4]))

        assert found["superseded_cited"].gap is GapReason.NOT_PROVABLE
        assert "add the column of cited outputs" in found["superseded_cited"].detail
        assert found["phase3_present_ratio"].part == 41

    def test_where_nothing_exists_nothing_shows_what_it_would_cite(self):
        """No output cites a replaced one where no output is written."""
        rows = dict.fromkeys(THIRD, (None,) * 5)

        assert read(tracker(rows))["superseded_cited"].gap is GapReason.NOT_PROVABLE


class TestFile:
    @pytest.mark.parametrize("older", ["file", "tailoring"])
    def test_the_older_of_the_two_workbooks_dates_the_answers(self, older):
        """What was tailored out last year may be needed now."""
        files = {"file": ("tracker.xlsx", tracker()), "tailoring": ("guide.xlsx", guide())}
        before = HELD.replace(month=3)
        held = {"file": HELD, "tailoring": HELD} | {older: before}
        found = answers_of(DocumentTrackerCollector(), job_of(files, as_of=held), {})

        assert {answer.as_of for answer in found.values()} == {before}

    def test_the_tracker_as_published_is_a_gap(self):
        """It says what is due, and not what exists."""
        with pytest.raises(CollectorRefusal, match="lacks the columns 'Version in Force'") as caught:
            read(tracker(headings=(), others=()))

        assert caught.value.reason is GapReason.NOT_PROVABLE

    def test_columns_that_nobody_filled_in_are_a_gap(self):
        """Nothing exists is an answer that somebody has to give."""
        with pytest.raises(CollectorRefusal, match="the tracker is not filled in"):
            read(tracker(others=(None, None, None, None, None)))

    @pytest.mark.parametrize(
        ("cells", "message"),
        [
            (("final", 3, None, None, None), "write a version such as 2.0"),
            ((date(2027, 1, 2), 3, None, None, None), "write a version such as 2.0"),
            (("1.0", "engagement", None, None, None), "write a phase"),
            (("1.0", 6, None, None, None), "write a phase"),
            (("1.0", 3, "soon after", None, None), "is not a date"),
            (("1.0", 3, date(2027, 4, 20), "Library", "none"), "in the future"),
            (("1.0", 3, date(2027, 4, 1), "Library", "the other plans"), "write each output with its version"),
            ((None, 3, date(2027, 4, 1), "Library", "RTM 1.0"), "no version of 'Test Plan' is there"),
            (("=A1", 3, date(2027, 4, 1), "Library", "none"), "formula without a stored result"),
        ],
    )
    def test_a_cell_that_cannot_be_read_is_refused_by_its_place(self, cells, message):
        """Never passed over: it may be the one that is missing."""
        with pytest.raises(CollectorRefusal, match=message) as caught:
            read(tracker({"Test Plan": cells}))

        assert str(row_of("Test Plan")) in str(caught.value)

    def test_two_rows_of_one_output_are_refused(self):
        """One of them is the older one."""
        with pytest.raises(CollectorRefusal, match="'test plan' a second time"):
            read(tracker(extra=[["test  plan", *[None] * 7, *GOOD]]))

    def test_two_outputs_of_one_short_name_are_refused(self):
        """A citation of it would be compared with either."""
        with pytest.raises(CollectorRefusal, match="one short name, 'rtm'"):
            read(tracker(extra=[["Release matrix (RTM)", *[None] * 7, *GOOD]]))

    @pytest.mark.parametrize(
        "cells", [GOOD, ("2.0",), (None, 3), (None, None, None, "Library"), (None,) * 4 + ("none",)]
    )
    def test_a_row_without_an_output_is_refused(self, cells):
        """Its name was cut off, and with it what it counts for; a blank row is none."""
        with pytest.raises(CollectorRefusal, match="names no output"):
            read(tracker(extra=[[None] * 8 + list(cells)]))
        assert read(tracker(extra=[[None], ["Own charter", *[None] * 7, *GOOD]]))["phase3_present_ratio"].part == 41

    def test_what_is_hidden_or_struck_through_or_merged_is_refused(self):
        """Nobody can tell whether it still counts."""

        def hide(sheet):
            sheet.parent.create_sheet("Other")
            sheet.sheet_state = "hidden"

        def strike(sheet):
            for cell in sheet[row_of("Test Plan")]:
                cell.font = Font(strike=True)

        for change, message in (
            (hide, "is hidden"),
            (strike, "struck through"),
            (lambda sheet: sheet.merge_cells("I3:I4"), "merged cells I3:I4"),
        ):
            with pytest.raises(CollectorRefusal, match=message):
                read(tracker(change=change))

    def test_columns_may_have_other_names(self):
        """An office that has them already names them."""
        headings = ["Rev", "Stage", "Signed on", "SharePoint", "Rests on"]
        keys = ["version_column", "phase_column", "date_column", "location_column", "cites_column"]
        found = read(tracker(headings=headings), **dict(zip(keys, headings, strict=True)))

        assert (found["phase3_present_ratio"].part, found["superseded_cited"].value) == (41, 0)

    def test_spoiled_copies_read_no_better(self):
        """Whatever a disk or a mail gateway does to it."""
        rows = {"Test Plan": (*GOOD[:4], "RTM 1.0"), "Interface Strategy": (None,) * 5}
        better = no_better(
            read,
            tracker(rows),
            fewer_is_better=frozenset({"superseded_cited", "phase4_superseded_cited"}),
            more_is_better=frozenset({"phase3_present_ratio", "phase4_present_ratio"}),
        )

        assert better == []


@pytest.mark.skipif(not REAL.exists(), reason="GSA's files are not beside the checkout")
class TestReal:
    def test_the_workbook_as_published_is_a_gap_and_answers_once_it_is_filled_in(self):
        """With the columns added on the right, as the page says."""
        with pytest.raises(CollectorRefusal, match="says what is due and not what exists"):
            read(REAL.read_bytes())
        workbook = openpyxl.load_workbook(io.BytesIO(REAL.read_bytes()))
        sheet = workbook["M3 Documents"]
        due = {3: [], 4: []}
        for column, heading in enumerate(ADDED, 9):
            sheet.cell(1, column).value = heading
        for row in range(2, 96):
            for column, value in enumerate(("1.0", 3, date(2027, 4, 1), "Library", "none"), 9):
                sheet.cell(row, column).value = value
            for phase in due:
                if sheet.cell(row, 3 + phase).value:
                    due[phase].append(" ".join(sheet.cell(row, 1).value.split()))
        stream = io.BytesIO()
        workbook.save(stream)
        found = read(stream.getvalue())

        assert {phase: [output.name for output in OUTPUTS if phase in output.phases] for phase in due} == due
        assert (found["phase3_present_ratio"].part, found["phase3_present_ratio"].whole) == (41, 41)
        assert (found["phase4_present_ratio"].part, found["phase4_present_ratio"].whole) == (0, 43)
