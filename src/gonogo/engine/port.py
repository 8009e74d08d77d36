"""The port: one method. Whoever judges sees integers and answers for every criterion, domain and the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

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
