"""SARIF, OHDF and GitLab's Code Quality: valid by their schemas, and shown as what they are."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from tests.report.machine.conftest import schema
from tests.report.machine.consumers import control_status

from gonogo.model.decision import Blocker, WaiverReview
from gonogo.model.finding import Status
from gonogo.report.formats import FORMATS
from gonogo.report.machine.machine_standing import Standing, accounts

FILES = {"sarif": "sarif-2.1.0.json", "ohdf": "ohdf-exec-json.json"}
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}
"""What GitLab's page on importing results asks of each finding."""


@cache
def validator(name: str) -> Any:
    return jsonschema_rs.validator_for(json.loads(schema(FILES[name])))


def made(view: Any, name: str) -> Any:
    return json.loads(FORMATS[name].render(view))


def results(view: Any) -> dict[str, Any]:
    """SARIF's results by rule."""
    return {each["ruleId"]: each for each in made(view, "sarif")["runs"][0]["results"]}


@pytest.mark.parametrize("name", FILES)
def test_it_is_valid_by_its_schema(views, decided, harborline, name):
    """A viewer refuses the whole file for one wrong key."""
    for view in (*views.values(), decided, *harborline.values()):
        assert [f"{each.instance_path}: {each.message}" for each in validator(name).iter_errors(made(view, name))] == []


def test_code_quality_has_all_that_gitlab_asks_for(views, decided, harborline):
    """A finding without a fingerprint or with another severity is dropped without a word."""
    for view in (*views.values(), decided, *harborline.values()):
        found = made(view, "gitlab")
        jsonschema_rs.validator_for(CODE_QUALITY).validate(found)
        assert len({each["fingerprint"] for each in found}) == len(found)


class TestSarif:
    def test_the_levels_are_those_of_what_it_weighs(self, views):
        """An error stops a merge in many teams; advice must not."""
        levels = {name: each["level"] for name, each in results(views["mixed"]).items()}

        assert levels == {
            "gonogo.verdict": "warning",
            "system.interfaces.tested": "error",
            "system.test.passed": "error",
            "system.tried.out": "note",
            "operations.advice.given": "note",
        }
        assert results(views["go"])["gonogo.verdict"]["level"] == "note"
        assert results(views["no_go"])["gonogo.verdict"]["level"] == "error"
        assert results(views["no_go"])["system.test.batch_window"]["level"] == "error"

    def test_advice_that_blocks_is_an_error(self, mixed):
        """M3's own rule wants a plan for each open criterion."""
        blocker = Blocker(criterion="operations.advice.given", why="It has no plan.")
        decision = mixed.decision.model_copy(update={"blockers": (blocker,)})
        view = replace(mixed, assessment=mixed.assessment.model_copy(update={"decision": decision}))

        assert results(view)["operations.advice.given"]["level"] == "error"

    def test_each_rule_has_what_github_asks_for(self, views, decided):
        """Description and help are required there, also of the rule for the verdict."""
        for view in (*views.values(), decided):
            for rule in json.loads(FORMATS["sarif"].render(view))["runs"][0]["tool"]["driver"]["rules"]:
                texts = [rule[part]["text"] for part in ("shortDescription", "fullDescription", "help")]
                assert all(texts), rule["id"]
                assert max(map(len, texts[:2])) <= 1024
                assert rule["help"]["markdown"]

    def test_every_result_names_its_rule(self, views):
        """Rules are the criteria, also those with no result."""
        for view in views.values():
            (run,) = made(view, "sarif")["runs"]
            rules = [each["id"] for each in run["tool"]["driver"]["rules"]]

            assert rules == ["gonogo.verdict", *(each.finding.criterion for each in accounts(view))]
            assert {each["ruleId"] for each in run["results"]} <= {*rules}

    def test_a_waiver_is_an_accepted_suppression_with_its_reason(self, views):
        """A viewer that hides it can say why; one that knows no suppressions shows the result."""
        (found,) = results(views["conditional"])["system.interfaces.tested"]["suppressions"]

        assert (found["kind"], found["status"]) == ("external", "accepted")
        assert found["justification"].startswith("Waiver W-003, until the end of 2027-06-02: The purchase card issuer")
        assert "suppressions" not in results(views["conditional"])["system.test.batch_window"]

    def test_an_acceptance_suppresses_too(self, mixed):
        """With the item, the person and the last day."""
        (found,) = results(mixed)["system.test.passed"]["suppressions"]

        assert found["status"] == "accepted"
        assert found["justification"].startswith(
            "Acceptance A-1 of T-17 by osei, until the end of 2027-05-20: Two staff"
        )

    def test_a_waiver_that_does_not_count_suppresses_nothing(self, views):
        """SARIF: one rejected suppression, and the result is not suppressed."""
        view = views["no_go"]
        review = WaiverReview(id="W-001", criterion="system.test.batch_window", counted=False, why="It has expired.")
        waivers = tuple(each for each in views["conditional"].waivers if each.id == "W-001")
        decision = view.decision.model_copy(update={"waivers": (review,)})
        whole = view.assessment.model_copy(update={"decision": decision, "waivers": waivers})

        (found,) = results(replace(view, assessment=whole))["system.test.batch_window"]["suppressions"]

        assert found["status"] == "rejected"
        assert found["justification"] == "Waiver W-001 does not count: It has expired."

    def test_a_result_is_the_same_one_in_the_next_run(self, views):
        """Otherwise each day closes yesterday's alerts and opens new ones."""
        view = views["no_go"]
        envelope = view.started.envelope.model_copy(update={"run": "run-2"})
        later = replace(view, started=view.started.model_copy(update={"envelope": envelope}))

        one, two = results(view), results(later)

        assert [each["partialFingerprints"] for each in one.values()] == [
            each["partialFingerprints"] for each in two.values()
        ]
        assert len({json.dumps(each["partialFingerprints"]) for each in one.values()}) == len(one)

    def test_a_result_is_at_the_file_that_was_read(self, views):
        """With its digest among the artifacts; what rests on no file is at the program file."""
        (run,) = made(views["no_go"], "sarif")["runs"]
        places = {
            each["ruleId"]: each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for each in run["results"]
        }

        assert places["workforce.training.completion"] == "evidence/workforce/roster.csv"
        assert places["system.test.batch_window"] == places["gonogo.verdict"] == "gonogo.yaml"
        assert run["artifacts"][0]["hashes"] == {"sha-256": "a" * 64}


class TestHeimdall:
    def test_each_standing_is_shown_as_what_it_is(self, mixed, views):
        """A waived control that Heimdall calls *Not Applicable* would be off the list of what is to be done."""
        (profile,) = made(mixed, "ohdf")["profiles"]
        shown = {each["id"]: control_status(each) for each in profile["controls"]}

        assert shown == {
            "gonogo.verdict": "Failed",
            "workforce.training.completion": "Passed",
            "system.interfaces.tested": "Profile Error",  # unknown, and waived
            "system.test.passed": "Failed",
            "system.tried.out": "Failed",
            "operations.advice.given": "Failed",
            "program.ims.critical_path_float": "Passed",
            "system.security.ato": "Passed",
            "operations.cutover.rehearsal": "Passed",
            "operations.helpdesk.ready": "Not Reviewed",
            "program.releases.notices": "Not Applicable",
            "workforce.unions.notified": "Not Reviewed",
        }
        assert all(each["impact"] > 0 for each in profile["controls"] if each["id"] != "program.releases.notices")

    def test_waiver_and_acceptance_stand_beside_the_failed_control(self, mixed):
        """Heimdall shows their reason and their last day."""
        (profile,) = made(mixed, "ohdf")["profiles"]
        waived = {each["id"]: each["waiver_data"] for each in profile["controls"] if "waiver_data" in each}

        assert {name: each["expiration_date"] for name, each in waived.items()} == {
            "system.interfaces.tested": "2027-06-02",
            "system.test.passed": "2027-05-20",
        }
        assert not any(each["skipped_due_to_waiver"] for each in waived.values())

    def test_what_is_skipped_says_why(self, views):
        """*Not Reviewed* alone asks for a phone call."""
        (profile,) = made(views["go"], "ohdf")["profiles"]
        said = {each["id"]: each["results"][0].get("skip_message") for each in profile["controls"]}

        assert said["operations.helpdesk.ready"].startswith("Not due before T-5 (2027-04-28)")
        assert said["workforce.training.completion"] is None

    def test_the_statistics_count_the_controls(self, mixed):
        """An error is no success, and OHDF has no count for it."""
        document = made(mixed, "ohdf")
        counts = {name: each["total"] for name, each in document["statistics"]["controls"].items()}

        assert counts == {"passed": 4, "failed": 5, "skipped": 3}
        assert sum(counts.values()) == len(document["profiles"][0]["controls"])


class TestGitLab:
    def test_the_severities_are_those_of_the_standing(self, mixed, views):
        """A blocker blocks; what was waived is still critical."""
        found = {each["check_name"]: each["severity"] for each in made(mixed, "gitlab")}

        assert found == {
            "gonogo.verdict": "critical",
            "system.interfaces.tested": "critical",
            "system.test.passed": "critical",
            "system.tried.out": "minor",
            "operations.advice.given": "minor",
        }
        assert {each["severity"] for each in made(views["no_go"], "gitlab")} == {"blocker"}

    def test_the_verdict_is_always_listed(self, decided, views):
        """GitLab shows an empty list as success, also that of a rehearsal."""
        assert [each["check_name"] for each in made(decided, "gitlab")] == ["gonogo.verdict"]
        assert made(views["go"], "gitlab")[0]["severity"] == "minor"


def test_statuses_that_a_new_release_adds_are_thought_of():
    """A status without a standing would stop every report."""
    assert {status.value for status in Status} - {"not_met", "unknown"} <= {each.value for each in Standing}
