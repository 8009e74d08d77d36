"""Plans, ids, times and settings, where one more or one less decides."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import openpyxl
import pytest
from pydantic import ValidationError

from gonogo.collectors.rows.row_subject import BoundSubjects
from gonogo.collectors.system.junit import JUnitCollector
from gonogo.collectors.system.junit.planned_cases import CasePlan, read_plan
from gonogo.collectors.system.junit.settings import JUnitSettings
from gonogo.collectors.system.junit.xml_report import read_report
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal, SettingsRefusal
from gonogo.testing.jobs import input_of, job_of

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

        assert "not an ISO 8601 time" in str(refused(read, report))


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


def planned(
    text: str, bound: BoundSubjects | None = None, *, most: int = 10, looked_at: int = 10, **settings: Any
) -> CasePlan:
    collector = JUnitCollector()
    chosen = collector.settings.model_validate(settings)
    return read_plan(
        input_of(text.encode(), "plan.csv", name="plan"),
        chosen,
        bound or BoundSubjects(),
        most=most,
        looked_at=looked_at,
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


class TestWithoutAPlan:
    @pytest.mark.parametrize(
        ("inside", "attributes", "says"),
        [
            (PASS.format(1), "", "1 case is reported, 0 of them failed and 0 not run; the binding"),
            (
                PASS.format(1) + FAIL.format(2) + SKIP.format(3),
                "",
                "3 cases are reported, 1 of them failed and 1 not run;",
            ),
            (PASS.format(1) + PASS.format(2), "failures='1' tests='2'", "and its counters mention 1 failure more"),
        ],
    )
    def test_what_reports_hold_is_said_and_proves_nothing(self, inside, attributes, says):
        """Somebody who looks at a report wants to know what is in it, and nothing was said of it."""
        found = self.refused_alone(suite(inside, attributes))

        assert says in found
        assert "so nobody knows which cases are not reported" in found

    def test_a_report_that_cannot_be_read_is_told_before_a_plan_is_asked_for(self):
        """A person fetched the plan first, and then learned that the report is damaged."""
        assert "planned cases" not in self.refused_alone("<testsuite><testcase name='a'></testsuite>")

    @staticmethod
    def refused_alone(report: str) -> str:
        job = job_of({"reports": [("r.xml", report.encode())]})
        with pytest.raises(CollectorRefusal) as caught:
            list(JUnitCollector().collect(job, JUnitSettings()))
        return str(caught.value)
