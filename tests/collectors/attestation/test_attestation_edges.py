"""Statements where one more or one less decides: days, limits of numbers and texts, and how many are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.evidence import GapReason
from gonogo.model.fact import MAX_TEXT
from gonogo.plugin.spec import CollectorRefusal

from .test_attestation import GTC, NOW, file_of, one, read, row

MIDNIGHT = datetime(2027, 4, 12, 4, tzinfo=UTC)
"""The beginning of 12 April in Washington."""


class TestDays:
    @pytest.mark.parametrize(("early_s", "gap"), [(29, None), (30, None), (31, GapReason.FUTURE)])
    def test_a_statement_of_a_day_that_has_not_begun_is_from_the_future(self, early_s, gap):
        """Two clocks may differ by half a minute."""
        assert one(row(), now=MIDNIGHT - timedelta(seconds=early_s)).gap is gap

    @pytest.mark.parametrize(
        ("held", "gap"),
        [
            ("2027-04-11", None),
            ("2027-04-12", None),
            ("2027-04-12T23:59:59-04:00", None),
            ("2027-04-13T00:00:00-04:00", GapReason.MALFORMED),
            ("2027-04-13", GapReason.MALFORMED),
        ],
    )
    def test_nobody_states_on_a_day_what_holds_from_a_later_one(self, held, gap):
        """The day before, the day itself to its last second, and the day after."""
        assert one(row(held_on=held)).gap is gap

    @pytest.mark.parametrize("late_s", [-1, 0, 1])
    def test_the_older_of_file_and_statement_counts(self, late_s):
        """Before, with and after it."""
        dated = MIDNIGHT + timedelta(seconds=late_s)

        answer = one(row(), as_of=dated)

        assert answer.as_of == min(dated, MIDNIGHT)
        assert (answer.value, answer.gap) == (True, None)
        assert answer.attested is not None
        assert "ada.kirsch" in answer.where

    @pytest.mark.parametrize("text", ["2027-4-12", "2027-04-12T09:00", "12 April 2027", "2027-13-01"])
    def test_a_day_is_written_as_a_day(self, text):
        answer = one(row(on=f'"{text}"'))

        assert answer.gap is GapReason.MALFORMED
        assert "not a date such as 2027-04-12" in answer.detail


class TestLimits:
    @pytest.mark.parametrize(
        ("kind", "written", "fits"),
        [
            ("integer people", str(MAX_INTEGER - 1), True),
            ("integer people", str(MAX_INTEGER), True),
            ("integer people", str(MAX_INTEGER + 1), False),
            ("integer people", str(-MAX_INTEGER), True),
            ("integer people", str(-MAX_INTEGER - 1), False),
            ("text", "x" * (MAX_TEXT - 1), True),
            ("text", "x" * MAX_TEXT, True),
            ("text", "x" * (MAX_TEXT + 1), False),
            ("ratio", "9" * 15 + "%", True),
            ("ratio", "9" * 16 + "%", False),
        ],
    )
    def test_a_value_has_its_room(self, kind, written, fits):
        """Below, on and above it: what no reader could hold is of the wrong type."""
        answer = read(file_of(row("x.y", written)), {"x.y": kind})["x.y"]

        assert (answer.gap is None) is fits
        assert fits or answer.gap is GapReason.WRONG_TYPE

    @pytest.mark.parametrize(("length", "shown"), [(59, "x" * 59), (60, "x" * 60), (61, "x" * 57 + "...")])
    def test_a_long_text_is_cut_in_the_sentence(self, length, shown):
        assert f'not the text "{shown}"' in one(row(value="x" * length)).detail

    def test_nothing_is_told_as_nothing(self):
        assert "not nothing" in one(row(value="")).detail


class TestHowMany:
    @pytest.mark.parametrize(("count", "more"), [(4, ""), (5, ""), (6, " (and 1 more)"), (8, " (and 3 more)")])
    def test_five_mistakes_are_told(self, count, more):
        with pytest.raises(CollectorRefusal) as caught:
            read(file_of(*(row(leave=("person",)) for _ in range(count))))

        assert str(caught.value).count("`person` is missing") == min(count, 5)
        assert str(caught.value).endswith(f"is missing{more}")

    @pytest.mark.parametrize("count", [4, 5, 6])
    def test_five_strangers_are_told(self, count):
        with pytest.raises(CollectorRefusal) as caught:
            read(file_of(*(row(f"x.y{number}") for number in range(count))))

        assert caught.value.reason is GapReason.UNDECLARED
        assert str(caught.value).count("'x.y") == min(count, 5)

    @pytest.mark.parametrize("count", [4, 5, 6])
    def test_five_defects_are_told_and_the_first_decides(self, count):
        rows = [row(qualified='"Only for the pilot."') for _ in range(count - 1)]

        answer = one(row(on='"2027-04-30"'), *rows)

        assert answer.gap is GapReason.FUTURE
        assert answer.detail.count("the attestation is qualified") == min(count, 5) - 1

    @pytest.mark.parametrize("count", [5, 6, 7])
    def test_five_others_who_say_the_same_are_named(self, count):
        """Beside the first."""
        rows = [row(on=f"2027-04-{10 + number}", person=f"p.q{number}") for number in range(count)]

        answer = one(*rows, now=NOW)

        assert answer.where.count("; also ") == min(count - 1, 5)
        assert answer.where.startswith("attestations.yaml:3:5, p.q0 ")

    def test_the_oldest_of_equal_statements_counts_wherever_it_stands(self):
        rows = [row(on="2027-04-12", person="b.b"), row(on="2027-04-10", person="a.a"), row(on="2027-04-11")]

        answer = one(*rows)

        assert answer.as_of == MIDNIGHT - timedelta(days=2)
        assert answer.attested is not None
        assert answer.attested.person == "a.a"
        assert answer.fact == GTC
