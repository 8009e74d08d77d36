"""What a ruleset says about a field of a criterion, and how the mistakes of its value are found.

A declaration (:class:`FieldRule`) stands with the field in :mod:`gonogo.ruleset.criterion_fields`; the loader,
overlays, recorded changes and upgrades read it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.change import Effect
from gonogo.model.fact import Vocabulary
from gonogo.model.parameter import hold_rung
from gonogo.model.people import Side, Sides, unsatisfiable
from gonogo.model.ruleset import Criterion, Domain, Severity
from gonogo.ruleset.effects import PartChange
from gonogo.text import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class CriterionContext:
    """What a criterion may refer to.

    Attributes:
        vocabulary: The facts.
        milestones: Of the policy, earliest first, then the ids of its hold points.
        seats: M3's and those declared.
        sources: Keys of the citations.
    """

    vocabulary: Vocabulary
    milestones: Sequence[str]
    seats: Collection[str]
    sources: Collection[str]


@dataclass(frozen=True, slots=True)
class WrittenCriterion:
    """A criterion, or an overlay's change of one, where it stands.

    Attributes:
        sheet: The file.
        loc: Place in it.
        document: What is written there.
        around: What it may refer to.
        old: The criterion that is changed; None where the criterion itself stands here.
    """

    sheet: CheckedDocument[Document]
    loc: Loc
    document: Document
    around: CriterionContext
    old: Criterion | None = None

    def written(self, name: str) -> Any:
        """Return the value of a field as it is written here; None where nothing is."""
        return getattr(self.document, name, None)


def no_problems(_site: WrittenCriterion, _loc: Loc, _value: Any) -> list[Problem]:
    """Return that whatever has the shape of the field is right."""
    return []


def as_written(value: Any) -> Any:
    """Return a value of the document as the criterion holds it: lists cannot be changed any more."""
    return tuple(value) if isinstance(value, list) else value


KEPT: Final = object()
"""Stands for the value that the criterion has already, or the model's default."""


def as_it_was(_site: WrittenCriterion) -> Any:
    """Return that a field which is not said stays as it was."""
    return KEPT


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What gonogo does with one field of a criterion.

    Attributes:
        effect: Which way a change goes, from the old and the new value of the criterion; None for words that decide
            nothing. There is no default: a new field says which way it goes.
        overlay: Whether an overlay may change it.
        part: How a recorded change names it; the key where empty.
        text: How a recorded change writes a value.
        changes: What changed, where one field is several parts; instead of ``effect`` and ``text``.
        check: Mistakes of meaning of a value that is written.
        made: The criterion's value for the written one.
        made_at: The same where it takes more than the written value; instead of ``made``.
        when_absent: The criterion's value where none is written, or ``KEPT``.
        attribute: Name in :class:`gonogo.model.ruleset.Criterion`; the field's own where empty.
    """

    effect: Callable[[Any, Any], Effect] | None
    overlay: bool = False
    part: str = ""
    text: Callable[[Any], str] = str
    changes: Callable[[Criterion, Criterion], Iterator[PartChange]] | None = None
    check: Callable[[WrittenCriterion, Loc, Any], list[Problem]] = no_problems
    made: Callable[[Any], Any] = as_written
    made_at: Callable[[WrittenCriterion, Any], Any] | None = None
    when_absent: Callable[[WrittenCriterion], Any] = as_it_was
    attribute: str = ""

    def value(self, site: WrittenCriterion, written: Any) -> Any:
        """Return the criterion's value for what is written, or for nothing."""
        if written is None:
            return self.when_absent(site)
        return self.made(written) if self.made_at is None else self.made_at(site, written)


def domain_known(site: WrittenCriterion, loc: Loc, name: str) -> list[Problem]:
    """Return the mistake of an id that begins with no domain, if it is one."""
    domain = name.partition(".")[0]
    domains = [each.value for each in Domain]
    if domain in domains:
        return []
    hint = did_you_mean(domain, domains, otherwise=f"an id begins with {', '.join(domains)}")
    return [site.sheet.problem(loc, "G127", f"'{domain}' is not a domain", hint)]


def conditional_only(site: WrittenCriterion, loc: Loc, _value: int) -> list[Problem]:
    """Return the mistake of a criterion that becomes mandatory and is not conditional, if it is one."""
    severity = site.written("severity") or (site.old.severity if site.old is not None else None)
    if severity in (None, Severity.CONDITIONAL):
        return []
    what = f"`open_for` makes a conditional criterion mandatory, but this is {severity}"
    return [site.sheet.key_problem(loc, "G164", what, "remove it, or write `severity: conditional`")]


def rung_of(name: str, milestones: Sequence[str]) -> str:
    """Return the rung that a milestone or the id of a hold point means; what is neither stays as it is."""
    holds = [each for each in milestones if not each.startswith("T-")]
    return hold_rung(holds.index(name) + 1, name) if name in holds else name


def due_rung(site: WrittenCriterion, name: str) -> str:
    """Return from which rung a criterion is due."""
    return rung_of(name, site.around.milestones)


def milestone_known(site: WrittenCriterion, loc: Loc, name: str) -> list[Problem]:
    """Return the mistake of a milestone that the policy does not have, if it is one."""
    return milestone_problems(site.sheet, loc, name, site.around.milestones)


def milestone_problems(
    sheet: CheckedDocument[Document], loc: Loc, name: str, milestones: Sequence[str], *, key: bool = False
) -> list[Problem]:
    """Return the mistake that ``name`` is not a milestone of the policy, if it is one."""
    if name in milestones or not milestones:
        return []
    add = sheet.key_problem if key else sheet.problem
    return [
        add(loc, "G126", f"{name} is not a milestone of the policy", f"the policy has {listed(milestones, most=20)}")
    ]


def seats_known(site: WrittenCriterion, loc: Loc, value: Sequence[str] | str) -> list[Problem]:
    """Return the mistakes of a list of seats, or of one: unknown ones and doubled ones."""
    seats = [value] if isinstance(value, str) else value
    problems = []
    for index, seat in enumerate(seats):
        where = (*loc, index)
        if seat not in site.around.seats:
            hint = did_you_mean(seat, site.around.seats, otherwise="declare it under `offices:`")
            problems.append(site.sheet.problem(where, "G124", f"'{seat}' is not a seat", hint))
        if seat in seats[:index]:
            problems.append(site.sheet.problem(where, "G123", f"'{seat}' appears twice", "keep one"))
    return problems


def waiver_seats(site: WrittenCriterion, loc: Loc, seats: Sequence[str]) -> list[Problem]:
    """Return the mistakes of the seats that together may waive: also that nobody could ever satisfy them."""
    sides = site.written("sides") or (site.old.sides if site.old else None) or Sides.BOTH
    return seats_known(site, loc, seats) + _satisfiable(site, loc, seats, sides)


def waiver_sides(site: WrittenCriterion, loc: Loc, sides: Sides) -> list[Problem]:
    """Return the mistake of sides that the seats of a changed criterion cannot satisfy, if it is one."""
    if site.old is None or site.written("waivable_by") is not None:
        return []
    return _satisfiable(site, loc, site.old.waivable_by, sides)


def _satisfiable(site: WrittenCriterion, loc: Loc, seats: Sequence[str], sides: Sides) -> list[Problem]:
    why = unsatisfiable(seats, one_side=sides is Sides.ONE)
    if not why:
        return []
    hint = "name a seat of the customer and one of the provider, or say `sides: one` and name two seats; [] for nobody"
    return [site.sheet.problem(loc, "G137", f"nobody could ever waive this: {why}", hint)]


def sources_known(site: WrittenCriterion, loc: Loc, keys: Sequence[str]) -> list[Problem]:
    """Return the mistakes of citations that are not declared."""
    problems = []
    for index, key in enumerate(keys):
        if key not in site.around.sources:
            hint = did_you_mean(key, site.around.sources, otherwise="declare it under `sources:`")
            problems.append(site.sheet.problem((*loc, index), "G125", f"'{key}' is not a source", hint))
    return problems


def default_attesters(site: WrittenCriterion) -> Any:
    """Return who may attest where nothing is said: the owner's office on both sides, or as the criterion has it."""
    owner, old = site.written("owner"), site.old
    if old is not None and (owner is None or old.attest != _both_sides(old.owner, site.around.seats)):
        return KEPT
    return _both_sides(owner, site.around.seats)


def _both_sides(owner: str, seats: Collection[str]) -> tuple[str, ...]:
    office = owner.partition(".")[2]
    both = tuple(f"{side}.{office}" for side in (Side.CUSTOMER, Side.PROVIDER) if f"{side}.{office}" in seats)
    return both if owner in both else (owner,)
