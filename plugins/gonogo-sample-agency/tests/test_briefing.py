"""The agency's briefing sheet: what it says, and that a spreadsheet program shows it and never calculates."""

from __future__ import annotations

import csv
import io

import pytest
from gonogo_sample_agency.briefing import Briefing

from gonogo.plugin.spec import ReportFormat

REPORT = {
    "marking": "CUI",
    "kind": {"sentence": "Rehearsal, not a decision: the clock was set by hand."},
    "verdict": "NO-GO",
    "findings": [
        {"criterion": "a.b.c", "status": "not_met", "owner": "customer.lead", "sentence": "=1+1 is not met"},
    ],
}


def rows(report: dict) -> list[list[str]]:
    return list(csv.reader(io.StringIO(Briefing().render(report).decode())))


def test_has_a_line_for_each_criterion_between_two_markings():
    """What was no decision says so, on every sheet."""
    assert isinstance(Briefing(), ReportFormat)
    assert rows(REPORT) == [
        ["CUI"],
        ["Rehearsal, not a decision: the clock was set by hand."],
        ["verdict", "NO-GO"],
        ["criterion", "status", "owner", "finding"],
        ["a.b.c", "not_met", "customer.lead", "'=1+1 is not met"],
        ["CUI"],
    ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_nothing_is_calculated(text: str):
    """A finding quotes what stood in a file of somebody else's."""
    report = REPORT | {"findings": [REPORT["findings"][0] | {"sentence": text}]}

    assert rows(report)[4][3].startswith("'")
