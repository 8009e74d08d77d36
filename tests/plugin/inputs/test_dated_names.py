"""The date in a file name, and what else of the name the next export changes."""

from __future__ import annotations

from datetime import date

import pytest

from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.file_name_moment import host_moment
from gonogo.plugin.inputs.likeness import Likeness, likeness
from gonogo.plugin.inputs.match import matching
from gonogo.testing.programs import binding_of, program_of


@pytest.mark.parametrize(
    ("this_week", "wild", "next_week", "day"),
    [
        ("Jira 2026-11-27T08_15_02-0500.csv", "Jira *.csv", "Jira 2026-12-04T08_10_44-0500.csv", "2026-12-04"),
        ("Jira 2026-11-27T08_15_02-0400.csv", "Jira *.csv", "Jira 2026-12-04T18_10_44Z.csv", "2026-12-04"),
        ("scan_20261127_0815.csv", "scan_*.csv", "scan_20261204_2359.csv", "2026-12-04"),
        ("tests 2026-11-27 at 08.15.csv", "tests *.csv", "tests 2026-12-04 at 09.05.csv", "2026-12-04"),
        ("pulse 2026-11-27(1-48).xlsx", "pulse *.xlsx", "pulse 2026-12-04(1-61).xlsx", "2026-12-04"),
        ("pulse 2026-11-27 (1).xlsx", "pulse *.xlsx", "pulse 2026-12-04.xlsx", "2026-12-04"),
        ("ZFJ-11-25-2026.xlsx", "ZFJ-*.xlsx", "ZFJ-12-03-2026.xlsx", "2026-12-03"),
        ("ZFJ 25.11.2026.xlsx", "ZFJ *.xlsx", "ZFJ 03.12.2026.xlsx", "2026-12-03"),
        ("rev 25-Nov-2026.xlsx", "rev *.xlsx", "rev 03-Dec-2026.xlsx", "2026-12-03"),
        ("roster 26 Nov 2026.xlsx", "roster *.xlsx", "roster 3 December 2026.xlsx", "2026-12-03"),
        ("UAT 25NOV2026.xlsx", "UAT *.xlsx", "UAT 03DEC2026.xlsx", "2026-12-03"),
        ("pulse Nov 25, 2026.xlsx", "pulse *.xlsx", "pulse Dec 3, 2026.xlsx", "2026-12-03"),
        ("raid 2026-11-27 phase 4.xlsx", "raid * phase 4.xlsx", "raid 2026-12-04 phase 4.xlsx", "2026-12-04"),
    ],
)
def test_the_pattern_of_a_dated_name_holds_nothing_else_that_changes(
    this_week: str, wild: str, next_week: str, day: str
) -> None:
    """A pattern with this week's time of day never matches again, and last week's figures would stand."""
    found = dated(this_week)

    assert found is not None
    assert found.wild == wild
    assert matching(found.wild, [this_week, next_week]) == sorted([this_week, next_week])
    identity = program_of(binding_of("table", paths=[wild])).identity
    moment = host_moment(AsOf(rule=AsOfRule.FILE_NAME, pattern=found.pattern), next_week, identity)
    assert moment == identity.day_start(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("t 12-12-2026.csv", None),
        ("t 12-13-2026.csv", date(2026, 12, 13)),
        ("t 13-12-2026.csv", date(2026, 12, 13)),
        ("t 13-13-2026.csv", None),
        ("t 02-30-2026.csv", None),
        ("t 11-25-2026 11-26-2026.csv", None),
        ("t 11-25.2026.csv", None),
        ("t 31-Feb-2026.csv", None),
        ("t 25-Nov-2026 1 Dec 2026.csv", None),
        ("t Oct 2026.csv", None),
        ("t 25-Foo-2026.csv", None),
        ("t Nov25.csv", None),
        ("t 2026-11-25 11-24-2026.csv", date(2026, 11, 25)),
    ],
)
def test_a_day_that_could_be_two_is_none(name: str, day: date | None) -> None:
    """`12-03-2026` is in March or in December: a guess would put an old file in the place of the new one."""
    found = dated(name)

    assert (found.day if found is not None else None) == day


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("Jira 2026-11-27T08_15_01-0500.csv", "older"),
        ("Jira 2026-11-27T08_15_03-0500.csv", "date"),
        ("Jira 2026-11-27T08_15_02-0400.csv", "name"),
        ("Jira 2026-11-26T23_59_59-0500.csv", "older"),
        ("Jira 2026-11-28T00_00_00-0500.csv", "date"),
        ("Jira 2026-11-27.csv", "name"),
        ("Jira 2026-12-04.csv", "name"),
        ("Jira.csv", "name"),
    ],
)
def test_the_time_of_day_tells_two_exports_of_one_day_apart(other: str, kind: Likeness) -> None:
    """The one of the afternoon is newer; one without a time may be of the evening."""
    assert likeness("Jira 2026-11-27T08_15_02-0500.csv", other) == kind


@pytest.mark.parametrize(
    ("bound", "other"),
    [
        ("RAID Log.xlsx", "RAID Log Dec 3.xlsx"),
        ("RAID Log.xlsx", "RAID Log 3 Dec 2026.xlsx"),
        ("RAID Log.xlsx", "RAID_Log_December.xlsx"),
        ("SOP tracker Nov.xlsx", "SOP tracker Dec.xlsx"),
        ("RAID Log.xlsx", "RAID Log 12-03-2026.xlsx"),
        ("Help(1-48).xlsx", "Help(1-61).xlsx"),
    ],
)
def test_a_month_a_day_or_a_counter_makes_no_other_document(bound: str, other: str) -> None:
    """Such a file is another version of the bound one, and nobody knows yet which is newer."""
    assert likeness(bound, other) == "name"


@pytest.mark.parametrize("other", ["RAID Log decided.xlsx", "RAID Log mayor.xlsx", "Risk Log Dec 3.xlsx"])
def test_a_word_that_begins_like_a_month_is_another_word(other: str) -> None:
    """Another document is no version of the bound one."""
    assert likeness("RAID Log.xlsx", other) is None
