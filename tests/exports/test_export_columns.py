"""Drafts of acceptances take from an export what it says of an item, and never a signature."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gonogo.core.accept import review_acceptances
from gonogo.core.register_items import RegisterItems
from gonogo.exports.export_columns import exported_items
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import Basis, Evidence, Source
from gonogo.model.fact import FactType
from gonogo.model.people import Side
from gonogo.model.program import AsOf, AsOfRule, Binding, Handling, InputPath, Marking
from gonogo.model.register import Register

LEAD = "customer.functional_lead"
EXPORT = """\
Interface,Status,Exposure,Accepted by,Accepted on,Accepted until,Workaround,Workaround tried on,Tried by,Function
card issuer,Failed,4%,Rosa Amsel,2027-04-14,2027-05-10,keyed by hand,2027-04-12,R. Amsel,Travel
bank file,Failed,,,,,,,,
payroll,Passed,,,,,,,,
"""


BASE = Evidence(
    fact="ifs.passed_ratio", type=FactType.INTEGER, unit="interfaces", value=2, open_items=("bank file", "card issuer"),
    as_of=datetime(2027, 4, 18, 16, tzinfo=UTC), basis=Basis.MEASURED, source=Source(binding="ifs", locator="x"),
)  # fmt: skip


told: list[str] = []


@pytest.fixture(autouse=True)
def silence() -> None:
    """What one test is told is no other test's."""
    told.clear()


def items(
    tmp_path: Path,
    data: bytes,
    *,
    name: str = "interfaces.csv",
    read: bytes | None = None,
    pattern: str = "",
    **more: Any,
) -> Any:
    """What an export says of the two open interfaces."""
    (tmp_path / name).write_bytes(data)
    given: dict[str, Any] = {"handling": Handling(), "settings": {}}
    binding = Binding(
        id="ifs", plugin="table", side=Side.CUSTOMER, producer="team",
        inputs=(InputPath(name="file", paths=(pattern or name,), as_of=AsOf(rule=AsOfRule.DOCUMENT)),),
        **(given | more),
    )  # fmt: skip
    source = Source(binding="ifs", locator=name, sha256=(hashlib.sha256(read or data).hexdigest(),))
    entry = BASE.model_copy(update={"source": source})
    found = exported_items(tmp_path, binding, entry)
    told.extend(found.passed_over)
    return found.items


def test_a_draft_takes_what_the_columns_say(tmp_path: Path):
    """The person who bears the item need not type what the export has."""
    found = items(tmp_path, EXPORT.encode())

    assert found["card issuer"].drafted == {
        "until": date(2027, 5, 10),
        "tried_on": date(2027, 4, 12),
        "workaround": "keyed by hand",
        "tried_by": "R. Amsel",
        "touches": "Travel",
        **dict.fromkeys(("users", "volume", "money"), Decimal("0.04")),
    }
    assert (found["card issuer"].person, found["card issuer"].on) == ("Rosa Amsel", "2027-04-14")
    assert found["bank file"].drafted == {}
    assert found.keys() == {"bank file", "card issuer"}


def test_no_cell_of_an_export_is_a_signature(tmp_path: Path):
    """Person, seat and day are the act. A draft of a perfect export is refused like any that nobody signed."""
    drafted = items(tmp_path, EXPORT.encode())["card issuer"].drafted
    assert not drafted.keys() & {"person", "role", "on"}
    register = Register(id="ifs", item="one", fact="ifs.passed_ratio", accept=(LEAD,), open_unaccepted="ifs.open")
    draft = Acceptance(id="A-1", register_id="ifs", item="card issuer", **drafted)

    standing = cast("Any", SimpleNamespace(releases=()))
    found = review_acceptances([draft], {"ifs": RegisterItems(register, BASE, ("card issuer",), (BASE,))}, standing)

    assert found.counted == {}
    assert found.reviews[0].why.startswith("It is incomplete: person missing, role missing and date of the acceptance")


NO_KEY = "interfaces.csv: no one column holds each open item exactly once, so nothing is taken from Exposure"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            {"read": b"other bytes"},
            "interfaces.csv is not as the last recorded run read it, so nothing is taken from it",
        ),
        ({"handling": Handling(marking=Marking.PII)}, ""),
        ({"handling": Handling(marking=Marking.CUI)}, ""),
        ({"settings": {"delimiter": ";"}}, ""),
        ({"data": EXPORT.replace("bank file", "bank  fyle").encode()}, NO_KEY),  # not every open item has its row
        ({"data": (EXPORT + "card issuer,Failed,9%,,,,,,,\n").encode()}, NO_KEY),  # one has two
        (
            {"data": EXPORT.replace("Exposure,Accepted by,Accepted on", "A,B,C").replace("Workaround,", "D,").encode()},
            "",
        ),
        ({"data": EXPORT.replace("bank file", "x").replace("card issuer", "y").encode()}, ""),  # of other items
        ({"data": b"\xff\xfe\x00"}, "interfaces.csv is no CSV file as the binding says, so nothing is taken from it."),
        (
            {"data": b"PK\x03\x04", "name": "i.xlsx"},
            "i.xlsx is no workbook that can be read, so nothing is taken from it.",
        ),
        ({"data": b""}, ""),
    ],
)
def test_what_cannot_be_told_drafts_nothing_and_says_so(tmp_path: Path, change: dict[str, Any], why: str):
    """An empty draft costs a minute; a wrong share would be signed unseen. What is passed over is named."""
    given = {"data": EXPORT.encode()} | change

    assert items(tmp_path, given.pop("data"), **given) == {}
    assert [one.startswith(why) for one in told] == ([True] if why else [])


def test_headings_that_could_mean_one_thing_twice_are_named(tmp_path: Path):
    """Two columns of users, and neither is taken, without a word: the signer thinks that the export says nothing."""
    text = (
        EXPORT.replace("Exposure", "Users,Share of users").replace(",4%,", ",4%,5%,").replace("Failed,,", "Failed,,,")
    )

    found = items(tmp_path, text.encode())

    assert "users" not in found["card issuer"].drafted
    assert told == ["interfaces.csv: 'Share of users' and 'Users' could all be users, so none is read."]


def test_the_file_of_a_pattern_is_the_one_that_was_read(tmp_path: Path):
    """Weekly exports are bound by a pattern, and older ones lie beside."""
    (tmp_path / "ifs-1.csv").write_bytes(b"old")

    found = items(tmp_path, EXPORT.encode(), name="ifs-2.csv", pattern="ifs-*.csv")

    assert found["card issuer"].drafted["workaround"] == "keyed by hand"
    assert told == []


@pytest.mark.parametrize(
    ("cell", "share"),
    [("0%", None), ("0.5%", Decimal("0.005")), ("100%", Decimal(1)), ("100.5%", None), ("4", None), ("some", None)],
)
def test_a_share_is_drafted_only_where_it_is_written_as_one(tmp_path: Path, cell: str, share: Decimal | None):
    """`4` may be 4 users, and blank or 0 says nothing."""
    found = items(tmp_path, EXPORT.replace("4%", cell).encode())

    assert found["card issuer"].drafted.get("users") == share


def test_a_share_of_its_own_comes_before_the_exposure(tmp_path: Path):
    """Where the export tells users from money, so does the draft."""
    text = EXPORT.replace("Exposure", "Exposure,Users").replace(",4%,", ",4%,1%,").replace("Failed,,", "Failed,,,")

    found = items(tmp_path, text.encode())["card issuer"].drafted

    assert [str(found[each]) for each in ("users", "volume", "money")] == ["0.01", "0.04", "0.04"]


def test_a_workbook_serves_too_with_its_dates_and_percentages(tmp_path: Path):
    """Most registers are kept in one."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Interfaces of release 1"])
    book.active.append(["Interface", "Exposure", "Accepted by", "Tried on"])
    book.active.append(["card issuer", 0.04, "Rosa Amsel", date(2027, 4, 12)])
    book.active.append(["bank file", 0.05, None, None])
    book.active["B3"].number_format = "0%"
    stream = io.BytesIO()
    book.save(stream)

    both = items(tmp_path, stream.getvalue(), name="interfaces.xlsx")
    found = both["card issuer"]

    assert both["bank file"].drafted == {}
    cell = both["bank file"].unread["money"]
    assert (cell.text, cell.where) == ("0.05", "interfaces.xlsx, sheet Sheet, cell B4")
    assert found.drafted["money"] == Decimal("0.04")
    assert found.drafted["tried_on"] == date(2027, 4, 12)
    assert found.person == "Rosa Amsel"


def test_what_is_not_read_is_kept_in_its_words(tmp_path: Path):
    """The draft says it in a comment, so that the person who signs types the day that is meant."""
    text = EXPORT.replace("2027-05-10", "4/5/2027").replace("2027-04-12", "11/22/2026").replace("4%", "few")

    found = items(tmp_path, text.encode())["card issuer"]

    assert found.drafted["tried_on"] == date(2026, 11, 22)
    assert {part: cell.text for part, cell in found.unread.items()} == (
        {"until": "4/5/2027"} | dict.fromkeys(("users", "volume", "money"), "few")
    )
    assert found.unread["until"].where == "interfaces.csv line 2, Accepted until"
    assert found.unread["users"].where == "interfaces.csv line 2, Exposure"


def test_a_column_is_read_as_its_binding_says(tmp_path: Path):
    """The format belongs to one heading, and says which of two days is meant."""
    columns = {"until": {"header": "Accepted until", "type": "date", "format": "%m/%d/%Y"}}
    text = EXPORT.replace("2027-05-10", "4/5/2027").replace("2027-04-12", "4/5/2027")

    found = items(tmp_path, text.encode(), settings={"tables": {"ifs": {"columns": columns}}})["card issuer"]

    assert found.drafted["until"] == date(2027, 4, 5)
    assert {part: cell.text for part, cell in found.unread.items()} == {"tried_on": "4/5/2027"}
