"""Facts: what may be known about a program. The vocabulary declares them; evidence gives them values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from pydantic import Field, model_validator

from gonogo.model.base import DecimalText, DottedName, Frozen, OneLine
from gonogo.model.canonical import MAX_INTEGER, decimal_text, instant_text, read_decimal, read_instant
from gonogo.model.computed_facts import CRITERIA_FACTS, PLAN_FACTS, RECORD_FACTS, WAIVER_FACTS
from gonogo.model.derivation import Derivation
from gonogo.model.register import ACCEPTANCES, Register
from gonogo.model.trend import Trend

Value = bool | int | Decimal | str | datetime
"""What a fact can hold. A ratio from counts is held as ``part`` and ``whole`` beside it (see evidence)."""

MAX_TEXT: Final = 2000

_OWN: Final = CRITERIA_FACTS | WAIVER_FACTS | PLAN_FACTS | RECORD_FACTS


class FactType(StrEnum):
    """The closed list of types. A share is a ratio from 0 to 1; money is exact and has a currency as its unit."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RATIO = "ratio"
    MONEY = "money"
    TEXT = "text"
    INSTANT = "instant"

    @property
    def named(self) -> str:
        """The type with its article: ``a ratio``, ``an integer``."""
        return f"an {self}" if self in (FactType.INTEGER, FactType.INSTANT) else f"a {self}"

    @property
    def numeric(self) -> bool:
        """Whether values of this type can be ordered and calculated with as numbers."""
        return self in (FactType.INTEGER, FactType.DECIMAL, FactType.RATIO, FactType.MONEY)

    @property
    def has_unit(self) -> bool:
        """Whether a declaration of this type names a unit."""
        return self in (FactType.INTEGER, FactType.DECIMAL, FactType.MONEY)


class Bound(StrEnum):
    """What a fact must be about, beyond the program, to count."""

    BUILD = "build"
    """The build, commit or configuration that is being released."""


class FactDeclaration(Frozen):
    """One fact of the vocabulary.

    Attributes:
        name: Dotted name, e.g. ``training.completed_ratio``.
        type: One of the closed list.
        unit: For integer, decimal and money facts: ``people``, ``working days``, ``USD``; empty otherwise.
        min: Smallest value that can be true, in the unit; for a ratio 0 by default.
        max: Largest value that can be true; for a ratio 1 by default.
        allowed: For text facts, the closed list of values; empty means any text.
        tolerance: How far two sources may differ and still agree, in the unit; 0 by default.
        meaning: What the fact counts or states, so that two people would count alike.
        question: The plain question that a person would be asked.
        bound: ``build`` when the fact counts only for the build being released.
        sample: Whether it counts a sample drawn from what it is about, so that ``lower(…)`` may say what it proves;
            absent where it counts everything, as a register or a roster does.
        trend: From which other fact gonogo computes it, by its record; absent where a source answers.
    """

    name: DottedName
    type: FactType
    unit: str = ""
    min: DecimalText | None = None
    max: DecimalText | None = None
    allowed: tuple[OneLine, ...] = ()
    tolerance: DecimalText = Decimal(0)
    meaning: OneLine
    question: OneLine
    bound: Bound | None = None
    sample: bool | None = None
    trend: Trend | None = None

    @model_validator(mode="after")
    def _coherent(self) -> FactDeclaration:
        if self.type.has_unit and not self.unit:
            raise ValueError(f"a fact of type {self.type} needs a unit")
        if not self.type.has_unit and self.unit:
            raise ValueError(f"a fact of type {self.type} has no unit")
        if not self.type.numeric and (self.min is not None or self.max is not None or self.tolerance):
            raise ValueError(f"a fact of type {self.type} has no range or tolerance")
        if self.allowed and self.type is not FactType.TEXT:
            raise ValueError("only a text fact has a list of allowed values")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is greater than max")
        if self.sample and self.type is not FactType.RATIO:
            raise ValueError("only a ratio can be that of a sample")
        if self.tolerance < 0:
            raise ValueError("tolerance is negative")
        return self

    @property
    def lowest(self) -> Decimal | None:
        """Smallest admissible number; None for no bound."""
        return Decimal(0) if self.min is None and self.type is FactType.RATIO else self.min

    @property
    def highest(self) -> Decimal | None:
        """Largest admissible number; None for no bound."""
        return Decimal(1) if self.max is None and self.type is FactType.RATIO else self.max


class Vocabulary(Frozen):
    """All facts that a ruleset and its overlays may use, by name. Authoritative: no plugin can change it.

    Attributes:
        facts: In the order of the file.
        registers: Sources whose open items may be accepted one by one; absent where none is declared.
        derivation: Settings of collectors that decide what a fact means, and that no binding may change; absent where
            none is pinned.
    """

    facts: tuple[FactDeclaration, ...]
    registers: tuple[Register, ...] | None = Field(default=None, min_length=1)
    derivation: tuple[Derivation, ...] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _unique(self) -> Vocabulary:
        names = [fact.name for fact in self.facts]
        doubled = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
        if doubled:
            raise ValueError(f"declared twice: {', '.join(doubled)}")
        return self

    @cached_property
    def _by_name(self) -> dict[str, FactDeclaration]:
        return {fact.name: fact for fact in self.facts}

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> FactDeclaration:
        return self._by_name[name]

    def get(self, name: str) -> FactDeclaration | None:
        """Return the declaration of ``name``, or None."""
        return self._by_name.get(name)

    def names(self) -> Iterator[str]:
        """Iterate the declared names in the order of the file."""
        return iter(self._by_name)

    @cached_property
    def registers_by_id(self) -> dict[str, Register]:
        """Registers by their id."""
        return {register.id: register for register in self.registers or ()}

    @cached_property
    def registers_by_fact(self) -> dict[str, Register]:
        """Registers by each fact that gonogo computes for them."""
        return {name: register for register in self.registers or () for name in register.computed}

    @cached_property
    def counting(self) -> frozenset[str]:
        """The facts by which registers count; only a source that names their items answers them."""
        return frozenset(name for each in self.registers or () for name in (each.fact, *(each.same_items or ())))

    def computed(self, name: str) -> bool:
        """Whether gonogo computes a fact itself, so that no binding answers it and nobody states it."""
        known = self.get(name)
        trend = known is not None and known.trend is not None
        return computed_by_name(name) or trend or name in self.registers_by_fact

    def by_evidence(self, name: str) -> bool:
        """Whether a fact is declared and evidence answers it: whatever else is asked of no file."""
        return name in self and not self.computed(name)


def computed_by_name(name: str) -> bool:
    """Return whether a fact of this name is always gonogo's own: of the lock, waivers, plans, acceptances or record."""
    return name in _OWN or name.partition(".")[0] == ACCEPTANCES


def read_value(kind: FactType, raw: object) -> Value:
    """Turn the wire form of a value into the value, exactly as the type says.

    Wire forms: boolean ``true``/``false``; integer a JSON integer; decimal, ratio and money decimal text; text a
    string of 1 to 2000 characters; instant ``2027-04-19T16:00:00.000000Z``. Nothing is converted between types:
    ``"95"`` is not a number and ``1`` is not true.

    Raises:
        ValueError: The raw value is of another type or form; the sentence is fit for a reader.
    """
    if kind is FactType.BOOLEAN:
        if isinstance(raw, bool):
            return raw
    elif kind is FactType.INTEGER:
        if isinstance(raw, int) and not isinstance(raw, bool):
            if abs(raw) > MAX_INTEGER:
                raise ValueError("the integer is beyond 2**53 - 1")
            return raw
    elif kind is FactType.TEXT:
        if isinstance(raw, str):
            if not 1 <= len(raw) <= MAX_TEXT:
                raise ValueError(f"a text has 1 to {MAX_TEXT} characters")
            return raw
    elif kind is FactType.INSTANT:
        if isinstance(raw, datetime):
            return read_instant(instant_text(raw))
        if isinstance(raw, str):
            return read_instant(raw)
    elif isinstance(raw, Decimal):
        return read_decimal(decimal_text(raw))
    elif isinstance(raw, str):
        return read_decimal(raw)
    raise ValueError(f"{kind.named} is expected, not {_describe(raw)}")


def write_value(value: Value) -> bool | int | str:
    """Return the wire form of a value; the inverse of :func:`read_value`."""
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Decimal):
        return decimal_text(value)
    return instant_text(value)


def _describe(raw: object) -> str:
    if raw is None:
        return "nothing"
    names = {bool: "true or false", int: "a whole number", float: "a floating-point number", str: "text"}
    return names.get(type(raw), f"a {type(raw).__name__}")
