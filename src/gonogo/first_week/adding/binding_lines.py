"""Parts of one binding in the lines of a program file: replaced as a whole, and notes of who corrected it. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.prose import plain

_SIGNED: Final = re.compile(r"^\s+# (?:confirmed|corrected) by ")
_MORE: Final = re.compile(r"^\s+#   ")


def digest_of_binding(lines: ProgramLines, binding: str) -> str:
    """Return the SHA-256 of the lines of a binding.

    Raises:
        UsageError: No line begins it, or it is written on one line.
    """
    start, end = lines.block(lines.line_of(binding))
    return hashlib.sha256("\n".join(lines.lines[start:end]).encode()).hexdigest()


def with_part(lines: ProgramLines, binding: str, key: str, new: Sequence[str], after: str = "") -> ProgramLines:
    """Return the file with other lines in place of a key of a binding and of what stands below it.

    Args:
        lines: The file.
        binding: Id of the binding.
        key: Of the binding.
        new: The lines in its place, without what stands before each line of a binding.
        after: Key below which it is written where it is not there yet; empty for the end.

    Raises:
        UsageError: No line begins the binding, or it is written on one line.
    """
    start, end, pad = _inside(lines, binding)
    written = [f"{pad}{line}" for line in new]
    at = _key(lines, start, end, f"{pad}{key}:")
    if at is None:
        below = _key(lines, start, end, f"{pad}{after}:") if after else None
        place = end if below is None else below + 1
        return lines.replaced(place, place, written)
    stop = at + 1
    while stop < end and (lines.lines[stop].startswith(f"{pad} ") or not lines.lines[stop].strip()):
        stop += 1
    return lines.replaced(at, stop, written)


def signed(lines: ProgramLines, binding: str, note: str, more: Sequence[str] = ()) -> ProgramLines:
    """Return the file with a comment who corrected a binding, below the one who confirmed it.

    Args:
        lines: The file.
        binding: Id of the binding.
        note: Who did it, when and why.
        more: What it changed, a line each.

    Raises:
        UsageError: No line begins the binding, or it is written on one line.
    """
    start, end, pad = _inside(lines, binding)
    notes = [f"{pad}# {plain(note, most=600)}", *(f"{pad}#   {plain(each, most=4000)}" for each in more)]
    at = next((n for n in range(end - 1, start, -1) if _SIGNED.match(lines.lines[n])), None)
    if at is None:
        keys = [n for n in range(start, end) if lines.lines[n].startswith(f"{pad}settings:")]
        place = keys[0] if keys else end
    else:
        place = at + 1
        while place < end and _MORE.match(lines.lines[place]):
            place += 1
    return lines.replaced(place, place, notes)


def _inside(lines: ProgramLines, binding: str) -> tuple[int, int, str]:
    line = lines.line_of(binding)
    _, end = lines.block(line)
    head = lines.lines[line - 1]
    return line - 1, end, " " * (len(head) - len(head.lstrip()) + 2)


def _key(lines: ProgramLines, start: int, end: int, begins: str) -> int | None:
    return next((at for at in range(start, end) if lines.lines[at].startswith(begins)), None)
