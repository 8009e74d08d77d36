"""A filled cell as an answer, and which chosen column cannot answer: by its name, with why and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.first_week.adding.test_bound_answers import bound, fill
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.drafts.filled_cells import filled_part, may_be_filled
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.interview import conduct
from gonogo.first_week.mapping import map_file
from gonogo.first_week.starting import start
from gonogo.ruleset.loader import LoadedRuleset

FILES = {
    "Top contact reasons.csv": (
        "Rank,Reason,KB article,Needed,Calls\n"
        + "".join(f"{n},Reason {n},KB{n:03},Yes,{n * 3}\n" for n in range(1, 4))
        + "4,Reason 4,-,Yes,9\n5,Reason 5,,Yes,9\n"
    ),
    "Cutover plan.csv": (
        "Step,Task,Date,Status,Closed\n"
        "1,Load,2026-11-11,Done,2026-11-11\n"
        "2,Check,2026-11-12,Not started,\n"
        "3,Switch,2026-12-24,Not started,\n"
        "4,Later,,Not started,\n"
    ),
}
KB = "helpdesk.kb_coverage_ratio"
DUE = "cutover.precutover_due_done_ratio"
SIGNED = (("confirmed by", None, "Ada Kirsch"), ("held", None, "2026-11-19"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    for name, text in FILES.items():
        (tmp_path / "evidence" / name).write_text(text, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office(go_live="2026-12-14T06:00")))
    (tmp_path / "bindings.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    return tmp_path


def figures(root: Path, binding: str) -> dict[str, str]:
    """What a binding says of each fact."""
    program = open_program(root)
    return said_by_fact(program, bound(root)[binding], dated=False)


@pytest.mark.parametrize("named", ["Reason", "Rank"])
def test_what_names_the_rows_says_of_none_that_it_has_an_article(root: Path, named: str) -> None:
    """Every row has a reason, so that all of them seemed to be written: 5 of 5, where it is 3 of 5."""
    fill(root, "Top contact", *SIGNED, ("key", None, "Rank"), ("fact", KB, named, "is filled in"))

    told = bind(root / "bindings.xlsx", root)

    assert f"`{named}` cannot count by `is filled in`: it names the rows themselves" in " ".join(told)
    assert figures(root, "top-contact-reasons").get(KB, "") != "5 of 5"


@pytest.mark.parametrize(
    ("heading", "counts"),
    [
        ("Step", False),
        ("Process step ID", False),
        ("Step name", False),
        ("Responsible Position", True),
        ("Position", True),
    ],
)
def test_a_step_is_no_position(tmp_path: Path, rules: LoadedRuleset, heading: str, counts: bool) -> None:
    """The nearest choice that was accepted gave 150 of 150 steps a position."""
    rows = "".join(f"P-{n},{f'Specialist for part {n}' if n < 9 else ''}\n" for n in range(1, 12))
    (tmp_path / "t.csv").write_text(f"Ref,{heading}\n{rows}", encoding="utf-8")
    draft = draft_table(map_file(tmp_path / "t.csv"), "process", rules.vocabulary, frozenset())
    name = next(name for name, guess in draft.mapping.columns.items() if guess.heading == heading)
    fact = rules.vocabulary["process.mapped_to_position_ratio"]

    if counts:
        assert filled_part(draft, fact, name, "row 9").column == name
        return
    with pytest.raises(WrongAnswerInSheet, match="names the rows themselves"):
        filled_part(draft, fact, name, "row 9")


def test_a_row_counts_where_its_cell_names_something(root: Path) -> None:
    """Numbers of articles are no words of a state; a dash and a blank name none."""
    fill(root, "Top contact", *SIGNED, ("key", None, "Rank"), ("fact", KB, "KB article", "is filled in"))

    told = bind(root / "bindings.xlsx", root)

    assert "top-contact-reasons: confirmed by Ada Kirsch" in told[0]
    assert figures(root, "top-contact-reasons")[KB] == "3 of 5"


@pytest.mark.parametrize(
    ("answer", "second", "why"),
    [
        ("KB article", "", "`KB article` holds 4 different texts"),
        ("KB article", "", "choose `is filled in` beside it"),
        ("Calls", "", "`Calls` holds numbers, which do not say of a row whether it counts"),
        ("Calls", "is filled in", "`Calls` cannot count by `is filled in`: it holds no names"),
        ("Needed", "is filled in", "its words say how each row stands"),
        ("is filled in", "", "`is filled in` stands beside one column"),
    ],
)
def test_a_column_that_cannot_answer_is_named_with_why(root: Path, answer: str, second: str, why: str) -> None:
    """It needs a column of few words, it said, and nobody knew what was wrong with theirs."""
    fill(root, "Top contact", *SIGNED, ("key", None, "Rank"), ("fact", KB, answer, second))

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith("top-contact-reasons: not taken: ")
    assert why in told[0]
    assert bound(root)["top-contact-reasons"].confirmed is not None


def test_a_cell_that_says_it_is_not_there_is_no_name(root: Path) -> None:
    """`Missing` under the article is text too, and would have counted."""
    file = root / "evidence" / "Top contact reasons.csv"
    file.write_text(file.read_text().replace("KB003", "failed"), encoding="utf-8")
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    fill(root, "Top contact", *SIGNED, ("key", None, "Rank"), ("fact", KB, "KB article", "is filled in"))

    told = bind(root / "bindings.xlsx", root)

    assert "a cell says `failed`, which names nothing" in told[0]


@pytest.mark.parametrize("word", ["Vacant - recruiting", "To be hired", "unfilled", "0"])
def test_a_cell_that_says_that_nobody_is_there_names_nothing(root: Path, word: str) -> None:
    """A position that is to be hired is none to which a step is assigned."""
    file = root / "evidence" / "Top contact reasons.csv"
    file.write_text(file.read_text().replace("KB003", word), encoding="utf-8")
    (root / "bindings.xlsx").write_bytes(make_workbook_of(root)[0])
    fill(root, "Top contact", *SIGNED, ("key", None, "Rank"), ("fact", KB, "KB article", "is filled in"))

    bind(root / "bindings.xlsx", root)

    assert figures(root, "top-contact-reasons")[KB] == "2 of 5"


def test_a_day_that_a_person_chose_beside_a_state_is_the_day_due(root: Path) -> None:
    """The heading is Date; step 3 is not due yet, and step 4, which nobody has dated, counts as due."""
    fill(root, "Cutover", *SIGNED, ("key", None, "Step"), ("fact", DUE, "Status", "Date"))

    told = bind(root / "bindings.xlsx", root)

    assert told[0].startswith("cutover-plan: confirmed by Ada Kirsch")
    assert figures(root, "cutover-plan")[DUE] == "1 of 3"


def test_the_day_on_which_it_was_done_is_no_day_due(root: Path) -> None:
    """By that, only what is done would be due, and all of it done."""
    fill(root, "Cutover", *SIGNED, ("key", None, "Step"), ("fact", DUE, "Status", "Closed"))

    told = bind(root / "bindings.xlsx", root)

    assert "by which day each row is due: if `Date` does, choose it in the row `fact` under `And`" in told[0]


@pytest.mark.parametrize(
    ("fact", "may"),
    [
        ("helpdesk.kb_coverage_ratio", True),
        ("process.mapped_to_position_ratio", True),
        ("process.documented_ratio", False),
        ("uat.executed_ratio", False),
        ("customer_om.trained_ratio", False),
        ("customer_om.onboard_ratio", False),
        ("sla.signed_ratio", False),
        ("defects.critical_open", False),
    ],
)
def test_a_name_proves_that_something_is_there_and_no_more(root: Path, fact: str, *, may: bool) -> None:
    """The number of a case says nothing of its run, and a name nothing of a training."""
    assert may_be_filled(open_program(root).terms().vocabulary[fact]) is may
