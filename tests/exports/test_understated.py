"""What a run finds of accepted shares in the export of their register: larger ones, and only where it may look."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from gonogo.exports.understated import with_understated
from gonogo.model.acceptance import Acceptance
from gonogo.model.deposited import Deposited
from gonogo.model.fact import Vocabulary
from gonogo.model.people import Side
from gonogo.model.program import Binding, Handling, Marking
from gonogo.model.register import Register
from gonogo.model.reply import InputRead, Item, Reply

FACTS = Vocabulary(
    facts=(),
    registers=(
        Register(
            id="desk", fact="desk.closed_ratio", item="one post", accept=("customer.functional_lead",),
            open_unaccepted="desk.open_unaccepted",
        ),
    ),
)  # fmt: skip
HEAD = "post,state,users,volume,money\n"
ROWS = HEAD + "D1,open,4%,3%,\nD2,open,9%,,2.5%\n"


def found(
    root: Path, text: str = ROWS, *, accepted: dict[str, str] | None = None, item: str = "D2", **more: object
) -> tuple[tuple[str, str, str], ...]:
    """Return what a run finds: part, share of the export, share of the acceptance."""
    (root / "desk.csv").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(str(more.pop("read", text)).encode()).hexdigest()
    binding = Binding(
        id="desk", plugin="table", side=Side.PROVIDER, producer="x",
        handling=Handling(marking=more.pop("marking", Marking.INTERNAL)),
    )  # fmt: skip
    reply = Reply(
        binding="desk", collector="table:table", level="L2", declared=("desk.closed_ratio",),
        inputs=(InputRead(name="file", path="desk.csv", size=len(text), sha256=digest),),
        items=(Item(fact="desk.closed_ratio", part=1, whole=3, as_of=datetime(2027, 4, 1, tzinfo=UTC),
                    open_items=("D1", "D2")),),
        **more,
    )  # fmt: skip
    shares = {"users": "0.04"} if accepted is None else accepted
    one = Acceptance(
        id="A-1", register_id="desk", item=item, **{name: Decimal(share) for name, share in shares.items()}
    )
    (made,) = with_understated([reply], [binding], [one], FACTS, root)
    return tuple((each.part, f"{each.share}", f"{each.granted}") for each in made.understated or ())


@pytest.mark.parametrize(("granted", "smaller"), [("0.08", True), ("0.09", False), ("0.1", False)])
def test_a_share_is_named_where_the_export_names_a_larger_one(tmp_path, granted, smaller):
    """9% in the list, and 8% in the acceptance."""
    assert found(tmp_path, accepted={"users": granted}) == ((("users", "0.09", granted),) if smaller else ())


def test_each_dimension_is_compared_that_both_name(tmp_path):
    """What the acceptance does not say is no smaller share, and what the list does not say is no larger one."""
    assert found(tmp_path, accepted={"users": "0.01", "volume": "0.01", "money": "0.02"}) == (
        ("users", "0.09", "0.01"),
        ("money", "0.025", "0.02"),
    )


@pytest.mark.parametrize(
    "more",
    [
        {"item": "D3"},  # not open
        {"accepted": {}},
        {"marking": Marking.PII},
        {"marking": Marking.CUI},
        {"read": "other bytes"},  # the file was changed since the collector read it
        {"text": "post,state\nD1,open\nD2,open\n"},
        {"text": HEAD + "D1,open,4%,,\nD2,open,9%,,\nD2,open,9%,,\n"},  # no one row is that of the item
        {"text": "\x00\x01"},
        {"deposited": Deposited(bundle="a" * 64, keys=("k",), made=datetime(2027, 4, 1, tzinfo=UTC))},
    ],
)
def test_what_cannot_or_may_not_be_read_says_nothing(tmp_path, more):
    """A guess beside a signature is worse than silence."""
    assert found(tmp_path, **more) == ()


def test_a_program_without_acceptances_starts_no_child(tmp_path, monkeypatch):
    """A clean program is not troubled, and not slowed."""
    monkeypatch.setattr("gonogo.exports.understated.run", None)

    assert found(tmp_path, item="D3") == ()
