"""Drafts of tables: the right facts by the right words, and what is not known counts as the worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gonogo.collectors.table.settings import Table
from gonogo.first_week.drafts.draft_terms import owners_of, required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.fact_groups import kinds_in, ranked_groups
from gonogo.first_week.drafts.setting_lines import setting_lines
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset


@pytest.fixture(scope="module")
def hardened() -> LoadedRuleset:
    """The stricter ruleset, which has facts that gonogo computes."""
    return load_ruleset("m3-hardened@0.1.0-experimental")


def draft(folder: Path, rules: LoadedRuleset, name: str, text: str, group: str = "") -> TableDraft:
    """Draft a table of that name."""
    (folder / name).write_text(text, encoding="utf-8")
    mapping = map_file(folder / name)
    required = required_of(rules.ruleset, rules.vocabulary)
    found = ranked_groups(name, [*mapping.grid.headings, *kinds_in(mapping)], rules.vocabulary, required)
    return draft_table(mapping, group or (found[0][0] if found else ""), rules.vocabulary, required)


def facts(found: TableDraft) -> dict[str, Any]:
    """The facts of its settings."""
    drafted: dict[str, Any] = settings_of(found)["facts"]
    return drafted


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("Interface Tracker.csv", "ID,E2E test,ICD status\nI1,Passed,Draft\nI2,Failed,Approved\n", {
            "interfaces.e2e_passed_ratio": {"share": {"where": 'e2e_test == "Passed"'}},
            "interfaces.icd_approved_ratio": {"share": {"where": 'icd_status == "Approved"'}},
        }),
        ("interfaces.csv", "Interface,control_document,end_to_end\nI1,Approved,Passed\nI2,Draft,Failed\n", {
            "interfaces.e2e_passed_ratio": {"share": {"where": 'end_to_end == "Passed"'}},
            "interfaces.icd_approved_ratio": {"share": {"where": 'control_document == "Approved"'}},
        }),
        ("interfaces.csv", "Interface,Open problem\nI1,None\nI2,Minor\n", {
            "interfaces.critical_open": {
                "count": {"where": 'not (open_problem in ["None", "Minor"])'}, "unit": "interfaces"
            },
        }),
        ("SLA catalogue.csv", "Service,Customer signed,Provider signed\nA,Yes,No\nB,Yes,Yes\n", {
            "sla.signed_ratio": {"share": {"where": 'customer_signed == "Yes" and provider_signed == "Yes"'}},
        }),
        ("Change Requests.csv", "CR #,Decision\nC1,Approved\nC2,Submitted\nC3,TBD\n", {
            "cr.undecided": {"count": {"where": 'not (decision == "Approved")'}, "unit": "requests"},
        }),
        ("report validation.csv", "Report,Critical?,Validated\nR1,Y,Yes\nR2,N,No\nR3,N,Yes\n", {
            "reports.critical_validated_ratio": {
                "share": {"among": 'not (critical == "N")', "where": 'validated == "Yes"'}
            },
            "reports.noncritical_validated_ratio": {
                "share": {"among": 'not (critical == "Y")', "where": 'validated == "Yes"'}
            },
        }),
        ("Provider staffing.csv", "Team,Needed,On board\nA,3,2\nB,4,4\n", {
            "provider_staff.onboard_ratio": {
                "sql": "SELECT sum(on_board) AS part, sum(needed) AS whole FROM provider_staffing",
                "type": "ratio",
                "inputs": ["provider_staffing"],
            },
        }),
        ("Jira.csv", "Issue key,Issue Type,Severity,Status\nA-1,Bug,Critical,Open\nA-2,Story,High,Done\n", {
            "defects.critical_open": {
                "count": {
                    "where": 'not (issue_type == "Story") and not (severity == "High") and not (status == "Done")'
                },
                "unit": "defects",
            },
            "defects.high_without_workaround": {
                "count": {
                    "where": 'not (issue_type == "Story") and not (severity == "Critical") and not (status == "Done")'
                },
                "unit": "defects",
            },
        }),
    ],
)  # fmt: skip
def test_ordinary_registers_are_drafted_whole(
    tmp_path: Path, rules: LoadedRuleset, name: str, text: str, wanted: dict[str, Any]
) -> None:
    """What an office keeps anyway becomes facts without a line of YAML."""
    assert facts(draft(tmp_path, rules, name, text)) == wanted


def test_a_word_that_nobody_knows_counts_as_the_worse_and_is_asked_about(tmp_path: Path, rules: LoadedRuleset) -> None:
    """`Passed with comment` is no pass, and `Parked` is an open request, until a person has said otherwise."""
    cases = draft(tmp_path, rules, "UAT.csv", "Case,Result\n1,Pass\n2,Passed with comment\n3,Fail\n", "uat")
    requests = draft(tmp_path, rules, "CR.csv", "CR,Decision\n1,Approved\n2,Parked\n3,Rejected\n", "cr")

    assert facts(cases)["uat.executed_ratio"] == {"share": {"where": 'result in ["Pass", "Fail"]'}}
    assert facts(requests)["cr.undecided"]["count"] == {"where": 'not (decision in ["Approved", "Rejected"])'}
    assert [word for _, word in cases.unknown_words()] == ["Passed with comment"]
    assert [word for _, word in requests.unknown_words()] == ["Parked"]


def test_only_the_columns_that_something_needs_are_read(tmp_path: Path, rules: LoadedRuleset) -> None:
    """A spoilt date in a column that no fact looks at stops nothing, and no name of a person is read."""
    text = "Interface ID,Owner,E2E test,Last call\nI1,Ada Kirsch,Passed,soon\nI2,Ian Ott,Failed,1/2/2027\n"

    (table,) = settings_of(draft(tmp_path, rules, "interfaces.csv", text))["tables"].values()

    assert list(table["columns"]) == ["interface_id", "e2e_test"]
    assert table["ignore"] == ["Owner", "Last call"]
    Table.model_validate_json(json.dumps(table))


def test_a_table_of_nothing_that_the_rules_ask_answers_nothing(tmp_path: Path, rules: LoadedRuleset) -> None:
    """A potluck list is drafted for no fact, so that its owner is asked what it is."""
    found = draft(tmp_path, rules, "potluck.csv", "Dish,Brings\nPie,Ada\nSalad,Ian\n")

    assert (found.group, found.used) == ("", [])


@pytest.mark.parametrize(
    ("word", "heading", "means"),
    [
        ("Highest", "Priority", Meaning.CRITICAL),
        ("2 - High", "Severity", Meaning.HIGH),
        ("Low", "Severity", Meaning.LOWER),
        ("None", "Severity", Meaning.NONE),
        ("Y", "Approved?", Meaning.YES),
        ("Signed off", "Status", Meaning.APPROVED),
        ("No Run", "Status", Meaning.OPEN),
        ("Cancelled", "State", Meaning.ENDED),
        ("Passed with comment", "Result", None),
    ],
)
def test_words_mean_what_stated_lists_say_and_nothing_else(word: str, heading: str, means: Meaning | None) -> None:
    """A guess about one word changes a count."""
    assert meaning_of(word, heading) is means


def test_settings_are_read_back_as_they_were_written(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Quotes, hashes and colons of a heading or word stay what they are."""
    from gonogo.first_week.adding.drafted_binding import program_of_lines

    text = 'Interface ID,"E2E: ""test"" #1"\nI1,Passed\nI2,"no: ""run"" # yet"\n'
    settings = settings_of(draft(tmp_path, rules, "interfaces.csv", text))
    head = ["  - id: x", "    collector: table", "    path: x.csv", "    side: customer", "    producer: P"]

    program = program_of_lines([*head, "    settings:", *setting_lines(settings)])

    assert program.bindings[0].settings == settings


def test_the_owner_of_a_group_is_the_seat_of_most_criteria_that_read_it(rules: LoadedRuleset) -> None:
    """Questions about defects go to who answers for them."""
    assert owners_of(rules.ruleset)["defects"] == "provider.technical_lead"


def test_what_gonogo_computes_is_asked_of_no_column(tmp_path: Path, hardened: LoadedRuleset) -> None:
    """How many open reports nobody accepted is counted from the record; a column that says so would replace it."""
    text = "Report,Validated,Open unaccepted,Open exposure\nR1,Yes,No,No\nR2,No,Yes,Yes\n"
    found = draft(tmp_path, hardened, "reports.csv", text, "reports")
    drafted = {each.fact.name for each in found.facts}
    computed = {name for name in hardened.vocabulary.names() if hardened.vocabulary.computed(name)}

    assert drafted
    assert len({name for name in computed if name.startswith("reports.")}) >= 2
    assert not computed & drafted
    assert not computed & required_of(hardened.ruleset, hardened.vocabulary)


@pytest.mark.parametrize(
    ("columns", "grades", "counts"),
    [
        ("Priority,Severity", ["Low,Alpha", "High,Beta", "High,Gamma", "Low,Delta"], 'not (status == "Done")'),
        ("Priority,Severity", ["Low,Critical", "High,Low"], 'not (severity == "Low") and not (status == "Done")'),
        ("Severity,Tester severity", ["Low,Critical", "High,Low"], None),
        ("Priority,Severity of the tester", ["Low,see her long note of what the tester found here", "High,Low"], None),
    ],
)
def test_severity_says_how_grave_a_row_is_and_no_priority_beside_it(
    tmp_path: Path, rules: LoadedRuleset, columns: str, grades: list[str], counts: str | None
) -> None:
    """Where its words are unknown every open row counts; where only a person can choose it, nothing is drafted."""
    rows = [f"B-{n},{grade},{'Done' if n else 'Open'}\n" for n, grade in enumerate(grades)]
    text = f"Bug,{columns},Status\n{''.join(rows)}"
    drafted = facts(draft(tmp_path, rules, "defects.csv", text, "defects"))

    assert drafted.get("defects.critical_open", {}).get("count", {}).get("where") == counts


def test_a_state_in_another_language_is_asked_word_by_word(tmp_path: Path, rules: LoadedRuleset) -> None:
    """None of the words of a German status was in a list, so nobody could say what they mean."""
    text = "Nr,Status\n1,Umgesetzt\n2,In Freigabe\n3,Zurückgestellt\n4,Eingereicht\n"
    found = draft(tmp_path, rules, "crs.csv", text, "cr")

    assert [*found.states["status"].words] == ["Umgesetzt", "In Freigabe", "Zurückgestellt", "Eingereicht"]
