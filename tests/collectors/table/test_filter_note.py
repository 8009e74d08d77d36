"""A note that a filter was applied: the list is a part of one, and its counts are no counts of all."""

import json

import pytest

from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.collector import TableCollector
from gonogo.collectors.table.filter_note import says_filter
from gonogo.plugin.spec import SettingsRefusal
from gonogo.profiles.example_files import workbook_of

COLUMNS = {
    "key": {"header": "Defect", "type": "id"},
    "severity": {"header": "Severity", "type": "text", "allowed": ["Critical", "Low"]},
}
CRITICAL = {"count": {"where": 'severity == "Critical"'}, "unit": "defects"}
ROWS = "Defect,Severity\nD-1,Low\nD-2,Low\n"


def settings(**table):
    """Return settings of a list of defects with one key each."""
    return {"tables": {"t": {"columns": COLUMNS, "unique": ["key"], **table}}, "facts": {"critical": CRITICAL}}


@pytest.mark.parametrize(
    ("words", "filtered"),
    [
        ("Applied filters: Severity is not Critical", True),
        ("Applied filters:\nSeverity is not Critical", True),
        ("Filters applied: Status is Open", True),
        ("Filtered by: owner", True),
        ("filtered by owner", True),
        ("Applied filters:", True),
        ("Applied filters: None", False),
        ("Applied filters: No filters applied.", False),
        ("No filters applied", False),
        ("Angewendete Filter: Severity ist nicht Critical", True),
        ("Filtros aplicados: Severity is Low", True),
        ("Filtres appliqués : Severity is Low", True),
        ("Filtri applicati: Severity is Low", True),
        ("Zastosowane filtry: Severity is Low", True),
        ("適用されたフィルター: Severity is Low", True),
        ("应用的筛选器：Severity is Low", True),
        ("Applied filter(s): Severity is Low", True),
        ("Filter criteria = Severity is Low", True),
        ("Filtered on: Low", True),
        ("Active filters: Low", True),
        ("Active filters", True),
        ("Applied filters", True),
        ("Angewendete Filter: Keine", False),
        ("Filtros aplicados: ninguno", False),
        ("Prefiltered water: yes", False),
        ("Filter pump, spare", False),
        ("Filters clog at night", False),
        ("Sorted by: owner", False),
    ],
)
def test_a_row_says_that_a_filter_was_applied_or_that_none_was(words, filtered):
    """An item about filters is an item."""
    assert says_filter(["", words, ""]) is filtered
    assert says_filter(words.replace(": ", ":|").split("|")) is filtered


NOTE = '"Applied filters: Severity is not Critical"\n'
BELOW = {"rows": {"total": "left_out"}, "blank_rows": "allowed"}


@pytest.mark.parametrize(
    ("file", "more"), [(NOTE + ROWS, {"header_row": 2}), (NOTE + ROWS, {"header_within": 5, "others": "ignored"})]
)
def test_a_note_above_the_headings_is_a_gap_until_somebody_says_why_it_does_not_matter(collect, file, more):
    """Without its critical defects a list has none, and nobody was told."""
    found = collect({"f.csv": file.encode()}, settings(**more))["critical"]

    assert found.gap is not None
    assert "line 1 says that a filter was applied" in found.detail
    assert (
        collect({"f.csv": file.encode()}, settings(filtered="the filter is the release", **more))["critical"].value == 0
    )


@pytest.mark.parametrize("note", ["Applied filters: Severity is not Critical", "Applied filters: None"])
def test_a_note_in_a_workbook_is_a_gap_above_and_below_the_table(collect, note):
    """Power BI writes it above the table with the current layout, and below summarized data."""
    told = note.endswith("None")
    for text, more, row in (
        (f"[S]\n{note}\n\n{ROWS}", {"header_row": 3}, 1),
        (f"[S]\n{ROWS}\n{note}\n", BELOW, 5),
    ):
        found = collect({"f.xlsx": workbook_of(text, "S")}, settings(**more))["critical"]

        assert found.value == (0 if told else None)
        assert told or f"row {row} says that a filter was applied" in found.detail


def test_a_note_below_a_csv_is_a_gap(collect):
    """It is left out of the rows, and not passed over."""
    file = f"{ROWS}Applied filters: Severity is not Critical,\n".encode()

    assert "says that a filter was applied" in collect({"f.csv": file}, settings(**BELOW))["critical"].detail


def test_a_reason_that_says_nothing_is_refused():
    """n/a is no reason."""
    made = TableSettings.model_validate_json(json.dumps(settings(filtered="n/a")))

    with pytest.raises(SettingsRefusal, match="does not say why the filter"):
        TableCollector().declare(made)


@pytest.mark.parametrize(("rows", "cut"), [(29_999, False), (30_000, True), (30_001, False)])
def test_a_file_that_ends_where_power_bi_cuts_is_a_gap_of_any_table(collect, rows, cut):
    """A list of 40,000 is exported as 30,000, and nothing in the file says so."""
    file = "Defect,Severity\n" + "".join(f"D-{n},Low\n" for n in range(rows))

    assert (collect({"f.csv": file.encode()}, settings())["critical"].gap is not None) is cut
    assert collect({"f.csv": file.encode()}, settings(control={"rows": rows}))["critical"].value == 0
