"""What rests on acceptance: met with the acceptances, and not as if there were none. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from gonogo.core.accept import Accepted
from gonogo.core.register_facts import may_rest, read_by
from gonogo.model.acceptance import Acceptance
from gonogo.model.fact import Vocabulary
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Scope


def resting_on(
    scope: Scope,
    vocabulary: Vocabulary,
    accepted: Accepted,
    *,
    first: Mapping[str, Outcome | None],
    second: Mapping[str, Outcome | None],
) -> dict[str, tuple[Acceptance, ...]]:
    """Return each criterion that is met only the second time, with the acceptances of the registers that it reads.

    Args:
        scope: What is asked.
        vocabulary: Declares the registers.
        accepted: What counts.
        first: Outcome of each criterion as if nothing were accepted.
        second: Outcome of each criterion as accepted.
    """
    return {
        case.criterion.id: acceptances_behind(case.criterion.id, scope, vocabulary, accepted)
        for case in scope.asked
        if may_rest(case, vocabulary, scope.policy)
        and second.get(case.criterion.id) is Outcome.MET
        and first.get(case.criterion.id) is not Outcome.MET
    }


def acceptances_behind(
    criterion: str, scope: Scope, vocabulary: Vocabulary, accepted: Accepted
) -> tuple[Acceptance, ...]:
    """Return the acceptances that count in the registers which a criterion reads."""
    case = next(case for case in scope.asked if case.criterion.id == criterion)
    return tuple(one for register in read_by(case.criterion, vocabulary) for one in accepted.of(register.id))
