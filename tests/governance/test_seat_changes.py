"""A lock does not freeze people, and nobody takes or leaves a seat in the time before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gonogo.governance.seat_changes import holds, known_people, seat_changes
from gonogo.model.people import Delegation, PeopleRegister, Tenure
from gonogo.model.seats import Seats

SPONSOR, MANAGER = "customer.executive_sponsor", "provider.program_manager"
LOCK, SEEN, DAY = date(2027, 1, 5), date(2027, 4, 10), timedelta(days=1)
OSEI = Tenure(role=SPONSOR, person="osei", name="Marguerite Osei", start=date(2026, 6, 1))


def puppet(start=None, end=None, role=SPONSOR):
    return Tenure(role=role, person="zoe", name="Zoe Park", start=start, end=end)


def lent(start, end=date(2027, 12, 31)):
    return Delegation(role=SPONSOR, by="osei", to="zoe", name="Zoe Park", purpose="Leave", start=start, end=end)


def changes(was, now):
    """What differs between two lists of entries; every change was seen on one day."""

    def register(entries):
        return PeopleRegister(
            tenures=tuple(each for each in entries if isinstance(each, Tenure)),
            delegations=tuple(each for each in entries if isinstance(each, Delegation)),
        )

    after = register(now)
    found = seat_changes([(LOCK, Seats.of(register(was)))], Seats.of(after), SEEN)
    return found, known_people(after, found)


def test_people_who_did_not_change_are_not_said():
    """A page that names everybody names nobody."""
    found, people = changes([OSEI, lent(LOCK)], [OSEI, lent(LOCK)])

    assert found == ()
    assert people.tenures == (OSEI,)


@pytest.mark.parametrize(
    ("start", "past"), [(None, True), (LOCK - DAY, True), (LOCK, False), (LOCK + DAY, False), (SEEN, False)]
)
def test_a_new_holder_who_claims_days_before_the_lock_counts_since_they_are_known(start, past):
    """Both sides locked with others in these seats; a sponsor of last year who appears in April signed nothing then."""
    found, people = changes([OSEI], [OSEI, puppet(start)])

    (one,) = found
    assert (one.person, one.past, one.gone) == ("zoe", past or None, None)
    for day in (LOCK - DAY, SEEN - DAY):
        covers = start is None or start <= day
        assert ("zoe" in people.holders(SPONSOR, day)) is (covers and not past)
    assert ("zoe" in people.holders(SPONSOR, SEEN)) is True
    assert ("and claims days before the lock: what was signed by it before 2027-04-10" in one.sentence) is past


@pytest.mark.parametrize(
    ("now", "past"),
    [
        (OSEI.model_copy(update={"end": date(2027, 3, 1)}), [None, None]),
        (OSEI.model_copy(update={"end": LOCK + DAY}), [None, None]),
        (OSEI.model_copy(update={"end": LOCK}), [None, None]),
        (OSEI.model_copy(update={"end": LOCK - DAY}), [None, True]),
        (OSEI.model_copy(update={"start": date(2026, 5, 31)}), [True, None]),
        (OSEI.model_copy(update={"start": date(2026, 6, 2)}), [None, True]),
        (OSEI.model_copy(update={"start": None}), [True, None]),
    ],
)
def test_other_days_of_a_holder_are_about_the_past_only_where_they_say_otherwise_of_it(now, past):
    """A person who leaves office after the lock is no contradiction; one who never held it is."""
    found, _ = changes([OSEI], [now])

    assert [each.past for each in found] == past
    assert [each.gone for each in found] == [None, True]


def test_a_holder_whose_first_day_is_moved_back_keeps_the_days_of_the_lock():
    """What they signed in the office that they had still counts."""
    earlier = OSEI.model_copy(update={"start": date(2026, 1, 1)})
    _, people = changes([OSEI], [earlier])

    assert "osei" not in people.holders(SPONSOR, date(2026, 3, 1))
    assert "osei" not in people.holders(SPONSOR, date(2026, 5, 31))
    assert "osei" in people.holders(SPONSOR, SEEN)
    assert "osei" in people.holders(SPONSOR, date(2026, 6, 1))
    assert "osei" in people.holders(SPONSOR, SEEN - DAY)


def test_a_holder_who_is_dropped_may_have_held_the_seat_until_it_is_known():
    """A program manager who was never one would accept items of the time when they were; nobody signs by it."""
    found, people = changes([puppet(role=MANAGER)], [])

    (one,) = found
    assert (one.gone, one.past) == (True, True)
    assert "zoe" in people.may_hold(MANAGER, SEEN - DAY)
    assert "zoe" not in people.may_hold(MANAGER, SEEN)
    assert "zoe" not in people.holders(MANAGER, SEEN - DAY)
    assert one.sentence.endswith("; until then, rules that ask for somebody else still know it")


@pytest.mark.parametrize(("end", "back"), [(SEEN - DAY, True), (SEEN, True), (SEEN + DAY, True), (LOCK - DAY, True)])
def test_it_does_not_outlast_its_own_last_day(end, back):
    """What was to end, ends."""
    _, people = changes([puppet(end=end, role=MANAGER)], [])

    assert ("zoe" in people.may_hold(MANAGER, min(end, SEEN - DAY))) is back
    assert "zoe" not in people.may_hold(MANAGER, min(end, SEEN - DAY) + DAY)


@pytest.mark.parametrize(("start", "past"), [(LOCK - DAY, True), (LOCK, False)])
def test_a_seat_that_is_lent_for_the_past_gives_nothing_there(start, past):
    """It still links the two, since a doubt counts as one person."""
    found, people = changes([OSEI], [OSEI, lent(start)])

    assert [each.past for each in found] == [past or None]
    assert ("zoe" in people.holders(SPONSOR, SEEN - DAY)) is not past
    assert "zoe" in people.holders(SPONSOR, SEEN)
    assert people.one_person("osei", "zoe", SEEN - DAY)


def test_a_seat_that_was_lent_is_not_forgotten():
    """Lender and borrower acted as one until the line was taken out."""
    found, people = changes([OSEI, lent(LOCK - DAY)], [OSEI])

    assert [(each.gone, each.past) for each in found] == [(True, True)]
    assert people.one_person("osei", "zoe", SEEN - DAY)
    assert not people.one_person("osei", "zoe", SEEN)


def test_why_somebody_has_no_seat_is_said_as_it_is():
    """The register has them, so *not in the register* would be untrue."""
    _, people = changes([OSEI], [OSEI, puppet()])

    since = f"stands in the people register as {SPONSOR} on 2027-04-09 only since it was changed"
    assert people.why_no_seat("zoe", SPONSOR, SEEN - DAY) == f"{since}, and counts from 2027-04-10"
    assert people.why_no_seat("zoe", MANAGER, SEEN) == f"is not in the people register as {MANAGER} on 2027-04-10"


@pytest.mark.parametrize(
    ("role", "person", "held"),
    [(SPONSOR, "osei", True), (SPONSOR, "zoe", True), (MANAGER, "osei", False), (SPONSOR, "other", False)],
)
def test_who_held_a_seat_at_the_lock_is_known_by_person_and_seat(role, person, held):
    """A borrower is one who held it."""
    register = PeopleRegister(tenures=(OSEI,), delegations=(lent(LOCK),))

    assert holds(Seats.of(register), role, person) is held


def recorded(*registers, now, today=SEEN):
    """What differs where each day has its register; the first is that of the lock."""
    found = seat_changes(
        [(day, Seats.of(PeopleRegister(tenures=entries))) for day, entries in registers],
        Seats.of(PeopleRegister(tenures=now)),
        today,
    )
    return found, known_people(PeopleRegister(tenures=now), found)


@pytest.mark.parametrize(
    ("start", "run", "counts_from"),
    [
        (date(2027, 3, 1), date(2027, 2, 28), None),
        (date(2027, 3, 1), date(2027, 3, 1), date(2027, 3, 2)),
        (date(2027, 3, 1), date(2027, 3, 20), date(2027, 3, 21)),
        (date(2027, 3, 1), SEEN, SEEN),
    ],
)
def test_a_first_day_on_which_a_run_did_not_find_the_holder_is_none(start, run, counts_from):
    """Between lock and appointment each run looked; what it did not find was written later."""
    found, people = recorded((LOCK, (OSEI,)), (run, (OSEI,)), now=(OSEI, puppet(start)))

    (one,) = found
    assert (one.counts_from, one.past) == (counts_from, None)
    first = counts_from or start
    assert "zoe" in people.holders(SPONSOR, first)
    assert "zoe" not in people.holders(SPONSOR, first - DAY)


@pytest.mark.parametrize("runs", [0, 1, 2])
def test_it_is_known_since_the_first_of_the_runs_that_found_it_to_the_last(runs):
    """A run in between that did not find it begins anew."""
    day = date(2027, 3, 1)
    known = [(day + each * DAY, (OSEI, puppet())) for each in range(runs)]
    found, _ = recorded((LOCK, (OSEI,)), (day - DAY, (OSEI,)), *known, now=(OSEI, puppet()))

    assert [each.seen for each in found] == [day if runs else SEEN]


def test_a_holder_who_came_and_went_after_the_lock_is_not_forgotten():
    """Appointed in February by the record, and by the register of today never: they do not accept for March."""
    manager = puppet(date(2027, 2, 1), role=MANAGER)
    found, people = recorded((LOCK, (OSEI,)), (date(2027, 3, 1), (OSEI, manager)), now=(OSEI,))

    assert [(each.person, each.gone, each.past) for each in found] == [("zoe", True, True)]
    assert "zoe" in people.may_hold(MANAGER, date(2027, 3, 15))
    assert "zoe" not in people.holders(MANAGER, date(2027, 3, 15))


def test_the_unit_that_somebody_heads_is_part_of_the_seat():
    """A head of one unit who was always head of another would accept what hits that one."""
    head = Tenure(role="customer.unit_head", person="zoe", name="Zoe Park", unit="Travel")
    found, people = changes([head], [head.model_copy(update={"unit": "Payroll"})])

    assert [(each.unit, each.gone) for each in found] == [("Payroll", None), ("Travel", True)]
    assert people.units("zoe", "customer.unit_head", SEEN - DAY) == frozenset()
    assert people.units("zoe", "customer.unit_head", SEEN) == {"Payroll"}
