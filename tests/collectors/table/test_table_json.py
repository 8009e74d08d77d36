"""JSON: one strict document, numbers as they are written, and no key that nobody expects."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from gonogo.collectors.table.one_page import refuse_page
from gonogo.collectors.table.records_found import ABSENT, value_at
from gonogo.model.program import AsOf, AsOfRule
from gonogo.model.refusal import StructuralFault

GOOD = (
    '[{"id": "D1", "open": true, "cost": 1.10, "who": {"unit": "North"}},'
    ' {"id": "D2", "open": false, "cost": 2, "who": {"unit": "South"}}]'
)
COLUMNS: dict[str, Any] = {
    "id": {"type": "id"},
    "open": {"type": "boolean"},
    "cost": {"type": "money", "unit": "USD"},
    "unit": {"header": "who.unit", "type": "text"},
}
FACTS = {"open": {"count": {"where": "open"}, "unit": "defects"}, "cost": {"sum": {"of": "cost"}}}


def settings(**changes: Any) -> dict[str, Any]:
    return {"tables": {"defects": {"columns": COLUMNS, **changes}}, "facts": FACTS}


class TestRefusedDocuments:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param("", "not JSON", id="empty"),
            pytest.param("[", "not JSON", id="cut off"),
            pytest.param(GOOD[:-1], "not JSON", id="no closing bracket"),
            pytest.param(GOOD + GOOD, "not JSON", id="two documents"),
            pytest.param("[]", "0 rows", id="no record"),
            pytest.param("{}", "not an array", id="an object"),
            pytest.param("null", "not an array", id="null"),
            pytest.param("[1]", "not an object", id="a record that is a number"),
            pytest.param(GOOD.replace('"open": true', '"open": true, "open": false'), "key twice", id="a key twice"),
            pytest.param(GOOD.replace('"open": true, ', ""), "'open' has no value in record 1", id="a key absent"),
            pytest.param(GOOD.replace('"id": "D1"', '"id": "D1", "x": 1'), "'x'", id="a key more"),
            pytest.param(GOOD.replace("1.10", "1.105"), "'cost' is not", id="half a cent"),
            pytest.param(GOOD.replace("1.10", "11e-1"), "'cost' is not", id="an exponent"),
            pytest.param(GOOD.replace("1.10", '"1.10"'), "'cost' has a quoted text", id="a quoted number"),
            pytest.param(GOOD.replace("1.10", "NaN"), "NaN", id="NaN"),
            pytest.param(GOOD.replace("1.10", "Infinity"), "Infinity", id="infinity"),
            pytest.param(GOOD.replace("1.10", "1" * 5000), "'cost' is not", id="five thousand digits"),
            pytest.param(GOOD.replace("1.10", "null"), "'cost' is blank", id="null where a value belongs"),
            pytest.param(GOOD.replace("1.10", "[1.10]"), "nested", id="a list as a value"),
            pytest.param(GOOD.replace("1.10", "true"), "'cost' has true or false", id="a boolean as a number"),
            pytest.param(GOOD.replace("true", "1"), "'open' has a number", id="a number as a boolean"),
            pytest.param(GOOD.replace('"D1"', "1"), "'id' has a number", id="a number as an id"),
            pytest.param(GOOD.replace('{"unit": "North"}', '"North"'), "'who'", id="a text where an object belongs"),
            pytest.param(GOOD.replace("D1", "D\\u0000"), "control character", id="NUL"),
            pytest.param(GOOD.replace("North", "\\ud800"), "surrogate", id="half a surrogate pair"),
            pytest.param("[" * 100_000, "deeper", id="a hundred thousand levels"),
            pytest.param('{"a":' * 70 + "1" + "}" * 70, "deeper", id="seventy levels"),
        ],
    )
    def test_a_document_that_is_not_exactly_as_described_is_a_gap(self, collect, text, words):
        """Two readers must not find two answers in one document."""
        answers = collect({"defects.json": text.encode()}, settings())

        [detail] = {answer.detail for answer in answers.values() if answer.gap == "malformed"}
        assert words in detail

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
    def test_another_encoding_is_a_gap(self, collect, encoding):
        """JSON is UTF-8."""
        text = GOOD.replace("North", "N\u00f6rd")

        assert collect({"defects.json": text.encode(encoding)}, settings())["open"].gap == "malformed"


class TestReadDocuments:
    def test_numbers_are_read_as_they_are_written(self, collect):
        """1.10 is one dollar and ten cents, not the nearest binary fraction."""
        answers = collect({"defects.json": GOOD.encode()}, settings())

        assert (answers["open"].value, answers["cost"].value) == (1, Decimal("3.1"))

    def test_quoted_numbers_are_read_where_the_settings_say_so(self, collect):
        """Some systems quote everything they export."""
        text = GOOD.replace("1.10", '"1.10"').replace("true", '"true"')

        assert collect({"defects.json": text.encode()}, settings(quoted_numbers=True))["cost"].value == Decimal("3.1")

    def test_nested_parts_that_nobody_reads_can_be_ignored(self, collect):
        """An export of a ticket system has far more than evidence needs."""
        text = GOOD.replace('"id": "D1"', '"id": "D1", "history": [{"a": 1}]').replace("North", 'North", "x": "y')

        answer = collect({"defects.json": text.encode()}, settings(ignore=["history", "who.x"]))["open"]

        assert answer.value == 1, answer.detail

    def test_a_document_that_states_its_size_is_held_to_it(self, collect):
        """A page of a longer list looks whole."""
        for count, works in ((2, True), (3, False)):
            text = f'{{"meta": {{"count": {count}}}, "items": {GOOD}}}'
            answer = collect({"d.json": text.encode()}, settings(records="items", control={"rows_at": "meta.count"}))

            assert (answer["open"].value == 1) is works

    @pytest.mark.parametrize(
        ("moment", "held"),
        [
            ("2027-04-17T09:30:00-04:00", datetime(2027, 4, 17, 13, 30, tzinfo=UTC)),
            ("2027-04-17", datetime(2027, 4, 17, 4, tzinfo=UTC)),
            (20270417, None),
            ("yesterday", None),
        ],
    )
    def test_the_document_says_when_it_held(self, collect, moment, held):
        """Under the rule `document` the settings name the place."""
        text = f'{{"at": {json.dumps(moment)}, "items": {GOOD}}}'
        rule = AsOf(rule=AsOfRule.DOCUMENT)

        answer = collect({"d.json": text.encode()}, settings(records="items", as_of_at="at"), as_of=None, rule=rule)[
            "open"
        ]

        assert answer.as_of == held
        assert (answer.gap is None) is (held is not None)


class TestOnePage:
    @pytest.mark.parametrize(
        ("around", "refused"),
        [
            ({}, False),
            ({"next": "https://tool.example/api?page=2"}, True),
            ({"next": None, "count": 2}, False),
            ({"@odata.nextLink": "https://tool.example/api?$skip=2"}, True),
            ({"hasMore": True}, True),
            ({"has_more": False}, False),
            ({"isLast": False}, True),
            ({"startAt": 0, "maxResults": 2, "total": 3}, True),
            ({"startAt": 0, "maxResults": 2, "total": 2}, False),
            ({"total": 3}, True),
            ({"total": 2}, False),
            ({"total_count": 3}, True),
            ({"_links": {"next": "/api/v2/get_tests/1&offset=250", "prev": None}}, True),
            ({"_links": {"next": [{"href": "/api?offset=2"}], "self": [{"href": "/api"}]}}, True),
            ({"_links": {"next": [], "self": [{"href": "/api"}]}}, False),
            ({"links": {"next": None}}, False),
            ({"links": [{"next": "page"}]}, False),
        ],
    )
    def test_a_document_that_says_that_there_are_more_is_a_gap(self, collect, around, refused):
        """The first fifty defects of two hundred read as all of them."""
        document = json.dumps({**around, "rows": json.loads(GOOD)})
        answer = collect({"defects.json": document.encode()}, settings(records="rows"))["open"]

        assert (answer.value is None) is refused
        assert not refused or "one page of several" in answer.detail

    @pytest.mark.parametrize(
        ("around", "refused"),
        [
            ({"warningMessages": ["The value 'Blocker' does not exist for the field 'priority'."]}, True),
            ({"warningMessages": []}, False),
            ({"errors": {"jql": "x"}}, True),
            ({"errors": {}, "errorMessages": []}, False),
            ({"incomplete_results": True}, True),
            ({"incomplete_results": False, "timed_out": False}, False),
            ({"errors": 2, "warnings": "none"}, False),
        ],
    )
    def test_an_answer_with_warnings_beside_the_records_may_lack_rows(self, collect, around, refused):
        """A query that is wrong in part is answered in part."""
        document = json.dumps({**around, "rows": json.loads(GOOD)})
        answer = collect({"defects.json": document.encode()}, settings(records="rows"))["open"]

        assert (answer.value is None) is refused
        assert not refused or "is an answer with trouble" in answer.detail

    def test_records_at_two_of_the_paths_are_a_gap(self, collect):
        """One of the lists would be left out."""
        whole = json.loads(GOOD)
        document = json.dumps({"rows": whole[:1], "records": whole[1:]})
        found = collect({"defects.json": document.encode()}, settings(records="rows", records_also=["records"]))

        assert "has records at 'rows' and at 'records'" in found["open"].detail


PAGED: dict[str, Any] = {
    "tables": {
        "t": {
            "others": "ignored",
            "records": "issues",
            "records_also": ["[].issues", ""],
            "columns": {
                "key": {"header": "key", "type": "id"},
                "state": {"header": "fields.System.State", "type": "text", "allowed": ["Open", "Done"]},
            },
            "unique": ["key"],
        }
    },
    "facts": {"f": {"count": {"where": 'state == "Open"'}, "unit": "issues"}},
}


def item(key: str, state: str = "Open") -> dict[str, Any]:
    return {"key": key, "fields": {"System.State": state, "System.Title": "A title"}}


class TestPages:
    """An interface answers in pages; a person saves one of them, or all of them as they came."""

    @pytest.mark.parametrize(
        "document",
        [
            {"issues": [item("A-1"), item("A-2", "Done")]},
            [item("A-1"), item("A-2", "Done")],
            [
                {"total": 2, "startAt": 0, "issues": [item("A-1")]},
                {"total": 2, "startAt": 1, "issues": [item("A-2", "Done")]},
            ],
            [
                {"isLast": False, "nextPageToken": "x", "issues": [item("A-1")]},
                {"isLast": True, "issues": [item("A-2", "Done")]},
            ],
            {"startAt": 0, "page": 1, "_links": {"prev": None}, "issues": [item("A-1"), item("A-2", "Done")]},
            [
                {"page": 1, "issues": [item("A-1")]},
                {"page": 2, "_links": {"prev": "x"}, "issues": [item("A-2", "Done")]},
            ],
        ],
    )
    def test_one_answer_an_array_of_records_and_an_array_of_pages_are_read(self, collect, document):
        assert collect({"f.json": json.dumps(document).encode()}, PAGED)["f"].value == 1

    @pytest.mark.parametrize(
        "document",
        [
            {"total": 3, "startAt": 0, "issues": [item("A-1"), item("A-2")]},
            [{"total": 3, "startAt": 0, "issues": [item("A-1")]}, {"total": 3, "startAt": 1, "issues": [item("A-2")]}],
            [{"isLast": True, "issues": [item("A-1")]}, {"isLast": False, "issues": [item("A-2")]}],
            [{"issues": [item("A-1")]}, {"nextPageToken": "x", "issues": [item("A-2")]}],
            {"startAt": 1, "issues": [item("A-1")]},
            {"page": 2, "issues": [item("A-1")]},
            {"total": 2, "issues": [item("A-1")]},
            {"truncated": True, "issues": [item("A-1")]},
            {"page": 1, "totalPages": 2, "issues": [item("A-1")]},
            [{"totalPages": 3, "issues": [item("A-1")]}, {"totalPages": 3, "issues": [item("A-2")]}],
            {"meta": {"total": 2}, "issues": [item("A-1")]},
            {"paging": {"pageIndex": 1, "pageSize": 1, "total": 2}, "issues": [item("A-1")]},
            {"pageInfo": {"hasNextPage": True, "endCursor": "x"}, "issues": [item("A-1")]},
            {"pagination": {"next": "https://a.example?page=2"}, "issues": [item("A-1")]},
            {"pagination": {"next": {"page": 2}}, "issues": [item("A-1")]},
            {"pagination": {"next_page": 2}, "issues": [item("A-1")]},
            {"metadata": {"resultset": {"count": 2, "offset": 0, "limit": 1}}, "issues": [item("A-1")]},
            {"page": {"size": 1, "totalElements": 2, "totalPages": 2, "number": 0}, "issues": [item("A-1")]},
            {"_links": {"prev": "x", "next": None}, "issues": [item("A-1")]},
            [{"startAt": 1, "issues": [item("A-1")]}, {"startAt": 2, "issues": [item("A-2")]}],
        ],
    )
    def test_pages_that_lack_one_are_refused(self, collect, document):
        """Half of the defects is a better number than all of them."""
        assert "is one page of several" in collect({"f.json": json.dumps(document).encode()}, PAGED)["f"].detail

    @pytest.mark.parametrize(
        "document",
        [
            {"total": 1, "issues": [item("A-1")]},
            {"total": "all", "issues": [item("A-1")]},
            {"truncated": False, "totalPages": 1, "issues": [item("A-1")]},
            [{"totalPages": 2, "issues": [item("A-1")]}, {"totalPages": 2, "issues": [item("A-2")]}],
            {"pageInfo": {"hasNextPage": False, "endCursor": "x"}, "issues": [item("A-1")]},
            {"pagination": {"next": None, "total": 1, "next_page": 0}, "issues": [item("A-1")]},
            {"fields": {"total": 9, "next": "x"}, "issues": [item("A-1")]},
            {"meta": {"view": {"next": "x"}}, "issues": [item("A-1")]},
        ],
    )
    def test_a_whole_answer_is_read(self, collect, document):
        """What stands in other objects is about other things."""
        assert collect({"f.json": json.dumps(document).encode()}, PAGED)["f"].gap is None

    def test_an_empty_list_beside_a_count_is_no_true_zero(self, collect):
        """Somebody accepted that there may be none, and the answer says that there are five."""
        tables = {"tables": {"t": {**PAGED["tables"]["t"], "control": {"min_rows": 0}}}}
        found = collect({"f.json": b'{"total": 5, "issues": []}'}, {**PAGED, **tables})

        assert "is one page of several" in found["f"].detail

    @pytest.mark.parametrize(("count", "refused"), [(1, False), (2, False), (3, True)])
    def test_a_count_beside_the_values_is_of_all_records(self, count, refused):
        """Azure DevOps writes no other word on what lacks."""
        document = {"count": count, "value": [{}, {}]}

        with pytest.raises(StructuralFault, match="one page of several") if refused else nullcontext():
            refuse_page(document, "value", 2, "f.json")

    @pytest.mark.parametrize(
        "document",
        [
            [{"issues": [item("A-1")]}, {"issues": [item("A-1")]}],
            [{"issues": [item("A-1")]}, {"errors": ["too many requests"]}],
            [{"issues": [item("A-1")]}, {"issues": None}],
            [{"issues": [item("A-1")]}, {"issues": {"key": "A-2"}}],
            [{"issues": [item("A-1")]}, item("A-2")],
            [],
        ],
    )
    def test_an_array_that_is_not_of_pages_alone_is_a_gap(self, collect, document):
        answer = collect({"f.json": json.dumps(document).encode()}, PAGED)["f"]

        assert answer.gap is not None
        assert answer.detail


@pytest.mark.parametrize(
    ("record", "path", "value"),
    [
        ({"a": {"b": 1}}, "a.b", 1),
        ({"a.b": 2, "a": {"b": 1}}, "a.b", 2),
        ({"a": {"b.c": 3}}, "a.b.c", 3),
        ({"a.b": {"c": 4}}, "a.b.c", 4),
        ({"a": None}, "a.b.c", None),
        ({"a": {"b": None}}, "a.b.c", None),
        ({"a": 1}, "a.b", ABSENT),
        ({}, "a", ABSENT),
        ({"a": {}}, "a.b.c", ABSENT),
    ],
)
def test_a_key_may_hold_dots_itself(record, path, value):
    """Azure DevOps calls a field ``System.State``, inside of ``fields``."""
    assert value_at(record, path) is value


class TestKeysOfObjects:
    """Keys that are there in two ways: as a word or as an object, and in two spellings."""

    @staticmethod
    def asked(collect, records):
        columns = {
            "id": {"header": "Id", "type": "id", "numbered": True},
            "state": {
                "header": "log.status",
                "also": ["log.status.name"],
                "type": "text",
                "allowed": "any",
                "blank": "New",
            },
        }
        made = {
            "tables": {"f": {"columns": columns, "others": "ignored", "unique": ["id"]}},
            "facts": {"open": {"unit": "runs", "count": {"where": 'state != "Done"'}}},
        }
        return collect({"f.json": json.dumps(records).encode()}, made)["open"]

    @pytest.mark.parametrize(
        ("logs", "value"),
        [
            ([{"status": "Done"}, {"status": "Failed"}, None], 2),
            ([{"status": {"name": "Done"}}, {"status": {"name": "Failed"}}, None], 2),
            ([None, None], 2),
            ([{"status": {"name": "Done"}}, {"status": None}], 1),
            ([{"status": "Done"}, {"status": {"name": "Done"}}], None),
        ],
    )
    def test_a_state_is_a_word_or_an_object_and_what_never_ran_has_none(self, collect, logs, value):
        """A run without a log hid the word of all others."""
        records = [{"Id": number, "log": log} for number, log in enumerate(logs)]

        assert self.asked(collect, records).value == value

    @pytest.mark.parametrize(("other", "read"), [(1, True), (2, False), (None, False)])
    def test_a_key_in_other_capitals_repeats_the_one_that_is_read_only_if_it_says_the_same(self, collect, other, read):
        """SharePoint writes Id and ID; two numbers for one item are something else."""
        records = [{"Id": 1, "ID": other, "log": {"status": "Failed"}}]

        assert self.asked(collect, records).value == (1 if read else None)
