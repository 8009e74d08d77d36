"""The column that dates an export: one whose days its profile reads, or none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gonogo.first_week.adding.checking import check_file
from gonogo.profiles.shelf import shipped_profiles

DAY = re.compile(r"\b\d\d/[A-Z][a-z]{2}/\d\d \d{1,2}:\d\d [AP]M")


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("01/Sep/26 10:00 AM", "held 2026-09-01"),
        ("2026-09-01T10:00:00+0000", "held 2026-09-01"),
        ("1 Sep 2026", "held 2026-09-01"),
        ("9/1/2026 10:00:00", "nobody says when it held"),
        ("TBD", "nobody says when it held"),
    ],
)
def test_days_that_the_profile_cannot_read_date_nothing_and_take_no_other_fact_away(
    tmp_path: Path, day: str, held: str
) -> None:
    """Bound by such a column, the file gave nothing at all; how many are open needs no day."""
    folder = next(each for each in shipped_profiles() if each.name == "jira-issues").path.parent
    text = (folder / "jira-issues.example.csv").read_text(encoding="utf-8").replace("Ready for Test", "In Progress")
    (tmp_path / "export.csv").write_text(DAY.sub(day, text), encoding="utf-8")

    lines = list(check_file(tmp_path / "export.csv").lines())

    answers = {line.split(" = ")[0].strip(): line for line in lines if " = " in line}
    assert "= 2" in answers["defects.critical_open"]
    assert held in answers["defects.high_open"]
    assert ("defects.arrivals_28d" in answers) is held.startswith("held")
