"""Counters against cases: cases count, a disagreement is named, and none makes a result better."""

from __future__ import annotations

import pytest

from gonogo.collectors.system.junit.counters import SeenMarks, compare
from gonogo.model.evidence import GapReason

STAMP = "timestamp='2027-04-12T09:30:00'"
PASS = "<testcase name='TC-{}'/>"
FAIL = "<testcase name='TC-{}'><failure/></testcase>"
SKIP = "<testcase name='TC-{}'><skipped/></testcase>"
FOUR = "".join(map(PASS.format, (1, 2, 3, 4)))


def suite(cases: str, counters: str, name: str = "s") -> str:
    return f"<testsuite name='{name}' {counters} {STAMP}>{cases}</testsuite>"


def part(answers, name="pass_ratio"):
    return answers[name].part


class TestCasesThatOnlyLookPassed:
    @pytest.mark.parametrize(("tests", "passes"), [(5, 4), (4, 4), (3, 3), (1, 1), (0, 0)])
    def test_only_as_many_pass_as_the_counters_leave_for_passes(self, read, tests, passes):
        """A planned, repeated or unfinished case is written like one that passed; the counters know better."""
        answers = read(suite(FOUR, f"tests='{tests}' failures='0'"))

        assert (part(answers), part(answers, "executed_ratio"), answers["skipped"].value) == (
            passes,
            passes,
            4 - passes,
        )

    @pytest.mark.parametrize(
        ("counters", "passes"),
        [
            ("tests='4' failures='1'", 3),
            ("tests='4' errors='1'", 3),
            ("tests='4' skipped='1'", 3),
            ("tests='4' failures='1' skipped='2'", 1),
            ("tests='4' disabled='1'", 3),
            ("tests='4' ignored='1'", 3),
            ("tests='4' warnings='1'", 3),
            ("failures='1'", 3),
            ("skipped='1'", 3),
            ("tests='9' failures='1'", 3),
            ("tests='9' skipped='1'", 4),
        ],
    )
    def test_a_failure_or_skip_that_no_case_shows_costs_a_pass(self, read, counters, passes):
        """A mark was cut out of one of the cases; which one, nobody knows."""
        assert part(read(suite(FOUR, counters))) == passes

    def test_none_of_them_passed_by_name(self, read):
        """A critical one among them is not proved, whatever the count says."""
        answers = read(suite(FOUR, "tests='3'"), critical=True)

        assert answers["critical_failed"].gap is GapReason.NOT_PROVABLE
        assert "1 of 1 critical cases look passed but are not proved" in answers["critical_failed"].detail
        assert "says tests=3, but holds 4 cases" in answers["critical_failed"].detail
        assert answers["pass_ratio"].open_items == ("TC-1", "TC-2", "TC-3", "TC-4")

    def test_a_case_of_a_sound_suite_beside_them_passed_by_name(self, read):
        """What one suite cannot prove does not taint the next one."""
        sound, other = suite(PASS.format(1), "tests='1'"), suite(PASS.format(2) + PASS.format(3), "tests='1'")
        whole = f"<testsuites tests='2'>{sound}{other}</testsuites>"

        for reports in ((sound, other), (whole,)):
            answers = read(*reports, critical=True)

            assert (answers["critical_failed"].value, part(answers)) == (0, 2)
            assert answers["pass_ratio"].open_items == ("TC-2", "TC-3", "TC-4")

    def test_a_root_that_lacks_more_than_its_suites_explain_taints_them_all(self, read):
        """The root counts one pass fewer than the suites do; it may be any of theirs."""
        sound, other = suite(PASS.format(1), "tests='1'"), suite(PASS.format(2) + PASS.format(3), "tests='1'")

        answers = read(f"<testsuites tests='1'>{sound}{other}</testsuites>", critical=True)

        assert (answers["critical_failed"].gap, part(answers)) == (GapReason.NOT_PROVABLE, 1)

    def test_an_unplanned_case_may_be_the_one_that_passed(self, read):
        """Two look passed, one did; if that was the one outside of the plan, nothing of the plan passed."""
        report = suite(PASS.format(1) + PASS.format(99), "tests='1'")

        assert part(read(report, unplanned="allowed")) == 0

    def test_a_repeated_case_may_use_up_the_passes(self, read):
        """Of three elements two are counted; both may be the two of the one case."""
        report = suite(PASS.format(1) * 2 + PASS.format(2), "tests='2'")

        assert part(read(report)) == 1

    def test_two_suites_each_cost_their_own(self, read):
        """Doubts of several suites add up."""
        pair = [suite(PASS.format(a) + PASS.format(b), "tests='1'") for a, b in ((1, 2), (3, 4))]

        assert part(read(*pair)) == 2

    def test_a_doubtful_repeat_takes_the_proof_by_name_away(self, read):
        """It passed in a sound suite, and perhaps not in the other one: the worst counts."""
        answers = read(suite(FOUR, "tests='4'"), suite(PASS.format(1), "tests='0'"), critical=True)

        assert (answers["critical_failed"].gap, part(answers)) == (GapReason.NOT_PROVABLE, 3)


TWICE = "<testcase name='TC-{}'><failure/><failure/></testcase>"
THRICE = "<testcase name='TC-{}'><failure/><failure/><failure/></testcase>"
WARNED = "<testcase name='TC-{}'><warning/><warning/></testcase>"
BROKE = "<testcase name='TC-{}'><error/><error/></testcase>"


class TestMarksThatAreCountedByThemselves:
    """A case may hold several failures; where each is counted, the sum of the counters is more than the tests."""

    @pytest.mark.parametrize(("failures", "passes"), [(2, 1), (3, 0), (4, 1), (5, 0)])
    def test_a_case_without_a_mark_passed_where_all_cases_and_marks_are_counted(self, read, failures, passes):
        """Two cases or four marks may be said; three or five would be a failure that no case shows."""
        cases = TWICE.format(1) + TWICE.format(2) + SKIP.format(3) + PASS.format(4)

        answers = read(suite(cases, f"tests='4' failures='{failures}' skipped='1'"))

        assert part(answers) == passes
        assert ("none by name" in answers["pass_ratio"].where) == (passes == 0)

    @pytest.mark.parametrize(
        ("cases", "counters", "passes"),
        [
            (BROKE.format(1) + BROKE.format(2) + PASS.format(3), "tests='3' errors='4'", 1),
            (BROKE.format(1) + TWICE.format(2) + PASS.format(3), "tests='3' errors='2' failures='2'", 1),
            (BROKE.format(1) + TWICE.format(2) + PASS.format(3), "tests='3' errors='1' failures='3'", 0),
            (WARNED.format(1) + WARNED.format(2) + PASS.format(3), "tests='3' warnings='4'", 1),
            (TWICE.format(1) + PASS.format(2), "tests='2' failures='1' errors='1'", 0),
            (BROKE.format(1) + PASS.format(2), "tests='2' failures='2'", 0),
        ],
    )
    def test_errors_failures_and_warnings_each_agree(self, read, cases, counters, passes):
        """The parts are compared, not their sum: what agrees by chance alone proves nothing."""
        assert part(read(suite(cases, counters))) == passes

    @pytest.mark.parametrize(("tests", "passes"), [(3, 0), (4, 2), (5, 0)])
    def test_nothing_is_proved_where_tests_and_cases_disagree(self, read, tests, passes):
        """One test fewer than cases may be a case that is no test, and then the marks of the others say nothing."""
        cases = THRICE.format(1) + THRICE.format(2) + PASS.format(3) + PASS.format(4)

        assert part(read(suite(cases, f"tests='{tests}' failures='6'"))) == passes

    @pytest.mark.parametrize(("marks", "passes"), [(1, 3), (2, 2), (3, 1), (4, 0), (5, 3)])
    def test_marks_that_may_be_cases_take_passes_away(self, read, marks, passes):
        """Four failures in four tests may be four cases, and three lost their mark; five cannot be."""
        cases = f"<testcase name='TC-1'>{'<failure/>' * marks}</testcase>" + "".join(map(PASS.format, (2, 3, 4)))

        assert part(read(suite(cases, f"tests='4' failures='{marks}'"))) == passes

    def test_a_skip_that_no_case_shows_still_costs_a_pass(self, read):
        """Marks that agree say nothing of the skips."""
        cases = THRICE.format(1) + PASS.format(2) + PASS.format(3)

        assert part(read(suite(cases, "tests='3' failures='3' skipped='1'"))) == 1


class TestFailuresThatNoCaseShows:
    @pytest.mark.parametrize("counters", ["tests='2' failures='1'", "failures='1'", "tests='2' errors='1'"])
    def test_the_number_of_failed_cases_is_then_unknown(self, read, counters):
        """Zero would be a claim that the report itself denies."""
        answers = read(suite(PASS.format(2), counters))

        assert answers["failed"].gap is GapReason.NOT_PROVABLE
        assert "1 failures that no case shows; run1.xml: the suite 's' says" in answers["failed"].detail

    def test_so_is_the_number_of_critical_ones_even_if_all_passed_elsewhere(self, read):
        """The failure may be a run of the critical case that somebody cut out."""
        answers = read(suite(FOUR, "tests='4'"), suite("", "tests='1' failures='1'"), critical=True)

        assert answers["critical_failed"].gap is GapReason.NOT_PROVABLE

    def test_failures_that_are_shown_are_known(self, read):
        """The counters tell of one, and one case shows it."""
        answers = read(suite(FAIL.format(1) + PASS.format(2), "tests='2' failures='1'"), critical=True)

        assert (answers["failed"].value, answers["critical_failed"].value) == (1, 1)

    @pytest.mark.parametrize(
        ("failures", "hidden"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 0), (5, 3)], ids=lambda value: str(value)
    )
    def test_failures_are_compared_with_cases_or_with_all_their_marks(self, failures, hidden):
        """Two cases failed with four marks: two or four may be said; three is neither, and the worst is taken."""
        seen = SeenMarks(cases=3, failed=2, marks=4, failures=2, failure_marks=4, passed=1, runs=5)

        assert compare({"failures": failures}, seen).hidden == hidden

    @pytest.mark.parametrize(
        ("cases", "counters"),
        [
            (TWICE.format(1), "tests='2' failures='1' errors='1'"),
            (TWICE.format(1), "tests='2' failures='2'"),
            (BROKE.format(1), "tests='2' errors='2'"),
            (WARNED.format(1) + PASS.format(2), "tests='3' warnings='2'"),
            (TWICE.format(1) + PASS.format(2) + PASS.format(3), "tests='3' failures='2'"),
            (TWICE.format(1) + PASS.format(2), "failures='1' errors='1'"),
        ],
    )
    def test_two_marks_of_one_case_do_not_hide_another_case(self, read, cases, counters):
        """Two cases failed and one was cut out, or lost its mark; the two marks of the other one are not it."""
        answers = read(suite(cases, counters))

        assert answers["failed"].gap is GapReason.NOT_PROVABLE
        assert "1 failures that no case shows" in answers["failed"].detail

    @pytest.mark.parametrize("counters", ["tests='2' errors='1'", "tests='2' failures='0' errors='1'"])
    def test_a_failure_that_is_counted_as_an_error_is_shown(self, read, counters):
        """Mocha, nette/tester and WebdriverIO do so; one counter, one case that failed."""
        assert read(suite(FAIL.format(1) + PASS.format(2), counters))["failed"].value == 1

    @pytest.mark.parametrize(("tests", "hidden"), [(2, 2), (3, 0), (4, 2)])
    def test_marks_explain_counters_where_as_many_cases_are_counted_as_told(self, tests, hidden):
        """Four failures in three tests can only be marks; one test more is a case that is not here."""
        seen = SeenMarks(cases=3, failed=2, marks=4, failures=2, failure_marks=4, passed=1, runs=5)

        assert compare({"tests": tests, "failures": 4}, seen).hidden == hidden

    @pytest.mark.parametrize(("tests", "hidden"), [(3, 1), (4, 0), (5, 1)])
    def test_a_run_that_was_repeated_is_a_test_more(self, tests, hidden):
        """Surefire counts each run, and tells all runs of a test in one case."""
        seen = SeenMarks(cases=3, failed=1, marks=2, failures=1, failure_marks=2, passed=2, runs=4, again=1)

        assert compare({"tests": tests, "failures": 2}, seen).hidden == hidden

    @pytest.mark.parametrize(("known", "hidden"), [(2, 1), (3, 0)])
    def test_a_producer_that_counts_each_mark_is_believed_where_all_cases_are_its_own(self, known, hidden):
        """Subtests of pytest and assertions of Catch2 are tests without a case."""
        seen = SeenMarks(cases=3, failed=1, marks=2, failures=1, failure_marks=2, passed=2, runs=4, each_mark=known)

        assert compare({"tests": 9, "failures": 2}, seen).hidden == hidden


class TestSkipsThatNoCaseShows:
    @pytest.mark.parametrize(("tests", "executed"), [(2, 1), (3, 2), (4, 2)])
    def test_a_case_that_failed_was_not_executed_where_the_counters_say_that_it_was_skipped(
        self, read, tests, executed
    ):
        """The executed share does not grow by writing a failure over a skip; a skip without a case is another thing."""
        report = suite(FAIL.format(1) + FAIL.format(2), f"tests='{tests}' failures='1' skipped='1'")

        answers = read(report)

        assert (part(answers, "executed_ratio"), answers["failed"].value) == (executed, 2)
        assert ("1 more that failed are counted as not run" in answers["executed_ratio"].where) == (executed == 1)

    def test_a_failure_of_a_suite_without_passes_may_be_a_run_of_any_other_case(self, read):
        """It was cut out of a retest, and the case passed in the first run."""
        answers = read(suite(FOUR, "tests='4'"), suite("", "tests='1' failures='1'"))

        assert part(answers) == 3


class TestWhatCannotHelp:
    @pytest.mark.parametrize(
        ("cases", "counters"),
        [
            (PASS.format(1), "tests='2' failures='0'"),
            (PASS.format(1), "tests='2' skipped='1'"),
            (PASS.format(1) + FAIL.format(2), "tests='2' failures='0' errors='1'"),
            (PASS.format(1) + SKIP.format(2), "tests='1' skipped='0'"),
            (PASS.format(1) + FAIL.format(2), "tests='1' failures='0'"),
        ],
    )
    def test_it_is_named_and_the_cases_count(self, read, cases, counters):
        """What is missing was not run, and what is told beyond the counters is no pass."""
        answers = read(suite(cases, counters), critical=True)

        assert (part(answers), answers["critical_failed"].value) == (1, 0)
        assert "run1.xml: the suite 's' says tests=" in answers["pass_ratio"].where

    def test_three_suites_are_told_and_the_others_counted(self, read):
        """A report of a thousand suites must not fill a page."""
        suites = "".join(suite(PASS.format(n), "tests='2'", f"s{n}") for n in (1, 2, 3, 4))

        where = read(f"<testsuites>{suites}</testsuites>")["pass_ratio"].where

        assert where.count("says tests=2") == 3
        assert where.endswith("and 1 more suites whose counters disagree")

    def test_what_a_suite_says_of_itself_or_of_all_that_is_nested_is_sound(self, read):
        """Both ways of counting are in use."""
        inner = suite(PASS.format(1) + PASS.format(2), "tests='2'")
        for tests in (2, 4):
            answers = read(suite(inner + PASS.format(3) + PASS.format(4), f"tests='{tests}'"))

            assert (part(answers), "suite 's'" in answers["pass_ratio"].where) == (4, False)

    def test_a_nested_disagreement_is_told_once(self, read):
        """Suite and root say the same of the same case."""
        report = f"<testsuites tests='2'>{suite(PASS.format(1), 'tests=' + repr('2'))}</testsuites>"

        assert read(report)["pass_ratio"].where.count("says tests=2") == 1


def test_the_root_is_held_against_everything_below_it(read):
    """A root that says 0 over four cases was not written by the same run."""
    answers = read(f"<testsuites tests='0'><testsuite {STAMP}>{FOUR}</testsuite></testsuites>")

    assert part(answers) == 0
    assert "4 look passed, none of them may be counted so" in answers["pass_ratio"].where


def test_a_root_that_counts_only_something_else_adds_nothing_to_sound_suites(read):
    """Newman counts scripts in the root and assertions in its suites, which have counters of their own."""
    sound, bare = suite(PASS.format(1) + PASS.format(2), "tests='2' failures='0'"), suite(PASS.format(1), "")

    assert part(read(f"<testsuites tests='1'>{sound}</testsuites>", critical=True)) == 2
    assert part(read(f"<testsuites tests='1' failures='0'>{sound}</testsuites>")) == 1
    assert part(read(f"<testsuites tests='0'>{bare}</testsuites>")) == 0
