"""Where the rules name no closing words, page one shows what a binding closes by, if it is not one plain word."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gonogo.core.closed_by import closed_by, stated_beside
from gonogo.core.trust import TrustInputs, _pins
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Gap, GapReason, Source
from gonogo.model.fact import FactType
from gonogo.model.judgement import Case, Scope
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.model.register import Register
from gonogo.model.ruleset import Criterion, DecisionPolicy, Severity

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)

FACT, ITEM = "gates.met_ratio", "one exit condition"


def told(
    measure: dict[str, Any], *, plugin: str = "table", allowed: tuple[str, ...] = ("met", "waived", "open")
) -> str:
    tables = {"list": {"columns": {"state": {"type": "text", "allowed": list(allowed)}, "built": {}}}}
    settings = {"tables": tables, "facts": {"met_ratio": measure}}
    binding = Binding(id="list", plugin=plugin, prefix="gates", side=Side.CUSTOMER, producer="PMO", settings=settings)
    return closed_by(FACT, ITEM, binding)


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ('state == "met"', False),
        ('state in ["met"]', False),
        ("built", False),
        ("built and tested", False),
        ("legacy == target", False),
        ('state in ["met", "waived"]', True),
        ('state == "met" or state == "waived"', True),
        ('state != "open"', True),
        ('not state == "open"', True),
        ("built or deferred", True),
        ("built and (", False),
    ],
)
def test_a_share_that_closes_by_more_than_one_word_is_shown(where: str, says: bool):
    """*Waived* counts as met, and the rules have no word against it."""
    found = told({"share": {"where": where}})

    assert (found != "") is says
    assert not says or found == (
        f"{FACT}: the rules name no words that close {ITEM}, and list counts as closed: {where}."
    )


@pytest.mark.parametrize(("allowed", "says"), [(("met", "open"), False), (("met", "waived", "open"), True)])
def test_a_count_of_open_items_shows_what_it_leaves_out(allowed: tuple[str, ...], says: bool):
    """Whatever it does not name is closed."""
    found = told({"count": {"where": 'state == "open"'}}, allowed=allowed)

    assert (found != "") is says
    assert not says or found.endswith("counts as closed what is “met” and “waived”.")


def test_a_long_condition_is_cut():
    """A page has lines."""
    found = told({"share": {"where": " or ".join(f'state == "word {each}"' for each in range(20))}})

    assert found.endswith("….")
    assert len(found) == 260


@pytest.mark.parametrize("measure", [{"sql": "SELECT 1"}, {"share": {}}, {"count": {}}, {}])
def test_what_has_no_condition_closes_by_none(measure: dict[str, Any]):
    """It is a gap already, or counts every row."""
    assert told(measure) == ""


def test_other_collectors_have_words_of_their_own():
    """A test report closes by what passed."""
    assert told({"share": {"where": 'state != "open"'}}, plugin="junit") == ""


REGISTER = Register(
    id="gates", item=ITEM, fact="gates.met_ratio", accept=("customer.business_owner",), open_unaccepted="gates.left"
)


def entry(fact: str, binding: str, kind: FactType = FactType.INTEGER) -> Evidence:
    value = {FactType.INTEGER: 0, FactType.BOOLEAN: True, FactType.RATIO: Decimal(1)}[kind]
    return Evidence(
        fact=fact, type=kind, value=value, as_of=NOW, basis=Basis.MEASURED,
        source=Source(binding=binding, locator=binding),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("require", "other", "listed", "says"),
    [
        ("gates.critical <= 0 and gates.left <= 0", entry("gates.critical", "said"), True, True),
        ("gates.critical <= 0 and gates.left <= 0", entry("gates.critical", "list"), True, False),
        ("gates.critical <= 0 and gates.left <= 0", entry("gates.critical", "said"), False, False),
        ("gates.critical <= 0 and gates.met_ratio >= 90%", entry("gates.critical", "said"), True, False),
        ("other.critical <= 0 and gates.left <= 0", entry("other.critical", "said"), True, False),
        ("gates.critical and gates.left <= 0", entry("gates.critical", "said", FactType.BOOLEAN), True, False),
    ],
)
def test_a_number_that_a_person_states_beside_the_list_is_shown(
    require: str, other: Evidence, listed: bool, says: bool
):
    """Nothing critical is open, somebody says, and the list that would show it lies beside."""
    criterion = Criterion(
        id="program.a.b", title="t", statement="s", why="w", severity=Severity.MANDATORY, owner="customer.pmo_lead",
        require=parse_requirement(f"{require} and gates.met_ratio >= 1%"), max_age_s=86400, remedy="r", source=("S",),
        attest=("customer.pmo_lead",),
    )  # fmt: skip
    policy = DecisionPolicy(milestones=("T-0",))
    scope = Scope(now=NOW, go_live=NOW, milestone=None, policy=policy, cases=(Case(criterion, {}),))
    ratio = entry("gates.met_ratio", "list", FactType.RATIO)
    gap = Gap(fact="gates.met_ratio", reason=GapReason.MISSING, detail="No list.")
    evidence = EvidenceSet(evidence=(other, *([ratio] if listed else [])), gaps=() if listed else (gap,))
    plugins = {"said": "attestation", "list": "table"}
    sources = [
        (each, Binding(id=name, plugin=plugins[name], side=Side.CUSTOMER, producer="x"))
        for each in evidence.evidence
        for name in [each.source.binding]
    ]

    found = list(stated_beside(scope, evidence, sources, (REGISTER,)))
    program = SimpleNamespace(bindings=[binding for _, binding in sources])
    word = SimpleNamespace(program=program, scope=scope, evidence=evidence, derivation=(), counted=(REGISTER,))
    assert [each.sentence for each in _pins(cast(TrustInputs, word))] == [sentence for _, sentence in found]

    assert bool(found) is says
    assert not says or found == [
        (
            "gates.critical",
            "gates.critical: a person states it (said) beside the list that gates.met_ratio is counted from: nothing "
            "compares the two.",
        )
    ]
