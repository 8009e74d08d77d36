"""What the program file adds to the rules and a lock freezes with them: adoption, authority, plugins, `accept`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.core.adopted_words import NOTHING_DECIDED, adopted_words, left_out_words
from gonogo.governance.lock_words import ACCEPTED, approval_words, plugin_words
from gonogo.model.lock import LockStanding
from gonogo.model.program import Program
from gonogo.model.ruleset import Criterion, Ruleset
from gonogo.paper.paper_page import PaperBlock, PaperTable, Paragraph, Title
from gonogo.report.words import weight

ADOPTED: Final = "Adopted criteria"
NOT_ADOPTED: Final = "not yet adopted, so nobody is asked for it"
NOT_ADOPTED_CAPTION: Final = "Criteria that are not yet adopted"


def is_asked(program: Program, criterion: Criterion) -> bool:
    """Return whether a program has adopted a criterion; a standing hold is always asked."""
    return program.adopt is None or criterion.is_hold or criterion.id in program.adopt


def adoption_words(program: Program, ruleset: Ruleset, lock: LockStanding | None) -> str:
    """Return which criteria the program has adopted, from where, and who agreed to that; empty where all are."""
    if program.adopt is None:
        return ""
    return f"{adopted_words(program.adopt, f'{ruleset.name}@{ruleset.version}')}. {_agreed_by(lock)}"


def _agreed_by(lock: LockStanding | None) -> str:
    if lock is None:
        return "Nobody has agreed to this yet: the program file names nobody, and it is not locked."
    if lock.broken or lock.uncontrolled:
        return "Nobody has agreed to these files as they are."
    return f"Agreed to in lock {lock.number} by {approval_words(lock.approved_by)}."


def program_blocks(program: Program, ruleset: Ruleset, lock: LockStanding | None) -> Iterator[PaperBlock]:
    """Yield what the program file adds; nothing where it adds nothing."""
    if program.adopt is not None:
        yield Title(1, ADOPTED)
        yield Paragraph(f"{adoption_words(program, ruleset, lock)} {NOTHING_DECIDED}")
        left = [each for each in ruleset.criteria if not is_asked(program, each)]
        if left:
            counted = left_out_words(program.adopt, {each.id: each.severity for each in ruleset.criteria})
            yield Paragraph(f"Not adopted: {counted}.")
            rows = tuple((each.id, each.title, weight(each.severity), each.domain.value) for each in left)
            yield PaperTable(NOT_ADOPTED_CAPTION, ("Criterion", "Title", "Weight", "Domain"), rows)
    if not (program.authority or program.allow or program.accept_conditional):
        return
    yield Title(1, "What the program file adds")
    if program.authority:
        yield PaperTable("Facts that one source settles", ("Fact", "Source"), tuple(sorted(program.authority.items())))
    if program.allow:
        plugins = tuple((plugin_words(each),) for each in program.allow)
        yield PaperTable("Plugins that may run", ("Plugin",), plugins)
    if program.accept_conditional:
        yield Paragraph(f"{ACCEPTED}.")
