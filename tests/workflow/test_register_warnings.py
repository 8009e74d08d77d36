"""Lint says before a run which binding counts a register otherwise than the ruleset does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Small
from tests.workflow.test_accepted_runs import with_register

from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.people import Side
from gonogo.model.program import Binding, Program, ProgramIdentity
from gonogo.model.register import Register
from gonogo.program.program_file import ProgramFiles
from gonogo.workflow.register_warnings import register_sentences, register_warnings

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


def warned(
    *,
    register: Register = REGISTER,
    code: str = "G186",
    declared: dict[str, frozenset[str]] | None = None,
    **more: Any,
) -> list[str]:
    given = {"id": "b", "plugin": "table", "prefix": "ifs", "side": Side.CUSTOMER, "producer": "x", "where": "here"}
    identity = ProgramIdentity(id="h", customer="NIWA", provider="CFSC", time_zone="America/New_York")
    program = Program.model_construct(identity=identity, bindings=(Binding(**(given | more)),))
    loaded = ProgramFiles.__new__(ProgramFiles)
    object.__setattr__(loaded, "program", program)
    object.__setattr__(loaded, "root", Path())
    found = register_warnings(loaded, Vocabulary(facts=FACTS, registers=(register,)), declared)
    assert {(each.code, each.where, each.level) for each in found} <= {(code, "here", "warning")}
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


@pytest.mark.parametrize(
    ("plugin", "facts", "said"),
    [
        ("raid", {"ifs.passed_ratio"}, 'lets "Cancelled" and "Closed" close an item'),
        ("raid", {"ifs.other"}, ""),
        ("junit", {"ifs.passed_ratio"}, ""),
        ("other", {"ifs.passed_ratio"}, "Nothing in the binding b shows which words close an item"),
    ],
)
def test_a_collector_with_words_of_its_own_is_warned_of(plugin: str, facts: set[str], said: str):
    """A RAID log closes what is cancelled; where the ruleset does not, the run makes a gap of it."""
    found = warned(plugin=plugin, declared={"b": frozenset(facts)})

    assert [said in each for each in found] == ([True] if said else [])
    assert warned(plugin=plugin) == []


@pytest.mark.parametrize(
    ("measure", "column", "said"),
    [
        ({"share": {"where": 'state == "Closed"'}}, {}, ""),
        (
            {"share": {"where": 'state in ["Closed", "Waived", "Deferred"]'}},
            {},
            'lets "Deferred" and "Waived" close one',
        ),
        ({"share": {"where": "done == true"}}, {}, ""),
        ({"count": {"where": 'state == "Open"'}}, {"allowed": ["Open", "Waived", "Done"]}, 'lets "Waived" close one'),
        ({"count": {"where": 'state == "Open"'}}, {"allowed": ["Open", "Done"]}, ""),
        ({"count": {"where": 'state == "Open"'}}, {}, "list every word of the column under allowed"),
        ({"count": {"where": 'state == "Open" and owner == "x"'}}, {}, ""),
        ({"count": {}}, {}, ""),
        ({"share": {"where": 'state in ["Met", "Ready", "With evidence"]'}}, {}, ""),
        (
            {"share": {"where": 'state in ["Met", "Risk accepted", "Won\'t fix"]'}},
            {},
            '"Risk accepted" and "Won\'t fix"',
        ),
    ],
)
def test_words_that_a_binding_chooses_are_named_where_the_ruleset_names_none(
    measure: dict[str, Any], column: dict[str, Any], said: str
):
    """*Waived* closes a risk only because somebody wrote it into a condition; a reader should see it once."""
    plain = REGISTER.model_copy(update={"closed": None})
    settings = {"tables": {"t": {"columns": {"state": {"type": "text", **column}}}}, "facts": {"passed_ratio": measure}}

    found = warned(register=plain, code="G189", settings=settings)

    assert [said in each for each in found] == ([True] if said else [])


def test_a_raid_log_without_words_of_the_ruleset_names_what_it_closes():
    """*Cancelled* is no answer to a risk in every program."""
    plain = REGISTER.model_copy(update={"closed": None})

    found = warned(register=plain, code="G189", plugin="raid", declared={"b": frozenset({"ifs.passed_ratio"})})

    assert len(found) == 1
    assert 'lets "Cancelled" close one' in found[0]


def test_doctor_says_what_lint_says_of_registers(stated_program: Callable[..., Small]):
    """The office that runs `doctor` before the decision has not always run `lint`."""
    small = with_register(stated_program(sources=["desk"]))
    (small.rules / "facts.yaml").write_text(
        (small.rules / "facts.yaml").read_text().replace("accept: [", "closed: [done], accept: [")
    )

    found = register_sentences(small.root)

    assert len(found) == 1
    assert 'lets "filled" close an item; the ruleset lets only "done" close one' in found[0]
    assert register_sentences(small.root / "gone") == []
