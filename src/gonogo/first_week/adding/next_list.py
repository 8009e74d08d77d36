"""The next version of a bound list under a name of its own: known by its headings, its rows and the words of its name.

Offices call the list of this week otherwise than that of the last one. It is the same list only if it has the same
headings and lost no row, and no other bound file is as near.
"""

from __future__ import annotations

from gonogo.first_week.adding.bound_paths import read_now
from gonogo.first_week.adding.next_update import compares_updates
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.whole_list import holds_all_of
from gonogo.first_week.drafts.draft_terms import side_of
from gonogo.first_week.put_away import headings_of
from gonogo.first_week.series import in_series
from gonogo.model.program import Binding
from gonogo.plugin.inputs.same_words import same_words


def next_of_list(program: OpenProgram, path: str) -> str:
    """Return the one bound file of which a file is another version by its content; empty where there is none.

    Args:
        program: The program.
        path: Of the file.
    """
    mine = headings_of(program.root / path)
    if not mine or in_series(path).aside:
        return ""
    found = {
        old: readers
        for old, readers in _bound(program).items()
        if _is_beside(path, old) and headings_of(program.root / old) == mine
    }
    if len(found) != 1:
        return ""
    [(old, readers)] = found.items()
    if not all(holds_all_of(each, program.root / old, program.root / path) for each in readers):
        return ""
    return old if same_words(path.rpartition("/")[2], old.rpartition("/")[2]) else ""


def _bound(program: OpenProgram) -> dict[str, list[Binding]]:
    """Return the files that bindings read today, with those bindings."""
    found: dict[str, list[Binding]] = {}
    for binding in (each for each in program.bindings if not compares_updates(each)):
        for words in (words for entry in binding.inputs for words in entry.paths):
            if old := read_now(program, words):
                found.setdefault(old, []).append(binding)
    return found


def _is_beside(path: str, old: str) -> bool:
    """Whether two files are of one folder, but for a day in its name, and of one form."""
    mine, other = in_series(path), in_series(old)
    return (
        path != old
        and not other.aside
        and mine.series[0] == other.series[0]
        and side_of(path) == side_of(old)
        and path.rpartition(".")[2].lower() == old.rpartition(".")[2].lower()
    )
