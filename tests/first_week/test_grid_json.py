"""JSON tables as a grid: drafted without a person describing their keys, and read by the collector as drafted."""

import json

import pytest

from gonogo.errors import UsageError
from gonogo.first_week.mapping import map_file

RECORDS = [
    {"id": "D-1", "state": "Open", "severity": "High", "fields": {"due": "2027-05-01", "size": 3}, "labels": ["a"]},
    {"id": "D-2", "state": "Closed", "severity": "Low", "fields": {"due": None, "size": 5}, "labels": []},
    {"id": "D-3", "state": "Open", "severity": "High", "fields": {"due": "2027-05-02", "size": 8}, "done": True},
]


def mapped(tmp_path, document, name="t.json"):
    (tmp_path / name).write_text(document if isinstance(document, str) else json.dumps(document))
    return map_file(tmp_path / name)


@pytest.mark.parametrize(
    ("document", "records"),
    [
        (RECORDS, None),
        ({"issues": RECORDS}, "issues"),
        ({"data": {"items": RECORDS}, "page": [{"n": 1}]}, "data.items"),
        ("\ufeff" + json.dumps(RECORDS), None),
    ],
)
def test_the_longest_list_of_records_is_the_table(tmp_path, document, records):
    """Tools wrap their records, and page numbers beside them are records too."""
    mapping = mapped(tmp_path, document)

    assert mapping.grid.settings.get("records") == records
    assert mapping.grid.settings["others"] == "ignored"
    assert list(mapping.columns) == ["id", "state", "severity", "fields_due", "fields_size", "done"]
    assert mapping.key == "id"
    assert mapping.columns["fields_due"].settings == {"type": "date", "optional": True}
    assert mapping.columns["fields_size"].settings["type"] == "integer"
    assert mapping.columns["done"].settings["type"] == "boolean"


def test_places_are_records_and_keys(tmp_path):
    """B17 is no place in a JSON document."""
    mapping = mapped(tmp_path, [*RECORDS, {"id": "D-4", "fields": {"size": "many"}}])

    assert any("record 4, key fields.size" in str(note) for note in mapping.notes)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ('{"a": 1}', "without a list of records"),
        ("[]", "without a list of records"),
        ("[1, 2]", "without a list of records"),
        ('[{"a": 1}, 2]', "without a list of records"),
        ('[{"a": 1, "a": 2}]', "a key twice"),
        ('[{"a": NaN}]', "not a number"),
        ('[{"a": [1]}]', "no plain value"),
        ("[" * 70 + "]" * 70, "deeper than"),
        (json.dumps([{f"person {n}": 1 for n in range(501)}]), "more than 500 keys"),
    ],
)
def test_what_is_no_list_of_records_is_refused_in_one_sentence(tmp_path, document, says):
    with pytest.raises(UsageError, match=says):
        mapped(tmp_path, document)


def test_five_hundred_keys_are_read(tmp_path):
    assert len(mapped(tmp_path, [{f"key {n}": 1 for n in range(500)}]).grid.headings) == 500


def test_records_whose_keys_are_in_another_order_or_missing_keep_their_columns(tmp_path):
    """A value under its neighbour's heading would be a wrong figure."""
    found = mapped(tmp_path, [{"id": "1", "state": "open"}, {"state": "done", "id": "2"}, {"id": "3"}])

    assert found.grid.headings == ("id", "state")
    assert found.grid.rows == [["1", "open"], ["2", "done"], ["3", ""]]
