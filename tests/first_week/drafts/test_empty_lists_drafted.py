"""Which facts an empty list can answer: counts of what stands against go-live, and no others."""

from pathlib import Path

import pytest

from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.empty_lists import NONE_THERE, counts_none, may_be_none
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.mapping import map_file
from gonogo.ruleset.loader import ruleset_by_name


@pytest.fixture
def drafted(tmp_path: Path):
    """Return a function from the rows of a list to its draft about a group of facts, and how it is answered."""
    vocabulary = ruleset_by_name("m3-baseline").vocabulary
    terms = DraftTerms(vocabulary, frozenset({"cr.undecided", "mock.cycles_completed"}), {}, (), None)

    def made(group: str, *rows: str):
        file = tmp_path / "list.csv"
        file.write_text("\n".join(("CR,Title,Status", *rows, "")), encoding="utf-8")
        return draft_table(map_file(file), group, vocabulary, terms.required), terms

    return made


@pytest.mark.parametrize(
    ("fact", "rows", "may"),
    [
        ("cr.undecided", (), True),
        ("cr.undecided", ("C-1,a,Open",), False),
        ("mock.cycles_completed", (), False),
        ("sla.signed_ratio", (), False),
    ],
)
def test_only_a_count_of_what_is_open_may_be_none(drafted, fact, rows, may) -> None:
    """No completed cycle is bad news, and every row of a later list would be good news; a share of nothing is none."""
    draft, terms = drafted(fact.rpartition(".")[0], *rows)

    assert may_be_none(draft, terms.vocabulary[fact]) is may


def test_the_answer_counts_all_rows(drafted) -> None:
    """So a later list is never better than it."""
    draft, terms = drafted("cr")
    said = [AnsweredRow("fact", "cr.undecided", "", NONE_THERE, "", "row 11")]
    found = with_answers(draft, said, terms)

    assert counts_none(found)
    assert not counts_none(draft)


def test_it_is_refused_of_a_list_with_rows_and_of_another_fact(drafted) -> None:
    """With the place of the answer."""
    for group, fact, rows, why in (
        ("cr", "cr.undecided", ("C-1,a,Open",), "row 11: the list has rows"),
        ("mock", "mock.cycles_completed", (), "row 11: an empty list says nothing of mock.cycles_completed"),
    ):
        draft, terms = drafted(group, *rows)
        with pytest.raises(WrongAnswerInSheet, match=why):
            with_answers(draft, [AnsweredRow("fact", fact, "", NONE_THERE, "", "row 11")], terms)
