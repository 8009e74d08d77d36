"""OSCAL: valid by NIST's schemas, read by trestle; what is open stays not satisfied, whatever people accepted."""

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from tests.report.machine.conftest import schema

from gonogo.report.formats import FORMATS
from gonogo.report.machine.machine_standing import Standing, accounts
from gonogo.report.machine.notation import last_second, moment

FILES = {"oscal": "oscal-assessment-results.json", "oscal-poam": "oscal-poam.json"}
VERSION_5 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
ROOTS = {"oscal": "assessment-results", "oscal-poam": "plan-of-action-and-milestones"}


@cache
def validator(name: str) -> Any:
    return jsonschema_rs.validator_for(json.loads(schema(FILES[name])))


def document(view: Any, name: str = "oscal") -> dict[str, Any]:
    return json.loads(FORMATS[name].render(view))[ROOTS[name]]


def risks(view: Any) -> list[Any]:
    return document(view)["results"][0]["risks"]


def all_of(part: Any, key: str) -> list[Any]:
    """Return every value of a key, wherever it is."""
    if isinstance(part, dict):
        return [value for name, value in part.items() if name == key] + [
            found for value in part.values() for found in all_of(value, key)
        ]
    return [found for each in part for found in all_of(each, key)] if isinstance(part, list) else []


@pytest.mark.parametrize("name", FILES)
class TestBoth:
    def test_it_is_valid_by_nists_schema(self, views, harborline, name):
        """A security office imports it, or it is of no use to it."""
        for view in (views | harborline).values():
            assert [
                f"{each.instance_path}" for each in validator(name).iter_errors(json.loads(FORMATS[name].render(view)))
            ] == []

    @pytest.mark.filterwarnings("ignore")
    def test_trestle_reads_it(self, harborline, tmp_path, name):
        """The tool of the people who check OSCAL finds more than the schema does."""
        from trestle.oscal.assessment_results import AssessmentResults
        from trestle.oscal.poam import PlanOfActionAndMilestones

        path = tmp_path / "document.json"
        path.write_bytes(FORMATS[name].render(harborline["corpus 1"]))

        read = (AssessmentResults if name == "oscal" else PlanOfActionAndMilestones).oscal_read(path)

        assert read.uuid == document(harborline["corpus 1"], name)["uuid"]

    def test_every_reference_leads_somewhere(self, views, name):
        """A broken link is what a schema does not see."""
        for view in views.values():
            made = document(view, name)
            ids = all_of(made, "uuid")
            known = {*ids}
            found = [
                each
                for key in ("observation-uuid", "risk-uuid", "finding-uuid", "actor-uuid")
                for each in all_of(made, key)
            ]
            found += [each[1:] for each in all_of(made, "href") if each.startswith("#")]

            assert len(ids) == len(known)
            assert found or name == "oscal-poam"
            assert set(found) <= known

    def test_ids_are_the_same_for_the_same_log(self, views, name):
        """Equal log and version, equal bytes; and ids of version 5, which can be computed again."""
        view = views["conditional"]

        assert FORMATS[name].render(view) == FORMATS[name].render(view)
        assert all(VERSION_5.fullmatch(each) for each in all_of(document(view, name), "uuid"))

    def test_the_head_of_the_log_is_in_the_back_matter(self, views, name):
        """Who holds the document can find the record, and see that it is the same."""
        view = views["go"]
        resources = document(view, name)["back-matter"]["resources"]
        props = {each["name"]: each["value"] for one in resources for each in one["props"]}

        assert (props["head"], props["assessment-digest"], props["log"]) == (
            view.head,
            view.finished.assessment,
            "log-1",
        )


class TestFindings:
    def test_only_what_is_plainly_met_is_satisfied(self, views):
        """A waived, planned or accepted criterion that looks satisfied would be a false GO in the next tool."""
        for view in views.values():
            states = {
                each["target"]["target-id"]: each["target"]["status"]["state"]
                for each in document(view)["results"][0]["findings"]
            }
            expected = {
                each.finding.criterion: "satisfied" if each.standing is Standing.MET else "not-satisfied"
                for each in accounts(view)
                if each.standing.judged
            }
            assert states == expected

    def test_every_finding_is_about_an_objective_of_the_document(self, views):
        """There is no catalogue of controls to look it up in."""
        for view in views.values():
            made = document(view)
            asked = made["local-definitions"]["objectives-and-methods"]
            known = {part["id"] for each in asked for part in each["parts"]}

            assert {each["target"]["target-id"] for each in made["results"][0]["findings"]} <= known

    def test_unknown_is_not_satisfied_for_another_reason_than_failure(self, views):
        """OSCAL's words for it; the remarks say which."""
        (found,) = (
            each["target"]["status"]
            for each in document(views["gaps_only"])["results"][0]["findings"]
            if each["target"]["target-id"] == "workforce.training.completion"
        )

        assert found == {"state": "not-satisfied", "reason": "other", "remarks": "Unknown"}

    def test_what_was_not_asked_is_excluded_and_has_no_finding(self, views):
        """Nobody knows anything about it, so it is neither satisfied nor not."""
        result = document(views["go"])["results"][0]
        selection = result["reviewed-controls"]["control-selections"][0]
        excluded = [each["control-id"] for each in selection["exclude-controls"]]

        assert excluded == ["operations.helpdesk.ready", "program.releases.notices", "workforce.unions.notified"]
        assert not {*excluded} & {each["target"]["target-id"] for each in result["findings"]}
        assert "Not due before T-5 (2027-04-28)" in result["remarks"]

    def test_a_run_that_asked_nothing_is_still_a_document(self, decided):
        """Before the first milestone nothing may be due."""
        left = tuple(each for each in decided.findings if not each.status.judged)
        view = replace(decided, assessment=decided.assessment.model_copy(update={"findings": left}))

        for name in FILES:
            assert validator(name).is_valid(json.loads(FORMATS[name].render(view)))
        assert "findings" not in document(view)["results"][0]


class TestRisks:
    def test_a_waiver_is_a_deviation_with_a_deadline(self, views):
        """Residual risk, compensating control and the last day stand beside the finding that stays open."""
        (risk,) = (each for each in risks(views["conditional"]) if "Daily" in json.dumps(each))

        assert risk["status"] == "deviation-approved"
        assert risk["deadline"] == "2027-06-03T03:59:59Z"
        assert "Residual risk of waiver W-003: medium." in risk["statement"]
        assert "approved by osei as the customer's executive sponsor on 2027-04-16" in risk["statement"]
        assert risk["mitigating-factors"][0]["description"].startswith("Daily statement file")

    def test_a_plan_is_a_remediation_with_its_day(self, views):
        """A planned task, not a promise in prose."""
        (risk,) = (each for each in risks(views["conditional"]) if each["status"] == "remediating")
        (task,) = all_of(risk, "tasks")

        assert risk["deadline"] == task[0]["timing"]["on-date"]["date"] == "2027-04-28T03:59:59Z"

    def test_an_acceptance_is_a_deviation_too(self, mixed):
        """Met on acceptance alone: the items are open, and somebody answers for each."""
        (risk,) = (each for each in risks(mixed) if "T-17" in each["title"])

        assert (risk["status"], risk["deadline"]) == ("deviation-approved", "2027-05-21T03:59:59Z")
        assert "T-17: accepted by osei as the customer's executive sponsor on 2027-04-16" in risk["statement"]

    def test_everything_else_that_is_open_is_an_open_risk(self, views):
        """A waiver that does not count changes no status, and is named."""
        statuses = [each["status"] for each in risks(views["no_go"])]

        assert statuses == ["open", "open"]

    def test_a_waiver_that_does_not_count_is_named_and_approves_nothing(self, views):
        """It was handed in, and somebody may believe in it."""
        view = views["no_go"]
        review = views["conditional"].decision.waivers[1].model_copy(update={"criterion": "system.test.batch_window"})
        decision = view.decision.model_copy(update={"waivers": (review,)})
        waivers = tuple(each for each in views["conditional"].waivers if each.id == review.id)
        changed = replace(
            view, assessment=view.assessment.model_copy(update={"decision": decision, "waivers": waivers})
        )

        (risk,) = (each for each in risks(changed) if "W-001" in json.dumps(each))

        assert risk["status"] == "open"
        assert "deadline" not in risk

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2027, 6, 2), "2027-06-03T03:59:59Z"),
            (date.max, "2999-12-29T23:59:59Z"),
            (date(2999, 12, 31), "2999-12-29T23:59:59Z"),
        ],
    )
    def test_a_deadline_is_the_last_second_of_the_local_day(self, views, day, expected):
        """OSCAL knows no year after 2999; *never* is written as its last moment."""
        assert moment(last_second(views["go"], day)) == expected


class TestEvidence:
    def test_an_observation_leads_to_the_bytes_that_were_read(self, views):
        """Which file, with which digest: what an assessor asks first."""
        made = document(views["go"])
        (seen,) = (each for each in made["results"][0]["observations"] if each["title"] == "training.completed_ratio")
        (evidence,) = seen["relevant-evidence"]
        resource = next(each for each in made["back-matter"]["resources"] if f"#{each['uuid']}" == evidence["href"])

        assert seen["methods"] == ["EXAMINE"]
        assert (
            "93.23% (1,363 of 1,462), measured; from evidence/workforce/roster.csv, 1,462 rows" in seen["description"]
        )
        assert resource["rlinks"] == [
            {"href": "evidence/workforce/roster.csv", "hashes": [{"algorithm": "SHA-256", "value": "a" * 64}]}
        ]
        assert seen["expires"] == "2027-04-22T16:00:00Z"

    def test_a_gap_is_an_observation_of_no_known_method(self, views):
        """That something could not be read is a fact too."""
        (seen,) = (
            each
            for each in document(views["gaps_only"])["results"][0]["observations"]
            if each["methods"] == ["UNKNOWN"]
        )

        assert "no usable value" in seen["description"]


class TestItems:
    def test_each_open_criterion_is_an_item(self, views):
        """Also what is waived, planned or accepted: it is still to be done."""
        for name in ("conditional", "no_go", "mixed"):
            titles = [each["title"] for each in document(views[name], "oscal-poam")["poam-items"]]
            expected = [each.finding.title for each in accounts(views[name]) if each.standing.open]

            assert titles[: len(expected)] == expected

    def test_a_reason_that_is_no_criterions_is_an_item_too(self, views):
        """Caps that are exceeded, a domain that was not judged."""
        texts = [each["description"] for each in document(views["no_go"], "oscal-poam")["poam-items"]]

        assert "9 conditional criteria are open in all; the policy allows 8." in texts

    def test_where_nothing_is_open_the_one_item_says_so(self, views):
        """OSCAL asks for an item at least."""
        (item,) = document(views["go"], "oscal-poam")["poam-items"]

        assert item["title"] == "Nothing that was judged is open"

    def test_an_item_keeps_its_id_from_run_to_run(self, views):
        """Otherwise the tool that tracks it would see a new item each day."""
        first = views["conditional"]
        envelope = first.started.envelope.model_copy(update={"run": "run-2"})
        second = replace(first, started=first.started.model_copy(update={"envelope": envelope}))

        one, two = (document(view, "oscal-poam") for view in (first, second))

        assert [each["uuid"] for each in one["poam-items"]] == [each["uuid"] for each in two["poam-items"]]
        assert [each["uuid"] for each in one["risks"]] == [each["uuid"] for each in two["risks"]]
        assert one["uuid"] != two["uuid"]
