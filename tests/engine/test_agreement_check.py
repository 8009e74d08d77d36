"""Two judgements that differ anywhere are no decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gonogo.engine.agreement import agree
from gonogo.errors import EngineDisagreement
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Judgement
from gonogo.model.ruleset import Domain
from gonogo.model.verdict import Verdict

GO, NO_GO = Verdict.GO, Verdict.NO_GO
ONE = Judgement(
    criteria={"system.a.x": Outcome.MET, "system.a.y": None},
    domains=dict.fromkeys(Domain, GO),
    overall=GO,
    leaves={"c0.r": Outcome.MET},
)


def test_equal_judgements_pass():
    """The order in which they were written down does not matter."""
    agree(ONE, replace(ONE, criteria={"system.a.y": None, "system.a.x": Outcome.MET}))


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (replace(ONE, criteria=ONE.criteria | {"system.a.x": Outcome.NOT_MET}), "system.a.x is met by .* not met by"),
        (replace(ONE, criteria=ONE.criteria | {"system.a.y": Outcome.MET}), "system.a.y is not applicable by .* met"),
        (replace(ONE, criteria={"system.a.x": Outcome.MET}), "system.a.y is not applicable by .* not judged by"),
        (replace(ONE, criteria=ONE.criteria | {"system.a.z": None}), "system.a.z is not judged by"),
        (replace(ONE, domains=ONE.domains | {Domain.SYSTEM: NO_GO}), "domain system is GO by .* NO-GO by"),
        (replace(ONE, resting=frozenset({"system.a.x"})), "rests on acceptance, system.a.x is not met by .* met by"),
        (replace(ONE, overall=NO_GO), "the verdict is GO by .* NO-GO by"),
        (replace(ONE, leaves={"c0.r": Outcome.UNKNOWN}), "comparison c0.r is met by .* unknown by"),
        (replace(ONE, leaves={}), "comparison c0.r is met by .* not judged by"),
    ],
    ids=["outcome", "exemption", "missing", "extra", "domain", "resting", "verdict", "leaf", "no leaves"],
)  # fmt: skip
def test_any_difference_is_named(other, words):
    """Exit 4 and never a verdict; the first difference shows a debugger where to look."""
    with pytest.raises(EngineDisagreement, match=words) as caught:
        agree(ONE, other)

    assert caught.value.exit_code == 4
