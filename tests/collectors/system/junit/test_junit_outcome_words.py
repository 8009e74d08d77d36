"""Attributes that say how a case or a suite ended, beside marks and counters: what is called like an outcome counts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal

STAMP = "timestamp='2027-04-12T09:30:00'"
REST = "".join(f"<testcase name='TC-{number}'/>" for number in (2, 3, 4))


def suite(inside: str, attributes: str = "") -> str:
    return f"<testsuite name='s' {STAMP} {attributes}>{inside}</testsuite>"


def case(attributes: str = "", inside: str = "") -> str:
    return suite(f"<testcase name='TC-1' {attributes}>{inside}</testcase>{REST}")


def told(read, report: str) -> tuple[int, int, int]:
    """Return how many passed, failed and did not run."""
    answers = read(report)
    return answers["pass_ratio"].part, answers["failed"].value, answers["skipped"].value


PASSED, FAILED, IDLE = (4, 0, 0), (3, 1, 0), (3, 0, 1)


class TestCases:
    @pytest.mark.parametrize(
        "attribute",
        [
            *("status='failed'", "result='FAILED'", "outcome='Fail'", "state='failed'", "verdict='fail'"),
            *("conclusion='failure'", "disposition='broken'", "test-status='Failed'", "testResult='KO'"),
            *("executionStatus='error'", "final_result='not passed'", "outcome='timed-out'", "state='aborted'"),
            *("success='false'", "successful='No'", "succeeded='0'", "passed='False'", "pass='n'", "ok='off'"),
            *("failed='true'", "isFailed='1'", "failures='2'", "failure_count='1'", "errors='1'", "error='NPE in x'"),
            *("failure='totals differ'", "crashed='yes'", "aborted='true'", "timed_out='true'", "flaky='true'"),
            *("xmlns:a='urn:a' a:status='failed'", "xmlns:a='urn:a' a:success='false'"),
        ],
    )
    def test_one_that_says_that_it_failed_has_failed(self, read, attribute):
        """Without a mark inside it would pass, critical or not."""
        assert told(read, case(attribute)) == FAILED

    @pytest.mark.parametrize(
        "attribute",
        [
            *("status='skipped'", "outcome='Not Executed'", "state='pending'", "verdict='inconclusive'"),
            *("result='N/A'", "outcome='planned'", "state='in progress'", "status='not-run'"),
            *("executed='False'", "completed='no'", "finished='0'", "wasExecuted='false'"),
            *("skipped='true'", "skipped='no host'", "ignored='1'", "disabled='true'", "pending='yes'", "todo='later'"),
        ],
    )
    def test_one_that_says_that_it_was_not_run_was_not(self, read, attribute):
        """Planned, switched off or left out: nothing was executed."""
        assert told(read, case(attribute)) == IDLE

    @pytest.mark.parametrize(
        "attribute",
        [
            *("status='Passed'", "result='completed'", "outcome='success'", "state='done'", "verdict='OK'"),
            *("success='true'", "executed='1'", "executed='2027-04-12T09:00:00'", "passed='12'", "ran='yes'"),
            *("failed='false'", "failures='0'", "errors='0.0'", "error='none'", "skipped='0'", "disabled='false'"),
            *("aborted='no'", "status=''", "outcome='  '", "failure=''"),
            *("file='failed.py'", "line='0'", "time='0'", "assertions='0'", "id='error'", "type='failure'"),
            *("classname='skipped'", "url='x'", "resultId='failed'", "stateless='no'", "timeout='60'", "retries='3'"),
            *("testid='1'", "run='2'", "duration='0'", "group='fail'"),
        ],
    )
    def test_other_words_and_other_names_leave_a_pass_a_pass(self, read, attribute):
        """A report must not be refused for where its tests lie, or how long they took."""
        assert told(read, case(attribute)) == PASSED

    @pytest.mark.parametrize(
        ("attribute", "said"),
        [
            ("status='amber'", "status='amber'"),
            ("outcome='1'", "outcome='1'"),
            ("xmlns:a='urn:a' a:Verdict='maybe'", "Verdict='maybe'"),
            ("success='perhaps'", "success='perhaps'"),
            ("passed='3/5'", "passed='3/5'"),
            ("executed='by hand'", "executed='by hand'"),
        ],
    )
    def test_a_value_that_nobody_knows_refuses_the_report(self, read, attribute, said):
        """What nobody knows is no pass; the sentence names the case and the attribute."""
        with pytest.raises(CollectorRefusal) as caught:
            read(case(attribute))

        assert str(caught.value).endswith(f"the case 'TC-1' has {said}, which is not known")

    @pytest.mark.parametrize(
        ("attributes", "inside", "expected"),
        [
            ("status='passed'", "<failure/>", FAILED),
            ("status='passed' result='failed'", "", FAILED),
            ("status='passed' executed='false'", "", IDLE),
            ("status='skipped' outcome='failed'", "", FAILED),
            ("status='passed'", "<skipped/>", IDLE),
        ],
    )
    def test_the_worst_of_what_is_said_counts(self, read, attributes, inside, expected):
        """Two words that disagree are no reason to believe the better one."""
        assert told(read, case(attributes, inside)) == expected

    @pytest.mark.parametrize(
        ("inside", "expected"),
        [
            ("FAILED", FAILED),
            ("Failed: totals differ", FAILED),
            ("<system-out>x</system-out>\n - FAILED", FAILED),
            ("skipped", IDLE),
            ("12 payments were compared, none failed", PASSED),
            ("no difference", PASSED),
            ("<system-out>FAILED once, then repaired</system-out>", PASSED),
            ("<properties><property name='result' value='FAIL'/></properties>", FAILED),
            ("<properties><property name='Test_Status' value='not executed'/></properties>", IDLE),
            ("<properties><property name='status' value='draft'/></properties>", PASSED),
            ("<properties><property name='severity' value='failed'/></properties>", PASSED),
        ],
    )
    def test_loose_text_and_properties_can_only_take_a_pass_away(self, read, inside, expected):
        """Somebody wrote FAILED where a mark belongs; any other text there is a log."""
        assert told(read, case("", inside)) == expected


class TestSuites:
    @pytest.mark.parametrize(
        "attribute",
        [
            *("status='aborted'", "result='Cancelled'", "state='timeout'", "outcome='incomplete'", "status='skipped'"),
            *("executed='false'", "disabled='true'", "aborted='true'", "xmlns:a='urn:a' a:status='interrupted'"),
            *("status='failed' state='aborted'",),
        ],
    )
    def test_in_one_that_was_not_finished_nothing_passed_by_name(self, read, attribute):
        """A run that was cut off proves nothing about the cases that it tells of without a mark."""
        answers = read(suite("<testcase name='TC-1'/>" + REST, attribute), critical=True)

        assert (answers["pass_ratio"].part, answers["critical_failed"].gap) == (0, GapReason.NOT_PROVABLE)
        assert "holds 4 cases that look passed; none of them is counted so" in answers["pass_ratio"].where

    @pytest.mark.parametrize(
        "attribute", ["status='failed'", "success='false'", "failed='true'", "error='cannot load'"]
    )
    def test_one_that_failed_and_shows_no_failure_hides_one(self, read, attribute):
        """Which case it was, nobody knows; zero failures would be a claim that the suite denies."""
        answers = read(suite("<testcase name='TC-1'/>" + REST, attribute), critical=True)

        assert answers["failed"].gap is GapReason.NOT_PROVABLE
        assert answers["critical_failed"].gap is GapReason.NOT_PROVABLE
        assert answers["pass_ratio"].part == 3
        assert "but holds no case that failed" in answers["failed"].detail

    @pytest.mark.parametrize("attribute", ["status='failed'", "success='false'", "failed='1'", "result='Failure'"])
    def test_one_that_failed_and_shows_it_is_believed(self, read, attribute):
        """That is what its word means, in every report with a failure."""
        report = suite("<testcase name='TC-1'><failure/></testcase>" + REST, attribute)

        assert told(read, report) == FAILED
        assert "none by name" not in read(report)["pass_ratio"].where

    @pytest.mark.parametrize(
        "attribute",
        [
            *("status='passed'", "result='ok'", "success='true'", "passed='4'", "failed='0'", "disabled='false'"),
            *("flaky='1'", "success='4'", "executed='4'", "completed='2027-04-12T09:00:00'", "aborted='0'"),
        ],
    )
    def test_one_that_passed_takes_nothing_away(self, read, attribute):
        assert told(read, suite("<testcase name='TC-1'/>" + REST, attribute)) == PASSED

    def test_a_value_that_nobody_knows_refuses_the_report(self, read):
        with pytest.raises(CollectorRefusal, match="the suite 's' has state='amber', which is not known"):
            read(suite(REST, "state='amber'"))

    def test_what_is_nested_in_it_is_not_proved_either_and_its_neighbours_are(self, read):
        """The word is about all that it holds, and about nothing else."""
        inner = suite("<testcase name='TC-1'/><testcase name='TC-2'/>")
        beside = suite("<testcase name='TC-3'/><testcase name='TC-4'/>")

        stopped = suite(inner, "status='aborted'")
        answers = read(f"<testsuites>{stopped}{beside}</testsuites>")

        assert answers["pass_ratio"].part == 2
        assert answers["pass_ratio"].open_items == ("TC-1", "TC-2")

    def test_a_word_of_the_root_is_about_everything(self, read):
        answers = read(f"<testsuites status='aborted'>{suite(REST)}</testsuites>")

        assert answers["pass_ratio"].part == 0

    @pytest.mark.parametrize(("failed", "hidden"), [(0, False), (1, False), (2, True)])
    def test_a_count_of_failures_under_another_name_is_a_counter(self, read, failed, hidden):
        """Two failures are counted and one case shows one."""
        report = suite("<testcase name='TC-1'><failure/></testcase>" + REST, f"failed='{failed}'")

        assert (read(report)["failed"].gap is GapReason.NOT_PROVABLE) is hidden

    @pytest.mark.parametrize(("passed", "counted"), [(2, 2), (3, 3), (4, 4), (5, 4)])
    def test_a_count_of_passes_is_the_most_that_may_pass(self, read, passed, counted):
        report = suite("<testcase name='TC-1'/>" + REST, f"passed='{passed}'")

        assert read(report)["pass_ratio"].part == counted

    @pytest.mark.parametrize(
        ("inside", "attributes", "hidden"),
        [
            (REST, "status='failed' failures='2'", 2),
            ("<testcase name='TC-1'><skipped/></testcase>", "status='failed'", 1),
            ("", "status='failed'", 1),
        ],
    )
    def test_a_failure_is_hidden_once_and_always_told(self, read, inside, attributes, hidden):
        """Counters may tell of more than the word does, and there may be no pass that it could be taken from."""
        detail = read(suite(inside, attributes))["failed"].detail

        assert f"the counters report {hidden} failures that no case shows; run1.xml: the suite 's' says" in detail

    @pytest.mark.parametrize("attribute", ["status='1'", "result='0'", "state='12'"])
    def test_a_number_is_no_word(self, read, attribute):
        """As a count it would be a counter; as a status it is anybody's guess."""
        with pytest.raises(CollectorRefusal, match="which is not known"):
            read(suite(REST, attribute))

    @pytest.mark.parametrize("counter", ["passed='9'", "failed='0'"])
    def test_another_count_that_disagrees_is_told(self, read, counter):
        report = suite("<testcase name='TC-1'><failure/></testcase>" + REST, counter)

        assert f"the suite 's' says {counter.replace(chr(39), '')}, but holds" in read(report)["pass_ratio"].where

    def test_a_case_that_was_skipped_and_says_that_it_failed_was_not_executed(self, read):
        """A word must not make an executed case of a skip that the counters confirm."""
        answers = read(suite("<testcase name='TC-1' status='failed'><skipped/></testcase>", "tests='1' skipped='1'"))

        assert (answers["executed_ratio"].part, answers["failed"].value) == (0, 1)


class TestOldCases:
    OLD = suite("<testcase name='TC-1' timestamp='2025-01-01T00:00:00Z'/>" + REST)

    def test_the_oldest_case_dates_a_fresh_suite(self, read):
        assert read(self.OLD)["planned"].as_of.year == 2025

    def test_no_file_name_and_no_person_makes_it_younger(self, read, now):
        """The binding says when the file was written; the case says when it ran."""
        assert read(self.OLD, as_of=now)["planned"].as_of == datetime(2025, 1, 1, tzinfo=UTC)

    def test_the_word_of_the_binding_counts_where_it_is_older(self, read):
        said = datetime(2024, 6, 1, tzinfo=UTC)

        assert read(self.OLD, as_of=said)["planned"].as_of == said

    @pytest.mark.parametrize(("text", "year"), [("1980-12-31T00:00:00Z", 2027), ("1981-01-01T12:00:00Z", 1981)])
    def test_a_clock_that_was_never_set_dates_nothing_where_the_binding_does(self, read, now, text, year):
        report = suite(f"<testcase name='TC-1' timestamp='{text}'/>" + REST)

        assert read(report, as_of=now)["planned"].as_of.year == year

    def test_a_time_that_cannot_be_read_is_no_stop_where_the_binding_dates_the_report(self, read, now):
        report = suite("<testcase name='TC-1' timestamp='noon'/>" + REST)

        assert read(report, as_of=now)["planned"].as_of == datetime(2027, 4, 12, 13, 30, tzinfo=UTC)
