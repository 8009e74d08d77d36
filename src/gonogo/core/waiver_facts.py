"""Facts about the waivers of a run, computed from the waivers themselves: no person states any of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gonogo.core.run_counts import with_counts
from gonogo.core.waive import approved_by_who_asked, missing_parts
from gonogo.core.wording import listing
from gonogo.model.evidence import EvidenceSet
from gonogo.model.fact import Vocabulary
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.waiver import Waiver
from gonogo.model.waiver_fact_names import ACTIVE, INCOMPLETE, LATEST, SELF_APPROVED


@dataclass(frozen=True, slots=True)
class WaiversOfRun:
    """The waivers that a run was given, and by whom and when they are judged.

    Attributes:
        waivers: All that were submitted.
        identity: Gives the time zone.
        release: Gives the release and its go-live.
        people: Who is one person with whom.
        now: The moment of the assessment, UTC.
    """

    waivers: Sequence[Waiver]
    identity: ProgramIdentity
    release: Release
    people: PeopleRegister
    now: datetime

    @property
    def of_release(self) -> tuple[Waiver, ...]:
        """Those for this release or for any."""
        return tuple(one for one in self.waivers if one.release in (None, self.release.id))


def with_waiver_facts(evidence: EvidenceSet, run: WaiversOfRun, vocabulary: Vocabulary) -> EvidenceSet:
    """Return the evidence with what the waivers of the run say in place of any other answer about them."""
    ids = listing([one.id for one in run.of_release]) if run.of_release else "there is none"
    locator = f"the waivers of this run: {ids}"
    return with_counts(evidence, waiver_values(run), vocabulary, papers="waivers", locator=locator, now=run.now)


def waiver_values(run: WaiversOfRun) -> Mapping[str, int]:
    """Return what the waivers of a run say, by fact."""
    go_live = run.identity.local_date(run.release.go_live)
    ends = [
        one.expires_on
        for one in run.of_release
        if one.expires_on is not None and run.now < run.identity.day_end(one.expires_on)
    ]
    return {
        ACTIVE: len(ends),
        INCOMPLETE: sum(bool(missing_parts(one)) for one in run.of_release),
        SELF_APPROVED: sum(approved_by_who_asked(one, run.people) is not None for one in run.of_release),
        LATEST: max(((end - go_live).days for end in ends), default=0),
    }
