"""Outcomes that a report says under names of its own: a tool's prefix, a property, the root."""

from __future__ import annotations

import pytest

STAMP = "timestamp='2027-04-12T09:30:00'"
REST = "".join(f"<testcase name='TC-{number}'/>" for number in (2, 3, 4))


def told(read, report: str) -> tuple[int, int, int]:
    """Return how many passed, failed and did not run."""
    answers = read(report)
    return answers["pass_ratio"].part, answers["failed"].value, answers["skipped"].value


def held(*properties: str) -> str:
    inside = "".join(
        f"<property name='{name}' value='{value}'/>" for name, _, value in (each.partition("=") for each in properties)
    )
    return f"<properties>{inside}</properties>"


def case(attributes: str = "", inside: str = "") -> str:
    return f"<testsuite name='s' {STAMP}><testcase name='TC-1' {attributes}>{inside}</testcase>{REST}</testsuite>"


def gap(read, report: str) -> bool:
    return any(answer.gap for answer in read(report).values())


PASSED, FAILED, IDLE = (4, 0, 0), (3, 1, 0), (3, 0, 1)


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [
        ("run='false'", IDLE),
        ("evaluation='FAIL'", FAILED),
        ("execution='failed'", FAILED),
        ("quarantined='true'", IDLE),
        ("xray_status='FAIL'", FAILED),
        ("run='true'", PASSED),
        ("run='nightly-4'", PASSED),
        ("execution='EX-17'", PASSED),
        ("evaluation='2027-04-12'", PASSED),
        ("quarantined='false'", PASSED),
    ],
)
def test_attributes_of_a_case(read, attribute, expected):
    """A case that says so in any word is no pass; the number of a run says nothing."""
    assert told(read, case(attribute)) == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("passed=no", FAILED),
        ("run=false", IDLE),
        ("jira.status=FAIL", FAILED),
        ("xray_status=FAIL", FAILED),
        ("zephyr.execution=FAIL", FAILED),
        ("qTest.status=Failed", FAILED),
        ("our.tool.status=Blocked", IDLE),
        ("quarantined=true", IDLE),
        ("passed=yes", PASSED),
        ("jira.status=PASS", PASSED),
        ("http.status=200", PASSED),
        ("run=17", PASSED),
        ("browser.state=open", PASSED),
        ("java.version=21", PASSED),
    ],
)
def test_properties_of_a_case(read, entry, expected):
    """Test management tools write into properties what they take the case for."""
    assert told(read, case("", held(entry))) == expected


@pytest.mark.parametrize("entry", ["status=failed", "result=aborted", "xray.status=FAIL", "passed=no"])
def test_properties_of_a_suite(read, entry):
    """A suite that was aborted proves nothing, wherever it says so."""
    report = f"<testsuite name='s' {STAMP}>{held(entry)}<testcase name='TC-1'/>{REST}</testsuite>"

    assert gap(read, report) or told(read, report) != PASSED


@pytest.mark.parametrize("entry", ["status=passed", "failures=0", "run=4", "state=CA", "retries=3", "errors=2"])
def test_other_properties_of_a_suite_change_nothing(read, entry):
    """Settings and counts of a run are there too."""
    report = f"<testsuite name='s' {STAMP}>{held(entry)}<testcase name='TC-1'/>{REST}</testsuite>"

    assert told(read, report) == PASSED


@pytest.mark.parametrize("attribute", ["status='failed'", "result='failed'", "outcome='fail'", "evaluation='FAIL'"])
def test_the_root_speaks_of_all_its_suites(read, attribute):
    """Below a root that failed not everything passed."""
    inside = f"<testsuite name='s' {STAMP}><testcase name='TC-1'/>{REST}</testsuite>"
    report = f"<testsuites {attribute}>{inside}</testsuites>"

    assert gap(read, report) or told(read, report) != PASSED
