"""JUnit XML against a plan: what did not run did not pass, and a report that contradicts itself proves nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.system.junit import JUnitCollector
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal, SettingsRefusal
from gonogo.testing.jobs import answers_of, job_of

NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
PLAN = b"case_id,priority\nTC-1,critical\nTC-2,high\nTC-3,high\nTC-4,low\n"
CRITICAL = {"critical": {"column": "priority", "values": ["Critical"], "others": ["high", "low"]}}
PASS = "<testcase name='{}'/>"
FAIL = "<testcase name='{}'><failure message='no'/></testcase>"
ERROR = "<testcase name='{}'><error/></testcase>"
SKIP = "<testcase name='{}'><skipped/></testcase>"


def suite(*cases: str, attributes: str = "timestamp='2027-04-12T09:30:00'") -> str:
    return f"<testsuite name='s' {attributes}>{''.join(cases)}</testsuite>"


def passed(*ids: str) -> str:
    return "".join(PASS.format(case) for case in ids)


def read(*reports: str | bytes, plan: bytes = PLAN, as_of=None, rule=AsOfRule.DOCUMENT, **changes):
    files = [
        (f"run{number}.xml", report if isinstance(report, bytes) else report.encode())
        for number, report in enumerate(reports, 1)
    ]
    job = job_of({"plan": ("plan.csv", plan), "reports": files}, now=NOW, as_of=as_of, rule=rule)
    return answers_of(JUnitCollector(), job, changes)


def values(answers):
    return {name: (a.part, a.whole) if a.whole is not None else a.value for name, a in answers.items()}


ALL = passed("TC-1", "TC-2", "TC-3", "TC-4")


class TestFacts:
    def test_they_are_counted_against_the_plan(self):
        """Four planned: one passes, one fails, one is skipped, one never appears; one result is nobody's."""
        report = suite(PASS.format("TC-1"), FAIL.format("TC-2"), SKIP.format("TC-3"), PASS.format("TC-99"))

        answers = read(report, unplanned="allowed", **CRITICAL)

        assert values(answers) == {
            "planned": 4,
            "executed_ratio": (2, 4),
            "pass_ratio_of_planned": (1, 4),
            "pass_ratio": (1, 4),
            "failed": 1,
            "skipped": 1,
            "not_run": 1,
            "unplanned": 1,
            "critical_failed": 0,
        }
        assert answers["executed_ratio"].where.startswith("not run: TC-4, TC-3; ")

    def test_an_error_is_a_failure(self):
        """A case that crashed did not pass."""
        assert (
            read(suite(ERROR.format("TC-1"), passed("TC-2", "TC-3", "TC-4")), **CRITICAL)["critical_failed"].value == 1
        )

    def test_several_reports_answer_together(self):
        """A run is often split over machines."""
        answers = read(suite(passed("TC-1", "TC-2")), suite(passed("TC-3", "TC-4")))

        assert (answers["pass_ratio"].part, answers["pass_ratio"].whole) == (4, 4)

    def test_nested_suites_are_counted_once(self):
        """Gradle and NUnit nest; a case in three suites around it is still one case."""
        inner = suite(passed("TC-1", "TC-2"), attributes="tests='2'")
        outer = suite(inner, passed("TC-3", "TC-4"), attributes="tests='4'")
        report = f"<testsuites tests='4' failures='0'>{outer}</testsuites>"

        answers = read(report, as_of=NOW)

        assert (answers["executed_ratio"].part, answers["unplanned"].value) == (4, 0)

    def test_critical_cases_are_not_mentioned_without_the_setting(self):
        """A fact that nobody asked for is not owed."""
        collector = JUnitCollector()

        assert "critical_failed" not in read(suite(ALL))
        assert "critical_failed" not in {fact.name for fact in collector.declare(collector.settings())}

    def test_a_critical_case_that_did_not_run_leaves_the_count_unknown(self):
        """Nobody knows whether it would have failed."""
        for report in (suite(passed("TC-2")), suite(SKIP.format("TC-1"), passed("TC-2"))):
            answer = read(report, **CRITICAL)["critical_failed"]

            assert answer.gap is GapReason.NOT_PROVABLE
            assert "1 of 1 critical cases did not run" in answer.detail

    def test_a_plan_without_critical_cases_leaves_the_count_unknown(self):
        """Zero critical failures of zero critical cases is no news."""
        plan = PLAN.replace(b"critical", b"high")

        assert read(suite(ALL), plan=plan, **CRITICAL)["critical_failed"].gap is GapReason.NOT_PROVABLE


class TestNothingRan:
    def test_a_report_of_no_tests_executes_nothing(self):
        """tests=0 is green in many tools."""
        answers = read(suite(attributes="tests='0' timestamp='2027-04-12T09:30:00'"))

        assert (answers["executed_ratio"].part, answers["not_run"].value) == (0, 4)

    def test_all_skipped_is_nothing_passed(self):
        """So is a run in which everything was skipped."""
        answers = read(suite(*(SKIP.format(f"TC-{n}") for n in range(1, 5))))

        assert (answers["executed_ratio"].part, answers["pass_ratio"].part, answers["skipped"].value) == (0, 0, 4)

    @pytest.mark.parametrize("status", ["notrun", "skipped", "Disabled", "BLOCKED", "Inconclusive", "INCOMPLETE"])
    def test_a_status_says_that_a_case_did_not_run(self, status):
        """GoogleTest and test managers use an attribute."""
        report = suite(f"<testcase name='TC-1' status='{status}'/>", passed("TC-2", "TC-3", "TC-4"))

        assert read(report)["executed_ratio"].part == 3

    def test_a_status_says_that_a_case_failed(self):
        """Some writers put no element inside."""
        assert read(suite("<testcase name='TC-1' status='failed'/>"))["failed"].value == 1

    def test_an_unknown_status_is_refused(self):
        """What nobody knows is not a pass."""
        with pytest.raises(CollectorRefusal, match="status='amber'"):
            read(suite("<testcase name='TC-1' status='amber'/>"))

    def test_an_empty_plan_proves_nothing(self):
        """Everything of nothing passed."""
        with pytest.raises(CollectorRefusal) as refusal:
            read(suite(ALL), plan=b"case_id,priority\n")

        assert refusal.value.reason is GapReason.NOT_PROVABLE

    def test_results_that_all_miss_the_plan_are_refused(self):
        """The mapping is wrong, not the tests."""
        with pytest.raises(CollectorRefusal, match="none of the 2 results carries an id"):
            read(suite(passed("test_a", "test_b")))

    def test_missing_reports_are_a_gap(self):
        """No report is no result."""
        with pytest.raises(CollectorRefusal) as refusal:
            read()

        assert refusal.value.reason is GapReason.MISSING


class TestCounters:
    @pytest.mark.parametrize("counters", ["tests='many'", "tests='-4'", "failures='none'"])
    def test_counters_that_are_no_counts_refuse_the_report(self, counters):
        """Nobody knows what such a tool means by anything else."""
        with pytest.raises(CollectorRefusal, match="which is not a count"):
            read(suite(ALL, attributes=counters), as_of=NOW)

    @pytest.mark.parametrize("counters", ["tests='4' failures='1' errors='0' skipped='1'", "", "tests=''"])
    def test_counters_that_agree_or_are_left_out_are_fine(self, counters):
        """No standard asks for them."""
        report = suite(FAIL.format("TC-1"), SKIP.format("TC-2"), passed("TC-3", "TC-4"), attributes=counters)

        answers = read(report, as_of=NOW)

        assert answers["pass_ratio"].part == 2
        assert "run1.xml" not in answers["pass_ratio"].where


class TestReruns:
    def test_the_worst_of_several_results_counts(self):
        """A re-run must not paint over a failure, in whatever order the files come."""
        bad, good = suite(FAIL.format("TC-1")), suite(ALL)

        for reports in ((bad, good), (good, bad)):
            assert read(*reports, **CRITICAL)["critical_failed"].value == 1

    def test_a_skipped_repeat_takes_the_pass_away(self):
        """It ran on one machine and not on the other."""
        assert read(suite(ALL), suite(SKIP.format("TC-1")))["executed_ratio"].part == 3

    def test_latest_takes_the_latest_by_time(self):
        """Retests after a fix are legitimate where the program says so."""
        early = suite(FAIL.format("TC-1"), attributes="timestamp='2027-04-10T09:00:00'")
        late = suite(ALL, attributes="timestamp='2027-04-11T09:00:00-04:00'")

        assert read(late, early, reruns="latest")["failed"].value == 0
        assert read(late.replace("04-11", "04-09"), early, reruns="latest")["failed"].value == 1

    def test_latest_without_times_is_refused(self):
        """Which run is the latest, nobody knows."""
        with pytest.raises(CollectorRefusal, match="no run is the latest"):
            read(suite(FAIL.format("TC-1"), attributes=""), suite(ALL), reruns="latest", as_of=NOW)

    def test_of_two_runs_at_the_same_time_the_worse_counts(self):
        """A tie is no proof."""
        assert read(suite(FAIL.format("TC-1")), suite(ALL), reruns="latest")["failed"].value == 1

    def test_a_flaky_pass_is_a_failure_unless_the_latest_counts(self):
        """Surefire hides the first failure inside a case that passed on repetition."""
        report = suite("<testcase name='TC-1'><flakyFailure/></testcase>", passed("TC-2", "TC-3", "TC-4"))

        assert read(report)["failed"].value == 1
        assert read(report, reruns="latest")["failed"].value == 0


class TestIds:
    @pytest.mark.parametrize(
        ("rule", "case"),
        [
            ("classname.name", "<testcase classname='TC' name='1'/>"),
            (
                {"property": "id"},
                "<testcase name='x'><properties><property name='id' value='TC.1'/></properties></testcase>",
            ),
            ({"pattern": r"\[(TC\.[0-9]+)\]"}, "<testcase name='pays overtime [TC.1]'/>"),
            ({"pattern": r"^(TC\.1)", "of": "classname.name"}, "<testcase classname='TC' name='1'/>"),
        ],
    )
    def test_a_case_is_found_by_the_rule_of_the_settings(self, rule, case):
        """Teams carry the plan's id in different places."""
        assert read(suite(case), plan=b"case_id\nTC.1\n", case_id=rule)["pass_ratio"].part == 1

    def test_a_case_with_two_ids_is_refused(self):
        """One result cannot answer for two."""
        entry = "<property name='id' value='{}'/>"
        case = f"<testcase name='x'><properties>{entry.format('TC-1')}{entry.format('TC-2')}</properties></testcase>"

        with pytest.raises(CollectorRefusal, match="several values"):
            read(suite(case), case_id={"property": "id"})

    @pytest.mark.parametrize("pattern", ["TC-1", "(TC)-(1)", "(", r"(?=x)(y)"])
    def test_a_pattern_needs_one_group_and_linear_time(self, pattern):
        """A mistake in the settings is told before anything is read."""
        collector = JUnitCollector()
        chosen = collector.settings.model_validate({"case_id": {"pattern": pattern}})

        with pytest.raises(SettingsRefusal) as refusal:
            collector.declare(chosen)

        assert refusal.value.errors[0][0] == ("case_id", "pattern")

    def test_a_value_cannot_be_critical_and_not(self):
        """The lists are a closed division of the column."""
        collector = JUnitCollector()
        chosen = collector.settings.model_validate_json(
            '{"critical": {"column": "priority", "values": ["high"], "others": ["High "]}}'
        )

        with pytest.raises(SettingsRefusal, match="both lists"):
            collector.declare(chosen)


class TestPlan:
    @pytest.mark.parametrize(
        ("plan", "said"),
        [
            (b"", "no column 'case_id'"),
            (b"case,priority\nTC-1,critical\n", "nearest: 'case'"),
            (b"case_id,case_id\nTC-1,TC-2\n", "column 'case_id' twice"),
            (b"case_id,priority\nTC-1,critical\nTC-1,low\n", "planned twice"),
            (b"case_id,priority\n,critical\n", "id is blank"),
            (b"case_id,priority\n TC-1,critical\n", "blanks around it"),
            (b"case_id,priority\nTC-1\n", "has 1 columns; the header has 2"),
            (b"case_id,priority\nTC-1,critical,x\n", "has 3 columns"),
            (b'case_id,priority\n"TC-1,critical\nTC-2,low\n', "not strict CSV"),
            (b"case_id,priority\nTC-1,crit\xe9cal\n", "not UTF-8"),
            (b"case_id,priority\nTC-1,critcal\n", "priority is 'critcal', which the settings do not list"),
            ("case_id,priority\nTC-1,critical\n".encode("utf-16"), "not UTF-8"),
            (b"case_id,priority\nTC-1\x00,critical\n", "NUL character"),
            (b"case_id,priority,note\nTC-1,critical,\x00\n", "NUL character"),
        ],
    )
    def test_a_plan_that_is_not_clean_is_refused(self, plan, said):
        """A row that disappears from the plan is a case that never had to pass."""
        with pytest.raises(CollectorRefusal, match=said):
            read(suite(ALL), plan=plan, **CRITICAL)

    def test_a_byte_order_mark_and_quoted_cells_are_fine(self):
        """Excel writes both."""
        plan = b'\xef\xbb\xbfcase_id,title\r\nTC-1,"pays, once"\r\n'

        assert read(suite(passed("TC-1")), plan=plan)["planned"].value == 1


class TestXml:
    @pytest.mark.parametrize(
        ("report", "said"),
        [
            (b"", "not a complete JUnit XML report"),
            (b"\x89PNG\r\n", "not a complete"),
            (suite(ALL).encode()[:-5], "not a complete"),
            (b"<html><body/></html>", "root is <html>"),
            (b"<testsuites><testcase name='TC-1'/></testsuites><x/>", "not a complete"),
            (b"<?xml version='1.0' encoding='klingon'?><testsuite/>", "not a complete"),
            (b"<testsuite><testcase name='\xff'/></testsuite>", "not a complete"),
            (b"<!DOCTYPE t [<!ENTITY a 'b'>]><testsuite><testcase name='&a;'/></testsuite>", "document type"),
            (b"<!DOCTYPE t SYSTEM 'file:///etc/passwd'><testsuite/>", "document type"),
            (b"<testsuite>" * 65 + b"</testsuite>" * 65, "nested deeper than 64"),
        ],
    )
    def test_what_is_no_report_is_refused(self, report, said):
        """Truncated, foreign, hostile: each is told."""
        with pytest.raises(CollectorRefusal, match=said):
            read(report, as_of=NOW)

    @pytest.mark.parametrize(
        ("report", "said"),
        [
            (suite("<testcase name='TC-1'><Failure/></testcase>"), "'TC-1' holds <Failure>: no outcome"),
            (suite("<testcase name='TC-1'><blocked/></testcase>"), "holds <blocked>: no outcome"),
            (suite("<testcase name='TC-1'><result><failure/></result></testcase>"), "holds <result>: no outcome"),
            (suite(f"<testcase name='TC-1'>{FAIL.format('TC-2')}</testcase>"), "holds <testcase>: no outcome"),
            (suite(ALL, "<error message='the set-up broke'/>"), "the suite 's' holds <error> outside any test case"),
            (suite(ALL, "<failure/>"), "the suite 's' holds <failure> outside any test case"),
        ],
    )
    def test_an_outcome_in_a_form_that_nobody_knows_never_passes(self, report, said):
        """A case without a known mark of failure has passed; so every other mark must be refused."""
        with pytest.raises(CollectorRefusal, match=said):
            read(report)

    def test_reruns_that_failed_are_failures_even_where_the_first_one_is_not_told(self):
        """Surefire writes them beside the failure; a tool that leaves that out has not made the case pass."""
        report = suite("<testcase name='TC-1'><rerunFailure/></testcase>", passed("TC-2", "TC-3", "TC-4"))

        assert (read(report)["failed"].value, read(report)["pass_ratio"].part) == (1, 3)

    def test_a_declared_encoding_is_followed(self):
        """Old Java writes Latin-1, and says so."""
        report = "<?xml version='1.0' encoding='iso-8859-1'?>" + suite(PASS.format("Zahlung-\u00e4"))

        assert read(report.encode("latin-1"), plan="case_id\nZahlung-\u00e4\n".encode())["pass_ratio"].part == 1

    def test_no_truncation_is_read_as_a_report(self):
        """A torn upload must not lose the failures at its end."""
        whole = f"<testsuites>{suite(ALL)}{suite(FAIL.format('TC-1'))}</testsuites>".encode()
        for length in range(len(whole)):
            with pytest.raises(CollectorRefusal):
                read(whole[:length])


class TestAsOf:
    def test_the_oldest_suite_counts_in_local_time(self):
        """A time without an offset is the program's: Washington is four hours behind in April."""
        answers = read(suite(passed("TC-1")), suite(ALL, attributes="timestamp='2027-04-11T09:00:00'"))

        assert answers["planned"].as_of == datetime(2027, 4, 11, 13, 0, tzinfo=UTC)

    def test_a_nested_suite_inherits_the_time_around_it(self):
        """One time at the root dates the whole run."""
        report = f"<testsuites timestamp='2027-04-12T09:30:00Z'>{suite(ALL, attributes='')}</testsuites>"

        assert read(report)["planned"].as_of == datetime(2027, 4, 12, 9, 30, tzinfo=UTC)

    def test_a_suite_without_a_time_refuses_the_report(self):
        """Half of the run may be of any age."""
        report = f"<testsuites>{suite(passed('TC-1'))}{suite(passed('TC-2'), attributes='')}</testsuites>"

        with pytest.raises(CollectorRefusal) as refusal:
            read(report)

        assert refusal.value.reason is GapReason.MISSING

    @pytest.mark.parametrize(
        "text",
        [
            "Mon, 12 Apr 2027 13:30:00 GMT",
            "12 Apr 2027 13:30:00 UTC",
            "Mon, 12 Apr 2027 09:30:00 -0400",
            "2027-04-12T13:30:00 UTC",
            "2027-04-12T09:30:00",
        ],
    )
    def test_times_are_read_as_producers_write_them(self, text):
        """Mocha and TestCafe write them as mail does, TestNG puts the zone behind."""
        assert read(suite(ALL, attributes=f"timestamp='{text}'"))["planned"].as_of == datetime(
            2027, 4, 12, 13, 30, tzinfo=UTC
        )

    def test_a_time_without_an_offset_may_be_said_to_be_utc(self):
        """Reporters of JavaScript leave the Z out: in Washington a run would seem four hours younger."""
        assert read(suite(ALL), timestamps="utc")["planned"].as_of == datetime(2027, 4, 12, 9, 30, tzinfo=UTC)

    def test_a_case_that_did_not_run_has_no_time(self):
        """GoogleTest dates disabled cases by 1970, which would make the whole run stale."""
        disabled = "<testcase name='TC-4' status='notrun' timestamp='1970-01-01T00:00:00'/>"

        assert read(suite(passed("TC-1"), disabled))["planned"].as_of == datetime(2027, 4, 12, 13, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        "text",
        ["yesterday", "12/04/2027", "2027-13-01T00:00:00", "2027-04-12T09:30:00 EST", "Mon, 31 Apr 2027 00:00:00 GMT"],
    )
    def test_a_time_that_nobody_can_read_refuses_the_report(self, text):
        """A guess would decide whether evidence is stale."""
        with pytest.raises(CollectorRefusal, match="not an ISO 8601 time"):
            read(suite(ALL, attributes=f"timestamp='{text}'"))

    def test_the_oldest_of_the_inputs_that_the_host_dates_counts(self):
        """A report from today against a plan from winter is as old as the plan."""
        old, new = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 4, 18, tzinfo=UTC)

        assert read(suite(ALL), as_of={"plan": old, "reports": new})["planned"].as_of == old


class TestBuild:
    PROPERTY = "<properties><property name='build' value='{}'/></properties>"

    def test_the_build_is_the_subject_of_every_answer(self):
        """A test older than the build proves another system; admission compares."""
        answers = read(suite(self.PROPERTY.format("rc-4.1.7"), ALL), build_property="build")

        assert {answer.subject for answer in answers.values()} == {Subject(build="rc-4.1.7")}

    def test_two_builds_are_a_wrong_subject(self):
        """Half of the proof is about another system."""
        with pytest.raises(CollectorRefusal) as refusal:
            read(
                suite(self.PROPERTY.format("rc-4.1.7"), passed("TC-1")),
                suite(self.PROPERTY.format("rc-4.1.6"), passed("TC-2")),
                build_property="build",
            )

        assert refusal.value.reason is GapReason.WRONG_SUBJECT

    def test_a_report_that_does_not_name_its_build_is_refused(self):
        """The one that says nothing may be the old one."""
        with pytest.raises(CollectorRefusal) as refusal:
            read(suite(self.PROPERTY.format("rc-4.1.7"), passed("TC-1")), suite(ALL), build_property="build")

        assert refusal.value.reason is GapReason.MISSING


OUTCOMES = {"pass": PASS, "fail": FAIL, "error": ERROR, "skip": SKIP}


@settings(max_examples=examples(150), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["TC-1", "TC-2", "TC-3", "TC-4"]), st.sampled_from(sorted(OUTCOMES))), min_size=1
    ),
    st.tuples(st.sampled_from(["TC-1", "TC-2", "TC-3", "TC-4"]), st.sampled_from(["fail", "error", "skip"])),
)
def test_one_more_bad_result_never_makes_an_answer_better(results, extra):
    """Adding a failure or a skip can only cost passes, wherever it stands."""
    cases = [OUTCOMES[outcome].format(case) for case, outcome in results]
    worse = OUTCOMES[extra[1]].format(extra[0])

    before, first, last = read(suite(*cases)), read(suite(worse, *cases)), read(suite(*cases), suite(worse))

    assert values(first)["pass_ratio"] == values(last)["pass_ratio"]
    assert first["pass_ratio"].part <= before["pass_ratio"].part
    assert first["failed"].value >= before["failed"].value
