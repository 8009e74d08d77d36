"""What a file shows and its settings do not settle: which column is the key, what is mixed, how much of it is told."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter

from gonogo.collectors.table.zone import to_utc
from gonogo.model.evidence import GapReason

STATE = {"header": "State", "type": "text", "allowed": ["Done", "New"]}
DONE = {"done": {"share": {"where": 'state == "Done"'}}}


def ask(collect: Any, header: str, lines: list[str], columns: dict[str, Any], **more: Any) -> Any:
    job = {key: more.pop(key) for key in ("builds", "environment") if key in more}
    facts = more.pop("facts", DONE)
    data = "\n".join((f"{header},State", *(f"{row},{'New' if n else 'Done'}" for n, row in enumerate(lines)), ""))
    said = {"columns": {**columns, "state": STATE}, "one_row": None, **more}
    return collect({"f.csv": data.encode()}, {"tables": {"t": said}, "facts": facts}, **job)["done"]


def text(heading: str, kind: str = "text") -> dict[str, Any]:
    return {"header": heading, "type": kind}


class TestKey:
    def test_the_best_of_two_keys_names_the_rows(self, collect):
        """A person who looks for the row searches by the key of the tool."""
        columns = {"n": text("Number"), "k": text("Issue key")}

        assert ask(collect, "Number,Issue key", ["1,A-1", "2,A-2"], columns).open_items == ("A-2",)

    @pytest.mark.parametrize(
        ("kind", "cells", "known"),
        [
            ("id", ["one", "two"], True),
            ("text", ["one", "two"], False),
            ("text", ["X-1", "X-2"], True),
            ("id", ["one", "one"], False),
            ("id", ["", "one"], False),
        ],
    )
    def test_a_column_is_a_key_where_it_differs_and_is_of_that_kind(self, collect, kind, cells, known):
        columns = {"c": {**text("Column", kind), "optional": True}}

        answer = ask(collect, "Column", cells, columns)

        assert (answer.gap is None) is known
        assert known or answer.gap is GapReason.AMBIGUOUS_ROWS

    def test_a_column_that_nobody_reads_is_no_key(self, collect):
        """What nobody reads is not checked either."""
        answer = ask(collect, "Column,Case", ["a,C-1", "b,C-2"], {"c": text("Column")}, ignore=["Case"])

        assert answer.gap is GapReason.AMBIGUOUS_ROWS
        assert "no column that is read is a key that tells its 2 rows apart" in answer.detail

    @pytest.mark.parametrize(
        ("rows", "hint"),
        [
            (["a,x", "a,y", "a,y"], "; d has 2 values in 3 rows, to count by"),
            (["a,x", "b,x", "b,x"], "; c has 2 values in 3 rows, to count by"),
            (["a,x", "b,x", "b,y", "c,y"], "; c has 3 values in 4 rows, to count by"),
            (["a,x", "a,x"], ""),
            (["one,x", "two,x", "three,y"], "; c tells every row apart: unique: [c], if it names what a row is"),
        ],
    )
    def test_the_column_with_most_values_is_hinted_at(self, collect, rows, hint):
        answer = ask(collect, "Column,Other", rows, {"c": text("Column"), "d": text("Other")})

        assert hint in answer.detail
        assert bool(hint) is ("to count by" in answer.detail or "every row apart: unique" in answer.detail)

    @pytest.mark.parametrize(("rows", "steps"), [(["S-1,1", "S-2,1"], True), (["S-1,1", "S-2,2"], False)])
    def test_steps_that_come_again_show_that_rows_are_parts(self, collect, rows, steps):
        answer = ask(collect, "Case,Step", rows, {"c": text("Case")}, ignore=["Step"])

        assert ("'Step' shows that rows are steps or runs" in answer.detail) is steps

    def test_a_yes_and_no_is_nothing_to_count_by(self, collect):
        columns = {"c": text("Column"), "d": text("Seen", "boolean")}

        assert "per: {column: d" not in ask(collect, "Column,Seen", ["a,No", "a,Yes", "a,Yes"], columns).detail

    def test_beside_a_fact_that_counts_others_are_answered(self, collect):
        """That nobody knows what a row is takes away the counts, and nothing else."""
        facts = {"done": {"any": {"where": 'state == "Done"'}}, "count": {"count": {}, "unit": "x"}}

        assert ask(collect, "Column", ["a", "a"], {"c": text("Column")}, facts=facts).value is True

    def test_a_thing_that_is_not_counted_needs_no_key(self, collect):
        facts = {"done": {"any": {"where": 'state == "Done"'}}}

        assert ask(collect, "Column", ["a", "a"], {"c": text("Column")}, facts=facts).value is True


class TestMixed:
    def rows(self, values: list[str]) -> list[str]:
        return [f"C{n},{value}" for n, value in enumerate(values)]

    def ask(self, collect: Any, values: list[str], read: bool = True, **more: Any) -> Any:
        columns = {"case": text("Case")} | ({"build": text("Build")} if read else {})
        more = more if read else {"ignore": ["Build"], **more}
        return ask(collect, "Case,Build", self.rows(values), columns, unique=["case"], **more)

    @pytest.mark.parametrize(
        ("others", "told"),
        [
            (5, "1.1.0 (2), 1.1.1 (1), 1.1.2 (1), 1.1.3 (1), 1.1.4 (1), 1.1.5 (1); say"),
            (6, "1.1.4 (1), 1.1.5 (1) and 1 more; say"),
            (7, "1.1.4 (1), 1.1.5 (1) and 2 more; say"),
        ],
    )
    def test_six_values_are_told_the_most_frequent_first(self, collect, others, told):
        values = [f"1.1.{n}" for n in range(others + 1)] + ["1.1.0"]

        answer = self.ask(collect, values)

        assert told in answer.detail
        assert f"names {others + 1} builds" in answer.told
        assert "1.1." not in answer.told

    def test_what_settles_it_is_told_as_it_would_be_written(self, collect):
        read = self.ask(collect, ["1.1.1", "1.1.2"]).detail
        unread = self.ask(collect, ["1.1.1", "1.1.2"], read=False, builds=["1.1.2"]).detail

        assert "subject: {build: {kind: build, counts: [...]}}, or why" in read
        assert "subject: {COLUMN: {kind: build}} (read it as a column first: {header: 'Build'}), or why" in unread
        assert ", and the evidence is bound to 1.1.2; say" in unread
        assert "not_subject: {'Build': reason}" in read

    def test_one_other_build_is_told_as_such(self, collect):
        answer = self.ask(collect, ["1.1.1", "1.1.1"], builds=["1.1.2"])

        assert "names another build than the one that counts, by rows: 1.1.1 (2), and the evidence" in answer.detail

    @pytest.mark.parametrize(
        ("more", "settled"),
        [
            ({}, False),
            ({"not_subject": {"Build": "where it was written"}}, True),
            ({"not_subject": {"build": "where it was written"}}, True),
            ({"subject": {"build": {"kind": "build", "counts": ["1.1.1", "1.1.2"]}}}, True),
            ({"unique": ["build"]}, True),
        ],
    )
    def test_what_is_said_of_a_column_settles_it(self, collect, more, settled):
        columns = {"case": text("Case"), "build": text("Build")}
        said = {"unique": ["case"], **more}

        answer = ask(collect, "Case,Build", self.rows(["1.1.1", "1.1.2"]), columns, **said)

        assert (answer.gap is not GapReason.MIXED_SUBJECTS) is settled

    @pytest.mark.parametrize("ahead", [0, 499, 500, 501])
    def test_the_bound_build_is_found_however_far_down(self, collect, ahead):
        """A column of remarks that names ours once names others before."""
        values = ["1.1.1"] * ahead + ["2.2.2", "1.1.1"]
        columns = {"case": text("Case"), "ran": text("Ran against")}

        answer = ask(collect, "Case,Ran against", self.rows(values), columns, unique=["case"], builds=["2.2.2"])

        assert answer.gap is GapReason.MIXED_SUBJECTS


def book(struck: int, level: int = 0) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Log")
        through = made.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Case", "State"])
        for row in range(1, 9):
            sheet.write_row(row, 0, [f"C{row}", "Done"], through if row <= struck else None)
            if row > 8 - level:
                sheet.set_row(row, None, None, {"level": 1})
    return stream.getvalue()


class TestOutlines:
    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (book(3), "row 2, 3, 4 struck through"),
            (book(4), "row 2, 3, 4 and 1 more struck through"),
            (book(0, 3), "row 7, 8, 9 indented below others"),
            (book(0, 4), "row 6, 7, 8 and 1 more indented below others"),
        ],
    )
    def test_three_rows_are_named_and_the_others_counted(self, collect, data, told):
        said = {"columns": {"case": text("Case"), "state": STATE}, "unique": ["case"]}

        assert told in collect({"f.xlsx": data}, {"tables": {"t": said}, "facts": DONE})["done"].detail

    @pytest.mark.parametrize(
        ("header", "rows", "columns", "more", "told"),
        [
            ("Case,WBS", ["C1,1", "C2,1.1"], {"case": text("Case")}, {"ignore": ["WBS"]}, "COLUMN (read 'WBS' first)"),
            (
                "Case,WBS",
                ["C1,1", "C2,1.1"],
                {"case": text("Case"), "wbs": text("WBS")},
                {},
                "rows: {parent: {column: wbs, outline: true}}",
            ),
            (
                "Case,WBS",
                ["C1,1", "C2,1.1"],
                {"case": text("Case")},
                {"ignore": ["WBS"], "not_subject": {"WBS": "a reason of ours"}},
                "",
            ),
            (
                "Case,WBS",
                ["C1,1", "C2,1.1"],
                {"case": text("Case")},
                {"ignore": ["WBS"], "rows": {"parent": "counts"}},
                "",
            ),
            (
                "Case,Is Summary",
                ["C1,Yes", "C2,No"],
                {"case": text("Case"), "s": text("Is Summary", "boolean")},
                {},
                "column: s,",
            ),
            (
                "Case,Parent",
                ["C1,", "C2,C1"],
                {"case": text("Case")},
                {"ignore": ["Parent"]},
                "COLUMN (read 'Parent' first)",
            ),
            ("Case,Parent", ["C1,", "C2,C9"], {"case": text("Case")}, {"ignore": ["Parent"]}, ""),
            (
                "Case,Title 1,Title 2",
                ["C1,A,", "C2,,b"],
                {"case": text("Case")},
                {"ignore": ["Title 1", "Title 2"]},
                "the columns 'Title 1', 'Title 2' show",
            ),
        ],
    )
    def test_parents_are_told_with_the_column_that_shows_them(self, collect, header, rows, columns, more, told):
        answer = ask(collect, header, rows, columns, unique=["case"], **more)

        assert (answer.gap is GapReason.AMBIGUOUS_ROWS) is bool(told), answer.detail
        assert told in answer.detail


class TestZones:
    @pytest.mark.parametrize(
        ("first", "last", "changes"),
        [
            (datetime(2027, 3, 1), datetime(2027, 3, 2), 0),  # noqa: DTZ001
            (datetime(2027, 3, 1), datetime(2027, 3, 14, 1, 59, 59), 0),  # noqa: DTZ001
            (datetime(2027, 3, 1), datetime(2027, 4, 1), 1),  # noqa: DTZ001
            (datetime(2027, 3, 1), datetime(2027, 12, 1), 2),  # noqa: DTZ001
            (datetime(2027, 3, 1), datetime(2027, 3, 1), 0),  # noqa: DTZ001
        ],
    )
    def test_each_change_of_the_clock_is_a_branch(self, first, last, changes):
        assert to_utc("m", first, last, "America/New_York").count("WHEN") == changes

    def test_a_zone_without_changes_is_one_subtraction(self):
        assert to_utc("m", datetime(2027, 1, 1), datetime(2027, 12, 1), "UTC") == "(m - 0)"  # noqa: DTZ001
        assert to_utc("m", datetime(2027, 1, 1), datetime(2027, 2, 1), "Asia/Tokyo") == "(m - 32400000000)"  # noqa: DTZ001

    @pytest.mark.parametrize(
        ("local", "seconds"),
        [("01:59:59", 5 * 3600), ("03:00:00", 4 * 3600), ("02:30:00", 5 * 3600)],
    )
    def test_the_offset_turns_at_the_change(self, collect, local, seconds):
        columns = {"case": text("Case"), "at": {"header": "At", "type": "instant", "zone": "local"}}
        facts = {"done": {"only": {"of": "at", "where": 'case == "X"'}}}
        columns["case"] = {"header": "Case", "type": "id", "allowed": "any"}
        rows = ["A,2027-03-01 00:00:00", f"X,2027-03-14 {local}", "B,2027-04-01 00:00:00"]

        answer = ask(collect, "Case,At", rows, columns, unique=["case"], facts=facts)

        hours, minutes, second = map(int, local.split(":"))
        expected = hours * 3600 + minutes * 60 + second + seconds
        assert (answer.value - datetime(2027, 3, 14, tzinfo=answer.value.tzinfo)).total_seconds() == expected
