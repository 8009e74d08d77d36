"""Week two: newer files that patterns take by themselves are named, and what nobody knows by what was taken."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.folder_status import program_status
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.program_writing import read_lines
from gonogo.first_week.adding.taken_files import not_known_by, taken_by_pattern
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

ONE = datetime(2026, 11, 30, 17, tzinfo=UTC)
TWO = datetime(2026, 12, 8, 17, tzinfo=UTC)
ROWS = "Interface ID,E2E test,ICD status\nI1,Passed,Approved\nI2,Passed,Draft\n"
RENAMED = ROWS.replace("ICD status", "ICD state of play")
NAMED = (
    "evidence/interfaces 2026-12-07.csv: the newest by the pattern evidence/interfaces *.csv; interfaces takes it by "
    "that."
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program whose interfaces somebody confirmed on 30 November, with a pattern for those of next week."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "interfaces 2026-11-29.csv").write_text(ROWS, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    add(tmp_path, [Path("evidence/interfaces 2026-11-29.csv")], confirm=True, by="Ada Kirsch", now=ONE)
    return tmp_path


@pytest.mark.parametrize(("day", "told"), [("2026-11-28", False), ("2026-11-30", False), ("2026-12-07", True)])
def test_a_newer_file_that_a_pattern_takes_is_named(root: Path, day: str, *, told: bool) -> None:
    """Eight of ten new files were named, and a person looked for the other two; what was signed already is no news."""
    (root / "evidence" / f"interfaces {day}.csv").write_text(ROWS, encoding="utf-8")

    lines = add(root, [root / "evidence"], now=TWO)

    assert (NAMED in lines) is told


def test_a_column_with_another_heading_is_told_where_the_file_is_taken(root: Path) -> None:
    """*Taken* was all that it said, and the next run knew less than the last one."""
    (root / "evidence" / "interfaces 2026-12-07.csv").write_text(RENAMED, encoding="utf-8")
    program = open_program(root, TWO)

    [told] = not_known_by(program, ["interfaces"])

    assert told.startswith("  interfaces does not know interfaces.")
    assert "'ICD status'" in told
    assert list(not_known_by(program, [])) == []


def test_what_was_named_before_is_not_named_again(root: Path) -> None:
    """A file that a person has just added has its own sentence."""
    path = "evidence/interfaces 2026-12-07.csv"
    (root / path).write_text(ROWS, encoding="utf-8")
    program = open_program(root, TWO)
    standing = program_status(program.files)

    assert taken_by_pattern(program, read_lines(root), standing, []) == {"interfaces": NAMED}
    assert taken_by_pattern(program, read_lines(root), standing, [path]) == {}
    assert taken_by_pattern(program, read_lines(root), [], []) == {}


def test_a_draft_that_waits_takes_nothing(root: Path) -> None:
    """Nobody has confirmed it, so no run reads the newer file either."""
    text = (
        (root / "gonogo.yaml")
        .read_text(encoding="utf-8")
        .replace("- id: interfaces\n", "- id: interfaces\n    confirmed: no\n")
    )
    (root / "gonogo.yaml").write_text(text, encoding="utf-8")
    (root / "evidence" / "interfaces 2026-12-07.csv").write_text(ROWS, encoding="utf-8")
    program = open_program(root, TWO)

    assert taken_by_pattern(program, read_lines(root), program_status(program.files), []) == {}
    assert list(not_known_by(program, ["interfaces"])) == []
