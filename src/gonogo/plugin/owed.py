"""Which facts anybody asks for, of those that a collector declares."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gonogo.plugin.spec import LocalFact


def owed(declared: Iterable[LocalFact], known: Collection[str] | None) -> tuple[LocalFact, ...]:
    """Return the facts that a collector has to answer for; what is left out here, the host leaves out of its reply.

    Where nothing would be left all of them are, so that a misspelt prefix is found.

    Args:
        declared: What it declares under its settings.
        known: Local names that the vocabulary has; None where nobody says, so that every fact counts.
    """
    facts = tuple(declared)
    return facts if known is None else tuple(fact for fact in facts if not fact.if_known or fact.name in known) or facts
