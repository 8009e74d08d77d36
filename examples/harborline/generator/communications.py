"""GSA's communications plan with the column that an office adds: the day on which a message went out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .names import GROUPS

HEADINGS = (
    *("Communication Name", "Primary Message", "Stakeholder Group/Target Audience", "Vehicle"),
    *("Responsibility for Preparation", "Frequency", "Delivery Date", "Feedback Mechanism", "Status", "Delivered On"),
)
Message = tuple[object, ...]


def message(number: int, due: datetime, sent: datetime | None) -> Message:
    """Return a row of the plan."""
    what = (f"Message {number + 1}", f"What changes, part {number + 1}", GROUPS[number % 14])
    how = (("Mail", "Town hall")[number % 2], "Change office", "Once", due, "Mailbox")
    return *what, *how, "Completed" if sent else "Open", sent


def write(book: Any, messages: Iterable[Message]) -> None:
    """Write the sheet as GSA's template has it: a title, the headings, a row a message."""
    sheet = book.add_worksheet("Communications Plan")
    day = book.add_format({"num_format": "m/d/yyyy"})
    sheet.write_string(0, 0, "Communications Plan")
    sheet.write_row(1, 0, HEADINGS)
    for row, values in enumerate(messages, 2):
        for column, value in enumerate(values):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value, day)
            elif value is not None:
                sheet.write_string(row, column, str(value))
