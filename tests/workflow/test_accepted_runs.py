"""Runs with acceptances from files to record, report and replay."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.conftest import NOON, Small

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.model.event import EventType
from gonogo.model.verdict import Verdict
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import load_ruleset
from gonogo.workbook.making import make_workbook
from gonogo.workflow.order import Order
from gonogo.workflow.overlooking import overlooked_sentences
from gonogo.workflow.pipeline import assess
from gonogo.workflow.replay import replay

FACTS = """\
  - {name: desk.open_unaccepted, type: integer, unit: posts, min: 0, meaning: Open., question: Nobody is asked.}
  - {name: desk.open_exposure, type: ratio, meaning: Touched., question: Nobody is asked.}
  - {name: acceptances.criteria_resting, type: integer, unit: criteria, min: 0, meaning: Resting., question: Nobody.}
registers:
  desk: {item: one post of the service desk, fact: desk.open_posts, accept: [customer.functional_lead],
    open_unaccepted: desk.open_unaccepted, open_exposure: desk.open_exposure}
"""
REQUIRE = "desk.open_posts <= 0 or desk.open_posts <= 1 and desk.open_unaccepted <= 0 and desk.open_exposure <= 5%"
ACCEPTANCES = """\
schema: 1
acceptances:
  - {id: A-1, register: desk, item: D2, person: tom.reyes, role: customer.functional_lead, on: 2027-04-16,
     until: 2027-05-10, workaround: the day shift answers, tried_on: 2027-04-15, tried_by: tom.reyes, users: 4%,
     volume: 3%, money: 1%}
  - {id: A-2, register: desk, item: D9}
"""


@pytest.fixture
def accepted(stated_program: Callable[..., Small]) -> Small:
    """A program whose service desk has one open post, which somebody accepted."""
    return with_register(stated_program(sources=["desk"]))


def with_register(small: Small) -> Small:
    """Give a small program a register with one open item, and acceptances."""
    with (small.rules / "facts.yaml").open("a", encoding="utf-8") as facts:
        facts.write(FACTS)
    rules = (small.rules / "ruleset.yaml").read_text(encoding="utf-8")
    bounded = (
        "  - {id: program.acceptances.bounded, title: Little is accepted, statement: Few., why: A sum., max_age: 7d,\n"
        "     severity: mandatory, require: acceptances.criteria_resting <= most, parameters: {most: 4},\n"
        "     owner: customer.business_owner, remedy: Close some., source: [S1]}\n"
    )
    rules = rules.replace("require: desk.open_posts <= max_open\n    parameters: {max_open: 0}", f"require: {REQUIRE}")
    (small.rules / "ruleset.yaml").write_text(rules + bounded, encoding="utf-8")
    small.edit("evidence/desk.csv", "D2,filled", "D2,open")
    small.edit("gonogo.yaml", "people: people.yaml", "people: people.yaml\nacceptances: acceptances.yaml")
    (small.root / "acceptances.yaml").write_text(ACCEPTANCES, encoding="utf-8")
    return small


def told(small: Small, capfd: pytest.CaptureFixture[str], *options: str) -> str:
    run(["report", str(small.root), *options])
    return " ".join(capfd.readouterr().out.split())


def test_a_run_that_rests_on_an_acceptance_says_so_everywhere(accepted: Small, capfd: pytest.CaptureFixture[str]):
    """Exit code, first screen, page one, JSON, events: nobody takes it for a plain GO, and a replay agrees."""
    assert run(accepted.arguments) == 3
    screen = " ".join(capfd.readouterr().out.split())

    assert "accepted by Tom Reyes, until 2027-05-10: D2" in screen
    full = told(accepted, capfd, "--full")
    sentence = (
        "Rests on 1 acceptance: D2, at most 4% of the users, accepted 2027-04-16 by Tom Reyes, the day shift answers "
        "(tried 2027-04-15), until 2027-05-10."
    )
    assert sentence in full
    assert "(1 of them on acceptance)" in full
    assert "1 criterion is met on acceptance alone; together they touch at most 4% of the users" in full
    assert sentence in told(accepted, capfd, "-o", "markdown")
    document = json.loads(told(accepted, capfd, "-o", "json"))
    assert [one["id"] for one in document["acceptances"]] == ["A-1", "A-2"]
    assert [(one["id"], one["counted"]) for one in document["decision"]["acceptances"]] == [
        ("A-1", True),
        ("A-2", False),
    ]
    history = open_history(accepted.log)
    (recorded,) = history.ledger.runs.values()
    types = [record.type for record in history.report_records(recorded)]
    assert types.count(EventType.ACCEPTANCE_COUNTED) == types.count(EventType.ACCEPTANCE_REFUSED) == 1
    again = replay(history, recorded)
    assert again.same, (again.why, again.decision, again.findings)


def test_a_run_says_where_the_export_names_a_larger_share_and_a_report_needs_no_file(
    accepted: Small, capfd: pytest.CaptureFixture[str]
):
    """The list of the team says 9%, and the functional lead signed 4%: page one shows both, and 4% counts."""
    desk = accepted.root / "evidence/desk.csv"
    head, *rows = desk.read_text(encoding="utf-8").splitlines()
    columns = [f"{head},workaround,users", *(f"{row},by hand,{'9%' if row.startswith('D2') else ''}" for row in rows)]
    desk.write_text("\n".join(columns) + "\n", encoding="utf-8")
    accepted.edit("gonogo.yaml", "unique: [post]", "unique: [post], ignore: [workaround, users]")

    assert run(accepted.arguments) == 3
    capfd.readouterr()
    desk.unlink()
    assert "1 acceptance grants a smaller share than its own export names: A-1 (D2) says 4% of the users" in told(
        accepted, capfd, "--full"
    )


def test_what_is_open_and_not_accepted_says_whose_acceptance_is_missing(
    accepted: Small, capfd: pytest.CaptureFixture[str]
):
    """The manager who reads it knows which item, and whom to ask."""
    accepted.edit("acceptances.yaml", "item: D2", "item: D1")

    assert run(accepted.arguments) == 1

    full = told(accepted, capfd, "--full")
    assert "acceptance of D2 by the customer's functional lead is missing" in full
    assert "A-1: D1, register desk" in full
    assert "It changes nothing: desk names no open item D1; only D2 is open." in full


def test_items_of_people_are_typed_in_plain_and_recorded_as_stand_ins(
    accepted: Small, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
):
    """The register shows a stand-in, the person types a name, and the name stays out of the record."""
    key = tmp_path / "pii.key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    monkeypatch.setenv("GONOGO_PII_KEY", str(key))
    accepted.edit("evidence/desk.csv", "D2,open", "Zora Quill,open")
    accepted.edit("gonogo.yaml", "    producer: Service desk\n", "    producer: Service desk\n    handling: PII\n")
    accepted.edit("gonogo.yaml", "posts: {columns: {post: {type: id}", "posts: {columns: {post: {type: text}")
    accepted.edit("acceptances.yaml", "item: D2", "item: Zora Quill")

    result = assess(Order(program=accepted.root, as_of=NOON))

    assert result.assessment.decision.verdict is Verdict.CONDITIONAL_GO
    first, second = result.assessment.acceptances or ()
    assert first.item.startswith("id-")
    assert second.item.startswith("id-")
    assert not [path for path in accepted.log.rglob("*") if path.is_file() and b"Zora" in path.read_bytes()]


def test_a_named_file_of_acceptances_is_not_overlooked(accepted: Small):
    """A warning that nobody reads it would be untrue; a file that no key names is one that nobody reads."""
    (accepted.root / "acceptances.yaml").rename(accepted.root / "evidence/acceptances.yaml")
    unnamed = overlooked_sentences(accepted.root)
    accepted.edit("gonogo.yaml", "acceptances: acceptances.yaml", "acceptances: evidence/acceptances.yaml")

    assert unnamed == []  # the program cannot be loaded, and says so itself
    assert overlooked_sentences(accepted.root) == []
    accepted.edit("gonogo.yaml", "acceptances: evidence/acceptances.yaml\n", "")
    assert any("acceptances.yaml" in sentence for sentence in overlooked_sentences(accepted.root))


class TestWorkbook:
    """The sheet Acceptances: one row for each open item, filled in by who takes it over, and read back."""

    def test_a_file_of_drafts_takes_the_columns_of_the_export_and_signs_nothing(
        self, accepted: Small, capfd: pytest.CaptureFixture[str], tmp_path: Path
    ):
        """The person who bears the item fills in three lines; a signature in the export is none."""
        accepted.edit("acceptances.yaml", ACCEPTANCES[ACCEPTANCES.index("acceptances:") :], "acceptances: []\n")
        rows = "post,state,Accepted by,Accepted on,Until,Workaround,Exposure\nD1,filled,,,,,\n"
        rows += "D2,open,Tom Reyes,2027-04-16,2027-05-10,the day shift answers,4%\n"
        (accepted.root / "evidence/desk.csv").write_text(rows, encoding="utf-8")
        ignored = "ignore: [Accepted by, Accepted on, Until, Workaround, Exposure]"
        accepted.edit("gonogo.yaml", "unique: [post]", f"unique: [post], {ignored}")
        assert assess(Order(program=accepted.root, as_of=NOON)).assessment.decision.verdict is Verdict.NO_GO
        drafts = tmp_path / "drafts.yaml"
        capfd.readouterr()

        assert run(["acceptances", str(accepted.root), "-o", str(drafts)]) == 0
        said = " ".join(capfd.readouterr().err.split())
        assert run(["acceptances", str(accepted.root), "-o", str(drafts)]) == 2

        assert (
            "A-001 (D2): evidence/desk.csv says that Tom Reyes accepted it on 2027-04-16. That does not count" in said
        )
        body = drafts.read_text("utf-8").partition("acceptances:\n")[2]
        assert body.splitlines() == [
            '  - id: "A-001"',
            "    register: desk",
            '    item: "D2"',
            "    # person:",
            "    # role:",
            "    # on:",
            "    until: 2027-05-10",
            '    workaround: "the day shift answers"',
            "    # tried_on:",
            "    # tried_by:",
            "    users: 4%",
            "    volume: 4%",
            "    money: 4%",
        ]
        (accepted.root / "acceptances.yaml").write_text(drafts.read_text("utf-8"), encoding="utf-8")
        unsigned = assess(Order(program=accepted.root, as_of=NOON)).assessment.decision
        assert [one.counted for one in unsigned.acceptances or ()] == [False]
        signed = body.replace("# person:", "person: tom.reyes").replace("# role:", "role: customer.functional_lead")
        signed = signed.replace("# on:", "on: 2027-04-16").replace("# tried_on:", "tried_on: 2027-04-15")
        signed = "schema: 1\nacceptances:\n" + signed.replace("# tried_by:", "tried_by: tom.reyes")
        (accepted.root / "acceptances.yaml").write_text(signed, encoding="utf-8")
        assert assess(Order(program=accepted.root, as_of=NOON)).assessment.decision.verdict is Verdict.CONDITIONAL_GO

    def test_each_open_item_of_the_last_run_is_drafted_and_counts_once_it_is_filled_in(self, accepted: Small):
        """A row that nobody signed is nobody's acceptance; a person by name, days as dates, shares with their sign."""
        accepted.edit("acceptances.yaml", ACCEPTANCES[ACCEPTANCES.index("acceptances:") :], "acceptances: []\n")
        assess(Order(program=accepted.root, as_of=NOON))

        draft = typed(accepted)

        assert [cell.value for cell in draft[2]][:4] == ["A-001", "desk", "D2", None]
        decision = assess(Order(program=accepted.root, as_of=NOON)).assessment.decision
        assert decision.verdict is Verdict.NO_GO
        assert [(one.counted, one.why.startswith("It is incomplete")) for one in decision.acceptances or ()] == [
            (False, True)
        ]
        typed(
            accepted,
            Accepted_by="Tom Reyes",
            Side="customer",
            Office="functional_lead",
            On=date(2027, 4, 16),
            Until=date(2027, 5, 10),
            Workaround="the day shift answers",
            Tried_on=date(2027, 4, 15),
            Tried_by="Tom Reyes",
            Users=0.04,
            Volume="3%",
            Money=0.01,
        )
        assessment = assess(Order(program=accepted.root, as_of=NOON)).assessment
        assert assessment.decision.verdict is Verdict.CONDITIONAL_GO
        (one,) = assessment.acceptances or ()
        assert (one.person, one.role) == ("tom.reyes", "customer.functional_lead")
        assert (one.users, one.volume, one.money) == (Decimal("0.04"), Decimal("0.03"), Decimal("0.01"))

    @pytest.mark.parametrize(
        ("cells", "part"),
        [
            ({"On": "soon"}, "type a date"),
            ({"Users": "few"}, "a percentage"),
            ({"Users": 4}, "is not a share"),
            ({"Register": "desks"}, "has no register"),
            ({"Item": None}, "this cell is blank"),
        ],
    )
    def test_a_cell_that_cannot_be_read_takes_its_row_out(self, accepted: Small, cells: dict[str, Any], part: str):
        """And nothing else: the row says which cell, and counts for nothing."""
        typed(accepted, **cells)

        loaded = check_program(load_program(accepted.root), load_ruleset(accepted.rules))

        first, second = loaded.acceptances
        assert part in (first.unreadable or "")
        assert (second.id, second.unreadable) == ("A-2", None)


def typed(small: Small, **cells: Any) -> Any:
    """Write the workbook of the program, fill in the first row of its acceptances, bind it, and return the sheet."""
    made = make_workbook(small.root, output=small.root / "book.xlsx", as_of=NOON)
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    sheet = book["Acceptances"]
    headings = {str(cell.value): cell.column for cell in sheet[1]}
    for heading, value in cells.items():
        sheet.cell(2, headings[heading.replace("_", " ")]).value = value
    book.save(small.root / "book.xlsx")
    text = small.file.read_text(encoding="utf-8")
    small.file.write_text(text.replace("acceptances: acceptances.yaml", "acceptances: book.xlsx"), encoding="utf-8")
    return sheet
