"""A cell of an export is read where there is one reading; else its draft says why not, and how to write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.exports.export_cells import ExportCell, UnreadCell, value_in


@pytest.mark.parametrize(
    ("value", "percent", "share"),
    [
        ("4%", False, "0.04"),
        ("4 %", False, "0.04"),
        ("4.5 percent", False, "0.045"),
        ("3,5%", False, "0.035"),
        ("100%", False, "1"),
        (0.04, True, "0.04"),
        (1, True, "1"),
        (1.0, True, "1"),
    ],
)
def test_a_share_is_read_where_it_is_written_as_one(value: object, percent: bool, share: str) -> None:
    """What a workbook shows as 4% is 4%."""
    assert value_in("users", ExportCell(value, "x", percent)) == Decimal(share)


@pytest.mark.parametrize(
    ("value", "percent", "how"),
    [
        ("0.04", False, "could mean two things; write 4% or 0.04%"),
        (0.04, False, "could mean two things; write 4% or 0.04%"),
        (1, False, "could mean two things; write 100% or 1%"),
        ("4", False, "write 4%, if it is a percentage and no count"),
        (250, False, "write 250%, if it is a percentage and no count"),
        ("0%", False, "a share is more than 0% and at most 100%"),
        ("100.1%", False, "a share is more than 0% and at most 100%"),
        (1.01, True, "a share is more than 0% and at most 100%"),
        (0, True, "a share is more than 0% and at most 100%"),
        ("$100", False, "an amount is no share"),
        ("1,000 USD", False, "an amount is no share"),
        ("up to 5%", False, "write the largest percentage"),
        ("<5%", False, "write the largest percentage"),
        ("3-5%", False, "write the largest percentage"),
        ("about 5%", False, "write the largest percentage"),
        ("4% 5%", False, "write a percentage, such as 4%"),
        ("some", False, "write a percentage, such as 4%"),
        ("TBD", False, "write a percentage, such as 4%"),
        (True, False, "write a percentage, such as 4%"),
    ],
)
def test_what_could_mean_two_things_is_asked_and_never_guessed(value: object, percent: bool, how: str) -> None:
    """0.04 is four of a hundred, or four of ten thousand; somebody signs what the draft says."""
    found = value_in("users", ExportCell(value, "x.csv line 2, Exposure", percent))

    assert isinstance(found, UnreadCell)
    assert how in found.how
    assert found.where == "x.csv line 2, Exposure"


@pytest.mark.parametrize("part", ["workaround", "tried_by", "touches"])
@pytest.mark.parametrize(("text", "said"), [("keyed by hand", True), ("TBD", False), ("n/a", False), ("-", False)])
def test_empty_talk_drafts_nothing(part: str, text: str, said: bool) -> None:
    """A draft whose workaround is TBD looks filled in, and is refused later."""
    found = value_in(part, ExportCell(text))

    assert (found == text) is said
    assert isinstance(found, UnreadCell) is not said


@pytest.mark.parametrize("part", ["until", "tried_on", "workaround", "users"])
@pytest.mark.parametrize("blank", ["", "  ", None])
def test_a_blank_cell_gives_nothing_to_say(part: str, blank: object) -> None:
    """Most rows of an export are not about acceptances."""
    assert value_in(part, ExportCell(blank)) is None
