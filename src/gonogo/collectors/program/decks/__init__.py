"""Facts from GSA's decks: success metrics with baseline and target, and the business readiness assessment.

Imports the readers of presentations and Word documents. Only tables are evidence; what else stands on a slide is not
read. A cell that still holds the words of the template is not filled in.
"""

from __future__ import annotations

from collections.abc import Callable

from gonogo.collectors.program.decks.readiness_assessment import ReadinessCollector
from gonogo.collectors.program.decks.success_metrics import SuccessMetricsCollector
from gonogo.plugin.spec import Collector, hookimpl


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collectors."""
    register(SuccessMetricsCollector())
    register(ReadinessCollector())
