"""Sheets that hold risks, actions, issues and decisions: a fact takes its own kind, or a person is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.row_kinds import kind_column, kind_condition, kinds_asked
from gonogo.first_week.suggestions import suggest
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.ruleset.loader import LoadedRuleset


def mapped(folder: Path, heading: str, kinds: str, more: str = "") -> TableMapping:
    rows = "".join(
        f"X-{n},{kind},{('Open', 'Done')[n % 2]},{('High', 'Low')[n % 2]}{more}\n"
        for n, kind in enumerate(kinds.split("|") * 4)
    )
    (folder / "register.csv").write_text(f"ID,{heading},Status,Priority\n{rows}")
    return map_file(folder / "register.csv")


def fact(name: str, kind: FactType = FactType.INTEGER, meaning: str = "A fact.") -> FactDeclaration:
    unit = "items" if kind is FactType.INTEGER else ""
    return FactDeclaration(name=name, type=kind, unit=unit, meaning=meaning, question="What?")


@pytest.mark.parametrize(
    ("heading", "kinds", "name", "condition"),
    [
        ("Type", "Risk|Action|Issue|Decision", "raid.critical_issues_open", 'type == "Issue"'),
        ("Type", "Risks|Actions|Issues|Decisions", "raid.high_risks_open", 'type == "Risks"'),
        ("Issue Type", "Bug|Story|Task", "defects.high_open", 'issue_type == "Bug"'),
        ("Work Item Type", "Bug|Defect|User Story", "defects.high_open", 'work_item_type in ["Bug", "Defect"]'),
        ("Work Item Type", "Test Case|Shared Steps", "uat.pass_ratio", 'work_item_type == "Test Case"'),
        ("RAID", "R|A|I|D", "raid.critical_issues_open", 'raid == "FILL IN"'),
        ("Type", "Risk|Action|Decision", "raid.critical_issues_open", 'type == "FILL IN"'),
        ("Type", "Inbound|Outbound", "interfaces.critical_open", ""),
        ("Type", "Issue", "raid.critical_issues_open", ""),
        ("Colour", "Risk|Issue", "raid.critical_issues_open", 'colour == "Issue"'),
        ("Colour", "Risk|Issue|Green", "raid.critical_issues_open", ""),
        ("Type", "Risk|Issue|Green|Blue", "raid.critical_issues_open", 'type == "Issue"'),
        ("Type", "Risk|Yellow|Green|Blue", "raid.critical_issues_open", ""),
    ],
)
def test_a_fact_takes_its_own_kind_of_rows(tmp_path: Path, heading: str, kinds: str, name: str, condition: str) -> None:
    """A decision that counts as an issue is a number that looks right."""
    found = kind_condition(fact(name), kind_column(mapped(tmp_path, heading, kinds)))

    assert found.condition == condition
    assert ("which of these kinds" in found.ask) is ("FILL IN" in condition)


@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        (FactType.INTEGER, '{count: {where: \'type == "Bug" and status == "Done"\'}, unit: items}'),
        (FactType.RATIO, "{share: {among: 'type == \"Bug\"', where: 'status == \"Done\"'}}"),
        (FactType.BOOLEAN, "{all: {among: 'type == \"Bug\"', where: 'status == \"Done\"'}}"),
    ],
)
def test_a_share_is_one_of_its_own_kind(tmp_path: Path, kind: FactType, measure: str) -> None:
    """The whole of a share is as wrong as its part where it counts other things."""
    mapping = mapped(tmp_path, "Type", "Bug|Story|Task|Epic|Spike")

    (found,) = suggest(mapping, Vocabulary(facts=(fact("defects.status_done", kind),)))

    assert found.measure == measure


def test_a_sum_is_one_of_its_own_kind(tmp_path: Path) -> None:
    """The cost of all risks is no cost of change requests."""
    rows = "".join(f"X-{n},{('Risk', 'Change Request')[n % 2]},{n}.50\n" for n in range(8))
    (tmp_path / "cost.csv").write_text(f"ID,Type,Cost\n{rows}")
    asked = FactDeclaration(name="cr.cost", type=FactType.MONEY, unit="USD", meaning="Cost of changes.", question="?")

    (found,) = suggest(map_file(tmp_path / "cost.csv"), Vocabulary(facts=(asked,)))

    assert found.measure == "{sum: {of: cost, where: 'type == \"Change Request\"'}, unit: USD}"


def test_every_draft_over_a_sheet_of_several_kinds_names_the_kind(tmp_path: Path, rules: LoadedRuleset) -> None:
    """One draft without it is the one that somebody pastes."""
    found = suggest(mapped(tmp_path, "Type", "Risk|Action|Issue|Decision|Lesson"), rules.vocabulary)

    assert found
    assert [one.measure for one in found if "type" not in one.measure] == []


@pytest.mark.parametrize(
    ("name", "meaning", "kinds"),
    [
        ("raid.critical_issues_open", "Open issues.", {"issue"}),
        ("raid.open_items", "Open risks and issues in the log; decisions are not.", {"risk", "issue"}),
        ("raid.complete_ratio", "Open items that name an owner.", set()),
        ("defects.critical_open", "Open ones.", {"defect"}),
        ("uat.pass_ratio", "Planned ones that passed.", {"case"}),
        ("rtm.approved_ratio", "Approved ones.", {"requirement"}),
        ("cutover.done_ratio", "Steps that are done.", set()),
    ],
)
def test_what_a_fact_counts_is_in_its_name_else_in_its_meaning(name: str, meaning: str, kinds: set[str]) -> None:
    """What stands behind *that* or *without* is something else."""
    assert kinds_asked(fact(name, meaning=meaning)) == kinds


def test_a_register_of_three_rows_has_words_too(tmp_path: Path) -> None:
    """At the beginning of a program each kind and each state stands there once."""
    (tmp_path / "raid.csv").write_text("ID,Type,Status\nR-1,Risk,Open\nI-1,Issue,Closed\nA-1,Action,In Progress\n")

    columns = map_file(tmp_path / "raid.csv").read

    assert columns["type"].values == ("Action", "Issue", "Risk")
    assert columns["status"].values == ("Closed", "In Progress", "Open")


def test_a_column_of_kinds_that_cannot_be_read_yet_is_named(tmp_path: Path) -> None:
    """A stray blank takes the column out of the settings, and decisions would count as issues."""
    mapping = mapped(tmp_path, "Type", "Risk|Issue|Issue |Decision")

    found = kind_condition(fact("raid.critical_issues_open"), kind_column(mapping))

    assert "type" not in mapping.read
    assert (found.condition, found.ask) == (
        "FILL IN",
        "Type says what kind of thing each row is, and is ignored until its cells are fixed",
    )


def test_more_kinds_than_a_list_holds_are_kinds_too(tmp_path: Path) -> None:
    """A Jira with an add-on for tests has fourteen."""
    kinds = (
        "Bug|Story|Task|Epic|Sub-task|Test|Test Set|Test Plan|Test Execution|Precondition|Improvement|Spike|Incident"
    )
    column = kind_column(mapped(tmp_path, "Issue Type", kinds))

    assert kind_condition(fact("defects.high_open"), column).condition == 'issue_type == "Bug"'
    assert kind_condition(fact("cutover.open_ones"), column).ask == (
        "Issue Type holds Bug, Epic, Improvement, Incident, Precondition, Spike, Story, Sub-task, Task, Test, Test "
        "Execution, Test Plan and 1 more: which of these kinds does the fact count?"
    )
