"""Numbers and durations on their way from an expression to SQL and from the database to a fact: every edge of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from gonogo.collectors.table import asked_rows
from gonogo.collectors.table.literal import micros, number_sql
from gonogo.collectors.table.measure import exact_counts, fact_value
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.language.requirement import Comparison, Duration, Number
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.plugin.spec import CollectorRefusal

ZONE = "America/New_York"


def number(text: str) -> Number:
    tree = parse_requirement("x == 1").tree
    assert isinstance(tree, Comparison)
    return Number(span=tree.span, value=Fraction(text), percent=False)


class TestLiterals:
    @pytest.mark.parametrize(
        ("text", "sql"),
        [
            ("0", "CAST(0 AS BIGINT)"),
            ("95", "CAST(95 AS BIGINT)"),
            ("999999999999999", "CAST(999999999999999 AS BIGINT)"),
            ("0.5", "CAST('0.5' AS DECIMAL(16,1))"),
            ("0.00000000001", "CAST('0.00000000001' AS DECIMAL(26,11))"),
            ("12.50", "CAST('12.5' AS DECIMAL(16,1))"),
            ("-2.5", "CAST('-2.5' AS DECIMAL(16,1))"),
        ],
    )
    def test_a_number_is_written_exactly(self, text: str, sql: str):
        """A binary fraction would be compared with exact amounts."""
        assert number_sql(number(text)) == sql

    @pytest.mark.parametrize("text", ["1000000000000000", "0.000000000001", "123456789012345678"])
    def test_a_number_with_too_many_digits_is_refused(self, text: str):
        with pytest.raises(ExpressionError, match="at most 15 digits before and 11 after"):
            number_sql(number(text))

    @pytest.mark.parametrize(
        ("seconds", "expected"),
        [
            (Fraction(1), 1_000_000),
            (Fraction(1, 1_000_000), 1),
            (Fraction(10**11), 10**17),
            (Fraction(-(10**11)), -(10**17)),
        ],
    )
    def test_a_duration_is_whole_microseconds(self, seconds: Fraction, expected: int):
        span = number("1").span

        assert micros(Duration(span=span, seconds=seconds)) == expected

    @pytest.mark.parametrize("seconds", [Fraction(1, 2_000_000), Fraction(10**17 + 1, 10**6), -Fraction(10**11 + 1)])
    def test_a_finer_or_longer_one_is_refused(self, seconds: Fraction):
        with pytest.raises(ExpressionError, match="whole microseconds"):
            micros(Duration(span=number("1").span, seconds=seconds))


class TestFactValues:
    @pytest.mark.parametrize(
        ("value", "kind", "found"),
        [
            (date(2027, 4, 19), FactType.INSTANT, datetime(2027, 4, 19, 4, tzinfo=UTC)),
            (datetime(2027, 4, 19, 16), FactType.INSTANT, datetime(2027, 4, 19, 16, tzinfo=UTC)),  # noqa: DTZ001
            (True, FactType.BOOLEAN, True),
            ("x", FactType.TEXT, "x"),
            ("x" * 2000, FactType.TEXT, "x" * 2000),
            (MAX_INTEGER, FactType.INTEGER, MAX_INTEGER),
            (-MAX_INTEGER, FactType.INTEGER, -MAX_INTEGER),
            (Decimal("2.00"), FactType.INTEGER, 2),
            (Decimal("999999999999999999.5"), FactType.DECIMAL, Decimal("999999999999999999.5")),
            (Fraction(1, 4), FactType.DECIMAL, Decimal("0.25")),
            (3, FactType.MONEY, Decimal(3)),
        ],
    )
    def test_a_value_of_the_facts_type_is_told(self, value: Any, kind: FactType, found: Any):
        assert fact_value(value, kind, ZONE) == found

    @pytest.mark.parametrize(
        ("value", "kind", "reason"),
        [
            (3, FactType.INSTANT, GapReason.WRONG_TYPE),
            ("2027-04-19", FactType.INSTANT, GapReason.WRONG_TYPE),
            (1, FactType.BOOLEAN, GapReason.WRONG_TYPE),
            ("", FactType.TEXT, GapReason.WRONG_TYPE),
            ("x" * 2001, FactType.TEXT, GapReason.WRONG_TYPE),
            (5, FactType.TEXT, GapReason.WRONG_TYPE),
            (True, FactType.INTEGER, GapReason.WRONG_TYPE),
            (1.5, FactType.DECIMAL, GapReason.WRONG_TYPE),
            ("5", FactType.INTEGER, GapReason.WRONG_TYPE),
            (date(2027, 4, 19), FactType.INTEGER, GapReason.WRONG_TYPE),
            (Decimal("2.5"), FactType.INTEGER, GapReason.WRONG_TYPE),
            (MAX_INTEGER + 1, FactType.INTEGER, GapReason.OUT_OF_RANGE),
            (-MAX_INTEGER - 1, FactType.INTEGER, GapReason.OUT_OF_RANGE),
            (10**18, FactType.DECIMAL, GapReason.OUT_OF_RANGE),
            (-(10**18), FactType.MONEY, GapReason.OUT_OF_RANGE),
        ],
    )
    def test_any_other_is_a_gap(self, value: Any, kind: FactType, reason: GapReason):
        with pytest.raises(CollectorRefusal) as caught:
            fact_value(value, kind, ZONE)

        assert caught.value.reason is reason


class TestParts:
    @pytest.mark.parametrize(
        ("part", "whole", "counts"),
        [
            (1, 3, (1, 3)),
            (0, 0, (0, 0)),
            (Decimal("10.50"), Decimal("10.75"), (42, 43)),
            (Decimal("0.5"), 2, (1, 4)),
            (MAX_INTEGER, MAX_INTEGER, (MAX_INTEGER, MAX_INTEGER)),
            (2**53, 2**54, (1, 2)),
            (MAX_INTEGER - 1, MAX_INTEGER + 1, ((MAX_INTEGER - 1) // 2, (MAX_INTEGER + 1) // 2)),
        ],
    )
    def test_are_whole_numbers(self, part: Any, whole: Any, counts: tuple[int, int]):
        """They are made smaller together, and only where they must be."""
        assert exact_counts(part, whole) == counts

    @pytest.mark.parametrize(
        ("part", "whole", "reason"),
        [
            (True, 2, GapReason.WRONG_TYPE),
            (1, True, GapReason.WRONG_TYPE),
            (0.5, 1, GapReason.WRONG_TYPE),
            (1, "2", GapReason.WRONG_TYPE),
            (-1, 2, GapReason.OUT_OF_RANGE),
            (1, -2, GapReason.OUT_OF_RANGE),
            (1, MAX_INTEGER + 1, GapReason.OUT_OF_RANGE),
        ],
    )
    def test_what_is_no_count_is_a_gap(self, part: Any, whole: Any, reason: GapReason):
        with pytest.raises(CollectorRefusal) as caught:
            exact_counts(part, whole)

        assert caught.value.reason is reason


class TestComparisons:
    @pytest.mark.parametrize(
        ("operator", "rows"),
        [("<", 1), ("<=", 2), (">", 1), (">=", 2), ("==", 1), ("!=", 2)],
    )
    @pytest.mark.parametrize(
        ("kind", "cells", "middle"),
        [
            ({"type": "integer", "unit": "x"}, ("4", "5", "6"), "5"),
            ({"type": "percent", "written": "sign"}, ("79%", "80%", "81%"), "80%"),
            ({"type": "date"}, ("2027-04-18", "2027-04-19", "2027-04-20"), '"2027-04-19"'),
            (
                {"type": "instant"},
                ("2027-04-19T15:59:59Z", "2027-04-19T16:00:00Z", "2027-04-19T16:00:01Z"),
                "now",
            ),
            ({"type": "date"}, ("2027-04-18", "2027-04-19", "2027-04-20"), "other"),
        ],
    )
    def test_below_on_and_above(self, collect, kind, cells, middle, operator, rows):
        """A row on the limit is where two readings of a rule part."""
        columns = {"id": {"type": "id"}, "v": kind, "other": {"type": "date"}}
        data = "id,v,other\n" + "".join(f"R{n},{cell},2027-04-19\n" for n, cell in enumerate(cells))
        facts = {"f": {"count": {"where": f"v {operator} {middle}"}, "unit": "rows"}}

        answer = collect({"t.csv": data.encode()}, {"tables": {"t": {"columns": columns}}, "facts": facts})["f"]

        assert answer.value == rows, answer.detail

    @pytest.mark.parametrize(
        ("where", "rows"),
        [
            ("n + 1 == 6", 1),
            ("n - 1 == 4", 1),
            ("n * 2 == 10", 1),
            ("-n == -5", 1),
            ("d - since == 2d", 1),
            ("d + 1d == since + 3d", 1),
            ("d - 1d > since", 2),
            ("d + 12h > since", 3),
            ("now - seen > 1h", 1),
            ("seen + 1h >= now", 2),
            ("seen + 1d > now", 3),
            ("d + (d - since) >= d", 3),
            ("seen - 1h > now - 2h", 1),
            ("d - seen < 0h", 2),
            ("since < seen", 3),
            ("go_live - now > 13d", 3),
            ("n in [4, 6]", 2),
            ("not n in [4, 6]", 1),
            ("n == 4 or n == 5", 2),
            ("n > 4 and n < 6", 1),
            ("flag", 1),
            ("flag == false", 2),
        ],
    )
    def test_arithmetic_is_exact(self, collect, where, rows):
        columns = {
            "n": {"type": "integer", "unit": "x"},
            "d": {"type": "date"},
            "since": {"type": "date"},
            "seen": {"type": "instant"},
            "flag": {"type": "boolean"},
        }
        data = (
            "n,d,since,seen,flag\n4,2027-04-18,2027-04-17,2027-04-19T14:00:00Z,Yes\n"
            "5,2027-04-19,2027-04-17,2027-04-19T15:00:00Z,No\n6,2027-04-20,2027-04-17,2027-04-19T16:00:00Z,No\n"
        )
        # a condition without a column is refused, so the moments alone are compared beside one
        where = f"n > 0 and {where} and n > 0" if not where.startswith("go_live") else "seen + 14d > now and n > 0"
        facts = {"f": {"count": {"where": where}, "unit": "rows"}}

        answer = collect({"t.csv": data.encode()}, {"tables": {"t": {"columns": columns}}, "facts": facts})["f"]

        assert answer.value == rows, answer.detail


class TestDurations:
    @pytest.mark.parametrize(("unit", "value"), [("hours", "36"), ("days", "1.5"), ("calendar days", "1.5")])
    def test_are_told_in_their_unit(self, collect, unit, value):
        columns = {"id": {"type": "id"}, "seen": {"type": "instant"}}
        facts = {"f": {"max": {"of": "now - seen"}, "unit": unit}}
        data = b"id,seen\nA,2027-04-18T04:00:00Z\nB,2027-04-19T16:00:00Z\n"

        answer = collect({"t.csv": data}, {"tables": {"t": {"columns": columns}}, "facts": facts})["f"]

        assert answer.value == Decimal(value)


class TestWhether:
    @pytest.mark.parametrize(
        ("passed", "any_one", "every", "nobody"),
        [(0, False, False, True), (1, True, False, False), (2, True, True, False)],
    )
    def test_any_all_and_none(self, collect, passed, any_one, every, nobody):
        columns = {"id": {"type": "id"}, "ok": {"type": "boolean"}}
        data = "id,ok\n" + "".join(f"R{n},{'Yes' if n < passed else 'No'}\n" for n in range(2))
        facts = {name: {name: {"where": "ok"}} for name in ("any", "all", "none")}

        answers = collect({"t.csv": data.encode()}, {"tables": {"t": {"columns": columns}}, "facts": facts})

        assert [answers[name].value for name in ("any", "all", "none")] == [any_one, every, nobody]
        assert answers["any"].where == "t.csv, 2 rows"


@pytest.mark.parametrize(("groups", "answered"), [(1, True), (2, True), (3, False)])
def test_so_many_groups_and_no_more(collect, monkeypatch, groups, answered):
    """A column that differs in every row makes no groups."""
    monkeypatch.setattr(asked_rows, "MAX_GROUPS", 2)
    columns = {"unit": {"type": "text"}, "ok": {"type": "boolean"}}
    data = "unit,ok\n" + "".join(f"U{n},Yes\n" for n in range(groups))
    facts = {"f": {"share": {"where": "ok"}, "by": {"column": "unit", "take": "lowest"}}}

    answer = collect({"t.csv": data.encode()}, {"tables": {"t": {"columns": columns}}, "facts": facts})["f"]

    assert (answer.gap is None) is answered
    assert answered or answer.gap is GapReason.OUT_OF_RANGE
