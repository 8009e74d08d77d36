"""A criterion about action plans is judged by the plans that the run was given, without any source."""

from datetime import UTC, datetime, timedelta

from gonogo.model.evidence import Evidence
from gonogo.workflow.admitting import admitted
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order

OVERLAY = """\
schema: 1
overlay: plans
version: "1"
prefix: plans
sources: {PMO: PMO handbook}
facts:
  - {name: plans.incomplete, type: integer, unit: plans, meaning: Plans that lack a part., question: Nobody is asked.}
criteria:
  - id: program.plans.complete
    title: Every action plan is complete
    statement: Every action plan has an owner, an action and a due date.
    why: A plan without an owner is a wish.
    severity: advisory
    require: plans.incomplete <= most
    parameters: {most: 0}
    max_age: 1d
    owner: customer.executive_sponsor
    remedy: Complete the plan.
    source: [PMO]
"""


def test_a_run_counts_its_own_plans(small_program):
    """Nobody binds or states the count; the file of plans is enough."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    small = small_program(now=now, plan=True)
    (small.root / "plans-overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    small.edit("gonogo.yaml", "ruleset: ./rules\n", "ruleset: ./rules\noverlays: [plans-overlay.yaml]\n")

    found = admitted(load(Order(program=small.root)), [], now)["plans.incomplete"]

    assert isinstance(found, Evidence)
    assert (found.value, found.source.binding) == (0, "gonogo")
    assert found.source.locator == "the action plans of this run: workforce.survey.response"
