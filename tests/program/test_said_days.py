"""Who dates evidence by hand is a person, as by every command."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gonogo.program.program_file import load_program
from gonogo.program.said_days import said_day_problems

PROGRAM = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
  - id: interfaces
    collector: table
    as: interfaces
    path: evidence/interfaces.csv
    as_of: {at: DAY, by: "NAME"}
    side: customer
    producer: Somebody
    settings:
      tables:
        t: {unique: [id], columns: {id: {header: ID, type: id}}}
      facts:
        total: {count: {}}
"""


NOW = datetime(2027, 4, 15, 4, tzinfo=UTC)
"""The first moment of 15 April in New York."""


def told(root: Path, name: str, day: str = "2027-04-15", now: datetime = NOW) -> list[str]:
    text = PROGRAM.replace("NAME", name).replace("DAY", day)
    (root / "gonogo.yaml").write_text(text, encoding="utf-8")
    loaded = load_program(root)
    return [f"{each.code} {each.level} {each.what}" for each in said_day_problems(loaded.program, loaded.people, now)]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("svc-ada", "may be a service or a shared account, and no person"),
        ("Ada; Theo", "names several people"),
        ("PMO", "is nobody's name"),
    ],
)
def test_a_day_that_no_person_says_is_named(tmp_path: Path, name: str, why: str) -> None:
    what = f"interfaces: the day under `as_of` is said by `{name}`, which {why}; name who says it"
    assert told(tmp_path, name) == [f"G179 warning {what}"]


def test_a_day_that_a_person_says_is_not(tmp_path: Path) -> None:
    assert told(tmp_path, "Ada Kirsch") == []


@pytest.mark.parametrize(("day", "found"), [("2000-01-01", 0), ("2000-12-31", 0), ("2001-01-01", 1)])
def test_what_a_draft_writes_where_nobody_has_said_a_day_is_another_matter(
    tmp_path: Path, day: str, found: int
) -> None:
    """It waits for a person, and `gonogo lint` says that already."""
    assert len(told(tmp_path, "nobody has said when it held", day)) == found


@pytest.mark.parametrize(("seconds", "found"), [(-1, 1), (0, 0), (1, 0)])
def test_a_day_that_is_still_to_come_is_named(tmp_path: Path, seconds: int, found: int) -> None:
    """It was a gap in a run, and `gonogo lint` found no mistake; commands refuse such a day."""
    what = (
        "interfaces: the day under `as_of`, 2027-04-15, is still to come (today is 2027-04-14), so no run reads its "
        "file before that; write the day on which its content held"
    )

    assert told(tmp_path, "Ada Kirsch", now=NOW + timedelta(seconds=seconds)) == [f"G179 warning {what}"] * found
