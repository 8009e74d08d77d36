"""A column that speaks against a draft which does not read it is asked about, where it changes the count."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.first_week.drafts.draft_terms import required_of
from gonogo.first_week.drafts.table_draft import FactDraft, draft_table
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset

BASE = {
    "rtm.approved_ratio": ("Requirement ID,Status", ("Approved", "Proposed")),
    "sop.approved_ratio": ("SOP,Approved", ("Yes", "No")),
    "process.documented_ratio": ("Process,Documented,Approved", ("Yes,Yes", "No,No")),
    "provider_staff.onboard_ratio": ("Position,Needed,Onboard", ("Yes,Yes", "Yes,No")),
    "contracts.covering_ratio": (
        "Contract,Required end date,End date",
        ("2027-09-30,2027-10-30", "2027-09-30,2027-08-30"),
    ),
    "interfaces.e2e_passed_ratio": ("Interface ID,E2E test result", ("Passed", "Failed")),
    "cutover_comms.reached_ratio": ("Group,Told,Acknowledged", ("Yes,Yes", "No,No")),
    "mapping.approved_ratio": ("Old code,Map approved", ("Yes", "No")),
    "interfaces.critical_open": ("Interface ID,Critical problem", ("Yes", "No")),
    "cr.undecided": ("CR ID,Status", ("Submitted", "Approved")),
    "mock.cycles_completed": ("Cycle ID,Status", ("Completed", "Aborted")),
    "config.items_complete_ratio": ("CI,Built,Tested", ("Yes,Yes", "Yes,No")),
}
"""Facts, the columns that answer them, and what stands there of a row that counts, and of one that does not."""


def drafted(folder: Path, rules: LoadedRuleset, fact: str, heading: str, words: tuple[str, str]) -> FactDraft:
    """The draft of a fact beside one more column, with its word of the row that counts and of the one that does not."""
    headings, cells = BASE[fact]
    rows = "".join(f"K-{number},{cells[number % 2]},{words[number % 2]}\n" for number in range(4))
    (folder / "t.csv").write_text(f"{headings},{heading}\n{rows}", encoding="utf-8")
    required = required_of(rules.ruleset, rules.vocabulary)
    draft = draft_table(map_file(folder / "t.csv"), fact.partition(".")[0], rules.vocabulary, required)
    (found,) = [each for each in draft.facts if each.fact.name == fact]
    return found


AGAINST = [
    ("rtm.approved_ratio", "Scope", ("Out", "In")),
    ("rtm.approved_ratio", "In/Out of scope", ("Out", "In")),
    ("mapping.approved_ratio", "Scope", ("Out", "In")),
    ("sop.approved_ratio", "Withdrawn", ("Yes", "No")),
    ("sop.approved_ratio", "Needs reapproval", ("Yes", "No")),
    ("process.documented_ratio", "State", ("Withdrawn", "Current")),
    ("provider_staff.onboard_ratio", "Employment status", ("Resigned", "Active")),
    ("provider_staff.onboard_ratio", "Status", ("Left", "Onboard")),
    ("contracts.covering_ratio", "Status", ("Terminated", "Awarded")),
    ("contracts.covering_ratio", "State", ("Pending award", "Awarded")),
    ("interfaces.e2e_passed_ratio", "E2E retest result", ("Failed", "Passed")),
    ("cutover_comms.reached_ratio", "Acknowledgement withdrawn", ("Yes", "No")),
    ("mock.cycles_completed", "Signed off", ("No", "Yes")),
    ("mock.cycles_completed", "Retest needed", ("Yes", "No")),
    ("config.items_complete_ratio", "Rework required", ("Yes", "No")),
    ("config.items_complete_ratio", "Verified", ("No", "Yes")),
]


@pytest.mark.parametrize(("fact", "heading", "words"), AGAINST)
def test_a_word_against_a_row_that_counts_makes_the_draft_a_question(
    tmp_path: Path, rules: LoadedRuleset, fact: str, heading: str, words: tuple[str, str]
) -> None:
    """Three contracts covered the go-live, and one of them was terminated."""
    found = drafted(tmp_path, rules, fact, heading, words)

    assert not found.use
    assert found.ask.startswith(f"{heading} also says {words[0]} of rows that would count")


@pytest.mark.parametrize(("fact", "heading", "words"), AGAINST)
def test_a_word_that_changes_no_count_asks_nothing(
    tmp_path: Path, rules: LoadedRuleset, fact: str, heading: str, words: tuple[str, str]
) -> None:
    """The same word of a row that does not count anyway takes nobody's time."""
    assert drafted(tmp_path, rules, fact, heading, (words[1], words[0])).use


def test_of_what_stands_against_go_live_the_rows_left_out_are_looked_at(tmp_path: Path, rules: LoadedRuleset) -> None:
    """A request whose status is approved and whose decision is pending may be undecided."""
    asked = drafted(tmp_path, rules, "cr.undecided", "Decision", ("Approved", "Pending"))
    silent = drafted(tmp_path, rules, "cr.undecided", "Decision", ("Pending", "Approved"))

    assert (asked.use, asked.ask.startswith("Decision also says Pending of rows that would not count")) == (False, True)
    assert silent.use


@pytest.mark.parametrize(("words", "use"), [(("", "Ada"), False), (("Ada", ""), True)])
def test_a_cycle_that_nobody_accepted_is_asked_about(
    tmp_path: Path, rules: LoadedRuleset, words: tuple[str, str], use: bool
) -> None:
    """It is completed by its state, and nobody stands for it."""
    found = drafted(tmp_path, rules, "mock.cycles_completed", "Accepted by", words)

    assert found.use is use
    assert ("Accepted by also says" in found.ask) is not use


def test_exit_criteria_that_no_fact_reads_are_asked_about(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Nothing says which cycle was the last, so that nobody would have looked at them."""
    (tmp_path / "mock.csv").write_text(
        "Mock,Status,Exit criteria met\nM,Completed,No\nN,Aborted,No\n", encoding="utf-8"
    )
    draft = draft_table(
        map_file(tmp_path / "mock.csv"), "mock", rules.vocabulary, required_of(rules.ruleset, rules.vocabulary)
    )

    (found,) = [each for each in draft.facts if each.fact.name == "mock.cycles_completed"]
    assert not found.use
    assert found.ask.startswith("Exit criteria met also says No of rows that would count")


def test_what_another_fact_of_the_draft_reads_asks_nothing(tmp_path: Path, rules: LoadedRuleset) -> None:
    """The exit criteria of the last mock conversion are a fact of their own; the first two ran all the same."""
    rows = ["Mock 1,2026-07-06,Completed,No", "Mock 2,2026-08-24,Completed,No", "Mock 3,2026-10-05,Completed,Yes"]
    (tmp_path / "mock.csv").write_text("\n".join(["Cycle,End,Status,Exit criteria met?", *rows, ""]), encoding="utf-8")
    draft = draft_table(
        map_file(tmp_path / "mock.csv"), "mock", rules.vocabulary, required_of(rules.ruleset, rules.vocabulary)
    )

    assert sorted(each.fact.name for each in draft.used) == ["mock.cycles_completed", "mock.last_exit_met"]


@pytest.mark.parametrize(
    ("fact", "heading"),
    [
        ("mock.cycles_completed", "Invoice accepted"),
        ("mock.cycles_completed", "Retest"),
        ("sop.approved_ratio", "Printing status"),
        ("interfaces.e2e_passed_ratio", "ICD status"),
        ("interfaces.critical_open", "Status"),
    ],
)
def test_a_column_about_something_else_asks_nothing(
    tmp_path: Path, rules: LoadedRuleset, fact: str, heading: str
) -> None:
    """A state of another thing says nothing of this one."""
    assert drafted(tmp_path, rules, fact, heading, ("Rejected", "Open")).use


def test_what_takes_back_a_settled_trouble_asks_nothing(tmp_path: Path, rules: LoadedRuleset) -> None:
    """A request that was decided and then withdrawn is not undecided; it made nothing better."""
    assert drafted(tmp_path, rules, "cr.undecided", "Withdrawn", ("No", "Yes")).use
    assert drafted(tmp_path, rules, "cr.undecided", "Decision", ("Approved", "Cancelled")).use


@pytest.mark.parametrize(("heading", "words"), [("Invoice accepted", ("No", "Yes")), ("Retest", ("Yes", "No"))])
def test_what_was_accepted_elsewhere_asks_nothing(
    tmp_path: Path, rules: LoadedRuleset, heading: str, words: tuple[str, str]
) -> None:
    """An invoice that nobody accepted says nothing of a cycle, and a retest that was made is not one that is due."""
    assert drafted(tmp_path, rules, "mock.cycles_completed", heading, words).use


def test_a_person_in_such_a_column_is_not_named(tmp_path: Path, rules: LoadedRuleset) -> None:
    """The question goes around by mail."""
    found = drafted(tmp_path, rules, "mock.cycles_completed", "Accepted by", ("", "Ada Kirsch"))
    assert found.ask.startswith("Accepted by also says ")
    assert "Kirsch" not in found.ask


@pytest.mark.parametrize(("ends", "use"), [("2027-09-29", True), ("2027-09-30", False), ("2027-10-01", False)])
def test_a_row_that_ends_in_time_is_looked_at(tmp_path: Path, rules: LoadedRuleset, ends: str, use: bool) -> None:
    """The day before the one through which it is needed, that day, and the day after."""
    rows = [f"C-1,2027-09-30,{ends},Terminated", "C-2,2027-09-30,2027-10-30,Awarded", "C-3,2027-09-30,,Terminated"]
    text = "\n".join(["Contract,Required end date,End date,Status", *rows, ""])
    (tmp_path / "contracts.csv").write_text(text, encoding="utf-8")
    required = required_of(rules.ruleset, rules.vocabulary)
    draft = draft_table(map_file(tmp_path / "contracts.csv"), "contracts", rules.vocabulary, required)

    (found,) = [each for each in draft.facts if each.fact.name == "contracts.covering_ratio"]
    assert found.use is use


def test_a_column_of_many_words_is_no_state(tmp_path: Path, rules: LoadedRuleset) -> None:
    """What is different in each of many rows says nothing that a person could explain."""
    rows = [f"S-{n},Yes,{'Withdrawn' if n == 0 else f'W{n}'}" for n in range(30)]
    text = "\n".join(["SOP,Approved,Status", *rows, "S-30,No,W30", ""])
    (tmp_path / "sop.csv").write_text(text, encoding="utf-8")
    required = required_of(rules.ruleset, rules.vocabulary)
    draft = draft_table(map_file(tmp_path / "sop.csv"), "sop", rules.vocabulary, required)

    (found,) = [each for each in draft.facts if each.fact.name == "sop.approved_ratio"]
    assert "also says" not in found.ask
