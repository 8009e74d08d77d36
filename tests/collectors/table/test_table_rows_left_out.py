"""Rows that are left out, one kind at a time: what is meant, what is next to it and is not, and how it is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gonogo.collectors.rows.no_item import left_out_words
from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.row_checks import row_mistakes
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.sieve import Sieve, allows_blank_rows, sifts
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

STATE = {"header": "State", "type": "text", "allowed": ["Done", "New"]}
DONE = {"done": {"share": {"where": 'state == "Done"'}}}


def table(rows: dict[str, Any] | None = None, columns: tuple[str, ...] = ("a", "b"), **more: Any) -> Table:
    said = {"columns": {name: {"type": "text"} for name in columns}, "rows": rows or {}, **more}
    return Table.model_validate_json(json.dumps(said))


def kept(rows: dict[str, Any], cells: list[list[str]], struck: set[int] | None = None, **more: Any) -> list[int]:
    """Return the numbers of the rows that are kept; the first is row 2."""
    said = table(rows, **more)
    sieve = Sieve(said, ["A", "B"], {"a": 0, "b": 1})
    source = list(enumerate(cells, 2))
    found = [number for number, _ in sieve.kept(lambda: source, frozenset(struck or ()))]
    assert found == list(sieve.numbers)
    assert sum(sieve.left_out.values()) == len(cells) - len(found)
    return found


class TestKinds:
    @pytest.mark.parametrize(
        ("cells", "found"),
        [
            ([["x", ""], ["x", "y"]], [3]),
            ([["", "x"], ["x", "y"]], [3]),
            ([["x", " "], ["x", "y"]], [3]),
            ([["x", "y"], ["y", "z"]], [2, 3]),
        ],
    )
    def test_a_group_title_fills_one_cell(self, cells, found):
        assert kept({"group_title": "left_out"}, cells) == found

    def test_above_headings_an_item_that_has_only_a_name_is_no_title(self):
        """A board writes its groups with their headings each; an item that nobody began has a name and nothing else."""
        rows = [["New", ""], ["", ""], ["Weekend", ""], ["", ""], ["A", "B"], ["Old", "x"], ["Late", ""]]
        left_out = {"group_title": "above_headings", "repeated_heading": "left_out"}

        assert kept(left_out, rows) == [2, 3, 5, 7, 8]
        assert kept({**left_out, "group_title": "left_out"}, rows) == [3, 5, 7]

    @pytest.mark.parametrize("before", [["Old", "x"], ["New", ""]])
    def test_above_headings_a_row_with_one_text_right_below_an_item_may_be_one(self, before):
        """Headings pasted below the last item of a group took that item, which nobody had begun, out of the count."""
        left_out = {"group_title": "above_headings", "repeated_heading": "left_out"}
        rows = [before, ["Book the room", ""], ["A", "B"], ["Late", "x"]]

        with pytest.raises(StructuralFault, match="row 3 has one text, right below an item and right above headings"):
            kept(left_out, rows)
        assert kept({**left_out, "total": "left_out"}, [["Total", "4"], *rows[1:]]) == [5]

    def test_a_table_of_one_column_has_no_group_titles(self):
        """Each of its rows fills one cell."""
        said = table({"group_title": "left_out"}, columns=("a",))
        sieve = Sieve(said, ["A"], {"a": 0})

        assert [number for number, _ in sieve.kept(lambda: [(2, ["x"])])] == [2]

    @pytest.mark.parametrize(
        ("cells", "found"),
        [
            ([["A", "B"], ["x", "y"]], [3]),
            ([[" A", "B "], ["x", "y"]], [3]),
            ([["", "B"], ["x", "y"]], [3]),
            ([["A", "y"], ["x", "B"]], [2, 3]),
            ([["B", "A"]], [2]),
        ],
    )
    def test_a_repeated_heading_says_the_headings_and_nothing_else(self, cells, found):
        assert kept({"repeated_heading": "left_out"}, cells) == found

    @pytest.mark.parametrize(
        ("cells", "found"),
        [([["Total", "4"], ["x", "Total"]], [3]), ([["", "Grand total"]], []), ([["Totally", ""]], [2])],
    )
    def test_a_total_says_so_in_its_first_cell(self, cells, found):
        assert kept({"total": "left_out"}, cells) == found

    def test_a_struck_row_is_known_by_its_number(self):
        assert kept({"struck": "left_out"}, [["x", "y"]] * 3, {3}) == [2, 4]
        assert kept({"struck": "counts"}, [["x", "y"]] * 3, {3}) == [2, 3, 4]

    @pytest.mark.parametrize("kind", ["parent", "group_title", "repeated_heading", "total", "struck"])
    def test_each_may_be_told_by_a_value(self, kind):
        rule = {kind: {"column": "a", "values": ["x"]}}

        assert kept(rule, [["x", "y"], [" x ", "y"], ["xx", "y"], ["y", "x"]]) == [4, 5]

    def test_a_row_of_a_template_is_there_once(self):
        """An item that borrows the words of the example would else be left out with it, or the example be an item."""
        rule = {"template": {"column": "a", "values": ["x", "z"]}}

        assert kept(rule, [["x", "y"], ["z", "y"], ["y", "x"]]) == [4]
        with pytest.raises(StructuralFault, match="the table: row 4 has the words of a row of the template under a"):
            kept(rule, [["x", "y"], ["z", "y"], ["x", "y"]])

    def test_a_row_of_a_template_that_was_written_over_may_be_an_item(self):
        """Who fills in the example's own row keeps some of its cells, and the item vanished with them."""
        rule = {"template": {"column": "a", "values": ["x"], "unchanged": {"b": ["y", "z"], "gone": ["w"]}}}

        assert kept(rule, [["x", " y "], ["v", "mine"]]) == [3]
        with pytest.raises(StructuralFault, match="row 2 has the words of a row of the template under a and words of"):
            kept(rule, [["x", "mine"]])

    @pytest.mark.parametrize(("says", "found"), [("counts", [2, 4]), ("left_out", [4])])
    def test_a_person_says_whether_a_row_that_was_written_over_is_an_item(self, says, found):
        """Its own row of the template stays no item, whatever is said of the other one."""
        rule = {"column": "a", "values": ["x", "z"], "unchanged": {"b": ["y"]}, "written_over": says}

        assert kept({"template": rule}, [["x", "mine"], ["z", "y"], ["v", "y"]]) == found
        assert kept({"template": rule}, [["x", "y"], ["z", "y"]]) == []

    @pytest.mark.parametrize(
        ("cells", "found"),
        [
            ([["x", "y"], ["", "1 June"], ["", "1 July"], ["z", ""]], [2, 5]),
            ([["x", "y"], ["z", "1 June"]], [2, 3]),
            ([["", "1 June"], ["x", "y"]], [2, 3]),
            ([["x", "y"], ["", "1 June", "more"]], [2, 3]),
        ],
    )
    def test_a_continued_row_has_text_under_its_headings_alone_below_an_item(self, cells, found):
        """A line for each further milestone is no weakness; one with anything else, or above all items, may be one."""
        assert kept({"continued": {"under": [" b", "Milestone"]}}, cells) == found

    @pytest.mark.parametrize(
        "rows",
        [
            {"continued": "left_out"},
            {"continued": {"column": "a", "values": ["x"]}},
            {"total": {"under": ["A"]}},
        ],
    )
    def test_continued_rows_and_no_others_are_told_by_headings(self, rows):
        found = [what for _, what in row_mistakes((), table(rows))]

        assert found == ["continued rows, and no others, are told by {under: [HEADING, ...]}"]

    @pytest.mark.parametrize(
        ("depths", "found"),
        [
            ("0 1 1 0 1", [3, 4, 6]),
            ("0 1 2 1", [4, 5]),
            ("1 1", [2, 3]),
            ("1 0 1", [2, 4]),
            ("0 0 1", [2, 4]),
            ("0 x 1", [3, 4]),
            ("x 0 1", [2, 4]),
            ("2 1 0", [2, 3, 4]),
            ("0 \u0661", [2, 3]),
        ],
    )
    def test_a_parent_stands_above_a_deeper_row(self, depths, found):
        """A cell without a depth is passed over."""
        rule = {"parent": {"column": "a", "outline": True}}

        assert kept(rule, [[depth, "y"] for depth in depths.split()]) == found

    def test_a_parent_is_one_that_another_row_names(self):
        rule = {"parent": {"column": "b", "names_parent": "a"}}

        assert kept(rule, [["P", ""], ["C", "P"], ["D", "P"], ["E", "Z"], ["", "C"]]) == [4, 5, 6]

    @pytest.mark.parametrize(
        ("more", "found"), [({}, [2, 3]), ({"blank_rows": "allowed"}, [3]), ({"control": {"rows": 1}}, [3])]
    )
    def test_a_blank_row_comes_through_unless_it_is_borne(self, more, found):
        assert kept({}, [["", " "], ["x", "y"]], **more) == found


class TestWhatIsSaid:
    @pytest.mark.parametrize(
        ("more", "bears"),
        [
            ({}, False),
            ({"control": {"min_rows": 3}}, False),
            ({"control": {"rows": 0}}, True),
            ({"control": {"rows_at": "n"}}, True),
            ({"control": {"totals": {"a": "1"}}}, True),
            ({"control": {"footer": ["x"]}}, True),
            ({"blank_rows": "allowed"}, True),
        ],
    )
    def test_blank_rows_are_borne_where_something_proves_the_size(self, more, bears):
        assert allows_blank_rows(table(**more)) is bears

    @pytest.mark.parametrize(
        ("rows", "more", "looks"),
        [
            ({}, {}, False),
            ({"struck": "counts"}, {}, False),
            ({"struck": "left_out"}, {}, True),
            ({"struck": "counts", "total": "left_out"}, {}, True),
            ({"parent": {"column": "a", "values": ["x"]}}, {}, True),
            ({}, {"blank_rows": "allowed"}, True),
        ],
    )
    def test_each_row_is_looked_at_only_where_one_may_be_left_out(self, rows, more, looks):
        assert sifts(table(rows, **more)) is looks

    @pytest.mark.parametrize(
        ("left_out", "words"),
        [
            ({}, ""),
            ({"struck": 0}, ""),
            ({"struck": 1}, ", left out: 1 struck row"),
            ({"struck": 2, "blank": 1, "total": 0}, ", left out: 2 struck rows and 1 blank row"),
            ({"parent": 1234}, ", left out: 1,234 parent rows"),
        ],
    )
    def test_what_was_left_out_is_told_by_kind(self, left_out, words):
        assert left_out_words(left_out) == words


def collected(
    collect: Any, rows: tuple[str, ...], said: dict[str, Any], facts: dict[str, Any] = DONE, **job: Any
) -> Any:
    data = {"f.csv": "\n".join(("Key,State", *rows, "")).encode()}
    columns = {"key": {"header": "Key", "type": "text"}, "state": STATE}
    return collect(data, {"tables": {"t": {"columns": columns, "unique": ["key"], **said}}, "facts": facts}, **job)


class TestSuspects:
    @pytest.mark.parametrize(("at", "gap"), [(1, True), (2, True), (3, True), (4, False)])
    def test_a_row_that_closes_a_table_is_one_of_its_last_three(self, collect, at, gap):
        """Further up it is an item that is called so."""
        rows = [f"K{n},Done" for n in range(6)]
        rows[-at] = "Page 1 of 2,Done"

        answer = collected(collect, tuple(rows), {"unique": [], "one_row": "an item"})["done"]

        assert (answer.gap is GapReason.AMBIGUOUS_ROWS) is gap, answer.detail

    @pytest.mark.parametrize(("alike", "other", "gap"), [(9, 0, True), (18, 1, True), (17, 2, False), (16, 3, False)])
    def test_an_odd_key_stands_out_where_nine_of_ten_are_alike(self, collect, alike, other, gap):
        """Among keys of many shapes one more shape is nothing."""
        rows = [f"INT-{n},Done" for n in range(alike)] + [f"X.{'Y.' * n}{n},Done" for n in range(1, other + 1)]

        answer = collected(collect, (*rows, "the lead knows,Done"), {})["done"]

        assert (answer.gap is GapReason.AMBIGUOUS_ROWS) is gap, answer.detail

    def test_in_a_small_table_every_row_is_one_of_the_last(self, collect):
        answer = collected(collect, ("Page 1 of 2,Done", "K1,Done"), {"unique": [], "one_row": "an item"})["done"]

        assert answer.gap is GapReason.AMBIGUOUS_ROWS

    def test_a_header_again_is_seen_only_where_every_column_says_so(self, collect):
        columns = {"key": {"header": "Key", "type": "text"}, "state": {"header": "State", "type": "text"}}
        facts = {"n": {"count": {}, "unit": "rows"}}
        for row, gap in (("Key,State", True), ("Key,Done", False)):
            data = {"f.csv": f"Key,State\nA,Done\n{row}\n".encode()}
            for said, told in (({}, gap), ({"rows": {"repeated_heading": "counts"}}, False)):
                answer = collect(data, {"tables": {"t": {"columns": columns, **said}}, "facts": facts})["n"]
                assert (answer.gap is not None) is told, answer.detail

    def test_totals_that_are_declared_are_no_suspects(self, collect):
        answer = collected(collect, ("A1,Done", "Total,New"), {"rows": {"total": "counts"}})["done"]

        assert (answer.part, answer.whole) == (1, 2)

    def test_the_first_column_of_texts_and_the_key_are_looked_at(self, collect):
        """A remark called Total is a remark."""
        columns = {"name": {"type": "text"}, "key": {"type": "text"}, "note": {"type": "text"}}
        for row, gap in (("Total,K9,x", True), ("x,Total,x", True), ("x,K9,Total", False)):
            data = {"f.csv": f"name,key,note\na,K1,x\nb,K2,x\n{row}\n".encode()}
            settings = {
                "tables": {"t": {"columns": columns, "unique": ["key"]}},
                "facts": {"n": {"count": {}, "unit": "rows"}},
            }
            assert (collect(data, settings)["n"].gap is GapReason.AMBIGUOUS_ROWS) is gap, row


class TestSubjects:
    COLUMNS: dict[str, Any] = {  # noqa: RUF012
        "key": {"type": "id"},
        "state": {"type": "text", "allowed": ["Done", "New"]},
        "env": {"type": "text"},
        "rel": {"type": "text", "optional": True},
    }

    def ask(self, collect: Any, rows: tuple[str, ...], subject: dict[str, Any], **job: Any) -> Any:
        data = {"f.csv": "\n".join(("key,state,env,rel", *rows, "")).encode()}
        said = {
            "columns": self.COLUMNS,
            "unique": ["key"],
            "subject": subject,
            "not_subject": {"rel": "for the test only"},
        }
        said = said if "rel" not in subject else {**said, "not_subject": {"env": "for the test only"}}
        said = said if len(subject) < 2 else {**said, "not_subject": {}}
        return collect(data, {"tables": {"t": said}, "facts": DONE}, **job)["done"]

    ROWS = ("A,Done,UAT,wave-1", "B,New,uat,wave-1", "C,Done,SIT,wave-2", "D,Done,SIT,", "E,New,UAT,wave-2")

    def test_an_environment_is_told_as_the_binding_spells_it(self, collect):
        answer = self.ask(collect, self.ROWS, {"env": {"kind": "environment"}}, environment="uat")

        assert (answer.part, answer.whole, answer.subject.environment) == (1, 3, "uat")
        assert answer.open_items == ("B", "E")
        assert "left out: 2 rows about another environment" in answer.where

    def test_one_spelling_of_it_is_enough(self, collect):
        answer = self.ask(collect, self.ROWS[2:4], {"env": {"kind": "environment"}}, environment="sit")

        assert (answer.whole, answer.subject.environment) == (2, "sit")

    def test_an_environment_that_only_the_settings_name_is_told_as_the_file_spells_it(self, collect):
        answer = self.ask(collect, self.ROWS, {"env": {"kind": "environment", "counts": ["sit"]}})

        assert (answer.part, answer.whole, answer.subject.environment) == (2, 2, "SIT")

    def test_several_environments_are_told_as_none(self, collect):
        answer = self.ask(collect, self.ROWS, {"env": {"kind": "environment", "counts": ["SIT", "UAT"]}})

        assert (answer.whole, answer.subject) == (5, None)

    @pytest.mark.parametrize(
        ("blank", "part", "whole", "left_out"),
        [("counts", 2, 3, "left out: 2 rows"), ("left_out", 1, 2, "left out: 3 rows")],
    )
    def test_a_release_is_that_of_the_program(self, collect, blank, part, whole, left_out):
        answer = self.ask(collect, self.ROWS, {"rel": {"kind": "release", "blank": blank}})

        assert (answer.part, answer.whole, answer.subject.release) == (part, whole, "wave-1")
        assert f"{left_out} about another release" in answer.where

    def test_a_blank_one_is_named_by_its_row(self, collect):
        answer = self.ask(collect, self.ROWS, {"rel": {"kind": "release"}})

        assert answer.gap is GapReason.MIXED_SUBJECTS
        assert "column 'rel' names no release in line 5; say what" in answer.detail

    def test_blank_ones_alone_count_where_they_are_said_to(self, collect):
        rows = ("A,Done,UAT,", "B,New,UAT,")

        assert self.ask(collect, rows, {"rel": {"kind": "release", "blank": "counts"}}).whole == 2
        assert self.ask(collect, rows, {"rel": {"kind": "release", "blank": "left_out"}}).gap is GapReason.WRONG_SUBJECT

    def test_rows_count_where_every_subject_is_ours(self, collect):
        subject = {"env": {"kind": "environment"}, "rel": {"kind": "release", "blank": "left_out"}}

        answer = self.ask(collect, self.ROWS, subject, environment="UAT")

        assert (answer.whole, answer.open_items, answer.subject.release) == (2, ("B",), "wave-1")

    def test_what_nobody_says_cannot_be_kept(self, collect):
        answer = self.ask(collect, self.ROWS, {"env": {"kind": "environment"}})

        assert answer.gap is GapReason.MIXED_SUBJECTS
        assert "nothing says which environment counts" in answer.detail

    @pytest.mark.parametrize(
        ("others", "told"), [(6, "E0, E1, E2, E3, E4, E5"), (7, "E0, E1, E2, E3, E4, E5 and 1 more")]
    )
    def test_six_of_the_others_are_told(self, collect, others, told):
        rows = tuple(f"K{n},Done,E{n},wave-1" for n in range(others))

        answer = self.ask(collect, rows, {"env": {"kind": "environment"}}, environment="UAT")

        assert answer.detail.endswith(f"column 'env' names {told}")

    def test_rows_are_numbered_as_in_the_file_after_some_were_left_out(self, collect):
        rows = ("A,Done,SIT,x", "B,Done,UAT,x", "B,Done,UAT,x")

        answer = self.ask(collect, rows, {"env": {"kind": "environment"}}, environment="UAT")

        assert "the values in line 3 appear again below" in answer.detail

    def test_two_builds_that_count_are_told_as_the_first_that_the_binding_names(self, collect):
        columns = {"key": {"type": "id"}, "b": {"type": "text"}, "state": self.COLUMNS["state"]}
        said = {
            "columns": columns,
            "unique": ["key"],
            "subject": {"b": {"kind": "build", "counts": ["1.1.1", "1.1.2"]}},
        }
        data = {"f.csv": b"key,b,state\nA,1.1.1,Done\nB,1.1.2,New\n"}
        settings = {"tables": {"t": said}, "facts": DONE}

        known = collect(data, settings, builds=["1.1.2"])["done"]
        unknown = collect(data, settings)["done"]
        one = collect({"f.csv": b"key,b,state\nA,1.1.1,Done\n"}, settings)["done"]

        assert (known.subject.build, unknown.subject, one.subject.build) == ("1.1.2", None, "1.1.1")

    def test_two_columns_that_disagree_on_the_build_are_a_gap(self, collect):
        columns = {"key": {"type": "id"}, "b": {"type": "text"}, "c": {"type": "text"}, "state": self.COLUMNS["state"]}
        subject = {"b": {"kind": "build", "counts": ["1.1.1"]}, "c": {"kind": "build", "counts": ["1.1.2"]}}
        data = {"f.csv": b"key,b,c,state\nA,1.1.1,1.1.2,Done\n"}

        answer = collect(data, {"tables": {"t": {"columns": columns, "subject": subject}}, "facts": DONE})["done"]

        assert (answer.gap, "two columns disagree" in answer.detail) == (GapReason.WRONG_SUBJECT, True)


def test_settings_of_rows_are_closed():
    """A misspelt kind would leave nothing out."""
    said = {"tables": {"t": {"columns": {"a": {"type": "id"}}, "rows": {"parents": "left_out"}}}, "facts": {}}

    with pytest.raises(ValueError, match="parents"):
        TableSettings.model_validate_json(json.dumps(said))
