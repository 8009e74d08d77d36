"""A sentence that names what its condition no longer has is named; one that only happens to hold a number is not."""

from __future__ import annotations

import calendar
from types import SimpleNamespace

import pytest

from gonogo.core import stale_words as room
from gonogo.core.stale_words import stale_words
from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.ruleset import Criterion, Parameter, Severity
from gonogo.workflow.named_rules import rules_named

FACTS = Vocabulary(
    facts=(
        FactDeclaration(name="a.ratio", type=FactType.RATIO, meaning="A share.", question="What share?"),
        FactDeclaration(name="a.count", type=FactType.INTEGER, unit="cases", meaning="A number.", question="How many?"),
    )
)


def asked(statement: str, *, title: str = "It is done", remedy: str = "Do it.", **parameters: str) -> Criterion:
    """A criterion of two limits: a least share, and a most number."""
    values = {"min_share": "80%", "max_open": "7"} | parameters
    return Criterion(
        id="system.a.done",
        title=title,
        statement=statement,
        why="Ten percent.",
        severity=Severity.MANDATORY,
        require=parse_requirement("a.ratio >= min_share and a.count <= max_open"),
        parameters=tuple(Parameter(name=name, constant=parse_literal(value)) for name, value in values.items()),
        max_age_s=86400,
        owner="customer.business_owner",
        attest=("customer.business_owner",),
        remedy=remedy,
        source=("X",),
    )


def found(criterion: Criterion, old: str, *, part: str = "parameter max_open", new: str = "7") -> list[str]:
    change = SimpleNamespace(criterion=criterion.id, part=part, old=old, new=new)
    return [each.sentence for each in stale_words(criterion, (change,), FACTS)]


SHARE = "parameter min_share"


@pytest.mark.parametrize(
    ("part", "old", "statement", "named"),
    [
        (SHARE, "10%", "At least ten percent of them.", "ten percent"),
        (SHARE, "10%", "At least 10 % of them.", "10 %"),
        (SHARE, "10%", "At least 10 per cent of them.", "10 per cent"),
        (SHARE, "10%", "At least one in ten of them.", "one in ten"),
        (SHARE, "25%", "Twenty-five percent of them.", "Twenty-five percent"),
        (SHARE, "99.5%", "At least 99.5 percent.", "99.5 percent"),
        (SHARE, "50%", "At least half of them.", "half"),
        (SHARE, "100%", "Every one of them is done.", "Every"),
        (SHARE, "60% from T-30, 90% from T-5", "At 90% of them.", "90%"),
        ("parameter max_open", "10", "At most ten are open.", "ten"),
        ("parameter max_open", "1200", "At most 1,200 are open.", "1,200"),
        ("parameter max_open", "1200", "At most 1200 are open.", "1200"),
        ("parameter max_open", "2", "At most two are open.", "At most two"),
        ("parameter max_open", "2", "It moved at most twice.", "at most twice"),
        ("parameter max_open", "0", "No case is open.", "No"),
        ("parameter max_open", "0.95", "The index is at least 0.95.", "0.95"),
        ("max_age", "14 days", "Evidence of the last two weeks.", "two weeks"),
        ("max_age", "14 days", "Evidence of fourteen days.", "fourteen days"),
        ("from", "T-30", "Asked from T-30 on.", "T-30"),
        ("from", "T-30", "Asked thirty days before go-live.", "thirty days"),
        ("enforce_from", "2027-04-01", "Enforced from 1 April 2027.", "1 April 2027"),
        ("enforce_from", "2027-04-01", "Enforced from April 1, 2027.", "April 1, 2027"),
        ("enforce_from", "2027-04-01", "Enforced from 1 April.", "1 April"),
        ("enforce_from", "2027-04-01", "Enforced from 2027-04-01.", "2027-04-01"),
        ("requirement", "a.ratio >= 70%", "At least 70%.", "70%"),
    ],
)
def test_a_value_is_found_as_people_write_it(part: str, old: str, statement: str, named: str) -> None:
    """The person who reads the statement does not look for the limit below it."""
    new = "60%" if "%" in old else "20"
    (name,) = (part.removeprefix("parameter "),)
    said = [f'the statement says "{named}", and {name} was {old}, is now {new}'] if named else []

    assert found(asked(statement), old, part=part, new=new) == said


@pytest.mark.parametrize(
    ("part", "old", "statement"),
    [
        (SHARE, "10%", "The ten sites are done."),  # a number, no share
        (SHARE, "10%", "At least 10.5 percent, or 110 percent."),
        (SHARE, "100%", "Nearly all of them are done, not all."),
        (SHARE, "0%", "No case is open."),  # a least of nothing forbids nothing
        ("parameter max_open", "10", "Ten percent of them, or 10%, T-10, 10.5 and 1,010."),
        ("parameter max_open", "2", "The two sides agree on both."),
        ("parameter max_open", "1", "One in ten of them, and one plan."),
        ("parameter max_open", "0", "The No-Go plan exists."),
        ("parameter max_open", "100%", "Every one is done."),  # a most of all asks for nothing
        ("enforce_from", "2027-04-01", "Planned on 1 April 2026."),
        ("owner", "10", "Ten are open."),
        ("severity", "10%", "Ten percent are open."),
    ],
)
def test_what_only_looks_like_it_is_not(part: str, old: str, statement: str) -> None:
    """A warning that is wrong once is read by nobody the next time."""
    assert found(asked(statement), old, part=part, new="99") == []


@pytest.mark.parametrize(("now", "named"), [("10", False), ("11", True)])
def test_a_value_that_another_limit_still_has_is_not_stale(now: str, named: bool) -> None:
    """The sentence may be about that one."""
    assert bool(found(asked("At most ten are open.", max_open=now), "10", new="12")) is named


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"title": "Ten are open"}, "the title"),
        ({"statement": "Ten are open."}, "the statement"),
        ({"remedy": "Close all but ten."}, "the remedy"),
        ({}, ""),
    ],
)
def test_title_statement_and_remedy_are_read_and_the_reason_is_not(where: dict[str, str], said: str) -> None:
    """Why a limit matters may cite what happened elsewhere."""
    found_in = [each.partition(" says ")[0] for each in found(asked(**({"statement": "Few."} | where)), "10")]

    assert found_in == ([said] if said else [])


def test_a_question_that_names_the_old_number_is_found() -> None:
    """The person who answers counts what it asks for."""
    ratio, count = FACTS.facts
    facts = Vocabulary(facts=(ratio, count.model_copy(update={"question": "How many of the ten are open?"})))
    change = SimpleNamespace(criterion="system.a.done", part="parameter max_open", old="10", new="7")

    (one,) = stale_words(asked("Few."), (change,), facts)
    assert one.sentence.startswith('the question of a.count says "ten"')


def test_titles_hint_at_all_and_statements_mean_it() -> None:
    """*Everybody knows who answers for what* is a slogan."""
    assert found(asked("Few.", title="Everybody knows it"), "100%", part=SHARE, new="90%") == []
    assert len(found(asked("Everybody knows it."), "100%", part=SHARE, new="90%")) == 1


def test_months_are_english_whatever_the_locale() -> None:
    """One set of rules gives one list of warnings on every machine; the tests run in English."""
    assert list(calendar.month_name)[1:] == list(room._MONTHS)


@pytest.mark.parametrize("name", ["m3-baseline", "m3-engagement", "m3-hardened", "m3-services"])
def test_no_sentence_of_a_shipped_ruleset_is_stale(name: str) -> None:
    """Shipped rules say what they ask."""
    rules = rules_named(name)
    changes = rules.ruleset.changes or ()

    assert [one for each in rules.ruleset.questions for one in stale_words(each, changes, rules.vocabulary)] == []


def test_the_statement_with_the_old_limit_of_a_shipped_ruleset_is_found() -> None:
    """An office that sets 5% in an overlay must not let both sides sign *ten percent*."""
    rules = rules_named("m3-baseline")
    criterion = rules.ruleset.get("program.schedule.golive_tasks")
    assert criterion is not None
    kept = [each for each in criterion.parameters if each.name != "max_variance"]
    five = criterion.model_copy(
        update={"parameters": (*kept, Parameter(name="max_variance", constant=parse_literal("5%")))}
    )
    change = SimpleNamespace(criterion=criterion.id, part="parameter max_variance", old="10%", new="5%")

    (one,) = stale_words(five, (change,), rules.vocabulary)
    assert one.sentence == 'the statement says "ten percent", and max_variance was 10%, is now 5%'
    assert one.part == "parameter max_variance"
