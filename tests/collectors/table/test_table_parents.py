"""What settles parents, by what the cells are: a row that another names is the parent, never the one that names it."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.collectors.rows.parents import ShownColumn, key_of_parents, leaves_children_out, rule_of_parents, settling
from gonogo.model.evidence import GapReason

JIRA = b"""Issue key,Issue id,Parent,Severity
WEB-1,1001,,High
WEB-2,1002,1001,Critical
WEB-3,1003,1001,Critical
"""
COLUMNS = {
    "issue_key": {"header": "Issue key", "type": "id"},
    "issue_id": {"header": "Issue id", "type": "integer"},
    "parent": {"header": "Parent", "type": "integer", "optional": True},
    "severity": {"header": "Severity", "type": "text", "allowed": ["Critical", "High"]},
}
KEYS = [
    ShownColumn("Issue key", "issue_key", ["WEB-1", "WEB-2"]),
    ShownColumn("Issue id", "issue_id", ["1001", "1002"]),
]


def critical(collect: Any, **rows: Any) -> Any:
    table = {"columns": COLUMNS, "unique": ["issue_key"], "rows": rows}
    facts = {"n": {"count": {"where": 'severity == "Critical"'}, "unit": "defects"}}
    return collect({"f.csv": JIRA}, {"tables": {"t": table}, "facts": facts})["n"]


class TestJira:
    def test_both_answers_that_are_named_count_what_is_critical(self, collect):
        """An epic or a story is an item too, so that answer comes first."""
        asked = critical(collect)

        assert asked.gap is GapReason.AMBIGUOUS_ROWS
        assert asked.detail.endswith(
            "say rows: {parent: counts} if a row that others name is an item too, as an epic or a story is, or rows: "
            "{parent: {column: parent, names_parent: issue_id}} if it is none"
        )
        assert critical(collect, parent="counts").value == 2
        assert critical(collect, parent={"column": "parent", "names_parent": "issue_id"}).value == 2

    def test_what_would_leave_the_children_out_is_a_gap(self, collect):
        """0 open criticals, because the parents stayed and the defects below them went."""
        answer = critical(collect, parent={"column": "parent", "values": ["1001"]})

        assert (answer.value, answer.gap) == (None, GapReason.AMBIGUOUS_ROWS)
        assert "leaves out are the children, not the parents; say names_parent:" in answer.detail

    def test_values_that_are_no_key_leave_out_what_they_say(self, collect):
        """A column Parent may hold a yes."""
        data = b"Issue key,Parent,Severity\nWEB-1,x,High\nWEB-2,,Critical\nWEB-3,,Critical\n"
        columns = {name: COLUMNS[name] for name in ("issue_key", "severity")}
        columns |= {"parent": {"header": "Parent", "type": "text", "optional": True}}
        ordered = {name: columns[name] for name in ("issue_key", "parent", "severity")}
        rows = {"parent": {"column": "parent", "values": ["x"]}}
        table = {"columns": ordered, "unique": ["issue_key"], "rows": rows}

        answer = collect({"f.csv": data}, {"tables": {"t": table}, "facts": {"n": {"count": {}, "unit": "defects"}}})[
            "n"
        ]

        assert answer.value == 2, answer.detail


class TestWords:
    @pytest.mark.parametrize(
        ("column", "said"),
        [
            (ShownColumn("Parent", "parent", ["", "WEB-1"]), "column: parent, names_parent: issue_key}"),
            (ShownColumn("Parent", "", ["", "1001"]), "column: COLUMN (read 'Parent' first), names_parent: issue_id}"),
            (
                ShownColumn("Parent", "parent", ["", "none of them"]),
                "column: ..., values: [...]}} by a column that shows",
            ),
            (
                ShownColumn("Outline Level", "level", ["1", "2"]),
                "column: level, outline: true}}, or rows: {parent: counts}",
            ),
            (ShownColumn("Is Summary", "s", ["Yes", "No"]), 'column: s, values: ["Yes"]}'),
            (ShownColumn("Is Summary", "s", []), "column: s, values: [...]}"),
            (ShownColumn("WBS", "wbs", ["1", "1.1"]), "column: wbs, outline: true}}"),
            (ShownColumn("Title", "title", ["A", "  b"]), "column: ..., values: [...]}} by a column that shows"),
        ],
    )
    def test_what_is_named_is_what_the_cells_are(self, column, said):
        """`values: [...]` filled with what stands under Parent takes away the wrong rows."""
        assert said in settling(column, KEYS)

    def test_the_key_that_holds_most_of_the_parents_is_named_and_one_that_is_read_first(self):
        more = [
            *KEYS,
            ShownColumn("ID", "", ["1001", "1002"]),
            ShownColumn("Number", "number", ["WEB-1", "1001", "1002"]),
        ]

        assert key_of_parents(ShownColumn("Parent", "p", ["1001", "1002", "WEB-1"]), more) == more[-1]
        assert key_of_parents(ShownColumn("Parent", "p", ["1001"]), [more[2], KEYS[1]]) == KEYS[1]
        assert key_of_parents(ShownColumn("Parent", "p", ["9"]), more) is None
        assert key_of_parents(ShownColumn("Related", "r", ["1001"]), more) is None

    @pytest.mark.parametrize(
        ("heading", "values", "wrong"),
        [("Parent", ["1001"], True), ("Parent", ["9", " "], False), ("Kind", ["1001"], False), ("Parent", [], False)],
    )
    def test_values_that_are_keys_mean_children(self, heading, values, wrong):
        assert leaves_children_out(ShownColumn(heading, "c", []), values, KEYS) is wrong

    @pytest.mark.parametrize(
        ("column", "rule"),
        [
            (ShownColumn("Parent", "parent", ["", "WEB-1"]), {"column": "parent", "names_parent": "issue_key"}),
            (ShownColumn("Parent", "parent", ["", "1001"]), {"column": "parent", "names_parent": "issue_id"}),
            (ShownColumn("Parent", "parent", ["", "none of them"]), None),
            (ShownColumn("Outline Level", "level", ["1", "2"]), {"column": "level", "outline": True}),
            (ShownColumn("WBS", "wbs", ["1", "1.1"]), {"column": "wbs", "outline": True}),
            (ShownColumn("Is Summary", "s", ["Yes ", "No"]), {"column": "s", "values": ["Yes"]}),
            (ShownColumn("Is Summary", "s", []), None),
            (ShownColumn("Title", "title", ["A", "  b"]), None),
            (ShownColumn("WBS", "", ["1", "1.1"]), None),
        ],
    )
    def test_the_rule_holds_for_the_next_file_too(self, column, rule):
        """A rule of values that only today's file has would count next week's headings."""
        assert rule_of_parents(column, KEYS) == rule


@pytest.mark.parametrize(
    ("numbers", "kept"),
    [
        (["1", "1.1", "1.2", "2"], 3),
        (["1", "1.1", "1.1.1", "2"], 2),
        (["1", "2", "3", "4"], 4),
        (["1", "1.1", "", "3"], 3),
    ],
)
def test_outline_numbers_leave_out_what_others_begin_with(collect, numbers, kept):
    """A plan with a WBS column had no setting that tells next week's headings."""
    data = "Task,WBS\n" + "".join(f"T{at},{number}\n" for at, number in enumerate(numbers))
    table = {
        "columns": {
            "task": {"type": "id", "header": "Task"},
            "wbs": {"type": "text", "header": "WBS", "optional": True},
        },
        "unique": ["task"],
        "rows": {"parent": {"column": "wbs", "outline": True}},
    }

    answer = collect(
        {"f.csv": data.encode()}, {"tables": {"t": table}, "facts": {"n": {"count": {}, "unit": "tasks"}}}
    )["n"]

    assert answer.value == kept, answer.detail
