"""Drafts of acceptances name the release where the program has several."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from gonogo.exports.export_cells import UnreadCell
from gonogo.exports.export_columns import Exported, ExportedItem
from gonogo.model.acceptance import Acceptance
from gonogo.model.evidence import Basis, Evidence, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.finding import Status
from gonogo.model.program import Handling, Marking, Release
from gonogo.model.register import Register
from gonogo.workbook import accepted_rows
from gonogo.workbook.accepted_rows import accepted_and_drafted, needed_registers

AT = datetime(2027, 4, 18, tzinfo=UTC)
REGISTER = Register(
    id="ifs", item="one", fact="ifs.passed_ratio", accept=("customer.functional_lead",), open_unaccepted="ifs.open"
)
FACTS = tuple(
    FactDeclaration(name=name, type=FactType.RATIO, meaning="m", question="q?")
    for name in ("ifs.passed_ratio", "ifs.open")
)
SEEN = Evidence(
    fact="ifs.passed_ratio",
    type=FactType.RATIO,
    value=Decimal("0.9"),
    as_of=AT,
    basis=Basis.MEASURED,
    source=Source(binding="b", locator="x.csv"),
    open_items=("bank file",),
)
SEEN_FINDINGS = [
    SimpleNamespace(criterion="C-1", status=Status.NOT_MET),
    SimpleNamespace(criterion="C-2", status=Status.NOT_DUE),
]


@pytest.mark.parametrize(
    ("releases", "kept", "drafted"),
    [
        (("r1",), None, [None]),
        (("r1", "r2"), None, ["r1"]),
        (("r1",), ("bank file", None), []),
        (("r1", "r2"), ("bank file", "r1"), []),
        (("r1", "r2"), ("bank file", "r2"), ["r1"]),
        (("r1", "r2"), ("bank file", None), ["r1"]),
    ],
)
def test_a_draft_is_for_the_release_that_was_assessed(
    releases: tuple[str, ...], kept: Any, drafted: list[str | None], monkeypatch: pytest.MonkeyPatch
):
    """An acceptance of another release, or of none, answers nothing here."""
    monkeypatch.setattr(accepted_rows, "_last_run", lambda *_: SimpleNamespace(evidence=[SEEN], findings=SEEN_FINDINGS))
    there = (Acceptance(id="A-9", register_id="ifs", item=kept[0], release=kept[1]),) if kept else ()
    every = tuple(Release(id=name, go_live=AT) for name in releases)
    program = SimpleNamespace(releases=every, bindings=())
    loaded = cast("Any", SimpleNamespace(acceptances=there, program=program, root=Path()))

    vocabulary = Vocabulary(facts=FACTS, registers=(REGISTER,))
    found = accepted_and_drafted(loaded, vocabulary, every[0], needed={"ifs": frozenset({"C-1"})}).rows

    assert found[: len(there)] == there
    assert [one.release for one in found[len(there) :]] == drafted


def drafts(
    monkeypatch: pytest.MonkeyPatch,
    *there: Acceptance,
    marking: Marking = Marking.INTERNAL,
    readers: tuple[str, ...] = ("C-1",),
    said: ExportedItem | None = None,
    passed: tuple[str, ...] = (),
) -> Any:
    """The rows of a program with one open item, whose source is marked and whose export says something."""
    monkeypatch.setattr(accepted_rows, "_last_run", lambda *_: SimpleNamespace(evidence=[SEEN], findings=SEEN_FINDINGS))
    monkeypatch.setattr(
        accepted_rows, "exported_items", lambda *_: Exported({"bank file": said} if said else {}, passed)
    )
    release = Release(id="r1", go_live=AT)
    program = SimpleNamespace(
        releases=(release,), bindings=(SimpleNamespace(id="b", handling=Handling(marking=marking)),)
    )
    loaded = cast("Any", SimpleNamespace(acceptances=there, program=program, root=Path()))
    vocabulary = Vocabulary(facts=FACTS, registers=(REGISTER,))
    return accepted_and_drafted(loaded, vocabulary, release, needed={"ifs": frozenset(readers)} if readers else {})


@pytest.mark.parametrize(
    ("marking", "said"),
    [
        (Marking.PII, "Register ifs: its source is marked PII, so no column of it is read, and 1 draft must be filled"),
        (Marking.CUI, "Register ifs: its source is marked CUI, so no column of it is read, and 1 draft must be filled"),
        (Marking.INTERNAL, ""),
    ],
)
def test_drafts_of_a_closed_source_say_why_they_are_empty(marking: Marking, said: str, monkeypatch: pytest.MonkeyPatch):
    """Otherwise somebody looks for the mistake in the export."""
    made = drafts(monkeypatch, marking=marking)

    assert len(made.rows) == 1
    assert [one.startswith(said) for one in made.remarks] == ([True] if said else [])


def test_no_item_is_drafted_that_no_criterion_asks_about(monkeypatch: pytest.MonkeyPatch):
    """Nobody should sign for what changes nothing."""
    made = drafts(monkeypatch, readers=())

    assert made.rows == ()
    assert made.remarks == ["Register ifs: no criterion reads it, so nothing is drafted for 1 open item."]


@pytest.mark.parametrize(
    ("adopt", "not_applicable", "needed"),
    [(None, None, {"ifs"}), (["C-1"], None, {"ifs"}), (["C-2"], None, set()), (None, "why", set())],
)
def test_a_register_is_needed_by_a_criterion_that_can_be_due(adopt: Any, not_applicable: Any, needed: set[str]):
    """One that is not adopted or does not apply asks nothing; one that is due later does."""
    criterion = SimpleNamespace(id="C-1", facts=("ifs.passed_ratio", "ifs.open"), not_applicable=not_applicable)
    other = SimpleNamespace(id="C-2", facts=("ifs.passed_ratio",), not_applicable=None)
    ruleset = cast("Any", SimpleNamespace(criteria=(criterion, other), holds=()))

    assert needed_registers(ruleset, Vocabulary(facts=FACTS, registers=(REGISTER,)), adopt).keys() == needed


@pytest.mark.parametrize(("share", "said"), [("0.029", True), ("0.03", False), ("0.031", False)])
def test_an_acceptance_of_less_than_its_row_says_is_remarked(share: str, said: bool, monkeypatch: pytest.MonkeyPatch):
    """The person who signs may know better than the export; a reader should know of both."""
    accepted = Acceptance(id="A-1", register_id="ifs", item="bank file", person="p", users=Decimal(share))

    made = drafts(monkeypatch, accepted, said=ExportedItem({"users": Decimal("0.03")}, file="ifs.csv"))

    sentence = (
        "A-1 (bank file): ifs.csv says 3% of the users, and the acceptance says 2.9%. If it counts, it "
        "counts with its own share."
    )
    assert made.remarks == ([sentence] if said else [])


def test_a_cell_that_is_not_read_is_said_with_its_draft(monkeypatch: pytest.MonkeyPatch):
    """A blank beside a filled cell looks like a loss, and a guess would be signed unseen."""
    day = UnreadCell("4/5/2027", "ifs.csv line 2, Until", "write the day as 2027-05-03")
    share = UnreadCell("few", "ifs.csv line 2, Exposure", "write a percentage, such as 4%")
    unread = {"until": day, "users": share, "volume": share}

    made = drafts(monkeypatch, said=ExportedItem(file="ifs.csv", unread=unread))

    assert made.unread == {"A-001": unread}
    assert made.remarks == [
        "A-001 (bank file): what cannot be read stays blank. ifs.csv line 2, Until: '4/5/2027' is not read as until: "
        "write the day as 2027-05-03. ifs.csv line 2, Exposure: 'few' is not read as users and volume: write a "
        "percentage, such as 4%."
    ]


@pytest.mark.parametrize(("number", "last"), [(10, "r9"), (11, "1 more like these."), (12, "2 more like these.")])
def test_a_long_list_says_how_much_more_there_is(number: int, last: str):
    """A list that ends without a word looks whole."""
    cut = accepted_rows._cut([f"r{each}" for each in range(number)], 10)

    assert (len(cut), cut[-1]) == (min(number, 11), last)


@pytest.mark.parametrize(("readers", "said"), [(("C-1",), True), ((), False)])
def test_an_export_that_gives_nothing_is_named(readers: tuple[str, ...], said: bool, monkeypatch: pytest.MonkeyPatch):
    """Empty drafts beside a full export look like a loss."""
    made = drafts(monkeypatch, readers=readers, passed=("ifs.csv is no CSV file.",))

    assert ("Register ifs: ifs.csv is no CSV file." in made.remarks) is said


@pytest.mark.parametrize(("readers", "said"), [(("C-2",), True), (("C-1", "C-2"), False), (("C-1",), False)])
def test_drafts_say_that_no_criterion_is_due_yet(readers: tuple[str, ...], said: bool, monkeypatch: pytest.MonkeyPatch):
    """An acceptance lasts 30 days: one that is signed months ahead is signed for nothing."""
    made = drafts(monkeypatch, readers=readers)

    sentence = "Register ifs: no criterion that reads it was due in the last run, so 1 draft needs no signature yet."
    assert len(made.rows) == 1
    assert made.remarks == ([sentence] if said else [])
