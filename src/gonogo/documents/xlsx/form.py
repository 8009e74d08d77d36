"""The workbook that gonogo writes for people to fill in: sheets and columns, for its writer and its readers.

Row 1 of every form is its header. A column is either filled in by people, or fixed: written by gonogo, locked, and
compared when the workbook is read back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FORM_NAME: Final = "gonogo workbook"
FORM_VERSION: Final = "1"
DECLARATION_SHEET: Final = "gonogo"
"""Hidden sheet that says whose workbook it is and what it asks."""
LISTS_SHEET: Final = "lists"
"""Hidden sheet with what the drop-downs offer."""
README_SHEET: Final = "Read me"
HEADER_ROW: Final = 1
YES: Final = "yes"
NO: Final = "no"


class Kind(StrEnum):
    """What a column holds."""

    FIXED = "fixed"
    VALUE = "value"
    """The answer; its type is the fact's."""
    TEXT = "text"
    ID = "id"
    """Text without blanks, which a spreadsheet program must not turn into a number or date."""
    DAY = "day"
    MOMENT = "moment"
    """A day, or a day with a time."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form.

    Attributes:
        key: Name in code: the key of the YAML document that the form stands for.
        heading: Exact text of row 1.
        kind: What it holds.
        needed: Whether it must be filled in where its row is not blank.
        width: Width in characters.
        hint: What to fill in, for the message beside the cell.
    """

    key: str
    heading: str
    kind: Kind
    needed: bool = False
    width: int = 16
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet to fill in.

    Attributes:
        sheet: Name of the sheet.
        columns: From column A on.
    """

    sheet: str
    columns: tuple[Column, ...]

    def number(self, key: str) -> int:
        """Return the 1-based number of a column."""
        return next(number for number, column in enumerate(self.columns, 1) if column.key == key)

    @property
    def fixed(self) -> tuple[Column, ...]:
        """The columns that gonogo writes."""
        return tuple(column for column in self.columns if column.kind is Kind.FIXED)

    @property
    def open(self) -> tuple[Column, ...]:
        """The columns that people fill in."""
        return tuple(column for column in self.columns if column.kind is not Kind.FIXED)


_PERSON: Final = "Id of a person of the sheet People, such as ada.kirsch."
_SIDE: Final = Column("side", "Side", Kind.ID, True, 13, "customer, provider or independent.")
_OFFICE: Final = Column("office", "Office", Kind.ID, True, 22, "The office in which the person acts.")

EVIDENCE: Final = Form(
    "Evidence",
    (
        Column("fact", "Fact", Kind.FIXED, width=32),
        Column("question", "Question", Kind.FIXED, width=46),
        Column("form", "Answer as", Kind.FIXED, width=18),
        Column("unit", "Unit", Kind.FIXED, width=12),
        Column("allowed", "Allowed", Kind.FIXED, width=20),
        Column("value", "Value", Kind.VALUE, True, 16),
        Column(
            "held_on", "Held on", Kind.MOMENT, True, 17, "The day on which it was so; with a time where that counts."
        ),
        Column(
            "evidence", "Source link", Kind.TEXT, False, 30, "What you saw: a link, a ticket or the name of a file."
        ),
        Column("person", "Stated by", Kind.ID, True, 20, _PERSON),
        _OFFICE,
        _SIDE,
        Column("prepared_by", "Prepared by", Kind.ID, True, 20, "Who made what you saw; must be another person."),
        Column("on", "Stated on", Kind.DAY, False, 13, "The day on which you say so; blank for the day it held."),
        Column(
            "qualified",
            "Reservation",
            Kind.TEXT,
            False,
            26,
            "In your own words; an answer with a reservation does not count.",
        ),
        Column("criteria", "Serves", Kind.FIXED, width=40),
        Column("why", "Why we ask", Kind.FIXED, width=46),
        Column("seats", "Who may state it", Kind.FIXED, width=36),
        Column("decision", "For the decision: held on or after", Kind.FIXED, width=20),
        Column("go_live", "For go-live: held on or after", Kind.FIXED, width=20),
    ),
)
"""One row for each fact that is due and that no collector answers."""

PEOPLE: Final = Form(
    "People",
    (
        _SIDE,
        Column("office", "Office", Kind.ID, True, 26, "One seat of the program, such as functional_lead."),
        Column("person", "Person id", Kind.ID, True, 22, "Stable and without blanks, such as ada.kirsch."),
        Column("name", "Name", Kind.TEXT, True, 28, "As reports write it."),
        Column("from", "From", Kind.DAY, False, 13, "First day in office; blank for always."),
        Column("to", "To", Kind.DAY, False, 13, "Last day in office; blank for open."),
    ),
)

DELEGATIONS: Final = Form(
    "Delegations",
    (
        _SIDE,
        Column("office", "Office", Kind.ID, True, 26, "The office whose power is lent."),
        Column("by", "By", Kind.ID, True, 22, "Who holds the office and lends it."),
        Column("to", "To whom", Kind.ID, True, 22, "Id of who may act."),
        Column("name", "Name", Kind.TEXT, True, 28, "Name of who may act."),
        Column("for", "For", Kind.TEXT, True, 36, "What for, in words."),
        Column("from", "From", Kind.DAY, True, 13),
        Column("until", "Until", Kind.DAY, True, 13),
    ),
)

STAFF: Final = Form(
    "Staff",
    (
        Column("person", "Person id", Kind.ID, True, 22, "Stable and without blanks, such as kim.tran."),
        Column("name", "Name", Kind.TEXT, True, 28, "Who holds no seat, and prepares evidence or asks for waivers."),
        Column(
            "distinct_from",
            "Not the same as",
            Kind.ID,
            False,
            22,
            "Id of somebody else whose name reads like this one.",
        ),
    ),
)
"""People without a seat; and, with the id that somebody has on the sheet People, who is not the same as whom."""

ORGANIZATIONS: Final = Form(
    "Organizations",
    (
        Column("id", "Id", Kind.ID, True, 22, "As statements name it, such as acme-test."),
        Column("name", "Name", Kind.TEXT, True, 40, "Outside of the program: a test house, an assessor."),
    ),
)

PLANS: Final = Form(
    "Action plans",
    (
        Column("criterion", "Criterion", Kind.ID, True, 42, "Id of the open criterion."),
        Column("owner", "Owner", Kind.TEXT, False, 30, "A seat or a person; without it the plan does not count."),
        Column("action", "Action", Kind.TEXT, False, 60, "What will be done; without it the plan does not count."),
        Column("due", "Due", Kind.DAY, False, 13, "Without it the plan does not count."),
    ),
)

WAIVERS: Final = Form(
    "Waivers",
    (
        Column("id", "Waiver id", Kind.ID, True, 14, "Such as W-001."),
        Column("criterion", "Criterion", Kind.ID, True, 42, "Id of the open criterion."),
        Column("reason", "Reason", Kind.TEXT, False, 36, "Why it cannot be met now."),
        Column("residual_risk", "Residual risk", Kind.TEXT, False, 26, "What remains."),
        Column("compensating_control", "Compensating control", Kind.TEXT, False, 36, "What is done instead."),
        Column("owner", "Owner", Kind.TEXT, False, 28, "The seat that answers for it."),
        Column("requested_by", "Requested by", Kind.ID, True, 20, _PERSON),
        Column("expires_on", "Expires on", Kind.DAY, False, 13, "Last day; without it the waiver does not count."),
        Column("release", "Release", Kind.ID, False, 14, "Blank for any release."),
    ),
)

APPROVALS: Final = Form(
    "Waiver approvals",
    (
        Column("waiver", "Waiver id", Kind.ID, True, 14, "Of the sheet Waivers."),
        Column("person", "Person", Kind.ID, True, 22, _PERSON),
        _SIDE,
        _OFFICE,
        Column("on", "On", Kind.DAY, True, 13, "The day of the approval."),
    ),
)

FORMS: Final = (EVIDENCE, PEOPLE, DELEGATIONS, STAFF, ORGANIZATIONS, PLANS, WAIVERS, APPROVALS)
"""Every form, in the order of the workbook."""
