"""Every field of a criterion, declared once: how it is read, checked, overlaid, compared, and which way a change goes.

What an overlay may set, the JSON Schemas, the pages of the reference, the recorded changes of rules and what an upgrade
tells are made from this. What a field means is written at :class:`gonogo.model.ruleset.Criterion`, which holds the
value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, get_type_hints

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from gonogo.documents.quantities import Age
from gonogo.documents.scalars import Bare, Dotted, RequirementLeaf, Seat, SourceKey, Words, YesNo
from gonogo.documents.shape import Document
from gonogo.errors import Problem
from gonogo.model.people import Sides
from gonogo.model.ruleset import Criterion
from gonogo.ruleset import effects, field_rules, when_asked
from gonogo.ruleset.effects import PartChange
from gonogo.ruleset.field_rules import FieldRule, WrittenCriterion
from gonogo.ruleset.ruleset_scalars import EnforceLeaf, ModeLeaf, RungLeaf, Setting, SeverityLeaf, SidesLeaf
from gonogo.ruleset.when_asked import NotApplicableDocument

WORDS: Final = FieldRule(None)
"""Words for people; a change of them alone is reported as such."""


class CriterionDocument(Document):
    """One readiness requirement."""

    id: Annotated[Dotted, FieldRule(None, check=field_rules.domain_known)]
    title: Annotated[Words, WORDS]
    statement: Annotated[Words, WORDS]
    why: Annotated[Words, WORDS]
    severity: Annotated[SeverityLeaf, FieldRule(effects.lower_severity, overlay=True, check=when_asked.still_enforced)]
    due_from: Annotated[
        RungLeaf | None,
        FieldRule(
            effects.later_milestone,
            overlay=True,
            text=effects.milestone_text,
            check=field_rules.milestone_known,
            made_at=field_rules.due_rung,
        ),
    ] = Field(default=None, alias="from")
    enforce_from: Annotated[
        EnforceLeaf | None,
        FieldRule(
            effects.enforced_later,
            overlay=True,
            text=effects.enforced_text,
            check=when_asked.enforced_in_time,
        ),
    ] = None
    mode: Annotated[
        ModeLeaf | None,
        FieldRule(effects.in_shadow, overlay=True, text=effects.mode_text, check=when_asked.not_in_shadow_for_ever),
    ] = None
    require: Annotated[
        RequirementLeaf,
        FieldRule(effects.fewer_clauses, overlay=True, part="requirement", text=effects.requirement_words),
    ]
    not_applicable_when: Annotated[
        RequirementLeaf | None,
        FieldRule(effects.exempts_more, part="not applicable when", text=effects.exemption_text),
    ] = None
    not_applicable: Annotated[
        NotApplicableDocument | None,
        FieldRule(
            effects.not_asked,
            overlay=True,
            part="not applicable",
            text=effects.not_applicable_text,
            check=when_asked.approved,
            made_at=when_asked.not_applicable_of,
        ),
    ] = None
    floor: Annotated[
        YesNo,
        FieldRule(
            effects.floor_taken,
            overlay=True,
            text=effects.yes_text,
            made=lambda written: written or None,
        ),
    ] = False
    parameters: Annotated[
        dict[Bare, Setting], FieldRule(effects.neither, overlay=True, changes=effects.parameter_changes)
    ] = Field(default_factory=dict)
    max_age: Annotated[
        Age, FieldRule(effects.older_evidence, overlay=True, text=effects.age_text, attribute="max_age_s")
    ]
    held: Annotated[
        Age | None,
        FieldRule(effects.shorter_span, overlay=True, text=effects.span_text, attribute="held_s"),
    ] = None
    open_for: Annotated[
        Age | None,
        FieldRule(
            effects.longer_open,
            overlay=True,
            text=effects.span_text,
            check=field_rules.conditional_only,
            attribute="open_for_s",
        ),
    ] = None
    carries: Annotated[
        YesNo, FieldRule(effects.allowed, overlay=True, text=effects.yes_text, made=lambda written: written or None)
    ] = False
    owner: Annotated[Seat, FieldRule(effects.neither, overlay=True, check=field_rules.seats_known)]
    attest: Annotated[
        Annotated[list[Seat], Field(min_length=1)] | None,
        FieldRule(
            effects.more_seats,
            overlay=True,
            text=effects.seats_text,
            check=field_rules.seats_known,
            when_absent=field_rules.default_attesters,
        ),
    ] = None
    evidence_producer: Annotated[
        Words, FieldRule(effects.other_producer, part="evidence producer", text=effects.producer_text)
    ] = ""
    waivable_by: Annotated[
        list[Seat],
        FieldRule(effects.fewer_signatures, overlay=True, text=effects.seats_text, check=field_rules.waiver_seats),
    ] = Field(default_factory=list)
    sides: Annotated[
        SidesLeaf,
        FieldRule(
            effects.one_side,
            overlay=True,
            text=effects.sides_text,
            check=field_rules.waiver_sides,
            made=lambda written: written if written is Sides.ONE else None,
        ),
    ] = Sides.BOTH
    remedy: Annotated[Words, WORDS]
    source: Annotated[Annotated[list[SourceKey], Field(min_length=1)], FieldRule(None, check=field_rules.sources_known)]
    m3_ref: Annotated[Words, WORDS] = ""


@dataclass(frozen=True, slots=True)
class CriterionField:
    """One field.

    Attributes:
        name: Of the document's attribute.
        key: As people write it.
        attribute: Of the criterion's attribute.
        rule: What is said of it.
    """

    name: str
    key: str
    attribute: str
    rule: FieldRule

    @property
    def words(self) -> bool:
        """Whether it is words for people, which decide nothing."""
        return self.rule.effect is None

    def changes(self, old: Criterion, new: Criterion) -> Iterator[PartChange]:
        """Yield what of it is no longer what it was, where that decides something."""
        if self.rule.effect is None:
            return
        if self.rule.changes is not None:
            parts = self.rule.changes(old, new)
        else:
            was, now = getattr(old, self.attribute), getattr(new, self.attribute)
            text = self.rule.text
            parts = iter([(self.rule.part or self.key, text(was), text(now), self.rule.effect(was, now))])
        yield from (part for part in parts if part[1] != part[2])


def _declared(name: str, info: FieldInfo) -> CriterionField:
    rule = next((each for each in info.metadata if isinstance(each, FieldRule)), None)
    if rule is None:
        raise TypeError(f"the field {name} of a criterion says no FieldRule, so nobody knows what a change of it does")
    return CriterionField(name, info.alias or name, rule.attribute or name, rule)


FIELDS: Final = tuple(_declared(name, info) for name, info in CriterionDocument.model_fields.items())
"""Every field, in the order of the document."""


class _Change(Document):
    criterion: Dotted
    reason: Words


def _change() -> type[_Change]:
    """Return the document of a change: what an overlay may set, each optional; parameters are laid over the old."""
    hints = get_type_hints(CriterionDocument, include_extras=True)
    parts: dict[str, Any] = {}
    for field in FIELDS:
        info = CriterionDocument.model_fields[field.name]
        if field.rule.overlay and info.default_factory is dict:
            parts[field.name] = (hints[field.name], Field(default_factory=dict))
        elif field.rule.overlay:
            parts[field.name] = (hints[field.name] | None, Field(default=None, alias=info.alias))
    meaning = "What an overlay changes in one criterion, and why."
    return create_model("ChangeDocument", __base__=_Change, __doc__=meaning, __module__=__name__, **parts)


if TYPE_CHECKING:

    class ChangeDocument(_Change):
        parameters: dict[str, Any]
        require: str | None

else:
    ChangeDocument = _change()


def field_problems(site: WrittenCriterion) -> list[Problem]:
    """Return the mistakes of meaning of every field that is written."""
    problems: list[Problem] = []
    for field in FIELDS:
        value = site.written(field.name)
        if value is not None:
            problems += field.rule.check(site, (*site.loc, field.key), value)
    return problems


def field_values(site: WrittenCriterion) -> dict[str, Any]:
    """Return what is written, as the criterion holds it, by the criterion's own names; without what stays as it is."""
    values: dict[str, Any] = {}
    for field in FIELDS:
        made = field.rule.value(site, site.written(field.name))
        if made is not field_rules.KEPT:
            values[field.attribute] = made
    return values
