"""A value of a source of several files is told with the files in which it stands."""

from types import SimpleNamespace
from typing import Any

import pytest

from gonogo.core.admitted_value import locator
from gonogo.core.sentence import _files


def reply(*paths: str) -> Any:
    return SimpleNamespace(inputs=[SimpleNamespace(path=path) for path in paths], binding="b")


@pytest.mark.parametrize(
    ("paths", "where", "told"),
    [
        (("e/a.csv", "e/b.csv"), "b.csv, 5 rows", "e/b.csv, 5 rows"),
        (("e/a.csv", "e/b.csv"), "b.csv, 5 rows; a.csv, 2 rows", "e/b.csv, 5 rows; e/a.csv, 2 rows"),
        (("e/a.csv", "e/b.csv"), "a.csv, b.csv, 5 rows", "e/a.csv, e/b.csv, 5 rows"),
        (("e/a.csv", "e/aa.csv"), "aa.csv, 5 rows", "e/aa.csv, 5 rows"),
        (("e/a.csv", "f/a.csv"), "a.csv, 5 rows", "e/a.csv, f/a.csv, a.csv, 5 rows"),
        (("e/a.csv", "e/b.csv"), "failed: none", "e/a.csv, e/b.csv, failed: none"),
        (("e/a.csv",), "a.csv, 5 rows", "e/a.csv, 5 rows"),
        (("e/a.csv",), "", "e/a.csv"),
    ],
)
def test_only_the_files_that_the_place_names_are_told(paths, where, told):
    """What was counted in the second of two files is not in the first."""
    assert locator(reply(*paths), where) == told


@pytest.mark.parametrize(
    ("source", "files"),
    [
        ("e/plan.csv, e/results.csv, 388 rows", ["e/plan.csv", "e/results.csv"]),
        ("e/plan of SIT.csv, b.xml, failed: none", ["e/plan of SIT.csv", "b.xml"]),
        ("e/a.xml, UID 262 'Integrate: x, deploy'", ["e/a.xml"]),
        ("raid.xlsx, sheet Issue Log, 35 entries", ["raid.xlsx"]),
        ("a.yaml:3:5, x.y (customer.pmo_lead) on 2027-04-12", ["a.yaml:3:5"]),
        ("b", ["b"]),
    ],
)
def test_a_sentence_names_every_file_that_was_read(source, files):
    """`measured in` the plan alone was half of the truth where the results are a second file."""
    assert _files(source) == files
