"""gonogo: may this migration go live? Evidence in; GO, CONDITIONAL GO or NO-GO out, with every reason attached.

The public API, re-exported from the rooms where things live. A name is imported when it is first used, so that
``gonogo --version`` and the child processes of collectors pay for nothing that they do not need.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing alone would take a third of the start of `gonogo --version`
if TYPE_CHECKING:
    from gonogo.errors import ConfigurationError, GonogoError
    from gonogo.model.assessment import Assessment
    from gonogo.model.decision import Decision
    from gonogo.model.evidence import Evidence, Gap, GapReason
    from gonogo.model.finding import Finding, Status
    from gonogo.model.program import Program
    from gonogo.model.ruleset import Criterion, Domain, Ruleset, Severity
    from gonogo.model.verdict import Verdict
    from gonogo.plugin.spec import Answer, Collector, CollectorRefusal, Job, LocalFact, Settings, hookimpl
    from gonogo.program.program_file import load_program
    from gonogo.ruleset.loader import load_ruleset
    from gonogo.workflow.order import Order, RunResult
    from gonogo.workflow.pipeline import assess

_HOMES = {
    "gonogo.workflow.pipeline": ("assess",),
    "gonogo.workflow.order": ("Order", "RunResult"),
    "gonogo.model.assessment": ("Assessment",),
    "gonogo.model.decision": ("Decision",),
    "gonogo.model.verdict": ("Verdict",),
    "gonogo.model.finding": ("Finding", "Status"),
    "gonogo.model.evidence": ("Evidence", "Gap", "GapReason"),
    "gonogo.model.ruleset": ("Criterion", "Domain", "Ruleset", "Severity"),
    "gonogo.model.program": ("Program",),
    "gonogo.ruleset.loader": ("load_ruleset",),
    "gonogo.program.program_file": ("load_program",),
    "gonogo.plugin.spec": ("Answer", "Collector", "CollectorRefusal", "Job", "LocalFact", "Settings", "hookimpl"),
    "gonogo.errors": ("ConfigurationError", "GonogoError"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
_EARLIER = {"Result": "RunResult"}  # names that programs were written with, and what they are called now

__all__ = [
    "Answer",
    "Assessment",
    "Collector",
    "CollectorRefusal",
    "ConfigurationError",
    "Criterion",
    "Decision",
    "Domain",
    "Evidence",
    "Finding",
    "Gap",
    "GapReason",
    "GonogoError",
    "Job",
    "LocalFact",
    "Order",
    "Program",
    "Ruleset",
    "RunResult",
    "Settings",
    "Severity",
    "Status",
    "Verdict",
    "assess",
    "hookimpl",
    "load_program",
    "load_ruleset",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used.

    Raises:
        AttributeError: There is no such name.
    """
    current = _EARLIER.get(name, name)
    home = _HOME.get(current)
    if home is None:
        raise AttributeError(f"module 'gonogo' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(home), current)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
