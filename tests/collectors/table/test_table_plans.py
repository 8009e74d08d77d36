"""What a measure makes: its type and unit from its columns, and every mistake in it with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import SettingsRefusal

COLUMNS: dict[str, Any] = {
    "id": {"type": "id"},
    "word": {"type": "text", "allowed": "any"},
    "listed": {"type": "text", "allowed": ["A", "B"]},
    "people": {"type": "integer", "unit": "people"},
    "seats": {"type": "integer", "unit": "seats"},
    "size": {"type": "decimal", "unit": "people"},
    "cost": {"type": "money", "unit": "USD"},
    "fee": {"type": "money", "unit": "USD"},
    "score": {"type": "percent", "written": "ratio"},
    "due": {"type": "date"},
    "seen": {"type": "instant"},
    "done": {"type": "boolean"},
}


def declare(fact: dict[str, Any], **more: Any) -> Any:
    said = {"tables": {"t": {"columns": COLUMNS, "unique": ["id"], **more}}, "facts": {"f": fact}}
    (declared,) = TableCollector().declare(TableSettings.model_validate_json(json.dumps(said)))
    return declared


class TestTypes:
    @pytest.mark.parametrize(
        ("fact", "kind", "unit"),
        [
            ({"sum": {"of": "people + seats"}, "unit": "x"}, "integer", "x"),
            ({"sum": {"of": "people * 2"}}, "integer", "people"),
            ({"sum": {"of": "people * 0.5"}}, "decimal", "people"),
            ({"sum": {"of": "people + size"}}, "decimal", "people"),
            ({"sum": {"of": "size"}}, "decimal", "people"),
            ({"sum": {"of": "cost + fee"}}, "money", "USD"),
            ({"sum": {"of": "cost * fee"}, "unit": "x"}, "decimal", "x"),
            ({"sum": {"of": "cost * people"}, "unit": "USD"}, "money", "USD"),
            ({"sum": {"of": "cost + people"}, "unit": "x"}, "decimal", "x"),
            ({"mean": {"of": "cost"}}, "money", "USD"),
            ({"mean": {"of": "score"}}, "ratio", ""),
            ({"max": {"of": "score * 2"}, "unit": "x"}, "decimal", "x"),
            ({"max": {"of": "score - score"}, "unit": "x"}, "decimal", "x"),
            ({"max": {"of": "seen"}}, "instant", ""),
            ({"min": {"of": "due + 1d"}}, "instant", ""),
            ({"only": {"of": "due"}}, "instant", ""),
            ({"only": {"of": "people"}}, "integer", "people"),
            ({"sum": {"of": "people"}, "type": "money", "unit": "USD"}, "money", "USD"),
            ({"sum": {"of": "cost"}, "type": "decimal"}, "decimal", "USD"),
            ({"mean": {"of": "now - due"}, "unit": "hours"}, "decimal", "hours"),
            ({"sum": {"of": "cost", "absolute": True}}, "money", "USD"),
        ],
    )
    def test_follow_from_the_columns(self, fact, kind, unit):
        declared = declare(fact)

        assert (declared.type.value, declared.unit) == (kind, unit)

    @pytest.mark.parametrize(
        ("fact", "words"),
        [
            ({"sum": {"of": "people + seats"}}, "needs a unit"),
            ({"sum": {"of": "size"}, "type": "integer"}, "a fact of type decimal, not integer"),
            ({"sum": {"of": "people"}, "type": "ratio"}, "a fact of type integer, not ratio"),
            ({"min": {"of": "score"}, "type": "decimal", "unit": "x"}, "a fact of type ratio, not decimal"),
            ({"max": {"of": "seen"}, "type": "decimal"}, "a fact of type instant, not decimal"),
            ({"only": {"of": "now - seen"}, "unit": "days"}, "cannot be made of such a column"),
            ({"max": {"of": "due", "absolute": True}}, "cannot be made of such a column"),
            ({"mean": {"of": "due"}}, "cannot be made of such a column"),
            ({"min": {"of": "word"}}, "cannot be made of such a column"),
            ({"max": {"of": "now - seen"}, "unit": "x"}, "days, calendar days or hours"),
            ({"only": {"of": "word"}, "unit": "x"}, "has no unit"),
            ({"count": {}, "unit": "x", "by": {"column": "word", "take": "lowest", "every": True}}, "list of allowed"),
            ({"count": {}, "unit": "x", "by": {"column": "id", "take": "lowest", "every": True}}, "list of allowed"),
            ({"any": {"where": "done"}, "by": {"column": "word", "take": "lowest"}}, "not with any"),
            ({"count": {"per": {"column": "x", "need": "any"}}, "unit": "x"}, "x is not a column"),
            ({"share": {"where": "done", "weigh": "word"}}, "word is not a column of numbers"),
            ({"share": {"where": "done", "weigh": "x"}}, "x is not a column of numbers"),
            (
                {"share": {"where": "done", "weigh": "cost", "per": {"column": "word", "need": "any"}}},
                "not both",
            ),
            ({"sql": "SELECT 1", "type": "integer", "unit": "x", "inputs": ["t", "t"]}, "listed twice"),
            ({"sql": "SELECT 1", "type": "integer", "inputs": ["t"]}, "needs a unit"),
            ({"sql": "SELECT 1", "type": "text", "unit": "x", "inputs": ["t"]}, "has no unit"),
            ({"sql": "SELECT 1", "type": "text", "inputs": ["t"], "by": {"column": "word", "take": "lowest"}}, "into"),
            ({"count": {}, "sum": {"of": "cost"}}, "this one has count and sum"),
            ({}, "this one has nothing"),
        ],
    )
    def test_what_makes_no_fact_is_told(self, fact, words):
        with pytest.raises(SettingsRefusal) as caught:
            declare(fact)

        assert words in caught.value.errors[0][1]

    @pytest.mark.parametrize(
        ("fact", "sentence"),
        [
            ({"sum": {"of": "cost) == 0 or (cost"}}, "a column or arithmetic over columns is expected"),
            ({"sum": {"of": "2 + 3"}, "unit": "x"}, "it names no column, so it is the same for every row"),
            ({"count": {"where": "2 > 1"}, "unit": "x"}, "it names no column, so it is the same for every row"),
            (
                {"count": {"where": 'listed == "C" and done'}, "unit": "x"},
                'this is not one of the column\'s allowed values: `"C"`',
            ),
            (
                {"count": {"where": "done and score > 80"}, "unit": "x"},
                "a percent column holds ratios: `80` (write 80% or 0.8)",
            ),
        ],
    )
    def test_a_mistake_is_shown_where_it_is_not_the_whole(self, fact, sentence):
        with pytest.raises(SettingsRefusal) as caught:
            declare(fact)

        assert caught.value.errors[0][1].partition("; to copy: ")[0] == sentence

    @pytest.mark.parametrize(
        ("by", "fits"), [({"every": True, "column": "listed"}, True), ({"every": False, "column": "word"}, True)]
    )
    def test_a_list_says_which_groups_there_must_be(self, by, fits):
        assert declare({"count": {}, "unit": "x", "by": {"take": "lowest", **by}}).unit == "x"

    @pytest.mark.parametrize(
        ("fact", "meaning"),
        [
            ({"count": {}, "unit": "x"}, "count over t."),
            ({"count": {"where": "done"}, "unit": "x"}, "count over t where done."),
            ({"share": {"where": "done", "among": "cost > 1"}}, "share over t where done among cost > 1."),
            ({"sum": {"of": "cost", "where": "done"}}, "sum of cost over t where done."),
            (
                {"count": {}, "unit": "x", "by": {"column": "word", "take": "lowest"}},
                "count over t for the lowest group by word.",
            ),
            ({"sql": "SELECT 1", "type": "text", "inputs": ["t"]}, "One query over t."),
            ({"count": {}, "unit": "x", "meaning": "What it is."}, "What it is."),
        ],
    )
    def test_a_meaning_is_told_where_nobody_says_one(self, fact, meaning):
        assert declare(fact).meaning == meaning

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"columns": {**COLUMNS, "x": {"type": "id", "optional": True, "given": "done"}}}, "already the name"),
            ({"columns": {**COLUMNS, "x": {"type": "id", "optional": True, "given": "today"}}}, "already the name"),
            (
                {"columns": {"given": {"type": "id", "optional": True, "given": "x"}, "x": {"type": "id"}}},
                "already the name",
            ),
            ({"control": {"footer": ["{x}"]}}, "x is not a column of numbers"),
            ({"control": {"footer": ["{word}"]}}, "word is not a column of numbers"),
            ({"control": {"totals": {"due": "1"}}}, "due is not a column of numbers"),
            ({"ignore": ["word"]}, "read and ignored"),
            ({"unique": ["x"]}, "x is not a column"),
        ],
    )
    def test_a_table_that_contradicts_itself(self, more, words):
        with pytest.raises(SettingsRefusal) as caught:
            declare({"count": {}, "unit": "x"}, **({"unique": []} | more))

        assert any(words in sentence for _, sentence in caught.value.errors)

    @pytest.mark.parametrize("footer", [["{rows}"], ["{cost}"], ["{score}"], ["{"], ["Total", "", "{people}"]])
    def test_a_footer_of_numbers_is_taken(self, footer):
        assert declare({"count": {}, "unit": "x"}, control={"footer": footer}).name == "f"


class TestSmallTables:
    @pytest.mark.parametrize("more", [{"unique": ["id"]}, {"one_row": None}])
    def test_a_table_of_its_key_alone(self, collect, more):
        """There is nothing else that could be mixed."""
        settings = {
            "tables": {"t": {"columns": {"id": {"type": "id"}}, **more}},
            "facts": {"f": {"count": {}, "unit": "x"}},
        }

        assert collect({"f.csv": b"id\nA-1\nA-2\n"}, settings)["f"].value == 2

    def test_a_table_of_amounts_alone_has_no_key(self, collect):
        columns = {"cost": {"type": "money", "unit": "USD"}}
        settings = {"tables": {"t": {"columns": columns, "one_row": None}}, "facts": {"f": {"sum": {"of": "cost"}}}}

        assert collect({"f.csv": b"cost\n1\n2\n"}, settings)["f"].gap is GapReason.AMBIGUOUS_ROWS

    @pytest.mark.parametrize(("units", "words"), [("AB", ""), ("A", "1 of the 2 values of unit have no row")])
    def test_every_group_has_a_row(self, collect, units, words):
        columns = {"unit": {"type": "text", "allowed": ["A", "B"]}, "ok": {"type": "boolean"}}
        by = {"column": "unit", "take": "lowest", "every": True}
        settings = {"tables": {"t": {"columns": columns}}, "facts": {"f": {"share": {"where": "ok"}, "by": by}}}

        answer = collect({"f.csv": ("unit,ok\n" + "".join(f"{u},Yes\n" for u in units)).encode()}, settings)["f"]

        assert (answer.gap is None) is (not words)
        assert words in answer.detail

    def test_a_date_meets_a_moment_in_a_table_without_rows(self, collect):
        columns = {"id": {"type": "id"}, "due": {"type": "date"}}
        table = {"columns": columns, "unique": ["id"], "control": {"min_rows": 0}}
        settings = {"tables": {"t": table}, "facts": {"f": {"count": {"where": "due < now"}, "unit": "x"}}}

        assert collect({"f.csv": b"id,due\n"}, settings)["f"].value == 0

    @pytest.mark.parametrize(
        ("name", "data", "said", "known"),
        [
            ("f.CSV", b"id\nA\n", None, True),
            ("f.dat", b"id\nA\n", "csv", True),
            ("f", b"id\nA\n", None, False),
            ("f.csv", b'[{"id": "A"}]', "json", True),
            ("f.v1.json", b'[{"id": "A"}]', None, True),
        ],
    )
    def test_a_format_is_known_by_the_ending_or_said(self, collect, name, data, said, known):
        table = {"columns": {"id": {"type": "id"}}, "unique": ["id"], "format": said}
        settings = {"tables": {"t": table}, "facts": {"f": {"count": {}, "unit": "x"}}}

        assert (collect({name: data}, settings)["f"].value == 1) is known

    def test_a_named_input_is_no_other(self, collect):
        table = {"columns": {"id": {"type": "id"}}, "unique": ["id"], "input": "a"}
        settings = {"tables": {"t": table}, "facts": {"f": {"count": {}, "unit": "x"}}}

        assert "exactly one input named 'a' is read here; the binding names no file for it" in (
            collect({"b:b.csv": b"id\nA\n"}, settings)["f"].detail
        )

    @pytest.mark.parametrize(
        ("cells", "words"),
        [("b41\nb42\n", "and there is several values"), ("c\n", "and there is no row that satisfies where")],
    )
    def test_one_value_is_one(self, collect, cells, words):
        table = {"columns": {"build": {"type": "id", "allowed": "any"}}}
        fact = {"only": {"of": "build", "where": 'build != "c"'}}

        assert (
            words
            in collect({"f.csv": f"build\n{cells}".encode()}, {"tables": {"t": table}, "facts": {"f": fact}})[
                "f"
            ].detail
        )

    def test_the_one_input_needs_no_name_and_others_are_named(self, collect):
        table = {"columns": {"id": {"type": "id"}}, "unique": ["id"]}
        facts = {"f": {"count": {}, "unit": "x"}}
        files = {"a:a.csv": b"id\nA\n", "file:b.csv": b"id\nA\nB\n"}

        assert collect(files, {"tables": {"t": table}, "facts": facts})["f"].value == 2
        assert collect(files, {"tables": {"t": {**table, "input": "a"}}, "facts": facts})["f"].value == 1
        assert collect({"a:a.csv": b"id\nA\n"}, {"tables": {"t": table}, "facts": facts})["f"].value == 1
