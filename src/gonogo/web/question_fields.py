"""The rows of the binding workbook as fields of a form, and what was typed into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.row_choices import CountingChoice
from gonogo.first_week.adding.sheet_line import FIXED, FREE, SheetLine
from gonogo.web.forms import SentForm

_LABELS: Final = {
    "confirmed by": "Your name, once everything below is right",
    "why corrected": "Why it is corrected",
    "use": "What to do with the file",
    "why not": "Why it is no evidence",
    "side": "Whose evidence it is",
    "producer": "Who makes the file",
    "held": "The day on which its content held",
    "of build": "The build that was tested",
    "group": "What it is about",
    "key": "The column that tells every row apart",
    "rows": "What becomes of",
    "only rows": "Column by which only some rows count",
    "as": "What its facts are about",
    "column": "Column",
    "ask": "Look, and answer above",
    "file": "File",
}


@dataclass(frozen=True, slots=True)
class QuestionField:
    """One row as it is shown.

    Attributes:
        label: What it asks.
        note: Examples, or what the answer means.
        fixed: Whether it is read and not answered.
        answer: What is guessed.
        choices: What may be chosen; nothing where anything may be written.
        second: What is guessed for a second one; None where there is none.
        second_choices: What may be chosen there.
        needed: Whether nothing can be sent without it.
    """

    label: str
    note: str
    fixed: bool
    answer: str
    choices: tuple[str, ...]
    second: str | None
    second_choices: tuple[str, ...]
    needed: bool


def question(row: SheetLine, given: tuple[str, str] | None = None) -> QuestionField:
    """Return a row of the workbook as it is shown: with what was answered already, else with the guess."""
    label = _LABELS.get(row.tag, row.tag.capitalize())
    about = f"{label}: {row.about}" if row.about else label
    return QuestionField(
        label=f"{row.about} in {row.of} means" if row.of else about,
        note=row.note,
        fixed=row.tag in FIXED,
        answer=given[0] if given is not None else row.answer,
        choices=_choices(row.offered, row.answer),
        second=given[1] if given is not None and row.second is not None else row.second,
        second_choices=() if row.tag in FREE else _choices(row.offered, row.second or ""),
        needed=row.tag in ("confirmed by", "why corrected"),
    )


def _choices(offered: Sequence[str], guess: str) -> tuple[str, ...]:
    """Return what may be chosen: nothing, the guess, and what the workbook offers."""
    return tuple(dict.fromkeys(("", guess, *offered))) if offered else ()


def given_in(form: SentForm, rows: Sequence[SheetLine]) -> dict[int, tuple[str, str]]:
    """Return what was answered: number of the row to its answer and its second one.

    A choice is sent by its number, so that what a cell of somebody's file holds never comes back from a browser.

    Raises:
        UsageError: Something was chosen that was not offered.
    """
    found: dict[int, tuple[str, str]] = {}
    for number, row in enumerate(rows):
        field = question(row)
        if not field.fixed and f"a{number}" in form.fields:
            second = _chosen(form, f"s{number}", field.second_choices) if field.second is not None else ""
            found[number] = (_chosen(form, f"a{number}", field.choices), second)
    return found


def rows_in(form: SentForm, choices: Sequence[CountingChoice]) -> dict[str, str]:
    """Return by heading which rows count, as they were chosen on the page of a binding; nothing chosen is no answer.

    Raises:
        UsageError: Something was chosen that was not offered.
    """
    found = {}
    for number, choice in enumerate(choices):
        name = f"r{number}"
        found[choice.heading] = _chosen(form, name, ("", *choice.gives)) if form.text(name) else ""
    return found


def _chosen(form: SentForm, name: str, choices: Sequence[str]) -> str:
    text = form.text(name)
    if not choices:
        return text
    if not (text.isascii() and text.isdigit() and int(text) < len(choices)):
        raise UsageError("What was chosen was not offered.", hint="open the page again, and choose there")
    return choices[int(text)]
