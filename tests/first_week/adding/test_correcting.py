"""A confirmed binding corrected by its sheet: what stands is shown, and only what a person changes becomes another."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.figures_now import figures_now
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.program_writing import read_lines, write_lines
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

REGISTER = (
    "Interface ID,In scope,ICD status,E2E test,Partner\n"
    "I-1,Yes,Approved,passed,Bank\nI-2,Yes,Approved,passed,Mint\nI-3,Yes,Draft,Verified,Bank\n"
    "I-4,No,Draft,failed,Mint\nI-5,Yes,Signed off,Verified,Bank\n"
)
STAFF = "Team,Region,Needed,On board,Trained\nA,North,4,3,2\nB,South,6,6,5\n"
JIRA = "Issue key,Issue id,Summary,Issue Type,Status,Priority,Created,Updated,Project key\n" + "".join(
    f"T-{n},{n},s,Bug,{status},{priority},2026-11-0{n} 10:00,2026-11-0{n} 10:00,T\n"
    for n, (status, priority) in enumerate((("Done", "High"), ("Waiting", "Highest"), ("To Do", "Low")), 1)
)
E2E, ICD = "interfaces.e2e_passed_ratio", "interfaces.icd_approved_ratio"
NAME = "interface-register"


def fill(book_of: Path, sheet: str, *answers: tuple[str, str | None, Any] | tuple[str, str | None, Any, str]) -> Path:
    """Type answers into a workbook: kind of row, what it is about, the answer, and a second one."""
    book = openpyxl.load_workbook(book_of)
    (page,) = [each for each in book.worksheets if sheet in each.title]
    for tag, about, answer, *second in answers:
        row = next(r for r in page.iter_rows() if r[0].value == tag and about in (None, r[1].value))
        row[3].value = answer
        if second:
            row[4].value = second[0]
    book.save(book_of)
    return book_of


def answered(book_of: Path, sheet: str) -> dict[tuple[str, str], tuple[str, str]]:
    """The answers that stand in a sheet, by kind of row and what it is about."""
    book = openpyxl.load_workbook(book_of)
    (page,) = [each for each in book.worksheets if sheet in each.title]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    return {(str(row[0]), str(row[1] or "")): (str(row[3] or ""), str(row[4] or "")) for row in rows}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program whose three tables a person has confirmed, one of them for the rows in scope."""
    root = tmp_path_factory.mktemp("corrected") / "p"
    (root / "evidence").mkdir(parents=True)
    for name, text in (("Interface register", REGISTER), ("provider staffing", STAFF), ("Jira defects", JIRA)):
        (root / "evidence" / f"{name}.csv").write_text(text, encoding="utf-8")
    start(root, conduct(root, invented_office()))
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    said = (("confirmed by", None, "Ada Kirsch"), ("held", None, "2026-11-19"))
    for sheet in ("Interface", "staffing", "Jira"):
        fill(root / "b.xlsx", sheet, *said)
    fill(root / "b.xlsx", "Interface", ("only rows", None, "In scope", "Yes"))
    bind(root / "b.xlsx", root)
    assert all(each.confirmed is None for each in bound(root).values())
    return root


@pytest.fixture
def root(once: Path, tmp_path: Path) -> Path:
    """A copy of that program, with the sheets of what was confirmed."""
    root = Path(shutil.copytree(once, tmp_path / "p"))
    (root / "c.xlsx").write_bytes(make_workbook_of(root, again=list(bound(root)))[0])
    return root


SIGNED = (("confirmed by", None, "Bea Lund"), ("why corrected", None, "`Verified` is our word for passed"))


def test_the_sheet_shows_what_was_confirmed_and_not_a_guess(root: Path) -> None:
    """Who corrects one answer of forty must not lose the other thirty-nine."""
    stands = answered(root / "c.xlsx", "Interface")

    assert stands["only rows", ""] == ("In scope", "Yes")
    assert stands["fact", E2E] == ("E2E test", "")
    assert stands["fact", ICD] == ("ICD status", "")
    assert stands["key", ""] == ("Interface ID", "")
    assert answered(root / "c.xlsx", "staffing")["fact", "provider_staff.trained_ratio"] == ("Trained", "Needed")


def test_until_it_is_read_back_with_a_name_and_a_reason_nothing_changes(root: Path) -> None:
    """A sheet that lies on somebody's desk is no correction."""
    before = (root / "gonogo.yaml").read_text(encoding="utf-8")
    assert bind(root / "c.xlsx", root) == []

    fill(root / "c.xlsx", "Interface", ("word", "Verified", "passed"))
    assert bind(root / "c.xlsx", root)[0].startswith(f"{NAME}: not taken: write your name under `confirmed by`")
    fill(root / "c.xlsx", "Interface", SIGNED[0])
    assert bind(root / "c.xlsx", root)[0].startswith(f"{NAME}: not taken: say under `why corrected` why")
    assert (root / "gonogo.yaml").read_text(encoding="utf-8") == before


def test_a_corrected_word_says_what_it_changes_before_and_after(root: Path) -> None:
    """Two of four become four of four: nobody may do that in passing, and the file says who did it and why."""
    fill(root / "c.xlsx", "Interface", *SIGNED, ("word", "Verified", "passed"))

    told = bind(root / "c.xlsx", root)

    changed = [
        "word Verified under E2E test: done before, passed now",
        f"{E2E}: 2 of 4, held 2026-11-19 before, 4 of 4, held 2026-11-19 now",
    ]
    assert told[:3] == [
        f"{NAME}: corrected by Bea Lund: `Verified` is our word for passed",
        *(f"  {c}" for c in changed),
    ]
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    assert "# confirmed by Ada Kirsch on 20" in text
    assert "# corrected by Bea Lund on 20" in text
    assert all(f"    #   {each}\n" in text for each in changed)
    facts = bound(root)[NAME].settings["facts"]
    assert facts[E2E]["share"]["where"] == 'e2e_test in ["passed", "Verified"]'
    assert facts[ICD]["share"]["among"] == 'not (in_scope == "No") and not (in_scope == "No")'

    told = bind(root / "c.xlsx", root)
    assert told == [f"{NAME}: every answer is as it was confirmed, so its sheet changes nothing."]


def test_what_nobody_changed_stays_as_a_person_wrote_it_by_hand(root: Path) -> None:
    """A condition that no sheet can say is kept, whatever else is corrected, and the sentence says so."""
    path = root / "gonogo.yaml"
    by_hand = 'e2e_test == "passed" and in_scope != "Later"'
    path.write_text(path.read_text(encoding="utf-8").replace('e2e_test == "passed"\'', f"{by_hand}'"), encoding="utf-8")
    (root / "c.xlsx").write_bytes(make_workbook_of(root, again=[NAME])[0])
    assert answered(root / "c.xlsx", "Interface")["fact", E2E] == ("as confirmed", "")

    fill(root / "c.xlsx", "Interface", *SIGNED, ("word", "Verified", "passed"), ("word", "Draft", "approved"))
    before = path.read_bytes()
    told = bind(root / "c.xlsx", root)
    assert told[0].startswith(f"{NAME}: not taken: you changed what a word means, and {E2E} counts by that")
    assert path.read_bytes() == before

    fill(root / "c.xlsx", "Interface", ("fact", E2E, "stays as it is"))
    told = bind(root / "c.xlsx", root)

    facts = bound(root)[NAME].settings["facts"]
    assert facts[E2E]["share"]["where"] == by_hand
    assert facts[ICD]["share"]["where"] == 'icd_status in ["Approved", "Draft", "Signed off"]'
    assert f"  {E2E}: stays as confirmed, as Bea Lund says." in told


OTHER = "Interface ID,E2E test\n" + "".join(f"I-{n},{'passed' if n < 4 else 'failed'}\n" for n in range(1, 6))
PARTNERS = """\
  - id: partners
    collector: table
    as: interfaces
    path: evidence/partners.csv
    as_of: {at: 2026-11-18, by: "Ada Kirsch"}
    side: customer
    producer: "Partners"
    settings:
      tables:
        partners:
          unique: [key]
          columns:
            key: {header: Interface ID, type: id}
            state: {header: E2E test, type: text, allowed: [passed, failed]}
      facts:
        e2e_passed_ratio: {share: {where: 'state == "passed"'}}
"""


@pytest.fixture
def rivals(root: Path) -> Path:
    """The program with a second list of the same fact, which says otherwise; and the sheet of the first."""
    (root / "evidence" / "partners.csv").write_text(OTHER, encoding="utf-8")
    lines = read_lines(root)
    write_lines(root, lines.with_binding(PARTNERS.splitlines(), lines.line_of(NAME)), lines)
    (root / "c.xlsx").write_bytes(make_workbook_of(root, again=[NAME])[0])
    return root


def test_who_settles_which_source_counts_hears_what_a_run_says_before_and_after(rivals: Path) -> None:
    """A fact that was unknown and is 2 of 4 now decides otherwise, and the file said that nothing moved."""
    fill(rivals / "c.xlsx", "Interface", *SIGNED, ("which counts", "partners", NAME))

    told = "\n".join(bind(rivals / "c.xlsx", rivals))

    assert f"  {E2E}: unknown (Sources disagree: " in told
    assert ") before, 2 of 4, held 2026-11-19 now" in told
    assert "every figure of today stays as it was" not in told
    assert bind(rivals / "c.xlsx", rivals) == [
        f"{NAME}: every answer is as it was confirmed, so its sheet changes nothing."
    ]

    (rivals / "c.xlsx").write_bytes(make_workbook_of(rivals, again=[NAME])[0])
    fill(rivals / "c.xlsx", "Interface", *SIGNED, ("which counts", "partners", "partners"))
    told = "\n".join(bind(rivals / "c.xlsx", rivals))
    assert f"  {E2E}: 2 of 4, held 2026-11-19 before, 3 of 5, held 2026-11-18 now" in told


def test_a_figure_that_does_not_count_alone_is_told_beside_the_one_that_does(rivals: Path) -> None:
    """Four of four here are nothing as long as another source says three of five."""
    fill(rivals / "c.xlsx", "Interface", *SIGNED, ("word", "Verified", "passed"))

    told = "\n".join(bind(rivals / "c.xlsx", rivals))

    assert f"  {E2E} (unknown before): unknown (Sources disagree: {NAME} says 100% (4 of 4); partners says 60%" in told

    text = (rivals / "gonogo.yaml").read_text(encoding="utf-8")
    (rivals / "gonogo.yaml").write_text(f"{text}\nauthority: {{{E2E}: partners}}\n", encoding="utf-8")
    (rivals / "c.xlsx").write_bytes(make_workbook_of(rivals, again=[NAME])[0])
    fill(rivals / "c.xlsx", "Interface", *SIGNED, ("word", "Verified", "done"))
    told = "\n".join(bind(rivals / "c.xlsx", rivals))
    alone = f"  {E2E}: 4 of 4, held 2026-11-19 before, 2 of 4, held 2026-11-19 now by {NAME} alone"
    assert f"{alone}; with all its sources 3 of 5, held 2026-11-18" in told


def test_who_has_just_signed_hears_that_another_source_says_otherwise(rivals: Path) -> None:
    """A figure that a run does not take is no figure of the program."""
    (line,) = figures_now(open_program(rivals), [NAME])

    alone, _, by_all = line.partition(f"; {E2E} ")
    assert alone == f"  {NAME} gives now: {ICD} 3 of 4"
    assert by_all.startswith("2 of 4 by it alone, and unknown (Sources disagree: ")
    assert by_all.endswith(" by all its sources.")


def test_a_fact_that_is_taken_out_is_what_the_other_source_says_of_it(rivals: Path) -> None:
    """It is not unanswered: the second list answers it alone now."""
    fill(rivals / "c.xlsx", "Interface", *SIGNED, ("fact", E2E, "not here"))

    told = "\n".join(bind(rivals / "c.xlsx", rivals))

    assert ") before, 3 of 5, held 2026-11-18 now" in told
    assert f"{E2E}: not answered" not in told


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ((("fact", E2E, "not here"),), f"{E2E}: 2 of 4, held 2026-11-19 before, not answered now"),
        ((("fact", E2E, None),), f"{E2E}: 2 of 4, held 2026-11-19 before, not answered now"),
        ((("held", None, "2026-11-20"),), f"{E2E}: 2 of 4, held 2026-11-19 before, 2 of 4, held 2026-11-20 now"),
        ((("side", None, "independent"), ("producer", None, "Lab")), "every figure of today stays as it was"),
        ((("key", None, "ICD status"),), f"{E2E} (2 of 4, held 2026-11-19 before), {ICD} (3 of 4, held 2026-11-19"),
    ],
)
def test_each_answer_can_be_corrected(root: Path, answers: tuple[Any, ...], says: str) -> None:
    """A fact taken out, another day, another side, another key."""
    fill(root / "c.xlsx", "Interface", *SIGNED, *answers)

    told = bind(root / "c.xlsx", root)

    assert any(says in line for line in told), told
    binding = bound(root)[NAME]
    assert (E2E in binding.settings["facts"]) is not says.endswith("not answered now")
    if "stays" in says:
        assert (binding.side, binding.producer) == ("independent", "Lab")


def test_a_column_that_is_read_only_now_stands_where_the_file_has_it(root: Path) -> None:
    """The second column, which was left out, tells rows apart: the file is read as before."""
    fact = "provider_staff.trained_ratio"
    fill(root / "c.xlsx", "staffing", *SIGNED, ("key", None, "Region"))

    told = bind(root / "c.xlsx", root)

    assert "  key: Team before, Region now" in told
    assert not any(fact in line and "unknown" in line for line in told), told
    (table,) = bound(root)["provider-staffing"].settings["tables"].values()
    assert [each["header"] for each in table["columns"].values()][:3] == ["Team", "Region", "Needed"]


def test_another_pair_of_columns_is_read_instead(root: Path) -> None:
    """The provider's trained were those on board."""
    fact = "provider_staff.trained_ratio"
    fill(root / "c.xlsx", "staffing", *SIGNED, ("fact", fact, "On board", "Needed"))

    told = bind(root / "c.xlsx", root)

    assert f"  fact {fact}: Trained and Needed before, On board and Needed now" in told
    assert f"  {fact}: 7 of 10, held 2026-11-19 before, 9 of 10, held 2026-11-19 now" in told


def test_a_word_of_a_known_tool_is_corrected_among_those_that_were_answered(root: Path) -> None:
    """The lists that the binding answers stand in the sheet, and the other words of them stay."""
    fill(root / "c.xlsx", "Jira", *SIGNED, ("word", "Waiting", "pending"))

    told = bind(root / "c.xlsx", root)

    assert "  word Waiting under Status: nothing before, pending now" in told
    (root / "d.xlsx").write_bytes(make_workbook_of(root, again=["jira-defects"])[0])
    assert answered(root / "d.xlsx", "Jira")["word", "Waiting"] == ("pending", "")
    assert bound(root)["jira-defects"].profile is not None


def test_a_correction_is_about_the_binding_that_was_seen(root: Path) -> None:
    """Two people correct one binding on one day: the second sees first what the first has changed."""
    shutil.copy(root / "c.xlsx", root / "second.xlsx")
    fill(root / "c.xlsx", "Interface", *SIGNED, ("word", "Verified", "passed"))
    bind(root / "c.xlsx", root)
    fill(root / "second.xlsx", "Interface", *SIGNED, ("word", "failed", "open"))

    told = bind(root / "second.xlsx", root)

    assert told[0].startswith(f"{NAME}: not taken: its binding was changed after this sheet was made; make it again:")


def test_no_evidence_takes_a_confirmed_binding_out_and_says_what_is_lost(root: Path) -> None:
    """It is never the way to a better verdict."""
    fill(root / "c.xlsx", "Interface", *SIGNED, ("use", None, "no evidence"), ("why not", None, "of last year"))

    told = bind(root / "c.xlsx", root)

    assert told[0].startswith(f"{NAME}: no evidence; its files are listed under not_evidence. It was the only source")
    assert NAME not in bound(root)


def test_another_group_is_drafted_anew_and_nothing_counts_until_it_is_seen(root: Path) -> None:
    """What it said before is unknown from then on."""
    fill(root / "c.xlsx", "Interface", *SIGNED, ("group", None, "training"))

    told = bind(root / "c.xlsx", root)

    assert bound(root)[NAME].confirmed is False
    assert any(
        line.startswith(f"{NAME}: what it said before counts no longer. It was the only source") for line in told
    )
    assert "# not confirmed any more: Bea Lund on 20" in (root / "gonogo.yaml").read_text(encoding="utf-8")


def test_a_column_without_a_word_that_counts_is_refused_by_its_row(root: Path) -> None:
    """A message about `settings.facts` and an empty list helps nobody who filled in a sheet."""
    fill(root / "c.xlsx", "Interface", *SIGNED, ("fact", E2E, "ICD status"))

    told = bind(root / "c.xlsx", root)

    assert f"no word of `ICD status` means what {E2E} asks; say in its rows `word` what each means" in told[0]


def test_a_sheet_of_no_binding_is_refused_with_those_that_there_are(root: Path) -> None:
    """A slip of the pen."""
    with pytest.raises(UsageError, match="The program has no binding interfaces") as caught:
        make_workbook_of(root, again=["interfaces"])

    assert NAME in caught.value.hint
