"""Whose list a table is, by the names of its sheet and its file: a staffing list of one side answers for no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gonogo.first_week.drafts.row_outcomes import SIDES, side_asked
from gonogo.first_week.prose import ascii_words
from gonogo.model.fact import Vocabulary
from gonogo.model.people import Side


def side_in_names(names: Iterable[str], parties: Mapping[str, str]) -> Side | None:
    """Return the side that the first name which names only one of them is about; None where none does.

    Args:
        names: Of a sheet and of its file, the narrower one first.
        parties: Side to the name of its organization.
    """
    for name in names:
        if len(found := _sides_in(name, parties)) == 1:
            return found.pop()
    return None


def _sides_in(name: str, parties: Mapping[str, str]) -> set[Side]:
    """Return the sides that a name names: by a word for it, or by the whole name of its organization."""
    words = ascii_words(name)
    return {
        side
        for side, generic in SIDES.items()
        if generic & {*words} or _together(ascii_words(parties.get(side, "")), words)
    }


def _together(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words stand one after the other in others: of an organization's name one word alone may be any."""
    many = len(wanted)
    return bool(many) and any(words[at : at + many] == wanted for at in range(len(words) - many + 1))


def side_of_group(group: str, vocabulary: Vocabulary) -> Side | None:
    """Return the one side whose people or things the facts of a group count; None where they count either's."""
    sides = {side_asked(vocabulary[name]) for name in vocabulary.names() if name.rpartition(".")[0] == group}
    return sides.pop() if len(sides) == 1 else None


def of_side(groups: Sequence[tuple[str, float]], side: Side | None, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Return the groups that a list of one side may be about, with their scores; all where nothing says whose it is."""
    return [each for each in groups if side is None or side_of_group(each[0], vocabulary) in (None, side)]


def rival_side(group: str, rivals: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether a table may as well be about the same of the other side, so that only a person knows whose it is."""
    mine = side_of_group(group, vocabulary)
    return mine is not None and any(side_of_group(each, vocabulary) not in (None, mine) for each in rivals)
