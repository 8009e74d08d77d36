"""What an evaluator is asked and answers, and the check that both answer the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol

from gonogo.errors import EngineDisagreement
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Compiled, Judgement, Observation


class RuleEngine(Protocol):
    """A rule engine behind the port.

    Attributes:
        name: For the record: ``durable-rules 2.0.28``.
    """

    name: str

    def judge(self, compiled: Compiled, observations: Sequence[Observation]) -> Judgement:
        """Judge the compiled scope; one observation for each leaf, in the order of the leaves.

        Raises:
            EngineFault: It crashed, hung, contradicted itself or left anything unanswered. There is no decision.
        """
        ...


def agree(judgement: Judgement, reference: Judgement) -> None:
    """Return if the rule engine and the independent evaluator judged alike in everything.

    Raises:
        EngineDisagreement: They differ; the sentence names the first criterion, domain or comparison that differs and
            both answers.
    """
    _same("criterion", judgement.criteria, reference.criteria)
    _same("domain", judgement.domains, reference.domains)
    _same("what rests on acceptance,", _resting(judgement), _resting(reference))
    _same("the verdict", {"": judgement.overall}, {"": reference.overall})
    _same("comparison", judgement.leaves, reference.leaves)


def _resting(judgement: Judgement) -> dict[str, Outcome]:
    return {name: Outcome.MET if name in judgement.resting else Outcome.NOT_MET for name in judgement.criteria}


def _same(what: str, engine: Mapping[Any, StrEnum | None], reference: Mapping[Any, StrEnum | None]) -> None:
    for name in dict.fromkeys([*reference, *engine]):
        one = _words(engine, name)
        other = _words(reference, name)
        if one != other:
            raise EngineDisagreement(
                f"{what} {name}".rstrip() + f" is {one} by the rule engine but {other} by the independent evaluator; "
                "there is no decision.",
                hint="This is a defect of gonogo or of this machine. Keep the program's folder and report it.",
            )


def _words(answers: Mapping[Any, StrEnum | None], name: str) -> str:
    if name not in answers:
        return "not judged"
    answer = answers[name]
    return "not applicable" if answer is None else answer.value.replace("_", " ")
