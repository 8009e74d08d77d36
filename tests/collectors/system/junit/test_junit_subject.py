"""What results are about: two builds, releases, environments or cycles are not one thing, whatever the binding says."""

from __future__ import annotations

import pytest

from gonogo.collectors.system.junit.subject_words import SubjectKind, kind_of
from gonogo.model.evidence import GapReason, Subject
from gonogo.plugin.spec import CollectorRefusal, SettingsRefusal

STAMP = "timestamp='2027-04-12T09:30:00'"


def prop(value: str, name: str = "build") -> str:
    return f"<properties><property name='{name}' value='{value}'/></properties>"


def suite(*inside: str, name: str = "s") -> str:
    return f"<testsuite name='{name}' {STAMP}>{''.join(inside)}</testsuite>"


def case(name: str, inside: str = "") -> str:
    return f"<testcase name='{name}'>{inside}</testcase>"


def refused(read, *reports: str, **settings) -> CollectorRefusal:
    with pytest.raises(CollectorRefusal) as refusal:
        read(*reports, **settings)
    return refusal.value


class TestBuilds:
    @pytest.mark.parametrize(
        "report",
        [
            suite(prop("rc-7"), case("TC-1")),
            f"<testsuites>{prop('rc-7')}{suite(case('TC-1'))}</testsuites>",
            suite(case("TC-1"), prop("rc-7")),
            suite(case("TC-1", prop("rc-7"))),
            suite(prop("rc-7"), suite(case("TC-1", prop("rc-7")), name="inner")),
        ],
        ids=["suite", "root", "below the cases", "case", "inherited and repeated"],
    )
    def test_a_suite_names_or_inherits_its_build(self, read, report):
        """Producers put the property in different places; each says the same."""
        answers = read(report, ids="TC-1", build_property="build")

        assert {answer.subject for answer in answers.values()} == {Subject(build="rc-7")}

    def test_one_silent_suite_takes_the_facts_away(self, read):
        """The named suite does not speak for the next one, which may be of last month's build."""
        report = f"<testsuites>{suite(prop('rc-7'), case('TC-1'))}{suite(case('TC-2'), name='quiet')}</testsuites>"

        refusal = refused(read, report, build_property="build")

        assert refusal.reason is GapReason.MISSING
        assert "does not name its build in 'build': neither the case 'TC-2' nor a suite around it ('quiet')" in str(
            refusal
        )

    @pytest.mark.parametrize(
        ("reports", "told"),
        [
            ((suite(prop("rc-7"), case("TC-1")), suite(prop("rc-6"), case("TC-2"))), "2 builds: 'rc-7', 'rc-6'"),
            ((suite(prop("rc-7"), suite(prop("rc-6"), case("TC-1"))),), "2 builds: 'rc-6', 'rc-7'"),
            ((suite(prop("rc-7"), case("TC-1", prop("rc-6"))),), "names build='rc-6', and its suite 'rc-7'"),
            ((suite(prop("rc-7"), prop("rc-6"), case("TC-1")),), "names build as 'rc-6' and 'rc-7'"),
            ((suite(prop("rc-7"), case("TC-1")), suite(prop("rc-6"))), "2 builds: 'rc-7', 'rc-6'"),
        ],
        ids=["reports", "nested", "case", "suite", "empty suite"],
    )
    def test_two_builds_do_not_merge(self, read, reports, told):
        """Half of the proof is about another system; both values are named."""
        refusal = refused(read, *reports, build_property="build")

        assert (refusal.reason, told in str(refusal)) == (GapReason.WRONG_SUBJECT, True)

    def test_the_build_that_counts_may_be_chosen(self, read):
        """A report of two builds serves for one of them, and only with the results of that one."""
        report = suite(case("TC-1", prop("rc-7")), case("TC-2", prop("rc-6")))

        answers = read(report, ids="TC-1,TC-2", build_property="build", only={"build": "rc-7"})

        assert (answers["pass_ratio"].part, answers["not_run"].value) == (1, 1)
        assert answers["pass_ratio"].subject == Subject(build="rc-7")

    def test_a_silent_case_is_not_left_out_where_one_build_is_chosen(self, read):
        """It may be the one that failed."""
        report = suite(case("TC-1", prop("rc-7")), case("TC-2", "<failure/>"))

        assert refused(read, report, only={"build": "rc-7"}).reason is GapReason.MISSING


class TestBorrowed:
    NAMES = suite(prop("4.2.17"), case("TC-1"))
    SILENT = suite(case("TC-2"), name="quiet")

    @pytest.mark.parametrize("name", ["build", "release", "environment"])
    def test_a_report_does_not_borrow_what_another_one_is_about(self, read, name):
        """Nobody knows which build the second report is of, and its cases counted for the first one's."""
        refusal = refused(read, suite(prop("4.2.17", name), case("TC-1")), self.SILENT)

        assert refusal.reason is GapReason.MIXED_SUBJECTS
        assert f"run2.xml does not say which {name} it is about (the case 'TC-2', suite 'quiet')" in str(refusal)

    def test_a_suite_does_not_borrow_it_within_one_report(self, read):
        """Two runs were put into one file."""
        assert refused(read, f"<testsuites>{self.NAMES}{self.SILENT}</testsuites>").reason is GapReason.MIXED_SUBJECTS

    def test_a_reason_or_a_report_on_its_own_needs_no_word(self, read):
        """A report that names no build is about what the binding says; so it was, and so it stays."""
        assert read(self.SILENT)["planned"].subject is None
        assert read(self.NAMES, self.SILENT, not_subject={"build": "the job's number"})["planned"].subject is None

    def test_every_case_under_another_name_of_the_build_is_no_silence(self, read):
        """Two tools call the property differently and mean the same."""
        answers = read(self.NAMES, suite(prop("4.2.17", "build.number"), case("TC-2")))

        assert answers["planned"].subject == Subject(build="4.2.17")


class TestOtherNames:
    @pytest.mark.parametrize("name", ["Build", "commit", "release", "testEnvironment", "test.cycle", "version"])
    def test_two_values_are_never_one_subject_by_the_bindings_word(self, read, name):
        """Nobody asked for the property; it names two things all the same."""
        reports = (suite(prop("one", name), case("TC-1")), suite(prop("two", name), case("TC-2")))

        refusal = refused(read, *reports)

        assert refusal.reason is GapReason.MIXED_SUBJECTS
        assert f"the property {name!r} names several things that results are about: 'one', 'two'" in str(refusal)

    @pytest.mark.parametrize(
        ("name", "subject"),
        [
            ("commit", Subject(build="one")),
            ("release", Subject(release="one")),
            ("env", Subject(environment="one")),
            ("cycle", None),
            ("java.version", None),
            ("os.name", None),
        ],
    )
    def test_one_value_is_the_subject_and_admission_compares_it(self, read, name, subject):
        """What is all about the bound thing settles itself, and what is about another one is refused."""
        assert read(suite(prop("one", name), case("TC-1")))["planned"].subject == subject

    def test_a_reason_settles_what_is_no_subject(self, read):
        """The number of a build job is not the build."""
        reports = [suite(prop(value), case(f"TC-{value}")) for value in "12"]

        answers = read(*reports, not_subject={"build": "the number of the job that ran the tests"})

        assert (answers["pass_ratio"].part, answers["pass_ratio"].subject) == (2, None)

    def test_two_names_for_one_build_need_a_word(self, read):
        """A commit and a build number cannot both be what is released."""
        report = suite(
            "<properties><property name='build' value='7'/><property name='commit' value='abc'/></properties>",
            case("TC-1"),
        )

        assert "name their build in two ways, build='7' and commit='abc'" in str(refused(read, report))
        assert read(report, build_property="commit")["planned"].subject == Subject(build="abc")

    def test_a_name_that_nothing_has_is_a_mistake(self, read):
        """A choice that is misspelt would choose nothing."""
        assert "neither plan.csv nor a report has a column or a property 'bild'" in str(
            refused(read, suite(prop("rc-7"), case("TC-1")), only={"bild": "rc-7"})
        )

    def test_a_name_cannot_be_a_subject_and_none(self, read):
        """The settings contradict themselves."""
        from gonogo.collectors.system.junit import JUnitCollector

        collector = JUnitCollector()
        text = '{"build_property": "build", "not_subject": {"build": "only the number of a job"}}'

        with pytest.raises(SettingsRefusal, match="named as a subject elsewhere"):
            collector.declare(collector.settings.model_validate_json(text))


class TestPlans:
    PLAN = "case_id,Release\nTC-1,R1\nTC-2,R1\nTC-3,R2\n"

    def test_a_plan_of_two_releases_is_a_gap(self, read):
        """Its denominator is about two things."""
        refusal = refused(read, suite(case("TC-1")), plan=self.PLAN)

        assert refusal.reason is GapReason.MIXED_SUBJECTS
        assert "plan.csv, column 'Release', names several things that results are about: 'R1', 'R2'" in str(refusal)

    def test_the_value_that_counts_may_be_named(self, read):
        """The rows of the other release are planned, only not here: their results are neither counted nor unplanned."""
        answers = read(suite(case("TC-1"), case("TC-3")), plan=self.PLAN, only={"Release": "R1"}, control={"rows": 3})

        assert (answers["pass_ratio"].part, answers["pass_ratio"].whole, answers["unplanned"].value) == (1, 2, 0)
        assert answers["planned"].subject is None

    def test_a_column_that_holds_only_the_release_settles_itself(self, read):
        """The job is about payroll-1, and so is every row; a blank cell says nothing."""
        plan = "case_id,Release\nTC-1,Payroll-1\nTC-2,\n"

        assert read(suite(case("TC-1")), plan=plan)["planned"].value == 2

    def test_a_blank_cell_is_not_left_out(self, read):
        """Nobody knows whether the case counts, and without it the plan would be shorter."""
        refusal = refused(read, suite(case("TC-1")), plan=self.PLAN + "TC-4,\n", only={"Release": "R1"})

        assert "plan.csv, line 5: Release is blank" in str(refusal)

    def test_a_reason_settles_a_column(self, read):
        """The column says for which release a case was written first."""
        answers = read(
            suite(case("TC-1")), plan=self.PLAN, not_subject={"Release": "the release that the case was written for"}
        )

        assert (answers["planned"].value, answers["planned"].subject) == (3, None)

    def test_a_plan_of_another_release_is_a_gap(self, read):
        """One value, and not ours."""
        refusal = refused(read, suite(case("TC-1")), plan="case_id,Release\nTC-1,R2\n")

        assert refusal.reason is GapReason.WRONG_SUBJECT
        assert "column 'Release', names something other than the binding does: 'R2'" in str(refusal)

    def test_plan_and_reports_may_not_name_two(self, read):
        """A plan of one build and results of another do not belong together."""
        plan = "case_id,Build\nTC-1,rc-7\n"

        assert "name their build in two ways, Build='rc-7' and build='rc-6'" in str(
            refused(read, suite(prop("rc-6", "build"), case("TC-1")), plan=plan, only={"Build": "rc-7"})
        )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Build", SubjectKind.BUILD),
        ("BUILD_NUMBER", SubjectKind.BUILD),
        ("buildNumber", SubjectKind.BUILD),
        ("git.commit.id", SubjectKind.BUILD),
        ("Test Environment", SubjectKind.ENVIRONMENT),
        ("test-cycle", SubjectKind.CYCLE),
        ("Target Release", SubjectKind.RELEASE),
        ("java.version", SubjectKind.NONE),
        ("go.version", SubjectKind.NONE),
        ("rebuild", SubjectKind.NONE),
        ("environment variables", SubjectKind.NONE),
        ("", SubjectKind.NONE),
    ],
)
def test_a_name_is_known_by_its_words(name, kind):
    """A closed list: what tools write of themselves is not what is tested."""
    assert kind_of(name) is kind


def test_a_pattern_that_is_no_expression_is_refused_in_words(read):
    """`b'missing ): (x'` is no word that a person can look up."""
    with pytest.raises(SettingsRefusal) as caught:
        read(suite(case("TC-1")), case_id={"pattern": "(x"})

    assert "this is not a regular expression: " in str(caught.value)
    assert "b'" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "subject"), [("PAYROLL-1", Subject(release="payroll-1")), ("other", Subject(release="other"))]
)
def test_a_release_is_told_in_the_spelling_of_the_run_and_another_as_it_is(read, value, subject):
    """Another release is refused at admission by its own name; a capital letter is no other release."""
    answers = read(suite(prop(value, "release"), case("TC-1")), ids="TC-1")

    assert answers["planned"].subject == subject


@pytest.mark.parametrize(("values", "more"), [(5, ""), (6, " and 1 more")])
def test_five_values_are_named_and_the_rest_is_counted(read, values, more):
    cases = [case(f"TC-{number}", prop(f"b-{number}")) for number in range(values)]

    said = str(refused(read, suite(*cases), ids=",".join(f"TC-{number}" for number in range(values))))

    assert ("more" in said) is bool(more)
    assert f"'b-4'{more}" in said


class TestBesideTheChosenBuild:
    """The binding chooses the property that names the build; another one that tells it too must tell the same."""

    @pytest.mark.parametrize(
        ("name", "value"),
        [("build", "rc-6"), ("Build Version", "rc-6"), ("Release.Digest", "rc-6"), ("release_digest", "other")],
    )
    def test_another_build_is_a_gap(self, read, name, value):
        """`build: rc-6` on each case below `release.digest: rc-7` was not looked at."""
        report = suite(prop("rc-7", "release.digest"), case("TC-1", prop(value, name)))

        refusal = refused(read, report, build_property="release.digest")

        assert refusal.reason is GapReason.MIXED_SUBJECTS
        assert f"release.digest='rc-7' and {name}='{value}'" in str(refusal)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("build", "rc-7"), ("build", "RC-7"), ("Release.Digest", "rc-7"), ("build", "118"), ("commit", "rc-6")],
    )
    def test_the_same_build_or_a_number_of_another_kind_is_none(self, read, name, value):
        """Runners tell a number and a commit beside the build, which are other names of it."""
        report = suite(prop("rc-7", "release.digest"), case("TC-1", prop(value, name)))

        answers = read(report, ids="TC-1", build_property="release.digest")

        assert {answer.subject for answer in answers.values()} == {Subject(build="rc-7")}

    @pytest.mark.parametrize(("value", "same"), [("v4.2.16", True), ("v4.2.160", False), ("v4.2.15", False)])
    def test_a_leading_v_is_no_other_build(self, read, value, same):
        """A tag is v4.2.16 where the artifact is 4.2.16; a digit more is another build."""
        report = suite(prop("4.2.16", "release.digest"), case("TC-1", prop(value)))

        if same:
            assert read(report, ids="TC-1", build_property="release.digest")["planned"].subject == Subject(
                build="4.2.16"
            )
        else:
            assert refused(read, report, build_property="release.digest").reason is GapReason.MIXED_SUBJECTS

    def test_a_reason_settles_it(self, read):
        """The build of the test tool may be told under the same name."""
        report = suite(prop("rc-7", "release.digest"), case("TC-1", prop("rc-6")))

        read(report, ids="TC-1", build_property="release.digest", not_subject={"build": "The build of the runner."})
