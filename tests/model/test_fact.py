"""Facts: what a declaration may say, and that no value is ever converted into another type."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.fact import MAX_TEXT, FactDeclaration, FactType, Vocabulary, read_value, write_value

RIGHT = {
    FactType.BOOLEAN: True,
    FactType.INTEGER: 3,
    FactType.DECIMAL: "2.5",
    FactType.RATIO: "0.932",
    FactType.MONEY: "1204.10",
    FactType.TEXT: "signed",
    FactType.INSTANT: "2027-04-19T16:00:00.000000Z",
}
NUMBERS = {FactType.DECIMAL, FactType.RATIO, FactType.MONEY}


def fact(**changes: object) -> FactDeclaration:
    """Return a ratio fact, changed."""
    plain = {"name": "training.completed_ratio", "type": FactType.RATIO, "meaning": "m", "question": "q?"}
    return FactDeclaration(**(plain | changes))


class TestReadValue:
    @pytest.mark.parametrize("kind", FactType)
    @pytest.mark.parametrize("given_as", FactType)
    def test_a_value_of_another_type_is_refused(self, kind, given_as):
        """``"95"`` is not a number, 1 is not true, and a date is not a word, whatever a spreadsheet thinks."""
        same_wire = {kind, given_as} <= NUMBERS
        text_like = kind is FactType.TEXT and isinstance(RIGHT[given_as], str)

        if kind is given_as or same_wire or text_like:
            assert read_value(kind, RIGHT[given_as]) is not None
        else:
            with pytest.raises(ValueError, match=r"is expected|not a decimal|not an instant"):
                read_value(kind, RIGHT[given_as])

    @pytest.mark.parametrize("kind", FactType)
    @pytest.mark.parametrize("raw", [None, 0.5, float("nan"), [], {}, b"x", "N/A", ""])
    def test_hostile_values_are_refused(self, kind, raw):
        """Nothing, floats, containers and placeholders never become a value (a word can only be a text fact)."""
        if kind is FactType.TEXT and raw == "N/A":
            return
        with pytest.raises(ValueError, match=r".+"):
            read_value(kind, raw)

    @pytest.mark.parametrize("raw", [MAX_INTEGER + 1, -MAX_INTEGER - 1])
    def test_an_integer_beyond_the_range_of_json_is_refused(self, raw):
        """It could not be recorded exactly."""
        with pytest.raises(ValueError, match=r"2\*\*53"):
            read_value(FactType.INTEGER, raw)

    def test_a_text_has_a_length(self):
        """Empty text says nothing, endless text is an attack on the report."""
        assert read_value(FactType.TEXT, "x" * MAX_TEXT) == "x" * MAX_TEXT
        for raw in ("", "x" * (MAX_TEXT + 1)):
            with pytest.raises(ValueError, match="characters"):
                read_value(FactType.TEXT, raw)

    def test_an_instant_without_a_zone_is_refused(self):
        """An age could not be computed from it."""
        with pytest.raises(Exception, match="time zone"):
            read_value(FactType.INSTANT, datetime(2027, 4, 19))  # noqa: DTZ001 - the point of the test

    @pytest.mark.parametrize("kind", FactType)
    def test_the_wire_form_of_a_value_reads_back_as_the_value(self, kind):
        """What is logged is what was judged."""
        value = read_value(kind, RIGHT[kind])

        assert read_value(kind, write_value(value)) == value

    @given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6))
    def test_money_survives_the_wire_to_the_last_digit(self, amount):
        """No cent is lost on the way into the record."""
        assert read_value(FactType.MONEY, write_value(read_value(FactType.MONEY, amount))) == amount

    def test_values_are_read_in_utc(self):
        """Two zones, one moment, one value."""
        assert read_value(FactType.INSTANT, datetime(2027, 4, 19, 16, tzinfo=UTC)) == read_value(
            FactType.INSTANT, "2027-04-19T16:00:00.000000Z"
        )


class TestFactDeclaration:
    def test_a_share_lies_between_0_and_1_unless_said_otherwise(self):
        """93.2 in a column of shares is a mistake, not a good result; 103% of plan can be true."""
        assert (fact().lowest, fact().highest) == (Decimal(0), Decimal(1))
        assert fact(max=Decimal("1.5")).highest == Decimal("1.5")

    @pytest.mark.parametrize("kind", [FactType.INTEGER, FactType.DECIMAL, FactType.MONEY])
    def test_a_quantity_needs_a_unit(self, kind):
        """Days and working days compare equal without one."""
        with pytest.raises(ValidationError, match="needs a unit"):
            fact(type=kind)

    @pytest.mark.parametrize("kind", [FactType.RATIO, FactType.BOOLEAN, FactType.TEXT, FactType.INSTANT])
    def test_other_types_have_none(self, kind):
        """A ratio in percent would be a hundred times itself."""
        with pytest.raises(ValidationError, match="no unit"):
            fact(type=kind, unit="percent")

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"type": FactType.TEXT, "min": Decimal(1)}, "no range"),
            ({"type": FactType.BOOLEAN, "tolerance": Decimal(1)}, "no range"),
            ({"allowed": ("signed",)}, "only a text fact"),
            ({"min": Decimal(1), "max": Decimal(0)}, "min is greater"),
            ({"tolerance": Decimal("-0.1")}, "negative"),
            ({"name": "Training.Ratio"}, "pattern"),
            ({"name": "training"}, "pattern"),
            ({"meaning": ""}, "at least 1"),
            ({"surprise": 1}, "Extra inputs"),
        ],
    )
    def test_a_declaration_that_contradicts_itself_is_refused(self, changes, why):
        """A vocabulary decides what every source means; it cannot be vague."""
        with pytest.raises(ValidationError, match=why):
            fact(**changes)

    def test_a_declaration_cannot_be_changed(self):
        """Code that holds it may rely on it for the whole run."""
        with pytest.raises(ValidationError, match="frozen"):
            fact().name = "other.name"


class TestVocabulary:
    def test_a_fact_declared_twice_is_refused(self):
        """Which of the two meanings would count?"""
        with pytest.raises(ValidationError, match=r"declared twice: training\.completed_ratio"):
            Vocabulary(facts=(fact(), fact(meaning="something else")))

    def test_facts_are_found_by_name_in_the_order_of_the_file(self):
        """Lookups and listings are what every room uses it for."""
        first, second = fact(name="b.b"), fact(name="a.a")
        vocabulary = Vocabulary(facts=(first, second))

        assert list(vocabulary.names()) == ["b.b", "a.a"]
        assert vocabulary["a.a"] is second
        assert "c.c" not in vocabulary
        assert vocabulary.get("c.c") is None


@pytest.mark.parametrize(
    ("kind", "named"), [("integer", "an integer"), ("instant", "an instant"), ("ratio", "a ratio")]
)
def test_a_type_is_named_with_its_article(kind, named):
    """A manager reads: an integer is expected."""
    assert FactType(kind).named == named
