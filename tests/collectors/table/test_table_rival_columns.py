"""A priority and a severity beside it: a person says which counts, and until then nothing that needs it does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.promised_facts import plan
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import SettingsRefusal

CRITICAL = {"count": {"where": 'p == "High"'}, "unit": "defects"}
ALL = {"count": {"where": 's == "Open"'}, "unit": "defects"}
PRIORITY = {"header": "Priority", "type": "text", "allowed": ["High", "Low"], "rivals": ["*severity*", "Gravité"]}


def settings(column: dict[str, Any], fact: dict[str, Any], **more: Any) -> dict[str, Any]:
    columns = {
        "k": {"header": "Key", "type": "id"},
        "p": column,
        "s": {"header": "Status", "type": "text", "allowed": "any"},
    }
    table = {"unique": ["k"], "others": "ignored", "columns": columns, **more}
    return {"tables": {"t": table}, "facts": {"f": fact}}


def ask(collect: Any, *rows: str, head: str = "Severity", fact: Any = CRITICAL, column: Any = None, **more: Any) -> Any:
    data = {"f.csv": "\n".join((f"Key,Priority,Status,{head}", *rows, "")).encode()}
    return collect(data, settings(PRIORITY | (column or {}), fact, **more))["f"]


@pytest.mark.parametrize("letter", ["", "é"])
@pytest.mark.parametrize("head", ["Severity", "custom field (SEVERITY)", "Gravité"])
def test_a_second_scale_that_nobody_has_settled_is_a_gap(collect, head, letter):
    """An open bug that is critical by its severity counted as low by its priority. Small and in the database."""
    answer = ask(collect, f"D-1,Low,Open{letter},Critical", "D-2,Low,Open,Low", head=head)

    assert answer.gap is GapReason.AMBIGUOUS_ROWS
    assert f"the columns 'Priority' and {head!r} may say the same in other words" in answer.told


@pytest.mark.parametrize(
    ("head", "cell"), [("Severity", ""), ("Severity", " "), ("Severely", "Critical"), ("My Gravité", "Critical")]
)
def test_a_column_that_says_nothing_or_is_another_one_stops_nothing(collect, head, cell):
    """Tools export each field that there is, used or not."""
    assert ask(collect, f"D-1,High,Open,{cell}", head=head).value == 1


def test_facts_that_do_not_read_the_column_are_answered(collect):
    """How many are open does not depend on how grave they are."""
    assert ask(collect, "D-1,Low,Open,Critical", fact=ALL).value == 1


def test_the_other_one_counts_where_the_binding_names_it(collect):
    """Its own words are then those that are allowed."""
    own = {"header": "Severity", "allowed": ["Critical", "High"]}

    assert ask(collect, "D-1,Low,Open,High", "D-2,High,Open,Critical", column=own).value == 1


def test_the_first_one_counts_where_the_binding_says_why(collect):
    """With a reason, which the report repeats."""
    assert ask(collect, "D-1,Low,Open,Critical", not_rival={"Severity": "nobody keeps it"}).value == 0


def test_keys_of_records_are_looked_at_as_headings_are(collect):
    """JSON has the same two fields."""
    record = {
        "Key": "D-1",
        "Priority": "Low",
        "Status": "Open",
        "fields": {"severity": "Critical"},
        "severity": "Critical",
    }
    answer = collect({"f.json": json.dumps([record]).encode()}, settings(PRIORITY, CRITICAL))["f"]

    assert answer.gap is GapReason.AMBIGUOUS_ROWS


def test_a_reason_says_something():
    """TBD is none."""
    wrong = settings(PRIORITY, CRITICAL, not_rival={"Severity": "TBD"})

    with pytest.raises(SettingsRefusal, match="is not a reason"):
        plan(TableSettings.model_validate(wrong, strict=False))
