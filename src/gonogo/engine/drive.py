"""The driver: asserts facts one at a time, takes every firing, asserts what follows, until nothing is left to say.

Runs in the child. It trusts the engine with nothing but the comparison and the count: every return code, every answer
and the number of answers is checked, and the first thing that is not as it must be ends the run.
"""

from __future__ import annotations

import json
from collections import deque
from typing import Any, Final, Protocol

from gonogo.errors import EngineFault

Message = dict[str, Any]

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))
_DECODER: Final = json.JSONDecoder()


class Native(Protocol):
    """The five functions of durable_rules_engine that are used; no thread, no callback, no lambda."""

    def create_ruleset(self, name: str, rules: str, /) -> int:
        """Compile the rules and return a handle."""
        ...

    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]:
        """Return a code (0: it matched and is stored) and the offset of the state."""
        ...

    def start_action_for_state(self, handle: int, offset: int, /) -> tuple[str, str] | None:
        """Return the state and the first firing, or None."""
        ...

    def complete_and_start_action(self, handle: int, offset: int, /) -> str | None:
        """Return the next firing, or None."""
        ...


def drive(native: Native, program: Message) -> dict[str, str]:
    """Run a program (see :class:`gonogo.engine.rule_form.Program`, as JSON) and return the value of every expected key.

    Raises:
        EngineFault: The engine refused a fact, contradicted itself, fired without end, or left a key unanswered.
    """
    run = _EngineRun(native, program)
    pending = deque((sheet, fact) for sheet, fact in program["facts"])
    while pending:
        touched: dict[str, int] = {}
        while pending:
            sheet, fact = pending.popleft()
            touched[sheet] = run.put(sheet, fact)
        for sheet, offset in touched.items():
            run.drain(sheet, offset, pending)
    expects: dict[str, list[str]] = program["expects"]
    silent = [key for key in expects if key not in run.found]
    if silent:
        raise EngineFault(f"The rule engine left {len(silent)} unanswered, first the {silent[0]}.")
    return {key: run.found[key] for key in expects}


class _EngineRun:
    """One run. Holds: at most one value for a key, at most one fact for an identity, a bound on firings."""

    def __init__(self, native: Native, program: Message) -> None:
        self._native = native
        self._program = program
        self._handles = {
            name: native.create_ruleset(name, _ENCODER.encode(rules)) for name, rules in program["sheets"].items()
        }
        self._identities: dict[str, set[int]] = {name: set() for name in self._handles}
        self._number = 0
        self._left = 1000 + 8 * len(program["concludes"]) + 8 * len(program["facts"])
        self.found: dict[str, str] = {}

    def put(self, sheet: str, fact: dict[str, int]) -> int:
        """Assert one fact under an identity of its own; return the offset of the ruleset's state."""
        code, offset = self._native.assert_fact(
            self._handles[sheet], _ENCODER.encode({"id": self._identity(sheet), **fact})
        )
        if code != 0:
            raise EngineFault(f"The rule engine did not take the fact {fact} in {sheet} (code {code}).")
        return offset

    def _identity(self, sheet: str) -> str:
        # The engine tells facts apart by 32 bits of their id; where two would collide it silently refuses the second.
        taken = self._identities[sheet]
        while True:
            self._number += 1
            name = f"f{self._number}"
            if (mark := fnv32(name)) not in taken:
                taken.add(mark)
                return name

    def drain(self, sheet: str, offset: int, pending: deque[tuple[str, dict[str, int]]]) -> None:
        """Take every firing of a ruleset and queue the facts that follow."""
        handle = self._handles[sheet]
        started = self._native.start_action_for_state(handle, offset)
        firing = started[1] if started else None
        while firing:
            self._left -= 1
            if self._left < 0:
                raise EngineFault("The rule engine fires without end.")
            self._conclude(firing, pending)
            firing = self._native.complete_and_start_action(handle, offset)

    def _conclude(self, firing: str, pending: deque[tuple[str, dict[str, int]]]) -> None:
        rule = _rule_of(firing)
        if rule not in self._program["concludes"]:
            raise EngineFault(f"The rule engine fired {rule!r:.60}, which is not a rule of this run.")
        key, value = self._program["concludes"][rule]
        if not key:
            key = self._program["names"][json.loads(firing)[rule]["m"]["n"]]
        if key in self.found:
            if self.found[key] != value:
                raise EngineFault(f"The rule engine contradicts itself: the {key} is {self.found[key]} and {value}.")
            return
        if value not in self._program["expects"].get(key, [value]):
            raise EngineFault(f"The rule engine answers {value} for the {key}.")
        self.found[key] = value
        for sheet, address, table in self._program["asserts"].get(key, ()):
            properties = self._program["tables"][table].get(value)
            if properties is not None:
                pending.append((sheet, address | properties))


def fnv32(text: str) -> int:
    """Return the 32-bit FNV-1a hash by which the engine tells ids and property names apart."""
    value = 0x811C9DC5
    for byte in text.encode("ascii"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def _rule_of(firing: str) -> str:
    """Return the rule's name from ``{"name": {...}}`` without reading the matched facts, which may be thousands."""
    if firing[:1] != "{":
        raise EngineFault("The rule engine answered with something that is not a firing.")
    name = _DECODER.raw_decode(firing, 1)[0]
    return str(name)
