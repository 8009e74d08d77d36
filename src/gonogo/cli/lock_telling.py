"""What `gonogo lock` prints: what is frozen, who approves it, what it lacks, and the next step."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gonogo.cli.output import tell

if TYPE_CHECKING:
    from gonogo.workflow.locking import Lockable


def tell_what(found: Lockable) -> None:
    """Print what a lock of a program freezes."""
    from gonogo.governance.lock_words import content_words

    tell(f"A lock of {found.program} freezes (content {found.content.digest()[:16]}):")
    for line in content_words(found.content):
        tell(f"  {line}")


def tell_differences(found: Lockable) -> None:
    """Print how the files differ from the last agreed lock."""
    from gonogo.core.wording import recorded_day
    from gonogo.governance.lock_words import difference_lines, stale_lines

    assert found.history is not None
    agreed = found.history.agreed.lock
    tell(f"Changed since lock {agreed.number} of {recorded_day(agreed.locked_at)}, the last that both sides agreed to:")
    for line in difference_lines(found.differences):
        tell(f"  {line}")
    for line in stale_lines(found.content, found.differences):
        tell(f"  {line}")
    if not found.differences and found.history.uncontrolled:
        tell("  nothing: the files are what was agreed, and changes since then lack an approval")
    for line in _seat_lines(found):
        tell(f"  {line}")
    if found.loosens and found.in_freeze:
        tell("It loosens inside the freeze; every later report flags that.")


def _seat_lines(found: Lockable) -> list[str]:
    """Return who holds a seat otherwise than at the last agreed lock; who approves a change sees who is new."""
    return [f"seat: {each.sentence}." for each in found.seats]


def write_draft(found: Lockable, path: Path, now: datetime) -> None:
    """Write a file of approvals to fill in, and say so."""
    from gonogo.cli.publish import write
    from gonogo.governance.approval_file import draft_text
    from gonogo.governance.lock_words import (
        content_words,
        difference_lines,
        reviewer_asked,
        seats_asked,
        stale_lines,
    )

    people, history = found.loaded.people, found.history
    today = found.loaded.program.identity.local_date(now)
    changed = (
        *difference_lines(found.differences),
        *stale_lines(found.content, found.differences),
        *_seat_lines(found),
    )
    comments = (*content_words(found.content),) if history is None else changed
    text = draft_text(
        found.program,
        found.content.digest(),
        seats=seats_asked(found.rules, people, today),
        changes=history.agreed.lock.content if history is not None else None,
        comments=comments,
        review=reviewer_asked(found.rules, people, today) if history is not None and found.loosens else None,
    )
    log = found.loaded.root / found.loaded.program.log
    write(text.encode(), path, log=log, hint="name another file")
    tell_unfit(found, now)
    tell(f"{path} is to be filled in, then given with --approvals.")


def tell_unfit(found: Lockable, now: datetime) -> None:
    """Print why the approvals could not count, whatever people write: a form must not fail after it was signed."""
    from gonogo.governance.lock_words import unfit_lines

    loaded = found.loaded
    today = loaded.program.identity.local_date(now)
    review = found.history is not None and found.loosens
    for line in unfit_lines(found.rules, loaded.people, today, review=review):
        tell(f"cannot be signed: {line}")


def tell_answer(found: Lockable, recorded: bool, lacks: tuple[str, ...], now: datetime) -> int:
    """Print whether it is locked now, what it lacks, and the next step; return the exit code."""
    from gonogo.core.wording import listing, seat_words
    from gonogo.documents.files import shown

    for sentence in lacks:
        tell(f"lacks: {sentence}")
    if not recorded:
        tell_unfit(found, now)
        seats = listing([seat_words(seat) for seat in found.rules.approve], most=18)
        tell(f"Nothing was locked. It is approved by {seats}.")
        tell("next: write the approvals with `--draft FILE`, fill them in, and give them with `--approvals FILE`")
        return 1
    number = 1 if found.history is None else found.history.last.lock.number + 1
    root = found.loaded.root
    log, where = shown(root / found.loaded.program.log), shown(root / "gonogo.lock")
    tell(f"Locked: lock {number} of {found.program}, recorded in {log} and written to {where}.")
    if found.content.adopt is not None:
        tell("Adopting more criteria is a change of this lock: edit `adopt:`, then `gonogo lock amend`.")
    if lacks:
        tell("It is an uncontrolled change: every run is NO-GO until both sides agree to what there is.")
    return 0


def tell_standing(found: Lockable) -> int:
    """Print how the files of a locked program stand to its lock; return the exit code."""
    from gonogo.governance.lock_words import difference_lines, history_lines
    from gonogo.governance.locked_content import lock_differences
    from gonogo.workflow.locking import write_again

    assert found.history is not None
    *_, last = found.history.locks
    for line in history_lines(found.history):
        tell(line)
    if write_again(found) is not None:
        tell("gonogo.lock was not as the audit log has it, and was written again from the log.")
    differences = lock_differences(last.content, found.content)
    for line in _seat_lines(found):
        tell(line)
    if not differences:
        tell("The files are what was locked.")
        return 0
    tell("The files are not what was locked:")
    for line in difference_lines(differences):
        tell(f"  {line}")
    tell("next: put the files back, or change the lock with `gonogo lock amend`")
    return 5
