"""Lists in German: what their headings and words say is drafted, and a row that only sums up is no item."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.collectors.rows.outline import adds_up
from gonogo.first_week.adding.asked_sheets import sheet_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.hints import names_a_person
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

LIST = (
    "Konfigurationselement;Bezeichnung;Gebaut;Getestet\nKE-001;Lohnart 1;Ja;Ja\nKE-002;Lohnart 2;Ja;Nein\n"
    "KE-003;Lohnart 3;Ja;Ja\nSumme;3;;\n"
)


def test_a_german_list_is_drafted_by_its_headings_and_words(tmp_path: Path) -> None:
    """Ja and Nein were taken for names of people, and the row of the sum could not be left out by any answer."""
    (tmp_path / "evidence").mkdir()
    path = tmp_path / "evidence" / "Konfigurationsliste 2026-11-20.csv"
    path.write_text(LIST, encoding="cp1252")
    start(tmp_path, conduct(tmp_path, invented_office()))
    opened = open_program(tmp_path)
    (binding,) = opened.bindings
    _, rows = sheet_of(opened, binding)

    assert said_by_fact(opened, binding)["config.items_complete_ratio"].startswith("2 of 3")
    assert {(row.about, row.answer) for row in rows if row.tag == "word"} == {("Ja", "yes"), ("Nein", "no")}
    assert not [row.note for row in rows if row.tag == "ask" and "No row of this sheet" in row.note]


@pytest.mark.parametrize(
    ("text", "anywhere", "last"),
    [
        ("Summe", True, True),
        ("Gesamtsumme:", True, True),
        ("Total général", True, True),
        ("Totaal", True, True),
        ("Total positions", False, True),
        ("Summe Positionen", False, True),
        ("Summer", False, False),
        ("Total compensation", False, False),
        ("Somalia", False, False),
        ("Gesamtschule", False, False),
    ],
)
def test_a_row_that_sums_up_is_known_in_several_languages(text: str, anywhere: bool, last: bool) -> None:
    """An item is none: of a list of reports the last one may be that on the total compensation."""
    assert adds_up(text) is anywhere
    assert adds_up(text, last=True) is last


@pytest.mark.parametrize(("word", "name"), [("Ja", False), ("Nein", False), ("Jan Weiss", True), ("Ja Nein", True)])
def test_yes_and_no_are_nobodys_name(word: str, name: bool) -> None:
    """A column of them says how things stand."""
    assert names_a_person(word) is name
