"""Sheets that would break the program wait, each with its row and the next step; the others are taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.errors import Problem, UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.program_writing import read_lines, undo_words, write_lines
from gonogo.first_week.adding.whole_sheets import refusal_of, take_whole
from gonogo.first_week.drafts.answered_draft import AnsweredRow

NOW = datetime(2027, 4, 20, 12, tzinfo=UTC)
BINDING = """\
  - id: NAME
    collector: table
    as: interfaces
    path: evidence/interfaces.csv
    as_of: {at: 2027-04-15, by: "Ada"}
    side: customer
    producer: Somebody
    confirmed: no
    settings:
      tables:
        t: {unique: [id], columns: {id: {header: ID, type: id}, done: {header: Done, type: text, allowed: [yes, no]}}}
      facts:
        e2e_passed_ratio: {share: {where: 'done == "yes"'}}
"""
PROGRAM = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
""" + "".join(BINDING.replace("NAME", name) for name in ("first", "second"))


@pytest.fixture
def adding(tmp_path: Path) -> Adding:
    """A program with two bindings that wait."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/interfaces.csv").write_text("ID,Done\nI1,yes\nI2,no\n", encoding="utf-8")
    (tmp_path / "gonogo.yaml").write_text(PROGRAM, encoding="utf-8")
    return Adding.begin(open_program(tmp_path, NOW))


def sheet(name: str, fact: str = "interfaces.e2e_passed_ratio") -> list[AnsweredRow]:
    """A sheet with its file and one fact."""
    place = f"sheet {name}, row"
    return [
        AnsweredRow("file", "", "", name, "", f"{place} 2"),
        AnsweredRow("fact", fact, "", "Done", "", f"{place} 7"),
    ]


def broken(lines: ProgramLines, name: str) -> ProgramLines:
    """The program with a binding whose fact reads a column that its table does not have."""
    start, end = lines.block(lines.line_of(name))
    return lines.replaced(start, end, [line.replace("'done ==", "'gone ==") for line in lines.lines[start:end]])


def take(adding: Adding, rows: Sequence[AnsweredRow]) -> bool:
    """Confirm a binding; break the second."""
    name = rows[0].answer
    adding.lines = adding.lines.confirmed(adding.lines.line_of(name), "confirmed by Ada")
    adding.lines = broken(adding.lines, name) if name == "second" else adding.lines
    adding.changed = True
    adding.told.append(f"{name}: confirmed by Ada.")
    return True


def test_a_sheet_that_would_break_the_program_waits_and_the_others_are_taken(adding: Adding) -> None:
    """A binding that its collector refuses stops every command of the program."""
    waiting = take_whole(adding, [sheet("first"), sheet("second")], take)
    write_lines(adding.program.root, adding.lines, adding.before)

    assert waiting == 1
    assert {each.id: each.confirmed for each in open_program(adding.program.root, NOW).bindings} == {
        "first": None,
        "second": False,
    }
    first, second = adding.told
    assert first == "first: confirmed by Ada."
    assert second.startswith("second: not taken: sheet second, row 7: with this answer the program would not load:")
    assert second.endswith("or choose another column there, or `not here`")


@pytest.mark.parametrize(
    ("what", "row"),
    [
        ("b: settings.facts.cr.undecided.count.where: no", 7),
        ("b: settings.facts.undecided.count.where: no", 7),
        ("b: its collector answers for 'cr.undecided' with a value", 7),
        ("b: settings.facts.cr.undecided_late.count: no", 2),
        ("b: it answers for 'ocr.undecided'", 2),
        ("b: something else", 2),
    ],
)
def test_the_row_of_the_fact_is_named(what: str, row: int) -> None:
    """A person looks there; where no fact is named, at the sheet."""
    said = str(refusal_of(sheet("b", "cr.undecided"), Problem("G304", "", what)))

    assert said.startswith(f"sheet b, row {row}: with this answer the program would not load: ")


def test_a_sheet_that_fails_half_way_changes_nothing(adding: Adding) -> None:
    """What is told as not confirmed is not confirmed."""

    def half(adding: Adding, rows: Sequence[AnsweredRow]) -> bool:
        take(adding, rows)
        raise UsageError("no.")

    before = adding.lines
    assert take_whole(adding, [sheet("first")], half) == 1
    assert (adding.lines, adding.changed, adding.told) == (before, False, ["first: not taken: no."])


def test_what_does_not_load_is_never_written(adding: Adding) -> None:
    """The checks are those of lint, and not those of the file alone."""
    root = adding.program.root
    with pytest.raises(UsageError, match=r"what would be written does not load: second: settings\.facts"):
        write_lines(root, broken(adding.lines, "second"), adding.lines)

    assert [each.name for each in root.iterdir() if each.is_file()] == ["gonogo.yaml"]
    assert read_lines(root) == adding.lines


def test_what_somebody_broke_by_hand_is_not_kept_as_the_way_back(adding: Adding) -> None:
    """And it does not keep anybody from changing the rest."""
    root = adding.program.root
    (root / "gonogo.yaml").write_text(broken(adding.lines, "second").text, encoding="utf-8")
    faulty = broken(adding.lines, "second")
    confirmed = faulty.confirmed(adding.lines.line_of("first"), "Ada")
    aside = write_lines(root, confirmed, faulty)

    assert aside.name == "gonogo.faulty.yaml"
    assert undo_words(aside, root).startswith("gonogo.yaml did not load before this change; ")
    assert write_lines(root, adding.lines, confirmed).name == "gonogo.faulty-2.yaml"
    assert write_lines(root, adding.lines, adding.lines).name == "gonogo.earlier.yaml"
