"""What of a program's answers is believed, as every run decides it: sources that disagree are a gap, and so is less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gonogo.core.admit import Admission, admit
from gonogo.core.carry import carried_facts, earlier_releases
from gonogo.core.left_out_facts import left_out_of
from gonogo.core.min_isolation import asked_levels
from gonogo.core.pinned_facts import without_unpinned
from gonogo.core.pinned_settings import without_disagreeing
from gonogo.core.register_values import believed_registers
from gonogo.core.wanted import wanted_facts
from gonogo.model.evidence import EvidenceSet
from gonogo.model.fact import Vocabulary
from gonogo.model.people import PeopleRegister
from gonogo.model.program import Program, Release
from gonogo.model.reply import Reply
from gonogo.model.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Believing:
    """By what it is decided which answers may be believed.

    Attributes:
        program: The program.
        release: The release.
        people: Who is who.
        ruleset: The rules.
        vocabulary: Their facts.
    """

    program: Program
    release: Release
    people: PeopleRegister
    ruleset: Ruleset
    vocabulary: Vocabulary

    @property
    def earlier(self) -> tuple[str, ...]:
        """The earlier releases whose evidence is heard at all: none, where no criterion counts any."""
        if not carried_facts(self.ruleset.criteria):
            return ()
        return earlier_releases(self.program.releases, self.release)

    def admission(self, now: datetime) -> Admission:
        """Return what admission needs to know beside the replies."""
        return Admission(
            vocabulary=self.vocabulary,
            identity=self.program.identity,
            release=self.release,
            now=now,
            people=self.people,
            authority=self.program.authority,
            earlier=self.earlier,
            carried=carried_facts(self.ruleset.criteria),
            isolation=asked_levels(self.ruleset.criteria, self.ruleset.policy),
            wanted=wanted_facts((*self.ruleset.criteria, *self.ruleset.holds)),
            left_out=left_out_of(self.program.bindings),
        )

    def facts(
        self, replies: Sequence[Reply], facts: Iterable[str], now: datetime, wrong: Mapping[str, str]
    ) -> EvidenceSet:
        """Return an Evidence or Gap for each fact; a gap where a binding differs from what the rules pin, or let close.

        Args:
            replies: What the bindings answered.
            facts: The facts.
            now: The moment.
            wrong: Bindings that differ from what the rules pin, with both values in a sentence.
        """
        bindings = {each.id: each for each in self.program.bindings}
        found = without_disagreeing(admit(replies, facts, self.admission(now)), wrong)
        found = without_unpinned(found, bindings, self.vocabulary.derivation or ())
        return believed_registers(found, self.vocabulary, bindings)
