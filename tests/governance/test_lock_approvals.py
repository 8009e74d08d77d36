"""Who may approve a lock and a change of one: each rule refuses what it is there for, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gonogo.core.lock_rules import LockRules
from gonogo.governance.approval_file import Approvals
from gonogo.governance.lock_approvals import ApprovalContext, reviewed
from gonogo.model.people import Delegation, PeopleRegister, Staff, Tenure
from gonogo.model.waiver import Approval

TODAY = date(2027, 3, 10)
CUSTOMER, PROVIDER, RISK, IVV = (
    "customer.executive_sponsor",
    "provider.executive_sponsor",
    "customer.risk_manager",
    "independent.ivv",
)
PEOPLE = PeopleRegister(
    tenures=(
        Tenure(role=CUSTOMER, person="ada.kirsch", name="Ada Kirsch"),
        Tenure(role=PROVIDER, person="lin.farrant", name="Lin Farrant", start=date(2027, 3, 1)),
        Tenure(role=RISK, person="joan.pruett", name="Joan Pruett"),
        Tenure(role=IVV, person="bea.okafor", name="Bea Okafor"),
        Tenure(role="provider.technical_lead", person="bea.two", name="Noor Weld"),
        Tenure(role=IVV, person="bea.two", name="Noor Weld"),
    ),
    staff=(Staff(person="theo.brandvold", name="Theo Brandvold"),),
)
AROUND = ApprovalContext(PEOPLE, LockRules(review=(RISK, IVV)), TODAY, since=date(2027, 3, 5))


def sign(person, role, on=TODAY):
    return Approval(person=person, role=role, on=on)


BOTH = (sign("ada.kirsch", CUSTOMER), sign("lin.farrant", PROVIDER))
CHANGE = Approvals(
    content="a" * 64,
    changes="b" * 64,
    request="CR-7",
    requested_by="theo.brandvold",
    reason="The cases cannot be run in time.",
    approved_by=BOTH,
    reviewed_by=sign("bea.okafor", IVV),
)


def lacks(said, around=AROUND, *, change=True, loosens=True):
    return " ".join(reviewed(said, around, change=change, loosens=loosens).lacks)


class TestWhatIsEnough:
    def test_both_sides_and_a_reviewer_are_enough(self):
        """A controlled change is possible."""
        found = reviewed(CHANGE, AROUND, change=True, loosens=True)

        assert (found.lacks, found.counted, found.reviewer) == ((), BOTH, CHANGE.reviewed_by)

    def test_a_first_lock_needs_no_request_and_no_reviewer(self):
        """Nothing is changed yet."""
        assert lacks(Approvals(content="a" * 64, approved_by=BOTH), change=False, loosens=False) == ""

    def test_what_is_agreed_first_loosens_nothing(self):
        """Whatever is compared with it, there is no lock that a reviewer could look back on."""
        assert lacks(Approvals(content="a" * 64, approved_by=BOTH), change=False, loosens=True) == ""

    def test_a_reviewer_of_one_side_may_hold_a_seat_of_another(self):
        """Only the independent side has to be of no other; the risk manager is the customer's own."""
        more = (*PEOPLE.tenures, Tenure(role=IVV, person="joan.pruett", name="Joan Pruett"))
        around = replace(AROUND, people=PEOPLE.model_copy(update={"tenures": more}))

        assert lacks(replace(CHANGE, reviewed_by=sign("joan.pruett", RISK)), around) == ""

    def test_a_stricter_change_needs_no_reviewer(self):
        """Asking for more can let nothing through."""
        assert lacks(replace(CHANGE, reviewed_by=None), loosens=False) == ""

    def test_the_risk_manager_reviews_where_the_rules_say_so(self):
        """M3's own seats have none on the independent side."""
        assert lacks(replace(CHANGE, reviewed_by=sign("joan.pruett", RISK))) == ""


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"request": None}, "names no request"),
        ({"requested_by": None}, "Nobody says who asked"),
        ({"requested_by": "some.one"}, "some.one, who asked for it, is not in the people register"),
        ({"reason": None}, "gives no reason"),
        ({"approved_by": ()}, "the customer's executive sponsor and the provider's executive sponsor"),
        ({"approved_by": BOTH[:1]}, "No approval counts from the provider's executive sponsor"),
        ({"approved_by": BOTH[1:]}, "No approval counts from the customer's executive sponsor"),
        (
            {"approved_by": (BOTH[0], sign("joan.pruett", PROVIDER))},
            "joan.pruett is not in the people register as provider",
        ),
        ({"approved_by": (*BOTH, sign("joan.pruett", RISK))}, "no seat that approves a lock here"),
        ({"approved_by": (*BOTH, BOTH[0])}, "has approved as customer.executive_sponsor already"),
        ({"approved_by": (BOTH[0], sign("pmo", PROVIDER))}, "reads like an office"),
        ({"requested_by": "lin.farrant"}, "a person who asks for a change does not approve it"),
        ({"reviewed_by": None}, "nobody reviewed it"),
        ({"reviewed_by": sign("lin.farrant", PROVIDER)}, "provider.executive_sponsor does not review here"),
        ({"reviewed_by": sign("ada.kirsch", IVV)}, "ada.kirsch is not in the people register as independent.ivv"),
        ({"reviewed_by": sign("bea.two", IVV)}, "bea.two also holds a seat of the provider"),
        ({"reviewed_by": sign("joan.pruett", RISK), "requested_by": "joan.pruett"}, "count as one person"),
    ],
)
def test_each_thing_that_is_missing_is_said(changed, says):
    """A change that lacks it is uncontrolled, and people need to know what to bring."""
    assert says in lacks(replace(CHANGE, **changed))


@pytest.mark.parametrize(("days", "counts"), [(-1, True), (0, True), (1, False)])
def test_an_approval_is_not_of_a_day_to_come(days, counts):
    """Nobody has signed tomorrow."""
    approvals = tuple(replace_day(each, TODAY + timedelta(days=days)) for each in BOTH)

    assert (lacks(replace(CHANGE, approved_by=approvals)) == "") is counts


@pytest.mark.parametrize(("day", "counts"), [(4, False), (5, True), (6, True)])
def test_an_approval_is_not_older_than_the_lock_that_it_changes(day, counts):
    """Somebody who signed before the lock did not know what is changed."""
    approvals = tuple(replace_day(each, date(2027, 3, day)) for each in BOTH)

    assert (lacks(replace(CHANGE, approved_by=approvals)) == "") is counts


@pytest.mark.parametrize(("day", "counts"), [("2027-02-28", False), ("2027-03-01", True), ("2027-03-02", True)])
def test_a_seat_counts_from_the_day_on_which_it_is_held(day, counts):
    """A sponsor signs while being the sponsor."""
    around = replace(AROUND, since=None)
    approvals = (BOTH[0], replace_day(BOTH[1], date.fromisoformat(day)))

    assert (lacks(replace(CHANGE, approved_by=approvals), around) == "") is counts


def lending(role, by, to, *days):
    lent = Delegation(role=role, by=by, to=to, name=to, purpose="leave", start=days[0], end=days[-1])
    return replace(AROUND, people=PEOPLE.model_copy(update={"delegations": (lent,)}))


def namesake(person, name):
    """Another id that reads as the same person."""
    return replace(AROUND, people=PEOPLE.model_copy(update={"staff": (Staff(person=person, name=name),)}))


def test_a_second_id_of_an_approver_or_of_the_reviewer_does_not_ask_for_the_change():
    """An account more is no person more: who asks neither approves nor reviews."""
    for name, says in (
        ("LIN  Farrant", "a person who asks for a change does not approve it"),
        ("bea OKAFOR", "count as"),
    ):
        assert says in lacks(replace(CHANGE, requested_by="x.two"), namesake("x.two", name))


@pytest.mark.parametrize(("first", "day"), [(9, 10), (10, 10), (10, 9)])
def test_two_seats_of_one_person_are_one_approval(first, day):
    """The customer who acts in the provider's seat agrees with himself, also if he signs for his own on another day."""
    around = lending(PROVIDER, "lin.farrant", "ada.kirsch", date(2027, 3, day))
    seats = (sign("ada.kirsch", CUSTOMER, date(2027, 3, first)), sign("ada.kirsch", PROVIDER, date(2027, 3, day)))

    assert "count as one person" in lacks(replace(CHANGE, approved_by=seats), around)


@pytest.mark.parametrize(("day", "counts"), [(7, True), (8, False), (9, False), (10, True)])
def test_the_reviewer_is_nobody_who_shares_a_seat_with_an_approver_on_the_day_of_either(day, counts):
    """A risk manager who is the sponsor too lends that seat for a day, and reviews what the borrower approved then."""
    around = lending(CUSTOMER, "joan.pruett", "ada.kirsch", date(2027, 3, day))
    more = (*around.people.tenures, Tenure(role=CUSTOMER, person="joan.pruett", name="Joan Pruett"))
    around = replace(around, people=around.people.model_copy(update={"tenures": more}))
    approved = (sign("ada.kirsch", CUSTOMER, date(2027, 3, 8)), BOTH[1])
    review = sign("joan.pruett", RISK, date(2027, 3, 9))

    assert (
        "count as one person" not in lacks(replace(CHANGE, approved_by=approved, reviewed_by=review), around)
    ) is counts


def test_the_reviewer_is_nobody_whose_approval_does_not_count_either():
    """Who wanted to approve it is no stranger to it, though the seat was the wrong one."""
    said = lacks(replace(CHANGE, approved_by=(*BOTH, sign("joan.pruett", RISK)), reviewed_by=sign("joan.pruett", RISK)))

    assert "It loosens, and has no independent review: joan.pruett and joan.pruett, who asked for it" in said


@pytest.mark.parametrize(("day", "counts"), [(4, False), (5, True), (10, True), (11, False)])
def test_a_review_is_of_the_days_between_the_lock_and_today(day, counts):
    """A review of before the lock is of something else."""
    said = lacks(replace(CHANGE, reviewed_by=sign("bea.okafor", IVV, date(2027, 3, day))))

    assert (said == "") is counts


def replace_day(approval, day):
    return approval.model_copy(update={"on": day})
