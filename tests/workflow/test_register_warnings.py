"""Lint says before a run which binding counts a register otherwise than the ruleset does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.people import Side
from gonogo.model.program import Binding, Program, ProgramIdentity
from gonogo.model.register import Register
from gonogo.program.program_file import ProgramFiles
from gonogo.workflow.register_warnings import register_warnings

REGISTER = Register(
    id="interfaces",
    item="one interface",
    fact="ifs.passed_ratio",
    closed=("passed",),
    accept=("customer.functional_lead",),
    open_unaccepted="ifs.unaccepted",
)
FACTS = tuple(
    FactDeclaration(name=name, type=FactType.RATIO, meaning="m", question="q?")
    for name in ("ifs.passed_ratio", "ifs.unaccepted")
)


def warned(*, register: Register = REGISTER, **more: Any) -> list[str]:
    given = {"id": "b", "plugin": "table", "prefix": "ifs", "side": Side.CUSTOMER, "producer": "x", "where": "here"}
    identity = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
    program = Program.model_construct(identity=identity, bindings=(Binding(**(given | more)),))
    loaded = ProgramFiles.__new__(ProgramFiles)
    object.__setattr__(loaded, "program", program)
    object.__setattr__(loaded, "root", Path())
    found = register_warnings(loaded, Vocabulary(facts=FACTS, registers=(register,)))
    assert {(each.code, each.where, each.level) for each in found} <= {("G186", "here", "warning")}
    return [each.what for each in found]


@pytest.mark.parametrize(
    ("more", "warns"),
    [
        ({"settings": {"facts": {"passed_ratio": {"share": {"where": 'state == "passed"'}}}}}, False),
        ({"settings": {"facts": {"passed_ratio": {"share": {"where": 'state == "waived"'}}}}}, True),
        ({"settings": {"facts": {"other": {"share": {"where": 'state == "waived"'}}}}}, False),
        ({"settings": {}}, False),
        ({"plugin": "attestation", "prefix": None, "settings": {"facts": {"ifs.passed_ratio": "ratio"}}}, True),
        ({"plugin": "attestation", "prefix": None, "settings": {"facts": {"base.ready": "boolean"}}}, False),
    ],
)
def test_a_binding_that_counts_a_register_by_other_words_is_warned_of(more: dict[str, Any], warns: bool):
    """An office reads it while it writes the binding, not on the day of the decision."""
    found = warned(**more)

    assert len(found) == warns
    assert not warns or found[0].endswith("close one. Every fact that counts these items is a gap.")


@pytest.mark.parametrize("counts", [True, False])
def test_a_statement_is_warned_of_where_the_ruleset_names_no_words(counts: bool):
    """It would be a gap on the day of the decision."""
    plain = REGISTER.model_copy(update={"closed": None})
    settings = {"facts": {"ifs.passed_ratio" if not counts else "base.ready": "ratio"}}

    found = warned(plugin="attestation", prefix=None, settings=settings, register=plain)

    assert len(found) == (not counts)
    assert counts or found[0].endswith("(one interface). Every fact that counts these items is a gap.")
