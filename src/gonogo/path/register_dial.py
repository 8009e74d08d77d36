"""A register as a dial: its items are closed, those first that nobody accepted, and what counts them moves along."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from gonogo.core.accept import Accepted
from gonogo.core.find import Trial
from gonogo.core.register_facts import NOTHING, with_registers
from gonogo.core.register_items import RegisterItems, items_of, open_count
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason, quotient_text
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.register import Register
from gonogo.path.dial import Dial, DialPosition
from gonogo.path.possible_values import supposed


@dataclass(frozen=True, slots=True)
class RegisterDials:
    """Makes dials of registers.

    Attributes:
        trial: What was judged.
        vocabulary: Types and registers.
        accepted: The acceptances that count.
        roots: Returns the values of a fact at which a comparison may turn.
        unusable: Whether some criterion may not use what is recorded of one of some facts.
    """

    trial: Trial
    vocabulary: Vocabulary
    accepted: Accepted
    roots: Callable[[str], list[Fraction]]
    unusable: Callable[[Collection[str]], bool]

    def dial(self, register: Register) -> Dial:
        """Return the dial of a register; with one position where nothing can be closed."""
        facts = tuple(dict.fromkeys((*named_facts(register), *register.computed)))
        items = items_of(register, self.trial.evidence)
        order, accepted = self._order(register), len(self.accepted.of(register.id))
        left = {0} | {each for each in self._left(register, accepted) if 0 <= each < len(order)}
        if isinstance(items, RegisterItems) and not order and not self.unusable(facts):
            left = set()
        positions = (
            self._closed(register, order[len(order) - each :], len(order)) for each in sorted(left, reverse=True)
        )
        return Dial(
            register.id, facts, (DialPosition(), *(each for each in positions if each is not None)), register=True
        )

    def with_left(
        self, register: Register, entry: Evidence, now: datetime
    ) -> tuple[dict[str, Evidence], tuple[str, ...]] | None:
        """Return the facts of a register as one of them says how many items are open, and the keys that are closed.

        None where it does not say, or says more than the record names.
        """
        left = open_count(entry)
        order = self._order(register)
        if left is None or left > len(order):
            return None
        kept = order[len(order) - left :]
        made = {fact: self._counted(fact, left) for fact in named_facts(register)}
        made[entry.fact] = entry
        found = {
            fact: one.model_copy(update={"open_items": tuple(kept), "as_of": now})
            for fact, one in made.items()
            if one is not None
        }
        return found, tuple(order[: len(order) - left])

    def _order(self, register: Register) -> list[str]:
        """Return the open items, those first that nobody accepted."""
        items = items_of(register, self.trial.evidence)
        keys = items.keys if isinstance(items, RegisterItems) else ()
        mine = {one.item for one in self.accepted.of(register.id)}
        return [key for key in keys if key not in mine] + [key for key in keys if key in mine]

    def _left(self, register: Register, accepted: int) -> Iterator[int]:
        """Yield how many items may be left open at each boundary of what counts them."""
        for fact in (*named_facts(register), register.open_unaccepted):
            entry, declared = self.trial.evidence[fact], self.vocabulary.get(fact)
            if declared is None or isinstance(entry, Gap):
                continue
            if entry.whole is None and declared.type is not FactType.INTEGER:
                continue
            for root in self.roots(fact):
                there = root if entry.whole is None else entry.whole - root * entry.whole
                around = (floor(there) - 1, floor(there), ceil(there), ceil(there) + 1)
                yield from around
                if fact == register.open_unaccepted:
                    yield from (each + accepted for each in around)

    def _closed(self, register: Register, keys: Sequence[str], before: int) -> DialPosition | None:
        """Return the register with only these items open; None where nobody can say what its facts would be."""
        made: dict[str, Evidence] = {}
        for fact in named_facts(register):
            entry = self._counted(fact, len(keys))
            if entry is None:
                return None
            made[fact] = entry.model_copy(update={"open_items": tuple(keys)})
        evidence = EvidenceSet(
            evidence=tuple(sorted(made.values(), key=lambda each: each.fact)),
            gaps=tuple(_asked(each) for each in register.computed),
        )
        items = {register.id: items_of(register, evidence)}
        own = Vocabulary.model_construct(facts=self.vocabulary.facts, registers=(register,), derivation=None)
        full = with_registers(evidence, items, self.accepted, own)
        bare = with_registers(evidence, items, NOTHING, own)
        facts = (*made, *register.computed)
        return DialPosition(
            {fact: full[fact] for fact in facts},
            {fact: bare[fact] for fact in facts},
            at=Fraction(len(keys)),
            closed=before - len(keys),
        )

    def _counted(self, fact: str, left: int) -> Evidence | None:
        """Return a fact of the register with so many items open."""
        entry, declared, now = self.trial.evidence[fact], self.vocabulary.get(fact), self.trial.scope.now
        whole = entry.whole if isinstance(entry, Evidence) else None
        if declared is not None and declared.type is FactType.INTEGER:
            return supposed(declared, left, now)
        if declared is None or declared.type is not FactType.RATIO:
            return None
        if whole is not None and left <= whole:
            return supposed(declared, Decimal(quotient_text(whole - left, whole)), now, counts=(whole - left, whole))
        return supposed(declared, Decimal(1), now) if left == 0 else None


def named_facts(register: Register) -> tuple[str, ...]:
    """Return the facts that name the open items."""
    return (register.fact, *(register.same_items or ()))


def _asked(fact: str) -> Gap:
    """Return what stands for a computed fact until it is computed."""
    return Gap(fact=fact, reason=GapReason.MISSING, detail="It is not computed yet.")
