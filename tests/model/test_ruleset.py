"""Ladders, milestones and what a criterion derives from its id."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.model.ruleset import (
    ApprovalRule,
    Criterion,
    DecisionPolicy,
    Domain,
    Parameter,
    Rung,
    Severity,
    days_before,
    literal_text,
)

MILESTONES = ("T-90", "T-60", "T-30", "T-14", "T-5", "T-0")
LADDER = Parameter(
    name="min_completion",
    ladder=tuple(
        Rung(milestone=milestone, value=parse_literal(value))
        for milestone, value in {"T-60": "25%", "T-30": "60%", "T-14": "85%", "T-0": "98%"}.items()
    ),
)


def criterion(**changes: object) -> Criterion:
    """Return the training criterion, changed."""
    plain = {
        "id": "workforce.training.completion",
        "title": "t",
        "statement": "s",
        "why": "w",
        "severity": Severity.MANDATORY,
        "require": parse_requirement("training.completed_ratio >= min_completion"),
        "parameters": (LADDER,),
        "max_age_s": 7 * 86400,
        "owner": "customer.functional_lead",
        "attest": ("customer.functional_lead",),
        "remedy": "r",
        "source": ("M3",),
    }
    return Criterion(**(plain | changes))


class TestParameter:
    @pytest.mark.parametrize(
        ("days", "value"),
        [
            (200, "25%"),
            (61, "25%"),
            (60, "25%"),
            (31, "25%"),
            (30, "60%"),
            (14, "85%"),
            (1, "85%"),
            (0, "98%"),
            (-5, "98%"),
        ],
    )
    def test_the_last_rung_that_is_reached_counts(self, days, value):
        """Before the first rung the first counts, after go-live the last: never an easier bar than was agreed."""
        assert literal_text(LADDER.at(days)) == value

    @given(st.integers(-400, 999))
    def test_a_constant_never_changes(self, days):
        """It has no rungs to climb."""
        constant = Parameter(name="word", constant=parse_literal('"signed"'))

        assert literal_text(constant.at(days)) == '"signed"'

    @given(st.lists(st.integers(0, 999), min_size=1, max_size=8, unique=True), st.integers(-10, 1000))
    def test_a_ladder_reads_like_a_calendar(self, rungs, days):
        """Of the rungs whose day has come the latest counts; before any has come, the first."""
        rungs.sort(reverse=True)
        ladder = Parameter(
            name="p", ladder=tuple(Rung(milestone=f"T-{rung}", value=parse_literal(str(rung))) for rung in rungs)
        )

        reached = [rung for rung in rungs if rung >= days]

        assert literal_text(ladder.at(days)) == str(reached[-1] if reached else rungs[0])

    @pytest.mark.parametrize("text", ["95%", "3", "0.05", "7d", "12h", "true", "false", '"signed"', '"say \\"so\\""'])
    def test_a_literal_is_written_as_its_author_would(self, text):
        """Reports show the threshold as the ruleset has it."""
        assert literal_text(parse_literal(text)) == text


class TestPolicy:
    @pytest.mark.parametrize(
        ("days", "milestone"),
        [(91, None), (90, "T-90"), (61, "T-90"), (60, "T-60"), (5, "T-5"), (1, "T-5"), (0, "T-0"), (-30, "T-0")],
    )
    def test_the_milestone_in_force_is_the_last_that_is_reached(self, days, milestone):
        """After go-live it stays T-0."""
        assert DecisionPolicy(milestones=MILESTONES).in_force(days) == milestone

    def test_the_caps_are_three_in_a_domain_and_eight_in_all(self):
        """What a CONDITIONAL GO bears when nobody says otherwise."""
        policy = DecisionPolicy(milestones=MILESTONES)

        assert (policy.rule, policy.cap_domain, policy.cap_total) == (ApprovalRule.CAPS, 3, 8)

    @pytest.mark.parametrize("name", ["T-01", "T+5", "T-", "t-5", "T-1000", "T-5 ", "90"])
    def test_a_milestone_has_one_spelling(self, name):
        """Two spellings of one day would be two rungs."""
        with pytest.raises(ValidationError):
            DecisionPolicy(milestones=(name,))

    def test_days_are_counted_to_go_live(self):
        """The number in the name."""
        assert [days_before(name) for name in MILESTONES] == [90, 60, 30, 14, 5, 0]


class TestCriterion:
    @pytest.mark.parametrize("domain", Domain)
    def test_the_domain_is_the_first_segment_of_the_id(self, domain):
        """Nobody can file a criterion under another domain than its id says."""
        assert criterion(id=f"{domain}.training.completion").domain is domain

    def test_facts_are_named_once_the_requirements_first(self):
        """Reports list them in the order in which a reader meets them."""
        found = criterion(
            require=parse_requirement("b.two >= 1 and a.one >= 2 and b.two <= 9"),
            not_applicable_when=parse_requirement("c.three == 0 or a.one == 0"),
        )

        assert found.facts == ("b.two", "a.one", "c.three")

    def test_its_rungs_are_the_milestones_at_which_it_begins_to_ask_more(self):
        """Before its first rung a ladder already uses it, so that nothing changes there."""
        assert criterion().rungs == ("T-30", "T-14", "T-0")
        assert criterion(parameters=()).rungs == ()

    def test_it_is_recorded_in_the_words_of_its_author(self):
        """The log shows the requirement, not a syntax tree."""
        document = criterion().document()

        assert document["require"] == "training.completed_ratio >= min_completion"
        assert document["parameters"][0]["ladder"][0] == {"milestone": "T-60", "value": "25%"}

    @pytest.mark.parametrize("changes", [{"max_age_s": 0}, {"id": "workforce"}, {"source": ("",)}, {"owner": "nobody"}])
    def test_what_could_never_be_judged_or_owned_is_refused(self, changes):
        """Evidence that is stale at once, a criterion without domain, an owner who is no seat."""
        with pytest.raises(ValidationError):
            criterion(**changes)


@pytest.mark.parametrize(("severity", "word"), [("mandatory", "High"), ("conditional", "Medium"), ("advisory", "Low")])
def test_m3_has_a_word_for_each_severity(severity, word):
    """Reports print M3's words beside ours."""
    assert Severity(severity).m3_criticality == word


def test_percentages_are_exact():
    """2.3% is 23/1000, not the nearest double."""
    literal = parse_literal("2.3%")

    assert literal.value == Decimal("0.023")
