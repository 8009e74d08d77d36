"""A word that says that a row failed is not counted among those that went well without anybody being told."""

import json

import pytest

from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.collector import TableCollector
from gonogo.plugin.spec import SettingsRefusal

FILE = b"id,result\n1,Passed\n2,Failed\n3,Failed\n4,Not run\n"


def settings(name, **measure):
    """Return settings of one fact over rows with a result."""
    columns = {
        "id": {"type": "id"},
        "result": {
            "header": "result",
            "type": "text",
            "allowed": ["Passed", "Failed", "Not run", "In progress", "Open", "Draft"],
        },
    }
    unit = {"unit": "cases"} if "count" in measure else {}
    return {"tables": {"t": {"columns": columns, "unique": ["id"]}}, "facts": {name: {**measure, **unit}}}


def declared(made):
    """Declare the facts of settings."""
    return TableCollector().declare(TableSettings.model_validate_json(json.dumps(made)))


@pytest.mark.parametrize(
    ("name", "measure", "words"),
    [
        ("e2e_passed_ratio", {"share": {"where": 'result in ["Passed", "Failed"]'}}, "counts rows whose 'result'"),
        ("passed_ratio", {"share": {"where": 'result == "Passed" or result == "Not run"'}}, "is 'Not run'"),
        ("passed_ratio", {"share": {"where": 'not (result != "Failed")'}}, "is 'Failed'"),
        ("all_passed", {"all": {"where": 'result in ["Passed", "In progress"]'}}, "is 'In progress'"),
        ("completed_ratio", {"share": {"where": 'result in ["Passed", "Not run"]'}}, "is 'Not run'"),
        ("critical_open", {"count": {"where": 'result not in ["Passed", "Open"]'}}, "leaves out rows whose 'result'"),
        ("cases_failed", {"count": {"where": 'result not in ["Passed", "Failed"]'}}, "is 'Failed'"),
        ("passed_ratio", {"share": {"where": 'result != "Not run"'}}, "is 'Failed'"),
        (
            "passed_ratio",
            {"share": {"where": 'result == "Passed"', "among": 'result != "Failed"'}},
            "asks about no rows",
        ),
        (
            "passed_ratio",
            {"share": {"where": 'result == "Passed"', "among": 'result in ["Passed", "Open"]'}},
            "asks about no rows whose 'result' is 'Failed'",
        ),
        ("failures", {"count": {"where": 'result != "Failed"'}}, "is 'Failed'"),
    ],
)
def test_a_word_that_the_name_of_the_fact_contradicts_is_refused(name, measure, words):
    """Eleven failed interfaces of 23 were 100% passed, and no report showed the condition."""
    with pytest.raises(SettingsRefusal) as refusal:
        declared(settings(name, **measure))

    assert words in str(refusal.value)
    assert "ask for the words that the name means" in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("e2e_passed_ratio", {"share": {"where": 'result == "Passed"'}}),
        ("passed_ratio", {"share": {"where": 'result not in ["Failed", "Not run", "In progress", "Open"]'}}),
        ("passed_ratio", {"share": {"where": 'result == "Passed"', "among": 'result != "Not run"'}}),
        ("executed_ratio", {"share": {"where": 'result in ["Passed", "Failed"]'}}),
        ("completed_ratio", {"share": {"where": 'result in ["Passed", "Failed"]'}}),
        ("not_passed_ratio", {"share": {"where": 'result in ["Failed", "Not run"]'}}),
        ("unpassed", {"count": {"where": 'result in ["Failed", "Not run"]'}}),
        ("critical_open", {"count": {"where": 'result in ["Open", "In progress"]'}}),
        ("critical_open", {"count": {"where": 'result not in ["Passed", "Failed"]'}}),
        ("cases_failed", {"count": {"where": 'result not in ["Passed", "Open"]'}}),
        ("ready_ratio", {"share": {"where": 'result == "Open"'}}),
        ("approved_ratio", {"share": {"where": 'result in ["Passed", "Draft"]'}}),
        ("passed", {"count": {"where": 'result in ["Passed", "Failed"]'}}),
    ],
)
def test_words_that_say_what_the_name_says_are_counted(name, measure):
    """Cases that were executed have passed or failed, and an office that is open is ready."""
    assert declared(settings(name, **measure))


def test_rows_are_asked_about_by_another_column_whatever_its_words_say():
    """Reports of the kind *Failed* may have passed their own test."""
    made = settings("passed_ratio", share={"where": 'result == "Passed"', "among": 'kind != "Failed"'})
    made["tables"]["t"]["columns"]["kind"] = {"type": "text", "allowed": ["Failed", "Paid"]}

    assert declared(made)


@pytest.mark.parametrize("rows", [0, 3000])
def test_other_words_of_what_failed_stand_with_the_figure(collect, rows):
    """A reader of the report does not see the condition."""
    data = FILE + b"".join(b"x%d,Passed\n" % number for number in range(rows))
    made = settings("covered_ratio", share={"where": 'result in ["Passed", "Failed"]'})

    where = collect({"f.csv": data}, made)["covered_ratio"].where

    assert where.endswith(" rows, counts rows with 'result' 'Failed' too")


def test_words_of_what_went_well_are_not_repeated_with_the_figure(collect):
    """Only what a reader would not expect is told."""
    passed = settings("passed_ratio", share={"where": 'result == "Passed"'})
    left = settings("left_ratio", share={"where": 'result != "Failed"'})
    failed = settings("failed", count={"where": 'result == "Failed"'})

    both = settings("executed_ratio", share={"where": 'result in ["Passed", "Failed"]'})

    for made in (passed, left, failed, both):
        assert all("counts rows with" not in found.where for found in collect({"f.csv": FILE}, made).values())
