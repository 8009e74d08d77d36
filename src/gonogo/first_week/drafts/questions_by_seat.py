"""One list of what only people know of drafted bindings, by the seat that owns what the file is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import counted, plain
from gonogo.text import seat_words

KEEPER = "customer.pmo_lead"
"""Who is asked what belongs to no group of facts."""


@dataclass(frozen=True, slots=True)
class BindingQuestion:
    """One question.

    Attributes:
        seat: Who is asked.
        binding: Id of the binding.
        sentence: The question.
    """

    seat: str
    binding: str
    sentence: str


def questions_of(proposals: Iterable[Proposal], owners: Mapping[str, str]) -> list[BindingQuestion]:
    """Return what is asked of whom, in the order of the bindings.

    Args:
        proposals: The bindings.
        owners: Group of facts to the seat that owns them.
    """
    return [
        BindingQuestion(owners.get(group_of(each), KEEPER), each.id, sentence)
        for each in proposals
        for sentence in (*each.missing, *each.asked)
    ]


def group_of(proposal: Proposal) -> str:
    """Return the group of facts that a binding is about; empty where nobody knows."""
    return proposal.draft.group if proposal.draft is not None else proposal.prefix


def question_lines(questions: Sequence[BindingQuestion], held: Sequence[tuple[str, str]]) -> list[str]:
    """Return the list as lines, a heading for each seat.

    Args:
        questions: What is asked.
        held: Seats with who holds them.
    """
    if not questions:
        return []
    lines = [f"Questions: {len(questions)}. A guess stands for each; nothing is read until a person has confirmed it."]
    for seat in dict.fromkeys(each.seat for each in questions):
        names = ", ".join(plain(name) for role, name in held if role == seat)
        mine = [each for each in questions if each.seat == seat]
        who = f"{names} ({seat_words(seat)})" if names else seat_words(seat)
        lines.append(f"  Ask {who}: {counted(len(mine), 'question')}")
        lines += [f"    {each.binding}: {plain(each.sentence, most=400)}" for each in mine]
    return lines
