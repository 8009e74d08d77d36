"""Facts about what a program that buys services decided to leave out, from GSA's M3 Services Tailoring Guide.

How it is read, where it leaves room:

- Which outputs GSA left to the project is known from the guide as published: a filled one no longer shows it.
- A decision needs its reason under *Agency Remarks*. A row that was deleted records no decision.
- Where several rows are about one thing, one that is needed means that it is needed; that it is not needed takes all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gonogo.collectors.program.m3.guide_decisions import SHEET, Guide, published, read_guide
from gonogo.collectors.program.m3.guide_rows import GuideRow
from gonogo.collectors.worksheet import header_key, open_workbook
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, Job, LocalFact, NoSettings, Settings

PHASE: Final = 3
_NEEDS: Final = {
    "procurement_needed": ("a procurement plan", ("procurement plan",)),
    "approach_needed": ("a migration approach", ("migration approach, including technical strategies",)),
    "requirements_needed": ("a requirements matrix", ("requirements traceability matrix (rtm)", "rtm")),
    "fit_gap_needed": ("a gap analysis", ("gap analysis report",)),
    "target_needed": ("a target state of its systems", ("target state systems environment",)),
    "strategies_needed": (
        "technical strategies",
        (
            "test plan",
            "configuration management plan",
            "coop and disaster recovery plan",
            "interface strategy",
            "enhancement strategy",
        ),
    ),
    "change_needed": ("a change management plan", ("change management plan",)),
    "training_needed": ("a training plan", ("training plan",)),
}
"""Fact to what it asks, and the outputs of Phase 3 that answer."""


def _outputs(name: str, meaning: str) -> LocalFact:
    return LocalFact(if_known=True, name=name, type=FactType.INTEGER, unit="outputs", meaning=meaning)


_UNDECIDED: Final = {
    False: _outputs(
        "program_undecided",
        "Project dependent outputs of Phase 3 outside technology without a decision and its reason.",
    ),
    True: _outputs(
        "technology_undecided", "Project dependent outputs of Phase 3 in technology without a decision and its reason."
    ),
}
_AGAINST: Final = _outputs(
    "recommended_omitted", "Outputs of Phase 3 that GSA recommends and the filled guide omits or no longer lists."
)
_NEEDED: Final = {
    name: LocalFact(
        if_known=True,
        name=name,
        type=FactType.BOOLEAN,
        meaning=f"By a recorded decision with its reason, the program needs {what}.",
    )
    for name, (what, _) in _NEEDS.items()
}


class TailoringGuideCollector:
    """Reads the sheet *Tailor* of GSA's M3 Services Tailoring Guide. Calls nothing.

    The workbook does not say when it held; the file's name or a person does.
    """

    name = "tailoring"
    facts: Sequence[LocalFact] = (*_UNDECIDED.values(), _AGAINST, *_NEEDED.values())
    settings: type[Settings] = NoSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="GSA M3 services tailoring guide",
            sheets=(SHEET, "Overview"),
            binding="tailoring",
            prefix="services",
            dated=False,
            remarks=("its facts are of the layer m3-services, for agencies that buy services and no system",),
            place=32,
        ),
    )

    def declare(self, settings: NoSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: NoSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: Not the guide, nobody filled it in, a row cannot be read, or nobody knows when it held.
        """
        source = job.input()
        guide = read_guide(open_workbook(source))
        as_of = source.held(None)
        where = f"sheet {SHEET}, {len(guide.decisions)} rows"
        for technology, fact in _UNDECIDED.items():
            found = list(_undecided(guide, technology))
            yield fact.value(len(found), as_of=as_of, where=where).naming(found)
        against = [_name(row) for row in published(PHASE) if row.status == "recommended" and _omitted(guide, row)]
        yield _AGAINST.value(len(against), as_of=as_of, where=where).naming(against)
        for name, fact in _NEEDED.items():
            rows = [row for row in published(PHASE) if header_key(row.output) in _NEEDS[name][1]]
            decided = [decision for row in rows if (decision := guide.of(row)) is not None and decision.decided]
            needed = any(decision.status == "recommended" for decision in decided)
            if not needed and len(decided) < len(rows):
                yield fact.missing(
                    f"{guide.sheet.where()} records no decision with a reason on {_lacking(guide, rows)}",
                    GapReason.MISSING,
                )
            else:
                yield fact.value(needed, as_of=as_of, where=where)


def _undecided(guide: Guide, technology: bool) -> Iterator[str]:
    """Yield the outputs without a decision: those that GSA left open, and those that the agency calls open."""
    seen = set()
    for row in published(PHASE):
        decision = guide.of(row)
        seen.add((row.activity, header_key(row.output)))
        left_open = row.status == "project dependent" or (decision and decision.status == "project dependent")
        if row.technology is technology and left_open and not (decision and decision.decided):
            yield _name(row)
    for key, decision in guide.decisions.items():
        own = key not in seen and decision.phase == PHASE
        if own and decision.technology is technology and decision.status == "project dependent":
            yield decision.output


def _omitted(guide: Guide, row: GuideRow) -> bool:
    decision = guide.of(row)
    return decision is None or decision.status == "omit"


def _lacking(guide: Guide, rows: Iterable[GuideRow]) -> str:
    return ", ".join(_name(row) for row in rows if not ((decision := guide.of(row)) and decision.decided))


def _name(row: GuideRow) -> str:
    return f"{row.activity} {row.output}"
