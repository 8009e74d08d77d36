"""Every fact against every column that may be chosen for it: the draft is of the fact's type, or it is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.promised_facts import plan
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.date_parts import asks_of_due, asks_on_time, asks_until
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.fact_asks import fact_ask, may_be_of_rows
from gonogo.first_week.drafts.last_row import asks_of_last
from gonogo.first_week.drafts.row_outcomes import asked_outcomes
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.model.fact import FactDeclaration
from gonogo.ruleset.loader import LoadedRuleset

TEXT = """\
Key,Hours,Rate,Share,Amount,Day,Moment,Planned finish,Yes or no,Status,Severity,Note
K-1,24,1.5,40%,"1,200.00",2026-11-02,2026-11-02 08:00,2026-12-02,Yes,Done,Critical,one
K-2,30,2.5,50%,"1,300.00",2026-11-03,2026-11-03 08:00,2026-12-03,No,Open,Low,two
K-3,31,3.5,60%,"1,400.00",2026-11-04,2026-11-04 08:00,2026-12-04,Yes,Passed,High,three
"""
ONE_ROW = "\n".join(TEXT.splitlines()[:2]) + "\n"


def kinds(rules: LoadedRuleset) -> list[FactDeclaration]:
    """Facts that a draft may be asked for, one of each way in which it goes by their type, unit and words."""
    facts = [rules.vocabulary[name] for name in sorted(required_of(rules.ruleset, rules.vocabulary))]
    ways = {
        (
            fact.type, fact_ask(fact), may_be_of_rows(fact), asks_until(fact), asks_on_time(fact), asks_of_due(fact),
            asks_of_last(fact), "without" in fact.name, asked_outcomes(fact),
        ): fact
        for fact in facts
    }  # fmt: skip
    return list(ways.values())


def choices(mapping: TableMapping) -> list[tuple[str, str]]:
    """Each column alone, and two of them that a person may take together."""
    headings = [guess.heading for guess in mapping.columns.values()]
    pairs = [
        ("Hours", "Rate"),
        ("Hours", "Status"),
        ("Day", "Planned finish"),
        ("Status", "Key"),
        ("Status", "Yes or no"),
    ]
    return [*((each, "") for each in headings), *pairs]


@pytest.mark.parametrize("text", [TEXT, ONE_ROW])
def test_no_choice_of_columns_gives_a_fact_another_type(tmp_path: Path, rules: LoadedRuleset, text: str) -> None:
    """A whole number of hours was bound for a decimal fact, and then neither progress nor lint ran any more."""
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    mapping = map_file(tmp_path / "t.csv")
    required, now = required_of(rules.ruleset, rules.vocabulary), datetime(2026, 11, 27, tzinfo=UTC)
    terms = DraftTerms(rules.vocabulary, required, owners_of(rules.ruleset), (), now)
    taken = refused = 0
    for fact in kinds(rules):
        group = fact.name.rpartition(".")[0]
        draft = draft_table(mapping, group, rules.vocabulary, required)
        for first, second in choices(mapping):
            row = AnsweredRow("fact", fact.name, "", first, second, "row 9")
            try:
                found = with_answers(draft, [row], terms)
            except WrongAnswerInSheet:
                refused += 1
                continue
            settings = TableSettings.model_validate(settings_of(found), strict=False)
            for planned in plan(settings):
                taken += 1
                assert (planned.local.name, planned.local.type) == (fact.name, fact.type), (fact.name, first, second)
    assert taken > 100
    assert refused > 100
