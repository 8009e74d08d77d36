"""How a column is written: each limit below, on and above it, each setting where it belongs and where it does not."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from gonogo.collectors.columns.cells import shape_of
from gonogo.collectors.columns.column import Column
from gonogo.collectors.columns.date_format import format_pattern
from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.collectors.table.column_mistakes import mistakes_of
from gonogo.collectors.table.settings import Control, Table
from gonogo.plugin.spec import SettingsRefusal


def column(**said: Any) -> Column:
    return Column.model_validate_json(json.dumps(said))


def read(collect: Any, said: dict[str, Any], cell: str) -> Any:
    settings = {
        "tables": {"t": {"columns": {"key": {"type": "id"}, "cell": said}}},
        "facts": {"fact": {"only": {"of": "cell"}}},
    }
    return collect({"t.csv": f"key,cell\nK1,{cell}\n".encode()}, settings)["fact"]


class TestCells:
    @pytest.mark.parametrize(
        ("said", "cell", "value"),
        [
            ({"type": "money", "unit": "USD"}, "999999999999999.99", "999999999999999.99"),
            ({"type": "decimal", "unit": "x", "scale": 0}, "5", "5"),
            ({"type": "percent", "written": "sign"}, "93.2143%", "0.932143"),
            ({"type": "percent", "written": "sign", "lowest": "0"}, "0%", "0"),
            ({"type": "percent", "written": "sign", "scale": 9}, "93.123456789%", "0.93123456789"),
            ({"type": "percent", "written": "ratio", "scale": 9}, "0.123456789", "0.123456789"),
            ({"type": "percent", "written": "ratio", "scale": 9, "highest": "2"}, "1.123456789", "1.123456789"),
            ({"type": "percent", "written": "ratio", "scale": 0}, "1", "1"),
            ({"type": "percent", "written": "hundred", "lowest": "0", "highest": "10"}, "999", "9.99"),
        ],
    )
    def test_the_longest_that_fits_is_read_whole(self, collect, said, cell, value):
        """A digit that is dropped is another amount."""
        answer = read(collect, said, cell)

        assert answer.value == Decimal(value), answer.detail

    @pytest.mark.parametrize(
        ("said", "cell"),
        [
            ({"type": "money", "unit": "USD"}, "1000000000000000.00"),
            ({"type": "decimal", "unit": "x"}, "0.0000000001"),
            ({"type": "decimal", "unit": "x", "scale": 0}, "5.0"),
            ({"type": "percent", "written": "sign", "lowest": "0"}, "-0%"),
            ({"type": "percent", "written": "ratio", "scale": 0}, "1.0"),
            ({"type": "money", "unit": "EUR", "decimal": "comma", "thousands": "."}, '"1234,50"'),
        ],
    )
    def test_one_beyond_it_is_a_gap(self, collect, said, cell):
        """Nothing is rounded, and nothing is written in two ways."""
        assert read(collect, said, cell).gap == "malformed"

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"type": "integer"}, "a whole number of up to 15 digits"),
            ({"type": "decimal", "scale": 2}, "a number of up to 15 digits and at most 2 decimals"),
            ({"type": "integer", "thousands": ","}, "a whole number of up to 15 digits, grouped by commas"),
            ({"type": "integer", "thousands": "'"}, 'a whole number of up to 15 digits, grouped by "\'"'),
            ({"type": "money", "symbol": "$"}, "an amount of up to 15 digits and at most 2 decimals, after $"),
            (
                {"type": "money", "thousands": ".", "decimal": "comma"},
                "an amount of up to 15 digits and at most 2 decimals, grouped by '.', written with a decimal comma",
            ),
            (
                {"type": "money", "decimal": "comma"},
                "an amount of up to 15 digits and at most 2 decimals, written with a decimal comma",
            ),
            (
                {"type": "percent", "written": "ratio", "lowest": "-0.05"},
                "a ratio with at most 4 decimals, such as 0.932; as a ratio from -0.05 to 1",
            ),
            (
                {"type": "percent", "written": "sign", "lowest": "-0.05"},
                "a percentage with its sign and at most 4 decimals, such as 93.2%; as a ratio from -0.05 to 1",
            ),
            (
                {"type": "percent", "written": "sign", "highest": "1.5"},
                "a percentage with its sign and at most 4 decimals, such as 93.2%; as a ratio from 0 to 1.5",
            ),
            ({"type": "date", "format": "%d-%b-%y"}, "a date written DD-Mon-YY"),
            ({"type": "instant", "format": "%m/%d/%Y %I:%M %p", "zone": "UTC"}, "a time written MM/DD/YYYY hh:mm AM"),
            ({"type": "instant", "zone": "UTC"}, "a time such as 2027-04-19T16:00:00"),
            ({"type": "instant"}, "a time such as 2027-04-19T16:00:00 with Z or an offset"),
            ({"type": "text"}, "text without blanks around it"),
            (
                {"type": "text", "allowed": ["A", "B"]},
                "one of the 2 allowed texts, with the same capitals and no blanks around it",
            ),
        ],
    )
    def test_what_is_expected_is_told_as_it_is_written(self, said: dict[str, Any], words: str):
        """The person who corrects the file reads this sentence."""
        assert shape_of(column(**said)).expected == words


class TestFormats:
    @pytest.mark.parametrize(
        ("text", "day_only"),
        [
            ("%Y-%m-%d", True),
            ("%d %b %y", True),
            ("%Y-%m-%d %H", False),
            ("%Y-%m-%d %I %p", False),
            ("%Y-%m-%dT%H:%M:%S", False),
        ],
    )
    def test_a_day_and_a_moment_have_their_parts(self, text: str, day_only: bool):
        assert format_pattern(text, day_only=day_only)

    @pytest.mark.parametrize(
        ("text", "day_only", "words"),
        [
            ("%Y-%m-%d%", True, "% is not read here"),
            ("%Y-%m-%d %j", True, "%j is not read here"),
            ("%d %d %m %Y", True, "there twice"),
            ("%m-%d", True, "a year, a month and a day"),
            ("%Y-%d", True, "a year, a month and a day"),
            ("%Y-%m", True, "a year, a month and a day"),
            ("%Y-%m-%d %I %p", True, "no time of day"),
            ("%Y-%m-%d %H", True, "no time of day"),
            ("%Y-%m-%d", False, "an instant has hours"),
            ("%Y-%m-%d %I", False, "come together"),
            ("%Y-%m-%d %H %p", False, "come together"),
        ],
    )
    def test_what_cannot_be_read_is_refused(self, text: str, day_only: bool, words: str):
        """A format with a part too few reads the first day of something."""
        with pytest.raises(ValueError, match=words):
            format_pattern(text, day_only=day_only)


class TestWhereASettingBelongs:
    @pytest.mark.parametrize(
        "said",
        [
            {"type": "id", "allowed": ["A"]},
            {"type": "text", "allowed": "any"},
            {"type": "decimal", "scale": 0},
            {"type": "percent", "written": "sign", "scale": 1},
            {"type": "percent", "written": "sign", "decimal": "comma"},
            {"type": "integer", "thousands": ","},
            {"type": "money", "symbol": "$", "unit": "USD"},
            {"type": "percent", "written": "ratio", "lowest": "0.5", "highest": "0.5"},
            {"type": "date", "format": "%d.%m.%Y"},
            {"type": "instant", "zone": "local"},
            {"type": "instant", "zone": "Europe/Berlin"},
            {"type": "instant"},
            {"type": "date", "optional": True, "given": "is_x"},
            {"type": "boolean", "blank": "No"},
            {"type": "text", "allowed": ["A"], "blank": "A"},
            {"type": "integer", "blank": "0"},
            {"type": "decimal", "decimal": "comma", "blank": "1,5"},
            {"type": "decimal", "decimal": "comma", "thousands": ".", "blank": "1.234,5"},
            {"type": "text", "blank": "not said"},
            {"type": "text", "trimmed": True},
            {"type": "id", "trimmed": True},
        ],
    )
    def test_it_is_taken(self, said: dict[str, Any]):
        assert mistakes_of(column(**said)) == []

    @pytest.mark.parametrize(
        ("said", "key"),
        [
            ({"type": "boolean", "allowed": ["A"]}, "allowed"),
            ({"type": "text", "scale": 1}, "scale"),
            ({"type": "integer", "scale": 0}, "scale"),
            ({"type": "date", "decimal": "comma"}, "decimal"),
            ({"type": "percent", "written": "sign", "thousands": ","}, "thousands"),
            ({"type": "percent", "written": "sign", "symbol": "$"}, "symbol"),
            ({"type": "decimal", "written": "ratio"}, "written"),
            ({"type": "money", "lowest": "0"}, "lowest"),
            ({"type": "money", "highest": "0"}, "highest"),
            ({"type": "text", "format": "%d.%m.%Y"}, "format"),
            ({"type": "date", "zone": "local"}, "zone"),
            ({"type": "percent", "written": "sign", "unit": "x"}, "unit"),
            ({"type": "text", "unit": "x"}, "unit"),
            ({"type": "date", "trimmed": True}, "trimmed"),
            ({"type": "integer", "numbered": True}, "numbered"),
            ({"type": "integer", "sole": True}, "sole"),
            ({"type": "percent"}, "written"),
            ({"type": "percent", "written": "ratio", "lowest": "0.6", "highest": "0.5"}, "highest"),
            ({"type": "boolean", "yes_words": ["A", "B"], "no_words": ["B"]}, "yes_words"),
            ({"type": "text", "given": "is_x"}, "given"),
            ({"type": "instant", "zone": "nowhere"}, "zone"),
            ({"type": "instant", "format": "%d.%m.%Y"}, "format"),
            ({"type": "boolean", "blank": "perhaps"}, "blank"),
            ({"type": "text", "allowed": ["A"], "blank": "a"}, "blank"),
            ({"type": "integer", "blank": "none"}, "blank"),
            ({"type": "decimal", "decimal": "comma", "blank": "x"}, "blank"),
            ({"type": "text", "blank": " x"}, "blank"),
        ],
    )
    def test_elsewhere_it_is_a_mistake_of_its_own(self, said: dict[str, Any], key: str):
        """A setting that does nothing is one that somebody believes in."""
        assert [found for found, _ in mistakes_of(column(**said))] == [key]


def table(**said: Any) -> Table:
    return Table.model_validate_json(json.dumps({"columns": {"a": {"type": "id"}}, **said}))


def whole(tables: int = 1, facts: int = 1, **fact: Any) -> TableSettings:
    said = {
        "tables": {f"t{n}": {"columns": {"a": {"type": "id"}}, "unique": ["a"]} for n in range(tables)},
        "facts": {f"f{n}": {"count": {}, "unit": "rows", "table": "t0", **fact} for n in range(facts)},
    }
    return TableSettings.model_validate_json(json.dumps(said))


class TestLimits:
    @pytest.mark.parametrize(
        ("make", "fits", "beyond"),
        [
            (lambda n: column(type="decimal", scale=n), (0, 9), (-1, 10)),
            (lambda n: table(header_row=n), (1, 1000), (0, 1001)),
            (lambda n: Control.model_validate_json(json.dumps({"rows": n})), (0, 1), (-1,)),
            (lambda n: Control.model_validate_json(json.dumps({"min_rows": n})), (0, 1), (-1,)),
            (lambda n: column(type="money", symbol="$" * n), (1, 4), (0, 5)),
            (lambda n: table(input="x" * n), (1, 80), (0, 81)),
            (lambda n: table(sheet="x" * n), (1, 4000), (0, 4001)),
            (lambda n: table(columns={f"c{i}": {"type": "id"} for i in range(n)}), (1, 60), (0, 61)),
            (lambda n: table(unique=["x" * n]), (1, 63), (0, 64)),
            (lambda n: whole(tables=n), (1, 20), (0, 21)),
            (lambda n: whole(facts=n), (0, 1, 500), (501,)),
            (lambda n: whole(sql="x" * n), (1, 20_000), (0, 20_001)),
            (lambda n: whole(by={"column": "a", "take": "lowest", "min_group": n}), (1, 100_000), (0, 100_001)),
        ],
    )
    def test_each_holds_below_and_on_it(self, make, fits, beyond):
        for number in fits:
            make(number)
        for number in beyond:
            with pytest.raises(ValidationError):
                make(number)

    def test_what_nobody_says_is_the_strict_way(self):
        """Each of these switches a check off, so a person has to say it."""
        said = table()

        assert (said.hidden, said.merged, said.line_breaks, said.quoted_numbers) == (False, False, False, False)
        assert (said.final_line_break, said.header_row, said.blank_rows) == (True, 1, "refused")
        assert (said.control.min_rows, said.control.rows) == (1, None)
        assert (column(type="text").optional, column(type="date").planned) == (False, False)

    @pytest.mark.parametrize(
        ("rows", "least", "fits"), [(None, 5, True), (4, 5, False), (5, 5, True), (6, 5, True), (0, 0, True)]
    )
    def test_a_size_is_not_below_the_least(self, rows: int | None, least: int, fits: bool):
        said = {
            "tables": {"t": {"columns": {"a": {"type": "id"}}, "control": {"rows": rows, "min_rows": least}}},
            "facts": {"f": {"count": {}, "unit": "rows"}},
        }
        settings = TableSettings.model_validate_json(json.dumps(said))

        if fits:
            assert len(TableCollector().declare(settings)) == 1
        else:
            with pytest.raises(SettingsRefusal, match="fewer rows than min_rows"):
                TableCollector().declare(settings)
