"""``gonogo workbook --keep-answers``: what people typed comes over as it was, and nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import openpyxl
import pytest

from gonogo.cli import run
from gonogo.errors import UsageError
from gonogo.workbook.making import make_workbook

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
AS_OF = ("--as-of", "2027-04-19T12:00-04:00")


def kept(stated: Any, change: Callable[[Any], None]) -> tuple[bytes, bytes]:
    """Return the earlier workbook after ``change`` to its sheet Evidence, and the one that takes its answers over."""
    earlier = stated.filled(change=lambda book: change(book["Evidence"]))
    return earlier, make_workbook(stated.root, output=stated.file, as_of=NOW, answers=earlier).data


class TestTypes:
    @pytest.mark.parametrize(
        ("fact", "cell", "value", "shown_as"),
        [
            ("cutover.rehearsals", "F3", datetime.fromisoformat("1900-01-03"), "yyyy-mm-dd"),
            ("cutover.rehearsals", "F3", datetime.fromisoformat("2027-04-12T09:30"), "yyyy-mm-dd hh:mm"),
            ("tests.hours_per_case", "F6", time(4), "hh:mm:ss"),
            ("tests.covered_ratio", "F4", 0.5, "General"),
            ("tests.covered_ratio", "F4", 93.2, "General"),
            ("tests.cost", "F5", True, "General"),
            ("cutover.rehearsals", "G3", 46127, "General"),
            ("ato.letter", "F9", 12, "General"),
        ],
    )
    def test_a_cell_of_the_wrong_type_is_still_of_that_type(self, stated, fact, cell, value, shown_as):
        """A date must not come back as the number behind it, nor 0.5 as 50 %: what was refused stays refused."""

        def mistype(sheet: Any) -> None:
            sheet[cell] = value
            sheet[cell].number_format = shown_as

        earlier, later = kept(stated, mistype)

        before, after = stated.answers(earlier)[fact], stated.answers(later)[fact]
        assert before.gap is not None
        assert (after.gap, after.detail) == (before.gap, before.detail)

    def test_every_right_answer_reads_as_before(self, stated):
        """Value, day and person."""
        earlier, later = kept(stated, lambda _sheet: None)

        before, after = stated.answers(earlier), stated.answers(later)
        assert {name: (one.value, one.as_of, one.attested) for name, one in after.items()} == {
            name: (one.value, one.as_of, one.attested) for name, one in before.items()
        }
        assert all(one.value is not None for one in after.values())

    def test_a_formula_without_a_result_is_named_by_its_own_cell(self, stated):
        """Not by the first cell of its row, where nothing is wrong."""
        with pytest.raises(UsageError, match="cell F5 holds a formula without a stored result"):
            kept(stated, lambda sheet: sheet.__setitem__("F5", "=1+1"))


class TestNothingIsLost:
    def aside(self, stated: Any) -> list[str]:
        return sorted(path.name for path in stated.root.glob("evidence.earlier*.xlsx"))

    def again(self, stated: Any) -> int:
        return run(["workbook", str(stated.root), "-o", str(stated.file), "--keep-answers", *AS_OF])

    def test_answers_to_what_is_not_asked_now_stay_in_a_copy(self, stated, capfd):
        """Who adopts fewer criteria for a week must not type everything again."""
        filled = stated.filled()
        stated.file.write_bytes(filled)
        program = stated.root / "gonogo.yaml"
        program.write_text(
            program.read_text(encoding="utf-8") + "adopt: [program.cutover.approved]\n", encoding="utf-8"
        )

        assert self.again(stated) == 0

        said = capfd.readouterr().err
        assert "2 facts to state, 2 of them with the answers of the earlier file" in said
        assert (
            "Not taken over: 6 answers to questions that are no longer asked: tests.covered_ratio, tests.cost," in said
        )
        assert "evidence.earlier.xlsx" in said
        assert (stated.root / "evidence.earlier.xlsx").read_bytes() == filled

    def test_a_register_that_is_read_from_elsewhere_is_not_thrown_away(self, stated, capfd):
        """Somebody filled in the sheet People, but gonogo.yaml reads people.yaml."""

        def join(book: Any) -> None:
            for column, text in enumerate(("customer", "pmo_lead", "zed.dale", "Zed Dale"), 1):
                book["People"].cell(5, column).value = text

        stated.file.write_bytes(stated.filled(change=join))

        assert self.again(stated) == 0

        said = capfd.readouterr().err
        assert "Not taken over: row 5 of the sheet People, which gonogo.yaml does not read from this workbook." in said
        book = openpyxl.load_workbook(stated.root / "evidence.earlier.xlsx")
        assert book["People"]["C5"].value == "zed.dale"

    def test_where_nothing_is_lost_no_copy_is_made(self, stated, capfd):
        """A copy each morning would be litter."""
        stated.file.write_bytes(stated.filled())

        assert self.again(stated) == 0

        assert "Not taken over" not in capfd.readouterr().err
        assert self.aside(stated) == []

    def test_a_copy_never_replaces_a_copy(self, stated):
        """The second may be poorer than the first."""
        for _ in range(2):
            stated.file.unlink(missing_ok=True)
            stated.file.write_bytes(stated.filled(change=lambda book: book["Action plans"].__setitem__("A2", "x.y.z")))
            assert self.again(stated) == 0

        assert self.aside(stated) == ["evidence.earlier-2.xlsx", "evidence.earlier.xlsx"]


def test_rows_that_the_registers_hold_are_taken_over_however_they_are_written(stated, capfd):
    """A name in the place of an id was read; saying that the row was lost would be untrue."""

    def typed(book: Any) -> None:
        row = ["workforce.survey.state", "customer.functional_lead", "Call everybody", "2027-04-30"]
        for column, text in enumerate(row, 1):
            book["Action plans"].cell(2, column).value = text
        row = [
            "W-1",
            "People were asked",
            "Late",
            "low",
            "Calls",
            "customer.functional_lead",
            "Tom Reyes",
            "2027-06-01",
        ]
        for column, text in enumerate(row, 1):
            book["Waivers"].cell(2, column).value = text
        for column, text in enumerate(["workforce.survey.state", "", "Ask again", "TBD"], 1):
            book["Action plans"].cell(3, column).value = text

    program = stated.root / "gonogo.yaml"
    program.write_text(program.read_text(encoding="utf-8") + stated.made.block, encoding="utf-8")
    stated.file.write_bytes(stated.filled(change=typed))

    assert run(["workbook", str(stated.root), "-o", str(stated.file), "--keep-answers", *AS_OF]) == 0

    said = capfd.readouterr().err
    assert "sheet Waivers" not in said.partition("Not taken over")[2]
    assert "row 3 of the sheet Action plans, which cannot be read" in said
    book = openpyxl.load_workbook(stated.file)
    assert (book["Waivers"]["A2"].value, book["Waivers"]["G2"].value) == ("W-1", "tom.reyes")
