"""A program whose facts nobody but people can answer, its workbook, and hands that fill it in."""

from __future__ import annotations

import functools
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gonogo.collectors.attestation import AttestationCollector
from gonogo.documents.xlsx.declaration import read_declaration
from gonogo.documents.xlsx.workbook import read_workbook
from gonogo.model.spoken import spoken_of
from gonogo.plugin.spec import Answer
from gonogo.program.program_file import load_program
from gonogo.testing.jobs import answers_of, job_of
from gonogo.workbook.making import Made, make_workbook

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)

RULESET = """\
schema: 1
name: stated
version: "1.0.0"
title: What people state
policy:
  milestones: [T-30, T-7, T-0]
  caps: {domain: 3, total: 8}
offices: [customer.authorizing_official]
sources: {S1: A source}
criteria:
  - id: program.cutover.approved
    title: The cutover plan is approved
    statement: The sponsor has approved the cutover plan.
    why: Nobody should learn of the cutover from the outage.
    severity: mandatory
    require: cutover.approved and cutover.rehearsals >= 2
    max_age: 30d
    owner: customer.program_manager
    attest: [customer.executive_sponsor]
    remedy: Have the plan approved.
    source: [S1]
  - id: system.tests.coverage
    title: The tests cover what matters
    statement: Most was covered, and the cost is known.
    why: What was not covered was not tested.
    severity: mandatory
    require: tests.covered_ratio >= 90% and tests.cost <= 5000 and tests.hours_per_case < 3.5
    max_age: 7d
    owner: provider.technical_lead
    attest: [customer.executive_sponsor]
    remedy: Cover the rest.
    source: [S1]
  - id: workforce.survey.state
    title: People were asked
    statement: The survey is closed.
    why: Silence is not agreement.
    severity: mandatory
    require: survey.state == "closed" and cutover.rehearsals >= 1
    max_age: 12h
    owner: customer.functional_lead
    attest: [customer.executive_sponsor, customer.functional_lead]
    remedy: Ask again.
    source: [S1]
  - id: operations.ato.signed
    title: The authorization is signed
    statement: The authorization does not expire soon.
    why: An expired authorization stops the system.
    severity: mandatory
    require: ato.expires >= go_live + 30d and ato.letter != "none"
    max_age: 90d
    owner: customer.authorizing_official
    attest: [customer.executive_sponsor]
    remedy: Ask for it in time.
    source: [S1]
  - id: operations.desk.later
    title: The desk is staffed
    statement: No post is open.
    why: The first week is the busiest.
    severity: mandatory
    from: T-7
    require: desk.open_posts == 0
    max_age: 7d
    owner: provider.program_manager
    remedy: Fill the posts.
    source: [S1]
"""

FACTS = """\
schema: 1
facts:
  - {name: cutover.approved, type: boolean, meaning: It is approved., question: Is the plan approved?}
  - {name: cutover.rehearsals, type: integer, unit: rehearsals, min: 0, max: 50, meaning: Held., question: How many?}
  - {name: tests.covered_ratio, type: ratio, meaning: Covered of all., question: What share is covered?}
  - {name: tests.cost, type: money, unit: USD, min: 0, meaning: Cost., question: What did it cost?}
  - {name: tests.hours_per_case, type: decimal, unit: hours, meaning: Hours., question: How long did a case take?}
  - {name: survey.state, type: text, allowed: [open, closed, late], meaning: State., question: Which state?}
  - {name: ato.expires, type: instant, meaning: When it expires., question: When does it expire?}
  - {name: ato.letter, type: text, meaning: Number of the letter., question: Which letter?}
  - {name: desk.open_posts, type: integer, unit: posts, min: 0, meaning: Open., question: How many posts are open?}
"""

PROGRAM = """\
schema: 1
program: {id: statements, customer: NIWA, provider: CFSC, time_zone: America/New_York, marking: CUI (procurement)}
releases:
  - {id: R1, go_live: "2027-05-03T06:00-04:00"}
ruleset: ./rules
people: people.yaml
"""

PEOPLE = """\
schema: 1
people:
  - {role: customer.executive_sponsor, person: ada.kirsch, name: Ada Kirsch, from: 2026-06-01}
  - {role: customer.functional_lead, person: tom.reyes, name: Tom Reyes, from: 2026-06-01, to: 2027-12-31}
  - {role: provider.program_manager, person: ines.calloway, name: Inès Calloway}
delegations:
  - {role: customer.executive_sponsor, by: ada.kirsch, to: bo.lind, name: Bo Lind, for: the vote, from: 2027-04-01,
     until: 2027-04-30}
"""

ROWS = {
    "cutover.approved": 2,
    "cutover.rehearsals": 3,
    "tests.covered_ratio": 4,
    "tests.cost": 5,
    "tests.hours_per_case": 6,
    "survey.state": 7,
    "ato.expires": 8,
    "ato.letter": 9,
}
"""Row of each fact that is due at NOW; ``desk.open_posts`` is not, before T-7."""

VALUES: Mapping[str, Any] = {
    "cutover.approved": "yes",
    "cutover.rehearsals": 3,
    "tests.covered_ratio": 0.932,
    "tests.cost": 1284611.37,
    "tests.hours_per_case": 2.75,
    "survey.state": "closed",
    "ato.expires": datetime.fromisoformat("2028-01-31T17:00"),
    "ato.letter": "0012-A",
}
STATED = {"I": "ada.kirsch", "J": "executive_sponsor", "K": "customer", "L": "tom.reyes"}
Change = Callable[[Any], None]


@functools.lru_cache(maxsize=8)
def _read(data: bytes) -> bytes:
    return pickle.dumps(openpyxl.load_workbook(io.BytesIO(data)), pickle.HIGHEST_PROTOCOL)


def book_in(data: bytes) -> openpyxl.Workbook:
    """Return a workbook to type into, read once however often it is asked for."""
    book: openpyxl.Workbook = pickle.loads(_read(data))
    for sheet in book.worksheets:  # how a height or a width is made on demand is not pickled
        for held, make in ((sheet.row_dimensions, sheet._add_row), (sheet.column_dimensions, sheet._add_column)):
            held.worksheet, held.default_factory = sheet, make
    return book


@functools.lru_cache(maxsize=8)
def kinds_in(data: bytes) -> dict[str, str]:
    """Return what a workbook declares: the type of each fact that it asks for."""
    return {one.fact: one.kind for one in read_declaration(read_workbook(data, "evidence.xlsx")).asked}


@dataclass(frozen=True)
class Stated:
    """The program folder, and its workbook as made."""

    root: Path
    made: Made

    @property
    def file(self) -> Path:
        return self.root / "evidence.xlsx"

    def filled(self, *, change: Change | None = None, values: Mapping[str, Any] = VALUES) -> bytes:
        """Fill in every row, then let ``change`` do to the workbook what people do."""
        book = book_in(self.made.data)
        sheet = book["Evidence"]
        for fact, value in values.items():
            row = ROWS[fact]
            sheet[f"F{row}"] = value
            sheet[f"G{row}"] = date(2027, 4, 18)
            for column, text in STATED.items():
                sheet[f"{column}{row}"] = text
        if change is not None:
            change(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def answers(self, data: bytes, **job: Any) -> dict[str, Answer]:
        """Read a workbook as the attestation collector does."""
        settings = {"facts": kinds_in(self.made.data)}
        loaded = load_program(self.root)
        identity = loaded.program.identity
        spoken = spoken_of(loaded.people, customer=identity.customer, provider=identity.provider)
        given = {"now": NOW, "program": "statements", "release": "R1", "spoken": spoken} | job
        return answers_of(AttestationCollector(), job_of({"file": ("evidence.xlsx", data)}, **given), settings)

    def answer(self, fact: str, change: Change) -> Answer:
        """Return the answer for one fact after ``change`` was made to the sheet Evidence."""
        return self.answers(self.filled(change=lambda book: change(book["Evidence"])))[fact]


def write_program(root: Path, *, program: str = PROGRAM, people: str = PEOPLE) -> Path:
    files = {"rules/ruleset.yaml": RULESET, "rules/facts.yaml": FACTS, "gonogo.yaml": program, "people.yaml": people}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Stated:
    root = write_program(tmp_path_factory.mktemp("forms") / "statements")
    return Stated(root, make_workbook(root, output=root / "evidence.xlsx", as_of=NOW))


@pytest.fixture
def stated(made_once: Stated, tmp_path: Path) -> Stated:
    """A program of its own, with the workbook not yet on disk."""
    return Stated(write_program(tmp_path / "statements"), made_once.made)


@pytest.fixture
def program_folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes the program, with other texts where given."""
    return lambda **texts: write_program(tmp_path / "own", **texts)
