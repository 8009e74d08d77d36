"""Cells that have a type already: nothing is converted, and each edge of what fits is told below, on and above it."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from gonogo.collectors.columns.column import Column
from gonogo.collectors.columns.typed import (
    SIGNIFICANT,
    Mistakes,
    TypedNumber,
    UnfitValue,
    column_from_workbook,
    first_few,
    from_json,
    from_workbook,
)


def column(kind: str, **more: Any) -> Column:
    return Column.model_validate_json(json.dumps({"type": kind, **more}))


DAY, TIME, COUNT = column("date"), column("instant", zone="local"), column("integer")
KEY, WORD, FLAG = (
    column("id"),
    column("text", allowed="any"),
    column("boolean", yes_words=["yes"], no_words=["no"]),
)


KINDS = (DAY, TIME, COUNT, KEY, WORD, FLAG, column("id", trimmed=True), column("decimal", decimal="comma"))
CELLS: tuple[Any, ...] = (
    *("", "R1", " R1 ", "yes", "2027-04-01", 0.0, -0.0, 1.0, True, False, 1.5, 1e20, 1e-7, float("nan"), float("inf")),
    *(date(2027, 4, 1), datetime(2027, 4, 1), datetime(2027, 4, 1, 8), time(8), timedelta(1)),  # noqa: DTZ001
)


class TestColumns:
    def test_a_column_is_read_as_each_of_its_cells(self):
        """Whatever stands beside it: True is no 1, and a text that comes again is the same text."""
        chance = random.Random(7)
        fit = 0
        for _ in range(3000):
            kind, some = chance.choice(KINDS), chance.sample(CELLS, chance.randint(1, 4))
            values = [chance.choice(some) for _ in range(6)]
            try:
                texts = [from_workbook(value, kind) for value in values]
            except UnfitValue:
                with pytest.raises(UnfitValue):
                    column_from_workbook(values, kind)
            else:
                fit += 1
                assert column_from_workbook(values, kind) == texts
        assert fit > 200

    @pytest.mark.parametrize("different", [2, 3, 4])
    def test_numbers_that_come_again_are_the_same_texts_but_for_a_zero_with_a_sign(self, different: int):
        """A zero equals minus zero, and is another text."""
        values = [0.0, -0.0, *(number / 4 for number in range(1, different)), *[0.25] * (7 - different), -0.0]

        assert column_from_workbook(values, COUNT) == [from_workbook(value, COUNT) for value in values]
        assert column_from_workbook(values, COUNT)[:2] == ["0", "-0"]


class TestWorkbooks:
    @pytest.mark.parametrize(
        ("value", "kind", "text"),
        [
            ("", COUNT, ""),
            (None, COUNT, ""),
            (True, FLAG, "true"),
            (False, FLAG, "false"),
            (3, COUNT, "3"),
            (3.50, column("decimal"), "3.5"),
            (0.1 + 0.2, column("decimal"), "0.3"),
            (1.5, column("decimal", decimal="comma"), "1,5"),
            ("x", WORD, "x"),
            ("2027-04-01", DAY, "2027-04-01"),
            (date(2027, 4, 1), DAY, "2027-04-01"),
            (datetime(2027, 4, 1), DAY, "2027-04-01"),  # noqa: DTZ001  # a cell has no zone
            (datetime(2027, 4, 1, 8), TIME, "2027-04-01T08:00:00.000000"),  # noqa: DTZ001
            (date(2027, 4, 1), TIME, "2027-04-01T00:00:00.000000"),
        ],
    )
    def test_a_cell_of_its_columns_type_is_its_text(self, value: object, kind: Column, text: str):
        assert from_workbook(value, kind) == text

    @pytest.mark.parametrize(
        ("value", "kind", "what"),
        [
            (True, COUNT, "true or false"),
            (3, WORD, "a number; format the column as text"),
            (3, KEY, "a number; format the column as text"),
            (3, DAY, "a number; format the column as text"),
            ("3", COUNT, "text where a number is expected"),
            ("1 April", DAY, "text that is not a date"),
            ("2027/04/01", DAY, "text that is not a date"),
            ("2027-04/01", DAY, "text that is not a date"),
            ("2027/04-01", DAY, "text that is not a date"),
            ("2027-04-1", DAY, "text that is not a date"),
            (date(2027, 4, 1), WORD, "a date; the settings"),
            (datetime(2027, 4, 1, 8), DAY, "a time of day"),  # noqa: DTZ001
            (date(2027, 4, 1), column("instant", zone="written"), "without an offset"),
            (time(8), TIME, "a time without a date"),
            (timedelta(1), TIME, "a duration"),
        ],
    )
    def test_a_cell_of_another_type_is_not_converted(self, value: object, kind: Column, what: str):
        """A serial number is no date, and a text that looks like a number was typed as text for a reason."""
        with pytest.raises(UnfitValue, match=what):
            from_workbook(value, kind)

    @pytest.mark.parametrize(("year", "fits"), [(1899, False), (1900, True), (2199, True), (2200, False)])
    def test_a_date_lies_in_the_calendar_of_people(self, year: int, fits: bool):
        """1899-12-30 is what a spreadsheet makes of 0."""
        if fits:
            assert from_workbook(date(year, 1, 1), DAY) == f"{year}-01-01"
        else:
            with pytest.raises(UnfitValue, match="before 1900 or after 2199"):
                from_workbook(date(year, 1, 1), DAY)

    @pytest.mark.parametrize("value", [float("inf"), float("nan")])
    def test_a_number_is_finite(self, value: float):
        with pytest.raises(UnfitValue, match="finite"):
            from_workbook(value, column("decimal"))

    def test_fifteen_digits_count(self):
        assert SIGNIFICANT == 15
        assert from_workbook(1.23456789012345678, column("decimal")) == "1.23456789012346"

    @pytest.mark.parametrize("more", [{"symbol": "$"}, {"thousands": ","}, {"decimal": "comma"}])
    def test_text_is_a_number_where_the_settings_say_how_it_is_written(self, more: dict[str, str]):
        assert from_workbook("7", column("decimal", **more)) == "7"

    @pytest.mark.parametrize(("trimmed", "text"), [(True, "AP Invoice Status"), (False, "AP Invoice Status \n")])
    def test_blanks_around_a_text_count_unless_the_settings_say_otherwise(self, trimmed: bool, text: str):
        """GSA's own lists end cells in blanks and line breaks."""
        assert from_workbook("AP Invoice Status \n", column("text", allowed="any", trimmed=trimmed)) == text


class TestJson:
    @pytest.mark.parametrize(
        ("value", "kind", "text"),
        [(None, COUNT, ""), ("", COUNT, ""), (True, FLAG, "true"), (TypedNumber("3"), COUNT, "3"), ("x", WORD, "x")],
    )
    def test_a_value_of_its_columns_type_is_its_text(self, value: object, kind: Column, text: str):
        assert from_json(value, kind, quoted_numbers=False) == text

    @pytest.mark.parametrize("kind", ["text", "id"])
    def test_a_whole_number_is_a_word_where_the_tool_writes_states_as_numbers(self, kind: str):
        """5 is a failed test of TestRail; 5.0 and 5e0 are written by nothing that means it."""
        numbered = column(kind, numbered=True)

        assert [from_json(TypedNumber(each), numbered, quoted_numbers=False) for each in ("5", "-1")] == ["5", "-1"]
        for other in ("5.0", "5e0", "1" * 16):
            with pytest.raises(UnfitValue, match="a number"):
                from_json(TypedNumber(other), numbered, quoted_numbers=False)
        with pytest.raises(UnfitValue, match="true or false"):
            from_json(True, numbered, quoted_numbers=False)

    @pytest.mark.parametrize(
        ("value", "kind", "what"),
        [
            (True, COUNT, "true or false"),
            (TypedNumber("3"), WORD, "a number"),
            ("3", COUNT, "a quoted text"),
            ([], WORD, "nested"),
            ({}, WORD, "nested"),
        ],
    )
    def test_a_value_of_another_type_is_not_converted(self, value: object, kind: Column, what: str):
        with pytest.raises(UnfitValue, match=what):
            from_json(value, kind, quoted_numbers=False)

    @pytest.mark.parametrize("more", [{"symbol": "$"}, {"thousands": ","}, {"decimal": "comma"}])
    def test_a_number_that_is_written_in_a_way_of_its_own_is_a_text(self, more: dict[str, str]):
        assert from_json("7", column("decimal", **more), quoted_numbers=False) == "7"

    def test_a_sign_makes_a_text_of_a_percentage(self):
        signed, plain = column("percent", written="sign"), column("percent", written="ratio")

        assert from_json("7%", signed, quoted_numbers=False) == from_workbook("7%", signed) == "7%"
        for read in (lambda: from_json("7%", plain, quoted_numbers=False), lambda: from_workbook("7%", plain)):
            with pytest.raises(UnfitValue):
                read()

    def test_quoted_numbers_are_taken_where_the_settings_say_so(self):
        assert from_json("3", COUNT, quoted_numbers=True) == "3"


class TestMistakes:
    @pytest.mark.parametrize(("count", "told"), [(1, "in B1"), (3, "in B1, B2, B3"), (4, "in B1, B2, B3 and 1 more")])
    def test_three_places_are_told_and_the_rest_is_counted(self, count: int, told: str):
        found = Mistakes()
        for number in range(count):
            found.add("age", "has a date", f"B{number + 1}", number)
        found.add("name", "has a date", "A1", 0)

        assert found.of("age") == [(f"has a date {told}",) * 2]
        assert found.rows["age"] == set(range(count))

    def test_what_another_sheet_is_called_is_not_told(self):
        found = Mistakes()
        found.add("age", "takes its value from 'Ada'", "B2", 0, "holds an error")

        assert found.of("age") == [("in B2 takes its value from 'Ada'", "in B2 holds an error")]
        assert found.of("name") == []

    def test_places_that_are_all_told_have_no_rest(self):
        assert first_few(["B1", "B2"], 2) == "B1, B2"
