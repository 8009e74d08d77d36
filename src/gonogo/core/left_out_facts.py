"""Facts that a binding leaves out because its file cannot show them: who says so, and who gives them instead. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gonogo.core.wording import listing
from gonogo.model.decision import Reliance, Trusted
from gonogo.model.program import Binding


def left_out_of(bindings: Iterable[Binding]) -> dict[str, str]:
    """Return for each fact that bindings leave out which of them do, and why, as a sentence."""
    found: dict[str, list[str]] = {}
    for binding in bindings:
        for name, why in (binding.leaves_out or {}).items():
            fact = f"{binding.prefix}.{name}" if binding.prefix else name
            found.setdefault(fact, []).append(f"{binding.id} leaves it out: {why}")
    return {fact: f"{listing(said, most=3)}." for fact, said in found.items()}


def left_out_to_trust(bindings: Iterable[Binding], asked: Collection[str]) -> Iterator[Trusted]:
    """Yield each fact that a criterion reads and a binding leaves out: another source answers it, or nobody does."""
    for binding in bindings:
        for name, why in (binding.leaves_out or {}).items():
            fact = f"{binding.prefix}.{name}" if binding.prefix else name
            if fact in asked:
                sentence = f"{binding.id}: says nothing of {fact}, the binding says: {why} (leaves_out)."
                yield Trusted(by=Reliance.SETTINGS, subject=binding.id, sentence=sentence)
