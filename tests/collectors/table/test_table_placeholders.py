"""A cell that says TBD is filled and says nothing: it is not given, and no key. Rows that add up others are seen."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.collectors.rows.outline import adds_up, is_nothing, outlined
from gonogo.model.evidence import GapReason


def settings(columns: dict[str, Any], where: str = "", **more: Any) -> dict[str, Any]:
    share = {"share": {"where": where}} if where else {"count": {}, "unit": "rows"}
    return {"tables": {"t": {"unique": ["k"], "columns": columns, **more}}, "facts": {"f": share}}


def csv_of(*rows: str) -> dict[str, bytes]:
    return {"f.csv": "\n".join(("Key,Signed", *rows, "")).encode()}


KEY = {"header": "Key", "type": "text"}
SIGNED = {"header": "Signed", "type": "text", "optional": True, "given": "signed_given"}
BOTH = {"k": KEY, "signed": SIGNED}


class TestGiven:
    def test_a_placeholder_is_not_given(self, collect):
        """One procedure of five is approved; four say that they are not, in four ways."""
        rows = ("SOP-1,2026-11-01", "SOP-2,TBD", "SOP-3,—", "SOP-4,N/A", "SOP-5,")

        answer = collect(csv_of(*rows), settings(BOTH, "signed_given"))["f"]

        assert (answer.part, answer.whole) == (1, 5)

    def test_what_a_form_leaves_is_not_given(self, collect):
        """Markup may be longer than its words, and its digits are no key."""
        markup = '<div class=""ExternalClass0F12A' + "7" * 300 + '"">TBD</div>'
        rows = ("SOP-1,2026-11-01", "SOP-2,&#160;", "SOP-3,Choose an item.", "SOP-4,#DIV/0!", f'SOP-5,"{markup}"')

        answer = collect(csv_of(*rows), settings(BOTH, "signed_given"))["f"]

        assert (answer.part, answer.whole) == (1, 5)

    def test_the_other_way_round_a_placeholder_is_missing(self, collect):
        """A defect whose workaround is TBD has none."""
        answer = collect(csv_of("D-1,restart it", "D-2,tbd - see Bob 12"), settings(BOTH, "not signed_given"))["f"]

        assert (answer.part, answer.whole) == (1, 2)

    @pytest.mark.parametrize("text", ["x", "X", "yes", "OK", "0", "12", "A", "restart it"])
    def test_a_mark_or_a_number_says_something(self, text):
        """An x in a column of marks is the answer."""
        assert not is_nothing(text)

    @pytest.mark.parametrize("text", ["TBD", "—", "N/A", "n.a.", "none", "-", "to follow"])
    def test_empty_talk_says_nothing(self, text):
        """The same judgement as for plans and waivers."""
        assert is_nothing(text)


class TestKeys:
    @pytest.mark.parametrize("key", ["TBD", "—", "N/A"])
    def test_a_placeholder_is_no_key(self, collect, key):
        """A row that nobody has named yet is not one more case that passed."""
        answer = collect(csv_of("U-1,a", "U-2,b", f"{key},c"), settings(BOTH, "signed_given"))["f"]

        assert (answer.part, answer.gap) == (None, GapReason.AMBIGUOUS_ROWS)

    def test_a_listed_key_is_one(self, collect):
        """Somebody says that it is meant so."""
        columns = {**BOTH, "k": {**KEY, "allowed": ["U-1", "None"]}}

        assert collect(csv_of("U-1,a", "None,b"), settings(columns, "signed_given"))["f"].part == 2


class TestSums:
    @pytest.mark.parametrize(
        "text",
        ["Treasury Total", "AP Subtotal", "Grand Total", "Sum", "Count", "Average:", "Overall", "% complete", "TOTAL"],
    )
    def test_a_row_that_adds_up_others_is_seen(self, text):
        """Excel's Subtotal writes such rows below each group, and each would be one more item."""
        assert adds_up(text)

    @pytest.mark.parametrize(
        "text",
        [
            "summary1",
            "Total Rewards Interface",
            "Account",
            "Country",
            "Sum of parts",
            "Check the control total",
            "Countess",
        ],
    )
    def test_a_name_that_only_sounds_like_it_is_left_alone(self, text):
        """A stop for an interface that is called so teaches people to wave stops through."""
        assert not adds_up(text)


class TestOutlines:
    @pytest.mark.parametrize("heading", ["Step", "Step No", "No.", "ID", "Task ID", "Item", "#", "Number"])
    def test_a_parent_right_above_its_children_is_seen_under_any_heading_of_keys(self, heading):
        """Parents that are counted as items made one in four one in two."""
        assert outlined(heading, ["1", "1.1", "1.2", "2", "2.1"])
        assert not outlined(heading, ["1", "2", "3", "10"])
        assert not outlined(heading, ["1.1", "2.1", "1.2"])

    def test_versions_are_no_outline(self):
        """Only headings of keys are looked at."""
        assert not outlined("Version", ["1", "1.1"])
