"""Whose evidence a file is, as a person says it: the side, and who makes the file."""

from __future__ import annotations

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.model.people import Side
from gonogo.model.program import Binding


def whose(program: OpenProgram, binding: Binding, side: str, producer: str) -> tuple[str, str]:
    """Return the side of a file and who makes it; who belongs to the new side, where only the side was corrected.

    Args:
        program: The program.
        binding: As it is drafted.
        side: What a person said; empty for the one that was drafted.
        producer: The same of who makes it.

    Raises:
        UsageError: There is no such side.
    """
    side, producer = side or str(binding.side), producer or binding.producer
    if side not in set(Side):
        raise UsageError(f"`{side}` is no side; choose customer, provider or independent.")
    makers = program.terms().makers
    if side != str(binding.side) and producer == makers.get(binding.side):
        producer = makers.get(side, producer)
    return side, producer
