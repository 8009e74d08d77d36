"""Which table is the plan that test results answer to: the one whose ids the results name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gonogo.first_week.file_kinds import Recognized
from gonogo.first_week.prose import ascii_words


@dataclass(frozen=True, slots=True)
class PlanFound:
    """A test plan.

    Attributes:
        path: Relative to the program's folder.
        column: Heading of the ids.
        rule: What of a test case is the id: ``name`` or ``classname.name``.
    """

    path: str
    column: str
    rule: str


def prefix_of(path: str, prefixes: Mapping[str, str]) -> str:
    """Return the prefix of which a path speaks, ``sit`` for ``integration``; nothing where it names none or two."""
    found = {prefixes[word] for word in ascii_words(path) if word in prefixes}
    return found.pop() if len(found) == 1 else ""


def find_plan(results: Sequence[Recognized], tables: Sequence[Recognized]) -> PlanFound | None:
    """Return the one table with a column that holds half of the ids that both heads show; None for none or two."""
    names = {name for entry in results for _, name in entry.tests}
    full = {f"{owner}.{name}" for entry in results for owner, name in entry.tests}
    found = []
    for table in tables:
        for index, heading in enumerate(table.header):
            ids = {row[index] for row in table.rows}
            for rule, known in (("name", names), ("classname.name", full)):
                if ids and known and 2 * len(ids & known) >= min(len(ids), len(known)):
                    found.append(PlanFound(table.path, heading, rule))
    paths = {entry.path for entry in found}
    return found[0] if len(paths) == 1 else None
