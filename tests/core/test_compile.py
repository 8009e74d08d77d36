"""Compiling requirements to leaves and gates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonogo.core.compile import MAX_CRITERIA, MAX_DEPTH, MAX_NODES, MAX_PARTS, compile_scope
from gonogo.errors import ConfigurationError
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Comparison, Condition, FactRef, Not, Operator, Requirement, Span
from gonogo.language.requirement import Text as QuotedText
from gonogo.model.finding import Status
from gonogo.model.judgement import Case, Compiled, Scope
from gonogo.model.ruleset import Criterion, DecisionPolicy, Severity

NOON = datetime(2027, 4, 19, 12, tzinfo=UTC)
SPAN = Span(0, 1)


def criterion(number: int, require: str | Requirement, *, exempt: str = "") -> Criterion:
    return Criterion(
        id=f"system.test.c{number}",
        title="A title",
        statement="A statement.",
        why="A reason.",
        severity=Severity.MANDATORY,
        require=parse_requirement(require) if isinstance(require, str) else require,
        not_applicable_when=parse_requirement(exempt) if exempt else None,
        max_age_s=86400,
        owner="customer.functional_lead",
        attest=("customer.functional_lead",),
        remedy="Do it.",
        source=("M3",),
    )


def scope(*criteria: Criterion, skipped: tuple[Status | None, ...] = ()) -> Scope:
    cases = tuple(
        Case(criterion=each, parameters={}, skipped=skipped[index] if skipped else None)
        for index, each in enumerate(criteria)
    )
    return Scope(
        now=NOON,
        go_live=NOON + timedelta(days=5),
        milestone="T-5",
        policy=DecisionPolicy(milestones=("T-0",)),
        cases=cases,
    )


def compiled(require: str, *, exempt: str = "") -> Compiled:
    return compile_scope(scope(criterion(0, require, exempt=exempt)))


def sentences(caught: pytest.ExceptionInfo[ConfigurationError]) -> list[str]:
    return [problem.what for problem in caught.value.problems]


class TestTrees:
    def test_a_comparison_is_one_leaf_as_written(self):
        """A report shows each comparison's own outcome, so the leaf must be the author's comparison."""
        result = compiled("a.x <= 3")

        [leaf] = result.leaves
        assert (leaf.id, leaf.criterion, leaf.operator, leaf.choice) == ("c0.r", 0, Operator.LE, None)
        assert leaf.comparison is not None
        assert result.gates == ()
        assert result.criteria[0].requirement == "c0.r"

    def test_and_needs_all_or_needs_one(self):
        """The two connectives are one gate with another number."""
        result = compiled("a.x > 1 and a.y > 1 and a.z > 1 or b.x > 1")

        inner, outer = result.gates
        assert (inner.id, inner.children, inner.k, inner.negate) == (
            "c0.r.0",
            ("c0.r.0.0", "c0.r.0.1", "c0.r.0.2"),
            3,
            False,
        )
        assert (outer.id, outer.children, outer.k, outer.negate) == ("c0.r", ("c0.r.0", "c0.r.1"), 1, False)
        assert result.criteria[0].requirement == "c0.r"

    def test_not_over_a_connective_negates_its_gate(self):
        """No gate more than needed, and no leaf whose outcome means the opposite of its text."""
        result = compiled("not (a.x > 1 and a.y > 1)")

        [gate] = result.gates
        assert (gate.id, gate.k, gate.negate) == ("c0.r.0", 2, True)
        assert [leaf.operator for leaf in result.leaves] == [Operator.GT, Operator.GT]
        assert result.criteria[0].requirement == gate.id

    def test_not_over_a_comparison_keeps_the_comparison(self):
        """'not a.x > 1' is read in reports as the comparison a.x > 1 that came out so, and then negated."""
        result = compiled("not (a.x > 1)")

        [leaf] = result.leaves
        [gate] = result.gates
        assert leaf.operator is Operator.GT
        assert (gate.children, gate.k, gate.negate) == ((leaf.id,), 1, True)

    def test_not_not_is_nothing(self):
        """Two negations cancel on the gate that is there."""
        tree = parse_requirement("a.x > 1 or a.y > 1").tree

        result = compile_scope(scope(criterion(0, Requirement("twice", Not(Not(tree, SPAN), SPAN)))))

        [gate] = result.gates
        assert gate.negate is False

    def test_membership_is_one_equality_for_each_choice(self):
        """'in' must be decided by the engine choice by choice, and a choice may be a fact or parameter of its own."""
        result = compiled('a.state in ["signed", b.state, "waived"]')

        [gate] = result.gates
        assert [leaf.choice for leaf in result.leaves] == [0, 1, 2]
        assert {leaf.operator for leaf in result.leaves} == {Operator.EQ}
        assert [leaf.id for leaf in result.leaves] == ["c0.r.0", "c0.r.1", "c0.r.2"]
        assert gate.children == ("c0.r.0", "c0.r.1", "c0.r.2")
        assert gate.k == 1
        second = result.leaves[1].comparison
        assert isinstance(second.left, FactRef)
        assert isinstance(second.right, FactRef)
        assert (second.left.name, second.right.name) == ("a.state", "b.state")

    def test_not_in_negates_the_gate(self):
        """'not in' with an unknown choice stays unknown: the gate is negated, not the leaves."""
        result = compiled('a.state not in ["draft", "rejected"]')

        [gate] = result.gates
        assert (gate.k, gate.negate) == (1, True)
        assert all(leaf.operator is Operator.EQ for leaf in result.leaves)

    def test_the_exemption_has_ids_of_its_own(self):
        """Requirement and exemption of one criterion must never be mixed up."""
        result = compiled("a.x > 1", exempt="b.none == true or b.small < 3")

        assert result.criteria[0].exemption == "c0.x"
        assert [leaf.id for leaf in result.leaves] == ["c0.r", "c0.x.0", "c0.x.1"]

    def test_only_asked_criteria_are_compiled_and_counted(self):
        """The index in an id is the position among the asked criteria: that is how observations find their case."""
        result = compile_scope(
            scope(
                criterion(0, "a.x > 1"), criterion(1, "a.y > 1"), criterion(2, "a.z > 1"),
                skipped=(Status.NOT_DUE, None, None),
            )
        )  # fmt: skip

        assert [each.id for each in result.criteria] == ["system.test.c1", "system.test.c2"]
        assert [(leaf.id, leaf.criterion) for leaf in result.leaves] == [("c0.r", 0), ("c1.r", 1)]

    def test_nothing_asked_is_an_empty_program(self):
        """Before the first milestone there is nothing to compile, and that is no error here."""
        result = compile_scope(scope())

        assert (result.criteria, result.leaves, result.gates) == ((), (), ())


class TestLimits:
    def test_too_many_choices_name_the_criterion(self):
        """Past the engine's counters a rule would silently need fewer facts than asked for."""
        choices = ", ".join(str(number) for number in range(3))
        tree = parse_requirement(f"a.x in [{choices}]").tree
        object.__setattr__(tree, "choices", tree.choices * (MAX_PARTS // 3 + 1))  # type: ignore[union-attr]

        with pytest.raises(ConfigurationError) as caught:
            compile_scope(scope(criterion(0, Requirement("long", tree))))

        [sentence] = sentences(caught)
        assert sentence.startswith("system.test.c0: one connective or list has 4,002 parts")

    def test_too_deep_a_tree_is_refused_without_recursion(self):
        """A tree that would exhaust the stack must be refused by something that does not recurse itself."""
        tree: Condition = Comparison(Operator.EQ, FactRef("a.x", SPAN), QuotedText("yes", SPAN), SPAN)
        for _ in range(100_000):
            tree = Not(tree, SPAN)

        with pytest.raises(ConfigurationError) as caught:
            compile_scope(_deep(tree))

        [sentence] = sentences(caught)
        assert f"nested deeper than {MAX_DEPTH} levels" in sentence
        _unwind(tree)

    def test_too_many_criteria_and_nodes_are_all_named(self):
        """The engine's child must not be sent to a death that a sentence can avoid."""
        ten = " or ".join(f"a.x{number} > 1" for number in range(10))
        require = parse_requirement(ten)
        many = [criterion(number, require) for number in range(MAX_CRITERIA + 1)]

        with pytest.raises(ConfigurationError) as caught:
            compile_scope(scope(*many))

        first, second = sentences(caught)
        assert f"at most {MAX_CRITERIA:,}" in first
        assert f"at most {MAX_NODES:,}" in second

    def test_two_criteria_with_one_id_are_refused(self):
        """The second would take the place of the first in every answer."""
        with pytest.raises(ConfigurationError) as caught:
            compile_scope(scope(criterion(1, "a.x > 1"), criterion(1, "a.y > 1")))

        assert "two criteria have this id" in sentences(caught)[0]


def _deep(tree: Condition) -> Scope:
    """A scope whose requirement is too deep for pydantic to be asked to look at it."""
    made = criterion(0, replace(parse_requirement("a.x > 1")))  # what is parsed is kept, and others read it
    object.__setattr__(made.require, "tree", tree)
    return scope(made)


def _unwind(tree: Condition) -> None:
    """Take a deep tree apart from the top, because its destructor would recurse."""
    while isinstance(tree, Not):
        below = tree.part
        object.__setattr__(tree, "part", None)
        tree = below


WORDS = st.recursive(
    st.sampled_from(["a.x > 1", "a.y == b.y", 'a.s in ["u", "v"]', 'a.s not in ["u"]', "b.flag"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " and ".join(parts) + ")"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " or ".join(parts) + ")"),
        inner.map(lambda part: f"(not {part})"),
    ),
    max_leaves=12,
)


@given(st.lists(WORDS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_every_tree_is_whole(texts: list[str]):
    """Ids are unique, children come first, every node but the roots has exactly one parent, counts are sane."""
    result = compile_scope(scope(*(criterion(number, text) for number, text in enumerate(texts))))

    order = [leaf.id for leaf in result.leaves] + [gate.id for gate in result.gates]
    assert len(set(order)) == len(order)
    used = [child for gate in result.gates for child in gate.children] + [each.requirement for each in result.criteria]
    assert sorted(used) == sorted(order)
    ready = {leaf.id for leaf in result.leaves}
    for gate in result.gates:
        assert ready.issuperset(gate.children)
        assert 1 <= gate.k <= len(gate.children)
        ready.add(gate.id)
    assert all(leaf.id.startswith(f"c{leaf.criterion}.r") for leaf in result.leaves)
