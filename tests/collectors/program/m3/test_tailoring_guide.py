"""GSA's tailoring guide: a decision has a reason, and a row that was deleted records none."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import openpyxl
import pytest
from openpyxl.styles import Font
from tests.spoiled import no_better

from gonogo.collectors.program.m3.guide_rows import ROWS
from gonogo.collectors.program.m3.tailoring_guide import TailoringGuideCollector
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of

HELD = datetime(2027, 4, 12, 4, 0, tzinfo=UTC)
REAL = Path(__file__).parents[5] / "shared/data/gsa-m3/M3-Services-Tailoring-Guide.xlsx"
HEADINGS = [
    None, "M3 Playbook Activity", "M3 Output", "Tailoring", "M3 Phase ", "M3 Work Stream", "OSSPI Remarks",
    "Agency Remarks",
]  # fmt: skip
WHY = "Decided by the program board on 12 January"
OWN = [None, "Other Agency Items Tailored In"]


def guide(rows=None, *, decided=True, change=None, extra=(), remark=WHY) -> bytes:
    """Return a guide of GSA's layout; what GSA leaves to the project is recommended with a reason, unless said."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Tailor"
    workbook.create_sheet("Overview")
    for row in (["", "Header"], ["", "Name:", "Harborline"], ["", "M3 Phase:", "Phase 3"], [], [], HEADINGS):
        sheet.append(row)
    phase = 0
    for row in ROWS:
        if row.phase != phase:
            phase = row.phase
            sheet.append([None, f"Phase {phase} (title)"])
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=2, end_column=8)
        status, why = row.status.title(), None
        if row.status == "project dependent" and decided:
            status, why = "Recommended", remark
        status, why = (rows or {}).get((row.activity, row.output), (status, why))
        stream = "Technology" if row.technology else "Program Management"
        sheet.append([None, f"{row.activity} Do it", row.output, status, f"Phase {phase}", stream, "As GSA says", why])
    sheet.append(OWN)
    for row in extra:
        sheet.append(row)
    if change is not None:
        change(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(data: bytes):
    return answers_of(TailoringGuideCollector(), job_of({"file": ("guide.xlsx", data)}, as_of=HELD), {})


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.program.m3"
    name = "tailoring"
    files: ClassVar = {"file": ("guide.xlsx", guide())}
    as_of: ClassVar = AsOf(rule=AsOfRule.SAID, at=HELD, by="Ada Kirsch")


class TestUndecided:
    def test_decided_with_a_reason_none_is_left(self):
        """GSA left 9 outputs of Phase 3 outside technology to the project, and 12 in technology."""
        found = read(guide())

        assert (found["program_undecided"].value, found["technology_undecided"].value) == (0, 0)
        assert found["recommended_omitted"].value == 0

    @pytest.mark.parametrize("remark", [None, "TBD", "n/a"])
    def test_a_decision_without_a_reason_is_none(self, remark):
        """Changing the drop-down is not a decision that anybody can check later."""
        keep = {("3.1", "Program Charter"): ("Recommended", WHY)}
        found = read(guide(keep, remark=remark))

        assert (found["program_undecided"].value, found["technology_undecided"].value) == (9, 12)
        assert "3.3 Procurement Plan" in found["program_undecided"].open_items

    @pytest.mark.parametrize("status", ["Project Dependent", "project  dependent"])
    def test_what_is_still_left_open_counts(self, status):
        """A remark alone decides nothing."""
        answer = read(guide({("3.10", "Training Plan"): (status, WHY)}))["program_undecided"]

        assert (answer.value, list(answer.open_items)) == (1, ["3.10 Training Plan"])

    def test_a_recommended_row_that_was_deleted_is_left_out_against_gsa(self):
        """Deleting it is the quietest way to omit it."""

        def change(sheet):
            [place] = [row[0].row for row in sheet.iter_rows() if (row[1].value, row[2].value) == ("3.1 Do it", "IMS")]
            sheet.delete_rows(place)

        answer = read(guide(change=change))["recommended_omitted"]
        assert (answer.value, list(answer.open_items)) == (1, ["3.1 IMS"])

    def test_a_row_that_was_deleted_is_undecided(self):
        """Else deleting it would settle it."""
        place = next(number for number, row in enumerate(ROWS) if row.output == "Procurement Plan") + 8
        found = read(guide(change=lambda sheet: sheet.delete_rows(place)))

        assert list(found["program_undecided"].open_items) == ["3.3 Procurement Plan"]
        assert found["procurement_needed"].gap is GapReason.MISSING

    def test_what_the_agency_leaves_open_counts_too(self):
        """A row of GSA's that was made open, and an item of the agency's own."""
        own = [None, "", "Card register", "Project Dependent", "Phase 3", "Technology", None, None]
        found = read(guide({("3.2", "Governance Charter"): ("Project Dependent", None)}, extra=[own]))

        assert list(found["program_undecided"].open_items) == ["3.2 Governance Charter"]
        assert list(found["technology_undecided"].open_items) == ["Card register"]

    def test_what_gsa_recommends_and_the_agency_omits_is_named(self):
        """GSA expects that selection to stay."""
        answer = read(guide({("3.1", "Program Charter"): ("Omit", WHY)}))["recommended_omitted"]

        assert list(answer.open_items) == ["3.1 Program Charter"]


class TestNeeded:
    @pytest.mark.parametrize(
        ("status", "remark", "value"),
        [("Recommended", WHY, True), ("Omit", WHY, False), ("Omit", None, None), ("Project Dependent", WHY, None)],
    )
    def test_only_a_decision_with_a_reason_answers(self, status, remark, value):
        """Where nothing says so, the criterion applies."""
        answer = read(guide({("3.3", "Procurement Plan"): (status, remark)}))["procurement_needed"]

        assert (answer.value, answer.gap) == (value, GapReason.MISSING if value is None else None)

    @pytest.mark.parametrize(
        ("first", "second", "value"),
        [
            (("Omit", WHY), ("Omit", WHY), False),
            (("Omit", WHY), ("Recommended", WHY), True),
            (("Omit", WHY), ("Omit", None), None),
            (("Recommended", WHY), ("Project Dependent", None), True),
        ],
    )
    def test_that_it_is_not_needed_takes_every_row(self, first, second, value):
        """Two activities make the requirements matrix."""
        name = "Requirements Traceability Matrix (RTM)"
        answer = read(guide({("3.11", name): first, ("3.12", "RTM"): second}))["requirements_needed"]

        assert answer.value is value


class TestFile:
    def test_the_guide_as_published_is_a_gap(self):
        """GSA's own choices are no decisions of the program."""
        with pytest.raises(CollectorRefusal, match="GSA's guide is not filled in") as caught:
            read(guide(decided=False))

        assert caught.value.reason is GapReason.NOT_PROVABLE

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda sheet: sheet.cell(9, 4, "Maybe"), "is Recommended, Project Dependent or Omit"),
            (lambda sheet: sheet.cell(9, 5, ""), "it is a phase"),
            (lambda sheet: sheet.cell(9, 3, ""), "names no output"),
            (lambda sheet: sheet.cell(9, 3, "Program Charter"), "a second time"),
            (lambda sheet: sheet.cell(9, 8, "=A1"), "formula without a stored result"),
            (lambda sheet: sheet.merge_cells("D9:D10"), "merged cells D9:D10"),
            (lambda sheet: sheet.merge_cells("I6:I7"), "merged cells I6:I7"),
            (lambda sheet: sheet.cell(6, 8, "Notes"), "no header row with 'Agency Remarks'"),
        ],
    )
    def test_a_row_that_cannot_be_read_is_refused(self, change, message):
        """A misread row decides what is not asked."""
        with pytest.raises(CollectorRefusal, match=message):
            read(guide(change=change))

    def test_what_is_merged_above_the_headings_is_no_matter(self):
        """The head of the sheet is."""
        found = read(guide(change=lambda sheet: sheet.merge_cells("B4:B5")))

        assert found["program_undecided"].value == 0

    def test_the_row_below_the_headings_counts(self):
        """An office deletes the titles between; what stands in the first row and in the last may be left open."""

        def change(sheet):
            sheet.unmerge_cells("B7:H7")
            sheet.delete_rows(7)

        own = [None, "", "Card register", "Project Dependent", "Phase 3", "Technology", None, None]
        found = read(guide({("3.1", "Program Charter"): ("Omit", WHY)}, change=change, extra=[own]))

        assert list(found["recommended_omitted"].open_items) == ["3.1 Program Charter"]
        assert list(found["technology_undecided"].open_items) == ["Card register"]
        assert found["recommended_omitted"].where == f"sheet Tailor, {len(ROWS) + 1} rows"

    def test_spoiled_copies_read_no_better(self):
        """Whatever a disk or a mail gateway does to it."""
        better = no_better(
            read,
            guide({("3.10", "Training Plan"): ("Project Dependent", None), ("3.12", "RTM"): ("Omit", None)}),
            fewer_is_better=frozenset({"program_undecided", "technology_undecided", "recommended_omitted"}),
            more_is_better=frozenset(),
        )

        assert better == []


@pytest.mark.skipif(not REAL.exists(), reason="GSA's files are not beside the checkout")
class TestReal:
    def test_the_rows_are_those_that_gsa_published_and_a_filled_copy_is_read(self):
        """As published it is a gap; with one remark all others are without a decision."""
        with pytest.raises(CollectorRefusal, match="not filled in"):
            read(REAL.read_bytes())
        workbook = openpyxl.load_workbook(io.BytesIO(REAL.read_bytes()))
        sheet = workbook["Tailor"]
        rows = [
            (row[1].split()[0], " ".join(row[2].split()), row[3].lower(), row[5].strip() == "Technology")
            for row in sheet.iter_rows(min_row=7, values_only=True)
            if row[2] and row[4].strip() in ("Phase 3", "Phase 4")
        ]
        sheet["D84"], sheet["H84"] = "Omit", WHY
        stream = io.BytesIO()
        workbook.save(stream)
        found = read(stream.getvalue())

        assert rows == [(row.activity, row.output, row.status, row.technology) for row in ROWS]
        assert (found["program_undecided"].value, found["technology_undecided"].value) == (8, 12)
        assert found["procurement_needed"].value is False


@pytest.mark.parametrize("what", ["hidden", "struck through"])
def test_a_hidden_sheet_and_a_row_that_is_struck_through_are_refused(what):
    """Both may be of last month, and nobody can tell whether they count."""

    def change(sheet):
        if what == "hidden":
            sheet.sheet_state = "hidden"
        else:
            for cell in sheet[8]:
                cell.font = Font(strike=True)

    with pytest.raises(CollectorRefusal, match=f"is {what}"):
        read(guide(change=change))
