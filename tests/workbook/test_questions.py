"""Which facts the workbook asks for: none that a statement cannot answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.judgement import Scope
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.register import Register
from gonogo.workbook.questions import DAY_S, of_a_register, questions

NAMES = ("ifs.passed_ratio", "ifs.open", "ifs.unaccepted", "base.ready")
REGISTER = Register(
    id="interfaces",
    item="one interface",
    fact="ifs.passed_ratio",
    same_items=("ifs.open",),
    accept=("customer.functional_lead",),
    open_unaccepted="ifs.unaccepted",
)


IDENTITY = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
RELEASE = Release(id="R1", go_live=datetime(2027, 5, 3, 10, tzinfo=UTC))


def test_what_a_register_counts_by_is_no_question():
    """A person who states it would have filled in a row that is a gap in any case."""
    declared = tuple(FactDeclaration(name=each, type=FactType.RATIO, meaning="m", question="q?") for each in NAMES)
    case = SimpleNamespace(criterion=SimpleNamespace(facts=NAMES, max_age_s=DAY_S, attest=("customer.x",)))
    scope = cast(Scope, cast(Any, SimpleNamespace(asked=(case,))))
    vocabulary = Vocabulary(facts=declared, registers=(REGISTER,))

    asked = questions(scope, vocabulary, (), identity=IDENTITY, release=RELEASE, decision=date(2027, 4, 19))

    assert [each.fact.name for each in asked] == ["base.ready"]
    assert of_a_register(scope, vocabulary, ()) == ["ifs.passed_ratio", "ifs.open"]
    assert of_a_register(scope, vocabulary, ("ifs.open",)) == ["ifs.passed_ratio"]
