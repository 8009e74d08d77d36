"""A list that a profile reads for facts that no criterion asks for is drafted as the list that it is here."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.first_week.test_start import init

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.checking import check_file
from gonogo.program.program_file import load_program

HEADINGS = "PIID,Vendor,Purpose,Needed through,Period of performance end,Option exercised\n"
ROWS = (
    "47Q-1,Ardent LLC,Surge,03/31/2027,09/30/2027,n/a",
    "47Q-2,Brightfork,Hosting,06/30/2027,12/31/2026,Option 2 - pending",
    "47Q-3,Delmar Inc,IV&V,03/31/2027,03/31/2027,n/a",
)
CONTRACTS = HEADINGS + "\n".join((*ROWS, ",,,,,", "TOTAL,3 contracts,,,,", ""))
COVER = "contracts.covering_ratio"


def test_the_customers_contracts_are_no_list_of_an_old_system(tmp_path: Path) -> None:
    """It was called no evidence, because a profile of another list has its columns."""
    [proposal] = init(tmp_path, {"Support contracts.csv": CONTRACTS}).proposals

    assert (proposal.profile, proposal.answers) == ("", (COVER,))
    assert "no export of Contracts and licenses of an old system" in " ".join(proposal.remarks)
    assert not load_program(tmp_path).program.not_evidence


def test_what_check_promises_add_does(tmp_path: Path) -> None:
    """A refusal after a promise is where an office gives up."""
    init(tmp_path, {"ims.csv": "a,b\n1,2\n2,3\n"})
    file = tmp_path / "evidence" / "Support contracts.csv"
    file.write_text(CONTRACTS, encoding="utf-8")
    promised = [*check_file(file).lines()]

    add(tmp_path, [file])

    assert promised[-1].endswith("`gonogo add PROGRAM FILE` binds it, to be confirmed.")
    assert f"  {COVER} = 2 of 3, and nobody says when it held" in promised
    bound = [each for each in load_program(tmp_path).program.bindings if COVER in each.settings.get("facts", {})]
    assert [each.confirmed for each in bound] == [False]


SCAN = "Plugin ID,CVE,CVSS v2.0 Base Score,Risk,Host,Protocol,Port,Name\n1,CVE-1,9.8,Critical,h1,tcp,443,A\n"


@pytest.mark.parametrize("around", [True, False])
def test_what_no_criterion_asks_for_is_not_promised(tmp_path: Path, around: bool) -> None:
    """In a program it is listed as no evidence; without one only another ruleset may ask for it."""
    if around:
        init(tmp_path, {"ims.csv": "a,b\n1,2\n2,3\n"})
    file = tmp_path / ("evidence" if around else "") / "nessus scan.csv"
    file.write_text(SCAN, encoding="utf-8")

    last = [*check_file(file).lines()][-1]

    assert last.endswith(
        "lists it under not_evidence, and binds nothing."
        if around
        else "`gonogo add PROGRAM FILE` binds it only in a program whose ruleset does."
    )


@pytest.mark.parametrize(
    ("word", "end", "asked"),
    [
        ("Option 2 - pending", "09/30/2027", True),
        ("No", "09/30/2027", True),
        ("Option 2 - pending", "03/30/2027", False),
        ("Option 2 - pending", "03/31/2027", True),
        ("n/a", "09/30/2027", False),
        ("Yes", "09/30/2027", False),
    ],
)
def test_an_option_that_nobody_has_taken_is_asked_about(tmp_path: Path, word: str, end: str, asked: bool) -> None:
    """The end may be that of the option; a contract that ends too early fails without it, and nobody is asked."""
    row = f"47Q-4,Paywell,Checks,03/31/2027,{end},{word}"
    text = HEADINGS + "\n".join((ROWS[0], ROWS[2], row, ""))

    [proposal] = init(tmp_path, {"Support contracts.csv": text}).proposals

    assert (COVER not in proposal.answers) is asked
    assert any("Option exercised also says" in each for each in proposal.asked) is asked
