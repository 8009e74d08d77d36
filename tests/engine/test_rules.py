"""The program given to the rule engine: inside its limits by construction, and refused where it would not be."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from gonogo.engine.drive import drive, fnv32
from gonogo.engine.rule_form import MAX_COUNT, MAX_RULES, RuleProgram
from gonogo.engine.rules import SHARD, build
from gonogo.errors import EngineFault
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Comparison, Operator
from gonogo.model.judgement import Compiled, CompiledCriterion, Gate, Leaf, Observation
from gonogo.model.ruleset import DecisionPolicy, Domain, Severity

POLICY = DecisionPolicy(milestones=("T-0",))
COMPARISON = parse_requirement("a.x > 1").tree
assert isinstance(COMPARISON, Comparison)


def large(gates: int) -> Compiled:
    """Gates over two leaves each, every second criterion with an exemption."""
    leaves = tuple(Leaf(f"l{number}", 0, list(Operator)[number % 6], COMPARISON) for number in range(2 * gates))
    return Compiled(
        criteria=tuple(
            CompiledCriterion(
                f"{list(Domain)[number % 4].value}.big.c{number}", list(Domain)[number % 4], list(Severity)[number % 3],
                f"g{number}", f"l{number}" if number % 2 else None,
            )
            for number in range(gates)
        ),
        leaves=leaves,
        gates=tuple(Gate(f"g{n}", (f"l{2 * n}", f"l{2 * n + 1}"), 1 + n % 2, negate=n % 3 == 0) for n in range(gates)),
        policy=POLICY,
    )  # fmt: skip


def observed(compiled: Compiled) -> list[Observation]:
    return [Observation(leaf.id, usable=True, v=number, w=3) for number, leaf in enumerate(compiled.leaves)]


@pytest.fixture(scope="module")
def program() -> RuleProgram:
    compiled = large(300)
    return build(compiled, observed(compiled))


def all_tests(program: RuleProgram) -> list[list[dict[str, Any]]]:
    return [rule["all"][0]["m"]["$and"] for rules in program.sheets.values() for rule in rules.values()]


class TestForm:
    def test_every_rule_is_a_count_over_one_flat_list_of_tests(self, program):
        """The safe subset, and nothing else: one pattern, one key for each test, no 'or', negation, join or pattern."""
        allowed = {"$lt", "$lte", "$gt", "$gte", "$neq"}
        for rules in program.sheets.values():
            for rule in rules.values():
                assert set(rule) <= {"all", "count"}
                assert len(rule["all"]) == 1
                assert set(rule["all"][0]) == {"m"}
        for tests in all_tests(program):
            for test in tests:
                [(name, value)] = test.items()
                if name.startswith("$"):
                    assert name in allowed
                    [(name, value)] = value.items()
                assert name.isalnum()
                assert isinstance(value, int) or value == {"$m": "w"}

    def test_every_fact_is_flat_small_and_all_integers(self, program):
        """No text, no fraction, no truth reaches the engine; v and w always come together."""
        tables = [properties for table in program.tables.values() for properties in table.values()]
        facts = [fact for _sheet, fact in program.facts]
        for fact in facts + tables:
            assert len(fact) < 10
            assert all(type(value) is int for value in fact.values())
        assert all(("v" in fact) == ("w" in fact) for fact in facts)

    def test_no_two_property_names_share_a_hash(self, program):
        """The engine compares names by 32 bits; ours must differ from each other and from its own."""
        names = {"id", "sid", "$s"}
        for tests in all_tests(program):
            for test in tests:
                [(name, value)] = test.items()
                names.add(next(iter(value)) if name.startswith("$") else name)
        for table in program.tables.values():
            names.update(name for properties in table.values() for name in properties)
        for _sheet, fact in program.facts:
            names.update(fact)

        assert len(names) > 15
        assert len({fnv32(name) for name in names}) == len(names)

    def test_no_parent_has_more_sibling_tests_than_a_fact_may_meet(self, program):
        """Past 64 matching siblings nothing is evaluated, past 511 it hangs: a ruleset has 8 x 8 addresses."""
        for rules in program.sheets.values():
            siblings: dict[str, set[str]] = {}
            endings: Counter[str] = Counter()
            for rule in rules.values():
                path = ""
                for test in rule["all"][0]["m"]["$and"]:
                    siblings.setdefault(path, set()).add(json.dumps(test))
                    path += json.dumps(test)
                endings[path] += 1
            assert max(len(tests) for tests in siblings.values()) <= 32
            assert max(endings.values()) <= 4
            assert len(rules) <= 6 * SHARD

    def test_every_ruleset_has_a_heartbeat(self, program):
        """A ruleset that does not wake up would leave only gaps; this says which one it is."""
        assert {f"heartbeat {sheet}" for sheet in program.sheets} <= program.expects.keys()

    def test_a_heartbeat_is_a_difference_of_one_where_floats_see_none(self, program):
        """An engine that compares by floats would take the two for equal, and every large count for its threshold."""
        beats = [fact for _, fact in program.facts if fact.get("hb") == 1]

        assert len(beats) == len(program.sheets)
        assert {fact["w"] - fact["v"] for fact in beats} == {1}
        assert all(float(fact["v"]) == float(fact["w"]) for fact in beats)


class TestRefusals:
    def test_counts_and_rules_stay_inside_16_bits_and_4096(self):
        """A count of 65,536 would be 0, and fire at the first fact."""
        program = RuleProgram()

        with pytest.raises(EngineFault, match="counts from 1 to 60,000"):
            program.rule(("s", {"a": 1}), [{"r": 1}], ("key", "yes"), count=MAX_COUNT + 1)
        with pytest.raises(EngineFault, match="counts from 1"):
            program.rule(("s", {"a": 1}), [{"r": 1}], ("key", "yes"), count=0)
        for number in range(MAX_RULES):
            program.rule(("s", {"a": number}), [{"r": 1}], ("key", "yes"))
        with pytest.raises(EngineFault, match="4,096 rules"):
            program.rule(("s", {"a": 1}), [{"r": 1}], ("key", "yes"))

    @pytest.mark.parametrize(
        ("gates", "words"),
        [
            ((Gate("g", ("a", "b"), 3),), "asks for 3 of 2"),
            ((Gate("g", ("a", "b"), 0),), "asks for 0 of 2"),
            ((Gate("g", (), 1),), "asks for 1 of 0"),
            ((Gate("g", ("a",), 2),), "asks for 2 of 1"),
            ((Gate("g", ("a", "h"), 1), Gate("h", ("a", "b"), 1)), "used before it is there"),
            ((Gate("g", ("a", "b"), 1), Gate("g", ("a", "b"), 2)), "appears twice"),
        ],
        ids=["too many", "none", "no child", "two of one", "forward", "doubled"],
    )
    def test_a_tree_that_is_not_whole_is_refused(self, gates, words):
        """Compiling makes none of these; were it wrong, the engine must not be asked."""
        leaves = (Leaf("a", 0, Operator.GT, COMPARISON), Leaf("b", 0, Operator.GT, COMPARISON))
        compiled = Compiled((), leaves, gates, POLICY)

        with pytest.raises(EngineFault, match=words):
            build(compiled, observed(compiled))


class Scripted:
    """An engine that answers from a script: every firing it is told to report, once."""

    def __init__(self, *firings: str, code: int = 0) -> None:
        self._firings = list(firings)
        self._code = code

    def create_ruleset(self, name: str, rules: str) -> int:
        return 1

    def assert_fact(self, handle: int, fact: str) -> tuple[int, int]:
        return self._code, 0

    def start_action_for_state(self, handle: int, offset: int) -> tuple[str, str] | None:
        return ("{}", self._firings.pop(0)) if self._firings else None

    def complete_and_start_action(self, handle: int, offset: int) -> str | None:
        return self._firings.pop(0) if self._firings else None


class Endless(Scripted):
    def complete_and_start_action(self, handle: int, offset: int) -> str | None:
        return '{"s.0": {}}'


TINY: dict[str, Any] = {
    "sheets": {"s": {}}, "names": [], "asserts": {}, "tables": {}, "expects": {"one": ["yes", "no"]},
    "concludes": {"s.0": ["one", "yes"], "s.1": ["one", "no"], "s.2": ["one", "perhaps"]}, "facts": [["s", {"a": 1}]],
}  # fmt: skip


class TestDriver:
    def test_one_answer_once_is_the_answer(self):
        """The same conclusion twice is no contradiction."""
        assert drive(Scripted('{"s.0": {}}', '{"s.0": {}}'), TINY) == {"one": "yes"}

    @pytest.mark.parametrize(
        ("engine", "words"),
        [
            (Scripted(), "left 1 unanswered, first the one"),
            (Scripted('{"s.0": {}}', '{"s.1": {}}'), "contradicts itself: the one is yes and no"),
            (Scripted('{"s.2": {}}'), "answers perhaps"),
            (Scripted('{"s.9": {}}'), "not a rule of this run"),
            (Scripted("[]"), "not a firing"),
            (Scripted(code=1), r"did not take the fact .* \(code 1\)"),
            (Scripted(code=2), r"\(code 2\)"),
            (Endless('{"s.0": {}}'), "fires without end"),
        ],
        ids=["silent", "both", "other value", "other rule", "babble", "unmatched", "duplicate", "endless"],
    )
    def test_anything_else_ends_the_run(self, engine, words):
        """The engine is trusted with comparing and counting; everything it says about it is checked."""
        with pytest.raises(EngineFault, match=words):
            drive(engine, TINY)
