"""Standing holds of a policy: each has an id of its own, and what it is nobody can write otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.ruleset import Severity
from gonogo.ruleset.loader import load_ruleset


def held(good: dict[str, str], *names: str, more: str = "") -> dict[str, str]:
    holds = "".join(
        f"    - {{id: {name}, title: Held, why: Why., require: cost.forecast <= cost.budget, max_age: 1d,"
        f" owner: customer.program_manager, remedy: Fix it.{more}}}\n"
        for name in names
    )
    text = good["tiny/ruleset.yaml"].replace("policy:\n", f"policy:\n  holds:\n{holds}", 1)
    return good | {"tiny/ruleset.yaml": text}


@pytest.mark.parametrize(
    "names",
    [("operations.cost.hold", "operations.cost.hold"), ("operations.cost.forecast",)],
    ids=["another hold", "a criterion"],
)
def test_a_hold_has_an_id_that_nothing_else_has(site, good, names):
    """Two of one id would be one finding, and the other would void nothing."""
    site(held(good, *names))

    with pytest.raises(ConfigurationError) as refused:
        load_ruleset("tiny")

    assert [problem.code for problem in refused.value.problems] == ["G123"]


def test_a_hold_is_advice_to_both_evaluators_and_has_no_severity_of_its_own(site, good):
    """That it blocks is the decision's own rule: a severity in the file would be a second one."""
    site(held(good, "operations.cost.hold"))
    (hold,) = load_ruleset(Path("tiny")).ruleset.holds
    assert (hold.severity, hold.is_hold, hold.statement) == (Severity.ADVISORY, True, "Held")

    site(held(good, "operations.cost.hold", more=", severity: mandatory"))
    with pytest.raises(ConfigurationError, match="severity"):
        load_ruleset("tiny")
