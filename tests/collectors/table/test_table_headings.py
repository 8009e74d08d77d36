"""What a column is about is decided by its heading first; no length and no odd cell talks it out of it."""

from __future__ import annotations

import pytest

from gonogo.collectors.rows.row_subject import About, about, bound_to

OLD = "sha256:" + "0" * 64
OURS = bound_to(builds=["sha256:" + "1" * 64], releases=["R1"], environments=["UAT"])
LONG = "R1, see the long note of the interface lead on the partner test window, page 4 and following."


@pytest.mark.parametrize(
    ("heading", "values", "kind"),
    [
        ("Build", [OLD], About.BUILD),
        ("Build", ["f" * 60], About.BUILD),
        ("Build", ["f" * 61], About.BUILD),
        ("Build", ["registry/app@" + OLD], About.BUILD),
        ("Build", [OLD, "see the note of the interface lead " * 3], About.BUILD),
        ("Build", ["2.4.1", "2.4.2"], About.BUILD),
        ("Release", ["R0", LONG], About.RELEASE),
        ("Release", ["2.4.1", "2.4.2"], About.RELEASE),
        ("Environment", ["SIT", "UAT\nsecond line"], About.ENVIRONMENT),
        ("Test Cycle", ["Cycle 1", "Cycle 2: " + "again " * 12], About.CYCLE),
        ("Build", ["Complete", "In progress"], None),
        ("Build", ["The screens are built.", "The reports are built " * 5], None),
        ("Comment", [LONG, "R0"], None),
    ],
)
def test_the_heading_is_looked_at_before_the_length(heading, values, kind):
    """Every row named another build by its digest, which is longer than prose was thought to be, and was counted."""
    assert about(heading, values, OURS, rows=40) is kind


def test_the_bound_build_settles_itself_however_long_it_is():
    """Nobody has to say anything about a column that says what the binding says."""
    assert about("Build", OURS.spelled, OURS, rows=40) is None


def test_prose_of_its_own_in_each_row_tells_items_apart():
    """A column *Release* of notes is no list of releases."""
    assert about("Release", [f"Note {n}: " + "words " * 12 for n in range(9)], OURS, rows=10) is None


class TestALineThatNamesTheDelimiter:
    @pytest.mark.parametrize(
        ("data", "rows"),
        [
            (b"sep=;\nKey;State\nA;Open\n", 1),
            (b'"sep=,"\r\nKey,State\r\nA,Open\r\n', 1),
            (b"\xef\xbb\xbfsep=;\nKey;State\nA;Open\nB;Open\n", 2),
            (b"Key,State\nsep=;,Open\n", 1),
            (b"sep=;\nKey,State\nA,Open\n", None),
        ],
    )
    def test_it_is_no_heading_where_columns_are_the_tools(self, collect, data, rows):
        """Tools write it for Excel, and Excel takes it away when somebody saves the file."""
        columns = {
            "key": {"header": "Key", "type": "id"},
            "state": {"header": "State", "type": "text", "allowed": "any"},
        }
        table = {"columns": columns, "unique": ["key"], "others": "ignored"}
        found = collect({"f.csv": data}, {"tables": {"t": table}, "facts": {"n": {"count": {}, "unit": "items"}}})["n"]

        assert found.value == rows
