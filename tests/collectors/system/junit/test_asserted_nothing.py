"""What a report counts and does not hold was not run, and a case that asserted nothing is named beside the figures."""

from __future__ import annotations

import io

import pytest

from gonogo.collectors.system.junit.case_facts import without_plan
from gonogo.collectors.system.junit.xml_report import read_report

STAMP = "timestamp='2027-04-12T09:30:00'"
ONE = "<testcase name='A' assertions='{}'/>"


def said(cases: str, counters: str = "") -> str:
    """What is said of a report without a plan."""
    xml = f"<testsuite name='s' {counters} {STAMP}>{cases}</testsuite>"
    return without_plan([read_report(io.BytesIO(xml.encode()), "r.xml")])


@pytest.mark.parametrize(
    ("tests", "more"),
    [
        ("", ""),
        ("tests='1'", ""),
        ("tests='2'", ""),
        ("tests='3'", ", and its counters mention 1 case that it does not hold, so it was not run"),
        ("tests='5'", ", and its counters mention 3 cases that it does not hold, so they were not run"),
    ],
)
def test_cases_that_are_counted_and_not_there_are_told(tests: str, more: str) -> None:
    """A run that bailed out after two of five was `0 not run`."""
    assert said("<testcase name='A'/><testcase name='B'/>", tests).partition(";")[0] == (
        f"2 cases are reported, 0 of them failed and 0 not run{more}"
    )


def test_a_failure_that_is_counted_and_not_there_is_told_once() -> None:
    """It is one of the cases that the report does not hold."""
    words = said("<testcase name='A'/>", "tests='3' failures='1'").partition(";")[0]

    assert words.endswith(
        "mention 1 failure more, and its counters mention 1 case that it does not hold, so it was not run"
    )


def test_a_run_that_was_repeated_is_no_case_that_is_missing() -> None:
    """Surefire counts each run of a flaky test."""
    flaky = "<testcase name='A'><flakyFailure/></testcase>"

    assert said(flaky, "tests='2'").partition(";")[0] == "1 case is reported, 0 of them failed and 0 not run"


@pytest.mark.parametrize(
    ("cases", "named"),
    [
        (ONE.format(0) + ONE.format(3).replace("A", "B"), '1 case that passed asserted nothing (assertions="0"): A'),
        (ONE.format(0) + ONE.format(0).replace("A", "B"), ""),
        (ONE.format(1) + "<testcase name='B'/>", ""),
        (ONE.format(3) + "<testcase name='B' assertions='0'><skipped/></testcase>", ""),
    ],
)
def test_a_case_that_asserted_nothing_is_named_where_others_did(cases: str, named: str) -> None:
    """A body that was commented out passes; a tool that writes 0 for every case says nothing by it."""
    words = said(cases)

    assert ("asserted nothing" in words) is bool(named)
    assert named in words
