"""Who may act for a seat on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gonogo.model.people import M3_OFFICES, M3_ROLES, Delegation, PeopleRegister, Side, Tenure

LEAD = "customer.functional_lead"
MONDAY = date(2027, 4, 19)
DAY = timedelta(days=1)


def tenure(person: str = "kirsch", **changes: object) -> Tenure:
    """Return an open tenure in the lead's seat, changed."""
    return Tenure(**({"role": LEAD, "person": person, "name": person.title()} | changes))


def delegation(**changes: object) -> Delegation:
    """Return a week's delegation from Kirsch to Osei, changed."""
    plain = {
        "role": LEAD,
        "by": "kirsch",
        "to": "osei",
        "name": "Osei",
        "purpose": "leave",
        "start": MONDAY,
        "end": MONDAY + 6 * DAY,
    }
    return Delegation(**(plain | changes))


class TestSeats:
    def test_m3_has_eighteen(self):
        """Nine offices on two sides; nobody is predefined on the independent side."""
        assert len(M3_ROLES) == 18
        assert {role.partition(".")[0] for role in M3_ROLES} == {Side.CUSTOMER, Side.PROVIDER}
        assert {role.partition(".")[2] for role in M3_ROLES} == set(M3_OFFICES)

    @pytest.mark.parametrize(
        "role", ["functional_lead", "vendor.lead", "customer.", "customer.Lead", "customer.a.b", ""]
    )
    def test_a_seat_is_a_side_and_an_office(self, role):
        """Anything else could be held by nobody, and a criterion would wait for ever."""
        with pytest.raises(ValidationError):
            tenure(role=role)


class TestHolders:
    def test_a_tenure_counts_on_its_first_and_last_day(self):
        """Handover days belong to somebody."""
        register = PeopleRegister(tenures=(tenure(start=MONDAY, end=MONDAY + DAY),))

        held = [bool(register.holders(LEAD, MONDAY + offset * DAY)) for offset in (-1, 0, 1, 2)]

        assert held == [False, True, True, False]

    def test_a_tenure_without_dates_always_counts(self):
        """The usual register has no dates."""
        assert PeopleRegister(tenures=(tenure(),)).holders(LEAD, date.min) == {"kirsch"}

    def test_a_tenure_that_ends_before_it_starts_is_refused(self):
        """It would be a seat that looks filled and is not."""
        with pytest.raises(ValidationError, match="ends before"):
            tenure(start=MONDAY, end=MONDAY - DAY)

    def test_a_delegate_acts_from_the_first_to_the_last_day(self):
        """A statement made the day after does not count."""
        register = PeopleRegister(tenures=(tenure(),), delegations=(delegation(),))

        acting = ["osei" in register.holders(LEAD, MONDAY + offset * DAY) for offset in (-1, 0, 6, 7)]

        assert acting == [False, True, True, False]

    @pytest.mark.parametrize(
        "changes",
        [{"by": "osei"}, {"by": "unknown"}, {"role": "provider.functional_lead"}],
        ids=["to oneself", "by a stranger", "of a seat one does not hold"],
    )
    def test_nobody_lends_a_seat_that_they_do_not_hold(self, changes):
        """Otherwise anybody could appoint themselves."""
        register = PeopleRegister(tenures=(tenure(),), delegations=(delegation(**changes),))

        for role in (LEAD, "provider.functional_lead"):
            assert "osei" not in register.holders(role, MONDAY)

    def test_a_delegation_made_before_the_holder_took_office_is_void(self):
        """The power was not theirs to lend on that day."""
        late = tenure(start=MONDAY + DAY)
        register = PeopleRegister(tenures=(late,), delegations=(delegation(),))

        assert register.holders(LEAD, MONDAY + 2 * DAY) == {"kirsch"}

    @given(st.integers(-30, 30))
    def test_nobody_holds_a_seat_that_the_register_does_not_fill(self, offset):
        """An empty seat stays empty on every day."""
        register = PeopleRegister(tenures=(tenure(),), delegations=(delegation(),))

        assert register.holders("provider.risk_manager", MONDAY + offset * DAY) == frozenset()


def test_a_person_is_of_every_side_on_which_they_ever_held_an_office():
    """Who was on both sides cannot be the independent voice."""
    register = PeopleRegister(
        tenures=(tenure(), tenure(role="provider.risk_manager", end=MONDAY), tenure("osei", role="independent.auditor"))
    )

    assert register.sides("kirsch") == {"customer", "provider"}
    assert register.sides("osei") == {"independent"}
    assert register.sides("nobody") == frozenset()


def test_delegates_have_names_too():
    """A report names who acted, not an id; the holder's own entry wins."""
    register = PeopleRegister(tenures=(tenure(),), delegations=(delegation(), delegation(to="kirsch", name="Other")))

    assert register.names == {"kirsch": "Kirsch", "osei": "Osei"}


class TestOnePerson:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Jane Smith", "SMITH, Jane"),
            ("Jane Smith", "J. Smith"),
            ("Jane Smith", "J\u0430ne Smith"),
            ("Jane Smith", "Jane\u200b Smith"),
            ("Jane Smith", "Ja\u00adne Smith"),
            ("Jane Smith", "Ｊａｎｅ Ｓｍｉｔｈ"),
            ("Jane Smith", "Jane Q. Smith"),
            ("Jane Smith", "Dr. Jane Quinn Smith"),
            ("Jane Smith", "jane.smith"),
            ("José Núñez", "Jose Nunez"),
            ("Pat O'Neil", "ONeil, Pat"),
            ("Ian Lee", "lan Lee"),
            ("\u0406van Petrov", "Ivan Petrov"),
            ("Ann Barnes", "Ann Bames"),
            ("Conrad We1d", "Conrad Weld"),
            ("Theo Brandvold", "Ted Brandvold"),
            ("Bill Smith", "Smith, William J."),
            ("Lin Marchetti", "Lynn Marchetti"),
            ("Steven Moss", "Stephen Moss"),
            ("Kathryn Moss", "Catherine Moss"),
            ("Sarah Moss", "Sara Moss"),
        ],
    )
    def test_a_name_that_reads_like_another_is_a_likely_double(self, one, other):
        """A second id with one Cyrillic letter gave the second approval."""
        register = PeopleRegister(tenures=(tenure("a1", name=one), tenure("b2", name=other)))

        assert register.doubles() == [("a1", "b2")]
        assert register.one_person("a1", "b2", MONDAY)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Jane Smith", "John Smith"),
            ("Jane Smith", "Jane Doe"),
            ("Ila Ray", "Lia Ray"),
            ("J. Smith", "K. Smith"),
            ("Tester 1", "Tester 11"),
            ("Ada Kirsch", "Ada King"),
            ("Ada Kirsch", "Ida Kirsch"),
            ("Ted Brandvold", "Theo Brand"),
            ("Maria Moss", "Mario Moss"),
            ("Yu Li", "Yuh Li"),
        ],
    )
    def test_two_people_are_two(self, one, other):
        """A register of colleagues must not be refused because some share a surname."""
        register = PeopleRegister(tenures=(tenure("a1", name=one), tenure("b2", name=other)))

        assert register.doubles() == []
        assert not register.one_person("a1", "b2", MONDAY)

    def test_ids_that_read_alike_are_one(self):
        """``0`` for ``o`` and ``1`` for ``l`` make no second person, whatever the name says."""
        register = PeopleRegister(tenures=(tenure("lola.wu", name="Lola Wu"), tenure("lo1a.wu", name="Tenn Ember")))

        assert register.doubles() == [("lola.wu", "lo1a.wu")]

    def test_the_register_may_say_that_two_are_two(self):
        """There are two Jane Smiths; the register says so on one of them, and the rules believe it."""
        second = tenure("b2", name="Jane Smith", distinct_from=("a1",))
        register = PeopleRegister(tenures=(tenure("a1", name="Jane Smith"), second))

        assert register.doubles() == []
        assert not register.one_person("a1", "b2", MONDAY)

    @pytest.mark.parametrize(("offset", "one"), [(-1, False), (0, True), (6, True), (7, False)])
    def test_who_lends_and_who_borrows_a_seat_are_one_while_it_is_lent(self, offset, one):
        """The requester's delegate approved. They are one on the first and the last day, and two a day beside."""
        register = PeopleRegister(
            tenures=(tenure(), tenure("osei", role="customer.pmo_lead")), delegations=(delegation(),)
        )
        day = MONDAY + offset * DAY

        assert register.one_person("kirsch", "osei", day) is one
        assert register.one_person("osei", "kirsch", MONDAY - 30 * DAY, day) is one

    def test_two_delegates_of_one_holder_are_one(self):
        """Otherwise one person would approve twice by lending two seats."""
        second = delegation(role="customer.pmo_lead", to="amsel", name="Amsel")
        held = (tenure(), tenure(role="customer.pmo_lead"))
        register = PeopleRegister(tenures=held, delegations=(delegation(), second))

        assert register.one_person("osei", "amsel", MONDAY)
