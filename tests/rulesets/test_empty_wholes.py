"""A whole of nothing proves nothing: what a share or limit is taken of is at least one, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from gonogo.language.requirement import Arithmetic, Binary, FactRef, walk
from gonogo.model.ruleset import Criterion
from gonogo.ruleset.loader import load_ruleset

RULESETS: Final = Path(__file__).resolve().parents[2] / "rulesets"
MAY_BE_NONE: Final = {
    "comms.feedback_received": "no feedback leaves none open",
    "cr.approved": "no approved change leaves none open",
    "ims.golive_tasks": "a criterion of its own asks for enough of them",
    "poam.open": "nothing open is overdue",
    "raid.high_risks_open": "no high risk is unmitigated",
    "raid.open_items": "no open item is stale",
    "wave.most_sites_done_well": "the first wave has none before it, and a limit of its own",
}
"""Wholes that a sound program may have none of, each with why a criterion is rightly met then."""
NEVER_NONE: Final = {
    "m3-engagement": ["release.in_scope_services"],
    "m3-hardened": [
        "backup.restore_hours",
        "backup.rto_hours",
        "cutover.window_hours",
        "dr.rto_actual_hours",
        "env.sites_required",
        "helpdesk.forecast_peak_contacts_day",
        "peak.days_to_settle",
        "perf.p95_ms",
        "phasing.first_wave_share",
        "phasing.largest_wave_share",
        "rehearsal.duration_hours",
        "release.in_scope_services",
        "rollback.duration_hours",
        "wave.concurrent_sites",
    ],
}
"""What is compared with another fact, or bounded from above, and cannot be nothing in a real program."""


def wholes(criterion: Criterion) -> Iterator[str]:
    """Yield the facts that a criterion multiplies or divides by: what something else is a part of."""
    for node in walk(criterion.require.tree):
        if isinstance(node, Binary) and node.operator in (Arithmetic.MULTIPLY, Arithmetic.DIVIDE):
            yield from (each.name for each in walk(node) if isinstance(each, FactRef))


def test_what_something_is_a_part_of_is_at_least_one():
    """No failed case of no planned case, no open interface of no interface: met, on nothing at all."""
    found = {
        fact
        for loaded in map(load_ruleset, [RULESETS / "m3-engagement", RULESETS / "m3-hardened"])
        for criterion in loaded.ruleset.criteria
        for fact in wholes(criterion)
        if not _positive(loaded.vocabulary[fact].min)
    }

    assert found == set(MAY_BE_NONE)


@pytest.mark.parametrize(("name", "fact"), [(name, fact) for name, facts in NEVER_NONE.items() for fact in facts])
def test_what_no_program_has_none_of_is_out_of_range_at_zero(name, fact):
    """A rehearsal of no hours fits every window, and no recovery time is too long."""
    assert _positive(load_ruleset(RULESETS / name).vocabulary[fact].min)


def _positive(least: object) -> bool:
    return least is not None and least > 0  # type: ignore[operator]
