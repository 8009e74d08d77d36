"""What of a program waits for a person, and what because of a newer file; the one command that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from gonogo.first_week.prose import counted
from gonogo.model.program import Binding
from gonogo.text import listed


def waiting_words(bindings: Sequence[Binding]) -> list[str]:
    """Return what waits, a sentence each: because of a newer file, and for a person who checks a draft.

    Args:
        bindings: Of the program, as it is written now.
    """
    drafts = [each.id for each in bindings if each.confirmed is not None and not each.waits_for]
    files = list(dict.fromkeys(each.waits_for for each in bindings if each.waits_for))
    found = []
    if files:
        names = [each.id for each in bindings if each.waits_for]
        found.append(
            f"{listed(names)} {'waits' if len(names) == 1 else 'wait'} because of {counted(len(files), 'newer file')}: "
            f"`gonogo add PROGRAM {quote(files[0])}` says how to settle {'it' if len(files) == 1 else 'the first'}."
        )
    if drafts:
        many = f"{counted(len(drafts), 'binding')} of the program {'waits' if len(drafts) == 1 else 'wait'}"
        found.append(f"{many} for a person: check them, then `gonogo add PROGRAM --confirm`.")
    return found
