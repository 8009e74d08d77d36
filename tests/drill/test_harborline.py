"""Classes that need a workbook, a RAID log or a schedule, on Harborline, and what it costs to ask a source again."""

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from gonogo.drill.defect_classes import chosen
from gonogo.drill.drilling import DrillOrder, drill
from gonogo.model.drill import DrillOutcome

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/harborline/go"
AS_OF = datetime.fromisoformat("2027-04-19T12:00-04:00")
SCHEDULE, RAID = "program.schedule.golive_tasks", "program.raid.high_severity"
STOPPED_BY = {
    "formula-without-value": RAID,
    "torn-workbook": RAID,
    "raid-emptied": RAID,
    "raid-headings": RAID,
    "rows-gone": "workforce.communications.delivered",
    "golive-slipped": SCHEDULE,
    "old-schedule": SCHEDULE,
    "future-schedule": SCHEDULE,
    "activities-gone": SCHEDULE,
    "torn-schedule": SCHEDULE,
    "nan": "operations.resources.customer",
    "infinity": "operations.resources.customer",
    "not-available": "operations.resources.customer",
    "old-column": "system.interfaces.tested",
    "future-column": "system.interfaces.tested",
    "statement-nan": "labor.units_affected",
    "statement-not-available": "labor.units_affected",
    "two-answers": "program.contingency.plan",
}


KEPT = {
    *("master-schedule", "provider-schedule", "raid-log", "support-contracts", "contingency-parts"),
    *("contingency-approval", "communications", "cutover-groups", "customer-staff", "interfaces"),
    "labor-relations",
}
"""The sources in which these classes are planted. To ask the others, run after run, would show nothing more."""


def with_few_sources(program: str) -> str:
    """Return a program file with the sources that are kept."""
    head, *entries = re.split(r"(?m)^(?=  - id: .*\n    collector: )", program)
    return head + "".join(each for each in entries if each.split()[2] in KEPT)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """Every class that the small program has no place for."""
    root = tmp_path_factory.mktemp("harborline") / "go"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("audit", "m3-hardened"))
    file = root / "gonogo.yaml"
    file.write_text(with_few_sources(file.read_text(encoding="utf-8")), encoding="utf-8")
    result = drill(DrillOrder(root, chosen([*STOPPED_BY, "torn-xer", "raid-rows-gone"]), as_of=AS_OF))
    return {row.id: row for row in result.rows}


@pytest.mark.parametrize(("name", "by"), STOPPED_BY.items(), ids=STOPPED_BY)
def test_a_class_is_stopped_by_what_it_is_about(name, by, rows):
    """On the real formats, as office programs and planners write them."""
    assert (rows[name].outcome, rows[name].by) == (DrillOutcome.STOPPED, by), rows[name].sentence


@pytest.mark.parametrize("name", ["torn-xer", "raid-rows-gone"])
def test_a_source_that_nothing_rests_on_is_not_harmed(name, rows):
    """The provider's schedule is set aside, and no risk of the log counts against anything: nothing would be proved."""
    assert rows[name].outcome is DrillOutcome.NOT_PLANTED
