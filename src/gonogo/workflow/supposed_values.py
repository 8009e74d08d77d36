"""Values that a person supposes on the command line: read as strictly as a statement, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from pydantic_core import PydanticCustomError

from gonogo.core.admitted_value import Refused, check_range
from gonogo.documents.fact_values import EXAMPLES, read_fact_value
from gonogo.documents.quantities import read_moment
from gonogo.documents.yaml import ScalarNode, read_yaml
from gonogo.errors import ConfigurationError, UsageError
from gonogo.model.canonical import MAX_INTEGER
from gonogo.model.evidence import Evidence, Gap, quotient_text
from gonogo.model.fact import FactDeclaration, FactType, Value
from gonogo.path.possible_values import supposed
from gonogo.path.register_dial import named_facts
from gonogo.program.local_times import instant_of
from gonogo.text import did_you_mean
from gonogo.workflow.flipping import FlippableRun

_COUNTS: Final = re.compile(r"(0|[1-9][0-9]{0,15}) of ([1-9][0-9]{0,15})", re.ASCII)
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class SupposedValues:
    """What is supposed of facts.

    Attributes:
        entries: Fact to what would be known of it.
        closed: Register to the keys that would be closed.
    """

    entries: Mapping[str, Evidence | Gap]
    closed: Mapping[str, tuple[str, ...]]


def supposed_values(texts: Sequence[str], run: FlippableRun, now: datetime) -> SupposedValues:
    """Read ``fact=value`` of each ``--set``; a share is a percentage, a decimal, or ``190 of 200``.

    Raises:
        UsageError: It is no ``fact=value``, names no fact that a criterion reads, or one twice, or one that gonogo
            computes itself; or the value is of another type, or cannot be true.
    """
    entries: dict[str, Evidence | Gap] = {}
    for text in texts:
        fact, sign, value = text.partition("=")
        fact, value = fact.strip(), value.strip()
        if not sign or not value:
            raise UsageError(f"`--set {text[:_SHOWN]}` is no fact=value.", hint="write --set 'fact=value'")
        if fact in entries:
            raise UsageError(f"{fact} is set twice.", hint="give each fact one value")
        entries[fact] = _entry(_declared(fact, run), value, run, now)
    return _with_registers(entries, run, now)


def _declared(fact: str, run: FlippableRun) -> FactDeclaration:
    loaded = run.run.loaded
    declared, asked = loaded.vocabulary.get(fact), set(loaded.ruleset.facts)
    settable = sorted(name for name in asked if name in loaded.vocabulary and not loaded.vocabulary.computed(name))
    if declared is None:
        hint = did_you_mean(fact, settable, otherwise="`gonogo explain CRITERION --program PROGRAM` names its facts")
        raise UsageError(f"The ruleset has no fact '{fact[:_SHOWN]}'.", hint=hint)
    if loaded.vocabulary.computed(fact):
        raise UsageError(f"gonogo computes {fact} itself, so nobody can set it.", hint="set what it is computed from")
    if fact not in asked and not any(fact in named_facts(each) for each in loaded.vocabulary.registers or ()):
        hint = did_you_mean(fact, settable, otherwise="name a fact that a criterion reads")
        raise UsageError(f"No criterion of {loaded.ruleset.name} reads {fact}, so it changes nothing.", hint=hint)
    return declared


def _entry(declared: FactDeclaration, text: str, run: FlippableRun, now: datetime) -> Evidence:
    counts = _COUNTS.fullmatch(text) if declared.type is FactType.RATIO else None
    part, whole = (int(counts[1]), int(counts[2])) if counts is not None else (0, 0)
    if counts is not None and max(part, whole) <= MAX_INTEGER:
        entry = supposed(declared, Decimal(quotient_text(part, whole)), now, counts=(part, whole))
    else:
        entry = supposed(declared, _value(declared, text, run), now)
    try:
        check_range(entry, declared)
    except Refused as refusal:
        raise UsageError(f"--set {declared.name}: {refusal}") from refusal
    return entry


def _value(declared: FactDeclaration, text: str, run: FlippableRun) -> Value:
    zone = run.run.view.started.program.zone

    def moment(scalar: ScalarNode) -> datetime | None:
        try:
            return instant_of(read_moment(scalar.text), zone)
        except PydanticCustomError:
            return None

    try:
        node = read_yaml(text.encode("utf-8", "replace"), "--set")
    except ConfigurationError:
        node = None
    value = read_fact_value(node, declared.type, moment) if isinstance(node, ScalarNode) else None
    if value is None:
        example = EXAMPLES[declared.type] + (" or 190 of 200" if declared.type is FactType.RATIO else "")
        raise UsageError(
            f"--set {declared.name}: {declared.type.named} is expected, not `{text[:_SHOWN]}`.",
            hint=f"for example `--set '{declared.name}={example.partition(' or ')[0]}'`; it may be {example}",
        )
    return value


def _with_registers(entries: Mapping[str, Evidence | Gap], run: FlippableRun, now: datetime) -> SupposedValues:
    """Move the facts of a register together: they name the same items, and those are closed that nobody accepted."""
    found, closed = dict(entries), {}
    for register in run.run.loaded.vocabulary.registers or ():
        mine = [fact for fact in named_facts(register) if fact in entries]
        for fact in mine:
            entry = entries[fact]
            moved = run.register_dials.with_left(register, entry, now) if isinstance(entry, Evidence) else None
            if moved is None:
                continue
            made, gone = moved
            found |= {name: value for name, value in made.items() if name == fact or name not in entries}
            closed[register.id] = gone
    return SupposedValues(found, closed)
