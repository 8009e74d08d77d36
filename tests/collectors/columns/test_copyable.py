"""Conditions to copy: each can be pasted as it is, over the columns that the table has."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gonogo.collectors.columns.column import Column, ColumnType, PercentForm
from gonogo.collectors.columns.copyable import FORMS, copyable, to_copy
from gonogo.collectors.table.facts import TableSettings
from gonogo.collectors.table.promised_facts import plan
from gonogo.collectors.table.where import condition_sql
from gonogo.collectors.table.where_scope import WhereScope
from gonogo.language.expression import ExpressionError
from gonogo.plugin.spec import SettingsRefusal

COLUMNS = {
    "key": Column(type=ColumnType.ID),
    "status": Column(type=ColumnType.TEXT, allowed=("Open", "Closed")),
    "closed_on": Column(type=ColumnType.DATE, optional=True),
    "points": Column(type=ColumnType.INTEGER),
    "approved": Column(type=ColumnType.BOOLEAN),
    "done": Column(type=ColumnType.PERCENT, written=PercentForm.RATIO),
}
NOW = datetime(2027, 4, 19, tzinfo=UTC)


def scope(columns):
    return WhereScope(columns, NOW, NOW, NOW, lambda name: f"start_of({name})")


class TestCopyable:
    def test_there_are_ten_of_the_forms_that_people_need(self):
        """Equal, one of, blank, before go-live, older than, between."""
        assert copyable(COLUMNS) == (
            'status == "Open"',
            'status != "Open"',
            'status in ["Open", "Closed"]',
            'status not in ["Open", "Closed"]',
            "closed_on is blank",
            "closed_on is not blank",
            "closed_on < go_live",
            "now - closed_on > 14d",
            "closed_on >= go_live - 14d and closed_on < go_live",
            "points >= 1 and points <= 5",
        )

    @pytest.mark.parametrize("names", [COLUMNS.keys(), {"done"}, {"approved"}, {"points", "approved"}, {"status"}])
    def test_each_can_be_read(self, names):
        """What is pasted must not be the next mistake."""
        columns = {name: column for name, column in COLUMNS.items() if name in names}

        for text in copyable(columns):
            assert condition_sql(text, scope(columns))

    @pytest.mark.parametrize("allowed", ["any", (), ('the "big" one',)])
    def test_a_column_without_words_to_quote_gives_none(self, allowed):
        """Nothing is made up."""
        assert copyable({"status": Column(type=ColumnType.TEXT, allowed=allowed), "key": COLUMNS["key"]}) == ()

    def test_known_words_of_a_column_of_any_text_are_quoted(self):
        """Drafts have no closed list, and a list of known words."""
        columns = {"status": Column(type=ColumnType.TEXT, allowed="any", known=("Open", "Done"))}

        assert copyable(columns)[:3] == ('status == "Open"', 'status != "Open"', 'status in ["Open", "Done"]')

    @pytest.mark.parametrize("names", [COLUMNS.keys(), {"done"}, {"approved"}, {"points", "closed_on"}, {"key"}, set()])
    def test_there_are_ten_whatever_the_table_has(self, names):
        """The forms that the table has no column for are told as forms."""
        text = to_copy({name: column for name, column in COLUMNS.items() if name in names})

        assert text.count("`") == 20
        assert ("with a column and words of yours" in text) == (names != COLUMNS.keys())

    def test_a_table_of_plain_text_gets_each_form(self):
        """As a first draft has it: every column is any text."""
        columns = {"key": COLUMNS["key"], "result": Column(type=ColumnType.TEXT, allowed="any")}

        assert to_copy(columns) == "to copy, with a column and words of yours: " + ", ".join(f"`{x}`" for x in FORMS)

    @pytest.mark.parametrize("form", FORMS)
    def test_a_form_that_nobody_filled_in_is_refused(self, form):
        """It must not count nothing, and thereby be good."""
        with pytest.raises(ExpressionError):
            condition_sql(form, scope(COLUMNS | {"column": COLUMNS["status"]}))

    def test_a_condition_that_cannot_be_read_comes_back_with_them(self):
        """A person who finds FILL IN has something to choose from."""
        written = {
            "tables": {"t": {"columns": {"status": {"type": "text", "allowed": ["Open"]}}}},
            "facts": {"open": {"count": {"where": "FILL IN"}, "unit": "items"}},
        }
        settings = TableSettings.model_validate_json(json.dumps(written))

        with pytest.raises(SettingsRefusal, match=r'; to copy: `status == "Open"`'):
            plan(settings)
