"""What a policy may say of the lock: every mistake at its place, and nothing said where nothing is meant."""

import pytest

from gonogo.documents.shape import Document, read_sheet
from gonogo.model.people import M3_ROLES
from gonogo.model.ruleset import LockPolicy
from gonogo.ruleset.lock_policy import LockPolicyDocument, lock_policy_of, lock_policy_problems

SEATS = (*M3_ROLES, "independent.ivv")


class Policy(Document):
    """A policy that says nothing else."""

    lock: LockPolicyDocument | None = None


class Rules(Document):
    """A ruleset that has nothing else."""

    policy: Policy


def read(text):
    sheet = read_sheet(f"policy:\n  lock: {text}\n".encode(), "ruleset.yaml", Rules)
    said = sheet.document.policy.lock if sheet.document is not None else None
    return said, [*sheet.problems, *lock_policy_problems(sheet, said, SEATS)]


def test_what_is_said_is_what_counts():
    """An agency may ask for four people, an independent verifier and another freeze."""
    said, problems = read(
        "{approve: [customer.executive_sponsor, provider.executive_sponsor], review: [independent.ivv], freeze: T-14}"
    )

    assert problems == []
    assert lock_policy_of(said) == LockPolicy(
        approve=("customer.executive_sponsor", "provider.executive_sponsor"), review=("independent.ivv",), freeze="T-14"
    )


def test_a_policy_that_says_nothing_keeps_its_form():
    """Rulesets of before have the digest that they had."""
    assert lock_policy_of(None) is None


BOTH = "customer.executive_sponsor, provider.executive_sponsor"


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("{approve: [customer.executive_sponsor]}", "[", "no seat of the provider is named"),
        ("{approve: [provider.executive_sponsor]}", "[", "no seat of the customer is named"),
        ("{approve: [customer.sponsor, provider.executive_sponsor]}", "customer", "'customer.sponsor' is not a seat"),
        (f"{{approve: [{BOTH}, provider.executive_sponsor]}}", "provider.executive_sponsor]", "appears twice"),
        ("{review: [independent.reviewer]}", "independent", "'independent.reviewer' is not a seat"),
        (f"{{approve: [{BOTH}], review: [provider.executive_sponsor]}}", "provider", "cannot review a change of it"),
        ("{freeze: 30d}", "30d", "`30d` is not a milestone"),
        ("{aprove: [customer.executive_sponsor]}", "aprove", "`aprove` is not known here"),
        ("{approve: []}", "[", "it is empty"),
    ],
)
def test_each_mistake_is_shown_at_its_place(text, at, what):
    """Who locks the criteria is not a thing to guess."""
    found = read(text)[1]
    column = len("  lock: ") + text.rindex(at) + 1

    assert [(problem.where, what in problem.what) for problem in found] == [(f"ruleset.yaml:2:{column}", True)]
