"""One criterion on paper: each line that is signed says what the gate does, and an untrue one is absent."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.language.expression import parse_requirement
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Finding, Status
from gonogo.model.people import Sides
from gonogo.model.ruleset import HOLD_SOURCE, Criterion, DecisionPolicy, Domain, GateMode, NotApplicable, Severity
from gonogo.paper.criterion_part import criterion_blocks, stood
from gonogo.paper.paper_page import PaperTable

SPONSORS = ("customer.executive_sponsor", "provider.executive_sponsor")
FACT = FactDeclaration(name="a.x", type=FactType.BOOLEAN, meaning="m", question="q?")


def lines(**more: Any) -> dict[str, str]:
    given: dict[str, Any] = {
        "id": "system.a.b", "title": "T", "statement": "s", "why": "w", "severity": Severity.MANDATORY,
        "require": parse_requirement("a.x"), "max_age_s": 86400, "owner": SPONSORS[0], "attest": SPONSORS[:1],
        "waivable_by": SPONSORS, "remedy": "r", "source": ("x",),
    }  # fmt: skip
    blocks = criterion_blocks(
        Criterion(**(given | more)), DecisionPolicy(milestones=("T-0",)), Vocabulary(facts=(FACT,)), {}, None
    )
    (asked,) = [block for block in blocks if isinstance(block, PaperTable) and block.header == ("Part", "Agreed")]
    return {row[0]: row[1] for row in asked.rows}


@pytest.mark.parametrize(
    ("more", "part", "says"),
    [
        ({}, "Waiver", "both sides sign"),
        ({"sides": Sides.ONE}, "Waiver", "one side is enough"),
        ({"waivable_by": ()}, "Waiver", "nobody may waive it"),
        ({"source": HOLD_SOURCE}, "Waiver", "nobody may waive it"),
        ({"source": HOLD_SOURCE}, "Weight", "standing hold"),
        ({"mode": GateMode.SHADOW}, "Enforced from", "never: it is tried out, and decides nothing"),
        ({"enforce_from": "T-14"}, "Enforced from", "T-14"),
        ({"not_applicable": NotApplicable(reason="One site.", approved_by="Jo")}, "Not applicable", "(approved by Jo)"),
        ({"not_applicable_when": parse_requirement("not a.x")}, "Not applicable", "when not a.x"),
        ({"due_from": "T-14"}, "Due from", "T-14"),
        ({}, "Due from", "the first assessment"),
        ({"max_age_s": 12 * 3600}, "Evidence may be", "younger than 12 hours"),
        ({"max_age_s": 36 * 3600}, "Evidence may be", "younger than 36 hours"),
        ({"max_age_s": 86400}, "Evidence may be", "younger than 1 day"),
        ({"max_age_s": 2 * 86400}, "Evidence may be", "younger than 2 days"),
    ],
)
def test_each_line_says_what_the_gate_does(more: dict[str, Any], part: str, says: str):
    """Both sponsors sign this page, and the gate goes by the rules."""
    assert lines(**more)[part].endswith(says)


def test_what_a_criterion_does_not_say_is_no_line():
    """An empty cell looks like something left open."""
    assert not {"Enforced from", "Not applicable", "M3", "Status in the run"} & lines().keys()


@pytest.mark.parametrize(
    ("status", "rests", "says"),
    [
        (Status.MET, None, "Met"),
        (Status.MET, ("A-1",), "Met on acceptance"),
        (Status.NOT_MET, None, "Not met"),
    ],
)
def test_what_is_met_on_acceptance_is_not_plainly_met(status: Status, rests: tuple[str, ...] | None, says: str):
    """The checklist beside the signatures said Met, and page one that somebody had accepted what was open."""
    finding = Finding(
        criterion="system.a.b", title="T", domain=Domain.SYSTEM, severity=Severity.MANDATORY, status=status,
        sentence="s", owner=SPONSORS[0], rests_on=rests,
    )  # fmt: skip

    assert stood(finding) == says


def test_a_sentence_that_names_the_limit_before_a_change_says_so_beside_it(agreed):
    """The person who signs the paper reads the statement, and signs the limit."""
    criterion = agreed.ruleset.criteria[0]
    said = 'the statement says "ten percent", and x was 10%, is now 5%'

    def what(stale):
        (asked, *_) = [
            block
            for block in criterion_blocks(criterion, agreed.policy, agreed.vocabulary, {}, None, stale=stale)
            if isinstance(block, PaperTable)
        ]
        return dict(asked.rows).get("Limit and words differ")

    assert what((said,)) == f"T{said[1:]}. The limit decides."
    assert what(()) is None
