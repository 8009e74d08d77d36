"""One recorded run as the next one is compared with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from gonogo.comparison.recorded_comparisons import written_at, written_in
from gonogo.model.change import RuleChange
from gonogo.model.collected import CollectorFinished
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import Finding
from gonogo.model.record import DecisionMade, RunStarted
from gonogo.model.seats import Seats

_AGE: Final = re.compile(r"\b(?:less than a day|\d+ days?) old\b")


@dataclass(frozen=True)
class Snapshot:
    """What a run recorded.

    Attributes:
        started: What was assessed, when, and by which rules.
        collectors: What each binding answered.
        answers: Each fact's evidence or gap, by name.
        findings: One for each criterion, and one for each standing hold.
        made: The decision, with the waivers and plans that were submitted.
        requirements: Criterion to the text of its requirement; empty where the ruleset is not in the log.
        loosened: What overlays, or the program's own copy of the rules, loosen or may loosen.
        program_file: What the program file says; None where it is not in the log.
        seats: Who holds which seat; None in records of earlier versions.
    """

    started: RunStarted
    collectors: tuple[CollectorFinished, ...]
    answers: Mapping[str, Evidence | Gap]
    findings: tuple[Finding, ...]
    made: DecisionMade
    requirements: Mapping[str, str] = field(default_factory=dict)
    loosened: tuple[RuleChange, ...] = ()
    program_file: Mapping[str, Any] | None = None
    seats: Seats | None = None

    @cached_property
    def by_criterion(self) -> dict[str, Finding]:
        """The findings by id."""
        return {finding.criterion: finding for finding in self.findings}

    @cached_property
    def readers(self) -> dict[str, list[Finding]]:
        """For each fact the findings with a comparison that reads it, in their order."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            stands = written_in(self.requirements.get(finding.criterion, ""))
            written = [written_at(reading.text, stands) for reading in finding.comparisons]
            for fact in frozenset[str]().union(*(each.facts for each in written if each is not None)):
                found.setdefault(fact, []).append(finding)
        return found

    @cached_property
    def sources(self) -> dict[str, CollectorFinished]:
        """The collectors by binding."""
        return {reply.binding: reply for reply in self.collectors}

    @cached_property
    def blocking(self) -> dict[str, str]:
        """Why each criterion blocks, by id."""
        return {blocker.criterion: blocker.why for blocker in self.made.decision.blockers if blocker.criterion}


def ageless(document: Any) -> Any:
    """Return a document without what only the passing of time changes: how old evidence is."""
    if isinstance(document, dict):
        return {key: ageless(value) for key, value in document.items() if key != "age_days"}
    if isinstance(document, list):
        return [ageless(value) for value in document]
    return _AGE.sub("old", document) if isinstance(document, str) else document
