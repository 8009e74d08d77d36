"""A column that bears another name now: a person says that it is the same one, and old files are read as before."""

from __future__ import annotations

from typing import Any

import pytest

COLUMNS = {
    "issue": {"header": "Issue", "type": "id"},
    "state": {"header": "State", "type": "text", "allowed": "any"},
    "updated": {"header": "Last updated", "type": "date"},
}
RENAMED = {"State": ["Status"], "Last updated": ["Updated"], "Owner": ["Responsible"]}
FACTS = {"open_issues": {"count": {"where": 'state == "Open"'}, "unit": "issues"}}
OLD = "Issue,State,Last updated,Owner\nI-1,Open,2026-11-20,x\nI-2,Closed,2026-11-21,y\n"
NEW = OLD.replace("State", "Status").replace("Last updated", "Updated").replace("Owner", "Responsible")


def settings(**more: Any) -> dict[str, Any]:
    """The settings of the log, with what a person said of it since."""
    return {"tables": {"log": {"columns": COLUMNS, "unique": ["issue"], "ignore": ["Owner"], **more}}, "facts": FACTS}


@pytest.mark.parametrize("text", [OLD, NEW, NEW.replace("Updated", "Last updated"), NEW.replace("Status", "STATUS ")])
def test_both_names_of_a_column_are_read(collect, text):
    """Last week's export and this week's give one figure each, by whatever name they call the column."""
    answer = collect({"f.csv": text.encode()}, settings(renamed=RENAMED))["open_issues"]

    assert answer.value == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (NEW.replace("Status", "Stage"), "the header lacks 'State' and has 'Stage'"),
        (OLD.replace("Owner", "Owner,Status").replace(",x", ",x,Open").replace(",y", ",y,Open"), "has 'Status', which"),
        (NEW.replace("Responsible", "Status"), "Status"),
    ],
)
def test_a_third_name_or_both_names_are_refused(collect, text, words):
    """Of two columns nobody can tell which one is meant, and a name that nobody confirmed is no column."""
    answer = collect({"f.csv": text.encode()}, settings(renamed=RENAMED))["open_issues"]

    assert answer.value is None
    assert words in answer.detail


def test_without_a_persons_word_another_name_is_refused(collect):
    """Nothing is taken for another column because it looks alike."""
    answer = collect({"f.csv": NEW.encode()}, settings())["open_issues"]

    assert answer.value is None
    differs = "the header lacks 'State', 'Last updated', 'Owner' and has 'Status', 'Updated', 'Responsible'"
    assert differs in answer.detail
