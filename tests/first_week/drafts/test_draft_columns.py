"""What is planned, expected or allowed is neither what is needed nor what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.first_week.drafts.draft_columns import number, quotient
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset

SEATS = "training.seats_ratio"
ONBOARD = "provider_staff.onboard_ratio"


@pytest.mark.parametrize(
    ("fact", "headings", "two"),
    [
        (SEATS, ("Seats", "People who need it"), ("seats", "people_who_need_it")),
        (SEATS, ("Seats scheduled", "Needed"), ("seats_scheduled", "needed")),
        (SEATS, ("Seats offered", "Seats planned"), None),
        (SEATS, ("Seats offered", "Total"), None),
        (SEATS, ("Seats offered", "Room capacity"), None),
        (SEATS, ("Seats planned", "Needed"), None),
        (SEATS, ("Seats held", "Needed", "Seats planned"), ("seats_held", "needed")),
        (SEATS, ("Seats held", "Seats booked", "Needed"), None),
        (ONBOARD, ("Onboard", "Required"), ("onboard", "required")),
        (ONBOARD, ("Onboard", "Authorized"), ("onboard", "authorized")),
        (ONBOARD, ("In place", "Needed"), ("in_place", "needed")),
        (ONBOARD, ("Trained", "Needed"), None),
        (ONBOARD, ("Onboard", "Target"), None),
        (ONBOARD, ("Onboard", "Planned"), None),
        (ONBOARD, ("Onboard target", "Needed"), None),
        (ONBOARD, ("Forecast onboard", "Needed"), None),
        (ONBOARD, ("Onboard", "Needed", "Required"), None),
    ],
)
def test_a_quotient_is_of_what_is_there_and_what_is_needed(
    tmp_path: Path, rules: LoadedRuleset, fact: str, headings: tuple[str, ...], two: tuple[str, str] | None
) -> None:
    """A hundred seats offered of a hundred planned were enough for the two hundred people who need one."""
    rows = ["\n".join(f"U{row}," + ",".join(str(10 * row + at) for at in range(len(headings))) for row in range(1, 5))]
    (tmp_path / "t.csv").write_text("\n".join(["Unit," + ",".join(headings), *rows, ""]), encoding="utf-8")

    assert quotient(map_file(tmp_path / "t.csv"), rules.vocabulary[fact]) == two


@pytest.mark.parametrize(
    ("fact", "heading", "found"),
    [
        ("perf.peak_load_factor", "Peak load factor", "peak_load_factor"),
        ("perf.peak_load_factor", "Peak load", ""),
        ("perf.peak_load_factor", "Target peak load factor", ""),
        ("dr.rto_hours", "RTO hours", "rto_hours"),
        ("dr.rto_hours", "RTO target hours", ""),
        ("dr.rto_hours", "RTO", ""),
    ],
)
def test_a_number_is_what_its_heading_measures(
    tmp_path: Path, rules: LoadedRuleset, fact: str, heading: str, found: str
) -> None:
    """A load of 500 users is no load of 500 times the forecast peak."""
    (tmp_path / "t.csv").write_text(f"Run,{heading}\nL1,1.5\nL2,2.5\nL3,3.25\n", encoding="utf-8")

    assert number(map_file(tmp_path / "t.csv"), rules.vocabulary[fact]) == found
