"""Spoiled copies of every example: each reads as the example does, or is a gap that names what is different."""

import re

import pytest
from tests.profiles.conftest import read, said
from tests.profiles.test_shipped_profiles import (
    EXAMPLES,
    WORKBOOK,
    delimiter_of,
    example_answers,
    file_of,
    header_of,
    rows_of,
    text_of,
    written,
)

TABLES = [each for each in EXAMPLES if not each.id.endswith(".json")]
TEXTS = [each for each in TABLES if not each.id.endswith(WORKBOOK)]
NOTE = "Applied filters: status is open; area is any"
ROW = r"\b(?:line|row|cell|record)s?\b|\bin [A-Z]{1,2}[0-9]+\b"
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")


def names_a_sheet(cells):
    """Return whether a row of a workbook's text begins another sheet."""
    return len(cells) == 1 and cells[0].startswith("[")


def is_item(cells, heads):
    """Return whether a row may be an item: it fills several cells, and no line of the one above, which fills few."""
    filled = len([cell for cell in cells if cell and not cell.startswith("#^")])
    return filled > 1 and filled * 3 > len([head for head in heads if head])


def has_a_sole_column(profile):
    """Return whether a column may have any heading where it is the only other one; with one more nobody knows which."""
    return any(column.get("sole") for table in profile.tables.values() for column in table["columns"].values())


def widened(cells, cell):
    """Return a row with a cell more, before its outline level."""
    level = cells[-1:] if cells[-1].startswith("#^") else []
    return [*cells[: len(cells) - len(level)], cell, *level]


def with_another_column(rows, top):
    """An office has added a field of its own."""
    heads = rows[top]
    return [
        widened(cells, "Reviewed in the meeting" if cells == heads else "maybe" if is_item(cells, heads) else "")
        if at >= top and len(cells) > 1
        else cells
        for at, cells in enumerate(rows)
    ]


def with_moved_columns(rows, top):
    """Somebody has put the columns into another order."""
    width = len(rows[top])

    def turned(cells):
        level = cells[-1:] if cells[-1].startswith("#^") else []
        body = cells[: len(cells) - len(level)]
        body += [""] * (width - len(body))
        return [*reversed(body[:width]), *body[width:], *level]

    return [turned(cells) if at >= top and len(cells) > 1 else cells for at, cells in enumerate(rows)]


def in_another_language(rows, top):
    """The tool speaks a language that the profile does not know."""
    return [
        [f"Überschrift {at}" for at, _ in enumerate(cells)] if cells == rows[top] else cells
        for at, cells in enumerate(rows)
    ]


def with_other_dates(rows, top):
    """Days are written as nobody has told."""

    def other(cell):
        found = DAY.fullmatch(cell)
        return f"{found[3]}~{found[2]}~{found[1]} {found[4] or ''}".strip() if found else cell

    return [[other(cell) for cell in cells] if at > top else cells for at, cells in enumerate(rows)]


def with_a_total(rows, top):
    """A row below the table adds it up."""
    return [*rows, ["Total", *[""] * (len(rows[top]) - 2), "12"]]


def with_repeated_headings(rows, top):
    """The headings come again, as on each page of a report."""
    half = top + 1 + (len(rows) - top) // 2
    return [*rows[:half], rows[top], *rows[half:]]


def pasted_with_its_headings(rows, top):
    """Two exports stand below one another."""
    return [*rows, *(cells for cells in rows if not names_a_sheet(cells))]


def pasted_without_headings(rows, top):
    """Two exports stand below one another, and somebody has taken the headings of the second one out."""
    return [*rows, *(cells for cells in rows[top + 1 :] if not names_a_sheet(cells))]


def with_a_note_on_top(rows, top):
    """A line above the headings says which filter was applied."""
    ahead = 1 if names_a_sheet(rows[0]) else 0
    return [*rows[:ahead], [NOTE], *rows[ahead:]]


SPOILED = {
    with_another_column: "column",
    with_moved_columns: "column",
    in_another_language: "columns that it has not|sheet",
    with_other_dates: "date|time",
    with_a_total: f"{ROW}|total",
    with_repeated_headings: f"{ROW}|heading",
    pasted_with_its_headings: f"{ROW}|heading|twice",
    pasted_without_headings: f"{ROW}|twice",
    with_a_note_on_top: f"the headings are in row|columns that it has not|{ROW}",
}
"""What was done to a copy, to what a refusal of it names."""
HARMLESS = (with_another_column, with_moved_columns)


def told(profile, example, name, data):
    """Return what a file answers, as an example writes it, and why it does not."""
    found = read(profile, name, data, example.prefix, answers=example.answers, own=example.settings)
    return {fact: (said(answer), answer.detail) for fact, answer in found.items()}


def same_or_named(profile, example, name, data, words):
    """Assert that each answer is that of the example, or a gap that names what is different."""
    before = example_answers(profile.name, example.file)
    for fact, (answer, why) in told(profile, example, name, data).items():
        was = said(before[fact])
        assert answer in (was, "gap"), f"{fact} was {was}"
        if answer != was:
            assert re.search(words, why), why


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize(("profile", "example"), TABLES)
def test_a_spoiled_copy_reads_as_the_example_or_says_what_is_different(profile, example, spoil):
    """Half of a file is read as easily as all of it, and its numbers look the same."""
    text = text_of(profile, example)
    rows = rows_of(text)
    made = spoil(rows, header_of(profile, rows))
    name, data = file_of(profile, example, written(made, delimiter_of(text)))

    assert made != rows or spoil in (with_other_dates, pasted_without_headings)  # no date, no row
    same_or_named(profile, example, name, data, SPOILED[spoil])
    if spoil in HARMLESS and not (spoil is with_another_column and has_a_sole_column(profile)):
        before = example_answers(profile.name, example.file)
        assert {fact: answer for fact, (answer, _) in told(profile, example, name, data).items()} == {
            fact: said(answer) for fact, answer in before.items()
        }


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
@pytest.mark.parametrize(("profile", "example"), TEXTS)
def test_a_file_in_another_encoding_reads_as_the_example_or_says_so(profile, example, encoding):
    """Excel saves an export anew in the encoding of its country, and a name with an accent is then no UTF-8."""
    text = text_of(profile, example)
    rows = rows_of(text)
    top = header_of(profile, rows)
    rows = with_another_column(rows, top)
    rows[top][-1] = "Geprüft"
    data = written(rows, delimiter_of(text)).encode(encoding, "replace")

    same_or_named(profile, example, example.file, data, "utf-8|utf-16|byte order mark|column")
