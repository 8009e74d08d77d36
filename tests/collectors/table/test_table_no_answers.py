"""A placeholder where a condition asks for a word is no answer: it never makes a fact better."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.collectors.table.no_answer import is_no_answer
from gonogo.model.evidence import GapReason

COLUMNS: dict[str, Any] = {
    "k": {"header": "Key", "type": "id"},
    "p": {"header": "Priority", "type": "text", "allowed": "any"},
    "state": {"header": "State", "type": "text", "allowed": ["Open", "Closed"]},
}


def ask(collect: Any, fact: dict[str, Any], *rows: str, allowed: Any = "any") -> Any:
    columns = {**COLUMNS, "p": {**COLUMNS["p"], "allowed": allowed}}
    data = {"f.csv": "\n".join(("Key,Priority,State", *rows, "")).encode()}
    return collect(data, {"tables": {"t": {"unique": ["k"], "columns": columns}}, "facts": {"f": fact}})["f"]


def count(where: str) -> dict[str, Any]:
    return {"count": {"where": where}, "unit": "defects"}


ROWS = ("D-1,Low,Open", "D-2,Critical,Closed", "D-3,TBD,Open")


class TestSpellings:
    @pytest.mark.parametrize(
        "word", ["critical", "CRITICAL", "Critical\u200b", "Cr\u0456tical", "Critical.", "Critical"]
    )
    def test_another_spelling_of_the_word_asked_for_is_not_counted_as_another_word(self, collect, word):
        """An open item that somebody types as ``open`` is open."""
        rows = ("D-1,Critical,Open", f"D-2,{word},Open", "D-3,Low,Open")
        counted, left = (ask(collect, count(where), *rows) for where in ('p == "Critical"', 'p != "Low"'))

        assert left.value == 2
        assert counted.value == (2 if word == "Critical" else None)
        assert word == "Critical" or "a word in another spelling, in line 3" in counted.detail

    def test_one_that_makes_the_fact_worse_is_judged_as_it_stands(self, collect):
        answer = ask(collect, {"share": {"where": 'p == "Low"'}}, "D-1,low,Open", "D-2,Low,Open")

        assert (answer.part, answer.whole) == (1, 2)

    def test_a_spelling_that_the_condition_names_is_a_word_of_its_own(self, collect):
        rows = ("D-1,Critical,Open", "D-2,critical,Open")

        assert ask(collect, count('p in ["Critical", "critical"]'), *rows).value == 2


class TestBetter:
    @pytest.mark.parametrize(
        "fact",
        [
            {"share": {"where": 'p != "Critical"'}},
            {"share": {"where": 'not p in ["Critical", "High"]'}},
            {"share": {"where": 'p != "Critical" or state == "Closed"'}},
            {"all": {"where": 'p != "Critical"'}},
            count('p == "Critical"'),
            count('p in ["Critical", "High"]'),
            count('p == "Critical" and state == "Open"'),
            {"none": {"where": 'p == "Critical" and state == "Open"'}},
            {"any": {"where": 'p == "Critical"'}},
            {"share": {"where": 'state == "Closed"', "among": 'p == "Critical"'}},
            {"share": {"where": 'state == "Open"', "among": 'p != "Critical"'}},
        ],
    )
    def test_a_row_without_an_answer_stops_what_it_would_make_better(self, collect, fact):
        """A defect that nobody has looked at is not one that is not critical."""
        answer = ask(collect, fact, *ROWS)

        assert (answer.value, answer.part, answer.gap) == (None, None, GapReason.MISSING)
        assert (
            "column 'Priority' has a placeholder such as TBD or N/A in line 4, which is not an answer" in answer.detail
        )
        assert answer.told == answer.detail

    @pytest.mark.parametrize(
        "fact",
        [
            {"share": {"where": 'p == "Low"'}},
            {"all": {"where": 'p in ["Low", "Critical"]'}},
            count('p != "Critical"'),
            count('p == "Critical" and state == "Closed"'),
            {"share": {"where": 'p != "Critical" and state == "Closed"'}},
            {"share": {"where": 'state == "Closed"', "among": 'p != "Critical"'}},
            {"share": {"where": 'p == "Low"', "among": 'p == "Critical" and state == "Closed"'}},
            {"share": {"where": 'state == "Open"'}},
        ],
    )
    def test_where_it_makes_nothing_better_it_stops_nothing(self, collect, fact):
        """It counts as not done, or another part of the condition decides."""
        assert ask(collect, fact, *ROWS).gap is None

    @pytest.mark.parametrize(
        ("fact", "allowed", "known"),
        [
            (count('p == "Critical"'), ["Low", "Critical", "TBD"], True),
            (count('p in ["Critical", "TBD"]'), "any", True),
            (count('p == "Critical" and p != "TBD"'), "any", True),
            (count('p == "Critical" and p != "N/A"'), "any", False),
        ],
    )
    def test_who_lists_or_names_it_has_seen_it(self, collect, fact, allowed, known):
        row = "D-4,N/A,Open" if not known else "D-4,Low,Open"

        assert (ask(collect, fact, *ROWS, row, allowed=allowed).gap is None) is known

    @pytest.mark.parametrize(("rows", "told"), [(3, "line 3, 4, 5, which"), (4, "line 3, 4, 5 and 1 more, which")])
    def test_three_rows_are_named_and_the_others_counted(self, collect, rows, told):
        cells = [f"T-{n},N/A,Open" for n in range(rows)]

        assert told in ask(collect, count('p == "Critical"'), "D-2,Critical,Open", *cells).detail


class TestWords:
    @pytest.mark.parametrize("text", ["Choose an item.", "<p>TBD</p>", "&nbsp;", "(blank)", "nan", "#REF!"])
    def test_what_a_form_leaves_is_no_answer(self, collect, text):
        """A defect on which nobody chose a priority may be critical."""
        assert ask(collect, count('p == "Critical"'), "D-1,Critical,Open", f"D-2,{text},Open").gap is GapReason.MISSING

    @pytest.mark.parametrize(
        "text",
        [
            "-",
            "—",
            "?",
            "...",
            "TBD",
            "tbd",
            "T.B.D.",
            "n/a",
            "N.A.",
            "Not applicable",
            "unknown",
            "xxx",
            "To be confirmed",
        ],
    )
    def test_no_answer(self, text):
        assert is_no_answer(text)

    @pytest.mark.parametrize(
        "text",
        ["Open", "No", "None", "Pending", "New", "x", "1", "To do", "Not started", "Unknown error", "TBD by Bob"],
    )
    def test_a_state_is_an_answer(self, text):
        """A stop for it would be a stop for nothing."""
        assert not is_no_answer(text)

    @pytest.mark.parametrize(("marks", "known"), [(79, False), (80, False), (81, True)])
    def test_a_long_cell_is_prose(self, collect, marks, known):
        fact = count('p == "Critical"')

        assert (ask(collect, fact, "D-1,Critical,Open", f"D-2,{'?' * marks},Open").gap is None) is known


@pytest.mark.parametrize(("allowed", "gap"), [("any", True), ([], True), (["Total", "Part"], False)])
def test_a_row_that_adds_up_is_seen_where_no_list_can_be_given(collect, allowed, gap):
    """``any`` lists no word, so nobody has said that Total is data."""
    columns = {"kind": {"header": "Kind", "type": "text", "allowed": allowed}}
    settings = {"tables": {"t": {"columns": columns}}, "facts": {"n": {"count": {}, "unit": "rows"}}}

    answer = collect({"t.csv": b"Kind\nPart\nTotal\n"}, settings)["n"]

    assert (answer.gap is GapReason.AMBIGUOUS_ROWS) is gap


def test_whether_all_are_done_tells_the_rows_that_were_left_out(collect):
    """A struck or blank row that is left out is told beside every answer, not only beside numbers."""
    table = {
        "columns": COLUMNS,
        "unique": ["k"],
        "blank_rows": "allowed",
        "rows": {"struck": {"column": "p", "values": ["gone"]}},
    }
    data = {"f.csv": b"Key,Priority,State\nD-1,Low,Open\n,,\nD-2,gone,Open\nD-3,Low,Open\n"}

    answer = collect(data, {"tables": {"t": table}, "facts": {"f": {"all": {"where": 'state == "Open"'}}}})["f"]

    assert answer.where == "f.csv, 2 rows, left out: 1 blank row and 1 struck row"
