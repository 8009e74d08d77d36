"""Whether two names say the same but for their age."""

from __future__ import annotations

import pytest

from gonogo.plugin.inputs.same_words import same_words


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("RTM_R1_v9.xlsx", "RTM R1 (GSA).xlsx"),
        ("configuration items wk49.xlsx", "Config items.xlsx"),
        ("Reports validated 12-03.xlsx", "Report validation.xlsx"),
        ("cutover_ack_dec04.csv", "cutover groups acknowledged.csv"),
        ("RAID 2026-12-04 final.xlsx", "RAID Log 27 Nov.xlsx"),
        ("open defects week 49.csv", "defects open.csv"),
    ],
)
def test_an_age_and_another_form_of_a_word_are_no_word_of_their_own(new: str, old: str) -> None:
    """Each of these was next week's file of a list, and wanted a typed command."""
    assert same_words(new, old)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Interfaces R2.csv", "Interfaces R1.csv"),
        ("Interfaces R1.csv", "Interfaces.csv"),
        ("open config items.csv", "config items.csv"),
        ("config items draft.csv", "config items.csv"),
        ("UAT tracking 12-04.xlsx", "UAT sheet by hand.xlsx"),
        ("2026-12-04.csv", "config items.csv"),
        ("12-04 final.csv", "config items.csv"),
        ("in.csv", "interfaces.csv"),
        ("reports.csv", "reposted.csv"),
    ],
)
def test_another_release_a_part_and_a_word_of_its_own_are_another_list(new: str, old: str) -> None:
    """What is not surely the same list is a question."""
    assert not same_words(new, old)


@pytest.mark.parametrize(("new", "same"), [("ac.csv", False), ("ack.csv", True), ("acks.csv", False)])
def test_a_short_beginning_stands_for_a_word_from_three_letters_on(new: str, same: bool) -> None:
    """Two letters begin too many words."""
    assert same_words(new, "acknowledged.csv") is same


@pytest.mark.parametrize(
    ("new", "old", "same"),
    [("valid.csv", "validly.csv", True), ("validu.csv", "valides.csv", True), ("valixux.csv", "valides.csv", False)],
)
def test_two_forms_of_a_word_share_five_letters(new: str, old: str, same: bool) -> None:
    """`validated` and `validation` do; `reported` and `repaired` do not."""
    assert same_words(new, old) is same
