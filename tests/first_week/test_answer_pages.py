"""An array of pages is told from an array of records that hold lists."""

import json

import pytest

from gonogo.first_week.answer_pages import pages_of
from gonogo.first_week.grid_json import read_json_grid

ONE, OTHER = {"key": "A-1", "fields": {"System.State": "Open"}}, {"key": "A-2", "fields": {"System.State": "Done"}}


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ([{"startAt": 0, "total": 2, "issues": [ONE]}, {"startAt": 1, "total": 2, "issues": [OTHER]}], "issues"),
        ([{"issues": [ONE]}, {"isLast": True, "issues": []}], "issues"),
        ([{"number": 1, "labels": [ONE]}, {"number": 2, "labels": [OTHER]}], ""),
        ([{"issues": [ONE]}, {"errors": []}], ""),
        ([{"issues": [ONE]}, {"issues": ["A-2"]}], ""),
        ([ONE, OTHER], ""),
        ({"issues": [ONE]}, ""),
        ([], ""),
        ([[ONE]], ""),
    ],
)
def test_pages_are_told_by_what_stands_around_their_records(document, key):
    """Labels of an issue are no issues, however many there are."""
    found = list(pages_of(document))

    assert [name for name, _ in found] == ([key] if key else [])
    assert all(records[0] == ONE for _, records in found)


def test_the_records_of_all_pages_are_drafted_with_keys_that_hold_dots():
    """Azure DevOps calls a field System.State; a draft without it asks for a column that the file has."""
    grid = read_json_grid(json.dumps([{"issues": [ONE]}, {"isLast": True, "issues": [OTHER]}]).encode(), "a.json")

    assert grid.headings == ("key", "fields.System.State")
    assert grid.rows == [["A-1", "Open"], ["A-2", "Done"]]
    assert grid.settings["records"] == "[].issues"
