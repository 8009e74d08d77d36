"""Which column is a key, which names parents, which depth is a tree: pure judgements, each edge of them."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.collectors.rows import row_words as words
from gonogo.collectors.rows.outline import adds_up, may_be_outline, may_be_steps, numbers_rows, outlined
from gonogo.collectors.rows.row_key import (
    KeyCandidate,
    is_key_heading,
    key_rank,
    may_be_half,
    may_be_items,
    may_be_key,
    may_be_names,
    parts_of,
    repeating_keys,
    shaped_like_keys,
)
from gonogo.collectors.rows.row_subject import About, BoundSubjects, about, bound_to, worth_watching
from gonogo.collectors.rows.tree import indented, level_of, names_parents, names_rows, stepped, trees
from gonogo.collectors.table.watch import is_watched

NONE = BoundSubjects()


class TestKeys:
    @pytest.mark.parametrize(
        ("heading", "key"),
        [
            ("Issue key", True),
            ("Risk #", True),
            ("#Risk", True),
            ("Case No.", True),
            ("Vendor number", True),
            ("Line number", False),
            ("Number", True),
            ("Phone number", False),
            ("Zip code", False),
            ("Test Case", True),
            ("Title", False),
            ("", False),
            ("—", False),
        ],
    )
    def test_a_heading_says_that_it_is_one(self, heading: str, key: bool):
        """A number that tells people apart by their telephone tells no item apart."""
        assert is_key_heading(heading) is key

    @pytest.mark.parametrize(
        ("heading", "values", "key"),
        [
            ("Id", ["anything goes"], True),
            ("Id", [], True),
            ("Id", ["a" * 60], True),
            ("Id", ["a" * 61], False),
            ("Id", ["two\nlines"], False),
            ("Id", ["2027-04-19"], False),
            ("Id", ["A-1", "19-Apr-27"], False),
            ("Column", ["0123456789ab", "fedcba987654"], True),
            ("Column", ["0123456789a"], False),
            ("Column", ["QA-12", " QA-13 ", ""], True),
            ("Column", ["QA-12", "words"], False),
            ("Column", [], False),
            ("Column", ["", " "], False),
            ("Tester", ["AB12", "CD34"], False),
        ],
    )
    def test_a_column_may_be_one_by_heading_or_values(self, heading: str, values: list[str], key: bool):
        """A title or a day that happens to differ in every row tells nothing apart."""
        assert may_be_key(heading, values) is key

    @pytest.mark.parametrize(
        ("heading", "values", "names"),
        [
            ("Interface", ["one two three four five"], True),
            ("Interface", ["one two three four"], True),
            ("Interface", ["one two three four five six"], False),
            ("Interface", ["12", "13"], False),
            ("Wave", ["1", "2"], True),
            ("Test Cycle", ["1", "2"], True),
            ("Interface", ["It is done."], False),
            ("Interface", ["Is it"], True),
            ("Interface", ["Is it?"], False),
            ("Interface", ["Yes!"], False),
            ("Interface", ["2027-04-19 x"], False),
            ("Interface", ["x" * 60], True),
            ("Interface", ["x" * 61], False),
            ("Interface", ["a\nb"], False),
            ("Owner", ["Ann Lee", "Bo Ray"], False),
        ],
    )
    def test_a_column_may_hold_names_of_items(self, heading: str, values: list[str], names: bool):
        """Short words; no prose, no day, no number, no person."""
        assert may_be_names(heading, values) is names

    @pytest.mark.parametrize(
        ("heading", "values", "half"),
        [("Site", ["12"], True), ("Owner", ["Ann Lee"], False), ("Site", ["It is."], False), ("Id", ["Ann Lee"], True)],
    )
    def test_half_of_a_key_may_be_a_number(self, heading: str, values: list[str], half: bool):
        assert may_be_half(heading, values) is half

    def test_the_best_heading_is_taken_first(self):
        ranked = ["Issue key", "Key", "ID", "Number", "Defect no", "Title"]
        mixed = ["Title", "ID", "Defect no", "Key", "Number", "Issue key"]

        assert sorted(mixed, key=key_rank) == ranked
        assert key_rank("Title") == key_rank("Defect no") + 1 == key_rank("Number") + 2

    @pytest.mark.parametrize(
        ("values", "alike"),
        [
            (["QA-12"], True),
            (["12"], False),
            (["QA"], False),
            ([], False),
            (["QA-1", ""], True),
            (["QA-1", "x"], False),
        ],
    )
    def test_values_look_like_keys_where_all_do(self, values: list[str], alike: bool):
        assert shaped_like_keys(values) is alike

    @pytest.mark.parametrize(
        ("cells", "repeating"),
        [
            (["Q1", "Q1", "Q2"], True),
            (["Q1", "Q1", "Q2", "Q2"], True),
            (["Q1", "Q2"], False),
            (["Q1", "Q1"], False),
            (["Q1", "Q2", "Q1"], False),
            (["Q1", "", "Q1", "Q2"], True),
            (["a", "a", "b"], False),
        ],
    )
    def test_keys_of_things_with_several_rows_stand_in_blocks(self, cells: list[str], repeating: bool):
        assert repeating_keys(cells) is repeating

    @pytest.mark.parametrize(("heading", "found"), [("Test Case", True), ("Issue Key", True), ("Remark", False)])
    def test_headings_of_items(self, heading: str, found: bool):
        assert may_be_items(heading) is found


class TestPartsOf:
    CASE = KeyCandidate("Test Case", 2, ["TC-1", "TC-1", "TC-2"])
    ONCE = KeyCandidate("Test Case", 3, ["TC-1", "TC-2", "TC-3"])

    @pytest.mark.parametrize(
        ("key", "others", "found"),
        [
            (KeyCandidate("Test Step ID", 3, ["S-1", "S-2", "S-3"]), [], "Test Step ID"),
            (KeyCandidate("Step", 3, ["S-1", "S-2", "S-3"]), [CASE], "Test Case"),
            (KeyCandidate("Step", 3, ["S-1", "S-2", "S-3"]), [ONCE], ""),
            (KeyCandidate("Defect", 3, ["D-1", "D-2", "D-3"]), [CASE], ""),
            (
                KeyCandidate("Defect", 3, ["D-1", "D-2", "D-3"]),
                [CASE, KeyCandidate("Step No", 3, ["1", "2", "1"])],
                "Test Case",
            ),
            (KeyCandidate("Run ID", 3, ["R-1", "R-2", "R-3"]), [CASE], "Test Case"),
            (KeyCandidate("Run ID", 3, ["R-1", "R-2", "R-3"]), [ONCE], ""),
            (KeyCandidate("No", 3, ["1", "2", "3"]), [CASE], "Test Case"),
            (KeyCandidate("No", 3, ["1", "2", "3"]), [KeyCandidate("Covers", 2, ["Q-1", "Q-1", "Q-2"])], "Covers"),
            (KeyCandidate("No", 3, ["1", "2", "3"]), [KeyCandidate("Covers", 3, ["Q-1", "Q-1", "Q-2"])], ""),
            (KeyCandidate("No", 3, ["1", "2", "3"]), [KeyCandidate("Owner", 2, ["Ann", "Ann", "Bo"])], ""),
            (KeyCandidate("No", 3, ["1", "2", "3"]), [], ""),
        ],
    )
    def test_what_shows_that_rows_are_parts(self, key: KeyCandidate, others: list[KeyCandidate], found: str):
        """A defect beside its test case is an item; a step beside it is not."""
        assert parts_of(key, others, 3) == found


class TestTrees:
    @pytest.mark.parametrize(
        ("heading", "names"),
        [
            ("Title", True),
            ("Work Item ID", True),
            ("Defect key", True),
            ("Ticket Number", True),
            ("Parent ID", False),
            ("Remark", False),
            ("Valid", False),
        ],
    )
    def test_a_parent_is_named_by_a_key_or_a_title(self, heading: str, names: bool):
        assert names_rows(heading) is names
        assert names_parents(heading) is (heading == "Parent ID")

    @pytest.mark.parametrize(
        ("heading", "level"),
        [
            ("Title 1", ("title", 1)),
            ("Title2", ("title", 2)),
            ("Level 12", ("level", 12)),
            ("Title 123", None),
            ("Title", None),
            ("Phase 1", None),
        ],
    )
    def test_a_heading_for_each_depth(self, heading: str, level: Any):
        assert level_of(heading) == level

    @pytest.mark.parametrize(
        ("columns", "tree"),
        [
            ([["A", ""], ["", "b"]], True),
            ([["A", "B"], ["", ""]], False),
            ([["", "B"], ["a", ""]], False),
            ([["A", ""], ["b", "c"]], False),
            ([["A", ""], ["", " "]], False),
            ([["A", "", "C"], ["", "b", ""]], True),
        ],
    )
    def test_each_row_fills_one_of_them_and_some_row_is_deeper(self, columns: list[list[str]], tree: bool):
        assert stepped(columns) is tree
        assert bool(trees([("Title 1", columns[0]), ("Title 2", columns[1])])) is tree

    def test_they_are_told_from_the_root_on_and_one_column_is_no_tree(self):
        found = trees([("Title 2", ["", "b"]), ("Remark", ["x", "y"]), ("Title 1", ["A", ""])])

        assert found == ["Title 1", "Title 2"]
        assert trees([("Title 1", ["A", "B"])]) == []
        assert trees([("Title 1", ["A", ""]), ("Level 1", ["", "b"])]) == []

    @pytest.mark.parametrize(
        ("values", "deeper"),
        [
            (["A", "  b"], True),
            (["A", "\tb"], True),
            (["A", "\u00a0b"], True),
            (["  A", "b"], False),
            (["  A", "  b"], False),
            (["A", "   ", "b"], False),
            (["A"], False),
        ],
    )
    def test_leading_blanks_set_a_row_in(self, values: list[str], deeper: bool):
        assert indented(values) is deeper

    @pytest.mark.parametrize(
        ("slips", "rows", "deeper"),
        [(1, 2, False), (2, 40, False), (3, 40, True), (3, 60, True), (3, 61, False), (4, 80, True), (4, 81, False)],
    )
    def test_a_blank_before_few_cells_is_a_slip(self, slips: int, rows: int, deeper: bool):
        """One of a hundred measures that GSA lists begins with a blank; a stop for it would be for nothing."""
        assert indented(["A"] * (rows - slips) + [" b"] * slips) is deeper

    def test_two_blanks_or_a_tab_are_no_slip(self):
        """A row that is set in on purpose makes a parent of the one above it, be it the only one."""
        assert indented(["A"] * 99 + ["  b"])
        assert indented(["A"] * 99 + ["\tb"])
        assert indented(["A"] * 98 + [" b", "  c"])


class TestOutlineNumbers:
    @pytest.mark.parametrize(
        ("values", "parents"),
        [
            (["1", "1.1"], True),
            (["1.", "1.1."], True),
            (["1", "1.1", "x"], True),
            (["1", "1.1", "x", "y"], False),
            (["1", "1.1", "x", ""], True),
            (["1", "2", "1.1"], False),
        ],
    )
    def test_keys_that_are_mostly_numbers_of_an_outline(self, values: list[str], parents: bool):
        """More than half of them: a reference or two that look so are keys like others."""
        assert outlined("Item", values) is parents

    @pytest.mark.parametrize(
        ("values", "parents"),
        [(["1", "2", "99"], False), (["98", "99"], False), (["0", "1", "١"], False), (["1", "2", "1", "2"], True)],
    )
    def test_depths_are_small_plain_numbers(self, values: list[str], parents: bool):
        assert outlined("Level", values) is parents

    @pytest.mark.parametrize(
        ("heading", "outline", "steps", "numbers"),
        [
            ("WBS", True, False, False),
            ("Outline Level", True, False, False),
            ("Has Children", True, False, False),
            ("Parent", True, False, False),
            ("Task ID", True, False, False),
            ("Row", True, False, True),
            ("Step", True, True, False),
            ("Remark", False, False, False),
        ],
    )
    def test_headings_that_are_looked_at(self, heading: str, outline: bool, steps: bool, numbers: bool):
        assert (may_be_outline(heading), may_be_steps(heading), numbers_rows(heading)) == (outline, steps, numbers)

    @pytest.mark.parametrize(
        ("text", "last"),
        [("Applied filters: open", True), ("42 rows", True), ("Generated on 2027-04-19", True), ("Sum: 4", True)],
    )
    def test_what_closes_a_table_does_so_among_the_last_rows_only(self, text: str, last: bool):
        assert adds_up(text, last=True) is last
        assert adds_up(text) is False


class TestAbout:
    @pytest.mark.parametrize(("length", "kind"), [(59, None), (60, None), (61, About.BUILD)])
    def test_prose_is_longer_than_sixty(self, length: int, kind: About | None):
        """Beside one build, two remarks are no votes against it, and two words are."""
        values = ["4.2.17", "a" * length, "b" * length]

        assert about("Build", [value if n == 0 else f"z {value[2:]}" for n, value in enumerate(values)]) is kind

    @pytest.mark.parametrize(("blanks", "kind"), [(54, About.RELEASE), (55, About.RELEASE), (56, None)])
    def test_prose_under_a_heading_that_says_nothing_is_no_wave(self, blanks: int, kind: About | None):
        assert about("Column", [f"Wave{' ' * blanks}1", "Wave 2"]) is kind
        assert about("Column", ["Wave\n1", "Wave 2"]) is None

    def test_prose_alone_names_no_build(self):
        assert about("Build", ["some words " * 9, "other words " * 9], rows=10) is None

    @pytest.mark.parametrize(
        ("values", "rows", "kind"),
        [
            (["Wave 1", "Wave 2"], 1, None),
            (["SIT", "UAT", "PROD"], 0, About.ENVIRONMENT),
            (["SIT", "dev"], 0, None),
            (["Cycle 1", "Dry run"], 0, About.CYCLE),
            (["Cycle 1", "R1"], 0, None),
        ],
    )
    def test_values_alone(self, values: list[str], rows: int, kind: About | None):
        assert about("Column", values, rows=rows) is kind

    @pytest.mark.parametrize(
        ("bound", "value", "kind"),
        [("4.2", "4.3", None), ("4.2.1", "4.3.1", About.BUILD), ("4.2.1.7", "4.3.1", None), ("rc 7", "4.3.1", None)],
    )
    def test_a_version_of_three_parts_is_numbered_like_a_build(self, bound: str, value: str, kind: About | None):
        assert about("Version", [value], bound_to(builds=[bound])) is kind

    @pytest.mark.parametrize(("value", "kind"), [("UAT", None), (" uat ", None), ("SIT", About.ENVIRONMENT)])
    def test_the_bound_environment_settles_itself(self, value: str, kind: About | None):
        assert about("Environment", [value], bound_to(environments=["Uat"])) is kind

    @pytest.mark.parametrize(
        ("heading", "values", "watched"),
        [
            ("Release", [], True),
            ("Environment", [], True),
            ("Cycle", [], True),
            ("Milestone", [], True),
            ("Commit", [], True),
            ("Build used on system", [], True),
            ("Build remarks", [], False),
            ("Remarks", [], False),
            ("Remarks", ["4.2.17"], True),
            ("Step", [], True),
            ("Test Case", [], True),
            ("Title 1", [], True),
            ("WBS", [], True),
            ("Remarks", ["A", "  b"], True),
            ("Remarks", ["Q-1", "Q-1", "Q-2"], True),
        ],
    )
    def test_what_is_looked_at_though_nobody_reads_it(self, heading: str, values: list[str], watched: bool):
        assert is_watched(heading, values, bound_to(builds=["4.2.17"])) is watched

    def test_what_names_rows_is_looked_at_beside_a_column_of_parents(self):
        assert is_watched("Title", ["a"], NONE, parents=True)
        assert not is_watched("Title", ["a"], NONE)
        assert not is_watched("Remark", ["a"], NONE, parents=True)

    def test_a_listed_description_is_never_watched(self):
        assert not worth_watching("Found in build", ["4.2.17"], bound_to(builds=["4.2.17"]))

    def test_how_many_rows_close_a_table(self):
        assert words.CLOSING_ROWS == 3
