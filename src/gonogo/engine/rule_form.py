"""The form in which the rule engine is programmed: rules of one shape, what they conclude, and what follows. Pure.

Every rule is *at least ``count`` facts that pass a flat list of tests, each of one property*: the one form in which
durable-rules was never seen to err. There is no negation, no "or", no join and no arithmetic. What follows from a rule
is data: it *concludes* that a key has a value, and a conclusion *asserts* facts to further rules. A *general* rule
is about the key that the matched fact names by its number ``n``; any other rule is about a key of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gonogo.errors import EngineFault

MAX_COUNT: Final = 60_000
"""The engine's counters are unsigned 16-bit numbers; 65,536 would be 0."""
MAX_RULES: Final = 4_096
"""Rules in one ruleset."""
MAX_SHEETS: Final = 100_000
"""Rulesets in one process; the engine ends at 131,071."""
MAX_TESTS: Final = 16
"""Tests of one rule; the engine handles about 30."""

YES: Final = "yes"
"""The one value of a key that is only ever concluded, or not."""

Fact = dict[str, int]
Test = dict[str, Any]
Place = tuple[str, Fact]
"""A ruleset, and the properties that address one node in it."""


@dataclass(slots=True)
class RuleProgram:
    """Everything that the child needs; built of JSON types only.

    Attributes:
        sheets: Ruleset name to rule name to rule, in the engine's form.
        concludes: Rule name to (key, value); the key of a general rule is empty. Names are unique over all rulesets.
        names: The keys that facts name by their position here.
        asserts: Key to what follows from any value of it: ruleset, address, and the table that has the rest.
        tables: Table name to value to properties; of a value that a table lacks, nothing follows.
        expects: Key to the values it may have. At the end each has exactly one, or there is no answer.
        facts: The facts asserted at the start, each with its ruleset.
    """

    sheets: dict[str, dict[str, Any]] = field(default_factory=dict)
    concludes: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    asserts: dict[str, list[tuple[str, Fact, str]]] = field(default_factory=dict)
    tables: dict[str, dict[str, Fact]] = field(default_factory=dict)
    expects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facts: list[Place] = field(default_factory=list)

    def expect(self, key: str, values: tuple[str, ...]) -> None:
        """Add a key that must be answered exactly once.

        Raises:
            EngineFault: It is there already.
        """
        if key in self.expects:
            raise EngineFault(f"The {key} appears twice; the rule engine could not tell its answers apart.")
        self.expects[key] = values

    def name(self, key: str) -> int:
        """Return a number by which facts can name ``key``."""
        self.names.append(key)
        return len(self.names) - 1

    def rule(self, place: Place, tests: Sequence[Test], concludes: tuple[str, str], *, count: int = 1) -> None:
        """Add a rule: ``count`` facts at ``place`` that pass all ``tests`` conclude (key, value).

        Raises:
            EngineFault: It is beyond a limit of the engine.
        """
        sheet, address = place
        rules = self.sheets.setdefault(sheet, {})
        if not 1 <= count <= MAX_COUNT or len(rules) >= MAX_RULES or len(address) + len(tests) > MAX_TESTS:
            raise EngineFault(
                f"The rule engine cannot be asked for the {concludes[0]}: it counts from 1 to {MAX_COUNT:,} "
                f"(asked: {count:,}) and holds {MAX_RULES:,} rules with {MAX_TESTS} tests in a ruleset."
            )
        name = f"{sheet}.{len(rules)}"
        pattern = {"m": {"$and": [{prop: digit} for prop, digit in address.items()] + list(tests)}}
        rules[name] = {"all": [pattern], "count": count} if count > 1 else {"all": [pattern]}
        self.concludes[name] = concludes

    def start(self, place: Place, **properties: int) -> None:
        """Add a fact that is asserted at the start."""
        self.facts.append((place[0], place[1] | properties))

    def then(self, key: str, place: Place, table: str) -> None:
        """Add: whatever ``key`` is concluded to be, the fact of ``table`` for that value is asserted at ``place``."""
        self.asserts.setdefault(key, []).append((*place, table))

    def holds(self, key: str, place: Place, tests: Sequence[Test], count: int, aside: Place, table: str) -> None:
        """Add: once ``count`` facts at ``place`` pass ``tests``, the fact of ``table`` for YES is asserted ``aside``.

        With a count of 0 it holds from the start.
        """
        if count == 0:
            self.start(aside, **self.tables[table][YES])
            return
        self.rule(place, tests, (key, YES), count=count)
        self.then(key, aside, table)
