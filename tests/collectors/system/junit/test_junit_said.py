"""What a refusal or a gap says: which report, which suite, which case, which line, so that somebody can find it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal

STAMP = "timestamp='2027-04-12T09:30:00'"
PASS = "<testcase name='{}'/>"
FAIL = "<testcase name='{}'><failure/></testcase>"


def suite(inside: str, attributes: str = STAMP, name: str = "s") -> str:
    return f"<testsuite name='{name}' {attributes}>{inside}</testsuite>"


def two(attributes: str, inside: str = "<testcase name='TC-2'/>") -> str:
    return f"<testsuites>{suite(PASS.format('TC-1'))}{suite(inside, attributes, 'nightly')}</testsuites>"


def refused(read, *reports: str, **settings) -> str:
    with pytest.raises(CollectorRefusal) as caught:
        read(*reports, **settings)
    return str(caught.value)


class TestWhere:
    @pytest.mark.parametrize(
        ("report", "told"),
        [
            (two("timestamp='yesterday'"), "run1.xml: the suite 'nightly' has the timestamp 'yesterday'"),
            (
                two(STAMP, "<testcase name='TC-2' timestamp='noon'/>"),
                "run1.xml: the case 'TC-2' has the timestamp 'noon'",
            ),
            (two(""), "run1.xml: the case 'TC-2' of the suite 'nightly' is without a timestamp"),
            ("<testsuite name='s'/>", "run1.xml: every suite is without a timestamp"),
            (
                two("timestamp='2027-04-20T09:30:00'"),
                "run1.xml, the suite 'nightly', is dated 2027-04-20 13:30 UTC, after the assessment",
            ),
            (two(f"{STAMP} tests='some'"), "the suite 'nightly' has tests='some', which is not a count"),
            (two(STAMP, "<skipped/>"), "the suite 'nightly' holds <skipped> outside any test case"),
            (two(STAMP, "<testcase name='TC-2' status='odd'/>"), "the case 'TC-2' has status='odd'"),
        ],
    )
    def test_a_refusal_names_the_suite_or_the_case(self, read, report, told):
        """A report has hundreds of suites; `run1.xml has the timestamp ''` sent people through all of them."""
        assert told in refused(read, report)

    def test_the_first_case_without_a_time_is_named(self, read):
        """One is enough to find the exporter; it is the first that a person meets."""
        inside = PASS.format("TC-1") + PASS.format("TC-2")

        assert "the case 'TC-1' of the suite 's' is without" in refused(read, suite(inside, ""))

    def test_a_time_is_told_of_the_suite_that_has_it_first(self, read):
        """Two suites have the same bad time; the first one is found first."""
        first, second = suite("", "timestamp='x'"), suite("", "timestamp='x'", "nightly")

        assert "the suite 's' has" in refused(read, f"<testsuites>{first}{second}</testsuites>")

    def test_a_report_that_nobody_dates_says_so(self, read):
        """The report has times; the binding looks elsewhere for them, so the times are not what is missing."""
        told = refused(read, suite(PASS.format("TC-1")), as_of=None, reports_rule=AsOfRule.CELL)

        assert told == "nothing says when run1.xml held; state as_of in the binding"

    def test_several_ids_are_told_with_the_report(self, read):
        """Of forty reports, which one?"""
        entry = "<property name='id' value='{}'/>"
        case = f"<testcase name='x'><properties>{entry.format('A')}{entry.format('B')}</properties></testcase>"

        assert "run2.xml: the case 'x' has several values of the property 'id'" in refused(
            read, suite(""), suite(case), case_id={"property": "id"}
        )

    def test_results_that_all_miss_the_plan_are_told_by_an_example(self, read):
        """Seeing one id beside the plan shows at once what is wrong with the pattern."""
        assert "(the first is 'pays overtime')" in refused(read, suite(PASS.format("pays overtime")))

    def test_a_plan_that_is_no_csv_is_told_with_its_line(self, read):
        """A quote in the middle of thousands of rows."""
        plan = 'case_id,title\nTC-1,a\nTC-2,"b" c\nTC-3,d\n'

        assert "plan.csv, line 3, is not strict CSV" in refused(read, suite(PASS.format("TC-1")), plan=plan)


class TestGapsNameCases:
    """A gap carries no list of items; its sentence names the cases that are known to have failed all the same."""

    @pytest.mark.parametrize(
        ("report", "fact", "told"),
        [
            (suite(FAIL.format("TC-2"), f"{STAMP} tests='2' failures='2'"), "failed", "failed: TC-2"),
            (
                suite(FAIL.format("TC-1") + PASS.format("TC-2"), f"{STAMP} tests='3' failures='2'"),
                "critical_failed",
                "failed: TC-1",
            ),
        ],
    )
    def test_failures_that_no_case_shows_stand_beside_those_that_one_does(self, read, report, fact, told):
        """Somebody can begin with these."""
        answer = read(report, critical=True, ids="TC-1,TC-2")[fact]

        assert answer.gap is GapReason.NOT_PROVABLE
        assert told in answer.detail

    def test_critical_cases_that_failed_are_named_where_others_did_not_run(self, read):
        """One of the two is known to be broken, and it is the one to mend first."""
        plan = "case_id,priority\nTC-1,critical\nTC-2,critical\n"

        detail = read(suite(FAIL.format("TC-2")), plan=plan, critical=True)["critical_failed"].detail

        assert "1 of 2 critical cases did not run, 1 of the others failed" in detail
        assert "not run: TC-1; failed: TC-2" in detail

    def test_and_where_others_are_not_proved(self, read):
        plan = "case_id,priority\nTC-1,critical\nTC-2,critical\nTC-3,low\n"
        inside = PASS.format("TC-1") + FAIL.format("TC-2") + PASS.format("TC-3")

        detail = read(suite(inside, f"{STAMP} tests='2' failures='1'"), plan=plan, critical=True)[
            "critical_failed"
        ].detail

        assert "1 of 2 critical cases look passed but are not proved, 1 of the others failed" in detail
        assert "not proved: TC-1; failed: TC-2" in detail


@pytest.mark.parametrize(("late_s", "fits"), [(29, True), (30, True), (31, False)])
def test_a_report_may_be_as_late_as_two_clocks_differ(read, now, late_s, fits):
    """Half a minute, as for every other input; a second more is a report from the future."""
    moment = now + timedelta(seconds=late_s)
    report = suite(PASS.format("TC-1"), f"timestamp='{moment:%Y-%m-%dT%H:%M:%SZ}'")

    if fits:
        assert read(report)["planned"].as_of == moment
    else:
        assert "after the assessment" in refused(read, report)
