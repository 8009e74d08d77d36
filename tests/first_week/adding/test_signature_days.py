"""Two columns of days that say who signed, one for each side: a day is a signature, and anything else is none."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound, fill
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

FACT = "sla.signed_ratio"
OURS, THEIRS = "SLA signed by NIWA", "SLA signed by CFSC"
HELD = "2026-11-19"
SIGNED = (("confirmed by", None, "Ada Kirsch"), ("held", None, HELD))


def begun(root: Path, *theirs: str, first: str = "11/13/2026") -> None:
    """A program with one list: what stands in CFSC's column from the third service on, and in NIWA's of the first."""
    (root / "evidence").mkdir()
    lines = [f"Service ID,Service,In scope,{OURS},{THEIRS}", f"S1,Service 1,Yes,{first},11/16/2026"]
    lines += [f"S{n},Service {n},Yes,11/13/2026,{cell}" for n, cell in enumerate(("11/17/2026", *theirs), 2)]
    lines.append("S9,Stays,No,,")
    (root / "evidence" / "SLA register.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    start(root, conduct(root, invented_office()))
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])


def answered(root: Path, second: str = THEIRS, *more: tuple[str, str | None, str]) -> list[str]:
    """What is told when both columns are chosen."""
    fill(root, "SLA", *SIGNED, ("fact", FACT, OURS, second), *more)
    return bind(root / "bindings.xlsx", root)


def figure(root: Path) -> str:
    """What the fact comes to; empty where it is unknown."""
    (binding,) = bound(root).values()
    return said_by_fact(open_program(root), binding, dated=False).get(FACT, "")


@pytest.mark.parametrize(
    ("theirs", "share"),
    [
        (("pending legal", "", "11/18/2026"), "3 of 5"),
        (("Pending legal", "in review", "11/18/2026"), "3 of 5"),
        (("11/18/2026", "", "11/18/2026"), "4 of 5"),
        (("11/19/2026", "pending legal", "11/18/2026"), "4 of 5"),
    ],
)
def test_a_day_is_a_signature_and_a_word_or_a_blank_is_none(
    tmp_path: Path, theirs: tuple[str, ...], share: str
) -> None:
    """The column was refused as one that may name people, and a criterion had no answer from its own list."""
    begun(tmp_path, *theirs)

    told = answered(tmp_path)

    assert told[0].startswith("sla-register: confirmed by Ada Kirsch"), told
    assert figure(tmp_path) == share


def test_a_day_after_the_evidence_is_no_signature(tmp_path: Path) -> None:
    """Nobody can have seen it: no share is told, rather than a better one."""
    begun(tmp_path, "11/20/2026", "pending legal")

    answered(tmp_path)

    assert "of" not in figure(tmp_path)


@pytest.mark.parametrize("first", ["", "pending legal"])
def test_a_service_that_one_side_alone_has_signed_is_not_signed(tmp_path: Path, first: str) -> None:
    """CFSC has signed the first one, and NIWA the third."""
    begun(tmp_path, "pending legal", "11/18/2026", first=first)

    answered(tmp_path)

    assert figure(tmp_path) == "2 of 4"


@pytest.mark.parametrize("word", ["Ian Ott", "waiting for Ott", "I. Ott", "11.16.26 ok", "14 October"])
def test_what_may_be_a_name_or_a_day_written_otherwise_stays_a_question(tmp_path: Path, word: str) -> None:
    """A name goes into no settings, and a day that nobody can read may be a signature or not."""
    begun(tmp_path, word, "11/18/2026")

    told = answered(tmp_path)

    assert "holds days, and line 4, column 5 is none" in told[0], told
    assert word not in (tmp_path / "gonogo.yaml").read_text(encoding="utf-8")


def test_a_column_of_names_stays_hidden(tmp_path: Path) -> None:
    """The names of those who signed are shown nowhere."""
    (tmp_path / "evidence").mkdir()
    rows = "".join(f"S{n},Service {n},Yes,11/13/2026,{who}\n" for n, who in enumerate(("Ian Ott", "Ada Kirsch"), 1))
    text = f"Service ID,Service,In scope,{OURS},{THEIRS}\n{rows}"
    (tmp_path / "evidence" / "SLA register.csv").write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])

    told = answered(tmp_path)

    assert f"`{THEIRS}` may name people, so its words are not looked at" in told[0]
    assert "Ott" not in " ".join(told)


@pytest.mark.parametrize(
    ("way", "share"), [("11/12/2026 is 11 December 2026", ""), ("11/12/2026 is 12 November 2026", "3")]
)
def test_days_that_can_be_read_in_two_ways_are_asked_about_beside_a_word_too(
    tmp_path: Path, way: str, share: str
) -> None:
    """Read the month first, a signature of December would be one of November."""
    (tmp_path / "evidence").mkdir()
    rows = "".join(f"S{n},Service {n},Yes,2026-11-02,11/12/2026\n" for n in range(1, 4))
    text = f"Service ID,Service,In scope,{OURS},{THEIRS}\n{rows}S4,Last,Yes,2026-11-02,pending legal\n"
    (tmp_path / "evidence" / "SLA register.csv").write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])

    told = answered(tmp_path, THEIRS, ("days", THEIRS, way))

    assert told[0].startswith("sla-register: confirmed by Ada Kirsch"), told
    assert ("3 of 4" in figure(tmp_path)) is bool(share)


def test_a_confirmed_column_of_days_is_shown_again_as_it_was_chosen(tmp_path: Path) -> None:
    """A correction of something else would drop it."""
    begun(tmp_path, "pending legal", "11/18/2026")
    answered(tmp_path)

    (tmp_path / "again.xlsx").write_bytes(make_workbook_of(tmp_path, again=["sla-register"])[0])

    book = openpyxl.load_workbook(tmp_path / "again.xlsx")
    (page,) = [each for each in book.worksheets if "SLA" in each.title]
    row = next(each for each in page.iter_rows(values_only=True) if each[0] == "fact" and each[1] == FACT)
    assert row[3:5] == (OURS, THEIRS)
