"""When a table's content held, and that nobody guesses it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gonogo.model.program import AsOf, AsOfRule

SETTINGS: dict[str, Any] = {
    "tables": {
        "t": {
            "columns": {
                "key": {"type": "id"},
                "reported_on": {"header": "Reported On", "type": "date", "optional": True},
                "seen_at": {"type": "instant"},
            }
        }
    },
    "facts": {"rows": {"count": {}, "unit": "rows"}},
}
HEADER = "key,Reported On,seen_at\n"
SAME = HEADER + "A,2027-04-12,2027-04-12T08:00:00Z\nB,2027-04-12,2027-04-12T09:00:00Z\n"
MIXED = HEADER + "A,2027-04-12,2027-04-12T08:00:00Z\nB,2027-04-11,2027-04-12T09:00:00Z\n"
GAPPY = HEADER + "A,2027-04-12,2027-04-12T08:00:00Z\nB,,2027-04-12T09:00:00Z\n"
EMPTY = HEADER + "A,,2027-04-12T08:00:00Z\n"


class TestHeld:
    @pytest.mark.parametrize(
        ("text", "column", "latest", "held"),
        [
            pytest.param(SAME, "reported_on", False, datetime(2027, 4, 12, 4, tzinfo=UTC), id="equal dates"),
            pytest.param(SAME, "Reported On", False, datetime(2027, 4, 12, 4, tzinfo=UTC), id="named by its heading"),
            pytest.param(MIXED, "reported_on", False, None, id="rows differ"),
            pytest.param(MIXED, "reported_on", True, datetime(2027, 4, 12, 4, tzinfo=UTC), id="the latest counts"),
            pytest.param(GAPPY, "reported_on", False, None, id="a blank"),
            pytest.param(
                GAPPY, "reported_on", True, datetime(2027, 4, 12, 4, tzinfo=UTC), id="the latest beside a blank"
            ),
            pytest.param(EMPTY, "reported_on", True, None, id="blanks only"),
            pytest.param(SAME, "seen_at", True, datetime(2027, 4, 12, 9, tzinfo=UTC), id="instants"),
            pytest.param(SAME, "key", True, None, id="no date column"),
            pytest.param(SAME, "absent", True, None, id="no such column"),
        ],
    )
    def test_a_column_says_when_every_row_held(self, collect, text, column, latest, held):
        """A date-only moment is that day's first, local; a disagreement is no moment."""
        rule = AsOf(rule=AsOfRule.COLUMN, column=column, latest=latest)

        answer = collect({"t.csv": text.encode()}, SETTINGS, as_of=None, rule=rule)["rows"]

        assert answer.as_of == held
        assert (answer.gap is None) is (held is not None)

    @pytest.mark.parametrize("rule", [AsOfRule.DOCUMENT, AsOfRule.DOCUMENT_SAVED, AsOfRule.CELL, AsOfRule.FILE_NAME])
    def test_a_csv_that_nobody_dates_is_a_gap(self, collect, rule):
        """The time of the last change of a file says when it was copied, not when it was true."""
        answer = collect({"t.csv": SAME.encode()}, SETTINGS, as_of=None, rule=AsOf(rule=rule))["rows"]

        assert answer.gap in ("missing", "malformed")
        assert answer.as_of is None

    def test_two_inputs_and_none_named_is_a_gap(self, collect):
        """The first of two files is a guess."""
        answer = collect({"a:a.csv": SAME.encode(), "b:b.csv": SAME.encode()}, SETTINGS)["rows"]

        assert "input" in answer.detail

    def test_a_file_of_another_kind_is_a_gap(self, collect):
        """Its name does not say what it is, and nobody else did."""
        assert "format" in collect({"t.dat": SAME.encode()}, SETTINGS)["rows"].detail
