"""What a sheet left open is unknown only where nothing else answers it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.first_week.adding.open_program import OpenProgram, open_program
from gonogo.first_week.adding.unsaid_facts import unsaid_words
from gonogo.first_week.drafts.answered_draft import AnsweredRow

NOW = datetime(2027, 4, 20, 12, tzinfo=UTC)
E2E, ICD = "interfaces.e2e_passed_ratio", "interfaces.icd_approved_ratio"
HEAD = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
"""
BINDING = """\
  - id: NAME
    collector: table
    as: interfaces
    path: evidence/interfaces.csv
    as_of: {at: 2027-04-15, by: "Ada Kirsch"}
    side: customer
    producer: SomebodyWAITS
    settings:
      tables:
        t: {unique: [id], columns: {id: {header: ID, type: id}, done: {header: Done, type: text, allowed: [yes, no]}}}
      facts:
        FACT: {share: {where: 'done == "yes"'}}
"""


def program(root: Path, *bindings: tuple[str, str, bool]) -> OpenProgram:
    """A program with table bindings: the name, the fact, and whether a person has confirmed it."""
    (root / "evidence").mkdir()
    (root / "evidence/interfaces.csv").write_text("ID,Done\nI1,yes\nI2,no\n", encoding="utf-8")
    written = [
        BINDING.replace("NAME", name)
        .replace("FACT", fact.partition(".")[2])
        .replace("WAITS", "" if confirmed else "\n    confirmed: no")
        for name, fact, confirmed in bindings
    ]
    (root / "gonogo.yaml").write_text(HEAD + "".join(written), encoding="utf-8")
    return open_program(root, NOW)


def sheet(name: str, **facts: str) -> list[AnsweredRow]:
    """The rows of one sheet."""
    rows = [AnsweredRow("fact", f"interfaces.{fact}", "", answer, "", "") for fact, answer in facts.items()]
    return [AnsweredRow("file", "", "", name, "", ""), *rows]


OPEN = sheet("icd", e2e_passed_ratio="", icd_approved_ratio="Done")


@pytest.mark.parametrize(
    ("confirmed", "said"),
    [
        (True, "answered by e2e"),
        (False, "answered by e2e, once it is confirmed"),
    ],
)
def test_what_another_binding_answers_is_not_called_unknown(tmp_path: Path, confirmed: bool, said: str) -> None:
    """A lead read `that stays unknown` of a fact that stood measured on page one."""
    opened = program(tmp_path, ("icd", ICD, True), ("e2e", E2E, confirmed))

    assert list(unsaid_words(opened, ["icd"], [OPEN])) == [f"icd: nobody has said which column says {E2E}: {said}."]


def test_what_nothing_answers_stays_unknown(tmp_path: Path) -> None:
    """Nobody may believe that it is answered."""
    opened = program(tmp_path, ("icd", ICD, True))

    assert list(unsaid_words(opened, ["icd"], [OPEN])) == [
        f"icd: nobody has said which column says {E2E}: that stays unknown."
    ]


def test_facts_of_two_answers_stand_apart(tmp_path: Path) -> None:
    """One of them is answered, and one is not."""
    opened = program(tmp_path, ("other", "interfaces.critical_open", True), ("e2e", E2E, True))
    blank = sheet("other", e2e_passed_ratio="", icd_approved_ratio="")

    assert list(unsaid_words(opened, ["other"], [blank])) == [
        f"other: nobody has said which column says {E2E}: answered by e2e.",
        f"other: nobody has said which column says {ICD}: that stays unknown.",
    ]


@pytest.mark.parametrize("waited", [(), ("icd",)])
def test_only_sheets_that_were_just_signed_are_told(tmp_path: Path, waited: tuple[str, ...]) -> None:
    """A sheet that was confirmed before changes nothing, and one that still waits is not confirmed."""
    opened = program(tmp_path, ("icd", ICD, not waited))

    assert list(unsaid_words(opened, waited, [OPEN])) == []
