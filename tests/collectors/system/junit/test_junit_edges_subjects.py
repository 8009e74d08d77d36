"""What results are about, where one more or one less decides."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest

from gonogo.collectors.system.junit import JUnitCollector
from gonogo.collectors.system.junit.planned_cases import CasePlan
from gonogo.collectors.system.junit.run_subject import cases_that_count
from gonogo.collectors.system.junit.subject_words import SubjectKind, kind_of, names_the_build, one_shape, same_name
from gonogo.collectors.system.junit.xml_report import read_report
from gonogo.model.evidence import GapReason, Subject
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

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
        plan = CasePlan("plan.csv", {"TC-1": False})

        assert not plan.controlled
        assert cases_that_count(plan, [report], {}) == [{0, 1}]
        assert cases_that_count(plan, [report], {"ring": "b"}) == [{1}]

    @pytest.mark.parametrize(
        ("builds", "fits"),
        [(("rc-7", "rc-6"), True), (("RC-7", "rc-6"), True), (("rc-7", "RC-6"), True), (("rc-7",), False), ((), False)],
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

    @pytest.mark.parametrize(
        ("names", "setting"), [(("build", "commit"), "build_property"), (("env", "environment"), "only")]
    )
    def test_the_setting_that_settles_two_names_is_told(self, read, names, setting):
        """A build has a setting of its own."""
        inside = "".join(f"<property name='{name}' value='{name}-1'/>" for name in names)

        said = str(refused(read, suite(f"<properties>{inside}</properties>" + PASS.format(1)), ids="TC-1"))

        assert f"say which one counts ({setting}) and why" in said

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

        assert str(said) == f"the reports are about {count} builds: 'b-0', 'b-1', 'b-2', 'b-3', 'b-4'{more}"
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
        assert kind_of(name) is SubjectKind.CYCLE
        assert read(suite(prop("2", name) + PASS.format(1)), ids="TC-1")["planned"].subject is None
