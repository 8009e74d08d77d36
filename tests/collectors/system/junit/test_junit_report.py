"""Which disagreement between a report's counters and its cases is told, and which counting is nobody's mistake."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from gonogo.collectors.system.junit.report_model import CaseGroup, Report
from gonogo.collectors.system.junit.run_subject import bound_of
from gonogo.collectors.system.junit.xml_report import read_report
from gonogo.model.evidence import GapReason, Subject
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import job_of

PASS = "<testcase name='a'/>"
FAIL = "<testcase name='b'><failure/></testcase>"
ERROR = "<testcase name='c'><error/></testcase>"
SKIP = "<testcase name='d'><skipped/></testcase>"
ASIDE = "<testcase name='e' status='notrun'/>"
AGAIN = "<testcase name='f'><failure/><rerunFailure/></testcase>"
FLAKY = "<testcase name='g'><flakyFailure/></testcase>"
BOTH = "<testcase name='h'><failure/><error/></testcase>"


def report(inside: str) -> Report:
    return read_report(BytesIO(inside.encode()), "r.xml")


def suite(inside: str, counters: str = "", name: str = "s") -> str:
    return f"<testsuite name='{name}' {counters}>{inside}</testsuite>"


class TestCounters:
    @pytest.mark.parametrize(
        ("cases", "counters"),
        [
            (PASS, "tests='1' failures='0' errors='0' skipped='0'"),
            (PASS + FAIL, "tests='2' failures='1' errors='0' skipped='0'"),
            (PASS + ERROR, "tests='2' failures='0' errors='1' skipped='0'"),
            (PASS + SKIP, "tests='2' skipped='1'"),
            (PASS + ASIDE, "tests='2' skipped='1'"),
            (PASS + ASIDE, "tests='2' skipped='0' disabled='1'"),
            (PASS + AGAIN, "tests='2' failures='1'"),
            (PASS + AGAIN, "tests='3' failures='2'"),
            (FLAKY, "tests='2' failures='1'"),
            (FLAKY, "tests='1' failures='0'"),
            (BOTH, "tests='1' failures='1' errors='1'"),
            (PASS, ""),
        ],
    )
    def test_each_honest_way_of_counting_is_told_as_no_disagreement(self, cases: str, counters: str):
        """A line about counters in every report of half the world's runners is one that nobody reads."""
        assert report(suite(cases, counters)).mismatches == []

    @pytest.mark.parametrize(
        ("cases", "counters"),
        [
            (PASS + PASS, "tests='1'"),
            (PASS + PASS, "tests='3'"),
            (PASS + FAIL, "tests='2' failures='0'"),
            (PASS + FAIL, "tests='2' failures='2'"),
            (PASS + ERROR, "tests='2' errors='0'"),
            (PASS + ERROR, "tests='2' errors='2'"),
            (PASS + SKIP, "tests='2' skipped='0'"),
            (PASS + SKIP, "tests='2' skipped='2'"),
            (PASS + AGAIN, "tests='4'"),
        ],
    )
    def test_one_less_or_one_more_is_told(self, cases: str, counters: str):
        [told] = report(suite(cases, counters)).mismatches

        assert told.startswith("the suite 's' says ")


class TestNeighbours:
    def test_each_suite_that_only_looks_passed_is_kept_by_itself(self):
        """The second would otherwise hide the first, and its cases would pass by name."""
        suites = suite(PASS * 2, "tests='1'", "one") + suite(PASS * 3, "tests='1'", "two")

        found = report(f"<testsuites>{suites}</testsuites>")

        assert found.groups == [CaseGroup(0, 2, 1), CaseGroup(2, 5, 2)]

    def test_a_suite_around_them_that_lacks_more_takes_their_place(self):
        inner = suite(PASS * 2, "tests='1'", "one") + suite(PASS, "tests='1'", "two")

        found = report(f"<testsuites tests='1'>{inner}</testsuites>")

        assert found.groups == [CaseGroup(0, 3, 2)]


class TestTelling:
    def test_a_disagreement_that_was_told_below_is_told_once(self):
        """Three nested suites would say the same thing three times."""
        inner = suite(PASS * 2, "tests='3'", "inner")

        [told] = report(suite(inner, "tests='4'", "outer")).mismatches

        assert "'inner'" in told

    def test_one_that_costs_more_above_is_told_again(self):
        """The root leaves room for no pass at all: that is another number than the suite's."""
        inner = suite(PASS * 2, "tests='1'", "inner")

        found = report(f"<testsuites tests='0'>{inner}</testsuites>")

        assert len(found.mismatches) == 2
        assert found.groups == [CaseGroup(0, 2, 2)]

    @pytest.mark.parametrize(
        ("document", "words"),
        [
            ("<test-run/>", "<test-run>, not <testsuites> or <testsuite>; NUnit 3 writes it"),
            ("<other/>", "<other>, not <testsuites> or <testsuite>"),
            (suite("<testcase name='a' status='zeta' result='alpha'/>"), "the case 'a' has status='zeta'"),
        ],
    )
    def test_what_is_no_report_is_named_with_who_writes_it(self, document: str, words: str):
        with pytest.raises(CollectorRefusal) as caught:
            report(document)

        assert words in str(caught.value)
        assert ("which can write JUnit XML too" in str(caught.value)) is ("NUnit" in words)


class TestBound:
    @pytest.mark.parametrize(("environment", "names"), [(None, set()), ("Staging", {"staging"})])
    def test_results_are_bound_to_an_environment_only_where_the_binding_names_one(self, environment, names):
        """The word "None" would settle a column that nobody bound."""
        job = replace(job_of(), subject=Subject(environment=environment))

        assert bound_of(job).environments == names

    @pytest.mark.parametrize(("release", "name"), [(None, "payroll-1"), ("R2", "r2")])
    def test_the_release_of_the_binding_goes_before_that_of_the_run(self, release, name):
        assert bound_of(replace(job_of(), subject=Subject(release=release))).releases == {name}


class TestBuild:
    EMPTY = "<testsuite name='s' tests='0' timestamp='2027-04-12T09:30:00'>{}</testsuite>"

    @pytest.mark.parametrize(
        "inside",
        [
            "",
            "<properties><property name='os' value='x'/></properties>",
            "<properties><property name='build'/></properties>",
        ],
        ids=["nothing", "another", "blank"],
    )
    def test_a_report_without_cases_names_its_build_too(self, read, inside: str):
        """Nothing ran, and nobody knows which build would have run."""
        with pytest.raises(CollectorRefusal, match="does not name its build in 'build'") as caught:
            read(self.EMPTY.format(inside), build_property="build")

        assert caught.value.reason is GapReason.MISSING

    def test_one_that_does_is_read(self, read):
        named = self.EMPTY.format("<properties><property name='build' value='7'/></properties>")

        assert read(named, build_property="build")["planned"].subject.build == "7"
