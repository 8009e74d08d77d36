"""A column that says how rows stand is read beside the days: what was ended, or has not begun, proves nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_terms import DraftTerms, required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.testing import SAMPLE_NOW, answers_of, job_of

PARTIES = {"customer": "BLW", "provider": "TSC"}
COVER = "contracts.covering_ratio"
CONTRACTS = "Contract,End,Needed Until,Status\nC-1,2027-04-05,2027-03-31,In force\nC-2,2027-04-05,2027-03-31,Active\n"
STAFF = "Position,Side,Required,In place,Status\nP-1,BLW,1,1,Active\nP-2,BLW,1,1,Active\n"
NOTICES = "Notice,Given on,Status\nN-1,2026-10-01,Given\nN-2,2026-10-01,Given\n"
MAPS = "Legacy Code,Approved on,Status\nA-1,2026-10-01,Approved\nA-2,2026-10-01,Approved\n"


@pytest.fixture(scope="module")
def rules() -> LoadedRuleset:
    """The ruleset with most facts."""
    return load_ruleset("m3-hardened@0.1.0-experimental")


def drafted(file: Path, rules: LoadedRuleset, text: str, group: str) -> TableDraft:
    """The draft of a table."""
    file.write_text(text, encoding="utf-8")
    required = required_of(rules.ruleset, rules.vocabulary)
    return draft_table(map_file(file), group, rules.vocabulary, required, (), PARTIES)


def share(draft: TableDraft, text: str, fact: str, go_live: datetime | None = None) -> Any:
    """Part and whole as the collector counts them."""
    settings = settings_of(draft)
    settings = {**settings, "facts": {fact: settings["facts"][fact]}}
    job = job_of({"file": ("t.csv", text.encode())}, as_of=SAMPLE_NOW, go_live=go_live)
    with ready():
        found = answers_of(TableCollector(), job, settings)[fact]
    return found.part, found.whole


@pytest.mark.parametrize(
    ("group", "fact", "text", "row"),
    [
        ("contracts", COVER, CONTRACTS, "C-3,2027-04-05,2027-03-31,{}\n"),
        ("customer_om", "customer_om.onboard_ratio", STAFF, "P-3,BLW,1,1,{}\n"),
        ("labor", "labor.notices_given_ratio", NOTICES, "N-3,2026-10-01,{}\n"),
        ("mapping", "mapping.approved_ratio", MAPS, "A-3,2026-10-01,{}\n"),
    ],
)
@pytest.mark.parametrize(
    "word", ["Terminated", "Cancelled", "Expired", "Option not exercised", "Not yet started", "Zzyzx", "Resigned"]
)
def test_a_row_that_does_not_stand_counts_for_nothing(
    tmp_path: Path, rules: LoadedRuleset, group: str, fact: str, text: str, row: str, word: str
) -> None:
    """Each row stood when the table was bound; the word came with the file of the next month."""
    draft = drafted(tmp_path / "t.csv", rules, text, group)
    stands = text.rstrip().rpartition(",")[2]

    assert share(draft, text, fact) == (2, 2)
    assert share(draft, text + row.format(word), fact) == (2, 3)
    assert share(draft, text + row.format(stands), fact) == (3, 3)


def test_a_contract_that_is_over_covers_nothing(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Completed is good news of a training, and of a contract its end."""
    text = CONTRACTS + "C-3,2027-04-05,2027-03-31,Completed\nC-4,2027-04-05,2027-03-31,Closed\n"

    assert share(drafted(tmp_path / "t.csv", rules, text, "contracts"), text, COVER) == (2, 4)


@pytest.mark.parametrize(("days", "covers"), [(-1, 1), (0, 1), (1, 0)])
def test_a_contract_that_starts_after_go_live_covers_nothing(
    tmp_path: Path, rules: LoadedRuleset, days: int, covers: int
) -> None:
    """Between go-live and its start nobody is bound to help."""
    go_live = SAMPLE_NOW + timedelta(days=14)
    start, end = go_live + timedelta(days=days), go_live + timedelta(days=90)
    text = f"Contract,Start,End,Needed Until\nC-1,{start:%Y-%m-%d},{end:%Y-%m-%d},{end:%Y-%m-%d}\n"

    assert share(drafted(tmp_path / "t.csv", rules, text, "contracts"), text, COVER, go_live) == (covers, 1)


def test_a_word_that_no_list_knows_is_asked_about_and_counts_as_the_worse(tmp_path: Path, rules: LoadedRuleset) -> None:
    """*Nobody has said what it means* is true of a column that is read, and of no other."""
    text = CONTRACTS.replace("Active", "Bridged")
    draft = drafted(tmp_path / "t.csv", rules, text, "contracts")

    assert [(state.heading, word) for state, word in draft.unknown_words()] == [("Status", "Bridged")]
    assert share(draft, text, COVER) == (1, 2)


def test_a_column_that_another_fact_reads_takes_nothing_from_this_one(tmp_path: Path, rules: LoadedRuleset) -> None:
    """An interface whose test failed has an approved control document all the same."""
    text = "Interface ID,ICD approved,End-to-end test status\nI-1,Yes,Passed\nI-2,Yes,Failed\n"
    draft = drafted(tmp_path / "t.csv", rules, text, "interfaces")

    assert share(draft, text, "interfaces.icd_approved_ratio") == (2, 2)


def test_what_a_person_says_of_a_word_counts(tmp_path: Path, rules: LoadedRuleset) -> None:
    """The column can be explained like any other, and an answer by other columns reads it too."""
    text = CONTRACTS.replace("Active", "Bridged")
    draft = drafted(tmp_path / "t.csv", rules, text, "contracts")
    required = required_of(rules.ruleset, rules.vocabulary)
    terms = DraftTerms(rules.vocabulary, required, {}, (), SAMPLE_NOW, makers=PARTIES)
    rows = [
        AnsweredRow("word", "In force", "Status", "done", "", "row 8"),
        AnsweredRow("word", "Bridged", "Status", "done", "", "row 9"),
        AnsweredRow("fact", COVER, "", "Needed Until", "End", "row 7"),
    ]

    found = with_answers(draft, rows, terms)

    assert share(found, text, COVER) == (2, 2)
    assert share(found, text.replace("In force", "Terminated"), COVER) == (1, 2)


ROLE = "training.roles_with_course_ratio"
HALVES = "Role,Course,Course status,Materials\nClerk,F-1,Approved,Complete\nBuyer,F-2,Approved,Complete\n"


@pytest.mark.parametrize(
    ("materials", "stands"),
    [("Complete", True), ("Draft", False), ("In progress", False), ("Zzyzx", False), ("", False)],
)
@pytest.mark.parametrize("heading", ["Materials", "Materials status", "Status of materials"])
@pytest.mark.parametrize("chosen", ["Course status", "drafted"])
def test_the_other_half_of_what_a_fact_asks_is_read(
    tmp_path: Path, rules: LoadedRuleset, materials: str, stands: bool, heading: str, chosen: str
) -> None:
    """Only *Course status* was answered, and roles whose materials were a draft had their course."""
    text = HALVES.replace("Materials", heading) + f"Auditor,F-3,Approved,{materials}\n"
    draft = drafted(tmp_path / "t.csv", rules, text, "training")
    if chosen != "drafted":
        terms = DraftTerms(rules.vocabulary, required_of(rules.ruleset, rules.vocabulary), {}, (), SAMPLE_NOW)
        asked = [("fact", ROLE, "", chosen), ("only rows", "", "", "every row")]
        draft = with_answers(draft, [AnsweredRow(*row, "", "sheet 1, row 1") for row in asked], terms)

    (fact,) = [each for each in draft.facts if each.fact.name == ROLE]
    assert fact.use or chosen == "drafted"
    if fact.use:
        counted = (3 if stands else 2, 3) if materials else (None, None)  # of a blank cell nobody knows
        assert share(draft, text, ROLE) == counted


def test_a_second_column_about_the_same_thing_is_read_too(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Where two columns say two things of the materials of one course, the worse counts."""
    rest = "Clerk,Approved,Complete\nBuyer,Approved,Complete\nAuditor,Approved,Draft\n"
    text = f"Role,Materials status,Course materials\n{rest}"
    draft = drafted(tmp_path / "t.csv", rules, text, "training")
    terms = DraftTerms(rules.vocabulary, required_of(rules.ruleset, rules.vocabulary), {}, (), SAMPLE_NOW)
    rows = [("fact", ROLE, "", "Materials status"), ("only rows", "", "", "every row")]

    answered = with_answers(draft, [AnsweredRow(*row, "", "sheet 1, row 1") for row in rows], terms)

    assert share(answered, text, ROLE) == (2, 3)


@pytest.mark.parametrize(
    ("heading", "counted"),
    [("Materials", (2, 3)), ("Materials needed", (2, 2)), ("Course language", (3, 3)), ("Roles", (3, 3))],
)
def test_yes_and_no_say_whether_there_is_what_was_to_be_made(
    tmp_path: Path, rules: LoadedRuleset, heading: str, counted: tuple[int, int]
) -> None:
    """Under another heading they say which rows are asked about, or nothing of them."""
    text = HALVES.replace("Materials", heading).replace("Complete", "Yes") + "Auditor,F-3,Approved,No\n"
    draft = drafted(tmp_path / "t.csv", rules, text, "training")
    terms = DraftTerms(rules.vocabulary, required_of(rules.ruleset, rules.vocabulary), {}, (), SAMPLE_NOW)
    rows = [("fact", ROLE, "", "Course status"), ("only rows", "", "", "every row")]

    answered = with_answers(draft, [AnsweredRow(*row, "", "sheet 1, row 1") for row in rows], terms)

    assert share(answered, text, ROLE) == counted
