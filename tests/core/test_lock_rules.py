"""Who locks, who reviews and how long the freeze is: what a policy says, what it leaves out, and both together."""

import pytest

from gonogo.core.lock_rules import DEFAULT_APPROVERS, DEFAULT_REVIEWERS, LockRules
from gonogo.model.ruleset import DecisionPolicy, LockPolicy, Ruleset


def rules(offices=(), **said):
    policy = DecisionPolicy(milestones=("T-0",), lock=LockPolicy(**said) if said else None)
    return LockRules.of(
        Ruleset(name="r", version="1", title="R", criteria=(), policy=policy, offices=offices, material_sha256="0" * 64)
    )


def test_a_policy_that_says_nothing_asks_leadership_of_both_sides():
    """M3 3.5 asks that, whatever ruleset an agency uses."""
    assert rules() == LockRules(DEFAULT_APPROVERS, DEFAULT_REVIEWERS, 30)


def test_an_independent_seat_reviews_where_the_rules_have_one():
    """A verifier who reports to both sponsors is further from the result than a risk manager."""
    assert rules(offices=("customer.auditor", "independent.ivv")).review == ("independent.ivv",)


def test_what_a_policy_says_is_what_it_asks():
    """An agency may ask more people."""
    said = {"approve": ("customer.a", "provider.a"), "review": ("customer.b",), "freeze": "T-14"}

    assert rules(**said) == LockRules(said["approve"], said["review"], 14)


@pytest.mark.parametrize(
    ("old", "new", "joined"),
    [
        (LockRules(freeze_days=30), LockRules(freeze_days=14), 30),
        (LockRules(freeze_days=14), LockRules(freeze_days=30), 30),
    ],
)
def test_a_change_of_the_rules_keeps_the_longer_freeze(old, new, joined):
    """A change that shortens the freeze is flagged by the freeze that it shortens."""
    assert old.joined(new).freeze_days == joined


def test_a_change_of_the_rules_asks_the_old_seats_and_the_new_ones():
    """A change must not name its own approvers, nor leave out those who come."""
    old, new = LockRules(approve=("customer.a", "provider.a")), LockRules(approve=("customer.b", "provider.a"))

    assert old.joined(new).approve == ("customer.a", "provider.a", "customer.b")


@pytest.mark.parametrize(
    ("old", "new", "review"),
    [
        (("independent.a",), ("independent.b",), ("independent.a",)),
        (("independent.a", "independent.b"), ("independent.b",), ("independent.b",)),
    ],
)
def test_a_change_of_the_reviewers_is_reviewed_by_one_of_the_old(old, new, review):
    """Whom the new rules name has a part in them."""
    assert LockRules(review=old).joined(LockRules(review=new)).review == review
