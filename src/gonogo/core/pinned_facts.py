"""What the rules pin for a collector binds the facts that it makes, for every collector. Pure.

A score from which a risk is high decides what *open high risks* means. If another collector answers that fact, it must
show the pinned value in its own condition; otherwise an office would choose the meaning by choosing the collector.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final

from gonogo.core.settings_word import USUAL
from gonogo.core.wording import listing
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.language.requirement import All, Comparison, Condition, Duration, Number, Operator, ParameterRef, walk
from gonogo.model.derivation import Derivation
from gonogo.model.evidence import Evidence, EvidenceSet, Gap, GapReason
from gonogo.model.program import STATEMENTS, Binding

_DAY: Final = 86400
_RESULTS: Final = frozenset(
    {"executed_ratio", "pass_ratio", "pass_ratio_of_planned", "failed", "skipped", "not_run", "critical_failed"}
)
DECIDES: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "raid": {
        "high_score": frozenset({"high_risks_open", "high_risks_unmitigated"}),
        "impact_scale": frozenset({"high_risks_open", "high_risks_unmitigated"}),
        "stale_days": frozenset({"stale_items"}),
    },
    "schedule": {
        "long_duration_days": frozenset({"high_duration_ratio"}),
        "near_critical_days": frozenset({"critical_tasks_resourced_ratio"}),
        "late_tolerance": frozenset({"golive_tasks_late"}),
    },
    "junit": {"reruns": _RESULTS, "unplanned": _RESULTS, "critical": frozenset({"critical_failed"})},
}
"""Of each built-in collector: the settings that decide what a fact means, and these facts by their local names."""


@dataclass(frozen=True, slots=True)
class PinnedSetting:
    """One setting that the rules pin, and that decides what a fact means."""

    collector: str
    setting: str
    value: int | bool | str

    @property
    def words(self) -> str:
        """The setting as a binding writes it: ``high_score: 15``."""
        return f"{self.setting}: {f'{self.value}'.lower() if isinstance(self.value, bool) else self.value}"


def pins_of_fact(fact: str, derivation: Iterable[Derivation]) -> tuple[PinnedSetting, ...]:
    """Return what the rules pin of the meaning of a fact."""
    local = fact.rpartition(".")[2]
    return tuple(
        PinnedSetting(pin.collector, setting, value)
        for pin in derivation
        for setting, value in pin.settings.items()
        if local in DECIDES.get(pin.collector.partition(":")[0], {}).get(setting, ())
    )


def unpinned_fault(fact: str, binding: Binding | None, derivation: Sequence[Derivation]) -> str:
    """Return why a binding may not count a fact whose meaning is pinned; empty where it may.

    A statement is no count: page one says what it does not show (:func:`not_shown`).
    """
    if binding is None or binding.plugin == STATEMENTS:
        return ""
    wrong = [pin for pin in pins_of_fact(fact, derivation) if not _shows(binding, fact, pin)]
    if not wrong:
        return ""
    how = f"{binding.plugin}:{binding.collector}" if binding.collector else binding.plugin
    pinned = listing([f"{pin.words} of {pin.collector}" for pin in wrong])
    return (
        f"The rules pin {pinned}, which decides what {fact} means, and the binding {binding.id} answers it by {how} "
        f"without showing {listing([f'{pin.value}' for pin in wrong])}; bind the source with `collector: "
        f"{wrong[0].collector}`, or compare with that value in its condition."
    )


def without_unpinned(
    evidence: EvidenceSet, bindings: Mapping[str, Binding], derivation: Sequence[Derivation]
) -> EvidenceSet:
    """Return the evidence with a gap for each fact that a source counts without what the rules pin of its meaning."""
    kept, gaps = [], list(evidence.gaps)
    for entry in evidence.evidence:
        faults = [
            (unpinned_fault(entry.fact, bindings.get(each.source.binding), derivation), each) for each in entry.values
        ]
        why, value = next(((why, each) for why, each in faults if why), ("", entry))
        if not why:
            kept.append(entry)
            continue
        source = value.source
        gaps.append(
            Gap(
                fact=entry.fact,
                reason=GapReason.NOT_PROVABLE,
                detail=why,
                binding=source.binding,
                sources=(source.locator,),
            )
        )
    return EvidenceSet(evidence=tuple(kept), gaps=tuple(sorted(gaps, key=lambda gap: gap.fact)))


def not_shown(
    sources: Iterable[tuple[Evidence, Binding]], derivation: Sequence[Derivation]
) -> Iterator[tuple[str, str]]:
    """Yield each fact that another collector answers, with what the rules pin of it, in a sentence."""
    for value, binding in sources:
        others = [
            pin for pin in pins_of_fact(value.fact, derivation) if pin.collector.partition(":")[0] != binding.plugin
        ]
        if not others:
            continue
        pinned = listing([f"{pin.words} of {pin.collector}" for pin in others])
        how = (
            f"a person states it ({binding.id}): nothing shows by which value"
            if binding.plugin == STATEMENTS
            else f"{binding.id} counts it by {binding.plugin}: its own condition decides the rest"
        )
        yield value.fact, f"{value.fact}: the rules pin {pinned}, and {how}."


def idle_pins(bindings: Sequence[Binding], derivation: Sequence[Derivation]) -> Iterator[tuple[str, str]]:
    """Yield what the rules pin for a collector that no binding uses: another one says what those facts mean."""
    if not bindings:
        return  # nothing is read at all, so nothing counts by other settings
    used = {name for each in bindings for name in (each.plugin, f"{each.plugin}:{each.collector}")}
    for pin in derivation:
        if pin.collector not in used:
            pinned = listing([PinnedSetting(pin.collector, *each).words for each in pin.settings.items()], most=5)
            yield (
                pin.collector,
                f"The rules pin {pinned} of {pin.collector}, and no source is read by it: the pins bind nothing here.",
            )


def same_value(one: Any, other: Any) -> bool:
    """Return whether two settings are the same value, however they are written."""
    if one == other and isinstance(one, bool) is isinstance(other, bool):
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return False
    try:
        return Decimal(f"{one}") == Decimal(f"{other}")
    except InvalidOperation:
        return False


def _shows(binding: Binding, fact: str, pin: PinnedSetting) -> bool:
    """Whether a binding counts by a pinned value: by its own setting, or in the condition of a table."""
    if binding.plugin == pin.collector.partition(":")[0]:
        return same_value(binding.settings.get(pin.setting, USUAL.get(pin.setting)), pin.value)
    facts = binding.settings.get("facts")
    local = fact.removeprefix(f"{binding.prefix}.") if binding.prefix else fact
    measure = facts.get(local) if isinstance(facts, Mapping) else None
    if binding.plugin != "table" or not isinstance(measure, Mapping):
        return False
    parts = [measure[kind] for kind in ("share", "count") if isinstance(measure.get(kind), Mapping)]
    texts = [part[key] for part in parts for key in ("where", "among") if isinstance(part.get(key), str)]
    return any(_compares(text, pin.value) for text in texts)


def _compares(text: str, value: int | bool | str) -> bool:
    """Whether a condition holds only where a column compares with that value."""
    try:
        tree = parse_requirement(text).tree
    except ExpressionError:
        return False
    return any(_is(part, value) and not _elsewhere(part, tree) for part in _required(tree))


def _elsewhere(comparison: Comparison, tree: Condition) -> bool:
    """Whether a column that is compared with the value is in the condition a second time, and could bound it again."""
    columns = [node.name for node in walk(comparison) if isinstance(node, ParameterRef)]
    every = [node.name for node in walk(tree) if isinstance(node, ParameterRef)]
    return any(every.count(name) > columns.count(name) for name in columns)


def _required(tree: Condition) -> Iterator[Comparison]:
    """Yield the comparisons that must hold for the whole to hold."""
    if isinstance(tree, All):
        for part in tree.parts:
            yield from _required(part)
    elif isinstance(tree, Comparison):
        yield tree


def _is(comparison: Comparison, value: int | bool | str) -> bool:
    if comparison.operator in (Operator.EQ, Operator.NE):
        return False
    try:
        wanted = Fraction(f"{value}")
    except ValueError:
        return False
    nodes = [*walk(comparison.left), *walk(comparison.right)]
    numbers = [node.value for node in nodes if isinstance(node, Number)]
    days = [node.seconds / _DAY for node in nodes if isinstance(node, Duration)]
    return wanted in (*numbers, *days) and any(isinstance(node, ParameterRef) for node in nodes)
