"""Everything that one workbook holds, before any of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gonogo.core.wording import listing, seat_words
from gonogo.documents.xlsx.declaration import AskedRow, WorkbookDeclaration, seal_of
from gonogo.documents.xlsx.form import ACCEPTANCES, EVIDENCE, FORMS, NO, YES, SheetForm
from gonogo.documents.xlsx.workbook import Cell
from gonogo.model.acceptance import Acceptance
from gonogo.model.canonical import decimal_text
from gonogo.model.fact import FactDeclaration, FactType
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Ruleset
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.workbook.questions import Question


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One answer of an earlier workbook that is taken over.

    Attributes:
        cells: What people filled in, by column.
        share: Whether its value was shown as a percentage.
    """

    cells: Mapping[str, Cell]
    share: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What one workbook holds.

    Attributes:
        identity: The program.
        release: The release that it is for.
        ruleset: The ruleset that asks.
        today: Day on which it is made, local date.
        decision: Day of the decision, local date.
        questions: Rows of the sheet Evidence.
        people: The register as it stands.
        plans: Action plans as they stand.
        waivers: Waivers as they stand.
        answers: Fact to the answer of an earlier workbook that is taken over.
        taken: Sheets of the earlier workbook that gonogo.yaml reads, to their rows that the registers hold.
        registers: Ids of the registers whose open items may be accepted.
        acceptances: Acceptances as they stand, and a draft for each open item that has none.
    """

    identity: ProgramIdentity
    release: Release
    ruleset: Ruleset
    today: date
    decision: date
    questions: tuple[Question, ...]
    people: PeopleRegister
    plans: tuple[ActionPlan, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    answers: Mapping[str, KeptAnswer] = field(default_factory=dict)
    taken: Mapping[str, frozenset[int]] = field(default_factory=dict)
    registers: tuple[str, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()

    @property
    def forms(self) -> tuple[SheetForm, ...]:
        """The sheets to fill in."""
        return (*FORMS, ACCEPTANCES) if self.registers else FORMS

    @property
    def declaration(self) -> WorkbookDeclaration:
        """What the hidden sheet says."""
        return WorkbookDeclaration(
            program=self.identity.id,
            release=self.release.id,
            ruleset=f"{self.ruleset.name}@{self.ruleset.version}",
            ruleset_sha256=self.ruleset.material_sha256,
            asked=tuple(_asked(question, row, self) for row, question in enumerate(self.questions, 2)),
        )


def fixed_texts(question: Question, content: Content) -> dict[str, str]:
    """Return the locked cells of a row of the sheet Evidence, by column."""
    fact = question.fact
    titles = [f"{criterion.title} ({criterion.id})" for criterion in question.criteria]
    whys = dict.fromkeys(criterion.why for criterion in question.criteria)
    return {
        "fact": fact.name,
        "question": fact.question,
        "form": _form(fact),
        "unit": "%" if fact.type is FactType.RATIO else fact.unit,
        "allowed": _allowed(fact),
        "criteria": "; ".join(titles),
        "why": " ".join(whys),
        "seats": "; ".join(_seat(seat, content) for seat in question.seats),
        "decision": question.decision,
        "go_live": question.go_live,
    }


def kind_text(fact: FactDeclaration) -> str:
    """Return type and unit as settings and hidden sheet write them: ``integer people``."""
    return f"{fact.type} {fact.unit}".strip()


def _asked(question: Question, row: int, content: Content) -> AskedRow:
    fact = question.fact
    texts = fixed_texts(question, content)
    numeric = fact.type.numeric
    return AskedRow(
        fact=fact.name,
        row=row,
        kind=kind_text(fact),
        lowest=fact.lowest if numeric else None,
        highest=fact.highest if numeric else None,
        allowed=fact.allowed,
        seal=seal_of(texts[column.key] for column in EVIDENCE.fixed),
    )


_FORMS = {
    FactType.BOOLEAN: f"{YES} or {NO}",
    FactType.INTEGER: "a whole number",
    FactType.DECIMAL: "a number",
    FactType.RATIO: "a percentage, with its sign",
    FactType.MONEY: "an amount",
    FactType.TEXT: "text",
    FactType.INSTANT: "a date, with a time where it counts",
}


def _form(fact: FactDeclaration) -> str:
    return "one of the list" if fact.allowed else _FORMS[fact.type]


def _allowed(fact: FactDeclaration) -> str:
    if fact.type is FactType.BOOLEAN:
        return f"{YES}, {NO}"
    if fact.allowed:
        return ", ".join(fact.allowed)
    if not fact.type.numeric:
        return "any"
    low, high = (_bound(fact, bound) for bound in (fact.lowest, fact.highest))
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"{high} or less" if high else "any"


def _bound(fact: FactDeclaration, bound: Decimal | None) -> str:
    if bound is None:
        return ""
    return f"{decimal_text(bound * 100)}%" if fact.type is FactType.RATIO else decimal_text(bound)


def _seat(seat: str, content: Content) -> str:
    holders = sorted(content.people.holders(seat, content.today))
    names = [content.people.names.get(person, person) for person in holders]
    return f"{seat_words(seat)}: {listing(names) if names else 'nobody holds it today'}"
