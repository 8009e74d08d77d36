"""Text that fits its column and is still no data: it would be counted, and nobody would see it."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from gonogo.model.evidence import GapReason

PEOPLE: dict[str, Any] = {
    "tables": {
        "people": {
            "columns": {
                "learner": {"header": "Learner", "type": "id"},
                "unit": {"header": "Unit", "type": "text"},
            }
        }
    },
    "facts": {"rows": {"count": {}, "unit": "people"}},
}
KEYED: dict[str, Any] = {**PEOPLE, "tables": {"people": {**PEOPLE["tables"]["people"], "unique": ["learner"]}}}


def csv_of(*rows: str) -> dict[str, bytes]:
    return {"roster.csv": "\n".join(("Learner,Unit", *rows, "")).encode()}


def xlsx_of(*rows: str) -> dict[str, bytes]:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Roster")
        for number, row in enumerate(("Learner,Unit", *rows)):
            sheet.write_row(number, 0, row.split(","))
    return {"roster.xlsx": buffer.getvalue()}


@pytest.mark.parametrize("made", [csv_of, xlsx_of])
class TestSuspects:
    def test_a_header_that_stands_again_is_no_person(self, collect, made):
        """Two exports were put one below the other."""
        answer = collect(made("L1,East", "L2,West", "Learner,Unit", "L3,East"), PEOPLE)["rows"]

        assert (answer.value, answer.gap) == (None, GapReason.AMBIGUOUS_ROWS)
        assert "the header is repeated in" in answer.detail
        assert " 4; delete it there" in answer.detail

    @pytest.mark.parametrize("word", ["Total", "TOTAL", "Grand total:", "Subtotal", "Totals"])
    def test_a_row_of_totals_is_no_person(self, collect, made, word):
        """Many exports have it, and it makes a share smaller or larger by one."""
        answer = collect(made("L1,East", f"{word},2"), PEOPLE)["rows"]

        assert (answer.value, answer.gap) == (None, GapReason.AMBIGUOUS_ROWS)
        assert "column 'Learner' says Total in" in answer.detail
        assert " 3, which would be counted" in answer.detail

    @pytest.mark.parametrize("cell", ["L2; L3", "L2;L3", "TC_RF_001 TC_RF_002", "TC-1 ; TC-2; TC-3", "REQ-1.2 REQ-1.3"])
    def test_a_cell_with_several_keys_is_no_item(self, collect, made, cell):
        """Five cases were counted as three, and one acceptance covered all that stood in the cell."""
        answer = collect(made("L1,East", f"{cell},West"), KEYED)["rows"]

        assert (answer.value, answer.gap) == (None, GapReason.AMBIGUOUS_ROWS)
        assert "the key 'Learner' holds several keys in" in answer.detail

    @pytest.mark.parametrize("cell", ["L2", "Room 12", "Doe; Jane", "B2 C3", "West-4 desk", "A;", "TC-1-TC-2"])
    def test_a_key_of_several_words_is_one_item(self, collect, made, cell):
        """A place with a number is no list of keys."""
        answer = collect(made("L1,East", f"{cell},West"), KEYED)["rows"]

        assert "several keys" not in answer.detail

    @pytest.mark.parametrize("cell", ["1.20E+05", "1E+10", "12-Mar", "Mar-12", "12-Mar-27", "3/12/2027"])
    def test_an_identifier_that_excel_spoiled_is_named_by_its_row(self, collect, made, cell):
        """As text it looks like any other identifier, and two of them may have become one."""
        answer = collect(made("L1,East", f"{cell},West"), PEOPLE)["rows"]

        assert (answer.value, answer.gap) == (None, GapReason.MALFORMED)
        assert "column 'Learner' holds what Excel makes of identifiers" in answer.detail
        assert "in line 3;" in answer.detail or "in row 3;" in answer.detail

    @pytest.mark.parametrize("cell", ["12E05", "E+10", "MAR-012", "12-MAR", "TOTAL-4", "2027/12/3", "Learner"])
    def test_an_identifier_that_is_only_like_it_counts(self, collect, made, cell):
        """A whole cell must be spoiled, in the very way in which Excel writes it."""
        assert collect(made("L1,East", f"{cell},West"), PEOPLE)["rows"].value == 2


def test_a_word_that_is_allowed_is_data(collect):
    """Who lists it has seen it."""
    settings = {
        "tables": {"t": {"columns": {"kind": {"header": "Kind", "type": "text", "allowed": ["Total", "Part"]}}}},
        "facts": {"rows": {"count": {}, "unit": "rows"}},
    }

    assert collect({"t.csv": b"Kind\nTotal\nPart\n"}, settings)["rows"].value == 2
