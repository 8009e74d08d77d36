"""Registers that offices keep themselves: what nobody wrote, wrote twice, hid or spoiled makes no answer better."""

import io

import openpyxl
import pytest
from tests.profiles.conftest import read, said
from tests.profiles.test_shipped_profiles import PROFILES, example_answers, header_of, never_better, rows_of, written
from tests.spoiled import MUTANTS, no_better

from gonogo.model.evidence import GapReason
from gonogo.profiles.example_files import example_file

NAMES = (
    "decommission-inventory",
    "gao-recommendations",
    "legacy-contracts",
    "lessons-register",
    "oversight-gov-recommendations",
    "oversight-register",
    "records-series",
    "retained-functions",
    "retained-positions",
)
REGISTERS = [
    pytest.param(profile, profile.examples[-1], id=profile.name) for profile in PROFILES if profile.name in NAMES
]


def answers(profile, example, data: bytes, name: str = ""):
    return read(profile, name or example.file, data, example.prefix, answers=example.answers, own=example.settings)


def changed(profile, example, change) -> bytes:
    """Return the example with its rows below the headings changed."""
    rows = rows_of(example_file(profile, example)[1].decode())
    top = header_of(profile, rows)
    return written([*rows[: top + 1], *change(rows[top], rows[top + 1 :])], ",").encode()


@pytest.mark.parametrize(("profile", "example"), REGISTERS)
def test_a_row_that_is_there_twice_answers_nothing(profile, example):
    """Somebody pasted last month's rows below this month's."""
    data = changed(profile, example, lambda _, rows: [*rows, rows[0]])

    assert {answer.gap for answer in answers(profile, example, data).values()} <= {
        GapReason.AMBIGUOUS_ROWS,
        GapReason.MALFORMED,
    }


@pytest.mark.parametrize("word", ["TBD", "N/A", "-", "not yet"])
@pytest.mark.parametrize(("profile", "example"), REGISTERS)
def test_a_placeholder_is_no_owner_no_reason_and_no_place(profile, example, word):
    """An office fills every cell before the meeting."""
    before = example_answers(profile.name, example.file)
    rows = rows_of(example_file(profile, example)[1].decode())
    names = rows[header_of(profile, rows)]
    optional = {
        heading
        for column in profile.columns()
        for settings in [profile.tables[column.table]["columns"][column.name]]
        if settings.get("optional") and settings["type"] == "text"
        for heading in column.headings
    }
    for index in [index for index, name in enumerate(names) if name in optional]:
        data = changed(
            profile, example, lambda _, rows, at=index: [[*row[:at], row[at] or word, *row[at + 1 :]] for row in rows]
        )
        never_better(profile, example, example.file, data, before, f"{names[index]} {word}")


@pytest.mark.parametrize(("profile", "example"), REGISTERS)
def test_a_register_without_rows_answers_nothing(profile, example):
    """A blank form is no good news."""
    found = answers(profile, example, changed(profile, example, lambda *_: []))

    assert all(answer.gap is not None for answer in found.values())


@pytest.mark.fuzz
@pytest.mark.parametrize(("profile", "example"), REGISTERS)
def test_a_spoiled_register_reads_no_better_where_it_reads(profile, example):
    """Bits, bytes and early ends never end in a crash, nor in fewer open items. A changed digit is another day."""
    by_words = frozenset(["open_recommendations", "unscheduled_series"])
    data = example_file(profile, example)[1]

    found = no_better(
        lambda copy: answers(profile, example, copy), data, fewer_is_better=by_words, count=max(8, MUTANTS // 6)
    )
    assert found == []


def test_a_decision_of_tomorrow_is_a_gap():
    """Minutes are written ahead of the meeting."""
    profile, example = next(each.values for each in REGISTERS if each.id == "oversight-register")

    data = example_file(profile, example)[1].replace(b"Planned,2027-03-01", b"Planned,2027-04-25")
    found = answers(profile, example, data)

    assert said(found["dispositioned_ratio"]) == "gap"


def test_a_hidden_row_of_a_workbook_is_a_gap():
    """A filter that was left on hides the parts that nobody wants."""
    profile, example = next(each.values for each in REGISTERS if each.id == "decommission-inventory")
    book = openpyxl.Workbook()
    for row in rows_of(example_file(profile, example)[1].decode()):
        book.active.append(row)
    shown, hidden = io.BytesIO(), io.BytesIO()
    book.save(shown)
    book.active.row_dimensions[5].hidden = True
    book.save(hidden)

    assert said(answers(profile, example, shown.getvalue(), "d.xlsx")["components_with_disposition_ratio"]) == "2 of 5"
    assert said(answers(profile, example, hidden.getvalue(), "d.xlsx")["components_with_disposition_ratio"]) == "gap"
