"""The master schedule of the example as its weekly updates: another status date, and a percent more of one task."""

from __future__ import annotations

from datetime import date
from pathlib import Path

_PLAN = Path(__file__).parents[1] / "examples/harborline/go/evidence/program/ims_2027-04-15.xml"
_HELD = date(2027, 4, 15)
_PROGRESS = "<PercentComplete>88</PercentComplete>"
"""What one task of the plan has, and no other."""


def update_of(day: str) -> bytes:
    """Return the plan as it was reported on a day, such as ``2027-04-08``."""
    plan = _PLAN.read_text("utf-8")
    assert plan.count(_PROGRESS) == 1
    weeks = (date.fromisoformat(day) - _HELD).days // 7
    changed = plan.replace("<StatusDate>2027-04-15", f"<StatusDate>{day}")
    changed = changed.replace(_PROGRESS, _PROGRESS.replace("88", str(88 + weeks)))
    assert day == "2027-04-15" or changed != plan
    return changed.encode()
