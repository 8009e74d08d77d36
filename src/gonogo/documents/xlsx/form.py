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


class ColumnKind(StrEnum):
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
    SHARE = "share"
    """A percentage, with its sign."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of a form.

    Attributes:
        key: Name in code: the key of the YAML document that the form stands for.
        heading: Exact text of row 1.
        kind: What it holds.
        needed: Whether it must be filled in where its row is not blank.
        width: Width in characters.
        hint: What to fill in, for the message beside the cell.
        later: Whether workbooks of earlier releases end before it.
    """

    key: str
    heading: str
    kind: ColumnKind
    needed: bool = False
    width: int = 16
    hint: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class SheetForm:
    """One sheet to fill in.

    Attributes:
        sheet: Name of the sheet.
        columns: From column A on.
    """

    sheet: str
    columns: tuple[FormColumn, ...]

    def number(self, key: str) -> int:
        """Return the 1-based number of a column."""
        return next(number for number, column in enumerate(self.columns, 1) if column.key == key)

    @property
    def fixed(self) -> tuple[FormColumn, ...]:
        """The columns that gonogo writes."""
        return tuple(column for column in self.columns if column.kind is ColumnKind.FIXED)

    @property
    def open(self) -> tuple[FormColumn, ...]:
        """The columns that people fill in."""
        return tuple(column for column in self.columns if column.kind is not ColumnKind.FIXED)


_PERSON: Final = "Id of a person of the sheet People, such as ada.kirsch."
_SIDE: Final = FormColumn("side", "Side", ColumnKind.ID, True, 13, "customer, provider or independent.")
_OFFICE: Final = FormColumn("office", "Office", ColumnKind.ID, True, 22, "The office in which the person acts.")

EVIDENCE: Final = SheetForm(
    "Evidence",
    (
        FormColumn("fact", "Fact", ColumnKind.FIXED, width=32),
        FormColumn("question", "Question", ColumnKind.FIXED, width=46),
        FormColumn("form", "Answer as", ColumnKind.FIXED, width=18),
        FormColumn("unit", "Unit", ColumnKind.FIXED, width=12),
        FormColumn("allowed", "Allowed", ColumnKind.FIXED, width=20),
        FormColumn("value", "Value", ColumnKind.VALUE, True, 16),
        FormColumn(
            "held_on",
            "Held on",
            ColumnKind.MOMENT,
            True,
            17,
            "The day on which it was true; add a time where that matters.",
        ),
        FormColumn(
            "evidence",
            "Source link",
            ColumnKind.TEXT,
            False,
            30,
            "What you looked at: a link, a ticket or the name of a file.",
        ),
        FormColumn("person", "Stated by", ColumnKind.ID, True, 20, _PERSON),
        _OFFICE,
        _SIDE,
        FormColumn("prepared_by", "Prepared by", ColumnKind.ID, True, 20, "Who made it; must be another person."),
        FormColumn(
            "on",
            "Stated on",
            ColumnKind.DAY,
            False,
            13,
            "The day on which you state it; blank if that is the day it held.",
        ),
        FormColumn(
            "qualified",
            "Reservation",
            ColumnKind.TEXT,
            False,
            26,
            "In your own words; an answer with a reservation does not count.",
        ),
        FormColumn("criteria", "Serves", ColumnKind.FIXED, width=40),
        FormColumn("why", "Why we ask", ColumnKind.FIXED, width=46),
        FormColumn("seats", "Who may state it", ColumnKind.FIXED, width=36),
        FormColumn("decision", "For the decision: held on or after", ColumnKind.FIXED, width=20),
        FormColumn("go_live", "For go-live: held on or after", ColumnKind.FIXED, width=20),
    ),
)
"""One row for each fact that is due and that no collector answers."""

PEOPLE: Final = SheetForm(
    "People",
    (
        _SIDE,
        FormColumn("office", "Office", ColumnKind.ID, True, 26, "One seat of the program, such as functional_lead."),
        FormColumn("person", "Person id", ColumnKind.ID, True, 22, "Stable and without blanks, such as ada.kirsch."),
        FormColumn("name", "Name", ColumnKind.TEXT, True, 28, "As reports write it."),
        FormColumn("from", "From", ColumnKind.DAY, False, 13, "First day in office; blank for always."),
        FormColumn("to", "To", ColumnKind.DAY, False, 13, "Last day in office; blank for open."),
        FormColumn("unit", "Unit", ColumnKind.TEXT, False, 24, "Of a unit's head: which unit, in words.", later=True),
    ),
)

DELEGATIONS: Final = SheetForm(
    "Delegations",
    (
        _SIDE,
        FormColumn("office", "Office", ColumnKind.ID, True, 26, "The office whose power is lent."),
        FormColumn("by", "By", ColumnKind.ID, True, 22, "Who holds the office and lends it."),
        FormColumn("to", "To whom", ColumnKind.ID, True, 22, "Id of who may act."),
        FormColumn("name", "Name", ColumnKind.TEXT, True, 28, "Name of who may act."),
        FormColumn("for", "For", ColumnKind.TEXT, True, 36, "What for, in words."),
        FormColumn("from", "From", ColumnKind.DAY, True, 13),
        FormColumn("until", "Until", ColumnKind.DAY, True, 13),
    ),
)

STAFF: Final = SheetForm(
    "Staff",
    (
        FormColumn("person", "Person id", ColumnKind.ID, True, 22, "Stable and without blanks, such as kim.tran."),
        FormColumn(
            "name", "Name", ColumnKind.TEXT, True, 28, "Who holds no seat, and prepares evidence or asks for waivers."
        ),
        FormColumn(
            "distinct_from",
            "Not the same as",
            ColumnKind.ID,
            False,
            22,
            "Id of somebody else whose name reads like this one.",
        ),
    ),
)
"""People without a seat; and, with the id that somebody has on the sheet People, who is not the same as whom."""

ORGANIZATIONS: Final = SheetForm(
    "Organizations",
    (
        FormColumn("id", "Id", ColumnKind.ID, True, 22, "As statements name it, such as acme-test."),
        FormColumn("name", "Name", ColumnKind.TEXT, True, 40, "Outside of the program: a test house, an assessor."),
    ),
)

PLANS: Final = SheetForm(
    "Action plans",
    (
        FormColumn("criterion", "Criterion", ColumnKind.ID, True, 42, "Id of the open criterion."),
        FormColumn(
            "owner", "Owner", ColumnKind.TEXT, False, 30, "A seat or a person; without it the plan does not count."
        ),
        FormColumn(
            "action", "Action", ColumnKind.TEXT, False, 60, "What will be done; without it the plan does not count."
        ),
        FormColumn("due", "Due", ColumnKind.DAY, False, 13, "Without it the plan does not count."),
    ),
)

WAIVERS: Final = SheetForm(
    "Waivers",
    (
        FormColumn("id", "Waiver id", ColumnKind.ID, True, 14, "Such as W-001."),
        FormColumn("criterion", "Criterion", ColumnKind.ID, True, 42, "Id of the open criterion."),
        FormColumn("reason", "Reason", ColumnKind.TEXT, False, 36, "Why it cannot be met now."),
        FormColumn("residual_risk", "Residual risk", ColumnKind.TEXT, False, 26, "What remains."),
        FormColumn("compensating_control", "Compensating control", ColumnKind.TEXT, False, 36, "What is done instead."),
        FormColumn("owner", "Owner", ColumnKind.TEXT, False, 28, "The seat that answers for it."),
        FormColumn("requested_by", "Requested by", ColumnKind.ID, True, 20, _PERSON),
        FormColumn(
            "expires_on", "Expires on", ColumnKind.DAY, False, 13, "Last day; without it the waiver does not count."
        ),
        FormColumn("release", "Release", ColumnKind.ID, False, 14, "Blank for any release."),
    ),
)

APPROVALS: Final = SheetForm(
    "Waiver approvals",
    (
        FormColumn("waiver", "Waiver id", ColumnKind.ID, True, 14, "Of the sheet Waivers."),
        FormColumn("person", "Person", ColumnKind.ID, True, 22, _PERSON),
        _SIDE,
        _OFFICE,
        FormColumn("on", "On", ColumnKind.DAY, True, 13, "The day of the approval."),
    ),
)

_SHARE: Final = "At most this share of them is touched, such as 4%; blank or 0 says nothing."

ACCEPTANCES: Final = SheetForm(
    "Acceptances",
    (
        FormColumn("id", "Acceptance id", ColumnKind.ID, True, 14, "Such as A-001."),
        FormColumn("register", "Register", ColumnKind.ID, True, 18, "The register that names the open item."),
        FormColumn("item", "Item", ColumnKind.TEXT, True, 28, "One open item, as the register names it."),
        FormColumn("person", "Accepted by", ColumnKind.ID, False, 20, _PERSON),
        FormColumn("side", "Side", ColumnKind.ID, False, 13, "customer or independent; the provider accepts nothing."),
        FormColumn("office", "Office", ColumnKind.ID, False, 22, "The office that bears the consequence."),
        FormColumn("on", "On", ColumnKind.DAY, False, 13, "The day of the acceptance: 30 days at most."),
        FormColumn("until", "Until", ColumnKind.DAY, False, 13, "Last day, not before go-live."),
        FormColumn("build", "Build", ColumnKind.TEXT, False, 18, "The build that the item is about."),
        FormColumn("workaround", "Workaround", ColumnKind.TEXT, False, 40, "What is done instead."),
        FormColumn("tried_on", "Tried on", ColumnKind.DAY, False, 13, "When it was carried out."),
        FormColumn("tried_by", "Tried by", ColumnKind.TEXT, False, 20, "Who carried it out."),
        FormColumn("users", "Users", ColumnKind.SHARE, False, 10, _SHARE),
        FormColumn("volume", "Volume", ColumnKind.SHARE, False, 10, _SHARE),
        FormColumn("money", "Money", ColumnKind.SHARE, False, 10, _SHARE),
        FormColumn("touches", "Touches", ColumnKind.TEXT, False, 22, "A group that several items touch."),
        FormColumn("release", "Release", ColumnKind.ID, False, 14, "Needed if there are several.", later=True),
    ),
)
"""Written only where the ruleset has registers."""

FORMS: Final = (EVIDENCE, PEOPLE, DELEGATIONS, STAFF, ORGANIZATIONS, PLANS, WAIVERS, APPROVALS)
"""Every form, in the order of the workbook."""
