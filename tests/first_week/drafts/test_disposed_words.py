"""An accepted, rejected or double defect is not a mended one: it counts as open until a person has said otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gonogo.first_week.adding.sheet_honesty import against_words
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_terms import DraftTerms, owners_of, required_of
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.table_draft import TableDraft, draft_table
from gonogo.first_week.mapping import map_file
from gonogo.first_week.proposal import Proposal
from gonogo.ruleset.loader import LoadedRuleset

DEVIATIONS = "rehearsal.critical_deviations_open"
OPEN_STILL = ("Accepted", "Approved", "Rejected", "Duplicate", "Deferred", "Risk accepted", "Waived", "Won't fix",
              "Not a defect", "Converted")  # fmt: skip
OVER = ("Closed", "Done", "Cancelled", "Retired")


def draft_of(folder: Path, rules: LoadedRuleset, group: str, text: str) -> TableDraft:
    """The draft of a table."""
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return draft_table(
        map_file(folder / "t.csv"), group, rules.vocabulary, required_of(rules.ruleset, rules.vocabulary)
    )


def deviations(folder: Path, rules: LoadedRuleset, word: str, heading: str = "Status") -> TableDraft:
    """A list of deviations, two of which are critical and have a word as their state."""
    rows = "".join(f"D-{n},{grade},{state}\n" for n, (grade, state) in enumerate(
        [("Critical", "Closed"), ("Critical", word), ("Low", "Open"), ("Critical", word), ("High", "Closed")]
    ))  # fmt: skip
    return draft_of(folder, rules, "rehearsal", f"Deviation,Severity,{heading}\n{rows}")


def condition(draft: TableDraft, fact: str) -> str:
    """By which condition a draft counts a fact."""
    where: str = settings_of(draft)["facts"][fact]["count"]["where"]
    return where


@pytest.mark.parametrize(
    "heading", ["Status", "State", "Deviation status", "Current status", "Disposition of deviation"]
)
@pytest.mark.parametrize("word", OPEN_STILL)
def test_what_was_decided_about_a_deviation_does_not_close_it(
    tmp_path: Path, rules: LoadedRuleset, word: str, heading: str
) -> None:
    """The fact asks which are still open; its definition leaves out no accepted ones."""
    draft = deviations(tmp_path, rules, word, heading)

    column = next(name for name, state in draft.states.items() if state.heading == heading)
    assert f'not ({column} == "Closed")' in condition(draft, DEVIATIONS)


@pytest.mark.parametrize("word", ["Accepted", "Approved", "Rejected", "Duplicate"])
def test_a_person_is_asked_what_the_word_means(tmp_path: Path, rules: LoadedRuleset, word: str) -> None:
    """It was taken for an approval, and nobody was asked."""
    draft = deviations(tmp_path, rules, word)
    assert [asked for _, asked in draft.unknown_words()] == [word]


@pytest.mark.parametrize("word", OVER)
def test_what_is_over_is_left_out_as_before(tmp_path: Path, rules: LoadedRuleset, word: str) -> None:
    """Nobody is asked about a closed one."""
    draft = deviations(tmp_path, rules, word)

    assert draft.unknown_words() == []
    assert f'"{word}"' in condition(draft, DEVIATIONS)


@pytest.mark.parametrize("means", ["approved", "done", "ended without being done"])
def test_a_person_may_say_that_it_closes_one_and_that_is_told(tmp_path: Path, rules: LoadedRuleset, means: str) -> None:
    """The effect is told before the figures."""
    draft = deviations(tmp_path, rules, "Accepted")
    row = AnsweredRow("word", "Accepted", "Status", means, "", "row 9")
    column = AnsweredRow("fact", DEVIATIONS, "", "Severity", "Status", "row 5")
    required = required_of(rules.ruleset, rules.vocabulary)
    terms = DraftTerms(rules.vocabulary, required, owners_of(rules.ruleset), (), datetime(2026, 11, 27, tzinfo=UTC))
    proposal = Proposal.__new__(Proposal)
    object.__setattr__(proposal, "draft", draft)

    assert [*against_words(proposal, [row])] == [f"`Accepted` under Status counts as {means}"]
    assert '"Accepted"' in condition(with_answers(draft, [row, column], terms), DEVIATIONS)


@pytest.mark.parametrize(
    ("group", "text", "fact", "words"),
    [
        ("cr", "CR,Status\nC1,Accepted\nC2,Submitted\nC3,Rejected\n", "cr.undecided", ("Accepted", "Rejected")),
        ("rtm", "Requirement ID,Status\nR1,Accepted\nR2,Draft\nR3,Accepted\n", "rtm.approved_ratio", ("Accepted",)),
    ],
)
def test_where_an_approval_is_asked_for_accepted_is_one(
    tmp_path: Path, rules: LoadedRuleset, group: str, text: str, fact: str, words: tuple[str, ...]
) -> None:
    """A request that was accepted or rejected is decided, and a requirement that was accepted is approved."""
    draft = draft_of(tmp_path, rules, group, text)

    settings = settings_of(draft)["facts"][fact]
    assert draft.unknown_words() == []
    assert all(f'"{word}"' in str(settings) for word in words)
