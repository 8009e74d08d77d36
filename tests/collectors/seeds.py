"""One sound file for each format that a collector reads, and how it is read: what the tests of bad input spoil."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from tests.collectors.attestation import test_attestation as attestation
from tests.collectors.operations.exercises import test_exercises as exercises
from tests.collectors.program.decks import test_readiness_assessment as readiness
from tests.collectors.program.decks import test_success_metrics as success
from tests.collectors.program.m3 import test_document_tracker as tracker
from tests.collectors.program.m3 import test_risk_tool as risk_tool
from tests.collectors.program.m3 import test_tailoring_guide as tailoring
from tests.collectors.program.raid import test_raid as raid
from tests.collectors.program.schedule import conftest as schedule
from tests.collectors.system.axe import test_axe as axe
from tests.collectors.system.coverage import test_coverage as coverage
from tests.collectors.system.load import test_load as load
from tests.collectors.system.metrics import test_metrics as metrics
from tests.collectors.system.oscal import test_oscal as oscal
from tests.collectors.system.sarif import test_sarif as sarif
from tests.collectors.system.sbom import test_sbom as sbom
from tests.ready_table import ready

from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector
from gonogo.collectors.program.schedule.updates.update_collectors import ComparisonCollector, SeriesCollector
from gonogo.collectors.system.junit import JUnitCollector
from gonogo.collectors.system.oscal.assessed_controls import AssessmentCollector
from gonogo.collectors.system.oscal.security_plan import SecurityPlanCollector
from gonogo.collectors.table import TableCollector
from gonogo.plugin.spec import Answer
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

Answers = Mapping[str, Answer]
TWICE = frozenset({"rows"})
"""Two equal rows are two requests, not one that is there twice."""


@dataclass(frozen=True)
class Seed:
    """A sound file.

    Attributes:
        collector: Who reads it, as a binding names it.
        form: What it is written in: json, xml, lines, workbook, deck, yaml, sqlite.
        data: Its bytes.
        read: Reads bytes as the file.
        fewer, more: Names of facts that are better the fewer, or the more, there are.
        facts: What this file answers for, where the collector reads another beside it; else everything.
        digits: Whether one other byte makes another sound file of it: a 0 that becomes a 1.
        spared: Keys whose absence means something in the format: a result of SARIF without a level is a warning.
    """

    collector: str
    form: str
    data: bytes
    read: Callable[[bytes], Answers]
    fewer: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    digits: bool = False


REPORT = (
    b'<?xml version="1.0" encoding="UTF-8"?><testsuites><testsuite name="s" timestamp="2027-04-18T10:00:00Z" tests="3" '
    b'failures="1" errors="0" skipped="1"><testcase name="TC-1" classname="c" time="1"/>'
    b'<testcase name="TC-2" classname="c"><failure message="m"/></testcase>'
    b'<testcase name="TC-3" classname="c"><skipped/></testcase></testsuite></testsuites>'
)
PLAN = "case_id,title\nTC-1,pay\nTC-2,close\nTC-3,report\nTC-4,reverse\n"
LIST = (
    "item,state,closed,amount\nD-1,Open,,10.50\nD-2,Closed,2027-04-12,20.00\nD-3,Closed,2027-04-13,1.25\nD-4,Open,,3\n"
)
COLUMNS: dict[str, Any] = {
    "item": {"type": "id"},
    "state": {"type": "text", "allowed": ["Open", "Closed"]},
    "closed": {"type": "date", "optional": True},
    "amount": {"type": "money", "unit": "USD"},
}
FACTS = {
    "open": {"count": {"where": 'state == "Open"'}, "unit": "items"},
    "closed_ratio": {"share": {"where": 'state == "Closed"'}},
    "total": {"sum": {"of": "amount"}},
}
STATED = {
    "agreement.gtc_approved_both": "boolean",
    "staff.posts_open": "integer people",
    "support.desk_ratio": "ratio",
}


def rows() -> list[dict[str, Any]]:
    """Return the rows of the list as JSON has them."""
    heading, *lines = (line.split(",") for line in LIST.splitlines())
    found = [dict(zip(heading, line, strict=True)) for line in lines]
    return [
        {**row, "closed": row["closed"] or None, "amount": float(row["amount"]), "state": row["state"]} for row in found
    ]


def workbook(change: Callable[[Any, Any], object] = lambda book, sheet: None, **options: Any) -> bytes:
    """Return the list as a workbook; ``change(book, sheet)`` may spoil it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **options})
    sheet = book.add_worksheet("List")
    sheet.write_row(0, 0, ["item", "state", "closed", "amount"])
    for number, row in enumerate(rows(), 1):
        sheet.write(number, 0, row["item"])
        sheet.write(number, 1, row["state"])
        if row["closed"]:
            sheet.write(number, 2, date.fromisoformat(row["closed"]))
        sheet.write(number, 3, row["amount"])
    change(book, sheet)
    book.close()
    return stream.getvalue()


def table(data: bytes, name: str, **settings: Any) -> Answers:
    """Return the facts of the list."""
    with ready():
        return answers_of(
            TableCollector(),
            job_of({"file": (name, data)}, as_of=SAMPLE_NOW),
            {
                "tables": {"t": {"columns": COLUMNS, "unique": ["item"], "control": {"rows": 4}, **settings}},
                "facts": FACTS,
            },
        )


def _table(name: str, **settings: Any) -> Callable[[bytes], Answers]:
    return lambda data: table(data, name, **settings)


def run(report: bytes = REPORT, plan: bytes = PLAN.encode()) -> Answers:
    """Return the facts of a test report and its plan."""
    files = {"plan": ("plan.csv", plan), "reports": ("run.xml", report)}
    return answers_of(JUnitCollector(), job_of(files, as_of={"plan": SAMPLE_NOW, "reports": None}), {})


def database() -> bytes:
    """Return the list as a database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.sqlite"
        connection = sqlite3.connect(path)
        with connection:
            connection.execute("CREATE TABLE list (item TEXT, state TEXT, closed TEXT, amount)")
            connection.executemany("INSERT INTO list VALUES (:item, :state, :closed, :amount)", rows())
        connection.close()
        return path.read_bytes()


def statements() -> bytes:
    """Return what people state, as YAML."""
    return attestation.file_of(
        attestation.row(value="false"),
        attestation.row("staff.posts_open", "3"),
        attestation.row("support.desk_ratio", "0.5"),
    )


def plan(data: bytes) -> Answers:
    """Return the facts of a plan in Microsoft's XML."""
    job = job_of({"file": ("ims.xml", data)}, now=schedule.NOON, go_live=schedule.GO_LIVE)
    return answers_of(MspdiCollector(), job, {"golive": {"wbs": "GL1000"}, "facts": schedule.EVERY})


def primavera(data: bytes) -> Answers:
    """Return the facts of a plan of Primavera."""
    job = job_of({"file": ("ims.xer", data)}, now=schedule.NOON, go_live=schedule.GO_LIVE)
    return answers_of(XerCollector(), job, {"golive": {"code": "GL1000"}, "facts": schedule.EVERY})


def mspdi() -> bytes:
    """Return the small plan in Microsoft's XML."""
    return schedule.mspdi.__wrapped__()(schedule._small())


def xer() -> bytes:
    """Return the small plan of Primavera."""
    return schedule.xer.__wrapped__()(schedule._small_xer())


def _updates(collector: Any, *names: str) -> Callable[[bytes], Answers]:
    before = mspdi().replace(b"2027-04-15T17:00:00", b"2027-04-08T17:00:00", 1)

    def read(data: bytes) -> Answers:
        files = (
            {"before": ("before.xml", before), "after": ("after.xml", data)}
            if names
            else {"update": [("before.xml", before), ("after.xml", data)]}
        )
        job = job_of(files, now=schedule.NOON, go_live=schedule.GO_LIVE)
        return answers_of(collector, job, {"golive": {"wbs": "GL1000"}})

    return read


def _seeds() -> dict[str, Seed]:
    poam = oscal.poam(oscal.risk(), oscal.risk(22222222, severity="moderate"), oscal.risk(33333333, status="closed"))
    rejected = sarif.result(suppressions=[{"kind": "external", "status": "rejected"}], level="error")
    scan = sarif.run(sarif.result(), rejected, sarif.result("R3"), sarif.result("R3"))
    weak = [sbom.weak("CVE-2027-1111", "log"), sbom.weak("CVE-2027-2222", "ssl", severity="high", state="in_triage")]
    bill = sbom.bill(sbom.part("log"), sbom.part("ssl"), weaknesses=weak)
    spdx = {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "name": "keelfin", "creationInfo": {
        "created": "2027-04-18T07:30:00Z"}, "packages": [{"name": "log", "SPDXID": "SPDXRef-1", "versionInfo": "1"},
        {"name": "ssl", "SPDXID": "SPDXRef-2"}]}  # fmt: skip
    failing = axe.result(axe.rule("label", "critical", "serious"), axe.rule("list", "minor"))
    held = {"as_of": SAMPLE_NOW}
    jtl = load.jtl(*load.several(4, good="false"), *load.several(4, 1))
    assessed = [oscal.finding("ac-2", "satisfied"), oscal.finding("ac-3", "not-satisfied")]
    listed = {"fewer": frozenset({"open"}), "more": frozenset({"closed_ratio"})}
    late = {"fewer": frozenset({"open_items", "high_risks_open", "critical_issues_open", "high_risks_unmitigated"})}
    return {
        "csv": Seed("table", "lines", LIST.encode(), _table("list.csv"), **listed),
        "tsv": Seed("table", "lines", LIST.replace(",", "\t").encode(), _table("l.tsv", delimiter="\t", format="csv")),
        "xlsx": Seed("table", "workbook", workbook(), _table("list.xlsx"), **listed),
        "table-json": Seed("table", "json", json.dumps(rows()).encode(), _table("list.json"), **listed),
        "sqlite": Seed("table", "sqlite", database(), _table("list.sqlite"), **listed),
        "junit": Seed(
            "junit",
            "xml",
            REPORT,
            lambda data: run(report=data),
            more=frozenset({"executed_ratio", "pass_ratio", "pass_ratio_of_planned"}),
            fewer=frozenset({"failed", "not_run", "unplanned"}),
        ),
        "junit-plan": Seed(
            "junit",
            "lines",
            PLAN.encode(),
            lambda data: run(plan=data),
        ),
        "raid": Seed("raid", "workbook", raid.log(raid.RISKS, raid.ISSUES), raid.read, **late),
        "m3-risk": Seed(
            "m3:risk",
            "workbook",
            risk_tool.book(risk_tool.one("High"), risk_tool.one("Medium with Accepted Risk Strategy")),
            risk_tool.read,
            frozenset({"self_score", "independent_score"}),
        ),
        "m3-tracker": Seed(
            "m3:tracker",
            "workbook",
            tracker.tracker({"Test Plan": (None,) * 5}),
            tracker.read,
            more=frozenset({"phase3_present_ratio", "phase4_present_ratio"}),
        ),
        "m3-tailoring": Seed(
            "m3:tailoring",
            "workbook",
            tailoring.guide({("3.10", "Training Plan"): ("Project Dependent", "x")}),
            tailoring.read,
            frozenset({"program_undecided", "technology_undecided"}),
        ),
        "readiness": Seed(
            "decks:readiness",
            "deck",
            readiness.whole(),
            readiness.read,
            frozenset({"readiness_gaps_open"}),
            spared=frozenset({"order"}),
        ),
        "success": Seed(
            "decks:metrics",
            "deck",
            success.made(),
            lambda data: success.read(data, rows=5),
            more=frozenset({"metrics_with_baseline_ratio", "metrics_with_target_ratio"}),
            spared=frozenset({"order"}),
        ),
        "exercises": Seed(
            "exercises",
            "lines",
            exercises.csv(*exercises.ROWS),
            lambda data: exercises.read(data, rows=8),
            more=frozenset({"backup.restore_success", "dr.exercise_done"}),
        ),
        "exercises-workbook": Seed(
            "exercises",
            "workbook",
            exercises.workbook(),
            lambda data: exercises.read(data, "e.xlsx", rows=8),
            more=frozenset({"backup.restore_success", "dr.exercise_done"}),
        ),
        "mspdi": Seed("schedule:mspdi", "xml", mspdi(), plan),
        "xer": Seed("schedule:xer", "lines", xer(), primavera),
        "comparison": Seed("schedule:comparison", "xml", mspdi(), _updates(ComparisonCollector(), "before", "after")),
        "series": Seed("schedule:series", "xml", mspdi(), _updates(SeriesCollector())),
        "sarif": Seed(
            "sarif",
            "json",
            sarif.log(scan),
            sarif.read,
            frozenset({"sarif_error_open", "sarif_warning_open"}),
            spared=frozenset({"level", "ruleId", "rules", "defaultConfiguration", "status"}),
        ),
        "cyclonedx": Seed("sbom", "json", bill, sbom.read, frozenset({"critical_components", "high_components"})),
        "spdx": Seed("sbom", "json", json.dumps(spdx).encode(), sbom.read),
        "kev": Seed(
            "sbom",
            "json",
            oscal.kev(("CVE-2027-1111", "2027-05-01"), ("CVE-2027-9999", "2027-05-01")),
            lambda data: sbom.read(bill, kev=data),
            frozenset({"kev_components"}),
            facts=frozenset({"kev_components"}),
            digits=True,
        ),
        "cobertura": Seed(
            "coverage",
            "xml",
            coverage.cobertura(*(coverage.line(n, n % 2) for n in range(1, 5)), rate="0.5"),
            coverage.read,
            more=frozenset({"line_ratio"}),
        ),
        "jacoco": Seed(
            "coverage",
            "xml",
            coverage.jacoco(((10, 90), (20, 20)), ((50, 50), (3, 4))),
            coverage.read,
            more=frozenset({"line_ratio"}),
        ),
        "jtl": Seed(
            "load", "lines", jtl, lambda data: load.read(data, **held), frozenset({"error_ratio"}), spared=TWICE
        ),
        "jmeter-xml": Seed(
            "load",
            "xml",
            load.xml(*[f'<httpSample t="120" ts="{load.BEGAN}" s="false" lb="pay" na="3" tn="t-{n}"/>' for n in "123"]),
            lambda data: load.read(data, **held),
        ),
        "k6": Seed("load", "json", load.k6(), load.summary, frozenset({"error_ratio"})),
        "gatling": Seed("load", "json", load.gatling(), load.summary, frozenset({"error_ratio"})),
        "axe": Seed("axe", "json", json.dumps(failing).encode(), axe.counts, frozenset({"violations", "undecided"})),
        "poam": Seed("oscal:poam", "json", poam, oscal.read, frozenset({"open", "without_milestones"})),
        "ssp": Seed(
            "oscal:ssp",
            "json",
            oscal.ssp(oscal.control("ac-1", "implemented"), oscal.control("ac-2", "planned")),
            lambda data: oscal.of(SecurityPlanCollector, data),
            more=frozenset({"implemented_ratio"}),
        ),
        "assessment": Seed(
            "oscal:assessment",
            "json",
            oscal.results(("2027-04-10T00:00:00Z", assessed)),
            lambda data: oscal.of(AssessmentCollector, data),
            frozenset({"not_satisfied"}),
            frozenset({"satisfied_ratio"}),
        ),
        "prometheus": Seed(
            "metrics",
            "lines",
            metrics.up(("ledger", "1"), ("portal", "0"), time=metrics.MS),
            lambda data: metrics.read(data, expected=["ledger", "portal"]),
            frozenset({"targets_down"}),
            digits=True,
        ),
        "openmetrics": Seed(
            "metrics",
            "lines",
            metrics.up(("ledger", "1"), ("portal", "0"), end="# EOF"),
            lambda data: metrics.read(data, expected=["ledger", "portal"]),
            frozenset({"targets_down"}),
            digits=True,
        ),
        "statements": Seed(
            "attestation",
            "yaml",
            statements(),
            lambda data: attestation.read(data, STATED),
            frozenset({"staff.posts_open"}),
            frozenset({"support.desk_ratio"}),
            digits=True,
        ),
    }


SEEDS = _seeds()
"""By the name of the format."""
