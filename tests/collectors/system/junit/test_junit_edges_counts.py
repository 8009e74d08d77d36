"""What is counted, where one more or one less decides: each limit from both sides."""

from __future__ import annotations

import io
from typing import Any

import pytest

from gonogo.collectors.system.junit.case_facts import _joined, _list
from gonogo.collectors.system.junit.counters import CounterCheck, SeenMarks, compare, read_counters, sentence
from gonogo.collectors.system.junit.report_model import CaseGroup
from gonogo.collectors.system.junit.xml_report import read_report
from gonogo.plugin.spec import CollectorRefusal

STAMP = "timestamp='2027-04-12T09:30:00'"
PASS = "<testcase name='TC-{}'/>"
FAIL = "<testcase name='TC-{}'><failure/></testcase>"
SKIP = "<testcase name='TC-{}'><skipped/></testcase>"


def suite(inside: str, attributes: str = "", name: str = "s") -> str:
    return f"<testsuite name='{name}' {STAMP} {attributes}>{inside}</testsuite>"


def prop(value: str, name: str = "build") -> str:
    return f"<properties><property name='{name}' value='{value}'/></properties>"


def refused(read: Any, *reports: Any, **settings: Any) -> CollectorRefusal:
    with pytest.raises(CollectorRefusal) as caught:
        read(*reports, **settings)
    return caught.value


def report_of(text: str):
    return read_report(io.BytesIO(text.encode()), "r.xml")


class TestLists:
    @pytest.mark.parametrize(("count", "more"), [(4, ""), (5, ""), (6, " and 1 more"), (8, " and 3 more")])
    def test_five_cases_are_named_and_the_rest_is_counted(self, count, more):
        """Below, on and above it."""
        cases = [f"TC-{number}" for number in range(count)]

        assert _list("failed", cases) == f"failed: {', '.join(cases[:5])}{more}"
        assert _list("failed", []) == "failed: none"

    @pytest.mark.parametrize(("length", "kept"), [(1899, 1899), (1900, 1900), (1901, 1900)])
    def test_a_place_has_room_for_so_much(self, length, kept):
        """The wire takes two thousand characters."""
        assert len(_joined("x" * length, [])) == kept

    @pytest.mark.parametrize(("count", "more"), [(5, ""), (6, " and 1 more")])
    def test_so_are_results_that_the_plan_does_not_hold(self, read, count, more):
        inside = PASS.format(1) + "".join(PASS.format(90 + number) for number in range(count))

        detail = read(suite(inside))["pass_ratio"].detail

        assert f"TC-94{more})" in detail

    @pytest.mark.parametrize(("count", "more"), [(2, 0), (3, 0), (4, 1), (5, 2)])
    def test_three_disagreements_are_told(self, read, count, more):
        suites = "".join(suite(PASS.format(n), "tests='2'", f"s{n}") for n in range(1, count + 1))

        where = read(f"<testsuites>{suites}</testsuites>", ids="TC-1,TC-2,TC-3,TC-4,TC-5")["pass_ratio"].where

        assert where.count("says tests=2") == min(count, 3)
        assert (f"and {more} more suites" in where) == (more > 0)
        assert ("more suites" in where) == (more > 0)

    def test_a_critical_fact_that_nobody_asked_for_is_not_owed_in_a_gap_either(self, read):
        report = suite(PASS.format(1) + PASS.format(99))

        assert "critical_failed" not in read(report)
        assert set(read(report)) | {"critical_failed"} == set(read(report, critical=True))


class TestNotRunByTheCounters:
    @pytest.mark.parametrize(
        ("inside", "counters", "executed"),
        [
            (FAIL.format(1), "tests='1' failures='1'", 1),
            (FAIL.format(1), "tests='1' failures='0' skipped='1'", 0),
            (FAIL.format(1), "tests='1' failures='0' skipped='3'", 0),
            (FAIL.format(1) + FAIL.format(2), "tests='2' failures='1' skipped='1'", 1),
            (FAIL.format(1) + FAIL.format(2), "tests='1' failures='1' skipped='1'", 1),
            (FAIL.format(1) + FAIL.format(2), "tests='3' failures='1' skipped='1'", 2),
            (FAIL.format(1) + PASS.format(2), "tests='1' failures='0'", 2),
        ],
    )
    def test_no_more_are_taken_away_than_failed(self, read, inside, counters, executed):
        """A share below nothing would be refused as no share, and with it all that is known."""
        answers = read(suite(inside, counters))

        assert answers["executed_ratio"].part == executed
        told = answers["executed_ratio"].where
        failed = answers["failed"].value
        unrun = failed + answers["pass_ratio"].part - executed
        assert (f"{unrun} more that failed are counted as not run" in told) == (unrun > 0)
        assert ("more that failed" in told) == (unrun > 0)
        assert ("TC-1" in answers["executed_ratio"].open_items) == (unrun > 0)


class TestCounters:
    def test_a_word_in_a_rare_counter_is_passed_over(self):
        """One of those that everybody writes is refused; of the others it says nothing."""
        assert read_counters({"tests": "1", "ignored": "some", "errors": " "}) == {"tests": 1}

    @pytest.mark.parametrize(
        ("counters", "passes"),
        [
            ("failures='1' skipped='1'", 2),
            ("failures='4'", 0),
            ("failures='5'", 0),
            ("tests='9' failures='5'", 0),
            ("tests='9' failures='4'", 0),
            ("tests='9' failures='3'", 1),
        ],
    )
    def test_what_no_case_shows_is_summed_and_never_more_than_all(self, read, counters, passes):
        """Five failures of four cases leave nothing, not one in debt."""
        inside = "".join(map(PASS.format, (1, 2, 3, 4)))

        assert read(suite(inside, counters))["pass_ratio"].part == passes

    @pytest.mark.parametrize(
        ("deficit", "tests", "words"),
        [
            (0, 2, "its cases count"),
            (0, 3, "what it counts but does not hold is not counted"),
            (1, 2, "2 look passed, only 1 of them may be counted so"),
            (2, 2, "2 look passed, none of them may be counted so"),
        ],
    )
    def test_the_sentence_says_what_is_made_of_it(self, deficit, tests, words):
        seen = SeenMarks(cases=2, passed=2, runs=2)

        assert words in sentence("s", {"tests": tests}, seen, CounterCheck(deficit))

    def test_a_suite_that_counts_no_tests_says_nothing_of_their_number(self):
        assert sentence("s", {"skipped": 1}, SeenMarks(), CounterCheck()).endswith("; its cases count")

    def test_nothing_said_is_nothing_to_hold_against_it(self):
        assert compare({}, SeenMarks(cases=1, passed=1, runs=1)) == CounterCheck(0, 0, 0, agrees=True)

    def test_all_that_suites_show_is_added(self):
        """Each number by itself."""
        numbers = {name: place for place, name in enumerate(SeenMarks.__slots__, 1)}
        seen = SeenMarks(**numbers)

        seen.add(SeenMarks(**numbers))

        assert {name: getattr(seen, name) for name in numbers} == {name: 2 * n for name, n in numbers.items()}


class TestGroups:
    def test_what_the_plan_does_not_hold_spoils_no_more_than_it_can(self, read):
        """Two of three are no passes, and one alone is planned: the other suite loses only its own."""
        first = suite(PASS.format(1) + PASS.format(98) + PASS.format(99), "tests='1'")
        second = suite(PASS.format(2) + PASS.format(3), "tests='1'")

        assert read(first, second, unplanned="allowed")["pass_ratio"].part == 1

    def test_what_only_looks_passed_is_told_with_its_number_and_cases(self, read):
        """Beside the shares that it lowers; a report without doubts says nothing of the kind."""
        doubtful = read(suite(PASS.format(1) + PASS.format(2), "tests='1'"))

        for name in ("executed_ratio", "pass_ratio", "pass_ratio_of_planned", "skipped"):
            assert "2 look passed; 1 of them count, none by name: any of: TC-1, TC-2" in doubtful[name].where
        assert "are counted" not in read(suite(PASS.format(1), "tests='1'"))["pass_ratio"].where

    def test_one_run_needs_no_time_to_be_the_latest(self, read, now):
        """There is nothing to choose from."""
        report = f"<testsuite name='s'>{PASS.format(1)}</testsuite>"

        assert read(report, as_of=now, reruns="latest")["pass_ratio"].part == 1

    @pytest.mark.parametrize(("levels", "fits"), [(62, True), (63, True), (64, False)])
    def test_suites_may_be_nested_so_deep(self, levels, fits):
        """A case at the bottom is one level more."""
        text = "<testsuite name='s'>" * levels + PASS.format(1) + "</testsuite>" * levels

        if fits:
            assert len(report_of(text).cases) == 1
        else:
            with pytest.raises(CollectorRefusal, match="nested deeper than 64 levels"):
                report_of(text)

    def test_elements_beside_one_another_are_not_nested(self):
        assert len(report_of(suite("".join(PASS.format(n) for n in range(100)))).cases) == 100


class TestNested:
    """Counters of suites around suites: news or a sum, told once, and taken from the right one."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("<testsuites tests='9'>{a}{b}</testsuites>", 0),
            ("<testsuites tests='9' failures='0'>{a}{b}</testsuites>", 1),
            ("<testsuites tests='2'>{a}{bare}</testsuites>", 0),
            ("<testsuites tests='1'>{a}{bare}</testsuites>", 1),
            ("<testsuites tests='9'>{a}{bare}</testsuites>", 1),
            ("<testsuites tests='9'>{a}{wrong}</testsuites>", 1),
            ("<testsuites tests='3'>{a}{wrong}</testsuites>", 1),
            ("<testsuite name='o' tests='9'>{a}{b}</testsuite>", 1),
            ("<testsuite name='o' tests='2'>{a}{b}</testsuite>", 0),
            ("<testsuite name='o' tests='0'>{a}{b}</testsuite>", 0),
            ("<testsuite name='o' tests='1'>{a}{b}" + PASS.format(3) + "</testsuite>", 0),
            ("<testsuite name='o' tests='3'>{a}{b}" + PASS.format(3) + "</testsuite>", 0),
            ("<testsuite name='o' tests='2'>{a}{b}" + PASS.format(3) + "</testsuite>", 1),
        ],
    )
    def test_each_disagreement_is_told_once(self, text, told):
        """A root may count scripts, a suite its own cases or all below it."""
        parts = {
            "a": suite(PASS.format(1), "tests='1'", "a"),
            "b": suite(PASS.format(2), "tests='1'", "b"),
            "bare": suite(PASS.format(2), "", "bare"),
            "wrong": suite(PASS.format(2), "tests='2'", "wrong"),
        }

        assert len(report_of(text.format(**parts)).mismatches) == told

    @pytest.mark.parametrize(
        "inside",
        [
            "{a}{wrong}",
            "{wrong}{a}",
            "{a}{bare}",
            "{bare}{a}",
            "<testsuite name='o'>{bare}</testsuite>{a}",
            "{a}<testsuite name='o'>{bare}</testsuite>",
            "<testsuite name='o'>{wrong}</testsuite>{a}",
        ],
    )
    def test_a_lonely_count_of_the_root_is_news_unless_every_suite_is_sound(self, inside):
        """One suite does not count its cases, or counts others; the root may count something that is not a case."""
        parts = {
            "a": suite(PASS.format(1), "tests='1'", "a"),
            "bare": suite(PASS.format(2), "", "bare"),
            "wrong": suite(PASS.format(2), "tests='2'", "wrong"),
        }

        assert report_of(f"<testsuites tests='1'>{inside.format(**parts)}</testsuites>").groups == [CaseGroup(0, 2, 1)]

    @pytest.mark.parametrize(("tests", "deficit"), [(0, 3), (2, 1)])
    def test_of_both_ways_to_count_the_worse_one_counts(self, tests, deficit):
        """Of its own case alone one is too many, of all of them three: nobody knows which way it counts."""
        inner = suite(PASS.format(2) + PASS.format(3), "tests='2'", "inner")

        found = report_of(suite(PASS.format(1) + inner, f"tests='{tests}'", "outer"))

        assert found.groups == [CaseGroup(0, 3, deficit)]

    def test_what_is_hidden_below_is_hidden_in_the_whole(self):
        """Once, whether the root says it again or not."""
        inner = suite(PASS.format(1), "tests='2' failures='1'", "inner")

        for text in (f"<testsuites>{inner}</testsuites>", f"<testsuites tests='2' failures='1'>{inner}</testsuites>"):
            found = report_of(text)
            assert (found.hidden_failures, found.idle) == (1, 0)

    def test_two_that_hide_one_each_hide_two(self):
        inner = "".join(suite(PASS.format(n), "tests='2' failures='1'", f"s{n}") for n in (1, 2))

        assert report_of(f"<testsuites>{inner}</testsuites>").hidden_failures == 2

    def test_cases_that_failed_and_were_not_run_add_up(self):
        inner = "".join(suite(FAIL.format(n), "tests='1' failures='0' skipped='1'", f"s{n}") for n in (1, 2))

        assert report_of(f"<testsuites>{inner}</testsuites>").idle == 2


class TestPytest:
    """A test that fails and whose clean-up breaks is two cases and one test, in a suite of that name alone."""

    BOTH = (
        "<testcase classname='m' name='TC-1'><failure/></testcase>"
        "<testcase classname='m' name='TC-1'><error/></testcase>"
    )

    @pytest.mark.parametrize(
        ("name", "cases", "passes"),
        [
            ("pytest", BOTH, 1),
            ("other", BOTH, 0),
            ("pytest", BOTH.replace("'m' name='TC-1'><error", "'n' name='TC-1'><error"), 0),
            ("pytest", BOTH.replace("error", "failure"), 0),
        ],
    )
    def test_the_pair_is_counted_once(self, read, name, cases, passes):
        """Anywhere else one test fewer than cases is a case that is no test."""
        errors = cases.count("<error")
        counters = f"tests='2' failures='{2 - errors}' errors='{errors}'"

        answers = read(suite(cases + PASS.format(2), counters, name))

        assert answers["pass_ratio"].part == passes

    def test_a_third_mark_of_the_same_test_is_no_second_pair(self, read):
        cases = self.BOTH + "<testcase classname='m' name='TC-1'><error/></testcase>" + PASS.format(2)

        assert read(suite(cases, "tests='3' failures='1' errors='2'", "pytest"))["pass_ratio"].part == 1


class TestLookAlikes:
    @pytest.mark.parametrize("name", ["\u0422C-2", "tc-2", "TC\u20112", "TC 2", "<b>TC-2</b>"])
    def test_a_result_that_looks_like_a_planned_case_is_refused(self, read, name):
        """The failed run of a case had a Cyrillic letter in its name, and the case passed."""
        shown = name.replace("<", "&lt;")
        cases = f'<testcase name="TC-2"/><testcase name="{shown}"><failure/></testcase>'

        with pytest.raises(CollectorRefusal, match="which look like one case in two spellings"):
            read(suite(cases), unplanned="allowed")

    @pytest.mark.parametrize("name", ["TC-22", "TC-2.1", "TC-2s", "TC-5"])
    def test_another_key_is_another_case(self, read, name):
        """Keys that are alike are most keys."""
        cases = f'<testcase name="TC-2"/><testcase name="{name}"/>'

        assert read(suite(cases), unplanned="allowed")["unplanned"].value == 1
