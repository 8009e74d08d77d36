"""How a fact is counted, in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.core.counting_words import bindings_of, counting_words, query_of

COLUMNS = {
    "state": {"header": "End to end", "type": "text", "allowed": ["Passed", "Failed"]},
    "icd": {"header": "ICD status", "type": "text"},
    "who": {"header": "Assigned To", "type": "text", "allowed": ["Jo Doe"]},
    "side": {"header": "Side", "type": "text", "allowed": ["Customer", "Provider"]},
    "lead": {"header": "Column 7", "type": "text", "allowed": ["Jo Doe", "Al Roe"]},
    "amount": {"header": "Amount", "type": "money"},
    "cause": {"header": "Cause", "type": "text", "blank": "None"},
}


def binding(measure: dict[str, Any], *, tables: int = 1, marking: str = "internal") -> dict[str, Any]:
    settings = {"tables": {f"t{number}": {"columns": COLUMNS} for number in range(tables)}, "facts": {"f": measure}}
    return {"id": "b", "plugin": "table", "prefix": "a", "handling": {"marking": marking}, "settings": settings}


def words(measure: dict[str, Any], **more: Any) -> str:
    return counting_words(binding(measure, **more), "a.f")


PASSED = 'state == "Passed"'


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ({"count": {}}, "counts all rows"),
        ({"count": {"where": PASSED}}, "counts rows whose 'End to end' is \"Passed\""),
        (
            {"share": {"where": 'state in ["Passed", "Failed"]', "among": 'icd != "Retired"'}},
            'counts rows whose \'End to end\' is "Passed" or "Failed", as a share of all rows but those whose '
            "'ICD status' is \"Retired\"",
        ),
        (
            {"share": {"where": PASSED, "among": 'icd == "Live"'}},
            "counts rows whose 'End to end' is \"Passed\", as a share of the rows whose 'ICD status' is \"Live\"",
        ),
        (
            {"share": {"where": PASSED, "weigh": "amount"}},
            "adds up 'Amount' of rows whose 'End to end' is \"Passed\", as a share of 'Amount' of all rows",
        ),
        (
            {"share": {"where": PASSED, "per": {"column": "icd", "need": "any"}}},
            "counts each 'ICD status' once, of which any row is one whose 'End to end' is \"Passed\", as a share of "
            "each 'ICD status' in all rows",
        ),
        (
            {"count": {"where": PASSED, "per": {"column": "icd", "need": "every"}}},
            "counts each 'ICD status' once, of which every row is one whose 'End to end' is \"Passed\"",
        ),
        ({"sum": {"of": "amount", "absolute": True}}, "adds up 'Amount' (without its sign) over all rows"),
        (
            {"min": {"of": "amount", "where": PASSED}},
            "the smallest of 'Amount' over rows whose 'End to end' is \"Passed\"",
        ),
        ({"max": {"of": "amount"}}, "the largest of 'Amount' over all rows"),
        ({"mean": {"of": "amount"}}, "the mean of 'Amount' over all rows"),
        ({"only": {"of": "amount"}}, "the one value of 'Amount' on which all rows agree"),
        ({"all": {"where": PASSED}}, "whether every row is one whose 'End to end' is \"Passed\""),
        (
            {"none": {"where": PASSED, "among": 'icd == "Live"'}},
            "whether no row is one whose 'End to end' is \"Passed\", asking about the rows whose 'ICD status' is "
            '"Live"',
        ),
        (
            {"any": {"where": 'cause == "None"'}},
            "whether at least one row is one whose 'Cause' is \"None\"; a blank 'Cause' counts as \"None\"",
        ),
        (
            {"count": {}, "by": {"column": "icd", "take": "lowest", "min_group": 5}},
            "counts all rows, in the lowest group by 'ICD status'; groups of fewer than 5 are put together",
        ),
        ({"sql": "SELECT 1", "inputs": ["t0"]}, "by a query that the program wrote"),
    ],
)
def test_each_measure_is_one_sentence(measure, said):
    """No settings and no SQL."""
    assert words(measure) == said


def test_of_several_tables_the_one_that_is_counted_is_named():
    """A figure of another list is another figure."""
    assert words({"table": "t1", "count": {}}, tables=2) == "counts all rows of 't1'"
    assert (
        words({"sql": "SELECT 1", "inputs": ["t0", "t1"]}, tables=2)
        == "by a query that the program wrote over 2 tables"
    )


@pytest.mark.parametrize(
    ("column", "marking", "shown"),
    [
        ("who", "internal", False),
        ("who", "PII", False),
        ("state", "PII", True),
        ("side", "PII", True),
        ("lead", "PII", False),
        ("lead", "internal", True),
        ("icd", "PII", False),
        ("icd", "internal", True),
    ],
)
def test_a_word_of_a_column_about_people_is_not_shown(column, marking, shown):
    """What tells sides or states apart must be read; who somebody is must not."""
    said = words({"count": {"where": f'{column} == "Zed"'}}, marking=marking)

    assert ('"Zed"' in said) is shown
    assert ("a word that is not shown" in said) is not shown


@pytest.mark.parametrize(("column", "query"), [("", True), ("who", False)])
def test_a_query_is_written_out_only_where_no_table_is_about_people(column, query):
    """It may hold a name between quotes."""
    made = binding({"sql": "SELECT\n  1", "inputs": ["t0"]})
    made["settings"]["tables"] = {"t0": {"columns": {"x": {"header": COLUMNS[column]["header"] if column else "X"}}}}

    assert query_of(made, "a.f") == ("SELECT 1" if query else "")


def test_of_another_reader_it_says_what_the_program_sets():
    """A threshold decides the figure too."""
    made = {"id": "b", "plugin": "raid", "settings": {"high_score": 15, "rows": {"parent": "counts"}, "owner": "Jo"}}

    assert counting_words(made, "raid.high") == (
        "by the reader 'raid', for which the program sets high score: 15, rows (1 entry), owner"
    )
    assert counting_words({"plugin": "attestation", "settings": {"a": 1}}, "x.y") == ""
    assert counting_words({"plugin": "junit"}, "x.y") == ""


@pytest.mark.parametrize("document", [{}, {"bindings": None}, {"bindings": ["x"]}])
def test_a_record_without_bindings_says_nothing(document):
    """Logs of earlier versions are read."""
    assert bindings_of(document) == {}
    assert counting_words({}, "a.f") == ""
    assert counting_words(binding({"count": {}}), "a.g") == ""
