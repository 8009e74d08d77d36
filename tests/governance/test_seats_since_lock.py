"""From the lock to the run: who holds a seat otherwise than on its day is said, and takes none in the past."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.governance.conftest import SPONSORS

from gonogo.audit.history import open_history
from gonogo.model.assessment import Purpose
from gonogo.model.evidence import Gap
from gonogo.model.people import Side
from gonogo.model.seats import Seats
from gonogo.model.waiver import Approval
from gonogo.workflow.locking import judged_approvals, lockable_program
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.replay import replay

ZOE = "  - {role: customer.executive_sponsor, person: zoe.park, name: Zoe Park}\n"


def appoint(locked, line=ZOE):
    with (locked.root / "people.yaml").open("a", encoding="utf-8") as people:
        people.write(line)


def test_a_lock_records_who_held_the_seats(locked):
    """Otherwise nobody could say later who they were."""
    assert locked.found.history.last.seats == Seats.of(locked.found.loaded.people)
    assert locked.standing(now=locked.now).people is None


def test_a_sponsor_who_appears_after_the_lock_stated_nothing_before(locked):
    """One line in the register made a signature of last week one of the sponsor's."""
    appoint(locked)
    locked.edit("evidence/statements.yaml", "person: ada.kirsch", "person: zoe.park")

    assessment = locked.run().assessment

    (change,) = assessment.decision.lock.people
    today = locked.found.loaded.program.identity.local_date(datetime.now(UTC))
    assert (change.person, change.past, change.seen) == ("zoe.park", True, today)
    gaps = [each.detail for each in assessment.evidence if isinstance(each, Gap) and each.binding == "statements"]
    assert gaps
    assert all(f"and counts from {today}" in each for each in gaps)


def test_it_is_known_since_the_first_run_that_saw_it(locked):
    """A later run must not move the day, and a rehearsal does not count."""
    appoint(locked)
    assert locked.standing(now=locked.now).people is not None
    first = locked.run(purpose=Purpose.PROGRESS).assessment.decision.lock.people[0].seen

    (later,) = locked.standing(now=datetime.now(UTC) + timedelta(days=30)).people
    assert later.seen == first


def test_a_line_that_comes_back_is_known_since_then(locked):
    """A day on which the register did not say so is between."""
    text = (locked.root / "people.yaml").read_text(encoding="utf-8")
    appoint(locked)
    assess(Order(program=locked.root, purpose=Purpose.PROGRESS))
    (locked.root / "people.yaml").write_text(text, encoding="utf-8")
    assess(Order(program=locked.root, purpose=Purpose.PROGRESS))
    appoint(locked)
    later = datetime.now(UTC) + timedelta(days=30)

    (found,) = locked.standing(now=later).people
    assert found.seen == locked.found.loaded.program.identity.local_date(later)


def test_a_change_that_a_newcomer_approved_says_so_for_ever(locked):
    """Succession is lawful, and the page on which the change stands names it."""
    appoint(locked)
    locked.loosen()
    today = locked.found.loaded.program.identity.local_date(locked.now)
    signed = tuple(
        Approval(person=who.replace("ada.kirsch", "zoe.park"), role=role, on=today) for who, role in SPONSORS
    )

    made = locked.lock(approvals=locked.approved(approved_by=signed)).recorded

    assert made is not None
    assert made.change.newly_seated == (
        f"zoe.park did not hold the seat {Side.CUSTOMER}.executive_sponsor at lock 1 of {locked.now:%Y-%m-%d} UTC.",
    )


def test_a_change_that_the_locked_holders_approved_says_nothing(locked):
    """Nothing is new in their seats."""
    locked.loosen()

    made = locked.lock().recorded

    assert made is not None
    assert made.change.newly_seated is None


def test_a_lock_that_does_not_say_who_held_the_seats_compares_nothing(locked):
    """An earlier release of gonogo recorded it."""
    from gonogo.governance.lock_history import LockHistory
    from gonogo.workflow.seats_since_lock import seats_since

    appoint(locked)
    found = locked.found
    old = LockHistory((found.history.last.model_copy(update={"seats": None}),))

    assert seats_since(found.loaded, found.history, locked.now) != ()
    assert seats_since(found.loaded, old, locked.now) == ()


def test_a_newcomer_approves_no_change_in_the_time_before_they_are_known(locked):
    """A month after the lock, a line in the register would have let anybody have signed on any day of it."""
    appoint(locked)
    locked.loosen()
    later = datetime.now(UTC) + timedelta(days=30)
    lockable = lockable_program(locked.root, later)
    day = lockable.loaded.program.identity.local_date(later)

    def lacking(on):
        signed = tuple(
            Approval(person=who.replace("ada.kirsch", "zoe.park"), role=role, on=on) for who, role in SPONSORS
        )
        return judged_approvals(lockable, locked.approved(approved_by=signed), later).lacks

    assert lacking(day) == ()
    assert any(f"and counts from {day}" in each for each in lacking(day - timedelta(days=1)))


def test_a_run_under_such_a_register_is_replayed_to_its_own_digest(locked):
    """The days are taken from the decision, because the register of today says other ones."""
    appoint(locked)
    locked.edit("evidence/statements.yaml", "person: ada.kirsch", "person: zoe.park")
    made = locked.run()
    assert made.assessment.decision.lock.people
    history = open_history(locked.small.log)

    again = replay(history, history.named(made.run))

    assert (again.why, again.same) == ("", True)
