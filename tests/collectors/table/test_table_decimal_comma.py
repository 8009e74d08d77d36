"""Numbers as most of Europe writes them, where the settings say so, and never by guessing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import SettingsRefusal


def settings(facts: dict[str, object] | None = None, **column: object) -> dict[str, object]:
    columns = {"id": {"type": "id"}, "n": {"type": "decimal", "scale": 2, "unit": "EUR", "decimal": "comma", **column}}
    return {
        "tables": {"t": {"delimiter": ";", "unique": ["id"], "columns": columns}},
        "facts": facts or {"sum": {"sum": {"of": "n"}}},
    }


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("1,5", {}, "1.5"),
        ("-0,25", {}, "-0.25"),
        ("12", {}, "12"),
        ("1.234,50", {"thousands": "."}, "1234.50"),
        ("1 234 567,00", {"thousands": " "}, "1234567"),
        ("€1.234,50", {"thousands": ".", "symbol": "€"}, "1234.50"),
    ],
)
def test_a_decimal_comma_is_read_where_the_settings_say_so(collect, cell, column, value):
    """1,5 is one and a half there, and fifteen hundred to nobody."""
    answer = collect({"t.csv": f"id;n\nA;{cell}\n".encode()}, settings(**column))["sum"]

    assert answer.value == Decimal(value), answer.detail


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("1.5", {}),
        ("1,234.50", {"thousands": "."}),
        ("12.34,50", {"thousands": "."}),
        ("1234.567,00", {"thousands": "."}),
        ("1,2,3", {}),
        ("1,234", {}),
    ],
)
def test_what_mixes_the_two_ways_is_refused(collect, cell, column):
    """1.234 is a thousand in one country and hardly more than one in the other."""
    answer = collect({"t.csv": f"id;n\nA;{cell}\n".encode()}, settings(**column))["sum"]

    assert (answer.value, answer.gap) == (None, GapReason.MALFORMED)


def test_percentages_have_it_too(collect):
    """93,2 % is what every report tool there writes."""
    columns = {"id": {"type": "id"}, "p": {"type": "percent", "written": "sign", "decimal": "comma"}}
    tables = {"t": {"delimiter": ";", "unique": ["id"], "columns": columns}}

    answer = collect({"t.csv": b"id;p\nA;93,2 %\n"}, {"tables": tables, "facts": {"p": {"min": {"of": "p"}}}})["p"]

    assert answer.value == Decimal("0.932"), answer.detail


@pytest.mark.parametrize(
    "column", [{"thousands": ","}, {"decimal": None, "thousands": "."}, {"type": "text", "unit": ""}]
)
def test_one_sign_has_one_meaning(column):
    """It cannot group digits and begin the decimals."""
    parsed = TableSettings.model_validate_json(json.dumps(settings({"rows": {"count": {}, "unit": "rows"}}, **column)))

    with pytest.raises(SettingsRefusal):
        TableCollector().declare(parsed)
