"""What a register names as open: each key once, as many as it counts, the same from every source. Pure; else a gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from gonogo.core.wording import listing, shown
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.open_items import BLANK_KEY, MAX_KEY
from gonogo.model.register import Register


@dataclass(frozen=True, slots=True)
class RegisterItems:
    """The open items of one register in one run.

    Attributes:
        register: The register.
        base: The evidence that names them.
        keys: The open items, in the order of the source.
        values: Everything that was read for them: agreeing sources, and the facts that must name the same items.
    """

    register: Register
    base: Evidence
    keys: tuple[str, ...]
    values: tuple[Evidence, ...]


def items_of(register: Register, evidence: EvidenceSet) -> RegisterItems | Gap:
    """Return the open items of a register, or why nobody can say which they are."""
    base = evidence[register.fact]
    if isinstance(base, Gap):
        return base
    values = list(base.values)
    for name in register.same_items or ():
        other = evidence[name]
        if isinstance(other, Gap):
            return other.model_copy(update={"detail": f"{name}, which names the same items, has no usable value."})
        values += other.values
    for value in values:
        if why := _unusable(value):
            return _gap(value, GapReason.NOT_PROVABLE, why)
    for value in values[1:]:
        alone = sorted(set(_keys(value)) ^ set(_keys(base)))
        if alone:
            both = f"{_whose(base)} and {_whose(value)} do not name the same open items"
            return _gap(value, GapReason.CONFLICT, f"{both}; only one of them names {listing(alone, most=3)}.")
    return RegisterItems(register, base, _keys(base), tuple(values))


def all_items(vocabulary: Vocabulary, evidence: EvidenceSet) -> dict[str, RegisterItems | Gap]:
    """Return the open items of every register, by its id."""
    return {register.id: items_of(register, evidence) for register in vocabulary.registers or ()}


def known_items(items: Mapping[str, RegisterItems | Gap]) -> list[RegisterItems]:
    """Return the registers whose open items are known."""
    return [each for each in items.values() if isinstance(each, RegisterItems)]


def _keys(value: Evidence) -> tuple[str, ...]:
    return value.open_items or ()


def _unusable(value: Evidence) -> str:
    """Return why a value does not say which items are open; empty where it does, and where nothing is."""
    left = open_count(value)
    if value.open_items is None:
        return "" if left == 0 else f"{_whose(value)} does not name its open items by key."
    if value.open_left_out:
        return f"{_whose(value)} has more open items than a list may hold."
    doubled = [key for key, times in Counter(value.open_items).items() if times > 1]
    if doubled:
        return f"{_whose(value)} names {doubled[0]} more than once, so nobody can accept one of them."
    if BLANK_KEY in value.open_items:
        return f"{_whose(value)} has an open item without a key."
    cut = [key for key in value.open_items if len(key) >= MAX_KEY and key.endswith("…")]
    if cut:
        return f"{_whose(value)} has an open item whose key is too long: {cut[0][:40]}…"
    if left is None:
        return f"{_whose(value)} says {shown(value)} without counts, so nobody knows how many items are open."
    if left != len(value.open_items):
        named = f"names {len(value.open_items):,} of them"
        return f"{_whose(value)} says {shown(value)}, which leaves {left:,} open, but {named}."
    return ""


def open_count(value: Evidence) -> int | None:
    """Return how many items a value leaves open; None where it does not say."""
    if value.part is not None and value.whole is not None:
        return max(value.whole - value.part, 0)
    if value.type is FactType.INTEGER and isinstance(value.value, int):
        return value.value
    return 0 if value.type is FactType.RATIO and value.exact == 1 and not value.open_items else None


def _whose(value: Evidence) -> str:
    return f"{value.fact} in {value.source.locator.partition(', ')[0]}"


def _gap(value: Evidence, reason: GapReason, detail: str) -> Gap:
    return Gap(
        fact=value.fact,
        reason=reason,
        detail=detail,
        binding=value.source.binding,
        sources=(value.source.locator,),
    )
