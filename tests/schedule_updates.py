"""The master schedule of the example as its weekly updates: the same plan with another status date."""

from __future__ import annotations

from pathlib import Path

_PLAN = Path(__file__).parents[1] / "examples/harborline/go/evidence/program/ims_2027-04-15.xml"


def update_of(day: str) -> bytes:
    """Return the plan with that status date, such as ``2027-04-08``."""
    plan = _PLAN.read_text("utf-8")
    changed = plan.replace("<StatusDate>2027-04-15", f"<StatusDate>{day}")
    assert day == "2027-04-15" or changed != plan
    return changed.encode()
