"""``is blank`` and ``is not blank`` in conditions: as ``given:`` says it, without a name for it."""

from __future__ import annotations

import pytest

from gonogo.collectors.table import TableCollector
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.plugin.spec import SettingsRefusal
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

DATA = b"id,closed,owner\n1,,Ann\n2,2027-04-01,TBD\n3,,\n4,2027-04-02,Bo\n"
COLUMNS = {
    "id": {"type": "id"},
    "closed": {"type": "date", "optional": True},
    "owner": {"type": "text", "optional": True, "allowed": "any"},
}


def count(where: str, *, data: bytes = DATA, **columns):
    settings = {
        "tables": {
            "t": {"columns": {name: spec | columns.get(name, {}) for name, spec in COLUMNS.items()}, "unique": ["id"]}
        },
        "facts": {"n": {"count": {"where": where}, "unit": "items"}},
    }
    return answers_of(TableCollector(), job_of({"file": ("a.csv", data)}, as_of=SAMPLE_NOW), settings)["n"]


class TestBlank:
    @pytest.mark.parametrize(
        ("where", "expected"),
        [
            ("closed is blank", 2),
            ("closed is not blank", 2),
            ("not closed is blank", 2),
            ("owner is not blank", 2),
            ("owner is blank and closed is blank", 1),
            ("owner is blank or closed is blank", 3),
        ],
    )
    def test_a_cell_that_says_nothing_is_blank(self, where, expected):
        """TBD says nothing, and is no owner."""
        assert count(where).value == expected

    @pytest.mark.parametrize("text", ["Plan to be agreed", "Owner to provide", "Awaiting input from vendor"])
    @pytest.mark.parametrize("rows", [0, 3000])
    def test_a_cell_that_says_only_that_its_words_are_owed_is_blank(self, rows, text):
        """It counted as a plan of each row."""
        more = b"".join(b"x%d,2027-04-01,Cy\n" % number for number in range(rows))

        assert count("owner is blank", data=DATA.replace(b"Ann", text.encode()) + more).value == 3

    @pytest.mark.parametrize("rows", [0, 3000])
    def test_the_database_counts_as_the_small_reader_does(self, rows):
        """Large tables go another way."""
        more = b"".join(b"x%d,2027-04-01,Cy\n" % number for number in range(rows))

        assert count("closed is blank", data=DATA + more).value == 2

    def test_a_column_with_a_name_for_it_knows_both(self):
        """Settings that were written before stay as they are."""
        named = {"given": "has_owner"}

        assert (
            count("owner is not blank and has_owner", owner=named).value == count("has_owner", owner=named).value == 2
        )

    def test_a_day_after_the_evidence_is_a_plan_and_not_an_answer(self):
        """``closed is not blank`` would count what is to be closed next month."""
        answer = count("closed is not blank", data=DATA + b"5,2027-06-01,Di\n")

        assert "holds a day after 2027-04-19" in answer.detail

    def test_a_column_that_is_never_blank_is_refused(self):
        """The condition is the same for every row."""
        with pytest.raises(SettingsRefusal, match="set optional: true"):
            count("id is blank")


class TestLanguage:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("a.b is blank or 3 is blank", "only a column"),
            ('"x" is blank', "only a column"),
            ("status is open", "`is` is not a word"),
            ("status is not open", "`is` is not a word"),
            ("status is blanket", "`is` is not a word"),
            ("status is blank is blank", "cannot be chained"),
        ],
    )
    def test_what_is_no_column_is_not_blank(self, text, sentence):
        """Other sentences with *is* keep their hint."""
        with pytest.raises(ExpressionError, match=sentence):
            parse_requirement(text)
