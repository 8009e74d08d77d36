"""OSCAL documents: what is open and overdue, what is implemented, and what an assessment found."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import jsonschema_rs
import pytest

from gonogo.collectors.system.oscal import nist_schema
from gonogo.collectors.system.oscal.assessed_controls import AssessmentCollector
from gonogo.collectors.system.oscal.poam import PoamCollector
from gonogo.collectors.system.oscal.security_plan import SecurityPlanCollector
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

SHARED = Path(__file__).parents[5] / "shared/data"
CHANGED = datetime(2027, 4, 18, 12, tzinfo=UTC)
LATE = SAMPLE_NOW - timedelta(seconds=1)


def uuid(number: int) -> str:
    return f"{number:08d}-1111-4222-8333-444444444444"


def metadata() -> dict:
    return {"title": "KeelFin", "last-modified": CHANGED.isoformat(), "version": "7", "oscal-version": "1.1.2"}


def task(**more) -> dict:
    return {
        "uuid": uuid(91),
        "type": "milestone",
        "title": "patch",
        "responsible-roles": [{"role-id": "owner"}],
        **more,
    }


def alone() -> dict:
    """A milestone that nobody owns."""
    return {key: value for key, value in task().items() if key != "responsible-roles"}


def graded(word: str) -> dict:
    return {"characterizations": risk(severity=word)["characterizations"]}


def risk(number: int = 1, *, status="open", severity: str | None = "high", deadline=LATE, tasks=None, **more) -> dict:
    facets = [{"name": "severity", "system": "https://agency.example", "value": severity}] if severity else []
    origin = {"actors": [{"type": "party", "actor-uuid": uuid(80)}]}
    tasks = [task()] if tasks is None else tasks
    return {
        "uuid": uuid(number),
        "title": f"risk {number}",
        "description": "d",
        "statement": "s",
        "status": status,
        **({"characterizations": [{"origin": origin, "facets": facets}]} if facets else {}),
        **({"deadline": deadline.isoformat()} if deadline else {}),
        "remediations": [
            {
                "uuid": uuid(90),
                "lifecycle": "planned",
                "title": "t",
                "description": "d",
                "tasks": [task()] if tasks is None else tasks,
            }
        ],
        **more,
    }


def poam(*risks: dict, items: list | None = None) -> bytes:
    if items is None:
        items = [
            {"uuid": uuid(50), "title": "item", "description": "d", "related-risks": [{"risk-uuid": one["uuid"]}]}
            for one in risks
        ]
    plan = {
        "uuid": uuid(70),
        "metadata": metadata(),
        "system-id": {"identifier-type": "https://ietf.org/rfc/rfc4122", "id": uuid(71)},
        "risks": list(risks),
        "poam-items": items,
    }
    return json.dumps({"plan-of-action-and-milestones": plan}).encode()


def kev(*entries: tuple[str, str]) -> bytes:
    listed = [{"cveID": cve, "dueDate": due} for cve, due in entries]
    return json.dumps(
        {"dateReleased": "2027-04-17T00:00:00Z", "count": len(listed), "vulnerabilities": listed}
    ).encode()


def read(data: bytes, *, catalog: bytes | None = None, **settings):
    files = {"file": ("poam.json", data), **({"kev": ("kev.json", catalog)} if catalog else {})}
    return answers_of(PoamCollector(), job_of(files), settings)


def control(name: str, *states: str, prop: str = "") -> dict:
    parts = [
        {"component-uuid": uuid(60), "uuid": uuid(61), "description": "d", "implementation-status": {"state": state}}
        for state in states
    ]
    return {
        "uuid": uuid(62),
        "control-id": name,
        **({"by-components": parts} if parts else {}),
        **({"props": [{"name": "implementation-status", "value": prop}]} if prop else {}),
    }


def ssp(*controls: dict) -> bytes:
    plan = {
        "uuid": uuid(72),
        "metadata": metadata(),
        "import-profile": {"href": "#profile"},
        "system-characteristics": {
            "system-ids": [{"id": "keelfin"}],
            "system-name": "KeelFin",
            "description": "d",
            "system-information": {"information-types": [{"title": "t", "description": "d"}]},
            "status": {"state": "operational"},
            "authorization-boundary": {"description": "d"},
        },
        "system-implementation": {
            "users": [{"uuid": uuid(73)}],
            "components": [
                {
                    "uuid": uuid(60),
                    "type": "software",
                    "title": "t",
                    "description": "d",
                    "status": {"state": "operational"},
                }
            ],
        },
        "control-implementation": {"description": "d", "implemented-requirements": list(controls)},
    }
    return json.dumps({"system-security-plan": plan}).encode()


def finding(target: str, state: str) -> dict:
    return {
        "uuid": uuid(75),
        "title": "f",
        "description": "d",
        "target": {"type": "objective-id", "target-id": target, "status": {"state": state}},
    }


def results(*ended: tuple[str | None, list[dict]]) -> bytes:
    listed = [
        {
            "uuid": uuid(76),
            "title": "t",
            "description": "d",
            "start": "2027-04-01T00:00:00Z",
            "reviewed-controls": {"control-selections": [{"include-all": {}}]},
            **({"end": end} if end else {}),
            **({"findings": found} if found else {}),
        }
        for end, found in ended
    ]
    model = {"uuid": uuid(77), "metadata": metadata(), "import-ap": {"href": "#plan"}, "results": listed}
    return json.dumps({"assessment-results": model}).encode()


def of(collector, data: bytes):
    return answers_of(collector(), job_of({"file": ("document.json", data)}), {})


class TestPoamConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.oscal"
    name = "poam"
    files: ClassVar = {"file": ("poam.json", poam(risk()))}


class TestSecurityPlanConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.oscal"
    name = "ssp"
    files: ClassVar = {"file": ("ssp.json", ssp(control("ac-2", "implemented")))}


class TestAssessmentConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.oscal"
    name = "assessment"
    files: ClassVar = {"file": ("results.json", results(("2027-04-10T00:00:00Z", [finding("ac-2", "satisfied")])))}


class TestPoam:
    @pytest.mark.parametrize(
        ("status", "count"),
        [
            ("open", 1),
            ("investigating", 1),
            ("remediating", 1),
            ("deviation-requested", 1),
            ("deviation-approved", 1),
            ("closed", 0),
        ],
    )
    def test_only_what_is_closed_is_not_open(self, status, count):
        """A deviation that was approved leaves the weakness where it is."""
        assert read(poam(risk(status=status), risk(2)))["open"].value == count + 1

    @pytest.mark.parametrize(
        ("status", "changes", "count"),
        [
            ("closed", [], 0),
            ("closed", [("2027-04-10", "closed")], 0),
            ("closed", [("2027-03-01", "closed"), ("2027-04-10", "open")], 1),
            ("closed", [("2027-04-10", "open"), ("2027-03-01", "closed")], 1),
            ("closed", [("2027-03-01", "open"), ("2027-04-10", "closed")], 0),
            ("closed", [("2027-04-10", "open"), ("2027-04-10", "closed")], 1),
            ("open", [("2027-04-10", "closed")], 1),
        ],
    )
    def test_a_weakness_is_closed_if_its_log_says_so_too(self, status, changes, count):
        """The scan of April found it again, and only the log was kept up."""
        entries = [
            {"uuid": uuid(40 + number), "start": f"{day}T00:00:00Z", "status-change": word}
            for number, (day, word) in enumerate(changes)
        ]
        entries.append({"uuid": uuid(49), "start": "2027-04-12T00:00:00Z", "description": "d"})

        assert read(poam(risk(status=status, **{"risk-log": {"entries": entries}})))["open"].value == count

    def test_a_log_without_a_day_that_can_be_read_is_refused(self):
        """Nobody knows which change was the last."""
        entries = [{"uuid": uuid(40), "start": "10 April 2027", "status-change": "closed"}]
        with pytest.raises(CollectorRefusal, match="start"):
            read(poam(risk(status="closed", **{"risk-log": {"entries": entries}})))

    @pytest.mark.parametrize(
        ("state", "related", "told", "count"),
        [
            ("not-satisfied", [], False, 1),
            ("satisfied", [], False, 0),
            ("not-satisfied", [1], False, 0),
            ("not-satisfied", [9], False, 1),
            ("not-satisfied", [], True, 1),
        ],
    )
    def test_a_finding_that_nothing_else_is_about_is_open(self, state, related, told, count):
        """An assessor found it, and nobody has planned anything. One that an item is about is open as that item."""
        plan = json.loads(poam(risk(status="closed")))["plan-of-action-and-milestones"]
        found = finding("ac-2", state)
        found |= {"related-risks": [{"risk-uuid": uuid(number)} for number in related]} if related else {}
        plan["findings"] = [found]
        if told:
            related_findings = [{"finding-uuid": found["uuid"]}]
            item = {"uuid": uuid(51), "title": "i", "description": "d", "related-findings": related_findings}
            plan["poam-items"].append(item)

        assert read(json.dumps({"plan-of-action-and-milestones": plan}).encode())["open"].value == count

    def test_an_item_without_a_risk_or_with_one_that_is_not_there_is_open(self):
        """Nothing says that it was closed."""
        lone = {"uuid": uuid(51), "title": "lone", "description": "d"}
        lost = {**lone, "title": "lost", "related-risks": [{"risk-uuid": uuid(9)}]}
        answer = read(poam(risk(status="closed"), items=[lone, lost]))["open"]

        assert list(answer.open_items) == ["lone", "lost"]

    def test_an_item_with_one_risk_that_is_closed_and_one_that_is_not_there_is_open(self):
        """The one that is lost may be the one that matters."""
        named = [{"risk-uuid": uuid(1)}, {"risk-uuid": uuid(9)}]
        half = {"uuid": uuid(51), "title": "half", "description": "d", "related-risks": named}

        assert list(read(poam(risk(1, status="closed"), items=[half]))["open"].open_items) == ["half"]

    @pytest.mark.parametrize(("seconds", "late"), [(-1, 1), (0, 0), (1, 0)])
    def test_a_weakness_is_overdue_after_its_deadline(self, seconds, late):
        """Before, at and after it."""
        data = poam(risk(deadline=SAMPLE_NOW + timedelta(seconds=seconds)))

        assert read(data)["high_overdue"].value == late

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("critical", (1, 0)),
            ("Very High", (1, 0)),
            ("high", (1, 0)),
            ("Moderate", (0, 1)),
            ("medium", (0, 1)),
            ("low", (0, 0)),
            ("none", (0, 0)),
        ],
    )
    def test_each_grade_counts_where_it_belongs(self, word, expected):
        """The words are those of NIST, FedRAMP and CVSS."""
        answers = read(poam(risk(severity=word)))

        assert (answers["high_overdue"].value, answers["moderate_overdue"].value) == expected

    def test_the_worst_of_several_characterizations_counts(self):
        """A residual risk that somebody calls low does not undo the initial one."""
        mild, grave = risk(severity="low"), risk(severity="high")
        both = {**mild, "characterizations": [*mild["characterizations"], *grave["characterizations"]]}

        assert read(poam(both))["high_overdue"].value == 1

    @pytest.mark.parametrize("name", ["Severity", "SEVERITY"])
    def test_a_facet_counts_in_any_case(self, name):
        """The next name in the list must not grade what the first one grades."""
        one = risk(severity="high")
        one["characterizations"][0]["facets"][0]["name"] = name
        one["characterizations"][0]["facets"].append({**one["characterizations"][0]["facets"][0]})
        one["characterizations"][0]["facets"][1] |= {"name": "impact", "value": "low"}

        assert read(poam(one))["high_overdue"].value == 1

    @pytest.mark.parametrize("name", ["s\u0435verity", "severty", "severitys", "risk-levels"])
    def test_a_facet_that_looks_like_one_that_grades_is_refused(self, name):
        """It would be left out, and another facet would grade."""
        one = risk(severity="high")
        one["characterizations"][0]["facets"][0]["name"] = name

        with pytest.raises(CollectorRefusal, match=f"name is '{name}', which looks like the facet '"):
            read(poam(one))

    def test_the_facet_that_counts_is_the_agencys(self):
        """Agencies name their own."""
        one = risk(severity="low")
        facet = {"name": "mission", "system": "https://agency.example", "value": "high"}
        one["characterizations"][0]["facets"].append(facet)

        assert [read(poam(one))["high_overdue"].value, read(poam(one), facets=["mission"])["high_overdue"].value] == [
            0,
            1,
        ]

    @pytest.mark.parametrize("name", ["severity", "risk", "risk-level", "impact"])
    def test_each_usual_facet_grades_a_risk(self, name):
        """Tools call it differently, and a high one is high under each name."""
        one = risk()
        one["characterizations"][0]["facets"][0]["name"] = name

        assert read(poam(one))["high_overdue"].value == 1

    @pytest.mark.parametrize(
        ("one", "sentence"), [(risk(severity=None), "nobody grades"), (risk(deadline=None), "has no deadline")]
    )
    def test_what_is_not_graded_or_has_no_deadline_leaves_its_count_unknown(self, one, sentence):
        """It may be the worst of all; what is open is still counted."""
        answers = read(poam(one))

        assert sentence in answers["high_overdue"].detail
        assert answers["open"].value == 1

    def test_a_risk_that_is_there_twice_is_refused(self):
        """The second one says closed, and the first one is hidden behind it."""
        with pytest.raises(CollectorRefusal, match=r"risks\[1\] has the uuid of .*risks\[0\]"):
            read(poam(risk(), risk(status="closed")))

    @pytest.mark.parametrize(
        ("tasks", "count"),
        [([task()], 0), (None, 1), ([task(type="action")], 1), ([alone()], 1)],
    )
    def test_a_plan_has_a_milestone_and_somebody_responsible(self, tasks, count):
        """A date that nobody owns is no plan."""
        plan = risk(tasks=tasks)
        if tasks is None:
            del plan["remediations"][0]["tasks"]

        assert read(poam(plan))["without_milestones"].value == count

    @pytest.mark.parametrize(("due", "late"), [("2027-04-18", 1), ("2027-04-19", 0), ("2027-04-20", 0), ("soon", 1)])
    def test_a_known_exploited_weakness_is_overdue_after_cisas_day(self, due, late):
        """Before, at and after it; a day that is none protects nobody."""
        one = risk(title="CVE-2027-12345 in the log library", severity="low")
        answer = read(poam(one), catalog=kev(("CVE-2027-12345", due)))["kev_overdue"]

        assert (answer.value, answer.as_of) == (late, datetime(2027, 4, 17, tzinfo=UTC))

    @pytest.mark.parametrize(
        "change",
        [
            {"title": "cve-2027-12345"},
            {"title": "CVE\u20112027\u201012345"},
            {"title": "CVE 2027 12345"},
            {"links": [{"href": "https://nvd.nist.gov/vuln/detail/CVE-2027-12345"}]},
            {"props": [{"name": "cve", "value": "CVE-2027-12345"}]},
        ],
    )
    def test_a_number_counts_however_it_is_written(self, change):
        """Word turns a hyphen into another character, and nobody sees it."""
        one = {**risk(), **change}

        assert read(poam(one), catalog=kev(("CVE-2027-12345", "2027-04-18")))["kev_overdue"].value == 1

    @pytest.mark.parametrize("title", ["CVE-2027-XXXX", "CVE-2027", "CVE: TBD", "CVE-2027-12345, CVE-2027-????"])
    def test_what_is_no_number_is_a_gap(self, title):
        """What cannot be looked up was in no catalog, so nothing was overdue."""
        answer = read(poam({**risk(), "title": title}), catalog=kev(("CVE-2027-11111", "2027-04-18")))["kev_overdue"]

        assert answer.value is None
        assert "which is no CVE number, so it cannot be looked up in the catalog; write its number" in answer.detail

    @pytest.mark.parametrize("title", ["no CVE", "CVE program review", "CVE-2027-12345", "CVEs of 2027 are reviewed"])
    def test_a_weakness_of_another_kind_needs_no_number(self, title):
        """Most weaknesses of a plan are no vulnerabilities of software."""
        answer = read(poam({**risk(), "title": title}), catalog=kev(("CVE-2027-11111", "2027-04-18")))["kev_overdue"]

        assert answer.value == 0

    @pytest.mark.parametrize("place", ["item", "finding", "observation", "observation of the item", "resource"])
    def test_a_number_counts_if_what_belongs_to_the_risk_names_it(self, place):
        """Tools write the number where they find it; the risk refers to that."""
        cve = {"title": "CVE-2027-12345", "description": "d"}
        seen = {"uuid": uuid(52), "methods": ["TEST"], "collected": "2027-04-01T00:00:00Z", **cve}
        target = {"type": "objective-id", "target-id": "ac-2", "status": {"state": "not-satisfied"}}
        of_risk = {"related-risks": [{"risk-uuid": uuid(1)}]}
        observed = {"related-observations": [{"observation-uuid": uuid(52)}]}
        resource = {"uuid": uuid(54), "title": "CVE-2027-12345", "rlinks": [{"href": "x"}]}
        item = {"uuid": uuid(50), "title": "item", "description": "d", **of_risk}
        ours, beside = risk(), {}
        if place == "item":
            item |= cve
        elif place == "finding":
            beside = {"findings": [{"uuid": uuid(53), "target": target, **cve, **of_risk}]}
        elif place == "resource":
            ours["links"], beside = [{"href": f"#{uuid(54)}"}], {"back-matter": {"resources": [resource]}}
        else:
            (item if "item" in place else ours).update(observed)
            beside = {"observations": [seen]}
        document = json.loads(poam(ours, risk(2), items=[item]))
        document["plan-of-action-and-milestones"] |= beside
        answer = read(json.dumps(document).encode(), catalog=kev(("CVE-2027-12345", "2027-04-18")))["kev_overdue"]

        assert list(answer.open_items) == ["risk 1"]

    @pytest.mark.parametrize("key", ["title", "description", "statement"])
    def test_the_number_of_a_weakness_may_stand_in_any_of_its_texts(self, key):
        """Scanners write it into the statement."""
        one = {**risk(), key: "see CVE-2027-12345"}

        assert read(poam(one), catalog=kev(("CVE-2027-12345", "2027-04-18")))["kev_overdue"].value == 1

    def test_one_of_several_exploited_weaknesses_that_is_overdue_makes_the_risk_overdue(self):
        """A risk that names a young one beside an old one is as late as the old one."""
        one = risk(title="CVE-2027-12345 and CVE-2027-22222", severity="low")
        listed = kev(("CVE-2027-12345", "2027-04-18"), ("CVE-2027-22222", "2027-05-18"))

        assert read(poam(one), catalog=listed)["kev_overdue"].value == 1

    @pytest.mark.parametrize(("zone", "late"), [("America/New_York", 0), ("UTC", 1)])
    def test_cisas_day_ends_where_the_program_is(self, zone, late):
        """An hour before midnight in New York the next day has begun in Greenwich."""
        now = datetime(2027, 4, 19, 3, tzinfo=UTC)
        one = risk(title="CVE-2027-12345", deadline=now)
        files = {"file": ("poam.json", poam(one)), "kev": ("kev.json", kev(("CVE-2027-12345", "2027-04-18")))}

        found = answers_of(PoamCollector(), job_of(files, now=now, time_zone=zone), {})
        assert found["kev_overdue"].value == late

    def test_without_the_catalog_nobody_knows_what_is_exploited(self):
        """The other facts stand."""
        answers = read(poam(risk()))

        assert (answers["kev_overdue"].gap, answers["open"].value) == (GapReason.MISSING, 1)

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"status": "done"}, "none of"),
            ({"statuz": "open"}, "does not know"),
            ({"deadline": "May"}, "deadline has a value that OSCAL does not allow"),
            (graded("spicy"), "no grade"),
        ],
    )
    def test_what_oscal_does_not_know_is_refused(self, change, sentence):
        """A misspelt status reads as none."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(poam({**risk(), **change}))

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (poam(items=[]), "is an empty list"),
            (b"<plan-of-action-and-milestones/>", "is XML"),
            (b'{"catalog": {}}', "no plan of action"),
            (ssp(), "no plan of action"),
            (
                b'{"plan-of-action-and-milestones": {"metadata": {"oscal-version": "2.0.0"}}}',
                "of version 1, which is read",
            ),
        ],
    )
    def test_another_document_is_refused(self, data, sentence):
        """A plan without items is no plan that is done."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data)


class TestSecurityPlan:
    def test_a_control_is_implemented_if_every_part_says_so(self):
        """One that says nothing is not."""
        done = control("ac-1", "implemented", "not-applicable")
        named = control("ac-5", prop="implemented")
        answers = of(
            SecurityPlanCollector,
            ssp(done, control("ac-2", "implemented", "planned"), control("ac-3"), control("ac-4", "partial"), named),
        )

        answer = answers["implemented_ratio"]
        assert (answer.part, answer.whole, list(answer.open_items)) == (2, 5, ["ac-2", "ac-3", "ac-4"])

    def test_a_component_that_says_nothing_leaves_its_control_open(self):
        """One of two components is done, and nobody knows about the other."""
        half = control("ac-2", "implemented", "implemented")
        del half["by-components"][1]["implementation-status"]

        assert list(of(SecurityPlanCollector, ssp(half))["implemented_ratio"].open_items) == ["ac-2"]

    @pytest.mark.parametrize(
        ("statement", "done"),
        [
            ({}, 0),
            ({"props": [{"name": "implementation-status", "value": "planned"}]}, 0),
            ({"props": [{"name": "implementation-status", "value": "implemented"}]}, 1),
            ({"props": [{"name": "implementation-status", "ns": "https://a.example", "value": "implemented"}]}, 0),
            (
                {
                    "props": [
                        {"name": "implementation-status", "ns": "https://fedramp.gov/ns/oscal", "value": "planned"}
                    ]
                },
                0,
            ),
            ({"by-components": control("ac-2", "implemented")["by-components"]}, 1),
            ({"by-components": control("ac-2", "planned")["by-components"]}, 0),
        ],
    )
    def test_a_statement_of_a_control_says_its_own(self, statement, done):
        """The component of the control is done; a part of the control that says nothing, or planned, is not."""
        part = {"statement-id": "ac-2_smt.a", "uuid": uuid(63), **statement}
        answer = of(SecurityPlanCollector, ssp({**control("ac-2", "implemented"), "statements": [part]}))

        assert (answer["implemented_ratio"].part, answer["implemented_ratio"].whole) == (done, 1)

    def test_a_component_that_says_two_things_is_as_far_as_the_worse(self):
        """Its status is implemented, and its property planned."""
        two = control("ac-2", "implemented")
        two["by-components"][0]["props"] = [{"name": "implementation-status", "value": "planned"}]

        assert of(SecurityPlanCollector, ssp(two))["implemented_ratio"].part == 0

    def test_a_control_that_is_there_twice_is_done_if_both_are(self):
        """Two systems answer it, and the first one plans it only."""
        twice = ssp(control("ac-2", "planned"), control("ac-2", "implemented"))
        answer = of(SecurityPlanCollector, twice)["implemented_ratio"]

        assert (answer.part, answer.whole) == (0, 1)

    def test_a_plan_without_controls_is_refused(self):
        """Nothing of nothing is no share."""
        with pytest.raises(CollectorRefusal, match="implemented-requirements is an empty list"):
            of(SecurityPlanCollector, ssp())


class TestAssessment:
    def test_the_assessment_that_ended_last_counts_and_is_as_old_as_its_end(self):
        """An edit of the document makes no assessment younger."""
        last = [finding("ac-2", "satisfied"), finding("ac-2", "not-satisfied"), finding("ac-3", "satisfied")]
        answers = of(
            AssessmentCollector,
            results(("2027-04-10T00:00:00Z", last), ("2027-03-01T00:00:00Z", [finding("ac-3", "not-satisfied")] * 3)),
        )

        assert (answers["not_satisfied"].value, answers["not_satisfied"].as_of) == (
            1,
            datetime(2027, 4, 10, tzinfo=UTC),
        )
        assert (answers["satisfied_ratio"].part, answers["satisfied_ratio"].whole) == (1, 2)

    def test_what_failed_and_was_not_tried_again_stays_failed(self):
        """A later test of one control alone hid the two that the whole assessment had found."""
        first = [finding("ac-1", "not-satisfied"), finding("ac-2", "not-satisfied"), finding("ac-4", "satisfied")]
        again = [finding("ac-1", "satisfied")]
        ended = (
            ("2027-04-01T00:00:00Z", [finding("ac-4", "not-satisfied")]),
            ("2027-04-11T00:00:00Z", [finding("ac-3", "satisfied"), *again]),
            ("2027-04-10T00:00:00Z", first),
        )
        answers = of(AssessmentCollector, results(*ended))

        assert (answers["not_satisfied"].value, answers["not_satisfied"].open_items) == (1, ("ac-2",))
        ratio = answers["satisfied_ratio"]
        assert (ratio.part, ratio.whole, ratio.open_items) == (2, 3, ("ac-2",))

    @pytest.mark.parametrize("turned", [False, True])
    def test_of_two_that_ended_at_once_both_count(self, turned):
        """Which of them stands first in the file says nothing."""
        ended = [("2027-04-10T00:00:00Z", [finding("ac-1", state)]) for state in ("satisfied", "not-satisfied")]
        answers = of(AssessmentCollector, results(*ended[:: -1 if turned else 1]))

        assert answers["not_satisfied"].value == 1
        assert (answers["satisfied_ratio"].part, answers["satisfied_ratio"].whole) == (0, 1)

    @pytest.mark.parametrize(
        ("reason", "status", "good"),
        [("pass", "closed", 1), ("", "closed", 1), ("Fail", "closed", 0), ("pass", "open", 0), ("pass", None, 1)],
    )
    def test_what_speaks_against_itself_is_not_satisfied(self, reason, status, good):
        """A finding is satisfied, and its reason is that it failed, or it left a risk that is open."""
        one = finding("ac-1", "satisfied")
        one["target"]["status"] |= {"reason": reason} if reason else {}
        document = json.loads(results(("2027-04-10T00:00:00Z", [one])))
        if status:
            one["related-risks"] = [{"risk-uuid": uuid(1)}]
            document["assessment-results"]["results"][0] |= {"findings": [one], "risks": [risk(status=status)]}
        answers = of(AssessmentCollector, json.dumps(document).encode())

        assert (answers["satisfied_ratio"].part, answers["not_satisfied"].value) == (good, 1 - good)

    @pytest.mark.parametrize(
        ("included", "excluded", "whole"),
        [
            (["ac-1", "ac-2"], [], 2),
            (["ac-1", "ac-2", "ac-3"], [], 3),
            (["ac-1", "ac-2", "ac-3"], ["ac-3"], 2),
            (["ac-2.1"], [], 3),
            ([], [], 2),
        ],
    )
    def test_a_control_that_was_selected_and_has_no_finding_is_not_satisfied(self, included, excluded, whole):
        """Two of four were looked at, and 2 of 2 was said."""
        document = json.loads(
            results(("2027-04-10T00:00:00Z", [finding("ac-1_obj.a", "satisfied"), finding("ac-2", "satisfied")]))
        )
        selection = {
            kind: [{"control-id": name} for name in names]
            for kind, names in (("include-controls", included), ("exclude-controls", excluded))
            if names
        }
        reviewed = {"control-selections": [selection or {"include-all": {}}]}
        document["assessment-results"]["results"][0]["reviewed-controls"] = reviewed
        answer = of(AssessmentCollector, json.dumps(document).encode())["satisfied_ratio"]

        assert (answer.part, answer.whole) == (2, whole)

    def test_a_target_that_one_finding_does_not_satisfy_is_not_satisfied(self):
        """Whichever of its findings comes last."""
        found = [finding("ac-2", "not-satisfied"), finding("ac-2", "satisfied")]
        answer = of(AssessmentCollector, results(("2027-04-10T00:00:00Z", found)))["satisfied_ratio"]

        assert (answer.part, answer.whole) == (0, 1)

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (results((None, [])), "not done"),
            (results(("2027-04-10T00:00:00Z", [finding("ac-2", "satisfied")]), (None, [])), "not done"),
            (results(("2027-04-10T00:00:00Z", [])), "has no findings"),
            (results(), "results is an empty list"),
            (results(("2027-04-20T00:00:00Z", [])), "after the assessment"),
            (results(("2027-04-10T00:00:00Z", [finding("ac-2", "maybe")])), "state has a value that OSCAL does not"),
            (results(("2027-04-10T00:00:00Z", [{"title": "f"}])), "has no"),
        ],
    )
    def test_what_did_not_end_or_says_nothing_is_refused(self, data, sentence):
        """An assessment under way has found nothing yet."""
        with pytest.raises(CollectorRefusal, match=sentence):
            of(AssessmentCollector, data)


class TestSchema:
    def test_the_sentence_names_the_place_and_no_value(self):
        """The reader finds the fault, and nothing that a person typed is shown."""
        one = {**risk(), "uuid": "Ada Kirsch"}
        with pytest.raises(CollectorRefusal) as caught:
            read(poam(one, items=[{"uuid": uuid(50), "title": "t", "description": "d"}]))

        assert "risks[0].uuid has a value that OSCAL does not allow" in str(caught.value)
        assert "Ada" not in str(caught.value)

    @pytest.mark.parametrize(
        ("spoil", "sentence"),
        [
            (lambda plan: plan.pop("system-id"), None),
            (lambda plan: plan.pop("metadata"), "does not say that it is OSCAL of version 1"),
            (lambda plan: plan.pop("uuid"), "plan-of-action-and-milestones has no 'uuid'"),
            (lambda plan: plan["metadata"].pop("title"), "metadata has no 'title'"),
            (lambda plan: plan.update(risk=[]), "has the key 'risk', which OSCAL does not know"),
            (lambda plan: plan["metadata"].update(title=7), "metadata.title is a value of another type"),
        ],
    )
    def test_what_nist_refuses_is_refused_wherever_it_is(self, spoil, sentence):
        """A document that no tool of NIST reads is no evidence of an authorization."""
        document = json.loads(poam(risk()))
        spoil(document["plan-of-action-and-milestones"])
        data = json.dumps(document).encode()
        if sentence is None:
            assert read(data)["open"].value == 1
        else:
            with pytest.raises(CollectorRefusal, match=re.escape(sentence)):
                read(data)

    def test_without_the_library_nothing_is_read(self, monkeypatch):
        """Whether a document counts may not depend on what is installed."""
        nist_schema._schema.cache_clear()
        monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
        with pytest.raises(CollectorRefusal, match=r"pip install 'gonogo\[oscal\]'") as caught:
            read(poam(risk()))

        assert caught.value.reason is GapReason.NOT_PROVABLE


class TestNistsExamples:
    @pytest.mark.parametrize(
        ("name", "collector", "expected"),
        [
            ("poam", PoamCollector, {"open": 3}),
            ("assessment-results", AssessmentCollector, {"not_satisfied": 1}),
            ("ssp", SecurityPlanCollector, {"implemented_ratio": 0}),
        ],
    )
    def test_each_is_read(self, name, collector, expected):
        """The figures were counted by hand; an item of the plan names a risk that is not there."""
        path = SHARED / f"oscal/{name}-example.json"
        if not path.exists():
            pytest.skip(f"{path} is not here")
        answers = of(collector, path.read_bytes())

        found = {key: answers[key].value if answers[key].value is not None else answers[key].part for key in expected}
        assert found == expected

    def test_the_plans_here_are_oscal(self):
        """What the tests read is what tools may write: NIST's schema says so."""
        path = SHARED / "schemas/oscal-poam.json"
        if not path.exists():
            pytest.skip(f"{path} is not here")
        schema = jsonschema_rs.validator_for(json.loads(path.read_text(encoding="utf-8")))

        assert [str(error) for error in schema.iter_errors(json.loads(poam(risk(), risk(2, status="closed"))))] == []
