"""Bindings that wait because of a newer file: how the program file says so, and how they are read again. Pure."""

from __future__ import annotations

from gonogo.first_week.adding.binding_lines import with_part
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.prose import quoted

WAITS_FOR = "waits_for"


def stopped(lines: ProgramLines, binding: str, question: str, path: str) -> ProgramLines:
    """Return the program file with a confirmed binding that waits until somebody says what becomes of a newer file.

    Args:
        lines: The file.
        binding: Id of the binding.
        question: What is asked above it.
        path: Of the newer file.
    """
    lines = lines.asking(lines.line_of(binding), question)
    lines = lines.unconfirmed(lines.line_of(binding))
    return with_part(lines, binding, WAITS_FOR, [f"{WAITS_FOR}: {quoted(path)}"], after="confirmed")


def settled(lines: ProgramLines, binding: str) -> ProgramLines:
    """Return the program file with a binding that waits for no file any more, and whose question is answered."""
    lines = with_part(lines, binding, WAITS_FOR, [])
    return lines.without_questions(lines.line_of(binding))


def read_again(lines: ProgramLines, binding: str) -> ProgramLines:
    """Return the program file with a binding that is read again as it was confirmed, because its file is settled."""
    return with_part(settled(lines, binding), binding, "confirmed", [])
