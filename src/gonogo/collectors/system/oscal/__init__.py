"""Facts about authorization, read from OSCAL 1 in JSON: three documents, a collector each.

Imports the readers of JSON. NIST's schemas judge each document first; what is read here is read strictly all the same.
"""

from __future__ import annotations

from collections.abc import Callable

from gonogo.collectors.system.oscal.assessed_controls import AssessmentCollector
from gonogo.collectors.system.oscal.poam import PoamCollector
from gonogo.collectors.system.oscal.security_plan import SecurityPlanCollector
from gonogo.plugin.spec import Collector, hookimpl


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collectors."""
    register(PoamCollector())
    register(SecurityPlanCollector())
    register(AssessmentCollector())
