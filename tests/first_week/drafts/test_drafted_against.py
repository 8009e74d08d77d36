"""What stands against go-live: nothing that is unknown, ended or graver drops out of a count because of a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.drafts.draft_terms import required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.testing import SAMPLE_NOW, answers_of, job_of


def drafted(folder: Path, rules: LoadedRuleset, name: str, text: str, group: str) -> TableDraft:
    """The draft of a table for a group."""
    (folder / name).write_text(text, encoding="utf-8")
    return draft_table(map_file(folder / name), group, rules.vocabulary, required_of(rules.ruleset, rules.vocabulary))


def asks(draft: TableDraft, fact: str) -> str:
    """What is asked instead of drafting a fact; the test fails where it is drafted."""
    (found,) = [each for each in draft.facts if each.fact.name == fact]
    assert not found.use
    return found.ask


@pytest.mark.parametrize(
    ("fact", "text", "true"),
    [
        (
            "interfaces.critical_open",
            "Interface ID,ICD Status,Open critical problem\nI1,Approved,Yes\nI2,Approved,No\nI3,Draft,Yes\n",
            2,
        ),
        (
            "interfaces.critical_open",
            "Interface ID,Status,Critical problem\nI1,Done,Yes\nI2,Open,No\nI3,Done,Yes\n",
            2,
        ),
        ("mapping.unmapped_codes", "Old code,Map status\n1,Rejected\n2,Approved\n3,Cancelled\n4,Failed\n5,None\n", 4),
        (
            "raid.high_risks_unmitigated",
            "Risk ID,Rating,Status\n1,Critical,Open\n2,Very High,Open\n3,Extreme,Open\n4,High,Open\n5,High,Closed\n"
            "6,Red hot,Open\n7,Medium,Open\n",
            5,
        ),
        (
            "defects.high_without_workaround",
            "Key,Severity,Status,Workaround\n1,High,Open,none\n2,High,Open,TBD\n3,High,Open,No\n4,Low,Open,no\n"
            "5,High,Open,\n6,High,Closed,\n",
            4,
        ),
        (
            "privacy.pii_transfers_unprotected",
            "Channel ID,PII,Protection,Approved by ISSO\n1,Yes,AES,Yes\n2,Yes,Locker,No\n3,Yes,mTLS,N/A\n"
            "4,No,none,N/A\n5,Yes,AES,Yes\n",
            2,
        ),
        (
            "privacy.pii_transfers_unprotected",
            "Transfer channel ID,Carries PII,Encrypted,Approved\n1,Yes,Yes,Yes\n2,Yes,Yes,No\n3,No,No,No\n",
            1,
        ),
        (
            "defects.high_without_workaround",
            "Key,Severity,Status,Workaround,Workaround approved by business\n1,High,Open,Manual,Yes\n"
            "2,High,Open,Manual,No\n3,Critical,Open,,No\n4,Low,Open,,No\n5,High,Closed,,No\n6,High,Open,,No\n",
            2,
        ),
        (
            "defects.high_without_workaround",
            "Key,Severity,Status,Workaround approved by vendor\n1,High,Open,Yes\n2,High,Open,No\n3,Low,Open,Yes\n",
            2,
        ),
        (
            "raid.high_issues_unplanned",
            "Issue ID,Priority,Status\n1,High,Open\n2,Critical,Open\n3,High,Closed\n4,Red hot,Open\n5,Low,Open\n",
            2,
        ),
        (
            "raid.critical_issues_open",
            "Issue ID,Priority,Status\n1,High,Open\n2,Critical,Open\n3,Critical,Closed\n4,Red hot,Open\n5,Low,Open\n",
            2,
        ),
        (
            "rtm.changed_without_cr",
            "Requirement ID,Changed after baseline,CR\n1,Yes,CR-1\n2,Yes,none\n3,Yes,N/A\n4,Yes,\n5,No,\n6,Yes,TBD\n",
            4,
        ),
    ],
)
def test_no_word_makes_a_count_smaller_than_the_truth(
    tmp_path: Path, rules: LoadedRuleset, fact: str, text: str, true: int
) -> None:
    """Two interfaces with a critical problem were none, because their documents were approved."""
    settings: dict[str, Any] = settings_of(drafted(tmp_path, rules, "t.csv", text, fact.partition(".")[0]))
    job = job_of({"file": ("t.csv", (tmp_path / "t.csv").read_bytes())}, as_of=SAMPLE_NOW)

    with ready():
        found = answers_of(TableCollector(), job, settings)

    assert found[fact].value == true


@pytest.mark.parametrize(
    "heading",
    ["Open Sev 1 problem?", "Open critical problem", "P1 open problem?", "Severity 1 issue open", "Critical defect?"],
)
def test_a_problem_that_comes_next_week_counts_although_the_column_says_no_today(
    tmp_path: Path, rules: LoadedRuleset, heading: str
) -> None:
    """The column was shown as the answer and no condition came of it: an approved document closed each problem."""
    text = f"Interface ID,ICD status,{heading}\nI1,Approved,No\nI2,Draft,No\nI3,Approved,No\n"
    draft = drafted(tmp_path, rules, "t.csv", text, "interfaces")
    settings: dict[str, Any] = settings_of(draft)
    later = text.replace("I3,Approved,No", "I3,Approved,Yes").encode()

    for content, value in ((text.encode(), 0), (later, 1)):
        with ready():
            job = job_of({"file": ("t.csv", content)}, as_of=SAMPLE_NOW)
            assert answers_of(TableCollector(), job, settings)["interfaces.critical_open"].value == value


@pytest.mark.parametrize("heading", ["Severity", "Sev 2 problem?", "Problem severity"])
def test_a_column_of_grades_that_holds_none_leaves_the_fact_a_question(
    tmp_path: Path, rules: LoadedRuleset, heading: str
) -> None:
    """Whatever it says next week, no condition would come of it."""
    text = f"Interface ID,Status,{heading}\nI1,Done,No\nI2,Open,No\n"

    asks(drafted(tmp_path, rules, "t.csv", text, "interfaces"), "interfaces.critical_open")


def test_how_something_else_stands_closes_no_problem(tmp_path: Path, rules: LoadedRuleset) -> None:
    """The problem of an interface is open, whether or not its control document is approved."""
    text = "Interface ID,{},Problem severity\nI1,Approved,Critical\nI2,Open,Low\n"
    other = drafted(tmp_path, rules, "other.csv", text.format("ICD status"), "interfaces")
    own = drafted(tmp_path, rules, "own.csv", text.format("Problem status"), "interfaces")

    asks(other, "interfaces.critical_open")
    assert "interfaces.critical_open" in {each.fact.name for each in own.used}


def test_a_list_of_risks_says_nothing_of_issues(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Each kind of log answers its own facts, and one of both kinds answers either."""
    rows = "Rating,Status\n1,Critical,Open\n2,High,Closed\n"
    risks = drafted(tmp_path, rules, "risks.csv", f"Risk ID,{rows}", "raid")
    both = drafted(tmp_path, rules, "risks and issues.csv", f"ID,{rows}", "raid")

    assert "each row is a risk" in asks(risks, "raid.high_issues_unplanned")
    assert "raid.high_risks_unmitigated" in {each.fact.name for each in risks.used}
    assert {"raid.high_issues_unplanned", "raid.high_risks_unmitigated"} <= {each.fact.name for each in both.used}


def test_a_table_that_names_no_transfer_of_personal_data_says_nothing_of_it(
    tmp_path: Path, rules: LoadedRuleset
) -> None:
    """A list of cleansed records was taken for the list of protected transfers."""
    fact = "privacy.pii_transfers_unprotected"
    other = drafted(
        tmp_path, rules, "cleansing.csv", "Object,Records,Status\nVendors,9,Done\nSites,9,Open\n", "privacy"
    )
    right = drafted(tmp_path, rules, "PII.csv", "Transfer,Status\nVendors,Approved\nSites,Open\n", "privacy")

    assert "no heading" in asks(other, fact)
    assert fact in {each.fact.name for each in right.used}


@pytest.mark.parametrize("more", ["", ",Approved by ISSO,Approved by CIO"])
def test_that_a_channel_carries_personal_data_does_not_say_that_it_is_unprotected(
    tmp_path: Path, rules: LoadedRuleset, more: str
) -> None:
    """Without one column of the approval nobody knows it; each channel with personal data counted as unprotected."""
    cells = ",Yes,No" if more else ""
    text = f"Channel,PII{more}\n1,Yes{cells}\n2,No{cells}\n3,Yes{cells}\n"

    asks(drafted(tmp_path, rules, "t.csv", text, "privacy"), "privacy.pii_transfers_unprotected")


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("defects.high_without_workaround", "Defect,{},State\nD1,No,Open\nD2,No,Closed\nD3,Yes,Closed\n"),
        ("raid.high_issues_unplanned", "Issue,{},Status\nI1,No,Open\nI2,No,Closed\nI3,Yes,Closed\n"),
    ],
)
def test_what_is_not_critical_may_still_be_high(tmp_path: Path, rules: LoadedRuleset, fact: str, text: str) -> None:
    """A column of yes and no under *Critical?* made every open defect lower than high, so that none was high."""
    group = fact.partition(".")[0]

    draft = drafted(tmp_path, rules, "t.csv", text.format("Critical?"), group)
    either = drafted(tmp_path, rules, "e.csv", text.format("High or critical?"), group)

    asks(draft, fact)
    assert [each.fact.name for each in draft.used if "critical" in each.fact.name]
    assert fact in [each.fact.name for each in either.used]


@pytest.mark.parametrize("fact", ["defects.critical_open", "defects.high_without_workaround"])
def test_two_columns_that_say_how_grave_a_row_is_are_asked_about(
    tmp_path: Path, rules: LoadedRuleset, fact: str
) -> None:
    """A defect of severity High that is critical by the column beside it was not counted as critical."""
    text = "Defect,Severity,Critical?,Status\nD1,High,Yes,Open\nD2,Low,No,Open\nD3,Critical,Yes,Closed\n"
    draft = drafted(tmp_path, rules, "Defects.csv", text, "defects")

    assert asks(draft, fact) == (
        "Severity and Critical? both say how grave a row is, and only a person knows which of them counts"
    )


def test_a_blank_approval_of_a_workaround_is_none(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Nobody has said whether it is approved, so the count is unknown and no smaller."""
    text = "Key,Severity,Status,Workaround approved by business\n1,High,Open,Yes\n2,High,Open,\n3,Low,Open,No\n"
    settings: dict[str, Any] = settings_of(drafted(tmp_path, rules, "t.csv", text, "defects"))

    with ready():
        found = answers_of(TableCollector(), job_of({"file": ("t.csv", text.encode())}, as_of=SAMPLE_NOW), settings)

    assert found["defects.high_without_workaround"].gap is not None
