"""What a file would give by each choice that only a person can make, so that nobody has to choose before looking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gonogo.first_week.declared_kinds import DeclaredKind
from gonogo.first_week.proposal import Proposal


def lines_by_choice(proposal: Proposal, read: Callable[[Proposal], Sequence[str]]) -> list[str]:
    """Return what is read by each choice, a line each; choices by which the same is read stand together.

    Args:
        proposal: A binding that waits for a person. Where more is missing than a choice that its collector declares,
            nothing is read: there is no line.
        read: What is read by a binding, a line each.
    """
    kind = proposal.kind
    if not isinstance(kind, DeclaredKind) or list(kind.file.missing) != proposal.missing:
        return []
    return [line for key, offered in kind.file.choices.items() for line in _lines(proposal, key, offered, read)]


def _lines(
    proposal: Proposal, key: str, offered: Sequence[str], read: Callable[[Proposal], Sequence[str]]
) -> Iterator[str]:
    same: dict[tuple[str, ...], list[str]] = {}
    for choice in offered:
        chosen = replace(proposal, missing=[], settings={**proposal.settings, key: choice})
        same.setdefault(tuple(read(chosen)), []).append(choice)
    for lines, choices in same.items():
        yield f"  whatever {key} is:" if len(same) == 1 else f"  if {key} is {' or '.join(choices)}:"
        yield from (f"  {line}" for line in lines)
