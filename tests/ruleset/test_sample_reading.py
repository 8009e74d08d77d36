"""Where ``lower(…)`` may stand, and of which facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError, Problem
from gonogo.ruleset.loader import load_ruleset

Files = dict[str, str]
Site = Callable[[Files], Path]
OLD = "require: sit.executed_ratio >= min_executed and not sit.blocked"


def mistakes(
    site: Site, good: Files, require: str, *, sample: str = ", sample: true", value: str = "95%"
) -> list[Problem]:
    """Return what is wrong where the criterion on tests asks this of a fact that may be declared as a sample."""
    rules = (
        good["tiny/ruleset.yaml"]
        .replace(OLD, f"require: {require}")
        .replace("min_executed: 95%", f"min_executed: {value}")
    )
    facts = good["tiny/facts.yaml"].replace("question: What share?, bound: build", f"question: What share?{sample}")
    site(good | {"tiny/ruleset.yaml": rules, "tiny/facts.yaml": facts})
    try:
        load_ruleset("tiny")
    except ConfigurationError as error:
        return list(error.problems)
    return []


PROOF = "lower(sit.executed_ratio, 95%)"


@pytest.mark.parametrize("require", [f"{PROOF} >= min_executed", f"min_executed <= {PROOF} and not sit.blocked"])
def test_a_proof_may_stand_on_the_greater_side(site, good, require):
    """Either way of writing it."""
    assert mistakes(site, good, require) == []


@pytest.mark.parametrize(
    ("require", "code", "column"),
    [
        (f"{PROOF} <= min_executed", "G163", 14),
        (f"{PROOF} == min_executed", "G163", 14),
        (f"not {PROOF} >= min_executed", "G163", 18),
        (f"{PROOF} + 1% >= min_executed", "G163", 14),
        (f"{PROOF} >= {PROOF} + min_executed", "G163", 14),
        (f"{PROOF} >= sit.executed_ratio * min_executed", "G163", 48),
        ("lower(sit.planned, 95%) >= min_executed", "G163", 20),
        ("lower(sit.executed, 95%) >= min_executed", "G120", 20),
        (f"{PROOF} >= 100% and sit.executed_ratio >= min_executed", "G131", 48),
        (f"{PROOF} >= 95 and sit.executed_ratio >= min_executed", "G131", 48),
        (f"{PROOF} >= 0% and sit.executed_ratio >= min_executed", "G131", 48),
        ("lower(sit.executed_ratio) >= min_executed", "G150", 38),
        ("lower(sit.executed_ratio, min_executed) >= 90%", "G150", 40),
        ("lower(sit.executed_ratio, 0.95) >= min_executed", "G150", 40),
        ("lower(sit.executed_ratio, 100%) >= min_executed", "G150", 40),
        ("lower(sit.executed_ratio, 49%) >= min_executed", "G150", 40),
        ("lower(min_executed, 95%) >= 90%", "G150", 20),
        ("lower(sit.executed_ratio, 95% >= min_executed", "G150", 44),
        ("upper(sit.executed_ratio, 95%) >= min_executed", "G150", 14),
    ],
)
def test_anywhere_else_it_is_refused_at_its_column(site, good, require, code, column):
    """A proof that is turned around proves nothing, and reads as if it did."""
    found = mistakes(site, good, require)

    assert {each.code for each in found} == {code}
    assert found[0].where.startswith(f"tiny/ruleset.yaml:30:{column}")
    assert found[0].hint


@pytest.mark.parametrize(
    ("sample", "code", "file"),
    [("", "G163", "ruleset"), (", sample: false", "G163", "ruleset"), (", sample: 1", "G112", "facts"),
     (", sampel: true", "G110", "facts")],
)  # fmt: skip
def test_a_census_needs_no_proof(site, good, sample, code, file):
    """A register or roster that leaves out nobody says what is so; a bound below it would be a false alarm."""
    found = mistakes(site, good, f"{PROOF} >= min_executed", sample=sample)

    assert code in {each.code for each in found}
    assert any(f"tiny/{file}.yaml" in each.where for each in found)


def test_only_a_ratio_is_declared_as_a_sample(site, good):
    """A count of a sample is a count."""
    facts = good["tiny/facts.yaml"].replace(
        "{name: sit.planned, type: integer,", "{name: sit.planned, sample: true, type: integer,"
    )
    site(good | {"tiny/facts.yaml": facts})

    with pytest.raises(ConfigurationError, match="only a ratio can be that of a sample"):
        load_ruleset("tiny")
