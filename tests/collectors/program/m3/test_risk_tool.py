"""M3's risk tool: what people chose counts, and a template that nobody filled in answers nothing."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import openpyxl
import pytest
from tests.spoiled import no_better

from gonogo.collectors.program.m3.risk_ratings import CATEGORIES
from gonogo.collectors.program.m3.risk_tool import RiskToolCollector
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of

HELD = datetime(2027, 4, 12, 4, 0, tzinfo=UTC)
REAL = Path(__file__).parents[5] / "shared/data/gsa-m3/M3-Playbook-Risk-Assessment-Tool-Template.xlsm"
PLACEHOLDER = "<<Enter Your agency's Justification or Mitigation Strategies here, and rate yourself to the left>>"
HEADINGS = [
    "Risk Category", "Low ", "Medium", "High", "Agency Rating", "Agency Value", "Agency Weighted Value",
    "Agency Applied Risk Mitigation Strategy", "OSSPI Rating", "OSSPI Value", "OSSPI Weighted Value", "OSSPI Comments",
]  # fmt: skip
WEIGHTED = [1.0] * 6 + [0.5, 0.5] + [1.0] * 4
"""The weights that GSA's tool has for a large project in Phase 3."""


def book(agency="Low", second="Low", *, strategy="Weekly review", size="Large", change=None) -> bytes:
    """Return a tool of GSA's layout, rated in Phase 3; ratings are one for all, or one each."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name in ("Risk Descriptions", "Phase 1", "Phase 2", "Phase 3", "Phase 4", "Dashboard", "Parameters"):
        workbook.create_sheet(name)
    for phase in range(1, 5):
        sheet = workbook[f"Phase {phase}"]
        sheet["A3"], sheet["A4"] = "Agency Self Assessment", "Overall OSSPI Rating"
        for column, heading in enumerate(HEADINGS, 1):
            sheet.cell(7, column, heading)
        for number, category in enumerate(CATEGORIES):
            row = [category, "● fine", "● less", "● bad"]
            if phase == 3:
                ours = agency if isinstance(agency, str) else agency[number]
                theirs = second if isinstance(second, str) else second[number]
                row += [ours, "=1", "=1", strategy, theirs]
            for column, value in enumerate(row, 1):
                sheet.cell(8 + number, column, value or None)
    weights = workbook["Parameters"]
    weights["D4"] = size
    weights["B15"] = "Risk Category"
    for phase in range(4):
        weights.cell(15, 3 + 2 * phase, f"Phase {phase + 1}")
        weights.cell(14, 3 + 2 * phase, "Small")
        weights.cell(14, 4 + 2 * phase, "Large")
        for number, category in enumerate(CATEGORIES):
            weights.cell(16 + number, 2, category)
            weights.cell(16 + number, 3 + 2 * phase, 1)
            weights.cell(16 + number, 4 + 2 * phase, WEIGHTED[number])
    if change is not None:
        change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(data: bytes, **settings):
    job = job_of({"file": ("risk-tool.xlsm", data)}, as_of=HELD)
    return answers_of(RiskToolCollector(), job, {"phase": 3} | settings)


def one(rating: str, at: int = 0, others: str = "Low") -> list[str]:
    """Return twelve ratings of which one differs."""
    return [rating if number == at else others for number in range(12)]


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.program.m3"
    name = "risk"
    files: ClassVar = {"file": ("risk-tool.xlsm", book())}
    settings: ClassVar = {"phase": 3}
    as_of: ClassVar = AsOf(rule=AsOfRule.SAID, at=HELD, by="Ada Kirsch")


class TestScores:
    def test_they_are_the_mean_of_weighted_points(self):
        """As the tool's own formula has it: 1, 3 and 5 of the agency, 1 to 5 of the reviewer."""
        found = read(book(one("High"), one("Medium with Accepted Risk Strategy")))

        assert found["self_score"].value == Decimal("1.25")
        assert found["independent_score"].value == Decimal("1")
        assert "Schedule Risk 0.5, Management Support Risk 0.5" in found["self_score"].where

    @pytest.mark.parametrize(
        ("rating", "ours", "theirs"),
        [
            ("Low", 1, 1),
            ("Medium", 3, 3),
            ("High", 5, 5),
            ("Medium with Accepted Risk Strategy", None, 2),
            ("High with Accepted Risk Strategy", None, 4),
        ],
    )
    def test_each_rating_has_the_points_of_the_tool(self, rating, ours, theirs):
        """An accepted strategy takes one point off the reviewer's rating, and the agency has none to give itself."""
        found = read(book(rating if ours else "Low", rating, size="Small"))

        assert found["self_score"].value == Decimal(ours or 1)
        assert found["independent_score"].value == Decimal(theirs)

    @pytest.mark.parametrize(("stored", "differs"), [(0.92, False), (0.9167, False), (0.9226, False), (0.923, True)])
    def test_a_rounded_result_is_the_same(self, stored, differs):
        """Somebody may have typed what the dashboard shows."""

        def change(workbook):
            workbook["Phase 3"]["B3"] = stored

        assert (read(book(change=change))["self_score"].gap is GapReason.MALFORMED) is differs

    def test_the_size_of_the_project_chooses_the_weights(self):
        """Large projects weigh two categories half in Phase 3."""
        assert read(book("High", "High", size="Small"))["self_score"].value == Decimal(5)
        assert read(book("High", "High", size="Large"))["self_score"].value == Decimal("4.5834")

    @pytest.mark.parametrize("rating", ["", "N/A"])
    def test_an_unrated_category_is_a_gap(self, rating):
        """The tool leaves it out of its mean, so that rating nothing would lower the score."""
        found = read(book(one(rating), "Low"))

        assert found["self_score"].gap is GapReason.MISSING
        assert "Data/Information Risk" in found["self_score"].detail
        assert found["independent_score"].value == Decimal("0.9167")

    def test_a_stored_result_that_differs_is_a_gap(self):
        """A changed formula shows another score on the dashboard than the ratings give."""

        def change(workbook):
            workbook["Phase 3"]["B3"], workbook["Phase 3"]["B4"] = 0.5, 0.9167

        found = read(book(change=change))

        assert found["self_score"].gap is GapReason.MALFORMED
        assert "shows 0.5 as its own result" in found["self_score"].detail
        assert found["independent_score"].value == Decimal("0.9167")

    @pytest.mark.parametrize("weight", [0, -1, 1.5, "one", None, True])
    def test_a_weight_that_takes_a_category_away_is_refused(self, weight):
        """A weight of nothing takes a rating of high out of the mean."""

        def change(workbook):
            workbook["Parameters"]["H16"] = weight

        with pytest.raises(CollectorRefusal, match="should hold a weight above 0 and up to 1"):
            read(book("High", change=change))

    @pytest.mark.parametrize("value", ["Huge", None])
    def test_the_size_must_be_known(self, value):
        """Without it nobody knows which weights count."""
        with pytest.raises(CollectorRefusal, match="should hold the project's size"):
            read(book(size=value))

    def test_columns_of_weights_that_were_moved_are_refused(self):
        """The size above a column says whose weights they are."""

        def change(workbook):
            workbook["Parameters"]["H14"] = "Small"

        with pytest.raises(CollectorRefusal, match="Parameters, cell H14 should say 'Large'"):
            read(book(change=change))

    @pytest.mark.parametrize(("row", "found"), [(40, True), (41, False)])
    def test_the_weights_stand_within_the_first_forty_rows(self, row, found):
        """GSA's stand in row 15; another table far below is none of the tool's."""

        def change(workbook):
            workbook["Parameters"].move_range("A14:Z30", rows=row - 15)

        if found:
            assert read(book(change=change))["self_score"].value == Decimal("0.9167")
        else:
            with pytest.raises(CollectorRefusal, match="Parameters has no header row"):
                read(book(change=change))


class TestUnmitigated:
    @pytest.mark.parametrize(
        ("agency", "second", "strategy", "count"),
        [
            ("Low", "Low", "", 0),
            ("Medium", "Medium", "", 0),
            ("High", "High", "Weekly review", 1),
            ("High", "Low", "Weekly review", 1),
            ("Low", "High", "Weekly review", 1),
            ("High", "High with Accepted Risk Strategy", "Weekly review", 0),
            ("High", "Medium with Accepted Risk Strategy", "Weekly review", 0),
            ("High", "High with Accepted Risk Strategy", PLACEHOLDER, 1),
            ("Low", "High with Accepted Risk Strategy", "", 1),
            ("Low", "High with Accepted Risk Strategy", "Strategy to be agreed", 1),
        ],
    )
    def test_only_an_accepted_and_written_strategy_answers_a_high_rating(self, agency, second, strategy, count):
        """That the other side rates it lower, or a strategy nobody accepted, is no answer."""
        answer = read(book(one(agency), one(second), strategy=strategy))["high_categories_unmitigated"]

        assert (answer.value, list(answer.open_items)) == (count, ["Data/Information Risk"][:count])

    @pytest.mark.parametrize(("agency", "second"), [(one(""), "Low"), ("Low", one("N/A"))])
    def test_an_unrated_category_may_be_high(self, agency, second):
        """None high of those that were rated is not none high."""
        assert read(book(agency, second))["high_categories_unmitigated"].gap is GapReason.MISSING


class TestBothSides:
    def test_a_reviewer_is_not_the_provider(self):
        """M3 asks for two sides of the program; GSA's tool has the agency's rating and a reviewer's."""
        answer = read(book())["categories_rated_both"]

        assert answer.gap is GapReason.NOT_PROVABLE
        assert "second_rating: provider" in answer.detail

    def test_where_the_provider_filled_it_in_both_are_counted(self):
        """Then no outside reviewer rated anything."""
        found = read(book(one("", 3), one("N/A", 5)), second_rating="provider")

        assert found["categories_rated_both"].value == 10
        assert list(found["categories_rated_both"].open_items) == [CATEGORIES[3], CATEGORIES[5]]
        assert found["independent_score"].gap is GapReason.NOT_PROVABLE


class TestFile:
    def test_a_template_is_a_gap(self):
        """No category rated high in an empty tool is no good news."""
        with pytest.raises(CollectorRefusal, match="phase 3 of GSA's tool is not filled in") as caught:
            read(book("", ""))

        assert caught.value.reason is GapReason.NOT_PROVABLE

    def test_a_row_that_was_cut_is_refused(self):
        """The category that is missing may be the one that was high."""
        with pytest.raises(CollectorRefusal, match="lacks 1 of the 12 categories: Schedule Risk"):
            read(book(change=lambda workbook: workbook["Phase 3"].delete_rows(14)))

    @pytest.mark.parametrize(("count", "more"), [(3, ""), (4, ", …")])
    def test_a_sentence_names_three_of_what_is_lacking(self, count, more):
        """The rest is counted."""
        sentence = rf"lacks {count} of the 12 categories: [^,]*, [^,]*, [^,…]*{more}; restore"
        with pytest.raises(CollectorRefusal, match=sentence):
            read(book(change=lambda workbook: workbook["Phase 3"].delete_rows(11, count)))

    def test_a_row_that_is_there_twice_is_refused(self):
        """One of the two is the older one, and nobody can tell which."""

        def change(workbook):
            workbook["Phase 3"]["A30"] = "Schedule  risk"

        with pytest.raises(CollectorRefusal, match="'Schedule Risk' a second time"):
            read(book(change=change))

    def test_a_hidden_row_counts(self):
        """Hiding a category that is high must not take it away."""

        def change(workbook):
            workbook["Phase 3"].row_dimensions[8].hidden = True

        answer = read(book(one("High"), change=change))["high_categories_unmitigated"]

        assert answer.value == 1
        assert "1 of them in hidden rows" in answer.where
        assert read(book(one("High")))["high_categories_unmitigated"].where == "sheet Phase 3, 12 categories"

    def test_a_category_cannot_be_taken_out_of_the_assessment(self):
        """GSA's sheet leaves one out, in Phase 1 and in Phase 4, and none in Phase 3."""

        def change(workbook):
            workbook["Phase 3"]["B8"] = "Not Assessed"

        with pytest.raises(CollectorRefusal, match="'Data/Information Risk' is not assessed"):
            read(book(one("High"), change=change))

    @pytest.mark.parametrize(("phase", "row"), [(1, 8), (4, 8), (1, 16), (4, 17)])
    def test_nor_another_one_than_gsa_leaves_out(self, phase, row):
        """In Phase 1 that is the technical complexity alone, in Phase 4 the feasibility."""

        def change(workbook):
            for number in range(8, 20):
                workbook[f"Phase {phase}"].cell(number, 5).value = "Medium"
            workbook[f"Phase {phase}"].cell(row, 2).value = "Not Assessed"

        with pytest.raises(CollectorRefusal, match="is not assessed; GSA's tool assesses it"):
            read(book(change=change), phase=phase)

    @pytest.mark.parametrize(("phase", "category"), [(1, "Technical Complexity"), (4, "Feasibility Risk")])
    def test_what_gsa_does_not_assess_is_no_category_of_the_phase(self, phase, category):
        """Its sheet says *Not assessed* and N/A; the other eleven are rated."""

        def change(workbook):
            sheet = workbook[f"Phase {phase}"]
            for row in range(8, 20):
                skipped = sheet.cell(row, 1).value == category
                sheet.cell(row, 5).value = sheet.cell(row, 9).value = "N/A" if skipped else "Medium"
                if skipped:
                    sheet.cell(row, 2).value = "Not Assessed"

        found = read(book(change=change), phase=phase, second_rating="provider")

        assert found["categories_rated_both"].value == 11
        assert found["high_categories_unmitigated"].value == 0

    @pytest.mark.parametrize("value", ["Very high", "Medium with Accepted Risk Strategy", "3", "=A1", 5])
    def test_a_rating_that_the_drop_down_has_not_is_refused(self, value):
        """Nobody can tell what it is worth; a formula without a stored result is none either."""

        def change(workbook):
            workbook["Phase 3"]["E8"] = value

        with pytest.raises(CollectorRefusal, match=r"no rating of the tool|without a stored result"):
            read(book(change=change))

    @pytest.mark.parametrize("cells", ["E8:E9", "D8:E8", "D19:E19"])
    def test_merged_categories_are_refused(self, cells):
        """Only one cell of them holds the rating; the first and the last category are no exception."""
        with pytest.raises(CollectorRefusal, match=f"merged cells {cells}"):
            read(book(change=lambda workbook: workbook["Phase 3"].merge_cells(cells)))

    @pytest.mark.parametrize("cells", ["A6:B6", "A20:B20"])
    def test_what_is_merged_above_and_below_the_categories_is_no_matter(self, cells):
        """Titles and notes are."""
        found = read(book(change=lambda workbook: workbook["Phase 3"].merge_cells(cells)))

        assert found["high_categories_unmitigated"].value == 0

    def test_nobody_knows_when_it_held(self):
        """The workbook has no date, and its own saying would be none."""
        job = job_of({"file": ("risk-tool.xlsm", book())})
        with pytest.raises(CollectorRefusal, match="does not say when"):
            answers_of(RiskToolCollector(), job, {"phase": 3})

    @pytest.mark.parametrize("phases", [(1,), (1, 2), (3,), (3, 4), (1, 3)])
    def test_the_last_rated_phase_is_proposed(self, phases):
        """A person checks it; a template proposes nothing."""

        def change(workbook):
            for phase in phases:
                workbook[f"Phase {phase}"]["E9"] = "Medium"

        start = RiskToolCollector.start(book("", "", change=change), "risk-tool.xlsm")

        assert start is not None
        assert start.settings == {"phase": str(phases[-1])}
        assert RiskToolCollector.start(book("", ""), "risk-tool.xlsm") is None
        assert RiskToolCollector.start(b"PK", "risk-tool.xlsm") is None

    def test_spoiled_copies_read_no_better(self):
        """Whatever a disk or a mail gateway does to it."""
        better = no_better(
            lambda data: read(data, second_rating="independent"),
            book(one("High"), one("Medium")),
            fewer_is_better=frozenset({"high_categories_unmitigated", "self_score", "independent_score"}),
        )

        assert better == []


@pytest.mark.skipif(not REAL.exists(), reason="GSA's files are not beside the checkout")
class TestReal:
    def test_the_template_as_published_is_a_gap_and_answers_once_it_is_filled_in(self):
        """Its formulas store errors and zeros, none of which is an answer; ratings typed into its cells are."""
        for phase in range(1, 5):
            with pytest.raises(CollectorRefusal, match="not filled in"):
                read(REAL.read_bytes(), phase=phase)
        workbook = openpyxl.load_workbook(io.BytesIO(REAL.read_bytes()))
        for phase in range(1, 5):
            sheet = workbook[f"Phase {phase}"]
            for row in range(8, 20):
                if sheet.cell(row, 5).value is None:
                    sheet.cell(row, 5).value = sheet.cell(row, 9).value = "Medium"
                    sheet.cell(row, 8).value = "Weekly review"
        stream = io.BytesIO()
        workbook.save(stream)

        for phase, count in ((1, 11), (2, 12), (3, 12), (4, 11)):
            found = read(stream.getvalue(), phase=str(phase), second_rating="provider")

            assert found["categories_rated_both"].value == count
            assert found["high_categories_unmitigated"].value == 0
            assert found["self_score"].value is not None
