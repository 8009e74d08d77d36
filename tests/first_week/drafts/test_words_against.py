"""What takes a row out of a count of what stands against go-live: a word with a meaning that says so, and no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_columns import WordsOfColumn, speaks_against
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import LoadedRuleset

CHANNELS = """\
Channel,Carries PII?,Protection
Feed 1,Yes,SFTP + PGP
Feed 2,Yes,SFTP + PGP
Extract by e-mail,Yes,none
Price list,No,SFTP + PGP
"""
UNPROTECTED = "privacy.pii_transfers_unprotected"
PROTECTED = {Meaning.DONE, Meaning.APPROVED, Meaning.PASSED}
GOOD = PROTECTED | {Meaning.ENDED, Meaning.GONE}


@pytest.mark.parametrize("form", ["pair", "alone", "only rows"])
@pytest.mark.parametrize("means", ["", *Meaning])
def test_only_a_good_meaning_takes_a_row_out(tmp_path: Path, rules: LoadedRuleset, form: str, means: str) -> None:
    """The protection `none` was drafted as none of the meanings, and the open channel counted as protected."""
    (tmp_path / "channels.csv").write_text(CHANNELS, encoding="utf-8")
    required = required_of(rules.ruleset, rules.vocabulary)
    terms = DraftTerms(rules.vocabulary, required, owners_of(rules.ruleset), (), datetime(2026, 11, 27, tzinfo=UTC))
    draft = draft_table(map_file(tmp_path / "channels.csv"), "privacy", rules.vocabulary, required)
    words = [("SFTP + PGP", "approved"), ("none", means)]
    rows = [AnsweredRow("word", word, "Protection", said, "", "row 8") for word, said in words]
    rows += [AnsweredRow("word", each, "Carries PII?", each.lower(), "", "row 7") for each in ("Yes", "No")]
    asked = ("Carries PII?", "Protection") if form == "pair" else ("Protection", "")
    rows.append(AnsweredRow("fact", UNPROTECTED, "", *asked, "row 9"))
    if form == "only rows":
        rows.append(AnsweredRow("only rows", "", "", "Carries PII?", "Yes", "row 10"))

    where = settings_of(with_answers(draft, rows, terms))["facts"][UNPROTECTED]["count"]["where"]

    protected = '["SFTP + PGP", "none"]' if means in PROTECTED | {Meaning.GONE} else ""
    taken_out = f"protection in {protected}" if protected else 'protection == "SFTP + PGP"'
    assert f"not ({taken_out})" in where


@pytest.mark.parametrize(
    ("counts", "against"),
    [
        ({Meaning.OPEN}, GOOD),
        ({Meaning.OPEN, Meaning.YES}, GOOD | {Meaning.NO}),
        ({Meaning.FAILED}, GOOD | {Meaning.OPEN}),
        ({Meaning.OPEN, Meaning.FAILED}, GOOD),
        ({Meaning.YES}, {Meaning.NO}),
        ({Meaning.NO}, {Meaning.YES}),
        ({Meaning.CRITICAL}, GOOD | {Meaning.HIGH, Meaning.LOWER, Meaning.NONE}),
        ({Meaning.HIGH}, GOOD | {Meaning.CRITICAL, Meaning.LOWER, Meaning.NONE}),
    ],
)
def test_each_meaning_speaks_against_what_it_denies(counts: set[Meaning], against: set[Meaning]) -> None:
    """A grade does not say that something is over, and what failed is not settled."""
    assert speaks_against(counts) == against


@pytest.mark.parametrize(
    ("heading", "means", "out"),
    [
        ("Open problem", Meaning.NONE, ["None"]),
        ("Issues found", Meaning.NONE, ["None"]),
        ("Protection", Meaning.NONE, []),
        ("Open problem", Meaning.FAILED, []),
        ("Open problem", None, []),
    ],
)
def test_none_is_good_news_under_a_heading_that_names_a_trouble_alone(
    heading: str, means: Meaning | None, out: list[str]
):
    """No problem is open where *Open problem* says None; no protection is there where *Protection* does."""
    column = WordsOfColumn("c", heading, {"None": means, "Unknown": Meaning.NONE, "High": Meaning.OPEN})

    assert column.others({Meaning.OPEN}) == out
