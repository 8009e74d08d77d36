"""Cells: one spelling for one value, and everything else is a gap."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

GOOD: list[tuple[dict[str, Any], str, Any]] = [
    ({"type": "integer", "unit": "x"}, "95", 95),
    ({"type": "integer", "unit": "x"}, "-7", -7),
    ({"type": "integer", "unit": "x"}, "999999999999999", 999999999999999),
    ({"type": "integer", "unit": "x", "thousands": ","}, '"1,234,567"', 1234567),
    ({"type": "decimal", "unit": "x"}, "0.000000001", Decimal("0.000000001")),
    ({"type": "decimal", "unit": "x", "scale": 3}, "-0.5", Decimal("-0.5")),
    ({"type": "money", "unit": "USD"}, "1284611.37", Decimal("1284611.37")),
    ({"type": "money", "unit": "USD", "symbol": "$", "thousands": ","}, '"-$1,284,611.37"', Decimal("-1284611.37")),
    ({"type": "money", "unit": "USD", "scale": 4}, "0.0001", Decimal("0.0001")),
    ({"type": "percent", "written": "sign"}, "93.2%", Decimal("0.932")),
    ({"type": "percent", "written": "sign"}, "93.2 %", Decimal("0.932")),
    ({"type": "percent", "written": "sign"}, "100%", Decimal(1)),
    ({"type": "percent", "written": "sign"}, "0.5%", Decimal("0.005")),
    ({"type": "percent", "written": "hundred"}, "93.2", Decimal("0.932")),
    ({"type": "percent", "written": "hundred"}, "0", Decimal(0)),
    ({"type": "percent", "written": "hundred"}, "1.5", Decimal("0.015")),
    ({"type": "percent", "written": "hundred", "scale": 9}, "93.123456789", Decimal("0.93123456789")),
    ({"type": "percent", "written": "sign", "scale": 0}, "93%", Decimal("0.93")),
    ({"type": "percent", "written": "ratio"}, "0.932", Decimal("0.932")),
    ({"type": "percent", "written": "ratio"}, "1.0", Decimal(1)),
    ({"type": "percent", "written": "ratio", "highest": "1.5"}, "1.08", Decimal("1.08")),
    ({"type": "percent", "written": "ratio", "highest": "1.5"}, "1.5", Decimal("1.5")),
    ({"type": "percent", "written": "ratio", "lowest": "-0.05"}, "-0.05", Decimal("-0.05")),
    ({"type": "percent", "written": "ratio", "lowest": "-0.05"}, "1", Decimal(1)),
    ({"type": "percent", "written": "sign", "highest": "1.5"}, "150%", Decimal("1.5")),
    ({"type": "percent", "written": "sign", "lowest": "-0.05"}, "-5%", Decimal("-0.05")),
    ({"type": "percent", "written": "hundred", "lowest": "-0.05"}, "-5", Decimal("-0.05")),
    ({"type": "percent", "written": "hundred", "lowest": "-0.05"}, "100", Decimal(1)),
    ({"type": "percent", "written": "hundred", "highest": "9.99"}, "999", Decimal("9.99")),
    ({"type": "percent", "written": "hundred"}, "100", Decimal(1)),
    ({"type": "percent", "written": "hundred"}, "100.00", Decimal(1)),
    ({"type": "percent", "written": "sign"}, "100.0 %", Decimal(1)),
    ({"type": "boolean"}, "Yes", True),
    ({"type": "boolean"}, "FALSE", False),
    ({"type": "boolean", "yes_words": ["Signed"], "no_words": ["Open", "Draft"]}, "Draft", False),
    ({"type": "date"}, "2027-04-19", datetime(2027, 4, 19, 4, tzinfo=UTC)),
    ({"type": "date", "format": "%m/%d/%Y"}, "4/9/2027", datetime(2027, 4, 9, 4, tzinfo=UTC)),
    ({"type": "date", "format": "%d-%b-%Y"}, "19-Jan-2027", datetime(2027, 1, 19, 5, tzinfo=UTC)),
    ({"type": "instant"}, "2027-04-19T16:00:00Z", datetime(2027, 4, 19, 16, tzinfo=UTC)),
    ({"type": "instant"}, "2027-04-19 12:00:00.5-04:00", datetime(2027, 4, 19, 16, 0, 0, 500000, tzinfo=UTC)),
    ({"type": "instant"}, "2027-04-19T21:30+05:30", datetime(2027, 4, 19, 16, tzinfo=UTC)),
    ({"type": "instant", "zone": "UTC"}, "2027-04-20 00:30:00", datetime(2027, 4, 20, 0, 30, tzinfo=UTC)),
    ({"type": "instant", "zone": "local"}, "2027-04-19 20:30:00", datetime(2027, 4, 20, 0, 30, tzinfo=UTC)),
    ({"type": "instant", "zone": "local"}, "2027-01-19 20:30:00", datetime(2027, 1, 20, 1, 30, tzinfo=UTC)),
    ({"type": "instant", "zone": "America/Denver"}, "2027-04-19 20:30:00", datetime(2027, 4, 20, 2, 30, tzinfo=UTC)),
    (
        {"type": "instant", "zone": "UTC", "format": "%m/%d/%Y %I:%M %p"},
        "04/19/2027 04:00 PM",
        datetime(2027, 4, 19, 16, tzinfo=UTC),
    ),
    (
        {"type": "instant", "format": "%Y-%m-%d %H:%M:%S"},
        "2027-04-19 12:00:00 -0400",
        datetime(2027, 4, 19, 16, tzinfo=UTC),
    ),
    ({"type": "text", "allowed": "any"}, "any text, \u00fcberall".replace(",", ";"), "any text; \u00fcberall"),
]

BAD: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"type": "integer", "unit": "x"},
        ["95.0", "9.5e1", "0x10", "1_000", " 95", "95 ", "+95", "\u0663", "N/A", "n/a", "-", "1234567890123456"],
    ),
    ({"type": "integer", "unit": "x"}, ["NaN", "inf", "007", "1 000", "TRUE", "--5", "5-", "\u221295"]),
    (
        {"type": "instant"},
        ["2027-04-19T16:00:00+15:00", "2027-04-19T16:00:00 EST"],
    ),
    ({"type": "integer", "unit": "x", "thousands": ","}, ['"1,23"', '"12,34,567"', "1234", '",123"', '"1,234,"']),
    (
        {"type": "decimal", "unit": "x", "scale": 2},
        [".5", "5.", "1.005", "1e-3", "NaN", "Infinity", "-inf", "1.2.3", '"1,5"'],
    ),
    ({"type": "money", "unit": "USD"}, ["10.005", "$10.00", "(10.00)", "10.00 USD", '"1,284.00"', "1284,00", "10.00-"]),
    ({"type": "money", "unit": "USD", "symbol": "$"}, ["10.00", "$ 10.00", "$-10.00", "\u20ac10.00"]),
    (
        {"type": "percent", "written": "sign"},
        ["93.2", "0.932", "93.2  %", "%", "-5%", "1000%", "93.21234%", "100.5%", "101%"],
    ),
    (
        {"type": "percent", "written": "hundred"},
        ["93.2%", "0.932", "1", "1.0", "0.5", "0.0001", "-5", "100.0001", "100.5", "101", "199", "999"],
    ),
    ({"type": "percent", "written": "ratio"}, ["93.2", "1.03", "93.2%", "1.0001", "-0.1", "0.93201"]),
    ({"type": "percent", "written": "ratio", "highest": "1.5"}, ["1.5001", "93.2", "-0.01", "01.2"]),
    ({"type": "percent", "written": "ratio", "lowest": "-0.05"}, ["-0.0501", "1.0001", "--0.01"]),
    ({"type": "percent", "written": "sign", "highest": "1.5"}, ["150.01%", "-1%"]),
    ({"type": "percent", "written": "sign", "lowest": "-0.05"}, ["-5.01%", "- 5%"]),
    ({"type": "percent", "written": "hundred", "lowest": "-0.05"}, ["100.5", "-5.01", "-0.5", "-1", "0.5"]),
    ({"type": "boolean"}, ["Y", "1", "0", "yEs", "Maybe", "No "]),
    (
        {"type": "date"},
        ["2027-02-29", "2027-4-9", "04/19/2027", "2027-04-19T00:00", "46496", "0001-01-01", "2027-13-01"],
    ),
    ({"type": "date", "format": "%m/%d/%Y"}, ["02/29/2027", "19/04/2027", "2027-04-19", "04/19/27", "04/19/2027 x"]),
    (
        {"type": "instant"},
        ["2027-04-19T16:00:00", "2027-04-19", "2027-04-19T24:00:00Z", "2027-04-19T16:00:60Z", "2027-02-29T16:00:00Z"],
    ),
    ({"type": "instant", "zone": "UTC"}, ["2027-04-19T16:00:00Z", "2027-04-19T16:00:00+02:00"]),
    ({"type": "id"}, ["A 1 ", "\u00c41", "A\u200b1"]),
    ({"type": "text", "allowed": "any"}, [" x", "x ", "\u00a0x", "\ufeffx"]),
]


def read(collect: Any, column: dict[str, Any], cell: str) -> Any:
    settings = {
        "tables": {"t": {"columns": {"key": {"type": "id"}, "cell": column}}},
        "facts": {"fact": {"only": {"of": "cell"}}},
    }
    return collect({"t.csv": f"key,cell\nK1,{cell}\n".encode()}, settings)["fact"]


class TestCells:
    @pytest.mark.parametrize(("column", "cell", "value"), GOOD)
    def test_a_cell_as_expected_is_its_value(self, collect, column, cell, value):
        """Exactly: no rounding, no binary fraction, the right moment."""
        answer = read(collect, column, cell)

        assert answer.gap is None, answer.detail
        assert answer.value == value
        assert type(answer.value) is type(value)

    @pytest.mark.parametrize(("column", "cell"), [(column, cell) for column, cells in BAD for cell in cells])
    def test_any_other_spelling_is_a_gap(self, collect, column, cell):
        """What a kind reader would turn into a number is where false answers come from."""
        answer = read(collect, column, cell)

        assert answer.gap == "malformed", answer
        assert "line 2" in answer.detail

    @pytest.mark.parametrize("written", ["sign", "hundred", "ratio"])
    def test_a_mixture_of_percent_spellings_is_a_gap(self, collect, written):
        """93.2, 0.932 and "93.2 %" in one column are three conventions, and nobody knows which cell follows which."""
        settings = {
            "tables": {"t": {"columns": {"score": {"type": "percent", "written": written}}}},
            "facts": {"lowest": {"min": {"of": "score"}}},
        }

        answer = collect({"t.csv": b'score\n93.2\n0.932\n"93.2 %"\n'}, settings)["lowest"]

        assert answer.gap == "malformed"

    @pytest.mark.parametrize(
        ("local", "instant"),
        [
            ("2027-03-14 01:59:59", datetime(2027, 3, 14, 6, 59, 59, tzinfo=UTC)),
            ("2027-03-14 03:00:00", datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),
            ("2027-11-07 01:30:00", datetime(2027, 11, 7, 5, 30, tzinfo=UTC)),
            ("2027-11-07 02:00:00", datetime(2027, 11, 7, 7, 0, tzinfo=UTC)),
        ],
    )
    def test_local_times_around_a_clock_change_are_the_right_instant(self, collect, local, instant):
        """An hour is enough to make evidence of yesterday evidence of today."""
        settings = {
            "tables": {"t": {"columns": {"key": {"type": "id"}, "at": {"type": "instant", "zone": "local"}}}},
            "facts": {"first": {"only": {"of": "at", "where": "key != other"}}},
        }
        settings["tables"]["t"]["columns"]["other"] = {"type": "id"}
        data = f"key,at,other\nA,2026-07-01 00:00:00,A\nB,{local},A\nC,2028-01-01 00:00:00,C\n"

        assert collect({"t.csv": data.encode()}, settings)["first"].value == instant
