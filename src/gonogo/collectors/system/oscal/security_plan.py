"""Facts about a system security plan: which controls are implemented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gonogo.collectors.system.oscal.oscal_document import known, read_model
from gonogo.documents.json_object import JsonObject
from gonogo.model.fact import FactType
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, Job, LocalFact, NoSettings, Settings

_DONE: Final = frozenset(["implemented", "not-applicable", "alternative"])
_STATES: Final = _DONE | {"partial", "planned"}
_NAMESPACES: Final = frozenset(
    [
        "http://csrc.nist.gov/ns/oscal",
        "https://fedramp.gov/ns/oscal",
        "http://fedramp.gov/ns/oscal",
    ]
)
"""Whose properties say how far a control is; a property of anybody else has a meaning of its own."""


class SecurityPlanCollector:
    """Reads a system security plan (input ``file``). Calls nothing.

    Under ``as_of: document`` its last change counts.
    """

    name = "ssp"
    facts: Sequence[LocalFact] = (
        LocalFact(
            if_known=True,
            name="implemented_ratio",
            type=FactType.RATIO,
            meaning="Controls all of whose statements are implemented or not applicable, out of the plan's controls.",
        ),
    )
    settings: type[Settings] = NoSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="OSCAL system security plan",
            json_keys=("system-security-plan",),
            binding="security-plan",
            prefix="controls",
            place=31,
        ),
    )

    def declare(self, settings: NoSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: NoSettings) -> Iterable[Answer]:
        """Yield one answer.

        Raises:
            CollectorRefusal: The plan cannot be read, has no controls, or nobody knows when it held.
        """
        plan, as_of = read_model(job.input("file"), "system-security-plan", "system security plan", job)
        implementation = plan.object("control-implementation")
        done: dict[str, bool] = {}
        for control in implementation.objects("implemented-requirements") if implementation else ():
            name = control.text("control-id")
            done[name] = done.get(name, True) and _implemented(control)
        waiting = [name for name, finished in done.items() if not finished]
        [fact] = self.facts
        yield fact.counted(part=len(done) - len(waiting), whole=len(done), as_of=as_of).naming(waiting)


def _implemented(control: JsonObject) -> bool:
    """Return whether each statement of a control says that it is implemented; one that says nothing is not."""
    states = list(_states(control))
    for statement in control.objects("statements"):
        states += list(_states(statement)) or [""]
    return bool(states) and all(state in _DONE for state in states)


def _states(part: JsonObject) -> Iterator[str]:
    """Yield each state that a control or a statement has, and those of its components; empty where one has none."""
    yield from _by_props(part)
    for component in part.objects("by-components"):
        status = component.object("implementation-status")
        stated = [*([known(status, "state", _STATES)] if status else ()), *_by_props(component)]
        yield from stated or [""]


def _by_props(part: JsonObject) -> Iterator[str]:
    for prop in part.objects("props"):
        if prop.text("name") == "implementation-status" and (not prop.has("ns") or prop.text("ns") in _NAMESPACES):
            yield known(prop, "value", _STATES)
