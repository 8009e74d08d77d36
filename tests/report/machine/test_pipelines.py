"""JUnit, the commands of GitHub and Azure, OpenMetrics and CSV: what a pipeline or a dashboard does with them."""

import csv
import io
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml import etree
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families
from tests.report.machine.conftest import ROOT, schema

from gonogo.model.decision import Blocker
from gonogo.report.formats import FORMATS
from gonogo.report.machine.criteria_table import COLUMNS
from gonogo.report.machine.machine_standing import Standing, accounts


def text(view: Any, name: str) -> str:
    return FORMATS[name].render(view).decode()


def cases(view: Any) -> dict[str, list[str]]:
    """The outcome of each case, by the id in its name."""
    root = ElementTree.fromstring(FORMATS["junit"].render(view))
    names = {case: re.search(r"\(([^()]*)\)$", case.attrib["name"]) for case in root.iter("testcase")}
    return {
        found[1] if found else "verdict": [child.tag for child in case if child.tag != "system-out"]
        for case, found in names.items()
    }


class TestJUnit:
    def test_it_is_valid_by_the_schema_of_jenkins(self, views, decided, harborline):
        """Jenkins, GitLab, Azure and GitHub's actions read this form."""
        xsd = etree.XMLSchema(etree.fromstring(schema("junit-10.xsd").encode()))
        for view in (*views.values(), decided, *harborline.values()):
            assert xsd.validate(etree.fromstring(FORMATS["junit"].render(view))), xsd.error_log

    def test_what_blocks_fails_and_what_is_unknown_is_an_error(self, views):
        """Two colors in most tools: bad, and nobody knows."""
        assert cases(views["no_go"])["workforce.training.completion"] == ["failure"]
        assert cases(views["gaps_only"])["workforce.training.completion"] == ["error"]
        assert cases(views["gaps_only"])["verdict"] == ["failure"]

    def test_what_a_go_depends_on_is_skipped_with_its_reason(self, mixed):
        """It did not pass, and it does not turn a job red that the verdict lets through."""
        found = cases(mixed)

        assert {name for name, tags in found.items() if tags == ["skipped"]} == {
            "verdict",
            *(each.finding.criterion for each in accounts(mixed) if each.standing is not Standing.MET),
        }
        assert "Unknown, waived until the end of 2027-06-02 (waiver W-003)" in text(mixed, "junit")

    @pytest.mark.parametrize(("accepted", "expected"), [(False, ["failure"]), (True, ["skipped"])])
    def test_a_conditional_go_fails_unless_it_was_accepted(self, mixed, accepted, expected):
        """As the exit code does; it never passes."""
        finished = mixed.finished.model_copy(update={"accepted_conditional": accepted})

        assert cases(replace(mixed, finished=finished))["verdict"] == expected

    def test_the_counts_are_those_of_the_cases(self, views, decided):
        """Jenkins draws its trend from them."""
        for view in (*views.values(), decided):
            root = ElementTree.fromstring(FORMATS["junit"].render(view))
            for suite in root.iter("testsuite"):
                tags = [child.tag for case in suite.iter("testcase") for child in case]
                counted = [int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")]
                assert counted == [
                    len(suite.findall("testcase")),
                    *(tags.count(tag) for tag in ("failure", "error", "skipped")),
                ]
            assert int(root.attrib["tests"]) == len(accounts(view)) + 1


class TestGitHub:
    def test_the_verdict_comes_first_and_then_what_blocks(self, views):
        """GitHub shows ten annotations of a step."""
        lines = text(views["no_go"], "github").split("\n")

        assert lines[0] == views["no_go"].started.kind.sentence
        assert lines[1].startswith("::error title=NO-GO%3A Go-live readiness of Harborline%2C release R1::")
        assert [line.partition(" ")[0] for line in lines[1:-1]] == ["::error"] * 3

    def test_conditions_warn_and_advice_is_a_notice(self, mixed):
        """In the order of how much they matter."""
        lines = text(mixed, "github").split("\n")[1:-1]

        assert [line.partition(" ")[0] for line in lines] == ["::warning"] * 3 + ["::notice"] * 2

    def test_what_blocks_comes_before_what_was_waived(self, mixed):
        """The order of the ruleset would put it last, and GitHub leaves the eleventh out."""
        blocker = Blocker(criterion="operations.advice.given", why="It has no plan.")
        decision = mixed.decision.model_copy(update={"blockers": (blocker,)})
        view = replace(mixed, assessment=mixed.assessment.model_copy(update={"decision": decision}))

        assert text(view, "github").split("\n")[2].startswith("::error title=The title of given::Not met")

    def test_a_go_is_a_notice(self, decided):
        """Nothing to look at."""
        assert text(decided, "github").split("\n")[1].startswith("::notice title=GO%3A ")


class TestAzure:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [("go", "SucceededWithIssues"), ("conditional", "Failed"), ("mixed", "Failed"), ("no_go", "Failed")],
    )
    def test_the_task_ends_as_the_verdict_says(self, views, name, expected):
        """A rehearsal is never a plain success; `mixed` was accepted, and its process ended with 3 all the same."""
        view = views[name]
        view = replace(view, finished=view.finished.model_copy(update={"exit_code": 3})) if name == "mixed" else view

        assert f"##vso[task.complete result={expected};]" in text(view, "azure")

    def test_an_accepted_condition_ends_with_issues(self, mixed):
        """The process ended with 0, and the pipeline goes on."""
        assert "##vso[task.complete result=SucceededWithIssues;]" in text(mixed, "azure")

    def test_a_go_completes_nothing(self, decided):
        """`result=Succeeded` would turn a failure of the same step into a success."""
        assert "##vso" not in text(decided, "azure")


class TestOpenMetrics:
    def test_every_state_set_has_one_state(self, views):
        """Two would be drawn as two lines."""
        for view in views.values():
            lines = [line for line in text(view, "openmetrics").split("\n") if not line.startswith("#")]
            sets: dict[str, int] = {}
            for line in lines:
                found = re.match(r"(gonogo_(?:verdict|signal|criterion))\{(.*),\1=\"[^\"]*\"\} ([01]) ", line)
                if found:
                    key = found[1] + found[2]
                    sets[key] = sets.get(key, 0) + int(found[3])
            assert len(sets) == len(accounts(view)) + 2
            assert {*sets.values()} == {1}

    def test_every_sample_is_dated_as_of_the_assessment(self, views):
        """A file that is read a week later must not look like news."""
        view = views["go"]
        lines = [line for line in text(view, "openmetrics").split("\n")[:-2] if not line.startswith("#")]

        assert {line.rpartition(" ")[2] for line in lines} == {str(int(view.started.now.timestamp()))}

    def test_a_family_is_written_once_and_together(self, views):
        """OpenMetrics forbids it otherwise, and Prometheus drops the whole file."""
        lines = text(views["mixed"], "openmetrics").split("\n")
        families = [line.split(" ")[2] for line in lines if line.startswith("# TYPE ")]
        series = [line.rpartition(" ")[0].rpartition(" ")[0] for line in lines if line and not line.startswith("#")]

        assert len(families) == len({*families})
        assert len(series) == len({*series})

    def test_a_value_is_the_facts_own(self, views):
        """93.2% is 0.932 in Prometheus' base unit."""
        series = r'gonogo_fact\{.*fact="training\.completed_ratio",.*basis="measured"\} 0\.9322845'

        assert re.search(series, text(views["go"], "openmetrics"))


class TestPrometheus:
    def test_the_textfile_collector_and_the_pushgateway_take_it(self, views):
        """Both refuse a whole file for one type of OpenMetrics or one date, and say so only in their own log."""
        for view in views.values():
            lines = text(view, "prometheus").split("\n")

            assert lines.pop() == ""
            assert {line.split(" ")[3] for line in lines if line.startswith("# TYPE ")} == {"gauge"}
            assert [
                line for line in lines if not re.match(r"# (TYPE|HELP) |gonogo_\w+\{.*\} -?\d[\d.e-]*$", line)
            ] == []

    def test_it_says_what_openmetrics_says(self, views):
        """One story: the same series with the same values, and each belongs to the family above it."""
        for view in views.values():
            plain = list(text_string_to_metric_families(text(view, "prometheus")))
            dated = list(openmetrics_families(text(view, "openmetrics")))

            mine, theirs = (
                {
                    (
                        sample.name,
                        sample.value,
                        *sorted(set(sample.labels.items()) - {("report", sample.labels.get("report"))}),
                    )
                    for family in families
                    for sample in family.samples
                }
                for families in (plain, dated)
            )
            assert mine == theirs
            assert all(sample.name == family.name for family in plain for sample in family.samples)
            assert all(sample.timestamp is None for family in plain for sample in family.samples)
            assert "" not in {family.documentation for family in plain}


class TestCsv:
    def test_there_is_a_row_for_each_criterion(self, views):
        """In the order of the ruleset."""
        for view in views.values():
            rows = list(csv.DictReader(io.StringIO(text(view, "csv"), newline="")))

            assert [row["criterion"] for row in rows] == [each.finding.criterion for each in accounts(view)]
            assert [*rows[0]] == [column.name for column in COLUMNS]

    def test_a_row_says_what_people_decided_and_until_when(self, mixed):
        """Power BI draws the calendar from it."""
        rows = {row["criterion"]: row for row in csv.DictReader(io.StringIO(text(mixed, "csv"), newline=""))}

        waived, accepted = rows["system.interfaces.tested"], rows["system.test.passed"]
        assert (waived["standing"], waived["waiver"], waived["deadline"]) == ("waived", "W-003", "2027-06-02")
        assert (accepted["standing"], accepted["acceptances"], accepted["deadline"]) == (
            "accepted",
            "A-1",
            "2027-05-20",
        )
        assert (accepted["status"], accepted["success"]) == ("met", "false")

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d"])
    def test_a_text_that_begins_like_a_formula_is_no_formula(self, views, start):
        """A spreadsheet shows the apostrophe's text, and runs nothing."""
        view = views["no_go"]
        first = view.findings[0].model_copy(update={"title": f"{start}1+1"})
        whole = view.assessment.model_copy(update={"findings": (first, *view.findings[1:])})

        rows = list(csv.DictReader(io.StringIO(text(replace(view, assessment=whole), "csv"), newline="")))

        assert rows[0]["criterion_title"] == f"'{start}1+1"

    def test_the_page_says_what_each_column_means(self):
        """A report of Power BI is built from that page."""
        page = (ROOT / "docs/how-to/formats-for-machines.md").read_text(encoding="utf-8")
        table = [line for line in page.partition("## Tables")[2].splitlines() if line.startswith("| `")]

        assert table == [f"| `{each.name}` | {each.kind.value} | {each.meaning} |" for each in COLUMNS]
