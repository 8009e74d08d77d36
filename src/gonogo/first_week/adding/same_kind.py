"""A document of a kind that a binding reads already, such as next week's RAID log: never a second binding unasked."""

from __future__ import annotations

from collections.abc import Iterable
from shlex import quote

from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding


def ways_beside(path: str, binding: Binding) -> str:
    """Return what a person can do with a file that may take the place of what a binding reads."""
    return (
        f"If this one replaces it: gonogo add PROGRAM {quote(path)} --replaces {binding.id}; if both count, write a "
        "binding for it, and say authority."
    )


def asked_beside(bindings: Iterable[Binding], path: str, proposal: Proposal) -> list[str]:
    """Return the question which counts, a draft or the binding that reads such a document of the same side already.

    Args:
        bindings: Of the program.
        path: Of the file that is drafted.
        proposal: The draft.
    """
    if proposal.declares is None or not proposal.prefix or proposal.of_updates is not None:
        return []
    for each in bindings:
        collector = f"{each.plugin}:{each.collector}" if each.collector else each.plugin
        if (collector, each.prefix, each.side) == (proposal.collector, proposal.prefix, proposal.side):
            old = ", ".join(words for entry in each.inputs for words in entry.paths)
            replaces = f"gonogo add PROGRAM {quote(path)} --replaces {each.id}"
            return [
                f"Which one counts? {each.id} reads {plain(old)} for the same facts. If this one replaces it: "
                f"{replaces}; if both count, say authority."
            ]
    return []
