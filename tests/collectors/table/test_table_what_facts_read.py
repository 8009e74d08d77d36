"""What a fact reads and names: keys of rows and things, blanks in each part, columns that nobody reads."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from gonogo.collectors.table import TableCollector, TableSettings, parts, shown, small_answers, small_table
from gonogo.collectors.table.fact_measures import measures_of
from gonogo.collectors.table.reads import columns_of_table, columns_read, keyless
from gonogo.model.evidence import GapReason

COLUMNS: dict[str, Any] = {
    "id": {"type": "id"},
    "unit": {"type": "text", "allowed": ["A", "B"]},
    "ok": {"type": "boolean"},
    "cost": {"type": "money", "unit": "USD", "optional": True},
}
ROWS = ("R1,A,No,1", "R2,B,No,2", "R3,A,No,3", "R4,B,Yes,4", "R5,B,Yes,5")


def settings(fact: dict[str, Any], columns: dict[str, Any] = COLUMNS, **table: Any) -> dict[str, Any]:
    return {"tables": {"t": {"columns": columns, "unique": ["id"], **table}}, "facts": {"f": fact}}


def csv_of(*rows: str, header: str = "id,unit,ok,cost") -> dict[str, bytes]:
    return {"t.csv": "\n".join((header, *rows, "")).encode()}


class TestKeysAgainst:
    def test_only_rows_of_the_group_that_answers_are_named(self, collect):
        """The other group's rows are not what made it the lowest."""
        answer = collect(
            csv_of(*ROWS), settings({"share": {"where": "ok"}, "by": {"column": "unit", "take": "lowest"}})
        )

        assert (answer["f"].part, answer["f"].whole, answer["f"].open_items) == (0, 2, ("R1", "R3"))

    @pytest.mark.parametrize(
        ("need", "keys"),
        [("every", ("A", "B")), ("any", ("A",))],
    )
    def test_things_are_named_once_in_the_order_of_the_file(self, collect, need, keys):
        """A unit with one open row of ten is open; it is one unit."""
        fact = {"share": {"where": "ok", "per": {"column": "unit", "need": need}}}

        assert collect(csv_of(*ROWS), settings(fact))["f"].open_items == keys
        turned = collect(csv_of(*ROWS[1:], ROWS[0]), settings(fact))["f"].open_items
        assert turned == (tuple(reversed(keys)) if need == "every" else keys)

    def test_a_row_that_is_not_asked_about_counts_against_nothing(self, collect):
        fact = {"share": {"where": "ok", "among": 'unit == "B"'}}

        assert collect(csv_of(*ROWS), settings(fact))["f"].open_items == ("R2",)

    @pytest.mark.parametrize(
        ("most", "named", "more"), [(2, ("R1", "R2"), 1), (3, ("R1", "R2", "R3"), 0), (4, ("R1", "R2", "R3"), 0)]
    )
    @pytest.mark.parametrize("largest", [-1, small_table.MOST_BYTES])
    def test_what_is_beyond_the_most_is_counted(self, collect, monkeypatch, largest, most, named, more):
        """A list that is cut in silence would look like a shorter one, in the database and without it."""
        monkeypatch.setattr(small_table, "MOST_BYTES", largest)
        for module in (parts, small_answers):
            monkeypatch.setattr(module, "MAX_KEYS", most)

        answer = collect(csv_of(*ROWS), settings({"share": {"where": "ok"}}))["f"]

        assert (answer.open_items, answer.open_more) == (named, more)


class TestUnknown:
    """A blank in any part of a fact makes it a gap; a blank that decides nothing does not."""

    @pytest.mark.parametrize(
        ("fact", "known"),
        [
            ({"share": {"where": "ok", "weigh": "cost"}}, False),
            ({"share": {"where": "ok", "among": 'unit == "A"', "weigh": "cost"}}, True),
            ({"sum": {"of": "cost"}}, False),
            ({"sum": {"of": "cost", "where": "ok"}}, True),
            ({"sum": {"of": "cost", "where": 'unit == "B"'}}, False),
            ({"max": {"of": "cost - 1", "where": 'unit == "B"'}}, False),
            ({"count": {"where": "cost > 1"}, "unit": "rows"}, False),
            ({"count": {"where": "ok and cost > 1"}, "unit": "rows"}, True),
            ({"share": {"where": "ok", "among": "cost > 1"}}, False),
            ({"share": {"where": "cost > 1", "among": 'unit == "A"'}}, True),
        ],
    )
    def test_a_blank_amount(self, collect, fact, known):
        rows = ("R1,A,No,1", "R2,B,No,", "R3,A,No,3", "R4,B,Yes,4")

        answer = collect(csv_of(*rows), settings(fact))["f"]

        assert (answer.gap is None) is known, answer.detail
        assert known or (answer.gap is GapReason.MISSING and "whether line 3 counts" in answer.detail)

    @pytest.mark.parametrize(
        ("fact", "known"),
        [
            ({"count": {"per": {"column": "who", "need": "any"}}, "unit": "people"}, False),
            ({"share": {"where": "not ok", "among": "ok", "per": {"column": "who", "need": "any"}}}, True),
            ({"share": {"where": "ok"}, "by": {"column": "who", "take": "lowest"}}, False),
            ({"share": {"where": "not ok", "among": "ok"}, "by": {"column": "who", "take": "lowest"}}, True),
        ],
    )
    def test_a_blank_thing_or_group(self, collect, fact, known):
        columns = {"id": {"type": "id"}, "who": {"type": "text", "optional": True}, "ok": {"type": "boolean"}}
        data = csv_of("R1,Ann,Yes", "R2,,No", header="id,who,ok")

        assert (collect(data, settings(fact, columns))["f"].gap is None) is known

    def test_the_sentence_holds_no_cell_so_it_is_told_of_personal_data_too(self, collect):
        """Who may not see a name still has to find the row."""
        answer = collect(csv_of("R1,A,No,1", "R2,B,No,"), settings({"sum": {"of": "cost"}}))["f"]

        assert answer.told == answer.detail
        assert "line 3" in answer.told


class TestAbsoluteAndMean:
    @pytest.mark.parametrize(("absolute", "value"), [(False, "-2"), (True, "4")])
    def test_the_sign_is_dropped_where_the_settings_say_so(self, collect, absolute, value):
        """Differences that cancel each other are still differences."""
        data = csv_of("R1,A,No,-3", "R2,A,No,1")

        assert collect(data, settings({"sum": {"of": "cost", "absolute": absolute}}))["f"].value == Decimal(value)

    def test_a_mean_is_of_the_rows_that_count(self, collect):
        answer = collect(csv_of(*ROWS), settings({"mean": {"of": "cost", "where": "ok"}}))["f"]

        assert answer.value == Decimal("4.5")


def parsed(said: dict[str, Any]) -> TableSettings:
    return TableSettings.model_validate_json(json.dumps(said))


TWO = {
    "tables": {
        "a": {"columns": {"id": {"type": "id"}, "x": {"type": "text"}, "y": {"type": "text"}}, "input": "a"},
        "b": {
            "columns": {"id": {"type": "id"}, "x": {"type": "text"}, "n": {"type": "integer", "unit": "x"}},
            "input": "b",
        },
    },
    "facts": {"f": {"count": {}, "unit": "rows", "table": "a"}},
}


class TestReads:
    @pytest.mark.parametrize(
        ("fact", "columns"),
        [
            ({"count": {"where": "seen"}, "unit": "x"}, {"day"}),
            ({"count": {"where": "day > since"}, "unit": "x"}, {"day", "since"}),
            ({"share": {"where": "seen", "among": "n > 1", "weigh": "cost"}}, {"day", "n", "cost"}),
            ({"share": {"where": "n > 1", "per": {"column": "id", "need": "any"}}}, {"n", "id"}),
            ({"count": {}, "unit": "x", "by": {"column": "id", "take": "lowest"}}, {"id"}),
            ({"sum": {"of": "n * cost"}}, {"n", "cost"}),
            ({"sql": "SELECT Count(DISTINCT ID) FROM t", "type": "integer", "unit": "x", "inputs": ["t"]}, {"id"}),
            ({"count": {}, "unit": "x"}, set()),
        ],
    )
    def test_every_way_to_name_a_column(self, fact, columns):
        said = {
            "id": {"type": "id"},
            "day": {"type": "date", "optional": True, "given": "seen"},
            "since": {"type": "date"},
            "n": {"type": "integer"},
            "cost": {"type": "money"},
        }
        whole = parsed({"tables": {"t": {"columns": said}}, "facts": {"f": fact}})
        one = whole.facts["f"]

        assert columns_read(one, measures_of(one)[0], whole.tables["t"].columns) == columns

    @pytest.mark.parametrize(
        ("fact", "counts"),
        [
            ({"count": {}, "unit": "x"}, True),
            ({"count": {"per": {"column": "id", "need": "any"}}, "unit": "x"}, False),
            ({"share": {"where": "ok"}}, True),
            ({"sum": {"of": "n"}}, True),
            ({"mean": {"of": "n"}}, True),
            ({"min": {"of": "n"}}, False),
            ({"max": {"of": "n"}}, False),
            ({"only": {"of": "n"}}, False),
            ({"any": {"where": "ok"}}, False),
            ({"sql": "SELECT count(*) FROM t", "inputs": ["t"]}, True),
            ({"sql": "SELECT count(Distinct id) FROM t", "inputs": ["t"]}, False),
            ({"sql": "SELECT max(n) FROM (SELECT count(*) n FROM t GROUP  BY id)", "inputs": ["t"]}, False),
        ],
    )
    def test_what_counts_a_row_twice_where_it_stands_twice(self, fact, counts):
        one = parsed({"tables": {"t": {"columns": {"id": {"type": "id"}}}}, "facts": {"f": fact}}).facts["f"]

        assert measures_of(one)[0].counts_rows is counts

    @pytest.mark.parametrize(
        ("more", "read"),
        [
            ({}, set()),
            ({"unique": ["x"]}, {"x"}),
            ({"subject": {"y": {"kind": "build"}}}, {"y"}),
            ({"control": {"totals": {"x": "1"}}}, {"x"}),
        ],
    )
    def test_what_is_said_of_a_table_reads_its_columns(self, more, read):
        said = {**TWO, "tables": {**TWO["tables"], "a": {**TWO["tables"]["a"], **more}}}

        assert columns_of_table("a", parsed(said)) == read

    @pytest.mark.parametrize(
        ("fact", "of_a", "of_b"),
        [
            ({"only": {"of": "x"}, "table": "a"}, {"x"}, set()),
            ({"only": {"of": "x"}, "table": "b"}, set(), {"x"}),
            ({"only": {"of": "x"}}, {"x"}, set()),
            ({"sql": "SELECT max(n) FROM b", "type": "integer", "unit": "x", "inputs": ["b"]}, set(), {"n"}),
        ],
    )
    def test_a_fact_reads_the_columns_of_its_own_table(self, fact, of_a, of_b):
        whole = parsed({**TWO, "facts": {"f": fact}})

        assert (columns_of_table("a", whole), columns_of_table("b", whole)) == (of_a, of_b)

    @pytest.mark.parametrize(
        ("fact", "table", "more", "found"),
        [
            ({"count": {}, "unit": "x", "table": "a"}, "a", {}, ["f"]),
            ({"count": {}, "unit": "x", "table": "a"}, "b", {}, []),
            ({"count": {}, "unit": "x"}, "a", {}, ["f"]),
            ({"count": {}, "unit": "x", "table": "a"}, "a", {"unique": ["id"]}, []),
            ({"count": {}, "unit": "x", "table": "a"}, "a", {"one_row": "one posting"}, []),
            ({"only": {"of": "x"}, "table": "a"}, "a", {}, []),
            ({"sql": "SELECT count(*) FROM a, b", "inputs": ["a", "b"]}, "b", {}, ["f"]),
        ],
    )
    def test_who_counts_a_table_without_a_key(self, fact, table, more, found):
        said = {"tables": {**TWO["tables"], "a": {**TWO["tables"]["a"], **more}}, "facts": {"f": fact}}

        assert keyless(table, parsed(said)) == found


class TestAdvice:
    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            (1, "and f0 counts its rows"),
            (3, "and f0, f1, f2 count its rows"),
            (4, "and f0, f1, f2 and 1 more count its rows"),
        ],
    )
    def test_a_table_that_is_counted_without_a_key_is_told_with_its_facts(self, facts, words):
        said = {
            "tables": {"t": {"columns": {"id": {"type": "id"}}}},
            "facts": {f"f{n}": {"count": {}, "unit": "rows"} for n in range(facts)},
        }

        (sentence,) = TableCollector().advise(parsed(said))

        assert sentence.startswith("tables.t does not say what one row is")
        assert words in sentence

    def test_a_table_that_says_it_needs_no_advice(self):
        assert list(TableCollector().advise(parsed(settings({"count": {}, "unit": "rows"})))) == []


class TestBlanksThatNobodyReads:
    @pytest.mark.parametrize(
        ("fact", "more", "known"),
        [
            ({"count": {}, "unit": "x"}, {}, True),
            ({"only": {"of": "note"}}, {}, False),
            ({"count": {}, "unit": "x"}, {"unique": ["id", "note"]}, False),
        ],
    )
    def test_a_trailing_blank_in_a_column_that_nobody_reads_is_no_fault(self, collect, fact, more, known):
        columns = {"id": {"type": "id"}, "note": {"type": "text"}}

        answer = collect(csv_of("R1,x ", header="id,note"), settings(fact, columns, **more))["f"]

        assert (answer.gap is None) is known

    @pytest.mark.parametrize(("cell", "allowed"), [("A ", ["A"]), (" A", "")])
    def test_a_list_of_words_and_a_leading_blank_are_minded_by_what_reads_them(self, collect, cell, allowed):
        columns = {"id": {"type": "id"}, "note": {"type": "text", "allowed": allowed or []}}
        data = csv_of(f"R1,{cell}", header="id,note")

        assert collect(data, settings({"only": {"of": "note"}}, columns))["f"].gap == "malformed"
        assert collect(data, settings({"count": {}, "unit": "x"}, columns))["f"].value == 1


class TestNames:
    @pytest.mark.parametrize(
        "name", ["v", "n", "value", "holds", "grp", "thing", "key", "place", "first", "line", "c0"]
    )
    def test_a_column_may_have_any_name(self, collect, name):
        """What the program calls its own parts is nobody's business: ``v`` made every fact of a table a failure."""
        columns = {
            "id": {"type": "id"},
            name: {"type": "text", "allowed": ["A", "B"]},
            "n2": {"type": "integer", "unit": "x"},
        }
        facts = {
            "count": {"count": {"where": f'{name} == "A"'}, "unit": "rows"},
            "per": {"share": {"where": "n2 > 1", "per": {"column": name, "need": "every"}}},
            "by": {
                "share": {"where": "n2 > 1", "among": f'{name} != "C"' if False else "n2 > 0"},
                "by": {"column": name, "take": "lowest"},
            },
            "only": {"only": {"of": name, "where": "n2 == 1"}},
            "sum": {"sum": {"of": "n2", "where": f'{name} == "B"'}},
        }
        table = {
            "columns": columns,
            "unique": ["id", name],
            "subject": {name: {"kind": "release", "counts": ["A", "B"]}},
        }

        answers = collect(csv_of("R1,A,1", "R2,B,2", header=f"id,{name},n2"), {"tables": {"t": table}, "facts": facts})

        assert [answers[fact].gap for fact in facts] == [None] * 5, [answers[fact].detail for fact in facts]
        assert answers["count"].open_items == ("R1 / A",)
        assert (answers["per"].part, answers["by"].part, answers["only"].value, answers["sum"].value) == (1, 0, "A", 2)


class TestAbsentWords:
    COLUMNS: dict[str, Any] = {"id": {"type": "id"}, "p": {"type": "text", "allowed": "any"}, "due": {"type": "date"}}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("choices", "told"),
        [
            (["a", "b", "c", "d"], "says 'a' or 'b' or 'c' or 'd', and"),
            (["a", "b", "c", "d", "e"], "says 'a' or 'b' or 'c' or 'd', and"),
            (["x" * 61], f"says '{'x' * 60}', and"),
        ],
    )
    def test_four_words_are_told(self, collect, choices, told):
        fact = {"none": {"where": f"p in {json.dumps(choices)}"}}

        answer = collect(csv_of("R1,Low,2027-01-01", header="id,p,due"), settings(fact, self.COLUMNS))["f"]

        assert told in answer.detail

    def test_an_empty_table_lacks_no_word(self, collect):
        """Somebody says that none may be; then there is no other word either."""
        fact = {"count": {"where": 'p == "High"'}, "unit": "x"}

        answer = collect(csv_of(header="id,p,due"), settings(fact, self.COLUMNS, control={"min_rows": 0}))["f"]

        assert answer.value == 0

    @pytest.mark.parametrize("where", ['due == "2027-02-02"', 'p != "Low" and due < "2027-02-02"'])
    def test_a_day_is_no_word(self, collect, where):
        fact = {"count": {"where": where}, "unit": "x"}

        assert collect(csv_of("R1,Low,2027-01-01", header="id,p,due"), settings(fact, self.COLUMNS))["f"].value == 0

    def test_a_part_of_a_condition_is_enough(self, collect):
        for where in ('p == "High" or due < now', 'p == "Low" and not p != "High"'):
            fact = {"count": {"where": where}, "unit": "x"}
            answer = collect(csv_of("R1,Low,2027-01-01", header="id,p,due"), settings(fact, self.COLUMNS))["f"]
            assert answer.gap is GapReason.NOT_PROVABLE, where


def test_how_much_of_a_column_is_looked_at():
    """A doubt is raised from the whole column where it is a small one."""
    assert (shown.SAMPLE, shown.MOST_VALUES, shown._ORDERED) == (500, 1000, 100_000)
