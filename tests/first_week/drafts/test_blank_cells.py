"""TBD and n/a among days and numbers: they count as blank, and no share gets better by them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.collectors.table.promised_facts import plan
from gonogo.first_week.drafts.blank_cells import blank_questions
from gonogo.first_week.drafts.draft_terms import required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.row_examples import examples_of
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.mapping import map_file
from gonogo.plugin.spec import SettingsRefusal
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.testing import SAMPLE_NOW, answers_of, job_of

DUE = "cutover.precutover_due_done_ratio"
PARTIES = {"customer": "BCS", "provider": "FSSC"}
DAYS = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2099-11-06"]
STATES = ["Done", "Done", "Done", "Open", "Done", "Open"]


def drafted(file: Path, rules: LoadedRuleset, group: str) -> TableDraft:
    """The draft of a file."""
    required = required_of(rules.ruleset, rules.vocabulary)
    return draft_table(map_file(file), group, rules.vocabulary, required, parties=PARTIES)


def steps(folder: Path, days: list[str], states: list[str], *, workbook: bool = False) -> Path:
    """Steps of a cutover plan."""
    rows = [
        ["Step", "Planned finish", "Status"],
        *([f"S-{n}", *pair] for n, pair in enumerate(zip(days, states, strict=True))),
    ]
    if workbook:
        book = Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        book.save(folder / "plan.xlsx")
        return folder / "plan.xlsx"
    (folder / "plan.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return folder / "plan.csv"


def answer(file: Path, settings: dict[str, Any], fact: str) -> Any:
    """What the table collector makes of a file by settings."""
    with ready():
        return answers_of(
            TableCollector(), job_of({"file": (file.name, file.read_bytes())}, as_of=SAMPLE_NOW), settings
        )[fact]


@pytest.mark.parametrize("workbook", [False, True])
@pytest.mark.parametrize("word", ["TBD", "n/a", "-", "tba"])
@pytest.mark.parametrize(("at", "share"), [(5, (4, 6)), (3, (4, 5)), (0, (3, 4))])
def test_a_step_without_a_day_is_due_unless_it_is_done(
    tmp_path: Path, rules: LoadedRuleset, word: str, at: int, share: tuple[int, int], workbook: bool
) -> None:
    """One TBD among the days made the draft count all steps, or none; four of five are due and done."""
    days = [word if n == at else day for n, day in enumerate(DAYS)]
    file = steps(tmp_path, days, STATES, workbook=workbook)
    draft = drafted(file, rules, "cutover")

    found = answer(file, settings_of(draft), DUE)

    assert (found.part, found.whole) == share
    assert word in blank_questions(draft.mapping)[0]


@pytest.mark.parametrize(("days", "asked"), [(-1, True), (0, False), (1, False)])
def test_what_is_due_today_may_come_yet(tmp_path: Path, rules: LoadedRuleset, days: int, asked: bool) -> None:
    """At noon a step of today that is open was counted as late, and one of tomorrow was not."""
    last = (SAMPLE_NOW + timedelta(days=days)).date().isoformat()
    file = steps(tmp_path, [*DAYS[:5], last], [*["Done"] * 5, "Open"])
    draft = drafted(file, rules, "cutover")

    found = answer(file, settings_of(draft), DUE)

    assert (found.part, found.whole) == (5, 6 if asked else 5)
    (each,) = [each for each in draft.used if each.fact.name == DUE]
    assert examples_of(draft, each, SAMPLE_NOW) == (["S-0", "S-1"], ["S-5"] if asked else [])
    numbered = examples_of(draft, each, SAMPLE_NOW, numbered=True)
    assert numbered == (["line 2", "line 3"], ["line 7"] if asked else [])


@pytest.mark.parametrize(("hours", "asked"), [(-1, True), (0, True), (1, False)])
def test_what_is_due_at_an_hour_is_due_from_then_on(
    tmp_path: Path, rules: LoadedRuleset, hours: int, asked: bool
) -> None:
    """A plan of the cutover weekend says its hours."""
    moments = [*(f"{day}T09:00:00Z" for day in DAYS[:5]), f"{SAMPLE_NOW + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"]
    file = steps(tmp_path, moments, STATES)

    found = answer(file, settings_of(drafted(file, rules, "cutover")), DUE)

    assert (found.part, found.whole) == (4, 6 if asked else 5)


@pytest.mark.parametrize("word", ["soon", "12 weeks", "TBD 2026-12-01"])
def test_any_other_word_among_days_is_asked_about(tmp_path: Path, rules: LoadedRuleset, word: str) -> None:
    """It may say something, and a day that cannot be read is no blank cell."""
    draft = drafted(steps(tmp_path, [word, *DAYS[1:]], STATES), rules, "cutover")

    assert DUE not in {each.fact.name for each in draft.used}
    assert blank_questions(draft.mapping) == []


def test_a_word_of_next_week_that_nobody_has_listed_is_a_gap(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Only the words that a person has seen count as blank."""
    settings = settings_of(drafted(steps(tmp_path, ["TBD", *DAYS[1:]], STATES), rules, "cutover"))

    assert answer(steps(tmp_path, ["tbd", *DAYS[1:]], STATES), settings, DUE).part == 3
    assert answer(steps(tmp_path, ["soon", *DAYS[1:]], STATES), settings, DUE).gap is not None


def test_a_day_of_signing_that_is_not_there_is_no_signature(tmp_path: Path, rules: LoadedRuleset) -> None:
    """Signed FSSC holds days and n/a, in the row that is out of scope and in one that is not."""
    signed = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "n/a", "", "n/a"]
    rows = [f"S-{n},{'No' if n == 6 else 'Yes'},2026-11-12,{day}\n" for n, day in enumerate(signed)]
    text = f"Service,In scope,Signed BCS,Signed FSSC\n{''.join(rows)}"
    (tmp_path / "sla.csv").write_text(text, encoding="utf-8")

    found = answer(tmp_path / "sla.csv", settings_of(drafted(tmp_path / "sla.csv", rules, "sla")), "sla.signed_ratio")

    assert (found.part, found.whole) == (4, 6)


def test_the_examples_leave_out_what_is_done_without_a_day(tmp_path: Path, rules: LoadedRuleset) -> None:
    """They show the rows that the share is made of."""
    draft = drafted(steps(tmp_path, ["TBD", *DAYS[1:5], "TBD"], STATES), rules, "cutover")
    (each,) = [each for each in draft.used if each.fact.name == DUE]

    assert examples_of(draft, each, SAMPLE_NOW) == (["S-1", "S-2"], ["S-3"])


@pytest.mark.parametrize(
    ("column", "says"),
    [
        ({"type": "text", "allowed": "any", "optional": True}, "blank_words is for columns of"),
        ({"type": "boolean", "optional": True}, "blank_words is for columns of"),
        ({"type": "date"}, "set optional: true"),
        ({"type": "date", "optional": True, "blank_words": ["1/2/2027"]}, "a word with a digit"),
    ],
)
def test_words_for_nothing_are_for_days_and_numbers(column: dict[str, Any], says: str) -> None:
    """A text says something by each of its words; a day that is listed would be lost."""
    columns = {"id": {"type": "id"}, "c": {"blank_words": ["TBD"]} | column}
    settings = {"tables": {"t": {"unique": ["id"], "columns": columns}}, "facts": {"n": {"count": {}, "unit": "rows"}}}

    with pytest.raises(SettingsRefusal, match=says):
        plan(TableSettings.model_validate(settings, strict=False))
