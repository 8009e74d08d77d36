"""Answers that people type as text: read where there is one reading, with the match shown, and refused otherwise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gonogo.collectors.document_moment import cell_moment
from gonogo.documents.xlsx.cell_values import UnfitCell, day_in, decimal_in
from gonogo.documents.xlsx.dates import TwoReadings, date_of_text, named_date
from gonogo.documents.xlsx.typed_ids import KnownNames, person_meant, side_meant

PEOPLE = KnownNames({"jose.o.neil": frozenset({"José O'Neil"})}, sides={"FMHA": "customer", "GWSS": "provider"})


class TestDates:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2026-12-05", "2026-12-05"),
            ("2026-12-05 17:30", "2026-12-05T17:30:00"),
            ("11/17/2026", "2026-11-17"),
            ("17/11/2026", "2026-11-17"),
            ("11/11/2026", "2026-11-11"),
            ("11/13/2026", "2026-11-13"),
            ("November 20, 2026", "2026-11-20"),
            ("Nov. 20 2026", "2026-11-20"),
            ("20 November 2026", "2026-11-20"),
            ("20-Nov-2026", "2026-11-20"),
            ("Friday, November 20th, 2026", "2026-11-20"),
        ],
    )
    def test_one_reading_is_read(self, text, day):
        """People type dates into cells that somebody formatted as text."""
        assert date_of_text(text) == day

    @pytest.mark.parametrize(
        "text",
        ["TBD", "", "13/13/2026", "2026-02-30", "11/17/26", "Novem 20, 2026", "Thursday, November 20, 2026", "Q4"],
    )
    def test_nothing_else_is_a_date(self, text):
        """Two digits are no year, and a weekday that does not agree shows a slip."""
        assert date_of_text(text) == ""

    @pytest.mark.parametrize("text", ["12/04/2026", "11/12/2026", "1/2/2026"])
    def test_two_readings_are_refused_with_both(self, text):
        """Nothing says whether the twelfth is the day or the month."""
        with pytest.raises(TwoReadings, match="could be 2026-"):
            date_of_text(text)
        with pytest.raises(UnfitCell, match=r"could be 2026-.* or 2026-"):
            day_in(text)

    def test_a_cover_with_the_name_of_a_month_dates_the_log(self):
        """The template of the log says <<Insert Date>>, and people insert words."""
        assert named_date("November 20, 2026") == date(2026, 11, 20)
        assert cell_moment("November 20, 2026", "America/New_York") == cell_moment("2026-11-20", "America/New_York")
        assert cell_moment("<<Insert Date>>", "America/New_York") is None


class TestStatements:
    @pytest.mark.parametrize(
        ("fact", "cell", "text", "value"),
        [
            ("cutover.rehearsals", "F3", "3", 3),
            ("tests.covered_ratio", "F4", "95.6%", Decimal("0.956")),
            ("tests.cost", "F5", "1250.50", Decimal("1250.5")),
        ],
    )
    def test_text_with_one_reading_states_the_fact_and_the_match_is_shown(self, stated, fact, cell, text, value):
        """A cell that somebody formatted as text holds what was meant."""
        answer = stated.answer(fact, lambda sheet: sheet.__setitem__(cell, text))

        assert answer.value == value
        assert f"{text!r} is read as" in answer.where

    def test_a_formula_is_read_to_the_digits_that_are_shown(self, stated):
        """A third has no end; what the screen shows counts, and the remark says so."""
        answer = stated.answer("tests.cost", lambda sheet: sheet.__setitem__("F5", 1 / 3))

        assert answer.value == Decimal("0.333333333333333")
        assert "is read to 15 digits" in answer.where
        assert decimal_in(0.1 + 0.2) == "0.3"

    def test_a_date_in_text_dates_the_statement(self, stated):
        """Held on, as people write it."""
        answer = stated.answer("tests.cost", lambda sheet: sheet.__setitem__("G5", "04/17/2027"))

        assert answer.as_of is not None
        assert answer.as_of.date() == date(2027, 4, 17)
        assert "'04/17/2027' is read as 2027-04-17" in answer.where


class TestNames:
    @pytest.mark.parametrize("text", ["José O’Neil", "Jose O'Neil", "JOSE O’NEIL", "O’Neil, Jose"])
    def test_accents_and_the_apostrophe_of_a_word_processor_are_evened_out(self, text):
        """Nobody types the accent, and Word changes the apostrophe."""
        assert person_meant(text, PEOPLE) == "jose.o.neil"

    def test_a_name_that_is_near_is_told_and_not_taken(self):
        """One letter may be another person."""
        with pytest.raises(UnfitCell, match=r"jose\.o\.neil is near"):
            person_meant("Jose O'Neal", PEOPLE)

    @pytest.mark.parametrize(("text", "side"), [("FMHA", "customer"), ("gwss", "provider"), ("Customer", "customer")])
    def test_the_programs_own_names_are_sides(self, text, side):
        """People write their agency."""
        assert side_meant(text, PEOPLE) == side
