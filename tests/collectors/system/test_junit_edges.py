"""Where one more or one less decides: each limit of the JUnit reader from both sides, each guard by itself."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pydantic import ValidationError

from gonogo.collectors.system.junit import JUnitCollector
from gonogo.collectors.system.junit_answers import _joined, _list
from gonogo.collectors.system.junit_counters import Comparison, Seen, compare, read_counters, sentence
from gonogo.collectors.system.junit_model import Group
from gonogo.collectors.system.junit_plan import Plan, read_plan
from gonogo.collectors.system.junit_report import read_report
from gonogo.collectors.system.junit_subject import cases_that_count
from gonogo.collectors.system.subject_words import Kind, kind_of, names_the_build, one_shape, same_name
from gonogo.collectors.table.about import Bound
from gonogo.model.evidence import GapReason, Subject
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal, SettingsRefusal
from gonogo.testing.jobs import answers_of, input_of, job_of

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
            (0, 3, "what it counts and does not hold counts for nothing"),
            (1, 2, "2 look passed, only 1 of them may be counted so"),
            (2, 2, "2 look passed, none of them may be counted so"),
        ],
    )
    def test_the_sentence_says_what_is_made_of_it(self, deficit, tests, words):
        seen = Seen(cases=2, passed=2, runs=2)

        assert words in sentence("s", {"tests": tests}, seen, Comparison(deficit))

    def test_a_suite_that_counts_no_tests_says_nothing_of_their_number(self):
        assert sentence("s", {"skipped": 1}, Seen(), Comparison()).endswith("; its cases count")

    def test_nothing_said_is_nothing_to_hold_against_it(self):
        assert compare({}, Seen(cases=1, passed=1, runs=1)) == Comparison(0, 0, 0, agrees=True)

    def test_all_that_suites_show_is_added(self):
        """Each number by itself."""
        numbers = {name: place for place, name in enumerate(Seen.__slots__, 1)}
        seen = Seen(**numbers)

        seen.add(Seen(**numbers))

        assert {name: getattr(seen, name) for name in numbers} == {name: 2 * n for name, n in numbers.items()}


class TestGroups:
    def test_what_the_plan_does_not_hold_spoils_no_more_than_it_can(self, read):
        """Two of three are no passes, and one alone is planned: the other suite loses only its own."""
        first = suite(PASS.format(1) + PASS.format(98) + PASS.format(99), "tests='1'")
        second = suite(PASS.format(2) + PASS.format(3), "tests='1'")

        assert read(first, second, unplanned="allowed")["pass_ratio"].part == 1

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
        """One suite that does not count its cases, or counts others, and the root may know of a case that is none."""
        parts = {
            "a": suite(PASS.format(1), "tests='1'", "a"),
            "bare": suite(PASS.format(2), "", "bare"),
            "wrong": suite(PASS.format(2), "tests='2'", "wrong"),
        }

        assert report_of(f"<testsuites tests='1'>{inside.format(**parts)}</testsuites>").groups == [Group(0, 2, 1)]

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


class TestTimes:
    @pytest.mark.parametrize(
        ("case", "whole", "dated"),
        [
            ("<testcase name='TC-1' status='notrun' timestamp='1970-01-01T00:00:00Z'/>", STAMP, 2027),
            ("<testcase name='TC-1' status='notrun' timestamp='1970-01-01T00:00:00Z'/>", "", 1970),
            ("<testcase name='TC-1' timestamp='2026-01-01T00:00:00Z'/>", STAMP, 2026),
        ],
    )
    def test_a_case_that_was_not_run_is_dated_by_its_suite_where_that_is_dated(self, read, case, whole, dated):
        """Without another time its own is all that is known."""
        answers = read(f"<testsuite name='s' {whole}>{case}</testsuite>")

        assert answers["planned"].as_of.year == dated

    @pytest.mark.parametrize(("day", "counts"), [(1, 1), (11, 11), (18, 12)])
    def test_the_older_of_plan_and_reports_counts(self, read, day, counts):
        """The plan before, just before, and after the reports."""
        plan = book(("case_id", "on"), ("TC-1", dt.date(2027, 4, day)))
        answers = read(
            suite(PASS.format(1)), plan=plan, plan_rule=AsOf(rule=AsOfRule.CELL, cell="Plan!B2"), control={"rows": 1}
        )

        assert answers["planned"].as_of.day == counts

    @pytest.mark.parametrize(
        "text",
        ["12 Apr 2027 13:30:00 EST", "Mon, 12 Apr 2027 13:30 GMT", "Mon, 12 Apr 27 13:30:00 GMT", "12 Apr 2027"],
    )
    def test_a_time_that_mail_would_guess_is_refused(self, read, text):
        """A reader of mail is lenient with years of two digits, missing seconds and names of zones."""
        report = f"<testsuite name='s' timestamp='{text}'>{PASS.format(1)}</testsuite>"

        assert "no ISO 8601 time" in str(refused(read, report))


class TestSettings:
    @pytest.mark.parametrize(
        ("setting", "fits"),
        [
            ({"not_subject": {"x": "r" * 9}}, False),
            ({"not_subject": {"x": "r" * 10}}, True),
            ({"not_subject": {"x": "r" * 400}}, True),
            ({"not_subject": {"x": "r" * 401}}, False),
            ({"not_subject": {"x" * 200: "r" * 10}}, True),
            ({"not_subject": {"x" * 201: "r" * 10}}, False),
            ({"not_subject": {"": "r" * 10}}, False),
            ({"only": {"x": "y"}}, True),
            ({"only": {"": "y"}}, False),
            ({"control": {"rows": 0}}, False),
            ({"control": {"rows": 1}}, True),
            ({"id_column": ""}, False),
            ({"id_column": "x"}, True),
            ({"case_id": {"property": ""}}, False),
            ({"case_id": {"property": "x"}}, True),
            ({"case_id": {"pattern": ""}}, False),
            ({"case_id": {"pattern": "x"}}, True),
            ({"case_id": {"pattern": "x" * 500}}, True),
            ({"case_id": {"pattern": "x" * 501}}, False),
            ({"critical": {"column": "", "values": ["x"]}}, False),
            ({"critical": {"column": "p", "values": []}}, False),
            ({"critical": {"column": "p", "values": ["x"]}}, True),
        ],
    )
    def test_each_has_its_room(self, setting, fits):
        """Below, on and above it: a reason is more than a word, and no setting is a page."""
        model = JUnitCollector.settings

        if fits:
            assert model.model_validate_json(json.dumps(setting))
        else:
            with pytest.raises(ValidationError):
                model.model_validate_json(json.dumps(setting))


class TestIds:
    @pytest.mark.parametrize(("values", "told"), [([], "x"), (["TC-1"], None), (["TC-1", "TC-1"], None)])
    def test_an_id_may_be_told_twice_and_is_one(self, read, values, told):
        """None, one, and the same again; two are refused."""
        entries = "".join(f"<property name='id' value='{value}'/>" for value in values)
        inside = f"<testcase name='x'><properties>{entries}</properties></testcase>" + (
            "<testcase name='y'><properties><property name='id' value='TC-2'/></properties></testcase>"
        )

        answers = read(suite(inside), case_id={"property": "id"}, unplanned="allowed")

        assert answers["unplanned"].open_items == ((told,) if told else ())

    def test_a_group_that_finds_nothing_is_no_id(self, read):
        """The pattern fits, and its group is left out."""
        answers = read(
            suite("<testcase name='case:TC-1'/><testcase name='case'/>"),
            case_id={"pattern": "case(?::(TC-[0-9]+))?"},
            unplanned="allowed",
        )

        assert answers["unplanned"].open_items == ("case",)
        assert answers["pass_ratio"].part == 1

    def test_a_name_cannot_be_chosen_and_no_subject(self):
        """Neither as the build nor as anything else."""
        collector = JUnitCollector()
        text = '{"only": {"env": "UAT"}, "not_subject": {"env": "only a label of the runner"}}'

        with pytest.raises(SettingsRefusal, match="named as a subject elsewhere"):
            collector.declare(collector.settings.model_validate_json(text))
        fine = '{"only": {"env": "UAT"}, "not_subject": {"round": "only a label of the runner"}}'
        assert collector.declare(collector.settings.model_validate_json(fine))


def planned(text: str, bound: Bound | None = None, *, most: int = 10, looked_at: int = 10, **settings: Any) -> Plan:
    collector = JUnitCollector()
    chosen = collector.settings.model_validate(settings)
    return read_plan(
        input_of(text.encode(), "plan.csv", name="plan"), chosen, bound or Bound(), most=most, looked_at=looked_at
    )


class TestPlan:
    @pytest.mark.parametrize(("rows", "fits"), [(2, True), (3, True), (4, False)])
    @pytest.mark.parametrize("only", [{}, {"Release": "R1"}])
    def test_so_many_cases_may_be_planned(self, rows, fits, only):
        """Below, on and above it, with rows that are about another release."""
        text = "case_id,Release\n" + "".join(f"TC-{n},{'R1' if n % 2 else 'R2'}\n" for n in range(1, rows + 1))
        settings = {"only": only} if only else {"not_subject": {"Release": "written for that one"}}

        if fits:
            plan = planned(text, most=3, **settings)
            assert len(plan.cases) + len(plan.elsewhere) == rows
        else:
            with pytest.raises(CollectorRefusal, match="plans more than 3 cases"):
                planned(text, most=3, **settings)

    @pytest.mark.parametrize(("values", "seen"), [(1, 0), (2, 2), (3, 3), (4, 3)])
    def test_so_many_values_of_a_column_are_looked_at(self, values, seen):
        """Two are enough to tell that it names several things; thousands tell nothing more."""
        text = "case_id,Release\n" + "".join(f"TC-{n},R{n % values}\n" for n in range(8))

        named = planned(text, looked_at=3).named

        assert len(named.get("Release", ())) == seen

    @pytest.mark.parametrize("again", ["TC-1,R1", "TC-2,R2", "TC-1,R2", "TC-2,R1"])
    def test_no_case_is_planned_twice_wherever_it_counts(self, again):
        """Once here and once for another release is twice."""
        with pytest.raises(CollectorRefusal, match=r"line 4: the case 'TC-.' is planned twice"):
            planned(f"case_id,Release\nTC-1,R1\nTC-2,R2\n{again}\n", only={"Release": "R1"})

    def test_a_plan_of_which_nothing_counts_proves_nothing(self):
        with pytest.raises(CollectorRefusal, match="plans no case") as caught:
            planned("case_id,Release\nTC-1,R1\n", only={"Release": "R9"})

        assert caught.value.reason is GapReason.NOT_PROVABLE

    def test_a_row_counts_by_every_value_that_was_chosen(self):
        """One of the two is another one: the row is about something else."""
        plan = planned(
            "case_id,Release,Environment\nTC-1,R1,UAT\nTC-2,R1,DEV\nTC-3,R2,UAT\n",
            only={"Release": "R1", "Environment": "UAT"},
        )

        assert (list(plan.cases), plan.elsewhere) == (["TC-1"], {"TC-2", "TC-3"})

    def test_the_columns_of_ids_and_of_critical_name_no_subject(self):
        """Whatever they are called."""
        critical = {"column": "Environment", "values": ("Production",), "others": ("Test",)}
        text = "Release,Environment\nR1,Production\nR2,Test\nR3,Production\nR4,Test\n"

        plan = planned(text, id_column="Release", critical=critical)

        assert plan.cases == {"R1": True, "R2": False, "R3": True, "R4": False}
        assert plan.named == {}
        assert set(planned(text, id_column="Release").named) == {"Environment"}

    def test_a_value_of_critical_may_be_written_otherwise(self):
        critical = {"column": "p", "values": ("High",), "others": (" low",)}

        assert planned("case_id,p\na, HIGH\nb,LOW \n", critical=critical).cases == {"a": True, "b": False}

    @pytest.mark.parametrize("text", ["TC-1\u200b", "TC-1\u00a0", "TC\u202e-1", " TC-1", "TC-1 "])
    def test_an_id_that_looks_like_another_is_refused(self, text):
        """No report would hold it."""
        with pytest.raises(CollectorRefusal, match="line 2: the case id"):
            planned(f"case_id\n{text}\n")

    def test_without_the_setting_nothing_is_critical(self):
        assert planned("case_id\nTC-1\n").cases == {"TC-1": False}

    def test_a_column_of_any_name_may_be_chosen(self):
        """A closed list knows no ring; the binding does."""
        plan = planned("case_id,Ring\nTC-1,a\nTC-2,b\n", only={"Ring": "a"})

        assert (list(plan.cases), plan.named) == (["TC-1"], {"Ring": ("a",)})

    def test_a_plan_says_whether_its_size_is_known(self):
        assert not planned("case_id\nTC-1\n").controlled
        assert planned("case_id\nTC-1\n", control={"rows": 1}).controlled

    @pytest.mark.parametrize(("header", "near"), [("case_ids", True), ("zzz", False)])
    def test_the_nearest_heading_is_proposed(self, header, near):
        with pytest.raises(CollectorRefusal, match="no column 'case_id'") as caught:
            planned(f"{header}\nTC-1\n")

        assert (f"(nearest: '{header}')" in str(caught.value)) is near
        assert f"it has '{header}'" in str(caught.value)


def book(*rows: tuple[Any, ...], change: Any = None) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Plan"
    for row in rows:
        sheet.append(row)
    if change:
        change(workbook, sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


HEADER = ("case_id", "priority")
TWO = (HEADER, ("TC-1", "low"), ("TC-2", "low"))


class TestSheets:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (True, "Yes"),
            (False, "No"),
            (1003, "1003"),
            (1003.5, "1003.5"),
            (0.1 + 0.2, "0.3"),
            (dt.date(2027, 4, 1), "2027-04-01"),
            (dt.datetime.fromisoformat("2027-04-01T09:30:00"), "2027-04-01T09:30:00"),
            (dt.time(9, 30), "09:30:00"),
            ("TC-7", "TC-7"),
        ],
    )
    def test_a_cell_is_the_id_that_a_reader_would_write(self, read, value, text):
        """Excel keeps numbers, dates and words apart; a report holds words."""
        answers = read(suite(""), plan=book(("case_id",), (value,)), unplanned="allowed")

        assert [item.removesuffix("T00:00:00") for item in answers["not_run"].open_items] == [text]

    def test_a_duration_is_written_out(self, read):
        def long(workbook, sheet):
            sheet["A2"] = dt.timedelta(hours=30)
            sheet["A2"].number_format = "[h]:mm:ss"

        answers = read(suite(""), plan=book(("case_id",), ("x",), change=long))

        assert answers["not_run"].open_items == ("1 day, 6:00:00",)

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda book, sheet: sheet.merge_cells("A1:B1"), "A1:B1 are merged"),
            (lambda book, sheet: sheet.merge_cells("A3:B3"), "A3:B3 are merged"),
            (lambda book, sheet: sheet.row_dimensions.__getitem__(3).__setattr__("hidden", True), "row 3 is hidden"),
            (lambda book, sheet: sheet.row_dimensions.__getitem__(2).__setattr__("hidden", True), "row 2 is hidden"),
            (lambda book, sheet: sheet.row_dimensions.__getitem__(4).__setattr__("hidden", True), ""),
            (lambda book, sheet: sheet.column_dimensions.__getitem__("A").__setattr__("hidden", True), "column is hid"),
            (lambda book, sheet: sheet.column_dimensions.__getitem__("D").__setattr__("hidden", True), ""),
            (
                lambda book, sheet: [
                    sheet.column_dimensions.__getitem__(name).__setattr__("hidden", True) for name in "BD"
                ],
                "column is hid",
            ),
            (lambda book, sheet: sheet.__setitem__("A4", "=A2"), "formula without a stored result"),
            (lambda book, sheet: sheet.__setitem__("C3", "x"), "cell C3 holds something to the right"),
            (lambda book, sheet: sheet.__setitem__("D3", "x"), "cell D3 holds something to the right"),
            (lambda book, sheet: sheet.__setitem__("A3", None), "A3: the case id is blank"),
            (lambda book, sheet: sheet.append(HEADER), "A4, repeats the header"),
            (lambda book, sheet: None, ""),
        ],
    )
    def test_what_lies_where_a_reader_looks_counts(self, read, change, told):
        """The last row and column and those after them."""
        plan = book(*TWO, change=change)

        if told:
            assert told in str(refused(read, suite(PASS.format(1)), plan=plan))
        else:
            assert read(suite(PASS.format(1)), plan=plan, control={"rows": 2})["planned"].value == 2

    def test_the_header_is_as_wide_as_it_is(self, read):
        """A row that is shorter has a blank cell, not another width."""
        plan = book(HEADER, ("TC-1", None), ("TC-2", "low"))

        assert "priority is ''" in str(refused(read, suite(PASS.format(1)), plan=plan, critical=True))
        assert read(suite(PASS.format(1)), plan=plan)["planned"].value == 2

    def test_an_empty_sheet_has_no_header(self, read):
        assert "it has no header" in str(refused(read, suite(""), plan=book()))

    @pytest.mark.parametrize(("count", "named"), [(5, True), (6, False)])
    def test_five_sheets_are_named(self, read, count, named):
        """Enough to see which one was meant."""

        def more(workbook, sheet):
            for number in range(2, count + 1):
                workbook.create_sheet(f"S{number}")

        said = str(refused(read, suite(""), plan=book(*TWO, change=more)))

        assert f"has {count} sheets" in said
        assert (f"'S{count}'" in said) is named


class TestSubjects:
    def test_a_value_is_chosen_where_one_report_alone_has_the_property(self, read):
        """The other one is silent, and that is what is wrong; the property is not misspelt."""
        said = str(
            refused(read, suite(PASS.format(1) + prop("R1", "ring")), suite(PASS.format(2)), only={"ring": "R1"})
        )

        assert "run2.xml does not name what it is about in 'ring'" in said

    def test_a_property_that_is_no_subject_by_its_name_may_be_chosen(self, read):
        """A closed list knows no ring; the binding does."""
        cases = (
            f"<testcase name='TC-1'>{prop('a', 'ring')}</testcase><testcase name='TC-2'>{prop('b', 'ring')}</testcase>"
        )

        answers = read(suite(cases), ids="TC-1,TC-2", only={"ring": " a "})

        assert (answers["pass_ratio"].part, answers["not_run"].value) == (1, 1)
        assert answers["planned"].subject is None

    def test_numbers_of_cases_are_told_of_each_report(self):
        report = report_of(
            suite("".join(f"<testcase name='{name}'>{prop(name, 'ring')}</testcase>" for name in ("a", "b")))
        )
        plan = Plan("plan.csv", {"TC-1": False})

        assert cases_that_count(plan, [report], {}) == [{0, 1}]
        assert cases_that_count(plan, [report], {"ring": "b"}) == [{1}]

    @pytest.mark.parametrize(
        ("builds", "fits"), [(("rc-7", "rc-6"), True), (("RC-7", "rc-6"), True), (("rc-7",), False), ((), False)]
    )
    def test_two_names_of_the_bound_build_are_one(self, builds, fits):
        """Its digest and its tag, as the program lists them."""
        text = suite(prop("rc-7", "release.digest") + f"<testcase name='TC-1'>{prop('rc-6')}</testcase>")
        files = {"plan": ("plan.csv", b"case_id\nTC-1\n"), "reports": [("r.xml", text.encode())]}
        job = replace(job_of(files), builds=builds)

        def answered() -> Any:
            return answers_of(JUnitCollector(), job, {"build_property": "release.digest"})

        if fits:
            assert answered()["planned"].subject == Subject(build=builds[0])
        else:
            with pytest.raises(CollectorRefusal, match="name their build in two ways"):
                answered()

    def test_an_environment_is_told_in_the_spelling_of_the_binding(self):
        text = suite(prop("uat", "env") + PASS.format(1))
        files = {"plan": ("plan.csv", b"case_id\nTC-1\n"), "reports": [("r.xml", text.encode())]}

        for bound, told in (("UAT", "UAT"), ("DEV", "uat"), (None, "uat")):
            job = replace(job_of(files), subject=Subject(environment=bound))
            assert answers_of(JUnitCollector(), job)["planned"].subject == Subject(environment=told)

    def test_a_binding_that_says_its_environment_lets_a_report_be_silent(self):
        """All are about that one, by the binding's word."""
        texts = [suite(prop("uat", "env") + PASS.format(1)), suite(PASS.format(2))]
        files = {
            "plan": ("plan.csv", b"case_id\nTC-1\nTC-2\n"),
            "reports": [(f"r{number}.xml", text.encode()) for number, text in enumerate(texts)],
        }
        job = job_of(files)

        with pytest.raises(CollectorRefusal, match="does not say which environment"):
            answers_of(JUnitCollector(), job)
        said = replace(job, subject=Subject(environment="UAT"))
        assert answers_of(JUnitCollector(), said)["pass_ratio"].part == 2

    def test_the_release_that_was_chosen_by_another_name_is_the_one(self, read):
        """The binding says so; without its word it is another release."""
        report = suite(prop("R-77", "release") + PASS.format(1))

        assert read(report, ids="TC-1", only={"release": "R-77"})["planned"].subject is None
        assert read(report, ids="TC-1")["planned"].subject == Subject(release="R-77")
        chosen = read(suite(prop("PAYROLL-1", "release") + PASS.format(1)), ids="TC-1", only={"release": "PAYROLL-1"})
        assert chosen["planned"].subject == Subject(release="payroll-1")

    def test_a_plan_and_reports_that_agree_are_about_one_build(self, read):
        """In whatever capitals."""
        answers = read(suite(prop("RC-7") + PASS.format(1)), plan="case_id,Build\nTC-1,rc-7\n", only={"Build": "rc-7"})

        assert answers["planned"].subject is not None
        assert answers["planned"].subject.build in ("rc-7", "RC-7")

    @pytest.mark.parametrize(
        ("inside", "told"),
        [
            (prop("a") + prop("b"), "the suite 's' names build as 'a' and 'b'"),
            (f"<testcase name='TC-1'>{prop('a')}{prop('b')}</testcase>", "the case 'TC-1' names build as 'a' and 'b'"),
        ],
    )
    def test_one_that_names_two_is_refused(self, read, inside, told):
        assert told in str(refused(read, suite(inside + PASS.format(2)), build_property="build"))

    def test_a_blank_value_names_nothing(self, read):
        """An export without the variable leaves it empty."""
        assert read(suite(prop("") + PASS.format(1)), ids="TC-1")["planned"].subject is None

    def test_a_value_may_stand_as_text(self, read):
        """Some exporters put it between the tags."""
        inside = "<properties><property name='build'>rc-7</property></properties>" + PASS.format(1)

        assert read(suite(inside), ids="TC-1", build_property="build")["planned"].subject == Subject(build="rc-7")

    def test_two_of_three_names_are_told(self, read):
        """Two are enough to see that they differ."""
        names = "".join(f"<property name='{name}' value='{name}-1'/>" for name in ("build", "commit", "revision"))

        said = str(refused(read, suite(f"<properties>{names}</properties>" + PASS.format(1)), ids="TC-1"))

        assert "in two ways, build='build-1' and commit='commit-1'; say which" in said

    @pytest.mark.parametrize("length", [63, 64, 65])
    def test_a_long_value_is_cut(self, read, length):
        """A line stays a line."""
        reports = [suite(prop("x" * length, "wave") + PASS.format(1)), suite(prop("y", "wave"))]

        assert f"{'x' * min(length, 64)!r}, 'y'" in str(refused(read, *reports, ids="TC-1"))

    @pytest.mark.parametrize(("count", "more"), [(5, ""), (6, " and 1 more")])
    def test_five_builds_are_named(self, read, count, more):
        cases = "".join(f"<testcase name='TC-{n}'>{prop(f'b-{n}')}</testcase>" for n in range(count))

        said = refused(read, suite(cases), ids=",".join(f"TC-{n}" for n in range(count)), build_property="build")

        assert str(said) == f"the reports speak of {count} builds: 'b-0', 'b-1', 'b-2', 'b-3', 'b-4'{more}"
        assert said.reason is GapReason.WRONG_SUBJECT

    def test_empty_suites_speak_too_unless_a_value_was_chosen(self, read):
        """A run that was aborted on another build is part of the story."""
        reports = [suite(prop("one", "wave") + PASS.format(1)), suite(prop("two", "wave"))]

        assert refused(read, *reports, ids="TC-1").reason is GapReason.MIXED_SUBJECTS
        assert read(*reports, ids="TC-1", only={"wave": "one"})["pass_ratio"].part == 1


class TestWords:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("release.digest", "Release_Digest", True),
            ("release.digest", "release.digests", False),
            ("--", "..", False),
            ("", "", False),
        ],
    )
    def test_names_are_the_same_but_for_capitals_and_points(self, one, other, same):
        """Names of points alone are no names."""
        assert same_name(one, other) is same

    @pytest.mark.parametrize(
        ("name", "tells"),
        [("Build", True), ("build.version", True), ("tested build", True), ("build number", False), ("commit", False)],
    )
    def test_a_build_is_told_by_some_names_whatever_was_chosen(self, name, tells):
        assert names_the_build(name, "release.digest") is tells
        assert names_the_build("release-digest", "release.digest")

    @pytest.mark.parametrize(
        ("one", "other", "alike"),
        [
            ("rc-6", "rc-17", True),
            ("rc-6", "118", False),
            ("0123456", "sha256:89abcdef0", True),
            ("012345", "89abcde", False),
            ("abcdefa", "0123456", False),
            ("md5-0123456", "0123456", True),
            (" RC-6 ", "rc-7", True),
            ("a1", "bc22", True),
        ],
    )
    def test_values_are_of_one_kind_by_their_form(self, one, other, alike):
        """A digest has seven digits at least, one of them a number."""
        assert one_shape(one, other) is alike

    @pytest.mark.parametrize("name", ["wave", "round", "version", "cycleNo"])
    def test_a_cycle_is_no_field_of_a_subject(self, read, name):
        assert kind_of(name) is Kind.CYCLE
        assert read(suite(prop("2", name) + PASS.format(1)), ids="TC-1")["planned"].subject is None
